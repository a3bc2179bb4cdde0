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
from qgis.PyQt import sip


class _OwnStyle(QgsProcessingLayerPostProcessorInterface):
    """Gives a layer the style that came with its data: Processing loads layers without it."""

    def postProcessLayer(
        self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        layer.loadDefaultStyle()
        layer.triggerRepaint()


_KEPT: list[_OwnStyle] = []
"""The context deletes each processor with itself, so each layer needs its own; the Python half lives only as long
as something in Python holds it."""


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
    _KEPT[:] = [processor for processor in _KEPT if not sip.isdeleted(processor)]
    _KEPT.append(_OwnStyle())
    details.setPostProcessor(_KEPT[-1])
