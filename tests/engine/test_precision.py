"""Fewer bits: copies of the bundled model, what a probe finds of them, and which one then runs."""

from __future__ import annotations

import importlib.util
import sys
import weakref
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio
from broken import cannot_run

from ocsia_plugin.engine import probing
from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.events import Events
from ocsia_plugin.engine.grid import Window, spread
from ocsia_plugin.engine.jobs import PredictJob
from ocsia_plugin.engine.predict import run
from ocsia_plugin.engine.runtime import precision
from ocsia_plugin.engine.runtime.precision import Probe, Sample, lighter, probed, to_float16, to_int8
from ocsia_plugin.engine.runtime.session import OnnxSession

TOWN = str(Path(__file__).resolve().parents[2] / "resources/sample/ortho_rvb.tif")
EXTENT = (500000.0, 6289800.0, 500204.8, 6290000.0)
SIDE, HALO = 256, 128
MOST = (1, 3, SIDE + 2 * HALO, SIDE + 2 * HALO)

has_onnx = importlib.util.find_spec("onnx") is not None
needs_onnx = pytest.mark.skipif(not has_onnx, reason="copies in fewer bits need the package onnx")


class Heard(Events):
    """Keeps codes and parameters."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[tuple[str, dict]] = []

    def emit(self, event: str, **content) -> None:
        if "code" in content:
            self.said.append((content["code"], content["params"]))

    @property
    def codes(self) -> list[str]:
        return [code for code, _ in self.said]


@pytest.fixture(scope="module")
def session(card) -> OnnxSession:
    return OnnxSession(card, "cpu", Events())


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    core, size = (slice(0, SIDE),) * 2, SIDE + 2 * HALO
    places = [(0, 0), (1488, 1988), (700, 300), (300, 1500)]
    with rasterio.open(TOWN) as source:
        images = [source.read(window=rasterio.windows.Window(col, row, size, size)) for row, col in places]
    return [Sample(image, core, np.ones((SIDE, SIDE), bool)) for image in images]


@pytest.mark.parametrize(
    ("agreement", "gain", "passed"), [(0.985, 1.1, True), (0.9849, 3.0, False), (1.0, 1.09, False), (0.0, 0.0, False)]
)
def test_a_copy_has_to_be_both_good_and_fast(agreement, gain, passed):
    assert Probe(agreement, gain).passed is passed


def test_squares_are_spread_evenly():
    windows = [Window(col, 0, 1, 1) for col in range(10)]
    assert [w.col for w in spread(windows, 4)] == [0, 3, 6, 9]
    assert spread(windows, 1) == windows[:1]
    assert spread(windows, 20) == windows
    assert spread([], 3) == []


def test_a_small_image_is_not_probed(session, samples):
    heard = Heard()
    assert lighter(session, samples[:3], MOST, heard) is session
    assert heard.codes == ["info-precision-small"]


def test_without_onnx_it_is_float32_and_the_log_says_so(session, samples, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnx", None)  # importing it fails, as where it is not installed
    heard = Heard()
    assert lighter(session, samples, MOST, heard) is session
    assert heard.codes == ["warn-precision-onnx"]


def test_an_unknown_precision_is_refused(tmp_path):
    with pytest.raises(OcsiaError, match="precision is one of float32, auto"):
        run(PredictJob(input=TOWN, classes=str(tmp_path / "c.tif"), precision="int4"), Events())


def test_a_model_against_itself_is_the_same_and_no_faster(session, samples):
    probe = probed(session, session, samples[:1], Events())
    assert probe.agreement == 1


@needs_onnx
def test_float16_gives_the_classes_of_float32(session, samples, tmp_path, card):
    to_float16(card.file, tmp_path / "half.onnx")
    assert (tmp_path / "half.onnx").stat().st_size < 0.6 * card.file.stat().st_size
    half = OnnxSession(replace(card, file=tmp_path / "half.onnx", sha256=None), "cpu", Events())
    exact, close = (one.probabilities(samples[0].image[None]).astype(int) for one in (session, half))
    assert np.abs(exact - close).max() <= 8
    assert (exact.argmax(1) == close.argmax(1)).mean() >= precision.ENOUGH


@needs_onnx
def test_int8_runs_in_int8_and_few_layers_agree(session, samples, tmp_path, card):
    import onnx

    target = tmp_path / "few.onnx"
    to_int8(card.file, target, session.input, [samples[0].image], 0.1)
    assert "QuantizeLinear" in {node.op_type for node in onnx.load(str(target)).graph.node}
    copy = OnnxSession(replace(card, file=target, sha256=None), "cpu", Events())
    assert 0.97 < probed(session, copy, samples[1:2], Events()).agreement < 1


@needs_onnx
@pytest.mark.parametrize(("enough", "chosen"), [(0.5, "int8"), (1.0, "float32")])
def test_the_probe_decides(enough, chosen, session, samples, monkeypatch):
    monkeypatch.setattr(precision, "ENOUGH", enough)
    monkeypatch.setattr(precision, "GAIN", 0.0)  # how fast this machine is, is no test
    heard = Heard()
    found = lighter(session, samples, MOST, heard)
    assert found.precision == chosen
    assert found.device.endswith("/int8") is (chosen == "int8")
    last, params = heard.said[-1]
    if chosen == "int8":
        assert last == "info-precision-used" and params["count"] == 2 and params["agreement"] >= 50
        assert found.probabilities(samples[0].image[None]).shape == (1, 15, SIDE, SIDE)
    else:
        assert found is session
        assert heard.codes == ["info-precision-left", "info-precision-left", "info-precision-float32"]


@needs_onnx
def test_a_copy_that_fails_is_a_warning(session, samples, monkeypatch):
    def broken(*_: object) -> None:
        raise ValueError("no such operator\nand more")

    monkeypatch.setattr(precision, "to_int8", broken)
    heard = Heard()
    assert lighter(session, samples, MOST, heard) is session
    assert heard.said[0] == ("warn-precision-failed", {"name": "int8", "reason": "no such operator"})


@needs_onnx
def test_a_copy_that_opens_and_cannot_run_is_a_warning_and_gone(session, samples, monkeypatch):
    """As on a graphics card; what ONNX Runtime then raises is no ``RuntimeError``."""

    def opened(copy: precision.Copy, session: OnnxSession) -> OnnxSession:
        assert not any(one() for one in copies), "the copy before still holds memory"
        copies.append(weakref.ref(found := original(copy, session)))
        return found

    original, copies, heard = precision._opened, [], Heard()
    monkeypatch.setattr(precision, "to_int8", cannot_run)
    monkeypatch.setattr(precision, "_opened", opened)
    assert lighter(session, samples, MOST, heard) is session
    assert heard.codes == ["warn-precision-failed", "warn-precision-failed", "info-precision-float32"]
    assert "Reshape" in heard.said[0][1]["reason"] and len(copies) == 2


@pytest.mark.parametrize(("tile", "largest"), [(256, 512 + 2 * HALO), (1024, 1024 + 2 * HALO)])
def test_a_copy_is_told_of_the_largest_tile_that_it_will_see(tile, largest, tmp_path, monkeypatch):
    """TensorRT refuses what is larger than it was told: tiles, and the squares of the probe."""
    seen = []

    def told(session: OnnxSession, samples: list[Sample], most: tuple[int, ...], events: Events) -> OnnxSession:
        seen.append((most, max(sample.image.shape for sample in samples)))
        return session

    monkeypatch.setattr(probing, "lighter", told)
    job = PredictJob(input=TOWN, extent=EXTENT, classes=str(tmp_path / "c.tif"), device="cpu", precision="auto")
    run(replace(job, tile=tile), Events())
    assert seen == [((1, 3, largest, largest), (3, 768, 768))]


def test_a_prediction_says_in_what_it_ran(tmp_path):
    heard, target = Heard(), str(tmp_path / "c.tif")
    run(PredictJob(input=TOWN, extent=EXTENT, classes=target, device="cpu", precision="auto"), heard)
    assert any("precision" in code for code in heard.codes)
    with rasterio.open(target) as result:
        assert result.tags()["OCSIA_PRECISION"] in ("float32", "int8", "int8/float32")
