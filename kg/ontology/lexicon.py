"""Statements -> the lexicon: decision types, the words that evoke them, constraint cues, reporting cues."""

from collections.abc import Iterator

from kg.ontology.entries import Concept, ConstraintCue, DecisionEntry, ReportingCue
from kg.ontology.statements import KG, LEXINFO, ONTOLEX, RDFS, SKOS, Statements, nearest_name, shorten_iri

__all__ = ["read_concepts", "read_constraint_cues", "read_decision_entries", "read_frames", "read_reporting_cues"]

#: The seven roots: IRI -> type.
ROOTS = {KG + name: name.lower() for name in ["Permit", "Prohibit", "Require", "Commit", "Refuse", "Request", "Warn"]}
OPERATORS = ("support", "reverse", "keep", "receive")
STATUSES = ("made", "considered", "denied", "ended")
EFFECTS = ("only", "except", "requires")
KINDS = ("spatial", "temporal", "instrument", "target", "purpose", "party", "quantity", "condition")
PATTERNS = ("preposition", "adverb", "adjective", "verb", "subordinator", "phrase", "noun")
DECISION_POS = ("verb", "noun", "adjective")
REPORTING_POS = ("verb", "noun", "adjective", "preposition", "phrase")
#: The classes that a lexical entry must have one of.
ENTRY_CLASSES = ("DecisionEntry", "ConstraintCue", "ReportingCue")
COMMON = {"weight", "object", "notObject"}


def read_concepts(statements: Statements) -> dict[str, Concept]:
    """Every class or concept below one of the seven roots, by IRI; refuses one that stands below two."""
    parents = {subject: above for subject in sorted(statements.subjects) if (above := _parents(statements, subject))}
    found = {}
    for iri in sorted({*parents, *ROOTS}):
        roots = _roots(iri, parents)
        if len(roots) > 1:
            names = ", ".join(shorten_iri(root) for root in roots)
            raise statements.refuse(iri, f"stands below several decision types: {names}; allowed: one")
        if roots:
            found[iri] = Concept(
                iri=iri,
                label=next(iter(statements.strings(iri, RDFS + "label")), iri.removeprefix(KG)),
                type=ROOTS[roots[0]],
                broader=parents.get(iri, ()),
                examples=statements.strings(iri, SKOS + "example"),
            )
    return found


def _parents(statements: Statements, subject: str) -> tuple[str, ...]:
    properties = statements.subjects[subject]
    values = [*properties.get(RDFS + "subClassOf", ()), *properties.get(SKOS + "broader", ())]
    return tuple(sorted({str(getattr(value, "value", "")) for value in values}))


def _roots(iri: str, parents: dict[str, tuple[str, ...]]) -> list[str]:
    """Roots reached by climbing; a root is its own and is not climbed beyond."""
    seen, queue, roots = {iri}, [iri], []
    while queue:
        current = queue.pop()
        if current in ROOTS:
            roots.append(current)
            continue
        fresh = [parent for parent in parents.get(current, ()) if parent not in seen]
        seen.update(fresh)
        queue.extend(fresh)
    return sorted(roots)


def read_frames(statements: Statements) -> frozenset[str]:
    """Local names of the declared individuals of ``kg:Frame``."""
    return frozenset(iri.removeprefix(KG) for iri in statements.of_class(KG + "Frame"))


def check_classes(statements: Statements) -> None:
    """Refuse a lexical entry that says none of the three classes: it would be ignored in silence."""
    known = set(statements.of_class(*(KG + name for name in ENTRY_CLASSES)))
    for iri in statements.of_class(ONTOLEX + "LexicalEntry", ONTOLEX + "MultiWordExpression", ONTOLEX + "Word"):
        if iri not in known:
            allowed = ", ".join("kg:" + name for name in ENTRY_CLASSES)
            raise statements.refuse(iri, f"a lexical entry of no known kind; allowed: also a {allowed}")


def read_decision_entries(
    statements: Statements, *, concepts: dict[str, Concept], frames: frozenset[str]
) -> Iterator[DecisionEntry]:
    """``kg:DecisionEntry`` in the order of IRIs; one value for each spelling."""
    allowed = COMMON | {"operator", "frame", "impliesStatus"}
    for iri in statements.of_class(KG + "DecisionEntry"):
        statements.check_properties(iri, allowed)
        evokes = statements.one_iri(iri, ONTOLEX + "evokes")
        operator = statements.choice(iri, KG + "operator", OPERATORS)
        if evokes and evokes not in concepts:
            hint = nearest_name(shorten_iri(evokes), [shorten_iri(concept) for concept in sorted(concepts)])
            reason = f"ontolex:evokes {shorten_iri(evokes)}, which is no decision type{hint}"
            roots = ", ".join(shorten_iri(root) for root in ROOTS)
            raise statements.refuse(iri, f"{reason}; allowed: {roots} and what is declared below them")
        if not evokes and not operator:
            raise statements.refuse(iri, "neither ontolex:evokes nor kg:operator; allowed: one of them or both")
        for lemmas in read_forms(statements, iri):
            yield DecisionEntry(
                iri=iri,
                lemmas=lemmas,
                pos=statements.choice(iri, LEXINFO + "partOfSpeech", DECISION_POS, needed=True),
                evokes=evokes,
                type=concepts[evokes].type if evokes else "",
                operator=operator,
                frame=_read_frame(statements, iri, frames),
                status=statements.choice(iri, KG + "impliesStatus", STATUSES),
                weight=statements.fraction(iri, KG + "weight"),
                objects=statements.strings(iri, KG + "object"),
                not_objects=statements.strings(iri, KG + "notObject"),
                examples=statements.strings(iri, SKOS + "example"),
            )


def read_constraint_cues(statements: Statements) -> Iterator[ConstraintCue]:
    """``kg:ConstraintCue`` in the order of IRIs; one value for each spelling."""
    for iri in statements.of_class(KG + "ConstraintCue"):
        statements.check_properties(iri, COMMON | {"cuePattern", "effect", "constraintKind"})
        for words in read_forms(statements, iri):
            yield ConstraintCue(
                iri=iri,
                words=words,
                pattern=statements.choice(iri, KG + "cuePattern", PATTERNS, needed=True),
                effect=statements.choice(iri, KG + "effect", EFFECTS, needed=True),
                kind=statements.choice(iri, KG + "constraintKind", KINDS),
                weight=statements.fraction(iri, KG + "weight"),
                objects=statements.strings(iri, KG + "object"),
                not_objects=statements.strings(iri, KG + "notObject"),
                examples=statements.strings(iri, SKOS + "example"),
            )


def read_reporting_cues(statements: Statements, *, frames: frozenset[str]) -> Iterator[ReportingCue]:
    """``kg:ReportingCue`` in the order of IRIs; one value for each spelling."""
    for iri in statements.of_class(KG + "ReportingCue"):
        statements.check_properties(iri, COMMON | {"frame", "commitment", "channel"})
        for lemmas in read_forms(statements, iri):
            yield ReportingCue(
                iri=iri,
                lemmas=lemmas,
                pos=statements.choice(iri, LEXINFO + "partOfSpeech", REPORTING_POS, needed=True),
                frame=_read_frame(statements, iri, frames),
                commitment=statements.one_string(iri, KG + "commitment"),
                channel=statements.flag(iri, KG + "channel"),
                weight=statements.fraction(iri, KG + "weight"),
                objects=statements.strings(iri, KG + "object"),
                not_objects=statements.strings(iri, KG + "notObject"),
                examples=statements.strings(iri, SKOS + "example"),
            )


def read_forms(statements: Statements, iri: str) -> list[tuple[str, ...]]:
    """Written forms split at spaces: ``rdfs:label``, ``skos:altLabel``, or ``ontolex:writtenRep`` of its forms."""
    labels = [*statements.strings(iri, RDFS + "label"), *statements.strings(iri, SKOS + "altLabel")]
    for predicate in (ONTOLEX + "canonicalForm", ONTOLEX + "otherForm"):
        for form in statements.iris(iri, predicate):
            labels.extend(statements.strings(form, ONTOLEX + "writtenRep"))
    forms = list(dict.fromkeys(tuple(label.split()) for label in labels if label.split()))
    if not forms:
        raise statements.refuse(iri, "no written form; allowed: rdfs:label with at least one word")
    return forms


def _read_frame(statements: Statements, iri: str, frames: frozenset[str]) -> str:
    frame = statements.one_iri(iri, KG + "frame").removeprefix(KG)
    if frame and frame not in frames:
        names = ", ".join("kg:" + name for name in sorted(frames)) or "none is declared"
        raise statements.refuse(
            iri, f"kg:frame {shorten_iri(frame) if ':' in frame else 'kg:' + frame}; allowed: {names}"
        )
    return frame
