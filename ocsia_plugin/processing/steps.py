"""What the predictions of a graphical model will take: those of its steps that run ``ocsia:predict``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qgis.core import QgsProcessing, QgsProcessingContext, QgsProcessingModelAlgorithm, QgsProcessingModelChildAlgorithm

from ..engine.errors import because
from ..engine.pace import Needs
from .base import Parameters
from .predict import PredictAlgorithm


@dataclass(frozen=True)
class PredictionNeeds(Needs):
    """Of all predictions of a model. What the other steps take is not known: it is said that they come on top."""

    def told(self) -> dict[str, Any]:
        return because("forecast-steps", needs=super().told())


def forecast(model: QgsProcessingModelAlgorithm, parameters: Parameters, context: QgsProcessingContext) -> Needs:
    """What the predictions of ``model`` will take, one after the other.

    Raises:
        QgsProcessingException: why that cannot be said.
    """
    predict = PredictAlgorithm().create()
    steps = [predict.forecast(given, context) for given in predictions(model, parameters)]
    seconds, memory = [step.seconds for step in steps], [step.memory or 0 for step in steps]
    return PredictionNeeds(
        pixels=sum(step.pixels for step in steps),
        disk=sum(step.disk for step in steps),  # what a step has made stays until the model has ended
        seconds=None if None in seconds else sum(seconds),
        memory=max(memory) or None,
        device=steps[0].device,
    )


def predictions(model: QgsProcessingModelAlgorithm, parameters: Parameters) -> list[dict[str, Any]]:
    """Parameters of each step that predicts, from those of the model; results of other steps are not among them."""
    children = list(model.childAlgorithms().values())
    return [_given(c, children, parameters) for c in children if c.algorithmId() == "ocsia:predict"]


def _given(
    step: QgsProcessingModelChildAlgorithm, children: list[QgsProcessingModelChildAlgorithm], parameters: Parameters
) -> dict[str, Any]:
    given = {}
    for name, sources in step.parameterSources().items():
        for source in sources:
            asked = source.parameterName()
            given[name] = parameters.get(asked) if asked else source.staticValue()
    sources = [source for child in children for some in child.parameterSources().values() for source in some]
    outputs = {source.outputName() for source in sources if source.outputChildId() == step.childId()}
    outputs |= {output.childOutputName() for output in step.modelOutputs().values()}
    return {**given, **dict.fromkeys(outputs, QgsProcessing.TEMPORARY_OUTPUT)}
