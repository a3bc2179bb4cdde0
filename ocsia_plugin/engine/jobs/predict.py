"""Jobs that run a model over an ortho-image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Optional

from .ortho import OrthoJob

BUNDLED_MODEL = "ocsia-naf15-rvb"


@dataclass(frozen=True)
class PredictJob(OrthoJob):
    """Probabilities, classes and confidence of an ortho-image, in one pass.

    Attributes:
        model: id in the catalogue, or path of an ``.onnx`` file with its card beside it.
        probabilities, classes, confidence: paths to write; None: not wanted.
        device: ``auto``, ``cpu`` or ``gpu``.
        tile: side of the square that one inference delivers, in pixels; None: chosen by the engine.
        compression: ``LZW``, ``DEFLATE`` or ``ZSTD``.
        nomenclature: id of the nomenclature of the results, such as ``naf15``; empty: the model's.
    """

    kind: ClassVar[str] = "predict"
    required: ClassVar[tuple[str, ...]] = ("input", "model")

    model: str = BUNDLED_MODEL
    probabilities: Optional[str] = None
    classes: Optional[str] = None
    confidence: Optional[str] = None
    device: str = "auto"
    tile: Optional[int] = None
    compression: str = "LZW"
    nomenclature: str = ""
