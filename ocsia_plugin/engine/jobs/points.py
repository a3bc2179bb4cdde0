"""Jobs about sample points and what they say of a map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Optional

from .base import Job


@dataclass(frozen=True)
class SamplePointsJob(Job):
    """Points to photo-interpret, drawn by a known design.

    Attributes:
        input: class raster or probability raster.
        output: ``.gpkg`` to write: the points, with an editing form and the design inside.
        zones: vector file of polygons to draw in; None: the whole raster.
        target: ``ligneux=5``: class or group and the half-width, in % of its surface, that the points are to give; several with ``;``.
        count: points to draw; 0: as many as the target takes.
        seed: the same seed draws the same points.
        strata: ``class``: one stratum per class of the map; ``class+zone``: per class and zone.
        minimum: points in each stratum at least.
        double: percent of the points that a second layer holds again, for a second interpreter.
        level: confidence level of the target, in percent.
        precision: percent of the target class that is expected to be right, where the raster holds no probabilities.
        nomenclature: id of the raster's nomenclature, for one that does not say; empty: what it says.
        base: number of the first class in a raster that does not say: ``0``, ``1``, or ``auto`` where it is certain.
    """  # noqa: E501 - the command line shows the first line of each

    kind: ClassVar[str] = "samplepoints"
    required: ClassVar[tuple[str, ...]] = ("input", "output")
    writes: ClassVar[tuple[str, ...]] = ("output",)

    input: str = ""
    output: str = ""
    zones: Optional[str] = None
    target: str = ""
    count: int = 0
    seed: int = 1
    strata: str = "class"
    minimum: int = 10
    double: float = 0.0
    level: float = 95.0
    precision: float = 85.0
    nomenclature: str = ""
    base: str = "auto"


@dataclass(frozen=True)
class AccuracyJob(Job):
    """Accuracy of a map by reference points or polygons, with intervals where the design allows them.

    Attributes:
        input: class raster or probability raster.
        reference: vector file of points, or polygons, with their true class.
        field: of the reference that holds the class, as a code or a name.
        zones: vector file of polygons: figures for each besides the whole; None: the whole only.
        report: HTML to write; None: not wanted.
        table: CSV to write; None: not wanted.
        groups: ``ligneux=8+10+11``: figures for unions of classes, besides the classes.
        design: ``auto``: what the file of points says of itself; ``simple``: drawn at random over all of the raster.
        level: confidence level, in percent.
        excel: the CSV with semicolons, decimal commas and a byte order mark.
        nomenclature: id of the raster's nomenclature, for one that does not say; empty: what it says.
        base: number of the first class in a raster that does not say: ``0``, ``1``, or ``auto`` where it is certain.
    """

    kind: ClassVar[str] = "accuracy"
    required: ClassVar[tuple[str, ...]] = ("input", "reference")
    writes: ClassVar[tuple[str, ...]] = ("report", "table")

    input: str = ""
    reference: str = ""
    field: str = "ref_code"
    zones: Optional[str] = None
    report: Optional[str] = None
    table: Optional[str] = None
    groups: str = ""
    design: str = "auto"
    level: float = 95.0
    excel: bool = False
    nomenclature: str = ""
    base: str = "auto"
