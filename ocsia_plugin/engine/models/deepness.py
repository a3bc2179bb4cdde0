"""What the QGIS plugin Deepness writes into an ONNX file for its users: texts in JSON, by name.

Source: its documentation (``creators_add_metadata_to_model``) and how it reads them (``processing/models``):
``resolution`` in centimetres, ``tiles_overlap`` in percent of a tile, of which half is left out on each side,
``class_names`` from the index of an output to a name; bytes are divided by 255 before ``standardization_mean`` and
``standardization_std`` count; bands are those of the image, in its order, which is red, green and blue where there are
three.
"""

from __future__ import annotations

import ast
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Optional

from ..errors import OcsiaError, because
from .told import RANGES, Scaling, Told

_MARKS = ("model_type", "class_names", "resolution", "standardization_mean", "tiles_size", "seg_thresh")
_SEGMENTATION = ("segmentor", "segmentation")
_OTHER_TASKS = ("detect", "segment", "classify", "pose", "obb")
"""Of YOLO's own exports: its ``segment`` outlines objects."""
_LONGEST = 1 << 16


def told_by_deepness(metadata: Mapping[str, str], bands: Optional[int], path: Path) -> Optional[Told]:
    """What the metadata of an ONNX file say; None: they are not Deepness's.

    Args:
        bands: that the model takes, where its input says it.

    Raises:
        OcsiaError: ``import-onnx-kind``: not a model of segmentation; ``import-onnx-value``: not readable.
    """
    if metadata.get("task") in _OTHER_TASKS:
        raise OcsiaError("import-onnx-kind", path=path, kind=metadata["task"])
    if not any(mark in metadata for mark in _MARKS):
        return None
    said = {name: _value(name, text, path) for name, text in metadata.items() if name in _READERS}
    kind = said.get("model_type", _SEGMENTATION[0])
    if kind.lower() not in _SEGMENTATION:
        raise OcsiaError("import-onnx-kind", path=path, kind=kind)
    tile = said.get("tiles_size", said.get("tile_size"))
    overlap = said.get("tiles_overlap")
    mean, std = said.get("standardization_mean"), said.get("standardization_std")
    scaling = Scaling(*((v,) for v in RANGES["0-1"]), plain=True)
    if mean and std:
        scaling = Scaling(tuple(255 * m for m in mean), tuple(255 * s for s in std))
    return Told(
        bands=("R", "V", "B") if bands == 3 else tuple(str(n) for n in range(1, bands + 1)) if bands else None,
        gsd=said["resolution"] / 100 if "resolution" in said else None,
        scaling=scaling,
        names=said.get("class_names", said.get("names")),
        threshold=said.get("seg_thresh"),
        tile=tile,
        halo=math.ceil(tile * overlap / 200) if tile and overlap is not None else None,
    )


def _value(name: str, text: str, path: Path) -> Any:
    try:
        if len(text) > _LONGEST:
            raise ValueError("too long")
        try:
            value = json.loads(text)
        except ValueError:
            if name == "model_type":
                return text  # written without the quotes of JSON
            value = ast.literal_eval(text)  # a dictionary as Python writes it; nothing in it is run
        return _READERS[name](value)
    except (ValueError, TypeError, SyntaxError, AttributeError, RecursionError, MemoryError) as error:
        reason = because("why-value-metadata")
        raise OcsiaError("import-onnx-value", name=name, value=text[:100], path=path, reason=reason) from error


def _names(value: Any) -> tuple[str, ...]:
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict):
        value = value[0]  # one dictionary for each output layer
    by_index = {int(index): str(name).strip() for index, name in value.items()}
    names = tuple(by_index[index] for index in sorted(by_index))
    if sorted(by_index) != list(range(len(names))) or not all(names) or len(set(names)) < len(names):
        raise ValueError("the names do not count from 0")
    return names


def _positive(value: Any) -> float:
    if not (float(value) > 0 and math.isfinite(float(value))):
        raise ValueError("not positive")
    return float(value)


def _share(value: Any) -> Optional[float]:
    return float(value) if 0 < float(value) < 1 else None


def _percent(value: Any) -> float:
    if not 0 <= float(value) < 100:
        raise ValueError("not percent")
    return float(value)


_READERS: dict[str, Any] = {
    "model_type": str,
    "class_names": _names,
    "names": _names,
    "resolution": _positive,
    "tiles_size": lambda value: int(_positive(value)),
    "tile_size": lambda value: int(_positive(value)),
    "tiles_overlap": _percent,
    "standardization_mean": lambda value: tuple(float(v) for v in value),
    "standardization_std": lambda value: tuple(_positive(v) for v in value),
    "seg_thresh": _share,
}
