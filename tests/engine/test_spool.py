"""Rasters whose windows come while the job runs: asked for, waited for, and given up with a sentence."""

from __future__ import annotations

import json
import threading
import time

import numpy as np
import pytest
import rasterio
from spools import Asking, write_spool

from ocsia_plugin.engine.errors import Cancelled, OcsiaError
from ocsia_plugin.engine.grid import Window
from ocsia_plugin.engine.jobs import ComposeOrthoJob
from ocsia_plugin.engine.ortho import spool
from ocsia_plugin.engine.ortho.compose import run
from ocsia_plugin.engine.ortho.opening import open_image

SIDE = 100
WEST, NORTH, GSD = 650_000.0, 6_862_000.0, 0.2


@pytest.fixture()
def sheet(tmp_path):
    """A virtual raster of 3 x 2 windows, the last of which nobody wants, and what lays them down."""
    pixels = np.random.default_rng(3).integers(1, 255, (3, 2 * SIDE, 3 * SIDE), dtype=np.uint8)
    path = tmp_path / "INPUT.vrt"
    return path, pixels, write_spool(path, tmp_path, pixels, (WEST, NORTH), GSD, SIDE, skip=[(2, 1)])


def settled(path, events):
    source = open_image(str(path))
    source.settle(source.grid, source.crs, (0, 1, 2))
    source.follow(events)
    return source


def test_windows_are_asked_for_in_advance_and_waited_for(sheet):
    path, pixels, lay_down = sheet
    events = Asking()
    source = settled(path, events)
    source.ahead(Window(10, 10, 50, 50))
    assert [name[-9:] for name in events.asked] == ["c0_r0.tif"]
    source.ahead(Window(10, 10, 150, 50))
    assert [name[-9:] for name in events.asked[1:]] == ["c1_r0.tif"]

    def late():
        for name in list(events.asked):
            time.sleep(0.1)
            lay_down(name)

    thread = threading.Thread(target=late)
    start = time.monotonic()
    thread.start()
    found, valid = source.read(Window(10, 10, 150, 50))
    thread.join()
    assert time.monotonic() - start >= 0.2
    assert valid.all()
    assert np.array_equal(found, pixels[:, 10:60, 10:160])
    assert len(events.asked) == 2
    source.close()


def test_a_window_that_the_cache_has_lost_is_asked_for_again(sheet):
    path, pixels, lay_down = sheet
    events = Asking(lay_down)
    source = settled(path, events)
    for _ in range(2):
        found, _ = source.read(Window(10, 10, 50, 50))
        assert np.array_equal(found, pixels[:, 10:60, 10:60])
        path.with_name("c0_r0.tif").unlink()
    assert len(events.asked) == 2
    source.close()


def test_what_nobody_wants_has_no_data(sheet):
    path, _, lay_down = sheet
    source = settled(path, Asking(lay_down))
    _, valid = source.read(Window(0, 0, 3 * SIDE, 2 * SIDE))
    assert valid[:SIDE].all() and valid[:, : 2 * SIDE].all() and not valid[SIDE:, 2 * SIDE :].any()
    source.close()


def test_the_reason_why_no_window_comes_is_raised(sheet):
    path, _, _ = sheet

    def give_up(name):
        reason = {"code": "service-network", "params": {"host": "a.fr", "layer": "l", "reason": "refused"}}
        path.with_name("INPUT.vrt.spool.error").write_text(json.dumps(reason))

    source = settled(path, Asking(give_up))
    with pytest.raises(OcsiaError, match=r"a\.fr \(layer 'l'\) cannot be reached .*refused") as caught:
        source.read(Window(0, 0, 50, 50))
    assert caught.value.code == "service-network"
    source.close()


def test_cancelling_ends_the_wait(sheet):
    events = Asking()
    source = settled(sheet[0], events)
    threading.Timer(0.2, events.cancel.set).start()
    start = time.monotonic()
    with pytest.raises(Cancelled):
        source.read(Window(0, 0, 50, 50))
    assert time.monotonic() - start < 1
    source.close()


def test_silence_ends_the_wait(sheet, monkeypatch):
    monkeypatch.setattr(spool, "PATIENCE_SECONDS", 0.2)
    source = settled(sheet[0], Asking())
    with pytest.raises(OcsiaError, match="The images of mes images no longer come"):
        source.read(Window(0, 0, 50, 50))
    source.close()


def test_a_job_over_windows(sheet, tmp_path):
    path, pixels, lay_down = sheet
    events = Asking(lay_down)
    (tmp_path / "out").mkdir()
    output = str(tmp_path / "out" / "o.tif")
    extent = (WEST + 2, NORTH - 38, WEST + 38, NORTH - 2)
    assert run(ComposeOrthoJob(input=str(path), output=output, extent=extent), events) == {"OUTPUT": output}
    with rasterio.open(output) as result:
        assert np.array_equal(result.read(), pixels[:, 10:190, 10:190])
        assert result.tags()["OCSIA_ATTRIBUTION"] == "IGN"
    assert sorted(name[-9:] for name in events.asked) == ["c0_r0.tif", "c0_r1.tif", "c1_r0.tif", "c1_r1.tif"]
