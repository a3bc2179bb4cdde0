"""Which architecture a checkpoint holds, from the names and shapes of its tensors alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

import numpy as np

from ..errors import OcsiaError, because
from .checkpoint import Tensors
from .skeletons import Skeleton, skeletons

FLAIR_INC_PREFIX = "model.seg_model."
HUB_ENCODER, HUB_DECODER = "encoders.AERIAL_RGBI.seg_model.", "main_decoders.AERIAL_LABEL-COSIA.seg_model."
"""Of FLAIR-HUB: what sees the aerial image, what tells the land cover. ``model.`` may stand before them."""

_HUB_SIGNS = ("encoders.AERIAL_RGBI.", "main_decoders.")
_HUB_IDLE = ("criterion.", "fusion_handler.", "aux_decoders.")
"""Of FLAIR-HUB: the loss, what joins several images (with one it does nothing), decoders that helped the training."""
_DERIVED = (".relative_position_index", ".attn_mask")
"""Tables of Swin that follow from its shape; some versions of timm save them."""
_COUNTER = "num_batches_tracked"
_CRITERION = "criterion.weight"


@dataclass(frozen=True)
class Recognised:
    """What a checkpoint is.

    Attributes:
        family: ``flair-inc``, ``flair-hub``, ``smp`` (segmentation-models-pytorch, unknown training) or ``odeon``.
        skeleton: the architecture.
        bands, classes: numbers of them.
        weights: float32 array of each of the skeleton's parameters, all finite.
        class_weights: (classes,) of the loss it was trained with; None: the file does not say.
    """

    family: str
    skeleton: Skeleton
    bands: int
    classes: int
    weights: Tensors
    class_weights: Optional[np.ndarray] = None


def recognise(tensors: Tensors, path: Path, make: Optional[Callable[[Tensors], Skeleton]] = None) -> Recognised:
    """What the tensors of ``path`` are; every tensor has its place, as in a strict ``load_state_dict``.

    Args:
        make: gives the skeleton for the network's tensors; None: the closest one that is shipped.

    Raises:
        OcsiaError: ``checkpoint-unknown`` (no known architecture), ``checkpoint-mismatch`` (a known one, but tensors
            are missing, left over, or of another shape).
    """
    family, own = _own(tensors, path)
    skeleton = make(own) if make else _closest(own, path)
    if family is None:
        family = skeleton.family
    own, sizes = _load(own, skeleton, path)
    class_weights = tensors.get(_CRITERION)
    if class_weights is not None and class_weights.shape != (sizes["classes"],):
        class_weights = None
    return Recognised(family, skeleton, sizes["bands"], sizes["classes"], own, class_weights)


def _own(tensors: Tensors, path: Path) -> tuple[Optional[str], Tensors]:
    """The family, where names tell it, and the tensors under the names that the architecture gave them."""
    if any(key.removeprefix("model.").startswith(_HUB_SIGNS) for key in tensors):
        return "flair-hub", _flair_hub(tensors, path)
    if any(key.startswith(FLAIR_INC_PREFIX) for key in tensors):
        # As IGN's own loader: what is not under the prefix (the loss) is no part of the network.
        start = len(FLAIR_INC_PREFIX)
        return "flair-inc", {key[start:]: v for key, v in tensors.items() if key.startswith(FLAIR_INC_PREFIX)}
    if all(key.startswith("module.") for key in tensors):  # what torch's DataParallel adds
        return None, {key[len("module.") :]: v for key, v in tensors.items()}
    return None, tensors


def _flair_hub(tensors: Tensors, path: Path) -> Tensors:
    """The network of a FLAIR-HUB file that sees an aerial image and tells its land cover."""
    own: Tensors = {}
    encoders, tasks = set(), set()
    for key, values in tensors.items():
        name = key.removeprefix("model.")
        part, owner, *_ = (*name.split("."), "")
        if part == "encoders":
            encoders.add(owner)
        elif part == "main_decoders":
            tasks.add(owner)
        if name.startswith(HUB_ENCODER):
            own["encoder." + name[len(HUB_ENCODER) :]] = values
        elif name.startswith(HUB_DECODER):
            own[name[len(HUB_DECODER) :]] = values
        elif part != "main_decoders" and not name.startswith(_HUB_IDLE):  # each task has a decoder of its own
            own[name] = values
    others = ", ".join(sorted(encoders - {HUB_ENCODER.split(".")[1]}))
    if others:
        raise OcsiaError("checkpoint-unknown", path=path, reason=because("why-flair-hub-images", names=others))
    if HUB_DECODER.split(".")[1] not in tasks:
        raise OcsiaError(
            "checkpoint-unknown", path=path, reason=because("why-flair-hub-task", names=", ".join(sorted(tasks)) or "-")
        )
    return {key: values for key, values in own.items() if not key.endswith(_DERIVED)}


def _closest(own: Tensors, path: Path) -> Skeleton:
    """The skeleton that shares the most names, if it is most of its names; among equals, the most shapes."""

    def likeness(skeleton: Skeleton) -> tuple[float, float]:
        parameters = skeleton.parameters
        names = parameters.keys() & own.keys()
        shapes = sum(_fits(own[name].shape, parameters[name], {}) for name in names)
        extra = sum(not _ignored(key, skeleton) and key not in parameters for key in own)
        return len(names) / (len(parameters) + extra), shapes / len(parameters)

    best = max(skeletons(), key=likeness)
    if likeness(best)[0] < 0.5:
        seen = ", ".join(sorted(own)[:3])
        raise OcsiaError("checkpoint-unknown", path=path, reason=because("why-keys-seen", count=len(own), keys=seen))
    return best


def _ignored(key: str, skeleton: Skeleton) -> bool:
    return key.endswith(_COUNTER) or key.startswith(skeleton.unused) or _target(key, skeleton) is not None


def _target(key: str, skeleton: Skeleton) -> Optional[str]:
    """The key that ``key`` repeats; None: it is its own."""
    for alias, target in skeleton.aliases:
        if key.startswith(alias):
            return target + key[len(alias) :]
    return None


def _fits(shape: tuple[int, ...], wanted: tuple[Any, ...], sizes: dict[str, int]) -> bool:
    """Whether a shape is the wanted one; a symbol takes the first size that it meets, in ``sizes``."""
    if len(shape) != len(wanted):
        return False
    return all(n == (sizes.setdefault(w, n) if isinstance(w, str) else w) for n, w in zip(shape, wanted, strict=True))


def _load(own: Tensors, skeleton: Skeleton, path: Path) -> tuple[Tensors, dict[str, int]]:
    """The weights of the skeleton, and the numbers of bands and classes."""

    def refuse(why: str, **params: Any) -> OcsiaError:
        return OcsiaError("checkpoint-mismatch", path=path, architecture=skeleton.title, reason=because(why, **params))

    missing = sorted(skeleton.parameters.keys() - own.keys())
    if missing:
        raise refuse("why-tensor-missing", name=missing[0], count=len(missing))
    sizes: dict[str, int] = {}
    for key, tensor in own.items():
        wanted = skeleton.parameters.get(key)
        if wanted is None:
            target = _target(key, skeleton)
            if target is not None and not key.endswith(_COUNTER):
                if target not in own or not np.array_equal(tensor, own[target]):
                    raise refuse("why-alias-differs", name=key, target=target)
            elif not _ignored(key, skeleton):
                raise refuse("why-tensor-unknown", name=key)
        elif not _fits(tensor.shape, wanted, sizes):
            found, expected = (" x ".join(map(str, shape)) for shape in (tensor.shape, wanted))
            raise refuse("why-tensor-shape", name=key, found=found, wanted=expected)
        elif tensor.dtype != np.float32 or not np.isfinite(tensor).all():
            raise refuse("why-tensor-values", name=key)
    bands = int(own[skeleton.first].shape[1])
    weights = {key: own[key] for key in skeleton.parameters}
    return weights, {"bands": bands, "classes": sizes["classes"]}
