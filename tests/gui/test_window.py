"""One real window under Xvfb: QGIS in French runs ``ocsia:predict`` and shows the styled result."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SAMPLE = ROOT / "resources" / "sample" / "ortho_rvb.tif"


@pytest.mark.skipif(not all(map(shutil.which, ("xvfb-run", "qgis"))), reason="needs the QGIS desktop and xvfb-run")
def test_predict_in_a_real_window(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("run_window", HERE / "run_window.py")
    window = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(window)
    out = Path(os.environ.get("OCSIA_SCREENSHOTS") or tmp_path)
    report = window.run(out, SAMPLE, seconds=200)
    assert report["problems"] == []
    wanted = {"preview.png", "dialog.png", "log.png", "classes.png", "report.png", "layout.png", "options.png"}
    assert wanted <= {p.name for p in out.glob("*.png")}
