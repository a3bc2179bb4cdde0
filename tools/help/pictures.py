"""Take the pictures of the documentation in the real QGIS, on a virtual screen, in French and in English.

    /usr/bin/python3 -m tools.help.pictures dialogs     docs/help/{fr,en}/*.png: the dialog of each algorithm
    /usr/bin/python3 -m tools.help.pictures tutorials   docs/{tutoriels,tutorials}/images, step by step

The same code on the same machine makes the same bytes. The modules ``studio``, ``dialogs`` and ``tutorials`` work
inside QGIS; here a user is made who has the plugin and the engine and nothing else, QGIS is started and its report
read. Needs ``qgis``, ``xvfb-run`` and the engine.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path

from .. import package

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "gui"))

import run_window  # noqa: E402

SAMPLE = ROOT / "resources" / "sample"
WORK = {"fr": Path("/var/tmp/tutoriel"), "en": Path("/var/tmp/tutorial")}
"""The user's folder in the pictures; not in /tmp, whose layers QGIS marks as temporary."""
FOLDERS = {
    "dialogs": {"fr": ROOT / "docs" / "help" / "fr", "en": ROOT / "docs" / "help" / "en"},
    "tutorials": {"fr": ROOT / "docs" / "tutoriels" / "images", "en": ROOT / "docs" / "tutorials" / "images"},
}
SCREEN = "1500x1500x24"
SECONDS = 420


def take(what: str, language: str, plugin: list[Path]) -> list[str]:
    """Run QGIS once with the plugin made of these files; returns what went wrong."""
    out, work = FOLDERS[what][language], WORK[language]
    out.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(SAMPLE, work)
    home = work / "home"
    (home / "run").mkdir(mode=0o700, parents=True)
    make_user(home, language, plugin)
    report, log = home / "report.json", home / "qgis.log"
    # The engine is found as a user's is, what earlier runs took is not known, and no path of this machine is shown.
    dropped = ("QT_", "OCSIA_", "QGIS_", "PYTHON", "XDG_")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(dropped)}
    environment |= {
        "PATH": os.pathsep.join((str(Path(shutil.which("qgis")).parent), os.environ.get("PATH", ""))),
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "LANG": "C.UTF-8",
        # The order of a set's or a dictionary's members must not depend on the run.
        "PYTHONHASHSEED": "0",
        "QT_HASH_SEED": "0",
        "OCSIA_PICTURES": what,
        "OCSIA_PICTURES_ROOT": str(ROOT),
        "OCSIA_PICTURES_LANGUAGE": language,
        "OCSIA_PICTURES_OUT": str(out),
        "OCSIA_PICTURES_WORK": str(work),
        "OCSIA_PICTURES_REPORT": str(report),
        "OCSIA_PICTURES_SECONDS": str(SECONDS),
    }
    # Each its own numbers of screens: xvfb-run's search for a free one is no lock.
    screens = str(100 * (1 + list(WORK).index(language)))
    command = ["xvfb-run", "-a", "-n", screens, "-s", f"-screen 0 {SCREEN}", "qgis", "--profiles-path", str(home)]
    command += ["--profile", "default", "--nologo", "--noversioncheck"]
    command += ["--code", str(Path(__file__).with_name("inside.py"))]
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(
            command, env=environment, stdout=stream, stderr=subprocess.STDOUT, start_new_session=True
        )
        run_window._wait(process, SECONDS + 60)
    if not report.is_file():
        return ["QGIS wrote no report:", log.read_text(encoding="utf-8")[-2000:]]
    return json.loads(report.read_text(encoding="utf-8"))["problems"]


def make_user(home: Path, language: str, files: list[Path]) -> None:
    """A profile with the plugin as its zip installs it, and the engine where its button does."""
    run_window.make_profile(home, "")
    settings = home / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    text = settings.read_text(encoding="utf-8")
    text = text.replace("userLocale=fr", f"userLocale={language}\nglobalLocale={language}")
    # Nobody reads the reports.
    settings.write_text(f"{text}open_report=false\n", encoding="utf-8")
    plugin = home / "profiles" / "default" / "python" / "plugins" / "ocsia"
    plugin.unlink()
    for file in files:
        (plugin / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, plugin / file)
    engine = home / ".local" / "share" / "ocsia" / "engine"
    engine.parent.mkdir(parents=True)
    engine.symlink_to(Path(run_window.engine_python()).parents[1], target_is_directory=True)


def main(what: str) -> int:
    """0 where every picture was taken."""
    files = package.files()
    # QGIS waits most of the time, for a window that is laid out or a map that is drawn.
    with ThreadPoolExecutor() as pool:
        problems = list(chain.from_iterable(pool.map(lambda language: take(what, language, files), FOLDERS[what])))
    print("\n".join(problems) if problems else "every picture was taken")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
