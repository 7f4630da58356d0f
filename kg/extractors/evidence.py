"""What the learned decision heads say about words, for the rules to weigh; empty for pipelines without such heads."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import prod

from spacy.tokens import Doc, Token

from kg.language.labels import EFFECTS, KINDS, LIMIT_TAGS, ROLES, STATUSES, TRIGGERS
from kg.language.scores import DecisionScores, decision_scores
from kg.model import ConstraintKind, DecisionType, Effect, Status

__all__ = ["Evidence", "LearnedLimit", "read_evidence"]

#: A word belongs to a role or a limit from this probability on.
LIKELY = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedLimit:
    """A stretch of words that the limit head marks; ``owners`` maps trigger words (token indices) to 0-1."""

    first: int
    end: int
    kind: ConstraintKind
    effect: Effect
    owners: dict[int, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Look-ups in the heads' scores of one document; ``scores`` is None for pipelines without heads."""

    scores: DecisionScores | None
    pairs: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

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
                for pair, word in self.pairs.get(token.i, ())
                if self.scores.roles[pair, column] >= LIKELY
            }
            found |= {i: word for i, word in words.items() if word.head.i not in words or word.head.i == i}
        return [found[i] for i in sorted(found) if not found[i].is_punct and not found[i].is_space]

    def limit_probability(self, first: int, end: int) -> float:
        """Mean probability (0-1) that the words from ``first`` to ``end`` (exclusive) word a limit."""
        if self.scores is None:
            return 0.0
        return float(1.0 - self.scores.limits[first:end, LIMIT_TAGS.index("O")].mean())

    def limits(self) -> list[LearnedLimit]:
        """Marked stretches in text order."""
        return (
            []
            if self.scores is None
            else [self._limit(self.scores, *bounds) for bounds in self._limit_bounds(self.scores)]
        )

    def _limit_bounds(self, scores: DecisionScores) -> list[tuple[int, int]]:
        tags = scores.limits
        begin, outside = LIMIT_TAGS.index("B"), LIMIT_TAGS.index("O")
        bounds: list[tuple[int, int]] = []
        first = -1
        for i in range(len(tags) + 1):
            is_in = i < len(tags) and 0.0 < tags[i].sum() and tags[i, outside] < LIKELY
            starts = is_in and (first < 0 or tags[i].argmax() == begin)
            if first >= 0 and (starts or not is_in):
                bounds.append((first, i))
                first = -1
            if starts:
                first = i
        return bounds

    def _limit(self, scores: DecisionScores, first: int, end: int) -> LearnedLimit:
        owners = {int(t): float(p) for (t, w), p in zip(scores.limit_pairs, scores.belongs, strict=True) if w == first}
        return LearnedLimit(
            first=first,
            end=end,
            kind=ConstraintKind(KINDS[int(scores.kinds[first:end].sum(axis=0).argmax())]),
            effect=Effect(EFFECTS[int(scores.effects[first:end].sum(axis=0).argmax())]),
            owners=owners,
        )


def read_evidence(doc: Doc) -> Evidence:
    """The heads' scores kept with the document."""
    scores = decision_scores(doc)
    pairs: dict[int, list[tuple[int, int]]] = {}
    if scores is not None:
        for number, (trigger, word) in enumerate(scores.role_pairs):
            pairs.setdefault(int(trigger), []).append((number, int(word)))
    return Evidence(scores=scores, pairs=pairs)
