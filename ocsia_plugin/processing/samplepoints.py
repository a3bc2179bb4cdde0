"""``ocsia:samplepoints``: points to photo-interpret."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
)

from ..engine.jobs import SamplePointsJob
from .base import OcsiaAlgorithm

_STRATA = ["class", "class+zone"]


class SamplePointsAlgorithm(OcsiaAlgorithm):
    """A map to points, drawn by a design that the figures can rest on."""

    ZONES = "ZONES"
    TARGET = "TARGET"
    COUNT = "COUNT"
    SEED = "SEED"
    STRATA = "STRATA"
    MINIMUM = "MINIMUM"
    DOUBLE = "DOUBLE"
    LEVEL = "LEVEL"
    PRECISION = "PRECISION"
    OUTPUT = "OUTPUT"

    def name(self) -> str:
        return "samplepoints"

    def displayName(self) -> str:
        return self.tr("Points to interpret")

    def groupId(self) -> str:
        return "surfaces"

    def shortDescription(self) -> str:
        return self.tr("Points drawn at random in each class of the map, ready to be interpreted in QGIS.")

    def tags(self) -> list[str]:
        return self.tr("land cover,sample,points,photo-interpretation,stratified,accuracy,uncertainty").split(",")

    def about(self) -> str:
        return self.tr(
            "<p>Draws pixels at random in each class of the map and writes their centres as points to interpret on the "
            "image. 'Surfaces by zone' and 'Accuracy of a map' make honest intervals of the answers, whatever the "
            "quality of the map.</p>"
            "<p><b>How to interpret.</b> Open the points over the image, toggle editing, open the attribute table in "
            "form view: each point takes one key. Type the number of the class that the small square lies on. The form "
            "does not show the class of the map: what is known beforehand is believed. A point that is hard to read "
            "gets the most plausible class and is not left out or removed.</p>"
            "<p><b>Limits.</b> The predicted half-width rests on the probabilities of the map, or on the precision "
            "that you expect of it; the interpreted points tell the true one. Interpretation errors are not part of "
            "it: have a share of the points read twice.</p>"
        )

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        number = QgsProcessingParameterNumber
        self.add(
            QgsProcessingParameterRasterLayer(self.INPUT, self.tr("Classes or probabilities")),
            self.tr(
                "A raster file written by 'Predict land cover' or 'Most probable class', in a CRS in metres. "
                "Probabilities tell better where points are needed."
            ),
        )
        self.add(
            QgsProcessingParameterFeatureSource(
                self.ZONES, self.tr("Zones"), [QgsProcessing.SourceType.TypeVectorPolygon], optional=True
            ),
            self.tr("Polygons to draw in, in any CRS. Without zones, the whole raster."),
        )
        self.add(
            QgsProcessingParameterString(self.TARGET, self.tr("Target"), optional=True),
            self.tr(
                "What the points are to reach, for example ligneux=5: the surface of woody vegetation to within 5 % of "
                "itself. A class, a group or codes (8+10+11=5); several with semicolons. The number of points follows."
            ),
        )
        self.add(
            number(self.COUNT, self.tr("Number of points"), number.Type.Integer, optional=True, minValue=1),
            self.tr("Draw exactly so many. With a target as well, they are placed where they serve it most."),
        )
        self.add(
            number(self.SEED, self.tr("Seed"), number.Type.Integer, 1, minValue=0),
            self.tr("The same seed draws the same points again; another one draws others."),
        )
        self._add_design()
        self.add_origin()
        self.add(
            QgsProcessingParameterVectorDestination(
                self.OUTPUT, self.tr("Points"), QgsProcessing.SourceType.TypeVectorPoint
            ),
            self.tr("A GeoPackage (.gpkg) with the form and the description of the draw inside. Keep the file whole."),
        )

    def _add_design(self) -> None:
        """What few users change."""
        number = QgsProcessingParameterNumber
        self.add(
            QgsProcessingParameterEnum(
                self.STRATA, self.tr("Strata"), _STRATA, defaultValue=_STRATA[0], usesStaticStrings=True
            ),
            self.tr(
                "class: the zones together, one stratum per class. class+zone: each zone by itself, for figures in "
                "each of them; that takes more points."
            ),
            advanced=True,
        )
        self.add(
            number(self.MINIMUM, self.tr("Points per stratum at least"), number.Type.Integer, 10, minValue=2),
            self.tr("So that rare classes are seen as well."),
            advanced=True,
        )
        self.add(
            number(self.DOUBLE, self.tr("Read twice (%)"), number.Type.Double, 0.0, minValue=0, maxValue=100),
            self.tr(
                "Share of the points that a second layer of the file holds again, for another interpreter: 'Accuracy "
                "of a map' then tells how far the two agree. 10 is a good start."
            ),
            advanced=True,
        )
        self.add(
            number(
                self.LEVEL, self.tr("Level of confidence (%)"), number.Type.Double, 95.0, minValue=50, maxValue=99.9
            ),
            self.tr("Level of confidence of the target."),
            advanced=True,
        )
        self.add(
            number(
                self.PRECISION, self.tr("Expected precision (%)"), number.Type.Double, 85.0, minValue=50, maxValue=99.9
            ),
            self.tr(
                "For a raster of classes only: how much of what the map shows as the target is expected to be right."
            ),
            advanced=True,
        )

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        output = self.parameterAsOutputLayer(parameters, self.OUTPUT, context)
        count = parameters.get(self.COUNT)
        with self.polygons(self.ZONES, "zones-empty", parameters, context, feedback, with_attributes=True) as zones:
            job = SamplePointsJob(
                input=self.raster.path,
                output=output,
                zones=zones,
                target=self.parameterAsString(parameters, self.TARGET, context),
                count=0 if count in (None, "") else self.parameterAsInt(parameters, self.COUNT, context),
                seed=self.parameterAsInt(parameters, self.SEED, context),
                strata=self.parameterAsEnumString(parameters, self.STRATA, context),
                minimum=self.parameterAsInt(parameters, self.MINIMUM, context),
                double=self.parameterAsDouble(parameters, self.DOUBLE, context),
                level=self.parameterAsDouble(parameters, self.LEVEL, context),
                precision=self.parameterAsDouble(parameters, self.PRECISION, context),
                nomenclature=self.parameterAsString(parameters, self.NOMENCLATURE, context).strip(),
                base=self.parameterAsEnumString(parameters, self.BASE, context),
            )
            return self.delegate(job, {self.OUTPUT: output}, context, feedback)
