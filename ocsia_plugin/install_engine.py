"""Install the engine: a Python environment of its own with the libraries that ``resources/engine.lock`` pins.

    python3 install_engine.py [FOLDER]

Runs in any Python from 3.10 to 3.13 and needs nothing but its standard library; QGIS is not involved. Without FOLDER
the environment lies in the user's data folder, where the plugin looks for it and an update of the plugin leaves it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

PYTHONS = ((3, 10), (3, 14))
"""From, inclusive, and to, exclusive."""


def default_folder() -> Path:
    """``ocsia/engine`` in the folder where the system keeps a user's application data."""
    home = Path.home()
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return base / "ocsia" / "engine"


def python_in(environment: Path) -> Path:
    """The interpreter of a virtual environment."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def lock_file() -> Path:
    """What is to be installed, with hashes."""
    return Path(__file__).resolve().parents[1] / "resources" / "engine.lock"


def install(folder: Path) -> None:
    """Make the environment, whole or not at all.

    Raises:
        subprocess.CalledProcessError: venv or pip failed; they have said why.
    """
    shutil.rmtree(folder, ignore_errors=True)
    try:
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(python_in(folder)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run(
            [*pip, "--only-binary", ":all:", "--require-hashes", "-r", str(lock_file())],
            check=True,
        )
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def main() -> int:
    """Install into the folder on the command line; returns the exit code."""
    if not PYTHONS[0] <= sys.version_info[:2] < PYTHONS[1]:
        print(f"The engine needs Python 3.10 to 3.13; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    folder = Path(sys.argv[1]).absolute() if len(sys.argv) > 1 else default_folder()
    print(f"Installing the engine in {folder} (some 600 MB)...", flush=True)
    try:
        install(folder)
    except subprocess.CalledProcessError as error:
        print(f"The engine could not be installed: {error}", file=sys.stderr)
        return 1
    print(f"Installed: {python_in(folder)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
