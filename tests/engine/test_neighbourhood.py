"""Shares within radii and distances against sums and minima over every pixel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import rasterio
from hypothesis import given
from hypothesis import strategies as st

from ocsia_plugin.engine.errors import Cancelled, OcsiaError
from ocsia_plugin.engine.jobs import NeighbourhoodJob
from ocsia_plugin.engine.products import neighbourhood
from ocsia_plugin.engine.products.discs import DiscSums, disc

PIXEL = 0.2


@given(st.floats(0.2, 30), st.floats(0.2, 2), st.floats(0.2, 2))
def test_a_disc_has_its_surface(radius: float, dx: float, dy: float) -> None:
    weights = disc(radius, dx, dy)
    # Points of the cells on the circle: an error of some hundredth of a cell for each of them.
    cut = 2 * np.pi * radius / min(dx, dy) + 4
    assert abs(weights.sum() * dx * dy - np.pi * radius**2) < 0.02 * dx * dy * cut
    assert (weights == weights[::-1]).all() and (weights == weights[:, ::-1]).all()
    assert weights[0].max() == weights[:, 0].max() == 0


def test_sums_over_discs_are_those_of_a_direct_convolution() -> None:
    rng = np.random.default_rng(3)
    values, kernels = rng.random((60, 75)), [disc(3.3, 1, 1), disc(9, 1, 0.8)]
    for kernel, sums in zip(kernels, DiscSums(values.shape, kernels).of(values)):
        a, b = (size // 2 for size in kernel.shape)
        for row, column in ((20, 20), (30, 41), (35, 50)):
            around = values[row - a : row + a + 1, column - b : column + b + 1]
            assert sums[row, column] == pytest.approx((around * kernel).sum(), rel=1e-9)


def _town(seed: int = 0) -> np.ndarray:
    """Round trees on grass, some without data: 450 x 500 pixels, 90 m x 100 m."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:450, :500] * PIXEL
    codes = np.full((450, 500), 13, np.uint8)
    for cx, cy, r in zip(rng.uniform(0, 100, 25), rng.uniform(0, 90, 25), rng.uniform(1.5, 5, 25)):
        codes[np.hypot(x - cx, y - cy) < r] = 10
    codes[300:350, 200:300] = 0
    return codes


@pytest.fixture
def job(write_raster: Callable, tmp_path: Path, out: Path) -> Callable[..., NeighbourhoodJob]:
    def make(data: np.ndarray, **options) -> NeighbourhoodJob:
        data = data[np.newaxis] if data.ndim == 2 else data
        path = write_raster(tmp_path / "in.tif", data, nomenclature="naf15")
        return NeighbourhoodJob(**{"input": path, "output": str(out / "n.tif"), "radius": "10, 25", **options})

    return make


def _naive(codes: np.ndarray, row: int, column: int, radius: float, factor: int) -> float:
    """Percent of trees among the pixels with data whose centre lies within the radius of a cell's centre."""
    y, x = np.mgrid[: codes.shape[0], : codes.shape[1]]
    cy, cx = (row + 0.5) * factor - 0.5, (column + 0.5) * factor - 0.5
    near = (np.hypot(x - cx, y - cy) * PIXEL <= radius) & (codes > 0)
    return 100 * (codes[near] == 10).sum() / near.sum()


def test_shares_at_one_metre_are_those_of_the_pixels(run, job, read, out: Path) -> None:
    codes = _town()
    done = run(job(codes))
    shares, valid = read(done.results["OUTPUT"])
    assert shares.shape == (3, 90, 100)
    cells = (codes > 0).reshape(90, 5, 100, 5).any(axis=(1, 3))
    assert (valid == cells).all()
    rng = np.random.default_rng(1)
    for row, column in [(0, 0), (89, 99), (59, 39), *rng.integers(0, 90, (30, 2)).tolist()]:
        if not valid[row, column]:
            continue
        for band, radius in enumerate((10, 25)):
            assert shares[band, row, column] == pytest.approx(_naive(codes, row, column, radius, 5), abs=0.6)
    with rasterio.open(done.results["OUTPUT"]) as source:
        assert source.descriptions[0] == "Végétation ligneuse\u00a0: part à 10\u00a0m (%)"
        assert source.descriptions[2] == "Végétation ligneuse\u00a0: distance (m)"
    assert {p.name for p in out.iterdir()} == {"n.tif", "n.qml"}


def test_distances_are_those_to_the_nearest_tree(run, job, read) -> None:
    codes = _town()
    whole = run(job(codes, resolution=PIXEL, radius="8")).results["OUTPUT"]
    exact = read(whole)[0][1]
    at_one_metre, valid = read(run(job(codes, radius="8")).results["OUTPUT"])
    ys, xs = np.nonzero(codes == 10)
    for row, column in np.random.default_rng(2).integers(0, 450, (40, 2)).tolist():
        if codes[row, column]:
            nearest = min(np.hypot(ys - row, xs - column).min() * PIXEL, 8)
            assert exact[row, column] == pytest.approx(nearest, abs=0.051)
            if valid[row // 5, column // 5] and nearest < 7:
                assert at_one_metre[1, row // 5, column // 5] == pytest.approx(nearest, abs=2.2)
    assert exact.max() == 8


def test_probabilities_give_the_expected_share(run, job, read) -> None:
    p = np.zeros((15, 200, 200), np.uint8)
    p[9], p[12] = 63, 189  # 25 % of 252
    shares, _ = read(run(job(p, groups="ligneux; herbe=13", radius="5")).results["OUTPUT"])
    assert shares[0] == pytest.approx(25, abs=0.05) and shares[2] == pytest.approx(75, abs=0.05)
    assert (shares[1] == 5).all()  # nowhere half of a cell: as far as was looked
    assert (shares[3] == 0).all()


def test_tiles_make_no_difference(run, job, read, monkeypatch) -> None:
    codes = np.tile(_town(), (3, 3))
    first = read(run(job(codes, resolution=0.4)).results["OUTPUT"])[0]
    monkeypatch.setattr(neighbourhood, "BLOCK", 256)
    monkeypatch.setattr(neighbourhood, "_READ_SIDE", 300)
    done = read(run(job(codes, resolution=0.4)).results["OUTPUT"])[0]
    assert np.abs(first - done).max() <= 0.1001  # a rounding to a tenth may fall otherwise
    assert (first != done).mean() < 1e-3


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"radius": "25 m"}, "radius-syntax"),
        ({"radius": "-3"}, "radius-syntax"),
        ({"radius": " ; "}, "radius-syntax"),
        ({"radius": "300", "resolution": 0.2}, "radius-cells"),
        ({"groups": "x=99"}, "groups-syntax"),
        ({"groups": ";"}, "groups-syntax"),
    ],
)
def test_refusals(run, job, out: Path, options, code) -> None:
    with pytest.raises(OcsiaError) as caught:
        run(job(np.full((50, 50), 13, np.uint8), **options))
    assert caught.value.code == code
    if code == "radius-cells":
        assert "0.6 m or more" in str(caught.value)
    assert not list(out.iterdir())


def test_nothing_but_no_data_is_refused(run, job, out: Path) -> None:
    with pytest.raises(OcsiaError, match="no valid pixel"):
        run(job(np.zeros((50, 50), np.uint8)))
    assert not list(out.iterdir())


def test_cancelled_leaves_nothing(run, job, out: Path) -> None:
    with pytest.raises(Cancelled):
        run(job(_town()), lambda recorder, event: event["event"] == "progress" and recorder.cancel.set())
    assert not list(out.iterdir())
