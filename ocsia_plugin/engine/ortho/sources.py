"""Sources: rasters that are read window by window on the grid of the result, wherever their own pixels lie.

``Source`` is all that the reader asks for. Files are the first kind; a folder that fills with windows already rendered
on the result's grid can be another.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Optional, Protocol

import numpy as np
import pyproj
import rasterio.windows
from rasterio.crs import CRS
from rasterio.enums import ColorInterp, MaskFlags, Resampling
from rasterio.errors import RasterioError
from rasterio.io import DatasetReader
from rasterio.transform import Affine
from rasterio.vrt import WarpedVRT
from rasterio.warp import transform_bounds

from ..errors import OcsiaError
from ..grid import Grid, Window
from .bilinear import Axis, interpolated
from .checks import crs_name, is_mercator, readable

Bounds = tuple[float, float, float, float]

_ON_PIXELS = 0.02
"""Pixels: grids that differ by less over the whole raster are one grid."""

_TOLERANCE = 0.01
"""Pixels: error allowed to GDAL's approximation of a transformation between two CRS."""

_SAME_GSD = 1e-3


class Source(Protocol):
    """A raster that can be read on the pixels of any grid.

    Attributes:
        path: names it in sentences.
        crs: that it is in, which may have a vertical part.
        grid: its own pixels, in its CRS.
        gsd: size of its pixels in metres.
        roles: of its image bands: ``R``, ``V``, ``B``, ``I``, ``E`` or ``?``; alpha does not count.
        dtype: of its bands, as NumPy calls it.
        dataset: on its own pixels, to be looked at before the work; None: its pixels come while the job runs.
        numbers: of its image bands in ``dataset``.
        method: how it is resampled, known from ``settle`` on: ``average``, ``bilinear``, or None.
        covered: share of the grid that lies within its bounds, known from ``settle`` on.
    """

    path: str
    crs: CRS
    grid: Grid
    gsd: float
    roles: tuple[str, ...]
    dtype: str
    dataset: Optional[DatasetReader]
    numbers: tuple[int, ...]
    method: Optional[str]
    covered: float

    def settle(self, grid: Grid, crs: CRS, places: Sequence[int]) -> None:
        """Get ready to be read on ``grid``: once, before the first reading.

        Args:
            places: of the bands that will be read, counted from 0 among ``roles``.

        Raises:
            OcsiaError: ``sources-apart``: it lies elsewhere.
        """

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Pixels and validity of a window of the grid, which may reach beyond the grid and beyond the source.

        Returns:
            ``dtype`` (places, H, W), 0 where there is no data, and bool (H, W), True where there is.

        Raises:
            OcsiaError: ``raster-unreadable``.
        """

    def close(self) -> None:
        """Let go of files."""


class FileSource:
    """A raster that GDAL reads, or a virtual one.

    Args:
        dataset: open; it belongs to the source from now on.
        path: names it in sentences.
        numbers: of its image bands, for GDAL.
        roles: of the same bands.
        part: opens the same raster with some of its bands alone; None: it is always read as a whole.
    """

    def __init__(
        self,
        dataset: DatasetReader,
        path: str,
        numbers: Sequence[int],
        roles: Sequence[str],
        part: Optional[Callable[[Sequence[int]], DatasetReader]] = None,
    ) -> None:
        self.dataset = self._unwarped = self._read = dataset
        self._part = part
        self.path, self.numbers, self.roles = path, tuple(numbers), tuple(roles)
        self.crs = dataset.crs
        left, bottom, right, top = dataset.bounds
        transform = dataset.transform
        self.grid = Grid(
            min(left, right), max(bottom, top), abs(transform.a), abs(transform.e), dataset.width, dataset.height
        )
        self.gsd = _ground_gsd(self.grid, horizontal(self.crs))
        self.dtype = str(np.result_type(*(dataset.dtypes[n - 1] for n in numbers)))
        self.method: Optional[str] = None
        self.covered = 0.0
        self._where = Window(0, 0, 0, 0)
        self._places: tuple[int, ...] = ()
        self._bands: list[int] = []
        self._between: Optional[Grid] = None
        self._alpha: Optional[int] = None
        self._all_valid = False

    def settle(self, grid: Grid, crs: CRS, places: Sequence[int]) -> None:
        """See ``Source``."""
        self._places, self._bands = tuple(places), [self.numbers[place] for place in places]
        same_crs = horizontal(self.crs) == horizontal(crs)
        lattice = _on_lattice(self.grid, grid) if same_crs else None
        self._where = lattice or self._reprojected(grid, crs)
        common = self._where.clipped(*grid.size)
        self.covered = common.width * common.height / (grid.width * grid.height)
        if common.is_empty:
            raise OcsiaError("sources-apart", path=self.path, crs=crs_name(self.crs))
        north_up = self.dataset.transform.a > 0 > self.dataset.transform.e
        finer = self.gsd < math.sqrt(grid.dx * grid.dy) * (1 - _SAME_GSD)
        if lattice is None:
            self.method = (Resampling.average if finer else Resampling.bilinear).name
        if lattice is None and same_crs and north_up and not finer:
            self._between = grid
        elif lattice is None or not north_up:
            self._warp(grid, crs)
        colours = self._read.colorinterp
        self._alpha = colours.index(ColorInterp.alpha) + 1 if ColorInterp.alpha in colours else None
        flags = [self._read.mask_flag_enums[band - 1] for band in self._bands]
        self._all_valid = all(flag == [MaskFlags.all_valid] for flag in flags)

    def _reprojected(self, grid: Grid, crs: CRS) -> Window:
        """The pixels of the grid, extended as far as the source goes: those whose centre it covers."""
        bounds = self.grid.bounds
        if horizontal(self.crs) != horizontal(crs):
            try:
                bounds = transform_bounds(horizontal(self.crs), horizontal(crs), *bounds, densify_pts=21)
            except RasterioError as error:
                raise OcsiaError("sources-apart", path=self.path, crs=crs_name(self.crs)) from error
        edges = _edges(bounds, grid)
        if not all(map(math.isfinite, edges)):
            raise OcsiaError("sources-apart", path=self.path, crs=crs_name(self.crs))
        col, row, right, bottom = (math.ceil(edge - 0.5 - _ON_PIXELS) for edge in edges)
        return Window(col, row, max(right - col, 0), max(bottom - row, 0))

    def _warp(self, grid: Grid, crs: CRS) -> None:
        """Read through a virtual raster on the pixels of the grid."""
        if self._part and len(self._bands) < len(self.numbers):  # every band of a raster is warped, wanted or not
            self._unwarped = self._part(self._places)
            self._bands = list(range(1, len(self._bands) + 1))
        xmin, _, _, ymax = grid.bounds_of(self._where)
        options: dict[str, Any] = {
            "src_crs": horizontal(self.crs),  # heights are to keep their own reference
            "crs": horizontal(crs),
            "transform": Affine(grid.dx, 0, xmin, 0, -grid.dy, ymax),
            "width": self._where.width,
            "height": self._where.height,
            # Stored upside down: other rows, the same pixels.
            "resampling": Resampling[self.method] if self.method else Resampling.nearest,
            "tolerance": _TOLERANCE,
        }
        # A value of no data in bytes would take that value away from the pixels that have data.
        by_value = self._unwarped.nodata is not None and np.dtype(self.dtype).kind == "f"
        if not by_value and ColorInterp.alpha not in self._unwarped.colorinterp:
            options["add_alpha"] = True
        self._read = WarpedVRT(self._unwarped, **options)

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """See ``Source``."""
        pixels = np.zeros((len(self._bands), window.height, window.width), self.dtype)
        valid = np.zeros((window.height, window.width), bool)
        shifted = Window(window.col - self._where.col, window.row - self._where.row, window.width, window.height)
        inside = shifted.clipped(*self._where.size)
        if inside.is_empty:
            return pixels, valid
        place = inside.slices_in(shifted)
        with readable(self.path):
            found, seen = self._found(inside) if self._between is None else self._interpolated(inside, self._between)
        pixels[(slice(None), *place)] = found
        valid[place] = True if seen is None else seen
        if not valid.all():
            pixels[:, ~valid] = 0
        return pixels, valid

    def _found(self, window: Window) -> tuple[np.ndarray, Optional[np.ndarray]]:
        """Pixels and validity (None: everywhere) inside what is read, straight from GDAL."""
        part = rasterio.windows.Window(window.col, window.row, window.width, window.height)
        if self._alpha is not None:  # rasterio's own mask takes the alpha of a warped int16 for opaque everywhere
            both = self._read.read([*self._bands, self._alpha], window=part)
            pixels, valid = both[:-1], both[-1] > 0
        else:
            pixels = self._read.read(self._bands, window=part)
            valid = None if self._all_valid else self._read.dataset_mask(window=part) > 0
        if pixels.dtype.kind == "f":
            finite = np.isfinite(pixels).all(axis=0)
            valid = finite if valid is None else valid & finite
        return pixels, valid

    def _interpolated(self, window: Window, grid: Grid) -> tuple[np.ndarray, np.ndarray]:
        """Pixels and validity of a window of what the source covers, between its own pixels."""
        own = self.grid
        cols = self._where.col + window.col + np.arange(window.width) + 0.5
        rows = self._where.row + window.row + np.arange(window.height) + 0.5
        across = Axis.between((grid.x - own.x + cols * grid.dx) / own.dx, own.width)
        down = Axis.between((own.y - grid.y + rows * grid.dy) / own.dy, own.height)
        pixels, valid = self._found(Window(across.first, down.first, across.count, down.count))
        return interpolated(pixels, valid, down, across)

    def close(self) -> None:
        """See ``Source``."""
        for dataset in {id(d): d for d in (self._read, self._unwarped, self.dataset)}.values():
            dataset.close()


def horizontal(crs: CRS) -> CRS:
    """The horizontal part of a CRS: IGN's elevations are in Lambert-93 plus NGF-IGN69."""
    if not crs or not crs.to_wkt().startswith("COMPD_CS"):
        return crs
    return CRS.from_wkt(pyproj.CRS.from_wkt(crs.to_wkt()).sub_crs_list[0].to_wkt())


def _ground_gsd(grid: Grid, crs: CRS) -> float:
    """Size in metres of the pixel in the middle; on the ground where the CRS is not one of surfaces in m²."""
    if crs.is_projected and not is_mercator(crs):
        return math.sqrt(grid.dx * grid.dy) * crs.linear_units_factor[1]
    xmin, ymin, xmax, ymax = grid.bounds
    x, y = (xmin + xmax) / 2, (ymin + ymax) / 2
    proj = pyproj.CRS.from_wkt(crs.to_wkt())
    to_degrees = pyproj.Transformer.from_crs(proj, proj.geodetic_crs, always_xy=True)
    lons, lats = to_degrees.transform([x, x + grid.dx, x], [y, y, y + grid.dy])
    _, _, sides = proj.get_geod().inv([lons[0]] * 2, [lats[0]] * 2, lons[1:], lats[1:])
    return math.sqrt(sides[0] * sides[1])


def _edges(bounds: Bounds, grid: Grid) -> tuple[float, float, float, float]:
    """West, north, east and south edge, in columns and rows of a grid."""
    xmin, ymin, xmax, ymax = bounds
    west, east = (xmin - grid.x) / grid.dx, (xmax - grid.x) / grid.dx
    return west, (grid.y - ymax) / grid.dy, east, (grid.y - ymin) / grid.dy


def _on_lattice(own: Grid, grid: Grid) -> Optional[Window]:
    """Where pixels that are those of a grid lie in it; None: they are other pixels."""
    edges = _edges(own.bounds, grid)
    col, row = round(edges[0]), round(edges[1])
    meant = col, row, col + own.width, row + own.height
    near = max(abs(edge - whole) for edge, whole in zip(edges, meant, strict=True)) < _ON_PIXELS
    return Window(col, row, own.width, own.height) if near else None
