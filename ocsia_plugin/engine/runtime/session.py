"""A session maps blocks of bytes to probabilities on a device, through ONNX Runtime."""

from __future__ import annotations

import shutil
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any, Optional

import numpy as np
import onnxruntime

from ..errors import OcsiaError, because
from ..models.card import ModelCard, check_file
from .devices import CPU_PROVIDER, GPU_PROVIDER, device_name, threads_of

if TYPE_CHECKING:
    from ..events import Events

_GPU_TOOL = "nvidia-smi"
"""Comes with the driver: where it is, there is a GPU whose owner may expect it to be used."""

_GPU_OPTIONS = {"cudnn_conv_algo_search": "HEURISTIC", "arena_extend_strategy": "kSameAsRequested"}
"""Tiles at the edges differ in size: the usual exhaustive search would be made again for each."""

_HALO_INPUT = "halo"
"""Optional input of a graph: pixels on each side whose result is not wanted, and mostly not computed."""


class OnnxSession:
    """An ONNX model ready to run.

    Args:
        card: the model's card; the file is checked against it.
        device: ``auto``, ``cpu`` or ``gpu``.
        events: told of the device that really runs, and of a GPU that does not.
        processes: of this machine that work at the same time, among which its cores are divided.

    Attributes:
        asked: the device that was asked for.
        input: name of the model's image.
        precision: in which the model computes: ``float32`` unless ``precision.lighter`` chose otherwise.
        provider: of ONNX Runtime that really runs.
        fits: width and height that one inference may deliver since memory ran out; None: it has not.

    Raises:
        OcsiaError: ``model-hash``, ``model-not-onnx``, ``model-card-mismatch``, ``device-unavailable``.
    """

    def __init__(self, card: ModelCard, device: str, events: Events, processes: int = 1) -> None:
        check_file(card)
        self.card = card
        self.asked = device
        self.threads = threads_of(processes)
        self.fits: Optional[tuple[int, int]] = None
        self._session = self._open(device, events)
        self._check_against_card()
        self.input = self._session.get_inputs()[0].name
        # What may be left out is not among the inputs.
        optional = [node.name for node in self._session.get_overridable_initializers()]
        self._leaves_halo_out = _HALO_INPUT in optional
        self.provider: str = self._session.get_providers()[0]
        self.precision = "float32"
        events.info(
            "info-device",
            device="GPU" if self.provider == GPU_PROVIDER else "CPU",
            provider=self.provider,
            threads=self.threads,
        )

    @property
    def device(self) -> str:
        """What the pace of the model depends on, beside the model."""
        fewer = "" if self.precision == "float32" else f"/{self.precision}"
        return device_name(self.provider, self.threads) + fewer

    def _open(self, device: str, events: Events) -> onnxruntime.InferenceSession:
        if device == "cpu":
            return self._create([CPU_PROVIDER])
        session, reason = None, because("why-no-gpu-build")
        if GPU_PROVIDER in onnxruntime.get_available_providers():
            if hasattr(onnxruntime, "preload_dlls"):
                onnxruntime.preload_dlls()
            session = self._create([(GPU_PROVIDER, _GPU_OPTIONS), CPU_PROVIDER])
            # The list of available providers says what was compiled in, the session what really runs.
            if session.get_providers()[0] == GPU_PROVIDER:
                return session
            reason = because("why-no-cuda")
            events.warning("warn-device", reason=reason)
        elif device == "auto" and shutil.which(_GPU_TOOL):
            events.warning("warn-device", reason=reason)
        if device == "gpu":
            raise OcsiaError("device-unavailable", reason=reason)
        return session or self._create([CPU_PROVIDER])

    def _create(self, providers: list[Any]) -> onnxruntime.InferenceSession:
        _frugal_arena()
        options = onnxruntime.SessionOptions()
        options.add_session_config_entry("session.use_env_allocators", "1")
        options.intra_op_num_threads = self.threads
        options.log_severity_level = 3
        # Tiles at the edges differ in size: a plan of memory per size would only grow.
        options.enable_mem_pattern = False
        try:
            return onnxruntime.InferenceSession(str(self.card.file), sess_options=options, providers=providers)
        except Exception as error:  # ONNX Runtime raises a class per status, with no base of their own
            reason = (str(error).splitlines() or [""])[0]
            raise OcsiaError("model-not-onnx", path=self.card.file, reason=reason) from error

    def _check_against_card(self) -> None:
        inputs, outputs = self._session.get_inputs(), self._session.get_outputs()
        facts = [
            ("number of inputs", len(inputs), 1),
            ("input type", inputs[0].type, "tensor(uint8)"),
            ("number of input dimensions", len(inputs[0].shape), 4),
            ("number of bands", inputs[0].shape[1], len(self.card.bands)),
            ("output type", outputs[0].type, "tensor(uint8)"),
            ("number of output dimensions", len(outputs[0].shape), 4),
            ("number of classes", outputs[0].shape[1], len(self.card.codes)),
        ]
        for what, found, wanted in facts:
            # A dimension without a fixed size has a name, or none, instead of a number.
            if found != wanted and not (what.startswith("number of classes") and not isinstance(found, int)):
                raise OcsiaError(
                    "model-card-mismatch", path=self.card.file, what=what, found=found, wanted=wanted
                )

    def release(self) -> None:
        """Give the memory of the last block back; the session stays usable."""
        smallest = np.zeros((1, len(self.card.bands), *2 * (self.card.tile or self.card.stride,)), np.uint8)
        options = onnxruntime.RunOptions()
        arenas = "cpu:0;gpu:0" if self.provider == GPU_PROVIDER else "cpu:0"
        options.add_run_config_entry("memory.enable_memory_arena_shrinkage", arenas)
        with suppress(Exception):  # a courtesy: a model that cannot take so little ends nobody's job
            self._session.run(None, {self.input: smallest}, options)

    def probabilities(self, image: np.ndarray, halo: int = 0) -> np.ndarray:
        """Probabilities of one block, without its halo.

        Args:
            image: uint8 (bands, H, W), H and W multiples of the card's stride.
            halo: pixels on each side to leave out of the result.

        Returns:
            uint8 (classes, H - 2 halo, W - 2 halo), ``round(255 p)``.

        Raises:
            OcsiaError: ``out-of-memory``, ``model-card-mismatch``.
        """
        feed = {self.input: image[np.newaxis]}
        if halo and self._leaves_halo_out:
            feed[_HALO_INPUT] = np.array(halo, np.int64)
        try:
            (result,) = self._session.run(None, feed)
        except Exception as error:
            # "Failed to allocate memory", "bad allocation", "CUDNN_STATUS_ALLOC_FAILED", "out of memory"
            text = str(error).lower()
            if isinstance(error, MemoryError) or "alloc" in text or "out of memory" in text:
                raise OcsiaError("out-of-memory") from error
            raise
        margin = 0 if len(feed) > 1 else halo
        shape = len(self.card.codes), *(size - 2 * (halo - margin) for size in image.shape[1:])
        if result.shape[1:] != shape:
            raise OcsiaError(
                "model-card-mismatch",
                path=self.card.file,
                what="shape of the output",
                found=result.shape[1:],
                wanted=shape,
            )
        return result[0, :, margin : shape[1] - margin, margin : shape[2] - margin]


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
