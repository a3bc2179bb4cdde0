"""What QGIS is told about finished files that it will load: a name and a style.

The styles travel with the data (a ``.qml`` beside each raster, a table inside each GeoPackage), so that they are there
as well where QGIS runs no post-processor: in a model's children and under ``qgis_process``.
"""

from __future__ import annotations

from qgis.core import (
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
)


class _OwnStyle(QgsProcessingLayerPostProcessorInterface):
    """Gives a layer the style that came with its data: Processing loads layers without it."""

    def postProcessLayer(
        self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        layer.loadDefaultStyle()
        layer.triggerRepaint()


# QGIS keeps a bare pointer: an instance that Python may collect would crash it.
_OWN_STYLE = _OwnStyle()


def announce(path: str, title: str, default_title: str, context: QgsProcessingContext) -> None:
    """Prepare the layer that QGIS will make of ``path``, if it loads it at all.

    Args:
        title: name for the layer.
        default_title: the name that Processing gives by itself. Another one was chosen by the user, or by a model's
            author, and stays.
    """
    if not context.willLoadLayerOnCompletion(path):
        return
    details = context.layerToLoadOnCompletionDetails(path)
    if details.name in ("", default_title):
        details.name = title
    details.setPostProcessor(_OWN_STYLE)
