"""Which device a session runs on, and what it says about it."""

from __future__ import annotations

import sys

import onnxruntime
import pytest

from ocsia_plugin.engine.dalles import plan
from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.events import Events
from ocsia_plugin.engine.jobs import DallesJob
from ocsia_plugin.engine.runtime.session import OnnxSession

without_gpu = pytest.mark.skipif(
    "CUDAExecutionProvider" in onnxruntime.get_available_providers(), reason="this ONNX Runtime knows GPUs"
)


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


def test_a_resumed_territory_keeps_its_tile_whatever_the_memory(tmp_path, monkeypatch):
    job = DallesJob(input="x.tif", output=str(tmp_path / "out"))
    monkeypatch.setattr(plan, "memory_for", lambda device, processes: 1 << 40)
    plan.settle(job, [])
    first = plan.settled_core(job)
    monkeypatch.setattr(plan, "memory_for", lambda device, processes: 1 << 20)
    plan.settle(job, [])
    assert plan.settled_core(job) == first == (1536, 1536)
