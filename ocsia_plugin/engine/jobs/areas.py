"""Jobs about surfaces and their uncertainty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Optional

from .base import Job


@dataclass(frozen=True)
class SurfacesJob(Job):
    """Surface of each class in each zone.

    Attributes:
        input: probability raster or class raster.
        output: ``.gpkg`` to write: the zones with their surfaces.
        zones: vector file of polygons; None: one zone, the whole raster.
        table: CSV to write, one line per zone and class; None: not wanted.
        groups: ``ligneux=8+10+11``: lines for unions of classes, besides the classes.
        points: interpreted points, as ``samplepoints`` draws them; None: there are none.
        tiles: annotated tiles; None: there are none.
        model: id or path of the model that made the raster: its published statistics; empty: not named.
        level: of the intervals, in percent.
        simultaneous: the level is that of all figures together, and each interval wider.
        report: HTML to write, with JSON of what it was made of beside it; None: not wanted.
        excel: the CSV with semicolons, decimal commas and a byte order mark.
        published: what published statistics make: an indicative ``range``, or ``ign`` for IGN's legacy ±.
        nomenclature: id of the raster's nomenclature, for one that does not say; empty: what it says.
        base: number of the first class in a raster that does not say: ``0``, ``1``, or ``auto`` where it is certain.
    """

    kind: ClassVar[str] = "surfaces"
    required: ClassVar[tuple[str, ...]] = ("input", "output")
    writes: ClassVar[tuple[str, ...]] = ("output", "table", "report")

    input: str = ""
    output: str = ""
    zones: Optional[str] = None
    table: Optional[str] = None
    groups: str = ""
    points: Optional[str] = None
    tiles: Optional[str] = None
    model: str = ""
    level: float = 95.0
    simultaneous: bool = False
    report: Optional[str] = None
    excel: bool = False
    published: str = "range"
    nomenclature: str = ""
    base: str = "auto"
