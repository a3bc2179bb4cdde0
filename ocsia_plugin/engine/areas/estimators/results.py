"""What an estimator says of one class, or group, in one zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np

NAN = float("nan")


@dataclass(frozen=True)
class Estimate:
    """A surface and how far it may be wrong.

    Attributes:
        value: m², the best estimate.
        low, high: m², bounds; NaN where there are none.
        level: probability that the interval is made for, 0 to 1; None: the interval, if there is one, has none.
        method: which estimator, a key of ``wording.METHODS``.
        assumptions: what has to be true for the level to hold, or why there is none: keys of ``wording.ASSUMPTIONS``.
        se: m², standard error; NaN where the method has none.
        count: points or tiles that it rests on.
        reread, reread_se: m²: what a second reading of the points would add to it, and the standard error of that;
            NaN where too few points were read twice.
    """

    value: float
    low: float = NAN
    high: float = NAN
    level: Optional[float] = None
    method: str = ""
    assumptions: tuple[str, ...] = ()
    se: float = NAN
    count: int = 0
    reread: float = NAN
    reread_se: float = NAN

    @property
    def has_interval(self) -> bool:
        """Whether there are bounds, with a level or without."""
        return bool(np.isfinite(self.low) and np.isfinite(self.high))

    @property
    def half_width(self) -> float:
        """m², of an interval that need not be symmetric."""
        return (self.high - self.low) / 2
