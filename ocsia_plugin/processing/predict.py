"""``ocsia:predict``: land cover of an ortho-image by a deep-learning model."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterEnum,
    QgsProcessingParameterRasterDestination,
)

from ..bridge.messages import refusal
from ..engine.jobs import PRECISIONS, PredictJob
from .base import Parameters
from .inference import InferenceAlgorithm


class PredictAlgorithm(InferenceAlgorithm):
    """Probabilities, classes and confidence of an ortho-image, in one pass."""

    PRECISION = "PRECISION"
    PROBABILITIES = "PROBABILITIES"
    CLASSES = "CLASSES"
    CONFIDENCE = "CONFIDENCE"

    def name(self) -> str:
        return "predict"

    def displayName(self) -> str:
        return self.tr("Predict land cover")

    def shortDescription(self) -> str:
        return self.tr("Runs a land-cover model over an ortho-image: probabilities, classes, confidence.")

    def tags(self) -> list[str]:
        return self.tr("land cover,deep learning,segmentation,classification,ortho,CoSIA,FLAIR,NAF,OCS").split(",")

    def about(self) -> str:
        return self.tr(
            "<p>Runs a land-cover model over an ortho-image and writes, in the same pass, the probability of each "
            "class, the most probable class of each pixel, and the confidence in that class. Everything is computed "
            "on this machine, in a process of its own, in tiles that overlap; rasters of any size work.</p>"
            "<p><b>Limits.</b> The model that comes with the plugin (ocsia-naf15-rvb) is for learning the plugin, "
            "not for decisions: it was trained on few images. Its measured accuracy stands in its card, and the log "
            "of each run tells it. The confidence is the model's own probability: it says how sure the model is, not "
            "how often it is right.</p>"
        )

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        self.add_inputs()
        self.add_advanced()
        self.add(
            QgsProcessingParameterEnum(
                self.PRECISION,
                self.tr("Precision"),
                list(PRECISIONS),
                defaultValue=PRECISIONS[0],
                usesStaticStrings=True,
            ),
            self.tr(
                "float32: as the model was trained. auto: fewer bits (int8 on the processor, float16 on a GPU) where a "
                "short probe on squares of the image finds them at least 1.1 times as fast, with at least 98.5 % of "
                "the classes the same; the log says which it was."
            ),
            advanced=True,
        )
        self._add_outputs()

    def _add_outputs(self) -> None:
        destination = QgsProcessingParameterRasterDestination
        self.add(
            destination(self.PROBABILITIES, self.tr("Probabilities"), None, optional=True, createByDefault=False),
            self.tr(
                "One band of bytes per class: 255 times its probability. Needed for surfaces by probability and for "
                "groups of classes; several times larger than the classes."
            ),
        )
        self.add(
            destination(self.CLASSES, self.tr("Classes"), None, optional=True),
            self.tr(
                "The most probable class of each pixel, as its code in the nomenclature (NAF: 1 to 15), 0 for no "
                "data, with the official colours and names."
            ),
        )
        self.add(
            destination(self.CONFIDENCE, self.tr("Confidence"), None, optional=True, createByDefault=False),
            self.tr(
                "255 times the probability of the most probable class. In the layer's menu 'Styles', 'Veil over the "
                "classes' whitens what is unsure: lay that layer over the classes. The classes have a palette for "
                "colour-blind readers there, and the probabilities a style for each class, from 0 to 100 %."
            ),
        )

    def products(self, parameters: Parameters, context: QgsProcessingContext) -> list[str]:
        return [name for name in (self.PROBABILITIES, self.CLASSES, self.CONFIDENCE) if parameters.get(name)]

    def check(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        super().check(parameters, context)
        if not self.products(parameters, context):
            raise refusal("output-none")

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        outputs = {
            name: self.parameterAsOutputLayer(parameters, name, context) or None
            for name in (self.PROBABILITIES, self.CLASSES, self.CONFIDENCE)
        }
        with self.inference(parameters, context, feedback) as (fields, rasters):
            job = PredictJob(
                probabilities=outputs[self.PROBABILITIES],
                classes=outputs[self.CLASSES],
                confidence=outputs[self.CONFIDENCE],
                precision=self.parameterAsEnumString(parameters, self.PRECISION, context),
                **fields,
            )
            return self.delegate(job, outputs, context, feedback, rasters)
