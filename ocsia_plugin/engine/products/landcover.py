"""A raster of classes or of probabilities, ours or from elsewhere, read window by window on a grid of one's choice."""

from __future__ import annotations

import math
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Optional

import numpy as np
import rasterio.windows
from rasterio.enums import MaskFlags, Resampling
from rasterio.io import DatasetReader
from rasterio.transform import Affine
from rasterio.vrt import WarpedVRT
from rasterio.warp import transform_bounds

from ..events import Events
from ..grid import Grid, Window
from ..mappings import Conversion
from ..nomenclature import LandCoverClass
from ..ortho.checks import check_crs, open_raster, readable
from .argmax import raster_grid
from .choice import most_probable
from .classes import Legend
from .recognition import recognised_classes, recognised_probabilities
from .vectorize import read_codes

_SAME = 1e-3
"""Pixels: two grids whose edges differ by less are one."""


@dataclass(frozen=True)
class Pixels:
    """What the pixels of a window say.

    Attributes:
        codes: uint8 (H, W): class, or most probable class; 0 = no data.
        values: probabilities, uint8 (B, H, W), zero where there is no data; None for a raster of classes.
    """

    codes: np.ndarray
    values: Optional[np.ndarray]

    @property
    def confidence(self) -> Optional[np.ndarray]:
        """``round(255 max p)``, uint8 (H, W); None for a raster of classes."""
        return None if self.values is None else self.values.max(axis=0)


class LandCover:
    """Classes or probabilities of one place, in a CRS in metres.

    Args:
        stack: closes the file.
        path: a raster that GDAL reads: one band of codes, or one band of bytes per class.
        nomenclature, base: what the user says of a raster that does not say it itself; see ``recognition``.
        lang: language of the names in what is asked.

    Attributes:
        grid, crs: where its pixels lie; legend: what its codes or bands stand for.
        has_probabilities: whether it holds them.

    Raises:
        OcsiaError: the refusals of rasters and nomenclatures.
    """

    def __init__(self, stack: ExitStack, path: str, nomenclature: str, base: str, lang: str, events: Events) -> None:
        self.path, self._stack = path, stack
        self._source: DatasetReader = stack.enter_context(open_raster(path))
        check_crs(self._source.crs, path)
        self.crs, self._tags = self._source.crs, self._source.tags()
        self.grid = raster_grid(self._source, path)
        self.has_probabilities = self._source.count > 1
        self._base = 1
        self._conversion: Optional[Conversion] = None
        self._codes: Optional[np.ndarray] = None
        self._shift = (0, 0)
        if self.has_probabilities:
            self.legend = recognised_probabilities(self._source, path, nomenclature, events)
        else:
            self.legend, self._base = recognised_classes(self._source, path, nomenclature, base, lang, events)
        self._bands = list(range(1, self._source.count + 1))

    @property
    def tags(self) -> dict[str, str]:
        """What the file says of its origin."""
        return self._tags

    @property
    def classes(self) -> tuple[LandCoverClass, ...]:
        """Those that pixels may have, in the order of the bands."""
        return self.legend.classes

    def deliver(self, legend: Legend, conversion: Conversion) -> None:
        """Read its classes as those of another nomenclature from now on."""
        self.legend = legend
        self._conversion = conversion
        self._codes = np.zeros(256, np.uint8)
        for code, target in conversion.mapping.codes.items():
            self._codes[code] = target

    def meets(self, grid: Grid, crs: rasterio.crs.CRS) -> bool:
        """Whether it covers a part of another grid."""
        bounds = self.grid.bounds if crs == self.crs else transform_bounds(self.crs, crs, *self.grid.bounds)
        common = grid.cropped(bounds)
        return common.width > 0 and common.height > 0

    def align(self, grid: Grid, crs: rasterio.crs.CRS) -> Optional[str]:
        """Read on another grid from now on: class codes by the nearest pixel, probabilities by bilinear interpolation.

        Returns:
            The name of the resampling; None where the pixels of both grids are the same.
        """
        own = self.grid
        columns, rows = (grid.x - own.x) / own.dx, (own.y - grid.y) / own.dy
        far = max(grid.width, grid.height)
        same_size = all(math.isclose(a, b, abs_tol=_SAME * a / far) for a, b in ((own.dx, grid.dx), (own.dy, grid.dy)))
        shifts = round(columns), round(rows)
        if crs == self.crs and same_size and max(abs(columns - shifts[0]), abs(rows - shifts[1])) < _SAME:
            self._shift, self.grid = shifts, grid
            return None
        resampling = Resampling.bilinear if self.has_probabilities else Resampling.nearest
        self._source = self._stack.enter_context(
            WarpedVRT(
                self._source,
                crs=crs,
                transform=Affine(*grid.transform),
                width=grid.width,
                height=grid.height,
                resampling=resampling,
                add_alpha=True,
            )
        )
        self.grid, self.crs = grid, crs
        return resampling.name

    def read(self, window: Window) -> Pixels:
        """The pixels of a window of the grid, which may reach beyond the raster: no data there.

        Raises:
            OcsiaError: ``raster-unreadable``: the file breaks off or is damaged there.
        """
        shifted = Window(window.col + self._shift[0], window.row + self._shift[1], window.width, window.height)
        inside = shifted.clipped(self._source.width, self._source.height)
        shape = (window.height, window.width)
        if inside.is_empty:
            nothing = np.zeros((len(self.classes), *shape), np.uint8) if self.has_probabilities else None
            return Pixels(np.zeros(shape, np.uint8), nothing)
        part = rasterio.windows.Window(inside.col, inside.row, inside.width, inside.height)
        pixels = self._probabilities(part) if self.has_probabilities else self._classes(part)
        if inside == shifted:
            return pixels
        place = inside.slices_in(shifted)
        codes = np.zeros(shape, np.uint8)
        codes[place] = pixels.codes
        if pixels.values is None:
            return Pixels(codes, None)
        values = np.zeros((len(pixels.values), *shape), np.uint8)
        values[(slice(None), *place)] = pixels.values
        return Pixels(codes, values)

    def _classes(self, part: rasterio.windows.Window) -> Pixels:
        codes = read_codes(self._source, part, self._base)
        return Pixels(codes if self._codes is None else self._codes[codes], None)

    def _probabilities(self, part: rasterio.windows.Window) -> Pixels:
        with readable(self.path):
            values = self._source.read(self._bands, window=part)
            if any(MaskFlags.all_valid not in flags for flags in self._source.mask_flag_enums):
                values[:, self._source.dataset_mask(window=part) == 0] = 0
        if self._conversion:
            values = self._conversion.apply(values)
        codes, _ = most_probable(values, [c.code for c in self.legend.classes])
        return Pixels(codes, values)
