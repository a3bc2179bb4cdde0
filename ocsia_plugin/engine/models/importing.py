"""Import a model: weights of a known architecture, or an ONNX file with its card, into the user's folder of models.

Nothing is asked that the file or a card knows. What lies in the folder under its id is whole: it is written under
another name, run once, and renamed.
"""

from __future__ import annotations

import copy
import hashlib
import json
import os
import re
import shutil
import sys
import unicodedata
import uuid
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Optional

import numpy as np

from ..errors import OcsiaError, because, system_reason
from ..events import Events
from ..jobs import ImportModelJob
from ..paths import data_folder
from .card import ModelCard, read_card
from .catalogue import CARD_NAME, shipped_models, user_folder
from .checkpoint import Tensors, read_checkpoint
from .describe import describe, kept_outputs, normalisation, published, tile
from .fill import fill
from .foreigncard import as_mlm_has_it
from .ownweights import describe_own, with_absent
from .recognise import Recognised, recognise
from .skeletons import Skeleton
from .told import class_names

MODEL_NAME = "model.onnx"
_WEIGHTS = (".pth", ".pt", ".ckpt", ".safetensors")
_ONNX = ".onnx"
_SOURCE = "ocsia:source"

Item = dict[str, Any]
"""A card as the STAC item that its file holds."""


def run(job: ImportModelJob, events: Events) -> dict[str, Any]:
    """Import ``job.file``; returns the model's id as ``OUTPUT``.

    Raises:
        OcsiaError: ``import-*``, ``checkpoint-*``, ``model-*``, ``output-not-writable``.
    """
    source = Path(job.file)
    suffix = source.suffix.lower()
    if suffix not in (*_WEIGHTS, _ONNX):
        raise OcsiaError("import-format", path=source, known=" ".join((*_WEIGHTS, _ONNX)))
    if not source.is_file():
        raise OcsiaError("checkpoint-unreadable", path=source, reason=because("why-no-file"))
    model_id = _model_id(job.id or re.sub("_weights$", "", source.stem))
    digest = _sha256(source)
    folder = _free_folder(model_id, digest)
    card = _card_for(job, source)
    if suffix == _ONNX and card is None and folder.exists() and _says_nothing(job):
        events.info("info-here", model=model_id)  # what was told once is in its card
        return {"OUTPUT": model_id}
    events.progress(0.05)
    whole = suffix != _ONNX
    if suffix != _ONNX:
        item, model = _from_weights(job, source, card, model_id, events)
    elif card is not None:
        item, model = copy.deepcopy(card), source.read_bytes()
    else:
        from .foreign import from_onnx

        item, model, whole = from_onnx(job, source, model_id, events)
    events.progress(0.6)
    item["id"] = model_id
    item["properties"][_SOURCE] = {"file": source.name, "sha256": digest}
    asset = _asset(model)
    if "bands" in item["properties"]:  # STAC describes bands where an asset has them
        asset["bands"] = [{"name": band["name"]} for band in item["properties"]["bands"]]
    item["assets"] = {**_other_assets(item), "model": asset}
    _install(folder, item, model, whole, events)
    events.progress(1.0)
    events.info("info-imported", id=model_id, folder=str(folder))
    return {"OUTPUT": model_id}


def _says_nothing(job: ImportModelJob) -> bool:
    """Nothing but the file and the name."""
    return job == ImportModelJob(file=job.file, id=job.id, lang=job.lang, job_id=job.job_id)


def _from_weights(
    job: ImportModelJob, source: Path, card: Optional[Item], model_id: str, events: Events
) -> tuple[Item, bytes]:
    """Card and ONNX model of a checkpoint."""
    found = recognise(read_checkpoint(source), source, _maker(job.architecture))
    events.info("info-architecture", architecture=found.skeleton.title, bands=found.bands, classes=found.classes)
    events.progress(0.3)
    single, names = found.classes == 1, class_names(job.class_names)
    if single:
        if not card and not names:
            raise OcsiaError("import-one-output", path=source)
        found = with_absent(found)
    if card:
        item = copy.deepcopy(card)
    elif names:
        item = describe_own(found, names, single, job.threshold, model_id, source)
    else:
        item = describe(found, job.nomenclature, model_id, source)
    if not card:
        as_mlm_has_it(item)
    if not card and not published(source):
        nomenclature = "; ".join(names) or item["properties"]["ocsia:nomenclature"]
        events.warning("warn-import-assumed", path=source.name, nomenclature=nomenclature)
    try:
        properties = item["properties"]
        scaling = normalisation(item)
        classes = len(properties["mlm:output"][0]["classification:classes"])
        kept = kept_outputs(item, found.classes)
        properties["ocsia:tile"] = _tile(properties["ocsia:tile"], found)
    except (KeyError, ValueError, TypeError, IndexError, AttributeError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise OcsiaError("model-card-invalid", path=job.card or source.stem, reason=reason) from error
    if len(scaling.mean) != found.bands:
        raise _mismatch(job, because("what-bands"), found.bands, len(scaling.mean))
    if kept is None:
        raise _mismatch(job, because("what-classes"), found.classes, classes)
    properties["mlm:total_parameters"] = sum(
        w.size for key, w in found.weights.items() if not key.endswith(("running_mean", "running_var"))
    )
    return item, fill(found.skeleton, found.weights, scaling, kept)


def _maker(architecture: str) -> Optional[Callable[[Tensors], Skeleton]]:
    """What makes the skeleton of a named architecture. Raises: OcsiaError ``import-no-torch``."""
    if not architecture:
        return None
    try:
        from .pytorch.skeleton import skeleton_for
    except Exception as error:  # a torchvision of another build than torch's fails while it loads, as a RuntimeError
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        params = {"architecture": architecture, "python": sys.executable, "reason": reason}
        raise OcsiaError("import-no-torch", **params) from error
    return partial(skeleton_for, architecture)


def _tile(given: dict[str, Any], found: Recognised) -> dict[str, Any]:
    """The card's tile, as far as the architecture allows it."""
    if found.skeleton.fixed and given["kind"] != "fixed":
        return tile(found)
    return {**given, "stride": found.skeleton.stride} if given["stride"] % found.skeleton.stride else given


def _mismatch(job: ImportModelJob, what: Any, found: int, wanted: int) -> OcsiaError:
    return OcsiaError("model-card-mismatch", path=job.file, what=what, found=found, wanted=wanted)


# -- the card


def _card_for(job: ImportModelJob, source: Path) -> Optional[Item]:
    """The card that was given, or lies beside an ONNX file, or that the catalogue has for a file of that name."""
    if job.card:
        return _read_item(Path(job.card))
    if source.suffix.lower() == _ONNX:
        beside = (source.with_suffix(".json"), source.with_name(CARD_NAME))
    elif job.nomenclature:
        return None  # the user knows better than a name
    else:
        name = re.sub("_weights$", "", source.stem)
        beside = (data_folder("resources") / "models" / "catalogue" / f"{name}.json",)
    return next((_read_item(path) for path in beside if path.is_file()), None)


def _read_item(path: Path) -> Item:
    try:
        item = json.loads(path.read_text(encoding="utf-8"))
        if "ocsia:nomenclature" not in item["properties"]:
            raise KeyError("ocsia:nomenclature")
        if not isinstance(item.get("assets", {}), dict):
            raise TypeError("assets must have names")
        return item
    except OSError as error:
        raise OcsiaError("model-card-invalid", path=path, reason=because("why-no-file")) from error
    except KeyError as error:
        reason = because("why-field-missing", name=error.args[0])
        raise OcsiaError("model-card-invalid", path=path, reason=reason) from error
    except (ValueError, TypeError) as error:
        raise OcsiaError("model-card-invalid", path=path, reason=str(error)) from error


def _other_assets(item: Item) -> dict[str, Any]:
    """What a card links to besides the model."""
    return {name: a for name, a in item.get("assets", {}).items() if "mlm:model" not in a.get("roles", ())}


def _asset(model: bytes) -> dict[str, Any]:
    return {
        "href": MODEL_NAME,
        "type": "application/octet-stream; framework=onnx; profile=onnx",
        "title": "ONNX graph: bytes in, bytes out, normalisation and softmax inside",
        "roles": ["mlm:model"],
        "mlm:artifact_type": "onnx",
        "file:size": len(model),
        "file:checksum": "1220" + hashlib.sha256(model).hexdigest(),
    }


# -- the folder


def _model_id(name: str) -> str:
    """A name that can be a folder on every system. Raises: OcsiaError: ``import-id``, ``import-shipped``."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    model_id = re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.")[:100]
    if not model_id:
        raise OcsiaError("import-id", id=name)
    if model_id in shipped_models():
        raise OcsiaError("import-shipped", id=model_id)
    return model_id


def _free_folder(model_id: str, digest: str) -> Path:
    """The model's folder. The same file may be imported again; another one does not take its place."""
    folder = user_folder() / model_id
    if folder.exists():
        try:
            same = _read_item(folder / CARD_NAME)["properties"][_SOURCE]["sha256"] == digest
        except (OcsiaError, KeyError, TypeError):
            same = False
        if not same:
            raise OcsiaError("import-exists", id=model_id, path=folder)
    return folder


def _install(folder: Path, item: Item, model: bytes, whole: bool, events: Events) -> None:
    """Write card and model, run them once, put them in their place; ``whole``: its probabilities add up to one."""
    staged = folder.with_name(f".{folder.name}-{uuid.uuid4().hex[:8]}")
    try:
        staged.mkdir(parents=True)
        (staged / MODEL_NAME).write_bytes(model)
        (staged / CARD_NAME).write_text(json.dumps(item, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        events.check()
        _try_out(read_card(staged / CARD_NAME), whole)
        events.check()
        if folder.exists():
            old = staged.with_name(f"{staged.name}-old")
            os.replace(folder, old)
            os.replace(staged, folder)
            shutil.rmtree(old, ignore_errors=True)
        else:
            os.replace(staged, folder)
    except OSError as error:
        raise OcsiaError("output-not-writable", path=folder, reason=system_reason(error)) from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _try_out(card: ModelCard, whole: bool) -> None:
    """Run the model over noise: it has to load, to fit its card and, where it says so, to sum to one."""
    from ..runtime.session import OnnxSession

    side = card.tile or -(-128 // card.stride) * card.stride
    noise = np.random.default_rng(0).integers(0, 256, (1, len(card.bands), side, side), np.uint8)
    sums = OnnxSession(replace(card, halo=0), "cpu", Events()).probabilities(noise).sum(1, dtype=np.int32)
    # Each class is rounded by up to a half.
    if whole and np.abs(sums - 255).max() > len(card.codes) / 2:
        raise OcsiaError("import-no-probabilities", path=card.file)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
