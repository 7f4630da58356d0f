"""What the learned decision heads say about words, for the rules to weigh; empty for pipelines without such heads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from math import log, prod

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from kg.extractors.reader import Place, place_of
from kg.language.labels import EFFECTS, ROLES, TRIGGERS
from kg.language.scores import DecisionScores, decision_scores
from kg.model import DecisionType

__all__ = ["Evidence", "log_odds", "read_evidence"]

#: A word belongs to a role from this probability on.
LIKELY = 0.5
#: Probabilities nearer to 0 or 1 than this say no more.
CERTAIN = 1e-3
#: Chances below this of naming who tells of a decision are not kept: nearly all words have one.
HEARD = 0.02
#: The types in the order of the columns of ``triggers``.
TYPES = tuple(DecisionType(name) for name in TRIGGERS[1:])
Rows = list[list[float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Look-ups in the heads' scores of one document; ``scores`` is None for pipelines without heads, the rest is then empty.

    The scores are kept as plain lists, which single look-ups read faster than arrays. ``decisions`` has for each word its
    chance to evoke any decision. ``shares``, ``effect_sums`` and ``kind_sums`` are sums over the words before each word, of
    the chance to belong to a limit, and by effect and kind; ``limits`` are the heads' tags. ``pairs`` has for each trigger
    and word the row of roles, ``owners`` for each first word of a limit and trigger the chance that it bounds the decision,
    ``tellers`` for each trigger and word the chance that it names who tells of the decision.
    """

    scores: DecisionScores | None
    triggers: Rows = field(default_factory=list)
    decisions: list[float] = field(default_factory=list)
    limits: Rows = field(default_factory=list)
    shares: list[float] = field(default_factory=list)
    effect_sums: Rows = field(default_factory=list)
    kind_sums: Rows = field(default_factory=list)
    pairs: dict[int, dict[int, list[float]]] = field(default_factory=dict)
    owners: dict[int, dict[int, float]] = field(default_factory=dict)
    tellers: dict[int, dict[int, float]] = field(default_factory=dict)

    @property
    def is_learned(self) -> bool:
        """Whether there are heads at all."""
        return self.scores is not None

    @property
    def states(self) -> NDArray[np.float32] | None:
        """What the heads read of each word (word, width); None without heads."""
        return None if self.scores is None else self.scores.states

    def any_decision(self, token: Token) -> float:
        """Probability (0-1) that the word evokes some decision."""
        return 0.0 if self.scores is None else self.decisions[token.i]

    def some_decision(self, tokens: Iterable[Token]) -> float:
        """Probability (0-1) that one of the words evokes a decision: the heads share it out among the words of one."""
        return 1.0 - prod(1.0 - self.any_decision(token) for token in tokens)

    def type_probabilities(self, tokens: Iterable[Token]) -> dict[DecisionType, float]:
        """For each type the best probability among the words."""
        found = dict.fromkeys(DecisionType, 0.0)
        if self.scores is not None:
            for token in tokens:
                for kind, chance in zip(TYPES, self.triggers[token.i][1:], strict=True):
                    if chance > found[kind]:
                        found[kind] = chance
        return found

    def status_chances(self, tokens: Iterable[Token]) -> list[float]:
        """Probabilities of the statuses (in the order of ``Status``) at the word that most looks like a trigger."""
        return [] if self.scores is None else self.scores.statuses[self.likeliest(tokens).i].tolist()

    def likeliest(self, tokens: Iterable[Token]) -> Token:
        """The word that most looks like a trigger."""
        return max(tokens, key=self.any_decision)

    def locate_act(self, words: Iterable[Token], actions: Sequence[Token]) -> tuple[Place, Place]:
        """Where an act is read: at the word that most looks like its trigger, and at its first action."""
        return place_of(self.likeliest(words)), place_of(*actions[:1])

    def role_heads(self, tokens: Iterable[Token], role: str) -> list[Token]:
        """Heads of the phrases whose words the role head gives ``role`` ("actor", "recipient", "action")."""
        if self.scores is None:
            return []
        column = ROLES.index(role)
        found: dict[int, Token] = {}
        for token in tokens:
            rows = self.pairs.get(token.i, {})
            words = {word: token.doc[word] for word, row in rows.items() if row[column] >= LIKELY}
            found |= {i: word for i, word in words.items() if word.head.i not in words or word.head.i == i}
        return [found[i] for i in sorted(found) if not found[i].is_punct and not found[i].is_space]

    def role_chances(self, tokens: Iterable[Token], word: Token) -> list[float]:
        """For each of ``ROLES`` the probability (0-1) that the word has it in what one of the tokens evokes."""
        rows = [row for token in tokens if (row := self.pairs.get(token.i, {}).get(word.i)) is not None]
        return [max(column) for column in zip(*rows, strict=True)] if rows else [0.0] * len(ROLES)

    def compare_acts(self, words: Iterable[Token], others: Iterable[Token]) -> float:
        """How alike (-1 to 1) the heads' vectors of two triggers are, by the words of each that most look like one."""
        if self.scores is None:
            return 0.0
        one, other = self.likeliest(words), self.likeliest(others)
        return float(self.scores.acts[one.i] @ self.scores.acts[other.i])

    def limit_share(self, first: int, end: int) -> float:
        """Mean probability (0-1) that the words of a stretch belong to a limit's wording; 1 without heads."""
        return 1.0 if self.scores is None else (self.shares[end] - self.shares[first]) / (end - first)

    def count_limit_words(self, words: int, *, share: float) -> list[int]:
        """For each of ``words`` words, and for the end, how many words before it have a `limit_share` of ``share`` or more:
        a stretch that holds none of them has less."""
        if self.scores is None:
            return list(range(words + 1))
        return list(accumulate((b - a >= share for a, b in pairwise(self.shares)), initial=0))

    def limit_start(self, first: int, end: int) -> float:
        """Probability (0-1) that a limit's wording begins with one of the first two words of the stretch."""
        return 0.0 if self.scores is None else max(row[1] for row in self.limits[first : min(first + 2, end)])

    def limit_goes_on(self, end: int) -> float:
        """Probability (0-1) that a limit's wording goes on at word ``end``."""
        return 0.0 if self.scores is None or end >= len(self.limits) else self.limits[end][2]

    def effects(self, first: int, end: int) -> tuple[float, ...]:
        """Mean probabilities of the effects (in the order of ``Effect``) over a stretch."""
        return () if self.scores is None else _mean(self.effect_sums, first, end)

    def kinds(self, first: int, end: int) -> tuple[float, ...]:
        """Mean probabilities of the kinds (in the order of ``ConstraintKind``) over a stretch."""
        return () if self.scores is None else _mean(self.kind_sums, first, end)

    def bounds(self, words: Iterable[Token], first: int, end: int) -> float:
        """Probability (0-1) that a limit beginning with one of the first three words bounds what the words evoke."""
        starts = [self.owners[place] for place in range(first, min(first + 3, end)) if place in self.owners]
        best = 0.0
        for word in words if starts else ():
            best = max(best, *(chances.get(word.i, 0.0) for chances in starts))
        return best

    def tells(self, words: Iterable[Token], names: Iterable[Token]) -> float:
        """Probability (0-1) that one of the names is of somebody who tells of what the words evoke."""
        rows = [row for word in words if (row := self.tellers.get(word.i))]
        return max((row.get(name.i, 0.0) for row in rows for name in names), default=0.0)

    def limit_roles(self, words: Iterable[Token], first: int, end: int) -> tuple[float, ...]:
        """For each effect the mean probability over a stretch of being a limit on what the words evoke, best word first."""
        best = NO_ROLES
        for word in words:
            rows = self.pairs.get(word.i, {})
            if not rows.keys().isdisjoint(range(first, end)):
                found = [rows[place] for place in range(first, end) if place in rows]
                chances = tuple(sum(column) / len(found) for column in list(zip(*found, strict=True))[-len(EFFECTS) :])
                best = max(best, chances, key=sum)
        return best


NO_ROLES = (0.0,) * len(EFFECTS)


def _mean(sums: Rows, first: int, end: int) -> tuple[float, ...]:
    size = end - first
    return tuple([(high - low) / size for low, high in zip(sums[first], sums[end], strict=True)])


def _sum_before(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    """For each word the sums over the words before it, and one row more for the end."""
    return np.concatenate([np.zeros_like(scores[:1], np.float64), np.cumsum(scores, axis=0, dtype=np.float64)])


def read_evidence(doc: Doc) -> Evidence:
    """The heads' scores kept with the document."""
    scores = decision_scores(doc)
    if scores is None:
        return Evidence(scores=None)
    pairs: dict[int, dict[int, list[float]]] = {}
    for (trigger, word), row in zip(scores.role_pairs.tolist(), scores.roles.tolist(), strict=True):
        pairs.setdefault(trigger, {})[word] = row
    owners: dict[int, dict[int, float]] = {}
    for (trigger, word), chance in zip(scores.limit_pairs.tolist(), scores.belongs.tolist(), strict=True):
        owners.setdefault(word, {})[trigger] = chance
    tellers: dict[int, dict[int, float]] = {}
    heard = scores.tells >= HEARD
    for (trigger, word), chance in zip(scores.teller_pairs[heard].tolist(), scores.tells[heard].tolist(), strict=True):
        tellers.setdefault(trigger, {})[word] = chance
    return Evidence(
        scores=scores,
        triggers=scores.triggers.tolist(),
        decisions=scores.triggers[:, 1:].sum(1).tolist(),
        limits=scores.limits.tolist(),
        shares=_sum_before(scores.limits[:, 1:]).sum(1).tolist(),
        effect_sums=_sum_before(scores.effects).tolist(),
        kind_sums=_sum_before(scores.kinds).tolist(),
        pairs=pairs,
        owners=owners,
        tellers=tellers,
    )


def log_odds(probability: float) -> float:
    """The logarithm of the odds, bounded where nothing more is to be learned."""
    bounded = min(max(probability, CERTAIN), 1 - CERTAIN)
    return log(bounded / (1 - bounded))
