"""True surfaces from projected ones: the areal scale of a CRS.

A projected surface is s times the surface on the ellipsoid, where the areal scale s(x, y) is the product of the linear
scales along the meridian and the parallel for a conformal projection, and more generally

    s = h k sin θ'        (Snyder, Map Projections: A Working Manual, USGS PP 1395, 1987, eq. 4-15),

so that the ground area of a pixel of planar area A is A / s. In Lambert-93 1/s goes from 1.0019 at 46.5° N, between
the two parallels 44° and 49° where it is 1, to 0.994 in Corsica: a square of 1 km² of the grid covers 1 001 803 m² at
Bourges, 999 449 m² at Auch, 995 527 m² at Dunkerque, 994 138 m² at Bonifacio.
"""

from __future__ import annotations

import math

import numpy as np
import pyproj

_STEP = 1000.0
"""Metres between the nodes of the grid where s is evaluated. In Lambert-93 s'' is about 2 / R², so that bilinear
interpolation errs by less than _STEP² s'' / 8 = 1e-8."""

_MOST_NODES = 400


def areal_scale(crs: pyproj.CRS, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Areal scale of a projected CRS, without unit.

    Args:
        crs: projected; x, y: easting and northing in metres, float64, any shape.

    Returns:
        s, float64 of that shape.

    Raises:
        ValueError: the CRS is not projected, or a point lies where its projection is not defined.
    """
    while crs.is_compound or crs.is_bound:
        crs = crs.sub_crs_list[0] if crs.is_compound else crs.source_crs
    if not crs.is_projected:
        raise ValueError(f"{crs.name} is not a projected CRS")
    projection = pyproj.Proj(crs)
    x, y = np.asarray(x, np.float64), np.asarray(y, np.float64)
    longitude, latitude = projection(x, y, inverse=True)
    scale = np.asarray(projection.get_factors(longitude, latitude).areal_scale, np.float64)
    if not (np.isfinite(scale) & (scale > 0)).all():
        raise ValueError(f"The areal scale of {crs.name} is not defined at some of the points")
    return scale.reshape(x.shape)


class ArealScale:
    """The areal scale over a rectangle, evaluated on a coarse grid and interpolated bilinearly.

    Args:
        wkt: of a projected CRS in metres; bounds: (xmin, ymin, xmax, ymax) in it.

    Raises:
        ValueError: as ``areal_scale``.
    """

    def __init__(self, wkt: str, bounds: tuple[float, float, float, float]) -> None:
        xmin, ymin, xmax, ymax = bounds
        self._x, self._y = _nodes(xmin, xmax), _nodes(ymin, ymax)
        self._scale = areal_scale(pyproj.CRS.from_wkt(wkt), *np.meshgrid(self._x, self._y))

    @property
    def limits(self) -> tuple[float, float]:
        """Least and greatest areal scale at the nodes."""
        return float(self._scale.min()), float(self._scale.max())

    def over(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Areal scale at every crossing of columns and rows.

        Args:
            x: eastings, float64 (W); y: northings, float64 (H).

        Returns:
            s, float64 (H, W).
        """
        column, right = _position(self._x, x)
        row, lower = _position(self._y, y)
        # First down the few columns of nodes that matter, then along the rows.
        first, last = int(column.min()), int(column.max()) + 2
        nodes = self._scale[:, first:last]
        at_rows = nodes[row] * (1 - lower)[:, np.newaxis] + nodes[row + 1] * lower[:, np.newaxis]
        column = column - first
        return at_rows[:, column] * (1 - right) + at_rows[:, column + 1] * right


def _nodes(low: float, high: float) -> np.ndarray:
    """Positions that cover an interval, at most ``_STEP`` apart unless there would be too many."""
    count = min(max(math.ceil((high - low) / _STEP), 1), _MOST_NODES)
    return np.linspace(low, high, count + 1)


def _position(nodes: np.ndarray, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Index of the node before each position, int64, and the share of the way to the next."""
    share = (at - nodes[0]) / (nodes[1] - nodes[0])
    index = np.clip(np.floor(share).astype(np.int64), 0, len(nodes) - 2)
    return index, share - index
