"""The graphical models that come with the plugin: up to date, in the provider, and running unchanged."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np
import pytest
from conftest import ORIGIN, ROOT, read_raster
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingModelAlgorithm,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsRasterLayer,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from test_qgis_process import profile, qgis_process  # noqa: F401

FILES = sorted((ROOT / "resources" / "processing-models").glob("*.model3"))
NAMES = ["couvert_arbore", "dalle_ign", "evolution", "impermeabilisation"]


@pytest.fixture(scope="module")
def commune(tmp_path_factory) -> str:
    """A triangle inside the scene, in a GeoPackage."""
    layer = QgsVectorLayer("Polygon?crs=EPSG:2154&field=nom:string", "commune", "memory")
    x, y = ORIGIN
    feature = QgsFeature(layer.fields())
    feature.setAttributes(["Auch"])
    wkt = f"POLYGON(({x + 5} {y - 5},{x + 55} {y - 5},{x + 30} {y - 45},{x + 5} {y - 5}))"
    feature.setGeometry(QgsGeometry.fromWkt(wkt))
    layer.dataProvider().addFeatures([feature])
    path = str(tmp_path_factory.mktemp("commune") / "commune.gpkg")
    options = QgsVectorFileWriter.SaveVectorOptions()
    QgsVectorFileWriter.writeAsVectorFormatV3(layer, path, layer.transformContext(), options)
    return path


def test_the_provider_has_them(plugin):
    assert [path.stem for path in FILES] == NAMES
    for name in NAMES:
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"ocsia:{name}")
        assert isinstance(algorithm, QgsProcessingModelAlgorithm)
        assert algorithm.canExecute()[0] and algorithm.groupId() == "models"
        assert algorithm.displayName() != algorithm.name() and len(algorithm.shortHelpString()) > 500
        # Every step is an algorithm that exists, and every output has found its kind.
        assert all(child.algorithm() for child in algorithm.childAlgorithms().values())
        destinations = [d for d in algorithm.parameterDefinitions() if d.isDestination()]
        promised = [o for child in algorithm.childAlgorithms().values() for o in child.modelOutputs()]
        assert len(destinations) == len(promised) >= 4


@pytest.mark.skipif(Qgis.QGIS_VERSION_INT >= 32300, reason="the files are written by QGIS 3.22")
def test_they_are_what_the_tool_writes(plugin, tmp_path):
    sys.path.insert(0, str(ROOT))
    from tools.make_models import write

    written = write(tmp_path)
    assert [path.name for path in sorted(written)] == [path.name for path in FILES]
    for path in FILES:
        new = (tmp_path / path.name).read_text(encoding="utf-8")
        assert new == path.read_text(encoding="utf-8"), "run: .venv/qgis/bin/python -m tools.make_models"


def _outputs(folder: Path, **names: str) -> dict[str, str]:
    return {key.replace("__", ":"): str(folder / name) for key, name in names.items()}


@pytest.mark.parametrize(
    ("name", "group", "polygons", "colour"),
    [
        ("couvert_arbore", "ligneux", "COUVERT_ARBORE", "#2f7a25"),
        ("impermeabilisation", "impermeable", "SURFACES_IMPERMEABLES", "#a6aab7"),
    ],
)
def test_a_group_of_a_commune(run, ortho, commune, tmp_path, name, group, polygons, colour):
    outputs = _outputs(
        tmp_path,
        carte__CARTE="map.tif",
        **{f"polygones__{polygons}": "polygons.gpkg"},
        surfaces__SURFACES_PAR_ZONE="zones.gpkg",
        surfaces__TABLEAU_DES_SURFACES="t.csv",
        surfaces__RAPPORT="r.html",
    )
    run(name, ORTHO=ortho, COMMUNE=commune, SURFACE_MIN=2, **outputs)
    codes = read_raster(outputs["carte:CARTE"])[0]
    # A triangle of 50 m x 40 m.
    assert np.count_nonzero(codes) * 0.04 == pytest.approx(1000, rel=0.01) and 101 in codes
    layer = QgsVectorLayer(outputs[f"polygones:{polygons}"])
    assert {f["numero"] for f in layer.getFeatures()} == {101}
    # The style is inside, with the colour and the name of the group, also where no window shows the result.
    layer.loadDefaultStyle()
    (category,) = layer.renderer().categories()
    assert category.value() == "101" and category.label() in {f["classe"] for f in layer.getFeatures()}
    assert category.symbol().color().name() == colour
    with open(outputs["surfaces:TABLEAU_DES_SURFACES"], encoding="utf-8", newline="") as lines:
        rows = {row["key"]: row for row in csv.DictReader(lines)}
    assert "Auch" in Path(outputs["surfaces:RAPPORT"]).read_text(encoding="utf-8")
    assert rows[group]["zone"] == "Auch" and float(rows[group]["area_expected_m2"]) > 0


def test_their_layers_are_called_after_the_output_and_the_image(run, ortho, tmp_path):
    """As a dialog asks for them; by itself QGIS calls them ARGMAX and PREDICTIONS_BRUTES."""
    outputs = _outputs(
        tmp_path,
        prediction__PREDICTIONS_BRUTES="p.tif",
        prediction__ARGMAX="a.tif",
        polygones__POLYGONES="v.gpkg",
        visuel__VISUEL_RVB="rvb.tif",
    )
    project, context = QgsProject(), QgsProcessingContext()
    context.setProject(project)
    wanted = {n: QgsProcessingOutputLayerDefinition(path, project) for n, path in outputs.items()}
    run("dalle_ign", ORTHO=QgsRasterLayer(ortho, "Auch 2025"), context=context, **wanted)
    loaded = {Path(source).name: details for source, details in context.layersToLoadOnCompletion().items()}
    assert {name: details.name for name, details in loaded.items()} == {
        "p.tif": "Prédictions brutes (Auch 2025) – learning",
        "a.tif": "Argmax (Auch 2025) – learning",
        "v.gpkg": "Polygones (Auch 2025) – learning",
        "rvb.tif": "Visuel RVB (Auch 2025) – learning",
    }
    assert all(details.forceName for details in loaded.values())


def test_evolution_through_qgis_process(qgis_process, ortho, commune, tmp_path):  # noqa: F811
    outputs = _outputs(
        tmp_path,
        changement__CHANGEMENTS="c.tif",
        changement__POLYGONES_DES_CHANGEMENTS="p.gpkg",
        changement__STOCKS_ET_FLUX="t.csv",
    )
    inputs = {"ORTHO_AVANT": ortho, "ORTHO_APRES": ortho, "ZONES": commune, "GROUPES": "ligneux"}
    done = qgis_process("evolution", **inputs, **outputs)
    assert done.returncode == 0, done.stdout + done.stderr
    pixels = read_raster(outputs["changement:CHANGEMENTS"])[0]
    assert np.count_nonzero(pixels) and (pixels // 1000 == pixels % 1000).all()  # the same image twice
    with open(outputs["changement:STOCKS_ET_FLUX"], encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert "ligneux" in {row["key"] for row in rows} and all(float(row["net_m2"]) == 0 for row in rows)


def test_a_complete_tile_through_qgis_process(qgis_process, ortho, tmp_path):  # noqa: F811
    outputs = _outputs(
        tmp_path,
        prediction__PREDICTIONS_BRUTES="p.tif",
        prediction__ARGMAX="a.tif",
        polygones__POLYGONES="v.gpkg",
        visuel__VISUEL_RVB="rvb.tif",
        visuel__LEGENDE="legend.png",
    )
    done = qgis_process("dalle_ign", ORTHO=ortho, **outputs)
    assert done.returncode == 0, done.stdout + done.stderr
    assert read_raster(outputs["prediction:PREDICTIONS_BRUTES"]).shape == (15, 250, 300)
    assert read_raster(outputs["visuel:VISUEL_RVB"]).shape == (3, 250, 300)
    total = sum(f["surface_m2"] for f in QgsVectorLayer(outputs["polygones:POLYGONES"]).getFeatures())
    assert total == pytest.approx(60 * 50, rel=1e-9)
    assert Path(outputs["visuel:LEGENDE"]).stat().st_size > 1000
