"""The ontology in the store: a graph of its own that says what the terms of the other graphs are."""

import pyoxigraph as ox

from kg import terms
from kg.ontology import Ontology
from kg.store import Store

__all__ = ["write_vocabulary"]


def write_vocabulary(store: Store, ontology: Ontology) -> None:
    """Make ``terms.ONTOLOGY_GRAPH`` hold the terms of ``ontology``: labels, comments, classes, schemes.

    The lexicon, the known actors and the places stay in the files: they are many times as much, and what the graph takes
    from them it says itself. The graph depends on the ontology alone, so articles come and go without it.
    """
    lines = "\n".join(ontology.vocabulary)
    store.replace_graph(terms.ONTOLOGY_GRAPH, ox.parse(lines, format=ox.RdfFormat.N_TRIPLES))
