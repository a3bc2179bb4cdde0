"""A synthetic world whose truth is known, for the coverage of intervals: patches of five classes, one of them rare, and
a model whose errors are correlated in space and shared by zones and departments.

Truth: the class whose Gaussian field is greatest. The model's evidence for class k at a pixel is

    L_k = a 1(y = k) + ε_k,   ε_k = spatial field + shift (zone effect + department effect)

and its probabilities softmax(1.16 (ln π_k + a L_k)): exactly calibrated without effects but for the factor, which makes
them as over-confident as networks are. They are stored as floor(255 p).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

SIDE = 160
PIXEL = 2.0
SHARES = np.array([0.30, 0.26, 0.22, 0.212, 0.008])
EVIDENCE = 2.1
OVERCONFIDENCE = 1.16
ZONE_SD, DEPARTMENT_SD = 0.24, 0.14
PATCH_M, ERROR_M = 60.0, 20.0


@dataclass(frozen=True)
class Place:
    """A zone. truth: int (N) class index; p: float64 (N, 5), rows that sum to 1; raw: uint8 (N, 5)."""

    truth: np.ndarray
    p: np.ndarray
    raw: np.ndarray

    @property
    def choice(self) -> np.ndarray:
        """Class of the map, int (N)."""
        return self.raw.argmax(axis=1)


class World:
    """Draws zones; the same seed draws the same ones."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self._patch, self._error = (_spectrum(r) for r in (PATCH_M, ERROR_M))
        self._offsets = _offsets()

    def department(self, shift: float = 1.0) -> np.ndarray:
        """Effect that the zones of a department share, float64 (5)."""
        return shift * DEPARTMENT_SD * self.rng.standard_normal(len(SHARES))

    def zone(self, shift: float = 1.0, department: np.ndarray | None = None) -> Place:
        """One zone, by default in a department of its own."""
        department = self.department(shift) if department is None else department
        effect = department + shift * ZONE_SD * self.rng.standard_normal(len(SHARES))
        truth = (self._fields(self._patch) + self._offsets).argmax(axis=1)
        evidence = self._fields(self._error) + effect
        evidence[np.arange(len(truth)), truth] += EVIDENCE
        logits = OVERCONFIDENCE * (np.log(SHARES) + EVIDENCE * evidence)
        p = np.exp(logits - logits.max(axis=1, keepdims=True))
        raw = np.floor(255 * p / p.sum(axis=1, keepdims=True)).astype(np.uint8)
        return Place(truth, raw / raw.sum(axis=1, keepdims=True), raw)

    def _fields(self, spectrum: np.ndarray) -> np.ndarray:
        noise = self.rng.standard_normal((len(SHARES), SIDE, SIDE))
        fields = np.fft.irfft2(np.fft.rfft2(noise) * spectrum, s=(SIDE, SIDE))
        return fields.reshape(len(SHARES), -1).T


def _spectrum(scale: float) -> np.ndarray:
    """Square root of the spectrum of a field of variance 1 whose covariance is exp(-h / (scale / 3)), on a torus."""
    lag = PIXEL * np.minimum(np.arange(SIDE), SIDE - np.arange(SIDE))
    covariance = np.exp(-np.hypot(lag[:, np.newaxis], lag) / (scale / 3))
    return np.sqrt(np.maximum(np.fft.rfft2(covariance).real, 0))


@cache
def _offsets() -> np.ndarray:
    """What the fields are raised by so that each class is greatest as often as ``SHARES`` says."""
    draws = np.random.default_rng(0).standard_normal((200_000, len(SHARES)))
    offsets = np.zeros(len(SHARES))
    for _ in range(300):
        found = np.bincount((draws + offsets).argmax(axis=1), minlength=len(SHARES)) / len(draws)
        offsets += 0.5 * np.log(SHARES / np.maximum(found, 1e-5))
    return offsets
