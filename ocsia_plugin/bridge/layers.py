"""From QGIS layers to files that the engine can read by itself."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from qgis.core import QgsCoordinateReferenceSystem, QgsRasterLayer

from .messages import refusal

_ARCHIVES = ("/vsizip/", "/vsitar/", "/vsigzip/", "/vsi7z/", "/vsirar/")
_REMOTE = ("/vsicurl", "/vsis3", "/vsigs", "/vsiaz", "/vsiadls", "/vsioss", "/vsiswift", "/vsihdfs", "/vsiwebhdfs")
_SUBDATASET = re.compile(r'^[A-Za-z0-9_]{2,}:"?(?P<file>.+?)"?(:[^:/\\]*)?$')


@dataclass(frozen=True)
class RasterFile:
    """A raster as the engine gets it.

    Attributes:
        path: absolute path, or GDAL's name of a subdataset.
        name: what QGIS calls the layer.
        crs: its CRS in QGIS; the engine reads the file's own.
    """

    path: str
    name: str
    crs: QgsCoordinateReferenceSystem


def raster_file(layer: QgsRasterLayer) -> RasterFile:
    """The file behind a raster layer.

    Raises:
        QgsProcessingException: ``layer-not-file`` for web services, rasters in memory, databases.
    """
    source = layer.source().split("|")[0]
    if layer.providerType() != "gdal" or not _is_local(source):
        raise refusal("layer-not-file", layer=layer.name(), provider=layer.providerType())
    path = os.path.abspath(source) if os.path.exists(source) else source
    return RasterFile(path, layer.name(), layer.crs())


def unreadable_raster(text: str) -> Exception:
    """Why QGIS found no raster layer in the value of a parameter: no such file, or none that GDAL reads."""
    if not text or not (os.path.exists(text) or _is_local(text)):
        return refusal("raster-missing", path=text)
    reason = QgsRasterLayer(text, "", "gdal").error().summary()
    return refusal("raster-unreadable", path=text, reason=reason)


def _is_local(source: str) -> bool:
    """Whether another process can open ``source``: a file, a part of an archive, a subdataset of a file."""
    if os.path.exists(source):
        return True
    if source.startswith(_ARCHIVES):
        return not any(remote in source for remote in _REMOTE)
    match = _SUBDATASET.match(source)
    return bool(match) and os.path.exists(match["file"])
