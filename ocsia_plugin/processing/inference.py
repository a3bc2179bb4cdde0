"""What the algorithms share that run a model over an ortho-image."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..engine.jobs import BUNDLED_MODEL, DEVICES
from .base import MODEL_WIDGET, Parameters
from .forecast import ForecastAlgorithm


class InferenceAlgorithm(ForecastAlgorithm):
    """Base of the algorithms with a ``MODEL``."""

    TILE = "TILE"

    def add_inputs(self) -> None:
        """The image, the model, where."""
        self.add_image()
        model = QgsProcessingParameterString(self.MODEL, _tr("Model"), BUNDLED_MODEL)
        model.setMetadata({"widget_wrapper": {"class": MODEL_WIDGET}})
        self.add(
            model,
            _tr(
                "Name of a model that is on this machine (ocsia-naf15-rvb comes with the plugin), or path of an .onnx "
                "file with its card beside it. The card says which bands, which resolution and which classes the model "
                "has. Bands are found by their description in the image, else by their colour, else in the order "
                "R, V, B, I (near infrared), E (height above ground)."
            ),
        )
        self.add(
            QgsProcessingParameterFeatureSource(
                self.MASK, _tr("Mask"), [QgsProcessing.SourceType.TypeVectorPolygon], optional=True
            ),
            _tr(
                "Polygons, in any CRS, outside which the result has no data. A selection or a filter of the layer is "
                "respected."
            ),
        )
        self.add_extent()

    def add_advanced(self) -> None:
        """How the image is read and the model is run."""
        number = QgsProcessingParameterNumber
        self.add_resolution(
            _tr(
                "Pixel size of the result in metres. Leave it empty (or 0) for the one that the model was trained "
                "at: any other makes the result poorer. The image is resampled to it."
            )
        )
        self.add_reading()
        self.add(
            QgsProcessingParameterEnum(
                self.DEVICE, _tr("Device"), list(DEVICES), defaultValue=DEVICES[0], usesStaticStrings=True
            ),
            _tr(
                "auto: the GPU where the engine can use one, else the processor. The log says which one it was. "
                "gpu: refuse to run without one."
            ),
            advanced=True,
        )
        self.add(
            number(self.TILE, _tr("Tile (pixels)"), number.Type.Integer, None, optional=True, minValue=0),
            _tr(
                "Side of the squares that the model works on. Leave it empty (or 0) for a good choice; smaller tiles "
                "need less memory and more time. With the model that comes with the plugin the result does not "
                "depend on it."
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterString(self.NOMENCLATURE, _tr("Nomenclature of the results"), optional=True),
            _tr(
                "Leave it empty for the classes of the model. With an id (naf15, cosia), the probabilities of the "
                "model's classes are added up into those of that nomenclature. Refused where a class would have to be "
                "split: NAF's 'Crops and grass' is two classes of CoSIA. Classes that have no place (mixed, ligneous) "
                "are left out, and the others are scaled up to the whole."
            ),
            advanced=True,
        )

    @contextmanager
    def inference(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Iterator[tuple[dict[str, Any], Any]]:
        """Fields of the job, and what feeds it with rasters that are no files; for as long as the job runs.

        Raises:
            QgsProcessingException: what ``polygons`` and ``rasters`` raise, or an unknown model.
        """
        model = self.parameterAsString(parameters, self.MODEL, context) or BUNDLED_MODEL
        card, gsd = self.model_and_gsd(parameters, context)
        seen = card.halo + card.stride
        with self.polygons(self.MASK, "mask-empty", parameters, context, feedback) as mask, self.rasters(
            parameters, context, feedback, mask, gsd, seen
        ) as (paths, rasters):
            yield {
                "model": model,
                "mask": mask,
                "device": self.parameterAsEnumString(parameters, self.DEVICE, context),
                "tile": self.parameterAsInt(parameters, self.TILE, context) or None,
                "nomenclature": self.parameterAsString(parameters, self.NOMENCLATURE, context).strip(),
                **paths,
                **self.ortho_fields(parameters, context),
            }, rasters


def _tr(text: str) -> str:
    return QCoreApplication.translate("InferenceAlgorithm", text)
