"""Fewer bits."""

from __future__ import annotations

from .mark import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "info-precision-used": QT_TRANSLATE_NOOP(
        "Engine",
        "The model runs in {name}: on this machine {gain} times as fast as float32, with {agreement} % of the classes "
        "the same on {count} squares of this image.",
    ),
    "info-precision-left": QT_TRANSLATE_NOOP(
        "Engine",
        "{name} is not used: {gain} times as fast as float32 (at least {least} is asked), with {agreement} % of the "
        "classes the same on {count} squares of this image (at least {enough} %).",
    ),
    "info-precision-tensorrt": QT_TRANSLATE_NOOP(
        "Engine", "TensorRT compiles the model for this graphics card: the first time, that takes minutes."
    ),
    "info-precision-float32": QT_TRANSLATE_NOOP("Engine", "The model runs in float32."),
    "info-precision-small": QT_TRANSLATE_NOOP(
        "Engine", "The model runs in float32: this image is too small for fewer bits to be worth a probe."
    ),
    "warn-precision-onnx": QT_TRANSLATE_NOOP(
        "Engine",
        "The model runs in float32: fewer bits need the Python package 'onnx', which this engine does not have. "
        "Install the engine again, or choose PRECISION = float32.",
    ),
    "why-no-tensorrt": QT_TRANSLATE_NOOP(
        "Engine", "ONNX Runtime could not load TensorRT, which may be of another version than this engine is made for"
    ),
    "warn-precision-failed": QT_TRANSLATE_NOOP("Engine", "The model cannot be made {name}: {reason}."),
}
