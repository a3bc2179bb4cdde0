"""The card of imported weights: what the files of IGN's three tools have in common, and what each file decides.

Sources: FLAIR-1's ``flair-1-config-detect.yaml`` and ``zone_detect`` (normalisation, tile, margin, classes without
training); FLAIR-HUB's ``config_zonal_detection.yaml``, ``config_supervision.yaml`` and the cards of its models
(normalisation, classes without training); odeon-landcover 0.2.18 (bytes divided by 255, bands in the order R, V, B, I,
E).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Optional

import numpy as np

from ..errors import OcsiaError
from ..nomenclature import LandCoverClass, load_nomenclature
from .fill import Normalisation
from .recognise import Recognised

GSD = 0.2
TILE = {"size": 512, "halo": 128}
"""The detection of FLAIR-1: 512 pixels, margin 128. odeon leaves the margin to its user; FLAIR-HUB trains on 512."""

_ROLES = "RVBIE"
_COMMON_NAMES = {"R": "red", "V": "green", "B": "blue", "I": "nir"}
_STATISTICS = {
    "flair-inc": {
        "R": (105.08, 52.17),
        "V": (110.87, 45.38),
        "B": (101.82, 44.0),
        "I": (106.38, 39.69),
        "E": (53.26, 79.3),
    },
    "flair-hub": {"I": (106.59, 39.78), "R": (105.66, 52.23), "V": (111.35, 45.62), "B": (102.18, 44.30)},
}
"""Mean and standard deviation of the bytes of each band."""
_FLAIR = ("flair12", "flair15", "flair19")
_HUB = "flairhub19"
_HUB_TRAINED = range(1, 16)
"""Codes of FLAIR-HUB's classes that have a weight in its loss."""
_HUB_BANDS = {"RGB": "RVB", "IR": "IRV"}
"""Bands by what the names of its files say."""
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
        OcsiaError: ``import-bands``, ``import-bands-hub``, ``import-classes``, ``import-normalisation``: the file does
            not say enough.
    """
    nomenclature = nomenclature or _told(found, path.name)
    if found.family != "flair-hub" and not 3 <= found.bands <= len(_ROLES):
        raise OcsiaError("import-bands", path=path, found=found.bands)
    classes = _classes(nomenclature, found, path)
    family = found.family
    if family == "smp":
        family = "flair-hub" if nomenclature == _HUB else "flair-inc" if nomenclature in _FLAIR else ""
    if not family:
        raise OcsiaError("import-normalisation", path=path)
    roles = _hub_bands(found, path) if family == "flair-hub" else _ROLES[: found.bands]
    scaling: list[dict[str, Any]] = [{"type": "min-max", "minimum": 0, "maximum": 255}] * found.bands
    fill = [0] * found.bands
    if family in _STATISTICS:
        pairs = [_STATISTICS[family][role] for role in roles]
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
        "mlm:input": [_input(roles, scaling)],
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
    return path.name.startswith(("FLAIR-INC_", "FLAIR-HUB_"))


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
    if found.family == "flair-hub":
        return _HUB
    if found.family != "flair-inc":
        return ""
    if found.class_weights is not None and not found.class_weights.all():
        trained = {int(i) + 1 for i in np.flatnonzero(found.class_weights)}
        for known in _FLAIR:
            if trained == {c.code for c in load_nomenclature(known).classes}:
                return known
    match = re.search(r"(?<!\d)(12|15)cl(?![a-z])", name)
    return f"flair{match[1]}" if match else ""


def _hub_bands(found: Recognised, path: Path) -> str:
    """Roles of the bands, which the names of FLAIR-HUB's files tell."""
    told = re.search(r"(?<![A-Za-z])(RGB|IR)(?![A-Za-z])", path.name)
    roles = _HUB_BANDS[told[1]] if told else ""
    if len(roles) != found.bands:
        raise OcsiaError("import-bands-hub", path=path, found=found.bands)
    return roles


def _classes(nomenclature: str, found: Recognised, path: Path) -> tuple[LandCoverClass, ...]:
    """The classes of the nomenclature that a model of the family tells, if the outputs can be those."""
    known = (_HUB,) if found.family == "flair-hub" else (*_FLAIR, _HUB, _ODEON)
    refusal = OcsiaError("import-classes", path=path, count=found.classes, known=", ".join(known))
    if not re.fullmatch(r"\w+", nomenclature) or (found.family == "flair-hub" and nomenclature != _HUB):
        raise refusal
    try:
        classes = load_nomenclature(nomenclature).classes
    except FileNotFoundError:
        raise refusal from None
    # A network of FLAIR may have outputs that were not trained; any other has one for each class.
    outputs = len(load_nomenclature("flair19").classes) if nomenclature in _FLAIR else len(classes)
    if found.classes not in (outputs, len(classes)):
        raise refusal
    return tuple(c for c in classes if nomenclature != _HUB or c.code in _HUB_TRAINED)


def _input(roles: str, scaling: list[dict[str, Any]]) -> dict[str, Any]:
    names = [{"name": r, "eo:common_name": _COMMON_NAMES[r]} if r in _COMMON_NAMES else {"name": r} for r in roles]
    dims = ["batch", "bands", "height", "width"]
    return {
        "name": "image",
        "bands": names,
        "input": {"shape": [-1, len(roles), -1, -1], "dim_order": dims, "data_type": "uint8"},
        "description": "Bytes as they are: the scaling below is the first layer of the graph.",
        "value_scaling": scaling,
    }


def _output(classes: tuple[LandCoverClass, ...]) -> dict[str, Any]:
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
    of FLAIR or FLAIR-HUB, whose codes count the outputs from 1.
    """
    codes = [int(c["value"]) for c in item["properties"]["mlm:output"][0]["classification:classes"]]
    used = item["properties"].get("ocsia:logits", {}).get("used")
    if used is None and len(codes) == outputs:
        used = range(outputs)
    elif used is None and item["properties"]["ocsia:nomenclature"] in (*_FLAIR, _HUB):
        used = [code - 1 for code in codes]
    if used is None or len(used) != len(codes) or not all(0 <= i < outputs for i in used):
        return None
    return list(used)
