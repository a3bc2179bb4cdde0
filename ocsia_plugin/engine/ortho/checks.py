"""What can be refused before any long work starts: unreadable rasters, CRS and pixels that cannot be right."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Optional

import rasterio
from rasterio.errors import NotGeoreferencedWarning, RasterioError

from ..errors import OcsiaError, because

if TYPE_CHECKING:
    from rasterio.crs import CRS
    from rasterio.io import DatasetReader

GSD_LIMITS = (0.1, 1.0)
GSD_COMFORT = (0.2, 0.5)
_TOLERANCE = 1e-3
"""Relative: an ortho of 0.1999 m is one of 0.2 m."""

_PSEUDO_MERCATOR = (3857, 900913, 3785, 102100, 102113)


def open_raster(path: str) -> DatasetReader:
    """The raster at ``path``, open for reading.

    Raises:
        OcsiaError: ``raster-missing``, ``raster-unreadable``, ``raster-format``.
    """
    is_plain_file = ":" not in path[2:] and not path.startswith("/vsi")
    if is_plain_file and not Path(path).exists():
        raise OcsiaError("raster-missing", path=path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            dataset = rasterio.open(path)
    except RasterioError as error:
        if suffix := _licensed_format(path):
            raise OcsiaError("raster-format", path=path, format=suffix) from error
        raise OcsiaError("raster-unreadable", path=path, reason=_first_line(error)) from error
    if dataset.count == 0:
        dataset.close()
        raise OcsiaError("raster-unreadable", path=path, reason=because("why-several-rasters"))
    return dataset


@contextmanager
def readable(path: str) -> Iterator[None]:
    """Turns a failed reading of pixels into ``raster-unreadable``: only then does a damaged file show."""
    try:
        yield
    except RasterioError as error:
        raise OcsiaError("raster-unreadable", path=path, reason=_first_line(error.__cause__ or error)) from error


def check_crs(crs: CRS | None, path: str) -> None:
    """Refuse what has no surfaces in m².

    Raises:
        OcsiaError: ``raster-no-crs``, ``raster-crs-degrees``, ``raster-crs-mercator``, ``raster-crs-units``.
    """
    if not crs:
        raise OcsiaError("raster-no-crs", path=path)
    name = crs_name(crs)
    if crs.is_geographic:
        raise OcsiaError("raster-crs-degrees", path=path, crs=name)
    if is_mercator(crs):
        raise OcsiaError("raster-crs-mercator", path=path, crs=name)
    if not crs.is_projected or not math.isclose(crs.linear_units_factor[1], 1.0, rel_tol=1e-9):
        raise OcsiaError("raster-crs-units", path=path, crs=name)


def is_mercator(crs: CRS) -> bool:
    """Whether it is Web Mercator, under any of its names."""
    wkt = crs.to_wkt()
    return crs.to_epsg() in _PSEUDO_MERCATOR or "Pseudo-Mercator" in wkt or "Auxiliary_Sphere" in wkt


def check_grid(dataset: DatasetReader, path: str, size: Optional[float] = None) -> float:
    """GSD in metres of a raster whose pixels are square to the axes of its CRS.

    Args:
        size: of its pixels in metres, where it is known otherwise.

    Raises:
        OcsiaError: ``raster-rotated``, ``raster-gsd``.
    """
    check_straight(dataset, path)
    size = size or math.sqrt(abs(dataset.transform.determinant))
    low, high = GSD_LIMITS
    if not low * (1 - _TOLERANCE) <= size <= high * (1 + _TOLERANCE):
        raise OcsiaError("raster-gsd", path=path, gsd=round(size, 4))
    return size


def check_straight(dataset: DatasetReader, path: str) -> None:
    """Refuse pixels that are not square to the axes of the CRS.

    Raises:
        OcsiaError: ``raster-rotated``.
    """
    transform = dataset.transform
    if max(abs(transform.b), abs(transform.d)) > 1e-9 * math.sqrt(abs(transform.determinant)):
        raise OcsiaError("raster-rotated", path=path)


def check_resolution(gsd: Optional[float]) -> None:
    """Refuse a size of pixels, in metres, that no result makes sense at.

    Raises:
        OcsiaError: ``resolution-range``.
    """
    low, high = GSD_LIMITS
    if gsd is not None and not low <= gsd <= high:
        raise OcsiaError("resolution-range", value=gsd, low=low, high=high)


def is_comfortable(gsd: float) -> bool:
    """Whether the models are made for pixels of ``gsd`` metres."""
    return GSD_COMFORT[0] * (1 - _TOLERANCE) <= gsd <= GSD_COMFORT[1] * (1 + _TOLERANCE)


def crs_name(crs: CRS) -> str:
    """``EPSG:2154`` where there is a code, the name of the CRS otherwise."""
    code = crs.to_epsg()
    if code:
        return f"EPSG:{code}"
    wkt = crs.to_wkt()
    return wkt.split('"')[1] if '"' in wkt else wkt


def _licensed_format(path: str) -> str:
    """The name of a format that takes a licence to read; empty: it is another."""
    return {".ecw": "ECW", ".sid": "MrSID"}.get(Path(path).suffix.lower(), "")


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
