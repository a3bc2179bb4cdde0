"""What the steps of the job share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from rasterio.io import DatasetReader

from ..events import Events
from ..grid import Grid
from ..jobs import OcsgeJob
from ..products.classes import Legend
from ..products.regions import Strips
from ..products.workspace import Workspace
from .overlays import Overlays


@dataclass
class Task:
    """What the steps share.

    Attributes:
        overlays: other sources, and the codes of what they decided.
        original, cover: the raster's codes with theirs, and what they are in OCS GE; the same strips each time.
    """

    job: OcsgeJob
    source: DatasetReader
    grid: Grid
    legend: Legend
    overlays: Overlays
    original: Strips
    cover: Strips
    workspace: Workspace
    progress: Progress
    events: Events

    @property
    def crs(self) -> str:
        return self.source.crs.to_wkt()


class Progress:
    """Rows that were read, of all that will be."""

    def __init__(self, total: int, events: Events) -> None:
        self._total, self._events, self._done = total, events, 0

    def step(self, rows: int) -> None:
        self._done += rows
        self._events.progress(0.98 * self._done / self._total)


def translated(original: Strips, table: np.ndarray) -> Iterator[np.ndarray]:
    for codes in original():
        yield table[codes]
