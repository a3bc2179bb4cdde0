"""The models on the settings page: the table, and buttons that run jobs of the engine in background tasks."""

from __future__ import annotations

import shutil
import time

import pytest
from conftest import ROOT
from qgis.core import QgsNetworkAccessManager
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtNetwork import QNetworkProxy

from tools.onnx_files import SmallModel

BUNDLED = "ocsia-naf15-rvb"
FLAIR = "FLAIR-INC_rgb_15cl_resnet34-unet"
DEEPNESS = {
    "model_type": "Segmentor",
    "class_names": {0: "nothing", 1: "road", 2: "house", 3: "wood"},
    "resolution": 20,
    "tiles_size": 64,
    "standardization_mean": [0.485, 0.456, 0.406],
    "standardization_std": [0.229, 0.224, 0.225],
}


@pytest.fixture()
def box(plugin, tmp_path, monkeypatch):
    """The part of the page, with one imported model named ``mine``; no proxy answers."""
    from ocsia.ocsia_plugin.gui.models import ModelsBox

    monkeypatch.setenv("OCSIA_MODELS", str(tmp_path))
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    shutil.copytree(ROOT / "resources" / "models" / BUNDLED, tmp_path / "mine")
    box = ModelsBox()
    yield box
    wait_until(lambda: box._task is None)
    box.deleteLater()


def wait_until(done, seconds=30):
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it takes too long"
        QCoreApplication.processEvents()
        time.sleep(0.02)


def row_of(box, model_id):
    return next(row for row in range(box.table.rowCount()) if box.table.item(row, 0).text() == model_id)


def buttons(box):
    named = {"fetch": box.fetch_button, "verify": box.verify_button, "delete": box.delete_button}
    return {name for name, button in named.items() if button.isEnabled()}


def test_every_model_with_its_state(box):
    states = {box.table.item(row, 0).text(): box.table.item(row, 1).text() for row in range(box.table.rowCount())}
    assert states[BUNDLED] == "comes with the plugin" and states["mine"] == "installed"
    assert states[FLAIR] == "can be downloaded" and states["gers2019-unet-rvb"] == "file to be imported"


@pytest.mark.parametrize(
    ("model", "enabled"),
    [
        (BUNDLED, {"verify"}),
        ("mine", {"verify", "delete"}),
        (FLAIR, {"fetch"}),
        ("gers2019-unet-rvb", set()),
    ],
)
def test_the_buttons_of_each_state(box, model, enabled):
    assert buttons(box) == set()
    box.table.selectRow(row_of(box, model))
    assert buttons(box) == enabled


def test_verify_runs_in_the_engine(box):
    box.table.selectRow(row_of(box, "mine"))
    box.start("verify")
    assert buttons(box) == set() and not box.cancel_button.isHidden()
    wait_until(lambda: box._task is None)
    assert "model.onnx" in box.message.text() and "sha256" in box.message.text()
    assert box.selected().id == "mine" and buttons(box) == {"verify", "delete"}


def test_what_is_wrong_is_shown(box, tmp_path):
    (tmp_path / "mine" / "model.onnx").write_bytes(b"changed")
    box.table.selectRow(row_of(box, "mine"))
    box.start("verify")
    wait_until(lambda: box._task is None)
    assert "sha256" in box.message.text() and "Download it again" in box.message.text()


def test_delete_takes_the_model_off_the_table(box, tmp_path):
    box.table.selectRow(row_of(box, "mine"))
    box.start("delete")
    wait_until(lambda: box._task is None)
    assert not (tmp_path / "mine").exists()
    assert "mine" not in [box.table.item(row, 0).text() for row in range(box.table.rowCount())]


def test_a_download_can_be_cancelled(box, tmp_path):
    box.table.selectRow(row_of(box, FLAIR))
    box.start("fetch")
    wait_until(lambda: "Next attempt" in box.message.text() or box._task is None)
    box.cancel_button.click()
    wait_until(lambda: box._task is None, 10)
    assert box.message.text() == "Cancelled."
    assert not (tmp_path / FLAIR).exists() and buttons(box) == {"fetch"}


@pytest.mark.parametrize(
    ("proxy", "url"),
    [
        (QNetworkProxy(QNetworkProxy.ProxyType.NoProxy), ""),
        (QNetworkProxy(QNetworkProxy.ProxyType.HttpProxy, "proxy.town", 3128), "http://proxy.town:3128"),
        (
            QNetworkProxy(QNetworkProxy.ProxyType.HttpProxy, "proxy.town", 3128, "a@b", "p:w"),
            "http://a%40b:p%3Aw@proxy.town:3128",
        ),
        (QNetworkProxy(QNetworkProxy.ProxyType.Socks5Proxy, "proxy.town", 1080), ""),
    ],
    ids=["none", "http", "with a password", "socks"],
)
def test_the_proxy_of_qgis(plugin, monkeypatch, proxy, url):
    from ocsia.ocsia_plugin.bridge.proxy import proxy_url

    manager = QgsNetworkAccessManager.instance()
    before = manager.fallbackProxy()
    manager.setFallbackProxyAndExcludes(proxy, [], [])
    try:
        assert proxy_url() == url
    finally:
        manager.setFallbackProxyAndExcludes(before, [], [])


# -- import


def test_a_model_is_imported_from_the_settings_page(box, tmp_path, monkeypatch):
    from ocsia.ocsia_plugin.gui import models

    path = SmallModel(metadata=DEEPNESS).save(tmp_path / "roads.onnx")
    monkeypatch.setattr(models.QFileDialog, "getOpenFileName", staticmethod(lambda *_: (path, "")))
    box.import_button.click()
    assert not box.import_button.isEnabled() and not box.cancel_button.isHidden()
    wait_until(lambda: box._task is None)
    assert "roads" in box.message.text() and "can now be given as model" in box.message.text()
    assert box.selected().id == "roads" and buttons(box) == {"verify", "delete"}
    assert box.more_button.isHidden() and box.import_button.isEnabled()


def test_what_a_model_does_not_say_is_given_in_the_dialog(box, tmp_path, monkeypatch):
    import processing

    path = SmallModel().save(tmp_path / "plain.onnx")
    box.start_import(path)
    wait_until(lambda: box._task is None)
    assert "BANDS" in box.message.text() and "CLASSES" in box.message.text()
    assert not box.more_button.isHidden()
    opened = []
    monkeypatch.setattr(processing, "execAlgorithmDialog", lambda *arguments: opened.append(arguments))
    box.more_button.click()
    assert opened == [("ocsia:importmodel", {"FILE": path})] and box.more_button.isHidden()


def test_a_file_that_nothing_can_be_said_of(box, tmp_path):
    (tmp_path / "page.onnx").write_bytes(b"<html>")
    box.start_import(str(tmp_path / "page.onnx"))
    wait_until(lambda: box._task is None)
    assert "is not a usable ONNX model" in box.message.text() and box.more_button.isHidden()


def test_nothing_is_imported_where_no_file_is_chosen(box, monkeypatch):
    from ocsia.ocsia_plugin.gui import models

    monkeypatch.setattr(models.QFileDialog, "getOpenFileName", staticmethod(lambda *_: ("", "")))
    box.import_button.click()
    assert box._task is None and box.import_button.isEnabled()


def test_an_import_can_be_cancelled(box, tmp_path):
    path = SmallModel(bands=4, outputs=30, metadata={**DEEPNESS, "tiles_size": 4096}).save(tmp_path / "slow.onnx")
    box.start_import(path)
    wait_until(lambda: box.message.text())
    box.cancel_button.click()
    wait_until(lambda: box._task is None, 10)
    assert box.message.text() == "Cancelled." and not (tmp_path / "slow").exists()
    assert box.more_button.isHidden()


def test_warnings_are_still_shown_at_the_end(box, tmp_path):
    metadata = {k: v for k, v in DEEPNESS.items() if not k.startswith("standard")}
    box.start_import(SmallModel(bands=4, metadata=metadata).save(tmp_path / "four.onnx"))
    wait_until(lambda: box._task is None)
    assert "first 4 bands" in box.message.text() and "can now be given" in box.message.text()
