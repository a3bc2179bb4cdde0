"""Rasters in memory: decoded answers of services, in a place, on another grid; written as windows."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Union

import numpy as np
from osgeo import gdal
from qgis.core import QgsCoordinateReferenceSystem

from .crs import crs_wkt
from .grid import Bounds

NO_HEIGHT = -9999.0
_DRIVERS = ["PNG", "JPEG", "GTiff", "GIF", "WEBP", "JP2OpenJPEG"]
"""What images of services are opened with: nothing that would follow an address inside them."""
_COLOURS = (gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand, gdal.GCI_AlphaBand)
_BLANK = (0, 255)
_TOLERANCE = 0.01
"""Pixels: error allowed to GDAL's approximation of a transformation between two CRS."""


class Undecodable(Exception):
    """Bytes that are not the image that they should be, with GDAL's reason."""


def decoded(body: bytes) -> gdal.Dataset:
    """An image file as a raster in memory, whole.

    Raises:
        Undecodable: it is none, or breaks off.
    """
    if body.startswith(b"\xff\xd8") and b"\xff\xd9" not in body[-64:]:
        raise Undecodable("JPEG")  # GDAL fills up what is missing with grey
    path = f"/vsimem/ocsia-{uuid.uuid4().hex}"
    gdal.FileFromMemBuffer(path, body)
    try:
        with gdal_errors():
            image = gdal.OpenEx(path, gdal.OF_RASTER, allowed_drivers=_DRIVERS)
            copy = gdal.GetDriverByName("MEM").CreateCopy("", image) if image else None
            if copy is None or gdal.GetLastErrorType() >= gdal.CE_Failure:
                raise Undecodable(gdal.GetLastErrorMsg() or "GDAL")
            return copy
    finally:
        gdal.Unlink(path)


def picture(
    image: gdal.Dataset, bounds: Bounds, width: int, height: int, crs: QgsCoordinateReferenceSystem
) -> gdal.Dataset:
    """An image in its place, as bytes R, V, B, alpha; one of a single white or black has no data.

    Raises:
        Undecodable: it does not hold bytes.
    """
    return in_memory(colours(image), bounds, crs)


def colours(image: gdal.Dataset) -> np.ndarray:
    """uint8 (4, H, W): R, V, B, alpha of an image of one (grey or palette) to four bands.

    Raises:
        Undecodable: it does not hold bytes.
    """
    with gdal_errors():
        if image.GetRasterBand(1).GetRasterColorTable():
            image = gdal.Translate("", image, format="MEM", rgbExpand="rgba")
        bands = image.ReadAsArray() if image else None
        if bands is None:
            raise Undecodable(gdal.GetLastErrorMsg() or "GDAL")
        mask = image.GetRasterBand(1).GetMaskBand().ReadAsArray()
    if bands.dtype != np.uint8:
        raise Undecodable(str(bands.dtype))
    bands = bands[np.newaxis] if bands.ndim == 2 else bands
    result = np.empty((4, *bands.shape[1:]), np.uint8)
    result[:3] = bands[:3] if len(bands) >= 3 else bands[0]
    result[3] = bands[3] if len(bands) == 4 else bands[1] if len(bands) == 2 else mask
    seen = result[:3]
    if any((seen == value).all() for value in _BLANK):
        result[3] = 0
    result[3] = np.where(result[3] < 128, 0, 255)  # a layer may be a little transparent as a whole
    return result


def heights(
    source: Union[bytes, gdal.Dataset], bounds: Bounds, width: int, height: int, crs: QgsCoordinateReferenceSystem
) -> gdal.Dataset:
    """Elevations in their place: one band of float32; ``source`` is 32-bit floats row by row, or a raster.

    Raises:
        Undecodable: it is a picture.
    """
    if isinstance(source, bytes):
        values = np.frombuffer(source, "<f4").reshape(height, width)
    else:
        band = source.GetRasterBand(1)
        if source.RasterCount != 1 or band.DataType in (gdal.GDT_Byte, gdal.GDT_Unknown):
            raise Undecodable(f"{source.RasterCount} x {gdal.GetDataTypeName(band.DataType)}")
        values = band.ReadAsArray().astype(np.float32)
        if band.GetNoDataValue() is not None:
            values[values == np.float32(band.GetNoDataValue())] = NO_HEIGHT
    values = np.where(np.isfinite(values), values, np.float32(NO_HEIGHT))
    return in_memory(values[np.newaxis], bounds, crs)


def in_memory(bands: np.ndarray, bounds: Bounds, crs: QgsCoordinateReferenceSystem) -> gdal.Dataset:
    """A raster of (C, H, W) over ``bounds``: four bands of bytes with alpha, or one of heights."""
    count, height, width = bands.shape
    kind = gdal.GDT_Byte if bands.dtype == np.uint8 else gdal.GDT_Float32
    dataset = gdal.GetDriverByName("MEM").Create("", width, height, count, kind)
    xmin, ymin, xmax, ymax = bounds
    dataset.SetGeoTransform((xmin, (xmax - xmin) / width, 0, ymax, 0, -(ymax - ymin) / height))
    dataset.SetProjection(crs_wkt(crs))
    for number, band in enumerate(bands, start=1):
        target = dataset.GetRasterBand(number)
        target.WriteArray(band)
        if count == 4:
            target.SetColorInterpretation(_COLOURS[number - 1])
        elif kind == gdal.GDT_Float32:
            target.SetNoDataValue(NO_HEIGHT)
    return dataset


def on_grid(
    source: gdal.Dataset, bounds: Bounds, width: int, height: int, crs: QgsCoordinateReferenceSystem, *, finer: bool
) -> gdal.Dataset:
    """``source`` resampled to another grid: averaged where it is ``finer``, else interpolated.

    Raises:
        Undecodable: GDAL cannot transform it.
    """
    with gdal_errors():
        result = gdal.Warp(
            "",
            source,
            format="MEM",
            dstSRS=crs_wkt(crs),
            outputBounds=bounds,
            width=width,
            height=height,
            resampleAlg="average" if finer else "bilinear",
            errorThreshold=_TOLERANCE,
        )
        if result is None:
            raise Undecodable(gdal.GetLastErrorMsg() or "GDAL")
        return result


def write_window(dataset: gdal.Dataset, path: str) -> None:
    """Write a GeoTIFF that appears under its name when it is whole.

    Raises:
        OSError: it cannot be written.
    """
    part = f"{path}.{uuid.uuid4().hex[:8]}.part"
    options = ["TILED=YES", "BLOCKXSIZE=256", "BLOCKYSIZE=256", "COMPRESS=DEFLATE", "ZLEVEL=1", "INTERLEAVE=BAND"]
    try:
        with gdal_errors():
            written = gdal.GetDriverByName("GTiff").CreateCopy(part, dataset, options=options)
            if written is not None:
                written.FlushCache()
            del written
            if gdal.GetLastErrorType() >= gdal.CE_Failure or not os.path.exists(part):
                raise OSError(gdal.GetLastErrorMsg() or path)
        os.replace(part, path)
    finally:
        if os.path.exists(part):
            os.unlink(part)


@contextmanager
def gdal_errors() -> Iterator[None]:
    """GDAL's errors kept for ``GetLastErrorMsg`` instead of printed; raised ones become ``Undecodable``."""
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    gdal.ErrorReset()
    try:
        yield
    except RuntimeError as error:  # where someone turned GDAL's exceptions on
        raise Undecodable(str(error)) from error
    finally:
        gdal.PopErrorHandler()
