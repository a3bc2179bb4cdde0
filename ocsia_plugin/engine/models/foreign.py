"""ONNX models of others: what they say of themselves, what they do when they are run, and the card that follows.

Bands, pixel size, normalisation and classes are told, by the file or by the user, or asked for; never guessed. The
layout of the channels, the size of the tile and whether the outputs are probabilities already are seen by running the
model over noise and over a real image.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

import numpy as np
import onnxruntime

from ..errors import OcsiaError, because
from ..events import Events
from ..jobs import ImportModelJob
from ..nomenclature import Nomenclature, load_nomenclature
from ..paths import data_folder
from .deepness import told_by_deepness
from .fill import Normalisation
from .foreigncard import foreign_item
from .ownclasses import known_by_names, own_nomenclature, two_names
from .told import DEFAULT_TILE, RANGES, Scaling, Told, check_counts, told_by_user
from .wrap import OLDEST_OPSET, READABLE_TYPES, Ends, read_model, wrap

_MOST_CHANNELS = 32
"""What is larger is a number of pixels."""
_STRIDE = 32
_NEAR = 0.01
"""How far sums of probabilities may be from 1: half precision and rounding are no scores."""
_BYTES = "tensor(uint8)"
_SAMPLE = ("sample", "ortho_rvb.tif")
_FLAIR_PARTS, _FLAIR = ("flair12", "flair15"), "flair19"


@dataclass(frozen=True)
class _Shape:
    """The input of a model and the output that gives classes; None: any."""

    input: str
    input_type: str
    bands: Optional[int]
    side: Optional[int]
    last: bool
    output: str
    output_type: str


def from_onnx(job: ImportModelJob, source: Path, model_id: str, events: Events) -> tuple[dict[str, Any], bytes, bool]:
    """Card and wrapped model of an ONNX file that nobody has described.

    Returns:
        The card without its asset, the model from bytes to bytes, and whether its probabilities add up to one.

    Raises:
        OcsiaError: ``model-not-onnx``, ``import-onnx-kind``, ``import-onnx-unfit``, ``import-onnx-value``,
            ``import-onnx-asks``.
    """
    model, session = _open(source)
    shape = _shape(session, source, events)
    deepness = told_by_deepness(session.get_modelmeta().custom_metadata_map, shape.bands, source)
    if deepness:
        events.info("info-onnx-deepness", path=source.name)
    told = told_by_user(job).over(deepness or Told())
    bands = shape.bands or (len(told.bands) if told.bands else None)
    side, halo = _tile(shape, told, source)
    events.progress(0.2)
    if bands is None:
        raise OcsiaError("import-onnx-asks", path=source, missing=_missing(told, shape, None, None))
    check_counts(told, bands, source)
    scaling = (told.scaling or Scaling(*((v,) for v in RANGES["0-1"]))).of(bands)
    results, last = _tried(session, shape, scaling, _blocks(bands, side), source)
    outputs = results[0].shape[1]
    events.progress(0.5)
    if missing := _missing(told, shape, bands, outputs):
        raise OcsiaError("import-onnx-asks", path=source, missing=missing)
    if outputs > 1 and job.threshold is not None:
        raise _value("THRESHOLD", job.threshold, source, "why-value-not-one")
    if told.bands[0] == "1" and not job.bands:
        events.warning("warn-onnx-positions", path=source.name, count=bands)
    nomenclature, kept = _classes(told, outputs, model_id, source)
    activation, whole = _activation(told, results, source, events)
    normalisation = None if shape.input_type == _BYTES else Normalisation(scaling.mean, scaling.std)
    ends = Ends(
        shape.input, shape.output, shape.input_type, shape.output_type, bands, shape.side, shape.last, last,
        normalisation, activation, len(nomenclature.classes), kept, outputs == 1,
    )  # fmt: skip
    tile = {"kind": "fixed", "stride": math.gcd(side, halo, _STRIDE), "halo": halo, "size": side}
    described = scaling if normalisation else None
    item = foreign_item(model_id, told.bands, told.gsd, described, nomenclature, tile, activation)
    if outputs == 1 and told.threshold not in (None, 0.5):
        item["properties"]["ocsia:threshold"] = told.threshold
    names = ", ".join(c.fr for c in nomenclature.classes)
    facts = {"bands": ", ".join(told.bands), "gsd": float(told.gsd), "outputs": outputs, "classes": names}
    events.info("info-onnx-told", **facts, tile=side, halo=halo)
    return item, wrap(model, ends), whole


# -- the file


def _open(source: Path) -> tuple[bytes, onnxruntime.InferenceSession]:
    """The bytes of an ONNX file and a session of it."""
    model = source.read_bytes()
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    try:
        said = read_model(model)
        if said.external:
            raise _unfit(source, "why-onnx-external")
        if said.opset < OLDEST_OPSET:
            raise _unfit(source, "why-onnx-opset", found=said.opset, oldest=OLDEST_OPSET)
        return model, onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except OcsiaError:
        raise
    except ValueError as error:  # of our own reader
        raise OcsiaError("model-not-onnx", path=source, reason=because("why-not-onnx")) from error
    except Exception as error:  # ONNX Runtime raises a class per status, with no base of their own
        raise OcsiaError("model-not-onnx", path=source, reason=_first_line(error)) from error


def _shape(session: onnxruntime.InferenceSession, source: Path, events: Events) -> _Shape:
    inputs, outputs = session.get_inputs(), session.get_outputs()
    if len(inputs) != 1:
        raise _unfit(source, "why-onnx-inputs", count=len(inputs))
    (image,) = inputs
    dims = [d if isinstance(d, int) and d > 0 else None for d in image.shape]
    if len(dims) != 4 or image.type not in READABLE_TYPES:
        raise _unfit(source, "why-onnx-input", type=image.type, shape=str(image.shape))
    few = [d is not None and d <= _MOST_CHANNELS for d in dims]
    last = few[3] and not few[1]
    bands = dims[3] if last else dims[1]
    height, width = dims[1:3] if last else dims[2:]
    if bands is not None and bands > _MOST_CHANNELS:
        raise _unfit(source, "why-onnx-input", type=image.type, shape=str(image.shape))
    if height and width and height != width:
        raise _unfit(source, "why-onnx-oblong", width=width, height=height)
    found = [o for o in outputs if len(o.shape) == 4 and o.type in READABLE_TYPES]
    if not found:
        shapes = ", ".join(f"{o.name}: {o.type} {o.shape}" for o in outputs)
        raise _unfit(source, "why-onnx-output", shapes=shapes)
    if len(outputs) > 1:
        events.info("info-onnx-output", name=found[0].name)
    return _Shape(image.name, image.type, bands, height or width, last, found[0].name, found[0].type)


def _tile(shape: _Shape, told: Told, source: Path) -> tuple[int, int]:
    """Side and halo of the tiles."""
    if shape.side and told.tile and told.tile != shape.side:
        raise _value("TILE", told.tile, source, "why-value-tile", size=shape.side)
    side = shape.side or told.tile or DEFAULT_TILE
    halo = told.halo if told.halo is not None else side // 4
    if 2 * halo >= side:
        raise _value("HALO", halo, source, "why-value-halo", size=side)
    return side, halo


# -- what it does


def _blocks(bands: int, side: int) -> list[np.ndarray]:
    """Noise and, where the plugin's sample is there, a piece of it: uint8 (bands, side, side)."""
    blocks = [np.random.default_rng(0).integers(0, 256, (bands, side, side), np.uint8)]
    path = data_folder("resources").joinpath(*_SAMPLE)
    if path.is_file():
        import rasterio

        with rasterio.open(path) as image:
            pixels = image.read(window=((0, min(side, image.height)), (0, min(side, image.width))))
        repeats = [-(-wanted // found) for wanted, found in zip((bands, side, side), pixels.shape)]
        blocks.append(np.tile(pixels, repeats)[:bands, :side, :side])
    return blocks


def _tried(
    session: onnxruntime.InferenceSession, shape: _Shape, scaling: Scaling, blocks: list[np.ndarray], source: Path
) -> tuple[list[np.ndarray], bool]:
    """What the model says of each block, float32 (1, outputs, H, W), and whether it says it channels last."""
    results = [_run(session, shape, scaling, block, source) for block in blocks]
    last = _channels_last(results[0], blocks[0].shape[-1], source)
    return [np.moveaxis(result, -1, 1) if last else result for result in results], last


def _run(
    session: onnxruntime.InferenceSession, shape: _Shape, scaling: Scaling, block: np.ndarray, source: Path
) -> np.ndarray:
    """What the model says of uint8 (bands, H, W): float32 with four dimensions, in its own layout."""
    types = {"tensor(float)": np.float32, "tensor(float16)": np.float16, "tensor(double)": np.float64}
    image = block[np.newaxis]
    if shape.input_type in types:
        mean, std = (np.array(v).reshape(1, -1, 1, 1) for v in (scaling.mean, scaling.std))
        image = ((image - mean) / std).astype(types[shape.input_type])
    if shape.last:
        image = np.ascontiguousarray(np.moveaxis(image, 1, -1))
    try:
        (result,) = session.run([shape.output], {shape.input: image})
    except Exception as error:
        raise _unfit(source, "why-onnx-run", side=block.shape[-1], reason=_first_line(error)) from error
    result = result.astype(np.float32) / (255 if result.dtype == np.uint8 else 1)
    if not np.isfinite(result).all():
        raise _unfit(source, "why-onnx-finite")
    return result


def _channels_last(result: np.ndarray, side: int, source: Path) -> bool:
    for last, pixels in ((False, result.shape[2:]), (True, result.shape[1:3])):
        if pixels == (side, side) and 0 < result.shape[3 if last else 1] < 100:
            return last
    raise _unfit(source, "why-onnx-size", side=side, shape=str(result.shape))


def _activation(told: Told, results: list[np.ndarray], source: Path, events: Events) -> tuple[str, bool]:
    """What makes probabilities of (1, outputs, H, W), and whether they add up to one."""
    single = results[0].shape[1] == 1
    if told.activation:
        if single and told.activation == "softmax":
            raise _value("ACTIVATION", told.activation, source, "why-value-one")
        events.info("info-onnx-asked", activation=told.activation)
        return told.activation, told.activation == "softmax" or single
    shares = all(r.min() >= -_NEAR and r.max() <= 1 + _NEAR for r in results)
    whole = shares and all(np.abs(r.sum(1) - 1).max() <= _NEAR for r in results)
    if whole and not single:
        events.info("info-onnx-distribution")
        return "none", True
    if shares:
        if not single:
            events.warning("warn-onnx-shares", path=source.name)
        return "none", single
    activation = "sigmoid" if single else "softmax"
    events.info("info-onnx-activation", activation=activation)
    return activation, True


# -- what it means


def _missing(told: Told, shape: _Shape, bands: Optional[int], outputs: Optional[int]) -> list[dict[str, Any]]:
    """What nobody has said, as codes and their parameters."""
    missing = []
    if told.bands is None:
        missing.append(because("ask-bands", count=bands) if bands else because("ask-bands-count"))
    if told.gsd is None:
        missing.append(because("ask-gsd"))
    if told.scaling is None and shape.input_type != _BYTES:
        missing.append(because("ask-scaling"))
    if not told.names and not told.nomenclature and outputs is not None:
        missing.append(because("ask-class") if outputs == 1 else because("ask-classes", count=outputs))
    return missing


def _classes(told: Told, outputs: int, model_id: str, source: Path) -> tuple[Nomenclature, Optional[tuple[int, ...]]]:
    """The classes of the outputs, and which outputs they are; None: all, in their order."""
    if told.nomenclature:
        known = load_nomenclature(told.nomenclature)
        if outputs == len(known.classes):
            return known, None
        # Networks of FLAIR have an output for each of the 19 classes, trained or not.
        if known.id in _FLAIR_PARTS and outputs == len(load_nomenclature(_FLAIR).classes):
            return known, tuple(c.code - 1 for c in known.classes)
        reason = {"classes": len(known.classes), "outputs": outputs}
        raise _value("NOMENCLATURE", known.id, source, "why-value-nomenclature", **reason)
    names = told.names or ()
    if outputs == 1 and len(names) in (1, 2):
        return own_nomenclature(model_id, two_names(names), absent_first=True), None
    if len(names) != outputs:
        raise _value("CLASSES", "; ".join(names), source, "why-value-count", found=len(names), wanted=outputs)
    return known_by_names(names) or own_nomenclature(model_id, names), None


def _unfit(source: Path, why: str, **params: Any) -> OcsiaError:
    return OcsiaError("import-onnx-unfit", path=source, reason=because(why, **params))


def _value(name: str, value: Any, source: Path, why: str, **params: Any) -> OcsiaError:
    return OcsiaError("import-onnx-value", name=name, value=str(value), path=source, reason=because(why, **params))


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:300]
