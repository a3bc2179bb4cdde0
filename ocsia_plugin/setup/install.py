"""The installation itself: built aside, tried, then renamed into place. What stands at the final place is whole."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..engine.errors import OcsiaError
from ..engine.events import Events
from . import probe
from .commands import CommandFailed, run
from .failures import explain, explain_os
from .lock import only_one
from .machine import PYTHON_RANGE, find_python, find_uv, free_mb
from .places import NEEDED_MB, beside, default_folder, lock_file, note_of, python_in, read_note, write_note

_DROPPED = ("PYTHON", "PROJ_", "GDAL_", "QT_", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE", "VIRTUAL_ENV", "CONDA_")
_STEP = re.compile(r"^(Collecting |Processing | *Downloaded | *Prepared )")
_MADE, _LIBRARIES, _TRIED = 0.08, 0.85, 0.98
"""Share of the work that is done when the environment is made, its libraries are downloaded, it has been tried."""

_PAUSES = (0.1, 0.3, 1.0, 0.0)
"""Seconds between attempts to remove a folder."""


@dataclass(frozen=True)
class Request:
    """What to install and how.

    Attributes:
        folder: where; what is there is replaced when the new one is complete.
        variant: ``cpu`` or ``gpu``.
        python: what to make it with; empty: ``uv`` where it is on the path, else the first Python that will do.
        wheels: a folder of wheels to install from, without a network; empty: the index that pip or uv is set to.
        environment: variables of the programs that are started.
        certificates: authorities to trust beside pip's own, PEM; empty: none.
    """

    folder: Path = field(default_factory=default_folder)
    variant: str = "cpu"
    python: str = ""
    wheels: str = ""
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    certificates: str = ""


def install(request: Request, events: Events) -> str:
    """Make or renew the environment; returns its Python.

    Raises:
        OcsiaError: with what was wrong and what to do. What stood there before still does.
        Cancelled: likewise.
    """
    folder = request.folder.absolute()
    try:
        _check(request, folder)
        with only_one(folder):
            # A name of its own: the pip of a QGIS that was killed may still be writing to the one of its time.
            aside = beside(folder, f"-new-{uuid.uuid4().hex[:8]}")
            _sweep(folder)
            try:
                _build(request, aside, events)
                write_note(aside, note_of(request.variant))
                events.check()
                _put_in_place(aside, folder)
            finally:
                _sweep(folder)
    except OSError as error:
        raise explain_os(error, str(folder)) from error
    events.progress(1.0)
    events.info("setup-done", python=str(python_in(folder)))
    return str(python_in(folder))


def remove(folder: Path) -> None:
    """Remove the environment and what interrupted installations left.

    Raises:
        OcsiaError: it is in use, or something else than an environment.
    """
    folder = folder.absolute()
    try:
        _check_ours(folder)
        with only_one(folder):
            _sweep(folder)
            if folder.exists():
                _move(folder, beside(folder, "-old"), folder)
            _sweep(folder)
    except OSError as error:
        raise explain_os(error, str(folder)) from error


def up_to_date(folder: Path) -> bool:
    """Whether the environment was made from the lock file that this version of the plugin brings."""
    note = read_note(folder)
    return note is not None and note == note_of(note.variant)


def _check(request: Request, folder: Path) -> None:
    """Refuse before anything is written."""
    _check_ours(folder)
    if request.wheels and not any(Path(request.wheels).glob("*.whl")):
        raise OcsiaError("setup-wheels-empty", folder=request.wheels)
    free = free_mb(folder)
    if free < NEEDED_MB[request.variant]:
        raise OcsiaError("setup-disk-before", folder=str(folder), free=free, needed=NEEDED_MB[request.variant])


def _check_ours(folder: Path) -> None:
    """A folder of something else is never replaced."""
    if folder.exists() and not (folder.is_dir() and ((folder / "pyvenv.cfg").is_file() or not any(folder.iterdir()))):
        raise OcsiaError("setup-foreign", folder=str(folder))


def _build(request: Request, aside: Path, events: Events) -> None:
    """Make the environment, install its libraries, try them."""
    environment = {k: v for k, v in request.environment.items() if not k.upper().startswith(_DROPPED)}
    environment |= {"PYTHONNOUSERSITE": "1", "PYTHONIOENCODING": "utf-8", "PIP_USER": "0", "PIP_NO_INPUT": "1"}
    uv = find_uv(environment)
    python = "" if uv and not request.python else find_python(environment, request.python)
    events.info(
        "setup-start", folder=str(request.folder), tool=uv or f"pip, {python}", needed=NEEDED_MB[request.variant]
    )
    offline = ["--no-index", "--find-links", str(Path(request.wheels).absolute())] if request.wheels else []
    # The lock file names every library: there is nothing to resolve.
    lock = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(lock_file(request.variant))]
    if uv:
        source = ["--offline"] if request.wheels else []
        make = [uv, "venv", "--no-project", "--python", python or PYTHON_RANGE, *source, str(aside)]
        fill = [uv, "pip", "install", "--python", str(python_in(aside)), *offline, *lock]
    else:
        make = [python, "-m", "venv", str(aside)]
        # Two retries: without a network, each library waits for them all. What the engine imports is compiled by the
        # trial; to compile all the rest takes longer than to unpack it.
        options = ["--disable-pip-version-check", "--progress-bar", "off", "--retries", "2", "--no-compile"]
        fill = [str(python_in(aside)), "-m", "pip", "install", *options, *offline, *lock]
    try:
        events.progress(0.01)
        run(make, environment, events)
        events.progress(_MADE)
        with tempfile.TemporaryDirectory(prefix="ocsia-") as scratch:
            trusted = _trusted(request, aside, Path(scratch))
            run(fill, {**environment, **trusted}, events, _Steps(request.variant, events).heard)
    except CommandFailed as error:
        raise explain(error.log, str(request.folder), request.wheels) from error
    events.progress(_LIBRARIES)
    said: list[str] = []
    try:
        run(probe.command(str(python_in(aside)), "-I"), environment, _Quiet(events), said.append)
        found = probe.answer(said)
    except (CommandFailed, ValueError) as error:
        raise OcsiaError("setup-broken", reason=str(error)) from error
    if found["gpu"] is False:
        events.warning("warn-device", reason=probe.no_gpu(found))
    events.progress(_TRIED)


def _trusted(request: Request, environment: Path, scratch: Path) -> dict[str, str]:
    """Variables that make pip and uv trust QGIS's authorities beside pip's own; what the user's system sets wins."""
    names = [n for n in ("PIP_CERT", "SSL_CERT_FILE") if not request.environment.get(n)]
    own = [path.read_text(encoding="utf-8") for path in environment.glob("**/pip/_vendor/certifi/cacert.pem")]
    if not request.certificates or not names:
        return {}
    bundle = scratch / "certificates.pem"
    bundle.write_text("\n".join([request.certificates, *own]), encoding="utf-8")
    return dict.fromkeys(names, str(bundle))


class _Steps:
    """Progress from what pip and uv say: a line for each library."""

    def __init__(self, variant: str, events: Events) -> None:
        pins = {line.split("==")[0] for line in lock_file(variant).read_text().splitlines() if "==" in line}
        self._count, self._done, self._events = len(pins), 0, events

    def heard(self, line: str) -> None:
        if _STEP.match(line):
            self._done = min(self._done + 1, self._count)
            self._events.progress(_MADE + (_LIBRARIES - _MADE) * self._done / self._count)


class _Quiet(Events):
    """Hears of a cancellation, and keeps what the trial prints to itself."""

    def __init__(self, events: Events) -> None:
        super().__init__()
        self.check = events.check  # type: ignore[method-assign]


def _put_in_place(aside: Path, folder: Path) -> None:
    """Two renames; the old one comes back where the second fails."""
    old = beside(folder, "-old")
    if folder.exists():
        _move(folder, old, folder)
    try:
        aside.rename(folder)
    except BaseException:
        if old.exists():
            old.rename(folder)
        raise


def _move(folder: Path, target: Path, named: Path) -> None:
    try:
        folder.rename(target)
    except PermissionError as error:  # Windows: a library of it is loaded
        raise OcsiaError("setup-in-use", folder=str(named)) from error


def _sweep(folder: Path) -> None:
    """Remove what is unfinished and what was replaced; put back what one that died between two renames moved away."""
    old, new = beside(folder, "-old"), beside(folder, "-new-").name
    unfinished = [path for path in folder.parent.iterdir() if path.name.startswith(new)]
    if old.exists() and unfinished and not folder.exists():
        old.rename(folder)
    for path in (*unfinished, old):
        for pause in _PAUSES:  # what was stopped just now, or a virus scanner, may still hold a file
            shutil.rmtree(path, ignore_errors=True)
            if not path.exists():
                break
            time.sleep(pause)
