"""Opens a model on the device that was asked for, and says so where another one has to do."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from functools import cache
from typing import TYPE_CHECKING, Any, Optional

import numpy as np
import onnxruntime

from ..errors import OcsiaError, because
from ..grid import ceil_to
from ..models.card import ModelCard
from .devices import CPU_PROVIDER, GPU_PROVIDER, TENSORRT_PROVIDER

if TYPE_CHECKING:
    from ..events import Events

_GPU_TOOL = "nvidia-smi"
"""Comes with the driver: where it is, there is a GPU whose owner may expect it to be used."""

CUDA = (GPU_PROVIDER, {"cudnn_conv_algo_search": "HEURISTIC", "arena_extend_strategy": "kSameAsRequested"})
"""Tiles at the edges differ in size: the usual exhaustive search would be made again for each."""


def providers_for(gpu: bool) -> list[Any]:
    """ONNX Runtime's providers of a device, with what the first cannot do left to the CPU."""
    return [CUDA, CPU_PROVIDER] if gpu else [CPU_PROVIDER]


def open_on(device: str, card: ModelCard, threads: int, events: Events) -> onnxruntime.InferenceSession:
    """A model on ``auto``, ``cpu`` or ``gpu``. ``auto`` takes the CPU where no GPU works, and warns of one that should.

    Raises:
        OcsiaError: ``device-unavailable``: ``gpu``, and none works; what ``create`` raises.
    """
    if device == "cpu":
        return create(card, providers_for(gpu=False), threads)
    reason, expected = because("why-no-gpu-build"), shutil.which(_GPU_TOOL) is not None
    if GPU_PROVIDER in onnxruntime.get_available_providers():
        expected = True
        try:
            session = create(card, providers_for(gpu=True), threads)
            _try_out(session, card)
            return session
        except OcsiaError as error:
            if error.code != "model-not-onnx":
                raise
            reason = error.params["reason"]
    session = create(card, providers_for(gpu=False), threads)  # what no device can open is refused as such
    if device == "gpu":
        raise OcsiaError("device-unavailable", reason=reason)
    if expected:
        events.warning("warn-device", reason=reason)
    return session


def _try_out(session: onnxruntime.InferenceSession, card: ModelCard) -> None:
    """Run a small tile: on a graphics card too old or too new for its kernels, ONNX Runtime fails no sooner than here.

    https://github.com/microsoft/onnxruntime/issues/26181

    Raises:
        OcsiaError: ``model-not-onnx``, with the reason.
    """
    side = card.tile or ceil_to(2 * card.halo + 128, card.stride)
    try:
        session.run(None, {session.get_inputs()[0].name: np.zeros((1, len(card.bands), side, side), np.uint8)})
    except Exception as error:
        raise _refusal(card, error) from error


def _refusal(card: ModelCard, error: Exception) -> OcsiaError:
    """ONNX Runtime raises a class per status, with no base of their own; the first line says why."""
    return OcsiaError("model-not-onnx", path=card.file, reason=(str(error).splitlines() or [type(error).__name__])[0])


def create(
    card: ModelCard,
    providers: Sequence[Any],
    threads: int,
    constants: Optional[Mapping[str, onnxruntime.OrtValue]] = None,
) -> onnxruntime.InferenceSession:
    """A model on the first of ``providers``, with the others for what that one cannot do.

    Args:
        constants: instead of the graph's own, by name; they have to outlive the session.

    Raises:
        OcsiaError: ``model-not-onnx``, with the reason; also where the first provider is not the one that runs.
            ``model-card-mismatch``.
    """
    _frugal_arena()
    options = onnxruntime.SessionOptions()
    options.add_session_config_entry("session.use_env_allocators", "1")
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    # Tiles at the edges differ in size: a plan of memory per size would only grow.
    options.enable_mem_pattern = False
    for name, value in (constants or {}).items():
        options.add_initializer(name, value)
    wanted = providers[0][0] if isinstance(providers[0], tuple) else providers[0]
    if wanted != CPU_PROVIDER and hasattr(onnxruntime, "preload_dlls"):
        with redirect_stdout(sys.stderr):  # standard output is for events; it prints what it does not find
            onnxruntime.preload_dlls()  # of CUDA and cuDNN, from the packages beside this one
    try:
        # Without ONNX Runtime's own fallback, which goes on with the CPU and prints so.
        session = onnxruntime.InferenceSession(str(card.file), options, providers=list(providers), enable_fallback=0)
    except Exception as error:
        raise _refusal(card, error) from error
    # The list of available providers says what was compiled in, the session what really runs.
    if session.get_providers()[0] != wanted:
        reason = because("why-no-tensorrt" if wanted == TENSORRT_PROVIDER else "why-no-cuda")
        raise OcsiaError("model-not-onnx", path=card.file, reason=reason)
    _check(session, card)
    return session


def _check(session: onnxruntime.InferenceSession, card: ModelCard) -> None:
    """Compare a model with its card."""
    inputs, outputs = session.get_inputs(), session.get_outputs()
    facts = [
        ("number of inputs", len(inputs), 1),
        ("input type", inputs[0].type, "tensor(uint8)"),
        ("number of input dimensions", len(inputs[0].shape), 4),
        ("number of bands", inputs[0].shape[1], len(card.bands)),
        ("output type", outputs[0].type, "tensor(uint8)"),
        ("number of output dimensions", len(outputs[0].shape), 4),
        ("number of classes", outputs[0].shape[1], len(card.codes)),
    ]
    for what, found, wanted in facts:
        # A dimension without a fixed size has a name, or none, instead of a number.
        if found != wanted and not (what.startswith("number of classes") and not isinstance(found, int)):
            raise OcsiaError("model-card-mismatch", path=card.file, what=what, found=found, wanted=wanted)


@cache
def _frugal_arena() -> None:
    """Make sessions of this process share an arena that grows by what is asked for: the usual one doubles."""
    memory = onnxruntime.OrtMemoryInfo(
        "Cpu", onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, onnxruntime.OrtMemType.DEFAULT
    )
    same_as_requested, default = 1, -1
    config = {
        "max_mem": 0,
        "arena_extend_strategy": same_as_requested,
        "initial_chunk_size_bytes": default,
        "max_dead_bytes_per_chunk": default,
    }
    onnxruntime.create_and_register_allocator(memory, onnxruntime.OrtArenaCfg(config))
