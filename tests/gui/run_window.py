"""Start the real QGIS in a virtual screen, in French, with the plugin, and let it run ``ocsia:predict`` for real.

    /usr/bin/python3 tests/gui/run_window.py --out build/window --input resources/sample/ortho_rvb.tif

``startup.py`` does the work inside QGIS; here the profile is made, QGIS started and its report read. Exit status 0 only
where every step succeeded. Needs ``qgis``, ``xvfb-run`` and the engine.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from tools import i18n  # noqa: E402

SCREEN = "1600x1000x24"
CROP_PIXELS = 900
"""Side of the square in the middle of the image that is predicted: enough to look at, done in seconds."""

PROFILE = """[PythonPlugins]
ocsia=true
processing=true
db_manager=false
MetaSearch=false
grassprovider=false

[qgis]
checkVersion=false

[locale]
overrideFlag=true
userLocale=fr

[ocsia]
engine_python={python}
"""


def engine_python() -> str:
    """The engine's Python as the tests have it: the variable, else the checkout's own. Raises: FileNotFoundError."""
    for candidate in (os.environ.get("OCSIA_ENGINE_PYTHON", ""), str(ROOT / ".engine" / "bin" / "python")):
        if candidate and Path(candidate).is_file():
            return candidate
    raise FileNotFoundError("The engine is not installed: run make engine.")


def make_profile(folder: Path, python: str) -> None:
    """A QGIS profile with the plugin in it, linked to this checkout."""
    settings = folder / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text(PROFILE.format(python=python), encoding="utf-8")
    plugins = folder / "profiles" / "default" / "python" / "plugins"
    plugins.mkdir(parents=True)
    (plugins / "ocsia").symlink_to(ROOT, target_is_directory=True)


def run(out: Path, raster: Path, seconds: float, crop: int = CROP_PIXELS) -> dict[str, Any]:
    """Run QGIS once; what ``startup.py`` reported, with a problem added where QGIS itself did not end well."""
    if i18n.compile_qm() is None:
        raise FileNotFoundError("Qt's lrelease is not installed: apt-get install qttools5-dev-tools")
    out.mkdir(parents=True, exist_ok=True)
    for old in (*out.glob("*.png"), out / "report.json"):
        old.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="ocsia-window-") as name:
        folder = Path(name)
        make_profile(folder, engine_python())
        # QGIS writes statistics beside the rasters that it shows: not into the repository.
        image = Path(shutil.copy(raster, folder))
        (folder / "xdg").mkdir(mode=0o700)
        environment = {
            key: value
            for key, value in os.environ.items()
            # The engine is named by the profile, as a user would; Qt must find the virtual screen.
            if not key.startswith(("QT_", "OCSIA_", "QGIS_", "PYTHON"))
        }
        environment |= {
            # The Python inside QGIS takes its modules from beside the first python3 on the path.
            "PATH": os.pathsep.join((str(Path(shutil.which("qgis")).parent), os.environ.get("PATH", ""))),
            "XDG_RUNTIME_DIR": str(folder / "xdg"),
            "LANG": "C.UTF-8",
            "OCSIA_WINDOW_ROOT": str(ROOT),
            "OCSIA_WINDOW_OUT": str(out.resolve()),
            "OCSIA_WINDOW_INPUT": str(image),
            "OCSIA_WINDOW_CROP": str(crop),
            "OCSIA_WINDOW_SECONDS": str(seconds),
        }
        command = ["xvfb-run", "-a", "-s", f"-screen 0 {SCREEN}", "qgis", "--profiles-path", str(folder)]
        command += ["--profile", "default", "--nologo", "--noversioncheck"]
        command += ["--code", str(Path(__file__).with_name("startup.py"))]
        with (out / "qgis.log").open("w", encoding="utf-8") as log:
            process = subprocess.Popen(
                command, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
            ended = _wait(process, seconds + 60)
    report_file = out / "report.json"
    if report_file.is_file():
        report = json.loads(report_file.read_text(encoding="utf-8"))
    else:
        report = {"problems": ["QGIS wrote no report; see qgis.log"], "shots": []}
    if not ended:
        report["problems"].append(f"QGIS had not ended after {seconds + 60:.0f} s")
    elif process.returncode != 0:
        report["problems"].append(f"QGIS ended with code {process.returncode}")
    return report


def _wait(process: subprocess.Popen, seconds: float) -> bool:
    """Whether ``process`` ended by itself; where it did not, all that it started is ended."""
    try:
        process.wait(seconds)
        return True
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return False


def main() -> int:
    """0 where every step succeeded."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "window", help="folder of the screenshots")
    parser.add_argument("--input", type=Path, default=ROOT / "resources" / "sample" / "ortho_rvb.tif")
    parser.add_argument("--crop", type=int, default=CROP_PIXELS, help="pixels; 0: predict the whole image")
    parser.add_argument("--seconds", type=float, default=150, help="time given to QGIS")
    arguments = parser.parse_args()
    missing = [program for program in ("xvfb-run", "qgis") if shutil.which(program) is None]
    if missing:
        print(f"missing: {', '.join(missing)}")
        return 1
    report = run(arguments.out, arguments.input, arguments.seconds, arguments.crop)
    for shot in report["shots"]:
        print(f"screenshot: {arguments.out / shot}")
    for problem in report["problems"]:
        print(f"PROBLEM: {problem}")
    return 1 if report["problems"] else 0


if __name__ == "__main__":
    sys.exit(main())
