"""The job that measures how wide a model's halo has to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .ortho import OrthoJob
from .predict import BUNDLED_MODEL


@dataclass(frozen=True)
class MeasureHaloJob(OrthoJob):
    """How wide the halo of a model has to be: agreement and cost of halos of 0 to 256 pixels on an image.

    Attributes:
        model: id in the catalogue, or path of an ``.onnx`` file with its card beside it.
        device: ``auto``, ``cpu`` or ``gpu``.
        count: squares of 512 pixels to compare, spread over the image.
        write: whether the smallest halo that gives 99.9 % of the classes goes into the card of an imported model.
    """

    kind: ClassVar[str] = "measurehalo"
    required: ClassVar[tuple[str, ...]] = ("input", "model")

    model: str = BUNDLED_MODEL
    device: str = "auto"
    count: int = 9
    write: bool = False
