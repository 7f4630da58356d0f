"""Blocking: which claims are compared at all. A claim's keys depend on the claim alone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.fusion.matching import WINDOW, PreparedClaim
from kg.fusion.parties import Party

__all__ = ["ANY_TIME", "find_keys", "find_shared"]

#: The bucket that holds every claim, whatever its date; claims without a date look there.
ANY_TIME = "*"
#: Types that can be one act stand in one family.
FAMILIES = {"prohibit": "deny", "refuse": "deny", "commit": "deny", "require": "deny", "request": "ask", "warn": "ask"}
#: So many of the weightiest words of a claim make keys.
WORDS = 6


def find_shared(prepared: Iterable[PreparedClaim], *, family: bool = True) -> Iterator[tuple[str, str]]:
    """Pairs of claims, each pair sorted and once, that share a block; without ``family`` whatever their types."""
    standing: dict[str, list[str]] = defaultdict(list)
    looking: dict[str, tuple[str, ...]] = {}
    for one in prepared:
        stand, look = find_keys(one, family=family)
        looking[one.claim.iri] = look
        for key in stand:
            standing[key].append(one.claim.iri)
    for iri in sorted(looking):
        mine = set(looking[iri])
        for other in sorted({other for key in looking[iri] for other in standing[key]}):
            if other > iri:
                yield iri, other
            elif other < iri and not _looks_at(looking[other], mine):
                yield other, iri


def _looks_at(look: tuple[str, ...], mine: set[str]) -> bool:
    return not mine.isdisjoint(look)


def find_keys(prepared: PreparedClaim, *, family: bool = True) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(keys under which a claim stands, keys under which it looks for others); two claims are compared if one looks
    where the other stands.

    A key holds the family of types, a span of time, and a party with a word, or two words.
    """
    matters = sorted(_find_matters(prepared))
    kin = FAMILIES.get(prepared.claim.type, prepared.claim.type) if family else ""
    spans = [ANY_TIME] if prepared.day is None else [str(prepared.day // WINDOW), str(prepared.day // WINDOW + 1)]
    look = tuple(f"{kin}|{span}|{matter}" for span in spans for matter in matters)
    if prepared.day is None:
        return look, look
    anytime = tuple(f"{kin}|{ANY_TIME}|{matter}" for matter in matters)
    return (*look, *anytime), look


def _find_matters(prepared: PreparedClaim) -> Iterator[str]:
    tokens = sorted(prepared.wording.tokens, key=lambda token: (-token.weight, token.key))
    words = sorted({token.key for token in tokens if token.kind != "number"}, key=[t.key for t in tokens].index)[:WORDS]
    parties = sorted({name for party in prepared.actors for name in _name_party(party)})
    for word in words:
        yield from (f"{party}|{word}" for party in parties)
    yield from (f"{min(one, other)}&{max(one, other)}" for one in words for other in words if one < other)


def _name_party(party: Party) -> Iterator[str]:
    yield from party.known
    yield from party.states
    for form in party.forms:
        if form.words and not form.known and not form.is_description:
            yield form.words[-1]
