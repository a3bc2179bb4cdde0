"""What simplifying did to the surface of each class: for the log, and for a table."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import because
from ..events import Events
from .outlines import PolygonBatch

MOST_CHANGE_PCT = 0.5
"""Change of a class's surface, in percent, of which the user is warned."""

COLUMNS = ("numero", "classe", "polygones", "surface_pixels_m2", "surface_m2", "ecart_pct")


class ClassTotals:
    """Polygons and surfaces by code, before and after their outlines were simplified.

    Attributes:
        count, pixels: int64 (256); areas: in pixels, float64 (256).
    """

    def __init__(self) -> None:
        self.count = np.zeros(256, np.int64)
        self.pixels = np.zeros(256, np.int64)
        self.areas = np.zeros(256)

    def add(self, batch: PolygonBatch) -> None:
        """Take polygons in."""
        self.count += np.bincount(batch.codes, minlength=256)
        np.add.at(self.pixels, batch.codes, batch.pixels)
        np.add.at(self.areas, batch.codes, batch.areas)

    @property
    def codes(self) -> list[int]:
        """Codes that were seen, in ascending order."""
        return np.flatnonzero(self.count).tolist()

    def change(self, code: int) -> float:
        """Percent of the surface of a class."""
        return 100 * float(self.areas[code] / self.pixels[code] - 1)

    def report(self, tolerance: float, names: Sequence[str], events: Events) -> None:
        """Say what changed, and warn of what changed much."""
        changes = {code: self.change(code) for code in self.codes}
        worst = max(changes, key=lambda code: abs(changes[code]))
        mean = 100 * float(np.abs(self.areas - self.pixels).sum() / self.pixels.sum())
        events.info(
            "info-simplified",
            tolerance=tolerance,
            worst=round(changes[worst], 3),
            name=names[worst],
            mean=round(mean, 3),
            changes=_listed(changes, names),
        )
        much = {code: change for code, change in changes.items() if abs(change) > MOST_CHANGE_PCT}
        if much:
            shown = {"tolerance": tolerance, "limit": MOST_CHANGE_PCT, "changes": _listed(much, names)}
            events.warning("warn-simplified", **shown)

    def write(self, path: Path, names: Sequence[str], pixel_m2: float) -> None:
        """One line per class: CSV, UTF-8, with a decimal point."""
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            for code in self.codes:
                surfaces = (f"{value * pixel_m2:.4f}" for value in (self.pixels[code], self.areas[code]))
                writer.writerow([code, names[code], self.count[code], *surfaces, f"{self.change(code):.4f}"])


def _listed(changes: dict[int, float], names: Sequence[str]) -> list[dict[str, Any]]:
    """Parts of a sentence: the reader's language writes the numbers. Adding 0 makes a -0 of rounding plain."""
    shown = ((names[code], round(change, 3) + 0.0) for code, change in changes.items())
    return [because("why-changed", name=name, change=change) for name, change in shown]
