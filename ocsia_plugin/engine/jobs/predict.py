"""Jobs that run a model over an ortho-image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Optional

from .base import Job

BUNDLED_MODEL = "ocsia-naf15-rvb"


@dataclass(frozen=True)
class PredictJob(Job):
    """Probabilities, classes and confidence of an ortho-image, in one pass.

    Attributes:
        input: raster with at least the model's bands, uint8, in a projected CRS in metres.
        model: id in the catalogue, or path of an ``.onnx`` file with its card beside it.
        probabilities, classes, confidence: paths to write; None: not wanted.
        mask: vector file of polygons; pixels outside become no data.
        extent: (xmin, ymin, xmax, ymax) in the raster's CRS.
        resolution: pixel size of the result in metres; None: the model's.
        device: ``auto``, ``cpu`` or ``gpu``.
        tile: side of the square that one inference delivers, in pixels; None: chosen by the engine.
        compression: ``LZW``, ``DEFLATE`` or ``ZSTD``.
        nomenclature: id of the nomenclature of the results, such as ``naf15``; empty: the model's.
    """

    kind: ClassVar[str] = "predict"
    required: ClassVar[tuple[str, ...]] = ("input", "model")

    input: str = ""
    model: str = BUNDLED_MODEL
    probabilities: Optional[str] = None
    classes: Optional[str] = None
    confidence: Optional[str] = None
    mask: Optional[str] = None
    extent: Optional[tuple[float, float, float, float]] = None
    resolution: Optional[float] = None
    device: str = "auto"
    tile: Optional[int] = None
    compression: str = "LZW"
    nomenclature: str = ""
