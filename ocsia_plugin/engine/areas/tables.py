"""What surfaces says: figures per zone and class, as fields of the zones and as lines of a table."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..nomenclature import LandCoverClass
from .zones import Attributes, Zones

COLUMNS = (
    "zone", "zone_id", "code", "key", "name", "pixels", "area_count_m2", "area_expected_m2", "share_pct",
    "area_count_planar_m2", "area_expected_planar_m2", "nodata_m2", "zone_m2", "method",
)  # fmt: skip

_RESERVED = ("fid", "geom")
"""Names that a GeoPackage of ours keeps for itself."""

_METHODS = {
    ("expected", "fr"): "surface attendue : somme des probabilités ; sans biais seulement si le modèle est calibré en "
    "moyenne dans la zone ; {count} ; sans intervalle",
    ("expected", "en"): "expected area: sum of probabilities; unbiased only if the model is calibrated on average in "
    "the zone; {count}; no interval",
    (
        "counted",
        "fr",
    ): "{count} ; sans biais seulement si oublis et ajouts se compensent dans la zone ; sans intervalle",
    ("counted", "en"): "{count}; unbiased only if omissions and commissions cancel out in the zone; no interval",
    ("class", "fr"): "pixels comptés : classe la plus probable",
    ("class", "en"): "counted pixels: most probable class",
    ("group", "fr"): "pixels comptés : somme du groupe supérieure à chacune des autres classes",
    ("group", "en"): "counted pixels: sum of the group greater than each other class",
    ("codes", "fr"): "pixels comptés : classes du raster",
    ("codes", "en"): "counted pixels: classes of the raster",
}


def method(is_group: bool, has_probabilities: bool, lang: str) -> str:
    """What made a figure and what it assumes, in ``fr`` or ``en``."""
    lang = "fr" if lang == "fr" else "en"
    if not has_probabilities:
        return _METHODS["counted", lang].format(count=_METHODS["codes", lang])
    return _METHODS["expected", lang].format(count=_METHODS["group" if is_group else "class", lang])


@dataclass(frozen=True)
class Column:
    """Figures of one class, or group, in each zone. Surfaces in m²; those without ``planar`` are on the ellipsoid.

    Attributes:
        pixels: int64 (Z); counted, expected, counted_planar, expected_planar: float64 (Z), NaN where there are none.
    """

    land_cover: LandCoverClass
    is_group: bool
    pixels: np.ndarray
    counted: np.ndarray
    expected: np.ndarray
    counted_planar: np.ndarray
    expected_planar: np.ndarray

    @property
    def best(self) -> np.ndarray:
        """The expected surface where there are probabilities, the counted one otherwise."""
        return np.where(np.isnan(self.expected), self.counted, self.expected)


@dataclass(frozen=True)
class Surfaces:
    """All figures.

    Attributes:
        columns: classes, then groups.
        nodata: surface without data in each zone, m² on the ellipsoid, float64 (Z).
        total: surface of all pixels of the raster whose centre lies in the zone, m² on the ellipsoid, float64 (Z).
    """

    columns: Sequence[Column]
    nodata: np.ndarray
    total: np.ndarray
    has_probabilities: bool

    @property
    def is_empty(self) -> np.ndarray:
        """bool (Z): no valid pixel."""
        return ~(self.total > self.nodata)

    def share(self, column: Column) -> np.ndarray:
        """Percent of the zone's surface, no data included, float64 (Z)."""
        return 100 * _or_nan(column.best, self.is_empty) / np.where(self.total > 0, self.total, np.nan)


def zone_fields(zones: Zones, surfaces: Surfaces) -> Attributes:
    """Attributes of the zones, then ``<key>_m2`` and ``<key>_pct`` of each class, ``nodata_m2`` and ``zone_m2``.

    A former field of one of these names, which an earlier run may have made, gives way.
    """
    made: Attributes = {}
    for column in surfaces.columns:
        name = _field_name(column, made)
        made[f"{name}_m2"] = (_or_nan(column.best, surfaces.is_empty), None)
        made[f"{name}_pct"] = (surfaces.share(column), None)
    made["nodata_m2"] = (surfaces.nodata, None)
    made["zone_m2"] = (surfaces.total, None)
    taken = {name.lower() for name in made}
    kept: Attributes = {}
    for name, values in zones.attributes.items():
        if name.lower() in taken:
            continue
        free = f"{name}_source" if name.lower() in _RESERVED else name
        while free.lower() in {k.lower() for k in kept}:
            free += "_2"
        kept[free] = values
    return {**kept, **made}


def write_table(path: Path, zones: Zones, surfaces: Surfaces, lang: str) -> None:
    """One line per zone and class: CSV, UTF-8, with a decimal point; surfaces to a square centimetre."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        shares = [surfaces.share(column) for column in surfaces.columns]
        for zone in range(len(zones)):
            for column, share in zip(surfaces.columns, shares):
                writer.writerow(_line(zones, surfaces, zone, column, share[zone], lang))


def _line(zones: Zones, surfaces: Surfaces, zone: int, column: Column, share: float, lang: str) -> list[str]:
    land_cover = column.land_cover
    empty = surfaces.is_empty[zone]

    def area(values: np.ndarray) -> str:
        return "" if empty else _number(values[zone])

    return [
        zones.names[zone],
        str(zones.ids[zone]),
        str(land_cover.code),
        land_cover.key,
        land_cover.name(lang),
        str(column.pixels[zone]),
        area(column.counted),
        area(column.expected),
        _number(share),
        area(column.counted_planar),
        area(column.expected_planar),
        _number(surfaces.nodata[zone]),
        _number(surfaces.total[zone]),
        method(column.is_group, surfaces.has_probabilities, lang),
    ]


def _number(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.4f}"


def _or_nan(values: np.ndarray, empty: np.ndarray) -> np.ndarray:
    return np.where(empty, np.nan, values)


def _field_name(column: Column, made: Attributes) -> str:
    """Key of a class as the start of field names; a group may be called as a class is, or hold odd characters."""
    name = re.sub(r"\W+", "_", column.land_cover.key).strip("_") or f"code_{column.land_cover.code}"
    while f"{name}_m2".lower() in {made_name.lower() for made_name in made}:
        name += "_groupe"
    return name
