"""The zip that users install: the same to the byte, nothing in it that does not belong, and it works."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT, read_raster

PROGRAM = shutil.which("qgis_process.bin") or shutil.which("qgis_process")


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    from tools.i18n import LRELEASE
    from tools.package import package

    if not any(map(shutil.which, LRELEASE)):
        pytest.skip("Qt's lrelease is not installed (qttools5-dev-tools)")
    if subprocess.run(["git", "rev-parse"], cwd=ROOT, capture_output=True, check=False).returncode != 0:
        pytest.skip("not a git checkout")
    return package(tmp_path_factory.mktemp("package"), "https://example.org/qgis/")


def test_made_again_it_is_the_same(archive, tmp_path):
    from tools.package import package

    again = package(tmp_path / "again")
    assert again.read_bytes() == archive.read_bytes()
    assert archive.stat().st_size < 25_000_000


def test_what_is_inside(archive):
    with zipfile.ZipFile(archive) as content:
        names = content.namelist()
        assert {entry.date_time for entry in content.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        about = content.read("ocsia/metadata.txt").decode("utf-8")
    assert names == sorted(names) and {name.split("/")[0] for name in names} == {"ocsia"}
    assert all(name.isascii() for name in names)
    for wanted in (
        "__init__.py",
        "LICENSE",
        "ocsia_plugin/plugin.py",
        "ocsia_plugin/setup/install.py",
        "resources/engine.lock",
        "resources/engine-gpu.lock",
        "i18n/ocsia_fr.qm",
        "docs/help/fr/predict.html",  # the Help button opens it without a network
    ):
        assert f"ocsia/{wanted}" in names
    assert not [n for n in names if n.endswith((".pyc", ".so", ".dll", ".exe", ".aux.xml")) or "/tests/" in n]
    assert not [n for n in names if "/." in n or "__pycache__" in n]
    assert "Dépendances externes" in about and "External dependencies" in about


def test_the_list_of_a_private_repository(archive):
    plugin = ET.parse(archive.parent / "plugins.xml").getroot().find("pyqgis_plugin")
    assert plugin.get("name") == "OCS-IA" and plugin.get("version") in archive.name
    assert plugin.findtext("download_url") == f"https://example.org/qgis/{archive.name}"
    assert plugin.findtext("file_name") == archive.name and plugin.findtext("qgis_minimum_version") == "3.22"


@pytest.mark.skipif(PROGRAM is None, reason="qgis_process is not installed")
def test_installed_into_a_bare_profile_it_runs_the_demo(archive, ortho, tmp_path, capsys):
    from tools import demo

    profile = tmp_path / "profil nu" / "profiles" / "default"
    plugins = profile / "python" / "plugins"
    plugins.mkdir(parents=True)
    with zipfile.ZipFile(archive) as content:
        content.extractall(plugins)
    for path in plugins.rglob("*"):  # a folder that the user cannot write to
        path.chmod(0o555 if path.is_dir() else 0o444)
    (profile / "QGIS").mkdir()
    (profile / "QGIS" / "QGIS3.ini").write_text(
        "[PythonPlugins]\nocsia=true\n\n[locale]\noverrideFlag=true\nuserLocale=fr\n", encoding="utf-8"
    )
    (tmp_path / "run").mkdir(mode=0o700)
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("QGIS", "LC_", "LANGUAGE"))},
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_RUNTIME_DIR": str(tmp_path / "run"),
        "QGIS_CUSTOM_CONFIG_PATH": str(tmp_path / "profil nu"),
    }
    out = tmp_path / "résultats"
    try:
        demo.chain(Path(ortho), None, out, environment)
    finally:
        for path in plugins.rglob("*"):
            path.chmod(0o755)
    assert "Modèle" in capsys.readouterr().out, "the translation is not inside"
    classes = read_raster(out / "classes.tif")
    assert classes.shape == (1, 250, 300) and set(classes.ravel().tolist()) <= set(range(16))
    assert classes.max() > 0
    with open(out / "surfaces.csv", encoding="utf-8-sig", newline="") as table:
        expected = sum(float(row["area_expected_m2"]) for row in csv.DictReader(table))
    assert expected == pytest.approx(classes.size * 0.2**2, rel=2e-3)  # the projection is not the ellipsoid
    assert (out / "polygones.gpkg").stat().st_size > 0
