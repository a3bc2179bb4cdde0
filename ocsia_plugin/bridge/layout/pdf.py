"""The atlas as one PDF."""

from __future__ import annotations

from qgis.core import QgsLayoutExporter, QgsLayoutRenderContext, QgsPrintLayout, QgsProcessingFeedback

from ...engine.errors import OcsiaError
from ...engine.products.workspace import Workspace
from ..messages import refusal


def write_pdf(layout: QgsPrintLayout, path: str, feedback: QgsProcessingFeedback) -> bool:
    """Write a page per zone; false: the user cancelled, and nothing is left.

    Raises:
        QgsProcessingException: ``layout-not-written``, and the refusals of a workspace.
    """
    settings = QgsLayoutExporter.PdfExportSettings()
    settings.flags = settings.flags | QgsLayoutRenderContext.Flag.FlagLosslessImageRendering
    try:
        with Workspace("", [path]) as workspace:
            staged = str(workspace.stage(path))
            result, reason = QgsLayoutExporter.exportToPdf(layout.atlas(), staged, settings, feedback)
            if feedback.isCanceled():
                return False
            if result != QgsLayoutExporter.ExportResult.Success:
                raise refusal("layout-not-written", path=path, reason=reason or "PDF")
            workspace.commit()
    except OcsiaError as error:
        raise refusal(error.code, **error.params) from error
    return True
