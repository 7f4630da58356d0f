"""A placed group made easier to read: boxes move while lines get shorter, cross less, and pass under fewer boxes.

Plain hill climbing over a fixed list of moves: no chance, the same result on every machine.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["untangle"]

#: What a line costs for a pixel of its length, for a box that it passes under, for a line that it crosses.
PIXEL, UNDER, CROSSING = 0.01, 4.0, 1.2
#: What a box costs for a pixel from the middle of all; downwards and upwards counts double, as screens are wide.
OUTWARD = 0.005
#: Passes over all boxes at most.
ROUNDS = 8
#: Steps that a box tries, in boxes of average size, around where it is and around the middle of its neighbours.
STEPS = ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1), (2, 0), (-2, 0), (0, 2), (0, -2))
#: Average box with its margin, in pixels.
STRIDE = (110.0, 52.0)

Array = NDArray[np.float64]
Place = tuple[int, int]


def untangle(
    places: Mapping[str, Place], sizes: Mapping[str, tuple[int, int]], edges: Sequence[tuple[str, str]]
) -> dict[str, Place]:
    """New centres in pixels; ``sizes`` are boxes with their margins, which stay apart as they were."""
    names = sorted(places)
    index = {name: place for place, name in enumerate(names)}
    tangle = _Tangle(
        np.array([places[name] for name in names], dtype=np.float64),
        np.array([sizes[name] for name in names], dtype=np.float64) / 2,
        np.array([(index[one], index[other]) for one, other in edges], dtype=np.int64).reshape(-1, 2),
    )
    for _ in range(ROUNDS):
        moved = [tangle.improve(place) for place in range(len(names))]
        if not any(moved):
            break
    return {name: (round(float(x)), round(float(y))) for name, (x, y) in zip(names, tangle.spots, strict=True)}


class _Tangle:
    """Centres, half sizes and edges (pairs of places) as arrays."""

    def __init__(self, spots: Array, halves: Array, edges: NDArray[np.int64]) -> None:
        self.spots = spots
        self.halves = halves
        self.edges = edges
        self.own = [np.flatnonzero((edges == place).any(axis=1)) for place in range(len(spots))]

    def improve(self, place: int) -> bool:
        """Move one box to the cheapest of the free spots that it tries; False where it stays."""
        if not len(self.own[place]):
            return False
        others = self.edges[self.own[place]].ravel()
        middle = np.round(self.spots[others[others != place]].mean(axis=0))
        start = self.spots[place].copy()
        best, least = start, self.cost(place) - 0.05
        for base in (start, middle):
            for across, down in STEPS:
                self.spots[place] = base + np.array((across * STRIDE[0], down * STRIDE[1]))
                if self.is_free(place) and (cost := self.cost(place)) < least:
                    best, least = self.spots[place].copy(), cost
        self.spots[place] = best
        return best is not start

    def is_free(self, place: int) -> bool:
        """Whether the box meets no other box."""
        gap = np.abs(self.spots - self.spots[place])
        meets = (gap < self.halves + self.halves[place]).all(axis=1)
        return int(meets.sum()) == 1

    def cost(self, place: int) -> float:
        """What the lines of a box, the lines under it and its place cost."""
        own = self.own[place]
        mine = self.edges[own]
        length = self.spots[mine[:, 0]] - self.spots[mine[:, 1]]
        pixels = float(np.sqrt((length * length)[:, 0] + (length * length)[:, 1]).sum())
        under = self.count_under(mine, np.arange(len(self.spots)))
        rest = np.delete(self.edges, own, axis=0)
        under += self.count_under(rest, np.array([place]))
        return pixels * PIXEL + under * UNDER + self.count_crossings(mine, rest) * CROSSING + self.cost_outward(place)

    def cost_outward(self, place: int) -> float:
        gap = self.spots[place] - self.spots.mean(axis=0)
        return float(np.sqrt(gap[0] * gap[0] + 2 * gap[1] * gap[1])) * OUTWARD

    def count_under(self, lines: NDArray[np.int64], boxes: NDArray[np.int64]) -> int:
        """Pairs of a line and a box, not one of its ends, that it passes under (separating axes)."""
        one, other = self.spots[lines[:, 0]], self.spots[lines[:, 1]]
        middle, reach = (one + other) / 2, (other - one) / 2
        gap = self.spots[boxes][None] - middle[:, None]
        half = self.halves[boxes][None] - 6
        wide = (np.abs(gap) < half + np.abs(reach)[:, None]).all(axis=2)
        turn = np.abs(reach[:, None, 0] * gap[..., 1] - reach[:, None, 1] * gap[..., 0])
        near = turn < half[..., 0] * np.abs(reach)[:, None, 1] + half[..., 1] * np.abs(reach)[:, None, 0]
        ends = (boxes[None] == lines[:, :1]) | (boxes[None] == lines[:, 1:])
        return int((wide & near & ~ends).sum())

    def count_crossings(self, mine: NDArray[np.int64], rest: NDArray[np.int64]) -> int:
        a, b = self.spots[mine[:, 0]][:, None], self.spots[mine[:, 1]][:, None]
        c, d = self.spots[rest[:, 0]][None], self.spots[rest[:, 1]][None]
        apart = (_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0)
        return int(apart.sum())


def _side(a: Array, b: Array, c: Array) -> Array:
    """On which side of the line from ``a`` to ``b`` the point ``c`` lies."""
    side: Array = np.sign(
        (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0])
    )
    return side
