"""Small ONNX models as others would export them, for tests: random weights, and what they compute in NumPy.

They are written as messages of Protocol Buffers, so that the tests need no ``onnx``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional

import numpy as np

from ocsia_plugin.engine.models.wire import integer, message, text

_ELEMENTS = {"float32": 1, "uint8": 2, "int64": 7, "float16": 10}
HIDDEN = 6


@dataclass(frozen=True)
class SmallModel:
    """A 3 x 3 convolution, ReLU, a 1 x 1 convolution and perhaps an activation.

    Attributes:
        end: ``softmax``, ``sigmoid``, ``argmax`` or nothing.
        side: of the only image it takes; None: any.
        last: channels are the last dimension.
        stride: of the first convolution: with 2 the output is smaller than the image.
        spare_input: it has a second input.
    """

    bands: int = 3
    outputs: int = 4
    end: str = ""
    side: Optional[int] = None
    last: bool = False
    dtype: str = "float32"
    opset: int = 17
    stride: int = 1
    spare_input: bool = False
    external: bool = False
    bias: float = 0.0
    seed: int = 0
    metadata: dict[str, Any] = field(default_factory=dict)

    @property
    def weights(self) -> tuple[np.ndarray, ...]:
        """First weight and bias, second weight and bias: float32."""
        rng = np.random.default_rng(self.seed)
        shapes = (HIDDEN, self.bands, 3, 3), (HIDDEN,), (self.outputs, HIDDEN, 1, 1), (self.outputs,)
        first, b1, second, b2 = (rng.normal(0, 0.4, shape).astype(np.float32) for shape in shapes)
        return first, b1, 2 * second, b2 + np.float32(self.bias)

    def scores(self, image: np.ndarray) -> np.ndarray:
        """What the last convolution gives for normalised float (bands, H, W): float64 (outputs, H, W)."""
        first, b1, second, b2 = (w.astype(np.float64) for w in self.weights)
        padded = np.pad(image.astype(np.float64), ((0, 0), (1, 1), (1, 1)))
        windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(1, 2))
        hidden = np.maximum(np.einsum("bhwij,obij->ohw", windows, first) + b1[:, None, None], 0)
        return np.einsum("ihw,oi->ohw", hidden, second[:, :, 0, 0]) + b2[:, None, None]

    def save(self, path: Path) -> str:
        """Write it; returns the path."""
        path.write_bytes(self.to_bytes())
        return str(path)

    def to_bytes(self) -> bytes:
        """The ONNX file."""
        graph = b"".join(message(1, node) for node in self._nodes())
        graph += text(2, "small")
        names = ("w1", "b1", "w2", "b2")
        graph += b"".join(message(5, self._tensor(n, w)) for n, w in zip(names, self.weights))
        size: list[Any] = [self.side, self.side] if self.side else ["H", "W"]
        batch: Any = 1 if self.side else "N"
        kind = self.dtype
        graph += message(11, _value("x", kind, self._shape(batch, self.bands, size)))
        if self.spare_input:
            graph += message(11, _value("spare", kind, [1]))
        made = ["h", "w"] if self.stride > 1 else size
        shape = [batch, *made] if self.end == "argmax" else self._shape(batch, self.outputs, made)
        graph += message(12, _value("y", "int64" if self.end == "argmax" else self._inner, shape))
        model = integer(1, 8) + text(2, "small") + message(7, graph) + message(8, text(1, "") + integer(2, self.opset))
        for key, value in self.metadata.items():
            model += message(14, text(1, key) + text(2, value if isinstance(value, str) else json.dumps(value)))
        return model

    @property
    def _inner(self) -> str:
        return "float32" if self.dtype == "uint8" else self.dtype

    def _shape(self, batch: Any, channels: int, size: list[Any]) -> list[Any]:
        return [batch, *size, channels] if self.last else [batch, channels, *size]

    def _nodes(self) -> list[bytes]:
        steps: list[bytes] = []
        current = "x"

        def then(operator: str, *more: str, **attributes: Any) -> None:
            nonlocal current
            made = f"t{len(steps)}"
            inputs = b"".join(text(1, name) for name in (current, *more))
            extra = b"".join(message(5, _attribute(n, v)) for n, v in attributes.items())
            steps.append(inputs + text(2, made) + text(4, operator) + extra)
            current = made

        if self.dtype == "uint8":
            then("Cast", to=1)
        if self.last:
            then("Transpose", perm=[0, 3, 1, 2])
        then("Conv", "w1", "b1", pads=[1, 1, 1, 1], strides=[self.stride] * 2)
        then("Relu")
        then("Conv", "w2", "b2")
        if self.end == "softmax":  # over the last axis, which every opset has alike
            then("Transpose", perm=[0, 2, 3, 1])
            then("Softmax", axis=3)
            then("Transpose", perm=[0, 3, 1, 2])
        elif self.end == "sigmoid":
            then("Sigmoid")
        elif self.end == "argmax":
            then("ArgMax", axis=1, keepdims=0)
        if self.last:
            then("Transpose", perm=[0, 2, 3, 1])
        steps.append(text(1, current) + text(2, "y") + text(4, "Identity"))
        return steps

    def _tensor(self, name: str, values: np.ndarray) -> bytes:
        dims = b"".join(integer(1, n) for n in values.shape)
        raw = message(9, values.astype(self._inner).tobytes())
        if self.external and name == "w1":
            raw = message(13, text(1, "location") + text(2, "weights.bin")) + integer(14, 1)
        return dims + integer(2, _ELEMENTS[self._inner]) + text(8, name) + raw


def _value(name: str, kind: str, shape: list[Any]) -> bytes:
    dims = b"".join(message(1, integer(1, n) if isinstance(n, int) else text(2, n)) for n in shape)
    return text(1, name) + message(2, message(1, integer(1, _ELEMENTS[kind]) + message(2, dims)))


def _attribute(name: str, value: Any) -> bytes:
    if isinstance(value, int):
        return text(1, name) + integer(3, value) + integer(20, 2)
    return text(1, name) + b"".join(integer(8, v) for v in value) + integer(20, 7)
