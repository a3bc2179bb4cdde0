"""Tensors of a PyTorch checkpoint or a safetensors file, with numpy alone.

A ``.pth`` is a zip that holds a pickle, and a pickle can run any program. This reader knows the few names that tensors
need and refuses every other one by its name; nothing of the file is imported or executed. The layout is that of
``torch.save`` since PyTorch 1.6: ``<name>/data.pkl``, and one stored entry ``<name>/data/<key>`` per storage.
"""

from __future__ import annotations

import json
import math
import pickle
import zipfile
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np

from ..errors import OcsiaError, because, system_reason

Tensors = dict[str, np.ndarray]
"""Name to array; floating-point arrays are float32."""

_BFLOAT16 = "bfloat16"
"""Not a type of numpy: the upper half of a float32."""

_STORAGES = {
    "DoubleStorage": "<f8",
    "FloatStorage": "<f4",
    "HalfStorage": "<f2",
    "BFloat16Storage": _BFLOAT16,
    "LongStorage": "<i8",
    "IntStorage": "<i4",
    "ShortStorage": "<i2",
    "CharStorage": "<i1",
    "ByteStorage": "<u1",
    "BoolStorage": "?",
}
_SAFETENSORS = {
    "F64": "<f8",
    "F32": "<f4",
    "F16": "<f2",
    "BF16": _BFLOAT16,
    "I64": "<i8",
    "I32": "<i4",
    "I16": "<i2",
    "I8": "<i1",
    "U8": "<u1",
    "BOOL": "?",
}
_LEGACY = b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19"
"""The magic number, pickled, with which ``torch.save`` began before 1.6."""
_WRAPPERS = ("state_dict", "model_state_dict")
"""Where Lightning, and most training loops, keep the weights among other things."""


def read_checkpoint(path: Path) -> Tensors:
    """The tensors of a ``.pth``, ``.pt``, ``.ckpt`` or ``.safetensors`` file, by the name in its state_dict.

    Raises:
        OcsiaError: ``checkpoint-unreadable`` (not such a file, damaged, another format), ``checkpoint-forbidden`` (its
            pickle asks for something that tensors do not need).
    """
    try:
        with open(path, "rb") as stream:
            start = stream.read(64)
    except OSError as error:
        raise _unreadable(path, because("why-no-file") if not path.exists() else system_reason(error)) from error
    try:
        if start.startswith(b"version https://git-lfs"):
            raise _unreadable(path, because("why-lfs-pointer"))
        if path.suffix.lower() == ".safetensors":
            return _read_safetensors(path)
        if start.startswith(_LEGACY):
            raise _unreadable(path, because("why-legacy-torch"))
        if not start.startswith(b"PK"):
            raise _unreadable(path, because("why-not-torch"))
        return _state_dict(path, _read_zip(path))
    except OcsiaError:
        raise
    except zipfile.BadZipFile as error:
        raise _unreadable(path, because("why-truncated")) from error
    except MemoryError:
        raise
    except Exception as error:  # a damaged or hostile pickle can fail in any way
        raise _unreadable(path, because("why-damaged", detail=f"{type(error).__name__}: {error}")) from error


def _unreadable(path: Path, reason: Any) -> OcsiaError:
    return OcsiaError("checkpoint-unreadable", path=path, reason=reason)


def _state_dict(path: Path, content: Any) -> Tensors:
    """The tensors of what the pickle held: a state_dict, or a training state around one."""
    for name in _WRAPPERS:
        if isinstance(content, Mapping) and isinstance(content.get(name), Mapping):
            content = content[name]
            break
    tensors = content if isinstance(content, Mapping) else {}
    found = {name: value for name, value in tensors.items() if isinstance(value, np.ndarray) and isinstance(name, str)}
    if not found:
        raise _unreadable(path, because("why-no-tensors"))
    return found


# -- the zip and its pickle


@dataclass(frozen=True)
class _Storage:
    """A flat array in which tensors lie; ``kind`` is a dtype of numpy, or bfloat16 as uint16."""

    values: np.ndarray
    kind: str


class _Allowed:
    """Stands for a name that a pickle may ask for. Without attributes, so that a pickle cannot leave any behind."""

    __slots__ = ()


class _RebuildTensor(_Allowed):
    """``torch._utils._rebuild_tensor_v2``."""

    __slots__ = ()

    def __call__(
        self, storage: _Storage, offset: int, size: tuple[int, ...], stride: tuple[int, ...], *_: Any
    ) -> np.ndarray:
        """A copy of the part of ``storage`` that begins at ``offset`` with these strides (in elements)."""
        last = offset + sum((n - 1) * step for n, step in zip(size, stride, strict=True))
        count = math.prod(size)
        if min((offset, *size, *stride)) < 0 or count > len(storage.values) or (count and last >= len(storage.values)):
            raise ValueError("a tensor lies outside its storage")
        values = storage.values
        strides = [step * values.itemsize for step in stride]
        view = np.lib.stride_tricks.as_strided(values[offset:], size, strides) if count else values[:0].reshape(size)
        return _as_float32(view, storage.kind)


class _RebuildParameter(_Allowed):
    """``torch._utils._rebuild_parameter``: the tensor itself."""

    __slots__ = ()

    def __call__(self, data: np.ndarray, *_: Any) -> np.ndarray:
        return data


class _TorchSize(_Allowed):
    """``torch.Size``."""

    __slots__ = ()

    def __call__(self, size: Any = ()) -> tuple[int, ...]:
        return tuple(size)


class _StorageType(str):
    """``torch.FloatStorage`` and the like, by name."""

    __slots__ = ()


_NAMES: dict[tuple[str, str], Any] = {
    ("collections", "OrderedDict"): OrderedDict,
    ("torch._utils", "_rebuild_tensor_v2"): _RebuildTensor(),
    ("torch._utils", "_rebuild_parameter"): _RebuildParameter(),
    ("torch", "Size"): _TorchSize(),
    **{("torch", name): _StorageType(name) for name in _STORAGES},
}


class _TensorUnpickler(pickle.Unpickler):
    """Reads ``data.pkl``; ``archive`` holds the storages under ``folder``."""

    def __init__(self, stream: IO[bytes], archive: zipfile.ZipFile, folder: str, path: Path) -> None:
        super().__init__(stream, encoding="utf-8")
        self._archive = archive
        self._folder = folder
        self._path = path
        self._storages: dict[str, _Storage] = {}

    def find_class(self, module: str, name: str) -> Any:
        """What stands for ``module.name``. Raises: OcsiaError ``checkpoint-forbidden``."""
        try:
            return _NAMES[module, name]
        except KeyError:
            raise OcsiaError("checkpoint-forbidden", path=self._path, name=f"{module}.{name}") from None

    def persistent_load(self, pid: Any) -> _Storage:
        """The storage of ``('storage', type, key, device, number of elements)``; tensors may share one."""
        tag, kind, key, _, count = pid
        if tag != "storage" or not isinstance(kind, _StorageType):
            raise ValueError(f"unknown reference {tag!r}")
        if key not in self._storages:
            dtype = _STORAGES[kind]
            raw = np.dtype("<u2" if dtype == _BFLOAT16 else dtype)
            data = self._archive.read(f"{self._folder}data/{key}")
            if len(data) < count * raw.itemsize:
                raise ValueError(f"storage {key} is too short")
            self._storages[key] = _Storage(np.frombuffer(data, raw, count), dtype)
        return self._storages[key]


def _read_zip(path: Path) -> Any:
    """What ``data.pkl`` holds, with arrays for tensors."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        pickles = [name for name in names if name == "data.pkl" or name.endswith("/data.pkl")]
        if len(pickles) != 1:
            raise _unreadable(path, because("why-not-torch"))
        folder = pickles[0][: -len("data.pkl")]
        if f"{folder}constants.pkl" in names:
            raise _unreadable(path, because("why-torchscript"))
        if f"{folder}byteorder" in names and archive.read(f"{folder}byteorder") != b"little":
            raise ValueError("its bytes are big-endian")
        if any(info.compress_type != zipfile.ZIP_STORED for info in archive.infolist()):
            # PyTorch never compresses; what is compressed could unfold to any size.
            raise ValueError("its entries are compressed")
        with archive.open(pickles[0]) as stream:
            return _TensorUnpickler(stream, archive, folder, path).load()


# -- safetensors: the length of a JSON header, the header, the bytes. Read here, because its own library has no bfloat16
# -- without PyTorch.


def _read_safetensors(path: Path) -> Tensors:
    with open(path, "rb") as stream:
        size = int.from_bytes(stream.read(8), "little")
        if size > path.stat().st_size - 8:
            raise _unreadable(path, because("why-truncated"))
        header = json.loads(stream.read(size))
        body = stream.read()
    header.pop("__metadata__", None)
    if not header:
        raise _unreadable(path, because("why-no-tensors"))
    tensors: Tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        kind = _SAFETENSORS[entry["dtype"]]
        raw = np.dtype("<u2" if kind == _BFLOAT16 else kind)
        if end > len(body):
            raise _unreadable(path, because("why-truncated"))
        if not 0 <= begin <= end or end - begin != math.prod(entry["shape"]) * raw.itemsize:
            raise ValueError(f"{name} has not the size of its shape")
        values = np.frombuffer(body, raw, math.prod(entry["shape"]), begin) if end > begin else np.empty(0, raw)
        tensors[name] = _as_float32(values.reshape(entry["shape"]), kind)
    return tensors


def _as_float32(values: np.ndarray, kind: str) -> np.ndarray:
    """A copy in C order, float32 where the tensor is of floating point."""
    if kind == _BFLOAT16:
        return np.asarray(values.astype(np.uint32) << 16, np.uint32).view(np.float32)
    return np.array(values, np.float32 if values.dtype.kind == "f" else values.dtype, order="C")
