"""Reports: what a store's accounts cover, where they come from, where they differ and what they leave out.

Each report is a plain ``Table``; ``render_table`` writes it as CSV, JSON, Markdown or HTML.
"""

from collections.abc import Callable

from kg.errors import ExportError
from kg.reports.coverage import Cell, CoverageRow, build_coverage, report_coverage
from kg.reports.lists import report_conflicts, report_gaps, report_origins, report_timeline
from kg.reports.table import FORMATS, Table, render_table
from kg.store import Store

__all__ = [
    "FORMATS",
    "REPORTS",
    "Cell",
    "CoverageRow",
    "Table",
    "build_coverage",
    "build_report",
    "render_table",
    "report_conflicts",
    "report_coverage",
    "report_gaps",
    "report_origins",
    "report_timeline",
]

#: Name of a report -> the function that makes it.
REPORTS: dict[str, Callable[[Store], Table]] = {
    "coverage": report_coverage,
    "origins": report_origins,
    "conflicts": report_conflicts,
    "gaps": report_gaps,
    "timeline": report_timeline,
}


def build_report(store: Store, name: str) -> Table:
    """The report of that name. Raises ``ExportError`` for an unknown one."""
    if name not in REPORTS:
        raise ExportError(f"report {name!r} is not known; allowed: {', '.join(REPORTS)}")
    return REPORTS[name](store)
