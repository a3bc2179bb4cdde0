"""Smallest surfaces written as text, ``1=50; vigne=100``, and classes alone, ``1; vigne``."""

from __future__ import annotations

import math

import numpy as np

from ..errors import OcsiaError, because
from ..grid import Grid
from ..nomenclature import LandCoverClass


def parse_min_areas(text: str, classes: tuple[LandCoverClass, ...]) -> dict[int, float]:
    """Surface in m² by code of class; a class may stand by its code or by its key.

    Raises:
        OcsiaError: ``min-areas-syntax``: not readable, an unknown class, one that stands twice.
    """

    def refuse(why: str, **params: object) -> OcsiaError:
        return OcsiaError("min-areas-syntax", text=text, reason=because(why, **params))

    known = _by_name(classes)
    areas: dict[int, float] = {}
    for part in _parts(text):
        name, _, right = (piece.strip() for piece in part.partition("="))
        if name not in known:
            raise refuse("why-class-unknown", value=name)
        try:
            area = float(right.replace(",", "."))
        except ValueError:
            raise refuse("why-not-a-surface", text=right) from None
        if not 0 <= area < math.inf:
            raise refuse("why-not-a-surface", text=right)
        if known[name] in areas:
            raise refuse("why-class-twice", name=name)
        areas[known[name]] = area
    return areas


def parse_classes(text: str, classes: tuple[LandCoverClass, ...]) -> tuple[int, ...]:
    """Codes of the classes that are named by code or by key; none where the text is empty.

    Raises:
        OcsiaError: ``classes-syntax``: an unknown class.
    """
    known = _by_name(classes)
    names = _parts(text)
    unknown = next((name for name in names if name not in known), None)
    if unknown is not None:
        listed = ", ".join(f"{c.code} ({c.key})" for c in classes)
        raise OcsiaError("classes-syntax", text=text, reason=because("why-class-unknown", value=unknown), known=listed)
    return tuple(known[name] for name in names)


def _parts(text: str) -> list[str]:
    return [part for part in (p.strip() for p in text.replace("\n", ";").split(";")) if part]


def _by_name(classes: tuple[LandCoverClass, ...]) -> dict[str, int]:
    return {str(c.code): c.code for c in classes} | {c.key: c.code for c in classes}


def pixel_thresholds(min_area: float, by_class: dict[int, float], grid: Grid) -> np.ndarray:
    """Pixels under which a region of each code is merged into a neighbour, int64 (256)."""
    thresholds = np.full(256, pixels_of(min_area, grid), np.int64)
    for code, area in by_class.items():
        thresholds[code] = pixels_of(area, grid)
    return thresholds


def pixels_of(area: float, grid: Grid) -> int:
    """The smallest number of pixels whose surface is not under ``area`` m²."""
    return math.ceil(area / (grid.dx * grid.dy) - 1e-9)
