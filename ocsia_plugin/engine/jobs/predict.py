"""Jobs that run a model over an ortho-image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Optional

from .ortho import OrthoJob

BUNDLED_MODEL = "ocsia-naf15-rvb"
DEVICES = ("auto", "cpu", "gpu")
PRECISIONS = ("float32", "auto")


@dataclass(frozen=True)
class InferenceJob(OrthoJob):
    """Base of the jobs that run a model.

    Attributes:
        model: id in the catalogue, or path of an ``.onnx`` file with its card beside it.
        device: ``auto``, ``cpu`` or ``gpu``.
        tile: side of the square that one inference delivers, in pixels; None: chosen by the engine.
        compression: ``LZW``, ``DEFLATE`` or ``ZSTD``.
        nomenclature: id of the nomenclature of the results, such as ``naf15``; empty: the model's.
    """

    model: str = BUNDLED_MODEL
    device: str = "auto"
    tile: Optional[int] = None
    compression: str = "LZW"
    nomenclature: str = ""


@dataclass(frozen=True)
class PredictJob(InferenceJob):
    """Probabilities, classes and confidence of an ortho-image, in one pass.

    Attributes:
        probabilities, classes, confidence: paths to write; None: not wanted.
        precision: ``float32``, or ``auto``: fewer bits where a probe on the image finds them faster and as good.
    """

    kind: ClassVar[str] = "predict"
    required: ClassVar[tuple[str, ...]] = ("input", "model")
    writes: ClassVar[tuple[str, ...]] = ("probabilities", "classes", "confidence")

    probabilities: Optional[str] = None
    classes: Optional[str] = None
    confidence: Optional[str] = None
    precision: str = "float32"


@dataclass(frozen=True)
class DallesJob(InferenceJob):
    """A territory by dalles of whole kilometres, without seams between them; started again, it goes on.

    Attributes:
        output: folder to write to; what it holds of the same job is not done again.
        grid: side of the dalles in km (1, 2, 5 or 10).
        products: which files each dalle gets (probabilities, classes, confidence, vectors), with commas between them.
        naming: of the files, from {department}, {year}, {x}, {y} (km of the north-west corner) and {product}.
        department: for the names, such as 32 or 2A.
        year: of the images, for the names.
        local: how many processes of this machine share the work (0 for this one alone).
        scheduler: address of a Dask scheduler whose workers share the work, such as tcp://host:8786 (empty for none).
    """

    kind: ClassVar[str] = "dalles"
    required: ClassVar[tuple[str, ...]] = ("input", "model", "output")
    writes: ClassVar[tuple[str, ...]] = ("output",)

    output: str = ""
    grid: int = 10
    products: str = "classes,confidence"
    naming: str = "D{department}_{year}_{x:03}_{y:04}_{product}"
    department: str = "000"
    year: str = "0000"
    local: int = 0
    scheduler: str = ""
