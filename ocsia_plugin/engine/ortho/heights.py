"""Do these rasters give heights above ground? A look at some of them, before the work."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..errors import OcsiaError
from ..grid import Grid, Window
from .samples import sample_windows

_PLAUSIBLE = -5.0, 100.0
"""Metres above ground: a surface model lies a little under its ground here and there; trees and houses end below."""

_DOUBTFUL = 0.2
"""Share of pixels beyond that is more than noise and towers."""

_STEP, _NOISE = 1.0, 0.05
"""Where more than a share lies metres under the ground, and more than over it, what is on it was taken for it."""


def check_heights(metres: Callable[[Window], tuple[np.ndarray, np.ndarray]], grid: Grid, path: str) -> None:
    """Refuse heights that cannot be metres above ground: swapped, in feet over metres, of other vertical references.

    Args:
        metres: height (H, W) and validity (H, W) of a window of ``grid``.
        path: names the source.

    Raises:
        OcsiaError: ``heights-sunk``, ``heights-wild``.
    """
    heights = np.concatenate([height[valid] for height, valid in map(metres, sample_windows(*grid.size))])
    if heights.size == 0:  # the sources may have gaps, and the sample fall into them
        return
    sunk, raised = (float(np.mean(share)) for share in (heights < -_STEP, heights > _STEP))
    if sunk > max(_NOISE, raised):
        raise OcsiaError("heights-sunk", path=path, share=round(100 * sunk), raised=round(100 * raised))
    low, high = _PLAUSIBLE
    beyond = float(np.mean((heights < low) | (heights > high)))
    if beyond > _DOUBTFUL:
        few, half, most = (round(float(v), 1) for v in np.percentile(heights, (5, 50, 95)))
        raise OcsiaError("heights-wild", path=path, share=round(100 * beyond), low=few, median=half, high=most)
