"""Jobs that make maps of predictions: pictures, changes, neighbourhoods, comparisons with a reference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Optional

from .base import Job


@dataclass(frozen=True)
class VisualizeJob(Job):
    """The colours of the classes over the ortho-image, as a picture for WMS and WMTS.

    Attributes:
        input: class raster or probability raster; the picture has its grid.
        ortho: image under the colours: red, green and blue, or a single grey band.
        output: picture to write, red, green and blue.
        legend: ``.svg`` to write: the classes that the map shows; None: not wanted.
        opacity: percent of the colours over the image.
        saturation: colours are the greyer the less confident the prediction is.
        confidence: raster of ``round(255 max p)``, for ``saturation`` over classes; None: the probabilities say it.
        compression: ``JPEG``, ``DEFLATE``, ``LZW`` or ``ZSTD``.
        nomenclature: id of the raster's nomenclature, for one that does not say; empty: what it says.
        base: number of the first class in a raster that does not say: ``0``, ``1``, or ``auto`` where it is certain.
    """

    kind: ClassVar[str] = "visualize"
    required: ClassVar[tuple[str, ...]] = ("input", "ortho", "output")
    writes: ClassVar[tuple[str, ...]] = ("output", "legend")

    input: str = ""
    ortho: str = ""
    output: str = ""
    legend: Optional[str] = None
    opacity: float = 60.0
    saturation: bool = False
    confidence: Optional[str] = None
    compression: str = "JPEG"
    nomenclature: str = ""
    base: str = "auto"


@dataclass(frozen=True)
class ChangeJob(Job):
    """What changed between two vintages.

    Attributes:
        before, after: class rasters or probability rasters; ``after`` is read on the pixels of ``before``.
        output: raster to write, ``1000 x code before + code after``; two equal codes: no change.
        table: CSV to write: stocks, gains and losses per zone and class; None: not wanted.
        matrix: CSV to write: transitions per zone; None: not wanted.
        polygons: ``.gpkg`` to write: the changes as polygons; None: not wanted.
        flows: ``.gpkg`` to write: the zones with their stocks and flows; None: not wanted.
        zones: vector file of polygons; None: one zone, the whole of ``before``.
        points: points with the fields ``ref_before`` and ``ref_after``, for intervals in the table; None: none.
        level: percent of confidence of these intervals.
        groups: ``ligneux=8+10+11``: classes that count as one, so that nothing changes inside a group.
        min_confidence: percent that p_before x p_after of the two classes has to reach, where probabilities are known.
        min_width: metres; what is narrower is a flicker of edges and no change.
        min_area: m²; smaller polygons are left out.
        excel: the CSV with semicolons, decimal commas and a byte order mark.
        nomenclature: id of the nomenclature of the rasters that do not say it; empty: what they say.
        base: number of the first class in those rasters: ``0``, ``1``, or ``auto`` where it is certain.
    """

    kind: ClassVar[str] = "change"
    required: ClassVar[tuple[str, ...]] = ("before", "after", "output")
    writes: ClassVar[tuple[str, ...]] = ("output", "table", "matrix", "polygons", "flows")

    before: str = ""
    after: str = ""
    output: str = ""
    table: Optional[str] = None
    matrix: Optional[str] = None
    polygons: Optional[str] = None
    flows: Optional[str] = None
    zones: Optional[str] = None
    points: Optional[str] = None
    level: float = 95.0
    groups: str = ""
    min_confidence: float = 25.0
    min_width: float = 1.0
    min_area: float = 25.0
    excel: bool = False
    nomenclature: str = ""
    base: str = "auto"


@dataclass(frozen=True)
class NeighbourhoodJob(Job):
    """Share of groups of classes around each place, and distance to the nearest pixel of each.

    Attributes:
        input: class raster or probability raster.
        output: raster to write: per group a band for each radius, in percent, then the distance in metres.
        groups: ``ligneux=8+10+11; bati=1``, or names that the nomenclature knows.
        radius: radii of the discs in metres: ``25, 100, 300``.
        resolution: pixel size of the result in metres; rounded up to a multiple of the input's.
        nomenclature: id of the raster's nomenclature, for one that does not say; empty: what it says.
        base: number of the first class in a raster that does not say: ``0``, ``1``, or ``auto`` where it is certain.
    """

    kind: ClassVar[str] = "neighbourhood"
    required: ClassVar[tuple[str, ...]] = ("input", "output", "groups", "radius")
    writes: ClassVar[tuple[str, ...]] = ("output",)

    input: str = ""
    output: str = ""
    groups: str = "ligneux"
    radius: str = "25, 100, 300"
    resolution: float = 1.0
    nomenclature: str = ""
    base: str = "auto"


@dataclass(frozen=True)
class CompareRefJob(Job):
    """A reference of polygons held against a prediction: what it lacks, and what of it is confirmed.

    Attributes:
        input: class raster or probability raster.
        reference: vector file of polygons.
        field: its field that says the class.
        output: ``.gpkg`` to write: objects that the prediction has and the reference has not.
        verdicts: ``.gpkg`` to write: the polygons of the reference, each with its verdict; None: not wanted.
        mapping: ``EAU=6; Bois=8+10+11; ZU=``: classes that values of the field stand for; empty: by code or name.
        objects: which ones to look for: ``batiment; piscine; 6; ligneux; 8+10``; empty: the usual ones.
        min_area: m²; smaller objects are left out.
        tolerance: metres around an object of the reference that belong to it.
        confirmed: percent of a polygon from which on its class is confirmed.
        contradicted: percent up to which it is contradicted.
        nomenclature: id of the raster's nomenclature, for one that does not say; empty: what it says.
        base: number of the first class in a raster that does not say: ``0``, ``1``, or ``auto`` where it is certain.
    """

    kind: ClassVar[str] = "compareref"
    required: ClassVar[tuple[str, ...]] = ("input", "reference", "field", "output")
    writes: ClassVar[tuple[str, ...]] = ("output", "verdicts")

    input: str = ""
    reference: str = ""
    field: str = ""
    output: str = ""
    verdicts: Optional[str] = None
    mapping: str = ""
    objects: str = ""
    min_area: float = 10.0
    tolerance: float = 2.0
    confirmed: float = 60.0
    contradicted: float = 20.0
    nomenclature: str = ""
    base: str = "auto"
