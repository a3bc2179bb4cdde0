"""Which device a session runs on, and what it says about it."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from broken import cannot_run

from ocsia_plugin.engine.dalles import plan
from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.events import Events
from ocsia_plugin.engine.jobs import DallesJob
from ocsia_plugin.engine.runtime import opening, tensorrt
from ocsia_plugin.engine.runtime.session import OnnxSession

knows_gpus = "CUDAExecutionProvider" in onnxruntime.get_available_providers()
without_gpu = pytest.mark.skipif(knows_gpus, reason="this ONNX Runtime knows GPUs")
gpu_engine = pytest.mark.skipif(
    not knows_gpus or Path("/dev/nvidia0").exists(), reason="for an engine with GPU support on a machine without one"
)
has_onnx = pytest.mark.skipif(importlib.util.find_spec("onnx") is None, reason="needs the package onnx")


class Heard(Events):
    """Keeps codes and parameters."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, dict] = {}

    def emit(self, event: str, **content) -> None:
        self.said[content["code"]] = content["params"]


@without_gpu
@pytest.mark.skipif(sys.platform == "win32", reason="a program without an extension")
@pytest.mark.parametrize(("device", "warned"), [("auto", True), ("cpu", False)])
def test_a_gpu_that_this_engine_cannot_use_is_a_warning(device, warned, card, tmp_path, monkeypatch):
    tool = tmp_path / "nvidia-smi"
    tool.write_text("#!/bin/sh\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    heard = Heard()
    session = OnnxSession(card, device, heard)
    assert ("warn-device" in heard.said) is warned
    assert heard.said["info-device"]["provider"] == session.provider == "CPUExecutionProvider"
    if warned:
        assert heard.said["warn-device"]["reason"]["code"] == "why-no-gpu-build"


@without_gpu
def test_no_gpu_and_none_asked_for_is_no_warning(card, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    heard = Heard()
    OnnxSession(card, "auto", heard)
    assert list(heard.said) == ["info-device"]


@without_gpu
def test_a_gpu_that_is_asked_for_and_not_there_is_refused(card):
    with pytest.raises(OcsiaError, match="ONNX Runtime without GPU support"):
        OnnxSession(card, "gpu", Events())


@gpu_engine
def test_an_engine_for_gpus_without_one_goes_on_with_the_cpu_and_says_so(card):
    heard = Heard()
    session = OnnxSession(card, "auto", heard)
    assert session.provider == "CPUExecutionProvider" and session.at_once == 1
    assert heard.said["warn-device"]["reason"]["code"] == "why-no-cuda"
    heard = Heard()
    with pytest.raises(OcsiaError, match="NVIDIA driver is missing, or too old"):
        OnnxSession(card, "gpu", heard)
    assert not heard.said, "an error follows: nobody goes on with the CPU"


@gpu_engine
def test_a_broken_model_is_not_blamed_on_the_gpu(card, tmp_path):
    broken = tmp_path / "model.onnx"
    broken.write_bytes(b"no model")
    with pytest.raises(OcsiaError) as refused:
        OnnxSession(replace(card, file=broken, sha256=None), "gpu", Events())
    assert refused.value.code == "model-not-onnx"


@pytest.fixture
def other_device(monkeypatch) -> str:
    """A second device, which opens what the CPU opens and leaves the work to it, as a GPU of this engine."""
    name = "AzureExecutionProvider"
    if name not in onnxruntime.get_available_providers():
        pytest.skip(f"this ONNX Runtime lacks {name}")
    monkeypatch.setattr(opening, "GPU_PROVIDER", name)
    monkeypatch.setattr(opening, "CUDA", (name, {}))
    return name


def test_a_device_that_works_is_taken(other_device, card):
    heard = Heard()
    assert OnnxSession(card, "auto", heard).provider == other_device
    assert list(heard.said) == ["info-device"]


@has_onnx
def test_a_device_that_opens_a_model_and_cannot_run_it_does_not_work(other_device, card, tmp_path):
    """As a graphics card newer than what ONNX Runtime was compiled for."""
    cannot_run(card.file, tmp_path / "model.onnx")
    broken = replace(card, file=tmp_path / "model.onnx", sha256=None)
    heard = Heard()
    assert OnnxSession(broken, "auto", heard).provider == "CPUExecutionProvider"
    assert "Reshape" in heard.said["warn-device"]["reason"]
    with pytest.raises(OcsiaError) as refused:
        OnnxSession(broken, "gpu", Events())
    assert refused.value.code == "device-unavailable" and "Reshape" in refused.value.params["reason"]


def test_a_model_that_is_not_that_of_its_card_is_not_blamed_on_the_gpu(other_device, card):
    with pytest.raises(OcsiaError) as refused:
        OnnxSession(replace(card, bands=("R", "V")), "gpu", Events())
    assert refused.value.code == "model-card-mismatch"


def test_several_tiles_at_once_are_each_as_alone(card):
    session = OnnxSession(card, "cpu", Events())
    images = np.random.default_rng(3).integers(0, 256, (3, 3, 384, 320), np.uint8)
    together = session.probabilities(images)
    assert together.shape == (3, 15, 384 - 256, 320 - 256)
    for image, found in zip(images, together):
        assert np.abs(session.probabilities(image[np.newaxis])[0].astype(int) - found).max() <= 1


def test_the_halo_is_left_out_by_the_graph_as_it_would_be_cut_off(card):
    image = np.random.default_rng(4).integers(0, 256, (1, 3, 384, 320), np.uint8)
    left_out = OnnxSession(card, "cpu", Events()).probabilities(image)
    whole = OnnxSession(replace(card, halo=0), "cpu", Events()).probabilities(image)
    assert np.array_equal(whole[:, :, 128:-128, 128:-128], left_out)


def test_giving_memory_back_is_a_run_that_the_model_can_do(card):
    session = OnnxSession(card, "cpu", Events())
    assert session.probabilities(np.zeros(session.smallest, np.uint8)).shape == (1, 15, card.stride, card.stride)


@has_onnx
def test_a_result_of_another_shape_is_refused(card, tmp_path):
    import onnx

    model = onnx.load(str(card.file))
    for tensor in model.graph.initializer:
        if tensor.name == "halo":  # left out twice: by the graph, and by whoever calls it a constant
            tensor.CopyFrom(onnx.helper.make_tensor("halo", onnx.TensorProto.INT64, (), [32]))
    del model.graph.input[1:]
    onnx.save(model, str(tmp_path / "model.onnx"))
    session = OnnxSession(replace(card, file=tmp_path / "model.onnx", sha256=None), "cpu", Events())
    with pytest.raises(OcsiaError) as refused:
        session.probabilities(np.zeros((1, 3, 320, 320), np.uint8))
    assert refused.value.code == "model-card-mismatch"
    assert refused.value.params["found"] == (15, 256, 256) and refused.value.params["wanted"] == (15, 320, 320)


def test_tensorrt_is_told_how_large_tiles_get(card, tmp_path, monkeypatch):
    monkeypatch.setenv("OCSIA_MODELS", str(tmp_path / "models"))
    (name, options), *others = tensorrt.providers(card, "image", (1, 5, 288, 288), (4, 5, 1792, 2304))
    assert name == "TensorrtExecutionProvider"
    assert options["trt_profile_min_shapes"] == "image:1x5x288x288"
    assert options["trt_profile_max_shapes"] == options["trt_profile_opt_shapes"] == "image:4x5x1792x2304"
    assert Path(options["trt_engine_cache_path"]).is_dir()
    assert [one if isinstance(one, str) else one[0] for one in others] == [
        "CUDAExecutionProvider",
        "CPUExecutionProvider",
    ]


def test_models_of_one_architecture_share_no_compiled_engine(card, tmp_path, monkeypatch):
    monkeypatch.setenv("OCSIA_MODELS", str(tmp_path / "models"))
    folders = set()
    for weights in (b"of one", b"of the other"):
        file = tmp_path / "model.onnx"
        file.write_bytes(weights)
        (_, options), *_ = tensorrt.providers(replace(card, file=file), "image", (1, 3, 288, 288), (1, 3, 512, 512))
        folders.add(options["trt_engine_cache_path"])
    assert len(folders) == 2


TENSORRT = """
import sys
from ocsia_plugin.engine.errors import OcsiaError, because
from ocsia_plugin.engine.events import Events
from ocsia_plugin.engine.models.catalogue import find_model
from ocsia_plugin.engine.runtime import tensorrt
from ocsia_plugin.engine.runtime.session import OnnxSession
card = find_model(sys.argv[1])
providers = tensorrt.providers(card, "image", (1, 3, 288, 288), (1, 3, 512, 512))
try:
    OnnxSession(card, "gpu", Events(), providers=providers)
except OcsiaError as error:
    print(error.code, "the-driver" if error.params["reason"] == because("why-no-cuda") else "not-the-driver")
"""


@pytest.mark.skipif(tensorrt.is_at_hand(), reason="TensorRT is installed here")
def test_tensorrt_that_does_not_run_is_refused_and_prints_nothing(card, tmp_path):
    """In a process of its own: ONNX Runtime would print to standard output, where events go."""
    environment = {**os.environ, "OCSIA_MODELS": str(tmp_path)}
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", TENSORRT, card.id]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["model-not-onnx", "not-the-driver"]


@has_onnx
def test_what_tensorrt_gets_has_no_input_that_may_be_left_out(card, tmp_path):
    tensorrt.without_options(card.file, tmp_path / "model.onnx")
    copy = OnnxSession(replace(card, file=tmp_path / "model.onnx", sha256=None), "cpu", Events())
    image = np.random.default_rng(5).integers(0, 256, (1, 3, 320, 320), np.uint8)
    assert np.array_equal(copy.probabilities(image), OnnxSession(card, "cpu", Events()).probabilities(image))


def test_a_resumed_territory_keeps_its_tile_whatever_the_memory(tmp_path, monkeypatch):
    job = DallesJob(input="x.tif", output=str(tmp_path / "out"))
    monkeypatch.setattr(plan, "memory_for", lambda device, processes: 1 << 40)
    plan.settle(job, [])
    first = plan.settled_core(job)
    monkeypatch.setattr(plan, "memory_for", lambda device, processes: 1 << 20)
    plan.settle(job, [])
    assert plan.settled_core(job) == first == (1536, 1536)
