"""Plots of ``docs/uncertainty.md`` from the figures that ``benchmarks/uncertainty.py --json`` wrote, as SVG.

python benchmarks/uncertainty_plots.py figures.json docs/images
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

COLOURS = {
    "points 200": "#1b7837",
    "points 200 and tiles": "#5aae61",
    "points 50": "#2166ac",
    "tiles, Student": "#b2182b",
    "IGN's legacy ±": "#b35806",
    "sum of p, independent pixels": "#777777",
}
MAIN = 4
_WIDTH, _LEFT, _RIGHT, _TOP, _ROW = 760, 250, 30, 40, 22


def main(source: Path, target: Path) -> None:
    """Write both plots."""
    figures = json.loads(source.read_text(encoding="utf-8"))
    target.mkdir(parents=True, exist_ok=True)
    for name, text in (("coverage", coverage(figures)), ("half_widths", half_widths(figures))):
        (target / f"uncertainty_{name}.svg").write_text(text, encoding="utf-8", newline="\n")


def coverage(figures: dict[str, Any]) -> str:
    """Coverage of the main classes, least to greatest, per method and size of the zone effects."""
    rows: list[str] = []
    y = _TOP
    for method, colour in COLOURS.items():
        for shift in (1, 2, 3):
            values = figures[f"x{shift}"][method]["coverage"][:MAIN]
            rows.append(_label(y, f"{method}, effects ×{shift}"))
            a, b = _x(min(values)), _x(max(values))
            rows.append(f'<line x1="{a}" x2="{b}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="9" '
                        'stroke-linecap="round"/>')  # fmt: skip
            y += _ROW
        y += 8
    marks = [(v, f"{v} %") for v in (0, 25, 50, 75, 95)]
    return _page(y, "Intervals at 95 %: how many hold the truth (range over the four main classes)", marks, rows, 95)


def half_widths(figures: dict[str, Any]) -> str:
    """Mean half-widths at the same number of points, unshifted."""
    rows: list[str] = []
    y = _TOP
    for count in (50, 100, 200, 300):
        for method, name, colour in (
            (f"sample only {count}", "no map", "#999999"),
            (f"Olofsson {count}", "map classes (Olofsson)", "#2166ac"),
            (f"points {count}", "probabilities (ours)", "#1b7837"),
            (f"points {count} and tiles", "and tiles", "#5aae61"),
        ):
            value = figures["x1"][method]["half_width"]
            rows.append(_label(y, f"{count} points, {name}"))
            rows.append(f'<rect x="{_LEFT}" y="{y - 7}" width="{_x(8 * value) - _LEFT:.1f}" height="14" '
                        f'fill="{colour}"/>')  # fmt: skip
            rows.append(f'<text x="{_x(8 * value) + 5:.1f}" y="{y + 4}">{value:.2f}</text>')
            y += _ROW
        y += 8
    marks = [(8 * v, f"{v} %") for v in (0, 3, 6, 9, 12)]
    return _page(y, "Mean half-width of the 95 % interval, in percent of the zone", marks, rows, None)


def _x(percent: float) -> float:
    return round(_LEFT + (_WIDTH - _LEFT - _RIGHT) * percent / 100, 1)


def _label(y: float, text: str) -> str:
    return f'<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{text}</text>'


def _page(
    bottom: float, title: str, marks: Sequence[tuple[float, str]], rows: Sequence[str], line: float | None
) -> str:
    grid = [
        f'<line x1="{_x(v)}" x2="{_x(v)}" y1="{_TOP - 14}" y2="{bottom - 12}" '
        f'stroke="{"#000" if v == line else "#ddd"}"/>'
        f'<text x="{_x(v)}" y="{bottom + 4}" text-anchor="middle">{text}</text>'
        for v, text in marks
    ]
    height = bottom + 16
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}" '
        'font-family="sans-serif" font-size="11">\n<rect width="100%" height="100%" fill="#fff"/>\n'
        f'<text x="12" y="18" font-size="13" font-weight="bold">{title}</text>\n'
    )
    return head + "\n".join([*grid, *rows]) + "\n</svg>\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
