"""The job about OCS GE."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Optional

from .base import Job


@dataclass(frozen=True)
class OcsgeJob(Job):
    """Cover polygons of OCS GE from a raster of NAF or CoSIA classes, each with what it holds.

    Attributes:
        input: class raster, uint8, 0 = no data.
        output: ``.gpkg`` to write, with the polygons of OCS GE's cover.
        built_area: vector file with the constructed zones; without it, they follow from the density of buildings.
        ocsge: vector file of an OCS GE that exists, to refine; its polygons and codes are kept.
        rpg: vector file of parcels of the RPG (field ``CODE_GROUP``), which decide what the classes leave open.
        bdtopo: the same with polygons of BD TOPO (field ``NATURE``); the RPG comes first.
        detail: ``.gpkg`` to write, with the parts of the polygons that are of another class.
        code_field: field of ``ocsge`` with the code of the cover, ``code_cs`` where it is empty.
        density: percent of buildings within 100 m from which a place is in a constructed zone.
        min_built, min_dense, min_elsewhere: smallest surfaces (m²) of built areas, in constructed zones, elsewhere.
        min_detail: smallest surface (m²) of a part in ``detail``.
        split_built: tell continuous from isolated built areas.
        simplify: tolerance in metres within which steps of pixels are smoothed; 0: none.
        nomenclature: id of the raster's nomenclature, for one that does not say; empty: what it says.
        base: number of the first class in a raster that does not say: ``0``, ``1``, or ``auto`` where it is certain.
    """

    kind: ClassVar[str] = "ocsge"
    required: ClassVar[tuple[str, ...]] = ("input", "output")
    writes: ClassVar[tuple[str, ...]] = ("output", "detail")

    input: str = ""
    output: str = ""
    built_area: Optional[str] = None
    ocsge: Optional[str] = None
    rpg: Optional[str] = None
    bdtopo: Optional[str] = None
    detail: Optional[str] = None
    code_field: str = ""
    density: float = 10.0
    min_built: float = 200.0
    min_dense: float = 500.0
    min_elsewhere: float = 2500.0
    min_detail: float = 50.0
    split_built: bool = False
    simplify: float = 0.0
    nomenclature: str = ""
    base: str = "auto"
