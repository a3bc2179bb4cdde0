"""Points of a QGIS layer as a file for the engine.

Points that know how they were drawn must keep it: their own GeoPackage is what the engine reads. All others, and a
part of those, cross the door as polygons do: copied, in the CRS of the raster, without a design.
"""

from __future__ import annotations

import os
from typing import Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsWkbTypes,
)

from .layers import vector_path
from .looks import layer_tags
from .messages import refusal, sentence
from .polygons import features_of, fields_of

_DESIGN_KEY = "OCSIA_DESIGN"
"""As the engine writes it into the metadata of the layer."""


def designed_file(layer: Optional[QgsVectorLayer]) -> Optional[str]:
    """Path of the GeoPackage behind a layer of points that know their design; None: another kind of layer.

    Raises:
        QgsProcessingException: ``layer-unsaved``.
    """
    path = vector_path(layer)
    if layer is None or not path.lower().endswith(".gpkg"):
        return None
    if _DESIGN_KEY not in layer_tags(layer):
        return None
    if layer.isModified():
        raise refusal("layer-unsaved", layer=layer.name())
    return os.path.abspath(path)


def write_points(
    source: QgsProcessingFeatureSource,
    crs: QgsCoordinateReferenceSystem,
    path: str,
    context: QgsProcessingContext,
    feedback: QgsProcessingFeedback,
) -> str:
    """Write the points of ``source``, with their attributes, to the GeoPackage ``path``, in ``crs``; returns the path.

    Raises:
        QgsProcessingException: ``points-not-points``, ``reference-empty``, ``vector-transform``, ``vector-unreadable``.
    """
    if QgsWkbTypes.geometryType(source.wkbType()) != QgsWkbTypes.GeometryType.PointGeometry:
        raise refusal("points-not-points", layer=source.sourceName())
    features = features_of(source, crs, context, feedback, with_attributes=True)
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    options.fileEncoding = "UTF-8"
    options.layerName = "points"
    fields = fields_of(source.fields())
    kind = QgsWkbTypes.Type.MultiPoint if QgsWkbTypes.isMultiType(source.wkbType()) else QgsWkbTypes.Type.Point
    writer = QgsVectorFileWriter.create(path, fields, kind, crs, context.transformContext(), options)
    count = 0
    try:
        if writer.hasError() != QgsVectorFileWriter.WriterError.NoError:
            raise OSError(writer.errorMessage())
        for feature in features:
            if not feature.hasGeometry():
                continue
            if not writer.addFeature(_row(feature, fields), QgsFeatureSink.Flag.FastInsert):
                raise OSError(writer.errorMessage())
            count += 1
    except OSError as error:
        raise refusal("vector-unreadable", path=source.sourceName(), reason=error) from error
    finally:
        # The file is complete only once the writer is gone.
        del writer
    if count == 0 and not feedback.isCanceled():
        raise refusal("reference-empty")
    return path


def warn_design_lost(layer: QgsVectorLayer, feedback: QgsProcessingFeedback) -> None:
    """Say that a part of a designed sample is no designed sample."""
    feedback.pushWarning(sentence("warn-design-lost", {"layer": layer.name()}))


def _row(feature: QgsFeature, fields: QgsFields) -> QgsFeature:
    row = QgsFeature(fields)
    row.setAttributes(feature.attributes())
    geometry = feature.geometry()
    geometry.get().dropZValue()
    geometry.get().dropMValue()
    row.setGeometry(geometry)
    return row
