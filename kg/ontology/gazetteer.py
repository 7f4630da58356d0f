"""Statements -> what general readers know: actors, places, offices."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, Protocol, TypeVar

from kg.ontology.entries import KnownActor, KnownPlace, Office
from kg.ontology.statements import KG, RDFS, SKOS, Statements, shorten_iri

__all__ = ["NameTable", "fold_name", "read_known_actors", "read_known_places", "read_noun_kinds", "read_offices"]

ACTOR_KINDS = ("person", "organisation", "state", "group")
ROLES = ("head", "minister", "spokesperson", "judge", "executive", "legislator", "officer", "official", "title")
WIKIDATA = "http://www.wikidata.org/entity/"
ACTOR_PROPERTIES = frozenset({"actorKind", "demonym", "metonym", "noun", "partOf", "isoCode", "outlet"})
DOTS = re.compile(r"(?<=\b[A-Za-z])\.")
WORD = re.compile(r"\w+")
SPACES = re.compile(r"\s+")


def read_known_actors(statements: Statements) -> Iterator[KnownActor]:
    """``kg:KnownActor`` in the order of IRIs."""
    known = frozenset(statements.of_class(KG + "KnownActor"))
    for iri in sorted(known):
        statements.check_properties(iri, ACTOR_PROPERTIES)
        yield KnownActor(
            iri=iri,
            names=_read_names(statements, iri),
            kind=statements.choice(iri, KG + "actorKind", ACTOR_KINDS, needed=True),
            demonyms=statements.strings(iri, KG + "demonym"),
            metonyms=statements.strings(iri, KG + "metonym"),
            nouns=statements.strings(iri, KG + "noun"),
            part_of=_read_known(statements, iri, KG + "partOf", known),
            wikidata=_read_wikidata(statements, iri),
            iso=statements.one_string(iri, KG + "isoCode"),
            outlet=statements.flag(iri, KG + "outlet"),
        )


def read_known_places(statements: Statements) -> Iterator[KnownPlace]:
    """``kg:KnownPlace`` in the order of IRIs."""
    known = frozenset(statements.of_class(KG + "KnownActor"))
    for iri in statements.of_class(KG + "KnownPlace"):
        statements.check_properties(iri, {"partOf"})
        yield KnownPlace(
            iri=iri,
            names=_read_names(statements, iri),
            country=_read_known(statements, iri, KG + "partOf", known),
            wikidata=_read_wikidata(statements, iri),
        )


def read_offices(statements: Statements) -> Iterator[Office]:
    """``kg:Office`` in the order of IRIs."""
    for iri in statements.of_class(KG + "Office"):
        statements.check_properties(iri, {"role"})
        role = statements.choice(iri, KG + "role", ROLES, needed=True)
        yield Office(iri=iri, names=_read_names(statements, iri), role=role)


def read_noun_kinds(statements: Statements) -> dict[str, str]:
    """Noun lemma -> kind of actor, from ``kg:ActorNouns``; of several kinds the first in the order of IRIs holds."""
    kinds: dict[str, str] = {}
    for iri in statements.of_class(KG + "ActorNouns"):
        statements.check_properties(iri, {"actorKind", "noun"})
        kind = statements.choice(iri, KG + "actorKind", ACTOR_KINDS, needed=True)
        for nouns in statements.strings(iri, KG + "noun"):
            for noun in nouns.split():
                kinds.setdefault(noun, kind)
    return kinds


def _read_names(statements: Statements, iri: str) -> tuple[str, ...]:
    labels = statements.strings(iri, RDFS + "label")
    names = dict.fromkeys(name.strip() for name in (*labels, *statements.strings(iri, SKOS + "altLabel")))
    if not labels or not all(names):
        raise statements.refuse(iri, "no name or an empty one; allowed: one rdfs:label, any number of skos:altLabel")
    return tuple(names)


def _read_known(statements: Statements, iri: str, predicate: str, known: frozenset[str]) -> str:
    whole = statements.one_iri(iri, predicate)
    if whole and whole not in known:
        raise statements.refuse(
            iri, f"{shorten_iri(predicate)} {shorten_iri(whole)}, which is no declared kg:KnownActor"
        )
    return whole


def _read_wikidata(statements: Statements, iri: str) -> str:
    found = [match for match in statements.iris(iri, SKOS + "exactMatch") if match.startswith(WIKIDATA)]
    if len(found) > 1:
        raise statements.refuse(iri, f"skos:exactMatch with {len(found)} Wikidata entities; allowed: one")
    return found[0] if found else ""


@lru_cache(maxsize=50_000)
def fold_name(name: str) -> str:
    """A name for comparison: no dots after single letters, one kind of apostrophe and space, case folded except for
    acronyms ("US" is not "us")."""
    text = SPACES.sub(" ", DOTS.sub("", name.replace("’", "'"))).strip()
    return text if len(text) > 1 and len(text) <= 5 and text.isupper() else text.casefold()


@lru_cache(maxsize=50_000)
def first_word(text: str) -> str:
    """The first run of letters and digits, case folded."""
    match = WORD.search(text)
    return match.group().casefold() if match else ""


class Named(Protocol):
    """Anything with an IRI."""

    @property
    def iri(self) -> str:
        """Its IRI."""


Entry = TypeVar("Entry", bound=Named)


@dataclass(frozen=True, slots=True)
class NameTable(Generic[Entry]):
    """Folded name -> the one entry that bears it; a name borne by two stands for neither."""

    entries: dict[str, Entry | None]
    #: First words of the names, case folded: no name begins with another word.
    first_words: frozenset[str]

    @classmethod
    def build(cls, pairs: Iterable[tuple[str, Entry]]) -> "NameTable[Entry]":
        """From (name, entry) pairs."""
        table: dict[str, Entry | None] = {}
        for name, entry in pairs:
            key = fold_name(name)
            other = table.setdefault(key, entry)
            if other is not None and other.iri != entry.iri:
                table[key] = None
        return cls(table, frozenset(first_word(key) for key in table))

    def may_begin(self, word: str) -> bool:
        """Whether a name of the table may begin with this word."""
        return first_word(fold_name(word)) in self.first_words

    def find(self, name: str) -> Entry | None:
        """The entry of that name, or none where none or several bear it.

        A leading article may be missing in the table ("the Kremlin"), never in the name ("Hill" is not "The Hill").
        """
        key = fold_name(name)
        if key not in self.entries and key.startswith("the "):
            key = fold_name(name[4:])
        return self.entries.get(key)
