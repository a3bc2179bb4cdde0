"""``ocsia:change``: what changed between two vintages."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
)

from ..engine.jobs import ChangeJob
from .base import Parameters
from .reference import PointsAlgorithm


class ChangeAlgorithm(PointsAlgorithm):
    """Two vintages to changes, stocks and flows."""

    BEFORE = "BEFORE"
    INPUT = BEFORE
    """The raster in whose CRS everything crosses the door."""
    AFTER = "AFTER"
    ZONES = "ZONES"
    POINTS = "POINTS"
    LEVEL = "LEVEL"
    GROUPS = "GROUPS"
    MIN_WIDTH = "MIN_WIDTH"
    MIN_CONFIDENCE = "MIN_CONFIDENCE"
    MIN_AREA = "MIN_AREA"
    OUTPUT = "OUTPUT"
    POLYGONS = "POLYGONS"
    TABLE = "TABLE"
    MATRIX = "MATRIX"
    FLOWS = "FLOWS"
    EXCEL = "EXCEL"

    def name(self) -> str:
        return "change"

    def displayName(self) -> str:
        return self.tr("Change between two vintages")

    def groupId(self) -> str:
        return "products"

    def shortDescription(self) -> str:
        return self.tr("What changed between two vintages: raster, polygons, stocks and flows by zone.")

    def tags(self) -> list[str]:
        return self.tr("land cover,change,vintage,evolution,transition matrix,stock,flow,artificialisation").split(",")

    def about(self) -> str:
        return self.tr(
            "<p>Compares two vintages of classes or probabilities. The raster of changes holds 1000 × code before + "
            "code after: 10001 is broadleaved (10) that became building (1); two equal codes are no change. The table "
            "gives, by zone and class, the stock before, gains, losses, net flow and the stock after; the layer of "
            "zones has the same as fields.</p>"
            "<p><b>What counts as a change.</b> Two predictions of the same place differ along the edges of objects "
            "even where nothing happened. A pixel has changed where (1) its classes differ, (2) both are sure enough: "
            "the product of their probabilities reaches a threshold, where probabilities are given, and (3) it lies "
            "in a square of changed pixels as wide as the smallest width. The rest is counted apart as flicker "
            "(flicker_m2) and keeps its former class: after = before + gains − losses + flicker.</p>"
            "<p>With probabilities, gains and losses are also given weighted by the confidence of both dates "
            "(…_weighted_m2), and the transitions as expected if the errors of both dates were independent "
            "(expected_m2 of the matrix), which overstates changes where the model hesitates twice in the same way."
            "</p>"
            "<p><b>Example.</b> Trees that a town lost between 2016 and 2019: both probability rasters, the quarters "
            "as zones, groups 'ligneux=8+10+11; impermeable=1+3', and the polygons, to be looked at from the largest "
            "on.</p>"
            "<p><b>With points.</b> Classes that you have read on both images at points drawn by 'Points to "
            "interpret' give an interval for each net change, and a conclusion: significant gain, significant loss "
            "or no significant change; under 50 points, or where it is not known how they were drawn, none.</p>"
            "<p><b>Limits.</b> Without points, there is no confidence interval. Images of another season, angle "
            "or other shadows make differences that are no changes of the ground; use the same model for both dates. "
            "Rasters of different pixels are read on those of the first (classes by the nearest pixel).</p>"
        )

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        self.add(
            QgsProcessingParameterRasterLayer(self.BEFORE, self.tr("Before: classes or probabilities")),
            self.tr("The older vintage, as 'Predict land cover' writes it. The results have its pixels."),
        )
        self.add(
            QgsProcessingParameterRasterLayer(self.AFTER, self.tr("After: classes or probabilities")),
            self.tr(
                "The newer vintage. Another nomenclature is fine where the classes of one can be added up into those "
                "of the other (CoSIA into NAF)."
            ),
        )
        self.add(
            QgsProcessingParameterFeatureSource(
                self.ZONES, self.tr("Zones"), [QgsProcessing.SourceType.TypeVectorPolygon], optional=True
            ),
            self.tr("Polygons by which stocks and flows are added up. Without zones, the whole raster is one."),
        )
        self.add(
            QgsProcessingParameterFeatureSource(
                self.POINTS,
                self.tr("Points read at both dates"),
                [QgsProcessing.SourceType.TypeVectorPoint],
                optional=True,
            ),
            self.tr(
                "Points of 'Points to interpret', to which you have added two fields, ref_before and ref_after, with "
                "the class that you see at each date. The table then says of each class how much it gained or lost, "
                "with an interval, and whether that is significant."
            ),
        )
        self.add(
            QgsProcessingParameterString(self.GROUPS, self.tr("Groups of classes"), optional=True),
            self.tr(
                "Classes to take as one before the comparison, for example: ligneux=8+10+11; impermeable=1+3. What "
                "goes from one class of a group to another is then no change."
            ),
        )
        number = QgsProcessingParameterNumber
        self.add(
            number(self.MIN_WIDTH, self.tr("Smallest width of a change (m)"), number.Type.Double, 1.0, minValue=0),
            self.tr("Narrower differences are flicker along edges. 0: every pixel that differs is a change."),
        )
        self.add(
            number(
                self.MIN_CONFIDENCE,
                self.tr("Smallest joint confidence (%)"),
                number.Type.Double,
                25.0,
                minValue=0,
                maxValue=100,
            ),
            self.tr(
                "The probability of the class before times that of the class after. 25 %: half and half. For classes "
                "without probabilities it has no effect."
            ),
            advanced=True,
        )
        self.add(
            number(self.MIN_AREA, self.tr("Smallest polygon (m²)"), number.Type.Double, 25.0, minValue=0),
            self.tr("Smaller polygons are left out. The raster and the tables have all changes."),
            advanced=True,
        )
        self.add(
            number(
                self.LEVEL, self.tr("Level of confidence (%)"), number.Type.Double, 95.0, minValue=50, maxValue=99.9
            ),
            self.tr("Of the intervals that the points give."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterBoolean(self.EXCEL, self.tr("Tables for Excel"), False),
            self.tr("Semicolons and decimal commas, as a French Excel expects them."),
            advanced=True,
        )
        self.add_origin()
        self.add(
            QgsProcessingParameterRasterDestination(self.OUTPUT, self.tr("Changes")),
            self.tr("1000 × code before + code after, in the colour of what came; 0 without data at either date."),
        )
        self.add(
            QgsProcessingParameterVectorDestination(
                self.POLYGONS,
                self.tr("Polygons of changes"),
                QgsProcessing.SourceType.TypeVectorPolygon,
                None,
                optional=True,
                createByDefault=False,
            ),
            self.tr(
                "One polygon per region of the same change (.gpkg), with avant, apres, surface_m2 and, from "
                "probabilities, confiance (the mean joint confidence)."
            ),
        )
        self.add(
            QgsProcessingParameterVectorDestination(
                self.FLOWS,
                self.tr("Zones with stocks and flows"),
                QgsProcessing.SourceType.TypeVectorPolygon,
                None,
                optional=True,
                createByDefault=False,
            ),
            self.tr(
                "The zones (.gpkg), coloured by the share of them that changed. Of each class or group, key_before_m2, "
                "key_after_m2, key_gain_m2, key_loss_m2 and key_net_m2; the map tip tells the largest. Empty fields: "
                "no data at both dates."
            ),
        )
        for name, title, text in (
            (self.TABLE, self.tr("Stocks and flows"), self.tr("CSV file, one line per zone and class, in m².")),
            (self.MATRIX, self.tr("Transition matrix"), self.tr("CSV file, one line per zone and pair of classes.")),
        ):
            self.add(
                QgsProcessingParameterFileDestination(
                    name, title, "CSV (*.csv)", None, optional=True, createByDefault=False
                ),
                text,
            )

    def check(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        super().check(parameters, context)
        self._after = self.raster_of(self.AFTER, parameters, context)

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        outputs: dict[str, Optional[str]] = {
            name: self.parameterAsOutputLayer(parameters, name, context) or None
            for name in (self.OUTPUT, self.POLYGONS, self.FLOWS)
        }
        for name in (self.TABLE, self.MATRIX):
            outputs[name] = self.parameterAsFileOutput(parameters, name, context) or None
        zones_of = self.polygons(self.ZONES, "zones-empty", parameters, context, feedback, with_attributes=True)
        with zones_of as zones, self.points(self.POINTS, parameters, context, feedback) as points:
            job = ChangeJob(
                before=self.raster.path,
                after=self._after.path,
                output=outputs[self.OUTPUT] or "",
                table=outputs[self.TABLE],
                matrix=outputs[self.MATRIX],
                polygons=outputs[self.POLYGONS],
                flows=outputs[self.FLOWS],
                zones=zones,
                points=points,
                level=self.parameterAsDouble(parameters, self.LEVEL, context),
                groups=self.parameterAsString(parameters, self.GROUPS, context),
                min_confidence=self.parameterAsDouble(parameters, self.MIN_CONFIDENCE, context),
                min_width=self.parameterAsDouble(parameters, self.MIN_WIDTH, context),
                min_area=self.parameterAsDouble(parameters, self.MIN_AREA, context),
                excel=self.parameterAsBool(parameters, self.EXCEL, context),
                nomenclature=self.parameterAsString(parameters, self.NOMENCLATURE, context).strip(),
                base=self.parameterAsEnumString(parameters, self.BASE, context),
            )
            return self.delegate(job, outputs, context, feedback)
