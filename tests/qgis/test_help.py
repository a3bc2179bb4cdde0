"""The help pages: one per algorithm and language, as the algorithms say it now, opened from the plugin's own folder."""

from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import ROOT
from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QColor, QImage

PAGES = ROOT / "docs" / "help"
LARGEST_BYTES = 3_000_000


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_algorithm_opens_its_page(plugin, monkeypatch, language):
    monkeypatch.setattr(QgsApplication, "locale", staticmethod(lambda: language))
    algorithms = QgsApplication.processingRegistry().providerById("ocsia").algorithms()
    index = (PAGES / language / "index.html").read_text(encoding="utf-8")
    for algorithm in algorithms:
        url = QUrl(algorithm.helpUrl())
        assert url.isLocalFile() and url.toLocalFile().endswith(f"docs/help/{language}/{algorithm.name()}.html")
        text = (PAGES / language / f"{algorithm.name()}.html").read_text(encoding="utf-8")
        assert all(f"<code>{d.name()}</code>" in text for d in algorithm.parameterDefinitions())
        assert f'href="{algorithm.name()}.html"' in index
    assert len(algorithms) == len(list((PAGES / language).glob("*.html"))) - 1


def test_the_repository_stands_in_for_a_page_that_is_missing(plugin):
    from ocsia.ocsia_plugin.bridge.help import help_url

    assert help_url("nothing").startswith("https://")


def test_few_colours_keep_a_thin_grey_line_and_a_small_red_mark(tmp_path):
    from tools.help.palette import COLOURS, save

    image = QImage(200, 50, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    for x in range(150):  # more colours than are kept, the greys of smooth letters
        for y in range(10):
            image.setPixelColor(x, y, QColor(x, x, x + 5))
    for y in range(20, 50):
        image.setPixelColor(33, y, QColor("#dddddd"))
    image.setPixelColor(120, 30, QColor("#cc0000"))
    paths = [tmp_path / "a.png", tmp_path / "b.png"]
    for path in paths:
        save(image, path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    small = QImage(str(paths[0]))
    assert 2 < small.colorCount() <= COLOURS
    found = [small.pixelColor(*place).name() for place in ((33, 40), (120, 30), (199, 49))]
    assert found == ["#dddddd", "#cc0000", "#ffffff"]


def test_they_are_small():
    assert sum(path.stat().st_size for path in PAGES.rglob("*")) < LARGEST_BYTES


@pytest.mark.skipif(Qgis.QGIS_VERSION_INT >= 32300, reason="the pages are written by QGIS 3.22")
def test_they_say_what_the_algorithms_say(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "tools.help.pages", str(tmp_path)], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for page in tmp_path.glob("*/*.html"):
        committed = PAGES / page.relative_to(tmp_path)
        assert page.read_text(encoding="utf-8") == committed.read_text(encoding="utf-8"), "run: make help-pages"
