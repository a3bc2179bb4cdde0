"""The field of MODEL: a list of what can be run that takes any text; without a window, a plain string."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest
from conftest import ROOT, write_raster
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingModelChildParameterSource,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import Qt
from windows import BatchAlgorithmDialog, WindowDialog

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
    assert [made.combo.itemText(i) for i in range(made.combo.count())] == [BUNDLED, "mine"]
    assert made.value() == BUNDLED, "the default"


def test_it_takes_any_text(wrapper):
    made, heard = wrapper(AlgorithmDialog()), []
    made.widgetValueHasChanged.connect(lambda _: heard.append(made.value()))
    made.combo.setEditText("/data/model.onnx")
    assert made.value() == "/data/model.onnx" and heard[-1] == "/data/model.onnx"
    made.combo.setEditText("mine")
    assert made.value() == "mine"
    made.setWidgetValue("mine", QgsProcessingContext())
    assert made.value() == "mine"
    made.setWidgetValue("another", QgsProcessingContext())
    assert made.value() == "another"


def test_in_the_modeler_a_models_input_can_be_chosen(wrapper):
    dialog = ModelerParametersDialog()
    made = wrapper(dialog)
    assert made.value() == BUNDLED
    made.combo.setCurrentText("Which model")
    assert made.value() == dialog.source


def test_the_parameter_is_a_string_for_everybody_else(plugin):
    definition = QgsApplication.processingRegistry().algorithmById("ocsia:predict").parameterDefinition("MODEL")
    assert definition.type() == "string" and definition.defaultValue() == BUNDLED
    assert json.dumps(definition.toVariantMap()["metadata"])


# -- the model that made a raster


@pytest.fixture
def maker(plugin, qgis_processing):
    """The field of ``surfaces``, introduced to that of its raster."""
    from processing.gui.wrappers import WidgetWrapperFactory
    from qgis.gui import QgsGui, QgsProcessingGui

    algorithm = QgsApplication.processingRegistry().algorithmById("ocsia:surfaces")
    raster = QgsGui.processingGuiRegistry().createParameterWidgetWrapper(
        algorithm.parameterDefinition("INPUT"), QgsProcessingGui.WidgetType.Standard
    )
    made = WidgetWrapperFactory.create_wrapper(algorithm.parameterDefinition("MODEL"), AlgorithmDialog())
    made.kept = raster.createWrappedWidget(QgsProcessingContext())
    made.postInitialize([raster, made])
    return raster, made


def test_surfaces_offers_none_and_what_can_be_named(maker):
    _, made = maker
    assert listed(made) == ["", BUNDLED, "mine"] and made.value() == "", "by default no model is named"
    made.combo.setEditText("/data/model.onnx")
    assert made.value() == "/data/model.onnx"
    made.setWidgetValue("mine", QgsProcessingContext())
    assert made.value() == "mine"


def test_the_model_that_made_the_raster_comes_first(maker, folder, tmp_path):
    raster, made = maker
    path = image_file(tmp_path / "classes.tif", 1, legend="naf15")
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.SetMetadataItem("OCSIA_MODEL", "mine")
    dataset = None
    raster.setWidgetValue(path, QgsProcessingContext())
    assert listed(made) == ["", "mine", BUNDLED] and made.value() == ""
    assert "made by it" in reason(made, "mine")


def test_statistics_of_other_classes_are_grey(maker, tmp_path):
    raster, made = maker
    raster.setWidgetValue(image_file(tmp_path / "classes.tif", 1, legend="cosia"), QgsProcessingContext())
    assert listed(made) == [""] and listed(made, ready=False) == [BUNDLED, "mine"]
    assert "cosia" in reason(made, BUNDLED) and "naf15" in reason(made, BUNDLED)


# -- what fits the image


FOUR = "four-bands"


@pytest.fixture
def four(folder):
    """An imported model that wants near infrared as well."""
    shutil.copytree(folder / "mine", folder / FOUR)
    card = json.loads((folder / FOUR / "card.json").read_text())
    card["properties"]["mlm:input"][0]["bands"] = ["R", "V", "B", "I"]
    (folder / FOUR / "card.json").write_text(json.dumps(card))
    return FOUR


@pytest.fixture
def dialog(plugin, qgis_processing):
    """The fields of INPUT and MODEL as QGIS's own dialog makes and introduces them."""

    def make():
        from processing.gui.wrappers import WidgetWrapperFactory
        from qgis.gui import QgsGui, QgsProcessingGui

        algorithm = QgsApplication.processingRegistry().algorithmById("ocsia:predict")
        image = QgsGui.processingGuiRegistry().createParameterWidgetWrapper(
            algorithm.parameterDefinition("INPUT"), QgsProcessingGui.WidgetType.Standard
        )
        made = WidgetWrapperFactory.create_wrapper(algorithm.parameterDefinition("MODEL"), AlgorithmDialog())
        kept = image.createWrappedWidget(QgsProcessingContext())
        made.postInitialize([image, made])
        made.kept = kept
        return image, made

    return make


def listed(made, ready=True):
    """Items that can be chosen, or those in grey, in their order."""
    items = [made.combo.model().item(row) for row in range(made.combo.count())]
    return [item.text() for item in items if item.isEnabled() == ready]


def reason(made, model):
    return made.combo.itemData(made.combo.findText(model), Qt.ItemDataRole.ToolTipRole)


def image_file(path, bands=3, **options):
    return write_raster(path, np.full((bands, 8, 8), 90, np.uint8), **options)


def test_what_fits_comes_first_and_the_rest_says_why(dialog, four, tmp_path):
    image, made = dialog()
    assert listed(made) == [BUNDLED, FOUR, "mine"], "nothing is known of the image"
    image.setWidgetValue(image_file(tmp_path / "three.tif"), QgsProcessingContext())
    assert listed(made) == ["mine", BUNDLED] or listed(made) == [BUNDLED, "mine"]
    grey = listed(made, ready=False)
    assert grey[0] == FOUR and "the image lacks I" in reason(made, FOUR)
    assert "FLAIR-INC_rgb_15cl_resnet34-unet" in grey and "FLAIR-INC_rgbi_15cl_resnet34-unet" not in grey
    assert "downloaded first" in reason(made, "FLAIR-INC_rgb_15cl_resnet34-unet")
    assert made.value() == BUNDLED, "what was chosen stays"
    image.setWidgetValue(image_file(tmp_path / "five.tif", 5), QgsProcessingContext())
    assert listed(made)[0] == FOUR, "it uses more of the bands"
    assert "FLAIR-INC_rgbi_15cl_resnet34-unet" in listed(made, ready=False)


def test_a_published_figure_is_written_as_the_reader_writes_it(plugin, monkeypatch):
    from ocsia.ocsia_plugin.gui.models import percent

    monkeypatch.setattr(QgsApplication, "locale", staticmethod(lambda: "fr"))
    assert percent(0.5028) == "50,3" and percent(0.6) == "60,0"


def test_pixels_far_too_large(dialog, tmp_path):
    image, made = dialog()
    image.setWidgetValue(image_file(tmp_path / "coarse.tif", gsd=1.0), QgsProcessingContext())
    assert listed(made) == [] and BUNDLED in listed(made, ready=False)
    assert "0.2" in reason(made, BUNDLED) and made.combo.toolTip() == reason(made, BUNDLED)


def test_a_layer_of_the_project(dialog, four, tmp_path):
    image, made = dialog()
    layer = QgsRasterLayer(image_file(tmp_path / "five.tif", 5), "ortho")
    QgsProject.instance().addMapLayer(layer)
    try:
        image.setWidgetValue(layer.id(), QgsProcessingContext())
        assert listed(made)[0] == FOUR
    finally:
        QgsProject.instance().removeMapLayer(layer.id())


@pytest.mark.parametrize("value", ["/nowhere.tif", "", __file__, "type=xyz&url=https://tiles.town/{z}"])
def test_an_image_of_which_nothing_is_known(value, dialog):
    image, made = dialog()
    image.setWidgetValue(value, QgsProcessingContext())
    assert listed(made) == [BUNDLED, "mine"]


def test_typed_text_survives_another_image(dialog, tmp_path):
    image, made = dialog()
    made.combo.setEditText("/data/model.onnx")
    image.setWidgetValue(image_file(tmp_path / "three.tif"), QgsProcessingContext())
    assert made.value() == "/data/model.onnx" and made.combo.toolTip() == ""


def test_qgis_introduces_the_fields_to_each_other_in_its_dialog(
    panels, plugin, qgis_processing, four, tmp_path, monkeypatch
):
    """The panel of a real dialog, where INPUT is QGIS's own field."""
    from processing.gui import ParametersPanel as module

    monkeypatch.setattr(module, "iface", None)  # of the tests' QGIS it is no real one
    algorithm = QgsApplication.processingRegistry().algorithmById("ocsia:predict")
    dialog = WindowDialog()
    panel = panels(module.ParametersPanel, dialog, algorithm)
    made = panel.wrappers["MODEL"]
    panel.wrappers["INPUT"].setWidgetValue(image_file(tmp_path / "five.tif", 5), QgsProcessingContext())
    assert listed(made)[0] == FOUR
    panel.wrappers["INPUT"].setWidgetValue(image_file(tmp_path / "three.tif"), QgsProcessingContext())
    assert FOUR in listed(made, ready=False)


def test_each_line_of_a_batch_has_its_own_list(panels, plugin, qgis_processing, four, tmp_path, monkeypatch):
    from processing.gui import BatchPanel as module

    monkeypatch.setattr(module, "iface", None)
    algorithm = QgsApplication.processingRegistry().algorithmById("ocsia:predict")
    dialog = BatchAlgorithmDialog()
    panel = panels(module.BatchPanel, dialog, algorithm)
    panel.addRow()
    image, model = (panel.parameter_to_column[name] for name in ("INPUT", "MODEL"))
    lines = panel.wrappers[:2]
    for line, (name, bands) in zip(lines, {"three.tif": 3, "five.tif": 5}.items()):
        line[image].setWidgetValue(image_file(tmp_path / name, bands), QgsProcessingContext())
    three, five = (line[model] for line in lines)
    assert FOUR not in listed(three) and listed(five)[0] == FOUR
    five.setWidgetValue(FOUR, QgsProcessingContext())
    assert five.parameterValue() == FOUR and three.parameterValue() == BUNDLED


def test_in_a_dialog_a_button_leads_to_the_published_models(wrapper, monkeypatch):
    """One click: QGIS's options open on our page; what was imported there is listed afterwards."""
    from ocsia_plugin.gui import model_widget

    module = __import__(type(wrapper(AlgorithmDialog())).__module__, fromlist=["iface"])
    assert module.OPTIONS_PAGE == model_widget.OPTIONS_PAGE
    asked = []

    class Iface:
        def showOptionsDialog(self, parent, page):
            asked.append(page)

    monkeypatch.setattr(module, "iface", Iface())
    made = wrapper(AlgorithmDialog())
    made.combo.setEditText("mine")
    made.button.click()
    assert asked == ["OCS-IA"] and made.value() == "mine"
    assert not hasattr(wrapper(ModelerParametersDialog()), "button")
