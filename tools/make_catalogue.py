"""Write the cards of IGN's published models, in ``resources/models/catalogue``, from the tables below.

    python -m tools.make_catalogue

A card says what is published and nothing else: a figure that is not (a size, a hash, a score, a licence) is absent. The
asset ``weights`` is the file that IGN distributes; ``model`` is what importing it writes beside the card.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from ocsia_plugin.engine.nomenclature import load_nomenclature  # noqa: E402
from tools.make_card import EXTENSIONS, asset_bands, bands, model_input, model_output  # noqa: E402

FOLDER = ROOT / "resources" / "models" / "catalogue"
HUGGING_FACE = "https://huggingface.co/IGNF/{name}/resolve/main/{file}"

Scaling = dict[str, Any]

# Mean and standard deviation in bytes, in the order of the bands R, V, B, I, E (FLAIR-1's detection configuration).
FLAIR_STATISTICS = {
    "R": (105.08, 52.17),
    "V": (110.87, 45.38),
    "B": (101.82, 44.0),
    "I": (106.38, 39.69),
    "E": (53.26, 79.3),
}
FLAIR_HUB_STATISTICS = {"I": (106.59, 39.78), "R": (105.66, 52.23), "V": (111.35, 45.62), "B": (102.18, 44.30)}

FLAIR_TILE = {"size": 512, "halo": 128}  # its detection: 512 pixels, margin 128
# Trained on 512 pixels, which the pooling over the tile has to see again. The example of its zonal detection takes 2048
# with a margin of 512: the same quarter.
FLAIR_HUB_TILE = {"size": 512, "halo": 128}
# odeon publishes a margin in an example only (50 pixels of 512); FLAIR's, for the same encoder, covers it.
GERS_TILE = FLAIR_TILE


@dataclass(frozen=True)
class Published:
    """One published model.

    Attributes:
        bands: roles, in the order of the model's input.
        tile: ``kind`` (free or fixed), ``stride``, ``halo`` and, where fixed, ``size``.
        scaling: one per band, on bytes.
        logits: how many classes the last layer has, and which of them (from 0) the training used.
        weights: name of the file on Hugging Face; None: no address is published.
        accuracy: as in ``ocsia:accuracy``.
    """

    id: str
    title: str
    architecture: str
    bands: str
    nomenclature: str
    tile: dict[str, Any]
    scaling: list[Scaling]
    logits: Optional[tuple[int, list[int]]] = None
    licence: str = ""
    weights: str = ""
    size: Optional[int] = None
    sha256: str = ""
    confusion: str = ""
    parameters: Optional[int] = None
    accuracy: dict[str, Any] = field(default_factory=dict)


def free(stride: int, tile: dict[str, int]) -> dict[str, Any]:
    """Tile of a fully convolutional network."""
    return {"kind": "free", "stride": stride, "halo": tile["halo"]}


def fixed(stride: int, tile: dict[str, int]) -> dict[str, Any]:
    """Tile of a network that looks at the whole of it."""
    return {"kind": "fixed", "stride": stride, **tile}


def z_score(statistics: dict[str, tuple[float, float]], roles: str) -> list[Scaling]:
    """``(x - mean) / stddev`` per band."""
    return [{"type": "z-score", "mean": statistics[r][0], "stddev": statistics[r][1]} for r in roles]


def by_class(measure: str, values: dict[int, float]) -> list[dict[str, float]]:
    """One entry per class code, from percentages."""
    return [{"code": code, measure: share(value)} for code, value in values.items()]


def share(percent: float) -> float:
    """0..1 from a percentage."""
    return round(percent / 100, 6)


# -- FLAIR-INC -----------------------------------------------------------------------------------------------------

# Codes are FLAIR's: 13 swimming pool, 14 snow, 18 greenhouse. Snow has no published figure.
_RGBIE_15CL = {
    "source": "https://huggingface.co/IGNF/FLAIR-INC_rgbie_15cl_resnet34-unet",
    "overall_accuracy": share(76.37),
    "mean_iou": share(58.63),
    "mean_f1": share(72.44),
    "mean_precision": share(74.30),
    "mean_recall": share(72.49),
    "classes": by_class(
        "iou",
        {
            1: 82.63,
            2: 53.24,
            3: 74.17,
            4: 60.40,
            5: 87.59,
            6: 46.35,
            7: 67.45,
            8: 30.23,
            9: 82.93,
            10: 55.03,
            11: 52.01,
            12: 40.84,
            13: 48.44,
            18: 39.44,
        },
    ),
}
_RGB_12CL = {
    "source": "https://huggingface.co/IGNF/FLAIR-INC_rgb_12cl_resnet34-unet",
    "overall_accuracy": share(76.51),
    "mean_iou": share(62.72),
    "classes": [
        {"code": code, "iou": share(iou), "f1": share(f1), "precision": share(precision), "recall": share(recall)}
        for code, iou, f1, precision, recall in (
            (1, 82.56, 90.45, 90.41, 90.49),
            (2, 54.15, 70.26, 70.72, 69.79),
            (3, 73.81, 84.93, 85.85, 84.03),
            (4, 59.01, 74.22, 78.80, 70.15),
            (5, 87.22, 93.17, 91.69, 94.70),
            (6, 61.59, 76.23, 79.30, 73.39),
        )
    ],
}

# Modality, number of classes, architecture; then what is published of that one.
_FLAIR_INC: tuple[tuple[str, int, str, dict[str, Any]], ...] = (
    ("rgb", 15, "resnet34-unet", {"parameters": 24_438_979}),
    ("rgbi", 15, "resnet34-unet", {"parameters": 24_442_115}),
    (
        "rgbie",
        15,
        "resnet34-unet",
        {
            "parameters": 24_445_251,
            "size": 97_957_843,
            "sha256": "e7be92484275ecb581a758fc8a7efa088f8b4201d62dcbc252094707bd025888",
            "accuracy": _RGBIE_15CL,
        },
    ),
    ("rgb", 12, "resnet34-unet", {"parameters": 24_438_979, "accuracy": _RGB_12CL}),
    (
        "rgbie",
        12,
        "resnet34-unet",
        {
            "parameters": 24_445_251,
            "size": 97_957_843,
            "sha256": "e28ac3605f26fac130eb2ad5fed1b546b7ea639db2795bda128b12c9d2b23981",
        },
    ),
    ("rgb", 15, "mitb5-unet", {}),
    ("rgb", 15, "resnet34-deeplabv3", {}),
    ("rgb", 15, "resnet34-fpn", {}),
)
_FLAIR_INC_ARCHITECTURES = {
    "resnet34-unet": ("U-Net ResNet-34", free(32, FLAIR_TILE)),
    "mitb5-unet": ("U-Net MiT-B5", fixed(32, FLAIR_TILE)),  # its attention spans the tile
    "resnet34-deeplabv3": ("DeepLab v3 ResNet-34", fixed(32, FLAIR_TILE)),  # ASPP pools over the tile
    "resnet34-fpn": ("FPN ResNet-34", fixed(32, FLAIR_TILE)),  # it enlarges with aligned corners
}
_BANDS = {"rgb": "RVB", "rgbi": "RVBI", "rgbie": "RVBIE"}
# The head has FLAIR's 19 classes; the training used 1 to 14 and 18, or 1 to 12.
_USED_LOGITS = {15: [*range(14), 17], 12: [*range(12)]}


def flair_inc() -> Iterator[Published]:
    """U-Net and others trained on FLAIR-INC."""
    for modality, classes, architecture, facts in _FLAIR_INC:
        name, roles = f"FLAIR-INC_{modality}_{classes}cl_{architecture}", _BANDS[modality]
        words, tile = _FLAIR_INC_ARCHITECTURES[architecture]
        yield Published(
            id=name,
            title=f"FLAIR-INC, {words}, {roles}, {classes} classes",
            architecture=words,
            bands=roles,
            nomenclature=f"flair{classes}",
            tile=tile,
            scaling=z_score(FLAIR_STATISTICS, roles),
            logits=(19, _USED_LOGITS[classes]),
            licence="etalab-2.0",
            weights=f"{name}_weights.pth",
            confusion="confmat.npy",
            **facts,
        )


# -- FLAIR-HUB -----------------------------------------------------------------------------------------------------

_IR_CONVNEXT_BASE = {
    "source": "https://huggingface.co/IGNF/FLAIR-HUB_LC-A_IR_convnextv2base-upernet",
    "overall_accuracy": share(77.03),
    "mean_iou": share(63.77),
    "classes": by_class(
        "iou",  # codes are FLAIR-HUB's index + 1
        {
            1: 83.5,
            2: 76.5,
            3: 59.4,
            4: 74.8,
            5: 56.5,
            6: 63.0,
            7: 89.5,
            8: 67.8,
            9: 53.8,
            10: 57.3,
            11: 34.7,
            12: 78.5,
            13: 70.8,
            14: 61.2,
            15: 29.2,
        },
    ),
}
_FLAIR_HUB: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("RGB", "swintiny-upernet", {}),
    ("RGB", "swinsmall-upernet", {}),
    ("RGB", "swinbase-upernet", {}),
    ("RGB", "swinlarge-upernet", {}),
    ("IR", "swinbase-upernet", {}),
    ("IR", "swinlarge-upernet", {}),
    ("IR", "convnextv2tiny-upernet", {}),
    ("IR", "convnextv2base-upernet", {"accuracy": _IR_CONVNEXT_BASE}),
    ("IR", "convnextv2base-unet", {}),
)
_ENCODERS = {
    "swintiny": "Swin-T",
    "swinsmall": "Swin-S",
    "swinbase": "Swin-B",
    "swinlarge": "Swin-L",
    "convnextv2tiny": "ConvNeXt V2-T",
    "convnextv2base": "ConvNeXt V2-B",
}
_DECODERS = {"upernet": "UPerNet", "unet": "U-Net"}


def flair_hub() -> Iterator[Published]:
    """The models of FLAIR-HUB that see one aerial image and nothing else (LC-A)."""
    for modality, architecture, facts in _FLAIR_HUB:
        encoder, decoder = architecture.split("-")
        name, roles = f"FLAIR-HUB_LC-A_{modality}_{architecture}", {"RGB": "RVB", "IR": "IRV"}[modality]
        words = f"{_DECODERS[decoder]} {_ENCODERS[encoder]}"
        yield Published(
            id=name,
            title=f"FLAIR-HUB, {words}, {roles}",
            architecture=words,
            bands=roles,
            nomenclature="flairhub19",
            # Windows, pyramid pooling and global response normalisation all depend on the size of the tile.
            tile=fixed(32, FLAIR_HUB_TILE),
            scaling=z_score(FLAIR_HUB_STATISTICS, roles),
            # The loss gives no weight to 15 to 18 (config_supervision.yaml).
            logits=(19, [*range(15)]),
            licence="etalab-2.0",
            weights=f"{name}.safetensors",
            **facts,
        )


# -- Gers 2019 -----------------------------------------------------------------------------------------------------

_GERS_SOURCE = "IGN, IA et occupation du sol, 30 June 2022"
# Overall accuracy in percent; and parameters, known for five bands.
_GERS: tuple[tuple[str, str, float, Optional[int]], ...] = (
    ("unet", "RVB", 85.2, None),
    ("unet", "RVBI", 85.7, None),
    ("unet", "RVBIE", 86.2, 34_619_326),
    ("deeplab", "RVB", 80.8, None),
    ("deeplab", "RVBI", 82.1, None),
    ("deeplab", "RVBIE", 83.2, 7_096_087),
)
_GERS_ARCHITECTURES = {
    "unet": ("U-Net ResNet-34", free(64, GERS_TILE)),
    "deeplab": ("DeepLab v3+ MobileNetV2", fixed(16, GERS_TILE)),
}


def gers() -> Iterator[Published]:
    """What IGN's odeon learned on the Gers in 2019; no address of the files is known, the user brings them."""
    for architecture, roles, accuracy, parameters in _GERS:
        words, tile = _GERS_ARCHITECTURES[architecture]
        yield Published(
            id=f"gers2019-{architecture}-{roles.lower()}",
            title=f"Gers 2019, {words}, {roles}",
            architecture=words,
            bands=roles,
            nomenclature="naf15",
            tile=tile,
            scaling=[{"type": "min-max", "minimum": 0, "maximum": 255} for _ in roles],
            parameters=parameters,
            accuracy={"source": _GERS_SOURCE, "overall_accuracy": share(accuracy)},
        )


# -- cards ---------------------------------------------------------------------------------------------------------


def card(model: Published) -> dict[str, Any]:
    """The STAC item of a published model."""
    classes = load_nomenclature(model.nomenclature).classes
    if model.logits and len(model.logits[1]) < len(classes):
        classes = tuple(classes[i] for i in model.logits[1])  # the nomenclature has those without training as well
    # A model without a mean fills with 0, as odeon does.
    fill = [round(scaling.get("mean", 0)) for scaling in model.scaling]
    properties = {
        "title": model.title,
        # An item needs a time; these models have none but that they are valid.
        "datetime": None,
        "start_datetime": "1900-01-01T00:00:00Z",
        "end_datetime": "9999-12-31T23:59:59Z",
        "license": model.licence or None,
        "providers": [{"name": "IGN", "roles": ["producer"], "url": "https://www.ign.fr"}],
        "gsd": 0.2,
        "bands": bands(model.bands),
        "mlm:name": model.id,
        "mlm:architecture": model.architecture,
        "mlm:tasks": ["semantic-segmentation"],
        "mlm:framework": "ONNX",
        "mlm:total_parameters": model.parameters,
        "mlm:input": [model_input(model.bands, model.scaling)],
        "mlm:output": [model_output(classes)],
        "ocsia:nomenclature": model.nomenclature,
        "ocsia:fill": fill,
        "ocsia:tile": model.tile,
        "ocsia:logits": {"count": model.logits[0], "used": model.logits[1]} if model.logits else None,
        "ocsia:accuracy": model.accuracy,
    }
    if model.logits and len(model.logits[1]) != len(classes):
        raise ValueError(f"{model.id}: {len(model.logits[1])} logits for {len(classes)} classes")
    return {
        "type": "Feature",
        "stac_version": "1.1.0",
        "stac_extensions": EXTENSIONS,
        "id": model.id,
        "geometry": None,
        "properties": {k: v for k, v in properties.items() if v is not None or k == "datetime"},
        "links": [],
        "assets": _assets(model),
    }


def _assets(model: Published) -> dict[str, Any]:
    assets: dict[str, Any] = {
        "model": {
            "href": "model.onnx",
            "type": "application/octet-stream; framework=onnx; profile=onnx",
            "title": "ONNX graph that importing the weights writes",
            "roles": ["mlm:model"],
            "mlm:artifact_type": "onnx",
            "bands": asset_bands(model.bands),
        }
    }
    if model.weights:
        assets["weights"] = {
            "href": HUGGING_FACE.format(name=model.id, file=model.weights),
            "type": "application/octet-stream",
            "title": "Weights as published",
            "roles": ["mlm:weights"],
        }
        if model.size is not None:
            assets["weights"]["file:size"] = model.size
        if model.sha256:
            assets["weights"]["file:checksum"] = "1220" + model.sha256
    if model.confusion:
        assets["confusion"] = {
            "href": HUGGING_FACE.format(name=model.id, file=model.confusion),
            "type": "application/octet-stream",
            "title": "Confusion matrix as published: rows are the truth, columns what the model said",
            "roles": ["metadata"],
        }
    return assets


def cards() -> dict[str, str]:
    """Text of each card, by file name."""
    models = [*flair_inc(), *flair_hub(), *gers()]
    return {f"{m.id}.json": json.dumps(card(m), ensure_ascii=False, indent=1) + "\n" for m in models}


def main() -> None:
    """Write the cards; those of models that are not listed any more go."""
    FOLDER.mkdir(exist_ok=True)
    wanted = cards()
    for path in FOLDER.glob("*.json"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
