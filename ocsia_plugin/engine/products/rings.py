"""Outlines of regions on pixel corners, traced strip by strip without seams.

All coordinates are integers: pixel corner (x, y) is the north-west corner of pixel (row y, column x). A ring keeps its
region on its left as seen on a north-up map: exteriors run counter-clockwise, holes clockwise. Only corners where the
outline turns are ever made, so that there is no collinear vertex to remove and areas are exact.

How it works. At each pixel corner the four pixels around it (NW, NE, SW, SE) say whether the outline of one of them
turns there: convex where both its side neighbours differ from it, concave where both equal it and the diagonal one
differs. Along a line of pixel edges, on a given side of it, the corners in order are the two ends of one segment, then
of the next, and so on: taking them two by two links the corners into rings, without a search. A vertical segment that
crosses the bottom of a strip stays open until a later strip holds its lower end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import breadth_first_order, connected_components

NW, NE, SW, SE = range(4)

PINCH, FIXED = np.int64(1), np.int64(2)
"""Marks of a vertex: the region meets itself, or its like, diagonally there; the outline must not move there."""


def pack(x: np.ndarray, y: np.ndarray, pinch: np.ndarray, fixed: np.ndarray) -> np.ndarray:
    """Vertices as int64: y, x and the two marks."""
    return (y.astype(np.int64) << 32) | (x.astype(np.int64) << 2) | (fixed * FIXED) | pinch


def unpack(vertices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """x and y of packed vertices, int64."""
    return (vertices & 0xFFFFFFFF) >> 2, vertices >> 32


@dataclass
class Rings:
    """Closed rings, one after the other.

    Attributes:
        vertices: packed, int64 (V), without repeating the first vertex of a ring at its end.
        sizes: number of vertices of each ring, int64 (R).
        regions: region of each ring, int64 (R).
    """

    vertices: np.ndarray
    sizes: np.ndarray
    regions: np.ndarray

    @classmethod
    def concatenated(cls, parts: list[Rings]) -> Rings:
        """All rings of several sets."""
        if not parts:
            return cls(*(np.zeros(0, np.int64) for _ in range(3)))
        return cls(*(np.concatenate([getattr(p, n) for p in parts]) for n in ("vertices", "sizes", "regions")))

    def subset(self, chosen: np.ndarray) -> Rings:
        """The rings where ``chosen``, bool (R), holds."""
        return Rings(self.vertices[np.repeat(chosen, self.sizes)], self.sizes[chosen], self.regions[chosen])

    def sorted_by(self, order: np.ndarray) -> Rings:
        """The rings in another order, int64 (R)."""
        first = np.cumsum(self.sizes) - self.sizes
        sizes = self.sizes[order]
        ends = np.cumsum(sizes)
        index = np.arange(len(self.vertices)) + np.repeat(first[order] - (ends - sizes), sizes)
        return Rings(self.vertices[index], sizes, self.regions[order])


@dataclass
class _Corners:
    """Corners of a strip in the order of (y, x, quadrant)."""

    x: np.ndarray
    y: np.ndarray
    quadrant: np.ndarray
    concave: np.ndarray
    pinch: np.ndarray
    fixed: np.ndarray

    @property
    def is_top(self) -> np.ndarray:
        """Whether the vertical segment that starts or ends here goes down from here."""
        return (self.quadrant >= SW) ^ self.concave


def find_corners(above: np.ndarray, codes: np.ndarray, row0: int) -> _Corners:
    """Where the outlines turn, on the top edges of the rows of a strip.

    Args:
        above: uint8 (W), the row over the strip; codes: uint8 (H, W); row0: its first row in the raster.
    """
    width = codes.shape[1]
    padded, turns = find_turns(above, codes)
    at = np.flatnonzero(turns)
    y, x = np.divmod(at, width + 1)
    north_west = y * (width + 2) + x
    flat = padded.ravel()
    nw, ne, sw, se = (flat[north_west + shift] for shift in (0, 1, width + 2, width + 3))
    top, bottom, left, right = nw == ne, sw == se, nw == sw, ne == se
    valid = np.stack([nw, ne, sw, se], axis=1) > 0
    sides = ((top, left), (top, right), (bottom, left), (bottom, right))
    convex = np.stack([~a & ~b for a, b in sides], axis=1)
    # Three equal pixels make one concave corner: it is given to the middle one. (The fourth differs: not straight.)
    concave = np.stack([a & b for a, b in sides], axis=1)
    found, quadrant = np.nonzero(valid & (convex | concave))
    diagonal = np.stack([nw == se, ne == sw, ne == sw, nw == se], axis=1)
    is_concave = concave[found, quadrant]
    pinch = diagonal[found, quadrant] & ~is_concave
    # Where three outlines or more meet, and where there is no data on one side: what simplifies must keep these.
    fixed = (~top).astype(np.uint8) + ~bottom + ~left + ~right > 2
    fixed |= ~valid.all(axis=1)
    return _Corners(
        x[found].astype(np.int32),
        (y[found] + row0).astype(np.int32),
        quadrant.astype(np.uint8),
        is_concave,
        pinch,
        fixed[found],
    )


def find_turns(above: np.ndarray, codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where an outline turns, or outlines meet, on the top edges of the rows of a strip.

    Args:
        above: (W), the row over the strip; codes: (H, W).

    Returns:
        The strip with the row above and a column of 0 on each side, (H + 1, W + 2); bool (H, W + 1).
    """
    height, width = codes.shape
    padded = np.zeros((height + 1, width + 2), codes.dtype)
    padded[0, 1:-1], padded[1:, 1:-1] = above, codes
    rows_equal = padded[:, :-1] == padded[:, 1:]
    columns_equal = padded[:-1] == padded[1:]
    straight = rows_equal[:-1] & rows_equal[1:]
    straight |= columns_equal[:, :-1] & columns_equal[:, 1:]
    return padded, ~straight


class Tracer:
    """Closes rings as strips come in; what crosses the last row stays open."""

    def __init__(self) -> None:
        # Open chains: vertices in pieces, and the columns where they come in (going up) and go out (going down).
        self._pieces: list[list[np.ndarray]] = []
        self._in_x = np.zeros(0, np.int32)
        self._out_x = np.zeros(0, np.int32)

    def feed(self, above: np.ndarray, codes: np.ndarray, row0: int) -> tuple[Rings, np.ndarray, np.ndarray]:
        """Trace one strip.

        Returns:
            The rings that are complete (their regions are left at 0), and for each of them a pixel of its region:
            row relative to the strip (-1: the row above) and column, int64.
        """
        corners = find_corners(above, codes, row0)
        count = len(corners.x)
        following = self._link(corners)
        if len(following) == 0:
            return Rings.concatenated([]), np.zeros(0, np.int64), np.zeros(0, np.int64)
        order, sizes, closed = put_in_order(following)
        vertices = pack(corners.x, corners.y, corners.pinch, corners.fixed)
        has_chain = np.zeros(len(sizes), bool)
        number = np.repeat(np.arange(len(sizes)), sizes)
        has_chain[number[order >= count]] = True
        plain = closed & ~has_chain
        of_plain = order[np.repeat(plain, sizes)]
        rings = [Rings(vertices[of_plain], sizes[plain], np.zeros(plain.sum(), np.int64))]
        starts = np.cumsum(sizes) - sizes
        seeds = [order[starts[plain]]]
        joined, pieces, ends = [], [], []
        for i in np.flatnonzero(~plain):
            nodes = order[starts[i] : starts[i] + sizes[i]]
            chain = self._expand(nodes, vertices, count)
            if closed[i]:
                joined.append(np.concatenate(chain))
                seeds.append(nodes[nodes < count][:1])
            else:
                pieces.append(chain)
                ends.append((nodes[0], nodes[-1]))
        if joined:
            joined_sizes = np.array([len(ring) for ring in joined], np.int64)
            rings.append(Rings(np.concatenate(joined), joined_sizes, np.zeros(len(joined), np.int64)))
        self._keep(pieces, np.array(ends, np.int64).reshape(-1, 2), corners)
        seed = np.concatenate(seeds)
        quadrant = corners.quadrant[seed].astype(np.int64)
        rows = corners.y[seed] - row0 - (quadrant < SW)
        columns = corners.x[seed] - 1 + (quadrant & 1)
        return Rings.concatenated(rings), rows, columns

    def _link(self, corners: _Corners) -> np.ndarray:
        """The node that follows each node on its outline, -1 where it lies in a later strip.

        Nodes are the corners, then the open chains.
        """
        count, chains = len(corners.x), len(self._pieces)
        following = np.full(count + chains, -1, np.int64)
        south, east = corners.quadrant >= SW, (corners.quadrant & 1).astype(bool)
        below, over = np.flatnonzero(south), np.flatnonzero(~south)
        following[below[1::2]] = below[0::2]  # region under the edge: westwards
        following[over[0::2]] = over[1::2]  # region over the edge: eastwards
        is_top = corners.is_top
        tails = np.arange(count, count + chains)
        for side, open_x, downwards in ((east, self._out_x, True), (~east, self._in_x, False)):
            here = np.flatnonzero(side)
            nodes = np.concatenate([tails, here])
            x = np.concatenate([open_x, corners.x[here]])
            tops = np.concatenate([np.ones(chains, bool), is_top[here]])
            by_column = np.argsort(x.astype(np.uint16) if x.max(initial=0) < 65536 else x, kind="stable")
            nodes, tops = nodes[by_column], tops[by_column]
            upper = np.flatnonzero(tops[:-1] & ~tops[1:])
            first, last = nodes[upper], nodes[upper + 1]
            following[first if downwards else last] = last if downwards else first
        return following

    def _expand(self, nodes: np.ndarray, vertices: np.ndarray, count: int) -> list[np.ndarray]:
        """Vertices along nodes of which some are chains."""
        result: list[np.ndarray] = []
        begin = 0
        for at in np.flatnonzero(nodes >= count):
            if at > begin:
                result.append(vertices[nodes[begin:at]])
            result.extend(self._pieces[nodes[at] - count])
            begin = at + 1
        if begin < len(nodes):
            result.append(vertices[nodes[begin:]])
        # Many small pieces weigh more than their vertices.
        return [np.concatenate(result)] if len(result) > 16 else result

    def _keep(self, pieces: list[list[np.ndarray]], ends: np.ndarray, corners: _Corners) -> None:
        in_x = np.concatenate([corners.x, self._in_x])
        out_x = np.concatenate([corners.x, self._out_x])
        self._pieces, self._in_x, self._out_x = pieces, in_x[ends[:, 0]], out_x[ends[:, 1]]


def put_in_order(following: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Nodes of a graph of rings and chains, in sequence.

    Args:
        following: int64 (N): the one node that follows each node, or -1. No node follows two.

    Returns:
        All nodes, ring by ring or chain by chain, int64 (N); the size of each, int64 (R); whether it is closed.
    """
    count = len(following)
    linked = following >= 0
    indptr = np.concatenate([[0], np.cumsum(linked)]).astype(np.int32)
    graph = csr_matrix((np.ones(indptr[-1], np.int8), following[linked].astype(np.int32), indptr), (count, count))
    rings, ring_of = connected_components(graph, directed=True, connection="weak")
    preceding = np.full(count, -1, np.int64)
    preceding[following[linked]] = np.flatnonzero(linked)
    start, end = np.full(rings, -1, np.int64), np.full(rings, -1, np.int64)
    heads, tails = np.flatnonzero(preceding < 0), np.flatnonzero(~linked)
    start[ring_of[heads]], end[ring_of[tails]] = heads, tails
    closed = start < 0
    first = np.zeros(rings, np.int64)
    first[ring_of[::-1]] = np.arange(count - 1, -1, -1)  # the smallest node of each ring is written last
    start[closed], end[closed] = first[closed], preceding[first[closed]]
    # Opened and put one after the other, the rings are a single path, which one traversal in C puts in order.
    path = following.copy()
    path[end[:-1]] = start[1:]
    indptr = np.arange(count + 1, dtype=np.int32)
    indptr[end[-1] + 1 :] -= 1
    indices = np.delete(path, end[-1]).astype(np.int32)
    graph = csr_matrix((np.ones(count - 1, np.int8), indices, indptr), (count, count))
    order = breadth_first_order(graph, start[0], directed=True, return_predecessors=False)
    return order.astype(np.int64), np.bincount(ring_of, minlength=rings), closed


def split_at_pinches(rings: Rings) -> Rings:
    """Rings that meet themselves at a vertex, cut there into simple ones.

    A 4-connected region that meets itself diagonally surrounds something there: its outline, which turns back at that
    vertex, is an exterior and a hole that touch in one point, which is the valid way to say it (OGC 06-103r4, 6.1.11).
    """
    marked = np.flatnonzero(rings.vertices & PINCH)
    ring_of = np.repeat(np.arange(len(rings.sizes)), rings.sizes)
    by_vertex = np.lexsort((rings.vertices[marked], ring_of[marked]))
    marked = marked[by_vertex]
    twice = (rings.vertices[marked[1:]] == rings.vertices[marked[:-1]]) & (ring_of[marked[1:]] == ring_of[marked[:-1]])
    one, other = marked[:-1][twice], marked[1:][twice]
    if len(one) == 0:
        return rings
    ends = np.cumsum(rings.sizes)
    following = np.arange(1, len(rings.vertices) + 1)
    following[ends - 1] = ends - rings.sizes
    following[one], following[other] = following[other], following[one]
    affected = np.zeros(len(rings.sizes), bool)
    affected[ring_of[one]] = True
    nodes = np.flatnonzero(affected[ring_of])
    renumbered = np.zeros(len(rings.vertices), np.int64)
    renumbered[nodes] = np.arange(len(nodes))
    order, sizes, _ = put_in_order(renumbered[following[nodes]])
    nodes = nodes[order]
    regions = rings.regions[ring_of[nodes[np.cumsum(sizes) - sizes]]]
    cut = Rings(rings.vertices[nodes], sizes.astype(np.int64), regions)
    return Rings.concatenated([rings.subset(~affected), cut])


def doubled_areas(rings: Rings) -> np.ndarray:
    """Twice the signed area in pixels, int64 (R); counter-clockwise on the map: positive."""
    if len(rings.sizes) == 0:
        return np.zeros(0, np.int64)
    x, y = unpack(rings.vertices)
    ends = np.cumsum(rings.sizes)
    starts = ends - rings.sizes
    following = np.arange(1, len(x) + 1)
    following[ends - 1] = starts
    # Green: the area is the integral of y dx; y goes down.
    return np.add.reduceat((y + y[following]) * (x[following] - x), starts)
