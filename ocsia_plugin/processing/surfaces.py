"""``ocsia:surfaces``: the surface of each class in each zone."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingParameterVectorDestination,
)

from ..engine.jobs import SurfacesJob
from .base import MAKER_WIDGET
from .reference import PointsAlgorithm

_PUBLISHED = ["range", "ign"]


class SurfacesAlgorithm(PointsAlgorithm):
    """Classes or probabilities to surfaces by zone, and how far they may be wrong."""

    ZONES = "ZONES"
    GROUPS = "GROUPS"
    POINTS = "POINTS"
    TILES = "TILES"
    MODEL = "MODEL"
    LEVEL = "LEVEL"
    SIMULTANEOUS = "SIMULTANEOUS"
    PUBLISHED = "PUBLISHED"
    EXCEL = "EXCEL"
    OUTPUT = "OUTPUT"
    TABLE = "TABLE"

    def name(self) -> str:
        return "surfaces"

    def displayName(self) -> str:
        return self.tr("Surfaces by zone")

    def groupId(self) -> str:
        return "surfaces"

    def shortDescription(self) -> str:
        return self.tr("Surface of each land-cover class in each zone; an interval where points or tiles give one.")

    def tags(self) -> list[str]:
        return self.tr("land cover,area,surface,statistics,zones,zonal,NAF").split(",")

    def about(self) -> str:
        return self.tr(
            "<p>Surface of each class in each zone, in m² on the ellipsoid: the surfaces in the plane of the CRS are "
            "corrected for its areal scale, and a pixel on the edge counts for the part of it that lies in the zone. "
            "From a class raster, the pixels of each class are counted; from a probability raster, their "
            "probabilities are added up, which gives the surface that the model expects.</p>"
            "<p>How far a surface may be wrong depends on what is given besides the raster. <b>Points</b> interpreted "
            "in the zone give intervals that hold whatever the model is worth. <b>Tiles</b> annotated elsewhere give "
            "intervals that hold if the zone resembles them. The <b>model</b> alone gives, from its published "
            "statistics, an indicative range without any level. Each figure says its method, its level and what it "
            "assumes; the log says what points would bring before the work is done.</p>"
            "<p><b>Limits.</b> Interpretation is taken to be without error, and the image to be of the map's date. "
            "The level holds for each figure by itself, unless it is asked for all at once. Zones with fewer than 50 "
            "points, and rare classes that too few points met, get no level. How often the intervals hold was "
            "measured; the documentation has the figures.</p>"
        )

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        self.add(
            QgsProcessingParameterRasterLayer(self.INPUT, self.tr("Classes or probabilities")),
            self.tr(
                "A raster file written by 'Predict land cover' or 'Most probable class', in a CRS in metres. One that "
                "comes from elsewhere may need the advanced parameters."
            ),
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
        self._add_evidence()
        self.add_origin()
        self._add_outputs()

    def _add_evidence(self) -> None:
        self.add(
            QgsProcessingParameterFeatureSource(
                self.POINTS, self.tr("Interpreted points"), [QgsProcessing.SourceType.TypeVectorPoint], optional=True
            ),
            self.tr(
                "The points that 'Points to interpret' drew, each with its class in the field ref_code. They keep how "
                "they were drawn; of points that do not, no level can be claimed."
            ),
        )
        tiles = QgsProcessingParameterFile(self.TILES, self.tr("Annotated tiles"), optional=True)
        tiles.setFileFilter("GeoPackage (*.gpkg);;(*.*)")
        self.add(
            tiles,
            self.tr(
                "A GeoPackage of polygons, one per annotated tile, with the fields labels (class raster of the "
                "truth), prediction (its prediction, where that is not the input), unit (the town or flight that it "
                "belongs to), drawn (1: drawn at random in the zone) and milieu (urban, natural...: from 19 tiles on, "
                "a zone with the same value in its own field milieu is judged by these alone). Without labels, a "
                "layer 'labels' of polygons holds the classes. Paths are relative to the file."
            ),
        )
        model = QgsProcessingParameterString(self.MODEL, self.tr("Model"), optional=True)
        model.setMetadata({"widget_wrapper": {"class": MAKER_WIDGET}})
        self.add(
            model,
            self.tr(
                "Name of the model that made the raster (ocsia-naf15-rvb comes with the plugin), or path of its .onnx "
                "file: its published statistics give an indicative range where there is nothing better."
            ),
        )
        number = QgsProcessingParameterNumber
        self.add(
            number(
                self.LEVEL, self.tr("Level of confidence (%)"), number.Type.Double, 95.0, minValue=50, maxValue=99.9
            ),
            self.tr("How often the intervals are to hold the true surface."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterBoolean(self.SIMULTANEOUS, self.tr("Level for all figures at once"), False),
            self.tr(
                "The level is that of all figures of all zones holding together (Bonferroni) instead of each by "
                "itself: for statements about several classes or zones. The intervals become wider."
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterEnum(
                self.PUBLISHED,
                self.tr("From published statistics"),
                _PUBLISHED,
                defaultValue=_PUBLISHED[0],
                usesStaticStrings=True,
            ),
            self.tr(
                "range: from surface × precision to surface / recall. ign: the ± that IGN printed, surface × (100 - "
                "precision) / 100. Neither has a level of confidence."
            ),
            advanced=True,
        )

    def _add_outputs(self) -> None:
        self.add(
            QgsProcessingParameterVectorDestination(
                self.OUTPUT, self.tr("Surfaces"), QgsProcessing.SourceType.TypeVectorPolygon
            ),
            self.tr(
                "The zones with the surfaces of the classes as fields, in a GeoPackage (.gpkg): _m2, _pct (share), "
                "_low and _high (interval), _level. The map tip shows them; 'Layout of the surfaces…' in the "
                "layer's menu makes a page of each zone."
            ),
        )
        self.add(
            QgsProcessingParameterFileDestination(
                self.TABLE, self.tr("Table"), "CSV (*.csv)", None, optional=True, createByDefault=False
            ),
            self.tr("The same figures as a CSV file, one line per zone and class."),
        )
        self.add(
            QgsProcessingParameterBoolean(self.EXCEL, self.tr("Table for Excel"), False),
            self.tr("Semicolons and decimal commas, as a French Excel expects them."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterFileDestination(
                self.REPORT, self.tr("Report"), "HTML (*.html)", None, optional=True, createByDefault=False
            ),
            self.tr(
                "A page with bars, error matrix and a sentence per figure; beside it, a JSON of what it was made of."
            ),
        )

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        outputs = {
            self.OUTPUT: self.parameterAsOutputLayer(parameters, self.OUTPUT, context),
            self.TABLE: self.parameterAsFileOutput(parameters, self.TABLE, context) or None,
            self.REPORT: self.parameterAsFileOutput(parameters, self.REPORT, context) or None,
        }
        zones_of = self.polygons(self.ZONES, "zones-empty", parameters, context, feedback, with_attributes=True)
        with zones_of as zones, self.points(self.POINTS, parameters, context, feedback) as points:
            job = SurfacesJob(
                input=self.raster.path,
                output=outputs[self.OUTPUT] or "",
                zones=zones,
                table=outputs[self.TABLE],
                groups=self.parameterAsString(parameters, self.GROUPS, context),
                points=points,
                tiles=self.parameterAsFile(parameters, self.TILES, context) or None,
                model=self.parameterAsString(parameters, self.MODEL, context).strip(),
                level=self.parameterAsDouble(parameters, self.LEVEL, context),
                simultaneous=self.parameterAsBool(parameters, self.SIMULTANEOUS, context),
                report=outputs[self.REPORT],
                excel=self.parameterAsBool(parameters, self.EXCEL, context),
                published=self.parameterAsEnumString(parameters, self.PUBLISHED, context),
                nomenclature=self.parameterAsString(parameters, self.NOMENCLATURE, context).strip(),
                base=self.parameterAsEnumString(parameters, self.BASE, context),
            )
            return self.delegate(job, outputs, context, feedback)
