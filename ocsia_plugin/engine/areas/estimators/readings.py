"""Points that were read twice, independently: what another reader would have made of the surfaces.

A point of stratum h stands for w_u = A_h / n_h. Of the n points n₂ were read again, and d_u = y₂ - y₁ is what changed:

    D = (n / n₂) Σ_{u read again, in zone} w_u d_u,    V(D) = n² s² / n₂,  s² the variance of 1(u in zone) w_u d_u

(two phases taken as one draw with replacement: Särndal, Swensson and Wretman 1992, ch. 9). By the measurement model of
ibid., ch. 16, used by Stehman et al. 2022 (Remote Sensing of Environment 269, 112806), what a reader gets wrong
consists of two parts. Errors that are independent from point to point scatter y and so are in the variance of the
surface already: adding them would count them twice. What a reader does all over the zone is not, and two readers show
it as D. They leave it one degree of freedom, too few for an interval (t = 12.7): it is told, not added. Where D is
beyond chance and beyond ``NEGLIGIBLE`` standard errors of the surface, no level is claimed: a bias of 0.4 standard
errors lowers a coverage of 95 to 93 % (Cochran 1977, table 1.1). What both readers mistake in the same sense shows
nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Optional

import numpy as np
from scipy import stats

from .design import Sample, membership
from .results import Estimate

FEWEST_READ = 10
"""Points of the zone read twice, under which nothing is said of a reader's effect."""

NEGLIGIBLE = 0.4
"""Bias in standard errors up to which an interval keeps its level."""


@dataclass(frozen=True)
class Reread:
    """D and its standard error, m², float64 (C): classes, then groups. count: points of the zone read twice."""

    shift: np.ndarray
    se: np.ndarray
    count: int


def reread(sample: Sample, second: np.ndarray, groups: Sequence[Sequence[int]] = ()) -> Optional[Reread]:
    """What a second reader would change; None where fewer than ``FEWEST_READ`` points of the zone were read again.

    Args:
        second: int64 (n): column of the second reading; -1: there is none.
    """
    read = second >= 0
    count = int((read & sample.inside).sum())
    if count < FEWEST_READ:
        return None
    classes = sample.y.shape[1]
    change = (np.eye(classes)[second[read]] - sample.y[read]) @ membership(classes, groups)
    weight = (sample.inside * (sample.areas / np.maximum(sample.drawn, 1))[sample.stratum])[read]
    parts = weight[:, np.newaxis] * change
    total, again = len(second), len(parts)
    return Reread(parts.mean(axis=0) * total, parts.std(axis=0, ddof=1) * total / np.sqrt(again), count)


def judged(estimates: Sequence[Estimate], found: Optional[Reread], level: float) -> list[Estimate]:
    """The estimates with what the second reading would change; without a level where the readers differ for good."""
    if found is None:
        return list(estimates)
    quantile = float(stats.t.ppf(0.5 + level / 2, found.count - 1))
    made = []
    for own, shift, se in zip(estimates, found.shift.tolist(), found.se.tolist()):
        told = replace(own, reread=shift, reread_se=se)
        differ = abs(shift) > quantile * se and abs(shift) > NEGLIGIBLE * own.se
        if differ and own.level is not None:
            told = replace(told, level=None, assumptions=("readers-differ",))
        made.append(told)
    return made
