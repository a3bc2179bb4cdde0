"""Labels that can be read over an image."""

from __future__ import annotations

from qgis.core import QgsPalLayerSettings, QgsTextFormat, QgsVectorLayer, QgsVectorLayerSimpleLabeling


def label(layer: QgsVectorLayer, expression: str) -> None:
    """Labels with a halo."""
    settings, style = QgsPalLayerSettings(), QgsTextFormat()
    settings.isExpression, settings.fieldName = True, expression
    style.setSize(11)
    buffer = style.buffer()
    buffer.setEnabled(True)
    style.setBuffer(buffer)
    settings.setFormat(style)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)
