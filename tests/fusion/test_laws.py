"""Laws 3-6: order-free, idempotent, removable, pure; looked for on records and on graphs."""

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from record_strategies import articles
from strategies import LAW, RUN, read_articles_with_frames

from kg import terms
from kg.article_graph import build_article_graph
from kg.fusion import fuse_article_graphs, fuse_graphs, fuse_records, write_fusion
from kg.fusion.records import ArticleRecord
from kg.intake import find_article
from kg.ontology import Ontology, load_ontology
from kg.store import open_store

ONTOLOGY: Ontology = load_ontology()


def fuse(records: list[ArticleRecord]) -> list[str]:
    """The statements of the fused graph, sorted."""
    return sorted(map(str, write_fusion(fuse_records(records, ONTOLOGY), ONTOLOGY)))


@settings(LAW, max_examples=40)
@given(articles(), st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(records: list[ArticleRecord], random: Random) -> None:
    shuffled = [*records, random.choice(records)]
    random.shuffle(shuffled)
    assert fuse(shuffled) == fuse(records)


@settings(LAW, max_examples=40)
@given(articles())
def test_claims_stand_in_exactly_one_decision(records: list[ArticleRecord]) -> None:
    fusion = fuse_records(records, ONTOLOGY)
    placed = [claim.iri for decision in fusion.decisions for claim in decision.claims]
    assert sorted(placed) == sorted(claim.iri for article in records for claim in article.claims)


@settings(LAW, max_examples=40)
@given(articles())
def test_anonymous_actors_are_never_merged(records: list[ArticleRecord]) -> None:
    fusion = fuse_records(records, ONTOLOGY)
    for member, actor in fusion.actors.items():
        if "two officials" in actor.names:
            assert [link.member for link in actor.links] == [member]


@settings(LAW, max_examples=40)
@given(articles())
def test_conflicts_delete_nothing(records: list[ArticleRecord]) -> None:
    fusion = fuse_records(records, ONTOLOGY)
    limits = {member.iri for decision in fusion.decisions for limit in decision.limits for member in limit.members}
    assert limits == {limit.iri for article in records for claim in article.claims for limit in claim.constraints}


@LAW
@given(read_articles_with_frames(min_size=2))
def test_graphs_fuse_to_the_same_bytes_in_any_order_and_after_removal(read: list) -> None:  # type: ignore[type-arg]
    graphs = [build_article_graph(article, frames, run=RUN) for article, frames in read]
    wanted = fuse_article_graphs(graphs[1:], ONTOLOGY)
    assert fuse_article_graphs(reversed(graphs[1:]), ONTOLOGY) == wanted
    store = open_store()
    for graph in graphs:
        store.add_article_graph(graph)
    fuse_graphs(store, ONTOLOGY)
    store.remove_article(terms.mint_article(read[0][0].id))
    fuse_graphs(store, ONTOLOGY)
    assert set(store.read_quads(terms.FUSED_GRAPH)) == wanted


@LAW
@given(read_articles_with_frames(min_size=2))
def test_an_article_is_replaced_by_its_address(read: list) -> None:  # type: ignore[type-arg]
    """A corrected version in the place of the old one leaves what was built with it alone."""
    url = "https://e.example/the-article"
    old, new = (
        build_article_graph(replace(article, url=url), frames, run=RUN) for article, frames in (read[0], read[1])
    )
    store = open_store()
    store.add_article_graph(old)
    fuse_graphs(store, ONTOLOGY)
    store.remove_article(find_article(store, url).article)
    store.add_article_graph(new)
    fuse_graphs(store, ONTOLOGY)
    assert set(store.read_quads(terms.FUSED_GRAPH)) == fuse_article_graphs([new], ONTOLOGY)


@LAW
@given(read_articles_with_frames())
def test_every_fused_statement_walks_to_a_passage(read: list) -> None:  # type: ignore[type-arg]
    """Law 2, by SPARQL: each decision and limit has a claim with passage and article."""
    store = open_store()
    for article, frames in read:
        store.add_article_graph(build_article_graph(article, frames, run=RUN))
    fuse_graphs(store, ONTOLOGY)
    lost = store.query(f"""SELECT ?node WHERE {{
      GRAPH <{terms.FUSED_GRAPH}> {{ ?node kg:agreement ?state ; kg:claim|prov:wasDerivedFrom ?told }}
      FILTER NOT EXISTS {{ GRAPH ?g {{ ?told prov:wasDerivedFrom/nif:referenceContext ?article ; a ?class .
        ?article prov:wasInfluencedBy ?run }} }} }}""")
    assert list(lost) == []  # type: ignore[arg-type]
