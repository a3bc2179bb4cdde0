"""Put bytes before and after an ONNX model of others, without the ``onnx`` library.

The file is a message of Protocol Buffers (``wire``); its graph keeps every node and weight, and gets a few nodes in
front (normalisation) and behind (activation, rounding), a new input and a new output. The numbers of the fields are
those of ``onnx.proto`` (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto); the operators are those of opset 11,
unchanged since.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Optional, Union

import numpy as np

from .fill import Normalisation
from .wire import Field, fields, integer, message, text

OLDEST_OPSET = 11

# ModelProto; GraphProto; TensorProto; NodeProto; AttributeProto; ValueInfoProto: numbers of the fields that are used
_GRAPH, _OPSETS, _METADATA = 7, 8, 14
_NODE, _INITIALIZER, _INPUT, _OUTPUT = 1, 5, 11, 12
_TENSOR_LOCATION, _EXTERNAL = 14, 1
_FLOAT, _UINT8, _INT64, _FLOAT16, _DOUBLE = 1, 2, 7, 10, 11
_ELEMENTS = {"tensor(float)": _FLOAT, "tensor(uint8)": _UINT8, "tensor(float16)": _FLOAT16, "tensor(double)": _DOUBLE}
READABLE_TYPES = tuple(_ELEMENTS)

_CHANNELS_LAST, _CHANNELS_FIRST = (0, 2, 3, 1), (0, 3, 1, 2)


@dataclass(frozen=True)
class ModelFile:
    """What the message says of itself.

    Attributes:
        opset: version of the standard operators.
        external: weights lie in another file.
    """

    opset: int
    external: bool


@dataclass(frozen=True)
class Ends:
    """The two ends of a model of others and what is to stand there.

    Attributes:
        input, output: names in the graph.
        input_type, output_type: as ONNX Runtime writes them, ``tensor(float)``.
        bands: how many.
        side: of the only image that it takes; None: any.
        input_last, output_last: the channels are the last dimension, not the second.
        normalisation: of the bytes; None: the model takes bytes and does it itself.
        activation: ``softmax``, ``sigmoid`` or ``none``.
        kept: outputs that become bands; None: all of them.
        single: one output, of which two bands are made: absent and present.
    """

    input: str
    output: str
    input_type: str
    output_type: str
    bands: int
    side: Optional[int]
    input_last: bool
    output_last: bool
    normalisation: Optional[Normalisation]
    activation: str
    classes: int
    kept: Optional[tuple[int, ...]] = None
    single: bool = False


def read_model(model: bytes) -> ModelFile:
    """What an ONNX file says of itself. Raises: ValueError: it is not one."""
    opset, external, graphs = 0, False, 0
    for part in fields(model):
        if part.number == _OPSETS:
            said = {f.number: f for f in fields(_message(part))}
            if 1 not in said or said[1].text in ("", "ai.onnx"):
                opset = int(said[2].value) if 2 in said else 0  # type: ignore[arg-type]
        elif part.number == _GRAPH:
            graphs += 1
            external |= any(f.number == _INITIALIZER and _is_external(f) for f in fields(_message(part)))
    if not graphs or not opset:
        raise ValueError("it has no graph")
    return ModelFile(opset, external)


def wrap(model: bytes, ends: Ends) -> bytes:
    """The model from bytes to bytes: ``ocsia.image`` uint8 (N, bands, H, W) to ``ocsia.probabilities`` uint8
    (N, classes, H, W), ``round(255 p)``. Raises: ValueError: it is not an ONNX file."""
    space = "ocsia"
    while f"{space}.".encode() in model:  # it was wrapped before
        space += "_"
    head, tail = _before(ends, space), _behind(ends, space)
    parts: list[bytes] = list(head.nodes)
    for part in fields(b"".join(_message(f) for f in fields(model) if f.number == _GRAPH)):
        if part.number == _INPUT and _name(part) == ends.input:
            continue
        if part.number != _OUTPUT:
            parts.append(bytes(part.raw))
    parts += [*tail.nodes, *head.weights, *tail.weights]
    side: Sequence[Union[int, str]] = ("H", "W") if ends.side is None else (ends.side, ends.side)
    first: Union[int, str] = "N" if ends.side is None else 1
    parts.append(_value(_INPUT, f"{space}.image", (first, ends.bands, *side)))
    parts.append(_value(_OUTPUT, f"{space}.probabilities", (first, ends.classes, *side)))
    others = b"".join(bytes(f.raw) for f in fields(model) if f.number != _GRAPH)
    return others + message(_GRAPH, b"".join(parts))


@dataclass
class _Chain:
    """Nodes one after the other, each taking what the one before it made."""

    prefix: str
    value: str
    nodes: list[bytes] = field(default_factory=list)
    weights: list[bytes] = field(default_factory=list)

    def then(self, operator: str, *more: str, makes: str = "", first: str = "", **attributes: Any) -> str:
        """Add a node; returns the name of what it makes."""
        made = makes or f"{self.prefix}.{len(self.nodes)}"
        inputs = b"".join(text(1, name) for name in (first or self.value, *more))
        extra = b"".join(message(5, _attribute(name, value)) for name, value in attributes.items())
        self.nodes.append(message(_NODE, inputs + text(2, made) + text(3, made) + text(4, operator) + extra))
        self.value = made
        return made

    def constant(self, name: str, values: Any, dtype: str = "<f4") -> str:
        """A weight; returns its name."""
        array, full = np.asarray(values, dtype), f"{self.prefix}.{name}"
        dims = b"".join(integer(1, n) for n in array.shape)
        element = integer(2, _INT64 if dtype == "<i8" else _FLOAT)
        self.weights.append(message(_INITIALIZER, dims + element + text(8, full) + message(9, array.tobytes())))
        return full


def _before(ends: Ends, space: str) -> _Chain:
    chain = _Chain(f"{space}.in", f"{space}.image")
    if ends.normalisation is not None:
        mean, std = (
            np.array(v, np.float64).reshape(1, -1, 1, 1) for v in (ends.normalisation.mean, ends.normalisation.std)
        )
        chain.then("Cast", to=_FLOAT)
        chain.then("Mul", chain.constant("scale", 1 / std))
        chain.then("Add", chain.constant("offset", -mean / std))
    if ends.input_last:
        chain.then("Transpose", perm=_CHANNELS_LAST)
    chain.then("Cast", makes=ends.input, to=_ELEMENTS[ends.input_type])
    return chain


def _behind(ends: Ends, space: str) -> _Chain:
    """Activation and rounding. The softmax is taken over the last axis: ONNX Runtime is slow over another, and
    operators before opset 13 would flatten what comes behind it."""
    chain = _Chain(f"{space}.out", ends.output)
    chain.then("Cast", to=_FLOAT)
    last = ends.output_last
    if ends.kept is not None:
        chain.then("Gather", chain.constant("kept", ends.kept, "<i8"), axis=3 if last else 1)
    if ends.activation == "softmax":
        if not last:
            chain.then("Transpose", perm=_CHANNELS_LAST)
        chain.then("Softmax", axis=3)
        last = True
    elif ends.activation == "sigmoid":
        chain.then("Sigmoid")
    if last:
        chain.then("Transpose", perm=_CHANNELS_FIRST)
    whole = chain.constant("whole", 255.0)
    if ends.output_type != "tensor(uint8)":
        chain.then("Mul", whole)
    chain.then("Clip", chain.constant("zero", 0.0), whole)
    present = chain.then("Round")
    if ends.single:
        absent = chain.then("Sub", present, first=whole)
        chain.then("Concat", present, first=absent, axis=1)
    chain.then("Cast", makes=f"{space}.probabilities", to=_UINT8)
    return chain


# -- messages


def _message(part: Field) -> memoryview:
    if isinstance(part.value, int):
        raise ValueError("a number where a message was expected")
    return part.value


def _name(part: Field) -> str:
    return next((f.text for f in fields(_message(part)) if f.number == 1), "")


def _is_external(tensor: Field) -> bool:
    return any(f.number == _TENSOR_LOCATION and f.value == _EXTERNAL for f in fields(_message(tensor)))


def _attribute(name: str, value: Any) -> bytes:
    """An AttributeProto of an integer (``i``, type 2) or of integers (``ints``, type 7)."""
    called = text(1, name)
    if isinstance(value, int):
        return called + integer(3, value) + integer(20, 2)
    return called + b"".join(integer(8, v) for v in value) + integer(20, 7)


def _value(number: int, name: str, shape: Sequence[Union[int, str]]) -> bytes:
    """An input or output of bytes."""
    dims = b"".join(message(1, integer(1, n) if isinstance(n, int) else text(2, n)) for n in shape)
    return message(number, text(1, name) + message(2, message(1, integer(1, _UINT8) + message(2, dims))))
