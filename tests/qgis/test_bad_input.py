"""Bad input is refused with a sentence that says what to do, and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from conftest import ORIGIN, write_raster
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsRasterLayer,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

X, Y = ORIGIN
INSIDE = f"POLYGON(({X} {Y},{X + 20} {Y},{X + 20} {Y - 20},{X} {Y - 20},{X} {Y}))"
BOW_TIE = f"POLYGON(({X} {Y},{X + 20} {Y - 20},{X + 20} {Y},{X} {Y - 20},{X} {Y}))"
SPIKE = f"POLYGON(({X} {Y},{X + 20} {Y},{X} {Y},{X} {Y}))"
FAR = "POLYGON((0 0,10 0,10 10,0 10,0 0))"


@pytest.fixture()
def folder(tmp_path):
    """Where the outputs go; empty at the end of each test."""
    folder = tmp_path / "out"
    folder.mkdir()
    yield folder
    assert not list(folder.iterdir())


@pytest.fixture()
def refused(run, folder):
    """``refused("predict", INPUT=...)``: the sentence of the refusal."""
    outputs = {
        "predict": {"CLASSES": "c.tif", "PROBABILITIES": "p.tif"},
        "argmax": {"OUTPUT": "c.tif", "CONFIDENCE": "k.tif"},
        "vectorize": {"OUTPUT": "v.gpkg"},
        "surfaces": {"OUTPUT": "s.gpkg", "TABLE": "s.csv"},
    }

    def run_to_its_refusal(name, **parameters):
        paths = {key: str(folder / file) for key, file in outputs[name].items()}
        with pytest.raises(QgsProcessingException) as caught:
            run(name, **{**paths, **parameters})
        return str(caught.value)

    return run_to_its_refusal


def layer_of(wkts, kind="Polygon", name="mine") -> QgsVectorLayer:
    layer = QgsVectorLayer(f"{kind}?crs=EPSG:2154&field=nom:string", name, "memory")
    for wkt in wkts:
        feature = QgsFeature(layer.fields())
        feature.setAttributes(["a"])
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        layer.dataProvider().addFeatures([feature])
    return layer


@pytest.fixture()
def rgb():
    return np.random.default_rng(1).integers(0, 256, (3, 60, 80), dtype=np.uint8)


@pytest.mark.parametrize("name", ["predict", "argmax", "vectorize", "surfaces"])
def test_a_raster_that_does_not_exist(refused, name):
    assert "/nowhere/x.tif does not exist. Check the path" in refused(name, INPUT="/nowhere/x.tif")


def test_a_file_that_is_no_raster(refused, tmp_path):
    path = tmp_path / "notes.tif"
    path.write_text("These are notes.")
    assert f"{path} cannot be read as a raster (its format is not known)" in refused("predict", INPUT=str(path))


def test_no_input_at_all(refused):
    assert "INPUT" in refused("predict")


@pytest.mark.parametrize(
    ("crs", "sentence"),
    [
        (None, "is not in the file. Assign one to the file"),
        ("EPSG:4326", r"is in degrees (EPSG:4326). Reproject it"),
        ("EPSG:3857", "is in Web Mercator"),
        ("EPSG:2263", "whose unit is not the metre"),
    ],
)
def test_a_crs_without_square_metres(refused, rgb, tmp_path, crs, sentence):
    gsd = 1e-6 if crs == "EPSG:4326" else 0.2
    path = write_raster(tmp_path / "in.tif", rgb, crs=crs, gsd=gsd, origin=(2, 48) if gsd < 0.1 else ORIGIN)
    assert sentence in refused("predict", INPUT=path)


def test_too_few_bands(refused, rgb, tmp_path):
    text = refused("predict", INPUT=write_raster(tmp_path / "in.tif", rgb[:2]))
    assert "has 2 image band(s) (?, ?) but the model ocsia-naf15-rvb wants 3" in text


@pytest.mark.parametrize("dtype", ["uint16", "float32"])
def test_values_without_a_known_range(refused, rgb, tmp_path, dtype):
    text = refused("predict", INPUT=write_raster(tmp_path / "in.tif", rgb.astype(dtype)))
    assert "whose range is not known" in text


@pytest.mark.parametrize("gsd", [0.05, 2.0])
def test_pixels_that_make_no_sense(refused, rgb, tmp_path, gsd):
    assert f"measure {gsd:g} m" in refused("predict", INPUT=write_raster(tmp_path / "in.tif", rgb, gsd=gsd))


def test_a_rotated_raster(refused, rgb, tmp_path):
    path = write_raster(tmp_path / "in.tif", rgb, transform=(X, 0.19, 0.05, Y, 0.05, -0.19))
    assert "is rotated or sheared" in refused("predict", INPUT=path)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("predict", "'tuiles' is a web service, which covers more than can be fetched. Choose a mask or an extent"),
        ("vectorize", "'tuiles' (wms) is not a file on this machine"),
    ],
)
def test_a_layer_that_is_no_file(refused, name, words):
    layer = QgsRasterLayer("type=xyz&url=file:///none/{z}/{x}/{y}.png&zmax=1&zmin=0", "tuiles", "wms")
    QgsProject.instance().addMapLayer(layer, False)
    try:
        assert words in refused(name, INPUT=layer.id())
    finally:
        QgsProject.instance().removeMapLayer(layer.id())


def test_a_raster_in_memory_is_no_file(refused, rgb):
    from osgeo import gdal

    path = write_raster("/vsimem/in.tif", rgb)
    layer = QgsRasterLayer(path, "souvenir")
    try:
        text = refused("predict", INPUT=layer)
        assert "'souvenir' (gdal) is neither a file on this machine nor a WMS, WMTS or XYZ service" in text
    finally:
        del layer
        gdal.Unlink(path)


@pytest.mark.parametrize(("name", "parameter", "what"), [("predict", "MASK", "mask"), ("surfaces", "ZONES", "zones")])
class TestPolygons:
    """A mask and zones meet the same troubles."""

    @pytest.fixture()
    def raster(self, name, ortho, true_classes):
        return ortho if name == "predict" else true_classes

    def test_no_polygon(self, refused, raster, name, parameter, what):
        text = refused(name, INPUT=raster, **{parameter: layer_of([])})
        assert what in text and "has no polygon" in text

    def test_not_polygons(self, refused, raster, name, parameter, what):
        text = refused(name, INPUT=raster, **{parameter: layer_of([f"POINT({X} {Y})"], "Point")})
        assert what in text and "has no polygon" in text

    def test_an_empty_selection(self, refused, raster, name, parameter, what):
        layer = layer_of([INSIDE])
        QgsProject.instance().addMapLayer(layer, False)
        try:
            text = refused(name, INPUT=raster, **{parameter: QgsProcessingFeatureSourceDefinition(layer.id(), True)})
        finally:
            QgsProject.instance().removeMapLayer(layer.id())
        assert what in text and "has no polygon" in text

    def test_outside_the_raster(self, refused, raster, name, parameter, what):
        assert "over the raster" in refused(name, INPUT=raster, **{parameter: layer_of([FAR])})

    def test_a_geometry_beyond_repair(self, refused, raster, name, parameter, what):
        text = refused(name, INPUT=raster, **{parameter: layer_of([INSIDE, SPIKE])})
        assert "1 geometries of the layer 'mine' are invalid (first: feature 2" in text
        assert "Fix geometries" in text

    def test_a_file_that_is_no_layer(self, refused, raster, name, parameter, what, tmp_path):
        path = tmp_path / "zones.gpkg"
        path.write_text("no layer")
        assert f"{path} cannot be read as a vector layer" in refused(name, INPUT=raster, **{parameter: str(path)})


def test_a_geometry_that_can_be_repaired_is_named(run, log, ortho, tmp_path):
    run("predict", INPUT=ortho, MASK=layer_of([INSIDE, BOW_TIE]), CLASSES=str(tmp_path / "c.tif"))
    assert any("have been repaired for this run (first: feature 2" in text for text in log.warnings)


def test_an_extent_outside_the_raster(refused, ortho):
    assert "does not touch" in refused("predict", INPUT=ortho, EXTENT="0,10,0,10 [EPSG:2154]")


def test_no_output(run, ortho):
    with pytest.raises(QgsProcessingException, match="No output was asked for"):
        run("predict", INPUT=ortho)


def test_an_output_folder_that_is_a_file(refused, ortho, tmp_path):
    (tmp_path / "file").write_text("")
    text = refused("predict", INPUT=ortho, CLASSES=str(tmp_path / "file" / "c.tif"))
    assert "cannot be written" in text


def test_an_output_folder_where_nobody_may_write(refused, ortho):
    assert "cannot be written" in refused("predict", INPUT=ortho, CLASSES="/proc/c.tif")


@pytest.mark.parametrize("name", ["c.jpg", "c"])
def test_a_raster_that_would_not_be_called_tif(refused, ortho, folder, name):
    text = refused("predict", INPUT=ortho, CLASSES=str(folder / name))
    assert "cannot be written (rasters are written as GeoTIFF: the name must end in .tif)" in text


@pytest.mark.parametrize("name", ["v.geojson", "v"])
def test_polygons_in_a_format_that_is_not_offered(refused, true_classes, folder, name):
    assert "only GeoPackage (.gpkg)" in refused("vectorize", INPUT=true_classes, OUTPUT=str(folder / name))


def test_an_output_over_the_input(refused, rgb, tmp_path):
    path = write_raster(tmp_path / "in.tif", rgb)
    assert "both an input and an output" in refused("predict", INPUT=path, CLASSES=path)
    assert QgsRasterLayer(path).isValid()


def test_an_unknown_model(refused, ortho):
    text = refused("predict", INPUT=ortho, MODEL="lidar")
    assert "There is no model lidar. Known models: ocsia-naf15-rvb" in text


def test_a_model_that_is_no_onnx(refused, ortho, tmp_path):
    path = tmp_path / "model.onnx"
    path.write_text("weights")
    assert "has no card beside it" in refused("predict", INPUT=ortho, MODEL=str(path))


def test_a_class_in_two_groups(refused, tmp_path):
    path = write_raster(tmp_path / "p.tif", np.full((15, 20, 20), 17, np.uint8))
    assert "The groups 'a=1;b=1' cannot be read" in refused("argmax", INPUT=path, GROUPS="a=1;b=1")


@pytest.mark.parametrize("groups", ["ligneux=8+99", "=1", "neant"])
def test_groups_that_cannot_be_read(refused, true_classes, groups):
    text = refused("surfaces", INPUT=true_classes, GROUPS=groups)
    assert f"The groups '{groups}' cannot be read" in text


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, "does not say which nomenclature its classes belong to"),
        ({"NOMENCLATURE": "clc"}, "There is no nomenclature 'clc'"),
        ({"NOMENCLATURE": "flair15"}, "counted from 0 or from 1: its values (3) fit flair15 both ways"),
        ({"NOMENCLATURE": "ocsge_cs", "BASE": "2"}, "BASE"),
    ],
)
def test_classes_of_another_tool_are_asked_for(refused, tmp_path, asked, words):
    path = write_raster(tmp_path / "c.tif", np.full((1, 20, 20), 3, np.uint8))
    assert words in refused("vectorize", INPUT=path, **asked)


def test_a_nomenclature_that_would_split_a_class(refused, ortho):
    text = refused("predict", INPUT=ortho, NOMENCLATURE="cosia")
    assert "would have to be split (12 Pelouse, 13 Culture)" in text


def test_an_ortho_is_no_class_raster(refused, ortho):
    assert "does not look like a class raster" in refused("vectorize", INPUT=ortho)


def test_an_ortho_is_no_probability_raster(refused, true_classes):
    assert "does not look like class probabilities" in refused("argmax", INPUT=true_classes)


def test_the_engine_is_not_installed(refused, ortho, monkeypatch, tmp_path):
    from ocsia.ocsia_plugin.bridge import environment
    from qgis.core import QgsApplication

    monkeypatch.delenv(environment.VARIABLE, raising=False)
    monkeypatch.setattr(environment, "plugin_root", lambda: tmp_path)
    monkeypatch.setattr(environment, "default_folder", lambda: tmp_path / "user")
    text = refused("predict", INPUT=ortho)
    assert "The OCS-IA engine is not installed" in text and "install_engine.py" in text
    ok, reason = QgsApplication.processingRegistry().algorithmById("ocsia:predict").canExecute()
    assert not ok and reason in text


def test_the_engine_that_was_named_is_not_there(refused, ortho, monkeypatch):
    monkeypatch.setenv("OCSIA_ENGINE_PYTHON", "/nowhere/python")
    text = refused("predict", INPUT=ortho)
    assert "/nowhere/python, does not exist" in text and "OCSIA_ENGINE_PYTHON" in text


def test_an_interpreter_without_the_libraries(refused, ortho, monkeypatch, tmp_path):
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho 'ModuleNotFoundError: no numpy' >&2\nexit 1\n")
    python.chmod(0o755)
    monkeypatch.setenv("OCSIA_ENGINE_PYTHON", str(python))
    text = refused("predict", INPUT=ortho)
    assert "does not start (ModuleNotFoundError: no numpy)" in text


def test_a_vector_layer_that_is_read_is_not_written_over(run, tmp_path):
    """The engine reads a copy of it, and could not tell."""
    classes = write_raster(tmp_path / "c.tif", np.full((1, 100, 100), 8, np.uint8))
    zones = str(tmp_path / "zones.gpkg")
    options = QgsVectorFileWriter.SaveVectorOptions()
    layer = layer_of([INSIDE])
    QgsVectorFileWriter.writeAsVectorFormatV3(layer, zones, layer.transformContext(), options)
    before = Path(zones).read_bytes()
    for given in (zones, QgsProcessingFeatureSourceDefinition(zones, False)):
        with pytest.raises(QgsProcessingException, match=r"zones\.gpkg is both an input and an output"):
            run("surfaces", INPUT=classes, NOMENCLATURE="naf15", BASE="1", ZONES=given, OUTPUT=zones)
    assert Path(zones).read_bytes() == before
