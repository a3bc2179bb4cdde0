"""Rasters whose windows come while the job runs: asked for, waited for, and given up with a sentence."""

from __future__ import annotations

import json
import threading
import time

import numpy as np
import pytest
import rasterio
from rasterio.transform import Affine

from ocsia_plugin.engine.errors import Cancelled, OcsiaError
from ocsia_plugin.engine.events import Events
from ocsia_plugin.engine.grid import Window
from ocsia_plugin.engine.jobs import ComposeOrthoJob
from ocsia_plugin.engine.ortho import spool
from ocsia_plugin.engine.ortho.compose import run
from ocsia_plugin.engine.ortho.opening import open_image

SIDE = 100
WEST, NORTH, GSD = 650_000.0, 6_862_000.0, 0.2


class Asking(Events):
    """Remembers what is asked for, and may lay it down."""

    def __init__(self, lay_down=lambda path: None) -> None:
        super().__init__()
        self.asked: list[str] = []
        self._lay_down = lay_down

    def emit(self, event, **content):
        if event == "need":
            self.asked += content["windows"]
            for path in content["windows"]:
                self._lay_down(path)


@pytest.fixture()
def sheet(tmp_path):
    """A virtual raster of 3 x 2 windows, the last of which nobody wants, and what lays them down."""
    pixels = np.random.default_rng(3).integers(1, 255, (3, 2 * SIDE, 3 * SIDE), dtype=np.uint8)
    places = [(col, row) for row in (0, 1) for col in (0, 1, 2)][:-1]
    names = {str(tmp_path / f"c{col}_r{row}.tif"): (col, row) for col, row in places}

    def sources(band):
        return "".join(
            f'<SimpleSource><SourceFilename relativeToVRT="0">{name}</SourceFilename><SourceBand>{band}</SourceBand>'
            f'<SourceProperties RasterXSize="{SIDE}" RasterYSize="{SIDE}" DataType="Byte" BlockXSize="{SIDE}" '
            f'BlockYSize="{SIDE}"/><SrcRect xOff="0" yOff="0" xSize="{SIDE}" ySize="{SIDE}"/>'
            f'<DstRect xOff="{col * SIDE}" yOff="{row * SIDE}" xSize="{SIDE}" ySize="{SIDE}"/></SimpleSource>'
            for name, (col, row) in names.items()
        )

    bands = "".join(
        f'<VRTRasterBand dataType="Byte" band="{band}"><ColorInterp>{colour}</ColorInterp>'
        f"{sources(band)}</VRTRasterBand>"
        for band, colour in enumerate(("Red", "Green", "Blue", "Alpha"), start=1)
    )
    path = tmp_path / "INPUT.vrt"
    path.write_text(
        f'<VRTDataset rasterXSize="{3 * SIDE}" rasterYSize="{2 * SIDE}"><SRS>EPSG:2154</SRS>'
        f"<GeoTransform>{WEST}, {GSD}, 0, {NORTH}, 0, -{GSD}</GeoTransform>{bands}</VRTDataset>"
    )
    manifest = {
        "name": "mes images",
        "attribution": "IGN",
        "windows": [[name, col * SIDE, row * SIDE, SIDE, SIDE] for name, (col, row) in names.items()],
    }
    (tmp_path / "INPUT.vrt.spool.json").write_text(json.dumps(manifest))

    def lay_down(name):
        col, row = names[name]
        profile = {"driver": "GTiff", "width": SIDE, "height": SIDE, "count": 4, "dtype": "uint8", "crs": "EPSG:2154"}
        part = name + ".part"
        transform = Affine(GSD, 0, WEST + col * SIDE * GSD, 0, -GSD, NORTH - row * SIDE * GSD)
        with rasterio.open(part, "w", transform=transform, **profile) as dataset:
            dataset.write(pixels[:, row * SIDE : (row + 1) * SIDE, col * SIDE : (col + 1) * SIDE], [1, 2, 3])
            dataset.write(np.full((SIDE, SIDE), 255, np.uint8), 4)
        (tmp_path / part).rename(name)

    return path, pixels, lay_down


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
