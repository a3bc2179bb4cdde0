"""Smooth random fields: the only source of "organic" variation in the scene."""

from __future__ import annotations

import numpy as np


def _axis(n: int, step: float) -> tuple[np.ndarray, np.ndarray]:
    """Grid index (n,) and the four cubic B-spline weights (4, n) of n samples, `step` pixels per node."""
    x = (np.arange(n, dtype=np.float32) + 0.5) / np.float32(step)
    i = np.floor(x).astype(np.intp)
    t = x - i
    w = np.stack([(1 - t) ** 3, 3 * t**3 - 6 * t**2 + 4, -3 * t**3 + 3 * t**2 + 3 * t + 1, t**3]) / 6
    return i, w.astype(np.float32)


def smooth(rng: np.random.Generator, shape: tuple[int, int], step: float) -> np.ndarray:
    """Unit-variance noise, float32 `shape`, with features about `step` pixels wide."""
    step = max(step, 1.0)
    (i, wi), (j, wj) = _axis(shape[0], step), _axis(shape[1], step)
    grid = rng.standard_normal((i[-1] + 4, j[-1] + 4), dtype=np.float32)
    rows = sum(w[:, None] * grid[i + k] for k, w in enumerate(wi))
    # A cubic B-spline of white noise keeps about a quarter of its variance in two dimensions.
    return sum(w * rows[:, j + k] for k, w in enumerate(wj)) * np.float32(2.1)


def fractal(
    rng: np.random.Generator, shape: tuple[int, int], step: float, octaves: int = 4, gain: float = 0.55
) -> np.ndarray:
    """About unit-variance noise, float32 `shape`: `octaves` layers, each half as wide as the one before."""
    total = np.zeros(shape, np.float32)
    weight = norm = 1.0
    norm = 0.0
    for k in range(octaves):
        if step / 2**k < 1:
            break
        total += np.float32(weight) * smooth(rng, shape, step / 2**k)
        norm += weight**2
        weight *= gain
    return total / np.float32(np.sqrt(norm or 1.0))
