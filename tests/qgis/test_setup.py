"""The engine installed from QGIS: by the algorithm, and by the button of the settings page."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsProcessingException
from qgis.PyQt.QtCore import QCoreApplication

INSTALL_SECONDS = 400


@pytest.fixture()
def data(plugin, tmp_path, monkeypatch):
    """A user's data folder with spaces and accents, and no engine anywhere."""
    from ocsia.ocsia_plugin.bridge import environment

    data = tmp_path / "Données d'été à la mairie"
    monkeypatch.setenv("XDG_DATA_HOME", str(data))
    monkeypatch.delenv("OCSIA_ENGINE_PYTHON", raising=False)
    monkeypatch.setattr(environment, "plugin_root", lambda: tmp_path)
    return data


@pytest.fixture()
def box(data):
    from ocsia.ocsia_plugin.gui.installing import InstallBox

    box = InstallBox()
    yield box
    box._cancel()
    wait_until(lambda: box._task is None)
    box.deleteLater()


def wait_until(done, seconds=120.0):
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it takes too long"
        QCoreApplication.processEvents()
        time.sleep(0.02)


def collecting(box) -> bool:
    """Whether pip, or uv, has begun with the libraries."""
    words = ("Collecting", "Processing", "Downloading", "Resolved")
    return any(word in line for line in box._task.lines for word in words) if box._task else True


def test_cancel_retry_use_and_remove(box, data, monkeypatch):
    """One real installation."""
    from ocsia.ocsia_plugin.bridge.environment import engine_status, locate_engine

    assert box.install_button.text() == "Install the engine" and not box.remove_button.isEnabled()
    box.start()
    assert not box.cancel_button.isHidden() and box.install_button.isHidden()
    wait_until(lambda: collecting(box), INSTALL_SECONDS)
    box.cancel_button.click()
    wait_until(lambda: box._task is None)
    if "network" in box.message.text():
        pytest.skip(f"no package index: {box.message.text()}")
    assert box.message.text() == "Cancelled; nothing was changed."
    assert [path.name for path in (data / "ocsia").iterdir()] == [".engine.lock"]

    changes = []
    box.changed.connect(lambda: changes.append(locate_engine().source))
    box.start()
    wait_until(lambda: box._task is None, INSTALL_SECONDS)
    if "network" in box.message.text():
        pytest.skip(f"no package index: {box.message.text()}")
    assert box.message.text().startswith("The engine is installed: "), box.log.toPlainText()
    assert changes == ["user"] and "100" in str(box.progress.value())
    status = engine_status(refresh=True)
    assert status.ok and Path(status.python).is_relative_to(data) and status.versions["onnxruntime"]
    assert box.install_button.text() == "Repair the engine"

    box.start_removal()
    wait_until(lambda: box._task is None)
    assert box.message.text().startswith("The engine has been removed from")
    assert locate_engine().problem == "engine-missing"


def test_two_pages_show_one_installation(box):
    from ocsia.ocsia_plugin.gui.installing import InstallBox, SetupTask

    box.start()
    other = InstallBox()
    assert other._task is box._task is SetupTask.running and not other.cancel_button.isHidden()
    other.cancel_button.click()
    wait_until(lambda: box._task is None and other._task is None)
    assert SetupTask.running is None and box.message.text() == other.message.text() == "Cancelled; nothing was changed."
    other.deleteLater()


def test_a_refusal_is_shown_and_it_can_be_tried_again(box, tmp_path):
    box.wheels_widget.setFilePath(str(tmp_path))
    box.start()
    wait_until(lambda: box._task is None)
    assert "holds no wheel" in box.message.text() and not box.install_button.isHidden()


def test_the_card_is_said_and_the_variant_can_be_chosen(box, tmp_path, monkeypatch):
    tool = tmp_path / "nvidia-smi"
    tool.write_text("#!/bin/sh\necho NVIDIA RTX A2000, 550.90, 12282 MiB\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert [box.variant_box.itemData(i) for i in range(box.variant_box.count())] == ["cpu", "gpu"]
    assert box.variant_box.currentData() == "cpu", "the card is said, the choice is the user's"
    box.show()
    wait_until(lambda: box.card_label.text())
    assert "NVIDIA RTX A2000" in box.card_label.text()
    box.hide()


def test_the_algorithm_needs_no_engine(run, data, tmp_path):
    registry = QgsApplication.processingRegistry()
    assert not registry.algorithmById("ocsia:predict").canExecute()[0]
    assert registry.algorithmById("ocsia:setup").canExecute() == (True, "")
    with pytest.raises(QgsProcessingException, match="holds no wheel"):
        run("setup", WHEELS=str(tmp_path))
    with pytest.raises(QgsProcessingException, match="cannot be made with /nowhere/python"):
        run("setup", PYTHON="/nowhere/python")


def test_a_python_without_a_dot_in_its_name_can_be_named(plugin):
    named = QgsApplication.processingRegistry().algorithmById("ocsia:setup").parameterDefinition("PYTHON")
    assert named.checkValueIsAcceptable("/usr/bin/python3") and named.checkValueIsAcceptable("C:/Python/python.exe")


def test_an_engine_that_is_up_to_date_is_left_alone(run, data, log):
    from ocsia.ocsia_plugin.setup.places import default_folder, note_of, python_in, write_note

    python = python_in(default_folder())
    python.parent.mkdir(parents=True)
    python.touch()
    write_note(default_folder(), note_of("cpu"))
    assert run("setup")["OUTPUT"] == str(python)
    assert any("nothing to do" in info for info in log.infos) and not log.warnings


def test_the_proxy_of_qgis_replaces_that_of_the_system():
    from ocsia.ocsia_plugin.bridge.setup import setup_environment

    system = {"https_proxy": "http://old:1", "PATH": "/bin"}
    assert setup_environment(system, "") == system
    assert setup_environment(system, "http://proxy.town:3128") == {
        "PATH": "/bin",
        **dict.fromkeys(("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"), "http://proxy.town:3128"),
    }


def test_authorities_of_qgis_are_handed_on(data):
    from ocsia.ocsia_plugin.bridge.setup import request

    assert request("cpu").certificates.count("BEGIN CERTIFICATE") > 10


@pytest.mark.parametrize(
    ("gpu", "why", "words"),
    [
        (True, "", "A GPU can be used"),
        (None, "", "No GPU:"),
        (False, "", "NVIDIA driver"),
        (False, "no kernel image", "(no kernel image)"),
    ],
)
def test_the_settings_page_says_which_device_does_the_work(gpu, why, words):
    from ocsia.ocsia_plugin.bridge.environment import EngineStatus
    from ocsia.ocsia_plugin.gui.options import _details

    versions = {"python": "3.12.1", "onnxruntime": "1.32.0", "gpu": gpu, "why": why}
    status = EngineStatus("/python", "user", versions=versions)
    assert words in _details(status).splitlines()[-1]
