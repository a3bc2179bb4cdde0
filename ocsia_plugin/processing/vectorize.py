"""``ocsia:vectorize``: polygons of a class raster."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
)

from ..engine.jobs import VectorizeJob
from .base import OcsiaAlgorithm


class VectorizeAlgorithm(OcsiaAlgorithm):
    """Classes to polygons whose vertices lie on pixel corners."""

    MIN_AREA = "MIN_AREA"
    MIN_AREA_BY_CLASS = "MIN_AREA_BY_CLASS"
    SIMPLIFY = "SIMPLIFY"
    CLASSES = "CLASSES"
    OUTPUT = "OUTPUT"
    TABLE = "TABLE"

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
            "<p>surface_m2 is the surface of the polygon that is written: that of its pixels, unless outlines are "
            "simplified.</p>"
            "<p><b>Limits.</b> Outlines that are not simplified follow the pixels, so that perimeters are longer than "
            "on the ground. surface_m2 is measured in the plane of the raster's CRS; 'Surfaces by zone' corrects for "
            "the projection.</p>"
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
        self.add(
            number(self.SIMPLIFY, self.tr("Simplification of outlines (m)"), number.Type.Double, 0.0, minValue=0),
            self.tr(
                "Smooths the steps of the pixels: a corner goes where the triangle that it makes with its neighbours "
                "is smaller than this value squared. Boundaries stay shared, without gaps or overlaps; the places "
                "where three classes meet and the limits with no data do not move. The change of each class's surface "
                "is reported. About two and a half pixels give smooth outlines (0.5 m for pixels of 20 cm). "
                "0: outlines follow the pixels."
            ),
        )
        self.add(
            QgsProcessingParameterString(self.CLASSES, self.tr("Only these classes"), optional=True),
            self.tr(
                "Writes the polygons of these classes alone, by their codes or keys, for example: 1; 6, or ligneux for "
                "a raster of groups. They are what they would be among all. Empty: all classes."
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterString(
                self.MIN_AREA_BY_CLASS, self.tr("Smallest surface of some classes (m²)"), optional=True
            ),
            self.tr(
                "Other smallest surfaces for some classes, by their code or key, for example: 1=50; 6=100. The classes "
                "that are not named keep the smallest surface above."
            ),
            advanced=True,
        )
        self.add_origin()
        self.add(
            QgsProcessingParameterVectorDestination(
                self.OUTPUT, self.tr("Polygons"), QgsProcessing.SourceType.TypeVectorPolygon
            ),
            self.tr("GeoPackage (.gpkg), with the style inside, or Shapefile (.shp), which is limited to 2 GB."),
        )
        self.add(
            QgsProcessingParameterFileDestination(
                self.TABLE, self.tr("Table"), "CSV (*.csv)", None, optional=True, createByDefault=False
            ),
            self.tr(
                "For each class, the number of polygons, the surface of the pixels, that of the polygons, and the "
                "difference in percent."
            ),
        )

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        output = self.parameterAsOutputLayer(parameters, self.OUTPUT, context)
        table = self.parameterAsFileOutput(parameters, self.TABLE, context) or None
        job = VectorizeJob(
            input=self.raster.path,
            output=output,
            min_area=self.parameterAsDouble(parameters, self.MIN_AREA, context),
            min_area_by_class=self.parameterAsString(parameters, self.MIN_AREA_BY_CLASS, context),
            simplify=self.parameterAsDouble(parameters, self.SIMPLIFY, context),
            classes=self.parameterAsString(parameters, self.CLASSES, context),
            table=table,
            nomenclature=self.parameterAsString(parameters, self.NOMENCLATURE, context).strip(),
            base=self.parameterAsEnumString(parameters, self.BASE, context),
        )
        return self.delegate(job, {self.OUTPUT: output, self.TABLE: table}, context, feedback)
