"""Dalles in QGIS: a folder of files named as CoSIA's, one styled layer over them, refusals."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import read_raster, write_raster
from qgis.core import QgsProcessingException, QgsRasterLayer


@pytest.fixture(scope="module")
def across(scene, tmp_path_factory) -> str:
    """The scene over the corner of four square kilometres, as if its pixels measured 0.5 m."""
    path = tmp_path_factory.mktemp("across") / "across.tif"
    return write_raster(path, scene.rgb, gsd=0.5, origin=(499920, 6290064))


def test_dalles(run, log, across, tmp_path):
    folder = tmp_path / "dalles"
    options = {"GRID": "1", "DEPARTMENT": "2A", "YEAR": "2022", "RESOLUTION": 0.5, "VECTORS": True}
    assert run("dalles", INPUT=across, OUTPUT=str(folder), **options) == {"OUTPUT": str(folder)}
    names = {f"D02A_2022_{x}_{y}" for x in (499, 500) for y in (6290, 6291)}
    assert {p.name for p in folder.glob("*_argmax.tif")} == {f"{name}_argmax.tif" for name in names}
    assert len(list(folder.glob("*_vecto.gpkg"))) == 4
    assert any("4 dalle(s) of 1 km" in text for text in log.infos)
    layer = QgsRasterLayer(str(folder / "classes.vrt"), "classes")
    layer.loadDefaultStyle()
    assert layer.isValid() and layer.renderer().type() == "paletted"
    assert (read_raster(folder / "classes.vrt") > 0).sum() == 250 * 300


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"CLASSES": False, "CONFIDENCE": False}, "at least one output"),
        ({"NAMING": "../{x}_{y}_{product}"}, "makes no file names"),
        ({"RESOLUTION": 0.3}, "do not fill a kilometre"),
    ],
)
def test_refusals(run, across, tmp_path, options, words):
    with pytest.raises(QgsProcessingException, match=words):
        run("dalles", INPUT=across, OUTPUT=str(Path(tmp_path) / "dalles"), **{"GRID": "1", "RESOLUTION": 0.5} | options)
    assert not (tmp_path / "dalles").exists() or not list((tmp_path / "dalles").iterdir())
