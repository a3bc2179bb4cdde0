"""``ocsia:ocsge``: cover polygons of OCS GE."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorDestination,
)

from ..engine.jobs import OcsgeJob
from .base import OcsiaAlgorithm


class OcsgeAlgorithm(OcsiaAlgorithm):
    """Classes to OCS GE cover."""

    BUILT_AREA = "BUILT_AREA"
    OCSGE = "OCSGE"
    RPG = "RPG"
    BDTOPO = "BDTOPO"
    CODE_FIELD = "CODE_FIELD"
    SPLIT_BUILT = "SPLIT_BUILT"
    SIMPLIFY = "SIMPLIFY"
    DENSITY = "DENSITY"
    MIN_BUILT = "MIN_BUILT"
    MIN_DENSE = "MIN_DENSE"
    MIN_ELSEWHERE = "MIN_ELSEWHERE"
    MIN_DETAIL = "MIN_DETAIL"
    OUTPUT = "OUTPUT"
    DETAIL = "DETAIL"

    def name(self) -> str:
        return "ocsge"

    def displayName(self) -> str:
        return self.tr("OCS GE cover")

    def groupId(self) -> str:
        return "products"

    def shortDescription(self) -> str:
        return self.tr(
            "Land-cover polygons of OCS GE from NAF or CoSIA classes, each with what it holds; or an OCS GE refined."
        )

    def tags(self) -> list[str]:
        return self.tr("OCS GE,land cover,artificialisation,ZAN,built-up,polygons,NAF,CoSIA,RPG,BD TOPO").split(",")

    def about(self) -> str:
        return self.tr(
            "<p>Makes cover polygons of IGN's OCS GE from a raster of NAF or CoSIA classes, by IGN's table and its "
            "smallest surfaces: 200 m² for built areas, 500 m² in constructed zones, 2 500 m² elsewhere. A smaller "
            "region joins the class with which it shares most edge, near classes counting more (twice where both have "
            "vegetation or both have none, four times where the codes agree to the second level); every polygon "
            "keeps, in percent, what it holds: <i>naf_1</i> to <i>naf_15</i> (or <i>cosia_…</i>), <i>classe_princ</i> "
            "and <i>part_princ</i>. That is a finer OCS GE, read under its thresholds.</p><p>With an OCS GE that "
            "exists, its polygons keep their codes and attributes and get what they hold, the share that the raster "
            "sees (<i>vu_pct</i>) and the share that is of their class (<i>accord_pct</i>).</p><p>Rules where a pixel "
            "cannot decide: pools, greenhouses and 'other' take the class around them; woody polygons are trees, "
            "shrubs or vineyards, whichever makes most of them; trees are deciduous or coniferous where that kind "
            "makes three quarters of the trees, mixed otherwise, as clear cuts are; sealed and pervious ground "
            "together are CS1.1.2.2 where neither makes three quarters; brushwood is CS2.1.2, vineyards CS2.1.3, "
            "grass, crops and ploughed land CS2.2.1. Sealed ground that goes on is kept under its smallest surface: "
            "parts that touch at a corner and reach it together, or a part ten times as long as wide, from 200 m².</p>"
        ) + self.tr(
            "<p>The <b>RPG</b> and <b>BD TOPO</b>, where you give them, decide what IGN's table leaves open, pixel by "
            "pixel, before anything is merged: trees and brushwood may be CS2.1.1.1, CS2.1.1.2, CS2.1.1.3, CS2.1.2 or "
            "CS2.1.3 as far as the table allows each of them, herbaceous classes CS2.2.1 or CS2.2.2; pools, "
            "greenhouses and 'other' may be anything. Buildings, sealed and pervious ground, bare soil, water, snow "
            "and vineyards are never overruled. Of the RPG, group 21 says CS2.1.3, the crop SPL CS2.1.2, the crop SPH "
            "and the groups 1 to 9, 11, 14 to 16, 18, 19, 24 and 25 CS2.2.1. Of BD TOPO, closed forests and poplars "
            "say CS2.1.1.1 to CS2.1.1.3, heaths CS2.1.2, vineyards CS2.1.3, banana plantations CS2.2.2, water "
            "CS1.2.2, paved runways CS1.1.1.2; its hedges, woods and orchards say nothing, its roads and rails are "
            "lines. Where both speak, the RPG decides. <i>source</i> says who decided most of the pixels to which a "
            "polygon owes its class (image, RPG, BD TOPO), <i>rpg_pct</i> and <i>bdtopo_pct</i> the share of its "
            "surface that each decided; <i>prairie_pct</i> and <i>culture_pct</i> tell grassland from crops, which "
            "OCS GE's cover does not.</p><p><b>Limits.</b> This is the cover alone: usage and artificialisation need "
            "other sources and are not made. IGN's OCS GE also uses BD Forêt and photo-interpretation: compare before "
            "you rely on CS2. An older RPG or BD TOPO than the image may be wrong where the ground has changed. It is "
            "no substitute for the official data.</p>"
        )

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        polygon = [QgsProcessing.SourceType.TypeVectorPolygon]
        self.add(
            QgsProcessingParameterRasterLayer(self.INPUT, self.tr("Classes")),
            self.tr("A raster file of NAF or CoSIA classes, such as 'Predict land cover' writes."),
        )
        self.add(
            QgsProcessingParameterFeatureSource(self.BUILT_AREA, self.tr("Constructed zones"), polygon, optional=True),
            self.tr(
                "Polygons of the constructed zones, where the smallest surface is 500 m². Without them, a place is in "
                "such a zone where buildings cover enough of the 100 m x 100 m around it."
            ),
        )
        self.add(
            QgsProcessingParameterFeatureSource(self.OCSGE, self.tr("OCS GE to refine"), polygon, optional=True),
            self.tr(
                "Polygons of an OCS GE that exists. They are kept as they are and described; smallest surfaces, "
                "constructed zones and simplification then play no part."
            ),
        )
        self._add_overlays(polygon)
        self.add(
            QgsProcessingParameterField(
                self.CODE_FIELD, self.tr("Field of the codes"), None, self.OCSGE, optional=True
            ),
            self.tr("Field of the OCS GE to refine that has the codes such as CS1.1.1.1. Empty: code_cs."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterBoolean(self.SPLIT_BUILT, self.tr("Tell continuous from isolated buildings"), False),
            self.tr(
                "Adds the field <i>bati</i> to built areas: <i>continu</i> where most of the polygon lies in a "
                "constructed zone, <i>isole</i> otherwise."
            ),
        )
        self._add_numbers()
        self.add_origin()
        self.add(
            QgsProcessingParameterVectorDestination(
                self.OUTPUT, self.tr("OCS GE cover"), QgsProcessing.SourceType.TypeVectorPolygon
            ),
            self.tr("GeoPackage (.gpkg) in OCS GE's colours, with codes, labels, surfaces and contents."),
        )
        detail = QgsProcessingParameterVectorDestination(
            self.DETAIL,
            self.tr("Parts under the thresholds"),
            QgsProcessing.SourceType.TypeVectorPolygon,
            optional=True,
            createByDefault=False,
        )
        self.add(
            detail,
            self.tr(
                "GeoPackage (.gpkg) of the parts of the polygons that are of another class, which the smallest "
                "surfaces hid; <i>polygone</i> and <i>socle_cs</i> say in which polygon they lie."
            ),
        )

    def _add_overlays(self, polygon: list[int]) -> None:
        source = QgsProcessingParameterFeatureSource
        self.add(
            source(self.RPG, self.tr("Parcels of the RPG"), polygon, optional=True),
            self.tr(
                "Parcels as IGN publishes them, with <i>CODE_GROUP</i> (and <i>CODE_CULTU</i>), of the year of the "
                "image. Those beyond the raster play no part."
            ),
        )
        self.add(
            source(self.BDTOPO, self.tr("Polygons of BD TOPO"), polygon, optional=True),
            self.tr(
                "A layer of BD TOPO with the field <i>NATURE</i>: ZONE_DE_VEGETATION, SURFACE_HYDROGRAPHIQUE or "
                "PISTE_D_AERODROME. For several, merge them first ('Merge vector layers')."
            ),
        )

    def _add_numbers(self) -> None:
        number = QgsProcessingParameterNumber

        def add(name: str, label: str, default: float, least: float, help_text: str) -> None:
            parameter = number(name, label, number.Type.Double, default, minValue=least)
            self.add(parameter, help_text, advanced=True)

        add(
            self.SIMPLIFY,
            self.tr("Simplification of outlines (m)"),
            0.0,
            0.0,
            self.tr("As in 'Vectorise classes': boundaries stay shared. 0: outlines follow the pixels."),
        )
        add(
            self.DENSITY,
            self.tr("Density of constructed zones (%)"),
            10.0,
            0.0,
            self.tr("Share of buildings in the 100 m x 100 m around a place from which it is in a constructed zone."),
        )
        surfaces = (
            (self.MIN_BUILT, self.tr("Smallest built area (m²)"), 200.0),
            (self.MIN_DENSE, self.tr("Smallest surface in constructed zones (m²)"), 500.0),
            (self.MIN_ELSEWHERE, self.tr("Smallest surface elsewhere (m²)"), 2500.0),
            (self.MIN_DETAIL, self.tr("Smallest part (m²)"), 50.0),
        )
        for name, label, default in surfaces:
            if name == self.MIN_DETAIL:
                text = self.tr("Smallest surface of a part in 'Parts under the thresholds'.")
            else:
                text = self.tr("OCS GE's own threshold by default.")
            add(name, label, default, 0.0, text)

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        outputs = {
            self.OUTPUT: self.parameterAsOutputLayer(parameters, self.OUTPUT, context),
            self.DETAIL: self.parameterAsOutputLayer(parameters, self.DETAIL, context) or None,
        }

        def value(name: str) -> float:
            return self.parameterAsDouble(parameters, name, context)

        built_of = self.polygons(self.BUILT_AREA, "zones-empty", parameters, context, feedback)
        ocsge_of = self.polygons(self.OCSGE, "zones-empty", parameters, context, feedback, with_attributes=True)
        overlay = {"with_attributes": True, "on_raster": True}
        rpg_of = self.polygons(self.RPG, "ocsge-overlay-empty", parameters, context, feedback, **overlay)
        bdtopo_of = self.polygons(self.BDTOPO, "ocsge-overlay-empty", parameters, context, feedback, **overlay)
        with built_of as built_area, ocsge_of as ocsge, rpg_of as rpg, bdtopo_of as bdtopo:
            job = OcsgeJob(
                input=self.raster.path,
                output=outputs[self.OUTPUT] or "",
                built_area=built_area,
                ocsge=ocsge,
                rpg=rpg,
                bdtopo=bdtopo,
                detail=outputs[self.DETAIL],
                code_field=self.parameterAsString(parameters, self.CODE_FIELD, context),
                density=value(self.DENSITY),
                min_built=value(self.MIN_BUILT),
                min_dense=value(self.MIN_DENSE),
                min_elsewhere=value(self.MIN_ELSEWHERE),
                min_detail=value(self.MIN_DETAIL),
                split_built=self.parameterAsBool(parameters, self.SPLIT_BUILT, context),
                simplify=value(self.SIMPLIFY),
                nomenclature=self.parameterAsString(parameters, self.NOMENCLATURE, context).strip(),
                base=self.parameterAsEnumString(parameters, self.BASE, context),
            )
            return self.delegate(job, outputs, context, feedback)
