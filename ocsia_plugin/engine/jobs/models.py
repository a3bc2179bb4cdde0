"""Jobs about models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Optional

from .base import Job


@dataclass(frozen=True)
class ModelsJob(Job):
    """Models on this machine and in the catalogue: list, show, fetch, verify, delete.

    Attributes:
        action: ``list``, ``show``, ``fetch``, ``verify`` or ``delete``.
        id: of the model; all of them for ``list``.
        proxy: ``http://user:password@host:port``; empty: as the environment says.
        image: raster for which to list: the models that fit it, best first, then the others with the reason.
    """

    kind: ClassVar[str] = "models"
    positional: ClassVar[tuple[str, ...]] = ("action", "id")

    action: str = "list"
    id: str = ""
    proxy: str = ""
    image: str = ""


@dataclass(frozen=True)
class ImportModelJob(Job):
    """Weights of a known architecture, or an ONNX model, into the user's folder of models.

    What an ONNX model is has to be known once: from a card, from what Deepness writes into the file, or from the fields
    after ``id``, which come before what the file says.

    Attributes:
        file: ``.pth``, ``.pt``, ``.ckpt``, ``.safetensors`` or ``.onnx``.
        card: JSON file that describes the model; None: beside an ``.onnx`` file, else made from the weights.
        nomenclature: of the classes (``flair15``, ``naf15``...); empty: the one that the file tells.
        id: name under which the model will be known; empty: that of the file.
        architecture: ``decoder/encoder`` as segmentation-models-pytorch names them, for weights that are not
            recognised; it needs PyTorch (``pip install ".[torch]"``). Empty: what the tensors tell.
        bands: roles of an ONNX model's bands in their order (``R,V,B,I``), or ``1,2,3``: the image's first bands.
        gsd: pixel size in metres that it was trained at.
        mean: its normalisation, of bytes or of bytes / 255, per band; ``0-1``: bytes / 255 alone; ``0-255``: bytes.
        std: what the bytes less the mean are divided by, in the unit of the mean.
        class_names: of its outputs in their order (``other; road``), where they are of no known nomenclature.
        activation: what makes probabilities of its outputs: ``softmax``, ``sigmoid``, ``none``; ``auto``: it is tried.
        threshold: for a single output: the probability from which its class is there; None: the file's, or 0.5.
        tile: side in pixels of the images that it takes; None: the file's, or 512.
        halo: pixels on each side of a tile that are computed and left out; None: the file's, or a quarter of the tile.
    """

    kind: ClassVar[str] = "importmodel"
    required: ClassVar[tuple[str, ...]] = ("file",)

    file: str = ""
    card: Optional[str] = None
    nomenclature: str = ""
    id: str = ""
    architecture: str = ""
    bands: str = ""
    gsd: Optional[float] = None
    mean: str = ""
    std: str = ""
    class_names: str = ""
    activation: str = "auto"
    threshold: Optional[float] = None
    tile: Optional[int] = None
    halo: Optional[int] = None
