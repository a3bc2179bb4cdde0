"""``ocsia:surfaces``: the surface of each class in each zone."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
)

from ..engine.jobs import SurfacesJob
from .base import OcsiaAlgorithm


class SurfacesAlgorithm(OcsiaAlgorithm):
    """Classes or probabilities to surfaces by zone."""

    ZONES = "ZONES"
    GROUPS = "GROUPS"
    OUTPUT = "OUTPUT"
    TABLE = "TABLE"

    def name(self) -> str:
        return "surfaces"

    def displayName(self) -> str:
        return self.tr("Surfaces by zone")

    def shortDescription(self) -> str:
        return self.tr("Surface of each land-cover class in each zone, on the ellipsoid.")

    def tags(self) -> list[str]:
        return self.tr("land cover,area,surface,statistics,zones,zonal,NAF").split(",")

    def about(self) -> str:
        return self.tr(
            "<p>Surface of each class in each zone, in m² on the ellipsoid: the surfaces in the plane of the CRS are "
            "corrected for its areal scale. From a class raster, the pixels of each class are counted; from a "
            "probability raster, their probabilities are added up, which gives the surface that the model "
            "expects. A pixel belongs to the zone that holds its centre.</p>"
            "<p><b>Limits.</b> These surfaces come without a confidence interval: nothing here says how far they may "
            "be wrong. A model that mistakes one class for another everywhere gives wrong surfaces, however many "
            "pixels there are. Compare with known surfaces before relying on them.</p>"
        )

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        self.add(
            QgsProcessingParameterRasterLayer(self.INPUT, self.tr("Classes or probabilities")),
            self.tr("A raster file written by 'Predict land cover' or 'Most probable class', in a CRS in metres."),
        )
        self.add(
            QgsProcessingParameterFeatureSource(
                self.ZONES, self.tr("Zones"), [QgsProcessing.SourceType.TypeVectorPolygon], optional=True
            ),
            self.tr(
                "Polygons, in any CRS, whose attributes go into the result. A selection or a filter of the layer is "
                "respected. Only the part of a zone that the raster covers is measured. Without zones, the whole "
                "raster is one."
            ),
        )
        self.add(
            QgsProcessingParameterString(self.GROUPS, self.tr("Groups of classes"), optional=True),
            self.tr(
                "Unions of classes to measure besides the classes, for example: ligneux=8+10+11; bati=1. A group "
                "known by the nomenclature may stand without its codes (ligneux)."
            ),
        )
        self.add(
            QgsProcessingParameterVectorDestination(
                self.OUTPUT, self.tr("Surfaces"), QgsProcessing.SourceType.TypeVectorPolygon
            ),
            self.tr("The zones with the surfaces of the classes as fields, in a GeoPackage (.gpkg)."),
        )
        self.add(
            QgsProcessingParameterFileDestination(
                self.TABLE, self.tr("Table"), "CSV (*.csv)", None, optional=True, createByDefault=False
            ),
            self.tr("The same figures as a CSV file, one line per zone and class."),
        )

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        outputs = {
            self.OUTPUT: self.parameterAsOutputLayer(parameters, self.OUTPUT, context),
            self.TABLE: self.parameterAsFileOutput(parameters, self.TABLE, context) or None,
        }
        zones_of = self.polygons(self.ZONES, "zones-empty", parameters, context, feedback, with_attributes=True)
        with zones_of as zones:
            job = SurfacesJob(
                input=self.raster.path,
                output=outputs[self.OUTPUT] or "",
                zones=zones,
                table=outputs[self.TABLE],
                groups=self.parameterAsString(parameters, self.GROUPS, context),
            )
            return self.delegate(job, outputs, context, feedback)
