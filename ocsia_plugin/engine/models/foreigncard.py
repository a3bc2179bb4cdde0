"""The card of an ONNX model of others, in the words of STAC MLM as every card has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Optional

from ..nomenclature import Nomenclature
from .told import Scaling

_COMMON_NAMES = {"R": "red", "V": "green", "B": "blue", "I": "nir"}
_EXTENSIONS = (
    "https://stac-extensions.github.io/mlm/v1.4.0/schema.json",
    "https://stac-extensions.github.io/classification/v2.0.0/schema.json",
    "https://stac-extensions.github.io/eo/v2.0.0/schema.json",
    "https://stac-extensions.github.io/file/v2.1.0/schema.json",
)


def foreign_item(
    model_id: str,
    bands: Sequence[str],
    gsd: float,
    scaling: Optional[Scaling],
    nomenclature: Nomenclature,
    tile: dict[str, Any],
    activation: str,
) -> dict[str, Any]:
    """The card, as a STAC item without its asset.

    Args:
        scaling: with a value for each band; None: the model takes bytes and does it itself.
        tile: the card's ``ocsia:tile``.
        activation: what makes probabilities of the outputs.
    """
    fill = [0] * len(bands)
    if scaling is not None and not scaling.plain:
        fill = [min(max(round(mean), 0), 255) for mean in scaling.mean]
    return {
        "type": "Feature",
        "stac_version": "1.1.0",
        "stac_extensions": list(_EXTENSIONS),
        "id": model_id,
        "geometry": None,
        "properties": {
            "title": model_id,
            "datetime": None,
            "start_datetime": "1900-01-01T00:00:00Z",  # STAC wants dates, and models have none
            "end_datetime": "9999-12-31T23:59:59Z",
            "gsd": gsd,
            "bands": [_band(name) for name in bands],
            "mlm:name": model_id,
            "mlm:architecture": "ONNX",
            "mlm:tasks": ["semantic-segmentation"],
            "mlm:framework": "ONNX",
            "mlm:input": [_input(bands, scaling)],
            "mlm:output": [_output(nomenclature, activation)],
            "ocsia:nomenclature": nomenclature.reference(),
            "ocsia:fill": fill,
            "ocsia:tile": tile,
        },
        "links": [],
        "assets": {},
    }


def as_mlm_has_it(item: dict[str, Any]) -> None:
    """Bands by their names, which the item's own list describes, and a description for each class: MLM's schema asks
    for both."""
    properties = item["properties"]
    for model_input in properties["mlm:input"]:
        bands = [{"name": band} if isinstance(band, str) else band for band in model_input["bands"]]
        properties.setdefault("bands", bands)
        model_input["bands"] = [band["name"] for band in bands]
    for model_output in properties["mlm:output"]:
        for each in model_output["classification:classes"]:
            each.setdefault("description", each.get("title") or each["name"])
    item["stac_extensions"] = list(dict.fromkeys([*item["stac_extensions"], *_EXTENSIONS]))


def _band(name: str) -> dict[str, str]:
    return {"name": name, "eo:common_name": _COMMON_NAMES[name]} if name in _COMMON_NAMES else {"name": name}


def _input(bands: Sequence[str], scaling: Optional[Scaling]) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": "image",
        "bands": list(bands),
        "input": {
            "shape": [-1, len(bands), -1, -1],
            "dim_order": ["batch", "bands", "height", "width"],
            "data_type": "uint8",
        },
        "description": "Bytes as they are: the scaling is inside the graph.",
    }
    if scaling is not None:
        described["value_scaling"] = [
            {"type": "z-score", "mean": mean, "stddev": std} for mean, std in zip(scaling.mean, scaling.std)
        ]
    return described


def _output(nomenclature: Nomenclature, activation: str) -> dict[str, Any]:
    return {
        "name": "probabilities",
        "tasks": ["semantic-segmentation"],
        "result": {
            "shape": [-1, len(nomenclature.classes), -1, -1],
            "dim_order": ["batch", "class", "height", "width"],
            "data_type": "uint8",
        },
        "description": f"round(255 p); activation: {activation}",
        "classification:classes": class_items(nomenclature),
    }


def class_items(nomenclature: Nomenclature) -> list[dict[str, Any]]:
    """The card's ``classification:classes``."""
    return [
        {"value": c.code, "name": c.key, "title": c.fr, "description": c.en, "color_hint": c.color[1:].upper()}
        for c in nomenclature.classes
    ]
