"""A session maps tiles of bytes to probabilities on a device, through ONNX Runtime."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Optional

import numpy as np
import onnxruntime

from ..errors import OcsiaError
from ..models.card import ModelCard, check_file
from .devices import CPU_PROVIDER, device_name, threads_of
from .opening import create, open_on, providers_for

if TYPE_CHECKING:
    from ..events import Events

_HALO_INPUT = "halo"
"""Optional input of a graph: pixels on each side whose result is not wanted, and mostly not computed."""

_MOST_AT_ONCE = 16
"""Tiles in one inference on a GPU, which small tiles would leave idle. A CPU is busy with one."""

_NO_MEMORY = re.compile(
    r"((failed|unable) to |bad[ _])alloc|alloc\w*_failed|out of memory|smaller than requested bytes", re.IGNORECASE
)
"""What ONNX Runtime (the last: an arena with a limit), CUDA, cuDNN and numpy say where memory runs out; the first has
no error class for it."""


class OnnxSession:
    """An ONNX model ready to run.

    Args:
        card: the model's card; the file is checked against it.
        device: ``auto``, ``cpu`` or ``gpu``.
        events: told of the device that really runs, and of a GPU that does not.
        processes: of this machine that work at the same time, among which its cores are divided.
        providers: of ONNX Runtime instead of those of ``device``; the first has to run.

    Attributes:
        asked: the device that was asked for.
        input: name of the model's image.
        precision: in which the model computes: ``float32`` unless ``precision.lighter`` chose otherwise.
        provider: of ONNX Runtime that really runs.
        fits: width and height that one inference may deliver since memory ran out; None: it has not.
        at_once: tiles that one inference may take, which memory that runs out makes fewer.

    Raises:
        OcsiaError: ``model-hash``, ``model-not-onnx``, ``model-card-mismatch``, ``device-unavailable``.
    """

    def __init__(
        self,
        card: ModelCard,
        device: str,
        events: Events,
        processes: int = 1,
        providers: Optional[Sequence[Any]] = None,
    ) -> None:
        check_file(card)
        self.card = card
        self.asked = device
        self.threads = threads_of(processes)
        self.fits: Optional[tuple[int, int]] = None
        self.precision = "float32"
        if providers:
            self._session = create(card, providers, self.threads)
        else:
            self._session = open_on(device, card, self.threads, events)
        self.provider: str = self._session.get_providers()[0]
        self._leave_halo_out(providers or providers_for(self.on_gpu))
        image = self._session.get_inputs()[0]
        self.input: str = image.name
        self._output = self._session.get_outputs()[0].name
        any_number = not isinstance(image.shape[0], int)
        self.at_once = _MOST_AT_ONCE if any_number and self.on_gpu else 1
        events.info(
            "info-device", device="GPU" if self.on_gpu else "CPU", provider=self.provider, threads=self.threads
        )

    @property
    def device(self) -> str:
        """What the pace of the model depends on, beside the model."""
        fewer = "" if self.precision == "float32" else f"/{self.precision}"
        return device_name(self.provider, self.threads) + fewer

    @property
    def on_gpu(self) -> bool:
        """Whether a graphics card does the work."""
        return self.provider != CPU_PROVIDER

    @property
    def smallest(self) -> tuple[int, int, int, int]:
        """N, bands, H, W of the least that the model may be asked for."""
        side = self.card.tile or 2 * self.card.halo + self.card.stride
        return 1, len(self.card.bands), side, side

    def _leave_halo_out(self, providers: Sequence[Any]) -> None:
        """Make the card's halo a constant of the graph, where it offers that: what may be left out cannot be bound."""
        offered = [node.name for node in self._session.get_overridable_initializers()]
        self._margin = 0 if _HALO_INPUT in offered else self.card.halo
        # Kept, because ONNX Runtime only borrows it.
        self._constants = {}
        if _HALO_INPUT in offered:
            halo = np.array(self.card.halo, np.int64)
            self._constants[_HALO_INPUT] = onnxruntime.OrtValue.ortvalue_from_numpy(halo)
            self._session = create(self.card, providers, self.threads, self._constants)

    def release(self) -> None:
        """Give the memory of the last tiles back; the session stays usable."""
        options = onnxruntime.RunOptions()
        arenas = "cpu:0;gpu:0" if self.on_gpu else "cpu:0"
        options.add_run_config_entry("memory.enable_memory_arena_shrinkage", arenas)
        with suppress(Exception):  # a courtesy: a model that cannot take so little ends nobody's job
            self._session.run(None, {self.input: np.zeros(self.smallest, np.uint8)}, options)

    def probabilities(self, images: np.ndarray) -> np.ndarray:
        """Probabilities of some tiles of one size, without the card's halo.

        Args:
            images: uint8 (N, bands, H, W), H and W multiples of the card's stride, N at most ``at_once``.

        Returns:
            uint8 (N, classes, H - 2 halo, W - 2 halo), ``round(255 p)``.

        Raises:
            OcsiaError: ``out-of-memory``, ``model-card-mismatch``.
        """
        try:
            result = self._run(images)
        except Exception as error:
            if isinstance(error, MemoryError) or _NO_MEMORY.search(str(error)):
                raise OcsiaError("out-of-memory") from error
            raise
        left_out = self.card.halo - self._margin
        height, width = (size - 2 * left_out for size in images.shape[2:])
        shape = len(images), len(self.card.codes), height, width
        if result.shape != shape:
            raise OcsiaError(
                "model-card-mismatch",
                path=self.card.file,
                what="shape of the output",
                found=result.shape[1:],
                wanted=shape[1:],
            )
        return result[:, :, self._margin : height - self._margin, self._margin : width - self._margin]

    def _run(self, images: np.ndarray) -> np.ndarray:
        """By I/O binding: no copy on the way but those to a graphics card and back, which ONNX Runtime makes."""
        binding = self._session.io_binding()
        # Its place on a card is taken from the session's arena: ``release`` gives it back, and no two threads share it.
        binding.bind_ortvalue_input(self.input, onnxruntime.OrtValue.ortvalue_from_numpy(images))
        # Not an array of ours: ONNX Runtime takes this memory last, when that of the layers before is free again.
        binding.bind_output(self._output)
        self._session.run_with_iobinding(binding)
        return binding.get_outputs()[0].numpy()
