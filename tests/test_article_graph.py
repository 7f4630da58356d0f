"""Frame -> RDF: the shape, and the laws on it."""

import random
import re
from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from kg import terms
from kg.article_graph import build_article_graph
from kg.model import (
    Actor,
    ActorKind,
    Article,
    Constraint,
    ConstraintKind,
    Decision,
    DecisionType,
    Effect,
    Frame,
    Link,
    NormalisedValue,
    Source,
    Span,
    SpeakerKind,
    Status,
)
from kg.ontology import load_ontology
from kg.oxigraph import read_quads
from tests.strategies import LAW, RUN, build_article, read_articles_with_frames

TEXT = (
    "Council lifts ban on street music\n\nThe city council let musicians play after dusk until 31 March, "
    "two officials told Valley Radio."
)
ARTICLE = build_article(TEXT, publisher="The Harbour  Post", published="2026-03-01", url="https://post.example/1")


def cut(quote: str) -> Span:
    start = TEXT.index(quote)
    return Span(start=start, end=start + len(quote), text=quote)


def make_frame() -> Frame:
    council = Actor(
        names=("The city council", "Council"), kind=ActorKind.ORGANISATION, spans=(cut("The city council"),)
    )
    musicians = Actor(names=("musicians",), kind=ActorKind.GROUP, spans=(cut("musicians"),))
    radio = Actor(names=("Valley Radio",), kind=ActorKind.ORGANISATION, spans=(cut("Valley Radio"),))
    officials = Actor(names=("two officials",), kind=ActorKind.GROUP, spans=(cut("two officials"),), count=2)
    return Frame(
        article_id=ARTICLE.id,
        decision=Decision(
            type=DecisionType.PERMIT,
            status=Status.MADE,
            actors=(council,),
            recipients=(musicians,),
            actions=(cut("play after dusk"), cut("street music")),
            mentions=(cut("The city council let musicians play after dusk"), cut("Council lifts ban on street music")),
            concept=terms.KG + "LiftBan",
            confidence=0.87,
        ),
        constraints=(
            Constraint(
                kind=ConstraintKind.TEMPORAL,
                effect=Effect.ONLY,
                text="until 31 March",
                span=cut("until 31 March"),
                value=NormalisedValue(datatype="date", value="2026-03-31"),
            ),
        ),
        sources=(
            Source(
                links=(
                    Link(speaker=radio, kind=SpeakerKind.OUTLET, span=cut("Valley Radio"), cue=cut("told")),
                    Link(speaker=officials, kind=SpeakerKind.ANONYMOUS, span=cut("two officials"), cue=cut("told")),
                )
            ),
        ),
    )


def ask(graph: Graph, pattern: str) -> bool:
    return bool(graph.query(f"ASK {{ {pattern} }}").askAnswer)


@pytest.fixture(scope="module")
def graph() -> Graph:
    return build_article_graph(ARTICLE, [make_frame()], run=RUN)


@pytest.mark.parametrize(
    "pattern",
    [
        '?a a schema:NewsArticle ; schema:publisher/schema:name "The Harbour Post"',
        '?a schema:datePublished "2026-03-01"^^xsd:date ; schema:url "https://post.example/1"^^xsd:anyURI',
        '?a nif:isString ?text ; schema:headline "Council lifts ban on street music" ; schema:inLanguage "en"',
        "?c a kg:Claim ; kg:topType kg:Permit ; kg:decisionType kg:LiftBan ; kg:status kg:Made ; kg:confidence 0.87",
        '?c kg:action "play after dusk" ; kg:alternativeAction "street music"',
        '?c kg:actor [ rdfs:label "The city council" ; skos:altLabel "Council" ; kg:actorKind kg:Organisation ]',
        '?c kg:recipient [ rdfs:label "musicians" ; kg:actorKind kg:Group ]',
        '?c kg:constraint [ kg:effect kg:Only ; kg:constraintKind kg:Temporal ; kg:text "until 31 March" ]',
        "?c kg:constraint [ odrl:leftOperand odrl:dateTime ; odrl:operator odrl:isAnyOf ]",
        '?c kg:constraint/odrl:rightOperand "2026-03-31"^^xsd:date',
        '?c kg:constraint/time:hasTime [ a time:Instant ; time:inXSDDate "2026-03-31"^^xsd:date ]',
        '?l kg:position 1 ; kg:speakerKind kg:OutletSpeaker ; kg:speaker/rdfs:label "Valley Radio"',
        "?c kg:source/kg:link [ kg:position 2 ; kg:speakerKind kg:AnonymousSpeaker ; kg:speaker/kg:memberCount 2 ]",
        '?c sem:accordingTo/rdfs:label "two officials"',
        '?c prov:wasGeneratedBy [ a prov:Activity ; kg:softwareVersion "0.0.0" ; kg:ontologyVersion "0" ]',
        '?c prov:wasDerivedFrom [ nif:anchorOf "Council lifts ban on street music" ; nif:endIndex 33 ]',
        "?c rdfs:label 'permit: The city council → musicians: play after dusk'",
    ],
)
def test_shape(graph: Graph, pattern: str) -> None:
    assert ask(graph, pattern)


def test_plain_strings_are_plain_for_rdflib(graph: Graph) -> None:
    headline = graph.value(URIRef(terms.mint_article(ARTICLE.id)), URIRef("https://schema.org/headline"))
    assert headline == Literal("Council lifts ban on street music")


def test_every_term_is_declared(graph: Graph) -> None:
    ontology = load_ontology()
    used = {str(term) for triple in graph for term in triple if str(term).startswith(terms.KG)}
    assert used
    for iri in used:
        assert ontology.term(iri) == iri


@LAW
@given(read_articles_with_frames(max_size=1))
def test_every_statement_of_a_claim_can_be_walked_to_its_evidence(found: list[tuple[Article, list[Frame]]]) -> None:
    [(article, frames)] = found
    graph = build_article_graph(article, frames, run=RUN)
    claims = set(graph.subjects(RDF.type, URIRef(terms.KG + "Claim")))
    rows = graph.query(
        """SELECT ?claim ?start ?end ?quote ?text WHERE {
             ?claim a kg:Claim ; prov:wasDerivedFrom ?p ; prov:wasGeneratedBy ?run ; dcterms:source ?article .
             ?p nif:beginIndex ?start ; nif:endIndex ?end ; nif:anchorOf ?quote ; nif:referenceContext ?article .
             ?article a schema:NewsArticle ; nif:isString ?text .
             ?run kg:softwareVersion ?s ; kg:modelVersion ?m ; kg:ontologyVersion ?o }"""
    )
    reached = set()
    for row in rows:
        assert str(row.text)[int(row.start) : int(row.end)] == str(row.quote)
        reached.add(row.claim)
    assert reached == claims
    assert bool(claims) == bool(frames)
    # constraints and source links, too, have a passage each
    for kind in ("Constraint", "SourceLink"):
        for node in graph.subjects(RDF.type, URIRef(terms.KG + kind)):
            assert graph.value(node, URIRef(terms.PREFIXES["prov"] + "wasDerivedFrom"))


@LAW
@given(read_articles_with_frames(max_size=1), st.randoms(use_true_random=False))
def test_order_and_repetition_of_frames_change_nothing(
    found: list[tuple[Article, list[Frame]]], chance: random.Random
) -> None:
    [(article, frames)] = found
    mixed = [*frames, *frames]
    chance.shuffle(mixed)
    one, other = build_article_graph(article, frames, run=RUN), build_article_graph(article, mixed, run=RUN)
    assert one.identifier == other.identifier
    assert set(one) == set(other)


@LAW
@given(read_articles_with_frames(max_size=1))
def test_graph_is_named_by_its_content_and_has_no_blank_nodes(found: list[tuple[Article, list[Frame]]]) -> None:
    [(article, frames)] = found
    graph = build_article_graph(article, frames, run=RUN)
    assert not any(isinstance(term, BNode) for triple in graph for term in triple)
    lines = [str(quad.triple) for quad in read_quads(graph)]
    assert str(graph.identifier) == terms.mint_graph(lines)


@LAW
@given(read_articles_with_frames(max_size=1))
def test_each_claim_and_constraint_has_one_value_where_one_is_meant(found: list[tuple[Article, list[Frame]]]) -> None:
    [(article, frames)] = found
    graph = build_article_graph(article, frames, run=RUN)
    single = {
        "Claim": ("topType", "decisionType", "status", "confidence"),
        "Constraint": ("constraintKind", "effect", "text"),
        "Actor": ("actorKind",),
        "SourceLink": ("position", "speaker", "speakerKind"),
    }
    for kind, names in single.items():
        for node in graph.subjects(RDF.type, URIRef(terms.KG + kind)):
            for name in names:
                assert len(set(graph.objects(node, URIRef(terms.KG + name)))) == 1


@LAW
@given(read_articles_with_frames(max_size=1))
def test_a_plain_rdflib_copy_is_isomorphic(found: list[tuple[Article, list[Frame]]]) -> None:
    [(article, frames)] = found
    graph = build_article_graph(article, frames, run=RUN)
    data = ox.serialize((quad.triple for quad in read_quads(graph)), format=ox.RdfFormat.N_TRIPLES)
    assert isomorphic(graph, Graph().parse(data=data, format="nt"))


def test_unnamed_actors_at_different_places_stay_two() -> None:
    frame = make_frame()
    other = Actor(names=("musicians",), kind=ActorKind.GROUP, spans=(cut("music"),))
    graph = build_article_graph(
        ARTICLE, [frame, replace(frame, decision=replace(frame.decision, recipients=(other,)))], run=RUN
    )
    assert len(set(graph.objects(None, URIRef(terms.KG + "recipient")))) == 2


def test_another_run_is_another_graph() -> None:
    one = build_article_graph(ARTICLE, [make_frame()], run=RUN)
    other = build_article_graph(ARTICLE, [make_frame()], run=replace(RUN, model_version="2"))
    assert one.identifier != other.identifier


def test_frame_of_another_article_is_refused() -> None:
    with pytest.raises(ValueError, match="frame of article 'x'"):
        build_article_graph(ARTICLE, [replace(make_frame(), article_id="x")], run=RUN)


def test_passage_that_is_not_the_text_is_refused() -> None:
    frame = make_frame()
    wrong = replace(frame.decision, mentions=(Span(start=0, end=7, text="Mayor l"),))
    with pytest.raises(ValueError, match=re.escape("is 'Council', not 'Mayor l'")):
        build_article_graph(ARTICLE, [replace(frame, decision=wrong)], run=RUN)


def test_article_without_frames_is_still_recorded() -> None:
    graph = build_article_graph(ARTICLE, [], run=RUN)
    assert ask(graph, "?a a schema:NewsArticle ; prov:wasInfluencedBy/kg:softwareVersion '0.0.0'")
