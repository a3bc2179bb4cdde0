"""OCS GE cover and smoothed polygons through QGIS, in the process and through ``qgis_process``."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ORIGIN, ROOT
from qgis.core import (
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsProject,
    QgsVectorLayer,
)

PROGRAM = shutil.which("qgis_process.bin") or shutil.which("qgis_process")
TOWN = str(ROOT / "resources" / "sample" / "naf_truth.tif")
CODES = {
    "CS1.1.1.1", "CS1.1.1.2", "CS1.1.2.1", "CS1.1.2.2", "CS1.2.1", "CS1.2.2", "CS1.2.3", "CS2.1.1.1", "CS2.1.1.2",
    "CS2.1.1.3",
    "CS2.1.2", "CS2.1.3", "CS2.2.1",
}  # fmt: skip
SMALL = {"MIN_BUILT": 20, "MIN_DENSE": 50, "MIN_ELSEWHERE": 250, "MIN_DETAIL": 5}


def _polygons(kind: str, rows) -> QgsVectorLayer:
    layer = QgsVectorLayer(f"Polygon?crs=EPSG:2154&{kind}", "socle", "memory")
    for wkt, *attributes in rows:
        feature = QgsFeature(layer.fields())
        feature.setAttributes(attributes)
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        layer.dataProvider().addFeatures([feature])
    return layer


def _rectangle(x0: float, y0: float, x1: float, y1: float) -> str:
    x, y = ORIGIN
    corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0))
    return "POLYGON((" + ", ".join(f"{x + a} {y - b}" for a, b in corners) + "))"


def test_cover_of_classes(run, true_classes, tmp_path):
    out = {"OUTPUT": str(tmp_path / "o.gpkg"), "DETAIL": str(tmp_path / "d.gpkg")}
    result = run("ocsge", INPUT=true_classes, SPLIT_BUILT=True, **SMALL, **out)
    layer = QgsVectorLayer(result["OUTPUT"])
    features = list(layer.getFeatures())
    assert sum(f["surface_m2"] for f in features) == pytest.approx(60 * 50, rel=1e-9)
    assert {f["code_cs"] for f in features} <= CODES
    for f in features:
        assert sum(f[f"naf_{code}"] for code in range(1, 16)) == pytest.approx(100, abs=0.1)
        assert f.geometry().area() == pytest.approx(f["surface_m2"], rel=1e-6)
    # The style is inside: an official colour by official code, built areas told apart.
    layer.loadDefaultStyle()
    colours = {c.value(): c.symbol().color().name() for c in layer.renderer().categories()}
    assert colours["CS2.1.1.1"] == "#80ff00" and colours["CS1.1.1.1 continu"] == "#ff377a"
    assert layer.renderer().classAttribute() == "\"code_cs\" || coalesce(' ' || \"bati\", '')"
    detail = list(QgsVectorLayer(result["DETAIL"]).getFeatures())
    assert detail and all(f["code_cs"] != f["socle_cs"] for f in detail)


def test_constructed_zones_given(run, true_classes, tmp_path):
    zones = _polygons("field=nom:string", [(_rectangle(-10, -10, 200, 200), "tout")])
    result = run("ocsge", INPUT=true_classes, BUILT_AREA=zones, **SMALL, OUTPUT=str(tmp_path / "o.gpkg"))
    assert {f["zone"] for f in QgsVectorLayer(result["OUTPUT"]).getFeatures()} == {"construite"}


def test_an_ocs_ge_refined(run, true_classes, tmp_path):
    rows = [(_rectangle(0, 0, 30, 50), "CS1.1.1.1", 7), (_rectangle(30, 0, 60, 50), "CS2.2.1", 8)]
    socle = _polygons("field=code_cs:string&field=id:integer", rows)
    out = {"OUTPUT": str(tmp_path / "o.gpkg"), "DETAIL": str(tmp_path / "d.gpkg")}
    result = run("ocsge", INPUT=true_classes, OCSGE=socle, **out)
    features = list(QgsVectorLayer(result["OUTPUT"]).getFeatures())
    assert [(f["code_cs"], f["id"], f["vu_pct"]) for f in features] == [("CS1.1.1.1", 7, 100), ("CS2.2.1", 8, 100)]
    assert {f["socle_cs"] for f in QgsVectorLayer(result["DETAIL"]).getFeatures()} <= {"CS1.1.1.1", "CS2.2.1"}


def test_refusals(run, true_classes, tmp_path):
    socle = _polygons("field=cover:string", [(_rectangle(0, 0, 30, 50), "CS1.1.1.1")])
    with pytest.raises(QgsProcessingException, match="no field 'code_cs'"):
        run("ocsge", INPUT=true_classes, OCSGE=socle, OUTPUT=str(tmp_path / "o.gpkg"))
    with pytest.raises(QgsProcessingException, match="do not ascend"):
        run("ocsge", INPUT=true_classes, MIN_BUILT=900, OUTPUT=str(tmp_path / "o.gpkg"))
    with pytest.raises(QgsProcessingException, match="no field 'NATURE', by which BD TOPO"):
        run("ocsge", INPUT=true_classes, BDTOPO=socle, OUTPUT=str(tmp_path / "o.gpkg"))
    elsewhere = _polygons("field=CODE_GROUP:string", [(_rectangle(900, 900, 930, 950), "21")])
    with pytest.raises(QgsProcessingException, match="no polygon on the raster"):
        run("ocsge", INPUT=true_classes, RPG=elsewhere, OUTPUT=str(tmp_path / "o.gpkg"))
    named = run("ocsge", INPUT=true_classes, OCSGE=socle, CODE_FIELD="cover", OUTPUT=str(tmp_path / "o.gpkg"))
    assert [f["code_cs"] for f in QgsVectorLayer(named["OUTPUT"]).getFeatures()] == ["CS1.1.1.1"]


def test_parcels_in_another_crs_decide(run, true_classes, tmp_path, log):
    """A whole region in degrees, with a bow tie on the raster that is repaired; what lies beyond plays no part."""
    x, y = ORIGIN
    bow_tie = f"POLYGON(({x} {y},{x + 60} {y - 50},{x + 60} {y},{x} {y - 50},{x} {y}))"
    rows = [(bow_tie, "PTR", "19"), (_rectangle(9000, 9000, 9060, 9060), "VRC", "21")]
    parcels = _polygons("field=CODE_CULTU:string&field=CODE_GROUP:string", rows)
    degrees = QgsVectorLayer("Polygon?crs=EPSG:4326&field=CODE_CULTU:string&field=CODE_GROUP:string", "rpg", "memory")
    change = QgsCoordinateTransform(parcels.crs(), degrees.crs(), QgsProject.instance())
    for feature in parcels.getFeatures():
        geometry = feature.geometry()
        geometry.transform(change)
        feature.setGeometry(geometry)
        degrees.dataProvider().addFeatures([feature])
    result = run("ocsge", INPUT=true_classes, RPG=degrees, **SMALL, OUTPUT=str(tmp_path / "o.gpkg"))
    features = list(QgsVectorLayer(result["OUTPUT"]).getFeatures())
    assert {f["source"] for f in features} == {"image", "RPG"}
    grass = sum(f["prairie_pct"] * f["surface_m2"] for f in features) / 100
    herbaceous = sum((f["naf_13"] + f["naf_14"]) * f["surface_m2"] for f in features) / 100
    assert 0 < grass < herbaceous
    assert any(line.startswith("RPG: 1 polygons") for line in log.infos)
    assert any("repaired" in line for line in log.warnings)


def test_smoothed_polygons(run, true_classes, tmp_path, log):
    exact = QgsVectorLayer(run("vectorize", INPUT=true_classes, OUTPUT=str(tmp_path / "e.gpkg"))["OUTPUT"])
    table = str(tmp_path / "t.csv")
    result = run(
        "vectorize", INPUT=true_classes, SIMPLIFY=0.5, MIN_AREA_BY_CLASS="11=1",
        OUTPUT=str(tmp_path / "s.gpkg"), TABLE=table,
    )  # fmt: skip
    smooth = QgsVectorLayer(result["OUTPUT"])
    assert sum(f["surface_m2"] for f in smooth.getFeatures()) == pytest.approx(60 * 50, rel=1e-9)
    assert all(f.geometry().isGeosValid() for f in smooth.getFeatures())
    lengths = [sum(f["perim_m"] for f in layer.getFeatures()) for layer in (smooth, exact)]
    assert lengths[0] < lengths[1]
    assert Path(table).read_text(encoding="utf-8").startswith("numero,classe,polygones,surface_pixels_m2")
    assert any("Outlines simplified at 0.5 m" in line for line in log.infos)


@pytest.mark.skipif(PROGRAM is None, reason="qgis_process is not installed")
def test_the_town_through_qgis_process(plugin, tmp_path):
    import ocsia

    ini = tmp_path / "profile" / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    ini.parent.mkdir(parents=True)
    ini.write_text("[PythonPlugins]\nocsia=true\n", encoding="utf-8")
    (tmp_path / "run").mkdir(mode=0o700)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("QGIS", "LC_", "LANGUAGE"))}
    environment = {
        **kept,
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_RUNTIME_DIR": str(tmp_path / "run"),
        "QGIS_CUSTOM_CONFIG_PATH": str(tmp_path / "profile"),
        "QGIS_PLUGINPATH": str(Path(ocsia.__file__).parents[1]),
    }
    output, detail = tmp_path / "o.gpkg", tmp_path / "d.gpkg"
    words = [f"INPUT={TOWN}", f"OUTPUT={output}", f"DETAIL={detail}", "SIMPLIFY=0.5"]
    command = [PROGRAM, "run", "ocsia:ocsge", "--", *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    features = list(QgsVectorLayer(str(output)).getFeatures())
    assert sum(f["surface_m2"] for f in features) == pytest.approx(200_000, rel=1e-9)
    assert {f["code_cs"] for f in features} <= CODES
    assert QgsVectorLayer(str(detail)).featureCount() > 0
