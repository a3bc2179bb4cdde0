"""``ocsia:predict``: land cover of an ortho-image by a deep-learning model."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterString,
)

from ..bridge.messages import refusal
from ..engine.errors import OcsiaError
from ..engine.jobs import BUNDLED_MODEL, PredictJob
from ..engine.models.card import ModelCard
from ..engine.models.catalogue import find_model
from .base import Parameters
from .ortho import OrthoAlgorithm

_DEVICES = ["auto", "cpu", "gpu"]
_MODEL_WIDGET = f"{__name__.rsplit('.', 2)[0]}.gui.model_widget.ModelWidgetWrapper"


class PredictAlgorithm(OrthoAlgorithm):
    """Probabilities, classes and confidence of an ortho-image, in one pass."""

    MODEL = "MODEL"
    DEVICE = "DEVICE"
    TILE = "TILE"
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
            "not for decisions: it was trained on few images. Its measured accuracy stands in its card and in the "
            "README. The confidence is the model's own probability: it says how sure the model is, not how often it "
            "is right.</p>"
        )

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        self._add_inputs()
        self._add_advanced()
        self._add_outputs()

    def _add_inputs(self) -> None:
        self.add_image()
        model = QgsProcessingParameterString(self.MODEL, self.tr("Model"), BUNDLED_MODEL)
        # By name: where there is no window, nothing of a window is imported.
        model.setMetadata({"widget_wrapper": {"class": _MODEL_WIDGET}})
        self.add(
            model,
            self.tr(
                "Name of a model that is on this machine (ocsia-naf15-rvb comes with the plugin), or path of an .onnx "
                "file with its card beside it. The card says which bands, which resolution and which classes the model "
                "has. Bands are found by their description in the image, else by their colour, else in the order "
                "R, V, B, I (near infrared), E (height above ground)."
            ),
        )
        self.add(
            QgsProcessingParameterFeatureSource(
                self.MASK, self.tr("Mask"), [QgsProcessing.SourceType.TypeVectorPolygon], optional=True
            ),
            self.tr(
                "Polygons, in any CRS, outside which the result has no data. A selection or a filter of the layer is "
                "respected."
            ),
        )
        self.add_extent()

    def _add_advanced(self) -> None:
        number = QgsProcessingParameterNumber
        self.add_resolution(
            self.tr(
                "Pixel size of the result in metres. Leave it empty (or 0) for the one that the model was trained "
                "at: any other makes the result poorer. The image is resampled to it."
            )
        )
        self.add_reading()
        self.add(
            QgsProcessingParameterEnum(
                self.DEVICE, self.tr("Device"), _DEVICES, defaultValue=_DEVICES[0], usesStaticStrings=True
            ),
            self.tr(
                "auto: the GPU where the engine can use one, else the processor. The log says which one it was. "
                "gpu: refuse to run without one."
            ),
            advanced=True,
        )
        self.add(
            number(self.TILE, self.tr("Tile (pixels)"), number.Type.Integer, None, optional=True, minValue=0),
            self.tr(
                "Side of the squares that the model works on. Leave it empty (or 0) for a good choice; smaller tiles "
                "need less memory and more time. With the model that comes with the plugin the result does not "
                "depend on it."
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterString(self.NOMENCLATURE, self.tr("Nomenclature of the results"), optional=True),
            self.tr(
                "Leave it empty for the classes of the model. With an id (naf15, cosia), the probabilities of the "
                "model's classes are added up into those of that nomenclature. Refused where a class would have to be "
                "split: NAF's 'Crops and grass' is two classes of CoSIA. Classes that have no place (mixed, ligneous) "
                "are left out, and the others are scaled up to the whole."
            ),
            advanced=True,
        )

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
            self.tr("255 times the probability of the most probable class."),
        )

    def check(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        super().check(parameters, context)
        if not any(parameters.get(name) for name in (self.PROBABILITIES, self.CLASSES, self.CONFIDENCE)):
            raise refusal("output-none")

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        outputs = {
            name: self.parameterAsOutputLayer(parameters, name, context) or None
            for name in (self.PROBABILITIES, self.CLASSES, self.CONFIDENCE)
        }
        model = self.parameterAsString(parameters, self.MODEL, context) or BUNDLED_MODEL
        card = _card(model)
        gsd = self.parameterAsDouble(parameters, self.RESOLUTION, context) or card.gsd
        seen = card.halo + card.stride
        with self.polygons(self.MASK, "mask-empty", parameters, context, feedback) as mask, self.rasters(
            parameters, context, feedback, mask, gsd, seen
        ) as (paths, rasters):
            job = PredictJob(
                model=model,
                probabilities=outputs[self.PROBABILITIES],
                classes=outputs[self.CLASSES],
                confidence=outputs[self.CONFIDENCE],
                mask=mask,
                device=self.parameterAsEnumString(parameters, self.DEVICE, context),
                tile=self.parameterAsInt(parameters, self.TILE, context) or None,
                nomenclature=self.parameterAsString(parameters, self.NOMENCLATURE, context).strip(),
                **paths,
                **self.ortho_fields(parameters, context),
            )
            return self.delegate(job, outputs, context, feedback, rasters)


def _card(model: str) -> ModelCard:
    try:
        return find_model(model)
    except OcsiaError as error:
        raise refusal(error.code, **error.params) from error
