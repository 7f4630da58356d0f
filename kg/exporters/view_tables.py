"""Accounts of decisions, and the two tables made of them: coverage and timeline."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg import terms
from kg.exporters.view_data import ViewCoverage, ViewEvent, ViewEvidence, ViewNode, ViewRow
from kg.exporters.view_evidence import EvidenceBook, shorten
from kg.exporters.view_selection import Skeleton
from kg.exporters.view_statements import Statements
from kg.records import StoredArticle

__all__ = ["Account", "collect_coverage", "collect_events"]

Cell = tuple[str, tuple[int, ...]]
SILENT: Cell = ("silent", ())
UNKNOWN_OUTLET = "unknown outlet"
DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One claim with its article; ``mentions`` and the values of ``limits`` are places of evidence.

    ``voices`` are the names of the outlet and of all who speak in its source chains, casefolded.
    """

    claim: str
    row: StoredArticle
    article: int
    status: str
    type: str
    confidence: float
    mentions: tuple[int, ...]
    limits: Mapping[str, tuple[int, ...]]
    voices: frozenset[str]
    graph: Statements

    @classmethod
    def read(cls, claim: str, row: StoredArticle, graph: Statements, book: EvidenceBook) -> "Account":
        limits = graph.list_values(claim, "kg:constraint")
        return cls(
            claim=claim,
            row=row,
            article=book.number_article(row, graph),
            status=graph.find_name(claim, "kg:status"),
            type=graph.find_name(claim, "kg:topType"),
            confidence=graph.find_number(claim, "kg:confidence"),
            mentions=book.number_passages(claim, "decision", claim=claim, row=row, graph=graph),
            limits={iri: book.number_passages(iri, "limit", claim=claim, row=row, graph=graph) for iri in limits},
            voices=frozenset(_list_voices(claim, row, graph)),
            graph=graph,
        )

    @property
    def day(self) -> str:
        """The day of the article, or an empty string."""
        return self.row.published[:10]

    @property
    def outlet(self) -> str:
        """The publisher's name, never empty."""
        return self.row.publisher or UNKNOWN_OUTLET

    def passages(self, limit: str = "") -> tuple[int, ...]:
        """The places of the passages of a limit, or of the claim itself."""
        return self.limits[limit] if limit else self.mentions

    def describe(self, limit: str = "") -> str:
        """What the account says, or how it words the limit."""
        return self.graph.find_value(limit or self.claim, "rdfs:label")

    def read_value(self, limit: str) -> str:
        """The normalised value of a limit in words, empty where it is only the text."""
        value = self.graph.find_value(limit, "odrl:rightOperand")
        unit = self.graph.find_value(limit, "schema:unitText")
        if not value or value == self.graph.find_value(limit, "kg:text") or value.startswith("http"):
            return ""
        return f"{value} {unit}".strip()

    def name_passage(self, evidence: ViewEvidence) -> str:
        """The id of the node of a passage."""
        return f"{self.row.article.removeprefix(terms.BASE)}#char={evidence.start},{evidence.end}"

    def read_day(self, limit: str) -> str:
        """The day that a limit names (ISO 8601, possibly only year and month), or an empty string."""
        value = self.graph.find_value(limit, "odrl:rightOperand")
        return value if DAY.fullmatch(value) else ""

    def make_node(self) -> ViewNode:
        """The account as a node."""
        return ViewNode(
            id=self.claim.removeprefix(terms.BASE),
            kind="claim",
            label=shorten(self.outlet, 60),
            title=self.describe(),
            type=self.type,
            status=self.status,
            confidence=self.confidence,
            outlets=(self.outlet,),
            dates=(self.day,) if self.day else (),
            evidence=self.mentions,
        )


def _list_voices(claim: str, row: StoredArticle, graph: Statements) -> Iterable[str]:
    yield (row.publisher or "own reporting").casefold()
    for chain in graph.list_values(claim, "kg:source"):
        for link in graph.list_values(chain, "kg:link"):
            speaker = graph.find_value(link, "kg:speaker")
            for predicate in ("rdfs:label", "skos:altLabel"):
                yield from (name.casefold() for name in graph.list_values(speaker, predicate))


def collect_coverage(
    chosen: Sequence[Skeleton],
    accounts: Mapping[str, Sequence[Account]],
    members: Mapping[str, Sequence[tuple[Account, str]]],
    opposed: Mapping[str, Sequence[tuple[Account, tuple[int, ...]]]],
) -> ViewCoverage:
    """The matrix; an outlet's own assertion counts before a contradiction, as in ``kg report coverage``.

    ``members`` are the accounts of each limit with their own constraint, ``opposed`` the accounts that contradict a claim
    or a constraint, with their passages.
    """
    outlets = sorted({account.outlet for one in chosen for account in accounts[one.iri]})
    rows = []
    for one in sorted(chosen, key=_by_weight):
        told = accounts[one.iri]
        said = [(account, account.mentions) for account in told if account.status != "denied"]
        against = [(account, account.mentions) for account in told if account.status == "denied"]
        against += [other for account in told for other in opposed.get(account.claim, ())]
        rows.append(_make_row(one.iri, outlets, said, against))
        for limit in one.limits:
            said = [(account, account.limits[iri]) for account, iri in members[limit]]
            against = [other for _, iri in members[limit] for other in opposed.get(iri, ())]
            rows.append(_make_row(limit, outlets, said, against))
    return ViewCoverage(outlets=tuple(outlets), rows=tuple(rows))


def _by_weight(one: Skeleton) -> tuple[tuple[int, ...], str]:
    return tuple(-each for each in one.weight), one.iri


def _make_row(
    iri: str,
    outlets: Sequence[str],
    said: Sequence[tuple[Account, tuple[int, ...]]],
    against: Sequence[tuple[Account, tuple[int, ...]]],
) -> ViewRow:
    cells = dict.fromkeys(outlets, SILENT)
    for state, found in (("contradicted", against), ("asserted", said)):
        for outlet in {account.outlet for account, _ in found}:
            places = {at for account, passages in found if account.outlet == outlet for at in passages}
            cells[outlet] = (state, tuple(sorted(places)))
    return ViewRow(node=iri.removeprefix(terms.BASE), cells=tuple(cells.values()))


def collect_events(
    chosen: Sequence[Skeleton],
    accounts: Mapping[str, Sequence[Account]],
    members: Mapping[str, Sequence[tuple[Account, str]]],
) -> tuple[ViewEvent, ...]:
    """Reports by day, and the days that limits name."""
    events = [
        ViewEvent(
            date=account.day,
            kind="report",
            node=one.iri.removeprefix(terms.BASE),
            article=account.article,
            status=account.status,
        )
        for one in chosen
        for account in accounts[one.iri]
        if account.day
    ]
    for limit in sorted({limit for one in chosen for limit in one.limits}):
        days = sorted({day for account, iri in members[limit] if (day := account.read_day(iri))})
        events += [ViewEvent(date=day, kind="limit", node=limit.removeprefix(terms.BASE)) for day in days]
    return tuple(sorted(set(events), key=_by_day))


def _by_day(event: ViewEvent) -> tuple[str, str, str, int, str]:
    return event.date, event.kind, event.node, event.article, event.status
