"""Store -> view data: the fused decisions asked for, with their parties, limits, sources, accounts and passages."""

from collections.abc import Iterable, Sequence
from typing import cast

import pyoxigraph as ox

from kg import terms
from kg.exporters.view_accounts import Reading
from kg.exporters.view_data import ViewData
from kg.exporters.view_edges import list_edges
from kg.exporters.view_nodes import list_nodes
from kg.exporters.view_selection import Skeleton, find_skeletons, select_decisions
from kg.exporters.view_statements import Statements
from kg.exporters.view_tables import collect_coverage, collect_events
from kg.records import StoredArticle
from kg.store import Store

__all__ = ["read_view"]

CLAIMS_QUERY = "SELECT ?claim ?article WHERE { GRAPH ?graph { ?claim a kg:Claim ; dcterms:source ?article } }"
#: With more decisions than this, passages are no nodes of their own; the panel has them all the same.
PASSAGES_UP_TO = 400


def read_view(
    store: Store,
    *,
    focus: str | None = None,
    depth: int = 2,
    types: Sequence[str] = (),
    since: str = "",
    until: str = "",
    max_nodes: int = 5000,
) -> ViewData:
    """What the page shows of a store. Arguments as for ``kg.exporters.html.export_html``. Raises ``ExportError``."""
    fused = Statements(store.read_quads(terms.FUSED_GRAPH))
    rows = {row.article: row for row in store.list_articles()}
    article_of = {
        str(row["claim"].value): str(row["article"].value) for row in cast(ox.QuerySolutions, store.query(CLAIMS_QUERY))
    }
    day_of = {claim: rows[article].published[:10] for claim, article in article_of.items() if article in rows}
    skeletons = find_skeletons(fused, day_of)
    chosen, omission = select_decisions(
        skeletons, fused, focus=focus, depth=depth, types=types, since=since, until=until, max_nodes=max_nodes
    )
    row_of = {claim: rows[article] for claim, article in article_of.items() if article in rows}
    reading = Reading(store, fused, chosen, row_of)
    passages = len(chosen) <= PASSAGES_UP_TO
    return ViewData(
        nodes=tuple(list_nodes(reading, passages=passages)),
        edges=tuple(list_edges(reading, passages=passages)),
        articles=tuple(reading.book.articles),
        evidence=tuple(reading.book.evidence),
        conflicts=tuple(reading.conflicts),
        coverage=collect_coverage(chosen, reading.accounts, reading.members, reading.opposed),
        timeline=collect_events(chosen, reading.accounts, reading.members),
        counts=_count(skeletons, rows.values()),
        omission=omission,
    )


def _count(skeletons: Sequence[Skeleton], rows: Iterable[StoredArticle]) -> tuple[tuple[str, int], ...]:
    articles = list(rows)
    return (
        ("articles", len(articles)),
        ("outlets", len({row.publisher for row in articles if row.publisher})),
        ("decisions", len(skeletons)),
        ("limits", len({limit for one in skeletons for limit in one.limits})),
        ("actors", len({actor for one in skeletons for actor in one.parties})),
        ("origins", len({origin for one in skeletons for origin in one.origins})),
    )
