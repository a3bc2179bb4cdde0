"""``ocsia:neighbourhood``: share of a class around each place, and distance to its nearest pixel."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ..engine.jobs import NeighbourhoodJob
from .base import OcsiaAlgorithm


class NeighbourhoodAlgorithm(OcsiaAlgorithm):
    """Classes or probabilities to shares within radii, and distances."""

    GROUPS = "GROUPS"
    RADIUS = "RADIUS"
    OUTPUT = "OUTPUT"

    def name(self) -> str:
        return "neighbourhood"

    def displayName(self) -> str:
        return self.tr("Land cover of the surroundings")

    def groupId(self) -> str:
        return "products"

    def shortDescription(self) -> str:
        return self.tr("Share of a class within given radii around each place, and distance to its nearest pixel.")

    def tags(self) -> list[str]:
        return self.tr("land cover,neighbourhood,distance,trees,canopy,re-greening,3-30-300,heat,shade").split(",")

    def about(self) -> str:
        return self.tr(
            "<p>For each place: what share of the surroundings is wooded (or of any other group of classes), within "
            "one or several radii, and how far the nearest pixel of it is. From probabilities, the share is the one "
            "that the model expects. The result has, for each group, a band per radius (percent), then a band of "
            "distances (metres).</p>"
            "<p><b>Example: the rule 3-30-300</b> (three trees in sight of every home, 30 % of canopy in every "
            "quarter, a park within 300 m). <i>30</i>: group 'ligneux', radius 300, read at the homes; or 'Surfaces "
            "by zone' with the quarters or streets as zones and the same group, field ligneux_pct. <i>3</i>: a "
            "necessary condition is some canopy near by: radius 25, where the share is 0 no tree is in reach of the "
            "windows. <i>300</i>: parks come from your own data; the distance to the nearest trees tells where even "
            "they are far. To read the values at buildings: 'Zonal statistics' of QGIS.</p>"
            "<p><b>Limits.</b> Discs are as the crow flies, without walls or walking paths. At the edge of the raster "
            "and beside pixels without data, the share is that of the part that is known. A cell counts for the "
            "distance where half of it or more is of the group: a tree smaller than that is not seen. Distances go "
            "from centre to centre of cells and stop at the greatest radius: that value means 'this far or farther'. "
            "Trees outside the raster are not known: let it reach beyond the area of interest by the greatest radius."
            "</p>"
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
            QgsProcessingParameterString(self.GROUPS, self.tr("Groups of classes"), "ligneux"),
            self.tr(
                "What to look for, for example: ligneux=8+10+11; eau=4+6. A group known by the nomenclature may stand "
                "without its codes (ligneux)."
            ),
        )
        self.add(
            QgsProcessingParameterString(self.RADIUS, self.tr("Radii (m)"), "25, 100, 300"),
            self.tr("In metres, separated by commas. The greatest is also the limit of the distances."),
        )
        number = QgsProcessingParameterNumber
        self.add(
            number(self.RESOLUTION, self.tr("Resolution (m)"), number.Type.Double, 1.0, minValue=0.1),
            self.tr(
                "Pixel size of the result, rounded up to whole pixels of the input. Shares inside its cells stay "
                "exact; distances are exact to about one cell. 300 m need at least 0.5 m."
            ),
            advanced=True,
        )
        self.add_origin()
        self.add(
            QgsProcessingParameterRasterDestination(self.OUTPUT, self.tr("Surroundings")),
            self.tr("Per group: a band for each radius in percent, then the distance in metres, as decimal numbers."),
        )

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        output = self.parameterAsOutputLayer(parameters, self.OUTPUT, context)
        job = NeighbourhoodJob(
            input=self.raster.path,
            output=output,
            groups=self.parameterAsString(parameters, self.GROUPS, context),
            radius=self.parameterAsString(parameters, self.RADIUS, context),
            resolution=self.parameterAsDouble(parameters, self.RESOLUTION, context),
            nomenclature=self.parameterAsString(parameters, self.NOMENCLATURE, context).strip(),
            base=self.parameterAsEnumString(parameters, self.BASE, context),
        )
        return self.delegate(job, {self.OUTPUT: output}, context, feedback)
