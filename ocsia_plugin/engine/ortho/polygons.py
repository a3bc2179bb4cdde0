"""Polygons that say where: the mask of a run, rasterised window by window by the rule of the pixel's centre."""

from __future__ import annotations

import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataSourceError
from rasterio.features import geometry_mask
from rasterio.transform import Affine

from ..errors import OcsiaError
from ..grid import Grid, Window


class Mask:
    """The polygons of a vector file, in the CRS of the raster they mask.

    Raises:
        OcsiaError: ``vector-unreadable``, ``mask-empty``, ``geometry-invalid``.
    """

    def __init__(self, path: str) -> None:
        self._polygons = read_polygons(path, empty="mask-empty")
        self._tree = shapely.STRtree(self._polygons)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """(xmin, ymin, xmax, ymax) of all polygons."""
        return tuple(float(v) for v in shapely.total_bounds(self._polygons))  # type: ignore[return-value]

    def touches(self, grid: Grid, window: Window) -> bool:
        """Whether some polygon meets the window."""
        return len(self._tree.query(shapely.box(*grid.bounds_of(window)), predicate="intersects")) > 0

    def inside(self, grid: Grid, window: Window) -> np.ndarray:
        """bool (H, W): the pixel's centre lies in a polygon."""
        xmin, ymin, xmax, ymax = grid.bounds_of(window)
        near = self._tree.query(shapely.box(xmin, ymin, xmax, ymax))
        if len(near) == 0:
            return np.zeros((window.height, window.width), bool)
        transform = Affine(grid.dx, 0, xmin, 0, -grid.dy, ymax)
        shape = (window.height, window.width)
        return geometry_mask([self._polygons[i] for i in near], shape, transform, invert=True)


def read_polygons(path: str, empty: str) -> np.ndarray:
    """The polygons of the first layer of a vector file, as an array of shapely geometries.

    Args:
        path: a file that GDAL reads.
        empty: code of the error to raise where there is no polygon.

    Raises:
        OcsiaError: ``vector-unreadable``, ``geometry-invalid`` or the one named by ``empty``.
    """
    try:
        _, fids, wkb, _ = pyogrio.raw.read(path, columns=[], return_fids=True)
    except (DataSourceError, OSError, ValueError) as error:
        raise OcsiaError("vector-unreadable", path=path, reason=(str(error).splitlines() or [""])[0]) from error
    geometries = shapely.from_wkb(wkb) if wkb is not None else np.array([], object)
    keep = np.isin(shapely.get_type_id(geometries), (3, 6)) & ~shapely.is_empty(geometries)
    geometries, fids = geometries[keep], fids[keep]
    if len(geometries) == 0:
        raise OcsiaError(empty)
    invalid = np.flatnonzero(~shapely.is_valid(geometries))
    if len(invalid):
        first = invalid[0]
        raise OcsiaError(
            "geometry-invalid",
            count=len(invalid),
            layer=path,
            fid=int(fids[first]),
            reason=shapely.is_valid_reason(geometries[first]),
        )
    return geometries
