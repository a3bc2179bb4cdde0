"""The reader: the right bytes at the right place on the grid of the result, and no byte of no data among them."""

from __future__ import annotations

from contextlib import contextmanager

import numpy as np
import pytest
from rasterio.transform import Affine

from ocsia_plugin.engine.grid import Window
from ocsia_plugin.engine.jobs import PredictJob
from ocsia_plugin.engine.ortho.opening import OrthoSources
from ocsia_plugin.engine.ortho.reader import OrthoReader
from ocsia_plugin.engine.ortho.where import Where

BANDS, FILL, GSD = ("R", "V", "B"), (124, 116, 104), 0.2
CORNER = (500000.13, 6290000.07)
"""On no multiple of any pixel size: a grid that is taken for another shows."""


@contextmanager
def reader(path, gsd=GSD, extent=None):
    job = PredictJob(input=path, extent=extent)
    with OrthoSources(job) as sources:
        yield OrthoReader(sources, BANDS, FILL, gsd, "model", Where(job))


def whole(opened):
    return opened.read(Window(0, 0, opened.grid.width, opened.grid.height))


def centres(grid):
    """Eastings and northings of the centres of a grid's pixels, relative to the corner of the image."""
    cols, rows = np.meshgrid(np.arange(grid.width), np.arange(grid.height))
    return grid.x - CORNER[0] + (cols + 0.5) * grid.dx, CORNER[1] - grid.y + (rows + 0.5) * grid.dy


def picture(gsd, function, size=12.0):
    """Bytes of a function of metres (east, south) sampled at the pixels of an image of ``size`` metres."""
    count = round(size / gsd)
    along = (np.arange(count) + 0.5) * gsd
    return np.rint(function(*np.meshgrid(along, along))).astype(np.uint8)


@pytest.mark.parametrize("gsd", [0.15, 0.25, 0.35, 0.5])
def test_a_slope_keeps_its_place_when_resampled(gsd, write_raster, tmp_path):
    """A linear ramp is the same at every pixel size; half a pixel off is two DN, rounding under half a DN."""
    east, south = (picture(gsd, lambda x, y: 5 + 19.3 * x), picture(gsd, lambda x, y: 5 + 19.3 * y))
    path = write_raster(tmp_path / "ramp.tif", np.stack([east, south, east]), gsd=gsd, corner=CORNER)
    with reader(path) as opened:
        image, valid = whole(opened)
        x, y = centres(opened.grid)
    # Away from the edges, where a resampling kernel has all its neighbours.
    inner = valid & (np.minimum(x, y) > 1.5) & (np.maximum(x, y) < 10.5)
    assert abs((image[0] - (5 + 19.3 * x))[inner].mean()) < 0.4
    assert abs((image[1] - (5 + 19.3 * y))[inner].mean()) < 0.4


@pytest.mark.parametrize("gsd", [0.15, 0.25, 0.35, 0.5])
def test_a_blob_keeps_its_centre_when_resampled(gsd, write_raster, tmp_path):
    def blob(x, y):
        return 250 * np.exp(-((x - 5.3) ** 2 + (y - 6.7) ** 2) / 2)

    path = write_raster(tmp_path / "blob.tif", np.stack([picture(gsd, blob)] * 3), gsd=gsd, corner=CORNER)
    with reader(path) as opened:
        image, _ = whole(opened)
        x, y = centres(opened.grid)
    weight = np.where(image[0] == FILL[0], 0, image[0]).astype(float) * ((x - 5.3) ** 2 + (y - 6.7) ** 2 < 16)
    assert (weight * x).sum() / weight.sum() == pytest.approx(5.3, abs=0.02)
    assert (weight * y).sum() / weight.sum() == pytest.approx(6.7, abs=0.02)


@pytest.mark.parametrize("gsd", [0.15, 0.25, 0.35, 0.5])
def test_the_grid_lies_on_multiples_of_the_models_gsd(gsd, write_raster, tmp_path):
    path = write_raster(tmp_path / "o.tif", np.full((3, 40, 50), 90, np.uint8), gsd=gsd, corner=CORNER)
    with reader(path) as opened:
        for edge in opened.grid.bounds:
            assert edge / GSD == pytest.approx(round(edge / GSD), abs=1e-4)
        assert opened.layers[0].source.gsd == pytest.approx(gsd)
        assert opened.layers[0].source.method


@pytest.mark.parametrize("gsd", [0.15, 0.25, 0.35, 0.5])
@pytest.mark.parametrize("how", ["nodata", "mask", "alpha"])
def test_no_data_does_not_bleed_when_resampled(gsd, how, write_raster, tmp_path):
    valid = np.ones((60, 60), bool)
    valid[:, 30:] = False
    image = np.where(valid, np.uint8(200), np.uint8(0))[None].repeat(3, axis=0)
    path = tmp_path / "half.tif"
    if how == "alpha":
        write_raster(path, np.concatenate([image, 255 * valid[None].astype(np.uint8)]), gsd=gsd, alpha=True)
    elif how == "nodata":
        write_raster(path, image, gsd=gsd, nodata=0)
    else:
        write_raster(path, image, gsd=gsd, mask=valid)
    with reader(str(path)) as opened:
        pixels, seen = whole(opened)
        width = opened.grid.width
    assert (pixels[:, seen] == 200).all()
    assert (pixels[:, ~seen] == np.array(FILL)[:, None]).all()
    # The border of the valid half stays where it is, to a pixel of either grid.
    assert abs(seen.sum() / opened.grid.height - 30 * gsd / GSD) <= max(1, gsd / GSD) and width > 30


def test_the_models_own_gsd_is_read_as_it_is(write_raster, tmp_path):
    image = np.random.default_rng(1).integers(0, 256, (3, 31, 43), np.uint8)
    path = write_raster(tmp_path / "o.tif", image, corner=CORNER)
    with reader(path) as opened:
        pixels, valid = whole(opened)
        assert opened.layers[0].source.method is None
        assert (opened.grid.x, opened.grid.y) == CORNER
    assert (pixels == image).all() and valid.all()


def test_a_gsd_that_is_almost_that_of_the_model_is_not_resampled(write_raster, tmp_path):
    image = np.random.default_rng(1).integers(0, 256, (3, 31, 43), np.uint8)
    with reader(write_raster(tmp_path / "o.tif", image, gsd=0.19999)) as opened:
        assert opened.layers[0].source.method is None and (whole(opened)[0] == image).all()


def test_a_south_up_raster_keeps_its_pixels_wherever_it_lies(write_raster, tmp_path):
    image = np.random.default_rng(1).integers(0, 256, (3, 30, 40), np.uint8)
    upside_down = Affine(0.2, 0, CORNER[0], 0, 0.2, CORNER[1] - 30 * 0.2)
    with reader(write_raster(tmp_path / "o.tif", image[:, ::-1], transform=upside_down)) as opened:
        pixels, valid = whole(opened)
        assert (opened.grid.x, opened.grid.y) == pytest.approx(CORNER, rel=0, abs=1e-6)
    assert valid.all() and (pixels == image).all()


@pytest.mark.parametrize("window", [Window(-7, -9, 30, 25), Window(30, 20, 40, 40), Window(-50, 0, 20, 20)])
def test_beyond_the_raster_there_is_fill_and_no_data(window, write_raster, tmp_path):
    image = np.random.default_rng(1).integers(0, 256, (3, 31, 43), np.uint8)
    with reader(write_raster(tmp_path / "o.tif", image)) as opened:
        pixels, valid = opened.read(window)
    padded = np.empty((3, 131, 143), np.uint8)
    padded[:] = np.array(FILL)[:, None, None]
    padded[:, 50:81, 50:93] = image
    place = np.s_[window.row + 50 : window.row + 50 + window.height, window.col + 50 : window.col + 50 + window.width]
    assert (pixels == padded[(slice(None), *place)]).all()
    inside = np.zeros((131, 143), bool)
    inside[50:81, 50:93] = True
    assert (valid == inside[place]).all()


@pytest.mark.parametrize("gsd", [0.2, 0.35])
def test_windows_agree_wherever_they_are_cut(gsd, write_raster, tmp_path):
    image = np.random.default_rng(2).integers(0, 256, (3, 60, 70), np.uint8)
    with reader(write_raster(tmp_path / "o.tif", image, gsd=gsd, corner=CORNER)) as opened:
        pixels, valid = whole(opened)
        part, seen = opened.read(Window(13, 21, 17, 19))
    assert (part == pixels[:, 21:40, 13:30]).all()
    assert (seen == valid[21:40, 13:30]).all()


def test_within_an_extent_the_pixels_are_the_same(write_raster, tmp_path):
    image = np.random.default_rng(2).integers(0, 256, (3, 60, 70), np.uint8)
    path = write_raster(tmp_path / "o.tif", image, corner=CORNER)
    extent = (CORNER[0] + 2.0, CORNER[1] - 8.0, CORNER[0] + 7.9, CORNER[1] - 3.1)
    with reader(path, extent=extent) as opened:
        pixels, _ = whole(opened)
    assert (pixels == image[:, 15:40, 10:40]).all()
