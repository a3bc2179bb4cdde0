"""``ocsia:compareref``: what a local reference lacks, and what of it the prediction confirms."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
)

from ..engine.jobs import CompareRefJob
from .base import OcsiaAlgorithm


class CompareRefAlgorithm(OcsiaAlgorithm):
    """A reference of polygons and a prediction to candidate updates and verdicts."""

    REFERENCE = "REFERENCE"
    FIELD = "FIELD"
    MAPPING = "MAPPING"
    OBJECTS = "OBJECTS"
    MIN_AREA = "MIN_AREA"
    TOLERANCE = "TOLERANCE"
    CONFIRMED = "CONFIRMED"
    CONTRADICTED = "CONTRADICTED"
    OUTPUT = "OUTPUT"
    VERDICTS = "VERDICTS"

    def name(self) -> str:
        return "compareref"

    def displayName(self) -> str:
        return self.tr("Compare with a reference")

    def groupId(self) -> str:
        return "products"

    def shortDescription(self) -> str:
        return self.tr("What a local reference lacks, and which of its polygons the prediction confirms.")

    def tags(self) -> list[str]:
        return self.tr("land cover,reference,update,comparison,verification,missing,OCS GE,BD TOPO").split(",")

    def about(self) -> str:
        return self.tr(
            "<p>Holds a local reference (polygons with a field of classes) against a prediction. The first result "
            "lists objects that the prediction has and the reference has not: buildings, swimming pools, water, "
            "shrubs, or the classes that you name. They are ranked by the surface that checking one is expected to set "
            "right (surface × confidence), with a box to tick (verifie) and a choice (decision) in their form, so that "
            "they can be gone through one by one.</p>"
            "<p>The second result, on request, is the reference itself: for each polygon the share of each class "
            "inside it, and a verdict: <i>confirmed</i> where the class expected has at least 60 % of it, "
            "<i>contradicted</i> where it has 20 % at most, <i>doubtful</i> between them. The confidence of the "
            "verdict is that share, or what lacks to 100 % where it is contradicted.</p>"
            "<p><b>Example.</b> The ponds that a municipal layer lacks: field 'nature', meaning of the values "
            "'Mare=6; Etang=6; Bois=8+10+11', objects to look for '6', smallest surface 50 m².</p>"
            "<p><b>Limits.</b> The prediction errs too: a candidate is a place to look at, not an update, and the "
            "confidence is the model's own. A polygon of a mixed kind (a built-up zone with its gardens) is never "
            "made of one class: give it several (ZU=1+2+3+13), or lower the limits. Objects closer than the tolerance "
            "to one of their class in the reference count as known.</p>"
        )

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        self.add(
            QgsProcessingParameterRasterLayer(self.INPUT, self.tr("Classes or probabilities")),
            self.tr(
                "A raster file written by 'Predict land cover' or 'Most probable class', in a CRS in metres. "
                "Probabilities give a confidence; classes do not."
            ),
        )
        polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
        self.add(
            QgsProcessingParameterFeatureSource(self.REFERENCE, self.tr("Reference"), polygons),
            self.tr("Polygons, in any CRS. A selection or a filter of the layer is respected."),
        )
        self.add(
            QgsProcessingParameterField(
                self.FIELD, self.tr("Field of the class"), parentLayerParameterName=self.REFERENCE
            ),
            self.tr("Its values are codes or names of classes (6, surface_eau, Surface d'eau), or what you say below."),
        )
        self.add(
            QgsProcessingParameterString(self.MAPPING, self.tr("Meaning of the values"), optional=True),
            self.tr(
                "For values that are no codes or names: EAU=6; Bois=8+10+11; ZU=. A value without classes has no "
                "verdict."
            ),
        )
        self.add(
            QgsProcessingParameterString(self.OBJECTS, self.tr("Objects to look for"), optional=True),
            self.tr(
                "Codes, names or groups, separated by semicolons: piscine; 6; ligneux; 8+10. Empty: buildings, "
                "swimming pools, water and shrubs."
            ),
        )
        self._add_limits()
        self.add_origin()
        polygon = QgsProcessing.SourceType.TypeVectorPolygon
        self.add(
            QgsProcessingParameterVectorDestination(self.OUTPUT, self.tr("Candidate updates"), polygon),
            self.tr("Objects absent from the reference (.gpkg), the most worthwhile first, with their form."),
        )
        self.add(
            QgsProcessingParameterVectorDestination(
                self.VERDICTS, self.tr("Verdicts"), polygon, None, optional=True, createByDefault=False
            ),
            self.tr("The polygons of the reference (.gpkg) with shares and verdict."),
        )

    def _add_limits(self) -> None:
        number = QgsProcessingParameterNumber
        double = number.Type.Double
        self.add(
            number(self.MIN_AREA, self.tr("Smallest object (m²)"), double, 10.0, minValue=0),
            self.tr("Smaller objects are left out."),
        )
        self.add(
            number(self.TOLERANCE, self.tr("Tolerance (m)"), double, 2.0, minValue=0),
            self.tr("What lies this close to an object of its class in the reference belongs to it."),
            advanced=True,
        )
        self.add(
            number(self.CONFIRMED, self.tr("Confirmed from (%)"), double, 60.0, minValue=0, maxValue=100),
            self.tr("Share of the expected class from which on a polygon is confirmed."),
            advanced=True,
        )
        self.add(
            number(self.CONTRADICTED, self.tr("Contradicted up to (%)"), double, 20.0, minValue=0, maxValue=100),
            self.tr("Share of the expected class up to which a polygon is contradicted."),
            advanced=True,
        )

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        outputs = {
            name: self.parameterAsOutputLayer(parameters, name, context) or None
            for name in (self.OUTPUT, self.VERDICTS)
        }
        reference_of = self.polygons(
            self.REFERENCE, "compareref-empty", parameters, context, feedback, with_attributes=True
        )
        with reference_of as reference:
            job = CompareRefJob(
                input=self.raster.path,
                reference=reference or "",
                field=self.parameterAsString(parameters, self.FIELD, context),
                output=outputs[self.OUTPUT] or "",
                verdicts=outputs[self.VERDICTS],
                mapping=self.parameterAsString(parameters, self.MAPPING, context),
                objects=self.parameterAsString(parameters, self.OBJECTS, context),
                min_area=self.parameterAsDouble(parameters, self.MIN_AREA, context),
                tolerance=self.parameterAsDouble(parameters, self.TOLERANCE, context),
                confirmed=self.parameterAsDouble(parameters, self.CONFIRMED, context),
                contradicted=self.parameterAsDouble(parameters, self.CONTRADICTED, context),
                nomenclature=self.parameterAsString(parameters, self.NOMENCLATURE, context).strip(),
                base=self.parameterAsEnumString(parameters, self.BASE, context),
            )
            return self.delegate(job, outputs, context, feedback)
