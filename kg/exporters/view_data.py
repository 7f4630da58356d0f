"""What the interactive page shows: one structure of plain values, free of RDF and of HTML.

``kg.exporters.view_reading`` makes it from a store, ``view_selection`` cuts it, ``view_layout`` places it, ``html`` draws
it. Ids are instance IRIs without ``terms.BASE``; they are also the page's deep links (``graph.html#decision/9f…``).
Tuples are sorted by their maker, so that equal graphs give equal pages.
"""

from dataclasses import asdict, dataclass
from typing import Any

__all__ = [
    "AGREEMENTS",
    "KINDS",
    "ViewArticle",
    "ViewConflict",
    "ViewCoverage",
    "ViewData",
    "ViewEdge",
    "ViewEvent",
    "ViewEvidence",
    "ViewNode",
    "ViewOmission",
    "ViewRow",
    "list_fields",
]

#: Kinds of node; the page shows the first four unless asked for more.
KINDS = ("decision", "actor", "limit", "source", "article", "claim", "passage")
#: Agreement states of decisions and limits.
AGREEMENTS = ("single-origin", "corroborated", "disputed", "denied")


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewNode:
    """One node. ``kind`` is one of ``KINDS``; ``label`` is drawn, ``title`` is the whole text; empty means unknown.

    ``type``: of a decision or claim one of the seven types, of a limit what it bounds, of an actor or source what it is.
    ``concept`` is the narrower type in words. ``effect`` is only, except or requires (limits). ``confidence`` is 0-1, the
    best of its claims, 0 where none is known. ``evidence`` and ``conflicts`` are places in the view's own tuples.
    ``facts`` are further rows of the panel (name, value); ``links`` are http(s) addresses. ``outlets`` and ``dates``
    (ISO 8601 days) are those of the articles that state it. ``parent`` is the decision of a limit, the claim of a passage.
    """

    id: str
    kind: str
    label: str
    title: str = ""
    type: str = ""
    concept: str = ""
    status: str = ""
    effect: str = ""
    agreement: str = ""
    articles: int = 0
    origins: int = 0
    confidence: float = 0.0
    parent: str = ""
    outlets: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    links: tuple[str, ...] = ()
    evidence: tuple[int, ...] = ()
    conflicts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewEdge:
    """``role`` is one of decides, recipient, limit, says, reports, tells, quotes, contradicts; ``label`` is its word."""

    source: str
    target: str
    role: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewArticle:
    """One article; ``date`` is an ISO 8601 day or empty, ``url`` an http(s) address or empty."""

    id: str
    headline: str
    outlet: str = ""
    author: str = ""
    date: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewEvidence:
    """One passage that states something: ``before + quote + after`` is a slice of the article, ``quote`` is exact.

    ``article`` is a place in ``ViewData.articles``; ``start`` and ``end`` are code points into its text, half-open.
    ``says`` is what the quote is evidence of (decision, limit, action, name). ``chain`` is who says so, outermost first.
    """

    article: int
    start: int
    end: int
    quote: str
    before: str = ""
    after: str = ""
    says: str = ""
    status: str = ""
    claim: str = ""
    chain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewConflict:
    """Two or more sides that cannot all hold. ``sides`` are (node id, what it says, places in the evidence)."""

    id: str
    kind: str
    reason: str
    sides: tuple[tuple[str, str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewRow:
    """A row of the coverage matrix: a decision or one of its limits.

    ``cells`` has (state, places in the evidence) for each outlet; state is asserted, contradicted or silent.
    """

    node: str
    cells: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewCoverage:
    """Decisions and their limits by outlets: who asserts, contradicts, leaves out."""

    outlets: tuple[str, ...] = ()
    rows: tuple[ViewRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewEvent:
    """A day of the timeline: ``kind`` is report (``article`` tells of ``node``) or limit (``node`` names the day)."""

    date: str
    kind: str
    node: str
    article: int = -1
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewOmission:
    """What the page leaves out: nodes shown and in all, and what was asked for."""

    shown: int
    total: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewData:
    """Everything that the page shows. ``counts`` are (name, number) of the whole graph, in the order of the header."""

    nodes: tuple[ViewNode, ...]
    edges: tuple[ViewEdge, ...]
    articles: tuple[ViewArticle, ...] = ()
    evidence: tuple[ViewEvidence, ...] = ()
    conflicts: tuple[ViewConflict, ...] = ()
    coverage: ViewCoverage = ViewCoverage()
    timeline: tuple[ViewEvent, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    omission: ViewOmission | None = None
    title: str = "Decisions in the news"


def list_fields(value: Any) -> dict[str, Any]:
    """The fields of one of the values above that say something, for JSON.

    >>> list_fields(ViewEdge(source="a", target="b", role="limit"))
    {'source': 'a', 'target': 'b', 'role': 'limit'}
    """
    return {name: part for name, part in asdict(value).items() if part not in ("", (), 0, 0.0, None)}
