"""Where the engine's environment lies, what it is made of, and what was noted inside it when it was complete."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Optional

VARIANTS = ("cpu", "gpu")
"""ONNX Runtime for the processor, or for NVIDIA's cards with the CUDA libraries that it loads."""

NEEDED_MB = {"cpu": 1000, "gpu": 7000}
"""Free disk asked for before anything is downloaded: what is installed, and what pip unpacks on the way."""

_NOTE = "ocsia-engine.json"


@dataclass(frozen=True)
class Note:
    """What an environment says of itself.

    Attributes:
        variant: one of ``VARIANTS``.
        lock: sha256 of the lock file that it was made from.
    """

    variant: str
    lock: str


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


def beside(folder: Path, suffix: str) -> Path:
    """A hidden neighbour of the environment ``folder``."""
    return folder.with_name(f".{folder.name.lstrip('.')}{suffix}")


def lock_file(variant: str = "cpu") -> Path:
    """What is to be installed, with hashes."""
    name = "engine.lock" if variant == "cpu" else f"engine-{variant}.lock"
    return Path(__file__).resolve().parents[2] / "resources" / name


def note_of(variant: str) -> Note:
    """What an environment made now would say."""
    return Note(variant, hashlib.sha256(lock_file(variant).read_bytes()).hexdigest())


def write_note(environment: Path, note: Note) -> None:
    """Leave it in the environment."""
    (environment / _NOTE).write_text(json.dumps(asdict(note)), encoding="utf-8")


def read_note(environment: Path) -> Optional[Note]:
    """What an environment says of itself; None: nothing legible, as one that was not made here."""
    try:
        note = Note(**json.loads((environment / _NOTE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return note if note.variant in VARIANTS else None
