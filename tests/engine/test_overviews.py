"""Overviews of probabilities and confidence are means, whatever the size of the raster."""

import numpy as np
import pytest
import rasterio

from ocsia_plugin.engine.jobs import PredictJob
from ocsia_plugin.engine.products.overviews import halved


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
