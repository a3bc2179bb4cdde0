"""Which raster of classes a page shows under its zone."""

from __future__ import annotations

from dataclasses import replace
from typing import Optional

from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsPalettedRasterRenderer,
    QgsProject,
    QgsRasterLayer,
)

from ...engine.areas.zonefields import ClassFields, class_fields
from ...engine.products.origin import origin_tags
from ..looks import legend_in, tags_of
from .zones import SurfaceZones


def class_raster(zones: SurfaceZones, project: QgsProject) -> Optional[QgsRasterLayer]:
    """The topmost raster of the zones' own classes in the project that covers some of them; None: there is none.

    A map of another year or model beside the figures would be taken for what they were measured on: where the zones
    know their origin, it is that of the raster.
    """
    return next((layer for layer in project.layerTreeRoot().layerOrder() if _fits(layer, zones, project)), None)


def in_its_colours(zones: SurfaceZones, raster: Optional[QgsRasterLayer]) -> tuple[ClassFields, ...]:
    """The classes, coloured as on the map beside them: its layer may have the palette for colour-blind readers."""
    legend = legend_in(tags_of(raster.source())) if raster is not None else None
    if legend is None or not isinstance(raster.renderer(), QgsPalettedRasterRenderer):
        return zones.classes
    fields = class_fields((c, False) for c in legend.classes)
    stems = {c.code: each.stem for c, each in zip(legend.classes, fields)}
    drawn = {stems.get(int(entry.value)): entry.color.name() for entry in raster.renderer().classes()}
    return tuple(c if c.is_group else replace(c, color=drawn.get(c.stem, c.color)) for c in zones.classes)


def _fits(layer: object, zones: SurfaceZones, project: QgsProject) -> bool:
    if not isinstance(layer, QgsRasterLayer) or layer.providerType() != "gdal" or layer.bandCount() != 1:
        return False
    tags = tags_of(layer.source())
    legend = legend_in(tags)
    if legend is None or zones.origin not in (None, origin_tags(tags)):
        return False
    stems = {each.stem for each in class_fields((c, False) for c in legend.classes)}
    if not {c.stem for c in zones.classes if not c.is_group} <= stems:
        return False
    try:
        to_zones = QgsCoordinateTransform(layer.crs(), zones.layer.crs(), project)
        return to_zones.transformBoundingBox(layer.extent()).intersects(zones.layer.extent())
    except QgsCsException:
        return False
