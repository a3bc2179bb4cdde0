"""The print layout of zones with their surfaces, as a PDF: a page for each zone."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorLayer,
    QgsProject,
    QgsRasterLayer,
)

from ..bridge.layers import unreadable_vector
from ..bridge.layout.pdf import write_pdf
from ..bridge.layout.raster import class_raster
from ..bridge.layout.sheet import surfaces_layout
from ..bridge.layout.zones import SurfaceZones, surface_zones
from ..bridge.messages import sentence
from .base import OcsiaAlgorithm, Parameters


class LayoutAlgorithm(OcsiaAlgorithm):
    """What the action *Layout of the surfaces* makes, without a window; QGIS does it all, the engine is not needed."""

    CLASSES = "CLASSES"
    OUTPUT = "OUTPUT"

    def name(self) -> str:
        return "layout"

    def displayName(self) -> str:
        return self.tr("Layout of the surfaces")

    def groupId(self) -> str:
        return "surfaces"

    def shortDescription(self) -> str:
        return self.tr("A PDF with a page for each zone: its map, its chart of surfaces, method and sources.")

    def tags(self) -> list[str]:
        return self.tr("layout,atlas,PDF,print,chart,surface,zones").split(",")

    def about(self) -> str:
        return self.tr(
            "<p>A page for each zone, A4 landscape, as a PDF: the zone's name, its map with the classes, the bars of "
            "its surfaces with their intervals, which method made them and what it assumes, date of the photo, "
            "sources and licence.</p>"
            "<p>To change the page, take <i>Layout of the surfaces…</i> instead, in the menu of the layer of zones or "
            "of the plugin: it opens the same page in QGIS's layout designer. That layout makes its charts with QGIS's "
            "own expressions: it goes on working, and follows edited figures, in a QGIS without this plugin.</p>"
            "<p><b>Limits.</b> A line for the interval is drawn only where the class has a level of confidence; an "
            "indicative range is not drawn. Names of more than 28 letters are cut short.</p>"
        )

    def flags(self) -> Any:
        # Layouts and the layers of the project belong to the main thread.
        return super().flags() | QgsProcessingAlgorithm.Flag.FlagNoThreading

    def canExecute(self) -> tuple[bool, str]:
        return True, ""

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        self.add(
            QgsProcessingParameterVectorLayer(
                self.INPUT, self.tr("Zones with their surfaces"), [QgsProcessing.SourceType.TypeVectorPolygon]
            ),
            self.tr("The layer that 'Surfaces by zone' wrote. Its filter is honoured: what it hides has no page."),
        )
        self.add(
            QgsProcessingParameterRasterLayer(self.CLASSES, self.tr("Map of the classes"), optional=True),
            self.tr(
                "The raster that the pages show, with its legend. Empty: the raster of the same classes and of the "
                "same origin in the project, or what is visible in the project where there is none."
            ),
        )
        self.add(
            QgsProcessingParameterFileDestination(self.OUTPUT, self.tr("Layout"), "PDF (*.pdf)"),
            self.tr("The PDF."),
        )

    def check(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        """Refuse a layer without surfaces; there is no raster to read here, and no engine."""
        if parameters.get(self.INPUT):
            self._zones(parameters, context)

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        self.check(parameters, context)
        return True

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        zones = self._zones(parameters, context)
        project = context.project() or QgsProject.instance()
        raster = self._classes(parameters, context, project) or class_raster(zones, project)
        path = self.parameterAsFileOutput(parameters, self.OUTPUT, context)
        if not write_pdf(surfaces_layout(zones, raster, project), path, feedback):
            return {}
        feedback.pushInfo(sentence("info-layout", {"count": zones.layer.featureCount(), "path": path}))
        return {self.OUTPUT: path}

    def _zones(self, parameters: Parameters, context: QgsProcessingContext) -> SurfaceZones:
        layer = self.parameterAsVectorLayer(parameters, self.INPUT, context)
        if layer is None:
            raise unreadable_vector(parameters[self.INPUT])
        return surface_zones(layer)

    def _classes(
        self, parameters: Parameters, context: QgsProcessingContext, project: QgsProject
    ) -> Optional[QgsRasterLayer]:
        """The raster that was named, with the style that lies beside it where the project has given it none."""
        layer = self.raster_layer(self.CLASSES, parameters, context)
        if layer is not None and layer.id() not in project.mapLayers():
            layer.loadDefaultStyle()
        return layer
