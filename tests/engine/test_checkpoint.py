"""The reader of checkpoints: what PyTorch writes, and what must not be run or believed."""

from __future__ import annotations

import io
import json
import os
import pickle
import pickletools
import zipfile
from collections import OrderedDict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.models.checkpoint import read_checkpoint
from tools import ign_files

SAMPLE = Path(__file__).resolve().parents[1] / "golden" / "torch.pth"
COUNT = np.arange(24, dtype=np.float32)


def refused(path, code="checkpoint-unreadable"):
    with pytest.raises(OcsiaError) as refusal:
        read_checkpoint(path)
    assert refusal.value.code == code
    assert str(path) in str(refusal.value)
    return refusal.value


def why(error):
    return error.params["reason"]["code"]


def archive(path, content: bytes, **entries: bytes):
    """A checkpoint whose pickle is ``content``."""
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("archive/data.pkl", content)
        for name, data in entries.items():
            out.writestr(f"archive/{name}", data)
    return path


# -- what torch.save writes


def test_what_torch_wrote_is_read():
    tensors = read_checkpoint(SAMPLE)
    expected = {
        "float": COUNT.reshape(2, 3, 4),
        "transposed": COUNT.reshape(4, 6).T,
        "shared": COUNT[6:18].reshape(3, 4),
        "every_second": COUNT[::2],
        "double": COUNT,
        "half": COUNT,
        "bfloat16": COUNT,
        "long": np.array(7),
        "flag": np.array([True, False]),
        "empty": np.empty((0, 3), np.float32),
        "scalar_bfloat16": np.array(3, np.float32),
        "parameter": COUNT[:2],
    }
    assert list(tensors) == list(expected)
    for name, values in expected.items():
        assert tensors[name].shape == values.shape, name
        assert np.array_equal(tensors[name], values), name
        assert tensors[name].flags.c_contiguous, name
        if values.dtype.kind == "f":
            assert tensors[name].dtype == np.float32, name


def test_tensors_that_share_a_storage_are_stored_once(tmp_path):
    values = COUNT.copy()
    path = ign_files.save(tmp_path / "m.pth", {"a": values, "b": values})
    with zipfile.ZipFile(path) as file:
        assert [n for n in file.namelist() if "/data/" in n] == ["archive/data/0"]
    tensors = read_checkpoint(path)
    assert np.array_equal(tensors["a"], COUNT) and np.array_equal(tensors["b"], COUNT)


@pytest.mark.parametrize("wrapper", ["state_dict", "model_state_dict"])
def test_the_weights_inside_a_training_state(wrapper, tmp_path):
    content = {wrapper: OrderedDict(w=COUNT.copy()), "epoch": 3, "optimizer": {"lr": 0.1}}
    assert list(read_checkpoint(ign_files.save(tmp_path / "m.ckpt", content))) == ["w"]


# -- what must not be run


class Evil:
    def __init__(self, *call):
        self.call = call

    def __reduce__(self):
        return self.call


@pytest.mark.parametrize("protocol", [0, 2, 4, 5])
@pytest.mark.parametrize(
    "make",
    [
        lambda mark: Evil(os.system, (f"touch {mark}",)),
        lambda mark: Evil(eval, (f"open({str(mark)!r}, 'w')",)),
        lambda mark: Evil(exec, (f"open({str(mark)!r}, 'w')",)),
        lambda mark: Evil(getattr, (Path(mark), "touch")),
        lambda mark: OrderedDict(w=[Evil(Path, (str(mark),))]),
    ],
    ids=["system", "eval", "exec", "getattr", "nested"],
)
def test_a_malicious_pickle_is_refused_by_name_and_not_run(make, protocol, tmp_path):
    mark = tmp_path / "mark"
    path = archive(tmp_path / "m.pth", pickle.dumps({"state_dict": make(mark)}, protocol=protocol))
    error = refused(path, "checkpoint-forbidden")
    asked = error.params["name"]
    assert asked.split(".")[0] in ("posix", "nt", "builtins", "__builtin__", "pathlib")
    assert asked in str(error)
    assert not mark.exists()


@pytest.mark.parametrize(
    "name",
    [b"torch\nload", b"torch\nhub", b"numpy\nload", b"collections\nnamedtuple", b"torch._utils\n_rebuild_tensor_v3"],
)
def test_other_names_of_familiar_modules_are_refused(name, tmp_path):
    error = refused(archive(tmp_path / "m.pth", b"c" + name + b"\n."), "checkpoint-forbidden")
    assert error.params["name"] == name.decode().replace("\n", ".")


def test_a_whole_module_is_refused_with_its_class(tmp_path):
    path = archive(tmp_path / "m.pth", b"csegmentation_models_pytorch.decoders.unet.model\nUnet\n)\x81.")
    assert "segmentation_models_pytorch.decoders.unet.model.Unet" in str(refused(path, "checkpoint-forbidden"))


@pytest.mark.parametrize(
    "tail",
    [
        b"}(Vx\nI1\nub.",  # state into the dictionary of the name
        b"N}(Vx\nI1\nu\x86b.",  # and into its attributes
    ],
)
@pytest.mark.parametrize(
    "name", [b"torch._utils\n_rebuild_tensor_v2", b"collections\nOrderedDict", b"torch\nFloatStorage"]
)
def test_a_pickle_cannot_leave_anything_on_an_allowed_name(name, tail, tmp_path):
    content = b"\x80\x02c" + name + b"\n" + tail
    pickletools.dis(content, out=io.StringIO())  # it is well formed
    assert why(refused(archive(tmp_path / "m.pth", content))) == "why-damaged"


# -- what must not be believed


def test_a_file_that_is_missing(tmp_path):
    assert why(refused(tmp_path / "nowhere.pth")) == "why-no-file"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "why-not-torch"),
        (b"\x89PNG\r\n", "why-not-torch"),
        (b"<!DOCTYPE html><title>404</title>", "why-not-torch"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:e7be\nsize 97957843\n", "why-lfs-pointer"),
        (b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M\xe9\x03.", "why-legacy-torch"),
        (b"PK\x03\x04 and then nothing", "why-truncated"),
    ],
    ids=["empty", "png", "html", "lfs", "legacy", "stub"],
)
def test_what_is_no_checkpoint(content, reason, tmp_path):
    path = tmp_path / "m.pth"
    path.write_bytes(content)
    assert why(refused(path)) == reason


def test_a_truncated_file(tmp_path):
    path = ign_files.save(tmp_path / "m.pth", {"w": COUNT.copy(), "v": COUNT + 1})
    whole = path.read_bytes()
    for size in range(4, len(whole), 17):
        path.write_bytes(whole[:size])
        assert why(refused(path)) == "why-truncated"


def test_a_zip_of_something_else(tmp_path):
    path = tmp_path / "m.pth"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("word/document.xml", "<w/>")
    assert why(refused(path)) == "why-not-torch"


def test_a_torchscript_program(tmp_path):
    path = archive(tmp_path / "m.pt", pickle.dumps({}), **{"constants.pkl": b""})
    assert why(refused(path)) == "why-torchscript"


@pytest.mark.parametrize("content", [{}, [], None, 3, {"a": 1}, {"state_dict": {}}, [COUNT], {3: COUNT}])
def test_no_tensors_by_name(content, tmp_path):
    assert why(refused(ign_files.save(tmp_path / "m.pth", content))) == "why-no-tensors"


def rewritten(path, tmp_path, change, **options):
    """A copy of a checkpoint with some entries changed."""
    copy = tmp_path / "copy.pth"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w", **options) as out:
        for name in source.namelist():
            out.writestr(name, change.get(name.split("/", 1)[1], lambda data: data)(source.read(name)))
    return copy


@pytest.fixture
def checkpoint(tmp_path):
    return ign_files.save(tmp_path / "m.pth", {"w": COUNT.reshape(4, 6).copy()})


def test_a_storage_that_is_too_short(checkpoint, tmp_path):
    assert why(refused(rewritten(checkpoint, tmp_path, {"data/0": lambda data: data[:-1]}))) == "why-damaged"


def test_a_tensor_that_claims_more_than_its_storage(checkpoint, tmp_path):
    for size in (b"K\x05K\x06", b"K\xffK\x06"):
        path = rewritten(checkpoint, tmp_path, {"data.pkl": lambda d, size=size: d.replace(b"K\x04K\x06", size, 1)})
        assert why(refused(path)) == "why-damaged"


def test_big_endian_bytes(checkpoint, tmp_path):
    assert why(refused(rewritten(checkpoint, tmp_path, {"byteorder": lambda _: b"big"}))) == "why-damaged"


def test_compressed_entries(checkpoint, tmp_path):
    path = rewritten(checkpoint, tmp_path, {}, compression=zipfile.ZIP_DEFLATED)
    assert why(refused(path)) == "why-damaged"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(data=st.data())
def test_a_damaged_pickle_is_refused_or_read_but_nothing_else(data, checkpoint, tmp_path):
    with zipfile.ZipFile(checkpoint) as file:
        content = bytearray(file.read("archive/data.pkl"))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = rewritten(checkpoint, tmp_path, {"data.pkl": lambda _: bytes(content)})
    try:
        assert all(isinstance(v, np.ndarray) for v in read_checkpoint(path).values())
    except OcsiaError as error:
        assert error.code.startswith("checkpoint-")


# -- safetensors


def safetensors(path, header, body=b"", length=None):
    text = json.dumps(header).encode()
    path.write_bytes((len(text) if length is None else length).to_bytes(8, "little") + text + body)
    return path


def entry(dtype, shape, begin, end):
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


def test_safetensors(tmp_path):
    half = np.arange(4, dtype="<f2")
    bfloat = (np.arange(3, dtype="<f4").view("<u4") >> 16).astype("<u2")
    header = {
        "__metadata__": {"format": "pt"},
        "w": entry("F32", [4, 6], 0, 96),
        "h": entry("F16", [4], 96, 104),
        "b": entry("BF16", [3, 1], 104, 110),
        "n": entry("I64", [], 110, 118),
        "e": entry("F32", [0], 118, 118),
    }
    body = COUNT.tobytes() + half.tobytes() + bfloat.tobytes() + np.int64(7).tobytes()
    tensors = read_checkpoint(safetensors(tmp_path / "m.safetensors", header, body))
    assert np.array_equal(tensors["w"], COUNT.reshape(4, 6))
    assert np.array_equal(tensors["h"], half) and tensors["h"].dtype == np.float32
    assert np.array_equal(tensors["b"], [[0], [1], [2]])
    assert tensors["n"] == 7 and tensors["e"].shape == (0,)


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ({}, "why-no-tensors"),
        ({"w": entry("F32", [25], 0, 100)}, "why-truncated"),
        ({"w": entry("F32", [25], 0, 96)}, "why-damaged"),
        ({"w": entry("F32", [24], -96, 0)}, "why-damaged"),
        ({"w": entry("F4", [24], 0, 96)}, "why-damaged"),
        ({"w": {}}, "why-damaged"),
        ([], "why-damaged"),
    ],
)
def test_safetensors_that_lie(header, reason, tmp_path):
    assert why(refused(safetensors(tmp_path / "m.safetensors", header, COUNT.tobytes()))) == reason


@pytest.mark.parametrize("content", [b"", b"abc", b"\xff" * 8, b"\x05" + bytes(7) + b"{{{{{"])
def test_what_is_no_safetensors(content, tmp_path):
    path = tmp_path / "m.safetensors"
    path.write_bytes(content)
    refused(path)
