"""The engine's process: one job in, events out.

The job is one line of JSON on standard input, which then stays open: its end means cancel, and comes by itself when the
parent dies. Events are lines of JSON on standard output; whatever libraries print goes to standard error.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import traceback
from typing import IO, Any

from .errors import Cancelled, OcsiaError
from .events import Events
from .jobs import job_from_json

DONE, FAILED, CANCELLED = 0, 1, 3
_GRACE_SECONDS = 1.0
"""How long a job has to reach its next check after it was told to stop."""

_stopping = threading.Event()


class JsonEvents(Events):
    """Writes each event as a line of JSON."""

    def __init__(self, stream: IO[str]) -> None:
        super().__init__()
        self._stream = stream
        self._lock = threading.Lock()

    def emit(self, event: str, **content: Any) -> None:
        """One line. A reader that is gone is one that wants the job to stop."""
        line = json.dumps({"event": event, **content}, ensure_ascii=False, default=str)
        with self._lock:
            try:
                self._stream.write(line + "\n")
                self._stream.flush()
            except (BrokenPipeError, OSError, ValueError):
                self.cancel.set()


def main() -> int:
    """Read one job from standard input, run it, return the exit code."""
    events = JsonEvents(_protocol_stream())
    line = sys.stdin.buffer.readline()
    threading.Thread(target=_wait_for_end_of_input, args=(events,), daemon=True).start()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: _stop(events))
    return execute(line.decode("utf-8", "replace"), events)


def execute(line: str, events: Events) -> int:
    """Run the job in ``line``; every end is an event and an exit code."""
    try:
        from .dispatch import run_job  # here, so that an engine without its libraries can say so

        results = run_job(job_from_json(line), events)
    except Cancelled:
        return CANCELLED
    except OcsiaError as error:
        if events.cancel.is_set():
            return CANCELLED
        events.emit("error", code=error.code, params=error.params)
        return FAILED
    except Exception as error:
        traceback.print_exc()
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        events.emit("error", code="internal", params={"reason": reason})
        return FAILED
    events.emit("done", results=results)
    return DONE


def _protocol_stream() -> IO[str]:
    """Standard output for events alone: what libraries print on it goes to standard error from here on."""
    sys.stdout.flush()
    stream = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(2, 1)
    return stream


def _wait_for_end_of_input(events: Events) -> None:
    # Straight from the descriptor: the buffered reader would hold a lock that the interpreter needs to exit.
    while os.read(0, 4096):
        pass
    _stop(events)


def _stop(events: Events) -> None:
    """Ask the job to stop; if it is inside a long call after the grace period, clean up and leave."""
    events.cancel.set()
    # Once per process, but also where a broken pipe had asked the job to stop already.
    if _stopping.is_set():
        return
    _stopping.set()
    timer = threading.Timer(_GRACE_SECONDS, _leave)
    timer.daemon = True
    timer.start()


def _leave() -> None:
    from .products.workspace import remove_all

    remove_all()
    os._exit(CANCELLED)


if __name__ == "__main__":
    sys.exit(main())
