"""Other sources for what the pixels leave open: parcels of the RPG, polygons of BD TOPO.

IGN's table (see ``rules``) makes exactly one class of OCS GE of buildings, sealed and pervious ground, bare soil,
water, snow and vineyards: nothing here overrules them. Trees, brushwood and herbaceous classes may become several
(``split`` in ``mappings/*-ocsge_cs.json``), pools, greenhouses and "other" none at all. There alone another source
decides, and only on a class that the table allows. Where both sources have something to say, the RPG does, declared
every year.

A pixel that is decided gets a code of its own: its class, together with who decided what. Merging, names and contents
go by these codes as by those of the raster and know nothing of where they come from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Optional

import numpy as np
import shapely

from ..areas.zones import Zones, read_zones
from ..errors import OcsiaError
from ..events import Events
from ..grid import Grid
from ..jobs import OcsgeJob
from ..mappings import load_mapping
from ..products.classes import Legend
from ..products.regions import Strips
from .rows import NumberedPolygons
from .rules import COVER, FAMILY, UNDECIDED, cover_codes
from .sources import BDTOPO, CROPS, GRASSLAND, RPG, Saying, Source

IMAGE = "image"


@dataclass(frozen=True)
class Decision:
    """What a source decided about pixels of one class of the raster."""

    code: int
    source: Source
    saying: Saying


@dataclass(frozen=True)
class _Layer:
    """Polygons of a source that say something.

    Attributes:
        sayings: which one each polygon says, from 1 on, uint8 (Z + 1); 0 for none.
        recode: code of each class under each saying, 0 where it decides nothing, uint8 (S + 1, 256).
    """

    source: Source
    polygons: NumberedPolygons
    sayings: np.ndarray
    recode: np.ndarray


@dataclass(frozen=True)
class Overlays:
    """The sources that were given, none of them as a rule.

    Attributes:
        first: code of the first decision; those before it are the raster's own, the last of them what the legend lacks.
        table: OCS GE's code of each code, decisions among them, uint8 (256).
        layers: in the order in which they have the last word.
    """

    first: int
    table: np.ndarray
    decisions: tuple[Decision, ...] = ()
    layers: tuple[_Layer, ...] = ()

    @property
    def columns(self) -> int:
        """Number of codes, 0 included."""
        return self.first + len(self.decisions)

    def recoded(self, original: Strips) -> Iterator[np.ndarray]:
        """The raster with the codes of the decisions, uint8 (rows, width)."""
        row = 0
        for strip in original():
            codes = np.minimum(strip, self.first - 1)
            result = codes
            for layer in reversed(self.layers):
                decided = layer.recode[layer.sayings[layer.polygons.numbers(row, len(codes))], codes]
                result = np.where(decided > 0, decided, result)
            row += len(codes)
            yield result

    def classes(self, held: np.ndarray) -> np.ndarray:
        """Pixels of each class of the raster, whoever decided about them, int64 (P, first).

        Args:
            held: pixels of each code, int64 (P, C).
        """
        own = held[:, : self.first].copy()
        for column, decision in enumerate(self.decisions, start=self.first):
            own[:, decision.code] += held[:, column]
        return own

    def shares(self, held: np.ndarray) -> dict[str, np.ndarray]:
        """Percent of each polygon that each source decided, then what the RPG knows of herbaceous ones."""
        if not self.layers:
            return {}
        total = held[:, 1:].sum(axis=1).astype(float)
        total[total == 0] = np.nan
        pixels = {f"{layer.source.field}_pct": np.zeros(len(held), np.int64) for layer in self.layers}
        if any(layer.source is RPG for layer in self.layers):
            pixels |= {f"{kind}_pct": np.zeros(len(held), np.int64) for kind in (GRASSLAND, CROPS)}
        for column, decision in enumerate(self.decisions, start=self.first):
            pixels[f"{decision.source.field}_pct"] += held[:, column]
            if decision.saying.kind:
                pixels[f"{decision.saying.kind}_pct"] += held[:, column]
        return {name: np.round(100 * values / total, 2) for name, values in pixels.items()}

    def deciders(self, codes: np.ndarray, held: np.ndarray) -> dict[str, np.ndarray]:
        """Who decided most of the pixels to which each polygon owes its class; ``image``: no other source.

        Args:
            codes: OCS GE's code of each polygon, uint8 (P); held: pixels of each code, int64 (P, C).
        """
        if not self.layers:
            return {}
        names = [IMAGE, *(layer.source.name for layer in self.layers)]
        pixels = np.zeros((len(names), len(held)), np.int64)
        for column in range(1, held.shape[1]):
            by = 0 if column < self.first else names.index(self.decisions[column - self.first].source.name)
            pixels[by] += np.where(FAMILY[self.table[column]] == FAMILY[codes], held[:, column], 0)
        return {"source": np.array(names, object)[pixels.argmax(axis=0)]}

    def report(self, held: np.ndarray, pixel: float, events: Events) -> None:
        """Tell how much each source decided; ``pixel`` is the surface of one."""
        for layer in self.layers:
            columns = [n for n, d in enumerate(self.decisions, start=self.first) if d.source is layer.source]
            area = round(float(held[:, columns].sum()) * pixel, 2)
            count = len(layer.sayings) - 1
            events.info("info-ocsge-overlay", source=layer.source.name, count=count, area=area)


def read_overlays(job: OcsgeJob, legend: Legend, grid: Grid, wkt: str, events: Events) -> Overlays:
    """The sources that the job names, for a raster with this legend.

    Raises:
        OcsiaError: ``ocsge-overlay-field``, ``ocsge-outside``, ``ocsge-nomenclature`` and those of ``read_zones``.
    """
    table = cover_codes(legend)
    first = max(c.code for c in legend.classes) + 2
    open_classes = _open_classes(legend, table)
    decisions: list[Decision] = []
    layers = []
    for source, path in ((RPG, job.rpg), (BDTOPO, job.bdtopo)):
        said = _said(source, path, grid, wkt, events) if path else None
        if not said:
            continue
        geometries, sayings = said
        known = sorted(set(sayings), key=lambda s: (s.cover, s.kind))
        recode = np.zeros((len(known) + 1, 256), np.uint8)
        for number, saying in enumerate(known, start=1):
            for code in (c for c, allowed in open_classes.items() if saying.cover in allowed):
                recode[number, code] = first + len(decisions)
                decisions.append(Decision(code, source, saying))
        of_polygon = np.array([0, *(1 + known.index(saying) for saying in sayings)], np.uint8)
        layers.append(_Layer(source, NumberedPolygons(geometries, grid), of_polygon, recode))
    for column, decision in enumerate(decisions, start=first):
        table[column] = decision.saying.cover
    return Overlays(first, table, tuple(decisions), tuple(layers))


def _open_classes(legend: Legend, table: np.ndarray) -> dict[int, tuple[int, ...]]:
    """Classes of the raster that the table leaves open, and the classes of OCS GE that each may be."""
    mapping = load_mapping(legend.nomenclature.id, COVER)
    assert mapping, "rules.SOURCES have a mapping each"
    anything = tuple(range(1, UNDECIDED))
    none = {c.code: anything for c in legend.classes if table[c.code] == UNDECIDED}
    return {c.code: mapping.split[c.code] for c in legend.classes if c.code in mapping.split} | none


def _said(source: Source, path: str, grid: Grid, wkt: str, events: Events) -> Optional[tuple[np.ndarray, list[Saying]]]:
    """The polygons on the raster that say something, and what; None, with a warning, where none does."""
    zones = read_zones(path, wkt)
    met = np.flatnonzero(shapely.intersects(zones.geometries, shapely.box(*grid.bounds)))
    if not len(met):
        raise OcsiaError("ocsge-outside", path=path)
    columns = _columns(source, zones, path)
    texts = [[_text(column[n]) for column in columns] for n in met.tolist()]
    found = [next((source.says[t] for t in row if t in source.says), None) for row in texts]
    keep = [n for n, saying in enumerate(found) if saying]
    if not keep:
        values = ", ".join(sorted({str(columns[-1][n]) for n in met.tolist()})[:5])
        events.warning("warn-ocsge-silent", source=source.name, path=path, name=source.keys[-1].upper(), values=values)
        return None
    return zones.geometries[met[keep]], [saying for saying in found if saying]


def _columns(source: Source, zones: Zones, path: str) -> list[list[Any]]:
    """Values of the fields that say something, where the layer has them."""
    by_lower = {name.lower(): values.tolist() for name, (values, _) in zones.attributes.items()}
    if source.keys[-1] not in by_lower:
        names = {"path": path, "source": source.name, "name": source.keys[-1].upper()}
        raise OcsiaError("ocsge-overlay-field", fields=", ".join(zones.attributes), **names)
    return [by_lower[key] for key in source.keys if key in by_lower]


def _text(value: Any) -> str:
    """A value as the tables have it: numbers without decimals, words in lower case."""
    return f"{value:g}" if isinstance(value, float) else str(value).strip().lower()
