"""Fusion -> statements of the fused graph: the only mapping of what fusion found to triples.

Its shape::

    <id:decision/…> a kg:Decision ; rdfs:label "permit: United States → Ukraine: …" ;
        kg:topType kg:Permit ; kg:decisionType kg:LiftBan ; kg:status kg:Made ;    # status: 1..n, where accounts differ
        kg:actor <fused actor> ; kg:recipient <fused actor> ; kg:action "…" ; kg:alternativeAction "…" ;
        kg:claim <claim> ;                                       # prov:wasDerivedFrom by rdfs:subPropertyOf
        kg:constraint <id:limit/…> ; kg:articleCount 5 ; kg:originCount 2 ; kg:origin <id:origin/…> ;
        kg:agreement kg:Corroborated .
    <id:limit/…> a kg:FusedConstraint, odrl:Constraint ; rdfs:label, kg:text, kg:alternativeText ;
        kg:constraintKind kg:Spatial ; kg:effect kg:Only ; prov:wasDerivedFrom <constraint of an article> ;
        kg:articleCount 4 ; kg:originCount 2 ; kg:origin <id:origin/…> ; kg:agreement kg:Corroborated .
    <id:origin/…> a kg:Origin ; rdfs:label "Politico" ; kg:originKind "outlet" .
    <fused actor> a kg:Actor ; rdfs:label, skos:prefLabel, skos:altLabel ; kg:actorKind kg:State ;
        kg:knownActor <itself> ; skos:exactMatch <Wikidata> .
    <id:identity/…> a kg:IdentityLink ; kg:member <actor of an article> ; kg:target <fused actor> ;
        kg:reason "surname" ; kg:score 0.8 .
    <id:conflict/…> a kg:Conflict ; rdfs:label ; kg:conflictKind kg:LimitConflict ; kg:side <claim or constraint> ;
        rdfs:comment "…" .
    <id:correction/…> a kg:Correction ; rdfs:label ; kg:correctionKind "merge" ; kg:correctionTarget <…> ;
        kg:correctionMember <…> ; rdfs:comment, dcterms:creator, dcterms:date "…" .    # <node> prov:wasInfluencedBy it
"""

from collections import Counter
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg import terms
from kg.corrections import Correction
from kg.fusion.actors import FusedActor
from kg.fusion.conflicts import Conflict
from kg.fusion.correcting import mint_conflict, mint_identity
from kg.fusion.fusing import FusedDecision, FusedLimit, Fusion
from kg.fusion.labels import label_decision, label_limit
from kg.fusion.origins import Origin
from kg.fusion.records import ActorRecord
from kg.literals import make_ordinal, make_term, make_triple, make_typed
from kg.ontology import Ontology

__all__ = ["write_fusion", "write_parts"]

AGREEMENTS = {
    "single-origin": "kg:SingleOrigin",
    "corroborated": "kg:Corroborated",
    "disputed": "kg:Disputed",
    "denied": "kg:Denied",
}

Triples = Iterator[ox.Triple]


def write_fusion(fusion: Fusion, ontology: Ontology) -> set[ox.Quad]:
    """The statements of the fused graph."""
    name = ox.NamedNode(terms.FUSED_GRAPH)
    writer = _Writer(fusion, ontology)
    return {ox.Quad(triple.subject, triple.predicate, triple.object, name) for triple in writer.write()}


def write_parts(fusion: Fusion, actors: Iterable[FusedActor], ontology: Ontology) -> set[ox.Quad]:
    """The statements of some decisions and conflicts, whose actors ``fusion.actors`` names, and of ``actors``."""
    name = ox.NamedNode(terms.FUSED_GRAPH)
    writer = _Writer(fusion, ontology)
    triples = [
        *(triple for decision in fusion.decisions for triple in writer.of_decision(decision)),
        *(triple for conflict in fusion.conflicts for triple in writer.of_conflict(conflict)),
        *(triple for actor in actors for triple in writer.of_actor(actor)),
    ]
    return {ox.Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples}


class _Writer:
    """The mapping of one fusion: methods that yield the triples of each part."""

    def __init__(self, fusion: Fusion, ontology: Ontology) -> None:
        self.fusion = fusion
        self.ontology = ontology

    def write(self) -> Triples:
        for decision in self.fusion.decisions:
            yield from self.of_decision(decision)
        for actor in {actor.iri: actor for actor in self.fusion.actors.values()}.values():
            yield from self.of_actor(actor)
        for conflict in self.fusion.conflicts:
            yield from self.of_conflict(conflict)
        for correction, nodes in self.fusion.corrections:
            yield from self.of_correction(correction, nodes)

    def fused(self, actors: Iterable[ActorRecord]) -> list[FusedActor]:
        """The fused actors of some records, each once, by IRI."""
        found = {fused.iri: fused for actor in actors for fused in [self.fusion.actors[actor.iri]]}
        return [found[iri] for iri in sorted(found)]

    def of_decision(self, decision: FusedDecision) -> Triples:
        iri, record = decision.iri, decision.record
        yield make_triple(iri, "rdf:type", make_term("kg:Decision"))
        yield make_triple(iri, "rdfs:label", decision.label or self.describe(decision))
        yield make_triple(iri, "kg:topType", make_term(f"kg:{record.type.capitalize()}"))
        for concept in sorted({claim.concept for claim in decision.claims if claim.type == record.type}):
            term = ox.NamedNode(concept) if concept else make_term(f"kg:{record.type.capitalize()}")
            yield make_triple(iri, "kg:decisionType", term)
        for claim in decision.claims:
            yield make_triple(iri, "kg:claim", ox.NamedNode(claim.iri))
            yield make_triple(iri, "kg:status", make_term(f"kg:{claim.status.capitalize()}"))
        for actor in self.fused(actor for claim in decision.claims for actor in claim.actors):
            yield make_triple(iri, "kg:actor", ox.NamedNode(actor.iri))
        for actor in self.fused(actor for claim in decision.claims for actor in claim.recipients):
            yield make_triple(iri, "kg:recipient", ox.NamedNode(actor.iri))
        for action in sorted({action for claim in decision.claims for action in claim.actions}):
            yield make_triple(iri, "kg:action" if action == decision.action else "kg:alternativeAction", action)
        for limit in decision.limits:
            yield make_triple(iri, "kg:constraint", ox.NamedNode(limit.iri))
            yield from self.of_limit(limit)
        yield from self.of_agreement(iri, decision)

    def describe(self, decision: FusedDecision) -> str:
        who = self.name_parties(claim.actors for claim in decision.claims)
        whom = self.name_parties(claim.recipients for claim in decision.claims)
        statuses = (claim.status for claim in decision.claims)
        return label_decision(decision.record, who, whom, action=decision.action, statuses=statuses)

    def name_parties(self, named: Iterable[Iterable[ActorRecord]]) -> str:
        """The parties that at least half as many claims name as name the first, those that most name first."""
        counts = Counter((actor.iri, actor.name) for actors in named for actor in self.fused(actors))
        ranked = sorted(counts, key=lambda party: (-counts[party], party))
        return ", ".join(name for iri, name in ranked if 2 * counts[iri, name] >= counts[ranked[0]])

    def of_agreement(self, iri: str, fused: FusedDecision | FusedLimit) -> Triples:
        yield make_triple(iri, "kg:articleCount", make_typed(len(fused.articles), "integer"))
        yield make_triple(iri, "kg:originCount", make_typed(fused.origin_count, "integer"))
        yield make_triple(iri, "kg:agreement", make_term(AGREEMENTS[fused.agreement]))
        for origin in fused.origins:
            yield from self.of_origin(iri, origin)

    def of_origin(self, subject: str, origin: Origin) -> Triples:
        iri = terms.mint_id("origin", origin.kind, origin.key)
        yield make_triple(subject, "kg:origin", ox.NamedNode(iri))
        yield make_triple(iri, "rdf:type", make_term("kg:Origin"))
        yield make_triple(iri, "rdfs:label", origin.label)
        yield make_triple(iri, "kg:originKind", origin.kind)

    def of_limit(self, limit: FusedLimit) -> Triples:
        record = limit.record
        yield make_triple(limit.iri, "rdf:type", make_term("kg:FusedConstraint"))
        yield make_triple(limit.iri, "rdf:type", make_term("odrl:Constraint"))
        yield make_triple(limit.iri, "rdfs:label", label_limit(record))
        yield make_triple(limit.iri, "kg:constraintKind", make_term(f"kg:{record.kind.capitalize()}"))
        yield make_triple(limit.iri, "kg:effect", make_term(f"kg:{record.effect.capitalize()}"))
        yield make_triple(limit.iri, "kg:text", record.texts[0])
        for text in sorted({text for member in limit.members for text in member.texts} - {record.texts[0]}):
            yield make_triple(limit.iri, "kg:alternativeText", text)
        for member in limit.members:
            yield make_triple(limit.iri, "prov:wasDerivedFrom", ox.NamedNode(member.iri))
        yield from self.of_agreement(limit.iri, limit)

    def of_actor(self, actor: FusedActor) -> Triples:
        kind = "UnknownKind" if actor.kind == "unknown" else actor.kind.capitalize()
        yield make_triple(actor.iri, "rdf:type", make_term("kg:Actor"))
        yield make_triple(actor.iri, "rdfs:label", actor.name)
        yield make_triple(actor.iri, "skos:prefLabel", actor.name)
        yield make_triple(actor.iri, "kg:actorKind", make_term(f"kg:{kind}"))
        for name in actor.names[1:]:
            yield make_triple(actor.iri, "skos:altLabel", name)
        if actor.known:
            yield make_triple(actor.iri, "kg:knownActor", ox.NamedNode(actor.known))
            known = self.ontology.known_actors.get(actor.known)
            if known and known.wikidata:
                yield make_triple(actor.iri, "skos:exactMatch", ox.NamedNode(known.wikidata))
        for link in actor.links:
            iri = mint_identity(link.member, actor.iri)
            yield make_triple(iri, "rdf:type", make_term("kg:IdentityLink"))
            yield make_triple(iri, "rdfs:label", f"same actor: {link.reason}")
            yield make_triple(iri, "kg:member", ox.NamedNode(link.member))
            yield make_triple(iri, "kg:target", ox.NamedNode(actor.iri))
            yield make_triple(iri, "kg:reason", link.reason)
            yield make_triple(iri, "kg:score", make_ordinal(link.score))

    def of_conflict(self, conflict: Conflict) -> Triples:
        iri = mint_conflict(conflict)
        yield make_triple(iri, "rdf:type", make_term("kg:Conflict"))
        yield make_triple(iri, "rdfs:label", f"{conflict.kind} conflict: {conflict.reason}")
        yield make_triple(iri, "rdfs:comment", conflict.reason)
        yield make_triple(iri, "kg:conflictKind", make_term(f"kg:{conflict.kind.capitalize()}Conflict"))
        for side in conflict.sides:
            yield make_triple(iri, "kg:side", ox.NamedNode(side))

    def of_correction(self, correction: Correction, nodes: tuple[str, ...]) -> Triples:
        """What the user corrected, and the mark on each node that it touched."""
        parts = (correction.to, correction.note, correction.by, correction.date)
        iri = terms.mint_id("correction", correction.kind, correction.targets, correction.members, *parts)
        name = f"{correction.kind} {', '.join(map(terms.shorten_iri, correction.targets))}"
        yield make_triple(iri, "rdf:type", make_term("kg:Correction"))
        yield make_triple(iri, "rdfs:label", f"{name} to {correction.to}" if correction.to else name)
        yield make_triple(iri, "kg:correctionKind", correction.kind)
        for predicate, value in (
            ("rdfs:comment", correction.note),
            ("dcterms:creator", correction.by),
            ("dcterms:date", correction.date),
        ):
            if value:
                yield make_triple(iri, predicate, value)
        for target in correction.targets:
            yield make_triple(iri, "kg:correctionTarget", ox.NamedNode(target))
        for member in correction.members:
            yield make_triple(iri, "kg:correctionMember", ox.NamedNode(member))
        for node in nodes:
            yield make_triple(node, "prov:wasInfluencedBy", ox.NamedNode(iri))
