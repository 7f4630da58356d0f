"""A floor on which boxes find free room, the nearest to where they wish to be."""

from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["Floor"]


class Floor:
    """Cells of ``cell`` (width, height) pixels, taken or free; it grows as needed."""

    def __init__(self, *, cell: tuple[int, int]) -> None:
        self.cell = cell
        self.middle = 256
        self.taken: NDArray[np.bool_] = np.zeros((512, 512), dtype=np.bool_)

    def take_room(self, wish: tuple[int, int], size: tuple[int, int]) -> tuple[int, int]:
        """The free centre nearest to ``wish`` for a box of ``size`` pixels, which is taken from then on."""
        for across, down in _walk_spiral():
            spot = (wish[0] + across * self.cell[0], wish[1] + down * self.cell[1])
            if self._is_taken(spot):
                continue  # a look at one cell saves most looks at all of them
            top, bottom, left, right = self._find_cells(spot, size)
            if not self.taken[top:bottom, left:right].any():
                self.occupy(spot, size)
                return spot
        raise AssertionError("a spiral has no end")

    def occupy(self, spot: tuple[int, int], size: tuple[int, int]) -> None:
        top, bottom, left, right = self._find_cells(spot, size)
        self.taken[top:bottom, left:right] = True

    def _is_taken(self, spot: tuple[int, int]) -> bool:
        """Whether something stands at this very point."""
        row, column = spot[1] // self.cell[1] + self.middle, spot[0] // self.cell[0] + self.middle
        return 0 <= row < len(self.taken) and 0 <= column < len(self.taken) and bool(self.taken[row, column])

    def _find_cells(self, spot: tuple[int, int], size: tuple[int, int]) -> tuple[int, int, int, int]:
        """Top, bottom, left and right of a box in cells, the ends not included."""
        while True:
            top = (spot[1] - size[1] // 2) // self.cell[1] + self.middle
            bottom = -(-(spot[1] + size[1] // 2) // self.cell[1]) + self.middle
            left = (spot[0] - size[0] // 2) // self.cell[0] + self.middle
            right = -(-(spot[0] + size[0] // 2) // self.cell[0]) + self.middle
            if min(top, left) >= 0 and max(bottom, right) < len(self.taken):
                return top, bottom, left, right
            self._grow()

    def _grow(self) -> None:
        self.taken = np.pad(self.taken, self.middle)
        self.middle *= 2


def _walk_spiral() -> Iterator[tuple[int, int]]:
    """Steps in cells from the nearest outwards, without end; further out the rings are coarser."""
    radius = 0
    while True:
        yield from _list_ring(radius)
        radius += 1 + radius // 12


@cache
def _list_ring(radius: int) -> tuple[tuple[int, int], ...]:
    """The cells of a square ring, those nearest to the axes first, in a fixed order."""
    if not radius:
        return ((0, 0),)
    step = 1 + radius // 12
    ring = {
        place
        for along in range(-radius, radius + 1, step)
        for place in ((along, -radius), (along, radius), (-radius, along), (radius, along))
    }
    return tuple(sorted(ring, key=lambda place: (place[0] * place[0] + place[1] * place[1], place)))
