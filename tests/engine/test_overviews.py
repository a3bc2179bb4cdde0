"""Overviews of probabilities and confidence are means, whatever the size of the raster."""

import numpy as np
import pytest
import rasterio

from ocsia_plugin.engine.grid import Window
from ocsia_plugin.engine.jobs import PredictJob
from ocsia_plugin.engine.products.overviews import halved, with_modes


def test_two_by_two_pixels_become_their_mean_rounded_half_up():
    pixels = np.array([[[0, 1, 255, 255], [1, 0, 255, 254]]], np.uint8)
    assert halved(pixels).tolist() == [[[1, 255]]]


def test_an_odd_edge_counts_twice():
    assert halved(np.array([[[10, 20, 30]]], np.uint8)).tolist() == [[[15, 30]]]


@pytest.mark.parametrize("shape", [(700, 1100), (513, 2049)])
def test_each_level_of_a_prediction_is_the_mean_of_the_one_below(shape, run, write_raster, tmp_path):
    noise = np.random.default_rng(0).integers(0, 256, (3, *shape), np.uint8)
    source = write_raster(tmp_path / "o.tif", noise)
    out = tmp_path / "p.tif"
    run(PredictJob(input=str(source), probabilities=str(out)))
    with rasterio.open(out) as dataset:
        level = dataset.read()
        count = len(dataset.overviews(1))
    assert count >= 2
    for number in range(count):
        level = halved(level)
        with rasterio.open(out, overview_level=number) as overview:
            assert np.array_equal(overview.read(), level)


def test_overviews_of_scattered_codes_are_those_that_gdal_makes_of_the_whole(tmp_path):
    rng = np.random.default_rng(0)
    profile = {"driver": "GTiff", "width": 4096, "height": 2560, "count": 1, "dtype": "uint8", "nodata": 0}
    profile |= {"tiled": True, "blockxsize": 512, "blockysize": 512, "crs": "EPSG:2154", "sparse_ok": True}
    written = [Window(512, 1024, 512, 512), Window(3584, 2048, 512, 512)]
    profile["transform"] = rasterio.Affine(0.2, 0, 5e5, 0, -0.2, 6e6)
    with rasterio.open(tmp_path / "a.tif", "w", **profile) as file:
        for w in written:
            codes = rng.integers(0, 4, (1, w.height, w.width), np.uint8)
            file.write(codes, window=rasterio.windows.Window(w.col, w.row, w.width, w.height))
    options = {"driver": "COG", "overview_resampling": "MODE", "blocksize": 512}
    rasterio.shutil.copy(str(tmp_path / "a.tif"), str(tmp_path / "whole.tif"), **options)
    rasterio.shutil.copy(str(with_modes(tmp_path / "a.tif", written)), str(tmp_path / "parts.tif"), **options)
    for level in (0, 1, 2):
        with (
            rasterio.open(tmp_path / "whole.tif", overview_level=level) as whole,
            rasterio.open(tmp_path / "parts.tif", overview_level=level) as parts,
        ):
            expected, found = whole.read(), parts.read()
            assert found.shape == expected.shape and found.any() and (found == expected).mean() > 0.999
