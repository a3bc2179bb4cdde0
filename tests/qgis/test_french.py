"""QGIS in French: the sentences, the algorithms and the names in the products."""

from __future__ import annotations

import re
import shutil

import numpy as np
import pytest
from conftest import ROOT, write_raster
from qgis.core import QgsApplication, QgsProcessingException, QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication

PLACEHOLDER = re.compile(r"\{(\w+)\}")


@pytest.fixture()
def french(plugin, monkeypatch, tmp_path):
    """The plugin's translation, compiled and installed as the plugin does it."""
    from ocsia.ocsia_plugin import plugin as module

    from tools.i18n import compile_qm

    (tmp_path / "i18n").mkdir()
    source = shutil.copy(ROOT / "i18n" / "ocsia_fr.ts", tmp_path / "i18n")
    if compile_qm(tmp_path / "i18n" / "ocsia_fr.ts") is None:
        pytest.skip("Qt's lrelease is not installed (qttools5-dev-tools)")
    monkeypatch.setattr(module, "plugin_root", lambda: tmp_path)
    monkeypatch.setattr(QgsApplication, "locale", staticmethod(lambda: "fr"))
    translator = module._install_translation("fr_FR")
    assert translator is not None, source
    yield translator
    QCoreApplication.removeTranslator(translator)


def test_every_sentence_is_french_and_keeps_its_placeholders(french):
    from ocsia.ocsia_plugin.bridge.messages import sentence
    from ocsia.ocsia_plugin.engine.messages import MESSAGES

    for code, english in MESSAGES.items():
        names = set(PLACEHOLDER.findall(english))
        text = sentence(code, {name: f"<{name}>" for name in names})
        assert text != english.format(**{name: f"<{name}>" for name in names}), code
        assert all(f"<{name}>" in text for name in names), code


def test_numbers_are_as_french_readers_write_them(french):
    from ocsia.ocsia_plugin.bridge.messages import sentence

    def said(code, **params):
        return sentence(code, params).replace("\u202f", " ").replace("\u00a0", " ")

    assert said("info-polygons", count=120_000, area=1234567.5) == "120 000 polygone(s), 1 234 567,5 m²"
    assert said("setup-done", python="C:/10000/2.5") == "Le moteur est installé : C:/10000/2.5"
    # What a user types to find it again stays as it is typed.
    assert "123456" in said("points-outside", count=12_345, total=20_000, path="p.gpkg", fid=123_456)


def test_the_algorithms_are_french(french):
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("ocsia:predict")
    assert algorithm.displayName() != "Predict land cover"
    assert algorithm.group() == "Occupation du sol"
    algorithms = QgsApplication.processingRegistry().providerById("ocsia").algorithms()
    assert len({a.displayName() for a in algorithms}) == len(algorithms)
    assert "Limites" in algorithm.shortHelpString()
    assert "décider" in algorithm.shortHelpString() or "décision" in algorithm.shortHelpString()


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"INPUT": "/nulle/part.tif"}, "n'existe pas"),
        ({"INPUT": "no-crs"}, "système de coordonnées"),
        ({"INPUT": "degrees"}, "degrés"),
        ({"INPUT": "grey"}, "bande"),
    ],
)
def test_a_refusal_is_french(french, run, tmp_path, parameters, words):
    rgb = np.full((3, 40, 40), 128, np.uint8)
    rasters = {
        "no-crs": lambda: write_raster(tmp_path / "a.tif", rgb, crs=None),
        "degrees": lambda: write_raster(tmp_path / "b.tif", rgb, crs="EPSG:4326", gsd=1e-6, origin=(2, 48)),
        "grey": lambda: write_raster(tmp_path / "c.tif", rgb[:1]),
    }
    raster = rasters.get(parameters["INPUT"], lambda: parameters["INPUT"])()
    with pytest.raises(QgsProcessingException) as caught:
        run("predict", INPUT=raster, CLASSES=str(tmp_path / "classes.tif"))
    assert words in str(caught.value).replace("\u2019", "'")  # either apostrophe
    assert not list(tmp_path.glob("classes*"))


def test_the_products_are_french(french, run, log, ortho, tmp_path):
    result = run("predict", INPUT=ortho, CLASSES=str(tmp_path / "c.tif"))
    layer = QgsRasterLayer(result["CLASSES"])
    assert {c.label for c in layer.renderer().classes() if c.value == 1} == {"Bâtiment"}
    assert any(text.startswith("Modèle") for text in log.infos)
