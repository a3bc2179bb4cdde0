"""The models on the settings page: the table, and buttons that run jobs of the engine in background tasks."""

from __future__ import annotations

import shutil
import time

import pytest
from conftest import ROOT
from qgis.core import QgsNetworkAccessManager
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtNetwork import QNetworkProxy

BUNDLED = "ocsia-naf15-rvb"
FLAIR = "FLAIR-INC_rgb_15cl_resnet34-unet"


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
