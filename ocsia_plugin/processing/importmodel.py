"""``ocsia:importmodel``: weights of IGN's models, or an ONNX model, into the user's folder of models."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputString,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..bridge.worker import run_job
from ..engine.jobs import ImportModelJob
from .base import OcsiaAlgorithm

_ACTIVATIONS = ["auto", "softmax", "sigmoid", "none"]


class ImportModelAlgorithm(OcsiaAlgorithm):
    """A file of a model to a name that 'Predict land cover' knows."""

    FILE = "FILE"
    CARD = "CARD"
    KIND = "KIND"
    NAME = "NAME"
    ARCHITECTURE = "ARCHITECTURE"
    BANDS = "BANDS"
    GSD = "GSD"
    MEAN = "MEAN"
    STD = "STD"
    CLASSES = "CLASSES"
    ACTIVATION = "ACTIVATION"
    THRESHOLD = "THRESHOLD"
    TILE = "TILE"
    HALO = "HALO"
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
            "and the classes are recognised from the file itself, without PyTorch, and nothing in the file is "
            "executed. Known are FLAIR-INC's models (U-Net, FPN and DeepLabV3 with ResNet-34, U-Net with MiT-B5), "
            "FLAIR-HUB's for aerial images alone (LC-A: Swin or ConvNeXt V2 with UPerNet or U-Net) and those of odeon "
            "(U-Net, light U-Net, U-Net with ResNet-18, 34 or 101, DeepLab v3+). Other architectures of "
            "segmentation-models-pytorch are named ('Architecture'), and need PyTorch once.</p>"
            "<p>An ONNX model of segmentation is taken with its card beside it, with the description that the plugin "
            "Deepness writes into it, or with what the advanced parameters say once; whether its outputs are "
            "probabilities already is seen by running it. A single output gives two classes, absent and present.</p>"
            "<p><b>Limits.</b> FLAIR-HUB's models of several images or of crops cannot be used. Models that detect "
            "objects, and those that give heights or other quantities, are refused.</p>"
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
                "Of the model's classes: flair15, flair12, flair19, flairhub19, naf15, cosia... Leave it empty where "
                "the file tells, as IGN's do, or where 'Classes' names them."
            ),
            advanced=True,
        )
        self.add(
            string(self.NAME, self.tr("Name of the model"), optional=True),
            self.tr("Under which the model will be known; by default the name of the file."),
            advanced=True,
        )
        self.add(
            string(self.ARCHITECTURE, self.tr("Architecture"), optional=True),
            self.tr(
                "Only for weights that are not recognised: decoder/encoder as segmentation-models-pytorch names them, "
                "such as unet/resnet50. It needs PyTorch in the engine's environment; where that is missing, the "
                "commands that install it are said."
            ),
            advanced=True,
        )
        self._add_description()
        self.addOutput(QgsProcessingOutputString(self.OUTPUT, self.tr("Model")))

    def _add_description(self) -> None:
        """What an ONNX model may have to be told, once."""
        string, number = QgsProcessingParameterString, QgsProcessingParameterNumber
        kinds = number.Type
        texts = {
            self.BANDS: (
                self.tr("Bands"),
                self.tr(
                    "Only for an .onnx file that does not say: the bands in the order of the model, such as R,V,B or "
                    "R,V,B,I,E (I: near infrared, E: height above ground), or 1,2,3 for an image's first bands as "
                    "they come."
                ),
            ),
            self.MEAN: (
                self.tr("Mean of the bands"),
                self.tr(
                    "Only for an .onnx file that does not say how its images were normalised. 0-1: bytes divided by "
                    "255 and nothing else. 0-255: bytes as they are. Otherwise a number, or one per band, separated by "
                    "semicolons: of bytes (123.7; 116.3; 103.5) or of bytes divided by 255 (0.485; 0.456; 0.406)."
                ),
            ),
            self.STD: (
                self.tr("Standard deviation of the bands"),
                self.tr("Needed with the means, in their unit; not with 0-1 or 0-255."),
            ),
            self.CLASSES: (
                self.tr("Classes"),
                self.tr(
                    "Names of the model's outputs in their order, separated by semicolons, where they are of no known "
                    "nomenclature. For a single output: the name of what it finds."
                ),
            ),
        }
        for name, (title, help_text) in texts.items():
            self.add(string(name, title, optional=True), help_text, advanced=True)
        self.add(
            number(self.GSD, self.tr("Pixel size (m)"), kinds.Double, None, optional=True, minValue=0),
            self.tr("Only for an .onnx file that does not say at which pixel size it was trained."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterEnum(
                self.ACTIVATION, self.tr("Activation"), _ACTIVATIONS, defaultValue="auto", usesStaticStrings=True
            ),
            self.tr(
                "What makes probabilities of an .onnx file's outputs. auto: the model is tried; scores get a softmax, "
                "a single output a sigmoid, probabilities stay. sigmoid: the classes do not exclude one another."
            ),
            advanced=True,
        )
        self.add(
            number(self.THRESHOLD, self.tr("Threshold"), kinds.Double, None, optional=True, minValue=0, maxValue=1),
            self.tr("For a single output: probability from which the class is there. By default the file's, or 0.5."),
            advanced=True,
        )
        for name, title, help_text in (
            (self.TILE, self.tr("Tile (pixels)"), self.tr("Of an .onnx file. By default what it says, or 512.")),
            (
                self.HALO,
                self.tr("Halo (pixels)"),
                self.tr("Computed on each side of a tile and left out. By default what the file says, or a quarter."),
            ),
        ):
            self.add(number(name, title, kinds.Integer, None, optional=True, minValue=0), help_text, advanced=True)

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        self.check(parameters, context)  # there is no raster here
        return True

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        def text(name: str) -> str:
            return self.parameterAsString(parameters, name, context).strip()

        def given(name: str) -> bool:
            return parameters.get(name) is not None

        job = ImportModelJob(
            file=self.parameterAsFile(parameters, self.FILE, context),
            card=self.parameterAsFile(parameters, self.CARD, context) or None,
            nomenclature=text(self.KIND),
            id=text(self.NAME),
            architecture=text(self.ARCHITECTURE),
            bands=text(self.BANDS),
            gsd=self.parameterAsDouble(parameters, self.GSD, context) or None,
            mean=text(self.MEAN),
            std=text(self.STD),
            class_names=text(self.CLASSES),
            activation=self.parameterAsEnumString(parameters, self.ACTIVATION, context),
            threshold=self.parameterAsDouble(parameters, self.THRESHOLD, context) or None,
            tile=self.parameterAsInt(parameters, self.TILE, context) or None,
            halo=self.parameterAsInt(parameters, self.HALO, context) if given(self.HALO) else None,
        )
        return run_job(job, feedback) or {}
