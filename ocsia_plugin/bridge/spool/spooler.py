"""Lays down the windows that the engine asks for, a few at a time, while it works."""

from __future__ import annotations

import json
import os
import queue
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Optional

from qgis.core import QgsGeometry, QgsProcessingFeedback

from ...engine.errors import OcsiaError
from ...engine.jobs import SPOOL_MARKER
from ..messages import sentence
from . import cache
from .fetch import Stopped
from .grid import Bounds, touched
from .sheet import Place, write_sheet
from .windows import FileWindows, Windows

LARGEST_COUNT = 20_000
"""Windows of one raster in one run: about 800 km² at 20 cm."""
_ANY_NUMBER = 1 << 30
_THREADS = 4
_TRIM_EVERY = 200
_RECENT = 500
"""Windows that the engine asked for last stay, whatever the cache may hold."""


class Stop:
    """Says when to stop: the run is over, or the user cancelled. Waits as ``threading.Event`` does."""

    def __init__(self, feedback: QgsProcessingFeedback) -> None:
        self._feedback = feedback
        self._over = threading.Event()

    def set(self) -> None:
        """The run is over."""
        self._over.set()

    def is_set(self) -> bool:
        """Whether to stop."""
        return self._over.is_set() or self._feedback.isCanceled()

    def wait(self, seconds: float) -> bool:
        """Wait, or stop before; returns whether to stop."""
        end = time.monotonic() + max(seconds, 0.0)
        while not self.is_set():
            left = end - time.monotonic()
            if left <= 0:
                return False
            self._over.wait(min(left, 0.1))
        return True


class Spool:
    """One raster of a job as windows.

    Args:
        folder: of the run, for the virtual raster.
        name: of the virtual raster.
        layer: what QGIS calls the raster.
        windows: what makes them.
        bounds: what is asked for, in the CRS of the windows.
        polygons: as for ``grid.touched``.
        margin: pixels around that which the engine looks at.

    Raises:
        OcsiaError: ``service-too-large``, ``extent-outside``, ``spool-not-writable``.
    """

    def __init__(
        self,
        folder: Path,
        name: str,
        layer: str,
        windows: Windows,
        bounds: Bounds,
        polygons: Sequence[QgsGeometry],
        margin: int,
    ) -> None:
        self.path, self.layer, self.windows = folder / f"{name}.vrt", layer, windows
        cells = list(self._cells(bounds, polygons, margin))
        try:
            self._folder = cache.folder_of(windows.key)
            places = self._places(cells)
            self.missing = [cell for cell, place in places.items() if not cache.is_here(place.path)]
            columns, rows = _spans(places)
            named = layer, self._folder.name, windows.attribution
            write_sheet(self.path, windows.sheet(columns, rows), list(places.values()), *named)
        except OSError as error:
            raise OcsiaError("spool-not-writable", folder=cache.cache_root(), reason=str(error)) from error
        self.cells = {str(place.path): cell for cell, place in places.items()}
        self._failed = threading.Lock()

    def make(self, name: str) -> None:
        """Lay down one window. What goes wrong is left beside the virtual raster, for the engine to find."""
        path = Path(name)
        if cache.is_here(path):
            return
        try:
            self.windows.write(*self.cells[name], name)
        except Stopped:
            pass
        except OcsiaError as error:
            self.fail(error)
        except OSError as error:
            self.fail(OcsiaError("spool-not-writable", folder=self._folder, reason=str(error)))
        except Exception as error:  # whatever it is, the engine must not wait for ever
            self.fail(OcsiaError("internal", reason=f"{type(error).__name__}: {error}"))

    def fail(self, error: OcsiaError) -> None:
        """Tell the engine that no more windows come, and why."""
        marker = self.path.with_name(self.path.name + SPOOL_MARKER)
        with self._failed:
            if not marker.exists():
                part = marker.with_name(marker.name + ".part")
                part.write_text(json.dumps({"code": error.code, "params": error.params}, default=str), "utf-8")
                os.replace(part, marker)

    def _cells(self, bounds: Bounds, polygons: Sequence[QgsGeometry], margin: int) -> Iterable[tuple[int, int]]:
        windows = self.windows
        limit = LARGEST_COUNT if windows.remote else _ANY_NUMBER
        cells = touched(windows.net, bounds, polygons, margin, limit)
        if isinstance(windows, FileWindows):
            cells = [cell for cell in cells if windows.holds(*cell)]
        if not cells:
            raise OcsiaError("extent-outside", path=self.layer)
        if len(cells) > limit:
            raise OcsiaError("service-too-large", layer=self.layer, limit=limit)
        return cells

    def _places(self, cells: Sequence[tuple[int, int]]) -> dict[tuple[int, int], Place]:
        """Each window's file, and where it lies in the virtual raster."""
        windows, size = self.windows, self.windows.net.size
        whole = isinstance(windows, FileWindows)
        west = 0 if whole else min(col for col, _ in cells)
        north = 0 if whole else min(row for _, row in cells)
        places = {}
        for col, row in cells:
            width, height = windows.clipped(col, row)[2:] if isinstance(windows, FileWindows) else (size, size)
            path = self._folder / f"c{col}_r{row}.tif"
            places[col, row] = Place(path, (col - west) * size, (row - north) * size, width, height)
        return places


class Spooling:
    """The spools of one job; a context manager that stops at its end, whatever the end is.

    Args:
        feedback: of the run.

    Attributes:
        stop: what ends every wait.
        folder: of the run.
    """

    def __init__(self, feedback: QgsProcessingFeedback) -> None:
        self.stop = Stop(feedback)
        self._spools: dict[str, Spool] = {}
        self._news: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._recent: deque[Path] = deque(maxlen=_RECENT)
        self._told = ""
        self._made = 0
        self._underway: set[tuple[str, str]] = set()
        self._pool: Optional[ThreadPoolExecutor] = None
        self._temporary = tempfile.TemporaryDirectory(prefix="ocsia-spool-")
        self.folder = Path(self._temporary.name)

    def add(self, spool: Spool) -> None:
        """Serve the windows of ``spool`` too."""
        self._spools[str(spool.path)] = spool

    def need(self, path: str, names: Sequence[str]) -> None:
        """The engine will need these windows of the virtual raster ``path``, in this order."""
        spool = self._spools.get(path)
        if spool is None:
            return
        if self._pool is None:
            self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="ocsia-spool")
        for name in names:
            # Nothing else is written, whatever is asked for; several processes may ask for the same.
            if name in spool.cells and (path, name) not in self._underway:
                self._underway.add((path, name))
                self._recent.append(Path(name))
                self._pool.submit(self._make, spool, name)
        self._made += len(names)
        if self._made >= _TRIM_EVERY:
            self._made = 0
            self._pool.submit(cache.trim, cache.cache_limit(), list(self._recent))

    def _make(self, spool: Spool, name: str) -> None:
        spool.make(name)
        self._underway.discard((str(spool.path), name))

    def tell(self, host: str, reason: object, seconds: float) -> None:
        """Remember for the log that a request is made again; any thread may call it."""
        text = sentence("info-retry", {"host": host, "reason": reason, "seconds": round(seconds)})
        if text != self._told:  # the other threads have met the same trouble
            self._told = text
            self._news.put(text)

    def news(self) -> Iterable[str]:
        """What has happened since the last call, in sentences."""
        while not self._news.empty():
            yield self._news.get()

    def explanation(self, code: str) -> Optional[OcsiaError]:
        """What the spools know better than the engine, which ended with the error ``code``."""
        if code != "raster-empty":
            return None
        for spool in self._spools.values():
            absent = spool.windows.absent()
            if absent is not None:
                return absent
        return None

    def __enter__(self) -> Spooling:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        if self._spools:
            cache.trim(cache.cache_limit())
        self._temporary.cleanup()


def _spans(cells: Iterable[tuple[int, int]]) -> tuple[range, range]:
    """Columns and rows from the first to the last."""
    columns, rows = zip(*cells)
    return range(min(columns), max(columns) + 1), range(min(rows), max(rows) + 1)
