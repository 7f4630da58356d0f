"""A plain table, and its four written forms."""

import csv
import io
import json
from dataclasses import dataclass
from html import escape

from kg.errors import ExportError

__all__ = ["FORMATS", "Table", "render_table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """``rows`` are as long as ``columns``; every cell is plain text, nothing escaped. The first ``keys`` columns say what
    a row is about, and neighbours are often about the same."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    keys: int = 0

    @property
    def reading_rows(self) -> tuple[tuple[str, ...], ...]:
        """The rows for people: what a row is about stands there once, and not again beneath."""
        thinned, above = [], ("",) * len(self.columns)
        for row in self.rows:
            same = next((place for place in range(self.keys) if row[place] != above[place]), self.keys)
            thinned.append(("",) * same + row[same:])
            above = row
        return tuple(thinned)


def render_table(table: Table, form: str) -> str:
    """The table as text in one of ``FORMATS``, ending in a line break.

    Raises ``ExportError`` for an unknown form.
    """
    if form not in FORMATS:
        raise ExportError(f"report format {form!r} is not known; allowed: {', '.join(FORMATS)}")
    return FORMATS[form](table)


def _render_csv(table: Table) -> str:
    """RFC 4180, with line feeds; the first line names the columns."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.rows)
    return target.getvalue()


def _render_json(table: Table) -> str:
    """``{"title", "columns", "rows"}``, one object a row."""
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    value = {"title": table.title, "columns": list(table.columns), "rows": rows}
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _render_markdown(table: Table) -> str:
    """A pipe table (GitHub Flavored Markdown)."""
    lines = [table.columns, tuple("---" for _ in table.columns), *table.reading_rows]
    body = "\n".join("| " + " | ".join(map(_escape_markdown, line)) + " |" for line in lines)
    return f"# {_escape_markdown(table.title)}\n\n{body}\n"


def _escape_markdown(text: str) -> str:
    plain = " ".join(text.split())
    for sign in ("\\", "|", "<", "*", "_", "`", "[", "]"):
        plain = plain.replace(sign, "&lt;" if sign == "<" else f"\\{sign}")
    return plain


def _render_html(table: Table) -> str:
    """A page of its own: no script, no remote request, all text escaped."""
    head = "".join(f"<th scope='col'>{escape(name)}</th>" for name in table.columns)
    body = "\n".join(
        "<tr>" + "".join(f"<td class='{_name_state(cell)}'>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in table.reading_rows
    )
    return PAGE.format(title=escape(table.title), head=head, body=body)


def _name_state(cell: str) -> str:
    """The state that a cell opens with, as class for its colour."""
    word = cell.split(":", 1)[0]
    return word if word in STATES else ""


#: States that a cell can open with.
STATES = frozenset({"asserted", "contradicted", "silent", "single-origin", "corroborated", "disputed", "denied"})
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title><style>
body {{ font: 15px/1.4 system-ui, sans-serif; margin: 1.5rem; color: #1b1b1b; background: #fff }}
table {{ border-collapse: collapse }} th, td {{ border: 1px solid #bbb; padding: .3rem .5rem; vertical-align: top }}
th {{ text-align: left; background: #eee }} td {{ max-width: 32rem; overflow-wrap: anywhere }}
.asserted, .corroborated {{ background: #dbeaf7 }} .contradicted, .disputed, .denied {{ background: #fbe0c8 }}
.silent {{ color: #666 }}
</style></head><body><h1>{title}</h1><div role="region" tabindex="0" aria-label="{title}"><table><thead><tr>{head}</tr></thead>
<tbody>
{body}
</tbody></table></div></body></html>
"""
#: Name of a format -> its renderer.
FORMATS = {"csv": _render_csv, "html": _render_html, "json": _render_json, "markdown": _render_markdown}
