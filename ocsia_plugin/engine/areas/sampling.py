"""How many points, in which strata, and which pixels: numbers without files.

A pixel of stratum h is drawn with the probability n_h / N_h, without replacement. The surface of a class is then
estimated by the stratified difference estimator, whose variance is

    V = Σ_h W_h² (1 − n_h / N_h) S_h² / n_h        (Cochran, Sampling Techniques, 3rd ed., 1977, eq. 5.6 and 7.1),

S_h² the variance in the stratum of what the points correct: truth minus probability. For planning S_h² is the mean of
p (1 − p), which it is where the probabilities are calibrated. n_h grows as N_h S_h (Neyman), over a minimum for all.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

SECONDS_PER_POINT = 45
"""What interpreting a point takes an interpreter with some practice: 160 points in two hours."""

MOST_POINTS = 20_000
"""More than this nobody interprets: such a target is refused, with what it would take."""

_LEAST_VARIANCE = 0.002
"""No stratum is believed to be without errors, whatever its probabilities say."""


@dataclass(frozen=True)
class Aim:
    """A surface to be known to within a relative half-width.

    Attributes:
        name: of its class or group; half_width: relative, 0.05 for ±5 %; 0: none is asked for.
        share: of the population's surface; variance: S_h², float64 (H).
    """

    name: str
    half_width: float
    share: float
    variance: np.ndarray


def expected_variance(mean_of_p_q: np.ndarray) -> np.ndarray:
    """S_h² from the mean of p (1 − p) in each stratum."""
    return np.maximum(mean_of_p_q, _LEAST_VARIANCE)


def assumed_variance(is_target: np.ndarray, weights: np.ndarray, precision: float) -> np.ndarray:
    """S_h² of a map without probabilities: of its target strata the share ``precision`` is right, and as much of the
    target is missed, evenly over the other strata.

    Args:
        is_target: bool (H); weights: W_h, float64 (H), of sum 1; precision: 0 to 1.
    """
    inside = float(weights[is_target].sum())
    missed = min((1 - precision) * inside / max(1 - inside, 1e-12), 0.5)
    right = np.where(is_target, precision, missed)
    return np.maximum(right * (1 - right), _LEAST_VARIANCE)


def half_width(aim: Aim, sizes: np.ndarray, weights: np.ndarray, drawn: np.ndarray, level: float) -> float:
    """Relative half-width of the interval that ``drawn`` points per stratum will give; infinite where none will."""
    if aim.share <= 0 or (drawn < np.minimum(2, sizes)).any():
        return math.inf
    freedom = max(int(drawn.sum()) - len(drawn), 1)
    variance = (weights**2 * (1 - drawn / sizes) * aim.variance / np.maximum(drawn, 1)).sum()
    return float(student.ppf(0.5 + level / 2, freedom) * math.sqrt(variance) / aim.share)


def for_target(aim: Aim, sizes: np.ndarray, weights: np.ndarray, least: int, level: float) -> np.ndarray:
    """The fewest points per stratum, int64 (H), that reach the half-width of ``aim``."""
    score = weights * np.sqrt(aim.variance)
    low, high = 0.0, float(sizes.max() / score.min())

    def drawn(scale: float) -> np.ndarray:
        return np.minimum(np.maximum(np.ceil(scale * score), least), sizes).astype(np.int64)

    if half_width(aim, sizes, weights, drawn(low), level) <= aim.half_width:
        return drawn(low)
    while high - low > 1e-9 * high:
        middle = (low + high) / 2
        if half_width(aim, sizes, weights, drawn(middle), level) <= aim.half_width:
            high = middle
        else:
            low = middle
    return drawn(high)


def for_count(count: int, score: np.ndarray, sizes: np.ndarray, least: int) -> np.ndarray:
    """``count`` points over the strata in proportion to ``score``, at least ``least`` in each (or all of its pixels).

    Returns:
        int64 (H), whose sum is ``count`` unless the minimums, or the pixels, say otherwise.
    """
    floor = np.minimum(least, sizes)
    low, high = 0.0, float(sizes.max() / score[score > 0].min()) if (score > 0).any() else 0.0

    def shares(scale: float) -> np.ndarray:
        return np.clip(scale * score, floor, sizes)

    while high - low > 1e-12 * high:
        middle = (low + high) / 2
        low, high = (middle, high) if shares(middle).sum() < count else (low, middle)
    exact = shares(high)
    drawn = np.maximum(np.floor(exact + 1e-9).astype(np.int64), floor)
    # The largest remainders get the points that rounding down left over.
    for stratum in np.lexsort((np.arange(len(exact)), drawn - exact)).tolist():
        if drawn.sum() >= count:
            break
        drawn[stratum] += drawn[stratum] < sizes[stratum]
    return drawn.astype(np.int64)


class Stream:
    """Whole numbers at random, the same on every machine and with every version: only the raw stream of PCG64 is used,
    which NumPy promises not to change (what it makes of it may change).

    Args:
        seed: not negative; name: of the stream; streams of different names are independent.
    """

    def __init__(self, seed: int, name: str) -> None:
        self._bits = np.random.PCG64(np.random.SeedSequence([seed, *name.encode()]))

    def below(self, limit: int) -> int:
        """One of 0 ... limit − 1, all equally probable."""
        most = (1 << 64) - (1 << 64) % limit
        while (value := int(self._bits.random_raw())) >= most:
            pass
        return value % limit

    def sample(self, size: int, count: int) -> list[int]:
        """``count`` different numbers under ``size``, ascending, each set equally probable; the memory is that of the
        result (Floyd, in Bentley, Communications of the ACM 30(9), 1987)."""
        chosen: set[int] = set()
        for last in range(size - count, size):
            value = self.below(last + 1)
            chosen.add(last if value in chosen else value)
        return sorted(chosen)

    def shuffled(self, count: int) -> np.ndarray:
        """The numbers under ``count`` in random order, int64 (Fisher and Yates)."""
        order = np.arange(count)
        for last in range(count - 1, 0, -1):
            other = self.below(last + 1)
            order[[last, other]] = order[[other, last]]
        return order
