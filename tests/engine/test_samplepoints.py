"""Points drawn by a design: exact, repeatable, as many as it takes; and what is refused of them."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyogrio
import pyproj
import pytest
import shapely
from scipy.stats import chi2

from ocsia_plugin.engine.areas import blocks, points, sampling
from ocsia_plugin.engine.areas.places import points_inside
from ocsia_plugin.engine.areas.points import Design, Points, Stratum, read_points, write_points
from ocsia_plugin.engine.errors import Cancelled, OcsiaError
from ocsia_plugin.engine.jobs import AccuracyJob, SamplePointsJob
from ocsia_plugin.engine.ortho.checks import open_raster
from ocsia_plugin.engine.products.argmax import raster_grid

X, Y, PIXEL = 500000.0, 6290000.0, 0.2
WKT = pyproj.CRS.from_epsg(2154).to_wkt()


def town(seed: int = 0, height: int = 300, width: int = 400) -> np.ndarray:
    """Class codes in patches, one class rare, a corner without data."""
    rng = np.random.default_rng(seed)
    codes = np.repeat(np.repeat(rng.choice([1, 3, 8, 10, 13], (height // 10, width // 10)), 10, 0), 10, 1)
    codes[100:104, 100:106] = 4
    codes[:40, :40] = 0
    return codes.astype(np.uint8)


@pytest.fixture
def classes(tmp_path, write_raster) -> str:
    return write_raster(tmp_path / "map.tif", town()[None], nomenclature="naf15", nodata=0)


@pytest.fixture
def drawn(run, classes, tmp_path):
    """``drawn(count=100)``: the points that a job draws over the town."""

    def draw(**parameters) -> Points:
        run(SamplePointsJob(input=classes, output=str(tmp_path / "points.gpkg"), **parameters))
        return read_points(str(tmp_path / "points.gpkg"), WKT)

    return draw


def at(found: Points, codes: np.ndarray) -> np.ndarray:
    return codes[((Y - found.y) / PIXEL).astype(int), ((found.x - X) / PIXEL).astype(int)]


def interpret(path: Path, value: str = "map_code", where: str = "1", layer: str = "points") -> None:
    """Fill in ``ref_code`` with SQL, as an editor would."""
    with closing(sqlite3.connect(path)) as db, db:
        # GDAL's triggers on the spatial index call functions that plain SQLite has not.
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f'DROP TRIGGER "{name}"')
        db.execute(f'UPDATE "{layer}" SET ref_code = {value} WHERE {where}')


# -- the draw


def test_what_is_drawn_is_what_the_design_says(drawn):
    found, codes = drawn(count=120), town()
    assert len(found) == 120
    assert (at(found, codes) == found.map_code).all()
    sizes = {stratum.code: stratum.size for stratum in found.design.strata}
    assert sizes == {code: int((codes == code).sum()) for code in np.unique(codes[codes > 0]).tolist()}
    for stratum in found.design.strata:
        mine = found.stratum == stratum.id
        assert mine.sum() == stratum.drawn >= 10
        assert found.pi[mine] == pytest.approx(stratum.drawn / stratum.size, rel=1e-12)
        # Lambert-93 near Auch makes surfaces too large by half a thousandth.
        assert stratum.area / (stratum.size * PIXEL**2) == pytest.approx(0.9995, abs=3e-4)
    assert (found.ref_code == 0).all() and len(np.unique(found.x + 1e4 * found.y)) == 120
    # In random order: the place in the file does not tell the stratum.
    assert len(np.unique(found.map_code[:15])) > 2


def test_the_same_seed_draws_the_same_bytes(run, classes, tmp_path):
    def digest(seed: int) -> str:
        run(SamplePointsJob(input=classes, output=str(tmp_path / "p.gpkg"), count=80, seed=seed, double=10))
        return hashlib.sha256((tmp_path / "p.gpkg").read_bytes()).hexdigest()

    assert digest(1) == digest(1) != digest(2)


def test_another_order_of_reading_draws_as_well(drawn, monkeypatch):
    """A file tiled otherwise is drawn otherwise, by the same design."""
    first = drawn(count=80)
    monkeypatch.setattr(blocks, "_SIDE", 64)
    again = drawn(count=80)
    assert (at(again, town()) == again.map_code).all()
    assert [s.size for s in first.design.strata] == [s.size for s in again.design.strata]


def test_every_pixel_of_a_stratum_is_equally_probable():
    """Chi-square over 3000 draws of 5 of 40."""
    counts = np.zeros(40)
    for seed in range(3000):
        counts[sampling.Stream(seed, "8").sample(40, 5)] += 1
    expected = 3000 * 5 / 40
    assert ((counts - expected) ** 2 / expected).sum() * 39 / (40 - 5) < chi2.ppf(0.999, 39)


def test_the_stream_is_this_one_for_ever():
    """Seeds in published reports must draw the same points with any later NumPy."""
    stream = sampling.Stream(1, "8")
    assert stream.sample(10**10, 3) == [4394394498, 7388275192, 7478692917]
    assert sorted(sampling.Stream(1, "order").shuffled(6).tolist()) == [0, 1, 2, 3, 4, 5]


def test_zones_and_strata_by_zone(drawn, tmp_path, write_polygons):
    left, right = shapely.box(X, Y - 60, X + 40, Y), shapely.box(X + 30, Y - 60, X + 70, Y)
    zones = write_polygons(tmp_path / "zones.gpkg", [left, right])
    found = drawn(count=150, zones=zones, minimum=5)
    assert (found.x < X + 70).all()
    both = drawn(count=150, zones=zones, minimum=5, strata="class+zone")
    assert {s.zone for s in both.design.strata} == {"1", "2"}
    for stratum in both.design.strata:
        x = both.x[both.stratum == stratum.id]
        assert ((x < X + 40) if stratum.zone == "1" else (x > X + 40)).all()  # where they overlap, the first counts
    assert sum(s.size for s in both.design.strata) == sum(s.size for s in found.design.strata)


def test_a_point_lies_in_the_zone_of_its_stratum(drawn, classes, tmp_path, write_polygons):
    """Though the zones meet on centres of pixels, upright and aslant."""
    middle, corner = X + 200.5 * PIXEL, Y - 100.5 * PIXEL
    parts = [
        shapely.box(X, Y - 60, middle, Y),
        shapely.Polygon([(middle, corner), (middle, Y - 60), (middle + 60 - 100.5 * PIXEL, Y - 60)]),
        shapely.Polygon(
            [(middle, Y), (middle, corner), (middle + 60 - 100.5 * PIXEL, Y - 60), (X + 80, Y - 60), (X + 80, Y)]
        ),
    ]
    zones = write_polygons(tmp_path / "zones.gpkg", parts)
    found = drawn(count=900, zones=zones, minimum=5, strata="class+zone")
    with open_raster(classes) as source:
        inside = list(points_inside(np.array(parts), found.x, found.y, raster_grid(source, classes)))
    zone_of = {s.id: int(s.zone) for s in found.design.strata}
    assert (np.argmax(inside, axis=0) + 1 == [zone_of[name] for name in found.stratum]).all()
    assert (np.sum(inside, axis=0) == 1).all()
    twice = sum(shapely.intersects(part, shapely.points(found.x, found.y)).astype(int) for part in parts)
    assert (twice > 1).any(), "no point on an edge"


def test_doubles_are_a_second_layer(run, classes, tmp_path):
    path = tmp_path / "points.gpkg"
    run(SamplePointsJob(input=classes, output=str(path), count=100, double=10))
    second = pyogrio.raw.read(path, layer="points_2")
    assert len(second[2]) == 10
    interpret(path)
    interpret(path, "13", layer="points_2", where="fid <= 4")
    found = read_points(str(path), WKT)
    assert (found.again > 0).sum() == 4 and set(found.again.tolist()) == {0, 13}


def test_cancel_leaves_nothing(run, classes, tmp_path):
    def stop(recorder, event) -> None:
        if event["event"] == "progress" and event["value"] > 0.3:
            recorder.cancel.set()

    with pytest.raises(Cancelled):
        run(SamplePointsJob(input=classes, output=str(tmp_path / "points.gpkg"), count=100), stop)
    assert [p.name for p in tmp_path.iterdir()] == ["map.tif"]


# -- how many


def test_for_count_is_exact_and_keeps_minimums():
    sizes = np.array([1_000_000, 200_000, 5000, 7])
    for count in (40, 41, 100, 333, 2000):
        drawn = sampling.for_count(count, sizes / sizes.sum(), sizes, 10)
        assert drawn.sum() == max(count, 37)
        assert (drawn >= np.minimum(10, sizes)).all() and (drawn <= sizes).all()


def test_for_target_is_the_fewest():
    sizes = np.array([600_000, 300_000, 100_000])
    weights = sizes / sizes.sum()
    aim = sampling.Aim("x", 0.05, 0.3, np.array([0.02, 0.1, 0.05]))
    drawn = sampling.for_target(aim, sizes, weights, 2, 0.95)
    assert sampling.half_width(aim, sizes, weights, drawn, 0.95) <= 0.05
    fewer = (drawn * 0.98).astype(int)
    assert sampling.half_width(aim, sizes, weights, fewer, 0.95) > 0.05
    # Olofsson et al. 2014, section 5.1.1: S(O) = 0.01, strata of 0.020, 0.015, 0.320, 0.645: 641 points.
    expected = (
        np.array([0.02, 0.015, 0.32, 0.645]) @ np.sqrt([0.7 * 0.3, 0.6 * 0.4, 0.9 * 0.1, 0.95 * 0.05]) / 0.01
    ) ** 2
    assert round(expected) == 641


@pytest.mark.parametrize("seed", [1, 2])
def test_the_predicted_half_width_comes_true(seed, run, tmp_path, write_raster):
    """Truth drawn from calibrated probabilities: the interval of the stratified difference estimator is as wide as
    predicted, within 15 %."""
    rng = np.random.default_rng(seed)
    p = rng.dirichlet(np.array([0.8, 0.3, 0.1]), (200, 250))
    values = np.zeros((15, 200, 250), np.uint8)
    values[[0, 7, 12]] = np.moveaxis(np.round(255 * p), 2, 0)
    path = write_raster(tmp_path / "p.tif", values, nomenclature="naf15")
    done = run(SamplePointsJob(input=path, output=str(tmp_path / "s.gpkg"), target="batiment=4", seed=seed))
    predicted = done.params("info-sample-predicted")["percent"]
    assert predicted == pytest.approx(4, abs=0.1)
    found = read_points(str(tmp_path / "s.gpkg"), WKT)
    rows, columns = ((Y - found.y) / PIXEL).astype(int), ((found.x - X) / PIXEL).astype(int)
    q = values[0] / values.sum(0)
    widths = []
    for _ in range(20):
        truth = rng.random(q.shape) < q
        e = (truth - q)[rows, columns]
        variance = 0.0
        whole = sum(s.area for s in found.design.strata)
        for stratum in found.design.strata:
            mine = e[found.stratum == stratum.id]
            variance += (stratum.area / whole) ** 2 * (1 - len(mine) / stratum.size) * mine.var(ddof=1) / len(mine)
        widths.append(1.96 * np.sqrt(variance) / q.mean())
    assert 100 * np.mean(widths) == pytest.approx(predicted, rel=0.15)


def test_a_class_raster_is_planned_with_the_precision_that_is_expected(run, classes, tmp_path):
    def count(precision: float) -> int:
        job = SamplePointsJob(input=classes, output=str(tmp_path / "s.gpkg"), target="8+10=15", precision=precision)
        return run(job).params("info-sample")["count"]

    assert count(95) < count(85) < count(70)


# -- refusals


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({}, "sample-size"),
        ({"target": "ligneux"}, "sample-target"),
        ({"target": "foret=5"}, "sample-target"),
        ({"target": "ligneux=500"}, "sample-target"),
        ({"target": "1+99=5"}, "sample-target"),
        ({"count": 100, "minimum": 1}, "sample-minimum"),
        ({"count": 20}, "sample-minimums"),
        ({"count": 11}, "sample-strata"),
        ({"target": "vigne=5"}, "sample-absent"),
        ({"count": 10**6}, "sample-count"),
        ({"target": "piscine=0,2"}, "sample-too-many"),
        ({"count": 100, "level": 100.0}, "parameter-range"),
        ({"count": 100, "seed": -1}, "parameter-range"),
        ({"count": 100, "strata": "zone"}, "job-invalid"),
    ],
)
def test_refusals(parameters, code, run, classes, tmp_path):
    with pytest.raises(OcsiaError) as caught:
        run(SamplePointsJob(input=classes, output=str(tmp_path / "p.gpkg"), **parameters))
    assert caught.value.code == code
    assert sorted(p.name for p in tmp_path.iterdir()) == ["map.tif"]


def some_points(**changes) -> Points:
    design = Design(
        "stratified", 3, "map.tif", "naf15", (Stratum("1", 1, "", 100, 4.0, 2), Stratum("3", 3, "", 50, 2.0, 2))
    )
    n = 4
    whole = Points(
        X + 10.1 + np.arange(n), np.full(n, Y - 10.1), np.array(["1", "1", "3", "3"], object), np.full(n, 0.02),
        np.array([1, 1, 3, 3]), np.array([1, 3, 3, 3]), np.array(["é", "", None, "b"], object), design,
    )  # fmt: skip
    return replace(whole, **changes)


def test_points_survive_writing_and_reading(tmp_path):
    write_points(tmp_path / "a.gpkg", some_points(), WKT)
    found = read_points(str(tmp_path / "a.gpkg"), WKT)
    assert found.design == some_points().design
    assert found.interp.tolist() == ["é", "", "", "b"]
    for name in ("x", "y", "pi", "map_code", "ref_code"):
        assert np.array_equal(getattr(found, name), getattr(some_points(), name))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"x": np.full(4, X + 10.1)}, "points-duplicated"),
        ({"x": X + np.array([1.1, 2.1, 3.1, 900.1])}, "points-outside"),
        ({"ref_code": np.array([1, 0, 3, 3])}, "points-unlabelled"),
        ({"ref_code": np.array([1, 77, 3, 3])}, "points-codes"),
        ({"ref_code": np.array([1, -1, 3, 3])}, "points-codes"),
        ({"stratum": np.array(["1", "3", "3", "3"], object)}, "points-incomplete"),
        ({"x": X + np.array([0.1, 1.1, 2.1, 3.1]), "y": np.full(4, Y - 0.1)}, "points-nodata"),
    ],
)
def test_bad_points(changes, code, run, classes, tmp_path):
    write_points(tmp_path / "a.gpkg", some_points(**changes), WKT)
    with pytest.raises(OcsiaError) as caught:
        run(AccuracyJob(input=classes, reference=str(tmp_path / "a.gpkg"), table=str(tmp_path / "t.csv")))
    assert caught.value.code == code
    assert not (tmp_path / "t.csv").exists()


def test_the_feature_that_is_named_is_the_one_in_the_file(classes, run, tmp_path):
    path = tmp_path / "points.gpkg"
    run(SamplePointsJob(input=classes, output=str(path), count=80))
    interpret(path)
    interpret(path, "0", where="fid = 41")
    with pytest.raises(OcsiaError) as caught:
        run(AccuracyJob(input=classes, reference=str(path), table=str(tmp_path / "t.csv")))
    assert (caught.value.code, caught.value.params["count"], caught.value.params["fid"]) == ("points-unlabelled", 1, 41)


def test_codes_outside_the_nomenclature_are_told(run, tmp_path, write_raster):
    codes = town()
    codes[200:220, 200:220] = 77
    path = write_raster(tmp_path / "odd.tif", codes[None], nomenclature="naf15", nodata=0)
    done = run(SamplePointsJob(input=path, output=str(tmp_path / "p.gpkg"), count=100))
    assert done.params("warn-codes-outside")["codes"] == "77"


def test_a_stratum_of_one_point_is_refused(run, classes, tmp_path):
    one = Design("stratified", 1, "", "naf15", (Stratum("1", 1, "", 100, 4.0, 3), Stratum("3", 3, "", 50, 2.0, 1)))
    whole = some_points(design=one, stratum=np.array(["1", "1", "1", "3"], object))
    write_points(tmp_path / "a.gpkg", whole, WKT)
    with pytest.raises(OcsiaError) as caught:
        run(AccuracyJob(input=classes, reference=str(tmp_path / "a.gpkg"), table=str(tmp_path / "t.csv")))
    assert caught.value.code == "points-few"


def test_another_nomenclature_is_refused(run, classes, tmp_path):
    other = replace(some_points().design, nomenclature="cosia")
    write_points(tmp_path / "a.gpkg", some_points(design=other), WKT)
    with pytest.raises(OcsiaError) as caught:
        run(AccuracyJob(input=classes, reference=str(tmp_path / "a.gpkg"), table=str(tmp_path / "t.csv")))
    assert caught.value.code == "points-nomenclature"


def test_a_damaged_design_is_not_an_unknown_one(tmp_path):
    write_points(tmp_path / "a.gpkg", some_points(), WKT)
    with closing(sqlite3.connect(tmp_path / "a.gpkg")) as db, db:
        db.execute("UPDATE gpkg_metadata SET metadata = replace(metadata, 'stratified', 'invented')")
    with pytest.raises(OcsiaError) as caught:
        read_points(str(tmp_path / "a.gpkg"), WKT)
    assert caught.value.code == "points-design"


def test_no_points_at_all(tmp_path, write_polygons):
    path = write_polygons(tmp_path / "polygons.gpkg", [shapely.box(0, 0, 1, 1)])
    with pytest.raises(OcsiaError) as caught:
        read_points(path, WKT)
    assert caught.value.code == "points-empty"
    shutil.copy(__file__, tmp_path / "text.gpkg")
    with pytest.raises(OcsiaError) as caught:
        read_points(str(tmp_path / "text.gpkg"), WKT)
    assert caught.value.code == "vector-unreadable"


def test_points_in_another_crs_are_moved(tmp_path):
    write_points(tmp_path / "a.gpkg", some_points(), WKT)
    found = read_points(str(tmp_path / "a.gpkg"), pyproj.CRS.from_epsg(32631).to_wkt())
    change = pyproj.Transformer.from_crs(2154, 32631, always_xy=True)
    assert np.allclose(np.stack([found.x, found.y]), change.transform(some_points().x, some_points().y))
    assert points.UNKNOWN.kind == "unknown"
