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
