"""CSV for pandas: stable columns, sorted rows, exact quotes."""

import csv
import io

from kg.exporters.tables import TABLES, format_tables
from kg.store import open_store
from tests.fused import make_fused_store
from tests.test_article_graph import ARTICLE


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_tables_hold_the_evidence() -> None:
    tables = {name: read(data) for name, data in format_tables(make_fused_store()).items()}
    assert {name: len(rows) for name, rows in tables.items()} == {"decisions": 2, "constraints": 1, "sources": 2}
    for rows in tables.values():
        for row in rows:
            assert ARTICLE.text[int(row["start"]) : int(row["end"])] == row["quote"]
            assert row["outlet"] == "The Harbour Post"
    assert {row["claim"] for row in tables["constraints"]} == {row["claim"] for row in tables["decisions"]}
    [limit] = tables["constraints"]
    assert (limit["effect"], limit["kind"], limit["text"], limit["value"]) == (
        "Only",
        "Temporal",
        "until 31 March",
        "2026-03-31",
    )
    assert [row["speaker"] for row in tables["sources"]] == ["Valley Radio", "two officials"]


def test_columns_stand_even_without_rows() -> None:
    for name, data in format_tables(open_store()).items():
        assert data.decode().count("\n") == 1
        assert "claim" in data.decode().split(","), name
    assert set(TABLES) == set(format_tables(open_store()))
