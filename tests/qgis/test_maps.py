"""Pictures, changes, neighbourhoods and comparisons through QGIS, and through ``qgis_process`` as on a server."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from conftest import read_raster, write_raster
from qgis.core import QgsProcessingException, QgsRasterLayer
from qgis.PyQt.QtGui import QImage


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
