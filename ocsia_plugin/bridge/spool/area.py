"""Where a run works: in which CRS its result is, and what is asked for there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsGeometry,
    QgsPointXY,
    QgsRectangle,
    QgsVectorLayer,
)

from ...engine.errors import OcsiaError
from .crs import has_square_metres
from .grid import Bounds

_FRENCH = (
    # west, south, east, north in degrees, the legal CRS of the territory: decree 2000-1276, as amended in 2019
    (-5.5, 41.0, 10.0, 51.5, "EPSG:2154"),
    (-63.3, 14.0, -60.5, 18.3, "EPSG:5490"),
    (-55.0, 2.0, -51.0, 6.2, "EPSG:2972"),
    (55.0, -21.6, 56.1, -20.7, "EPSG:2975"),
    (44.8, -13.2, 45.5, -12.4, "EPSG:4471"),
    (-56.6, 46.6, -56.0, 47.3, "EPSG:4467"),
)
_WGS84 = "EPSG:4326"


@dataclass(frozen=True)
class Area:
    """What is asked for.

    Attributes:
        crs: of the rest, and of the result.
        bounds: around it.
        polygons: only what they touch; none: everything inside ``bounds``.
    """

    crs: QgsCoordinateReferenceSystem
    bounds: Bounds
    polygons: Sequence[QgsGeometry] = field(default=())

    @property
    def centre(self) -> tuple[float, float]:
        """In the middle of ``bounds``."""
        xmin, ymin, xmax, ymax = self.bounds
        return (xmin + xmax) / 2, (ymin + ymax) / 2

    def bounds_in(self, crs: QgsCoordinateReferenceSystem, transforms: QgsCoordinateTransformContext) -> Bounds:
        """Around the same in another CRS.

        Raises:
            OcsiaError: ``service-area-transform``.
        """
        if not crs.isValid() or crs == self.crs:
            return self.bounds
        try:
            box = QgsCoordinateTransform(self.crs, crs, transforms).transformBoundingBox(QgsRectangle(*self.bounds))
        except QgsCsException as error:
            raise OcsiaError("service-area-transform", crs=crs.authid(), reason=str(error)) from error
        return box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()


def area_of(
    crs: QgsCoordinateReferenceSystem, extent: Optional[Bounds], mask: Optional[str], whole: Optional[Bounds]
) -> Optional[Area]:
    """What an extent, a mask (a file of polygons in ``crs``) or, without them, a whole raster ask for.

    Returns:
        None where nothing limits it.
    """
    polygons = []
    boxes = [extent] if extent else []
    if mask:
        polygons = [QgsGeometry(f.geometry()) for f in QgsVectorLayer(mask, "mask", "ogr").getFeatures()]
        around = QgsRectangle()
        for polygon in polygons:
            around.combineExtentWith(polygon.boundingBox())
        boxes.append((around.xMinimum(), around.yMinimum(), around.xMaximum(), around.yMaximum()))
    if not boxes and whole:
        boxes = [whole]
    if not boxes:
        return None
    west, south, east, north = zip(*boxes)
    return Area(crs, (max(west), max(south), min(east), min(north)), tuple(polygons))


def result_crs(
    layer: str,
    own: QgsCoordinateReferenceSystem,
    named: Iterable[QgsCoordinateReferenceSystem],
    place: Optional[tuple[QgsPointXY, QgsCoordinateReferenceSystem]],
    transforms: QgsCoordinateTransformContext,
) -> QgsCoordinateReferenceSystem:
    """In which CRS a service is asked: its own where that will do, else one that was named, else the legal one.

    Args:
        layer: for messages.
        own: of the layer.
        named: those of mask and extent.
        place: a point of the work, and its CRS; None: not known.

    Raises:
        OcsiaError: ``service-crs``.
    """
    for crs in (own, *named):
        if has_square_metres(crs):
            return crs
    if place is not None:
        point, crs = place
        try:
            to_degrees = QgsCoordinateTransform(crs, QgsCoordinateReferenceSystem(_WGS84), transforms)
            place_in_degrees = to_degrees.transform(point)
        except QgsCsException as error:
            raise OcsiaError("service-area-transform", crs=_WGS84, reason=str(error)) from error
        lon, lat = place_in_degrees.x(), place_in_degrees.y()
        for west, south, east, north, code in _FRENCH:
            if west <= lon <= east and south <= lat <= north:
                return QgsCoordinateReferenceSystem(code)
    raise OcsiaError("service-crs", layer=layer, crs=own.authid() or "?")
