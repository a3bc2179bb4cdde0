"""Complete a skeleton with weights: an ONNX model, written without the ``onnx`` library.

An ONNX file is a message of Protocol Buffers, and two messages one after the other are the message that has the
repeated fields of both. A model is therefore its skeleton followed by a fragment that holds what the skeleton lacks:
weights, inputs and outputs. The numbers of the fields are those of ``onnx.proto``
(https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Union

import numpy as np

from .checkpoint import Tensors
from .skeletons import Skeleton
from .wire import head, integer, message, text

_FLOAT, _UINT8 = 1, 2
"""TensorProto.DataType."""


@dataclass(frozen=True)
class Normalisation:
    """``(byte - mean) / std``, per band, in bytes."""

    mean: tuple[float, ...]
    std: tuple[float, ...]


def fill(skeleton: Skeleton, weights: Tensors, normalisation: Normalisation, kept: Sequence[int]) -> bytes:
    """The ONNX model: ``image`` uint8 (N, bands, H, W) to ``probabilities`` uint8 (N, len(kept), H, W).

    Args:
        weights: float32 array of each parameter of the skeleton.
        normalisation: of the bytes; it becomes the first layer.
        kept: outputs of the network (from 0) that become bands. The others are left out before the softmax, which is
            what masking them with minus infinity does.
    """
    mean, std = (np.array(v, np.float64).reshape(1, -1, 1, 1) for v in (normalisation.mean, normalisation.std))
    parts: list[bytes] = [
        _tensor("ocsia.scale", (1 / std).astype(np.float32)),
        _tensor("ocsia.offset", (-mean / std).astype(np.float32)),
    ]
    heads = {skeleton.head + end for end in (".weight", ".bias")}
    for key in skeleton.parameters:
        parts.append(_tensor(key, weights[key][list(kept)] if key in heads else weights[key]))
    parts.append(_value(_INPUT, "image", _UINT8, ("N", mean.size, "H", "W")))
    parts.append(_value(_OUTPUT, "probabilities", _UINT8, ("N", len(kept), "H", "W")))
    return b"".join([skeleton.graph(), *_graph(parts)])


def with_logits(model: bytes) -> bytes:
    """The same model with a second output, the ``logits``: float32, for comparison with other implementations."""
    return model + b"".join(_graph([_value(_OUTPUT, "logits", _FLOAT, ("N", "C", "H", "W"))]))


# -- messages and their fields: ModelProto.graph; GraphProto's initializer, input and output

_GRAPH, _INITIALIZER, _INPUT, _OUTPUT = 7, 5, 11, 12


def _graph(parts: list[bytes]) -> Iterator[bytes]:
    yield head(_GRAPH, sum(map(len, parts)))
    yield from parts


def _tensor(name: str, values: np.ndarray) -> bytes:
    """An initialiser: TensorProto with dims (1), data_type (2), name (8), raw_data (9)."""
    dims = b"".join(integer(1, n) for n in values.shape)
    raw = np.ascontiguousarray(values, "<f4").tobytes()
    return message(_INITIALIZER, dims + integer(2, _FLOAT) + text(8, name) + message(9, raw))


def _value(field: int, name: str, element: int, shape: Sequence[Union[int, str]]) -> bytes:
    """An input or output: ValueInfoProto with name (1) and type (2), a TypeProto with tensor_type (1) of elem_type (1)
    and shape (2), whose dim (1) have a value (1) or a name (2)."""
    dims = b"".join(
        message(1, integer(1, n) if isinstance(n, int) else text(2, n)) for n in shape
    )
    tensor = message(1, integer(1, element) + message(2, dims))
    return message(field, text(1, name) + message(2, tensor))
