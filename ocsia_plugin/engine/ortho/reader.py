"""From a raster file to blocks of the bands that a model wants, on the grid of the result."""

from __future__ import annotations

import math
from contextlib import ExitStack
from typing import Optional

import numpy as np
import rasterio.windows
from rasterio.enums import ColorInterp, MaskFlags, Resampling
from rasterio.io import DatasetReader
from rasterio.transform import Affine
from rasterio.vrt import WarpedVRT

from ..errors import OcsiaError, because
from ..grid import Grid, Window, snapped_grid
from .checks import check_crs, check_grid, open_raster, readable
from .roles import UNKNOWN, image_roles, places

_SAME_GSD = 1e-3
"""Relative difference under which the image's own pixels are used as they are."""


class OrthoReader:
    """Reads windows of the bands that a model wants, resampled where the raster's GSD is not the one wanted.

    Args:
        path: a raster that GDAL reads.
        bands: roles of the bands wanted, in the model's order.
        fill: per band, the byte to put where there is no data.
        gsd: pixel size wanted, in metres.
        model: name of the model, for messages.
        extent: (xmin, ymin, xmax, ymax) to keep to, in the raster's CRS.

    Attributes:
        grid: of the result; the raster's own pixels where its GSD is the one wanted, else multiples of ``gsd``.
        source_gsd: pixel size of the raster, in metres.
        method: how it is resampled, or None.
        bands: numbers of the bands that are read.
        unread: how many other image bands there are.

    Raises:
        OcsiaError: the refusals of ``checks``, ``raster-bands``, ``raster-dtype``, ``extent-outside``.
    """

    def __init__(
        self,
        path: str,
        bands: tuple[str, ...],
        fill: tuple[int, ...],
        gsd: float,
        model: str,
        extent: Optional[tuple[float, float, float, float]] = None,
    ) -> None:
        self._stack = ExitStack()
        self.path, self._fill = path, np.array(fill, np.uint8)
        try:
            source = self._stack.enter_context(open_raster(path))
            check_crs(source.crs, path)
            self.source_gsd = check_grid(source, path)
            self.bands = _image_bands(source, path, bands, model)
            self.unread = source.count - list(source.colorinterp).count(ColorInterp.alpha) - len(self.bands)
            self.crs = source.crs
            self._dataset, self.grid, self.method = self._on_grid(source, gsd, extent)
        except BaseException:
            self._stack.close()
            raise
        if self.grid.width == 0 or self.grid.height == 0:
            self._stack.close()
            raise OcsiaError("extent-outside", path=path)
        self._all_valid = all(flags == [MaskFlags.all_valid] for flags in self._dataset.mask_flag_enums)
        first = Window(0, 0, 1, 1)
        self._col0 = round((self.grid.bounds_of(first)[0] - self._dataset.bounds.left) / self.grid.dx)
        self._row0 = round((self._dataset.bounds.top - self.grid.bounds_of(first)[3]) / self.grid.dy)

    def _on_grid(
        self, source: DatasetReader, gsd: float, extent: Optional[tuple[float, float, float, float]]
    ) -> tuple[DatasetReader, Grid, Optional[str]]:
        left, bottom, right, top = source.bounds
        bounds = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
        transform = source.transform
        own = Grid(bounds[0], bounds[3], abs(transform.a), abs(transform.e), source.width, source.height)
        same = all(math.isclose(size, gsd, rel_tol=_SAME_GSD) for size in (own.dx, own.dy))
        if same and transform.a > 0 > transform.e:
            return source, own.cropped(extent) if extent else own, None
        if same:  # stored upside down: other rows, the same pixels
            resampling, whole = Resampling.nearest, own
        else:
            resampling = Resampling.average if self.source_gsd < gsd else Resampling.bilinear
            whole = snapped_grid(bounds, gsd)
        options = {
            "crs": source.crs,
            "transform": Affine(*whole.transform),
            "width": whole.width,
            "height": whole.height,
            "resampling": resampling,
        }
        if ColorInterp.alpha not in source.colorinterp:
            options["add_alpha"] = True
        vrt = self._stack.enter_context(WarpedVRT(source, **options))
        return vrt, whole.cropped(extent) if extent else whole, None if same else resampling.name

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Image and validity of a window of the grid, which may reach beyond the raster.

        Returns:
            uint8 (bands, H, W) with ``fill`` where there is no data, and bool (H, W), True where there is.

        Raises:
            OcsiaError: ``raster-unreadable``: the file breaks off or is damaged there.
        """
        image = np.empty((len(self.bands), window.height, window.width), np.uint8)
        image[:] = self._fill[:, None, None]
        valid = np.zeros((window.height, window.width), bool)
        shifted = Window(window.col + self._col0, window.row + self._row0, window.width, window.height)
        inside = shifted.clipped(self._dataset.width, self._dataset.height)
        if inside.is_empty:
            return image, valid
        place = inside.slices_in(shifted)
        part = rasterio.windows.Window(inside.col, inside.row, inside.width, inside.height)
        with readable(self.path):
            pixels = self._dataset.read(self.bands, window=part)
            seen = None if self._all_valid else self._dataset.dataset_mask(window=part) > 0
        valid[place] = True if seen is None else seen
        np.copyto(image[(slice(None), *place)], pixels, where=True if seen is None else seen)
        return image, valid

    def close(self) -> None:
        """Close the raster."""
        self._stack.close()

    def __enter__(self) -> OrthoReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def raster_roles(source: DatasetReader) -> tuple[list[int], tuple[str, ...]]:
    """Numbers of the bands that are not alpha, and their roles. A palette is no image: its band has no role."""
    numbers = [
        number
        for number, meaning in zip(source.indexes, source.colorinterp, strict=True)
        if meaning != ColorInterp.alpha
    ]
    colours = [source.colorinterp[number - 1].name.lower() for number in numbers]
    if "palette" in colours:
        return numbers, (UNKNOWN,) * len(numbers)
    return numbers, image_roles([source.descriptions[number - 1] for number in numbers], colours)


def _image_bands(source: DatasetReader, path: str, bands: tuple[str, ...], model: str) -> list[int]:
    """Numbers of the bands that the model wants, in its order, all of them bytes."""
    image, roles = raster_roles(source)
    found = places(bands, roles)
    if found is None or source.colorinterp[0] == ColorInterp.palette:
        raise OcsiaError(
            "raster-bands",
            path=path,
            found=len(image),
            roles=", ".join(roles),
            model=model,
            wanted=len(bands),
            bands=", ".join(bands),
            advice=because("advice-bands"),
        )
    numbers = [image[place] for place in found]
    for number in numbers:
        if source.dtypes[number - 1] != "uint8":
            raise OcsiaError("raster-dtype", path=path, dtype=source.dtypes[number - 1])
    return numbers
