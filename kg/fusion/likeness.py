"""How surely two claims tell one act: a judge over what they and their articles say, so that it holds whatever else is in
the graph.

A logistic regression (Cox 1958) weighs a pair of claims by itself (after Fellegi and Sunter 1969); a second one weighs it
beside the other pairs of the two articles: who is the only one to have promised anything in both has most likely promised
the same. ``python -m kg.training.fusion`` fits them to story groups of our own.
"""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.fusion.claims import PreparedArticle, PreparedClaim, are_near_days
from kg.fusion.limits import LINK as SAME_LIMIT
from kg.fusion.limits import compare_limits, compare_values
from kg.fusion.matter import STRANGE, compare_matters
from kg.fusion.parties import SILENT, UNKNOWN, compare_parties, compare_targets
from kg.fusion.phrases import Phrase, compare_phrases, measure_support

__all__ = ["FEATURES", "LEADS", "ArticlePair", "Likeness", "compare_claims", "load_likeness", "says_twice"]

#: Pairs of types by which careful readers call one act.
NEAR_TYPES = frozenset(
    map(frozenset, (("prohibit", "refuse"), ("prohibit", "commit"), ("require", "commit"), ("request", "warn")))
)
#: Types of which the one lets what the other does not: where both are said of acts in force, they contradict each other.
OPPOSITES = frozenset(map(frozenset, (("permit", "prohibit"), ("permit", "refuse"))))
#: Names of what `describe_pair` tells, in its order.
FEATURES = (
    "actor", "unproven actor", "recipient", "other recipient", "silent recipient",
    "same type", "near type", "same concept", "same status", "one ended", "one denied", "one considered",
    "action", "wording", "passage", "support", "same limits", "other values",
    "one story", "both lead", "one leads", "mentions", "uneven mentions",
)  # fmt: skip
#: What is told of a pair beside the others of its articles: how far it is ahead of the nearest one of either claim, and of
#: the other claim.
LEADS = ("lead", "further lead")
#: Parties nearer than this are proven to be one; where the articles may tell different stories, one of the two has to be.
PROVEN, PROVEN_RECIPIENT = 0.6, 0.8
#: Articles that share so much of their matter surely tell one story.
FAMILIAR = 0.24
#: From here on (`ArticlePair.story`) parties need no proof.
LIKELY = 0.5
#: The first so great part of an article tells its main matter.
LEADING = 0.25
#: Most that counts of shared limits and of a lead (log-odds).
MOST_LIMITS, MOST_LEAD = 2, 6.0
#: Log-odds below which two claims do not tell one act, whatever the others say.
FLOOR = -4.0
#: Claims of one article are one act only where what they word is so near.
TWICE = 0.6


@dataclass(frozen=True, slots=True)
class Likeness:
    """Weights (log-odds) of the two regressions, biases last: of ``FEATURES``, and of ``FEATURES`` and ``LEADS``."""

    first: tuple[float, ...]
    second: tuple[float, ...]


@cache
def load_likeness() -> Likeness:
    """The weights that come with the package."""
    told = json.loads((files("kg.fusion") / "likeness.json").read_text(encoding="utf-8"))
    names = {"first": (*FEATURES, "bias"), "second": (*FEATURES, *LEADS, "bias")}
    return Likeness(*(tuple(told[part][name] for name in names[part]) for part in names))


def compare_claims(one: PreparedClaim, other: PreparedClaim) -> float:
    """How surely (0-1) two claims tell one act, see `ArticlePair.compare`."""
    return ArticlePair(one.article, other.article).compare(one, other)


class ArticlePair:
    """Two articles whose claims are compared; what is found of two claims, in whatever order, is found once.

    ``overlap`` is how much of their matter the articles share, 0-1; ``likeness`` the weights, bundled ones unless given.
    """

    def __init__(self, one: PreparedArticle, other: PreparedArticle, likeness: Likeness | None = None) -> None:
        self.articles = (one, other)
        self.likeness = likeness or load_likeness()
        self.overlap = compare_matters(one.matter, other.matter)
        self._told: dict[tuple[str, str], tuple[float, ...] | None] = {}
        self._weights: dict[tuple[str, str], float] = {}

    @property
    def story(self) -> float:
        """1 where the articles surely tell one story, falling to 0 where they tell different ones."""
        return min(1.0, max(0.0, (self.overlap - STRANGE) / (FAMILIAR - STRANGE)))

    def compare(self, one: PreparedClaim, other: PreparedClaim) -> float:
        """How surely (0-1) two claims tell one act; 0 where something excludes it. Those of one article are told apart by
        it, and are one only where they say the same twice."""
        if one.article is other.article:
            return float(says_twice(one, other))
        told = self.describe(one, other)
        if told is None or self.weigh(one, other) <= FLOOR:
            return 0.0
        return 1 / (1 + math.exp(-_add_up(self.likeness.second, (*told, *self.list_leads(one, other)))))

    def weigh(self, one: PreparedClaim, other: PreparedClaim) -> float:
        """Log-odds that two claims tell one act, by themselves; `FLOOR` at least."""
        pair = _name_pair(one, other)
        if pair not in self._weights:
            told = self.describe(one, other)
            self._weights[pair] = FLOOR if told is None else max(FLOOR, _add_up(self.likeness.first, told))
        return self._weights[pair]

    def list_leads(self, one: PreparedClaim, other: PreparedClaim) -> tuple[float, float]:
        """How far a pair is ahead of the nearest pair that either claim makes with another of the article: the less first.
        The less the articles tell one story, the less does it mean."""
        near = self.weigh(one, other)
        mine = max((self.weigh(one, rival) for rival in _list_rivals(other)), default=FLOOR)
        theirs = max((self.weigh(rival, other) for rival in _list_rivals(one)), default=FLOOR)
        less, more = sorted(max(-MOST_LEAD, min(MOST_LEAD, near - rival)) for rival in (mine, theirs))
        return self.story * less, self.story * more

    def describe(self, one: PreparedClaim, other: PreparedClaim) -> tuple[float, ...] | None:
        """What the judge is told of two claims, see ``FEATURES``; None where their articles' matter or days, their actors
        or opposite types exclude that they are one."""
        pair = _name_pair(one, other)
        if pair not in self._told:
            self._told[pair] = self._describe(*sorted((one, other), key=_by_iri))
        return self._told[pair]

    def _describe(self, one: PreparedClaim, other: PreparedClaim) -> tuple[float, ...] | None:
        if self.overlap < STRANGE or not are_near_days(one.day, other.day):
            return None
        actor = compare_parties(one.actors, other.actors)
        if not actor:
            return None
        mine, theirs = one.claim, other.claim
        types = frozenset((mine.type, theirs.type))
        if types in OPPOSITES and mine.status == theirs.status == "made":
            return None
        recipient = compare_targets(one.recipients, other.recipients)
        if actor < PROVEN and recipient < PROVEN_RECIPIENT and self.story < LIKELY:
            return None
        statuses = {mine.status, theirs.status}
        few, many = sorted(math.log(max(1, len(claim.quotes))) for claim in (mine, theirs))
        leading = [claim.place < LEADING for claim in (mine, theirs)]
        return (
            actor,
            actor < PROVEN,
            recipient,
            recipient == 0,
            recipient in (SILENT, UNKNOWN),
            mine.type == theirs.type,
            types in NEAR_TYPES,
            mine.concept == theirs.concept != "",
            len(statuses) == 1,
            *(len(statuses) == 2 and status in statuses for status in ("ended", "denied", "considered")),
            _compare_actions(one, other),
            compare_phrases(one.wording, other.wording),
            compare_phrases(one.passage, other.passage),
            max(_support(one.actions, other), _support(other.actions, one)),
            *_compare_limits(one, other),
            self.story,
            all(leading),
            leading[0] != leading[1],
            few,
            many - few,
        )


def says_twice(one: PreparedClaim, other: PreparedClaim) -> bool:
    """Whether two claims of an article say the same of the same parties."""
    pair, known = _name_pair(one, other), one.article.repeats
    if pair not in known:
        alike = (one.claim.type, one.claim.status) == (other.claim.type, other.claim.status)
        alike = alike and compare_parties(one.actors, other.actors) >= PROVEN
        alike = alike and compare_targets(one.recipients, other.recipients) > 0
        known[pair] = alike and _compare_actions(one, other) >= TWICE
    return known[pair]


def _by_iri(prepared: PreparedClaim) -> str:
    return prepared.claim.iri


def _name_pair(one: PreparedClaim, other: PreparedClaim) -> tuple[str, str]:
    mine, theirs = one.claim.iri, other.claim.iri
    return (mine, theirs) if mine < theirs else (theirs, mine)


def _add_up(weights: Sequence[float], told: Sequence[float]) -> float:
    return math.fsum(weight * value for weight, value in zip(weights, (*told, 1.0), strict=True))


def _list_rivals(claim: PreparedClaim) -> Iterator[PreparedClaim]:
    """The other claims of the article, but for those that say the same twice."""
    for rival in claim.article.claims:
        if rival is not claim and not says_twice(claim, rival):
            yield rival


def _compare_actions(one: PreparedClaim, other: PreparedClaim) -> float:
    return max((compare_phrases(mine, theirs) for mine in one.actions for theirs in other.actions), default=0.0)


def _support(actions: Sequence[Phrase], other: PreparedClaim) -> float:
    """How much of an action stands in the passages that state the other claim."""
    return max((measure_support(action, other.passage) for action in actions), default=0.0)


def _compare_limits(one: PreparedClaim, other: PreparedClaim) -> tuple[int, bool]:
    """How many limits are the same, and whether one has another value."""
    same = sum(any(compare_limits(mine, theirs) >= SAME_LIMIT for theirs in other.limits) for mine in one.limits)
    clash = any(compare_values(mine, theirs) for mine in one.limits for theirs in other.limits)
    return min(MOST_LIMITS, same), clash
