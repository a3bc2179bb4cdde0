"""Take the pictures of the documentation in the real QGIS, on a virtual screen.

    /usr/bin/python3 -m tools.help.pictures dialogs     docs/help/{fr,en}/*.png: the dialog of each algorithm
    /usr/bin/python3 -m tools.help.pictures tutorials   docs/tutoriels/images: the tutorials, step by step

``inside.py`` does the work inside QGIS; here the profile is made, QGIS started and its report read. Needs ``qgis``,
``xvfb-run`` and the engine.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "gui"))

import run_window  # noqa: E402

SAMPLE = ROOT / "resources" / "sample"
WORK = Path("/var/tmp/tutoriel")
"""The user's folder in the pictures; not in /tmp, whose layers QGIS marks as temporary."""
SCREEN = "1500x1500x24"
SECONDS = 420


def take(what: str, language: str, out: Path) -> list[str]:
    """Run QGIS once; returns what went wrong."""
    out.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(WORK, ignore_errors=True)
    shutil.copytree(SAMPLE, WORK)
    with tempfile.TemporaryDirectory(prefix="ocsia-pictures-") as name:
        folder = Path(name)
        run_window.make_profile(folder, run_window.engine_python())
        settings = folder / "profiles" / "default" / "QGIS" / "QGIS3.ini"
        text = settings.read_text(encoding="utf-8")
        text = text.replace("userLocale=fr", f"userLocale={language}\nglobalLocale={language}")
        # Nobody reads the reports.
        settings.write_text(f"{text}open_report=false\n", encoding="utf-8")
        (folder / "xdg").mkdir(mode=0o700)
        dropped = ("QT_", "OCSIA_", "QGIS_", "PYTHON")
        environment = {key: value for key, value in os.environ.items() if not key.startswith(dropped)}
        environment |= {
            "PATH": os.pathsep.join((str(Path(shutil.which("qgis")).parent), os.environ.get("PATH", ""))),
            "XDG_RUNTIME_DIR": str(folder / "xdg"),
            "LANG": "C.UTF-8",
            "OCSIA_PICTURES": what,
            "OCSIA_PICTURES_OUT": str(out.resolve()),
            "OCSIA_PICTURES_WORK": str(WORK),
            "OCSIA_PICTURES_REPORT": str(folder / "report.json"),
            "OCSIA_PICTURES_SECONDS": str(SECONDS),
        }
        command = ["xvfb-run", "-a", "-s", f"-screen 0 {SCREEN}", "qgis", "--profiles-path", str(folder)]
        command += ["--profile", "default", "--nologo", "--noversioncheck"]
        command += ["--code", str(Path(__file__).with_name("inside.py"))]
        with (folder / "qgis.log").open("w", encoding="utf-8") as log:
            process = subprocess.Popen(
                command, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
            run_window._wait(process, SECONDS + 60)
        report = folder / "report.json"
        if not report.is_file():
            return ["QGIS wrote no report:", (folder / "qgis.log").read_text(encoding="utf-8")[-2000:]]
        shutil.copy(report, WORK / "journal.json")
        return json.loads(report.read_text(encoding="utf-8"))["problems"]


def main(what: str) -> int:
    """0 where every picture was taken."""
    if run_window.i18n.compile_qm() is None:
        print("Qt's lrelease is not installed: apt-get install qttools5-dev-tools")
        return 1
    if what == "dialogs":
        problems = [p for la in ("fr", "en") for p in take(what, la, ROOT / "docs" / "help" / la)]
    else:
        problems = take(what, "fr", ROOT / "docs" / "tutoriels" / "images")
    print("\n".join(problems) if problems else "every picture was taken")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
