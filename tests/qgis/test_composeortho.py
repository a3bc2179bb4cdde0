"""The sources of an ortho-image in QGIS: layers become files, composeortho writes what predict sees."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import ORIGIN, read_raster, write_raster
from qgis.core import QgsProcessingException, QgsRasterLayer

from ocsia_plugin.engine.ortho.roles import ROLES


@pytest.fixture(scope="module")
def companions(scene, tmp_path_factory) -> dict[str, str]:
    """IRC, MNS and MNT of the scene, at other resolutions than its own."""
    folder = tmp_path_factory.mktemp("companions")
    mnt = np.full((1, 50, 60), 150, np.float32)
    return {
        "IRC": write_raster(folder / "irc.tif", scene.rgb[:, ::2, ::2], gsd=0.4),
        "MNS": write_raster(folder / "mns.tif", mnt + 4, gsd=1.0),
        "MNT": write_raster(folder / "mnt.tif", mnt, gsd=1.0, nodata=-9999),
    }


def test_composeortho(run, log, ortho, companions, scene, tmp_path):
    output = str(tmp_path / "rvbie.tif")
    layers = {name: QgsRasterLayer(path, name) for name, path in companions.items()}
    result = run("composeortho", INPUT=QgsRasterLayer(ortho, "ortho"), **layers, OUTPUT=output)
    assert result == {"OUTPUT": output}
    image = read_raster(output)
    assert image.shape == (len(ROLES), 250, 300) and (image[:3] == scene.rgb).all() and (image[4] == 20).all()
    layer = QgsRasterLayer(output, "rvbie")
    assert [layer.bandName(i) for i in (1, 4)] == ["Band 1: Rouge", "Band 4: Proche infrarouge"]
    layer.loadDefaultStyle()
    assert (layer.renderer().redBand(), layer.renderer().blueBand()) == (1, 3)
    assert any("interpolated to 0.2 m" in text for text in log.warnings)


def test_a_part_of_it_in_another_crs(run, ortho, tmp_path):
    x, y = ORIGIN
    extent = f"{x + 10},{x + 30},{y - 40},{y - 20} [EPSG:2154]"
    output = str(tmp_path / "o.tif")
    run("composeortho", INPUT=ortho, EXTENT=extent, RESOLUTION=0.5, CRS="EPSG:32631", OUTPUT=output)
    layer = QgsRasterLayer(output, "o")
    assert layer.crs().authid() == "EPSG:32631" and layer.rasterUnitsPerPixelX() == 0.5
    assert layer.width() == pytest.approx(42, abs=3) and read_raster(output).any(axis=0).mean() > 0.9


def test_predict_takes_what_a_model_does_not_need(run, log, ortho, companions, tmp_path):
    alone, together = str(tmp_path / "a.tif"), str(tmp_path / "b.tif")
    run("predict", INPUT=ortho, CLASSES=alone)
    run("predict", INPUT=ortho, CLASSES=together, **companions)
    assert (read_raster(alone) == read_raster(together)).all()


def test_dalles_of_a_series(run, scene, tmp_path):
    for number, part in enumerate((scene.rgb[:, :, :150], scene.rgb[:, :, 150:])):
        corner = (ORIGIN[0] + 30 * number, ORIGIN[1])
        path = write_raster(tmp_path / f"75-2021-0{650 + number}-6862.tif", part, origin=corner)
    output = str(tmp_path / "whole.tif")
    run("composeortho", INPUT=path, DALLES=True, OUTPUT=output)
    assert (read_raster(output)[:3] == scene.rgb).all()


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"MNS": "MNS"}, "give both MNS and MNT"),
        ({"MNS": "MNT", "MNT": "MNS"}, "are probably swapped"),
        ({"IRC": "missing.tif"}, "does not exist"),
        ({"BANDS": "R,V"}, "(BANDS) does not say"),
    ],
)
def test_sources_that_do_not_fit(run, log, ortho, companions, parameters, sentence, tmp_path):
    given = {name: companions.get(value, value) for name, value in parameters.items()}
    output = str(tmp_path / "o.tif")
    with pytest.raises(QgsProcessingException) as refusal:
        run("composeortho", INPUT=ortho, **given, OUTPUT=output)
    assert sentence in str(refusal.value) + " ".join(log.errors) and not list(tmp_path.iterdir())
