"""Numbers as people read them: rounded to what is known, in the language of the report."""

from __future__ import annotations

import math
from typing import Optional

_THIN, _NARROW = "\u2009", "\u202f"


class Numbers:
    """Writes numbers in ``fr`` (decimal comma, narrow no-break spaces) or ``en``."""

    def __init__(self, lang: str) -> None:
        self._fr = lang == "fr"

    def plain(self, value: float, decimals: int = 0) -> str:
        """A number with so many decimals; fewer than none round to tens, hundreds..."""
        if not math.isfinite(value):
            return "–"
        text = f"{round(value, decimals) + 0.0:,.{max(decimals, 0)}f}"
        if text.lstrip("-0.,") == "":
            text = text.lstrip("-")
        text = text.replace(",", _NARROW if self._fr else "\u202f")
        if self._fr:
            text = text.replace(".", ",")
        return text.replace("-", "−")

    def percent(self, share: float, decimals: int = 1) -> str:
        """A share, 0 to 1, in percent."""
        if not math.isfinite(share):
            return "–"
        return self.plain(100 * share, decimals) + (f"{_NARROW}%" if self._fr else "%")

    def level(self, level: float) -> str:
        """A level of confidence, 0 to 1."""
        return self.percent(level, 0 if abs(100 * level - round(100 * level)) < 1e-9 else 1)

    def share(self, value: float, low: Optional[float], high: Optional[float]) -> str:
        """A share with its interval, rounded to it; without one, to about two digits."""
        if low is None or high is None:
            return self.percent(value, decimals_alone(value))
        decimals = decimals_of(50 * (high - low))
        ends = f"{self.plain(100 * low, decimals)}–{self.plain(100 * high, decimals)}"
        return f"{self.percent(value, decimals)} [{ends}]"

    def area(self, value: float, half: Optional[float] = None) -> str:
        """A surface in m², rounded to two digits of its half-width and followed by it where there is one."""
        if half is None or not half > 0:
            return f"{self.plain(value)}{_NARROW}m²"
        decimals = decimals_of(half)
        return f"{self.plain(value, decimals)}{_NARROW}m² ± {self.plain(half, decimals)}{_NARROW}m²"


def decimals_of(half: float) -> int:
    """Decimals that keep two digits of an uncertainty; negative: tens, hundreds; 3 at most."""
    if not (half > 0 and math.isfinite(half)):
        return 0
    return min(1 - math.floor(math.log10(half)), 3)


def decimals_alone(share: float) -> int:
    """Decimals of a share in percent that comes without an uncertainty: few, yet 0.3 % is not 0 and 99.7 % not 100."""
    away = 100 * min(abs(share), abs(1 - share))
    if not math.isfinite(away) or away == 0 or away >= 10:
        return 0
    return 1 if away >= 1 else 2
