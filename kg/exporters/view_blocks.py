"""Decisions with their limits beneath them: blocks that the layout moves as one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.exporters.view_boxes import Box
from kg.exporters.view_data import ViewNode

__all__ = ["Block", "form_blocks", "spread_blocks"]

#: Free pixels between a decision and its limits, between the limits, between their columns, and around them all.
DROP, GAP, ALLEY, AROUND = 24, 15, 24, 11
#: Limits in one column at most, before there are two.
COLUMN = 3
#: A block with more columns than that is at most so many times as high as it is wide.
HIGHEST = 1.0

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Block:
    """A box for the whole, and the centre of each member from the centre of the block."""

    box: Box
    members: tuple[tuple[str, Place], ...]


def form_blocks(nodes: Iterable[ViewNode], boxes: Mapping[str, Box]) -> dict[str, Block]:
    """A block for each decision that has limits, by the decision's id."""
    limits: dict[str, list[str]] = {}
    for node in sorted(nodes, key=_by_effect):
        if node.kind == "limit" and node.parent in boxes:
            limits.setdefault(node.parent, []).append(node.id)
    return {decision: _form_block(decision, members, boxes) for decision, members in limits.items()}


def _by_effect(node: ViewNode) -> tuple[bool, str, str]:
    """What a limit leaves comes before what it takes away."""
    return node.effect == "except", node.effect, node.id


def _form_block(decision: str, limits: Sequence[str], boxes: Mapping[str, Box]) -> Block:
    """The decision on top; beneath it columns of limits."""
    columns = _list_columns(limits, boxes)
    widths = [_measure_width(column, boxes) for column in columns]
    wide = max(boxes[decision].width, sum(widths) + ALLEY * (len(columns) - 1))
    high = boxes[decision].height + DROP + max(_measure_height(column, boxes) for column in columns)
    members = [(decision, (0, -(high // 2) + boxes[decision].height // 2))]
    left = -(sum(widths) + ALLEY * (len(columns) - 1)) // 2
    for column, width in zip(columns, widths, strict=True):
        top = -(high // 2) + boxes[decision].height + DROP
        for iri in column:
            members.append((iri, (left + width // 2, top + boxes[iri].height // 2)))
            top += boxes[iri].height + GAP
        left += width + ALLEY
    return Block(Box(wide + 2 * AROUND, high + 2 * AROUND, ()), tuple(members))


def _list_columns(limits: Sequence[str], boxes: Mapping[str, Box]) -> list[Sequence[str]]:
    """One column for a few limits; for more as many as keep the block from being a tower."""
    count = 1 if len(limits) <= COLUMN else 2
    columns = _fill_columns(limits, boxes, count)
    while count > 1 and len(columns) == count and _is_tower(columns, boxes):
        count += 1
        columns = _fill_columns(limits, boxes, count)
    return columns


def _is_tower(columns: Sequence[Sequence[str]], boxes: Mapping[str, Box]) -> bool:
    wide = sum(_measure_width(column, boxes) + ALLEY for column in columns)
    return max(_measure_height(column, boxes) for column in columns) > HIGHEST * wide


def _fill_columns(limits: Sequence[str], boxes: Mapping[str, Box], count: int) -> list[Sequence[str]]:
    """The limits in order in at most ``count`` columns, the longest as short as can be."""
    heights = [boxes[iri].height + GAP for iri in limits]
    low, high = max(heights), sum(heights)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if len(_cut_columns(heights, middle)) <= count else (middle + 1, high)
    ends = _cut_columns(heights, low)
    return [limits[first:end] for first, end in zip([0, *ends], ends, strict=False)]


def _cut_columns(heights: Sequence[int], highest: int) -> list[int]:
    """Where columns end that are filled one after the other up to a height."""
    ends, used = [], 0
    for number, height in enumerate(heights):
        if used + height > highest:
            ends.append(number)
            used = 0
        used += height
    return [*ends, len(heights)]


def _measure_width(column: Sequence[str], boxes: Mapping[str, Box]) -> int:
    return max(boxes[iri].width for iri in column)


def _measure_height(column: Sequence[str], boxes: Mapping[str, Box]) -> int:
    return sum(boxes[iri].height for iri in column) + GAP * (len(column) - 1)


def spread_blocks(places: Mapping[str, Place], blocks: Mapping[str, Block]) -> dict[str, Place]:
    """The centres of all nodes from those of blocks and single nodes."""
    spread = dict(places)
    for decision, block in blocks.items():
        x, y = places[decision]
        spread.update({iri: (x + across, y + down) for iri, (across, down) in block.members})
    return spread
