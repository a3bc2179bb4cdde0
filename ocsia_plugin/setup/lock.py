"""One installation at a time: a lock that the death of its owner releases."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ..engine.errors import OcsiaError
from .places import beside


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the lock of the environment ``folder``; the file of the lock stays, empty, beside it.

    Raises:
        OcsiaError: another QGIS is installing or removing it.
        OSError: nothing can be written beside ``folder``.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(beside(folder, ".lock"), "a+b") as handle:
        try:
            _take(handle)
        except OSError as error:
            raise OcsiaError("setup-locked", folder=str(folder)) from error
        yield


def _take(handle: IO[bytes]) -> None:
    if os.name == "nt":
        import msvcrt

        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
