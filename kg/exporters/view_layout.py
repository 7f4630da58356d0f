"""Where each node of the page stands: computed once, the same on every machine, without overlaps.

Groups of closely linked nodes are laid out by themselves: spring forces (after Fruchterman and Reingold 1991, in a space
where every box is about one unit wide and high) say where a node wants to be, and it gets the nearest free room. Groups
find room beside each other in the same way, unconnected parts stand in rows. networkx finds the groups. Its own layouts
know nothing of label sizes and sum in an order that depends on the processor, so that the last bits, and after some
iterations whole positions, would differ between machines; here every sum runs over rows, one after the other.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import ceil, cos, pi, sin, sqrt

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.errors import ExportError
from kg.exporters.view_blocks import form_blocks, spread_blocks
from kg.exporters.view_boxes import Box, measure_node
from kg.exporters.view_data import ViewData, ViewNode
from kg.exporters.view_room import Floor
from kg.exporters.view_rows import find_bounds, stand_in_rows
from kg.exporters.view_untangling import untangle

__all__ = ["LAYOUTS", "Place", "place_nodes"]

#: Layouts by name: ``story`` puts what belongs together close, ``columns`` reads from left to right.
LAYOUTS = ("story", "columns")
#: Kinds that are placed first; the others find room around them, as do sources of more decisions than ``HUB``.
FIRST = ("decision", "actor", "limit", "source")
HUB = 24
#: Width and height of the unit of the force space, in pixels.
UNIT = (160.0, 100.0)
#: Free pixels around a box, across and down.
MARGIN = (32, 24)
#: Pull to the middle: at pi, boxes of one unit would fill a disc.
GRAVITY = 2.4
#: Nodes of a group at most; larger groups are halved.
LARGEST_GROUP = 110
#: Graphs of at most so many nodes in all are untangled.
CALM = 600
#: Order of the columns layout.
COLUMNS = {"source": 0, "actor": 1, "decision": 2, "limit": 3}

Place = tuple[int, int]
Array = NDArray[np.float64]


def place_nodes(view: ViewData, *, layout: str = "story") -> tuple[dict[str, Place], dict[str, Box]]:
    """Centre (x, y) in pixels, y down, and box of each node. Raises ``ExportError`` for an unknown layout."""
    if layout not in LAYOUTS:
        raise ExportError(f"unknown layout {layout!r}; allowed: {', '.join(LAYOUTS)}")
    boxes = {node.id: measure_node(node) for node in view.nodes}
    nodes = sorted(view.nodes, key=_by_id)
    first = [node for node in nodes if node.kind in FIRST]
    links = _collect_links(view)
    if layout == "columns":
        places = _place_columns(first, boxes, links)
        taken = [(spot, boxes[iri]) for iri, spot in places.items()]
    else:
        links, first = _leave_hubs(links, first)
        blocks = form_blocks(first, boxes)
        inside = {iri for block in blocks.values() for iri, _ in block.members} - blocks.keys()
        outer = [node for node in first if node.id not in inside]
        outer_boxes = {node.id: blocks[node.id].box if node.id in blocks else boxes[node.id] for node in outer}
        spots = _place_parts(outer, outer_boxes, links)
        taken = [(spot, outer_boxes[iri]) for iri, spot in spots.items()]
        places = spread_blocks(spots, blocks)
    _place_rest([node for node in nodes if node.id not in places], places, boxes, links, taken)
    return places, boxes


def _by_id(node: ViewNode) -> str:
    return node.id


def _collect_links(view: ViewData) -> dict[str, list[str]]:
    links: dict[str, set[str]] = defaultdict(set)
    for edge in view.edges:
        if edge.source != edge.target:
            links[edge.source].add(edge.target)
            links[edge.target].add(edge.source)
    return {node.id: sorted(links[node.id]) for node in view.nodes}


def _leave_hubs(links: dict[str, list[str]], nodes: list[ViewNode]) -> tuple[dict[str, list[str]], list[ViewNode]]:
    """Without sources of very many decisions, which would draw everything together."""
    hubs = {node.id for node in nodes if node.kind == "source" and len(links[node.id]) > HUB}
    kept = {
        iri: others if iri in hubs else [other for other in others if other not in hubs]
        for iri, others in links.items()
    }
    return kept, [node for node in nodes if node.id not in hubs]


def _place_parts(
    nodes: Sequence[ViewNode], boxes: Mapping[str, Box], links: Mapping[str, list[str]]
) -> dict[str, Place]:
    """Each connected part by itself, then the parts in rows, the largest first."""
    ids = [node.id for node in nodes]
    index = {iri: place for place, iri in enumerate(ids)}
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(ids)))
    graph.add_edges_from((index[iri], index[other]) for iri in ids for other in links[iri] if other in index)
    parts = sorted(map(sorted, nx.connected_components(graph)), key=_by_size)
    placed = [
        _place_part([[ids[place] for place in group] for group in _find_groups(graph, part)], boxes, links)
        for part in parts
    ]
    return stand_in_rows(placed, boxes)


def _by_size(part: list[int]) -> tuple[int, int]:
    return -len(part), part[0]


def _find_groups(graph: "nx.Graph[int]", part: list[int]) -> list[list[int]]:
    """Communities of a large part (Louvain, Blondel et al. 2008) in a fixed order; a small part is one group."""
    if len(part) <= LARGEST_GROUP:
        return [part]
    found = nx.community.louvain_communities(graph.subgraph(part), seed=7, resolution=1.2)
    groups = [piece for community in found for piece in _split_group(sorted(community))]
    return sorted(groups, key=_by_size)


def _split_group(group: list[int]) -> list[list[int]]:
    size = ceil(len(group) / ceil(len(group) / LARGEST_GROUP))
    return [group[start : start + size] for start in range(0, len(group), size)]


def _place_part(
    groups: Sequence[Sequence[str]], boxes: Mapping[str, Box], links: Mapping[str, list[str]]
) -> dict[str, Place]:
    """Groups find room near the middle of what they are linked to, the largest first."""
    places: dict[str, Place] = {}
    floor = Floor(cell=(48, 36))
    for group in groups:
        inner = _place_group(group, boxes, links, calm=len(boxes) <= CALM)
        left, top, right, bottom = find_bounds(inner, boxes)
        near = [places[other] for iri in group for other in links[iri] if other in places] or [(0, 0)]
        wish = (round(_mean([x for x, _ in near])), round(_mean([y for _, y in near])))
        x, y = floor.take_room(wish, (right - left + 2 * MARGIN[0], bottom - top + 2 * MARGIN[1]))
        move = (x - (left + right) // 2, y - (top + bottom) // 2)
        places.update({iri: (spot[0] + move[0], spot[1] + move[1]) for iri, spot in inner.items()})
    return places


def _place_group(
    group: Sequence[str], boxes: Mapping[str, Box], links: Mapping[str, list[str]], *, calm: bool
) -> dict[str, Place]:
    """Spring forces for the wish, then the nearest free room; decisions with most links choose first.

    A ``calm`` group is untangled, which takes about a second for a hundred nodes.
    """
    sizes = {iri: (boxes[iri].width + MARGIN[0], boxes[iri].height + MARGIN[1]) for iri in group}
    index = {iri: place for place, iri in enumerate(group)}
    edges = [(index[iri], index[other]) for iri in group for other in links[iri] if index.get(other, -1) > index[iri]]
    wishes = _spring(_spiral(len(group), edges), np.array(edges, dtype=np.int64).reshape(-1, 2)) * np.array(UNIT)
    floor = Floor(cell=(12, 9))
    places: dict[str, Place] = {}
    for iri in sorted(group, key=lambda iri: (not iri.startswith("decision"), -len(links[iri]), iri)):
        wish = (round(float(wishes[index[iri], 0])), round(float(wishes[index[iri], 1])))
        places[iri] = floor.take_room(wish, sizes[iri])
    if calm:
        places = untangle(places, sizes, [(group[one], group[other]) for one, other in edges])
    return places


def _spiral(count: int, edges: Sequence[tuple[int, int]]) -> Array:
    """A start that is the same everywhere: a sunflower, the best linked in the middle."""
    degree = [0] * count
    for one, other in edges:
        degree[one] += 1
        degree[other] += 1
    spots = np.zeros((count, 2))
    golden = pi * (3 - sqrt(5))
    for rank, place in enumerate(sorted(range(count), key=degree.__getitem__, reverse=True)):
        radius = 0.8 * sqrt(rank)
        spots[place] = (round(radius * cos(rank * golden), 4), round(radius * sin(rank * golden), 4))
    return spots


def _spring(spots: Array, pairs: NDArray[np.int64]) -> Array:
    """Spring forces, cooling; the unit is the wished distance of linked nodes."""
    if len(spots) < 2:
        return spots
    rounds = 200
    for turn in range(rounds):
        gap = spots[:, None, :] - spots[None, :, :]
        square = gap[..., 0] * gap[..., 0] + gap[..., 1] * gap[..., 1] + 0.01
        force = -(gap / square[..., None]).sum(axis=0) - GRAVITY * spots
        pull = spots[pairs[:, 0]] - spots[pairs[:, 1]]
        pull *= np.sqrt(pull[:, 0] * pull[:, 0] + pull[:, 1] * pull[:, 1])[:, None]
        np.add.at(force, pairs[:, 0], -pull)
        np.add.at(force, pairs[:, 1], pull)
        length = np.sqrt(force[:, 0] * force[:, 0] + force[:, 1] * force[:, 1]) + 1e-9
        heat = 0.5 * (1 - turn / rounds) + 0.01
        spots = spots + force * (np.minimum(length, heat) / length)[:, None]
    return np.round(spots, 3)


def _place_columns(
    nodes: Sequence[ViewNode], boxes: Mapping[str, Box], links: Mapping[str, list[str]]
) -> dict[str, Place]:
    """Sources, actors, decisions and limits side by side; each column in the order of what it is linked to."""
    columns: dict[int, list[str]] = defaultdict(list)
    for node in nodes:
        columns[COLUMNS[node.kind]].append(node.id)
    rank = {iri: float(place) for column in columns.values() for place, iri in enumerate(column)}
    for column in [2, 3, 1, 2, 0, 1, 3] * 3:
        members = columns[column]
        middle = {iri: _mean([rank[other] for other in links[iri] if other in rank], rank[iri]) for iri in members}
        members.sort(key=lambda iri: (middle[iri], iri))
        scale = max(map(len, columns.values())) / max(1, len(members))
        rank.update({iri: place * scale for place, iri in enumerate(members)})
    places: dict[str, Place] = {}
    for column, members in columns.items():
        y = -sum(boxes[iri].height + MARGIN[1] for iri in members) / 2
        for iri in members:
            places[iri] = (column * 420, round(y + boxes[iri].height / 2))
            y += boxes[iri].height + MARGIN[1]
    return places


def _mean(values: Sequence[float], otherwise: float = 0.0) -> float:
    return sum(values) / len(values) if values else otherwise


def _place_rest(
    nodes: Sequence[ViewNode],
    places: dict[str, Place],
    boxes: Mapping[str, Box],
    links: Mapping[str, list[str]],
    taken: Sequence[tuple[Place, Box]],
) -> None:
    """Claims, articles and passages where there is room next to what they belong to."""
    floor = Floor(cell=(16, 12))
    for spot, box in taken:
        floor.occupy(spot, (box.width + 8, box.height + 6))
    order = ("source", "claim", "article", "passage")
    for node in sorted(nodes, key=lambda node: (order.index(node.kind), node.id)):
        near = [places[other] for other in links[node.id] if other in places] or [(0, 0)]
        wish = (round(_mean([x for x, _ in near])), round(_mean([y for _, y in near])))
        box = boxes[node.id]
        places[node.id] = floor.take_room(wish, (box.width + 8, box.height + 6))
