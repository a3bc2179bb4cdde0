"""What a surface without points is worth, and what it would take to know better: before the work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Optional

import numpy as np

from ..models.accuracy import Figures
from .estimators import planning
from .measured import Measured

_WIDTHS = (5, 10, 20, 50)
"""Relative half-widths in percent; the first that is affordable is told."""

_AFFORDABLE = 1500
_SHOWN_CLASSES = 3
_PRECISION = 0.8
"""What a class raster without statistics is taken to be worth, as 'Points to interpret' does."""


@dataclass(frozen=True)
class Verdict:
    """About so many points for ±percent on a class. column: its place; hours: of interpretation."""

    column: int
    percent: int
    points: int
    hours: float


def verdicts(
    measured: Measured, zone: int, level: float, statistics: Optional[Mapping[int, Figures]] = None
) -> list[Verdict]:
    """For the groups of a zone, or its three largest classes where there are no groups."""
    likely = measured.likely()[zone]
    area = float(measured.valid[zone])
    order = [n for n, c in enumerate(measured.columns) if c.is_group]
    order = order or np.argsort(-likely[: measured.classes], kind="stable")[:_SHOWN_CLASSES].tolist()
    found = []
    for number in order:
        surface = float(likely[number])
        if not surface > 0:
            continue
        figures = (statistics or {}).get(number, Figures())
        spread = _spread(measured, number, zone, surface, area, figures.precision)
        for percent in _WIDTHS:
            points = planning.points_needed(spread, area, surface * percent / 100, level)
            if points <= _AFFORDABLE or percent == _WIDTHS[-1]:
                break
        points = _rounded(points)
        found.append(Verdict(number, percent, points, round(planning.hours(points), 1)))
    return found


def _spread(
    measured: Measured, number: int, zone: int, surface: float, area: float, precision: Optional[float]
) -> float:
    if measured.has_probabilities:
        return float(measured.columns[number].spread[zone])
    right = precision or _PRECISION
    missed = min((1 - right) * surface / max(area - surface, 1e-9), 0.5)
    return surface * right * (1 - right) + (area - surface) * missed * (1 - missed)


def _rounded(points: int) -> int:
    """To two digits, upwards: more is not known."""
    step = 10 ** max(len(str(points)) - 2, 0)
    return -(-points // step) * step
