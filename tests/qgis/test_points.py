"""From a map to points, from points to an accuracy: as a user does it, in a real QGIS and through ``qgis_process``."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, read_raster, write_raster
from osgeo import gdal
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsVectorLayer,
)

TRUTH = ROOT / "resources" / "sample" / "naf_truth.tif"
ZONES = ROOT / "resources" / "sample" / "zones.gpkg"
PROGRAM = shutil.which("qgis_process.bin") or shutil.which("qgis_process")


@pytest.fixture(scope="module")
def blurred(tmp_path_factory) -> str:
    """A map of the sample town that is wrong in places: every tenth column says what lies 8 m to its west."""
    truth = read_raster(TRUTH)[0]
    wrong = truth.copy()
    wrong[:, 40::10] = truth[:, :-40:10]
    source = gdal.Open(str(TRUTH))
    place = source.GetGeoTransform()
    path = tmp_path_factory.mktemp("map") / "map.tif"
    return write_raster(path, wrong[None], gsd=place[1], origin=(place[0], place[3]), legend="naf15", nodata=0)


def interpret(path, layer="", name="Anne") -> None:
    """Give each point the class of the truth, with QGIS's own editing: defaults of the form are applied."""
    points = QgsVectorLayer(f"{path}|layername={layer}" if layer else str(path), "points", "ogr")
    truth, place = read_raster(TRUTH)[0], gdal.Open(str(TRUTH)).GetGeoTransform()
    assert points.startEditing()
    index, who = (points.fields().indexFromName(field) for field in ("ref_code", "interp"))
    for feature in points.getFeatures():
        at = feature.geometry().asPoint()
        row, column = int((place[3] - at.y()) / -place[5]), int((at.x() - place[0]) / place[1])
        points.changeAttributeValue(feature.id(), index, int(truth[row, column]))
        points.changeAttributeValue(feature.id(), who, name)
    assert points.commitChanges(), points.commitErrors()


@pytest.fixture(scope="module")
def points(plugin, blurred, tmp_path_factory) -> str:
    """300 points of the sample town, not interpreted."""
    import processing

    path = str(tmp_path_factory.mktemp("points") / "points.gpkg")
    parameters = {"INPUT": blurred, "ZONES": str(ZONES), "COUNT": 300, "SEED": 4, "DOUBLE": 10, "OUTPUT": path}
    return processing.run("ocsia:samplepoints", parameters)["OUTPUT"]


@pytest.fixture()
def interpreted(points, tmp_path) -> str:
    copy = str(tmp_path / "done.gpkg")
    shutil.copy(points, copy)
    dataset = gdal.OpenEx(copy)
    layers = [dataset.GetLayer(i).GetName() for i in range(dataset.GetLayerCount())]
    dataset = None
    assert layers[:2] == ["points", "points_2"]
    interpret(copy, "points")
    interpret(copy, "points_2", "Paul")
    return copy


def test_the_points_open_with_their_form(points):
    for layer in (QgsVectorLayer(points, "a", "ogr"), QgsVectorLayer(f"{points}|layername=points_2", "b", "ogr")):
        assert layer.isValid()
        fields = layer.fields()
        assert fields.names() == ["fid", "stratum", "pi", "map_code", "ref_code", "interp"]
        setup = layer.editorWidgetSetup(fields.indexFromName("ref_code"))
        assert setup.type() == "ValueMap"
        values = {name: value for entry in setup.config()["map"] for name, value in entry.items()}
        assert values["1 – Bâtiment"] == "1" and len(values) == 16
        # What the map says stays unseen: in the form, in the table, in the symbols.
        for hidden in ("stratum", "pi", "map_code"):
            assert layer.editorWidgetSetup(fields.indexFromName(hidden)).type() == "Hidden"
            assert layer.editFormConfig().readOnly(fields.indexFromName(hidden))
        (tab,) = layer.editFormConfig().tabs()
        assert [child.name() for child in tab.children()] == ["ref_code", "interp"]
        shown = [column.name for column in layer.attributeTableConfig().columns() if not column.hidden and column.name]
        assert shown == ["fid", "ref_code", "interp"]
        default = layer.defaultValueDefinition(fields.indexFromName("interp"))
        assert default.applyOnUpdate() and "@user_full_name" in default.expression()
        renderer = layer.renderer()
        assert renderer.classAttribute() == "ref_code"
        assert renderer.categories()[0].symbol().symbolLayer(1).strokeColor().name() == "#ce7079"
    assert QgsVectorLayer(points).featureCount() == 300
    assert layer.featureCount() == 30


def test_the_points_lie_at_the_centres_of_pixels_of_their_class(points, blurred):
    classes, place = read_raster(blurred)[0], gdal.Open(blurred).GetGeoTransform()
    for feature in QgsVectorLayer(points).getFeatures():
        at = feature.geometry().asPoint()
        column, row = (at.x() - place[0]) / place[1], (place[3] - at.y()) / -place[5]
        assert column % 1 == pytest.approx(0.5, abs=1e-4) and row % 1 == pytest.approx(0.5, abs=1e-4)
        assert classes[int(row), int(column)] == feature["map_code"] == int(feature["stratum"])


def test_an_accuracy_with_intervals(run, log, interpreted, blurred, tmp_path):
    report, table = tmp_path / "report.html", tmp_path / "table.csv"
    parameters = {"INPUT": blurred, "REFERENCE": interpreted, "ZONES": str(ZONES), "GROUPS": "ligneux"}
    run("accuracy", **parameters, REPORT=str(report), TABLE=str(table))
    with open(table, encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    overall = next(row for row in rows if row["measure"] == "overall_accuracy" and not row["zone"])
    classes, truth = read_raster(blurred)[0], read_raster(TRUTH)[0]
    true = 100 * (classes == truth)[truth > 0].mean()
    assert float(overall["low_pct"]) <= true <= float(overall["high_pct"])
    assert overall["units"] == "300"
    assert {row["zone"] for row in rows} > {"", "centre-bourg"}
    assert any(row["key"] == "ligneux" for row in rows)
    page = report.read_text(encoding="utf-8")
    assert (
        "<svg" in page and "Accord entre interprètes" in page and "http://" not in page.replace("http://www.w3.org", "")
    )
    assert json.loads(report.with_suffix(".json").read_text(encoding="utf-8"))["design"]["seed"] == 4
    assert not log.warnings


def test_a_selection_of_the_points_loses_the_design(run, log, interpreted, blurred, tmp_path):
    layer = QgsVectorLayer(f"{interpreted}|layername=points", "points", "ogr")
    layer.selectByExpression('"fid" <= 100')
    QgsProject.instance().addMapLayer(layer)
    try:
        part = QgsProcessingFeatureSourceDefinition(layer.id(), True)
        run("accuracy", INPUT=blurred, REFERENCE=part, TABLE=str(tmp_path / "t.csv"))
    finally:
        QgsProject.instance().removeMapLayer(layer.id())
    assert any("selection or filter" in warning for warning in log.warnings)
    assert any("without an interval" in warning for warning in log.warnings)
    with open(tmp_path / "t.csv", encoding="utf-8", newline="") as lines:
        overall = next(csv.DictReader(lines))
    assert overall["units"] == "100" and overall["low_pct"] == ""


def test_points_from_elsewhere(run, log, blurred, tmp_path):
    """A layer in memory with class names; no interval, unless they are said to have been drawn at random."""
    classes, place = read_raster(blurred)[0], gdal.Open(blurred).GetGeoTransform()
    truth = read_raster(TRUTH)[0]
    names = {1: "Bâtiment", 3: "zone_impermeable"}
    layer = QgsVectorLayer("Point?crs=EPSG:2154&field=classe:string", "relevés", "memory")
    rng, features = np.random.default_rng(0), []
    while len(features) < 60:
        row, column = rng.integers(0, classes.shape[0]), rng.integers(0, classes.shape[1])
        if truth[row, column] == 0:
            continue
        feature = QgsFeature(layer.fields())
        code = int(truth[row, column])
        feature.setAttributes([names.get(code, str(code))])
        place_x, place_y = place[0] + (column + 0.5) * place[1], place[3] + (row + 0.5) * place[5]
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(place_x, place_y)))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    for design, has_interval in (("auto", False), ("simple", True)):
        table = tmp_path / f"{design}.csv"
        run("accuracy", INPUT=blurred, REFERENCE=layer, FIELD="classe", DESIGN=design, TABLE=str(table))
        with open(table, encoding="utf-8", newline="") as lines:
            overall = next(csv.DictReader(lines))
        assert (overall["low_pct"] != "") == has_interval
        assert overall["units"] == "60"


def test_refusals(run, points, blurred, tmp_path):
    table = str(tmp_path / "t.csv")
    with pytest.raises(QgsProcessingException, match=r"300 of the 300 points .* are not interpreted yet"):
        run("accuracy", INPUT=blurred, REFERENCE=points, TABLE=table)
    with pytest.raises(QgsProcessingException, match="'foret' is neither a class nor a group"):
        run("samplepoints", INPUT=blurred, TARGET="foret=5", OUTPUT=str(tmp_path / "p.gpkg"))
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(PROGRAM is None, reason="qgis_process is not installed")
def test_through_qgis_process(plugin, blurred, tmp_path):
    import ocsia

    root = tmp_path / "profile"
    ini = root / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    ini.parent.mkdir(parents=True)
    ini.write_text("[PythonPlugins]\nocsia=true\n", encoding="utf-8")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("QGIS", "LC_", "LANGUAGE"))}
    env = {**kept, "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen", "QGIS_CUSTOM_CONFIG_PATH": str(root)}
    env["QGIS_PLUGINPATH"] = str(Path(ocsia.__file__).parents[1])

    def call(name, **parameters) -> str:
        words = [f"{key}={value}" for key, value in parameters.items()]
        command = [PROGRAM, "run", f"ocsia:{name}", "--", *words]
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    path, report = tmp_path / "points.gpkg", tmp_path / "report.html"
    said = call("samplepoints", INPUT=blurred, TARGET="ligneux=30", MINIMUM=5, OUTPUT=path)
    assert "to within" in said and "hours of interpretation" in said
    interpret(path)
    said = call("accuracy", INPUT=blurred, REFERENCE=path, REPORT=report)
    assert "Overall accuracy" in said
    assert report.stat().st_size > 10_000 and report.with_suffix(".json").exists()
