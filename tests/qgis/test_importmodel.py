"""``importmodel`` through QGIS: a checkpoint becomes a model that ``predict`` knows by name."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import read_raster
from qgis.core import QgsProcessingException

from tools import ign_files
from tools.onnx_files import SmallModel

LIGHT = ign_files.skeleton_named("odeon-lightunet")


@pytest.fixture
def checkpoint(tmp_path, monkeypatch):
    monkeypatch.setenv("OCSIA_MODELS", str(tmp_path / "models"))
    return str(ign_files.save(tmp_path / "gers.pth", ign_files.random_weights(LIGHT, 3, 15)))


def test_an_imported_model_is_used_by_its_name(plugin, checkpoint, ortho, tmp_path):
    import processing

    done = processing.run("ocsia:importmodel", {"FILE": checkpoint})
    assert done == {"OUTPUT": "gers"}
    classes = str(tmp_path / "classes.tif")
    processing.run("ocsia:predict", {"INPUT": ortho, "MODEL": done["OUTPUT"], "CLASSES": classes})
    assert set(np.unique(read_raster(classes))) <= set(range(1, 16))


def test_a_name_and_a_nomenclature(plugin, checkpoint):
    import processing

    done = processing.run("ocsia:importmodel", {"FILE": checkpoint, "NAME": "mine", "KIND": "naf15"})
    assert done == {"OUTPUT": "mine"}


def test_a_file_that_is_no_model(plugin, checkpoint, tmp_path):
    import processing

    (tmp_path / "page.pth").write_bytes(b"<html>")
    with pytest.raises(QgsProcessingException, match=r"page\.pth"):
        processing.run("ocsia:importmodel", {"FILE": str(tmp_path / "page.pth")})
    assert not (tmp_path / "models").exists()


ONNX = {"BANDS": "R,V,B", "GSD": 0.2, "MEAN": "0,5; 0,5; 0,5", "STD": "0,25", "CLASSES": "eau; bois; bâti; route"}


@pytest.fixture
def onnx(tmp_path, monkeypatch):
    monkeypatch.setenv("OCSIA_MODELS", str(tmp_path / "models"))
    return SmallModel().save(tmp_path / "others.onnx")


def test_an_onnx_model_of_others(plugin, onnx, ortho, tmp_path):
    """Told once, then known by its name; its classes are in the raster and its style."""
    import processing
    from qgis.core import QgsRasterLayer

    with pytest.raises(QgsProcessingException, match=r"BANDS.*GSD.*MEAN.*CLASSES"):
        processing.run("ocsia:importmodel", {"FILE": onnx})
    done = processing.run("ocsia:importmodel", {"FILE": onnx, **ONNX, "TILE": 64, "HALO": 0})
    assert done == {"OUTPUT": "others"} == processing.run("ocsia:importmodel", {"FILE": onnx})
    classes, polygons = str(tmp_path / "classes.tif"), str(tmp_path / "p.gpkg")
    processing.run("ocsia:predict", {"INPUT": ortho, "MODEL": "others", "CLASSES": classes})
    assert set(np.unique(read_raster(classes))) <= {1, 2, 3, 4}
    layer = QgsRasterLayer(classes, "c")
    labels = {c.value: c.label for c in layer.renderer().classes()}
    assert labels == {1: "eau", 2: "bois", 3: "bâti", 4: "route"}
    processing.run("ocsia:vectorize", {"INPUT": classes, "OUTPUT": polygons})


def test_a_wrong_value_is_a_sentence(plugin, onnx):
    import processing

    with pytest.raises(QgsProcessingException, match="BANDS = 'R, V' cannot be used"):
        processing.run("ocsia:importmodel", {"FILE": onnx, **ONNX, "BANDS": "R,V"})
