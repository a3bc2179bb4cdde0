"""What a raster file on this machine says of its bands, read by GDAL in QGIS itself: for dialogs, which cannot wait for
the engine. The engine reads the same and decides."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Optional

from osgeo import gdal

from ..engine.ortho.roles import UNKNOWN, image_roles


@dataclass(frozen=True)
class ImageFacts:
    """Roles of the image bands, without alpha, and the pixel size in metres; None: not in metres."""

    roles: tuple[str, ...]
    gsd: Optional[float]


def image_facts(path: str) -> Optional[ImageFacts]:
    """The facts of a file; None: there is none, or GDAL does not read it."""
    if not os.path.isfile(path):
        return None
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        dataset = gdal.OpenEx(path, gdal.OF_RASTER | gdal.OF_READONLY)
        return _facts(dataset) if dataset is not None and dataset.RasterCount else None
    except RuntimeError:  # where someone turned GDAL's exceptions on
        return None
    finally:
        gdal.PopErrorHandler()


def _facts(dataset: gdal.Dataset) -> ImageFacts:
    bands = [dataset.GetRasterBand(number) for number in range(1, dataset.RasterCount + 1)]
    bands = [band for band in bands if band.GetColorInterpretation() != gdal.GCI_AlphaBand]
    colours = [gdal.GetColorInterpretationName(band.GetColorInterpretation()).lower() for band in bands]
    roles = image_roles([band.GetDescription() for band in bands], colours)
    if "palette" in colours:
        roles = (UNKNOWN,) * len(bands)
    return ImageFacts(roles, _gsd(dataset))


def _gsd(dataset: gdal.Dataset) -> Optional[float]:
    transform, reference = dataset.GetGeoTransform(can_return_null=True), dataset.GetSpatialRef()
    if transform is None or reference is None or not reference.IsProjected():
        return None
    return round(abs(transform[1]) * reference.GetLinearUnits(), 4)
