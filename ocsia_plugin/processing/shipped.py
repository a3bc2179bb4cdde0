"""The graphical models that come with the plugin: ``resources/processing-models/*.model3``.

QGIS calls a model by its title. Here its id is the name of the file, as stable as those of the algorithms, and its
title is translated.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsPointXY,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..bridge.environment import locate_engine, plugin_root
from ..bridge.help import help_url
from ..bridge.messages import sentence
from ..bridge.results import entitle
from ..engine.pace import Needs
from .base import Parameters
from .predict import PredictAlgorithm
from .steps import forecast, predictions


def _tr(text: str) -> str:
    return QCoreApplication.translate("ShippedModel", text)


class ShippedModel(QgsProcessingModelAlgorithm):
    """A model read from a file.

    Raises:
        OSError: the file cannot be read as a model.
    """

    def __init__(self, path: str) -> None:
        super().__init__()
        if not self.fromFile(path):
            raise OSError(f"{path} is no graphical model")
        self.setSourceFilePath(path)

    def createInstance(self) -> QgsProcessingAlgorithm:
        made = type(self)(self.sourceFilePath())
        made.setProvider(self.provider())
        return made

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        # From qgis_process and scripts, QGIS hands the steps of a model nothing where the user left a default.
        inputs = [d for d in self.parameterDefinitions() if not d.isDestination() and d.defaultValue() is not None]
        made = super().processAlgorithm({d.name(): d.defaultValue() for d in inputs} | parameters, context, feedback)
        names = {d.name().rpartition(":")[2]: d.description() for d in self.destinationParameterDefinitions()}
        entitle(self.displayName(), names, context)
        return made

    def forecast(self, parameters: Parameters, context: QgsProcessingContext) -> Needs:
        """What its predictions will take. Raises: QgsProcessingException: why that cannot be said."""
        return forecast(self, parameters, context)

    def preview(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        near: Optional[tuple[QgsPointXY, QgsCoordinateReferenceSystem]],
        path: str,
    ) -> dict[str, Any]:
        """Parameters of ``ocsia:predict`` for one tile of its first prediction, as ``ForecastAlgorithm.preview``."""
        return PredictAlgorithm().create().preview(predictions(self, parameters)[0], context, near, path)

    def name(self) -> str:
        return Path(self.sourceFilePath()).stem

    def displayName(self) -> str:
        titles = {
            "couvert_arbore": _tr("Tree cover of a municipality"),
            "impermeabilisation": _tr("Impervious surfaces"),
            "dalle_ign": _tr("Complete tile, as IGN makes them"),
            "evolution": _tr("Change between two orthos"),
        }
        return titles.get(self.name(), super().name())

    def shortDescription(self) -> str:
        said = {
            "couvert_arbore": _tr(
                "From an ortho-image and zones to their tree cover: map, polygons, surfaces, report."
            ),
            "impermeabilisation": _tr(
                "From an ortho-image and zones to their impervious surfaces: map, polygons, surfaces, report."
            ),
            "dalle_ign": _tr("All that IGN distributes of a tile: probabilities, classes, polygons, picture."),
            "evolution": _tr("From two ortho-images of a place to what changed: raster, polygons, stocks and flows."),
        }
        return said.get(self.name(), super().shortDescription())

    def tags(self) -> list[str]:
        words = {
            "couvert_arbore": _tr("land cover,trees,canopy,vegetation,municipality"),
            "impermeabilisation": _tr("land cover,impervious,sealing,artificialisation"),
            "dalle_ign": _tr("land cover,IGN,CoSIA,tile,WMS"),
            "evolution": _tr("land cover,change,vintage,stock,flow"),
        }
        return words[self.name()].split(",") if self.name() in words else super().tags()

    def group(self) -> str:
        return _tr("Ready-made models")

    def groupId(self) -> str:
        return "models"

    def helpUrl(self) -> str:
        return help_url(self.name())

    def canExecute(self) -> tuple[bool, str]:
        engine = locate_engine()
        return engine.ok, "" if engine.ok else sentence(engine.problem, engine.params)


def shipped_models() -> list[ShippedModel]:
    """All of them, in alphabetical order of their files."""
    folder = plugin_root() / "resources" / "processing-models"
    return [ShippedModel(str(path)) for path in sorted(folder.glob("*.model3"))]
