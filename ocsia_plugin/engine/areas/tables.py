"""What surfaces says: figures per zone and class, as fields of the zones and as lines of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from . import wording
from .estimators.results import Estimate
from .longcsv import Value, write_long
from .measured import Measured
from .zonefields import ClassFields, class_fields
from .zones import Attributes, Zones, with_own

COLUMNS = (
    "zone", "zone_id", "code", "key", "name", "pixels", "area_count_m2", "area_expected_m2", "area_m2", "low_m2",
    "high_m2", "level_pct", "share_pct", "share_low_pct", "share_high_pct", "area_count_planar_m2",
    "area_expected_planar_m2", "nodata_m2", "zone_m2", "zone_planar_m2", "method", "evidence", "assumption",
    "reread_m2", "reread_se_m2",
)  # fmt: skip

_MENTIONED = 0.01
"""Share of a zone from which on a class stands in the zone's summary."""


@dataclass(frozen=True)
class Surfaces:
    """All results. estimates: per zone, per column of ``measured``; level: asked for, 0 to 1; at_once: of all figures
    together."""

    measured: Measured
    estimates: Sequence[Sequence[Estimate]]
    level: float
    at_once: bool = False

    def of(self, column: int) -> list[Estimate]:
        """Estimates of a column, zone by zone."""
        return [row[column] for row in self.estimates]

    def values(self, column: int, name: str) -> np.ndarray:
        """An attribute of the estimates of a column, float64 (Z), NaN where there is none."""
        found = [getattr(e, name) for e in self.of(column)]
        return np.array([np.nan if v is None else v for v in found], float)

    def percent(self, values: np.ndarray) -> np.ndarray:
        """Percent of the zone's surface, no data included, float64 (Z)."""
        total = self.measured.total
        return 100 * values / np.where(total > 0, total, np.nan)


def zone_fields(zones: Zones, surfaces: Surfaces, lang: str) -> Attributes:
    """Attributes of the zones, then of each class ``<key>_m2``, ``_pct``, ``_low``, ``_high`` (m²) and ``_level`` (%),
    ``nodata_m2``, ``zone_m2``, ``zone_planar_m2``, ``method``, ``assumption`` and ``summary``.

    A former field of one of these names, which an earlier run may have made, gives way.
    """
    made: Attributes = {}
    for number, name in enumerate(each.stem for each in fields_of(surfaces)):
        values = surfaces.values(number, "value")
        made[f"{name}_m2"] = (values, None)
        made[f"{name}_pct"] = (surfaces.percent(values), None)
        made[f"{name}_low"] = (surfaces.values(number, "low"), None)
        made[f"{name}_high"] = (surfaces.values(number, "high"), None)
        made[f"{name}_level"] = (100 * surfaces.values(number, "level"), None)
    made["nodata_m2"] = (surfaces.measured.nodata, None)
    made["zone_m2"] = (surfaces.measured.total, None)
    made["zone_planar_m2"] = (surfaces.measured.total_planar, None)
    made["method"] = (np.array([_methods(row, lang) for row in surfaces.estimates], object), None)
    has_probabilities = surfaces.measured.has_probabilities
    assumed = [wording.assumptions(row, has_probabilities, lang) for row in surfaces.estimates]
    made["assumption"] = (np.array(assumed, object), None)
    made["summary"] = (np.array([summary(surfaces, zone, lang) for zone in range(len(zones))], object), None)
    return with_own(zones.attributes, made)


def fields_of(surfaces: Surfaces) -> list[ClassFields]:
    """The fields of each column, in their order."""
    return class_fields((column.land_cover, column.is_group) for column in surfaces.measured.columns)


def summary(surfaces: Surfaces, zone: int, lang: str) -> str:
    """A line per class or group of some extent: what the map tip shows."""
    numbers = wording.Numbers(lang)
    lines = []
    area = surfaces.measured.total[zone]
    for column, estimate in zip(surfaces.measured.columns, surfaces.estimates[zone]):
        if estimate.method == "empty" or not (column.is_group or estimate.value > _MENTIONED * area):
            continue
        words = f"{column.land_cover.name(lang)}\u202f: " if lang == "fr" else f"{column.land_cover.name(lang)}: "
        words += wording.surface(estimate, numbers)
        if estimate.level is not None:
            words += f" ({numbers.level(estimate.level)})"
        lines.append(words)
    return "\n".join(lines)


def write_table(path: Path, zones: Zones, surfaces: Surfaces, lang: str, excel: bool = False) -> None:
    """One line per zone and class; surfaces to a square centimetre. excel: as ``longcsv`` has it."""
    columns = range(len(surfaces.measured.columns))
    rows = (_line(zones, surfaces, zone, number, lang) for zone in range(len(zones)) for number in columns)
    write_long(path, COLUMNS, rows, excel)


def _line(zones: Zones, surfaces: Surfaces, zone: int, number: int, lang: str) -> list[Value]:
    """Texts, integers and, for surfaces and percentages, floats."""
    measured = surfaces.measured
    column, estimate = measured.columns[number], surfaces.estimates[zone][number]
    land_cover = column.land_cover
    total = float(measured.total[zone])
    over = 100 / total if total > 0 else np.nan
    empty = np.nan if measured.is_empty[zone] else 1.0
    return [
        zones.names[zone],
        str(zones.ids[zone]),
        str(land_cover.code),
        land_cover.key,
        land_cover.name(lang),
        int(column.pixels[zone]),
        empty * float(column.counted[zone]),
        empty * float(column.expected[zone]),
        estimate.value,
        estimate.low,
        estimate.high,
        None if estimate.level is None else 100 * estimate.level,
        over * estimate.value,
        over * estimate.low,
        over * estimate.high,
        empty * float(column.counted_planar[zone]),
        empty * float(column.expected_planar[zone]),
        float(measured.nodata[zone]),
        total,
        float(measured.total_planar[zone]),
        wording.method(estimate, lang),
        estimate.count,
        wording.assumption(estimate, measured.has_probabilities, lang),
        estimate.reread,
        estimate.reread_se,
    ]


def _methods(row: Sequence[Estimate], lang: str) -> str:
    """Every method of a zone, once."""
    return " | ".join(dict.fromkeys(wording.method(estimate, lang) for estimate in row))
