"""What the learned decision heads say about words, for the rules to weigh; empty for pipelines without such heads."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log, prod

from spacy.tokens import Doc, Token

from kg.language.labels import EFFECTS, ROLES, STATUSES, TRIGGERS
from kg.language.scores import DecisionScores, decision_scores
from kg.model import DecisionType, Status

__all__ = ["Evidence", "log_odds", "read_evidence"]

#: A word belongs to a role from this probability on.
LIKELY = 0.5
#: Probabilities nearer to 0 or 1 than this say no more.
CERTAIN = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Look-ups in the heads' scores of one document; ``scores`` is None for pipelines without heads.

    ``pairs`` numbers the pairs of a trigger and a word, ``owners`` has the chance that a limit bounds a trigger's decision.
    """

    scores: DecisionScores | None
    pairs: dict[int, dict[int, int]] = field(default_factory=dict)
    owners: dict[tuple[int, int], float] = field(default_factory=dict)

    @property
    def is_learned(self) -> bool:
        """Whether there are heads at all."""
        return self.scores is not None

    def any_decision(self, token: Token) -> float:
        """Probability (0-1) that the word evokes some decision."""
        return 0.0 if self.scores is None else float(self.scores.triggers[token.i, 1:].sum())

    def some_decision(self, tokens: Iterable[Token]) -> float:
        """Probability (0-1) that one of the words evokes a decision: the heads share it out among the words of one."""
        return 1.0 - prod(1.0 - self.any_decision(token) for token in tokens)

    def type_probabilities(self, tokens: Iterable[Token]) -> dict[DecisionType, float]:
        """For each type the best probability among the words."""
        found = dict.fromkeys(DecisionType, 0.0)
        if self.scores is not None:
            for token in tokens:
                for column, name in enumerate(TRIGGERS[1:], start=1):
                    kind = DecisionType(name)
                    found[kind] = max(found[kind], float(self.scores.triggers[token.i, column]))
        return found

    def status(self, tokens: Iterable[Token]) -> Status | None:
        """The status at the word that most looks like a trigger."""
        if self.scores is None:
            return None
        best = max(tokens, key=self.any_decision)
        return Status(STATUSES[int(self.scores.statuses[best.i].argmax())])

    def role_heads(self, tokens: Iterable[Token], role: str) -> list[Token]:
        """Heads of the phrases whose words the role head gives ``role`` ("actor", "recipient", "action")."""
        if self.scores is None:
            return []
        column = ROLES.index(role)
        found: dict[int, Token] = {}
        for token in tokens:
            words = {
                word: token.doc[word]
                for word, pair in self.pairs.get(token.i, {}).items()
                if self.scores.roles[pair, column] >= LIKELY
            }
            found |= {i: word for i, word in words.items() if word.head.i not in words or word.head.i == i}
        return [found[i] for i in sorted(found) if not found[i].is_punct and not found[i].is_space]

    def role_chance(self, tokens: Iterable[Token], word: Token, role: str) -> float:
        """Probability (0-1) that the word has ``role`` in what one of the tokens evokes."""
        if self.scores is None:
            return 0.0
        column = ROLES.index(role)
        pairs = [self.pairs.get(token.i, {}).get(word.i) for token in tokens]
        return max((float(self.scores.roles[pair, column]) for pair in pairs if pair is not None), default=0.0)

    def limit_share(self, first: int, end: int) -> float:
        """Mean probability (0-1) that the words of a stretch belong to a limit's wording; 1 without heads."""
        return 1.0 if self.scores is None else float(self.scores.limits[first:end, 1:].sum(1).mean())

    def limit_start(self, first: int, end: int) -> float:
        """Probability (0-1) that a limit's wording begins with one of the first two words of the stretch."""
        return 0.0 if self.scores is None else float(self.scores.limits[first : min(first + 2, end), 1].max())

    def limit_goes_on(self, end: int) -> float:
        """Probability (0-1) that a limit's wording goes on at word ``end``."""
        return 0.0 if self.scores is None or end >= len(self.scores.limits) else float(self.scores.limits[end, 2])

    def effects(self, first: int, end: int) -> tuple[float, ...]:
        """Mean probabilities of the effects (in the order of ``Effect``) over a stretch."""
        return () if self.scores is None else tuple(map(float, self.scores.effects[first:end].mean(0)))

    def kinds(self, first: int, end: int) -> tuple[float, ...]:
        """Mean probabilities of the kinds (in the order of ``ConstraintKind``) over a stretch."""
        return () if self.scores is None else tuple(map(float, self.scores.kinds[first:end].mean(0)))

    def bounds(self, words: Iterable[Token], first: int, end: int) -> float:
        """Probability (0-1) that a limit beginning with one of the first three words bounds what the words evoke."""
        places = range(first, min(first + 3, end))
        return max((self.owners.get((word.i, place), 0.0) for word in words for place in places), default=0.0)

    def limit_roles(self, words: Iterable[Token], first: int, end: int) -> tuple[float, ...]:
        """For each effect the mean probability over a stretch of being a limit on what the words evoke, best word first."""
        best = (0.0,) * len(EFFECTS)
        if self.scores is None:
            return best
        for word in words:
            numbers = self.pairs.get(word.i, {})
            pairs = [numbers[place] for place in range(first, end) if place in numbers]
            if pairs:
                chances = self.scores.roles[pairs][:, -len(EFFECTS) :].mean(0)
                best = max(best, tuple(map(float, chances)), key=sum)
        return best


def read_evidence(doc: Doc) -> Evidence:
    """The heads' scores kept with the document."""
    scores = decision_scores(doc)
    pairs: dict[int, dict[int, int]] = {}
    if scores is not None:
        for number, (trigger, word) in enumerate(scores.role_pairs):
            pairs.setdefault(int(trigger), {})[int(word)] = number
    owners: dict[tuple[int, int], float] = {}
    if scores is not None:
        for (trigger, word), chance in zip(scores.limit_pairs, scores.belongs, strict=True):
            owners[int(trigger), int(word)] = float(chance)
    return Evidence(scores=scores, pairs=pairs, owners=owners)


def log_odds(probability: float) -> float:
    """The logarithm of the odds, bounded where nothing more is to be learned."""
    bounded = min(max(probability, CERTAIN), 1 - CERTAIN)
    return log(bounded / (1 - bounded))
