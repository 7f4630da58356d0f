"""What a store holds, in numbers."""

from dataclasses import dataclass

import pyoxigraph as ox

from kg import terms
from kg.store import Store

__all__ = ["Summary", "summarise_store"]

#: Each count over the fused graph; sources are the speakers of the article graphs as fused.
COUNTS = {
    "decisions": "SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE { ?x a kg:Decision }",
    "constraints": "SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE { ?x a kg:FusedConstraint }",
    "sources": """SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {
        GRAPH ?g { ?link a kg:SourceLink ; kg:speaker ?speaker }
        ?identity kg:member ?speaker ; kg:target ?x }""",
    "origins": "SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE { ?x a kg:Origin }",
    "conflicts": "SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE { ?x a kg:Conflict }",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Counts over a store: articles read; decisions, limits, conflicts after fusion; speakers; independent origins."""

    articles: int
    decisions: int
    constraints: int
    sources: int
    origins: int
    conflicts: int


def summarise_store(store: Store) -> Summary:
    """The counts of ``store``."""
    counts = {name: _count(store, query) for name, query in COUNTS.items()}
    return Summary(articles=len(store.list_articles()), **counts)


def _count(store: Store, query: str) -> int:
    solutions = store.query(query, default_graphs=[terms.FUSED_GRAPH])
    assert isinstance(solutions, ox.QuerySolutions)
    return int(next(iter(solutions))["n"].value)
