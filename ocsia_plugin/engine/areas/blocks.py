"""Rasters of classes and of probabilities read block by block, as what each pixel adds to the surfaces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Optional, Union

import numpy as np
import rasterio.windows
from rasterio.enums import MaskFlags
from rasterio.io import DatasetReader

from ..errors import OcsiaError
from ..grid import Window, ceil_to
from ..nomenclature import LandCoverClass
from ..ortho.checks import readable
from ..products.choice import most_probable
from ..products.classes import Legend
from ..products.vectorize import read_codes

_SIDE = 512


@dataclass(frozen=True)
class Block:
    """What the pixels of a window say.

    Attributes:
        choice: uint8 (H, W): 0 = no data, n = the n-th class (classes: the code n).
        values: probabilities in units of their own, uint8 or float32 (B, H, W); None for a class raster.
        weight: float64 (H, W): what makes the values of a pixel add up to 1; 0 where there is no data.
        won: for each group, bool (H, W): the pixel belongs to it.
    """

    choice: np.ndarray
    values: Optional[np.ndarray] = None
    weight: Optional[np.ndarray] = None
    won: list[np.ndarray] = field(default_factory=list)


class ClassBlocks:
    """A class raster; ``count`` is the highest code that a byte can hold, ``base`` the number of its first class."""

    count = 255
    has_probabilities = False
    group_count = 0
    members: Sequence[Sequence[int]] = ()

    def __init__(self, source: DatasetReader, base: int = 1) -> None:
        self._source, self._base = source, base

    def read(self, window: Window) -> Block:
        """The pixels of a window."""
        return Block(read_codes(self._source, _rasterio_window(window), self._base))


class ProbabilityBlocks:
    """A probability raster. A pixel's probabilities are its values over their sum, never over 255: stored values are
    rounded, or truncated, and need not add up to 255. All zero, or masked, is no data.

    A pixel counts for a group where the sum of the group's values is greater than that of every class outside it; each
    group stands alone against the classes.

    Args:
        source: one uint8 band per class of ``legend``; groups: unions of these classes.
        temperature: T of p^(1/T), scaled to sum to 1 again (``estimators.calibration``); choices do not depend on it.
    """

    has_probabilities = True

    def __init__(
        self, source: DatasetReader, legend: Legend, groups: Sequence[LandCoverClass], temperature: float = 1.0
    ) -> None:
        self._source = source
        self._raised = None if temperature == 1 else (np.arange(256) / 255).astype(np.float32) ** (1 / temperature)
        self.count = len(legend.classes)
        self._threshold = legend.threshold
        band_of = {c.code: band for band, c in enumerate(legend.classes)}
        self.members = [[band_of[code] for code in group.members] for group in groups]
        self.group_count = len(groups)
        self._masked = any(MaskFlags.all_valid not in flags for flags in source.mask_flag_enums)

    def read(self, window: Window) -> Block:
        """The pixels of a window."""
        part = _rasterio_window(window)
        with readable(self._source.name):
            values = self._source.read(window=part)
            if self._masked:
                values[:, self._source.dataset_mask(window=part) == 0] = 0
        choice, _ = most_probable(values, range(1, self.count + 1), self._threshold)
        won = [self._won(values, choice, members) for members in self.members]
        total = np.zeros(values.shape[1:], np.uint16 if self._raised is None else np.float64)
        if self._raised is not None:
            values = self._raised[values]
        for band in values:
            total += band
        weight = np.zeros(total.shape)
        np.divide(1.0, total, out=weight, where=total > 0)
        return Block(choice, values, weight, won)

    def _won(self, values: np.ndarray, choice: np.ndarray, members: list[int]) -> np.ndarray:
        if self._threshold is not None:  # of two classes it decides for a group as for its class
            return np.isin(choice, [band + 1 for band in members])
        inside = np.zeros(values.shape[1:], np.uint16)
        outside = np.zeros(values.shape[1:], np.uint8)
        for number, band in enumerate(values):
            if number in members:
                inside += band
            else:
                np.maximum(outside, band, out=outside)
        return inside > outside


Blocks = Union[ClassBlocks, ProbabilityBlocks]


_PROBES, _PROBE_SIDE = 4, 256
_FEWEST_PIXELS = 100
_ODD_SHARE, _OVER_SHARE, _ODD_BY = 0.25, 0.01, 0.2
"""Bands are no distribution where more than the first share of pixels add up to a sum that differs from the usual one
by more than the last, or more than the second to one greater by as much: coding floors take units of 255 away, nothing
adds any."""


def check_distribution(source: DatasetReader, path: str) -> None:
    """Refuse bands that do not add up to about the same sum everywhere, judged by windows all over the raster.

    Among them are the bands of a model whose classes do not exclude one another (sigmoid). Σ a p would be the expected
    surface of each, but that of a group would not be their sum, the classes would not add up to the zone, and a point
    would have more than one class: nothing here is made for that.

    Raises:
        OcsiaError: ``not-distribution``.
    """
    sums = []
    for row in range(_PROBES):
        for column in range(_PROBES):
            width, height = min(_PROBE_SIDE, source.width), min(_PROBE_SIDE, source.height)
            left = (source.width - width) * column // (_PROBES - 1)
            top = (source.height - height) * row // (_PROBES - 1)
            part = rasterio.windows.Window(left, top, width, height)
            with readable(source.name):
                values = source.read(window=part).sum(axis=0, dtype=np.int64)
                valid = source.dataset_mask(window=part) > 0
            sums.append(values[valid & (values > 0)])
    total = np.concatenate(sums)
    if len(total) < _FEWEST_PIXELS:
        return
    usual = np.median(total)
    apart = (total - usual) / usual
    if (np.abs(apart) > _ODD_BY).mean() > _ODD_SHARE or (apart > _ODD_BY).mean() > _OVER_SHARE:
        raise OcsiaError("not-distribution", path=path, low=int(total.min()), high=int(total.max()))


def windows(source: DatasetReader) -> Iterator[Window]:
    """Windows of about ``_SIDE``² pixels that follow the blocks of the file, so that none is decoded twice."""
    block_height, block_width = source.block_shapes[0]
    if block_width < source.width and block_width <= 4 * _SIDE:
        width, height = (ceil_to(_SIDE, min(side, 4 * _SIDE)) for side in (block_width, block_height))
    else:
        rows = max(_SIDE * _SIDE // source.width, 1)
        width, height = source.width, ceil_to(rows, block_height) if block_height <= 4 * rows else rows
    for row in range(0, source.height, height):
        for column in range(0, source.width, width):
            yield Window(column, row, min(width, source.width - column), min(height, source.height - row))


def _rasterio_window(window: Window) -> rasterio.windows.Window:
    return rasterio.windows.Window(window.col, window.row, window.width, window.height)
