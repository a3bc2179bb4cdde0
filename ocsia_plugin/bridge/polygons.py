"""Polygons of a QGIS vector source, as a temporary GeoPackage for the engine.

Selection and filter are QGIS's affair: they come with the source. What the engine gets are valid polygons in the CRS
of its raster, with their attributes where the result is to carry them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeature,
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsRectangle,
    QgsVectorFileWriter,
    QgsWkbTypes,
)

from .messages import refusal, sentence

_POLYGON = QgsWkbTypes.GeometryType.PolygonGeometry
_TAKEN = ("fid", "geom")
"""GeoPackage keeps these names for itself; the values that the user's layer has under them go on under others."""


def write_polygons(
    source: QgsProcessingFeatureSource,
    crs: QgsCoordinateReferenceSystem,
    path: str,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    *,
    empty: str,
    with_attributes: bool,
    within: Optional[QgsRectangle] = None,
) -> str:
    """Write the polygons of ``source`` to the GeoPackage ``path``, in ``crs``, and return the path.

    Geometries that are invalid but can be repaired into polygons are, with a warning.

    Args:
        empty: code of the refusal where there is no polygon: ``mask-empty`` or ``zones-empty``.
        with_attributes: whether the fields go along.
        within: rectangle in ``crs`` beyond which polygons do not matter, for layers of a whole region.

    Raises:
        QgsProcessingException: ``empty``, ``geometry-invalid``, ``vector-transform``, ``vector-unreadable``.
    """
    if QgsWkbTypes.geometryType(source.wkbType()) != _POLYGON:
        raise refusal(empty)
    valid = _Repair(source)
    features = features_of(source, crs, context, feedback, with_attributes, within)
    fields = fields_of(source.fields()) if with_attributes else QgsFields()
    try:
        written = _write(path, fields, crs, context, valid.repaired(features))
    except OSError as error:
        raise refusal("vector-unreadable", path=source.sourceName(), reason=error) from error
    valid.report(feedback)
    if written == 0 and not feedback.isCanceled():
        raise refusal(empty)
    return path


class _Repair:
    """Makes geometries valid where that is possible, and knows what it had to do."""

    def __init__(self, source: QgsProcessingFeatureSource) -> None:
        self._layer = source.sourceName()
        self._fixed: list[tuple[int, str]] = []
        self._lost: list[tuple[int, str]] = []

    def repaired(self, features: Iterator[QgsFeature]) -> Iterator[QgsFeature]:
        """The features with valid multipolygons; those without a geometry are left out."""
        for feature in features:
            geometry = feature.geometry()
            if geometry.isNull() or geometry.isEmpty():
                continue
            reason = _why_invalid(geometry)
            if reason:
                geometry = _polygonal(geometry.makeValid())
                (self._lost if geometry is None else self._fixed).append((feature.id(), reason))
            if geometry is not None:
                geometry.convertToMultiType()
                feature.setGeometry(geometry)
                yield feature

    def report(self, feedback: QgsProcessingFeedback) -> None:
        """Refuse what could not be repaired, warn of what was."""
        if self._lost:
            raise refusal("geometry-invalid", **self._summary(self._lost))
        if self._fixed:
            feedback.pushWarning(sentence("warn-geometry-repaired", self._summary(self._fixed)))

    def _summary(self, found: list[tuple[int, str]]) -> dict[str, object]:
        fid, reason = found[0]
        return {"count": len(found), "layer": self._layer, "fid": fid, "reason": reason}


def features_of(
    source: QgsProcessingFeatureSource,
    crs: QgsCoordinateReferenceSystem,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
    with_attributes: bool,
    within: Optional[QgsRectangle] = None,
) -> Iterator[QgsFeature]:
    """The features of the source, without curves, in ``crs``, until the user cancels; only those whose bounds meet
    ``within`` where it is given."""
    # By default Processing stops at the first invalid geometry with a sentence of its own; we look ourselves.
    source.setInvalidGeometryCheck(QgsFeatureRequest.InvalidGeometryCheck.GeometryNoCheck)
    request = QgsFeatureRequest()
    if not with_attributes:
        request.setSubsetOfAttributes([])
    transform = None
    if crs.isValid() and source.sourceCrs().isValid() and source.sourceCrs() != crs:
        transform = QgsCoordinateTransform(source.sourceCrs(), crs, context.transformContext())
    if within is not None:
        back = QgsCoordinateTransform(crs, source.sourceCrs(), context.transformContext())
        request.setFilterRect(within if transform is None else back.transformBoundingBox(within))
    for feature in source.getFeatures(request):
        if feedback.isCanceled():
            return
        geometry = QgsGeometry(feature.geometry())
        geometry.convertToStraightSegment()
        if transform is not None and not geometry.isNull():
            _transform(geometry, transform, source.sourceName(), feature.id())
        feature.setGeometry(geometry)
        yield feature


def _transform(geometry: QgsGeometry, transform: QgsCoordinateTransform, layer: str, fid: int) -> None:
    """Transform in place. Raises: QgsProcessingException ``vector-transform`` beyond what the CRS can express."""
    reason = ""
    try:
        geometry.transform(transform)
    except QgsCsException as error:
        reason = str(error)
    if reason or not geometry.boundingBox().isFinite():
        crs = transform.destinationCrs().authid()
        raise refusal("vector-transform", layer=layer, fid=fid, crs=crs, reason=reason or "inf")


def _why_invalid(geometry: QgsGeometry) -> str:
    """What is wrong with a geometry; empty: nothing."""
    if geometry.isGeosValid():
        return ""
    errors = geometry.validateGeometry()
    return errors[0].what() if errors else geometry.lastError()


def _polygonal(geometry: QgsGeometry) -> Optional[QgsGeometry]:
    """The polygons of a geometry; None where it has none."""
    if geometry.isNull() or geometry.isEmpty():
        return None
    if geometry.type() != _POLYGON and not geometry.convertGeometryCollectionToSubclass(_POLYGON):
        return None
    return geometry if geometry.type() == _POLYGON and geometry.area() > 0 else None


def fields_of(fields: QgsFields) -> QgsFields:
    """The attributes of a copy of the layer, in their order; those called like GeoPackage's own have another name."""
    names = {field.name().lower() for field in fields}
    kept = QgsFields()
    for field in fields:
        copy = QgsField(field)
        if copy.name().lower() in _TAKEN:
            copy.setName(_free(f"{copy.name().lower()}_source", names))
        kept.append(copy)
    return kept


def _free(name: str, names: set[str]) -> str:
    """``name``, or where a copy of a copy has it, the first like it that is free."""
    while name in names:
        name += "_"
    return name


def _write(
    path: str,
    fields: QgsFields,
    crs: QgsCoordinateReferenceSystem,
    context: QgsProcessingContext,
    features: Iterator[QgsFeature],
) -> int:
    """Write a GeoPackage of multipolygons; returns how many. Raises: OSError."""
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    options.fileEncoding = "UTF-8"
    options.layerName = os.path.splitext(os.path.basename(path))[0]
    writer = QgsVectorFileWriter.create(
        path, fields, QgsWkbTypes.Type.MultiPolygon, crs, context.transformContext(), options
    )
    count = 0
    try:
        if writer.hasError() != QgsVectorFileWriter.WriterError.NoError:
            raise OSError(writer.errorMessage())
        for feature in features:
            row = QgsFeature(fields)
            if fields.count():
                row.setAttributes(feature.attributes())
            row.setGeometry(feature.geometry())
            if not writer.addFeature(row, QgsFeatureSink.Flag.FastInsert):
                raise OSError(writer.errorMessage())
            count += 1
        return count
    finally:
        # The file is complete only once the writer is gone.
        del writer
