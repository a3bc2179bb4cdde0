"""From QGIS layers to files that the engine can read by itself."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from typing import Any, Optional, Union

from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingOutputLayerDefinition,
    QgsProviderRegistry,
    QgsRasterLayer,
    QgsVectorLayer,
)

from ..engine.errors import because
from .environment import engine_reads
from .messages import refusal
from .spool.uri import ServiceUri

_ARCHIVES = ("/vsizip/", "/vsitar/", "/vsigzip/", "/vsi7z/", "/vsirar/")
_REMOTE = ("/vsicurl", "/vsis3", "/vsigs", "/vsiaz", "/vsiadls", "/vsioss", "/vsiswift", "/vsihdfs", "/vsiwebhdfs")
_SEVERAL = 16
"""Files of a virtual raster that are looked at: they are of one kind, mostly."""
_SUBDATASET = re.compile(r'^[A-Za-z0-9_]{2,}:"?(?P<file>.+?)"?(:[^:/\\]*)?$')


@dataclass(frozen=True)
class Raster:
    """A raster layer as it crosses the door.

    Attributes:
        path: absolute path, or GDAL's name of a subdataset; of a service: the layer's source.
        name: what QGIS calls the layer.
        crs: that of the file, which is what the engine reads; of a service: the layer's.
        bounds: (xmin, ymin, xmax, ymax) in ``crs``.
        kind: ``file``: the engine opens it; ``service``: WMS, WMTS or XYZ; ``foreign``: a file that QGIS's GDAL reads
            and the engine's does not. The last two are spooled (``bridge.spool``).
        pixel: width of a pixel in units of ``crs``; 0: it has none of its own.
        attribution: whom its layer in QGIS says to name.
        told: the CRS that the user gave the layer in QGIS where the file has another; empty: they agree.
    """

    path: str
    name: str
    crs: QgsCoordinateReferenceSystem
    bounds: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    kind: str = "file"
    pixel: float = 0.0
    attribution: str = ""
    told: str = ""


def raster_file(layer: QgsRasterLayer) -> Raster:
    """The file behind a raster layer.

    Raises:
        QgsProcessingException: ``layer-not-file`` for web services, rasters in memory, databases.
    """
    source = layer.source().split("|")[0]
    if layer.providerType() != "gdal" or not _is_local(source):
        raise refusal("layer-not-file", layer=layer.name(), provider=layer.providerType())
    path = os.path.abspath(source) if os.path.exists(source) else source
    crs, pixel = file_crs(layer), layer.rasterUnitsPerPixelX()
    told = "" if crs == layer.crs() else layer.crs().userFriendlyIdentifier()
    return Raster(path, layer.name(), crs, _bounds(layer), pixel=pixel, told=told)


def file_crs(layer: QgsRasterLayer) -> QgsCoordinateReferenceSystem:
    """The CRS in which the engine sees a raster: the file's, whatever the layer was given in QGIS; else the layer's."""
    own = layer.dataProvider().crs() if layer.providerType() == "gdal" else None
    return own if own is not None and own.isValid() else layer.crs()


def raster_source(layer: QgsRasterLayer) -> Raster:
    """A raster layer that may also be a web service, or a file whose driver the engine lacks.

    Raises:
        QgsProcessingException: ``layer-not-source`` for rasters in memory, databases, other services.
    """
    uri = ServiceUri.read(layer.source())
    if layer.providerType() == "wms" and uri.kind:
        # The server's properties have it in later versions of QGIS, where the layer's own is deprecated.
        properties = layer.serverProperties()
        served = properties if hasattr(properties, "attribution") else layer
        said = served.attribution() or "; ".join(layer.metadata().rights())
        # A layer given by its address has no name in QGIS 3.22, and the address for a name in later versions.
        given = layer.name() not in ("", layer.source())
        name = layer.name() if given else uri.get("layers") or uri.host
        return Raster(layer.source(), name, layer.crs(), _bounds(layer), "service", attribution=said)
    try:
        raster = raster_file(layer)
    except QgsProcessingException as error:
        raise refusal("layer-not-source", layer=layer.name(), provider=layer.providerType()) from error
    return raster if all(map(engine_reads, _drivers(raster.path))) else replace(raster, kind="foreign")


def unreadable_raster(text: str) -> QgsProcessingException:
    """Why QGIS found no raster layer in the value of a parameter: no such file, or none that GDAL reads."""
    if not _is_local(text):
        return refusal("raster-missing", path=text)
    return refusal("raster-unreadable", path=text, reason=_reason(text, gdal.OF_RASTER))


def unreadable_vector(value: object) -> QgsProcessingException:
    """Why QGIS found no vector layer in the value of a parameter."""
    if isinstance(value, QgsProcessingFeatureSourceDefinition):
        value = value.source.staticValue()
    text = str(value)
    if "|" not in text and ":" not in text[2:] and not os.path.exists(text):
        return refusal("vector-unreadable", path=text, reason=because("why-no-file"))
    return refusal("vector-unreadable", path=text, reason=_reason(text, gdal.OF_VECTOR))


def destination_path(value: object) -> str:
    """Path in the value of a parameter of an output; empty: a temporary file, or not wanted."""
    if isinstance(value, QgsProcessingOutputLayerDefinition):
        value = value.sink.staticValue()
    path = str(value or "")
    return "" if path == QgsProcessing.TEMPORARY_OUTPUT else path


def vector_path(layer: Optional[QgsVectorLayer]) -> str:
    """Path of the file behind a vector layer; empty: it has none."""
    if layer is None or layer.providerType() != "ogr":
        return ""
    return QgsProviderRegistry.instance().decodeUri("ogr", layer.source()).get("path") or ""


def check_raster_name(value: object) -> None:
    """Refuse a raster destination that is not called ``.tif``: QGIS would let a GeoTIFF be called ``.jpg``.

    Raises:
        QgsProcessingException: ``output-not-writable``.
    """
    path = destination_path(value)
    if path and not path.lower().endswith((".tif", ".tiff")):
        raise refusal("output-not-writable", path=path, reason=because("why-not-tif"))


def _bounds(layer: QgsRasterLayer) -> tuple[float, float, float, float]:
    box = layer.extent()
    return box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()


def _drivers(path: str) -> set[str]:
    """GDAL's names of a raster's format and, of a virtual one, of its parts; none where it cannot be opened."""
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        dataset = gdal.OpenEx(path, gdal.OF_RASTER)
        drivers = {dataset.GetDriver().ShortName} if dataset else set()
        if "VRT" in drivers:
            found = (gdal.IdentifyDriver(part) for part in (dataset.GetFileList() or [])[:_SEVERAL])
            drivers |= {driver.ShortName for driver in found if driver}
        return drivers
    except RuntimeError:  # where someone turned GDAL's exceptions on: the engine will say why
        return set()
    finally:
        gdal.PopErrorHandler()


def _reason(path: str, kind: int) -> Union[str, dict[str, Any]]:
    """Why GDAL does not open ``path``: no driver knows the format, or what the one that does says."""
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        if gdal.IdentifyDriverEx(path, kind) is None:
            return because("why-unknown-format")
        gdal.ErrorReset()
        gdal.OpenEx(path, kind)
        return gdal.GetLastErrorMsg() or because("why-several-rasters" if kind == gdal.OF_RASTER else "why-no-layer")
    except RuntimeError as error:  # where someone turned GDAL's exceptions on
        return str(error)
    finally:
        gdal.PopErrorHandler()


def _is_local(source: str) -> bool:
    """Whether another process can open ``source``: a file, a part of an archive, a subdataset of a file."""
    if os.path.exists(source):
        return True
    if source.startswith(_ARCHIVES):
        return not any(remote in source for remote in _REMOTE)
    match = _SUBDATASET.match(source)
    return bool(match) and os.path.exists(match["file"])
