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
    """The decision on top; beneath it one or two columns of limits."""
    half = _find_half([boxes[iri].height for iri in limits])
    columns = [column for column in (limits[:half], limits[half:]) if column]
    widths = [max(boxes[iri].width for iri in column) for column in columns]
    wide = max(boxes[decision].width, sum(widths) + ALLEY * (len(columns) - 1))
    high = boxes[decision].height + DROP + max(_measure_column(column, boxes) for column in columns)
    members = [(decision, (0, -(high // 2) + boxes[decision].height // 2))]
    left = -(sum(widths) + ALLEY * (len(columns) - 1)) // 2
    for column, width in zip(columns, widths, strict=True):
        top = -(high // 2) + boxes[decision].height + DROP
        for iri in column:
            members.append((iri, (left + width // 2, top + boxes[iri].height // 2)))
            top += boxes[iri].height + GAP
        left += width + ALLEY
    return Block(Box(wide + 2 * AROUND, high + 2 * AROUND, ()), tuple(members))


def _find_half(heights: Sequence[int]) -> int:
    """How many limits stand in the first column, so that the longer of the two is shortest."""
    if len(heights) <= COLUMN:
        return len(heights)
    return min(
        range(1, len(heights)),
        key=[max(sum(heights[:at]), sum(heights[at:])) for at in range(len(heights))].__getitem__,
    )


def _measure_column(column: Sequence[str], boxes: Mapping[str, Box]) -> int:
    return sum(boxes[iri].height for iri in column) + GAP * (len(column) - 1)


def spread_blocks(places: Mapping[str, Place], blocks: Mapping[str, Block]) -> dict[str, Place]:
    """The centres of all nodes from those of blocks and single nodes."""
    spread = dict(places)
    for decision, block in blocks.items():
        x, y = places[decision]
        spread.update({iri: (x + across, y + down) for iri, (across, down) in block.members})
    return spread
