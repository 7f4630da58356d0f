"""Unconnected parts of the page, side by side in rows."""

from collections.abc import Mapping, Sequence
from math import sqrt

from kg.exporters.view_boxes import Box

__all__ = ["find_bounds", "stand_in_rows"]

#: Width to height of a screen.
ASPECT = 1.5
#: Free pixels between parts, across and down.
ACROSS, DOWN = 80, 60

Place = tuple[int, int]
Rectangle = tuple[int, int, int, int]


def find_bounds(places: Mapping[str, Place], boxes: Mapping[str, Box]) -> Rectangle:
    """Left, top, right, bottom of all boxes."""
    return (
        min(x - boxes[iri].width // 2 for iri, (x, _) in places.items()),
        min(y - boxes[iri].height // 2 for iri, (_, y) in places.items()),
        max(x + boxes[iri].width // 2 for iri, (x, _) in places.items()),
        max(y + boxes[iri].height // 2 for iri, (_, y) in places.items()),
    )


def stand_in_rows(parts: Sequence[Mapping[str, Place]], boxes: Mapping[str, Box]) -> dict[str, Place]:
    """Rows about as wide as the largest part or as a screen of them all; low parts stand beneath each other in one row."""
    bounds = [find_bounds(part, boxes) for part in parts]
    area = sum((right - left + ACROSS) * (bottom - top + DOWN) for left, top, right, bottom in bounds)
    widest = max([right - left for left, _, right, _ in bounds], default=0)
    shelf = _Shelf(max(widest, round(sqrt(area * ASPECT))))
    places: dict[str, Place] = {}
    for part, (left, top, right, bottom) in zip(parts, bounds, strict=True):
        x, y = shelf.take_room(right - left, bottom - top)
        places.update({iri: (spot[0] - left + x, spot[1] - top + y) for iri, spot in part.items()})
    return places


class _Shelf:
    """Rows of at most ``limit`` pixels; each is as high as its highest part, and holds columns of parts."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.top, self.height = 0, 0
        self.left, self.right, self.bottom = 0, 0, 0

    def take_room(self, width: int, height: int) -> Place:
        """The upper left corner of a part of that size."""
        beneath = self.bottom + DOWN
        if self.right and self.left + width <= self.right and beneath + height <= self.top + self.height:
            self.bottom = beneath + height
            return self.left, beneath
        self.left = self.right + ACROSS if self.right else 0
        if self.left and self.left + width > self.limit:
            self.top += self.height + DOWN
            self.left, self.height = 0, 0
        self.right, self.bottom = self.left + width, self.top + height
        self.height = max(self.height, height)
        return self.left, self.top
