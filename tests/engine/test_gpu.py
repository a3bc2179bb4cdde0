"""On a real GPU (``make test-gpu``): it computes what the CPU does, and a card that is full ends nothing."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import onnxruntime
import pytest

from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.events import Events
from ocsia_plugin.engine.grid import Window
from ocsia_plugin.engine.jobs import PredictJob
from ocsia_plugin.engine.patient import Tile, infer
from ocsia_plugin.engine.runtime import tensorrt
from ocsia_plugin.engine.runtime.devices import GPU_PROVIDER
from ocsia_plugin.engine.runtime.opening import CUDA
from ocsia_plugin.engine.runtime.session import OnnxSession
from ocsia_plugin.engine.tiling import WHOLE

pytestmark = pytest.mark.skipif(
    GPU_PROVIDER not in onnxruntime.get_available_providers() or shutil.which("nvidia-smi") is None,
    reason="no NVIDIA GPU, or an engine without CUDA",
)


@pytest.fixture(scope="module")
def on_gpu(card) -> OnnxSession:
    return OnnxSession(card, "gpu", Events())


def images(count: int, side: int = 512) -> np.ndarray:
    """Noise seen from afar: uint8 (N, 3, side, side) with areas of one colour."""
    coarse = np.random.default_rng(7).integers(0, 256, (count, 3, side // 32, side // 32), np.uint8)
    return coarse.repeat(32, 2).repeat(32, 3)


def test_auto_takes_the_gpu_and_says_so(card):
    session = OnnxSession(card, "auto", Events())
    assert session.provider == GPU_PROVIDER and session.on_gpu and session.at_once > 1


def test_it_computes_what_the_cpu_does(on_gpu, card):
    some = images(4)
    one, other = on_gpu.probabilities(some), OnnxSession(card, "cpu", Events()).probabilities(some)
    assert one.shape == other.shape
    assert (one.argmax(1) == other.argmax(1)).mean() >= 0.999
    assert np.abs(one.astype(int) - other).max() <= 3


def test_threads_that_share_a_session_get_each_its_own(on_gpu):
    """As those of a Dask worker with several do."""
    some = [images(1), 255 - images(1)]
    alone = [on_gpu.probabilities(image) for image in some]
    with ThreadPoolExecutor(2) as pool:
        for found, image in zip(pool.map(on_gpu.probabilities, some * 20), alone * 20):
            assert np.abs(found.astype(int) - image).max() <= 1


def test_results_stay_when_the_next_tile_comes(on_gpu):
    first = on_gpu.probabilities(images(2))
    kept = first.copy()
    on_gpu.probabilities(255 - images(2))
    on_gpu.release()
    assert np.array_equal(first, kept)


def test_a_full_card_halves_the_batch_and_goes_on(card):
    name, options = CUDA
    little = [(name, {**options, "gpu_mem_limit": 512 << 20}), "CPUExecutionProvider"]
    session = OnnxSession(card, "gpu", Events(), providers=little)
    core = Window(0, 0, 768, 768)
    window = WHOLE.tile_around(core, card)
    tile = Tile(core, window, images(1, window.width)[0])
    found = infer(session, [tile] * 16, WHOLE, Events())
    assert len(found) == 16 and session.at_once < 16
    (whole,) = infer(OnnxSession(card, "gpu", Events()), [tile], WHOLE, Events())
    assert all(np.abs(whole.astype(int) - one).max() <= 3 for one in found)


def test_a_prediction_runs_on_it(town_tif, run, read, tmp_path):
    job = PredictJob(input=town_tif, classes=str(tmp_path / "gpu.tif"), device="gpu")
    done = run(job)
    assert done.params("info-device")["provider"] == GPU_PROVIDER
    run(replace(job, classes=str(tmp_path / "cpu.tif"), device="cpu"))
    one, other = (read(str(tmp_path / f"{name}.tif"))[0] for name in ("gpu", "cpu"))
    assert (one == other).mean() >= 0.999


def test_auto_precision_decides_and_says_so(town_tif, run, tmp_path):
    done = run(PredictJob(input=town_tif, classes=str(tmp_path / "c.tif"), device="gpu", precision="auto"))
    assert any("precision" in code for code in done.codes("info") + done.codes("warning"))


@pytest.mark.skipif(not tensorrt.is_at_hand(), reason="TensorRT is not installed")
def test_tensorrt_agrees_and_is_refused_where_it_does_not_run(card, on_gpu, tmp_path, monkeypatch):
    monkeypatch.setenv("OCSIA_MODELS", str(tmp_path / "models"))
    tensorrt.without_options(card.file, tmp_path / "model.onnx")
    copy = replace(card, file=tmp_path / "model.onnx", sha256=None)
    providers = tensorrt.providers(card, on_gpu.input, on_gpu.smallest, (2, 3, 512, 512))
    try:
        session = OnnxSession(copy, "gpu", Events(), providers=providers)
    except OcsiaError as error:
        pytest.fail(f"{error}")
    some = images(2)
    assert (session.probabilities(some).argmax(1) == on_gpu.probabilities(some).argmax(1)).mean() >= 0.985
