"""The engine's process: started with its pipes read by threads, stopped whatever it does."""

from __future__ import annotations

import contextlib
import queue
import subprocess
import threading
from typing import IO, Optional

from .environment import plugin_root, start_options

# The plugin's folder has another name in a profile than in a checkout: the package is found by path, not by name.
_START = "import sys; sys.path.insert(0, sys.argv[1]); from ocsia_plugin.engine.worker import main; sys.exit(main())"

STOP_SECONDS = 1.0
"""How long a child may take to notice that its stdin was closed."""
_TERMINATE_SECONDS = 0.5


class Child:
    """One run of the engine's worker.

    Both of its output pipes are drained by threads into one queue: a pipe that nobody reads stops the child when it is
    full, and a blocking read would keep the caller from seeing that the user cancelled.
    """

    def __init__(self, python: str) -> None:
        """Start it. Raises: OSError where the interpreter cannot be started."""
        self._process = subprocess.Popen(
            [python, "-u", "-c", _START, str(plugin_root())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            **start_options(),
        )
        self._lines: queue.Queue[tuple[str, Optional[str]]] = queue.Queue()
        self._open = {"stdout", "stderr"}
        self._readers = [
            threading.Thread(target=self._drain, args=(name, getattr(self._process, name)), daemon=True)
            for name in sorted(self._open)
        ]
        for reader in self._readers:
            reader.start()

    def send(self, line: str) -> None:
        """One line to its stdin, which stays open. A child that is gone already is noticed by its silence."""
        try:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        except OSError:
            pass

    @property
    def silent(self) -> bool:
        """Whether both of its output pipes are closed and read to the end."""
        return not self._open

    def next_line(self, seconds: float) -> Optional[tuple[str, str]]:
        """The next line as (``stdout`` or ``stderr``, text); None where none came within ``seconds``."""
        try:
            name, text = self._lines.get(timeout=seconds)
        except queue.Empty:
            return None
        if text is None:
            self._open.discard(name)
            return None
        return name, text

    def stop(self, seconds: float = STOP_SECONDS) -> int:
        """Close its stdin, which means cancel, then insist; returns the exit code."""
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        for wait, insist in ((seconds, self._process.terminate), (_TERMINATE_SECONDS, self._process.kill)):
            try:
                self._process.wait(wait)
                break
            except subprocess.TimeoutExpired:
                insist()
        code = self._process.wait()
        self._close()
        return code

    def _drain(self, name: str, stream: IO[str]) -> None:
        try:
            for line in stream:
                self._lines.put((name, line.rstrip("\r\n")))
        finally:
            self._lines.put((name, None))

    def _close(self) -> None:
        for reader in self._readers:
            reader.join(1.0)
        for stream in (self._process.stdout, self._process.stderr):
            # A stream whose reader still waits (something inherited the pipe) would block in close().
            if not any(reader.is_alive() for reader in self._readers):
                stream.close()
