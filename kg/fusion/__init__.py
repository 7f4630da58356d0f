"""Article graphs -> the fused graph: who decided what as all accounts together tell it, and where they differ.

The fused graph is a pure function of the article graphs, the ontology and the user's corrections: no order, no time of
day, no earlier fused graph goes into it. Article graphs become records, plain functions work on records, and what they
find becomes statements.
"""

from collections.abc import Iterable
from os import PathLike

import pyoxigraph as ox
from rdflib import Graph

from kg.corrections import load_corrections
from kg.fusion.fusing import Fusion, fuse_records
from kg.fusion.lookup import Lookup
from kg.fusion.reading import read_article
from kg.fusion.records import ArticleRecord
from kg.fusion.splicing import update_fused_graph
from kg.fusion.writing import write_fusion
from kg.ontology import Ontology
from kg.oxigraph import read_quads
from kg.store import Store

__all__ = ["Fusion", "fuse_article_graphs", "fuse_graphs", "fuse_records", "read_records", "write_fusion"]


def fuse_graphs(store: Store, ontology: Ontology, *, corrections: str | PathLike[str] | None = None) -> None:
    """Makes the fused graph of ``store`` that of its article graphs, in one transaction.

    Where articles have only come since the last time, only what they may join is looked at; the outcome is the same.
    Raises ``CorrectionError`` for a corrections file that is malformed or no longer matches.
    """
    update_fused_graph(store, ontology, load_corrections(corrections) if corrections else ())


def fuse_article_graphs(
    graphs: Iterable[Graph], ontology: Ontology, *, corrections: str | PathLike[str] | None = None
) -> set[ox.Quad]:
    """The statements of the fused graph of some article graphs (see ``kg.article_graph``), without any store."""
    lookup = Lookup(ontology)
    records = (read_article(read_quads(graph), lookup) for graph in graphs)
    entries = load_corrections(corrections) if corrections else ()
    found = (record for record in records if record)
    return write_fusion(fuse_records(found, ontology, corrections=entries), ontology)


def read_records(store: Store, ontology: Ontology) -> list[ArticleRecord]:
    """The records of all articles of a store, by IRI."""
    lookup = Lookup(ontology)
    records = (read_article(store.read_quads(row.graph), lookup) for row in store.list_articles())
    return [record for record in records if record]
