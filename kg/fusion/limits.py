"""Limits of the claims of one decision -> fused limits, by the same means as decisions."""

from collections.abc import Iterable
from dataclasses import dataclass

from kg.fusion.clusters import cluster_pairs
from kg.fusion.lookup import Lookup
from kg.fusion.phrases import Phrase, compare_phrases, parse_phrase
from kg.fusion.records import ClaimRecord, ConstraintRecord

__all__ = ["PreparedLimit", "cluster_limits", "compare_limits", "compare_wordings", "prepare_limits"]

#: Limits of different claims at least so near are one; those of one claim only where they say the same twice.
LINK, DUPLICATE = 0.62, 0.95
LEAST_MEAN, LEAST = 0.55, 0.3
#: Kinds that articles tell apart differently cost so much.
OTHER_KIND_FACTOR = 0.85
SAME_PLACE = 0.9


@dataclass(frozen=True, slots=True)
class PreparedLimit:
    """A limit with its phrases, its places below the level of states, and its numbers."""

    claim: str
    article: str
    record: ConstraintRecord
    phrases: tuple[Phrase, ...]
    places: frozenset[str]
    numbers: frozenset[str]


def prepare_limits(claims: Iterable[ClaimRecord], lookup: Lookup) -> list[PreparedLimit]:
    """All limits of some claims, taken apart."""
    return [_prepare_limit(claim, record, lookup) for claim in claims for record in claim.constraints if record.texts]


def _prepare_limit(claim: ClaimRecord, record: ConstraintRecord, lookup: Lookup) -> PreparedLimit:
    phrases = tuple(parse_phrase(text, lookup) for text in record.texts)
    keys = {token.key for phrase in phrases for token in phrase.tokens if token.kind == "known"}
    places = {key for key in keys if _is_place(key, lookup)}
    if record.value and record.value.datatype == "place":
        places.add(record.value.value)
    numbers = {token.key for phrase in phrases for token in phrase.tokens if token.kind == "number"}
    return PreparedLimit(claim.iri, claim.article, record, phrases, frozenset(places), frozenset(numbers))


def _is_place(key: str, lookup: Lookup) -> bool:
    """Whether a known name is a place inside a state."""
    if key in lookup.known_places:
        return True
    actor = lookup.known_actors.get(key)
    return bool(actor and actor.kind == "state" and actor.part_of)


def compare_limits(one: PreparedLimit, other: PreparedLimit) -> float:
    """How surely two limits are one, 0-1."""
    mine, theirs = one.record, other.record
    conditions = mine.kind == theirs.kind == "condition"
    if mine.effect != theirs.effect and not conditions:
        return 0.0
    factor = 1.0 if mine.kind == theirs.kind else OTHER_KIND_FACTOR
    if mine.unspecified or theirs.unspecified:
        return factor * float(mine.unspecified and theirs.unspecified)
    if mine.value and theirs.value and mine.value.datatype == theirs.value.datatype != "place":
        return factor * float(mine.value == theirs.value)
    if one.numbers and other.numbers and not one.numbers & other.numbers:
        return 0.0
    wording = max((compare_wordings(a, b) for a in one.phrases for b in other.phrases), default=0.0)
    if one.places and other.places:
        same_place = mine.kind == theirs.kind == "spatial" and one.places == other.places
        wording = max(wording, SAME_PLACE) if same_place else wording * float(bool(one.places & other.places))
    return factor * wording


def compare_wordings(one: Phrase, other: Phrase) -> float:
    """As phrases are compared, but equal words are the same limit however little they tell."""
    return 1.0 if one == other else compare_phrases(one, other)


def cluster_limits(limits: Iterable[PreparedLimit]) -> list[tuple[str, ...]]:
    """Clusters of constraint IRIs, each sorted."""
    by_iri = {limit.record.iri: limit for limit in limits}
    cache: dict[tuple[str, str], float] = {}

    def compare(one: str, other: str) -> float:
        if (one, other) not in cache:
            near = compare_limits(by_iri[one], by_iri[other])
            same = by_iri[one].claim == by_iri[other].claim
            cache[one, other] = near if not same or near >= DUPLICATE else 0.0
        return cache[one, other]

    keys = sorted(by_iri)
    scores = {(a, b): near for a in keys for b in keys if a < b and (near := compare(a, b)) >= LINK}
    return cluster_pairs(keys, scores, compare=compare, least_mean=LEAST_MEAN, least=LEAST)
