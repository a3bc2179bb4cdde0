"""A session maps blocks of bytes to probabilities on a device, through ONNX Runtime."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime

from ..errors import OcsiaError, because
from ..models.card import ModelCard, check_file

if TYPE_CHECKING:
    from ..events import Events

_GPU_PROVIDER = "CUDAExecutionProvider"
_CPU_PROVIDER = "CPUExecutionProvider"


class OnnxSession:
    """An ONNX model ready to run.

    Args:
        card: the model's card; the file is checked against it.
        device: ``auto``, ``cpu`` or ``gpu``.
        events: told of the device that really runs, and of a GPU that does not.

    Raises:
        OcsiaError: ``model-hash``, ``model-not-onnx``, ``model-card-mismatch``, ``device-unavailable``.
    """

    def __init__(self, card: ModelCard, device: str, events: Events) -> None:
        check_file(card)
        self.card = card
        self.threads = available_cores()
        self._session = self._open(device, events)
        self._check_against_card()
        self._input = self._session.get_inputs()[0].name
        self.provider: str = self._session.get_providers()[0]
        events.info(
            "info-device",
            device="GPU" if self.provider == _GPU_PROVIDER else "CPU",
            provider=self.provider,
            threads=self.threads,
        )

    def _open(self, device: str, events: Events) -> onnxruntime.InferenceSession:
        if device == "cpu":
            return self._create([_CPU_PROVIDER])
        session, reason = None, because("why-no-gpu-build")
        if _GPU_PROVIDER in onnxruntime.get_available_providers():
            if hasattr(onnxruntime, "preload_dlls"):
                onnxruntime.preload_dlls()
            session = self._create([_GPU_PROVIDER, _CPU_PROVIDER])
            # The list of available providers says what was compiled in, the session what really runs.
            if session.get_providers()[0] == _GPU_PROVIDER:
                return session
            reason = because("why-no-cuda")
            events.warning("warn-device", reason=reason)
        if device == "gpu":
            raise OcsiaError("device-unavailable", reason=reason)
        return session or self._create([_CPU_PROVIDER])

    def _create(self, providers: list[str]) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
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

    def probabilities(self, image: np.ndarray) -> np.ndarray:
        """Probabilities of one block.

        Args:
            image: uint8 (bands, H, W), H and W multiples of the card's stride.

        Returns:
            uint8 (classes, H, W), ``round(255 p)``.

        Raises:
            OcsiaError: ``out-of-memory``, ``model-card-mismatch``.
        """
        try:
            (result,) = self._session.run(None, {self._input: image[np.newaxis]})
        except Exception as error:
            if "alloc" in str(error).lower():
                raise OcsiaError("out-of-memory") from error
            raise
        if result.shape[1:] != (len(self.card.codes), *image.shape[1:]):
            raise OcsiaError(
                "model-card-mismatch",
                path=self.card.file,
                what="shape of the output",
                found=result.shape[1:],
                wanted=(len(self.card.codes), *image.shape[1:]),
            )
        return result[0]


def available_cores() -> int:
    """Cores that this process may use, which a container or ``taskset`` makes fewer than the machine's."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
