"""Turtle files as a table of statements: subject -> property -> values, with the file that each subject stands in."""

import difflib
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import OntologyError

__all__ = [
    "ACTOR",
    "KG",
    "LEXICON",
    "LEXINFO",
    "ONTOLEX",
    "OWL",
    "PLACE",
    "RDF",
    "RDFS",
    "SKOS",
    "Statements",
    "parse_statements",
    "shorten_iri",
]

KG = "https://w3id.org/decision-kg/ontology#"
LEXICON = "https://w3id.org/decision-kg/lexicon/"
ACTOR = "https://w3id.org/decision-kg/actor/"
PLACE = "https://w3id.org/decision-kg/place/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
ONTOLEX = "http://www.w3.org/ns/lemon/ontolex#"
LEXINFO = "http://www.lexinfo.net/ontology/3.0/lexinfo#"

#: Prefixes that messages shorten IRIs with.
PREFIXES = {
    "kg": KG, "lex": LEXICON, "actor": ACTOR, "place": PLACE, "rdf": RDF, "rdfs": RDFS, "owl": OWL, "skos": SKOS,
    "ontolex": ONTOLEX, "lexinfo": LEXINFO,
}  # fmt: skip

#: The properties of one subject: property IRI -> values in the order of the files.
Properties = dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """All statements of some files.

    ``files`` gives, for each subject, the names of the files that describe it; ``classes`` the subjects of each
    ``rdf:type``, by IRI.
    """

    subjects: dict[str, Properties]
    files: dict[str, tuple[str, ...]]
    classes: dict[str, tuple[str, ...]]
    version: str

    def of_class(self, *classes: str) -> Iterator[str]:
        """Subjects with one of these ``rdf:type``s, by IRI."""
        yield from sorted({subject for iri in classes for subject in self.classes.get(iri, ())})

    def iris(self, subject: str, predicate: str) -> tuple[str, ...]:
        """Values that are IRIs, sorted; a literal there is refused."""
        values = self.subjects.get(subject, {}).get(predicate)
        if not values:
            return ()
        for value in values:
            if not isinstance(value, ox.NamedNode):
                raise self.refuse(subject, f"{shorten_iri(predicate)} is {value}, not an IRI")
        return _sort_values(values)

    def strings(self, subject: str, predicate: str) -> tuple[str, ...]:
        """Values that are literals, sorted; an IRI there is refused."""
        values = self.subjects.get(subject, {}).get(predicate)
        if not values:
            return ()
        for value in values:
            if not isinstance(value, ox.Literal):
                raise self.refuse(subject, f"{shorten_iri(predicate)} is {value}, not a literal")
        return _sort_values(values)

    def one_string(self, subject: str, predicate: str, *, default: str = "") -> str:
        """The one literal, or ``default``; two are refused."""
        return self._one(subject, predicate, self.strings(subject, predicate), default)

    def one_iri(self, subject: str, predicate: str, *, default: str = "") -> str:
        """The one IRI, or ``default``; two are refused."""
        return self._one(subject, predicate, self.iris(subject, predicate), default)

    def _one(self, subject: str, predicate: str, values: tuple[str, ...], default: str) -> str:
        if len(values) > 1:
            raise self.refuse(
                subject, f"{shorten_iri(predicate)} has {len(values)} values: {', '.join(values)}; allowed: one"
            )
        return values[0] if values else default

    def choice(self, subject: str, predicate: str, allowed: Iterable[str], *, needed: bool = False) -> str:
        """The value as one of ``allowed`` (lower case), given as an individual (``kg:Only``) or as a literal ("only")."""
        values = self.subjects.get(subject, {}).get(predicate, [])
        found = sorted({_local_name(value).lower() for value in values}) if values else []
        words = tuple(allowed)
        wrong = [word for word in found if word not in words]
        if wrong or len(found) > 1 or (needed and not found):
            got = ", ".join(str(value) for value in values) or "missing"
            raise self.refuse(subject, f"{shorten_iri(predicate)} is {got}; allowed: one of {', '.join(words)}")
        return found[0] if found else ""

    def fraction(self, subject: str, predicate: str, *, default: float = 1.0) -> float:
        """A number from 0 to 1."""
        text = self.one_string(subject, predicate)
        if not text:
            return default
        try:
            number = float(text)
        except ValueError:
            number = -1.0
        if not 0 <= number <= 1:
            raise self.refuse(subject, f'{shorten_iri(predicate)} is "{text}"; allowed: a number from 0 to 1')
        return number

    def flag(self, subject: str, predicate: str) -> bool:
        """A boolean; false where it is missing."""
        return self.choice(subject, predicate, ("true", "false", "1", "0")) in {"true", "1"}

    def check_properties(self, subject: str, allowed: Iterable[str]) -> None:
        """Refuse own (``kg:``) properties that this kind of entry does not have: a misspelling would pass unseen."""
        names = frozenset(allowed)
        for predicate in self.subjects[subject]:
            local = predicate.removeprefix(KG)
            if local not in names and predicate.startswith(KG):
                reason = f"kg:{local} is no property of such an entry{nearest_name(local, sorted(names))}"
                raise self.refuse(subject, f"{reason}; allowed: {', '.join('kg:' + name for name in sorted(names))}")

    def refuse(self, subject: str, reason: str) -> OntologyError:
        """The error that names the entry, its files and the reason."""
        where = ", ".join(self.files.get(subject, ())) or "no file"
        return OntologyError(f"{shorten_iri(subject)} ({where}): {reason}")


def parse_statements(files: Iterable[tuple[str, bytes]]) -> Statements:
    """Parse Turtle ``(name, content)`` pairs.

    ``version`` is the SHA-256 of the sorted N-Triples lines, blank nodes canonicalised (RDFC-1.0), hence independent of
    the order and the layout of the files. Raises ``OntologyError`` with the file, the line and the parser's reason.
    """
    subjects: dict[str, Properties] = {}
    names: dict[str, tuple[str, ...]] = {}
    triples: list[ox.Triple] = []
    for name, content in files:
        for triple in _parse_file(name, content):
            triples.append(triple)
            subject = triple.subject.value  # type: ignore[union-attr]  # no file in Turtle 1.1 has a triple as subject
            properties = subjects.get(subject)
            if properties is None:
                properties = subjects[subject] = {}
                names[subject] = (name,)
            elif names[subject][-1] != name:
                names[subject] += (name,)
            properties.setdefault(triple.predicate.value, []).append(triple.object)
    return Statements(subjects=subjects, files=names, classes=_group_by_class(subjects), version=_digest(triples))


def _group_by_class(subjects: dict[str, Properties]) -> dict[str, tuple[str, ...]]:
    classes: dict[str, list[str]] = {}
    for subject in sorted(subjects):
        for value in subjects[subject].get(RDF + "type", ()):
            classes.setdefault(str(getattr(value, "value", value)), []).append(subject)
    return {iri: tuple(members) for iri, members in classes.items()}


def _digest(triples: list[ox.Triple]) -> str:
    text = "\n".join(sorted(set(map(str, triples))))
    if "_:" in text:
        text = "\n".join(sorted(_canonical_lines(triples)))
    return hashlib.sha256(text.encode()).hexdigest()


def _sort_values(values: Sequence[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]) -> tuple[str, ...]:
    if len(values) == 1:
        return (str(getattr(values[0], "value", values[0])),)
    return tuple(sorted({str(getattr(value, "value", value)) for value in values}))


def _parse_file(name: str, content: bytes) -> list[ox.Triple]:
    try:
        return [quad.triple for quad in ox.parse(content, format=ox.RdfFormat.TURTLE)]
    except (SyntaxError, ValueError) as error:
        raise OntologyError(f"{name}: not readable as Turtle: {error}") from error


def _canonical_lines(triples: list[ox.Triple]) -> set[str]:
    dataset = ox.Dataset([ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples])
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad.triple) for quad in dataset}


def _local_name(value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    text = str(getattr(value, "value", value))
    return text.rpartition("#")[2].rpartition("/")[2] if isinstance(value, ox.NamedNode) else text


def shorten_iri(iri: str) -> str:
    """``kg:Permit`` for an IRI of a known namespace, ``<…>`` for any other."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"


def nearest_name(name: str, names: Iterable[str]) -> str:
    """``", did you mean X?"`` for the nearest of ``names``, or nothing."""
    found = difflib.get_close_matches(name, list(names), n=1, cutoff=0.6)
    return f" (did you mean {found[0]}?)" if found else ""
