"""``ocsia:accuracy``: how right a map is."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsWkbTypes,
)

from ..bridge.messages import refusal
from ..engine.jobs import AccuracyJob
from .base import Parameters
from .reference import PointsAlgorithm

_DESIGNS = ["auto", "simple"]


class AccuracyAlgorithm(PointsAlgorithm):
    """A map and references to an error matrix with intervals."""

    REFERENCE = "REFERENCE"
    FIELD = "FIELD"
    ZONES = "ZONES"
    GROUPS = "GROUPS"
    DESIGN = "DESIGN"
    LEVEL = "LEVEL"
    EXCEL = "EXCEL"
    TABLE = "TABLE"

    def name(self) -> str:
        return "accuracy"

    def displayName(self) -> str:
        return self.tr("Accuracy of a map")

    def groupId(self) -> str:
        return "surfaces"

    def shortDescription(self) -> str:
        return self.tr("Error matrix, over- and under-detection of each class, with intervals.")

    def tags(self) -> list[str]:
        return self.tr(
            "land cover,accuracy,error matrix,confusion matrix,precision,recall,validation,uncertainty"
        ).split(",")

    def about(self) -> str:
        return self.tr(
            "<p>Holds a map against interpreted points or polygons of known class: error matrix in points and in "
            "shares of the surface, overall accuracy, and for each class precision (what lacks is over-detection), "
            "recall (what lacks is under-detection), F1 and IoU.</p>"
            "<p><b>Intervals</b> follow from how the points were drawn, which those of 'Points to interpret' know "
            "themselves, also where the map has changed since. Points or polygons from elsewhere get none, because "
            "nothing says what they stand for, unless you say that they were drawn at random.</p>"
            "<p><b>Limits.</b> Interpretations are taken to be right and of the date of the map. References that "
            "trained the model make it look better than it is.</p>"
        )

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        self.add(
            QgsProcessingParameterRasterLayer(self.INPUT, self.tr("Classes or probabilities")),
            self.tr("The map: a raster file in a CRS in metres. Of probabilities, the most probable class is judged."),
        )
        kinds = [QgsProcessing.SourceType.TypeVectorPoint, QgsProcessing.SourceType.TypeVectorPolygon]
        self.add(
            QgsProcessingParameterFeatureSource(self.REFERENCE, self.tr("Reference"), kinds),
            self.tr(
                "Points that 'Points to interpret' wrote, once interpreted and saved; or other points or polygons with "
                "their true class."
            ),
        )
        self.add(
            QgsProcessingParameterField(
                self.FIELD, self.tr("Field of the class"), "ref_code", self.REFERENCE, optional=True
            ),
            self.tr("Holds the code or the name of the true class, in the nomenclature of the map."),
        )
        self.add(
            QgsProcessingParameterFeatureSource(
                self.ZONES, self.tr("Zones"), [QgsProcessing.SourceType.TypeVectorPolygon], optional=True
            ),
            self.tr("Polygons for which the figures are given besides those of the whole."),
        )
        self.add(
            QgsProcessingParameterString(self.GROUPS, self.tr("Groups of classes"), optional=True),
            self.tr(
                "Unions of classes to judge besides the classes, for example: ligneux=8+10+11; bati=1. A group known "
                "by the nomenclature may stand without its codes (ligneux)."
            ),
        )
        self._add_advanced()
        self.add_origin()
        for name, title, kind, text in (
            (
                self.REPORT,
                self.tr("Report"),
                "HTML (*.html)",
                self.tr("A page for the browser, to be printed or sent."),
            ),
            (self.TABLE, self.tr("Table"), "CSV (*.csv)", self.tr("All figures and the matrix as CSV, one per line.")),
        ):
            optional = name == self.TABLE
            self.add(
                QgsProcessingParameterFileDestination(name, title, kind, None, True, createByDefault=not optional), text
            )

    def _add_advanced(self) -> None:
        number = QgsProcessingParameterNumber
        self.add(
            QgsProcessingParameterEnum(
                self.DESIGN, self.tr("Design"), _DESIGNS, defaultValue=_DESIGNS[0], usesStaticStrings=True
            ),
            self.tr(
                "auto: what the points say of themselves, and no interval where they say nothing. simple: these points "
                "were drawn at random over the whole raster, or these polygons at random among all that there are; the "
                "intervals are wrong if they were not."
            ),
            advanced=True,
        )
        self.add(
            number(
                self.LEVEL, self.tr("Level of confidence (%)"), number.Type.Double, 95.0, minValue=50, maxValue=99.9
            ),
            self.tr("Level of confidence of the intervals."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterBoolean(self.EXCEL, self.tr("Table for Excel"), False),
            self.tr("Semicolons and decimal commas, as a French Excel expects them."),
            advanced=True,
        )

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        outputs = {
            name: self.parameterAsFileOutput(parameters, name, context) or None for name in (self.REPORT, self.TABLE)
        }
        zones_of = self.polygons(self.ZONES, "zones-empty", parameters, context, feedback, with_attributes=True)
        with zones_of as zones, self._reference(parameters, context, feedback) as reference:
            job = AccuracyJob(
                input=self.raster.path,
                reference=reference or "",
                field=self.parameterAsString(parameters, self.FIELD, context) or "ref_code",
                zones=zones,
                report=outputs[self.REPORT],
                table=outputs[self.TABLE],
                groups=self.parameterAsString(parameters, self.GROUPS, context),
                design=self.parameterAsEnumString(parameters, self.DESIGN, context),
                level=self.parameterAsDouble(parameters, self.LEVEL, context),
                excel=self.parameterAsBool(parameters, self.EXCEL, context),
                nomenclature=self.parameterAsString(parameters, self.NOMENCLATURE, context).strip(),
                base=self.parameterAsEnumString(parameters, self.BASE, context),
            )
            return self.delegate(job, outputs, context, feedback)

    def _reference(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> AbstractContextManager[Optional[str]]:
        kind = QgsWkbTypes.geometryType(self._source(parameters, self.REFERENCE, context).wkbType())
        if kind == QgsWkbTypes.GeometryType.PointGeometry:
            return self.points(self.REFERENCE, parameters, context, feedback)
        if kind == QgsWkbTypes.GeometryType.PolygonGeometry:
            empty = "reference-empty"
            return self.polygons(self.REFERENCE, empty, parameters, context, feedback, with_attributes=True)
        raise refusal("reference-empty")
