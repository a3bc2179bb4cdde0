"""The engine's process seen from QGIS: what it says, how it ends, and that it never outlives its parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsProcessingException
from qgis.PyQt.QtCore import QTimer

ENGINE = """
import json, os, sys, time
job = json.loads(sys.stdin.readline())
def say(**event):
    print(json.dumps(event), flush=True)
def main():
    say(event="progress", value=0.25)
{body}
"""


@pytest.fixture()
def engine(plugin, monkeypatch, tmp_path):
    """``engine("say(event='done')")``: replace the engine's worker by a few lines, run in this very Python."""
    from ocsia.ocsia_plugin.bridge import child

    package = tmp_path / "fake" / "ocsia_plugin" / "engine"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package.parent / "__init__.py").touch()
    monkeypatch.setattr(child, "plugin_root", lambda: tmp_path / "fake")
    monkeypatch.setenv("OCSIA_ENGINE_PYTHON", f"{sys.exec_prefix}/bin/python3")

    def write(*lines):
        (package / "worker.py").write_text(ENGINE.format(body="".join(f"    {line}\n" for line in lines)))

    return write


@pytest.fixture()
def run_job(engine, log, tmp_path):
    """Run a job with an output in ``tmp_path / "out"``."""
    from ocsia.ocsia_plugin.bridge.worker import run_job
    from ocsia.ocsia_plugin.engine.jobs import ArgmaxJob

    (tmp_path / "out").mkdir()
    return lambda: run_job(ArgmaxJob(input="in.tif", output=str(tmp_path / "out" / "c.tif")), log)


def test_events_become_feedback(engine, run_job, log):
    engine(
        "print('a library talks')",
        "say(event='info', code='info-tile', params={'tile': 512, 'halo': 64, 'count': 3})",
        "say(event='warning', code='warn-gsd', params={'gsd': '0.6'})",
        "say(event='product', path='/x/é.tif', product='classes')",
        "say(event='done', results={'OUTPUT': '/x/é.tif'})",
        "return 0",
    )
    assert run_job() == {"OUTPUT": "/x/é.tif"}
    assert log.values == [25.0]
    assert log.infos == ["Tile: 512 pixels, halo 64, 3 tiles", "Written: /x/é.tif"]
    assert len(log.warnings) == 1 and "0.6 m" in log.warnings[0]


def test_each_job_has_an_id_and_the_language_of_qgis(engine, run_job, monkeypatch):
    engine("say(event='done', results=job)", "return 0")
    monkeypatch.setattr(QgsApplication, "locale", staticmethod(lambda: "en_GB"))
    first = run_job()
    monkeypatch.setattr(QgsApplication, "locale", staticmethod(lambda: "fr"))
    second = run_job()
    assert first["job_id"] and second["job_id"] and first["job_id"] != second["job_id"]
    assert (first["lang"], second["lang"]) == ("en", "fr")


def test_an_error_becomes_its_sentence(engine, run_job, tmp_path):
    engine(
        "os.makedirs(os.path.join(os.path.dirname(job['output']), '.ocsia-' + job['job_id']))",
        "say(event='error', code='zones-outside', params={'path': 'z.gpkg'})",
        "return 1",
    )
    with pytest.raises(QgsProcessingException, match=r"None of the zones touches z\.gpkg"):
        run_job()
    assert not list((tmp_path / "out").iterdir())


def test_an_unknown_code_is_shown_as_it_came(engine, run_job):
    engine("say(event='error', code='too-new', params={'x': 1})", "return 1")
    with pytest.raises(QgsProcessingException, match="too-new"):
        run_job()


def test_a_sudden_death_shows_the_end_of_the_log(engine, run_job, tmp_path):
    engine(
        "os.makedirs(os.path.join(os.path.dirname(job['output']), '.ocsia-' + job['job_id']))",
        "print('CUDA fell over', file=sys.stderr, flush=True)",
        "os.kill(os.getpid(), 9)",
    )
    with pytest.raises(QgsProcessingException, match=r"stopped unexpectedly \(code -9\)[\s\S]*CUDA fell over"):
        run_job()
    assert not list((tmp_path / "out").iterdir())


def test_a_lot_of_noise_does_not_block(engine, run_job):
    engine(
        "for i in range(20000): print('x' * 50, file=sys.stderr)",
        "say(event='done', results={})",
        "return 0",
    )
    assert run_job() == {}


def test_a_child_that_does_not_leave_after_it_is_done(engine, run_job, monkeypatch):
    from ocsia.ocsia_plugin.bridge import worker

    monkeypatch.setattr(worker, "_FAREWELL_SECONDS", 0.3)
    engine("say(event='done', results={'a': 1})", "time.sleep(60)")
    start = time.monotonic()
    assert run_job() == {"a": 1}
    assert time.monotonic() - start < 5


def test_a_child_that_ignores_cancel_is_killed(engine, run_job, log, tmp_path):
    engine(
        "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)",
        "os.makedirs(os.path.join(os.path.dirname(job['output']), '.ocsia-' + job['job_id']))",
        "say(event='progress', value=0.5)",
        "time.sleep(60)",
    )
    log.progressChanged.connect(lambda value: log.cancel() if value == 50 else None)
    start = time.monotonic()
    assert run_job() is None
    assert time.monotonic() - start < 3
    assert not list((tmp_path / "out").iterdir())


def test_a_run_in_the_thread_of_the_windows_hears_of_a_cancel(engine, run_job, log):
    """As in a graphical model or a batch, while the engine has nothing to say."""
    engine("time.sleep(60)", "return 0")
    QTimer.singleShot(1000, log.cancel)  # the click
    start = time.monotonic()
    assert run_job() is None
    assert time.monotonic() - start < 1 + 2


def test_the_child_gets_a_cleaned_environment_and_ours_stays(engine, run_job, monkeypatch):
    set_by_qgis = {"PYTHONPATH": "/q", "PYTHONHOME": "/q", "PROJ_LIB": "/q", "GDAL_DATA": "/q", "QT_PLUGIN_PATH": "/q"}
    from ocsia.ocsia_plugin.bridge.environment import child_environment

    for name, value in set_by_qgis.items():
        monkeypatch.setenv(name, value)
    before = dict(os.environ)
    environment = child_environment()
    assert not set(set_by_qgis) & set(environment)
    assert environment["PYTHONNOUSERSITE"] == "1"
    assert environment["PATH"] == os.environ["PATH"]
    engine("say(event='done', results=dict(os.environ))", "return 0")
    seen = run_job()
    assert not {name for name in seen if name.startswith(("PROJ_", "GDAL_", "QT_"))}
    assert {name for name in seen if name.startswith("PYTHON")} == {"PYTHONNOUSERSITE", "PYTHONIOENCODING"}
    assert dict(os.environ) == before


def test_the_status_of_the_real_engine(plugin, monkeypatch):
    from ocsia.ocsia_plugin.bridge.environment import engine_status, locate_engine

    status = engine_status(refresh=True)
    assert status.ok, status
    assert status.python == locate_engine().python
    assert {"python", "onnxruntime", "rasterio"} <= set(status.versions)
    start = time.monotonic()
    assert engine_status() is status
    assert time.monotonic() - start < 0.05
    monkeypatch.setenv("OCSIA_ENGINE_PYTHON", "/bin/false")
    assert engine_status().problem == "engine-broken"


def test_where_the_engine_is_looked_for(plugin, monkeypatch, tmp_path):
    from ocsia.ocsia_plugin.bridge import environment
    from qgis.core import QgsSettings

    def make(folder) -> str:
        python = environment.python_in(folder)
        python.parent.mkdir(parents=True)
        python.touch()
        return str(python)

    monkeypatch.delenv(environment.VARIABLE, raising=False)
    monkeypatch.setattr(environment, "plugin_root", lambda: tmp_path / "plugin")
    monkeypatch.setattr(environment, "default_folder", lambda: tmp_path / "user")
    assert environment.locate_engine().problem == "engine-missing"
    found = [make(tmp_path / "user")]
    assert (environment.locate_engine().source, environment.locate_engine().python) == ("user", found[-1])
    found.append(make(tmp_path / "plugin" / ".engine"))
    assert (environment.locate_engine().source, environment.locate_engine().python) == ("plugin", found[-1])
    try:
        QgsSettings().setValue(environment.SETTING, found[0])
        assert (environment.locate_engine().source, environment.locate_engine().python) == ("setting", found[0])
        monkeypatch.setenv(environment.VARIABLE, found[1])
        assert (environment.locate_engine().source, environment.locate_engine().python) == ("variable", found[1])
    finally:
        QgsSettings().remove(environment.SETTING)


def test_cancel_is_answered_within_two_seconds(run, log, large_ortho, tmp_path):
    cancelled = []

    def cancel_later():
        _wait_for(lambda: list(tmp_path.glob(".ocsia-*/*.tif*")) or list(tmp_path.glob(".ocsia-*/*/*")))
        time.sleep(0.5)
        cancelled.append(time.monotonic())
        log.cancel()

    thread = threading.Thread(target=cancel_later)
    thread.start()
    result = run("predict", INPUT=large_ortho, CLASSES=str(tmp_path / "c.tif"), PROBABILITIES=str(tmp_path / "p.tif"))
    answered = time.monotonic()
    thread.join()
    assert cancelled and answered - cancelled[0] < 2
    assert "Cancelled: no file was written or replaced." in log.infos
    assert "CLASSES" not in result
    assert not list(tmp_path.iterdir())


PARENT = """
import sys
sys.path[:0] = [{link!r}, {plugins!r}]
from qgis.core import QgsApplication, QgsProcessingFeedback
app = QgsApplication([], False)
app.initQgis()
from processing.core.Processing import Processing
Processing.initialize()
import ocsia, processing
plugin = ocsia.classFactory(None)
plugin.initProcessing()
processing.run("ocsia:predict", {parameters!r})
"""


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="finds the child through /proc (Linux)")
def test_the_child_dies_with_its_parent(plugin, large_ortho, tmp_path):
    import ocsia
    from qgis.core import QgsApplication

    out = tmp_path / "out"
    out.mkdir()
    script = tmp_path / "parent.py"
    parameters = {"INPUT": large_ortho, "CLASSES": str(out / "c.tif")}
    link = str(Path(ocsia.__file__).parents[1])
    plugins = str(Path(QgsApplication.pkgDataPath()) / "python" / "plugins")
    script.write_text(PARENT.format(link=link, plugins=plugins, parameters=parameters))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    parent = subprocess.Popen([sys.executable, str(script)], env=environment, start_new_session=True)
    try:
        _wait_for(lambda: list(out.glob(".ocsia-*/*.tif*")) or list(out.glob(".ocsia-*/*/*")), 60)
        children = _children(parent.pid)
        assert children
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        _wait_for(lambda: not any(_alive(pid) for pid in children), 3)
        assert not list(out.iterdir())
    finally:
        parent.kill()
        parent.wait()


def _wait_for(condition, seconds=30.0):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def _children(pid) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def _alive(pid) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"
