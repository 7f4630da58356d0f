"""A store with one article, and a fused graph of its one claim in the shape that fusion writes."""

import pyoxigraph as ox

from kg import terms
from kg.article_graph import build_article_graph
from kg.literals import make_term, make_triple, make_typed
from kg.store import Store, open_store
from tests.strategies import RUN
from tests.test_article_graph import ARTICLE, make_frame

__all__ = ["fill_fused_store", "make_fused_store"]

LABEL = "permit: city council → musicians: play after dusk"


def make_fused_store(*, label: str = LABEL) -> Store:
    """The store in memory; ``label`` is the fused decision's."""
    store = open_store()
    fill_fused_store(store, label=label)
    return store


def fill_fused_store(store: Store, *, label: str = LABEL) -> None:
    """The same in any empty store."""
    store.add_article_graph(build_article_graph(ARTICLE, [make_frame()], run=RUN))
    [claim] = store.query(
        "SELECT ?c ?k { GRAPH ?g { ?c a kg:Claim ; kg:constraint ?k ; kg:actor ?a ; kg:recipient ?r } }"
    )
    [parties] = store.query("SELECT ?a ?r { GRAPH ?g { ?c a kg:Claim ; kg:actor ?a ; kg:recipient ?r } }")
    decision, limit, council, players = (terms.BASE + f"test/{name}" for name in ("d", "k", "council", "players"))
    triples = [
        make_triple(decision, "rdf:type", make_term("kg:Decision")),
        make_triple(decision, "rdfs:label", label),
        make_triple(decision, "kg:status", make_term("kg:Made")),
        make_triple(decision, "kg:topType", make_term("kg:Permit")),
        make_triple(decision, "kg:origin", ox.NamedNode(decision + "/origin")),
        make_triple(decision + "/origin", "rdf:type", make_term("kg:Origin")),
        make_triple(decision + "/origin", "rdfs:label", "Valley Radio"),
        make_triple(decision + "/origin", "kg:originKind", "outlet"),
        make_triple(decision, "kg:agreement", make_term("kg:SingleOrigin")),
        make_triple(decision, "kg:articleCount", make_typed(1, "integer")),
        make_triple(decision, "kg:originCount", make_typed(1, "integer")),
        make_triple(decision, "kg:actor", ox.NamedNode(council)),
        make_triple(decision, "kg:recipient", ox.NamedNode(players)),
        make_triple(decision, "kg:claim", claim["c"]),
        make_triple(decision, "kg:constraint", ox.NamedNode(limit)),
        make_triple(council, "rdfs:label", "city council"),
        make_triple(council, "skos:altLabel", "Town Hall"),
        make_triple(players, "rdfs:label", "musicians"),
        make_triple(limit, "rdf:type", make_term("kg:FusedConstraint")),
        make_triple(limit, "kg:constraintKind", make_term("kg:Temporal")),
        make_triple(limit, "kg:effect", make_term("kg:Only")),
        make_triple(limit, "kg:text", "until 31 March"),
        make_triple(limit, "kg:agreement", make_term("kg:SingleOrigin")),
        make_triple(limit, "kg:originCount", make_typed(1, "integer")),
        make_triple(limit, "kg:articleCount", make_typed(1, "integer")),
        make_triple(limit, "prov:wasDerivedFrom", claim["k"]),
        make_triple(decision + "/link", "rdf:type", make_term("kg:IdentityLink")),
        make_triple(decision + "/link", "kg:member", parties["a"]),
        make_triple(decision + "/link", "kg:target", ox.NamedNode(council)),
        make_triple(decision + "/link", "kg:reason", "same name"),
    ]
    store.replace_graph(terms.FUSED_GRAPH, [ox.Quad(t.subject, t.predicate, t.object) for t in triples])
