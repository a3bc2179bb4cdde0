"""``ocsia:argmax``: the most probable class of each pixel of a probability raster."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ..engine.jobs import ArgmaxJob
from .base import OcsiaAlgorithm


class ArgmaxAlgorithm(OcsiaAlgorithm):
    """Probabilities to classes, or to groups of classes."""

    GROUPS = "GROUPS"
    INPUT_NOMENCLATURE = "INPUT_NOMENCLATURE"
    OUTPUT = "OUTPUT"
    CONFIDENCE = "CONFIDENCE"

    def name(self) -> str:
        return "argmax"

    def displayName(self) -> str:
        return self.tr("Most probable class")

    def shortDescription(self) -> str:
        return self.tr("The most probable class, or group of classes, of each pixel of a probability raster.")

    def tags(self) -> list[str]:
        return self.tr("land cover,argmax,classes,groups,probabilities,NAF").split(",")

    def about(self) -> str:
        return self.tr(
            "<p>Chooses the most probable class of each pixel of a probability raster, such as the one that 'Predict "
            "land cover' writes. Classes can be gathered in groups first: their probabilities are added, so that a "
            "pixel that hesitates between conifers and broadleaves is wooded for sure.</p>"
            "<p><b>Limits.</b> Where two classes are equally probable, the one with the lower code is chosen. The "
            "confidence says how sure the model is, not how often it is right.</p>"
        )

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        self.add(
            QgsProcessingParameterRasterLayer(self.INPUT, self.tr("Probabilities")),
            self.tr(
                "A raster file with one band of bytes per class, in the order of the nomenclature: 'Predict land "
                "cover' writes such rasters, and so do IGN's tools."
            ),
        )
        self.add(
            QgsProcessingParameterString(self.GROUPS, self.tr("Groups of classes"), optional=True),
            self.tr(
                "Classes to gather before the choice, for example: ligneux=8+10+11; bati=1. A group known by the "
                "nomenclature may stand without its codes (ligneux). Groups get the codes 101, 102... in the order "
                "in which they are written; classes in no group stay as they are."
            ),
        )
        self.add(
            QgsProcessingParameterString(self.NOMENCLATURE, self.tr("Nomenclature of the results"), optional=True),
            self.tr(
                "Leave it empty for the classes of the raster. With an id (naf15, cosia), their probabilities are "
                "added up into those of that nomenclature, before the groups are made. Refused where a class would "
                "have to be split."
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterString(
                self.INPUT_NOMENCLATURE, self.tr("Nomenclature of the raster"), optional=True
            ),
            self.tr(
                "Only for a raster made elsewhere, which does not say what its bands are: naf15, flair19, flair15, "
                "flair12, flairhub19 or cosia. 15 bands without a name are taken for NAF's, with a warning."
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterRasterDestination(self.OUTPUT, self.tr("Classes")),
            self.tr("Codes of classes and groups, 0 for no data, with their colours and names."),
        )
        self.add(
            QgsProcessingParameterRasterDestination(
                self.CONFIDENCE, self.tr("Confidence"), None, optional=True, createByDefault=False
            ),
            self.tr("255 times the probability of the class or group that was chosen."),
        )

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        outputs = {
            name: self.parameterAsOutputLayer(parameters, name, context) or None
            for name in (self.OUTPUT, self.CONFIDENCE)
        }
        job = ArgmaxJob(
            input=self.raster.path,
            output=outputs[self.OUTPUT] or "",
            confidence=outputs[self.CONFIDENCE],
            groups=self.parameterAsString(parameters, self.GROUPS, context),
            nomenclature=self.parameterAsString(parameters, self.NOMENCLATURE, context).strip(),
            input_nomenclature=self.parameterAsString(parameters, self.INPUT_NOMENCLATURE, context).strip(),
        )
        return self.delegate(job, outputs, context, feedback)
