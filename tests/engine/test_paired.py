"""Points read at both dates: the estimator by hand, its coverage, what it concludes, and the table of the job."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any, Optional

import numpy as np
import pyogrio
import pyproj
import pytest
import shapely
from scipy import stats

from ocsia_plugin.engine.areas.paired import PairedPoints
from ocsia_plugin.engine.areas.points import DESIGN_KEY, Design, Stratum
from ocsia_plugin.engine.areas.zones import Zones
from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.grid import Grid, Window
from ocsia_plugin.engine.jobs import ChangeJob
from ocsia_plugin.engine.nomenclature import load_nomenclature
from ocsia_plugin.engine.products.vintages import Change

SIDE, PIXEL = 300, 0.5
X, Y = 500000.0, 6290000.0
WKT = pyproj.CRS("EPSG:2154").to_wkt()
NAF = load_nomenclature("naf15")
CODES = np.array([1, 10, 13], np.uint8)
CHOICES = [NAF.by_code(int(code)) for code in CODES]
GRID = Grid(X, Y, PIXEL, PIXEL, SIDE, SIDE)
AREA = (SIDE * PIXEL) ** 2
ZONE = Zones(np.array([shapely.box(*GRID.bounds)]), np.array([1]), ["all"])


def _world(rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Truth and maps at both dates, as places 0..2: grass becomes building; the maps err on a tenth of the pixels."""
    before = np.kron(rng.integers(0, 3, (30, 30)), np.ones((10, 10), int))
    after = before.copy()
    built = np.kron(rng.random((30, 30)) < 0.08, np.ones((10, 10), bool)) & (before == 2)
    after[built] = 0
    maps = []
    for truth in (before, after):
        errs = rng.random((SIDE, SIDE)) < 0.1
        maps.append(np.where(errs, rng.integers(0, 3, (SIDE, SIDE)), truth))
    return before, after, *maps


def _write(path: Path, rows: np.ndarray, columns: np.ndarray, design: Optional[Design], **fields: Any) -> str:
    count = len(rows)
    names = np.array(["0"] * count, object)
    data = {"stratum": names, "pi": np.full(count, 0.1), **fields}
    pyogrio.raw.write(
        path,
        shapely.to_wkb(shapely.points(X + (columns + 0.5) * PIXEL, Y - (rows + 0.5) * PIXEL)),
        list(data.values()),
        list(data),
        layer="points",
        driver="GPKG",
        geometry_type="Point",
        crs="EPSG:2154",
        layer_metadata={DESIGN_KEY: design.to_json()} if design else None,
    )
    return str(path)


def _simple(count: int) -> Design:
    return Design("simple", 1, "", "naf15", (Stratum("0", 0, "", SIDE * SIDE, AREA, count),))


def _change(before: np.ndarray, after: np.ndarray) -> Change:
    ones = np.ones(before.shape, np.float32)
    return Change((before + 1).astype(np.uint8), (after + 1).astype(np.uint8), before != after, ones, None)


def _totals(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    net = [((after == k).sum() - (before == k).sum()) * PIXEL**2 for k in range(3)]
    return np.array([*net, (before != after).sum() * PIXEL**2])


def _estimates(path: Path, world: tuple[np.ndarray, ...], at: np.ndarray, design: Optional[Design]):
    before, after, map_before, map_after = world
    rows, columns = np.divmod(at, SIDE)
    refs = {"ref_before": CODES[before.flat[at]].astype(int), "ref_after": CODES[after.flat[at]].astype(int)}
    points = PairedPoints(_write(path, rows, columns, design, **refs), CHOICES, NAF, GRID, WKT)
    for window in (Window(0, 0, SIDE, 100), Window(0, 100, SIDE, 200)):
        part = window.slices_in(Window(0, 0, SIDE, SIDE))
        points.meet(window, _change(map_before[part], map_after[part]))
    return points, points.changes(ZONE, _totals(map_before, map_after)[None], np.array([AREA]), 0.95)[0]


def test_the_estimator_by_hand(tmp_path: Path) -> None:
    """lambda is what PPI++ says; then value, standard error and interval from the formula of the module."""
    rng = np.random.default_rng(4)
    world = _world(rng)
    at = rng.choice(SIDE * SIDE, 300, replace=False)
    points, found = _estimates(tmp_path / "p.gpkg", world, at, _simple(300))
    d, m = points.observed, points.mapped
    one_hot = np.eye(3)
    before, after, map_before, map_after = (w.flat[at] for w in world)
    assert (d[:, :3] == one_hot[after] - one_hot[before]).all() and (d[:, 3] == (before != after)).all()
    assert (m[:, :3] == one_hot[map_after] - one_hot[map_before]).all()
    dm, dd = m - m.mean(0), d - d.mean(0)
    lam = np.clip((dm * dd).sum() / (dm * dm).sum(), 0, 1)
    assert 0 < lam < 1
    error = d - lam * m
    value = lam * _totals(world[2], world[3]) + AREA * error.mean(0)
    # Four pseudo-points more, two of which show a change.
    se = AREA * np.sqrt((1 - 300 / SIDE**2) * (299 * error.var(0, ddof=1) + 2) / 303 / 300)
    for k, estimate in enumerate(found):
        assert estimate.value == pytest.approx(value[k], rel=1e-9)
        assert estimate.se == pytest.approx(se[k], rel=1e-9)
        assert estimate.high == pytest.approx(value[k] + stats.t.ppf(0.975, 299) * se[k], rel=1e-9)
    assert sum(e.value for e in found[:3]) == pytest.approx(0, abs=1e-6)
    assert found[0].conclusion == "gain" and found[1].conclusion == "none" and found[3].conclusion == "change"
    assert found[1].said("fr") == "pas de changement significatif"


def test_reading_the_same_points_twice_is_worth_the_trouble(tmp_path: Path) -> None:
    """Against two independent samples of the same size, one per date."""
    rng = np.random.default_rng(5)
    world = _world(rng)
    _, found = _estimates(tmp_path / "p.gpkg", world, rng.choice(SIDE * SIDE, 300, replace=False), _simple(300))
    for k, estimate in enumerate(found[:3]):
        shares = [(w == k).mean() for w in world[:2]]
        apart = AREA * np.sqrt(sum(share * (1 - share) / 300 for share in shares))
        assert estimate.se < 0.6 * apart


def test_intervals_of_95_percent_cover_as_often(tmp_path: Path) -> None:
    rng = np.random.default_rng(6)
    world = _world(rng)
    truth = _totals(*world[:2])
    held = []
    for number in range(60):
        at = rng.choice(SIDE * SIDE, 200, replace=False)
        _, found = _estimates(tmp_path / f"{number}.gpkg", world, at, _simple(200))
        held += [e.low <= truth[k] <= e.high for k, e in enumerate(found) if e.level]
    assert len(held) == 240
    assert np.mean(held) >= 0.94


def test_no_level_is_claimed_without_a_reason_for_it(tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    world = _world(rng)
    at = rng.choice(SIDE * SIDE, 200, replace=False)
    _, found = _estimates(tmp_path / "unknown.gpkg", world, at, None)
    assert (
        {e.conclusion for e in found} == {"unknown-design"} and found[0].said("fr") and not any(e.level for e in found)
    )
    _, found = _estimates(tmp_path / "few.gpkg", world, at[:40], _simple(40))
    assert {e.conclusion for e in found} == {"few-points"}


def test_that_nothing_changed_is_said_with_a_bound(tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    still = (_world(rng)[0],) * 4
    at = rng.choice(SIDE * SIDE, 200, replace=False)
    _, found = _estimates(tmp_path / "still.gpkg", still, at, _simple(200))
    assert {(e.value, e.conclusion, e.level) for e in found} == {(0.0, "none", 0.95)}
    # As the rule of three has it, some 3 / n of the surface may have changed unseen.
    assert 0.005 < found[3].high / AREA < 0.02


@pytest.fixture
def job(write_raster: Callable, tmp_path: Path, out: Path) -> Callable[..., ChangeJob]:
    def make(points: str, **options: Any) -> ChangeJob:
        world = _world(np.random.default_rng(8))
        files = [
            write_raster(tmp_path / f"{name}.tif", CODES[data][None], gsd=PIXEL, nomenclature="naf15")
            for name, data in zip(("before", "after"), world[2:])
        ]
        outputs = {"output": str(out / "c.tif"), "table": str(out / "t.csv")}
        return ChangeJob(before=files[0], after=files[1], points=points, **{**outputs, "min_width": 0.0, **options})

    return make


def _sample(path: Path, count: int = 200, **override: Any) -> str:
    rng = np.random.default_rng(9)
    before, after, *_ = _world(np.random.default_rng(8))
    at = rng.choice(SIDE * SIDE, count, replace=False)
    refs = {"ref_before": CODES[before.flat[at]].astype(int), "ref_after": CODES[after.flat[at]].astype(int)}
    return _write(path, *np.divmod(at, SIDE), _simple(count), **{**refs, **override})


def test_the_table_of_the_job_says_what_is_significant(run, job, tmp_path: Path, out: Path) -> None:
    done = run(job(_sample(tmp_path / "p.gpkg")))
    with open(out / "t.csv", encoding="utf-8", newline="") as file:
        rows = {row["key"]: row for row in csv.DictReader(file)}
    truth = dict(
        zip(("batiment", "feuillus", "culture_herbace", "changement"), _totals(*_world(np.random.default_rng(8))[:2]))
    )
    assert list(rows) == list(truth)
    for key, value in truth.items():
        row = rows[key]
        assert float(row["low_m2"]) <= value <= float(row["high_m2"])
        assert row["level_pct"] == "95.0000" and row["points"] == "200"
    assert rows["batiment"]["conclusion"] == "gain significatif"
    assert rows["feuillus"]["conclusion"] == "pas de changement significatif"
    assert "warn-change-no-interval" not in done.codes("warning")


@pytest.mark.parametrize(
    ("options", "code"),
    [({"table": None}, "change-points-table"), ({"level": 100.0}, "change-level")],
)  # fmt: skip
def test_refusals_of_the_job(run, job, tmp_path: Path, out: Path, options, code) -> None:
    with pytest.raises(OcsiaError) as caught:
        run(job(_sample(tmp_path / "p.gpkg"), **options))
    assert caught.value.code == code and not list(out.iterdir())


@pytest.mark.parametrize(
    ("override", "code"),
    [
        ({"ref_after": np.zeros(200, int)}, "points-unlabelled"),
        ({"ref_after": np.full(200, 99)}, "points-codes"),
        ({"ref_before": np.full(200, "moon", object)}, "points-codes"),
    ],
)
def test_refusals_of_points(run, job, tmp_path: Path, out: Path, override, code) -> None:
    with pytest.raises(OcsiaError) as caught:
        run(job(_sample(tmp_path / "p.gpkg", **override)))
    assert caught.value.code == code and not list(out.iterdir())
