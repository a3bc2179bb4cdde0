"""The rules by which classes of NAF or CoSIA become the cover of OCS GE.

Which class comes from which is IGN's table (Comparatif_OCSGE_CoSIA_IGN_2023.pdf, page 3), the smallest surfaces are
its page 2. What that table leaves open, pixels alone cannot decide, and the rules for it are ours:

- where the RPG or BD TOPO are given, they decide first what the table leaves open (see ``overlays``);
- pools, greenhouses and "other" have no class of their own: they take the class around them, whatever their size;
- woody polygons are trees, shrubs or vineyards, whichever makes most of them;
- trees are deciduous or coniferous where three quarters of the tree cover are, mixed otherwise. A clear cut counts for
  neither and is mixed by itself;
- brushwood is CS2.1.2. Vineyards are CS2.1.3, crops, grass and ploughed land CS2.2.1: CS2.2.2 is never made;
- sealed and pervious ground are CS1.1.2.2 together where neither is three quarters of both;
- what is under the smallest surface of constructed zones (built areas and sealed ground: under that of built areas)
  joins the class with which it shares most edge, smallest first; larger regions that are still too small do so too, but
  an edge counts twice where both classes have vegetation (CS2) or both have none (CS1), and four times where their
  codes agree to the second level (CS1.1, CS2.1...). Water and snow are near to no other class;
- sealed ground under the smallest surface stays where it goes on: where parts that touch at a corner reach the
  surface together, or where a part is ten times as long as wide, from 200 m².
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..errors import OcsiaError
from ..nomenclature import LandCoverClass, Nomenclature, load_nomenclature
from ..products.classes import Legend

COVER = "ocsge_cs"
UNDECIDED = 15
"""Work code of pixels that take the class around them: the first one after those of OCS GE."""

BUILT, SEALED, MINERAL, COMPOSITE, WATER, SNOW = 1, 2, 3, 4, 6, 7
DECIDUOUS, CONIFEROUS, MIXED, SHRUBS, VINES, HERBACEOUS, NOT_WOODY = 8, 9, 10, 11, 12, 13, 14

_COVER_OF_KEY = {
    "batiment": BUILT,
    "zone_impermeable": SEALED,
    "zone_permeable": MINERAL,
    "sol_nu": 5,
    "surface_eau": WATER,
    "neige": SNOW,
    "feuillus": DECIDUOUS,
    "coniferes": CONIFEROUS,
    "coupe": MIXED,
    "broussaille": SHRUBS,
    "vigne": VINES,
    "culture_herbace": HERBACEOUS,
    "pelouse": HERBACEOUS,
    "culture": HERBACEOUS,
    "terre_labouree": HERBACEOUS,
    "piscine": UNDECIDED,
    "serre": UNDECIDED,
    "autres": UNDECIDED,
}

SOURCES = {"naf15": "naf", "cosia": "cosia"}
"""Nomenclatures that this works from, and what the fields of their classes start with."""

LARGE_SHARE = 0.75
"""Share from which one kind gives its name to the whole."""

FAMILY = np.arange(256, dtype=np.uint8)
"""Trees and mineral grounds are named by what a whole polygon holds: the same number for all that goes into a name."""
FAMILY[[CONIFEROUS, MIXED]] = DECIDUOUS
FAMILY[[MINERAL, COMPOSITE]] = SEALED

_APART = (WATER, SNOW)
"""Water and snow: no class is near to them."""


def _affinity() -> np.ndarray:
    levels = {c.code: c.official.split(".") for c in load_nomenclature(COVER).classes if c.code not in _APART}
    table = np.ones((UNDECIDED + 1, UNDECIDED + 1), np.int64)
    for a, of_a in levels.items():
        for b, of_b in levels.items():
            table[a, b] = 4 if of_a[:2] == of_b[:2] else 2 if of_a[0] == of_b[0] else 1
    return table


AFFINITY = _affinity()
"""What an edge counts that a small region shares with another, by their codes."""

ELONGATED = 10
"""Length over width from which sealed ground is a road: P² / 4A, P and A the perimeter and the area of the region."""


@dataclass(frozen=True)
class MinimumAreas:
    """Smallest surfaces, in m² or in pixels.

    Attributes:
        built: of built areas, and of roads; dense: in constructed zones; elsewhere: outside them.
    """

    built: float = 200.0
    dense: float = 500.0
    elsewhere: float = 2500.0

    def of(self, code: int, dense: bool) -> float:
        """Smallest surface of a polygon."""
        if code == BUILT:
            return self.built
        return self.dense if dense else self.elsewhere


def cover_codes(legend: Legend) -> np.ndarray:
    """OCS GE's code, or ``UNDECIDED``, of each code of a raster, uint8 (256); 0 stays 0.

    Raises:
        OcsiaError: ``ocsge-nomenclature``: neither NAF nor CoSIA.
    """
    if legend.nomenclature.id not in SOURCES:
        known = ", ".join(SOURCES)
        raise OcsiaError("ocsge-nomenclature", nomenclature=legend.nomenclature.id, known=known)
    table = np.full(256, UNDECIDED, np.uint8)
    table[0] = 0
    for land_cover in legend.classes:
        table[land_cover.code] = _COVER_OF_KEY.get(land_cover.key, UNDECIDED)
    return table


def codes_by_key(legend: Legend) -> dict[str, int]:
    """Code of each class by its key."""
    return {c.key: c.code for c in legend.classes}


def renamed(code: int, composition: np.ndarray, cover: np.ndarray) -> int:
    """The class of a polygon by what it holds: woody vegetation and mineral grounds are named by their shares.

    Args:
        composition: pixels of each code of the raster in it, int64 (256); cover: from ``cover_codes``.
    """
    held = np.bincount(cover, composition, UNDECIDED + 1)
    if code in (DECIDUOUS, CONIFEROUS, MIXED, SHRUBS, VINES):
        trees = held[[DECIDUOUS, CONIFEROUS, MIXED]].sum()
        if trees < max(held[SHRUBS], held[VINES]):
            return SHRUBS if held[SHRUBS] >= held[VINES] else VINES
        for kind in (DECIDUOUS, CONIFEROUS):
            if trees and held[kind] >= LARGE_SHARE * trees:
                return kind
        return MIXED if trees else code
    if code in (SEALED, MINERAL, COMPOSITE):
        both = held[SEALED] + held[MINERAL]
        for kind in (SEALED, MINERAL):
            if both and held[kind] >= LARGE_SHARE * both:
                return kind
        return COMPOSITE if both else code
    return code


def cover_nomenclature() -> Nomenclature:
    """OCS GE's cover."""
    return load_nomenclature(COVER)


def by_official() -> dict[str, LandCoverClass]:
    """The classes of OCS GE by their official codes."""
    return {c.official: c for c in cover_nomenclature().classes}
