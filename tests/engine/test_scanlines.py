"""Pixels in and near polygons: against GDAL's rasterisation and against distances."""

from __future__ import annotations

from functools import reduce

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.features import rasterize
from rasterio.transform import Affine

from ocsia_plugin.engine.areas import scanlines
from ocsia_plugin.engine.areas.places import Places, points_inside
from ocsia_plugin.engine.areas.scanlines import batches, inside, within
from ocsia_plugin.engine.areas.zonal import in_pixels
from ocsia_plugin.engine.grid import Grid, Window

GRID = Grid(x=0.0, y=0.0, dx=1.0, dy=1.0, width=60, height=50)
WINDOW = Window(7, 5, 40, 33)

corners = st.tuples(st.integers(-20, 260), st.integers(-20, 220)).map(lambda p: (p[0] / 4, -p[1] / 4))
"""On quarters of pixels: many edges and corners on centres, lines of the grid and diagonals."""

triangles = st.lists(corners, min_size=3, max_size=3, unique=True).map(shapely.Polygon).filter(lambda p: p.area > 0)
shapes = (
    st.lists(triangles, min_size=1, max_size=4)
    .map(lambda some: reduce(shapely.symmetric_difference, some))
    .filter(lambda shape: shape.geom_type in ("Polygon", "MultiPolygon") and not shape.is_empty)
)
"""With holes, several parts and corners that touch."""


def _burnt(polygon: shapely.Geometry, window: Window) -> np.ndarray:
    transform = Affine(1, 0, window.col, 0, -1, -window.row)
    return rasterize([(polygon, 1)], (window.height, window.width), transform=transform, dtype="uint8").astype(bool)


@settings(max_examples=50)
@given(st.lists(shapes, min_size=1, max_size=5), st.booleans())
def test_pixels_inside_are_gdals(polygons: list[shapely.Geometry], clipped: bool) -> None:
    given = in_pixels(np.array(polygons, object), GRID)
    with pytest.MonkeyPatch.context() as patch:
        if clipped:
            patch.setattr(scanlines, "_MANY_VERTICES", 0)
        positions, bounds = inside(given, WINDOW)
    for polygon, start, end in zip(given, bounds, bounds[1:]):
        mine = positions[start:end]
        assert (np.diff(mine) > 0).all()
        assert (mine == np.flatnonzero(_burnt(polygon, WINDOW))).all()


@settings(max_examples=50)
@given(st.lists(shapes, min_size=1, max_size=3), st.sampled_from([0.0, 0.3, 1.0, 2.5, 9.0]), st.booleans())
def test_pixels_near_are_those_of_the_distance(polygons: list, distance: float, clipped: bool) -> None:
    given = in_pixels(np.array(polygons, object), GRID)
    pixel = (0.5, 0.25)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scanlines, "_AT_ONCE", 50)
        if clipped:
            patch.setattr(scanlines, "_MANY_VERTICES", 0)
        found = within(given, WINDOW, distance, pixel)
    x = WINDOW.col + np.arange(WINDOW.width) + 0.5
    y = -(WINDOW.row + np.arange(WINDOW.height) + 0.5)
    points = shapely.points(*np.meshgrid(x * pixel[0], y * pixel[1]))
    whole = shapely.union_all([shapely.transform(polygon, lambda xy: xy * pixel) for polygon in given])
    far = shapely.distance(whole, points)
    sure = np.abs(far - distance) > 1e-9
    assert (found[sure] == (far <= distance)[sure]).all()


def test_overlapping_zones_in_batches_hold_their_own_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    polygons = np.array([shapely.Point(20, -20).buffer(radius) for radius in (3, 12, 30, 0.01)], object)
    monkeypatch.setattr("ocsia_plugin.engine.areas.places._AT_ONCE", 100)
    found = dict(Places(polygons, GRID).inside(WINDOW))
    assert list(found) == [0, 1, 2]
    for number, positions in found.items():
        assert (positions == np.flatnonzero(_burnt(polygons[number], WINDOW))).all()


@settings(max_examples=50)
@given(st.lists(corners, min_size=3, max_size=12, unique=True))
def test_zones_that_share_edges_share_the_points_out(places: list) -> None:
    """Points and pixels on edges and corners too: each is in one zone, and a pixel's centre where the pixel is."""
    triangles = np.array(shapely.get_parts(shapely.delaunay_triangles(shapely.MultiPoint(places))))
    x, y = np.meshgrid(np.arange(0, 60, 0.25), -np.arange(0, 50, 0.25))
    inner = shapely.contains_properly(shapely.union_all(triangles), shapely.points(x, y))
    inner &= (x % 0.5 == 0) & (y % 0.5 == 0) | (np.random.default_rng(1).random(x.shape) < 0.02)
    x, y = x[inner], y[inner]
    found = list(points_inside(triangles, x, y, GRID))
    assert (sum(found, np.zeros(len(x), int)) == 1).all()
    whole = Window(0, 0, GRID.width, GRID.height)
    for zone, held in zip(in_pixels(triangles, GRID), found):
        pixels = np.zeros((GRID.height, GRID.width), bool)
        pixels.flat[inside(np.array([zone]), whole)[0]] = True
        centre = (x % 1 == 0.5) & (y % 1 == 0.5)
        column, row = np.floor(x[centre]).astype(int), np.floor(-y[centre]).astype(int)
        assert (pixels[row, column] == held[centre]).all()


def test_nothing_near_is_nothing() -> None:
    places = Places(np.array([shapely.box(500, -510, 510, -500)], object), GRID)
    assert list(places.inside(WINDOW)) == [] and not places.within(WINDOW, 2.0).any()


@given(st.lists(st.integers(0, 9), max_size=30), st.integers(1, 20))
def test_batches_hold_everything_once(sizes: list[int], most: int) -> None:
    parts = list(batches(np.array(sizes, np.int64), most))
    assert [i for part in parts for i in range(len(sizes))[part]] == list(range(len(sizes)))
    assert all(sum(sizes[part]) < most + 10 for part in parts)
