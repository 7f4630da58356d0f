"""The five reports on a small store, and their written forms."""

import csv
import json
from dataclasses import replace
from io import StringIO

import pytest

from kg.article_graph import build_article_graph
from kg.articles import mint_article_id
from kg.errors import ExportError
from kg.fusion import fuse_graphs
from kg.model import (
    Actor,
    ActorKind,
    Article,
    Constraint,
    ConstraintKind,
    Decision,
    DecisionType,
    Effect,
    Frame,
    Link,
    Run,
    Source,
    Span,
    SpeakerKind,
    Status,
)
from kg.ontology import load_ontology
from kg.reports import FORMATS, REPORTS, Table, build_coverage, build_report, render_table
from kg.store import Store, open_store

RUN = Run(software="0", model="none", model_version="0", ontology="0")
FRANCE = "https://w3id.org/decision-kg/actor/FR"
#: Publisher, date, text, status, limit, anonymous source.
TOLD = (
    ("Harbour Post", "2026-03-01", "France bans night flights over the wetlands until 1 May.", Status.MADE, "until 1 May", ""),
    ("Valley Radio", "2026-03-01", "France barred night flights over the wetlands, an aide said, save for rescue.",
     Status.MADE, "rescue", "an aide"),
    ("Nordic Wire", "2026-03-01", "France denied a ban of night flights over the wetlands.", Status.DENIED, "", ""),
)  # fmt: skip


def cut(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start=start, end=start + len(part), text=part)


def read_told(publisher: str, date: str, text: str, status: Status, limit: str, source: str) -> tuple[Article, Frame]:
    bare = Article(id="", text=text, publisher=publisher, published=date, headline=text[:20])
    article = Article(id=mint_article_id(bare), text=text, publisher=publisher, published=date, headline=text[:20])
    actor = Actor(names=("France",), kind=ActorKind.STATE, known=FRANCE, spans=(cut(text, "France"),))
    effect = Effect.ONLY if limit.startswith("until") else Effect.EXCEPT
    limits = (
        (Constraint(kind=ConstraintKind.TEMPORAL, effect=effect, text=limit, span=cut(text, limit)),) if limit else ()
    )
    speaker = Actor(names=(source,), kind=ActorKind.GROUP, spans=(cut(text, source),)) if source else None
    links = (Link(speaker=speaker, kind=SpeakerKind.ANONYMOUS, span=cut(text, source)),) if speaker else ()
    decision = Decision(
        type=DecisionType.PROHIBIT,
        status=status,
        actors=(actor,),
        recipients=(),
        actions=(cut(text, "night flights over the wetlands"),),
        mentions=(cut(text, text[: text.index("wetlands") + 8]),),
    )
    frame = Frame(
        article_id=article.id, decision=decision, constraints=limits, sources=(Source(links=links),) if links else ()
    )
    return article, frame


@pytest.fixture(scope="module")
def store() -> Store:
    store = open_store()
    for told in TOLD:
        article, frame = read_told(*told)
        store.add_article_graph(build_article_graph(article, [frame], run=RUN))
    fuse_graphs(store, load_ontology())
    return store


def test_coverage_has_a_cell_for_each_outlet(store: Store) -> None:
    decision, *limits = build_coverage(store)
    assert {outlet: cell.state for outlet, cell in decision.cells.items()} == {
        "Harbour Post": "asserted",
        "Valley Radio": "asserted",
        "Nordic Wire": "contradicted",
    }
    assert decision.agreement == "disputed"
    states = {row.limit_label: row.cells["Harbour Post"].state for row in limits}
    assert states == {"only: until 1 May": "asserted", "except: rescue": "silent"}
    assert decision.cells["Valley Radio"].quote == "France barred night flights over the wetlands"


def test_origins_count_articles_and_origins(store: Store) -> None:
    rows = build_report(store, "origins").rows
    assert rows[0][2:5] == ("3", "3", "3")


def test_conflicts_show_both_sides(store: Store) -> None:
    rows = build_report(store, "conflicts").rows
    assert {(row[0], row[2]) for row in rows} >= {("status", "Nordic Wire"), ("status", "Harbour Post")}


def test_gaps_name_single_and_anonymous_origins(store: Store) -> None:
    gaps = {(row[1], row[2]): row[3] for row in build_report(store, "gaps").rows}
    assert gaps["except: rescue", "anonymous sources only"] == "Valley Radio"
    assert gaps["only: until 1 May", "single origin: Harbour Post"] == "Harbour Post"
    assert gaps["only: until 1 May", "left out"] == "Nordic Wire; Valley Radio"


def test_timeline_tells_what_is_new(store: Store) -> None:
    rows = build_report(store, "timeline").rows
    assert [row[4].split(";")[0] for row in rows] == ["first report", "status: made → denied", "status: denied → made"]


def test_outlets_without_a_name_go_by_their_headlines() -> None:
    store = open_store()
    for told in TOLD:
        article, frame = read_told("", *told[1:])
        article = replace(article, headline="A headline that is far too long to head a column of a table")
        store.add_article_graph(build_article_graph(article, [frame], run=RUN))
    fuse_graphs(store, load_ontology())
    columns = build_report(store, "coverage").columns[3:]
    assert columns == tuple(f"A headline that is far too long to … ({number})" for number in (1, 2, 3))


def test_what_rows_are_about_is_read_once() -> None:
    table = Table(title="", columns=("a", "b", "c"), rows=(("x", "1", "p"), ("x", "1", "q"), ("y", "1", "q")), keys=2)
    assert table.reading_rows == (("x", "1", "p"), ("", "", "q"), ("y", "1", "q"))
    assert render_table(table, "csv").splitlines()[2] == "x,1,q"
    assert render_table(table, "markdown").splitlines()[5] == "|  |  | q |"


def test_reports_of_an_empty_store_are_empty() -> None:
    store = open_store()
    assert all(build_report(store, name).rows == () for name in REPORTS)


def test_unknown_names_are_refused(store: Store) -> None:
    with pytest.raises(ExportError, match="allowed: coverage"):
        build_report(store, "weather")
    with pytest.raises(ExportError, match="allowed: csv"):
        render_table(build_report(store, "gaps"), "pdf")


HOSTILE = Table(
    title="<b>", columns=("a|b", "c"), rows=(("<script>x</script>", 'say "hi", | now'), ("line\nbreak", ""))
)


@pytest.mark.parametrize("form", FORMATS)
def test_hostile_cells_stay_text(form: str) -> None:
    text = render_table(HOSTILE, form)
    if form == "csv":
        assert list(csv.reader(StringIO(text)))[1:] == [list(row) for row in HOSTILE.rows]
    elif form == "json":
        assert [tuple(row.values()) for row in json.loads(text)["rows"]] == list(HOSTILE.rows)
    else:
        assert "<script" not in text
    if form == "markdown":
        assert all(line.replace("\\|", "").count("|") == 3 for line in text.splitlines()[2:])
