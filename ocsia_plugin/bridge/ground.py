"""How much ground a run will cover, from the layers alone: for dialogs, which cannot wait for the engine."""

from __future__ import annotations

from math import pi
from typing import Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsFeatureRequest,
    QgsProcessingFeatureSource,
    QgsRectangle,
)

_MOST_FEATURES = 2000
"""A mask of more polygons is taken for its bounding box: a dialog must not stand still."""


def mask_area(
    mask: QgsProcessingFeatureSource,
    crs: QgsCoordinateReferenceSystem,
    part: Optional[QgsRectangle],
    block: float,
    transforms: QgsCoordinateTransformContext,
) -> float:
    """About how many square units of ``crs`` the blocks have that polygons touch.

    A shape of area A and perimeter P touches, on the mean over all places and turns, (A + 2 P b / pi + b²) / b² squares
    of a grid of side b (Steiner's formula for the Minkowski sum with a square, whose perimeter is 4 b): exact for
    convex shapes, more than that for others. It is never more than the box around all of them.

    Args:
        part: rectangle in ``crs`` to keep to; None: everything.
        block: side of a block in units of ``crs``.

    Raises:
        QgsCsException: the mask cannot be put into ``crs``.
    """
    to_crs = QgsCoordinateTransform(mask.sourceCrs(), crs, transforms)
    box = to_crs.transformBoundingBox(mask.sourceExtent())
    box = box.intersect(part) if part is not None else box
    if mask.featureCount() > _MOST_FEATURES:
        return box.area()
    area = 0.0
    for feature in mask.getFeatures(QgsFeatureRequest().setNoAttributes()):
        geometry = feature.geometry()
        if geometry.isEmpty():
            continue
        geometry.transform(to_crs)
        if part is not None:
            geometry = geometry.clipped(part)
        if not geometry.isEmpty():
            if geometry.length() > 4 * block:  # versions of GEOS disagree on what is left of smaller shapes
                geometry = geometry.simplify(block / 4)  # smaller turns of an outline meet no other block
            area += geometry.area() + 2 * geometry.length() * block / pi + block**2
    return min(area, box.area())
