"""Where a job works: the extent and the mask that it names, and the windows of the result that they leave."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Optional

import numpy as np

from ..errors import OcsiaError
from ..grid import BLOCK, Grid, Window, tiles
from ..jobs.ortho import OrthoJob
from .polygons import Mask
from .sources import Bounds


class Where:
    """The place of a job.

    Attributes:
        extent: what the extent and the mask leave, in the CRS of the result; None: everything.
        outside: code of the refusal where that is nothing of the image.

    Raises:
        OcsiaError: ``job-invalid``, or what ``Mask`` raises.
    """

    def __init__(self, job: OrthoJob) -> None:
        if job.extent is not None and len(job.extent) != 4:
            raise OcsiaError("job-invalid", reason="extent is xmin, ymin, xmax, ymax")
        self._mask = Mask(job.mask) if job.mask else None
        self.outside = "mask-outside" if self._mask and job.extent is None else "extent-outside"
        self.extent: Optional[Bounds] = job.extent
        if self._mask:
            self.extent = _common(self._mask.bounds, job.extent or self._mask.bounds)

    def keep_to(self, bounds: Bounds) -> None:
        """Leave what lies outside ``bounds`` as well, in the CRS of the result: there is no image there."""
        self.extent = _common(bounds, self.extent) if self.extent else bounds

    def pixels(self, grid: Grid) -> int:
        """Pixels of a grid that the extent leaves, in blocks that the mask touches."""
        kept = self._kept(grid)
        if self._mask is None:
            return kept.width * kept.height
        blocks = (window.common(kept) for window in tiles(*grid.size, BLOCK, BLOCK))
        return sum(b.width * b.height for b in blocks if not b.is_empty and self._mask.touches(grid, b))

    def planned(self, grid: Grid, windows: Iterable[Window], path: str) -> list[Window]:
        """What is left to compute of windows that start on multiples of ``BLOCK``: scattered parcels cost their blocks.

        Args:
            path: of the image, for the refusal.

        Raises:
            OcsiaError: ``mask-outside``, ``extent-outside``.
        """
        if self._leaves_all(grid):
            return list(windows)
        left = [part for window in windows if (part := self._touched(grid, window))]
        if not left:
            raise OcsiaError(self.outside, path=path)
        return left

    def touches(self, grid: Grid) -> bool:
        """Whether the extent and the mask leave anything of a grid."""
        return self._leaves_any(grid, Window(0, 0, *grid.size))

    def inside(self, grid: Grid, window: Window, valid: np.ndarray) -> np.ndarray:
        """bool (H, W): the valid pixels of a window that the extent and the mask leave."""
        kept = self._kept(grid)
        if kept.common(window) != window:
            valid = valid & _rectangle(kept, window)
        return valid if self._mask is None else valid & self._mask.inside(grid, window)

    def _kept(self, grid: Grid) -> Window:
        """The pixels of a grid that the extent leaves."""
        if self.extent is None:
            return Window(0, 0, *grid.size)
        part = grid.cropped(self.extent)
        return Window(round((part.x - grid.x) / grid.dx), round((grid.y - part.y) / grid.dy), *part.size)

    def _leaves_all(self, grid: Grid) -> bool:
        return self._mask is None and self._kept(grid).size == grid.size

    def _leaves_any(self, grid: Grid, window: Window) -> bool:
        if self._kept(grid).common(window).is_empty:
            return False
        return self._mask is None or self._mask.touches(grid, window)

    def _touched(self, grid: Grid, window: Window) -> Optional[Window]:
        """The smallest rectangle of blocks around what the extent and the mask leave of a window."""
        if not self._leaves_any(grid, window):
            return None
        blocks = [
            Window(window.col + b.col, window.row + b.row, b.width, b.height)
            for b in tiles(window.width, window.height, BLOCK, BLOCK)
        ]
        touched = [block for block in blocks if self._leaves_any(grid, block)]
        if not touched:
            return None
        col, row = min(b.col for b in touched), min(b.row for b in touched)
        right, bottom = max(b.col + b.width for b in touched), max(b.row + b.height for b in touched)
        return Window(col, row, right - col, bottom - row)


def _common(one: Bounds, other: Bounds) -> Bounds:
    """What two rectangles share; beyond each other: one of negative size."""
    (a, b, c, d), (e, f, g, h) = one, other
    return max(a, e), max(b, f), min(c, g), min(d, h)


def _rectangle(kept: Window, window: Window) -> np.ndarray:
    """bool (H, W): the pixels of a window that lie in another one."""
    result = np.zeros((window.height, window.width), bool)
    result[kept.common(window).slices_in(window)] = True
    return result
