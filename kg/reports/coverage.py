"""Coverage: which outlet asserts which decision and limit, which contradicts it, which is silent."""

from collections import defaultdict
from dataclasses import dataclass

from kg.reports.facts import ClaimFact, DecisionFact, Facts, LimitFact, read_facts
from kg.reports.table import Table
from kg.store import Store

__all__ = ["Cell", "CoverageRow", "build_coverage", "report_coverage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one outlet says: ``state`` is asserted, contradicted or silent; a quote of ``article`` (IRI) shows it."""

    state: str
    quote: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """A fused decision (``limit`` empty) or one of its limits, with a cell for each outlet that reports anything."""

    decision: str
    label: str
    agreement: str
    limit: str = ""
    limit_label: str = ""
    cells: dict[str, Cell]


SILENT = Cell(state="silent")


def build_coverage(store: Store) -> list[CoverageRow]:
    """The matrix of decisions and limits by outlets; every row has the same outlets, sorted."""
    facts = read_facts(store)
    outlets = sorted({claim.outlet for claim in facts.claims.values()})
    opposed = _find_opposed(facts)
    rows = []
    for decision in facts.decisions:
        rows.append(_make_row(decision, None, facts, outlets, opposed))
        rows += [_make_row(decision, limit, facts, outlets, opposed) for limit in facts.limits_of(decision.iri)]
    return rows


def _find_opposed(facts: Facts) -> dict[str, list[tuple[ClaimFact, str]]]:
    """IRI of a side of a conflict -> the claims of the other sides, with a quote of each."""
    claim_of = {member.iri: facts.claims.get(member.claim) for limit in facts.limits for member in limit.members}
    quote_of = {member.iri: member.quote for limit in facts.limits for member in limit.members}
    opposed: dict[str, list[tuple[ClaimFact, str]]] = defaultdict(list)
    for conflict in facts.conflicts:
        for side in conflict.sides:
            for other in conflict.sides:
                claim = facts.claims.get(other) or claim_of.get(other)
                if other != side and claim:
                    quote = quote_of.get(other) or next(iter(claim.quotes), "")
                    opposed[side].append((claim, quote))
    return opposed


def _make_row(
    decision: DecisionFact,
    limit: LimitFact | None,
    facts: Facts,
    outlets: list[str],
    opposed: dict[str, list[tuple[ClaimFact, str]]],
) -> CoverageRow:
    """Its own assertion counts for an outlet before a contradiction."""
    cells = dict.fromkeys(outlets, SILENT)
    if limit is None:
        said = [(claim, next(iter(claim.quotes), "")) for claim in facts.claims_of(decision.iri)]
        sides = [claim.iri for claim, _ in said]
    else:
        said = [(facts.claims[member.claim], member.quote) for member in limit.members if member.claim in facts.claims]
        sides = [member.iri for member in limit.members]
    denied = [(claim, quote) for claim, quote in said if claim.status == "denied" and limit is None]
    for claim, quote in [*(pair for side in sides for pair in opposed.get(side, ())), *denied]:
        cells[claim.outlet] = Cell(state="contradicted", quote=quote, article=claim.article)
    for claim, quote in reversed(said):
        if claim.status != "denied" or limit is not None:
            cells[claim.outlet] = Cell(state="asserted", quote=quote, article=claim.article)
    return CoverageRow(
        decision=decision.iri,
        label=decision.label,
        agreement=limit.agreement if limit else decision.agreement,
        limit=limit.iri if limit else "",
        limit_label=limit.label if limit else "",
        cells=cells,
    )


def report_coverage(store: Store) -> Table:
    """The coverage matrix, with a quote in each cell that is not silent."""
    rows = build_coverage(store)
    outlets = tuple(rows[0].cells) if rows else ()
    return Table(
        title="Coverage",
        columns=("decision", "limit", "agreement", *outlets),
        rows=tuple(
            (row.label, row.limit_label, row.agreement, *(_show_cell(row.cells[outlet]) for outlet in outlets))
            for row in rows
        ),
        keys=1,
    )


def _show_cell(cell: Cell) -> str:
    return f"{cell.state}: “{cell.quote}”" if cell.quote else cell.state
