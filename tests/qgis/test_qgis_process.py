"""The whole chain through ``qgis_process``, as on a server: a profile, the plugin enabled, no window."""

from __future__ import annotations

import csv
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, read_raster
from osgeo import gdal
from qgis.core import QgsVectorLayer
from services import front, tile_server

# Debian 12's wrapper hands an option to qgis_process that it does not know.
PROGRAM = shutil.which("qgis_process.bin") or shutil.which("qgis_process")

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="qgis_process is not installed")


@pytest.fixture(scope="module")
def profile(plugin, tmp_path_factory):
    """The environment of a profile with the plugin enabled."""
    import ocsia

    root = tmp_path_factory.mktemp("profile")
    ini = root / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    ini.parent.mkdir(parents=True)
    ini.write_text("[PythonPlugins]\nocsia=true\n", encoding="utf-8")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("QGIS", "LC_", "LANGUAGE"))}
    runtime = root / "run"
    runtime.mkdir(mode=0o700)
    return {
        **kept,
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_RUNTIME_DIR": str(runtime),
        "QGIS_CUSTOM_CONFIG_PATH": str(root),
        "QGIS_PLUGINPATH": str(Path(ocsia.__file__).parents[1]),
    }


@pytest.fixture()
def qgis_process(profile):
    """``qgis_process("predict", INPUT=...)``: the finished process."""

    def call(name, **parameters):
        words = [f"{key}={value}" for key, value in parameters.items()]
        command = [PROGRAM, "run", f"ocsia:{name}", "--", *words]
        return subprocess.run(command, env=profile, capture_output=True, text=True, timeout=120, check=False)

    return call


def test_from_an_ortho_to_surfaces(qgis_process, ortho, tmp_path):
    names = ("p.tif", "c.tif", "a.tif", "v.gpkg", "s.gpkg", "s.csv")
    p, c, a, v, s, table = (str(tmp_path / name) for name in names)
    for name, parameters in (
        ("predict", {"INPUT": ortho, "PROBABILITIES": p, "CLASSES": c}),
        ("argmax", {"INPUT": p, "OUTPUT": a}),
        ("vectorize", {"INPUT": a, "OUTPUT": v}),
        ("surfaces", {"INPUT": p, "OUTPUT": s, "TABLE": table}),
    ):
        done = qgis_process(name, **parameters)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "ResourceWarning" not in done.stderr
    assert (read_raster(a) == read_raster(c)).all()
    layer = QgsVectorLayer(v)
    assert sum(f["surface_m2"] for f in layer.getFeatures()) == pytest.approx(60 * 50, rel=1e-9)
    with open(table, encoding="utf-8-sig", newline="") as lines:
        assert list(csv.reader(lines))
    # What stays: the products and the styles beside them, nothing unfinished.
    assert {Path(name).name for name in (p, c, a, v, s, table)} <= {f.name for f in tmp_path.iterdir()}
    assert not list(tmp_path.glob(".ocsia-*"))


def test_a_refusal_ends_with_an_error_and_the_sentence(qgis_process, tmp_path):
    done = qgis_process("predict", INPUT="/nowhere.tif", CLASSES=tmp_path / "c.tif")
    assert done.returncode != 0
    assert "The raster /nowhere.tif does not exist" in done.stdout + done.stderr
    assert not list(tmp_path.iterdir())


def test_without_an_engine_it_says_how_to_install_one(qgis_process, profile, ortho, tmp_path, monkeypatch):
    monkeypatch.setitem(profile, "OCSIA_ENGINE_PYTHON", "/nowhere/python")
    done = qgis_process("predict", INPUT=ortho, CLASSES=tmp_path / "c.tif")
    assert done.returncode != 0
    assert "install_engine.py" in done.stdout + done.stderr
    assert not list(tmp_path.iterdir())


def test_ctrl_c_leaves_nothing(profile, large_ortho, tmp_path):
    command = [PROGRAM, "run", "ocsia:predict", "--", f"INPUT={large_ortho}", f"CLASSES={tmp_path / 'c.tif'}"]
    process = subprocess.Popen(command, env=profile, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 60
        while not list(tmp_path.glob(".ocsia-*/*.tif*")) + list(tmp_path.glob(".ocsia-*/*/*")):
            assert time.monotonic() < end and process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        process.wait(5)  # two seconds to cancel, the rest for QGIS to leave
    finally:
        process.kill()
        process.wait()
    assert not list(tmp_path.iterdir())


def test_tiles_in_web_mercator_become_lambert_93(qgis_process, tmp_path):
    """By the address of an XYZ layer, as a project without layers would have it."""
    output = str(tmp_path / "o.tif")
    with front() as server:
        server.answer = tile_server(str(ROOT / "resources" / "sample" / "ortho_rvb.tif"), 404)
        source = f"wms://type=xyz&url={server.url}/%7Bz%7D/%7Bx%7D/%7By%7D.png&zmax=19&zmin=0"
        where = "58200,58260,5416000,5416060 [EPSG:3857]"
        done = qgis_process("composeortho", INPUT=source, EXTENT=where, OUTPUT=output)
    assert done.returncode == 0, done.stderr
    assert "made from tiles whose pixels measure 0.216 m" in done.stdout
    result = gdal.Open(output)
    assert result.GetSpatialRef().GetAuthorityCode(None) == "2154"
    assert result.GetGeoTransform()[1::4] == (0.2, -0.2)
    assert len(np.unique(result.ReadAsArray())) > 50
