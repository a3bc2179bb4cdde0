"""Polygons of OCS GE and what they hold, into GeoPackages with their styles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Optional

import numpy as np
import pyogrio
import shapely

from ..areas.zones import Zones
from ..grid import Grid
from ..nomenclature import LandCoverClass
from ..products.classes import Legend
from ..products.outlines import PolygonBatch
from ..products.qml import write_layer_style
from ..products.vectors import (
    DATASET_OPTIONS,
    GEOMETRY,
    STYLE_NAME,
    PolygonWriter,
    fixed_date,
    guard_writing,
    perimeters,
)
from .rules import SOURCES, cover_nomenclature

Columns = dict[str, np.ndarray]
"""Fields by name, a value for each polygon."""


def composition(held: np.ndarray, legend: Legend, lang: str) -> Columns:
    """What polygons hold, in percent of their pixels: the largest class and its share, then every class.

    Args:
        held: pixels of each code, int64 (P, C). A polygon without a pixel has no figures.
    """
    total = held[:, 1:].sum(axis=1).astype(float)
    total[total == 0] = np.nan
    classes = [c for c in legend.classes if c.code < held.shape[1]]
    shares = {c.code: np.round(100 * held[:, c.code] / total, 2) for c in classes}
    names = np.array([c.name(lang) for c in classes], object)
    of_classes = held[:, [c.code for c in classes]]
    largest = np.argmax(of_classes, axis=1) if len(held) else np.zeros(0, np.intp)
    main = names[largest]
    main[np.isnan(total)] = None
    most = np.round(100 * of_classes.max(axis=1, initial=0) / total, 2)
    prefix = SOURCES[legend.nomenclature.id]
    return {"classe_princ": main, "part_princ": most, **{f"{prefix}_{code}": s for code, s in shares.items()}}


def cover_columns(codes: np.ndarray, lang: str) -> Columns:
    """Number, official code and label of each code of OCS GE, uint8 (P)."""
    by_code: dict[int, LandCoverClass] = {c.code: c for c in cover_nomenclature().classes}
    official = np.array([by_code[c].official if c in by_code else None for c in range(256)], object)
    names = np.array([by_code[c].name(lang) if c in by_code else None for c in range(256)], object)
    return {"numero": codes.astype(np.int32), "code_cs": official[codes], "classe": names[codes]}


class NumberedWriter(PolygonWriter):
    """Writes polygons that carry a number each instead of a class.

    Args:
        fields: names of the columns; surface and perimeter follow the third one.
        columns: values of these fields for numbers, int (P).
    """

    def __init__(
        self,
        path: Path,
        final: str,
        grid: Grid,
        crs: str,
        fields: Sequence[str],
        columns: Callable[[np.ndarray], Columns],
    ) -> None:
        super().__init__(path, final, grid, crs, [])
        self._own = columns
        self.fields = [*fields[:3], "surface_m2", "perim_m", *fields[3:]]

    def _columns(self, batch: PolygonBatch) -> list[np.ndarray]:
        own = self._own(batch.codes)
        own |= {
            "surface_m2": batch.areas * (self._grid.dx * self._grid.dy),
            "perim_m": perimeters(batch, self._grid),
        }
        return [own[name] for name in self.fields]


def write_refined(staged: Path, final: str, zones: Zones, made: Columns, crs: str) -> None:
    """The polygons of an OCS GE with their own attributes and new ones; an attribute of a new one's name gives way."""
    taken = {name.lower() for name in made} | {"fid", GEOMETRY}
    kept = {name: values for name, values in zones.attributes.items() if name.lower() not in taken}
    columns: list[Any] = [values for values, _ in kept.values()] + list(made.values())
    masks: list[Optional[np.ndarray]] = [missing for _, missing in kept.values()] + [None] * len(made)
    with fixed_date(), guard_writing(staged, final):
        pyogrio.raw.write(
            staged,
            shapely.to_wkb(shapely.force_2d(zones.geometries)),
            columns,
            [*kept, *made],
            field_mask=masks,
            layer=staged.stem,
            driver="GPKG",
            geometry_type="MultiPolygon",
            promote_to_multi=True,
            crs=crs,
            dataset_options=DATASET_OPTIONS["GPKG"],
            layer_options={"GEOMETRY_NAME": GEOMETRY, "FID": "fid"},
        )


def write_style(staged: Path, final: str, qml: str) -> None:
    """Store the style in a GeoPackage."""
    with guard_writing(staged, final):
        write_layer_style(staged, staged.stem, GEOMETRY, STYLE_NAME, qml)
