"""An image to look at under something else, on that thing's grid."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Optional

import numpy as np
import rasterio.windows
from rasterio.crs import CRS
from rasterio.enums import ColorInterp, Resampling
from rasterio.transform import Affine
from rasterio.vrt import WarpedVRT
from rasterio.warp import transform_bounds

from ..errors import OcsiaError
from ..grid import Grid, Window
from .bands import raster_roles
from .checks import open_raster, readable
from .roles import ROLES, places


class Backdrop:
    """Red, green and blue of an image, or its single grey band three times, warped to a grid.

    Pixels finer than the grid's are averaged, coarser ones interpolated.

    Args:
        stack: closes the file.

    Raises:
        OcsiaError: ``raster-no-crs``, ``raster-dtype``, ``ortho-bands``, ``ortho-outside`` and what reading says.
    """

    def __init__(self, stack: ExitStack, path: str, grid: Grid, crs: CRS) -> None:
        self.path = path
        source = stack.enter_context(open_raster(path))
        if not source.crs:
            raise OcsiaError("raster-no-crs", path=path)
        numbers, roles = raster_roles(source)
        found: Optional[list[int]]
        if len(numbers) == 1 and source.colorinterp[numbers[0] - 1] != ColorInterp.palette:
            found = [0, 0, 0]
        elif len(numbers) <= len(ROLES):
            found = places(("R", "V", "B"), roles)
        else:  # probabilities, or another kind of image
            found = None
        if found is None:
            raise OcsiaError("ortho-bands", path=path, found=len(numbers))
        self._bands = [numbers[place] for place in found]
        for number in self._bands:
            if source.dtypes[number - 1] != "uint8":
                raise OcsiaError("raster-dtype", path=path, dtype=source.dtypes[number - 1])
        bounds = transform_bounds(source.crs, crs, *source.bounds)
        common = grid.cropped(bounds)
        if common.width == 0 or common.height == 0:
            raise OcsiaError("ortho-outside", path=path)
        finer = (bounds[2] - bounds[0]) / source.width < 0.75 * grid.dx
        self._warped = stack.enter_context(
            WarpedVRT(
                source,
                crs=crs,
                transform=Affine(*grid.transform),
                width=grid.width,
                height=grid.height,
                resampling=Resampling.average if finer else Resampling.bilinear,
                add_alpha=ColorInterp.alpha not in source.colorinterp,
            )
        )

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Image, uint8 (3, H, W), and where it has data, bool (H, W)."""
        part = rasterio.windows.Window(window.col, window.row, window.width, window.height)
        with readable(self.path):
            image = self._warped.read(self._bands, window=part)
            return image, self._warped.dataset_mask(window=part) > 0
