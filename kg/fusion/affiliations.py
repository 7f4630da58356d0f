"""Offices of persons as an article states them: "French President X", "X, the president of France"."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from kg.fusion.actors import FusedActor
from kg.fusion.lookup import Lookup
from kg.fusion.names import fold_words, parse_name, rise_to_state
from kg.fusion.phrases import join_abbreviations, split_words
from kg.fusion.records import ActorRecord

__all__ = ["find_state", "share_states"]

BREAK = re.compile(r"[.!?;:,()\n\"“”]+(?=\s|$)|\n|[\"“”—–]")
#: Words before a name in which its office is looked for.
REACH = 7
#: Roles whose holders act for their state.
PUBLIC_ROLES = frozenset({"head", "minister", "spokesperson", "legislator", "official", "officer"})


def share_states(actors: Iterable[ActorRecord], fused: Mapping[str, FusedActor], lookup: Lookup) -> dict[str, str]:
    """IRI of each actor -> the state in whose office some article shows the person that it is, or that leads it.

    Nothing is said of a person whom articles show in the office of two states.
    """
    records = sorted({actor.iri: actor for actor in actors}.values(), key=_by_iri)
    states: dict[str, set[str]] = defaultdict(set)
    people: dict[str, set[str]] = defaultdict(set)
    for record in records:
        if record.kind == "person":
            target = fused[record.iri].iri
            states[target].update({record.state} - {""})
            people[fold_words(record.names[0])[-1]].add(target)
    one_state = {iri: next(iter(found)) for iri, found in states.items() if len(found) == 1}
    shared = {}
    for record in records:
        targets = {fused[record.iri].iri}
        for form in (parse_name(name, record.kind, lookup) for name in record.names):
            targets |= people.get(form.leader[-1], set()) if form.leader else set()
        found = {one_state[iri] for iri in targets if iri in one_state}
        if len(found) == 1:
            shared[record.iri] = found.pop()
    return shared


def _by_iri(record: ActorRecord) -> str:
    return record.iri


@lru_cache(maxsize=256)
def _split_text(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a text with a break (an empty word) wherever a phrase ends."""
    pieces = BREAK.split(join_abbreviations(text))
    words = tuple(word for piece in pieces for word in (*split_words(piece), ""))
    return words, tuple(word.lower() for word in words)


def find_state(surname: str, text: str, lookup: Lookup) -> str:
    """The state in whose office the text shows the person; empty where it shows none, or two.

    >>> from kg.ontology import load_ontology
    >>> from kg.fusion.lookup import Lookup
    >>> find_state("Arnaud", "Talks with French President Luc Arnaud went on.", Lookup(load_ontology()))
    'https://w3id.org/decision-kg/actor/FR'
    """
    words, lowered = _split_text(text)
    found = set()
    wanted = surname.lower()
    for index, word in enumerate(lowered):
        if word == wanted and words[index][0].isupper():
            found.add(_read_before(words, index, lookup))
    found.discard("")
    return found.pop() if len(found) == 1 else ""


def _read_before(words: tuple[str, ...], index: int, lookup: Lookup) -> str:
    """The state in "STATE … OFFICE Given Surname", where the surname stands at ``index``."""
    start = index
    while index - 3 < start and start and words[start - 1][:1].isupper() and not _is_office(words[start - 1], lookup):
        start -= 1
    if not start or not _ends_with_office(words[max(0, start - 4) : start], lookup):
        return ""
    for place in range(start - 1, max(-1, start - REACH), -1):
        if not words[place]:
            return ""
        for length in (1, 2):
            name = " ".join(words[place : place + length])
            actor = lookup.known_actor_by_demonym(name) or lookup.known_actor_by_name(name)
            if actor and actor.kind != "person" and place + length < start + (length > 1):
                return rise_to_state(actor.iri, lookup)
    return ""


def _is_office(word: str, lookup: Lookup) -> bool:
    office = lookup.office_by_name(word.lower())
    return office is not None


def _ends_with_office(words: tuple[str, ...], lookup: Lookup) -> bool:
    for length in range(1, len(words) + 1):
        if not words[-length]:
            return False
        office = lookup.office_by_name(" ".join(words[-length:]).lower())
        if office and office.role in PUBLIC_ROLES:
            return True
    return False
