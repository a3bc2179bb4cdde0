"""Rasters whose windows are laid down while the job runs, by the side that asked for it: web services, mostly.

Such a raster is a virtual one (GDAL's VRT) of windows that may not be there yet. Beside it lies the list of them. The
engine says which windows it will need next (the event ``need``) and waits for those that it needs now: a window that
is there under its name is whole. A file with the reason appears where no window will come any more.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

import numpy as np
from rasterio.crs import CRS
from rasterio.warp import transform_bounds

from ..errors import OcsiaError
from ..events import Events
from ..grid import Grid, Window
from ..jobs.ortho import SPOOL_MANIFEST, SPOOL_MARKER
from .sources import FileSource, Source, horizontal

PATIENCE_SECONDS = 900.0
"""Without any new window: longer than the most patient way of asking a service for one."""
_POLL_SECONDS = 0.03
_EDGE = 4
"""Pixels around a window that resampling looks at."""


@dataclass(frozen=True)
class _Place:
    path: Path
    area: Window


class SpoolSource:
    """A source that waits for its windows; ``follow`` comes before the first reading.

    Args:
        source: the virtual raster.
        manifest: what lies beside its file.
    """

    dataset = None

    def __init__(self, source: FileSource, manifest: dict[str, Any]) -> None:
        self._source, self._sheet = source, Path(source.path)
        self.path = manifest.get("name") or source.path
        self.attribution: str = manifest.get("attribution", "")
        self._places = [_Place(Path(name), Window(*area)) for name, *area in manifest["windows"]]
        self._asked: set[Path] = set()
        self._events: Optional[Events] = None
        self._grid: Optional[Grid] = None
        self._crs: Optional[CRS] = None
        self.crs, self.grid, self.gsd = source.crs, source.grid, source.gsd
        self.roles, self.dtype, self.numbers = source.roles, source.dtype, source.numbers

    @property
    def method(self) -> Optional[str]:
        """See ``Source``."""
        return self._source.method

    @property
    def covered(self) -> float:
        """See ``Source``."""
        return self._source.covered

    def settle(self, grid: Grid, crs: CRS, places: Sequence[int]) -> None:
        """See ``Source``."""
        self._grid, self._crs = grid, crs
        self._source.settle(grid, crs, places)

    def follow(self, events: Events) -> None:
        """Whom to tell what is needed, and who says when to stop."""
        self._events = events

    def ahead(self, window: Window) -> None:
        """Ask for what a window of the grid will need, without waiting for it."""
        self._ask(self._under(window))

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """See ``Source``; waits for the windows that it needs.

        Raises:
            OcsiaError: why they do not come; ``spool-abandoned`` where nobody says why.
            Cancelled: the user asked to stop.
        """
        needed = self._under(window)
        self._ask(needed)
        self._await(needed)
        return self._source.read(window)

    def close(self) -> None:
        """See ``Source``."""
        self._source.close()

    def _under(self, window: Window) -> list[_Place]:
        """The windows of the spool that a window of the grid is made of."""
        if self._grid is None or self._crs is None:
            return []
        bounds = self._grid.bounds_of(window)
        if horizontal(self._crs) != horizontal(self.crs):
            bounds = transform_bounds(horizontal(self._crs), horizontal(self.crs), *bounds, densify_pts=21)
        xmin, ymin, xmax, ymax = bounds
        own = self.grid
        left, top = math.floor((xmin - own.x) / own.dx) - _EDGE, math.floor((own.y - ymax) / own.dy) - _EDGE
        right, bottom = math.ceil((xmax - own.x) / own.dx) + _EDGE, math.ceil((own.y - ymin) / own.dy) + _EDGE
        return [
            p
            for p in self._places
            if p.area.col < right
            and p.area.col + p.area.width > left
            and p.area.row < bottom
            and p.area.row + p.area.height > top
        ]

    def _ask(self, places: Sequence[_Place]) -> None:
        wanted = [p.path for p in places if p.path not in self._asked and not p.path.exists()]
        if wanted and self._events:
            self._asked.update(wanted)
            self._events.emit("need", spool=str(self._sheet), windows=[str(path) for path in wanted])

    def _await(self, places: Sequence[_Place]) -> None:
        if self._events is None:
            raise OcsiaError("spool-abandoned", path=self.path)
        since = time.monotonic()
        for place in places:
            while not place.path.exists():
                self._events.check()
                self._check_marker()
                if time.monotonic() - since > PATIENCE_SECONDS:
                    raise OcsiaError("spool-abandoned", path=self.path)
                self._events.cancel.wait(_POLL_SECONDS)
            since = time.monotonic()
            self._asked.discard(place.path)  # it may be asked for again, should the cache have lost it by then

    def _check_marker(self) -> None:
        marker = self._sheet.with_name(self._sheet.name + SPOOL_MARKER)
        try:
            reason = json.loads(marker.read_text(encoding="utf-8"))
        except OSError:
            return
        raise OcsiaError(reason["code"], **reason["params"])


def is_spool(path: str) -> bool:
    """Whether the windows of a virtual raster come while the job runs."""
    return path.endswith(".vrt") and Path(path + SPOOL_MANIFEST).is_file()


def spool_manifest(path: str) -> dict[str, Any]:
    """What is said of a virtual raster whose windows come while the job runs.

    Keys: ``name`` for messages; ``identity``, the same in every run for the same pixels, as the path is not;
    ``attribution``; ``windows``: path, column, row, width and height of each.
    """
    return json.loads(Path(path + SPOOL_MANIFEST).read_text(encoding="utf-8"))


def spooled(source: FileSource) -> Source:
    """``source`` itself, or what waits for its windows where they come while the job runs."""
    return SpoolSource(source, spool_manifest(source.path)) if is_spool(source.path) else source


def attribution(sources: Sequence[Source]) -> str:
    """Whom to name in what is made of some sources; empty: nobody."""
    named = [source.attribution for source in sources if isinstance(source, SpoolSource)]
    return "; ".join(dict.fromkeys(filter(None, named)))


LEAD = 2
"""Windows of the result for which the work asks in advance."""


class Spools:
    """Those of some sources that wait for their windows.

    Args:
        sources: of a job.
        events: of the job.
    """

    def __init__(self, sources: Sequence[Source], events: Events) -> None:
        self._sources = [source for source in sources if isinstance(source, SpoolSource)]
        for source in self._sources:
            source.follow(events)

    def ahead(self, windows: Iterable[Window]) -> None:
        """Ask for what windows of the grid will need, in their order."""
        for window in windows if self._sources else ():
            for source in self._sources:
                source.ahead(window)
