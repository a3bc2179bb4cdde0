"""The card of imported weights: what the files of IGN's two tools have in common, and what each file decides.

Sources: FLAIR-1's ``flair-1-config-detect.yaml`` and ``zone_detect`` (normalisation, tile, margin, classes without
training); odeon-landcover 0.2.18 (bytes divided by 255, bands in the order R, V, B, I, E).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Optional

import numpy as np

from ..errors import OcsiaError
from ..nomenclature import Nomenclature, load_nomenclature
from .fill import Normalisation
from .recognise import Recognised

GSD = 0.2
TILE = {"size": 512, "halo": 128}
"""The detection of FLAIR-1: 512 pixels, margin 128. odeon leaves the margin to its user."""

_BANDS = (("R", "red"), ("V", "green"), ("B", "blue"), ("I", "nir"), ("E", None))
_FLAIR_MEAN = (105.08, 110.87, 101.82, 106.38, 53.26)
_FLAIR_STD = (52.17, 45.38, 44.0, 39.69, 79.3)
_FLAIR = ("flair12", "flair15", "flair19")
_ODEON = "naf15"
_EXTENSIONS = (
    "https://stac-extensions.github.io/mlm/v1.4.0/schema.json",
    "https://stac-extensions.github.io/classification/v2.0.0/schema.json",
    "https://stac-extensions.github.io/file/v2.1.0/schema.json",
)


def describe(found: Recognised, nomenclature: str, model_id: str, path: Path) -> dict[str, Any]:
    """The card, as a STAC item without its asset, of weights that nobody has described.

    Args:
        nomenclature: of the classes; empty: the one that the file tells.
        path: of the weights; their name may tell the nomenclature.

    Raises:
        OcsiaError: ``import-bands``, ``import-classes``, ``import-normalisation``: the file does not say enough.
    """
    if not 3 <= found.bands <= len(_BANDS):
        raise OcsiaError("import-bands", path=path, found=found.bands)
    nomenclature = nomenclature or _told(found, path.name)
    classes = _classes(nomenclature, found, path)
    flair = found.family == "flair-inc" or (found.family == "smp" and nomenclature in _FLAIR)
    if not flair and found.family != "odeon":
        raise OcsiaError("import-normalisation", path=path)
    scaling: list[dict[str, Any]] = [{"type": "min-max", "minimum": 0, "maximum": 255}] * found.bands
    fill = [0] * found.bands
    if flair:
        pairs = list(zip(_FLAIR_MEAN, _FLAIR_STD, strict=True))[: found.bands]
        scaling = [{"type": "z-score", "mean": mean, "stddev": std} for mean, std in pairs]
        fill = [round(mean) for mean, _ in pairs]
    properties: dict[str, Any] = {
        "title": f"{model_id} ({found.skeleton.title})",
        "datetime": None,
        "start_datetime": "1900-01-01T00:00:00Z",  # STAC wants dates, and weights have none
        "end_datetime": "9999-12-31T23:59:59Z",
        "gsd": GSD,
        "mlm:name": model_id,
        "mlm:architecture": found.skeleton.title,
        "mlm:tasks": ["semantic-segmentation"],
        "mlm:framework": "ONNX",
        "mlm:input": [_input(found.bands, scaling)],
        "mlm:output": [_output(classes)],
        "ocsia:nomenclature": nomenclature,
        "ocsia:fill": fill,
        "ocsia:tile": tile(found),
    }
    if published(path):
        properties |= {"license": "etalab-2.0", "providers": [{"name": "IGN", "roles": ["producer"]}]}
    return {
        "type": "Feature",
        "stac_version": "1.1.0",
        "stac_extensions": list(_EXTENSIONS),
        "id": model_id,
        "geometry": None,
        "properties": properties,
        "links": [],
        "assets": {},
    }


def published(path: Path) -> bool:
    """Whether the file has the name of one that IGN published; others may come from the same tools with other data."""
    return path.name.startswith("FLAIR-INC_")


def tile(found: Recognised) -> dict[str, Any]:
    """The card's ``ocsia:tile``."""
    kind: dict[str, Any] = {"kind": "free", "stride": found.skeleton.stride, "halo": TILE["halo"]}
    return {**kind, "kind": "fixed", "size": TILE["size"]} if found.skeleton.fixed else kind


def _told(found: Recognised, name: str) -> str:
    """The nomenclature that the file tells; empty: it does not.

    FLAIR-INC's networks have 19 outputs whatever was trained. The loss that lies beside the weights gives no weight to
    the classes without training; else the name says ``15cl`` or ``12cl``.
    """
    if found.family == "odeon":
        return _ODEON if found.classes == len(load_nomenclature(_ODEON).classes) else ""
    if found.family != "flair-inc":
        return ""
    if found.class_weights is not None and not found.class_weights.all():
        trained = {int(i) + 1 for i in np.flatnonzero(found.class_weights)}
        for known in _FLAIR:
            if trained == {c.code for c in load_nomenclature(known).classes}:
                return known
    match = re.search(r"(?<!\d)(12|15)cl(?![a-z])", name)
    return f"flair{match[1]}" if match else ""


def _classes(nomenclature: str, found: Recognised, path: Path) -> Nomenclature:
    """The nomenclature, if its codes can be those of the outputs."""
    refusal = OcsiaError("import-classes", path=path, count=found.classes, known=", ".join((*_FLAIR, _ODEON)))
    if not re.fullmatch(r"\w+", nomenclature):
        raise refusal
    try:
        loaded = load_nomenclature(nomenclature)
    except FileNotFoundError:
        raise refusal from None
    # A network of FLAIR may have outputs that were not trained; any other has one for each class.
    outputs = len(load_nomenclature("flair19").classes) if nomenclature in _FLAIR else len(loaded.classes)
    if found.classes not in (outputs, len(loaded.classes)):
        raise refusal
    return loaded


def _input(bands: int, scaling: list[dict[str, Any]]) -> dict[str, Any]:
    names = [{"name": n, "eo:common_name": common} if common else {"name": n} for n, common in _BANDS[:bands]]
    dims = ["batch", "bands", "height", "width"]
    return {
        "name": "image",
        "bands": names,
        "input": {"shape": [-1, bands, -1, -1], "dim_order": dims, "data_type": "uint8"},
        "description": "Bytes as they are: the scaling below is the first layer of the graph.",
        "value_scaling": scaling,
    }


def _output(nomenclature: Nomenclature) -> dict[str, Any]:
    classes = nomenclature.classes
    dims = ["batch", "class", "height", "width"]
    return {
        "name": "probabilities",
        "tasks": ["semantic-segmentation"],
        "result": {"shape": [-1, len(classes), -1, -1], "dim_order": dims, "data_type": "uint8"},
        "description": "round(255 p) of the softmax",
        "classification:classes": [
            {"value": c.code, "name": c.key, "title": c.fr, "color_hint": c.color[1:].upper()} for c in classes
        ],
    }


# -- what a card says of the network that its model is made from


def normalisation(item: dict[str, Any]) -> Normalisation:
    """The ``value_scaling`` of a card. Raises: KeyError, ValueError."""
    mean, std = [], []
    for scaling in item["properties"]["mlm:input"][0]["value_scaling"]:
        if scaling["type"] == "z-score":
            mean.append(float(scaling["mean"]))
            std.append(float(scaling["stddev"]))
        elif scaling["type"] == "min-max":
            mean.append(float(scaling["minimum"]))
            std.append(float(scaling["maximum"]) - mean[-1])
        else:
            raise ValueError(f"value_scaling of type {scaling['type']}")
    if not all(s > 0 for s in std):
        raise ValueError("value_scaling divides by zero")
    return Normalisation(tuple(mean), tuple(std))


def kept_outputs(item: dict[str, Any], outputs: int) -> Optional[list[int]]:
    """Outputs of the network (from 0) that are the card's classes, of ``outputs``; None: they cannot be.

    The card says so itself (``ocsia:logits``); else either there is one output for each class, or the classes are those
    of FLAIR, whose codes count the outputs from 1.
    """
    codes = [int(c["value"]) for c in item["properties"]["mlm:output"][0]["classification:classes"]]
    used = item["properties"].get("ocsia:logits", {}).get("used")
    if used is None and len(codes) == outputs:
        used = range(outputs)
    elif used is None and item["properties"]["ocsia:nomenclature"] in _FLAIR:
        used = [code - 1 for code in codes]
    if used is None or len(used) != len(codes) or not all(0 <= i < outputs for i in used):
        return None
    return list(used)
