"""Outlines with fewer corners, shared boundaries staying shared: Visvalingam and Whyatt's algorithm on every arc alone.

An arc is the outline between two places where three regions or more meet; these stay, and so does whatever borders on
no data or on the edge of the raster: products that adjoin go on fitting, and the whole keeps its surface. Along the
rest, the corner whose triangle with its neighbours is smallest goes first, as long as it is under the limit
(Visvalingam and Whyatt, 1993, "Line generalisation by repeated elimination of points").

Surfaces are kept in balance: what an arc has moved to one side may outweigh what it has moved to the other by half the
limit at most; a corner that would upset this waits until others have gone. Without it, small round regions would lose
what convex corners hold.

Why no boundary can cross another. A corner may go only where no corner of the *original* outlines lies in its triangle
but those that its own arc had between the two neighbours. What is left of the outlines at any time is part of the
original corners, so that no arc is ever swept over a corner that still stands, in whatever order arcs are taken
(the invariant of de Berg, van Kreveld and Schirra, 1998, "Topologically correct subdivision simplification").

Why there is no seam. What becomes of an arc depends on the arc and on the original corners near it, not on the side
from which it is seen, nor on the strip, nor on what became of its neighbours: both polygons simplify it alike without
knowing of each other. Ties are broken by a mix of the coordinates, hence without a direction.
"""

from __future__ import annotations

from pathlib import Path
from typing import Optional

import numpy as np

from .rings import FIXED, Rings, doubled_areas, find_turns, unpack

_IN_MEMORY = 64 << 20
"""Bytes of the map of corners above which it lies in a scratch file."""

_NEVER = np.iinfo(np.int64).max
_MIX_BITS = 40


class CornerMap:
    """One bit for each pixel corner of the raster: whether an outline turns, or outlines meet, there.

    Args:
        width, height: of the raster in pixels.
        scratch: where the map of a large raster may lie.
    """

    def __init__(self, width: int, height: int, scratch: Optional[Path] = None) -> None:
        self.width = width
        shape = (height + 1, width // 8 + 1)
        if scratch is not None and shape[0] * shape[1] > _IN_MEMORY:
            scratch.parent.mkdir(parents=True, exist_ok=True)
            with open(scratch, "wb") as file:  # a disk that fills up says so here, not while the map is in use
                for _ in range(shape[0]):
                    file.write(bytes(shape[1]))
            self._rows: np.ndarray = np.memmap(scratch, np.uint8, "r+", shape=shape)
        else:
            self._rows = np.zeros(shape, np.uint8)

    def feed(self, above: np.ndarray, codes: np.ndarray, row0: int) -> None:
        """Enter the corners on the top edges of the rows of a strip; the arguments are those of ``find_corners``."""
        turns = find_turns(above, codes)[1]
        self._rows[row0 : row0 + len(codes)] = np.packbits(turns, axis=1, bitorder="little")

    def close(self) -> None:
        """Let go of the scratch file."""
        self._rows = np.zeros((0, 0), np.uint8)

    def at(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Bool, for each corner (x, y)."""
        return (self._rows[y, x >> 3] >> (x & 7).astype(np.uint8) & 1).astype(bool)


class Simplifier:
    """Simplifies the rings of finished regions.

    Args:
        corners: to be fed with each strip before the rings that end in it are simplified.
        limit: area of a triangle in pixels under which its corner goes.
    """

    def __init__(self, corners: CornerMap, limit: float) -> None:
        self.corners = corners
        self._limit = limit

    def __call__(self, rings: Rings) -> Rings:
        """The rings in the same order with fewer vertices; each still bounds its region's part of a partition."""
        if len(rings.sizes) == 0:
            return rings
        rings = _with_meetings(rings, self.corners)
        arcs = _Arcs(_rotated(rings), self.corners)
        kept = arcs.run(self._limit)
        sizes = np.add.reduceat(kept.astype(np.int64), np.cumsum(rings.sizes) - rings.sizes)
        return Rings(arcs.vertices[kept], sizes, rings.regions)


def _with_meetings(rings: Rings, corners: CornerMap) -> Rings:
    """The rings with the vertices where outlines of others end on their straight parts."""
    x, y = unpack(rings.vertices)
    ends = np.cumsum(rings.sizes)
    following = np.arange(1, len(x) + 1)
    following[ends - 1] = ends - rings.sizes
    dx, dy = x[following] - x, y[following] - y
    between = np.maximum(np.abs(dx), np.abs(dy)) - 1
    segment, step = expanded(between)
    step += 1
    at_x = x[segment] + step * np.sign(dx)[segment]
    at_y = y[segment] + step * np.sign(dy)[segment]
    found = corners.at(at_x, at_y)
    segment = segment[found]
    new = at_y[found] << 32 | at_x[found] << 2 | FIXED
    vertices = np.insert(rings.vertices, segment + 1, new)
    ring_of = np.repeat(np.arange(len(rings.sizes)), rings.sizes)
    sizes = rings.sizes + np.bincount(ring_of[segment], minlength=len(rings.sizes))
    return Rings(vertices, sizes, rings.regions)


def _rotated(rings: Rings) -> Rings:
    """Each ring from its first fixed vertex, or, where it has none, from its northernmost one, which is then fixed."""
    vertices = rings.vertices.copy()
    starts = np.cumsum(rings.sizes) - rings.sizes
    is_fixed = vertices & FIXED > 0
    free = ~np.logical_or.reduceat(is_fixed, starts)
    lowest = np.minimum.reduceat(vertices, starts)
    ring_of = np.repeat(np.arange(len(rings.sizes)), rings.sizes)
    anchors = free[ring_of] & (vertices == lowest[ring_of])
    vertices[anchors] |= FIXED
    index = np.arange(len(vertices))
    first = np.minimum.reduceat(np.where(is_fixed | anchors, index, len(vertices)), starts)
    turned = starts[ring_of] + (index + first[ring_of] - 2 * starts[ring_of]) % rings.sizes[ring_of]
    return Rings(vertices[turned], rings.sizes, rings.regions)


class _Arcs:
    """Rings that start at a fixed vertex, while corners go."""

    def __init__(self, rings: Rings, corners: CornerMap) -> None:
        self.vertices = rings.vertices
        self._corners = corners
        self._x, self._y = unpack(rings.vertices)
        count = len(self._x)
        starts = np.cumsum(rings.sizes) - rings.sizes
        index = np.arange(count)
        # A ring ends where it starts: what follows its last vertex has the place of the first one.
        self._next, self._previous = index + 1, index - 1
        self._next[starts + rings.sizes - 1] = starts
        self._previous[starts] = starts + rings.sizes - 1
        self._ends = np.repeat(starts + rings.sizes, rings.sizes)
        self._fixed = rings.vertices & FIXED > 0
        self._arc = np.cumsum(self._fixed) - 1
        self._left = np.bincount(self._arc) - 1
        heads = np.flatnonzero(self._fixed)
        ring_of = np.repeat(np.arange(len(rings.sizes)), rings.sizes)
        self._loop = np.bincount(ring_of[heads])[ring_of[heads]] == 1
        # An open arc from its lower end to its higher one, a closed one counter-clockwise.
        tails = np.append(heads[1:], 0)
        tails[np.bincount(ring_of[heads]).cumsum() - 1] = starts
        ahead = rings.vertices[heads] >> 2 < rings.vertices[tails] >> 2
        turning = doubled_areas(rings)[ring_of[heads]]
        self._sense = np.where(np.where(self._loop, turning > 0, ahead), 1, -1)
        position = self._y * (corners.width + 1) + self._x
        self._mix = _mixed(position)
        self._key = np.full(count, _NEVER)

    def run(self, limit: float) -> np.ndarray:
        """Take corners away until none under ``limit`` may go; bool (V), those that stay."""
        alive = np.ones(len(self._x), bool)
        twice = int(np.ceil(2 * limit - 1e-9))  # doubled areas are integers: under the limit is under this
        bound = max(twice // 2, 1)
        balance = np.zeros(len(self._left), np.int64)
        active = np.flatnonzero(~self._fixed)
        self._weigh(active, twice)
        active = active[self._key[active] != _NEVER]
        listed = np.zeros(len(alive), bool)
        stamp = np.zeros(len(alive), np.int64)
        asleep = np.zeros(0, np.int64)
        while len(active):
            key = self._key[active]
            lowest = (key < self._key[self._previous[active]]) & (key < self._key[self._next[active]])
            chosen = active[lowest]
            upsets = np.abs(balance[self._arc[chosen]] + self._moved(chosen)) > bound
            asleep = np.concatenate([asleep, chosen[upsets]])
            self._key[chosen[upsets]] = _NEVER
            chosen = self._one_where_few(chosen[~upsets])
            may = self._may_go(chosen)
            self._key[chosen[~may]] = _NEVER  # it waits until a neighbour goes
            gone = self._in_balance(chosen[may], balance, bound)
            before, after = self._previous[gone], self._next[gone]
            np.add.at(balance, self._arc[gone], self._moved(gone))
            np.subtract.at(self._left, self._arc[gone], 1)
            self._key[gone] = _NEVER
            alive[gone] = False
            self._next[before], self._previous[after] = after, before
            changed = np.concatenate([before, after])
            asleep = asleep[alive[asleep] & (self._key[asleep] == _NEVER)]
            wakes = np.abs(balance[self._arc[asleep]] + self._moved(asleep)) <= bound
            changed = np.concatenate([changed[~self._fixed[changed]], asleep[wakes]])
            asleep = asleep[~wakes]
            stamp[changed] = order = np.arange(len(changed))
            changed = changed[stamp[changed] == order]
            self._weigh(changed, twice)
            listed[active] = True
            new = changed[~listed[changed]]
            listed[active] = False
            active = np.concatenate([active, new])
            active = active[self._key[active] != _NEVER]
        return alive

    def _moved(self, at: np.ndarray) -> np.ndarray:
        """What goes to one side of an arc with each corner, doubled, the same way whichever side it is seen from."""
        return self._doubled(at) * self._sense[self._arc[at]]

    def _in_balance(self, chosen: np.ndarray, balance: np.ndarray, bound: int) -> np.ndarray:
        """Corners that may go together: of each arc, those to one side and those to the other in turn."""
        arc, moved = self._arc[chosen], self._moved(chosen)
        order = np.lexsort((self._key[chosen], moved > 0, arc))
        arc, moved, chosen = arc[order], moved[order], chosen[order]
        side = arc * 2 + (moved > 0)
        rank = np.arange(len(arc)) - np.searchsorted(side, side)
        # The side that is behind goes first.
        order = np.lexsort(((moved > 0) == (balance[arc] > 0), rank, arc))
        arc, moved, chosen = arc[order], moved[order], chosen[order]
        start = np.searchsorted(arc, arc)
        total = np.cumsum(moved)
        along = balance[arc] + total - (total[start] - moved[start] if len(arc) else 0)
        bad = np.cumsum(np.abs(along) > bound)
        return chosen[bad - (bad[start] - (np.abs(along) > bound)[start] if len(arc) else 0) == 0]

    def _weigh(self, at: np.ndarray, twice: int) -> None:
        """Key of each corner: its triangle's doubled area, then the mix of its coordinates."""
        area = np.abs(self._doubled(at))
        self._key[at] = np.where(area < twice, np.minimum(area, twice) << _MIX_BITS | self._mix[at], _NEVER)

    def _doubled(self, at: np.ndarray) -> np.ndarray:
        """Signed double area of the triangles of corners with their neighbours."""
        a, c = self._previous[at], self._next[at]
        ux, uy = self._x[at] - self._x[a], self._y[at] - self._y[a]
        return ux * (self._y[c] - self._y[a]) - uy * (self._x[c] - self._x[a])

    def _one_where_few(self, chosen: np.ndarray) -> np.ndarray:
        """Of an arc that has few corners left, the one of lowest key alone: they are counted from round to round."""
        few = self._left[self._arc[chosen]] <= 6
        rest = chosen[few]
        rest = rest[np.lexsort((self._key[rest], self._arc[rest]))]
        first = np.ones(len(rest), bool)
        first[1:] = self._arc[rest[1:]] != self._arc[rest[:-1]]
        return np.concatenate([chosen[~few], rest[first]])

    def _may_go(self, at: np.ndarray) -> np.ndarray:
        """Whether each corner may go without a ring collapsing or one boundary meeting another; bool."""
        arc = self._arc[at]
        left, loop = self._left[arc], self._loop[arc]
        a, c = self._previous[at], self._next[at]
        may = np.where(loop, left > 2, True)
        # Two arcs between the same two places must not both become the straight line between them: of the last
        # corners, only those on one side of it go, whichever way the arc is followed; and none where the other arc
        # may have been straight from the start.
        last = ~loop & (left == 1)
        may &= ~last | ((self._x[a] != self._x[c]) & (self._y[a] != self._y[c]))
        southwards = (self._y[a] < self._y[c]) | ((self._y[a] == self._y[c]) & (self._x[a] < self._x[c]))
        turn = self._doubled(at)
        may &= ~last | ((turn > 0) == southwards) | (turn == 0)
        tested = np.flatnonzero(may)
        may[tested] = self._only_own(at[tested], a[tested], c[tested])
        return may

    def _only_own(self, b: np.ndarray, a: np.ndarray, c: np.ndarray) -> np.ndarray:
        """Whether the closed triangle of each corner holds no original corner but those of its own arc."""
        x = np.stack([self._x[a], self._x[b], self._x[c]])
        y = np.stack([self._y[a], self._y[b], self._y[c]])
        every = _corners_in(x, y, self._corners)
        until = np.where(c > b, c, self._ends[b])  # the last corner of a ring is followed by its first
        triangle, step = expanded(until - a - 1)
        own = a[triangle] + 1 + step
        inside = _inside(x[:, triangle], y[:, triangle], self._x[own], self._y[own])
        return every == np.bincount(triangle[inside], minlength=len(b)) + 2


def _mixed(position: np.ndarray) -> np.ndarray:
    """A one-to-one mix of numbers under 2^40."""
    mask = (np.int64(1) << _MIX_BITS) - 1
    position = position * np.int64(0x9E3779B1) & mask
    position ^= position >> 17
    return position * np.int64(0x85EBCA6B) & mask


def expanded(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """0, 0, 1, 2, 2, 2 ... and 0, 1, 0, 0, 1, 2 ... for counts 2, 1, 3 ...; negative counts are none."""
    counts = np.maximum(counts, 0)
    owner = np.repeat(np.arange(len(counts)), counts)
    return owner, np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)


def _inside(x: np.ndarray, y: np.ndarray, px: np.ndarray, py: np.ndarray) -> np.ndarray:
    """Whether points lie in closed triangles, x and y int64 (3, T), px and py (T); a flat triangle is a segment."""
    sides = []
    for i in range(3):
        j = (i + 1) % 3
        sides.append((x[j] - x[i]) * (py - y[i]) - (y[j] - y[i]) * (px - x[i]))
    same = (np.minimum.reduce(sides) >= 0) | (np.maximum.reduce(sides) <= 0)
    in_box = (px >= x.min(axis=0)) & (px <= x.max(axis=0)) & (py >= y.min(axis=0)) & (py <= y.max(axis=0))
    return same & in_box


def _corners_in(x: np.ndarray, y: np.ndarray, corners: CornerMap) -> np.ndarray:
    """Corners of the map in closed triangles, x and y int64 (3, T), counted row by row; int64 (T)."""
    count = x.shape[1]
    top = y.min(axis=0)
    triangle, step = expanded(y.max(axis=0) - top + 1)
    row = top[triangle] + step
    left = np.full(len(row), np.iinfo(np.int64).max)
    right = np.full(len(row), -1)
    for i in range(3):
        j = (i + 1) % 3
        upper = np.where(y[i] <= y[j], i, j)
        lower = i + j - upper
        every = np.arange(count)
        x0, y0 = x[upper, every][triangle], y[upper, every][triangle]
        x1, y1 = x[lower, every][triangle], y[lower, every][triangle]
        on = (row >= y0) & (row <= y1)
        height = np.maximum(y1 - y0, 1)
        part = (x1 - x0) * (row - y0)
        level = y0 == y1
        first = np.where(level, np.minimum(x0, x1), x0 - (-part // height))
        last = np.where(level, np.maximum(x0, x1), x0 + part // height)
        left[on] = np.minimum(left, first)[on]
        right[on] = np.maximum(right, last)[on]
    span, along = expanded(right - left + 1)
    found = corners.at(left[span] + along, row[span])
    return np.bincount(triangle[span][found], minlength=count)
