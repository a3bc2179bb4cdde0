"""NVIDIA's TensorRT, where the user has installed it: it compiles a model for the graphics card of this machine.

What it has compiled is kept among the user's models, because that takes minutes, in a folder for each: it knows models
by file name and names of layers, which all of one architecture share (https://github.com/microsoft/onnxruntime/issues/6455).
It has to know beforehand how large tiles get, and of a shape that another input decides it knows nothing.
https://onnxruntime.ai/docs/execution-providers/TensorRT-ExecutionProvider.html
"""

from __future__ import annotations

import ctypes
from contextlib import suppress
from pathlib import Path
from typing import Any

import onnxruntime

from ..models.card import ModelCard, sha256_of
from ..models.catalogue import user_folder
from .devices import TENSORRT_PROVIDER
from .opening import providers_for

_LIBRARIES = ("libnvinfer.so.10", "nvinfer_10.dll")
"""Of TensorRT 10, which ONNX Runtime 1.20 and newer are built for."""


def is_at_hand() -> bool:
    """Whether this engine knows TensorRT and its library can be loaded."""
    if TENSORRT_PROVIDER not in onnxruntime.get_available_providers():
        return False
    with suppress(ImportError, OSError):
        import tensorrt  # noqa: F401 loads the library of a Python package, where that is how it was installed
    for name in _LIBRARIES:
        with suppress(OSError):
            ctypes.CDLL(name)
            return True
    return False


def providers(card: ModelCard, image: str, least: tuple[int, ...], most: tuple[int, ...]) -> list[Any]:
    """TensorRT in half precision, with what it cannot do left to CUDA and the CPU.

    Args:
        card: of the model whose copy is compiled.
        image: name of the model's input.
        least, most: N, bands, H, W of the smallest and the largest tiles; it is tuned for the largest.
    """
    folder = user_folder() / ".tensorrt"
    engines = folder / sha256_of(card.file)[:16]
    engines.mkdir(parents=True, exist_ok=True)
    options = {
        "trt_fp16_enable": True,
        "trt_engine_cache_enable": True,
        "trt_engine_cache_path": str(engines),
        "trt_timing_cache_enable": True,
        "trt_timing_cache_path": str(folder),
        "trt_profile_min_shapes": _profile(image, least),
        "trt_profile_opt_shapes": _profile(image, most),
        "trt_profile_max_shapes": _profile(image, most),
    }
    return [(TENSORRT_PROVIDER, options), *providers_for(gpu=True)]


def without_options(source: Path, target: Path) -> None:
    """Write a copy of a model whose inputs that may be left out are the constants that they default to."""
    import onnx

    model = onnx.load(str(source))
    given = {tensor.name for tensor in model.graph.initializer}
    needed = [node for node in model.graph.input if node.name not in given]
    del model.graph.input[:]
    model.graph.input.extend(needed)
    onnx.save(model, str(target))


def _profile(image: str, shape: tuple[int, ...]) -> str:
    return f"{image}:{'x'.join(map(str, shape))}"
