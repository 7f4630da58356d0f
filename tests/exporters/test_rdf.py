"""RDF exports: the same statements come back, and equal statements give equal bytes."""

import json
import subprocess
import sys

import pyoxigraph as ox
import pytest
from hypothesis import given
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from kg import terms
from kg.article_graph import build_article_graph
from kg.exporters.rdf import RDF_FORMATS, format_rdf
from kg.exporters.turtle import format_trig, format_turtle
from kg.model import Article, Frame
from kg.store import EmbeddedStore, open_store
from tests.strategies import LAW, RUN, read_articles_with_frames

FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
}
FLAT = ("ttl", "nt")
XSD = terms.PREFIXES["xsd"]
Found = list[tuple[Article, list[Frame]]]


def fill_store(found: Found) -> EmbeddedStore:
    store = open_store()
    assert isinstance(store, EmbeddedStore)
    for article, frames in found:
        store.add_article_graph(build_article_graph(article, frames, run=RUN))
    store.write_marker(RUN)
    return store


def keep(quads: object, *, flat: bool) -> set[object]:
    kept = (quad for quad in quads if quad.graph_name != ox.NamedNode(terms.META_GRAPH))  # type: ignore[attr-defined]
    return {quad.triple if flat else quad for quad in kept}


def test_every_format_is_tested() -> None:
    assert set(FORMATS) == set(RDF_FORMATS)


@LAW
@given(read_articles_with_frames(max_size=2))
def test_statements_come_back_from_every_format(found: Found) -> None:
    store = fill_store(found)
    for name, rdf_format in FORMATS.items():
        flat = name in FLAT
        parsed = ox.parse(format_rdf(store, name), format=rdf_format)
        assert keep(parsed, flat=flat) == keep(store.inner, flat=flat), name


@LAW
@given(read_articles_with_frames(max_size=1))
def test_rdflib_reads_the_same(found: Found) -> None:
    store = fill_store(found)
    [(article, frames)] = found
    graph = build_article_graph(article, frames, run=RUN)
    assert isomorphic(Graph().parse(data=format_rdf(store, "ttl"), format="turtle"), graph)
    dataset = Dataset()
    dataset.parse(data=format_rdf(store, "jsonld"), format="json-ld")
    assert isomorphic(dataset.graph(graph.identifier), graph)


@LAW
@given(read_articles_with_frames(min_size=2, max_size=3))
def test_bytes_do_not_depend_on_the_order_of_building(found: Found) -> None:
    one, other = fill_store(found), fill_store([*reversed(found), *found])
    for name in FORMATS:
        assert format_rdf(one, name) == format_rdf(other, name), name


def test_empty_store_is_a_valid_file() -> None:
    for name, rdf_format in FORMATS.items():
        assert list(ox.parse(format_rdf(open_store(), name), format=rdf_format)) == []


def test_json_is_json() -> None:
    assert json.loads(format_rdf(open_store(), "jsonld"))["@graph"] == []


TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def test_turtle_is_grouped_by_graph_and_subject_with_classes_first() -> None:
    graphs = [
        f"<ex:b> <ex:p> <ex:c> .\n<ex:b> {TYPE} <{terms.KG}Claim> .\n<ex:b> <ex:p> <ex:a> .\n",
        f'<ex:a> <ex:p> "1"^^<{XSD}integer> .\n<ex:b> {TYPE} <{terms.KG}Claim> .\n',
    ]
    body = format_turtle(graphs).partition("\n\n")[2]
    assert body == "<ex:b> a kg:Claim ;\n    <ex:p> <ex:a>,\n        <ex:c> .\n\n<ex:a> <ex:p> 1 .\n"


@pytest.mark.parametrize(
    "value",
    [
        '"a . b"', '"x"@en', '"x <y>"', '"\\" ."', f'" {TYPE} "', '"\u2028\u0085 ."', '"01"', '"\\u0001"',
        f'"1 . "^^<{XSD}date>', f'"1.0"^^<{XSD}decimal>', f'"true"^^<{XSD}boolean>', f'"x"^^<{XSD}integer>',
    ],
)  # fmt: skip
def test_turtle_keeps_values_that_look_like_syntax(value: str) -> None:
    line = f"<ex:a> <ex:p> {value} .\n"
    expected = set(ox.parse(line, format=ox.RdfFormat.N_TRIPLES))
    assert set(ox.parse(format_turtle([line]), format=ox.RdfFormat.TURTLE)) == expected
    quads = {ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode("ex:g")) for q in expected}
    assert set(ox.parse(format_trig([("ex:g", line)]), format=ox.RdfFormat.TRIG)) == quads


BUILD = """
import hashlib
from kg.article_graph import build_article_graph
from kg.exporters import EXPORTS, format_graph
from kg.exporters.tables import format_tables
from kg.store import open_store
from tests.strategies import RUN, build_article
from tests.test_article_graph import ARTICLE, make_frame
store = open_store()
store.add_article_graph(build_article_graph(ARTICLE, [make_frame()], run=RUN))
store.add_article_graph(build_article_graph(build_article("Other"), [], run=RUN))
parts = [format_graph(store, name) for name in EXPORTS if name != "html"] + list(format_tables(store).values())
print([hashlib.sha256(part).hexdigest() for part in parts])
"""


def test_bytes_do_not_depend_on_the_hash_seed() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", BUILD], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(outputs) == 1
