"""Small regions merged into their neighbours: never a blur of codes, and never more memory than what is undecided.

The rule. The smallest region under the threshold of its class comes first (of two of one size, the one met first from
the north-west). It takes the class with which it shares most edge, all its neighbours of that class counted together
since the merge makes one region of them; of two equal classes, the one of lower code. What it has become is weighed
again with its new area and class, until no region is under its threshold but those that have no neighbour at all
(islands in no data).

Small regions that touch each other decide together; such a cluster is decided as soon as its last row has passed,
whatever lies around it. The result does not depend on how the raster is cut into strips.

Since the smallest come first, a low threshold followed by higher ones does the same as the highest at once, and keeps
the clusters small: the threshold is reached in stages. Should more regions wait than memory is meant to hold all the
same (noise), the raster is cut there, and its parts are decided apart.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Union

import numpy as np

from .regions import Seam, Strips, components, join, label, seam_below, split_busy

_STAGE = 8
"""Ratio of the thresholds of two stages."""

_MOST_WAITING = 250_000
"""Undecided regions; a little more than a kilobyte each once they decide together."""


ALWAYS = 1 << 62
"""A threshold that no region reaches."""

Thresholds = Union[int, np.ndarray]
"""Pixels under which a region is merged: one number, or int64 (256), one for each code."""


def stages(smallest: Thresholds) -> list[int]:
    """Thresholds on the way to the largest one, ascending. Empty where there is nothing to merge."""
    every = np.atleast_1d(np.asarray(smallest, np.int64))
    highest = int(every[every < ALWAYS].max(initial=0))
    thresholds = [ALWAYS] if (every >= ALWAYS).any() else []
    while highest > 1:
        thresholds.append(highest)
        highest = -(-highest // _STAGE)
    return thresholds[::-1]


def merged(
    strips: Strips, width: int, smallest: Thresholds, step: Callable[[int], None] = lambda rows: None
) -> Strips:
    """The raster without regions of fewer than ``smallest`` pixels.

    Reads the raster once per stage, and once more whenever the result is read.

    Args:
        strips: uint8 (rows, width) arrays, the same ones each time; 0 is no data and takes no part.
        step: called for each row of the first readings.
    """
    thresholds = np.broadcast_to(np.asarray(smallest, np.int64), 256)
    tables: list[np.ndarray] = []
    for stage in stages(thresholds):
        tables = _decided(strips, width, np.minimum(thresholds, stage), tables, step)
    return partial(_recoded, strips, tables) if tables else strips


def _recoded(strips: Strips, tables: list[np.ndarray]) -> Iterator[np.ndarray]:
    for codes, table in zip(split_busy(strips()), tables):
        labels, _ = label(codes)
        yield table[labels]


def _decided(
    strips: Strips, width: int, smallest: np.ndarray, tables: list[np.ndarray], step: Callable[[int], None]
) -> list[np.ndarray]:
    """New code of each region of each strip, after a stage whose raster is the given one recoded by ``tables``."""
    decisions = _Decisions(width, smallest)
    regions_in_stage: list[np.ndarray] = []
    for number, codes in enumerate(split_busy(strips())):
        labels, own = label(codes)
        if tables:
            before = labels
            codes = tables[number][before]
            labels, own = label(codes)
            stage = np.zeros(len(tables[number]), np.int32)
            stage[before.ravel()] = labels.ravel()
            regions_in_stage.append(stage)
        decisions.feed(codes, labels, own)
        step(len(codes))
    decisions.finish()
    if not tables:
        return decisions.tables
    return [table[stage] for table, stage in zip(decisions.tables, regions_in_stage)]


@dataclass
class _Regions:
    """Regions that may still change or matter: small ones, and all that reach the last row."""

    code: np.ndarray
    area: np.ndarray
    first: np.ndarray

    def at(self, chosen: np.ndarray) -> _Regions:
        return _Regions(self.code[chosen], self.area[chosen], self.first[chosen])


class _Decisions:
    """One stage: the class that each region of each strip will have.

    Attributes:
        tables: per strip, the new code of each of its own regions (as ``label`` numbers them), uint8.
    """

    def __init__(self, width: int, smallest: np.ndarray) -> None:
        self.tables: list[np.ndarray] = []
        self._width, self._smallest = width, smallest
        self._rows = 0
        self._begin()

    def _begin(self) -> None:
        self._seam = Seam.above(self._width)
        self._regions = _Regions(np.zeros(1, np.uint8), np.zeros(1, np.int64), np.zeros(1, np.int64))
        self._reaching = np.zeros(1, np.int64)  # region of each number of the seam
        self._pairs = np.zeros((0, 3), np.int64)  # region, region, edge
        self._large = np.zeros((0, 3), np.int64)  # region, code of a large neighbour, edge
        self._members = np.zeros((0, 3), np.int64)  # strip, own region in it, region

    def feed(self, codes: np.ndarray, labels: np.ndarray, own: int) -> None:
        """Take the next strip in, with its ``own`` regions as ``label`` gives them."""
        count, of_own, of_seam = join(self._seam, codes, labels, own)
        own_code = np.zeros(own, np.uint8)
        own_code[labels.ravel()] = codes.ravel()
        known = len(self._regions.code)
        is_open = np.zeros(known, bool)
        is_open[self._reaching] = True
        renumbered = np.full(known, -1, np.int64)
        renumbered[self._reaching] = of_seam
        renumbered[~is_open] = count + np.arange(known - len(self._reaching))
        self._regions = self._grown(renumbered, count, labels, own_code, of_own)
        self._relabel(renumbered)
        new = np.stack([np.full(own, len(self.tables)), np.arange(own), of_own], axis=1)
        self._members = np.concatenate([self._members, new])
        self.tables.append(own_code)
        self._meet(codes, of_own[labels], of_seam[self._seam.regions])
        self._seam, reaching = seam_below(codes, of_own[labels[-1]])
        self._rows += len(codes)
        self._decide(reaching.astype(np.int64))
        if len(self._regions.code) > _MOST_WAITING:
            self.finish()

    def finish(self) -> None:
        """Decide what the last row left open. What follows knows nothing of what came before."""
        self._decide(np.zeros(0, np.int64))
        self._begin()

    def _grown(
        self, renumbered: np.ndarray, count: int, labels: np.ndarray, own_code: np.ndarray, of_own: np.ndarray
    ) -> _Regions:
        total = max(count, int(renumbered.max(initial=-1)) + 1)
        code = np.zeros(total, np.uint8)
        code[renumbered], code[of_own] = self._regions.code, own_code
        area = np.zeros(total, np.int64)
        np.add.at(area, renumbered, self._regions.area)
        np.add.at(area, of_own, np.bincount(labels.ravel()))
        flat = labels.ravel()
        own_first = np.zeros(len(own_code), np.int64)
        own_first[flat[::-1]] = np.arange(len(flat) - 1, -1, -1)
        first = np.full(total, np.iinfo(np.int64).max)
        np.minimum.at(first, renumbered, self._regions.first)
        np.minimum.at(first, of_own, own_first + self._rows * self._width)
        return _Regions(code, area, first)

    def _relabel(self, renumbered: np.ndarray) -> None:
        self._pairs[:, :2] = renumbered[self._pairs[:, :2]]
        self._large[:, 0] = renumbered[self._large[:, 0]]
        self._members[:, 2] = renumbered[self._members[:, 2]]

    def _meet(self, codes: np.ndarray, regions: np.ndarray, above: np.ndarray) -> None:
        """Add the edges between regions that this strip shows."""
        valid = self._regions.code > 0
        small = (self._regions.area < self._smallest[self._regions.code]) & valid
        found = []
        everything = np.concatenate([above[np.newaxis], regions])
        for a, b in ((regions[:, :-1], regions[:, 1:]), (everything[:-1], everything[1:])):
            differ = a != b
            a, b = a[differ].astype(np.int64), b[differ].astype(np.int64)
            keep = (small[a] | small[b]) & valid[a] & valid[b]
            found.append(np.minimum(a, b)[keep] << 32 | np.maximum(a, b)[keep])
        pairs, edges = np.unique(np.concatenate(found), return_counts=True)
        new = np.stack([pairs >> 32, pairs & 0xFFFFFFFF, edges], axis=1)
        self._pairs = np.concatenate([self._pairs, new])

    def _decide(self, reaching: np.ndarray) -> None:
        """Settle the clusters that do not reach the last row, and forget what no longer matters."""
        regions = self._regions
        small = (regions.area < self._smallest[regions.code]) & (regions.code > 0)
        self._sort_edges(small)
        _, cluster = components(len(small), self._pairs[:, 0], self._pairs[:, 1])
        waits = np.zeros(len(small), bool)
        waits[cluster[reaching[small[reaching]]]] = True
        settled = small & ~waits[cluster]
        codes = regions.code.copy()
        in_pairs, in_large = settled[self._pairs[:, 0]], settled[self._large[:, 0]]
        self._settle(codes, settled, self._pairs[in_pairs], self._large[in_large])
        done = self._members[settled[self._members[:, 2]]]
        for strip in np.unique(done[:, 0]):
            of_strip = done[done[:, 0] == strip]
            self.tables[strip][of_strip[:, 1]] = codes[of_strip[:, 2]]
        waiting = small & ~settled
        keep = waiting.copy()
        keep[reaching] = True
        number = np.cumsum(keep) - 1
        self._pairs, self._large = self._pairs[~in_pairs], self._large[~in_large]
        self._members = self._members[waiting[self._members[:, 2]]]
        self._regions = regions.at(keep)
        self._reaching = number[reaching]
        self._relabel(number)

    def _sort_edges(self, small: np.ndarray) -> None:
        """Edges with a large region keep its code alone; edges between large ones go."""
        a, b, edge = self._pairs.T
        code = self._regions.code.astype(np.int64)
        with_large = [np.stack([p, code[q], edge], axis=1)[small[p] & ~small[q]] for p, q in ((a, b), (b, a))]
        self._pairs = self._pairs[small[a] & small[b]]
        self._large = np.concatenate([self._large[small[self._large[:, 0]]], *with_large])

    def _settle(self, codes: np.ndarray, settled: np.ndarray, pairs: np.ndarray, large: np.ndarray) -> None:
        """Write the decided codes of the ``settled`` regions into ``codes``."""
        crowd = np.zeros(len(codes), bool)
        crowd[pairs[:, :2].ravel()] = True
        alone = large[~crowd[large[:, 0]]]
        # The common case, without a loop: a small region among large ones.
        keys, inverse = np.unique(alone[:, 0] << 8 | alone[:, 1], return_inverse=True)
        edges = np.bincount(inverse, alone[:, 2], len(keys)).astype(np.int64)
        best = np.lexsort((-(keys & 255), edges))  # per region, the last one written wins
        codes[keys[best] >> 8] = keys[best] & 255
        nodes = np.flatnonzero(settled & crowd)
        if len(nodes):
            groups = _Groups(self._regions, nodes, pairs, large[crowd[large[:, 0]]], self._smallest)
            for node, code in groups.settled():
                codes[node] = code


class _Groups:
    """Clusters of small regions that decide together, smallest first."""

    def __init__(
        self, regions: _Regions, nodes: np.ndarray, pairs: np.ndarray, large: np.ndarray, smallest: np.ndarray
    ) -> None:
        self._smallest = smallest.tolist()
        ids = nodes.tolist()
        self._code = dict(zip(ids, regions.code[nodes].tolist()))
        self._area = dict(zip(ids, regions.area[nodes].tolist()))
        self._first = dict(zip(ids, regions.first[nodes].tolist()))
        self._joined: dict[int, list[int]] = {n: [n] for n in ids}
        self._near: dict[int, dict[int, int]] = {n: {} for n in ids}
        self._large: dict[int, dict[int, int]] = {n: {} for n in ids}
        for a, b, edge in pairs.tolist():
            self._near[a][b] = self._near[a].get(b, 0) + edge
            self._near[b][a] = self._near[b].get(a, 0) + edge
        for a, code, edge in large.tolist():
            self._large[a][code] = self._large[a].get(code, 0) + edge

    def settled(self) -> Iterator[tuple[int, int]]:
        """Region and new code of each."""
        queue = [(self._area[n], self._first[n], n) for n in self._code]
        heapq.heapify(queue)
        everyone = self._joined.copy()
        while queue:
            area, _, node = heapq.heappop(queue)
            if node not in self._near or area != self._area[node]:
                continue  # it has joined another, or has grown since
            if not self._merge(node):
                continue
            if self._area[node] >= self._smallest[self._code[node]]:
                self._becomes_large(node)
            else:
                heapq.heappush(queue, (self._area[node], self._first[node], node))
        for node, joined in everyone.items():
            if node in self._code:
                for member in joined:
                    yield member, self._code[node]

    def _merge(self, node: int) -> bool:
        """Give ``node`` the class with which it shares most edge; whether it is still small or newly large."""
        near, large = self._near[node], self._large[node]
        shared = dict(large)
        for other, edge in near.items():
            shared[self._code[other]] = shared.get(self._code[other], 0) + edge
        if not shared:
            return False
        code = max(shared, key=lambda c: (shared[c], -c))
        self._code[node] = code
        for other in [o for o in near if self._code[o] == code]:
            self._absorb(node, other)
        if large.pop(code, 0):
            self._becomes_large(node)
            return False
        return True

    def _absorb(self, node: int, other: int) -> None:
        self._area[node] += self._area[other]
        self._first[node] = min(self._first[node], self._first[other])
        self._joined[node] += self._joined.pop(other)
        del self._code[other]
        for far, edge in self._near.pop(other).items():
            del self._near[far][other]
            if far != node:
                self._near[node][far] = self._near[node].get(far, 0) + edge
                self._near[far][node] = self._near[node][far]
        for code, edge in self._large.pop(other).items():
            self._large[node][code] = self._large[node].get(code, 0) + edge

    def _becomes_large(self, node: int) -> None:
        """Its neighbours see from now on a large region."""
        code = self._code[node]
        for far, edge in self._near.pop(node).items():
            del self._near[far][node]
            self._large[far][code] = self._large[far].get(code, 0) + edge
