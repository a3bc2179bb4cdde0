"""Fewer bits: a lighter copy of the model, used where a probe on this machine and this image finds it worth it.

On a GPU that is float16, by TensorRT where it is installed, on a processor int8 in the convolutions, calibrated on
squares of the user's image and compared on others of them. The copy is made for one run: nothing of it stays.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Optional

import numpy as np
import onnxruntime

from ..errors import Cancelled, OcsiaError, because
from ..events import Events
from . import tensorrt
from .devices import CPU_PROVIDER
from .session import OnnxSession

ENOUGH = 0.985
"""Share of the pixels whose class must be that of float32."""

GAIN = 1.1
"""How many times faster a copy has to be: less is within the noise of a probe."""

LEAST_SQUARES = 4
"""Of the image: on a smaller one the probe would take longer than the work."""

_ROUNDS = 3
_QUANTISED = ("Conv", "Clip", "Relu")
"""With what bounds a convolution: its range, before it is cut, would waste the steps (88 % agreement, not 96 %)."""


@dataclass(frozen=True)
class Sample:
    """A square of the image.

    Attributes:
        image: uint8 (bands, H, W), with the halo.
        core: rows and columns of the square in the result, which has no halo.
        wanted: bool (h, w): where the square has data.
    """

    image: np.ndarray
    core: tuple[slice, slice]
    wanted: np.ndarray


@dataclass(frozen=True)
class Probe:
    """What a copy is worth: share of the pixels with the same class, and how many times faster it is."""

    agreement: float
    gain: float

    @property
    def passed(self) -> bool:
        """Whether the copy may be used."""
        return self.agreement >= ENOUGH and self.gain >= GAIN


@dataclass(frozen=True)
class Copy:
    """A lighter copy that may be tried.

    Attributes:
        name: as the log calls it.
        make: writes it.
        providers: of ONNX Runtime that run it; None: those of the session's device.
        preparing: code of what is said before it is opened; empty: nothing.
    """

    name: str
    make: Callable[[Path], None]
    providers: Optional[Sequence[Any]] = None
    preparing: str = ""


def lighter(
    session: OnnxSession, samples: Sequence[Sample], most: tuple[int, int, int, int], events: Events
) -> OnnxSession:
    """The session of a lighter copy where one passes, else the session itself; the log says which, and why.

    Args:
        session: in float32.
        samples: squares spread over the image; every second one calibrates, the others are compared.
        most: N, bands, H, W of the largest tiles that will be asked for.
    """
    if len(samples) < LEAST_SQUARES:
        events.info("info-precision-small")
        return session
    try:
        import onnx  # noqa: F401
    except ImportError:
        events.warning("warn-precision-onnx")
        return session
    calibrating, compared = samples[::2], samples[1::2]
    for copy in _copies(session, calibrating, most):
        events.check()
        if copy.preparing:
            events.info(copy.preparing)
        candidate = _passed(copy, session, compared, most[0], events)
        if candidate is not None:
            return candidate
        session.release()
    events.info("info-precision-float32")
    return session


def _passed(
    copy: Copy, session: OnnxSession, samples: Sequence[Sample], at_once: int, events: Events
) -> Optional[OnnxSession]:
    """The session of a copy that passes; nothing is left of another one, whose fate the log tells."""
    try:
        candidate = _opened(copy, session)
        candidate.at_once = at_once
        probe = probed(session, candidate, samples, events)
    except Cancelled:
        raise
    except Exception as error:  # the classes of ONNX Runtime and onnx have no base of their own
        known = because(error.code, **error.params) if isinstance(error, OcsiaError) else ""
        reason = known or (str(error).splitlines() or [type(error).__name__])[0]
        events.warning("warn-precision-failed", name=copy.name, reason=reason)
        return None
    facts = {"agreement": round(100 * probe.agreement, 2), "gain": round(probe.gain, 2), "count": len(samples)}
    if not probe.passed:
        events.info("info-precision-left", name=copy.name, enough=100 * ENOUGH, least=GAIN, **facts)
        return None
    candidate.precision = copy.name
    events.info("info-precision-used", name=copy.name, **facts)
    return candidate


def _opened(copy: Copy, session: OnnxSession) -> OnnxSession:
    """Its file does not outlive the opening."""
    with TemporaryDirectory(prefix="ocsia-precision-") as folder:
        path = Path(folder) / "model.onnx"
        copy.make(path)
        card = replace(session.card, file=path, sha256=None)
        return OnnxSession(card, session.asked, Events(), providers=copy.providers)


def probed(session: OnnxSession, candidate: OnnxSession, samples: Sequence[Sample], events: Events) -> Probe:
    """Compare the classes on all samples, and the times on the first, in turns: a load on the machine hits both."""
    same = pixels = 0
    for sample in samples:
        events.check()
        rows, cols = sample.core
        classes, others = (
            one.probabilities(sample.image[np.newaxis])[0, :, rows, cols].argmax(0) for one in (session, candidate)
        )
        same += int(((classes == others) & sample.wanted).sum())
        pixels += int(sample.wanted.sum())
    best = {session: np.inf, candidate: np.inf}
    for _ in range(_ROUNDS):
        for one in best:
            events.check()
            start = time.perf_counter()
            one.probabilities(samples[0].image[np.newaxis])
            best[one] = min(best[one], time.perf_counter() - start)
    return Probe(same / pixels, best[session] / best[candidate])


def _copies(
    session: OnnxSession, calibrating: Sequence[Sample], most: tuple[int, int, int, int]
) -> Iterator[Copy]:
    """Lighter copies in the order in which they are tried."""
    source = session.card.file
    if session.on_gpu:
        if tensorrt.is_at_hand():
            providers = tensorrt.providers(session.card, session.input, session.smallest, most)
            make = partial(tensorrt.without_options, source)
            yield Copy("float16 (TensorRT)", make, providers, "info-precision-tensorrt")
        yield Copy("float16", partial(to_float16, source))
        return
    # Without the halo, for memory: calibrating keeps what inference would have thrown away. Ranges need no context.
    margin = 0 if session.card.tile else session.card.halo
    images = [sample.image[:, margin:, margin:][:, : -margin or None, : -margin or None] for sample in calibrating]
    yield Copy("int8", lambda path: to_int8(source, path, session.input, images))
    # The later half sees what is small: fewer errors, and fewer pixels to gain on.
    yield Copy("int8/float32", lambda path: to_int8(source, path, session.input, images, 0.5))


def to_float16(source: Path, target: Path) -> None:
    """Write a copy in half precision; what goes in and comes out are bytes, as before."""
    import onnx
    from onnxruntime.transformers.float16 import convert_float_to_float16

    onnx.save(convert_float_to_float16(onnx.load(str(source)), keep_io_types=True), str(target))


def to_int8(
    source: Path, target: Path, name: str, images: Sequence[np.ndarray], share: float = 1.0
) -> None:
    """Write a copy with convolutions in 8 bits: weights per channel, activations in the range that the images show.

    Args:
        name: of the model's input.
        images: uint8 (bands, H, W), whose extremes are the ranges.
        share: of the convolutions, and of what bounds them, from the end on: those before stay as they are.
    """
    from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static

    class Images(CalibrationDataReader):
        def __init__(self) -> None:
            self._left = iter(images)

        def get_next(self) -> Optional[dict[str, np.ndarray]]:
            image = next(self._left, None)
            return None if image is None else {name: image[np.newaxis]}

    folded = target.with_name(f"{target.stem}.folded.onnx")
    _fold(source, folded)
    quantize_static(
        str(folded),
        str(target),
        Images(),
        quant_format=QuantFormat.QDQ,
        op_types_to_quantize=list(_QUANTISED),
        nodes_to_quantize=_last(folded, share),
        per_channel=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
    )


def _fold(source: Path, target: Path) -> None:
    """Write a copy whose batch normalisations are part of the convolutions: between them they would stay in float32."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = str(target)
    options.log_severity_level = 3
    onnxruntime.InferenceSession(str(source), options, providers=[CPU_PROVIDER])


def _last(source: Path, share: float) -> list[str]:
    """Names of the last convolutions of a model, and of what bounds them."""
    import onnx

    names = [node.name for node in onnx.load(str(source)).graph.node if node.op_type in _QUANTISED]
    return names[round(len(names) * (1 - share)) :]
