"""Jobs that make products of a prediction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Optional

from .base import Job


@dataclass(frozen=True)
class ArgmaxJob(Job):
    """The most probable class, or group of classes, of each pixel of a probability raster.

    Attributes:
        input: probability raster, one uint8 band per class.
        output: class raster to write.
        confidence: raster of ``round(255 max p)`` to write; None: not wanted.
        groups: ``ligneux=8+10+11; bati=1``: probabilities are summed in a group before the choice.
        compression: ``LZW``, ``DEFLATE`` or ``ZSTD``.
        nomenclature: id of the nomenclature of the results, such as ``naf15``; empty: the raster's.
        input_nomenclature: id of the raster's nomenclature, for one that does not say; empty: what it says.
    """

    kind: ClassVar[str] = "argmax"
    required: ClassVar[tuple[str, ...]] = ("input", "output")
    writes: ClassVar[tuple[str, ...]] = ("output", "confidence")

    input: str = ""
    output: str = ""
    confidence: Optional[str] = None
    groups: str = ""
    compression: str = "LZW"
    nomenclature: str = ""
    input_nomenclature: str = ""


@dataclass(frozen=True)
class VectorizeJob(Job):
    """Polygons of a class raster, with vertices on pixel corners.

    Attributes:
        input: class raster, uint8, 0 = no data.
        output: ``.gpkg`` or ``.shp`` to write.
        min_area: regions under this surface (m²) are merged into a neighbour; 0: none.
        min_area_by_class: ``1=50; 6=100``: other surfaces for some classes, by code or key.
        simplify: tolerance in metres within which steps of pixels are smoothed, boundaries staying shared; 0: none.
        classes: ``1; piscine``: classes whose polygons are written, by code or key; empty: all.
        table: CSV to write, one line per class with its surface before and after; None: not wanted.
        nomenclature: id of the raster's nomenclature, for one that does not say; empty: what it says.
        base: number of the first class in a raster that does not say: ``0``, ``1``, or ``auto`` where it is certain.
    """

    kind: ClassVar[str] = "vectorize"
    required: ClassVar[tuple[str, ...]] = ("input", "output")
    writes: ClassVar[tuple[str, ...]] = ("output", "table")

    input: str = ""
    output: str = ""
    min_area: float = 0.0
    min_area_by_class: str = ""
    simplify: float = 0.0
    classes: str = ""
    table: Optional[str] = None
    nomenclature: str = ""
    base: str = "auto"
