"""The layers of a run: one group, in order, named, marked; other styles to choose from; what a map tip reads."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from conftest import ORIGIN, read_raster, write_raster
from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextScope,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingUtils,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsSettings,
    QgsVectorLayer,
)

from ocsia_plugin.engine.nomenclature import load_nomenclature
from ocsia_plugin.engine.products.alternatives import tip_expression

NAF = load_nomenclature("naf15").classes


@pytest.fixture()
def project():
    project = QgsProject()
    yield project
    project.clear()


def load(context, project, current=None):
    """What Processing does at the end of a run, as in its ``Postprocessing.py``; ``current``: the group it adds to."""
    for source, details in sorted(context.layersToLoadOnCompletion().items()):
        layer = QgsProcessingUtils.mapLayerFromString(source, context)
        layer.setName(details.name)
        layer = context.temporaryLayerStore().takeMapLayer(layer) or layer
        if project.mapLayer(layer.id()) is None:
            nodes = project.layerTreeRoot().findLayers()
            at = current or (nodes[0].parent() if nodes else project.layerTreeRoot())
            project.addMapLayer(layer, False)
            at.insertLayer(0, layer)  # a window adds above the current layer, wherever that is
        if details.postProcessor():
            details.postProcessor().postProcessLayer(layer, context, None)


def asked(project, outputs):
    """A context that will load ``outputs``: path by name, with Processing's own titles."""
    context = QgsProcessingContext()
    context.setProject(project)
    for name, path in outputs.items():
        details = QgsProcessingContext.LayerDetails(name.capitalize(), project, name)
        context.addLayerToLoadOnCompletion(path, details)
    return context


@pytest.fixture()
def predicted_layers(run, ortho, project, tmp_path):
    def predict(folder="."):
        (tmp_path / folder).mkdir(exist_ok=True)
        outputs = {name: str(tmp_path / folder / f"{name}.tif") for name in ("PROBABILITIES", "CLASSES", "CONFIDENCE")}
        context = asked(project, outputs)
        run("predict", INPUT=ortho, context=context, **outputs)
        load(context, project)
        return project.layerTreeRoot().children()

    return predict


def test_one_group_per_run_in_order_and_marked(predicted_layers, project):
    (group,) = predicted_layers()
    assert group.name() == "ortho – Predict land cover"
    names = [child.name() for child in group.children()]
    assert names == [
        "Classes (ortho) – learning",
        "Confidence (ortho) – learning",
        "Probabilities (ortho) – learning",
    ]
    assert len(project.mapLayers()) == 3
    first = group.children()[0].layer()
    assert "apprendre" in first.metadata().abstract() or "for learning" in first.metadata().abstract()
    assert any("GPL-3.0-or-later" in text for text in first.metadata().rights())
    assert [len(node.children()) for node in predicted_layers()] == [3], "the same files: the same layers, read again"
    again = predicted_layers("again")
    assert [node.name() for node in again] == ["ortho – Predict land cover"] * 2
    assert [len(node.children()) for node in again] == [3, 3]


def test_a_single_layer_gets_no_group(run, ortho, project, tmp_path):
    output = str(tmp_path / "c.tif")
    context = asked(project, {"CLASSES": output})
    run("predict", INPUT=ortho, CLASSES=output, context=context)
    load(context, project)
    (node,) = project.layerTreeRoot().children()
    assert node.name() == "Classes (ortho) – learning"


def test_a_single_layer_does_not_stay_in_the_group_of_another_run(
    predicted_layers, run, true_classes, project, tmp_path
):
    predicted_layers()
    output = str(tmp_path / "p.gpkg")
    context = asked(project, {"OUTPUT": output})
    run("vectorize", INPUT=true_classes, context=context, OUTPUT=output)
    load(context, project)
    layer, group = project.layerTreeRoot().children()
    assert (layer.name(), group.name()) == ("Output", "ortho – Predict land cover")
    assert len(project.mapLayers()) == 4 and len(group.children()) == 3


@pytest.fixture()
def map_of_a_town(project, ortho, true_classes):
    """A project whose image lies in a group of the user's, which is the current one and shows one layer at a time."""
    root = project.layerTreeRoot()
    for name, source in (("Limits", true_classes), ("Photos", ortho)):
        layer = QgsRasterLayer(source, Path(source).stem)
        project.addMapLayer(layer, False)
        root.addGroup(name).addLayer(layer)
    root.findGroup("Photos").setIsMutuallyExclusive(True)
    return lambda: [node.name() for node in root.children()]


def predict_in(project, run, ortho, tmp_path, names=("CLASSES", "CONFIDENCE")):
    """A first run; QGIS lays its layers into the group of the image."""
    outputs = {name: str(tmp_path / f"{name}.tif") for name in names}
    context = asked(project, outputs)
    run("predict", INPUT=ortho, context=context, **outputs)
    load(context, project, project.layerTreeRoot().findGroup("Photos"))


def test_a_first_run_gets_its_place_above_the_image_and_not_in_the_users_group(
    map_of_a_town, project, run, ortho, tmp_path
):
    predict_in(project, run, ortho, tmp_path)
    assert map_of_a_town() == ["Limits", "ortho – Predict land cover", "Photos"]
    assert [node.name() for node in project.layerTreeRoot().findGroup("Photos").children()] == ["ortho"]


def test_so_does_a_single_layer(map_of_a_town, project, run, ortho, tmp_path):
    predict_in(project, run, ortho, tmp_path, ["CLASSES"])
    assert map_of_a_town() == ["Limits", "Classes (ortho) – learning", "Photos"]


def test_what_is_made_of_a_result_lies_above_the_run_that_made_it(map_of_a_town, project, run, ortho, tmp_path):
    predict_in(project, run, ortho, tmp_path)
    output = str(tmp_path / "polygons.gpkg")
    context = asked(project, {"OUTPUT": output})
    run("vectorize", INPUT=str(tmp_path / "CLASSES.tif"), context=context, OUTPUT=output)
    load(context, project, project.layerTreeRoot().findGroup("Limits"))
    assert map_of_a_town() == ["Limits", "Output", "ortho – Predict land cover", "Photos"]


def test_zones_do_not_hide_what_was_measured_in_them(map_of_a_town, project, run, ortho, true_classes, tmp_path):
    x, y = ORIGIN
    zones = QgsVectorLayer("Polygon?crs=EPSG:2154", "zones", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(x, y - 50, x + 60, y)))
    zones.dataProvider().addFeatures([feature])
    project.addMapLayer(zones)
    output = str(tmp_path / "surfaces.gpkg")
    context = asked(project, {"OUTPUT": output})
    run("surfaces", INPUT=true_classes, ZONES=zones, context=context, OUTPUT=output)
    load(context, project, project.layerTreeRoot().findGroup("Photos"))
    assert map_of_a_town() == ["Output", "zones", "Limits", "Photos"]


def test_what_is_made_of_two_rasters_lies_above_both(map_of_a_town, project, run, ortho, true_classes, tmp_path):
    output = str(tmp_path / "change.tif")
    context = asked(project, {"OUTPUT": output})
    later = QgsRasterLayer(str(shutil.copy(true_classes, tmp_path / "later.tif")), "later")
    project.addMapLayer(later, False)
    project.layerTreeRoot().insertLayer(0, later)
    run("change", BEFORE=true_classes, AFTER=later.source(), context=context, OUTPUT=output)
    load(context, project, project.layerTreeRoot().findGroup("Photos"))
    assert map_of_a_town() == ["Output", "later", "Limits", "Photos"]


def test_processings_own_group_of_results_is_respected(map_of_a_town, project, run, ortho, tmp_path):
    settings = QgsSettings()
    settings.setValue("Processing/Configuration/RESULTS_GROUP_NAME", "Photos")
    try:
        predict_in(project, run, ortho, tmp_path)
    finally:
        settings.remove("Processing/Configuration/RESULTS_GROUP_NAME")
    assert map_of_a_town() == ["Limits", "Photos"]
    names = [node.name() for node in project.layerTreeRoot().findGroup("Photos").children()]
    assert names == ["ortho – Predict land cover", "ortho"]


def test_the_steps_of_a_graphical_model_share_a_group(map_of_a_town, project, run, ortho, tmp_path):
    outputs = {
        "prediction:ARGMAX": str(tmp_path / "classes.tif"),
        "prediction:PREDICTIONS_BRUTES": str(tmp_path / "probabilities.tif"),
        "polygones:POLYGONES": str(tmp_path / "polygons.gpkg"),
        "visuel:VISUEL_RVB": str(tmp_path / "rgb.tif"),
    }
    context = QgsProcessingContext()
    context.setProject(project)
    wanted = {name: QgsProcessingOutputLayerDefinition(path, project) for name, path in outputs.items()}
    run("dalle_ign", ORTHO=ortho, context=context, **wanted)
    load(context, project, project.layerTreeRoot().findGroup("Photos"))
    title = "ortho – Complete tile, as IGN makes them"
    assert map_of_a_town() == ["Limits", title, "Photos"]
    sources = [n.layer().source().split("|")[0] for n in project.layerTreeRoot().findGroup(title).children()]
    assert [Path(source).name for source in sources] == ["polygons.gpkg", "rgb.tif", "classes.tif", "probabilities.tif"]


def test_a_graphical_model_is_called_after_the_image_of_its_first_step(map_of_a_town, project, run, ortho, tmp_path):
    """Whose probabilities nobody asked for: they are a temporary file."""
    outputs = {"carte:CARTE": "map.tif", "polygones:COUVERT_ARBORE": "trees.gpkg"}
    x, y = ORIGIN
    zones = QgsVectorLayer("Polygon?crs=EPSG:2154", "zones", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(x, y - 50, x + 60, y)))
    zones.dataProvider().addFeatures([feature])
    context = QgsProcessingContext()
    context.setProject(project)
    wanted = {n: QgsProcessingOutputLayerDefinition(str(tmp_path / f), project) for n, f in outputs.items()}
    files = {"SURFACES_PAR_ZONE": "s.gpkg", "TABLEAU_DES_SURFACES": "t.csv", "RAPPORT": "r.html"}
    wanted |= {f"surfaces:{name}": str(tmp_path / file) for name, file in files.items()}
    run("couvert_arbore", ORTHO=ortho, COMMUNE=zones, context=context, **wanted)
    load(context, project, project.layerTreeRoot().findGroup("Photos"))
    assert map_of_a_town() == ["Limits", "ortho – Tree cover of a municipality", "Photos"]
    names = [node.name() for node in project.layerTreeRoot().children()[1].children()]
    assert names == ["Couvert arboré (ortho) – learning", "Carte (ortho) – learning"]


def test_other_styles_to_choose_from(predicted_layers):
    (group,) = predicted_layers()
    classes, confidence, probabilities = (node.layer() for node in group.children())
    assert classes.renderer().type() == "paletted"
    official = {c.value: c.color.name() for c in classes.renderer().classes()}
    assert official == {c.code: c.color for c in NAF}
    assert classes.styleManager().setCurrentStyle("For colour-blind readers")
    assert {c.value: c.color.name() for c in classes.renderer().classes()} != official

    assert confidence.styleManager().setCurrentStyle("Veil over the classes")
    ramp = confidence.renderer().shader().rasterShaderFunction()
    assert [(item.value, item.color.alpha()) for item in ramp.colorRampItemList()][::5] == [(0, 255), (255, 0)]

    styles = probabilities.styleManager()
    assert styles.currentStyle() == "default" and probabilities.renderer().usesBands() == [1, 10, 3]
    assert styles.setCurrentStyle("Feuillus, 0 to 100 %")
    assert probabilities.renderer().usesBands() == [10]


def test_polygons_have_a_style_for_colour_blind_readers(run, true_classes, project, tmp_path):
    outputs = {"OUTPUT": str(tmp_path / "p.gpkg")}
    context = asked(project, outputs)
    run("vectorize", INPUT=true_classes, context=context, **outputs)
    load(context, project)
    (layer,) = project.mapLayers().values()
    assert "learning" not in layer.name(), "the truth is no model's"
    assert layer.styleManager().setCurrentStyle("For colour-blind readers")
    assert layer.renderer().classAttribute() == "numero"


def test_the_tip_reads_the_probabilities_at_the_cursor(plugin, tmp_path):
    values = np.zeros((15, 4, 4), np.uint8)
    values[9], values[10], values[0] = 209, 28, 1
    path = write_raster(tmp_path / "p.tif", values)
    layer = QgsRasterLayer(path)
    QgsProject.instance().addMapLayer(layer)
    scope = QgsExpressionContextScope()
    scope.setVariable("layer", layer.id())
    scope.setVariable("layer_cursor_point", QgsGeometry.fromPointXY(QgsPointXY(ORIGIN[0] + 0.3, ORIGIN[1] - 0.3)))
    context = QgsExpressionContext()
    context.appendScope(scope)  # a list of scopes would be freed twice
    try:
        expression = QgsExpression(tip_expression([c.fr for c in NAF], "fr"))
        assert expression.evaluate(context) == "Feuillus 82\u00a0%, Broussaille 11\u00a0%", expression.evalErrorString()
    finally:
        QgsProject.instance().removeMapLayer(layer.id())


def test_results_of_results_are_called_after_the_image(predicted_layers, tmp_path, true_classes):
    from ocsia_plugin.bridge.results import subject

    predicted_layers()
    path = str(tmp_path / "CLASSES.tif")
    assert subject("Classes (ortho) – learning", path) == "ortho"
    assert subject("Classes (ortho (2022))", path) == "ortho (2022)"
    assert subject("mine", path) == "mine"
    assert subject("Classes (ortho)", true_classes) == "Classes (ortho)", "made elsewhere: its own name"


def test_an_existing_file_is_replaced_as_a_whole(run, ortho, tmp_path):
    """QGIS asks before it takes the name of a file that is there; the engine then replaces it when all is done."""
    output = tmp_path / "c.tif"
    output.write_bytes(b"old")
    run("predict", INPUT=ortho, CLASSES=str(output))
    assert read_raster(output).shape == (1, 250, 300)
