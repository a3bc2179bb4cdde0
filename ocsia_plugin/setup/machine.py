"""What the machine has: Pythons that the engine can be made with, ``uv``, a graphics card."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Optional

from ..engine.errors import OcsiaError
from .commands import hidden

PYTHONS = ((3, 10), (3, 14))
"""From, inclusive, and to, exclusive."""
PYTHON_RANGE = ">=3.10,<3.14"
"""The same, for ``uv``."""

_ASK = "import ensurepip, sys, venv; print(*sys.version_info[:2], sys.maxsize > 2**32)"
_ASK_VERSION = "import sys; print(*sys.version_info[:3], sep='.')"
_SECONDS = 20


def find_uv(environment: Mapping[str, str]) -> str:
    """``uv`` on the path; empty: there is none. https://docs.astral.sh/uv/"""
    return shutil.which("uv", path=environment.get("PATH")) or ""


def find_python(environment: Mapping[str, str], named: str = "") -> str:
    """A Python to make a virtual environment with: the one that was named, else the first that will do.

    Raises:
        OcsiaError: the named one will not do, or none was found.
    """
    if named:
        if not _suits(named, environment):
            version = _answer([named, "-c", _ASK_VERSION], environment)
            raise OcsiaError("setup-python-unsuitable", python=named, version=version or "?")
        return named
    for python in _candidates(environment):
        if _suits(python, environment):
            return python
    raise OcsiaError("setup-no-python")


def gpu(environment: Mapping[str, str]) -> str:
    """Name, driver and memory of the NVIDIA card, as its own tool says them; empty: none was found."""
    tool = shutil.which("nvidia-smi", path=environment.get("PATH"))
    if tool is None:
        return ""
    query = [tool, "--query-gpu=name,driver_version,memory.total", "--format=csv,noheader"]
    lines = _answer(query, environment).splitlines()
    return lines[0] if lines else ""


def free_mb(folder: Path) -> int:
    """Free disk where ``folder`` is or will be, in MB. Raises: OSError."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free // 1_000_000


def _candidates(environment: Mapping[str, str]) -> Iterator[str]:
    """Newest first; QGIS's own comes last, whose Windows builds do not like to be copied from."""
    minors = range(PYTHONS[1][1] - 1, PYTHONS[0][1] - 1, -1)
    path = environment.get("PATH")
    launcher = shutil.which("py", path=path) if os.name == "nt" else None
    if launcher is not None:
        for minor in minors:
            yield _answer([launcher, f"-3.{minor}", "-c", "import sys; print(sys.executable)"], environment)
    for name in (*(f"python3.{minor}" for minor in minors), "python3", "python"):
        yield shutil.which(name, path=path) or ""
    base = Path(sys.base_prefix)
    yield str(base / "python.exe" if os.name == "nt" else base / "bin" / "python3")


def _suits(python: str, environment: Mapping[str, str]) -> bool:
    """Whether it is of the right version, 64 bits, and able to make virtual environments."""
    words = _answer([python, "-c", _ASK], environment).split() if python else []
    return len(words) == 3 and PYTHONS[0] <= (int(words[0]), int(words[1])) < PYTHONS[1] and words[2] == "True"


def _answer(command: list[str], environment: Mapping[str, str]) -> str:
    """What a program prints; empty where it fails."""
    done: Optional[subprocess.CompletedProcess] = None
    try:
        done = subprocess.run(
            command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            encoding="utf-8",
            errors="replace",
            **hidden(),
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
