"""Sums over discs and distances, around every cell of an array."""

from __future__ import annotations

import numpy as np
from scipy.fft import irfft2, next_fast_len, rfft2
from scipy.ndimage import distance_transform_edt

_PARTS = 16
"""Cells that the circle cuts are weighed by ``_PARTS``² points."""


def disc(radius: float, dx: float, dy: float) -> np.ndarray:
    """Share of each cell that lies in a disc around the centre of the middle one.

    Args:
        radius: in metres; dx, dy: size of a cell in metres.

    Returns:
        float64 (2 a + 1, 2 b + 1), 0 to 1; times ``dx dy`` it adds up to the disc's surface.
    """
    a, b = (int(np.ceil(radius / size + 0.5)) for size in (dy, dx))
    y, x = np.meshgrid(np.arange(-a, a + 1) * dy, np.arange(-b, b + 1) * dx, indexing="ij")
    reach = np.hypot(dx, dy) / 2
    distance = np.hypot(x, y)
    weights = (distance <= radius).astype(np.float64)
    cut = np.abs(distance - radius) <= reach
    points = (np.arange(_PARTS) + 0.5) / _PARTS - 0.5
    offset_y, offset_x = (part.ravel() for part in np.meshgrid(points * dy, points * dx, indexing="ij"))
    inside = np.hypot(x[cut][:, np.newaxis] + offset_x, y[cut][:, np.newaxis] + offset_y) <= radius
    weights[cut] = inside.mean(axis=1)
    return weights


class DiscSums:
    """Sums over discs by Fourier transform: the cost does not depend on the radius.

    Args:
        shape: of the arrays; kernels: one for each radius, each smaller than the margin that callers cut off.
    """

    def __init__(self, shape: tuple[int, int], kernels: list[np.ndarray]) -> None:
        self._shape = shape
        self._fast = tuple(next_fast_len(size, real=True) for size in shape)
        self._kernels = [self._transformed(kernel) for kernel in kernels]

    def _transformed(self, kernel: np.ndarray) -> np.ndarray:
        """Of a kernel with its middle at the origin."""
        padded = np.zeros(self._fast)
        height, width = kernel.shape
        padded[:height, :width] = kernel
        return rfft2(np.roll(padded, (-(height // 2), -(width // 2)), (0, 1)))

    def of(self, values: np.ndarray) -> list[np.ndarray]:
        """Weighted sums of the values around each cell, float64 arrays of that shape, one per kernel.

        Right where the kernel stays within the array; a margin as wide as half of the kernel is not.
        """
        height, width = self._shape
        spectrum = rfft2(values, self._fast)
        return [irfft2(spectrum * kernel, self._fast)[:height, :width] for kernel in self._kernels]


def distance_to(mask: np.ndarray, dx: float, dy: float, limit: float) -> np.ndarray:
    """Distance in metres from each cell's centre to that of the nearest cell of a mask, ``limit`` at most: float64."""
    if not mask.any():
        return np.full(mask.shape, limit)
    return np.minimum(distance_transform_edt(~mask, sampling=(dy, dx)), limit)
