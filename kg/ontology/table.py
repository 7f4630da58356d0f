"""The loaded ontology: a read-only table of plain strings with its lookups."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from kg.errors import OntologyError
from kg.ontology import gazetteer, lexicon
from kg.ontology.entries import Concept, ConstraintCue, DecisionEntry, KnownActor, KnownPlace, Office, ReportingCue
from kg.ontology.gazetteer import NameTable
from kg.ontology.statements import KG, OWL, RDF, SKOS, Statements, nearest_name

__all__ = ["Ontology", "build_ontology"]

Value = TypeVar("Value")
#: Classes of what is a term rather than an entry of the lexicon.
TERM_CLASSES = (
    *(OWL + name for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "Ontology")),
    *(SKOS + name for name in ("Concept", "ConceptScheme")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontology:
    """All that the ontology's files declare. Sequences are in the order of IRIs, names fullest or most usual first.

    ``version`` is the SHA-256 of the sorted statements; ``files`` the names of the files read, in order.
    """

    version: str
    files: tuple[str, ...]
    terms: frozenset[str]
    concepts: Mapping[str, Concept]
    frames: frozenset[str]
    decision_entries: tuple[DecisionEntry, ...]
    constraint_cues: tuple[ConstraintCue, ...]
    reporting_cues: tuple[ReportingCue, ...]
    known_actors: Mapping[str, KnownActor]
    known_places: Mapping[str, KnownPlace]
    offices: tuple[Office, ...]
    #: What the terms are (classes, properties, schemes and their members, not the lexicon), as sorted N-Triples lines.
    vocabulary: tuple[str, ...]
    #: Lemma of a common noun -> kind of actor that it denotes.
    noun_kinds: Mapping[str, str]
    #: Head lemma (``DecisionEntry.head``) -> entries, longest expression first.
    decision_entries_by_lemma: Mapping[str, tuple[DecisionEntry, ...]]
    #: First word in lower case -> cues, longest expression first.
    constraint_cues_by_word: Mapping[str, tuple[ConstraintCue, ...]]
    #: Head lemma (``ReportingCue.head``) -> cues, longest expression first.
    reporting_cues_by_lemma: Mapping[str, tuple[ReportingCue, ...]]
    actor_names: NameTable[KnownActor]
    actor_demonyms: NameTable[KnownActor]
    actor_metonyms: NameTable[KnownActor]
    place_names: NameTable[KnownPlace]
    office_names: NameTable[Office]

    def term(self, name: str) -> str:
        """The IRI of an own term by its local name ("Permit", "kg:Permit").

        Raises ``OntologyError`` naming the nearest declared term where there is none of that name.
        """
        local = name.removeprefix(KG).removeprefix("kg:")
        if local not in self.terms:
            raise OntologyError(f"kg:{local} is not declared in the ontology{nearest_name(local, sorted(self.terms))}")
        return KG + local

    def known_actor_by_name(self, name: str) -> KnownActor | None:
        """The known actor of that name or short name (acronyms keep their case), none where it is ambiguous."""
        return self.actor_names.find(name)

    def known_actor_by_demonym(self, word: str) -> KnownActor | None:
        """The state of an adjective or inhabitant noun ("French")."""
        return self.actor_demonyms.find(word)

    def known_actor_by_metonym(self, name: str) -> KnownActor | None:
        """The actor that a place or building stands for ("the Kremlin", a capital)."""
        return self.actor_metonyms.find(name)

    def known_place_by_name(self, name: str) -> KnownPlace | None:
        """The city or region of that name or spelling."""
        return self.place_names.find(name)

    def office_by_name(self, title: str) -> Office | None:
        """The office of that title, in the singular."""
        return self.office_names.find(title)


def build_ontology(statements: Statements, *, files: tuple[str, ...]) -> Ontology:
    """Read every entry of the statements; raises ``OntologyError`` at the first bad one, in the order of IRIs."""
    lexicon.check_classes(statements)
    concepts = lexicon.read_concepts(statements)
    frames = lexicon.read_frames(statements)
    decisions = tuple(lexicon.read_decision_entries(statements, concepts=concepts, frames=frames))
    constraints = tuple(lexicon.read_constraint_cues(statements))
    reporting = tuple(lexicon.read_reporting_cues(statements, frames=frames))
    actors = {actor.iri: actor for actor in gazetteer.read_known_actors(statements)}
    places = {place.iri: place for place in gazetteer.read_known_places(statements)}
    offices = tuple(gazetteer.read_offices(statements))
    return Ontology(
        version=statements.version,
        files=files,
        terms=_own_terms(statements) | {iri.removeprefix(KG) for iri in lexicon.ROOTS},
        concepts=MappingProxyType(concepts),
        frames=frames,
        decision_entries=decisions,
        constraint_cues=constraints,
        reporting_cues=reporting,
        known_actors=MappingProxyType(actors),
        known_places=MappingProxyType(places),
        offices=offices,
        vocabulary=tuple(sorted(_describe_terms(statements))),
        noun_kinds=MappingProxyType(gazetteer.read_noun_kinds(statements)),
        decision_entries_by_lemma=_group(decisions, key=_decision_key, size=_decision_size),
        constraint_cues_by_word=_group(constraints, key=_constraint_key, size=_constraint_size),
        reporting_cues_by_lemma=_group(reporting, key=_reporting_key, size=_reporting_size),
        actor_names=NameTable.build((name, actor) for actor in actors.values() for name in actor.names),
        actor_demonyms=NameTable.build((word, actor) for actor in actors.values() for word in actor.demonyms),
        actor_metonyms=NameTable.build((name, actor) for actor in actors.values() for name in actor.metonyms),
        place_names=NameTable.build((name, place) for place in places.values() for name in place.names),
        office_names=NameTable.build((name, office) for office in offices for name in office.names),
    )


def _own_terms(statements: Statements) -> frozenset[str]:
    """Local names of the own subjects that have an ``rdf:type``."""
    typed = (iri for iri, properties in statements.subjects.items() if RDF + "type" in properties)
    return frozenset(iri.removeprefix(KG) for iri in typed if iri.startswith(KG))


def _describe_terms(statements: Statements) -> Iterator[str]:
    """The statements on own terms, and on what the user declares in OWL or SKOS under other names."""
    declared = frozenset(statements.of_class(*TERM_CLASSES))
    for iri, properties in statements.subjects.items():
        if iri in declared or iri.startswith(KG) or iri == KG.removesuffix("#"):
            for name, values in properties.items():
                yield from (f"<{iri}> <{name}> {value} ." for value in values)


def _group(
    values: Iterable[Value], *, key: Callable[[Value], str], size: Callable[[Value], int]
) -> Mapping[str, tuple[Value, ...]]:
    groups: dict[str, list[Value]] = {}
    for value in values:
        groups.setdefault(key(value), []).append(value)
    return MappingProxyType({name: tuple(sorted(groups[name], key=size)) for name in sorted(groups)})


def _decision_key(entry: DecisionEntry) -> str:
    return entry.head


def _decision_size(entry: DecisionEntry) -> int:
    return -len(entry.lemmas)


def _constraint_key(cue: ConstraintCue) -> str:
    return cue.words[0].lower()


def _constraint_size(cue: ConstraintCue) -> int:
    return -len(cue.words)


def _reporting_key(cue: ReportingCue) -> str:
    return cue.head


def _reporting_size(cue: ReportingCue) -> int:
    return -len(cue.lemmas)
