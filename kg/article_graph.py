"""Frame -> RDF: the only mapping of what the text half found to triples.

One named graph for each article, immutable, its IRI minted from its statements. Its shape (``id:`` IRIs are minted from
content, no blank nodes, ``rdfs:label`` on everything that people look at)::

    <id:article/9f…> a schema:NewsArticle, nif:Context ;
        rdfs:label, schema:headline "…" ; schema:inLanguage "en" ;
        nif:isString "the whole text, headline first" ;           # passages count code points of this string
        schema:publisher <id:publisher/…> ;                       # and what else is known:
        schema:author "…" ; schema:datePublished "2026-03-01"^^xsd:date ; schema:url "https://…"^^xsd:anyURI ;
        prov:wasInfluencedBy <id:run/…> .
    <id:publisher/…> a schema:NewsMediaOrganization, prov:Agent ; rdfs:label, schema:name "The Harbour Post" .

    <id:article/9f…#char=12,40> a nif:RFC5147String ;             # a passage
        nif:beginIndex 12 ; nif:endIndex 40 ; nif:anchorOf "exact quote" ;
        nif:referenceContext <id:article/9f…> ; prov:wasQuotedFrom <id:article/9f…> .

    <id:claim/…> a kg:Claim ; rdfs:label "permit: The council → street musicians: play after dusk" ;
        dcterms:source <id:article/9f…> ;
        kg:topType kg:Permit ; kg:decisionType kg:LiftBan ;       # the same where nothing narrower is known
        kg:status kg:Made ; kg:confidence 0.87 ;                  # xsd:decimal
        kg:actor <id:actor/…> ; kg:recipient <id:actor/…> ;       # 0..n each
        kg:action "best wording" ; kg:alternativeAction "other" ; kg:actionEvidence <…#char=…> ;
        prov:wasDerivedFrom <…#char=…> ;                          # the mentions: passages that state the decision
        kg:constraint <id:constraint/…> ; kg:source <id:source/…> ;
        sem:accordingTo <id:actor/…> ;                            # the last link of each chain: whose word it is
        prov:wasGeneratedBy <id:run/…> .

    <id:actor/…> a kg:Actor ; rdfs:label, skos:prefLabel "fullest name" ; skos:altLabel "other forms" ;
        kg:actorKind kg:Person ;                                  # Person Organisation State Group UnknownKind
        kg:knownActor <https://w3id.org/decision-kg/actor/…> ; kg:memberCount 3 ;  # where there is one
        dcterms:source <id:article/9f…> ; prov:wasDerivedFrom <…#char=…> .         # where it is named

    <id:constraint/…> a kg:Constraint, odrl:Constraint ; rdfs:label "only until 31 March" ;
        kg:constraintKind kg:Temporal ; kg:effect kg:Only ;
        kg:text "until 31 March" ; kg:alternativeText "…" ; kg:unspecified true ;  # unspecified only when true
        odrl:leftOperand odrl:dateTime ; odrl:operator odrl:isAnyOf ;
        odrl:rightOperand "2026-03-31"^^xsd:date ;                # normalised value, else the text
        schema:unitText "USD" ; time:hasTime <id:time/2026-03-31> ;                # amounts; dates and durations
        prov:wasDerivedFrom <…#char=…> .
    <id:time/2026-03-31> a time:Instant ; time:inXSDDate "2026-03-31"^^xsd:date .

    <id:source/…> a kg:SourceChain ; rdfs:label "Harbour Radio: a ferry captain" ;
        kg:link <id:source/…/1>, <id:source/…/2> .
    <id:source/…/1> a kg:SourceLink ; kg:position 1 ;             # outermost first
        kg:speaker <id:actor/…> ; kg:speakerKind kg:OutletSpeaker ;
        kg:cue <…#char=…> ; kg:channel "…" ; kg:conditions "…" ; prov:wasDerivedFrom <…#char=…> .

    <id:run/…> a prov:Activity ; kg:softwareVersion "0.1.0" ; kg:modelName "…" ; kg:modelVersion "…" ;
        kg:ontologyVersion "…" ; prov:wasAssociatedWith <id:software/decision-kg-0.1.0> .

The text is kept whole, as ``nif:isString``, because offsets are only evidence while they can be checked, and because a
reader wants the sentences around a quote. A run has no times: the same input must give the same bytes.
"""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rdflib import Graph

from kg import terms
from kg.bibliography import map_article, map_run
from kg.literals import make_ordinal, make_term, make_triple, make_typed
from kg.model import Actor, ActorKind, Article, Constraint, Frame, Link, Run, Source, Span, SpeakerKind
from kg.odrl import map_operands
from kg.oxigraph import make_graph

__all__ = ["build_article_graph", "name_claim"]

Triples = Iterator[ox.Triple]


def build_article_graph(article: Article, frames: Iterable[Frame], *, run: Run) -> Graph:
    """What ``article`` says, as one named graph (``Graph.identifier`` is its IRI) in the shape above.

    The graph is a plain rdflib ``Graph`` held by Oxigraph in memory. Equal input gives equal graphs, in whatever order
    the frames come. Raises ``ValueError`` where a frame is of another article or a passage is not the article's text.
    """
    frames = tuple(frames)
    for frame in frames:
        if frame.article_id != article.id:
            raise ValueError(f"frame of article {frame.article_id!r} given for article {article.id!r}")
    mapping = _Mapping(article, run)
    triples = {
        *map_article(article, mapping.iri, run=mapping.run_iri),
        *map_run(run, mapping.run_iri),
        *mapping.of_frames(frames),
    }
    identifier = terms.mint_graph(map(str, triples))
    graph_name = ox.NamedNode(identifier)
    inner = ox.Store()
    inner.extend(ox.Quad(triple.subject, triple.predicate, triple.object, graph_name) for triple in triples)
    return make_graph(inner, identifier)


def name_claim(article: Article, frame: Frame) -> str:
    """The IRI that the claim of ``frame`` has in the graph of ``article``; it does not depend on the run."""
    return _Mapping(article, Run(software="", model="", model_version="", ontology="")).claim(frame)


class _Mapping:
    """The mapping of one article: its IRIs and the methods that yield the triples of each part."""

    def __init__(self, article: Article, run: Run) -> None:
        self.article = article
        self.iri = terms.mint_article(article.id)
        self.run_iri = terms.mint_run(
            software=run.software, model=run.model, model_version=run.model_version, ontology_version=run.ontology
        )

    def passage(self, span: Span) -> str:
        return terms.mint_passage(self.iri, span.start, span.end)

    def of_passage(self, subject: str, predicate: str, span: Span) -> Triples:
        """The link from ``subject`` to a passage, and the passage."""
        if self.article.text[span.start : span.end] != span.text:
            raise ValueError(
                f"passage {span.start},{span.end} of article {self.article.id!r} is "
                f"{self.article.text[span.start : span.end]!r}, not {span.text!r}"
            )
        passage = self.passage(span)
        yield make_triple(subject, predicate, ox.NamedNode(passage))
        yield make_triple(passage, "rdf:type", make_term("nif:RFC5147String"))
        yield make_triple(passage, "nif:beginIndex", make_typed(span.start, "integer"))
        yield make_triple(passage, "nif:endIndex", make_typed(span.end, "integer"))
        yield make_triple(passage, "nif:anchorOf", span.text)
        yield make_triple(passage, "nif:referenceContext", ox.NamedNode(self.iri))
        yield make_triple(passage, "prov:wasQuotedFrom", ox.NamedNode(self.iri))

    def actor(self, actor: Actor, *, anonymous: bool = False) -> str:
        """An unnamed actor is told from others of the same words by its place, a named one is the same all through."""
        unnamed = anonymous or actor.kind in (ActorKind.GROUP, ActorKind.UNKNOWN)
        places = [span.start for span in actor.spans] if unnamed and not actor.known else []
        return terms.mint_actor(
            self.iri, actor.name, actor.kind, known=actor.known, count=actor.count, place=min(places, default=-1)
        )

    def of_actor(self, subject: str, predicate: str, actor: Actor, *, anonymous: bool = False) -> Triples:
        """The link from ``subject`` to an actor, and the actor."""
        iri = self.actor(actor, anonymous=anonymous)
        kind = "UnknownKind" if actor.kind is ActorKind.UNKNOWN else actor.kind.capitalize()
        yield make_triple(subject, predicate, ox.NamedNode(iri))
        yield make_triple(iri, "rdf:type", make_term("kg:Actor"))
        yield make_triple(iri, "rdfs:label", actor.name)
        yield make_triple(iri, "skos:prefLabel", actor.name)
        yield make_triple(iri, "kg:actorKind", make_term(f"kg:{kind}"))
        yield make_triple(iri, "dcterms:source", ox.NamedNode(self.iri))
        for name in actor.names[1:]:
            if name != actor.name:
                yield make_triple(iri, "skos:altLabel", name)
        if actor.known:
            yield make_triple(iri, "kg:knownActor", ox.NamedNode(actor.known))
        if actor.count:
            yield make_triple(iri, "kg:memberCount", make_typed(actor.count, "integer"))
        for span in actor.spans:
            yield from self.of_passage(iri, "prov:wasDerivedFrom", span)

    def of_frames(self, frames: Iterable[Frame]) -> Triples:
        """The claims; frames that tell the same decision make one claim, with the highest of their confidences."""
        confidences: dict[str, float] = {}
        for frame in frames:
            claim = self.claim(frame)
            confidences[claim] = max(confidences.get(claim, 0.0), frame.decision.confidence)
            yield from self.of_decision(claim, frame)
            for constraint in frame.constraints:
                yield from self.of_constraint(claim, constraint)
            for source in frame.sources:
                yield from self.of_source(claim, source)
        for claim, confidence in confidences.items():
            yield make_triple(claim, "kg:confidence", make_ordinal(confidence))

    def claim(self, frame: Frame) -> str:
        decision = frame.decision
        return terms.mint_claim(
            self.iri,
            decision.type,
            decision.concept,
            decision.status,
            sorted(map(self.actor, decision.actors)),
            sorted(map(self.actor, decision.recipients)),
            list(map(self.passage, decision.actions)),
            sorted(map(self.passage, decision.mentions)),
        )

    def of_decision(self, claim: str, frame: Frame) -> Triples:
        """A claim without its limits and sources."""
        decision = frame.decision
        top = make_term(f"kg:{decision.type.capitalize()}")
        yield make_triple(claim, "rdf:type", make_term("kg:Claim"))
        yield make_triple(claim, "rdfs:label", _describe_decision(frame))
        yield make_triple(claim, "dcterms:source", ox.NamedNode(self.iri))
        yield make_triple(claim, "prov:wasGeneratedBy", ox.NamedNode(self.run_iri))
        yield make_triple(claim, "kg:topType", top)
        yield make_triple(claim, "kg:decisionType", ox.NamedNode(decision.concept) if decision.concept else top)
        yield make_triple(claim, "kg:status", make_term(f"kg:{decision.status.capitalize()}"))
        for actor in decision.actors:
            yield from self.of_actor(claim, "kg:actor", actor)
        for recipient in decision.recipients:
            yield from self.of_actor(claim, "kg:recipient", recipient)
        for place, action in enumerate(decision.actions):
            yield make_triple(claim, "kg:alternativeAction" if place else "kg:action", action.text)
            yield from self.of_passage(claim, "kg:actionEvidence", action)
        for mention in decision.mentions:
            yield from self.of_passage(claim, "prov:wasDerivedFrom", mention)

    def of_constraint(self, claim: str, constraint: Constraint) -> Triples:
        """A limit in our terms and in ODRL's."""
        kind, effect = f"kg:{constraint.kind.capitalize()}", f"kg:{constraint.effect.capitalize()}"
        iri = terms.mint_constraint(claim, kind, effect, constraint.text, self.passage(constraint.span))
        yield make_triple(claim, "kg:constraint", ox.NamedNode(iri))
        yield make_triple(iri, "rdf:type", make_term("kg:Constraint"))
        yield make_triple(iri, "rdf:type", make_term("odrl:Constraint"))
        yield make_triple(iri, "rdfs:label", f"{constraint.effect}: {constraint.text}")
        yield make_triple(iri, "kg:constraintKind", make_term(kind))
        yield make_triple(iri, "kg:effect", make_term(effect))
        yield make_triple(iri, "kg:text", constraint.text)
        for text in constraint.texts:
            if text != constraint.text:
                yield make_triple(iri, "kg:alternativeText", text)
        if constraint.unspecified:
            yield make_triple(iri, "kg:unspecified", make_typed("true", "boolean"))
        yield from map_operands(iri, constraint)
        yield from self.of_passage(iri, "prov:wasDerivedFrom", constraint.span)

    def of_source(self, claim: str, source: Source) -> Triples:
        """A chain; ``sem:accordingTo`` names the speaker at its end, whose word the claim is."""
        parts = [
            "\t".join((self.speaker(link), link.kind, self.passage(link.span), link.channel, link.conditions))
            for link in source.links
        ]
        chain = terms.mint_chain(self.iri, parts)
        yield make_triple(claim, "kg:source", ox.NamedNode(chain))
        yield make_triple(claim, "sem:accordingTo", ox.NamedNode(self.speaker(source.links[-1])))
        yield make_triple(chain, "rdf:type", make_term("kg:SourceChain"))
        yield make_triple(chain, "rdfs:label", ": ".join(link.speaker.name for link in source.links))
        for position, link in enumerate(source.links, start=1):
            yield make_triple(chain, "kg:link", ox.NamedNode(f"{chain}/{position}"))
            yield from self.of_link(f"{chain}/{position}", position, link)

    def speaker(self, link: Link) -> str:
        return self.actor(link.speaker, anonymous=link.kind is SpeakerKind.ANONYMOUS)

    def of_link(self, iri: str, position: int, link: Link) -> Triples:
        anonymous = link.kind is SpeakerKind.ANONYMOUS
        yield make_triple(iri, "rdf:type", make_term("kg:SourceLink"))
        yield make_triple(iri, "kg:position", make_typed(position, "integer"))
        yield make_triple(iri, "kg:speakerKind", make_term(f"kg:{link.kind.capitalize()}Speaker"))
        yield from self.of_actor(iri, "kg:speaker", link.speaker, anonymous=anonymous)
        yield from self.of_passage(iri, "prov:wasDerivedFrom", link.span)
        if link.cue:
            yield from self.of_passage(iri, "kg:cue", link.cue)
        if link.channel:
            yield make_triple(iri, "kg:channel", link.channel)
        if link.conditions:
            yield make_triple(iri, "kg:conditions", link.conditions)


def _describe_decision(frame: Frame) -> str:
    """ "permit: the council → street musicians: play after dusk (denied)"."""
    decision = frame.decision
    parties = " → ".join(
        ", ".join(actor.name for actor in actors) for actors in (decision.actors, decision.recipients) if actors
    )
    action = decision.actions[0].text if decision.actions else ""
    status = "" if decision.status == "made" else f" ({decision.status})"
    return ": ".join(part for part in (decision.type, parties, action) if part) + status
