"""Products under way: written in a hidden folder beside their final place, renamed when complete.

What exists under its final name is whole. The folder ``.ocsia-<job>`` holds a locked file as long as its owner lives;
one whose owner died is swept away by the next job that writes to the same place.
"""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, Optional

from ..errors import OcsiaError, because, system_reason

PREFIX = ".ocsia-"
RESUMABLE = PREFIX + "dalles"
"""The one folder of unfinished state that outlives its owner: the job ``dalles`` goes on from it."""

_LOCK = "owner.lock"
_SIDE_FILES = (".aux.xml", ".ovr", ".msk", "-wal", "-shm", "-journal")
_SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg", ".qix")
_GRACE_SECONDS = 60.0
"""A folder without a lock file may be one that is just being made."""

_open: set[Workspace] = set()


class Workspace:
    """The unfinished outputs of one job; a context manager that leaves nothing behind unless ``commit`` was called.

    Args:
        job_id: names the folders; empty: a random one.
        outputs: final paths; None is skipped.
        inputs: paths that must not be overwritten.

    Raises:
        OcsiaError: ``output-twice``, ``output-is-input``, ``output-not-writable``.
    """

    def __init__(self, job_id: str, outputs: Iterable[Optional[str]], inputs: Iterable[Optional[str]] = ()) -> None:
        self.name = PREFIX + (job_id or uuid.uuid4().hex[:12])
        self.outputs = [_place(output) for output in outputs if output]
        self._locks: dict[Path, IO[bytes]] = {}
        self._check({Path(p).resolve() for p in inputs if p})

    def _check(self, inputs: set[Path]) -> None:
        seen: set[Path] = set()
        for output in self.outputs:
            if output in seen:
                raise OcsiaError("output-twice", path=output)
            if output.resolve() in inputs:
                raise OcsiaError("output-is-input", path=output)
            _check_place(output)
            seen.add(output)

    def __enter__(self) -> Workspace:
        _open.add(self)
        for parent in {output.parent for output in self.outputs}:
            sweep(parent)
            folder = parent / self.name
            try:
                self._locks[folder] = hold_folder(folder)
            except OSError as error:
                self._remove()
                raise OcsiaError("output-not-writable", path=parent, reason=system_reason(error)) from error
        return self

    def __exit__(self, *_: object) -> None:
        self._remove()

    def stage(self, final: str | Path) -> Path:
        """Where to write the product that will be called ``final``: same file name, hidden folder."""
        final = _place(final)
        return final.parent / self.name / final.name

    def scratch(self, name: str) -> Path:
        """A file for intermediate results beside the first output; never renamed into place."""
        return self.outputs[0].parent / self.name / "scratch" / name

    def commit(self) -> None:
        """Rename every staged file into place, side files first.

        Raises:
            OcsiaError: ``output-not-writable``, for example where another program holds the old file open.
        """
        finals = {output.name for output in self.outputs}
        for folder in self._locks:
            staged = [p for p in folder.iterdir() if p.is_file() and p.name != _LOCK]
            for path in sorted(staged, key=lambda p: (p.name in finals, p.name)):
                final = folder.parent / path.name
                try:
                    if path.name in finals:
                        _remove_side_files(final, {p.name for p in staged})
                    os.replace(path, final)
                except OSError as error:
                    raise OcsiaError("output-not-writable", path=final, reason=system_reason(error)) from error

    def _remove(self) -> None:
        _open.discard(self)
        for folder, lock in list(self._locks.items()):
            lock.close()
            for _ in range(5):  # on cancelling, a thread inside GDAL may still be making files
                shutil.rmtree(folder, ignore_errors=True)
                if not folder.exists():
                    break
        self._locks.clear()


def remove_all() -> None:
    """Remove what this process has under way, for its last moments: no error is worth reporting any more."""
    for workspace in list(_open):
        workspace._remove()


def sweep(parent: Path) -> None:
    """Remove the unfinished state that jobs which are no longer alive left in ``parent``."""
    for folder in parent.glob(PREFIX + "*"):
        with suppress(OSError):  # another job was faster
            if folder.is_dir() and folder.name != RESUMABLE:
                _sweep(folder)


def _check_place(output: Path) -> None:
    """Whether a file can come here, as far as that can be known before the work."""
    try:
        if output.is_dir():
            raise OcsiaError("output-not-writable", path=output, reason=because("why-folder"))
        if not output.parent.is_dir():
            raise OcsiaError("output-not-writable", path=output, reason=because("why-no-folder"))
        if output.exists():
            os.rename(output, output)  # refused by Windows while another program holds the old file open
    except OSError as error:
        raise OcsiaError("output-not-writable", path=output, reason=system_reason(error)) from error


def _place(path: str | Path) -> Path:
    """The same path for every spelling of its folder: two of them must not be taken for two folders."""
    path = Path(path).absolute()
    return path.parent.resolve() / path.name


def hold_folder(folder: Path, *, wait: bool = True) -> IO[bytes]:
    """An open, locked file in a folder: the operating system releases it when the process ends, however it ends.

    Args:
        wait: for an owner that is about to leave; else ``BlockingIOError`` says that there is one.
    """
    while True:
        folder.mkdir(exist_ok=True)
        try:
            handle = open(folder / _LOCK, "wb")  # noqa: SIM115 - held for the life of the workspace
        except FileNotFoundError:
            continue
        if os.name != "posix":
            return handle
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.close()
            raise
        # Before it was locked, another job may have swept it away as one that nobody owns.
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle.fileno()), os.stat(folder / _LOCK)):
                return handle
        handle.close()


def _sweep(folder: Path) -> None:
    """Remove one folder, unless its owner lives."""
    lock = folder / _LOCK
    if not lock.exists():
        if time.time() - folder.stat().st_mtime >= _GRACE_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
    elif os.name != "posix":
        lock.unlink()  # refused while it is open
        shutil.rmtree(folder, ignore_errors=True)
    else:
        import fcntl

        with open(lock, "rb") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Still locked: an owner that is about to take the lock waits, and then makes another folder.
            shutil.rmtree(folder, ignore_errors=True)


def _remove_side_files(final: Path, staged: set[str]) -> None:
    """Side files of an older product of that name would speak of the new one."""
    candidates = [final.with_name(final.name + suffix) for suffix in _SIDE_FILES]
    if final.suffix.lower() == ".shp":
        candidates += [final.with_suffix(part) for part in _SHAPEFILE_PARTS]
    for candidate in candidates:
        if candidate != final and candidate.name not in staged:
            candidate.unlink(missing_ok=True)
