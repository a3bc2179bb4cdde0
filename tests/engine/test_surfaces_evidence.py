"""Surfaces with points, tiles and published statistics: from files to figures, against a known truth."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyproj
import pytest
import shapely
from scipy import stats

from benchmarks.world import SHARES, World
from ocsia_plugin.engine.areas import evidence
from ocsia_plugin.engine.areas.points import UNKNOWN, Points, read_points, write_points
from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.jobs import SamplePointsJob, SurfacesJob
from ocsia_plugin.engine.nomenclature import load_nomenclature

X, Y = 500000.0, 6290000.0
WKT = pyproj.CRS("EPSG:2154").to_wkt()
GSD = 0.5
SIDE = 320
NAF = load_nomenclature("naf15")
KEYS = [c.key for c in NAF.classes]
ERROR_BAR = '<path d="M'
CODES = np.array([1, 5, 8, 10, 11])
"""Classes of the synthetic world; 8, 10 and 11 are woody, 11 is rare."""


def _scene(seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """Truth, uint8 (320, 320) codes, and probabilities, uint8 (15, 320, 320): four zones of the world of 160 pixels."""
    world = World(seed)
    truth, raw = np.zeros((SIDE, SIDE), np.uint8), np.zeros((15, SIDE, SIDE), np.uint8)
    for row in (0, 160):
        for column in (0, 160):
            place = world.zone()
            part = slice(row, row + 160), slice(column, column + 160)
            truth[part] = CODES[place.truth].reshape(160, 160)
            for band, code in enumerate(CODES):
                raw[code - 1][part] = place.raw[:, band].reshape(160, 160)
    return truth, raw


@pytest.fixture(scope="module")
def scene() -> tuple[np.ndarray, np.ndarray]:
    return _scene()


@pytest.fixture
def raster(scene: tuple, write_raster: Callable, tmp_path: Path) -> str:
    return write_raster(tmp_path / "p.tif", scene[1], gsd=GSD, nomenclature="naf15")


def _polygons(path: Path, polygons: list, layer: str, append: bool = False, **fields: list) -> None:
    columns = [np.array(v, object if isinstance(v[0], str) else None) for v in fields.values()]
    pyogrio.raw.write(
        path, shapely.to_wkb(np.array(polygons, object)), columns, list(fields),
        driver="GPKG", layer=layer, geometry_type="Polygon", crs="EPSG:2154", append=append,
    )  # fmt: skip


@pytest.fixture
def zones(tmp_path: Path) -> str:
    """West and east halves, cut obliquely."""
    middle = X + 80
    west = shapely.Polygon([(X, Y), (middle - 9, Y), (middle + 11, Y - 160), (X, Y - 160)])
    east = shapely.Polygon([(middle - 9, Y), (X + 160, Y), (X + 160, Y - 160), (middle + 11, Y - 160)])
    _polygons(tmp_path / "zones.gpkg", [west, east], "zones", nom=["ouest", "est"])
    return str(tmp_path / "zones.gpkg")


def _interpret(path: Path, truth: np.ndarray, **changes: Any) -> str:
    """Every point of a sample gets its true class."""
    points = read_points(str(path), WKT)
    column = ((points.x - X) / GSD).astype(int)
    row = ((Y - points.y) / GSD).astype(int)
    points = replace(points, ref_code=truth[row, column].astype(np.int64), **changes)
    write_points(path, points, WKT)
    return str(path)


def read_again(path: str, points: Points, reader: Callable) -> None:
    """Every point gets a second reading, made of the first."""
    codes = reader(points.ref_code, np.random.default_rng(4)).astype(np.int64)
    write_points(Path(path), points, WKT)
    second = replace(points, ref_code=codes, interp=np.full(len(points), "B", object))
    layer = Path(path).stem
    other = Path(path).with_name(f"{layer}_2.gpkg")
    write_points(other, replace(second, design=UNKNOWN), WKT)
    meta, _, wkb, columns = pyogrio.raw.read(other)
    pyogrio.raw.write(path, wkb, columns, meta["fields"], layer=f"{layer}_2", driver="GPKG", crs=meta["crs"],
                      geometry_type="Point")  # fmt: skip


@pytest.fixture
def sample(raster: str, scene: tuple, run: Callable, tmp_path: Path) -> Callable[..., str]:
    def make(count: int = 240, zones: Any = None, **changes: Any) -> str:
        path = tmp_path / "points.gpkg"
        run(SamplePointsJob(input=raster, output=str(path), count=count, zones=zones, seed=1))
        return _interpret(path, scene[0], **changes)

    return make


def _rows(path: Path) -> dict[tuple[str, str], dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as file:
        return {(row["zone"], row["key"]): row for row in csv.DictReader(file)}


def _job(out: Path, raster: str, **options: Any) -> SurfacesJob:
    own = {"groups": "ligneux", "lang": "fr", **options}
    return SurfacesJob(input=raster, output=str(out / "z.gpkg"), table=str(out / "t.csv"), **own)


def _true_areas(truth: np.ndarray) -> dict[str, float]:
    found = {KEYS[code - 1]: float((truth == code).sum()) * GSD**2 for code in CODES}
    return {**found, "ligneux": sum(found[KEYS[code - 1]] for code in (8, 10, 11))}


def test_points_in_the_zone(raster: str, sample: Callable, scene: tuple, run: Callable, out: Path) -> None:
    done = run(_job(out, raster, points=sample(), report=str(out / "r.html")))
    rows = _rows(out / "t.csv")
    area = float(rows["p", "ligneux"]["zone_m2"])
    ground = area / (SIDE * GSD) ** 2
    for key, value in _true_areas(scene[0]).items():
        row = rows["p", key]
        low, high, best = (float(row[name]) for name in ("low_m2", "high_m2", "area_m2"))
        assert low <= value * ground <= high, key
        assert low <= best <= high and high - low < 0.15 * area
        assert row["evidence"] == "240" and "différence stratifié" in row["method"]
    main = rows["p", "ligneux"]
    assert main["level_pct"] == "95.0000" and "plan de sondage" in main["assumption"]
    plain = [float(rows["p", key]["area_m2"]) for key in KEYS]
    assert sum(plain) == pytest.approx(area, rel=1e-3)  # classes the points never met are cut at 0
    assert "warn-no-interval" not in done.codes("warning")
    page = (out / "r.html").read_text(encoding="utf-8")
    assert "Végétation ligneuse" in page and "Intervalle à 95" in page and "<script src" not in page
    assert json.loads((out / "r.json").read_text(encoding="utf-8"))["seed"] == 1


def test_points_read_twice(raster: str, sample: Callable, run: Callable, out: Path, tmp_path: Path) -> None:
    """Readers who differ by chance are told of; where one sees more of a class all over the zone, it has no level."""
    path = sample()
    first = read_points(path, WKT)
    swapped = {1: 5, 5: 1}

    def by_chance(codes: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        return np.array([swapped.get(c, c) if rng.random() < 0.1 else c for c in codes])

    read_again(path, first, by_chance)
    done = run(_job(out, raster, points=path, report=str(out / "r.html")))
    told = done.params("warn-read-twice")
    assert told["count"] == 240 and 0 < told["differ"] <= 24
    assert told["percent"] == round(100 * told["differ"] / 240, 1)
    rows = _rows(out / "t.csv")
    assert {rows["p", key]["level_pct"] for key in ("batiment", "sol_nu", "ligneux")} == {"95.0000"}
    assert float(rows["p", "batiment"]["reread_se_m2"]) > 0
    page = (out / "r.html").read_text(encoding="utf-8")
    assert "240 points ont été lus deux fois" in page and "La seconde lecture changerait cette surface de" in page

    read_again(path, first, lambda codes, rng: np.where((codes == 1) & (rng.random(len(codes)) < 0.4), 5, codes))
    run(_job(out, raster, points=path))
    rows = _rows(out / "t.csv")
    for key in ("batiment", "sol_nu"):
        assert rows["p", key]["level_pct"] == "" and "les deux lectures diffèrent" in rows["p", key]["assumption"]
    assert float(rows["p", "batiment"]["reread_m2"]) == -float(rows["p", "sol_nu"]["reread_m2"]) < 0
    assert rows["p", "ligneux"]["level_pct"] == "95.0000" and rows["p", "ligneux"]["reread_m2"] == "0.0000"
    done = run(_job(out, raster, points=sample()))
    assert "warn-read-once" in done.codes("warning")


def test_zones_that_cut_the_strata(
    raster: str, sample: Callable, zones: str, scene: tuple, run: Callable, out: Path
) -> None:
    """Points drawn over the whole raster, asked for by two zones: domains."""
    run(_job(out, raster, points=sample(), zones=zones))
    rows = _rows(out / "t.csv")
    y, x = np.mgrid[0:SIDE, 0:SIDE] * GSD + GSD / 2
    west = x < 71 + 20 * y / 160
    for name, inside in (("ouest", west), ("est", ~west)):
        truth = _true_areas(np.where(inside, scene[0], 0))
        for key in ("batiment", "ligneux"):
            row = rows[name, key]
            assert row["level_pct"] == "95.0000"
            assert float(row["low_m2"]) < truth[key] < float(row["high_m2"])
    assert int(rows["ouest", "ligneux"]["evidence"]) + int(rows["est", "ligneux"]["evidence"]) == 240


def test_a_class_raster_with_points_is_olofsson(
    scene: tuple, sample: Callable, write_raster: Callable, run: Callable, tmp_path: Path, out: Path
) -> None:
    codes = scene[1].argmax(axis=0).astype(np.uint8) + 1
    raster = write_raster(tmp_path / "c.tif", codes[np.newaxis], gsd=GSD, nomenclature="naf15")
    run(_job(out, raster, points=sample()))
    row = _rows(out / "t.csv")["c", "ligneux"]
    assert row["level_pct"] == "95.0000"
    assert float(row["low_m2"]) < _true_areas(scene[0])["ligneux"] < float(row["high_m2"])


def test_points_of_an_unknown_design_claim_no_level(raster: str, sample: Callable, run: Callable, out: Path) -> None:
    done = run(_job(out, raster, points=sample(design=UNKNOWN)))
    assert "warn-unknown-design" in done.codes("warning")
    row = _rows(out / "t.csv")["p", "ligneux"]
    assert row["level_pct"] == "" and row["low_m2"] and "on ne sait pas comment" in row["assumption"]


def test_few_points_claim_no_level(raster: str, sample: Callable, zones: str, run: Callable, out: Path) -> None:
    done = run(_job(out, raster, points=sample(count=60), zones=zones))
    assert done.params("warn-no-level")["count"] > 0
    assert "moins de 50 points" in _rows(out / "t.csv")["ouest", "ligneux"]["assumption"]


def test_points_drawn_in_another_part(
    raster: str, sample: Callable, zones: str, run: Callable, tmp_path: Path, out: Path
) -> None:
    """Drawn in a quarter, used for the whole: the strata do not cover the zone."""
    _polygons(tmp_path / "quarter.gpkg", [shapely.box(X, Y - 80, X + 80, Y)], "q", nom=["q"])
    points = sample(zones=str(tmp_path / "quarter.gpkg"))
    run(_job(out, raster, points=points))
    row = _rows(out / "t.csv")["p", "ligneux"]
    assert row["level_pct"] == "" and "toute la zone" in row["assumption"]
    # Zones without any point keep the map's own figure.
    _polygons(tmp_path / "far.gpkg", [shapely.box(X + 100, Y - 150, X + 150, Y - 100)], "f", nom=["loin"])
    done = run(_job(out, raster, points=points, zones=str(tmp_path / "far.gpkg")))
    assert {"warn-zones-without-points", "warn-points-outside-zones"} <= set(done.codes("warning"))
    assert _rows(out / "t.csv")["loin", "ligneux"]["low_m2"] == ""


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"ref_code": lambda p: np.where(np.arange(len(p)) == 3, 0, p.ref_code)}, "points-unlabelled"),
        ({"ref_code": lambda p: np.where(np.arange(len(p)) == 3, 99, p.ref_code)}, "points-codes"),
        ({"x": lambda p: p.x[[0, 0, *range(2, len(p))]], "y": lambda p: p.y[[0, 0, *range(2, len(p))]]},
         "points-duplicated"),
        ({"x": lambda p: p.x + 5000}, "points-outside"),
        ({"design": lambda p: replace(p.design, nomenclature="cosia")}, "points-nomenclature"),
    ],
)  # fmt: skip
def test_points_that_are_refused(
    change: dict, code: str, raster: str, sample: Callable, run: Callable, tmp_path: Path, out: Path
) -> None:
    points = read_points(sample(count=80), WKT)
    points = replace(points, **{name: made(points) for name, made in change.items()})
    write_points(tmp_path / "bad.gpkg", points, WKT)
    with pytest.raises(OcsiaError) as refusal:
        run(_job(out, raster, points=str(tmp_path / "bad.gpkg")))
    assert refusal.value.code == code
    assert list(out.iterdir()) == []


@pytest.fixture
def tiles(write_raster: Callable, tmp_path: Path) -> Callable[..., str]:
    """Tiles of 80 pixels elsewhere, each with its prediction and its labels."""

    def make(count: int, **options: Any) -> str:
        world, rows = World(50), []
        for n in range(count):
            place = world.zone()
            corner = (X + 10_000 + 100 * n, Y)
            raw = np.zeros((15, 80, 80), np.uint8)
            raw[CODES - 1] = place.raw.T.reshape(5, 160, 160)[:, :80, :80]
            labels = CODES[place.truth].astype(np.uint8).reshape(1, 160, 160)[:, :80, :80]
            if options.get("bare"):
                labels[:, :, :30] = 0
            write_raster(tmp_path / f"p{n}.tif", raw, gsd=GSD, corner=corner, nomenclature="naf15")
            write_raster(
                tmp_path / f"l{n}.tif", labels, gsd=GSD, corner=corner, nomenclature=options.get("of", "naf15")
            )
            rows.append(shapely.box(corner[0], corner[1] - 40, corner[0] + 40, corner[1]))
        names = {"labels": [f"l{n}.tif" for n in range(count)], "prediction": [f"p{n}.tif" for n in range(count)]}
        names["unit"] = [f"ville {n // options.get('each', 1)}" for n in range(count)]
        if "milieu" in options:
            names["milieu"] = options["milieu"]
        _polygons(tmp_path / "tiles.gpkg", rows, "tiles", **names)
        return str(tmp_path / "tiles.gpkg")

    return make


@pytest.mark.parametrize(
    ("count", "each", "method", "level"),
    [(20, 1, "conforme", "95.0000"), (12, 1, "Student", "95.0000"), (12, 3, "Student", "")],
)
def test_tiles_elsewhere(
    count: int, each: int, method: str, level: str, raster: str, tiles: Callable, scene: tuple, run: Callable, out: Path
) -> None:
    done = run(_job(out, raster, tiles=tiles(count, each=each)))
    told = done.params("info-tiles")
    assert (told["count"], told["units"]) == (count, -(-count // each))
    assert 1.0 < told["temperature"] < 1.4  # the world is over-confident by 1.16
    row = _rows(out / "t.csv")["p", "ligneux"]
    assert method in row["method"] and row["level_pct"] == level
    assert "warn-exchangeable" in done.codes("warning")
    if level:
        assert float(row["low_m2"]) < _true_areas(scene[0])["ligneux"] < float(row["high_m2"])
        assert "ressemble aux tuiles" in row["assumption"]


def test_tiles_of_the_zone_s_own_setting(
    raster: str, tiles: Callable, run: Callable, out: Path, tmp_path: Path
) -> None:
    """19 tiles of its own setting are believed alone; fewer are not, and then all are."""
    settings = ["Urbain"] * 19 + ["naturel"] * 3
    box = [shapely.box(X, Y - 160, X + 160, Y)]
    counts = []
    for own in ("urbain", "naturel", "marin"):
        _polygons(tmp_path / "zones.gpkg", box, "zones", nom=["z"], milieu=[own])
        run(_job(out, raster, tiles=tiles(22, milieu=settings), zones=str(tmp_path / "zones.gpkg")))
        row = _rows(out / "t.csv")["z", "ligneux"]
        counts.append((row["evidence"], "du même milieu" in row["assumption"]))
        assert row["level_pct"] == "95.0000"
    assert counts == [("19", True), ("22", False), ("22", False)]


def test_a_level_for_all_figures_together(
    raster: str, sample: Callable, tiles: Callable, run: Callable, out: Path
) -> None:
    """16 figures, each at 1 - 0.05 / 16: the quantile of Student's law for that. Tiles alone do not reach it."""
    points, rows = sample(), []
    for simultaneous in (False, True):
        run(_job(out, raster, points=points, simultaneous=simultaneous, report=str(out / "r.html")))
        rows.append(_rows(out / "t.csv")["p", "ligneux"])
    assert rows[1]["level_pct"] == "95.0000" and "à la fois" in rows[1]["assumption"]
    wide = [float(row["high_m2"]) - float(row["low_m2"]) for row in rows]
    degrees = 240 - 5
    assert wide[1] / wide[0] == pytest.approx(
        stats.t.ppf(1 - 0.025 / 16, degrees) / stats.t.ppf(0.975, degrees), rel=1e-3
    )
    assert "tous les chiffres de toutes les zones à la fois" in (out / "r.html").read_text(encoding="utf-8")
    run(_job(out, raster, tiles=tiles(12), simultaneous=True))
    row = _rows(out / "t.csv")["p", "ligneux"]
    assert row["level_pct"] == "" and row["low_m2"] and "pour tous les chiffres à la fois" in row["assumption"]


def test_points_and_tiles_together(
    raster: str, tiles: Callable, sample: Callable, scene: tuple, run: Callable, out: Path
) -> None:
    points, annotated = sample(count=120), tiles(19)
    widths = {}
    for name, options in (("points", {}), ("both", {"tiles": annotated})):
        run(_job(out, raster, points=points, **options))
        row = _rows(out / "t.csv")["p", "ligneux"]
        widths[name] = float(row["high_m2"]) - float(row["low_m2"])
        assert float(row["low_m2"]) < _true_areas(scene[0])["ligneux"] < float(row["high_m2"])
    method = row["method"]
    assert "bayésien" in method or "contredisent" in method
    if "bayésien" in method:
        assert widths["both"] < widths["points"]


def test_tiles_drawn_in_the_zone(
    raster: str, scene: tuple, write_raster: Callable, run: Callable, tmp_path: Path, out: Path
) -> None:
    """Labels as one raster over everything; the prediction is the input."""
    write_raster(tmp_path / "truth.tif", scene[0][np.newaxis], gsd=GSD, nomenclature="naf15")
    rng = np.random.default_rng(0)
    cells = [(r, c) for r in range(8) for c in range(8)]
    chosen = [cells[i] for i in rng.choice(64, 16, replace=False)]
    boxes = [shapely.box(X + 20 * c, Y - 20 * r - 20, X + 20 * c + 20, Y - 20 * r) for r, c in chosen]
    _polygons(tmp_path / "tiles.gpkg", boxes, "tiles", labels=["truth.tif"] * 16, drawn=[1] * 16)
    run(_job(out, raster, tiles=str(tmp_path / "tiles.gpkg")))
    row = _rows(out / "t.csv")["p", "ligneux"]
    assert "tirées au hasard" in row["method"] and row["level_pct"] == "95.0000" and row["evidence"] == "16"
    assert float(row["low_m2"]) < _true_areas(scene[0])["ligneux"] < float(row["high_m2"])


def test_labels_as_polygons(raster: str, scene: tuple, run: Callable, tmp_path: Path, out: Path) -> None:
    """A layer of polygons beside the tiles: the same truth, drawn as boxes of one class each."""
    path = tmp_path / "tiles.gpkg"
    tile = shapely.box(X, Y - 20, X + 20, Y)
    _polygons(path, [tile, shapely.box(X + 40, Y - 20, X + 60, Y)], "tiles", unit=["a", "b"])
    halves = [shapely.box(X, Y - 20, X + 10, Y), shapely.box(X + 10, Y - 20, X + 60, Y)]
    _polygons(path, halves, "labels", append=True, classe=["Bâtiment", "10"])
    done = run(_job(out, raster, tiles=str(path)))
    assert done.params("info-tiles")["units"] == 2
    assert "trop peu de tuiles" in _rows(out / "t.csv")["p", "ligneux"]["assumption"]


@pytest.mark.parametrize(
    ("options", "code"), [({"bare": True}, "tiles-unannotated"), ({"of": "cosia"}, "tiles-nomenclature")]
)
def test_tiles_that_are_refused(
    options: dict, code: str, raster: str, tiles: Callable, run: Callable, out: Path
) -> None:
    with pytest.raises(OcsiaError) as refusal:
        run(_job(out, raster, tiles=tiles(3, **options)))
    assert refusal.value.code == code
    assert list(out.iterdir()) == []


def test_tiles_without_labels_or_beside_the_raster(raster: str, run: Callable, tmp_path: Path, out: Path) -> None:
    _polygons(tmp_path / "a.gpkg", [shapely.box(X, Y - 20, X + 20, Y)], "tiles", unit=["a"])
    _polygons(tmp_path / "b.gpkg", [shapely.box(X - 90, Y - 20, X - 70, Y)], "tiles", unit=["a"])
    for name, code in (("a", "tiles-labels"), ("b", "tiles-outside")):
        with pytest.raises(OcsiaError) as refusal:
            run(_job(out, raster, tiles=str(tmp_path / f"{name}.gpkg")))
        assert refusal.value.code == code


MODEL = "ocsia-naf15-rvb"


def test_published_statistics_make_a_range_without_a_level(raster: str, run: Callable, out: Path) -> None:
    done = run(_job(out, raster, model=MODEL, report=str(out / "r.html")))
    rows = _rows(out / "t.csv")
    ranged = [row for row in rows.values() if row["low_m2"]]
    assert ranged and all(row["level_pct"] == "" for row in rows.values())
    assert all("indicative" in row["assumption"] for row in ranged)
    assert "warn-indicative" in done.codes("warning")
    verdict = done.params("info-verdict")
    assert verdict["count"] >= 50 and verdict["hours"] == pytest.approx(verdict["count"] * 45 / 3600, abs=0.06)
    page = (out / "r.html").read_text(encoding="utf-8")
    assert "photo-interprétation" in page and "<td>fourchette " in page
    # Nothing may look like an interval with a level: no error bar, no ±.
    assert ERROR_BAR not in page and "m² ±" not in page and "<td>aucun</td>" in page
    run(_job(out, raster, model=MODEL, published="ign", report=str(out / "r.html")))
    row = _rows(out / "t.csv")["p", "batiment"]
    assert "convention de l’IGN" in row["assumption"]
    page = (out / "r.html").read_text(encoding="utf-8")
    assert ERROR_BAR not in page and page.count("m² ±") == page.count("m² (IGN)") > 0


def test_errors_of_zones_that_come_with_a_model(
    raster: str, run: Callable, out: Path, card: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A card may hold truth, expected surface and spread of whole zones: then they are the tiles."""
    rng = np.random.default_rng(0)
    zones = [
        {"area": 1e6, "classes": {"1": [3e5 + 1e4 * e, 3e5, 3e4], "ligneux": [4e5 - 1e4 * e, 4e5, 4e4]}}
        for e in rng.standard_normal(24)
    ]
    own = replace(card, accuracy={"zones": zones})
    monkeypatch.setattr(evidence, "find_model", lambda name: own)
    run(_job(out, raster, model=MODEL))
    rows = _rows(out / "t.csv")
    for key in ("batiment", "ligneux"):
        assert rows["p", key]["level_pct"] == "95.0000" and "publiées avec le modèle" in rows["p", key]["method"]
    assert rows["p", "feuillus"]["level_pct"] == ""


def test_statistics_of_another_nomenclature_are_refused(
    scene: tuple, write_raster: Callable, run: Callable, tmp_path: Path, out: Path
) -> None:
    classes = write_raster(tmp_path / "c.tif", np.ones((1, 50, 50), np.uint8), gsd=GSD, nomenclature="cosia")
    with pytest.raises(OcsiaError) as refusal:
        run(SurfacesJob(input=classes, output=str(out / "z.gpkg"), model=MODEL))
    assert refusal.value.code == "model-nomenclature"


def test_bands_that_are_no_distribution(write_raster: Callable, run: Callable, tmp_path: Path, out: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 30, (15, 90, 90)) * np.random.default_rng(1).integers(
        0, 8, (1, 90, 90)
    )
    raster = write_raster(tmp_path / "p.tif", noise.astype(np.uint8), gsd=GSD, nomenclature="naf15")
    with pytest.raises(OcsiaError) as refusal:
        run(_job(out, raster))
    assert refusal.value.code == "not-distribution"


def test_classes_that_do_not_exclude_one_another(
    scene: tuple, write_raster: Callable, run: Callable, tmp_path: Path, out: Path
) -> None:
    """A sigmoid per class: pixels that are of two classes are few, and yet every surface would be wrong. Where the
    sigmoids happen to add up to 1, the classes do exclude one another."""
    draw = np.random.default_rng(0).random((SIDE, SIDE))
    for name, share, refused in (("none", 0.0, False), ("few", 0.06, True), ("half", 0.5, True)):
        raw = scene[1].copy()
        raw[1] = np.where(draw < share, 250, 0)  # say, solar panels on whatever is below them
        path = write_raster(tmp_path / f"{name}.tif", raw, gsd=GSD, nomenclature="naf15")
        if refused:
            with pytest.raises(OcsiaError) as refusal:
                run(_job(out, path))
            assert refusal.value.code == "not-distribution" and refusal.value.params["high"] > 400
        else:
            run(_job(out, path))


def test_overlapping_zones_and_zones_beyond_the_raster_are_told(
    raster: str, run: Callable, tmp_path: Path, out: Path
) -> None:
    boxes = [shapely.box(X + 5, Y - 90, X + 60, Y - 5), shapely.box(X + 50, Y - 70, X + 260, Y - 5)]
    _polygons(tmp_path / "zones.gpkg", boxes, "zones", nom=["a", "b"])
    done = run(_job(out, raster, zones=str(tmp_path / "zones.gpkg")))
    assert done.params("warn-zones-overlap")["count"] == 1
    assert done.params("warn-zones-partly")["count"] == 1


@pytest.mark.parametrize("level", [20, 100])
def test_levels_that_make_no_sense(level: float, raster: str, run: Callable, out: Path) -> None:
    with pytest.raises(OcsiaError) as refusal:
        run(_job(out, raster, level=level))
    assert refusal.value.code == "parameter-range"


def test_another_level_is_another_interval(raster: str, sample: Callable, run: Callable, out: Path) -> None:
    points, widths = sample(), []
    for level in (80, 95):
        run(_job(out, raster, points=points, level=level))
        row = _rows(out / "t.csv")["p", "ligneux"]
        assert row["level_pct"] == f"{level}.0000"
        widths.append(float(row["high_m2"]) - float(row["low_m2"]))
    assert widths[1] / widths[0] == pytest.approx(1.96 / 1.2816, rel=0.02)


def test_a_table_for_excel(raster: str, run: Callable, out: Path) -> None:
    run(_job(out, raster, excel=True))
    data = (out / "t.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert "," in rows[0]["area_m2"] and "." not in rows[0]["area_m2"]


def test_same_bytes_again(raster: str, sample: Callable, tiles: Callable, zones: str, run: Callable, out: Path) -> None:
    points, annotated, contents = sample(), tiles(6), []
    for _ in range(2):
        run(_job(out, raster, points=points, tiles=annotated, zones=zones, report=str(out / "r.html")))
        contents.append({p.name: p.read_bytes() for p in out.iterdir()})
    assert contents[0] == contents[1]
    assert set(contents[0]) == {"z.gpkg", "t.csv", "r.html", "r.json"}


def test_rare_share_of_the_world() -> None:
    """The world has a class under 1 %: the one that tests of rarity are about."""
    assert SHARES[-1] < 0.01 and SHARES.sum() == pytest.approx(1)
