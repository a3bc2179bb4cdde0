"""Each algorithm for real: through QGIS, the engine's process and back to layers."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from conftest import ORIGIN, read_raster, write_raster
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsRasterLayer,
    QgsVectorLayer,
)


def polygons(wkts, crs="EPSG:2154", name="zones") -> QgsVectorLayer:
    """A memory layer of polygons with a name each."""
    layer = QgsVectorLayer(f"Polygon?crs={crs}&field=nom:string&field=fid:integer", name, "memory")
    features = []
    for i, wkt in enumerate(wkts):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([f"zone {i}", 10 + i])
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def box(xmin, ymin, xmax, ymax) -> str:
    """WKT of a rectangle, in metres from the south-west corner of the scene."""
    x, y = ORIGIN[0], ORIGIN[1] - 50
    return QgsGeometry.fromWkt(
        f"POLYGON(({x + xmin} {y + ymin},{x + xmax} {y + ymin},{x + xmax} {y + ymax},{x + xmin} {y + ymax},"
        f"{x + xmin} {y + ymin}))"
    ).asWkt()


@pytest.fixture(scope="module")
def predicted(plugin, ortho, tmp_path_factory):
    """The three products of the scene."""
    import processing

    folder = tmp_path_factory.mktemp("predicted")
    names = ("PROBABILITIES", "CLASSES", "CONFIDENCE")
    outputs = {name: str(folder / f"{name.lower()}.tif") for name in names}
    return processing.run("ocsia:predict", {"INPUT": ortho, **outputs})


def test_predict_writes_its_three_products_in_one_pass(predicted, ortho):
    probabilities = read_raster(predicted["PROBABILITIES"])
    classes = read_raster(predicted["CLASSES"])[0]
    confidence = read_raster(predicted["CONFIDENCE"])[0]
    assert probabilities.shape == (15, 250, 300)
    assert set(np.unique(classes)) <= set(range(1, 16))
    chosen = np.take_along_axis(probabilities, classes[None].astype(int) - 1, 0)[0]
    assert (chosen == probabilities.max(0)).all()
    assert np.array_equal(confidence, chosen)
    layer = QgsRasterLayer(predicted["CLASSES"])
    assert layer.crs().authid() == "EPSG:2154"
    assert layer.extent() == QgsRasterLayer(ortho).extent()


def test_predict_says_what_it_does(run, log, ortho, tmp_path):
    run("predict", INPUT=ortho, CLASSES=str(tmp_path / "c.tif"))
    text = "\n".join(log.infos)
    for word in ("Model: ", "Device: ", "Tile: ", "halo", "Written: "):
        assert word in text
    assert any("not for decisions" in warning for warning in log.warnings)
    assert log.values == sorted(log.values)
    assert log.values[-1] == 100


def test_predict_with_mask_extent_and_advanced_parameters(run, ortho, tmp_path):
    mask = polygons([box(10, 10, 30, 30)])
    result = run(
        "predict",
        INPUT=ortho,
        MASK=mask,
        EXTENT=f"{ORIGIN[0]},{ORIGIN[0] + 40},{ORIGIN[1] - 50},{ORIGIN[1]} [EPSG:2154]",
        RESOLUTION=0.4,
        DEVICE="cpu",
        TILE=64,
        CLASSES=str(tmp_path / "c.tif"),
    )
    layer = QgsRasterLayer(result["CLASSES"])
    assert layer.rasterUnitsPerPixelX() == pytest.approx(0.4)
    classes = read_raster(result["CLASSES"])[0]
    assert np.count_nonzero(classes) == 50 * 50


def test_predict_mask_in_another_crs_with_a_selection(run, ortho, tmp_path):
    mask = polygons([box(0, 0, 60, 50), box(10, 10, 30, 30)])
    mask.selectByIds([2])
    from qgis.core import QgsProcessingFeatureSourceDefinition

    wgs84 = run_native("native:reprojectlayer", INPUT=mask, TARGET_CRS="EPSG:4326", OUTPUT="TEMPORARY_OUTPUT")
    wgs84.selectByIds([2])
    definition = QgsProcessingFeatureSourceDefinition(wgs84.id(), True)
    from qgis.core import QgsProject

    QgsProject.instance().addMapLayer(wgs84)
    try:
        result = run("predict", INPUT=ortho, MASK=definition, CLASSES=str(tmp_path / "c.tif"))
    finally:
        QgsProject.instance().removeMapLayer(wgs84.id())
    count = np.count_nonzero(read_raster(result["CLASSES"])[0])
    assert count == pytest.approx(100 * 100, rel=0.03)


def run_native(algorithm, **parameters):
    import processing

    return processing.run(algorithm, parameters)["OUTPUT"]


def test_argmax_agrees_with_predict(run, predicted, tmp_path):
    result = run(
        "argmax",
        INPUT=predicted["PROBABILITIES"],
        OUTPUT=str(tmp_path / "c.tif"),
        CONFIDENCE=str(tmp_path / "conf.tif"),
    )
    assert np.array_equal(read_raster(result["OUTPUT"]), read_raster(predicted["CLASSES"]))
    assert np.array_equal(read_raster(result["CONFIDENCE"]), read_raster(predicted["CONFIDENCE"]))


def test_argmax_of_groups(run, predicted, tmp_path):
    result = run(
        "argmax", INPUT=predicted["PROBABILITIES"], GROUPS="ligneux=8+10+11; bati=1", OUTPUT=str(tmp_path / "g.tif")
    )
    assert "CONFIDENCE" not in result
    codes = set(np.unique(read_raster(result["OUTPUT"])))
    assert not codes & {1, 8, 10, 11}
    assert codes <= {2, 3, 4, 5, 6, 7, 9, 12, 13, 14, 15, 101, 102}


@pytest.mark.parametrize("name", ["polygons.gpkg", "polygons.shp"])
def test_vectorize_keeps_the_surface(run, true_classes, tmp_path, name):
    result = run("vectorize", INPUT=true_classes, OUTPUT=str(tmp_path / name))
    layer = QgsVectorLayer(result["OUTPUT"])
    assert layer.isValid()
    assert {"numero", "classe", "surface_m2", "perim_m"} <= {field.name() for field in layer.fields()}
    features = list(layer.getFeatures())
    assert sum(f["surface_m2"] for f in features) == pytest.approx(60 * 50, rel=1e-9)
    assert sum(f.geometry().area() for f in features) == pytest.approx(60 * 50, rel=1e-9)
    assert all(f.geometry().isGeosValid() for f in features)


def test_vectorize_merges_small_regions(run, true_classes, tmp_path):
    all_of_them = run("vectorize", INPUT=true_classes, OUTPUT=str(tmp_path / "all.gpkg"))
    large = run("vectorize", INPUT=true_classes, MIN_AREA=20, OUTPUT=str(tmp_path / "large.gpkg"))
    count = QgsVectorLayer(all_of_them["OUTPUT"]).featureCount()
    layer = QgsVectorLayer(large["OUTPUT"])
    assert 0 < layer.featureCount() < count
    assert min(f["surface_m2"] for f in layer.getFeatures()) >= 20


def test_classes_counted_from_0_by_another_tool(run, scene, tmp_path):
    """As FLAIR-HUB writes them: indices, no declaration, no legend."""
    other = write_raster(tmp_path / "hub.tif", np.where(scene.naf == 1, 0, 12).astype(np.uint8)[None])
    asked = {"NOMENCLATURE": "flairhub19", "BASE": "0"}
    result = run("vectorize", INPUT=other, OUTPUT=str(tmp_path / "p.gpkg"), **asked)
    found = {(f["numero"], f["classe"]) for f in QgsVectorLayer(result["OUTPUT"]).getFeatures()}
    assert found == {(1, "Bâtiment"), (13, "Feuillus")}
    result = run("surfaces", INPUT=other, OUTPUT=str(tmp_path / "s.gpkg"), **asked)
    (zone,) = QgsVectorLayer(result["OUTPUT"]).getFeatures()
    share = 100 * (scene.naf == 1).mean()
    assert zone["batiment_pct"] == pytest.approx(share, abs=0.01)


def test_argmax_in_another_nomenclature(run, tmp_path):
    """Grass and crops together win; NAF has one class for both."""
    bands = np.zeros((19, 20, 20), np.uint8)
    bands[11], bands[8], bands[9] = 100, 80, 75
    source = write_raster(tmp_path / "p.tif", bands)
    names = {"INPUT_NOMENCLATURE": "flairhub19", "NOMENCLATURE": "naf15"}
    result = run("argmax", INPUT=source, OUTPUT=str(tmp_path / "c.tif"), **names)
    assert (read_raster(result["OUTPUT"]) == 13).all()


def test_surfaces_of_zones_carry_their_attributes(run, true_classes, scene, tmp_path):
    zones = polygons([box(0, 0, 30, 50), box(30, 0, 60, 50)])
    result = run(
        "surfaces",
        INPUT=true_classes,
        ZONES=zones,
        GROUPS="ligneux",
        OUTPUT=str(tmp_path / "s.gpkg"),
        TABLE=str(tmp_path / "s.csv"),
    )
    layer = QgsVectorLayer(result["OUTPUT"])
    assert layer.featureCount() == 2
    assert [(f["nom"], f["fid_source"]) for f in layer.getFeatures()] == [("zone 0", 10), ("zone 1", 11)]
    rows = list(csv.DictReader(Path(result["TABLE"]).read_text(encoding="utf-8-sig").splitlines()))
    halves = {"zone 0": scene.naf[:, :150], "zone 1": scene.naf[:, 150:]}
    for row in rows:
        codes = (8, 10, 11) if row["key"] == "ligneux" else (int(row["code"]),)
        pixels = np.isin(halves[row["zone"]], codes).sum()
        assert int(row["pixels"]) == pixels
        assert float(row["area_count_planar_m2"]) == pytest.approx(pixels * 0.04, abs=0.01)
    assert {row["key"] for row in rows} >= {"ligneux", "batiment"}


def test_the_crs_of_the_file_counts_whatever_its_layer_was_given_in_qgis(run, log, true_classes, tmp_path):
    """Zones that lie on the image stay there; with the layer's CRS they would have been moved beside it."""
    layer = QgsRasterLayer(true_classes, "town")
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:3946"))
    run("surfaces", INPUT=layer, ZONES=polygons([box(0, 0, 30, 50)]), OUTPUT=str(tmp_path / "s.gpkg"))
    assert QgsVectorLayer(str(tmp_path / "s.gpkg")).featureCount() == 1
    (warning,) = (w for w in log.warnings if "was given the CRS EPSG:3946" in w)
    assert "'town'" in warning and "its file says EPSG:2154" in warning


def test_surfaces_without_zones_measure_the_whole_raster(run, predicted, tmp_path):
    result = run("surfaces", INPUT=predicted["PROBABILITIES"], OUTPUT=str(tmp_path / "s.gpkg"))
    assert set(result) >= {"OUTPUT"}
    assert "TABLE" not in result
    assert QgsVectorLayer(result["OUTPUT"]).featureCount() == 1


def test_surfaces_with_points_drawn_and_interpreted(run, predicted, scene, tmp_path):
    """The whole way in QGIS: points drawn, a class given to each in the layer, intervals in layer, table and report."""
    points = run("samplepoints", INPUT=predicted["PROBABILITIES"], COUNT=120, OUTPUT=str(tmp_path / "p.gpkg"))["OUTPUT"]
    layer = QgsVectorLayer(f"{points}|layername=p")
    raster = QgsRasterLayer(predicted["PROBABILITIES"]).extent()
    field = layer.fields().indexOf("ref_code")
    layer.startEditing()
    for feature in layer.getFeatures():
        place = feature.geometry().asPoint()
        row, column = int((raster.yMaximum() - place.y()) / 0.2), int((place.x() - raster.xMinimum()) / 0.2)
        layer.changeAttributeValue(feature.id(), field, int(scene.naf[row, column]))
    assert layer.commitChanges()
    out = {"OUTPUT": str(tmp_path / "s.gpkg"), "TABLE": str(tmp_path / "s.csv"), "REPORT": str(tmp_path / "s.html")}
    result = run("surfaces", INPUT=predicted["PROBABILITIES"], GROUPS="ligneux", POINTS=layer, LEVEL=90, **out)
    row = next(r for r in csv.DictReader(Path(out["TABLE"]).read_text("utf-8").splitlines()) if r["key"] == "ligneux")
    truth = np.isin(scene.naf, (8, 10, 11)).sum() * 0.04
    assert row["level_pct"] == "90.0000" and int(row["evidence"]) >= 100
    assert float(row["low_m2"]) < truth < float(row["high_m2"])
    assert set(result) >= {"OUTPUT", "TABLE", "REPORT"} and Path(out["REPORT"]).with_suffix(".json").exists()
    made = QgsVectorLayer(result["OUTPUT"])
    made.loadDefaultStyle()
    assert "summary" in made.mapTipTemplate()
    titles = {field.name(): field.displayName() for field in made.fields()}
    assert titles["ligneux_low"] == "Végétation ligneuse, borne basse (m²)" and titles["batiment_pct"] == "Bâtiment (%)"
    assert [name for name, title in titles.items() if name == title] == ["fid", "nom"]


def test_temporary_outputs(run, ortho):
    result = run("predict", INPUT=ortho, CLASSES="TEMPORARY_OUTPUT", CONFIDENCE="TEMPORARY_OUTPUT")
    assert result["CLASSES"].endswith(".tif")
    polygons_of = run("vectorize", INPUT=result["CLASSES"], OUTPUT="TEMPORARY_OUTPUT")["OUTPUT"]
    assert polygons_of.endswith(".gpkg")
    assert QgsVectorLayer(polygons_of).featureCount() > 0


def test_relative_paths_are_relative_to_qgis(run, ortho, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ortho.tif").symlink_to(ortho)
    run("predict", INPUT="ortho.tif", CLASSES="classes.tif")
    assert read_raster(tmp_path / "classes.tif").shape == (1, 250, 300)


@pytest.mark.parametrize("device", ["cpu", "auto"])
def test_ways_to_name_the_device(run, log, ortho, tmp_path, device):
    run("predict", INPUT=ortho, DEVICE=device, CLASSES=str(tmp_path / "c.tif"))
    assert any(text.startswith("Device: ") for text in log.infos)


def test_a_batch_of_rasters(run, scene, tmp_path):
    for i, width in enumerate((64, 131)):
        path = write_raster(tmp_path / f"in{i}.tif", scene.rgb[:, :90, :width])
        result = run("predict", INPUT=path, CLASSES=str(tmp_path / f"out{i}.tif"))
        assert read_raster(result["CLASSES"]).shape == (1, 90, width)
    assert not list(tmp_path.glob(".ocsia-*"))


def test_the_layers_that_qgis_loads_have_their_style_and_a_name(run, ortho, predicted, tmp_path):
    context = QgsProcessingContext()
    output = str(tmp_path / "c.tif")
    context.addLayerToLoadOnCompletion(output, QgsProcessingContext.LayerDetails("Classes", None, "CLASSES"))
    run("predict", INPUT=ortho, CLASSES=output, context=context)
    details = context.layerToLoadOnCompletionDetails(output)
    assert details.name == "Classes (ortho) – learning"
    layer = QgsRasterLayer(output, details.name, "gdal", QgsRasterLayer.LayerOptions(False))
    details.postProcessor().postProcessLayer(layer, context, None)
    assert layer.renderer().type() == "paletted"
    labels = {c.value: c.label for c in layer.renderer().classes()}
    assert "Bâtiment" in labels[1]
