"""Messages of Protocol Buffers, field by field: read without a schema, written without a library.

The encoding: https://protobuf.dev/programming-guides/encoding. A message is a sequence of fields; each is a key
(number of the field and wire type) and a value, and a nested message is a value of bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Union

_VARINT, _EIGHT, _BYTES, _FOUR = 0, 1, 2, 5
_LONGEST_VARINT = 10


@dataclass(frozen=True)
class Field:
    """One field of a message.

    Attributes:
        number: as the schema numbers it.
        value: an int, or the bytes of a text, of a message or of a packed list.
        raw: the whole field, to be copied as it is.
    """

    number: int
    value: Union[int, memoryview]
    raw: memoryview

    @property
    def text(self) -> str:
        """The value as text. Raises: ValueError."""
        if isinstance(self.value, int):
            raise ValueError("a number where a text was expected")
        return bytes(self.value).decode("utf-8")


def fields(message: Union[bytes, memoryview]) -> Iterator[Field]:
    """The fields of a message, in their order. Raises: ValueError: it is none, or it is cut off."""
    view, at = memoryview(message), 0
    while at < len(view):
        start = at
        key, at = _read_varint(view, at)
        wire = key & 7
        if wire == _VARINT:
            value, at = _read_varint(view, at)
            yield Field(key >> 3, value, view[start:at])
            continue
        if wire == _BYTES:
            size, at = _read_varint(view, at)
        elif wire in (_EIGHT, _FOUR):
            size = 8 if wire == _EIGHT else 4
        else:
            raise ValueError(f"wire type {wire}")
        if at + size > len(view):
            raise ValueError("cut off")
        yield Field(key >> 3, view[at : at + size], view[start : at + size])
        at += size


def message(number: int, content: bytes) -> bytes:
    """A field that holds bytes: a text or a message."""
    return head(number, len(content)) + content


def head(number: int, size: int) -> bytes:
    """What stands before the ``size`` bytes of a field that holds bytes."""
    return _key(number, _BYTES) + _varint(size)


def text(number: int, content: str) -> bytes:
    """A field that holds a text."""
    return message(number, content.encode())


def integer(number: int, value: int) -> bytes:
    """A field that holds an integer, 64 bits in two's complement where it is negative."""
    return _key(number, _VARINT) + _varint(value & 0xFFFFFFFFFFFFFFFF)


def _key(number: int, wire: int) -> bytes:
    return _varint(number << 3 | wire)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _read_varint(view: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    for place in range(at, min(at + _LONGEST_VARINT, len(view))):
        value |= (view[place] & 0x7F) << shift
        if view[place] < 0x80:
            return value, place + 1
        shift += 7
    raise ValueError("cut off")
