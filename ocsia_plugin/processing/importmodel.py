"""``ocsia:importmodel``: weights of IGN's models, or an ONNX model, into the user's folder of models."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputString,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
)

from ..bridge.worker import run_job
from ..engine.jobs import ImportModelJob
from .base import OcsiaAlgorithm


class ImportModelAlgorithm(OcsiaAlgorithm):
    """A file of a model to a name that 'Predict land cover' knows."""

    FILE = "FILE"
    CARD = "CARD"
    KIND = "KIND"
    NAME = "NAME"
    OUTPUT = "OUTPUT"

    def name(self) -> str:
        return "importmodel"

    def displayName(self) -> str:
        return self.tr("Import a model")

    def shortDescription(self) -> str:
        return self.tr("Makes the weights that IGN publishes, or an ONNX model, usable by 'Predict land cover'.")

    def tags(self) -> list[str]:
        return self.tr("model,weights,import,pth,ONNX,PyTorch,FLAIR,odeon,deep learning").split(",")

    def about(self) -> str:
        return self.tr(
            "<p>Converts a file of weights into a model that 'Predict land cover' runs: the architecture, the bands "
            "and the classes are recognised from the file itself. PyTorch is not needed, and nothing in the file is "
            "executed. Known are FLAIR-INC's models (U-Net, FPN and DeepLabV3 with ResNet-34, U-Net with MiT-B5), "
            "FLAIR-HUB's for aerial images alone (LC-A: Swin or ConvNeXt V2 with UPerNet or U-Net) and those of odeon "
            "(U-Net, light U-Net, U-Net with ResNet-18, 34 or 101, DeepLab v3+).</p>"
            "<p><b>Limits.</b> FLAIR-HUB's models of several images or of crops cannot be used. An ONNX model needs "
            "its card beside it.</p>"
        )

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        file = QgsProcessingParameterFile
        string = QgsProcessingParameterString
        kinds = self.tr("Models") + " (*.pth *.pt *.ckpt *.safetensors *.onnx)"
        self.add(
            file(self.FILE, self.tr("File of the model"), fileFilter=kinds),
            self.tr("Weights as IGN publishes them (.pth, .ckpt, .safetensors), or a model as .onnx."),
        )
        self.add(
            file(self.CARD, self.tr("Card"), extension="json", optional=True),
            self.tr(
                "JSON that describes the model: bands, normalisation, classes. Not needed for IGN's models, nor where "
                "it lies beside an .onnx file."
            ),
            advanced=True,
        )
        self.add(
            string(self.KIND, self.tr("Nomenclature"), optional=True),
            self.tr(
                "Of the model's classes: flair15, flair12, flair19, flairhub19 or naf15. Leave it empty where the file "
                "tells, as IGN's do."
            ),
            advanced=True,
        )
        self.add(
            string(self.NAME, self.tr("Name of the model"), optional=True),
            self.tr("Under which the model will be known; by default the name of the file."),
            advanced=True,
        )
        self.addOutput(QgsProcessingOutputString(self.OUTPUT, self.tr("Model")))

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        self.check(parameters, context)  # there is no raster here
        return True

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        job = ImportModelJob(
            file=self.parameterAsFile(parameters, self.FILE, context),
            card=self.parameterAsFile(parameters, self.CARD, context) or None,
            nomenclature=self.parameterAsString(parameters, self.KIND, context).strip(),
            id=self.parameterAsString(parameters, self.NAME, context).strip(),
        )
        return run_job(job, feedback) or {}
