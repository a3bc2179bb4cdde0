"""Weights trained for classes of somebody's own with the tools of IGN, a single class included."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Optional

import numpy as np

from ..errors import OcsiaError, because
from ..nomenclature import load_nomenclature
from .describe import describe
from .foreigncard import class_items
from .ownclasses import known_by_names, own_nomenclature, two_names
from .recognise import Recognised

_OF_FAMILY = {"flair-inc": "flair19", "flair-hub": "flairhub19"}
"""Whose bands and normalisation are assumed; of all others it is odeon's."""


def with_absent(found: Recognised) -> Recognised:
    """A network of one output as one of two: absent and present.

    The sigmoid of z is the second of the softmax of (0, z): a row of zeros before the last layer's only one does it.
    """
    head = found.skeleton.head
    doubled = {
        key: np.concatenate([np.zeros_like(found.weights[key]), found.weights[key]])
        for key in (f"{head}.weight", f"{head}.bias")
    }
    return replace(found, classes=2, weights={**found.weights, **doubled}, class_weights=None)


def describe_own(
    found: Recognised, names: tuple[str, ...], single: bool, threshold: Optional[float], model_id: str, source: Path
) -> dict[str, Any]:
    """The card of weights whose classes the user names; all else is as IGN's tool of that family has it.

    Args:
        names: of the outputs; one name, or two, where there was a ``single`` one.

    Raises:
        OcsiaError: ``import-onnx-value``: not as many names as outputs; and what ``describe`` raises.
    """
    if single and len(names) == 1:
        names = two_names(names)
    if len(names) != found.classes:
        reason = because("why-value-count", found=len(names), wanted=1 if single else found.classes)
        raise OcsiaError("import-onnx-value", name="CLASSES", value="; ".join(names), path=source, reason=reason)
    family = _OF_FAMILY.get(found.family, "naf15")
    stand_in = replace(found, classes=len(load_nomenclature(family).classes), class_weights=None)
    item = describe(stand_in, family, model_id, source)
    own = (None if single else known_by_names(names)) or own_nomenclature(model_id, names, absent_first=single)
    properties = item["properties"]
    properties["ocsia:nomenclature"] = own.reference()
    output = properties["mlm:output"][0]
    output["result"]["shape"][1] = len(own.classes)
    output["classification:classes"] = class_items(own)
    if single and threshold not in (None, 0.5):
        properties["ocsia:threshold"] = threshold
    return item
