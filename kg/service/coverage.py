"""The coverage matrix as a page: decisions and limits by outlets, the quote of each cell a click away, no script."""

from collections.abc import Sequence
from html import escape

from kg.reports.coverage import Cell, CoverageRow
from kg.service.pages import NAVIGATION, PAGE, format_address

__all__ = ["MAX_ROWS", "format_coverage_page"]

#: Most rows of the page; more would be no page to read.
MAX_ROWS = 2000
#: State of a cell -> its sign, which does not depend on colour.
SIGNS = {"asserted": "✓", "contradicted": "✗", "silent": "–"}
EMPTY = "<p>The graph has no decisions yet: <code>kg build</code> adds articles.</p>"


def format_coverage_page(rows: Sequence[CoverageRow], *, max_rows: int = MAX_ROWS) -> str:
    """The page; the first ``max_rows`` rows, with a note of what is left out."""
    outlets = list(rows[0].cells) if rows else []
    decisions = sum(not row.limit for row in rows)
    left = len(rows) - max_rows
    note = f" The first {max_rows} rows of {len(rows)}; <code>kg report coverage</code> gives all." if left > 0 else ""
    body = f"""<header><h1>Coverage</h1>{NAVIGATION}</header>
<main class="coverage">
<p>Which outlet asserts which decision and which limit, which contradicts it, which is silent: {decisions} decisions,
{len(rows) - decisions} limits, {len(outlets)} outlets. Open a cell for its quote.{note}</p>
{_format_table(rows[:max_rows], outlets) if rows else EMPTY}
</main>"""
    return PAGE.format(title="decision-kg: coverage", head="", body=body)


def _format_table(rows: Sequence[CoverageRow], outlets: Sequence[str]) -> str:
    head = "".join(f'<th scope="col">{escape(outlet)}</th>' for outlet in outlets)
    body = "\n".join(_format_row(row, outlets) for row in rows)
    return f"""<div class="scroll" role="region" tabindex="0" aria-label="Coverage matrix"><table>
<thead><tr><th scope="col">Decision or limit</th><th scope="col">Agreement</th>{head}</tr></thead>
<tbody>
{body}
</tbody></table></div>"""


def _format_row(row: CoverageRow, outlets: Sequence[str]) -> str:
    iri, label = (row.limit, row.limit_label) if row.limit else (row.decision, row.label)
    kind = "limit" if row.limit else "decision"
    link = f'<a href="{format_address(iri)}">{escape(label)}</a>'
    cells = "".join(_format_cell(row.cells[outlet]) for outlet in outlets)
    agreement = f'<td class="{escape(row.agreement)}">{escape(row.agreement)}</td>'
    return f'<tr class="{kind}"><th scope="row">{link}</th>{agreement}{cells}</tr>'


def _format_cell(cell: Cell) -> str:
    shown = f'<span aria-hidden="true">{SIGNS.get(cell.state, "")}</span> {escape(cell.state)}'
    if not cell.quote:
        return f'<td class="{escape(cell.state)}">{shown}</td>'
    article = f' <a href="{format_address(cell.article)}">article</a>' if cell.article else ""
    quote = f"<blockquote>{escape(cell.quote)}</blockquote>{article}"
    return f'<td class="{escape(cell.state)}"><details><summary>{shown}</summary>{quote}</details></td>'
