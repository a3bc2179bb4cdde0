"""Which Python runs the engine, and the environment variables that it gets.

The engine brings its own GDAL and PROJ (in rasterio's wheels), which clash with those of QGIS inside one process. It
therefore runs in a Python of its own, and what points QGIS's libraries to their data must not reach it.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qgis.core import QgsSettings

from ..setup import probe as trial
from ..setup.places import default_folder, python_in

VARIABLE = "OCSIA_ENGINE_PYTHON"
SETTING = "ocsia/engine_python"

_DROPPED_PREFIXES = ("PYTHON", "PROJ_", "GDAL_", "QT_")
_DROPPED = ("LD_PRELOAD", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")

_PROBE_SECONDS = 60

_EVERYWHERE = ("GTiff", "COG", "JP2OpenJPEG", "VRT", "PNG", "JPEG")
"""GDAL's drivers that every engine has."""
_JPEG2000 = ("JP2ECW", "JP2KAK", "JP2MrSID", "JP2Lura")
"""Other drivers of a format that the engine reads with its own."""

_probed: dict[tuple[str, int], EngineStatus] = {}


@dataclass(frozen=True)
class EngineStatus:
    """Where the engine's Python is and whether it can be used.

    Attributes:
        python: path of the interpreter; empty: none was found.
        source: what named it: ``variable``, ``setting``, ``plugin`` or ``user``; empty: nothing did.
        problem: code of ``engine.messages.MESSAGES`` that says why it cannot be used; empty: it can.
        params: parameters of that message.
        versions: what ``setup.probe.answer`` says; empty until it was probed.
    """

    python: str = ""
    source: str = ""
    problem: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, Any] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether nothing speaks against using it."""
        return not self.problem


def plugin_root() -> Path:
    """The folder that holds ``ocsia_plugin``: the plugin's own in a profile, the repository's in a checkout."""
    return Path(__file__).resolve().parents[2]


def install_command() -> str:
    """What to type in a terminal to install the engine where ``locate_engine`` finds it."""
    python = "py -3" if os.name == "nt" else "python3"
    return f'{python} "{plugin_root() / "ocsia_plugin" / "install_engine.py"}"'


def locate_engine() -> EngineStatus:
    """The engine's Python, by looking for the file only: cheap enough for each refresh of the toolbox.

    What the user named wins even where it is wrong: silently running another engine would be worse than saying so.
    """
    named = (("variable", os.environ.get(VARIABLE, "")), ("setting", QgsSettings().value(SETTING, "") or ""))
    for source, text in named:
        if not text:
            continue
        if Path(text).is_file():
            return EngineStatus(text, source)
        return missing_python(text, source)
    for source, environment in (("plugin", plugin_root() / ".engine"), ("user", default_folder())):
        python = python_in(environment)
        if python.is_file():
            return EngineStatus(str(python), source)
    return EngineStatus(problem="engine-missing", params={"command": install_command()})


def missing_python(python: str, source: str) -> EngineStatus:
    """What to say of an interpreter that was named but does not exist."""
    return EngineStatus(python, source, "engine-python-missing", {"python": python, "command": install_command()})


def engine_status(refresh: bool = False) -> EngineStatus:
    """As ``locate_engine``, after starting the interpreter once to see whether it has its libraries.

    The answer is kept until the interpreter's file changes; ``refresh`` asks again. The first call takes about a
    second.
    """
    engine = locate_engine()
    if not engine.ok:
        return engine
    key = (engine.python, os.stat(engine.python).st_mtime_ns)
    if refresh or key not in _probed:
        _probed[key] = probe(engine)
    return _probed[key]


def engine_reads(driver: str) -> bool:
    """Whether the engine's GDAL has a driver for what QGIS's opens with ``driver``; asks the engine for rare ones."""
    if driver in _EVERYWHERE or driver in _JPEG2000:
        return True
    known = engine_status().versions.get("drivers")
    return known is None or driver in known


def child_environment() -> dict[str, str]:
    """A copy of the environment for the engine, without what steers QGIS's Python, GDAL, PROJ and Qt."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith(_DROPPED_PREFIXES) and name not in _DROPPED
    }
    return {**kept, "PYTHONNOUSERSITE": "1", "PYTHONIOENCODING": "utf-8"}


def start_options() -> dict[str, Any]:
    """Options of ``subprocess`` shared by all children: environment, folder, encoding, and no console on Windows.

    The working folder is the plugin's, the one folder whose modules Python may find there anyway.
    """
    options: dict[str, Any] = {
        "env": child_environment(),
        "cwd": str(plugin_root()),
        "encoding": "utf-8",
        "errors": "replace",
    }
    if os.name == "nt":
        options["creationflags"] = subprocess.CREATE_NO_WINDOW  # type: ignore[attr-defined]
    else:
        # Ctrl+C in a terminal must reach QGIS alone, which then cancels the engine in its own way.
        options["start_new_session"] = True
    return options


def probe(engine: EngineStatus) -> EngineStatus:
    """Start the interpreter of ``engine`` and ask for its libraries; takes about a second."""

    def broken(reason: str) -> EngineStatus:
        params = {"python": engine.python, "reason": reason}
        return EngineStatus(engine.python, engine.source, "engine-broken", params)

    try:
        done = subprocess.run(
            trial.command(engine.python),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PROBE_SECONDS,
            **start_options(),
        )
        if done.returncode != 0:
            errors = done.stderr.strip().splitlines()
            return broken(errors[-1] if errors else f"code {done.returncode}")
        return EngineStatus(engine.python, engine.source, versions=trial.answer(done.stdout.splitlines()))
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        return broken(str(error))
