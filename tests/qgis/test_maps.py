"""Pictures, changes, neighbourhoods and comparisons through QGIS, and through ``qgis_process`` as on a server."""

from __future__ import annotations

import csv
import itertools
import os

import numpy as np
import pytest
from conftest import ORIGIN, read_raster, write_raster
from qgis.core import (
    QgsApplication,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsGeometry,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProcessingException,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QLocale, QSize
from qgis.PyQt.QtGui import QColor, QImage
from test_qgis_process import profile, qgis_process  # noqa: F401


def test_visualize_draws_a_picture_and_its_legend(run, ortho, true_classes, tmp_path):
    outputs = {"OUTPUT": str(tmp_path / "v.tif"), "LEGEND": str(tmp_path / "legend.png")}
    result = run("visualize", INPUT=true_classes, ORTHO=ortho, COMPRESSION="DEFLATE", **outputs)
    assert result == outputs
    assert read_raster(outputs["OUTPUT"]).shape == (3, 250, 300)
    assert QgsRasterLayer(outputs["OUTPUT"]).renderer().type() == "multibandcolor"
    legend = QImage(outputs["LEGEND"])
    assert legend.width() > 200 and legend.height() > 200
    colours = {legend.pixelColor(40, y).name() for y in range(legend.height())}
    assert "#ce7079" in colours  # buildings
    assert {p.name for p in tmp_path.iterdir()} == {"v.tif", "v.qml", "legend.png"}


def test_visualize_needs_a_confidence_for_saturation(run, ortho, true_classes, tmp_path):
    with pytest.raises(QgsProcessingException, match="without their confidence"):
        run("visualize", INPUT=true_classes, ORTHO=ortho, SATURATION=True, OUTPUT=str(tmp_path / "v.tif"))
    assert not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def felled(scene, tmp_path_factory) -> str:
    """The scene after a square of 10 m x 10 m was built over."""
    codes = scene.naf.copy()
    codes[100:150, 100:150] = 1
    return write_raster(tmp_path_factory.mktemp("felled") / "after.tif", codes[None], legend="naf15")


def drawn(layer, colour) -> float:
    """Share of a map of the scene that a layer draws in a colour."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    x, y = ORIGIN
    settings.setExtent(QgsRectangle(x, y - 50, x + 60, y))
    settings.setOutputSize(QSize(300, 250))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image, wanted = job.renderedImage(), QColor(colour).rgb()
    return np.mean([image.pixel(column, row) == wanted for row in range(250) for column in range(300)])


def test_change_shows_what_was_built(run, scene, true_classes, felled, tmp_path):
    names = {"OUTPUT": "c.tif", "POLYGONS": "p.gpkg", "TABLE": "t.csv", "MATRIX": "m.csv"}
    outputs = {name: str(tmp_path / file) for name, file in names.items()}
    assert run("change", BEFORE=true_classes, AFTER=felled, **outputs) == outputs
    pixels = read_raster(outputs["OUTPUT"])[0]
    built = np.zeros(pixels.shape, bool)
    built[100:150, 100:150] = scene.naf[100:150, 100:150] != 1
    assert (pixels[~built] == 1001 * scene.naf[~built].astype(int)).all()
    assert (pixels % 1000 == 1)[built].mean() > 0.9
    layer = QgsRasterLayer(outputs["OUTPUT"])
    assert layer.renderer().type() == "paletted"
    assert all(entry.value % 1000 == 1 for entry in layer.renderer().classes())
    polygons = QgsVectorLayer(outputs["POLYGONS"])
    assert polygons.renderer().type() == "categorizedSymbol"
    # In the colour of buildings, but for the edge in that of what was there.
    assert 0.4 < drawn(polygons, "#ce7079") / built.mean() <= 1
    assert all(f["apres"] == 1 and f["surface_m2"] >= 25 for f in polygons.getFeatures())
    with open(outputs["TABLE"], encoding="utf-8", newline="") as lines:
        gains = {row["key"]: float(row["gain_m2"]) for row in csv.DictReader(lines)}
    assert gains["batiment"] == pytest.approx((pixels[built] % 1000 == 1).sum() * 0.04, rel=0.01)


def test_flows_of_zones_between_vintages_of_the_gers(qgis_process, tmp_path):  # noqa: F811
    """IGN's annotations of 2016 and 2019 by quarters of 128 m; the layer has the figures of the table for Excel."""
    folder = os.environ.get("OCSIA_DATA")
    if not folder:
        pytest.skip("OCSIA_DATA is not set")
    dates = [f"{folder}/gers_naf/{year}/naf/zone_v13_478208-0000_6275584-0000.tiff" for year in (2016, 2019)]
    extent = QgsRasterLayer(dates[0]).extent()
    zones = QgsVectorLayer("Polygon?crs=EPSG:2154&field=nom:string", "quarters", "memory")
    corners = itertools.product((extent.xMinimum(), extent.center().x()), (extent.yMinimum(), extent.center().y()))
    for number, (x, y) in enumerate(corners):
        feature = QgsFeature(zones.fields())
        feature.setAttributes([f"quarter {number}"])
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(x, y, x + 128, y + 128)))
        zones.dataProvider().addFeatures([feature])
    quarters, outputs = str(tmp_path / "quarters.gpkg"), {"OUTPUT": "c.tif", "FLOWS": "f.gpkg", "TABLE": "t.csv"}
    QgsVectorFileWriter.writeAsVectorFormatV3(
        zones, quarters, QgsCoordinateTransformContext(), QgsVectorFileWriter.SaveVectorOptions()
    )
    outputs = {name: str(tmp_path / file) for name, file in outputs.items()}
    inputs = {"BEFORE": dates[0], "AFTER": dates[1], "ZONES": quarters, "NOMENCLATURE": "naf15", "BASE": "1"}
    done = qgis_process("change", **inputs, EXCEL="true", **outputs)
    assert done.returncode == 0, done.stdout + done.stderr
    layer = QgsVectorLayer(outputs["FLOWS"])
    assert layer.renderer().type() == "graduatedSymbol" and "summary" in layer.mapTipTemplate()
    titles = {field.name(): field.displayName() for field in layer.fields()}
    assert titles["changed_pct"] == "Changé (%)" and any(title.endswith(", solde (m²)") for title in titles.values())
    assert [name for name, title in titles.items() if name == title] == ["fid", "fid_source", "nom"]
    found = {f["nom"]: f for f in layer.getFeatures()}
    with open(outputs["TABLE"], encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter=";"))
    assert {row["zone"] for row in rows} == set(found) and len(found) == 4
    for row in rows:
        for name in ("before", "after", "gain", "loss", "net"):
            value = float(row[f"{name}_m2"].replace(",", "."))
            assert found[row["zone"]][f"{row['key']}_{name}_m2"] == pytest.approx(value, abs=1e-3)
    changed = sum(f["changed_m2"] for f in found.values())
    assert changed == pytest.approx(sum(float(row["gain_m2"].replace(",", ".")) for row in rows), abs=0.01)
    assert changed > 10_000


def test_surfaces_are_read_with_two_decimals(run, true_classes, tmp_path):
    """A GeoPackage knows no decimals: without a widget QGIS would show fourteen."""
    output = str(tmp_path / "s.gpkg")
    run("surfaces", INPUT=true_classes, OUTPUT=output)
    layer = QgsVectorLayer(output)
    column = layer.fields().indexOf("zone_m2")
    setup, value = layer.editorWidgetSetup(column), next(layer.getFeatures())["zone_m2"]
    formatter = QgsApplication.fieldFormatterRegistry().fieldFormatter(setup.type())
    shown = formatter.representValue(layer, column, setup.config(), None, value)
    assert shown == QLocale().toString(value, "f", 2) and value != round(value, 2)
    assert layer.editorWidgetSetup(layer.fields().indexOf("summary")).isNull(), "texts stay as they are"


def test_neighbourhood_gives_shares_and_distances(run, true_classes, scene, tmp_path):
    output = str(tmp_path / "n.tif")
    run("neighbourhood", INPUT=true_classes, GROUPS="ligneux; eau=4+6", RADIUS="10, 100", OUTPUT=output)
    shares = read_raster(output)
    assert shares.shape == (6, 50, 60)
    # 100 m around the middle of 60 m x 50 m is all of it.
    assert shares[1, 25, 30] == pytest.approx(100 * np.isin(scene.naf, (8, 10, 11)).mean(), abs=0.1)
    layer = QgsRasterLayer(output)
    assert layer.renderer().type() == "singlebandpseudocolor"
    assert layer.bandName(3).endswith(": distance (m)")


@pytest.fixture(scope="module")
def before(plugin, true_classes, tmp_path_factory) -> str:
    """The polygons of the scene before anything was built."""
    import processing

    output = str(tmp_path_factory.mktemp("before") / "before.gpkg")
    return processing.run("ocsia:vectorize", {"INPUT": true_classes, "OUTPUT": output})["OUTPUT"]


def test_compareref_lists_what_the_reference_lacks(run, before, felled, tmp_path):
    outputs = {"OUTPUT": str(tmp_path / "c.gpkg"), "VERDICTS": str(tmp_path / "v.gpkg")}
    run("compareref", INPUT=felled, REFERENCE=before, FIELD="numero", OBJECTS="1", TOLERANCE=0, **outputs)
    candidates = QgsVectorLayer(outputs["OUTPUT"] + "|layername=c")
    features = list(candidates.getFeatures())
    assert [f["rang"] for f in features] == list(range(1, len(features) + 1)) and features
    assert all(f["numero"] == 1 and f["classe"] == "Bâtiment" for f in features)
    names = candidates.fields().names()
    widgets = {name: candidates.editorWidgetSetup(names.index(name)) for name in ("verifie", "decision")}
    assert {name: w.type() for name, w in widgets.items()} == {"verifie": "CheckBox", "decision": "ValueMap"}
    assert {"À reprendre": "reprendre"} in widgets["decision"].config()["map"]
    assert candidates.renderer().type() == "categorizedSymbol"
    verdicts = {f["verdict"] for f in QgsVectorLayer(outputs["VERDICTS"] + "|layername=v").getFeatures()}
    assert {"confirmé", "douteux"} <= verdicts


def test_compareref_refuses_a_field_without_classes(run, true_classes, before, tmp_path):
    with pytest.raises(QgsProcessingException, match="'Meaning of the values'"):
        run("compareref", INPUT=true_classes, REFERENCE=before, FIELD="surface_m2", OUTPUT=str(tmp_path / "c.gpkg"))
    assert not list(tmp_path.iterdir())


def test_through_qgis_process(qgis_process, felled, before, tmp_path):  # noqa: F811
    """The others of this file are steps of the models that run so."""
    around, candidates = (str(tmp_path / name) for name in ("n.tif", "r.gpkg"))
    for name, parameters in (
        ("neighbourhood", {"INPUT": felled, "RADIUS": "10,25", "OUTPUT": around}),
        ("compareref", {"INPUT": felled, "REFERENCE": before, "FIELD": "classe", "OUTPUT": candidates}),
    ):
        done = qgis_process(name, **parameters)
        assert done.returncode == 0, done.stdout + done.stderr
    assert {p.name for p in tmp_path.iterdir()} == {"n.tif", "n.qml", "r.gpkg"}
    assert read_raster(around).shape == (3, 50, 60)
