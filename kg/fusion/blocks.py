"""Blocking: which claims are compared at all. A claim's keys depend on the claim alone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.fusion.claims import WINDOW, PreparedClaim
from kg.fusion.parties import Party
from kg.fusion.phrases import Token
from kg.fusion.words import find_synonyms

__all__ = ["ANY_TIME", "find_keys", "find_shared"]

#: The bucket that holds every claim, whatever its date; claims without a date look there.
ANY_TIME = "*"
#: Types that can be one act stand in one family.
FAMILIES = {"prohibit": "deny", "refuse": "deny", "commit": "deny", "require": "deny", "request": "ask", "warn": "ask"}
#: So many of the weightiest words of a claim make keys with a party, with one another, and with both parties.
WORDS, PAIRED_WORDS, MOST_WORDS = 12, 6, 24
#: Least weight of a word that makes keys at all, and of one that tells enough to make one with a single party.
LEAST_WEIGHT, TELLING_WEIGHT = 0.22, 0.5
#: Numbers up to the first are in every text; from the second on they may be years.
SMALL, YEARS = 31, 1900


def find_shared(prepared: Iterable[PreparedClaim], *, family: bool = True) -> Iterator[tuple[str, str]]:
    """Pairs of claims, each pair sorted and once, that share a block; without ``family`` whatever their types.

    Goes through the claims in the order of their dates, so that only the blocks of two spans of time (and of claims
    without a date) are kept; that one claim finds the other goes both ways, so that each need look back only.
    """
    standing: dict[int | None, dict[str, list[str]]] = {None: defaultdict(list)}
    for one in sorted(prepared, key=_by_span):
        span = _find_span(one)
        matters, alike = _find_matters(one)
        kin = _find_kin(one, family=family)
        if span is not None and span not in standing:
            standing = {kept: standing[kept] for kept in (None, span - 1) if kept in standing}
            standing[span] = defaultdict(list)
        iri = one.claim.iri
        stand = [f"{kin}|{matter}" for matter in matters]
        look = [*stand, *(f"{kin}|{matter}" for matter in alike - matters)]
        others = {other for block in standing.values() for key in look if key in block for other in block[key]}
        yield from ((min(iri, other), max(iri, other)) for other in sorted(others))
        for key in stand:
            standing[span][key].append(iri)


def _by_span(prepared: PreparedClaim) -> tuple[int, str]:
    """Claims without a date come first: every claim is compared with them."""
    span = _find_span(prepared)
    return (-1 if span is None else span), prepared.claim.iri


def _find_span(prepared: PreparedClaim) -> int | None:
    return None if prepared.day is None else prepared.day // WINDOW


def _find_kin(prepared: PreparedClaim, *, family: bool) -> str:
    return FAMILIES.get(prepared.claim.type, prepared.claim.type) if family else ""


def find_keys(prepared: PreparedClaim, *, family: bool = True) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(keys under which a claim stands, keys under which it looks for others); two claims are compared if one looks
    where the other stands.

    A key holds the family of types, a span of time, and enough of the matter to be rare (see ``_find_matters``).
    """
    matters, alike = _find_matters(prepared)
    kin, span = _find_kin(prepared, family=family), _find_span(prepared)
    spans = [ANY_TIME] if span is None else [str(span), str(span + 1)]
    look = tuple(f"{kin}|{span}|{matter}" for span in spans for matter in sorted(matters | alike))
    places = spans if span is None else [*spans, ANY_TIME]
    stand = tuple(f"{kin}|{span}|{matter}" for span in places for matter in sorted(matters))
    return stand, look


def _find_matters(prepared: PreparedClaim) -> tuple[set[str], set[str]]:
    """A party with a telling word or with two others; both parties with any word; two telling words.

    The second set has synonyms in the place of words; to be synonyms goes both ways, so that of two claims each finds
    the other or neither does.
    """
    actors = {name for party in prepared.actors for name in _name_party(party)}
    recipients = {name for party in prepared.recipients for name in _name_party(party)}
    parties = sorted(actors | recipients)
    tokens = {token.key: token for token in prepared.content.tokens}
    words = (token for token in tokens.values() if _is_rare(token) and token.key not in parties)
    ranked = sorted((token for token in words if token.weight >= LEAST_WEIGHT), key=_by_weight)
    telling = [token.key for token in ranked[:WORDS] if token.weight >= TELLING_WEIGHT]
    others = [token.key for token in ranked[:WORDS] if token.weight < TELLING_WEIGHT][:PAIRED_WORDS]
    both = sorted({f"{min(one, other)}|{max(one, other)}" for one in actors for other in recipients if one != other})
    matters = {f"{party}|{word}" for party in parties for word in telling}
    matters.update(f"{party}|{pair}" for party in parties for pair in _pair_up(others))
    matters.update(f"{pair}|{token.key}" for pair in both for token in ranked[:MOST_WORDS])
    matters.update(_pair_up(telling[:PAIRED_WORDS]))
    alike = {f"{party}|{same}" for party in parties for word in telling for same in find_synonyms(word)}
    alike.update(
        f"{pair}|{same}" for pair in both for token in ranked[:MOST_WORDS] for same in find_synonyms(token.key)
    )
    return matters, alike


def _is_rare(token: Token) -> bool:
    """Not a small number, nor one that may be a year."""
    if token.kind != "number":
        return True
    return "." in token.key or len(token.key) > 4 or SMALL < int(token.key) < YEARS


def _pair_up(words: list[str]) -> Iterator[str]:
    ordered = sorted(words)
    yield from (f"{one}&{other}" for one in ordered for other in ordered if one < other)


def _by_weight(token: Token) -> tuple[float, str]:
    return -token.weight, token.key


def _name_party(party: Party) -> Iterator[str]:
    yield from party.known
    yield from party.own_states
    for form in party.forms:
        if form.words and not form.known and not form.is_description:
            yield form.words[-1]
