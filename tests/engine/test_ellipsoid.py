"""The areal scale: published check values, and the geodesic area of a densified square as an independent reference."""

from __future__ import annotations

import numpy as np
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocsia_plugin.engine.areas.ellipsoid import ArealScale, areal_scale

LAMBERT_93 = pyproj.CRS("EPSG:2154")
KM = 1000.0

# Ground surface of a square of 1 km² of the Lambert-93 grid. The published values name towns, not points: one
# kilometre of latitude changes them by up to 20 m².
TOWNS = [
    ("Bourges", 2.3967, 47.0833, 1_001_803),
    ("Auch", 0.5855, 43.6465, 999_449),
    ("Dunkerque", 2.3768, 51.0343, 995_527),
    ("Bonifacio", 9.1592, 41.3874, 994_138),
]


def _geodesic_area(crs: pyproj.CRS, x: float, y: float, side: float) -> float:
    """Area on the ellipsoid of a square of the grid around a point, m², from geodesics between dense points."""
    half, along = side / 2, np.linspace(-side / 2, side / 2, 200)
    edge = np.full(200, half)
    xs = x + np.concatenate([along, edge, -along, -edge])
    ys = y + np.concatenate([-edge, along, edge, -along])
    area, _ = crs.get_geod().polygon_area_perimeter(*pyproj.Proj(crs)(xs, ys, inverse=True))
    return area


def _scale(crs: pyproj.CRS, x: float, y: float) -> float:
    return float(areal_scale(crs, np.array(x), np.array(y)))


@pytest.mark.parametrize(("town", "longitude", "latitude", "published"), TOWNS)
def test_published_square_kilometres(town: str, longitude: float, latitude: float, published: float) -> None:
    x, y = pyproj.Proj(LAMBERT_93)(longitude, latitude)
    assert pytest.approx(published, abs=20) == 1e6 / _scale(LAMBERT_93, x, y)


@pytest.mark.parametrize(
    ("code", "x", "y"),
    [
        (2154, 652_000, 6_665_000),
        (2154, 1_215_000, 6_052_000),
        (3943, 1_500_000, 2_200_000),  # CC43
        (32740, 340_000, 7_660_000),  # La Réunion
        (5490, 690_000, 1_790_000),  # Guadeloupe
        (3035, 3_700_000, 2_300_000),  # equal area: 1
    ],
)
def test_agrees_with_geodesics(code: int, x: float, y: float) -> None:
    crs = pyproj.CRS(f"EPSG:{code}")
    assert pytest.approx(_geodesic_area(crs, x, y, KM), rel=1e-8) == KM**2 / _scale(crs, x, y)


def test_height_and_datum_shift_do_not_matter() -> None:
    compound = pyproj.CRS("EPSG:5698")  # Lambert-93 + NGF-IGN69
    assert _scale(compound, 652_000, 6_665_000) == _scale(LAMBERT_93, 652_000, 6_665_000)


@given(st.floats(100_000, 1_200_000), st.floats(6_050_000, 7_100_000), st.floats(10, 30_000), st.integers(0, 2**31))
def test_interpolation_is_exact_enough(x: float, y: float, side: float, seed: int) -> None:
    scale = ArealScale(LAMBERT_93.to_wkt(), (x, y, x + side, y + side / 2))
    rng = np.random.default_rng(seed)
    xs, ys = np.sort(x + side * rng.random(7)), np.sort(y + side / 2 * rng.random(5))[::-1]
    exact = areal_scale(LAMBERT_93, *np.meshgrid(xs, ys))
    assert np.abs(scale.over(xs, ys) / exact - 1).max() < 1e-8
    low, high = scale.limits
    assert low - 1e-8 <= exact.min() <= exact.max() <= high + 1e-8


def test_refuses_what_has_no_scale() -> None:
    with pytest.raises(ValueError, match="not a projected CRS"):
        _scale(pyproj.CRS("EPSG:4326"), 2, 48)
    with pytest.raises(ValueError, match="not defined"):
        _scale(LAMBERT_93, np.inf, 6_600_000)
