"""Grids and windows: integer arithmetic that has to hold for every size."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocsia_plugin.engine.grid import Grid, Window, ceil_to, snapped_grid, tiles

SIZES = st.integers(1, 300)
WINDOWS = st.builds(Window, st.integers(-50, 300), st.integers(-50, 300), SIZES, SIZES)
# Metres of Lambert-93, to the millimetre as files hold them.
EASTINGS = st.integers(100_000_000, 1_200_000_000).map(lambda mm: mm / 1000)
NORTHINGS = st.integers(6_000_000_000, 7_100_000_000).map(lambda mm: mm / 1000)
SPANS = st.integers(1, 2_000_000).map(lambda mm: mm / 1000)
GSDS = st.sampled_from([0.1, 0.15, 0.2, 0.25, 0.3, 0.5, 1.0])


@given(width=SIZES, height=SIZES, side=st.integers(8, 128))
def test_tiles_cover_every_pixel_once(width, height, side):
    seen = np.zeros((height, width), int)
    for window in tiles(width, height, side, side):
        assert window.clipped(width, height) == window and not window.is_empty
        assert window.col % side == 0 and window.row % side == 0
        assert window.width <= side and window.height <= side
        seen[window.row : window.row + window.height, window.col : window.col + window.width] += 1
    assert (seen == 1).all()


@given(width=SIZES, height=SIZES, side=st.integers(8, 128))
def test_tiles_come_row_by_row(width, height, side):
    order = [(w.row, w.col) for w in tiles(width, height, side, side)]
    assert order == sorted(order)


@given(window=WINDOWS, margin=st.integers(0, 200))
def test_growing_adds_the_margin_on_each_side(window, margin):
    grown = window.grown(margin)
    assert (grown.col, grown.row) == (window.col - margin, window.row - margin)
    assert (grown.width, grown.height) == (window.width + 2 * margin, window.height + 2 * margin)
    assert grown.grown(-margin) == window


@given(window=WINDOWS, width=SIZES, height=SIZES)
def test_clipping_keeps_exactly_the_pixels_inside(window, width, height):
    clipped = window.clipped(width, height)
    columns = set(range(window.col, window.col + window.width)) & set(range(width))
    rows = set(range(window.row, window.row + window.height)) & set(range(height))
    assert clipped.is_empty == (not columns or not rows)
    if not clipped.is_empty:
        assert set(range(clipped.col, clipped.col + clipped.width)) == columns
        assert set(range(clipped.row, clipped.row + clipped.height)) == rows


@given(window=WINDOWS, margin=st.integers(0, 50))
def test_slices_find_a_window_inside_its_grown_self(window, margin):
    outer = window.grown(margin)
    array = np.zeros((outer.height, outer.width), bool)
    array[window.slices_in(outer)] = True
    assert array.sum() == window.width * window.height
    assert array[margin, margin] and array[-1 - margin, -1 - margin]


@given(value=st.integers(0, 10**9), step=st.integers(1, 4096))
def test_ceil_to_is_the_smallest_multiple_not_under(value, step):
    result = ceil_to(value, step)
    assert result % step == 0 and 0 <= result - value < step


@given(x=EASTINGS, y=NORTHINGS, width=SPANS, height=SPANS, gsd=GSDS)
def test_a_snapped_grid_is_the_smallest_on_multiples_that_covers(x, y, width, height, gsd):
    grid = snapped_grid((x, y, x + width, y + height), gsd)
    west, south, east, north = grid.bounds
    for edge in (west, south, east, north):
        assert abs(edge / gsd - round(edge / gsd)) < 1e-4
    # A tenth of a millimetre may be given away to rounding, a pixel may not be wasted.
    assert west <= x + 1e-4 and x - west < gsd + 1e-4
    assert south <= y + 1e-4 and y - south < gsd + 1e-4
    assert east >= x + width - 1e-4 and east - (x + width) < gsd + 1e-4
    assert north >= y + height - 1e-4 and north - (y + height) < gsd + 1e-4


@given(col=st.integers(0, 10**6), row=st.integers(0, 10**6), width=SIZES, height=SIZES, gsd=GSDS)
def test_bounds_on_multiples_are_kept_to_the_pixel(col, row, width, height, gsd):
    west, south = col * gsd, row * gsd
    grid = snapped_grid((west, south, west + width * gsd, south + height * gsd), gsd)
    assert (grid.width, grid.height) == (width, height)
    assert math.isclose(grid.x, west, abs_tol=1e-6)


@given(
    x=EASTINGS,
    y=NORTHINGS,
    gsd=GSDS,
    width=SIZES,
    height=SIZES,
    box=st.tuples(*[st.floats(-0.2, 1.2)] * 4),
)
def test_cropping_keeps_the_same_pixels(x, y, gsd, width, height, box):
    grid = Grid(x, y, gsd, gsd, width, height)
    west, east = sorted((x + box[0] * width * gsd, x + box[1] * width * gsd))
    south, north = sorted((y - box[2] * height * gsd, y - box[3] * height * gsd))
    cropped = grid.cropped((west, south, east, north))
    assert 0 <= cropped.width <= width and 0 <= cropped.height <= height
    if cropped.width and cropped.height:
        for offset in ((cropped.x - x) / gsd, (y - cropped.y) / gsd):
            assert abs(offset - round(offset)) < 1e-3
        inside = cropped.bounds
        tolerance = 1e-3 * gsd
        assert inside[0] <= max(west, x) + tolerance and inside[2] >= min(east, x + width * gsd) - tolerance
        assert inside[1] <= max(south, y - height * gsd) + tolerance and inside[3] >= min(north, y) - tolerance
        assert inside[0] > west - gsd and inside[2] < east + gsd


@pytest.mark.parametrize("bounds", [(-10, -10, -5, -5), (100, 0, 200, 10), (0, -500, 10, -400)])
def test_cropping_to_elsewhere_leaves_nothing(bounds):
    cropped = Grid(0, 0, 0.2, 0.2, 50, 50).cropped(bounds)
    assert cropped.width * cropped.height == 0


def test_the_transform_goes_from_pixels_to_metres():
    grid = Grid(1000, 2000, 0.2, 0.25, 10, 20)
    a, b, c, d, e, f = grid.transform
    assert (a, b, c, d, e, f) == (0.2, 0, 1000, 0, -0.25, 2000)
    assert grid.bounds == pytest.approx((1000, 1995, 1002, 2000))
    assert grid.bounds_of(Window(5, 8, 5, 4)) == pytest.approx((1001, 1997, 1002, 1998))
