"""Checkpoints in the layout of IGN's, with random weights, written without PyTorch: for tests and benchmarks.

``random_weights`` gives the same numbers everywhere, so that what a reference computed from them once can be committed.
"""

from __future__ import annotations

import io
import json
import pickle
import sys
import types
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from ocsia_plugin.engine.models.recognise import HUB_DECODER, HUB_ENCODER
from ocsia_plugin.engine.models.skeletons import Skeleton, skeletons

CLASSES_OF_RESNET = 15
"""Rows of ``encoder.fc``, which odeon's ResNet U-Net keeps without using it."""


def skeleton_named(name: str) -> Skeleton:
    """The skeleton of that id."""
    return next(s for s in skeletons() if s.id == name)


def random_weights(
    skeleton: Skeleton, bands: int, classes: int, seed: int = 0, head: float = 1.0
) -> dict[str, np.ndarray]:
    """float32 arrays for the skeleton's parameters; those of the last layer are multiplied by ``head``."""
    rng = np.random.Generator(np.random.PCG64(seed))
    sizes = {"bands": bands, "classes": classes}
    weights = {}
    for key in sorted(skeleton.parameters):
        shape = tuple(sizes.get(n, n) for n in skeleton.parameters[key])
        uniform = 2 * rng.random(shape, np.float32) - 1  # random() alone: its stream has never changed
        if len(shape) > 1:
            values = uniform * np.float32(np.sqrt(3 / np.prod(shape[1:])))
        elif key.endswith("running_var"):
            values = 1 + uniform / 2
        elif key.endswith(".weight"):
            values = 1 + uniform / 5
        else:
            values = uniform / 5
        weights[key] = values.astype(np.float32)
    for end in (".weight", ".bias"):
        weights[skeleton.head + end] *= np.float32(head)
    return weights


def random_image(shape: Sequence[int]) -> np.ndarray:
    """uint8 (bands, H, W), the same everywhere."""
    rng = np.random.Generator(np.random.PCG64(1))
    return (256 * rng.random(tuple(map(int, shape)), np.float32)).astype(np.uint8)


def with_companions(skeleton: Skeleton, weights: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The weights and what else a file of that architecture holds: counters, tensors twice, tensors for nothing.

    A tensor that is there twice is one array under two names, as in the file.
    """
    state = dict(weights)
    if skeleton.unused == ("encoder.fc.",):
        bottom = weights["center.block.1.conv.weight"].shape[1]
        state["encoder.fc.weight"] = np.zeros((CLASSES_OF_RESNET, bottom), np.float32)
        state["encoder.fc.bias"] = np.zeros(CLASSES_OF_RESNET, np.float32)
    if skeleton.unused == ("backbone.classifier.",):
        state["backbone.classifier.1.weight"] = np.zeros((1000, 1280), np.float32)
        state["backbone.classifier.1.bias"] = np.zeros(1000, np.float32)
    if skeleton.unused == ("decoder.fpn_stages.4.",):
        start, pyramid = "decoder.fpn_stages.4.skip_conv.", len(weights["decoder.psp.out_conv.0.weight"])
        state[start + "0.weight"] = np.zeros((pyramid, weights[skeleton.first].shape[1], 1, 1), np.float32)
        for name in ("weight", "bias", "running_mean", "running_var"):
            state[f"{start}1.{name}"] = np.ones(pyramid, np.float32)
    for key in list(state):
        if key.endswith("running_mean"):
            state[key.replace("running_mean", "num_batches_tracked")] = np.array(7, np.int64)
    for alias, target in skeleton.aliases:
        for key in list(state):
            # Of DeepLab's encoder, the first three blocks alone are there twice.
            if key.startswith(target) and (target != "backbone.features." or key.split(".")[2] in ("0", "1", "2")):
                state[alias + key[len(target) :]] = state[key]
    return state


def flair_inc(state: Mapping[str, np.ndarray], class_weights: np.ndarray) -> dict[str, np.ndarray]:
    """A FLAIR-INC file: the network under its prefix, and the weights of the loss."""
    prefixed = {f"model.seg_model.{key}": values for key, values in state.items()}
    return {**prefixed, "criterion.weight": class_weights.astype(np.float32)}


def of_flair_hub(skeleton: Skeleton) -> bool:
    """Whether FLAIR-HUB uses the architecture: its encoders are timm's."""
    return skeleton.first.startswith("encoder.model.")


def flair_hub(state: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """A FLAIR-HUB file of one aerial image: encoder and decoder under their prefixes, and what inference does without:
    the weights of the loss, a fusion that has nothing to fuse, an auxiliary decoder."""
    content = {}
    for key, values in state.items():
        if key.startswith("encoder."):
            content["model." + HUB_ENCODER + key[len("encoder.") :]] = values
        else:
            content["model." + HUB_DECODER + key] = values
    content["model.fusion_handler.conv_f.0.weight"] = np.zeros((8, 8, 1, 1), np.float32)
    content["model.fusion_handler.conv_f.0.bias"] = np.zeros(8, np.float32)
    head = "segmentation_head.0.weight"
    content[f"model.aux_decoders.AERIAL_RGBI__AERIAL_LABEL-COSIA.seg_model.{head}"] = state[head]
    content["criterion.AERIAL_LABEL-COSIA.weight"] = np.ones(len(state[head]), np.float32)
    return content


def save_safetensors(path: Path, state: Mapping[str, np.ndarray]) -> Path:
    """Write float32 and int64 arrays as safetensors."""
    header, end = {}, 0
    for key, values in state.items():
        kind = {"f4": "F32", "i8": "I64"}[values.dtype.str[1:]]
        header[key] = {"dtype": kind, "shape": list(values.shape), "data_offsets": [end, end := end + values.nbytes]}
    text = json.dumps(header).encode()
    with open(path, "wb") as stream:
        stream.write(len(text).to_bytes(8, "little") + text)
        for values in state.values():
            stream.write(np.ascontiguousarray(values).tobytes())
    return path


# -- torch.save without torch


class _Storage:
    def __init__(self, values: np.ndarray) -> None:
        self.values = values


_TORCH_TYPES = {"f4": "FloatStorage", "f8": "DoubleStorage", "f2": "HalfStorage", "i8": "LongStorage"}


@contextmanager
def _torch_names() -> Iterator[dict[str, Any]]:
    """Objects that pickle takes for PyTorch's, by name."""
    names: dict[str, Any] = {}
    torch, utils = types.ModuleType("torch"), types.ModuleType("torch._utils")
    for name in _TORCH_TYPES.values():
        names[name] = type(name, (), {"__module__": "torch"})
        setattr(torch, name, names[name])

    def _rebuild_tensor_v2() -> None: ...

    _rebuild_tensor_v2.__module__ = "torch._utils"
    _rebuild_tensor_v2.__qualname__ = "_rebuild_tensor_v2"
    utils._rebuild_tensor_v2 = names["_rebuild_tensor_v2"] = _rebuild_tensor_v2
    before = {name: sys.modules.get(name) for name in ("torch", "torch._utils")}
    sys.modules |= {"torch": torch, "torch._utils": utils}
    try:
        yield names
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module


def save(path: Path, content: Any, name: str = "archive") -> Path:
    """Write ``content``, with arrays for tensors, as ``torch.save`` does; the same array twice shares its storage."""
    storages: dict[int, tuple[str, _Storage]] = {}
    stream = io.BytesIO()
    with _torch_names() as names:

        class Pickler(pickle.Pickler):
            def persistent_id(self, obj: Any) -> Any:
                if not isinstance(obj, _Storage):
                    return None
                kind = names[_TORCH_TYPES[obj.values.dtype.str[1:]]]
                return ("storage", kind, storages[id(obj.values)][0], "cpu", obj.values.size)

            def reducer_override(self, obj: Any) -> Any:
                if not isinstance(obj, np.ndarray):
                    return NotImplemented
                _, storage = storages.setdefault(id(obj), (str(len(storages)), _Storage(obj)))
                strides = tuple(step // obj.itemsize for step in obj.strides)
                rebuild: Callable[..., Any] = names["_rebuild_tensor_v2"]
                return rebuild, (storage, 0, obj.shape, strides, False, OrderedDict())

        Pickler(stream, protocol=2).dump(content)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(f"{name}/data.pkl", stream.getvalue())
        archive.writestr(f"{name}/byteorder", "little")
        for key, storage in storages.values():
            archive.writestr(f"{name}/data/{key}", np.ascontiguousarray(storage.values).tobytes())
        archive.writestr(f"{name}/version", "3\n")
    return path
