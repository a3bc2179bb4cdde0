"""CRS: which ones a result can be in, and how GDAL is told of one."""

from __future__ import annotations

from osgeo import osr
from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsUnitTypes

# Before QGIS 3.30 the units were elsewhere.
METRES = Qgis.DistanceUnit.Meters if hasattr(Qgis, "DistanceUnit") else QgsUnitTypes.DistanceUnit.DistanceMeters

_MERCATOR = ("EPSG:3857", "EPSG:900913", "EPSG:3785", "EPSG:102100", "EPSG:102113")


def has_square_metres(crs: QgsCoordinateReferenceSystem) -> bool:
    """Whether a result can be in ``crs``: projected, in metres, and not Web Mercator."""
    return crs.isValid() and crs.mapUnits() == METRES and not crs.isGeographic() and crs.authid() not in _MERCATOR


def crs_wkt(crs: QgsCoordinateReferenceSystem) -> str:
    """As GDAL and PROJ of any version read it."""
    reference = osr.SpatialReference()
    code = crs.authid()
    if code.startswith("EPSG:"):
        reference.ImportFromEPSG(int(code[5:]))
    else:
        reference.ImportFromWkt(crs.toWkt())
    return reference.ExportToWkt()
