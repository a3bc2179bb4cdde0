"""Where the shapes of a chart lie: geometry for the templates, in the units of the SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

from .content import Bars, Heatmap
from .numbers import Numbers

WIDTH = 720.0
_CHARACTER = 6.6
"""Width of a character of the text, near enough."""

_ROW = 26.0
_TOP = 8.0
_AXIS = 26.0
_LONGEST = 30


@dataclass(frozen=True)
class Bar:
    """One bar: label, text, y of its middle, width, x of the error bar's ends and of the text; None: not drawn."""

    label: str
    text: str
    colour: str
    y: float
    width: Optional[float]
    low: Optional[float]
    high: Optional[float]
    text_x: float


@dataclass(frozen=True)
class BarChart:
    """Attributes: left: x of the axis; ticks: (x, text)."""

    bars: Sequence[Bar]
    left: float
    right: float
    bottom: float
    height: float
    ticks: Sequence[tuple[float, str]]


def bar_chart(bars: Bars, numbers: Numbers) -> BarChart:
    """Shapes of horizontal bars on one axis that starts at 0."""
    left = 12 + _CHARACTER * min(max((len(label) for label in bars.labels), default=0), _LONGEST)
    room = 10 + _CHARACTER * max((len(text) for text in bars.texts), default=0)
    right = WIDTH - room
    ends = [v for v in (*bars.values, *bars.high) if v is not None and math.isfinite(v)]
    most = bars.most or max(ends, default=1.0) or 1.0
    step = _step(most / 5)
    most = bars.most or math.ceil(most / step - 1e-9) * step
    bottom = _TOP + _ROW * len(bars.labels)

    def x(value: Optional[float]) -> Optional[float]:
        if value is None or not math.isfinite(value):
            return None
        return round(left + (right - left) * min(max(value, 0.0), most) / most, 2)

    shapes = []
    texts = bars.texts or [""] * len(bars.labels)
    for row, label in enumerate(bars.labels):
        end, high = x(bars.values[row]), x(bars.high[row])
        shapes.append(
            Bar(
                shortened(label),
                texts[row],
                bars.colours[row],
                round(_TOP + _ROW * (row + 0.5), 2),
                None if end is None else round(end - left, 2),
                x(bars.low[row]),
                high,
                round(right + 8, 2),
            )
        )
    decimals = max(-math.floor(math.log10(step) + 1e-9), 0)
    count = round(most / step)
    ticks = [(x(step * i) or left, numbers.plain(step * i, decimals)) for i in range(count + 1)]
    return BarChart(shapes, round(left, 2), round(right, 2), bottom, bottom + _AXIS, ticks)


@dataclass(frozen=True)
class Cell:
    """One cell: place, fill, text and the text's colour."""

    x: float
    y: float
    fill: str
    ink: str
    text: str
    is_right: bool


@dataclass(frozen=True)
class HeatChart:
    """Attributes: side: width and height of a cell; marks: (place along the axis, label, colour)."""

    cells: Sequence[Cell]
    left: float
    top: float
    side: tuple[float, float]
    size: tuple[float, float]
    marks: Sequence[tuple[float, str, str]]


def heat_chart(heatmap: Heatmap) -> HeatChart:
    """Shapes of a matrix: what is right is blue, what is wrong is red, both darker where there is more."""
    count = max(len(heatmap.labels), 1)
    label = 18 + _CHARACTER * min(max(map(len, heatmap.labels), default=0), _LONGEST)
    left, top = round(label + 22, 2), round(0.72 * label + 34, 2)
    width = min((WIDTH - left - 60) / count, 64.0)
    height = min(max(width, 22.0), 30.0)
    cells = []
    for row, shares in enumerate(heatmap.shares):
        for column, share in enumerate(shares):
            fill, ink = _shade(share, row == column)
            place = round(left + column * width, 2), round(top + row * height, 2)
            cells.append(Cell(*place, fill, ink, heatmap.texts[row][column], row == column))
    marks = [(i, shortened(text), colour) for i, (text, colour) in enumerate(zip(heatmap.labels, heatmap.colours))]
    size = (WIDTH, round(top + count * height + 6, 2))
    return HeatChart(cells, left, top, (round(width, 2), round(height, 2)), size, marks)


def shortened(label: str) -> str:
    """A label that fits beside its bar."""
    return label if len(label) <= _LONGEST else label[: _LONGEST - 1] + "…"


def _shade(share: float, is_right: bool) -> tuple[str, str]:
    """Fill and ink for a share, 0 to 1: white to dark blue, or to dark red."""
    if not share > 0:
        return "#ffffff", "#767676"
    depth = 0.08 + 0.92 * math.sqrt(min(share, 1.0))
    dark = (8, 81, 156) if is_right else (165, 15, 21)
    rgb = [round(255 + (end - 255) * depth) for end in dark]
    ink = "#ffffff" if 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2] < 140 else "#1a1a1a"
    return "#{:02x}{:02x}{:02x}".format(*rgb), ink


def _step(rough: float) -> float:
    """1, 2 or 5 times a power of ten, not under ``rough``."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(f * power for f in (1, 2, 5, 10) if f * power >= rough * (1 - 1e-9))
