"""Parts of polygons that are of another class: what the smallest surfaces hid."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..grid import Grid
from ..jobs import OcsgeJob
from ..products.merge import ALWAYS, merged
from ..products.outlines import polygons
from ..products.regions import Strips, split_busy
from ..products.thresholds import pixels_of
from .rows import Taker
from .rules import UNDECIDED
from .style import cover_qml
from .task import Task
from .write import Columns, NumberedWriter, cover_columns, write_style

_ROOM = UNDECIDED + 1
"""Codes per polygon in the numbers of its parts."""


def write_detail(task: Task, numbers: Strips, code_of: np.ndarray, ids: np.ndarray) -> None:
    """Parts of another class than the polygon that holds them.

    Args:
        numbers: polygon of each pixel, 0 for none; code_of: OCS GE's code of each, uint8; ids: what to call each.
    """
    job, grid = task.job, task.grid
    assert job.detail
    thresholds = detail_thresholds(job, grid)
    fine = merged(task.cover, grid.width, thresholds, task.progress.step)
    staged = task.workspace.stage(job.detail)

    def columns(part: np.ndarray) -> Columns:
        polygon, code = np.divmod(part.astype(np.int64), _ROOM)
        of_polygon = cover_columns(code_of[polygon], job.lang)
        return {
            **cover_columns(code.astype(np.uint8), job.lang),
            "polygone": ids[polygon],
            "socle_cs": of_polygon["code_cs"],
        }

    fields = ["numero", "code_cs", "classe", "polygone", "socle_cs"]
    writer = NumberedWriter(staged, job.detail, grid, task.crs, fields, columns, task.origin)
    smallest = pixels_of(job.min_detail, grid)
    for batch in polygons(_parts(fine, numbers, code_of), grid.width, None, np.int32):
        writer.add(batch.subset(batch.pixels >= smallest))
        task.progress.step(2 * batch.rows)
    writer.finish()
    write_style(staged, job.detail, cover_qml(job.lang, False))
    surface = round(writer.pixels * grid.dx * grid.dy, 2)
    task.events.info("info-ocsge-detail", count=writer.count, area=surface)


def _parts(fine: Strips, numbers: Strips, code_of: np.ndarray) -> Iterator[np.ndarray]:
    """A number for each pixel of another class than its polygon's, of the polygon and the class, int32; 0 elsewhere."""
    taker = Taker(numbers())
    for codes in split_busy(fine()):
        polygon = taker.take(len(codes))
        differs = (polygon > 0) & (codes > 0) & (codes < UNDECIDED) & (codes != code_of[polygon])
        yield np.where(differs, polygon.astype(np.int32) * _ROOM + codes, 0).astype(np.int32)


def detail_thresholds(job: OcsgeJob, grid: Grid) -> np.ndarray:
    """Pixels under which a region is no part of its own, int64 (256)."""
    thresholds = np.full(256, pixels_of(job.min_detail, grid), np.int64)
    thresholds[UNDECIDED] = ALWAYS
    return thresholds
