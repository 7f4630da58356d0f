"""The passages of the page: quotes in their context, who says so, and from which article they are."""

from collections.abc import Iterable

from kg import terms
from kg.exporters.view_data import ViewArticle, ViewEvidence
from kg.exporters.view_statements import Statements
from kg.records import StoredArticle

__all__ = ["EvidenceBook", "shorten"]

#: Characters of context on either side of a quote at most; it ends with its paragraph.
CONTEXT = 240


class EvidenceBook:
    """Articles and passages, each once, numbered in the order in which they are first asked for."""

    def __init__(self) -> None:
        self.articles: list[ViewArticle] = []
        self.evidence: list[ViewEvidence] = []
        self._articles: dict[str, int] = {}
        self._passages: dict[tuple[str, str, str], int] = {}

    def number_article(self, row: StoredArticle, graph: Statements) -> int:
        """The place of an article."""
        if row.article not in self._articles:
            self._articles[row.article] = len(self.articles)
            url = row.url if row.url.startswith(("http://", "https://")) else ""
            self.articles.append(
                ViewArticle(
                    id=row.article.removeprefix(terms.BASE),
                    headline=row.headline,
                    outlet=row.publisher,
                    author=graph.find_value(row.article, "schema:author"),
                    date=row.published[:10],
                    url=url,
                )
            )
        return self._articles[row.article]

    def number_passages(
        self, subject: str, says: str, *, claim: str, row: StoredArticle, graph: Statements
    ) -> tuple[int, ...]:
        """The places of the passages that a claim or a limit of a claim is derived from, in the article's order."""
        passages = graph.list_values(subject, "prov:wasDerivedFrom")
        ordered = sorted(passages, key=lambda passage: (graph.find_number(passage, "nif:beginIndex"), passage))
        return tuple(self._number(passage, says, claim, row, graph) for passage in ordered)

    def _number(self, passage: str, says: str, claim: str, row: StoredArticle, graph: Statements) -> int:
        key = (passage, says, claim)
        if key not in self._passages:
            self._passages[key] = len(self.evidence)
            self.evidence.append(self._read(passage, says, claim, row, graph))
        return self._passages[key]

    def _read(self, passage: str, says: str, claim: str, row: StoredArticle, graph: Statements) -> ViewEvidence:
        text = graph.find_value(row.article, "nif:isString")
        start = int(graph.find_number(passage, "nif:beginIndex"))
        end = int(graph.find_number(passage, "nif:endIndex"))
        return ViewEvidence(
            article=self.number_article(row, graph),
            start=start,
            end=end,
            quote=graph.find_value(passage, "nif:anchorOf"),
            before=_read_before(text, start),
            after=_read_after(text, end),
            says=says,
            status=graph.find_name(claim, "kg:status"),
            claim=claim.removeprefix(terms.BASE),
            chain=tuple(list_chain(claim, graph)),
        )


def list_chain(claim: str, graph: Statements) -> Iterable[str]:
    """Who says so, outermost first, each with what it is; of several chains the longest."""
    chains = [
        sorted(graph.list_values(chain, "kg:link"), key=lambda link: graph.find_number(link, "kg:position"))
        for chain in graph.list_values(claim, "kg:source")
    ]
    for link in max(chains, key=len, default=[]):
        name = graph.find_value(graph.find_value(link, "kg:speaker"), "rdfs:label")
        kind = graph.find_name(link, "kg:speakerKind").removesuffix("speaker")
        more = [kind, graph.find_value(link, "kg:channel"), graph.find_value(link, "kg:conditions")]
        yield f"{name} ({', '.join(part for part in more if part)})"


def _read_before(text: str, start: int) -> str:
    first = max(start - CONTEXT, text.rfind("\n", 0, start) + 1)
    part = text[first:start]
    if first > 0 and text[first - 1] != "\n" and " " in part:
        return "…" + part[part.index(" ") :]
    return part


def _read_after(text: str, end: int) -> str:
    stop = text.find("\n", end)
    last = min(end + CONTEXT, len(text) if stop < 0 else stop)
    part = text[end:last]
    if last < len(text) and text[last] != "\n" and " " in part:
        return part[: part.rindex(" ") + 1] + "…"
    return part


def shorten(text: str, length: int = 160) -> str:
    """A text in one line of at most ``length`` characters.

    >>> shorten("a long\\n text", 8)
    'a long …'
    """
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 2].rstrip()} …"
