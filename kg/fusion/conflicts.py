"""Where one source states what another excludes. Both sides stay; a conflict is a note beside them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from kg.fusion.blocks import find_shared
from kg.fusion.claims import PreparedClaim
from kg.fusion.labels import label_limit, shorten_text
from kg.fusion.limits import PreparedLimit, compare_values, compare_wordings
from kg.fusion.parties import compare_parties
from kg.fusion.phrases import Phrase, compare_phrases, contains_phrase
from kg.model import ConstraintKind
from kg.ontology import KG

__all__ = ["Conflict", "are_days_apart", "can_conflict", "compare_members", "compare_strangers", "find_conflicts"]

#: Limits at least so near bound the same matter.
SAME_MATTER = 0.6
#: Longest action in a reason.
ACT_LENGTH = 70
#: The concept of what is bounded and not forbidden.
RESTRICT = KG + "Restrict"
#: The same government on both sides.
SAME_ACTOR, SAME_RECIPIENT = 0.8, 0.3


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """``kind`` is permission, status, limit, value or headline; ``sides`` are IRIs of claims or limits, sorted;
    ``claims`` are the two claims that they are or belong to, sorted."""

    kind: str
    sides: tuple[str, ...]
    reason: str
    claims: tuple[str, ...]


def find_conflicts(clusters: Iterable[tuple[str, ...]], claims: Mapping[str, PreparedClaim]) -> list[Conflict]:
    """All conflicts inside the clusters (of claim IRIs) and between claims that do not stand in one cluster.

    Two articles of different days do not contradict each other where the later one may tell of a change.
    """
    found: set[Conflict] = set()
    for cluster in clusters:
        for one, other in combinations(cluster, 2):
            found.update(compare_members(claims[one], claims[other]))
    for one, other in find_shared(filter(can_conflict, claims.values()), family=False):
        found.update(compare_strangers(claims[one], claims[other]))
    return sorted(found)


def can_conflict(prepared: PreparedClaim) -> bool:
    """Whether a claim can exclude one that tells another act."""
    return prepared.claim.status == "made" and prepared.claim.type in ("permit", "prohibit")


def compare_members(one: PreparedClaim, other: PreparedClaim) -> Iterator[Conflict]:
    """Conflicts of two claims that tell one act."""
    if _tells_change(one, other):
        return
    statuses = {one.claim.status, other.claim.status}
    if "denied" in statuses and len(statuses) == 2:
        yield _note("status", one, other, f"{one.claim.status} against {other.claim.status}")
    for mine in one.limits:
        for theirs in other.limits:
            reason = compare_values(mine, theirs)
            if reason:
                yield _note("value", one, other, reason, sides=(mine.record.iri, theirs.record.iri))
            elif _exclude(mine, theirs):
                reason = f"{_say(mine)} against {_say(theirs)}"
                yield _note("limit", one, other, reason, sides=(mine.record.iri, theirs.record.iri))


def compare_strangers(one: PreparedClaim, other: PreparedClaim) -> Iterator[Conflict]:
    """A permit against a prohibition that leaves no room for it, or against a limit of another permit that leaves its matter
    out."""
    types = {one.claim.type: one, other.claim.type: other}
    if "permit" not in types or _tells_change(one, other) or not _same_parties(one, other):
        return
    headline = one.claim.article == other.claim.article
    if headline and one.claim.headline == other.claim.headline:
        return
    kind = "headline" if headline else "permission"
    if len(types) == 2 and types.keys() <= {"permit", "prohibit"}:
        permit, ban = types["permit"], types["prohibit"]
        let = None if _is_partial(ban) else _find_banned(ban.actions, permit)
        if let is not None and not _leaves_out(permit.limits, ban.actions):
            yield _note(
                kind, one, other, f"permit: {_shorten(let)} against prohibit: {_shorten(*ban.claim.actions[:1])}"
            )
    elif len(types) == 1:
        for permit, rival in ((one, other), (other, one)):
            for limit in rival.limits:
                known = _leaves_out(permit.limits, limit.phrases)
                let = _find_banned(limit.phrases, permit) if limit.record.effect == "except" and not known else None
                if let is not None:
                    reason = f"permit: {_shorten(let)} against {_say(limit)}"
                    sides = (permit.claim.iri, limit.record.iri)
                    yield _note("headline" if headline else "limit", one, other, reason, sides=sides)


def _note(
    kind: str, one: PreparedClaim, other: PreparedClaim, reason: str, *, sides: tuple[str, str] | None = None
) -> Conflict:
    claims = tuple(sorted((one.claim.iri, other.claim.iri)))
    return Conflict(kind, tuple(sorted(sides)) if sides else claims, reason, claims)


def _say(limit: PreparedLimit) -> str:
    return label_limit(limit.record)


def _shorten(action: str = "") -> str:
    return shorten_text(action, ACT_LENGTH)


def _tells_change(one: PreparedClaim, other: PreparedClaim) -> bool:
    """Articles of different days: what the later one says may have come about in between."""
    return are_days_apart(one.day, other.day)


def are_days_apart(day: int | None, other: int | None) -> bool:
    """Whether two articles of these days cannot contradict each other."""
    return day is not None and other is not None and abs(day - other) > 1


def _same_parties(one: PreparedClaim, other: PreparedClaim) -> bool:
    return (
        compare_parties(one.actors, other.actors) >= SAME_ACTOR
        and compare_parties(one.recipients, other.recipients) >= SAME_RECIPIENT
    )


def _find_banned(banned: tuple[Phrase, ...], permit: PreparedClaim) -> str | None:
    """What a permit lets that lies inside what is banned: all words of the ban stand in it, one at least by itself, since
    near ones may be narrower ("missiles" are some of the "weapons")."""
    let = zip(permit.claim.actions, permit.actions, strict=True)
    return next((text for text, act in let if any(_lies_inside(act, ban) for ban in banned)), None)


def _lies_inside(act: Phrase, ban: Phrase) -> bool:
    return contains_phrase(act, ban) and any(token.key in act.keys for token in ban.tokens)


def _is_partial(ban: PreparedClaim) -> bool:
    """Whether it leaves something to permit: a mere restriction, or a ban of only a part or with exceptions; one that ends some
    day holds in full till then."""
    bounds = any(limit.record.kind != ConstraintKind.TEMPORAL for limit in ban.limits)
    return bounds or ban.claim.concept == RESTRICT


def _leaves_out(limits: Iterable[PreparedLimit], actions: tuple[Phrase, ...]) -> bool:
    """Whether a permit's own exceptions already say what the ban says."""
    excepted = [phrase for limit in limits if limit.record.effect == "except" for phrase in limit.phrases]
    return any(compare_phrases(phrase, action) >= SAME_MATTER for phrase in excepted for action in actions)


def _exclude(one: PreparedLimit, other: PreparedLimit) -> bool:
    """The same matter as only scope here and as exception there; an exception that is narrower leaves the scope as it is."""
    if {one.record.effect, other.record.effect} != {"only", "except"} or one.record.kind != other.record.kind:
        return False
    scope, exception = (one, other) if one.record.effect == "only" else (other, one)
    return any(
        compare_wordings(let, barred) >= SAME_MATTER and contains_phrase(let, barred, least=0)
        for let in scope.phrases
        for barred in exception.phrases
    )
