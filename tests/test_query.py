"""Questions: found by name, filled with parameters, answered; errors say where."""

import doctest
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import query as query_module
from kg import terms
from kg.errors import QueryError
from kg.query import Question, find_query, list_queries, run_query, set_parameters
from kg.results import RESULT_FORMATS, format_results, tabulate_results
from kg.sparql import find_parameters, has_service, wrap_default_graph
from kg.store import Store
from tests.fused import make_fused_store
from tests.strategies import LAW
from tests.test_article_graph import ARTICLE

QUESTIONS = {question.name: question for question in list_queries()}


@pytest.fixture(scope="module")
def store() -> Store:
    return make_fused_store()


def rows(store: Store, name: str, **params: str) -> list[tuple[str, ...]]:
    return tabulate_results(run_query(store, name, params=params))[1]


def test_there_are_enough_questions() -> None:
    assert len(QUESTIONS) >= 20


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_stored_question_is_well_formed(question: Question, store: Store) -> None:
    assert question.question
    assert question.text.startswith(f"# {question.question}\n")
    assert set(find_parameters(question.text)) == set(question.parameters)
    if question.name != "decisions-graph":
        assert "ORDER BY" in question.text
    tabulate_results(run_query(store, question.name))
    for name in question.parameters:
        tabulate_results(run_query(store, question.name, params={name: "2026-01-01"}))


#: Questions that the one decision of the store is no answer to.
EMPTY = {
    "amounts", "anonymous-only", "conditions", "conflicting-outlets", "conflicts", "considered", "corroborated",
    "denied", "ended", "exceptions", "limits-left-out", "open-requests", "prohibitions", "single-origin", "warnings",
}  # fmt: skip


@pytest.mark.parametrize("name", QUESTIONS)
def test_stored_question_answers(name: str, store: Store) -> None:
    assert bool(rows(store, name)) == (name not in EMPTY - {"anonymous-only"})


def test_parameters_narrow(store: Store) -> None:
    assert len(rows(store, "decisions-by-actor", actor="CITY")) == 1
    assert len(rows(store, "decisions-by-actor", actor="town hall")) == 1
    assert rows(store, "decisions-by-actor", actor="mayor") == []
    assert len(rows(store, "passages-about", actor="town hall")) == 2
    assert len(rows(store, "limits", decision="after dusk")) == 1
    assert rows(store, "limits", decision="before dawn") == []
    assert len(rows(store, "changes-between", **{"from": "2026-03-01", "until": "2026-03-01"})) == 1
    assert rows(store, "changes-between", **{"from": "2026-03-02"}) == []


def test_answers_carry_the_evidence(store: Store) -> None:
    [row] = rows(store, "limit-reports")
    assert row[1:5] == ("Only", "until 31 March", "The Harbour Post", "until 31 March")
    for row in rows(store, "evidence"):
        quote, start, end = row[3], int(row[4]), int(row[5])
        assert ARTICLE.text[start:end] == quote
    assert [row[3:6] for row in rows(store, "sources")] == [
        ("1", "Valley Radio", "Outlet"),
        ("2", "two officials", "Anonymous"),
    ]


def test_file_and_text_are_taken(store: Store, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("ASK { ?d a kg:Decision }")
    assert run_query(store, str(tmp_path / "mine.rq"))
    assert run_query(store, "ASK { ?d a kg:Decision }")
    assert not run_query(store, "ASK FROM graph:store { ?d a kg:Decision }")
    assert run_query(store, "# FROM nowhere\nASK { ?d rdfs:label ?l FILTER(?l != 'FROM') }")


def test_unknown_name_names_the_nearest() -> None:
    with pytest.raises(QueryError, match="did you mean 'limits'"):
        find_query("limit")
    with pytest.raises(QueryError, match="could not be read"):
        find_query("nowhere.rq")
    with pytest.raises(QueryError, match=r"allowed: .*decisions"):
        find_query("")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?s WHERE { ?s ?p\n ?o . FILTER( }", r"line 2, column \d+: expected(.|\n)*\?o \. FILTER\( \}\n +\^"),
        ("SELECT ?s WHERE { ?s foo:p ?o }", r"line 1, column \d+: prefix not bound \(bound: .*kg"),
        ("INSERT DATA { <ex:a> <ex:b> <ex:c> }", "line 1"),
        ("DROP ALL", "line 1"),
        ("SELECT ?s WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }", "refused|SERVICE"),
    ],
)
def test_bad_query_is_told_with_its_place(store: Store, text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        tabulate_results(run_query(store, text))


def test_unknown_parameter_is_told(store: Store) -> None:
    with pytest.raises(QueryError, match=r"no parameter 'acter' \(allowed: actor\)"):
        run_query(store, "decisions-by-actor", params={"acter": "x"})
    with pytest.raises(QueryError, match="is no IRI"):
        run_query(store, "decisions-by-actor", params={"actor": "<not an iri>"})


@LAW
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30))
def test_a_value_is_one_term_whatever_it_holds(value: str) -> None:
    query = "SELECT ?x WHERE { VALUES ?x { UNDEF } }"
    filled = set_parameters(query, {"x": value})
    [row] = ox.Store().query(filled)
    if not (value.startswith("<") and value.endswith(">")):
        assert row["x"] == ox.Literal(value)


def test_parameters_in_strings_and_comments_are_left() -> None:
    query = "# VALUES ?x { UNDEF }\nSELECT * { VALUES ?x { UNDEF } BIND('VALUES ?x { UNDEF }' AS ?y) }"
    assert set_parameters(query, {"x": "v"}).count('"v"') == 1


def test_docstrings() -> None:
    assert doctest.testmod(query_module).failed == 0


@pytest.mark.parametrize("format", RESULT_FORMATS)
def test_formats(store: Store, format: str) -> None:  # noqa: A002
    text = "SELECT * { ?d a kg:Decision }" if format in ("csv", "tsv", "json", "xml") else "decisions-graph"
    data = format_results(run_query(store, text), format)
    assert b"test/d" in data.replace(b"\\", b"")
    assert data == format_results(run_query(store, text), format)


def test_format_of_another_kind_is_told(store: Store) -> None:
    with pytest.raises(QueryError, match=r"'ttl' is none of SELECT and ASK results \(allowed: csv, tsv, json, xml\)"):
        format_results(run_query(store, "decisions"), "ttl")
    with pytest.raises(QueryError, match="allowed: ttl, nt, jsonld"):
        format_results(run_query(store, "decisions-graph"), "csv")


def test_ask_is_answered(store: Store) -> None:
    assert tabulate_results(run_query(store, "ASK { ?d a kg:Decision }")) == (("answer",), [("yes",)])
    assert b"true" in format_results(run_query(store, "ASK { ?d a kg:Decision }"), "json")


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { service SILENT ex:x { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1SERVICE<http://example.org/>{ ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { ex:a\\' ?p ?o . SERVICE <http://example.org/> { ?s ?p ?o } } #'",
        "SELECT * { ?a ?b ?c FILTER(?a<?b)SERVICE?c{ ?s ?p ?o } }",
    ],
)
def test_service_is_found_however_it_is_written(text: str) -> None:
    assert has_service(text)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?service kg:service 'SERVICE' } # SERVICE",
        'ASK { <http://example.org/SERVICE> ?p """a SERVICE""" }',
    ],
)
def test_the_word_service_elsewhere_is_harmless(text: str) -> None:
    assert not has_service(text)


@pytest.mark.parametrize(
    ("text", "wrapped"),
    [
        ("ASK { ?s ?p '}' }", "ASK { GRAPH <ex:g> { ?s ?p '}' } }"),
        ("SELECT (EXISTS { ?a ?b ?c } AS ?x) WHERE { ?s ?p ?o } VALUES ?o { 1 }",
         "SELECT (EXISTS { ?a ?b ?c } AS ?x) WHERE { GRAPH <ex:g> { ?s ?p ?o } } VALUES ?o { 1 }"),
        ("SELECT * { { SELECT ?s { ?s ?p ?o } } } # }", "SELECT * { GRAPH <ex:g> { { SELECT ?s { ?s ?p ?o } } } } # }"),
        ("CONSTRUCT { ?s a ?o } { ?s a ?o }", "CONSTRUCT { ?s a ?o } { GRAPH <ex:g> { ?s a ?o } }"),
        ("CONSTRUCT WHERE { ?s a ?o } LIMIT 1", "CONSTRUCT { ?s a ?o } WHERE { GRAPH <ex:g> { ?s a ?o } } LIMIT 1"),
        ("DESCRIBE <ex:a>", "DESCRIBE <ex:a>"),
    ],
)  # fmt: skip
def test_default_graph_is_set_in_the_text(text: str, wrapped: str) -> None:
    assert wrap_default_graph(text, "ex:g") == wrapped
    ox.Store().query(wrapped)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_wrapped_question_answers_the_same(question: Question, store: Store) -> None:
    wrapped = store.query(wrap_default_graph(question.text, terms.FUSED_GRAPH))
    assert tabulate_results(wrapped) == tabulate_results(run_query(store, question.name))
