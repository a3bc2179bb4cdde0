"""``importmodel`` through QGIS: a checkpoint becomes a model that ``predict`` knows by name."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import read_raster
from qgis.core import QgsProcessingException

from tools import ign_files

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
