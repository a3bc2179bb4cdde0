"""Write the card of the bundled model from the figures that its training measured.

    python -m tools.make_card
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from ocsia_plugin.engine.nomenclature import LandCoverClass, load_nomenclature  # noqa: E402

FOLDER = ROOT / "resources" / "models" / "ocsia-naf15-rvb"
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
DATE = "2026-11-22T00:00:00Z"
COMMON_NAMES = {"R": "red", "V": "green", "B": "blue", "I": "nir"}
EXTENSIONS = [
    "https://stac-extensions.github.io/mlm/v1.4.0/schema.json",
    "https://stac-extensions.github.io/classification/v2.0.0/schema.json",
    "https://stac-extensions.github.io/eo/v2.0.0/schema.json",
    "https://stac-extensions.github.io/file/v2.1.0/schema.json",
]
NOTICE = {
    "en": "This model is for learning the plugin, not for decisions.",
    "fr": "Ce modèle sert à apprendre à se servir de l'extension, pas à décider.",
}


def card(model: Path, training: dict) -> dict:
    """The STAC item that describes ``model``, whose measured figures are ``training``."""
    scaling = [
        {"type": "z-score", "mean": round(255 * m, 3), "stddev": round(255 * s, 3)}
        for m, s in zip(MEAN, STD, strict=True)
    ]
    return {
        "type": "Feature",
        "stac_version": "1.1.0",
        "stac_extensions": EXTENSIONS,
        "id": FOLDER.name,
        "geometry": None,
        "properties": {
            "title": "OCS-IA NAF 15, RVB (apprentissage)",
            "datetime": DATE,
            "license": "GPL-3.0-or-later",
            "providers": [{"name": "OCS-IA", "roles": ["producer"]}],
            "gsd": 0.2,
            "bands": bands("RVB"),
            "mlm:name": FOLDER.name,
            "mlm:architecture": "U-Net on EfficientNet-Lite0",
            "mlm:tasks": ["semantic-segmentation"],
            "mlm:framework": "ONNX",
            "mlm:pretrained": True,
            "mlm:pretrained_source": "ImageNet (EfficientNet-Lite0 encoder, Apache-2.0)",
            "mlm:total_parameters": training["file"]["parameters"],
            "mlm:input": [model_input("RVB", scaling)],
            "mlm:output": [model_output(load_nomenclature("naf15").classes)],
            "ocsia:nomenclature": "naf15",
            "ocsia:fill": [round(255 * m) for m in MEAN],
            "ocsia:tile": {"kind": "free", "stride": training["input"]["stride"], "halo": _halo(training)},
            "ocsia:notice": NOTICE,
            "ocsia:accuracy": _accuracy(training),
        },
        "links": [],
        "assets": {
            "model": {
                "href": model.name,
                "type": "application/octet-stream; framework=onnx; profile=onnx",
                "title": "ONNX graph: bytes in, bytes out, normalisation and softmax inside",
                "roles": ["mlm:model"],
                "mlm:artifact_type": "onnx",
                "bands": asset_bands("RVB"),
                "file:size": model.stat().st_size,
                "file:checksum": "1220" + hashlib.sha256(model.read_bytes()).hexdigest(),
            }
        },
    }


def _halo(training: dict) -> int:
    """The smallest halo with which tiles and one pass over the whole image differed by at most 1 DN."""
    return training["halo"]["measured"]["halo"]


def _accuracy(training: dict) -> dict:
    """What was measured on real patches that the model had not seen."""
    measured = training["accuracy"]["leave_one_patch_out"]
    keys = ("code", "pixels", "scenes", "precision", "recall", "iou")
    return {
        "method": "leave one patch out, real aerial patches at 0.20 m; rows of the matrix: truth, columns: prediction",
        "pixels": measured["pixels"],
        "overall_accuracy": measured["overall_accuracy"],
        "classes": [{key: c[key] for key in keys if key in c} for c in measured["classes"]],
        "confusion_matrix": measured["confusion_matrix"],
        "classes_without_real_training_data": training["support"]["classes_without_real_training_data"],
        "classes_never_tested_on_real_data": training["support"]["classes_never_tested_on_real_data"],
    }


def bands(roles: str) -> list[dict]:
    """The bands of ``RVBIE``, which the model's input names; E, the height above ground, has no name in STAC."""
    return [
        {"name": r, "eo:common_name": COMMON_NAMES[r]}
        if r in COMMON_NAMES
        else {"name": r, "description": "Height above ground, 0.2 m per unit, 255 from 51 m on"}
        for r in roles
    ]


def asset_bands(roles: str) -> list[dict]:
    """The bands once more at the model's asset: STAC allows them in an item, where MLM wants them, only then."""
    return [{"name": r} for r in roles]


def model_input(roles: str, scaling: list[dict]) -> dict:
    """Bytes of the bands in their order; ``scaling``, one per band, is inside the graph."""
    shape = [-1, len(roles), -1, -1]
    return {
        "name": "image",
        "bands": list(roles),
        "input": {"shape": shape, "dim_order": ["batch", "bands", "height", "width"], "data_type": "uint8"},
        "description": "Bytes as they are: the scaling below is the first layer of the graph.",
        "value_scaling": scaling,
    }


def model_output(classes: Sequence[LandCoverClass]) -> dict:
    """Bytes of the probabilities of the classes in their order."""
    shape = [-1, len(classes), -1, -1]
    return {
        "name": "probabilities",
        "tasks": ["semantic-segmentation"],
        "result": {"shape": shape, "dim_order": ["batch", "class", "height", "width"], "data_type": "uint8"},
        "description": "round(255 p) of the softmax",
        "classification:classes": [
            {
                "value": c.code,
                "name": c.key,
                "title": c.fr,
                "description": c.en,  # MLM requires one
                "color_hint": c.color[1:].upper(),
            }
            for c in classes
        ],
    }


def main() -> None:
    """Write ``card.json`` beside the model."""
    training = json.loads((FOLDER / "training.json").read_text(encoding="utf-8"))
    text = json.dumps(card(FOLDER / "model.onnx", training), ensure_ascii=False, indent=1)
    (FOLDER / "card.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
