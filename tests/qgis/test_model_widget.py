"""The field of MODEL: a list of what can be run that takes any text; without a window, a plain string."""

from __future__ import annotations

import json
import shutil

import pytest
from conftest import ROOT
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingModelChildParameterSource

BUNDLED = "ocsia-naf15-rvb"


class AlgorithmDialog:
    """Stands for the dialog of an algorithm: the wrapper looks at its class's name only."""


class ModelerParametersDialog:
    """Stands for the dialog of a model's step, in a model with one input that is a string."""

    def __init__(self) -> None:
        self.source = QgsProcessingModelChildParameterSource.fromModelParameter("which")

    def getAvailableValuesOfType(self, *_):
        return [self.source]

    def resolveValueDescription(self, source):
        return "Which model"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """One imported model, named ``mine``."""
    monkeypatch.setenv("OCSIA_MODELS", str(tmp_path))
    shutil.copytree(ROOT / "resources" / "models" / BUNDLED, tmp_path / "mine")
    return tmp_path


@pytest.fixture()
def wrapper(plugin, qgis_processing):
    def make(dialog):
        from processing.gui.wrappers import WidgetWrapperFactory

        algorithm = QgsApplication.processingRegistry().algorithmById("ocsia:predict")
        return WidgetWrapperFactory.create_wrapper(algorithm.parameterDefinition("MODEL"), dialog)

    return make


def test_it_offers_what_can_be_run(wrapper):
    made = wrapper(AlgorithmDialog())
    assert [made.widget.itemText(i) for i in range(made.widget.count())] == [BUNDLED, "mine"]
    assert made.value() == BUNDLED, "the default"


def test_it_takes_any_text(wrapper):
    made, heard = wrapper(AlgorithmDialog()), []
    made.widgetValueHasChanged.connect(lambda _: heard.append(made.value()))
    made.widget.setEditText("/data/model.onnx")
    assert made.value() == "/data/model.onnx" and heard[-1] == "/data/model.onnx"
    made.widget.setEditText("mine")
    assert made.value() == "mine"
    made.setWidgetValue("mine", QgsProcessingContext())
    assert made.value() == "mine"
    made.setWidgetValue("another", QgsProcessingContext())
    assert made.value() == "another"


def test_in_the_modeler_a_models_input_can_be_chosen(wrapper):
    dialog = ModelerParametersDialog()
    made = wrapper(dialog)
    assert made.value() == BUNDLED
    made.widget.setCurrentText("Which model")
    assert made.value() == dialog.source


def test_the_parameter_is_a_string_for_everybody_else(plugin):
    definition = QgsApplication.processingRegistry().algorithmById("ocsia:predict").parameterDefinition("MODEL")
    assert definition.type() == "string" and definition.defaultValue() == BUNDLED
    assert json.dumps(definition.toVariantMap()["metadata"])
