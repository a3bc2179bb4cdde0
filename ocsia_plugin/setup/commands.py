"""Runs one program of the installation: its lines go to the log, and cancelling stops it with all that it started."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Optional

from ..engine.events import Events

_POLL_SECONDS = 0.1
_KEPT = 400
"""Lines kept of what a program says, to find the reason of a failure in."""


class CommandFailed(Exception):
    """A program ended with an error; ``log`` holds its last lines."""

    def __init__(self, log: Sequence[str]) -> None:
        super().__init__(log[-1] if log else "")
        self.log = list(log)


def hidden() -> dict[str, Any]:
    """Options of ``subprocess``: no console window on Windows, a group of its own elsewhere."""
    if os.name == "nt":
        return {"creationflags": subprocess.CREATE_NO_WINDOW}  # type: ignore[attr-defined]
    return {"start_new_session": True}


def run(
    command: Sequence[str],
    environment: Mapping[str, str],
    events: Events,
    heard: Optional[Callable[[str], None]] = None,
) -> None:
    """Run ``command`` to its end; each line is a ``log`` event, and is handed to ``heard``.

    Raises:
        CommandFailed: it ended with an error.
        Cancelled: the user asked to stop; it has been stopped.
        OSError: it cannot be started.
    """
    process = subprocess.Popen(
        list(command),
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        **hidden(),
    )
    lines: queue.Queue[Optional[str]] = queue.Queue()
    reader = threading.Thread(target=_drain, args=(process, lines), daemon=True)
    reader.start()
    log: list[str] = []
    try:
        while True:
            events.check()
            with contextlib.suppress(queue.Empty):
                line = lines.get(timeout=_POLL_SECONDS)
                if line is None:
                    break
                if line.strip():
                    log = [*log[-_KEPT:], line]
                    events.emit("log", text=line)
                    if heard is not None:
                        heard(line)
        if process.wait() != 0:
            raise CommandFailed(log)
    finally:
        _stop(process)
        reader.join(2.0)
        if not reader.is_alive():
            process.stdout.close()


def _drain(process: subprocess.Popen, lines: queue.Queue[Optional[str]]) -> None:
    try:
        for line in process.stdout:
            lines.put(line.rstrip())
    finally:
        lines.put(None)


def _stop(process: subprocess.Popen) -> None:
    """End it and what it started; on Windows a virtual environment's launcher takes its Python with it."""
    if process.poll() is None:
        with contextlib.suppress(OSError):
            if os.name == "nt":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
    process.wait()
