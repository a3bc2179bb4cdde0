"""A model's card: JSON in the vocabulary of the STAC Machine Learning Model extension (MLM, v1.4).

What MLM has no word for stands under ``ocsia:``. Nothing that the card knows is asked of the user.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional

from ..errors import OcsiaError, because
from ..nomenclature import LandCoverClass, Nomenclature, referred


@dataclass(frozen=True)
class ModelCard:
    """What a run needs to know of a model.

    Attributes:
        id, title: name for machines, name for people.
        file: the ONNX file. It takes uint8 (N, bands, H, W) and returns uint8 (N, classes, H, W), ``round(255 p)``;
            normalisation and activation are inside.
        bands: roles of the bands in their order: ``R``, ``V``, ``B``, ``I``, ``E``.
        gsd: pixel size in metres that the model was trained at.
        fill: per band, the byte that stands for no data: the mean of the normalisation.
        stride: H and W are multiples of it; so are the origins of tiles.
        halo: pixels around a tile beyond which nothing changes its result by more than 1 DN.
        tile: side of the only input that the model takes; None for a fully convolutional model, which takes any.
        nomenclature: of the classes.
        codes: class code of each output band.
        threshold: of the probability from which the second of two classes is chosen; None: the more probable one.
        licence, producer: as published.
        sha256: of the file; None: not pinned.
        notice: a sentence that every run repeats, by language.
        accuracy: published figures, as the card writes them; see ``accuracy.published_accuracy``.
    """

    id: str
    title: str
    file: Path
    bands: tuple[str, ...]
    gsd: float
    fill: tuple[int, ...]
    stride: int
    halo: int
    tile: Optional[int]
    nomenclature: Nomenclature
    codes: tuple[int, ...]
    threshold: Optional[float] = None
    licence: str = ""
    producer: str = ""
    sha256: Optional[str] = None
    notice: dict[str, str] = field(default_factory=dict)
    accuracy: dict[str, Any] = field(default_factory=dict)

    @property
    def classes(self) -> tuple[LandCoverClass, ...]:
        """Classes in the order of the output bands."""
        return tuple(self.nomenclature.by_code(code) for code in self.codes)


def read_card(path: Path) -> ModelCard:
    """The card in a JSON file; the model's file is named by its asset, in the same folder.

    Raises:
        OcsiaError: ``model-card-invalid`` with what is missing or wrong.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return _from_stac(content, path.parent)
    except FileNotFoundError as error:
        raise OcsiaError("model-card-invalid", path=path, reason=because("why-no-file")) from error
    except KeyError as error:
        reason = because("why-field-missing", name=error.args[0])
        raise OcsiaError("model-card-invalid", path=path, reason=reason) from error
    except (ValueError, TypeError, AttributeError, IndexError) as error:
        raise OcsiaError("model-card-invalid", path=path, reason=str(error)) from error


def _from_stac(item: dict[str, Any], folder: Path) -> ModelCard:
    properties = item["properties"]
    model_input, model_output = properties["mlm:input"][0], properties["mlm:output"][0]
    asset = next(a for a in item["assets"].values() if "mlm:model" in a.get("roles", ()))
    href = asset["href"]
    if Path(href).name != href:
        raise ValueError(f"the asset's href {href!r} must be a file name in the card's own folder")
    tile = properties["ocsia:tile"]
    card = ModelCard(
        id=item["id"],
        title=properties["title"],
        file=folder / href,
        bands=tuple(band if isinstance(band, str) else band["name"] for band in model_input["bands"]),
        gsd=float(properties["gsd"]),
        fill=tuple(int(v) for v in properties["ocsia:fill"]),
        stride=int(tile["stride"]),
        halo=int(tile["halo"]),
        tile=int(tile["size"]) if tile["kind"] == "fixed" else None,
        nomenclature=referred(properties["ocsia:nomenclature"]),
        codes=tuple(int(c["value"]) for c in model_output["classification:classes"]),
        threshold=properties.get("ocsia:threshold"),
        licence=properties.get("license", ""),
        producer=", ".join(p["name"] for p in properties.get("providers", ())),
        sha256=sha256_of_asset(asset),
        notice=dict(properties.get("ocsia:notice", {})),
        accuracy=dict(properties.get("ocsia:accuracy", {})),
    )
    if len(card.fill) != len(card.bands):
        raise ValueError(f"{len(card.fill)} fill values for {len(card.bands)} bands")
    if min(card.stride, card.gsd) <= 0 or card.halo < 0 or card.halo % card.stride:
        raise ValueError("gsd and stride must be positive, and the halo a multiple of the stride")
    if card.threshold is not None and not (0 < float(card.threshold) < 1 and len(card.codes) == 2):
        raise ValueError("ocsia:threshold is a probability between 0 and 1, of a model of two classes")
    for code in card.codes:
        if code not in {c.code for c in card.nomenclature.classes}:
            raise ValueError(f"{card.nomenclature.id} has no class {code}")
    return card


def sha256_of_asset(asset: dict[str, Any]) -> Optional[str]:
    """The digest in ``file:checksum``, a multihash: ``1220`` says sha2-256 of 32 bytes."""
    checksum = asset.get("file:checksum")
    if checksum is None:
        return None
    if not checksum.startswith("1220") or len(checksum) != 68:
        raise ValueError("file:checksum is not a sha2-256 multihash")
    return checksum[4:]


def check_file(card: ModelCard) -> None:
    """Refuse a file that is not the one its card describes.

    Raises:
        OcsiaError: ``model-not-onnx``, ``model-hash``.
    """
    if not card.file.is_file():
        raise OcsiaError("model-not-onnx", path=card.file, reason=because("why-no-file"))
    if card.sha256 is None:
        return
    if sha256_of(card.file) != card.sha256:
        raise OcsiaError("model-hash", path=card.file)


def sha256_of(path: Path, check: Callable[[], None] = lambda: None) -> str:
    """Digest of a file; ``check`` is called between two blocks, to cancel."""
    digest = hashlib.sha256()
    with open(path, "rb") as stream:
        while chunk := stream.read(1 << 20):
            check()
            digest.update(chunk)
    return digest.hexdigest()
