"""What a prediction says of the polygons of a reference: shares of the classes, and a verdict on the class expected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

import numpy as np

from ..areas.places import Places
from ..areas.zones import Attributes, Zones
from ..grid import Window
from ..nomenclature import LandCoverClass
from .forms import VERDICTS
from .landcover import LandCover, Pixels

CONFIRMED, DOUBTFUL, CONTRADICTED = range(3)


class Shares:
    """Sums over polygons, window by window.

    From probabilities, a pixel adds the probability of each class; from classes, one for its class. ``totals`` of each
    polygon and class, float64 (Z, K); ``nodata``: pixels without data, int64 (Z).
    """

    def __init__(self, zones: Zones, land_cover: LandCover) -> None:
        self._places = Places(zones.geometries, land_cover.grid)
        self._codes = [c.code for c in land_cover.classes]
        self.totals = np.zeros((len(zones), len(self._codes)))
        self.nodata = np.zeros(len(zones), np.int64)

    def add(self, window: Window, pixels: Pixels) -> None:
        """Add the pixels of a window."""
        codes = pixels.codes.ravel()
        values = None if pixels.values is None else pixels.values.reshape(len(self._codes), -1)
        for zone, inside in self._places.inside(window):
            counts = np.bincount(codes[inside], minlength=256)
            self.nodata[zone] += counts[0]
            if values is None:
                self.totals[zone] += counts[self._codes]
                continue
            some = values[:, inside].astype(np.float64)
            total = some.sum(axis=0)
            self.totals[zone] += some @ np.divide(1, total, out=np.zeros_like(total), where=total > 0)

    @property
    def parts(self) -> np.ndarray:
        """Share of each class among the pixels with data, float64 (Z, K); NaN where there are none."""
        total = self.totals.sum(axis=1, keepdims=True)
        return np.divide(self.totals, total, out=np.full_like(self.totals, np.nan), where=total > 0)


def verdict_fields(
    zones: Zones,
    expected: Sequence[Optional[LandCoverClass]],
    shares: Shares,
    classes: Sequence[LandCoverClass],
    limits: tuple[float, float],
    lang: str,
) -> tuple[Attributes, np.ndarray]:
    """Attributes of the polygons of the reference.

    The verdict is *confirmed* where the share of the expected class reaches the first limit, *contradicted* where it
    does not pass the second, *doubtful* between them. Its confidence is the share itself, or what lacks to the whole
    where it is contradicted; a doubtful polygon has none.

    Args:
        limits: shares, 0 to 1.

    Returns:
        Fields of the layer, then those made here; the verdict of each polygon, int8 (Z), -1 where there is none.
    """
    parts = shares.parts
    place = {c.code: number for number, c in enumerate(classes)}
    known = np.array([meaning is not None for meaning in expected]) & ~np.isnan(parts[:, 0])
    share = np.full(len(zones), np.nan)
    for zone in np.flatnonzero(known).tolist():
        share[zone] = parts[zone, [place[c] for c in expected[zone].members if c in place]].sum()  # type: ignore[union-attr]
    verdict = np.where(share >= limits[0], CONFIRMED, np.where(share <= limits[1], CONTRADICTED, DOUBTFUL))
    verdict = np.where(known, verdict, -1).astype(np.int8)
    sure = np.where(verdict == CONFIRMED, share, np.where(verdict == CONTRADICTED, 1 - share, np.nan))
    first = np.nan_to_num(parts).argmax(axis=1)
    seen = ~np.isnan(parts[:, 0])
    words = (*VERDICTS["fr" if lang == "fr" else "en"], None)
    pixels = shares.totals.sum(axis=1) + shares.nodata
    made: Attributes = {
        "attendu": (np.array([m.name(lang) if m else None for m in expected], object), None),
        "verdict": (np.array([words[v] for v in verdict], object), None),
        "confiance": (np.round(sure, 3), None),
        "part_pct": (np.round(100 * share, 1), None),
        "majorite": (np.array([classes[n].name(lang) if s else None for n, s in zip(first, seen)], object), None),
        "majorite_pct": (np.round(100 * parts.max(axis=1), 1), None),
        "nodata_pct": (np.round(100 * shares.nodata / np.where(pixels > 0, pixels, np.nan), 1), None),
        "verifie": (np.zeros(len(zones), bool), None),
        "decision": (np.full(len(zones), None, object), None),
    }
    for number, land_cover in enumerate(classes):
        made.setdefault(f"{land_cover.key}_pct", (np.round(100 * parts[:, number], 1), None))
    taken = {"fid", "geom", *(name.lower() for name in made)}
    kept = {f"{name}_source" if name.lower() in taken else name: values for name, values in zones.attributes.items()}
    return {**kept, **made}, verdict
