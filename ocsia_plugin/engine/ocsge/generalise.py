"""Regions under their smallest surface join a neighbour, smallest first; roads go on; polygons are named by content."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..products.regions import components
from .graph import Graph
from .rules import AFFINITY, ELONGATED, SEALED, MinimumAreas, renamed

_AFFINITY = AFFINITY.tolist()


@dataclass(frozen=True)
class Polygons:
    """Groups of regions, each of which becomes a polygon; group 0 is no data.

    Attributes:
        of_region: group of each region, int32 (R).
        code: uint8 (G); area, dense: int64 (G), in pixels; held: int64 (G, C).
        kept: how many regions of sealed ground stayed under the smallest surface because they go on.
    """

    of_region: np.ndarray
    code: np.ndarray
    area: np.ndarray
    dense: np.ndarray
    held: np.ndarray
    kept: int


def generalised(graph: Graph, smallest: MinimumAreas, cover: np.ndarray, check: Callable[[], None]) -> Polygons:
    """Merge what is too small and name what is left.

    Args:
        smallest: in pixels.
        cover: OCS GE's code of each code of the raster.
        check: called now and then; raises where the user cancelled.
    """
    roads = _roads(graph, smallest)
    merging = _Merging(graph, smallest, roads)
    merging.run(check)
    group = merging.groups()
    count = int(group.max()) + 1
    code = np.zeros(count, np.uint8)
    code[group] = merging.codes()
    held = np.zeros((count, graph.held.shape[1]), np.int64)
    np.add.at(held, group, graph.held)
    wide = np.zeros((count, 256), np.int64)
    wide[:, : held.shape[1]] = held
    code = np.array([renamed(int(c), h, cover) for c, h in zip(code, wide)], np.uint8)
    return _united(graph, group, code, int(np.count_nonzero(roads)))


def _roads(graph: Graph, smallest: MinimumAreas) -> np.ndarray:
    """Sealed regions that stay although they are small, bool (R)."""
    sealed = graph.code == SEALED
    _, chain = components(len(sealed), graph.corners[:, 0], graph.corners[:, 1])
    total = np.bincount(chain, np.where(sealed, graph.area, 0))
    perimeter = np.zeros(len(sealed), np.int64)
    for side in (0, 1):
        np.add.at(perimeter, graph.pairs[:, side], graph.pairs[:, 2])
    elongated = perimeter.astype(float) ** 2 >= 4 * ELONGATED * graph.area
    wanted = np.where(2 * graph.dense >= graph.area, smallest.dense, smallest.elsewhere)
    small = sealed & (graph.area < wanted)
    return small & ((total[chain] >= wanted) | (elongated & (graph.area >= smallest.built)))


class _Merging:
    """Regions as dictionaries, while the smallest joins a neighbour."""

    def __init__(self, graph: Graph, smallest: MinimumAreas, roads: np.ndarray) -> None:
        self._smallest = smallest
        self._code = graph.code.tolist()
        self._area, self._dense = graph.area.tolist(), graph.dense.tolist()
        self._roads = roads.tolist()
        self._parent = list(range(len(self._code)))
        self._near: list[dict[int, int]] = [{} for _ in self._code]
        for a, b, edge in graph.pairs.tolist():
            if self._code[a] and self._code[b]:
                self._near[a][b] = self._near[b][a] = edge

    def run(self, check: Callable[[], None]) -> None:
        """Until no region is too small but those without a neighbour, and roads."""
        queue = [(self._area[n], n) for n in range(len(self._code)) if self._is_small(n)]
        heapq.heapify(queue)
        turns = 0
        while queue:
            turns += 1
            if turns % 4096 == 0:
                check()
            area, node = heapq.heappop(queue)
            if self._parent[node] != node or area != self._area[node] or not self._is_small(node):
                continue
            near = self._near[node]
            if not near:
                continue
            node = self._join(node, self._choice(node))
            if self._is_small(node):
                heapq.heappush(queue, (self._area[node], node))

    def _is_small(self, node: int) -> bool:
        code = self._code[node]
        if not code or self._roads[node]:
            return False
        return self._area[node] < self._smallest.of(code, 2 * self._dense[node] >= self._area[node])

    def _choice(self, node: int) -> int:
        """Code with which most edge is shared, that with a class that is near counting more; of two, the lower one."""
        shared: dict[int, int] = {}
        affinity = _AFFINITY[self._code[node]]
        for other, edge in self._near[node].items():
            code = self._code[other]
            shared[code] = shared.get(code, 0) + edge * affinity[code]
        return max(shared, key=lambda code: (shared[code], -code))

    def _join(self, node: int, code: int) -> int:
        """Give ``node`` the class ``code`` and make one region of it and its neighbours of that class."""
        self._code[node] = code
        for other in sorted(n for n in self._near[node] if self._code[n] == code):
            if len(self._near[other]) > len(self._near[node]):
                node, other = other, node
            self._absorb(node, other)
        return node

    def _absorb(self, node: int, other: int) -> None:
        self._parent[other] = node
        self._area[node] += self._area[other]
        self._dense[node] += self._dense[other]
        self._roads[node] |= self._roads[other] and self._code[node] == SEALED
        own = self._near[node]
        for far, edge in self._near[other].items():
            del self._near[far][other]
            if far != node:
                own[far] = self._near[far][node] = own.get(far, 0) + edge
        self._near[other] = {}

    def groups(self) -> np.ndarray:
        """A number for each region, the same for all that have become one, int32 (R)."""
        index = np.arange(len(self._parent))
        _, group = components(len(index), index, np.array(self._parent, np.int64))
        return group

    def codes(self) -> np.ndarray:
        """Code of what each region has become part of, uint8 (R)."""
        root = np.array(self._parent, np.int64)
        while (root[root] != root).any():
            root = root[root]
        return np.array(self._code, np.uint8)[root]


def _united(graph: Graph, group: np.ndarray, code: np.ndarray, kept: int) -> Polygons:
    """Groups that are neighbours and of one class, now that they have their names, are one polygon."""
    a, b = group[graph.pairs[:, 0]], group[graph.pairs[:, 1]]
    same = code[a] == code[b]
    _, united = components(len(code), a[same], b[same])
    of_region = united[group]
    code_of_region = code[group]
    valid = np.unique(of_region[code_of_region > 0])
    number = np.zeros(int(united.max()) + 1, np.int32)
    number[valid] = 1 + np.arange(len(valid))
    of_region = number[of_region]
    of_region[code_of_region == 0] = 0
    count = len(valid) + 1
    result = Polygons(
        of_region,
        np.zeros(count, np.uint8),
        np.zeros(count, np.int64),
        np.zeros(count, np.int64),
        np.zeros((count, graph.held.shape[1]), np.int64),
        kept,
    )
    result.code[of_region] = code_of_region
    for total, part in ((result.area, graph.area), (result.dense, graph.dense), (result.held, graph.held)):
        np.add.at(total, of_region, part)
    return result
