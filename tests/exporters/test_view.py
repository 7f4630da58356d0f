"""What the page is told: from the store, cut to what was asked for, placed without overlaps."""

from dataclasses import replace
from itertools import combinations

import pyoxigraph as ox
import pytest

from kg.errors import ExportError
from kg.exporters.view_boxes import measure_node, wrap_text
from kg.exporters.view_data import KINDS, ViewData, ViewNode
from kg.exporters.view_layout import LAYOUTS, place_nodes
from kg.exporters.view_reading import read_view
from kg.exporters.view_selection import Skeleton, select_decisions
from kg.exporters.view_statements import Statements
from kg.store import Store
from kg.terms import expand_name
from tests.exporters.views import HOSTILE, STORY, make_hostile_view, make_large_view
from tests.fused import make_fused_store


@pytest.fixture(scope="module")
def store() -> Store:
    return make_fused_store()


@pytest.fixture(scope="module")
def view(store: Store) -> ViewData:
    return read_view(store)


def node_of(view: ViewData, kind: str) -> ViewNode:
    return next(node for node in view.nodes if node.kind == kind)


def test_every_kind_of_node_is_read(view: ViewData) -> None:
    assert {node.kind for node in view.nodes} == set(KINDS)
    decision = node_of(view, "decision")
    assert (decision.type, decision.status, decision.agreement) == ("permit", "made", "single-origin")
    limit = node_of(view, "limit")
    assert (limit.label, limit.effect, limit.type, limit.parent) == ("until 31 March", "only", "temporal", decision.id)
    assert node_of(view, "source").label == "Valley Radio"


def test_edges_join_nodes_of_the_view(view: ViewData) -> None:
    ids = {node.id for node in view.nodes}
    assert {end for edge in view.edges for end in (edge.source, edge.target)} <= ids
    roles = {edge.role for edge in view.edges}
    assert {"decides", "recipient", "limit", "says", "reports", "tells", "quotes"} == roles


def test_evidence_is_a_slice_of_the_article(view: ViewData, store: Store) -> None:
    [text] = [
        str(row["text"].value)
        for row in store.query("SELECT ?text { GRAPH ?g { ?a nif:isString ?text } }")  # type: ignore[union-attr]
    ]
    assert view.evidence
    for evidence in view.evidence:
        assert text[evidence.start : evidence.end] == evidence.quote
        around = f"{evidence.before.removeprefix('…')}{evidence.quote}{evidence.after.removesuffix('…')}"
        assert around in text
        assert evidence.chain


def test_evidence_of_decisions_and_limits_can_be_followed(view: ViewData) -> None:
    for kind in ("decision", "limit", "actor", "source", "claim", "passage"):
        assert node_of(view, kind).evidence, kind
    assert all(0 <= at < len(view.evidence) for node in view.nodes for at in node.evidence)


def test_coverage_and_timeline_are_read(view: ViewData) -> None:
    assert [row.node for row in view.coverage.rows] == [node_of(view, "decision").id, node_of(view, "limit").id]
    assert {state for row in view.coverage.rows for state, _ in row.cells} == {"asserted"}
    assert [event.kind for event in view.timeline] == ["report", "limit"]


@pytest.mark.parametrize("focus", ["city council", "Town Hall", "CITY", "play after"])
def test_a_focus_is_found_by_name_or_part_of_it(store: Store, focus: str) -> None:
    assert node_of(read_view(store, focus=focus, depth=1), "decision")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"focus": "nobody at all"}, "no actor or decision is called 'nobody at all'"),
        ({"focus": "c"}, "name one by its IRI"),
        ({"types": ["allow"]}, "unknown decision type 'allow'; allowed: permit"),
        ({"since": "yesterday"}, "since 'yesterday' is no day; write it as 2025-03-01"),
        ({"max_nodes": 0}, "max_nodes 0"),
    ],
)
def test_what_cannot_be_shown_is_refused_by_name(store: Store, options: dict[str, object], message: str) -> None:
    with pytest.raises(ExportError, match=message):
        read_view(store, **options)  # type: ignore[arg-type]


def test_types_and_days_narrow_the_view(store: Store) -> None:
    assert not read_view(store, types=["warn"]).nodes
    assert not read_view(store, until="1990-01-01").nodes
    assert read_view(store, types=["permit"], since="1990-01-01").nodes


def test_what_was_not_asked_for_is_said() -> None:
    one = Skeleton(
        iri="d1", type="permit", actors=(), recipients=(), limits=(), origins=(), claims=(), days=(), weight=(1,)
    )
    fused = Statements(())
    chosen, omission = select_decisions([one, replace(one, iri="d2", type="warn")], fused, types=["warn"])
    assert [each.iri for each in chosen] == ["d2"]
    assert omission
    assert omission.reason == "This page shows 1 of 2 decisions: types warn."


def test_of_an_actor_and_a_decision_of_one_name_the_actor_is_meant() -> None:
    parts = ("actor", "decision")
    label = expand_name("rdfs:label")
    fused = Statements(ox.Quad(ox.NamedNode(f"x:{part}"), ox.NamedNode(label), ox.Literal("Ford")) for part in parts)
    one = Skeleton(
        iri="x:decision",
        type="warn",
        actors=("x:actor",),
        recipients=(),
        limits=(),
        origins=(),
        claims=(),
        days=(),
        weight=(1,),
    )
    other = replace(one, iri="x:other", actors=())
    assert select_decisions([one, other], fused, focus="ford", depth=1)[0] == [one]


def test_what_there_is_no_room_for_is_said(store: Store) -> None:
    view = read_view(store, max_nodes=2)
    assert view.omission is None or "kg view --focus" in view.omission.reason
    assert node_of(view, "decision")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("view", [STORY, make_hostile_view(), make_large_view(200)], ids=["story", "hostile", "large"])
def test_no_box_lies_over_another(view: ViewData, layout: str) -> None:
    places, boxes = place_nodes(view, layout=layout)
    assert places.keys() == {node.id for node in view.nodes}
    for one, other in combinations(sorted(places), 2):
        across = abs(places[one][0] - places[other][0]) * 2 < boxes[one].width + boxes[other].width
        down = abs(places[one][1] - places[other][1]) * 2 < boxes[one].height + boxes[other].height
        assert not (across and down), f"{one} lies over {other}"


def test_the_order_of_the_nodes_does_not_move_them() -> None:
    turned = ViewData(nodes=STORY.nodes[::-1], edges=STORY.edges[::-1])
    assert place_nodes(turned)[0] == place_nodes(STORY)[0]


@pytest.mark.parametrize("text", [*HOSTILE, "", " ", "x" * 5000, "字" * 80])
def test_labels_fit_their_boxes(text: str) -> None:
    for kind in KINDS:
        box = measure_node(ViewNode(id="a", kind=kind, label=text))
        assert box.width <= 340
        assert 1 <= len(box.lines) <= 4
    assert all(wrap_text(text, columns=20, rows=2))
