"""Limits of the claims of one decision -> fused limits, by the same means as decisions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.fusion.clusters import cluster_pairs
from kg.fusion.lookup import Lookup
from kg.fusion.phrases import Phrase, compare_phrases, parse_phrase
from kg.fusion.records import ClaimRecord, ConstraintRecord, ValueRecord

__all__ = ["PreparedLimit", "cluster_limits", "compare_limits", "compare_values", "compare_wordings", "prepare_limits"]

#: Limits of different claims at least so near are one; those of one claim only where they say the same twice.
LINK, DUPLICATE = 0.62, 0.95
LEAST_MEAN, LEAST = 0.55, 0.3
#: Kinds that articles tell apart differently cost so much.
OTHER_KIND_FACTOR = 0.85
SAME_PLACE = 0.9
#: Days that the units of a duration (ISO 8601) have on average; lengths that differ by no more than this part are one.
DAYS = {"TS": 1 / 86400, "TM": 1 / 1440, "TH": 1 / 24, "D": 1.0, "W": 7.0, "M": 30.44, "Y": 365.25}
SAME_LENGTH = 0.03
PART = re.compile(r"(\d+(?:\.\d+)?)([YMWDHS])")
#: Wordings of a limit without its numbers, at least so near, are one limit with two values.
SAME_BUT_VALUE = 0.5


@dataclass(frozen=True, slots=True)
class PreparedLimit:
    """A limit with its phrases, its places below the level of states, and its numbers."""

    claim: str
    article: str
    record: ConstraintRecord
    phrases: tuple[Phrase, ...]
    places: frozenset[str]
    numbers: frozenset[str]


def prepare_limits(claim: ClaimRecord, lookup: Lookup) -> tuple[PreparedLimit, ...]:
    """The limits of a claim, taken apart."""
    return tuple(_prepare_limit(claim, record, lookup) for record in claim.constraints if record.texts)


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
        return factor * float(_is_same_value(mine.value, theirs.value))
    if one.numbers and other.numbers and not one.numbers & other.numbers:
        return 0.0
    wording = max((compare_wordings(a, b) for a in one.phrases for b in other.phrases), default=0.0)
    if one.places and other.places:
        same_place = mine.kind == theirs.kind == "spatial" and one.places == other.places
        wording = max(wording, SAME_PLACE) if same_place else wording * float(bool(one.places & other.places))
    return factor * wording


def _is_same_value(one: ValueRecord, other: ValueRecord) -> bool:
    """Equal, or lengths of time that outlets tell in other units ("90 days", "three months")."""
    if one == other or not one.datatype == other.datatype == "duration":
        return one == other
    (length, unit), (rival, rival_unit) = map(_measure_duration, (one.value, other.value))
    return unit != rival_unit and abs(length - rival) <= SAME_LENGTH * max(length, rival)


def _measure_duration(value: str) -> tuple[float, str]:
    """Length of an ISO 8601 duration in days, and its units."""
    date, _, time = value.removeprefix("P").partition("T")
    parts = [(float(number), unit) for number, unit in PART.findall(date)]
    parts += [(float(number), f"T{unit}") for number, unit in PART.findall(time)]
    return sum(number * DAYS[unit] for number, unit in parts), "".join(unit for _, unit in parts)


def compare_wordings(one: Phrase, other: Phrase) -> float:
    """As phrases are compared, but equal words are the same limit however little they tell."""
    return 1.0 if one == other else compare_phrases(one, other)


def compare_values(one: PreparedLimit, other: PreparedLimit) -> str:
    """Why two limits are one with different numbers or dates; empty where they are not."""
    mine, theirs = one.record, other.record
    if mine.effect != theirs.effect or mine.kind != theirs.kind or mine.kind not in ("quantity", "temporal"):
        return ""
    if mine.value and theirs.value:
        same_sort = (mine.value.datatype, mine.value.unit) == (theirs.value.datatype, theirs.value.unit)
        if not same_sort or _is_same_value(mine.value, theirs.value):
            return ""
    elif not one.numbers or not other.numbers or one.numbers & other.numbers:
        return ""
    if compare_limits(one, other) or not (_same_cue(mine, theirs) or _same_but_numbers(one, other)):
        return ""
    return f"{mine.texts[0]} against {theirs.texts[0]}"


def _same_cue(one: ConstraintRecord, other: ConstraintRecord) -> bool:
    """Two times that are bound by one word ("until", "by")."""
    times = one.value and other.value and one.value.datatype in ("date", "duration")
    return bool(times) and one.texts[0].split()[0].lower() == other.texts[0].split()[0].lower()


def _same_but_numbers(one: PreparedLimit, other: PreparedLimit) -> bool:
    mine, theirs = (
        [Phrase(tuple(token for token in phrase.tokens if token.kind != "number")) for phrase in limit.phrases]
        for limit in (one, other)
    )
    return any((not a.tokens and not b.tokens) or compare_phrases(a, b) >= SAME_BUT_VALUE for a in mine for b in theirs)


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
