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
    """Weights of a known architecture, or an ONNX model with its card, into the user's folder of models.

    Attributes:
        file: ``.pth``, ``.pt``, ``.ckpt``, ``.safetensors`` or ``.onnx``.
        card: JSON file that describes the model; None: beside an ``.onnx`` file, else made from the weights.
        nomenclature: of the classes (``flair15``, ``naf15``...); empty: the one that the file tells.
        id: name under which the model will be known; empty: that of the file.
        architecture: ``decoder/encoder`` as segmentation-models-pytorch names them, for weights that are not
            recognised; PyTorch has to be installed (``pip install "ocsia[torch]"``). Empty: what the tensors tell.
    """

    kind: ClassVar[str] = "importmodel"
    required: ClassVar[tuple[str, ...]] = ("file",)

    file: str = ""
    card: Optional[str] = None
    nomenclature: str = ""
    id: str = ""
    architecture: str = ""
