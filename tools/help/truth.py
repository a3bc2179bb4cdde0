"""Points interpreted by what is known of the sample town, in place of a person who looks at the image."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsRasterLayer, QgsVectorLayer


def interpret(points: QgsVectorLayer, truth: Path) -> None:
    """Fill ``ref_code`` with the class of the truth. Raises: OSError: the layer does not keep it."""
    raster = QgsRasterLayer(str(truth), truth.stem)
    field = points.fields().indexOf("ref_code")
    points.startEditing()
    for feature in list(points.getFeatures()):
        value, found = raster.dataProvider().sample(feature.geometry().asPoint(), 1)
        points.changeAttributeValue(feature.id(), field, int(value) if found else 0)
    if not points.commitChanges():
        raise OSError("; ".join(points.commitErrors()))
