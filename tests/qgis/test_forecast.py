"""What a dialog says before a run: from the layers alone, and never by waiting for the engine."""

from __future__ import annotations

import json
import time
from math import pi

import numpy as np
import pytest
from conftest import ORIGIN, write_raster
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication
from windows import BatchAlgorithmDialog, WindowDialog

from ocsia_plugin.engine.nomenclature import load_nomenclature

LAMBERT_93 = QgsCoordinateReferenceSystem("EPSG:2154")
SIDE = 5000


@pytest.fixture(autouse=True)
def models(tmp_path, monkeypatch):
    """No run has been measured."""
    monkeypatch.setenv("OCSIA_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


@pytest.fixture(scope="module")
def image(tmp_path_factory) -> str:
    """A kilometre at 20 cm, without pixels."""
    from osgeo import gdal

    path = write_raster(tmp_path_factory.mktemp("image") / "km.tif", np.zeros((3, 1, 1), np.uint8))
    options = gdal.TranslateOptions(width=SIDE, height=SIDE, creationOptions=["COMPRESS=DEFLATE", "SPARSE_OK=TRUE"])
    large = path.replace("km", "large")
    dataset = gdal.Translate(large, path, options=options)
    dataset.SetGeoTransform((ORIGIN[0], 0.2, 0, ORIGIN[1], 0, -0.2))
    dataset = None
    return large


@pytest.fixture()
def algorithm(plugin):
    return lambda name="predict": QgsApplication.processingRegistry().createAlgorithmById(f"ocsia:{name}")


def polygons(*wkt: str) -> QgsVectorLayer:
    layer = QgsVectorLayer("Polygon?crs=EPSG:2154", "mask", "memory")
    for text in wkt:
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromWkt(text))
        layer.dataProvider().addFeature(feature)
    layer.updateExtents()
    return layer


def box(col, row, width, height) -> QgsRectangle:
    """In metres from the north-west corner of the image."""
    x, y = ORIGIN[0] + col, ORIGIN[1] - row
    return QgsRectangle(x, y - height, x + width, y)


def note_pace(models, device, seconds=4.0):
    from ocsia_plugin.engine.models.catalogue import find_model

    card = find_model("ocsia-naf15-rvb")
    models.mkdir()
    key = f"{card.id} {card.sha256[:12]} {device}"
    text = json.dumps({key: {"seconds": seconds, "memory": 380, "pixels": 10**8}})
    (models / ".pace.json").write_text(text, encoding="utf-8")


def test_pixels_and_disk_follow_image_extent_resolution_and_outputs(algorithm, image):
    context, made = QgsProcessingContext(), algorithm()
    whole = made.forecast({"INPUT": image, "CLASSES": "/tmp/c.tif"}, context)
    assert whole.pixels == SIDE**2 and whole.seconds is None
    assert whole.disk == pytest.approx(1.3 * SIDE**2)
    part = {"INPUT": image, "CLASSES": "/tmp/c.tif", "EXTENT": box(900, 0, 500, 100)}
    assert made.forecast(part, context).pixels == 500 * 500, "what lies beyond the image is not computed"
    assert made.forecast({**part, "RESOLUTION": 0.4}, context).pixels == 250 * 250
    rasters = {"PROBABILITIES": "/tmp/p.tif", "CLASSES": None}
    assert made.forecast({**part, **rasters}, context).disk == pytest.approx(15 * 2.1 * 500 * 500)


def test_a_mask_costs_the_blocks_that_it_touches(algorithm, image):
    context, made = QgsProcessingContext(), algorithm()
    square = "Polygon(({0} {1}, {2} {1}, {2} {3}, {0} {3}, {0} {1}))"
    rectangle = box(200, 200, 300, 300)
    corners = rectangle.xMinimum(), rectangle.yMinimum(), rectangle.xMaximum(), rectangle.yMaximum()
    alone = made.forecast({"INPUT": image, "CLASSES": "x.tif", "MASK": polygons(square.format(*corners))}, context)
    assert alone.pixels == pytest.approx(1500**2, rel=1e-3), "never more than its box"
    parcels = [box(100 * k, 100 * k, 10, 10) for k in range(1, 9)]
    texts = [square.format(p.xMinimum(), p.yMinimum(), p.xMaximum(), p.yMaximum()) for p in parcels]
    scattered = made.forecast({"INPUT": image, "CLASSES": "x.tif", "MASK": polygons(*texts)}, context)
    block = 0.2 * 512
    assert scattered.pixels == pytest.approx(8 * (100 + 2 * 40 * block / pi + block**2) / 0.04, rel=1e-3)


def test_a_ready_made_model_says_what_its_predictions_take(algorithm, image, models):
    from ocsia_plugin.bridge.messages import sentence
    from ocsia_plugin.engine.runtime.devices import likely_devices

    x, y = ORIGIN
    zone = polygons(f"Polygon(({x} {y}, {x + 300} {y}, {x + 300} {y - 300}, {x} {y - 300}, {x} {y}))")
    context, predict = QgsProcessingContext(), algorithm()
    alone = predict.forecast({"INPUT": image, "MASK": zone, "PROBABILITIES": "x.tif"}, context)
    trees = algorithm("couvert_arbore").forecast({"ORTHO": image, "COMMUNE": zone}, context)
    assert (trees.pixels, trees.disk, trees.seconds) == (alone.pixels, alone.disk, None)
    note_pace(models, likely_devices("auto")[0])
    both = {"ORTHO_AVANT": image, "ORTHO_APRES": image, "ZONES": zone, "MODELE": "ocsia-naf15-rvb"}
    twice = algorithm("evolution").forecast(both, context)
    assert twice.pixels == 2 * alone.pixels and twice.seconds == pytest.approx(4.0 * twice.pixels / 1e6)
    told = twice.told()
    assert sentence(told["code"], told["params"]).endswith("the other steps come on top.")
    with pytest.raises(QgsProcessingException, match="Choose an ortho-image"):
        algorithm("dalle_ign").forecast({}, context)


def test_the_preview_of_a_ready_made_model_is_that_of_its_first_prediction(algorithm, image):
    given = algorithm("dalle_ign").preview({"ORTHO": image}, QgsProcessingContext(), None, "/tmp/p.tif")
    assert given["INPUT"] == image and given["CLASSES"] == "/tmp/p.tif" and "PROBABILITIES" not in given


def test_the_time_is_that_of_the_last_run_on_this_machine(algorithm, image, models):
    from ocsia_plugin.bridge.messages import sentence
    from ocsia_plugin.engine.runtime.devices import likely_devices

    note_pace(models, likely_devices("cpu")[0])
    told = algorithm().forecast({"INPUT": image, "CLASSES": "/tmp/c.tif"}, QgsProcessingContext()).told()
    text = sentence(told["code"], told["params"])
    assert text == "About 2 min on the processor, 380 MB of memory, up to 32 MB of disk."


def test_dalles_hold_the_blocks_of_one_at_a_time(algorithm, image):
    parameters = {"INPUT": image, "GRID": "1", "CLASSES": True, "CONFIDENCE": False, "VECTORS": True}
    needs = algorithm("dalles").forecast(parameters, QgsProcessingContext())
    assert needs.pixels == SIDE**2 and needs.disk == pytest.approx(1.3 * SIDE**2)


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({}, "forecast-no-image"),
        ({"INPUT": "/nowhere.tif"}, "forecast-no-image"),
        ({"INPUT": "IMAGE", "MODEL": "nobody"}, "model-missing"),
        ({"INPUT": "IMAGE", "EXTENT": QgsRectangle(0, 0, 9, 9)}, "extent-outside"),
        ({"INPUT": "IMAGE", "DALLES": True}, "forecast-no-area"),
        ({"INPUT": "IMAGE", "CRS": "EPSG:4326"}, "raster-crs-units"),
    ],
)
def test_why_nothing_can_be_said(algorithm, image, parameters, code):
    given = {name: image if value == "IMAGE" else value for name, value in parameters.items()}
    with pytest.raises(QgsProcessingException) as refused:
        algorithm().forecast(given, QgsProcessingContext())
    assert refused.value.code == code


def test_a_preview_is_one_tile_near_what_is_looked_at(algorithm, image):
    context, made = QgsProcessingContext(), algorithm("dalles")
    given = {"INPUT": image, "YEAR": "2022", "MASK": None}
    side = 1024 * 0.2

    def square(near, **more):
        found = made.preview({**given, **more}, context, near and (near, LAMBERT_93), "/tmp/apercu.tif")
        assert found["CLASSES"] == "/tmp/apercu.tif" and not {"YEAR", "MASK"} & set(found)
        assert found["EXTENT"].width() == pytest.approx(side) and found["EXTENT"].height() == pytest.approx(side)
        return found["EXTENT"].center().x() - ORIGIN[0], ORIGIN[1] - found["EXTENT"].center().y()

    middle = pytest.approx((500, 500))
    assert square(None) == middle
    assert square(QgsPointXY(0, 0)) == middle, "somewhere else is looked at"
    assert square(QgsPointXY(ORIGIN[0] + 400, ORIGIN[1] - 300)) == pytest.approx((400, 300))
    assert square(QgsPointXY(ORIGIN[0] + 1, ORIGIN[1] - 999)) == pytest.approx((side / 2, 1000 - side / 2))
    assert square(None, EXTENT=box(0, 0, 50, 50)) == pytest.approx((25, 25)), "small extents in the middle"


def test_a_preview_is_computed_and_replaces_the_one_before(algorithm, ortho, tmp_path):
    import ocsia.ocsia_plugin.gui.preview as module

    project = QgsProject.instance()
    preview, ends = module.Preview(), []
    preview.ended.connect(ends.append)
    for number in (1, 2):
        parameters = algorithm().preview(
            {"INPUT": ortho}, QgsProcessingContext(), None, str(tmp_path / f"{number}.tif")
        )
        preview.start(parameters, f"tile {number}")
        assert preview.running
        deadline = time.monotonic() + 60
        while len(ends) < number and time.monotonic() < deadline:
            QCoreApplication.processEvents()
    try:
        assert ends == ["", ""]
        (group,) = project.layerTreeRoot().findGroups()
        assert [node.name() for node in group.children()] == ["tile 2"]
        assert group.children()[0].layer().renderer().type() == "paletted"
    finally:
        project.clear()


def test_a_preview_can_be_cancelled(algorithm, large_ortho, tmp_path):
    import ocsia.ocsia_plugin.gui.preview as module

    preview, ends = module.Preview(), []
    preview.ended.connect(ends.append)
    path = tmp_path / "c.tif"
    preview.start(algorithm().preview({"INPUT": large_ortho}, QgsProcessingContext(), None, str(path)), "tile")
    preview.cancel()
    deadline = time.monotonic() + 60
    while preview.running and time.monotonic() < deadline:
        QCoreApplication.processEvents()
    assert ends == [""] and not path.exists() and not QgsProject.instance().mapLayers()


def test_what_goes_wrong_in_a_preview_is_said(plugin, tmp_path):
    import ocsia.ocsia_plugin.gui.preview as module

    preview, ends = module.Preview(), []
    preview.ended.connect(ends.append)
    preview.start({"INPUT": "/nowhere.tif", "CLASSES": str(tmp_path / "c.tif")}, "tile")
    assert not preview.running and "/nowhere.tif" in ends[0]


def test_the_line_in_qgis_s_own_panel(panels, algorithm, qgis_processing, image, tmp_path, monkeypatch):
    from processing.gui import ParametersPanel as module

    monkeypatch.setattr(module, "iface", None)  # of the tests' QGIS it is no real one
    dialog, predict = WindowDialog(), algorithm()
    panel = panels(module.ParametersPanel, dialog, predict)
    row = panel.wrappers["MODEL"].forecast
    row.update_now()
    assert "ortho-image" in row.label.text()
    panel.wrappers["INPUT"].setWidgetValue(image, QgsProcessingContext())
    row.update_now()
    assert row.label.text().startswith("Up to 32 MB of disk.")
    old = tmp_path / "old.tif"
    old.write_bytes(b"old")
    panel.wrappers["CLASSES"].setWidgetValue(str(old), QgsProcessingContext())
    row.update_now()
    assert row.label.text().endswith("There already, and to be replaced: old.tif.")
    monkeypatch.setenv("OCSIA_ENGINE_PYTHON", str(tmp_path / "none"))
    row.update_now()
    assert row.button.text() == "Install the engine…" and "not installed" in row.label.text()


def test_a_batch_has_no_such_line(panels, algorithm, qgis_processing, monkeypatch):
    from processing.gui import BatchPanel as module

    monkeypatch.setattr(module, "iface", None)
    dialog, predict = BatchAlgorithmDialog(), algorithm()
    panel = panels(module.BatchPanel, dialog, predict)
    assert not hasattr(panel.wrappers[0][panel.parameter_to_column["MODEL"]], "forecast")


# -- what is read of probabilities


def test_shares_as_a_sentence(plugin):
    from ocsia_plugin.gui.probabilities import shares_text

    classes = load_nomenclature("naf15").classes
    values = dict.fromkeys(range(1, 16), 0) | {10: 209, 11: 28, 3: 9, 4: 1, 1: 5}
    assert shares_text(values, classes) == "Feuillus 82\u00a0%, Broussaille 11\u00a0%, Zone imperméable 4\u00a0%"
    assert shares_text(dict.fromkeys(range(1, 16)), classes) == ""


def test_the_first_band_is_not_grey_in_the_legend(run, ortho, tmp_path):
    from qgis.core import QgsMapLayerLegendUtils

    from ocsia_plugin.gui.legend import name_entries
    from ocsia_plugin.gui.probabilities import probability_classes

    paths = {name: str(tmp_path / f"{name}.tif") for name in ("PROBABILITIES", "CONFIDENCE")}
    run("predict", INPUT=ortho, **paths)
    project = QgsProject()
    layers = {name: QgsRasterLayer(path, name) for name, path in paths.items()}
    project.addMapLayers(layers.values())

    def label(name, entry):
        node = project.layerTreeRoot().findLayer(layers[name].id())
        name_entries(node)
        return QgsMapLayerLegendUtils.legendNodeUserLabel(node, entry)

    assert [c.code for c in probability_classes(layers["PROBABILITIES"])] == list(range(1, 16))
    assert probability_classes(layers["CONFIDENCE"]) == ()
    assert label("CONFIDENCE", 0) == "Confiance"
    shares = layers["PROBABILITIES"]
    assert label("PROBABILITIES", 0) == shares.bandName(1) and "Gray" not in shares.bandName(1)
    shares.renderer().setRedBand(5)
    assert not label("PROBABILITIES", 0), "the first band is not shown any more"
    project.clear()
