"""``ocsia:vectorize``: polygons of a class raster."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorDestination,
)

from ..engine.jobs import VectorizeJob
from .base import OcsiaAlgorithm


class VectorizeAlgorithm(OcsiaAlgorithm):
    """Classes to polygons whose vertices lie on pixel corners."""

    MIN_AREA = "MIN_AREA"
    OUTPUT = "OUTPUT"

    def name(self) -> str:
        return "vectorize"

    def displayName(self) -> str:
        return self.tr("Vectorise classes")

    def shortDescription(self) -> str:
        return self.tr("Polygons of a class raster, with code, name, surface and perimeter.")

    def tags(self) -> list[str]:
        return self.tr("land cover,polygons,polygonise,vectorise,classes,NAF").split(",")

    def about(self) -> str:
        return self.tr(
            "<p>Turns a class raster into polygons: one for each region of pixels of the same class that touch by "
            "their sides. The vertices lie exactly on the corners of pixels, polygons neither overlap nor leave "
            "gaps, and their surfaces add up to the raster's.</p>"
            "<p>Fields: <i>numero</i> (code), <i>classe</i> (name), <i>surface_m2</i>, <i>perim_m</i>.</p>"
            "<p><b>Limits.</b> The outlines follow the pixels, so that perimeters are longer than on the ground. "
            "surface_m2 is measured in the plane of the raster's CRS; 'Surfaces by zone' corrects for the "
            "projection.</p>"
        )

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        self.add(
            QgsProcessingParameterRasterLayer(self.INPUT, self.tr("Classes")),
            self.tr(
                "A class raster in a file, one band of bytes. One that comes from elsewhere may need the advanced "
                "parameters."
            ),
        )
        number = QgsProcessingParameterNumber
        self.add(
            number(self.MIN_AREA, self.tr("Smallest surface (m²)"), number.Type.Double, 0.0, minValue=0),
            self.tr(
                "A region smaller than this takes the class with which it shares most edge, the smallest regions "
                "first. 0: all are kept."
            ),
        )
        self.add_origin()
        self.add(
            QgsProcessingParameterVectorDestination(
                self.OUTPUT, self.tr("Polygons"), QgsProcessing.SourceType.TypeVectorPolygon
            ),
            self.tr("GeoPackage (.gpkg), with the style inside, or Shapefile (.shp), which is limited to 2 GB."),
        )

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        output = self.parameterAsOutputLayer(parameters, self.OUTPUT, context)
        job = VectorizeJob(
            input=self.raster.path,
            output=output,
            min_area=self.parameterAsDouble(parameters, self.MIN_AREA, context),
            nomenclature=self.parameterAsString(parameters, self.NOMENCLATURE, context).strip(),
            base=self.parameterAsEnumString(parameters, self.BASE, context),
        )
        return self.delegate(job, {self.OUTPUT: output}, context, feedback)
