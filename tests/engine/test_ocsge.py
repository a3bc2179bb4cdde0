"""OCS GE cover: every rule as it is stated, on pictures small enough to check; partitions and contents on real ones."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from hypothesis import given
from hypothesis import strategies as st
from rasterio.features import rasterize
from scipy import ndimage

from ocsia_plugin.engine.errors import Cancelled, OcsiaError
from ocsia_plugin.engine.grid import Grid
from ocsia_plugin.engine.jobs import OcsgeJob
from ocsia_plugin.engine.nomenclature import load_nomenclature
from ocsia_plugin.engine.ocsge import rules
from ocsia_plugin.engine.ocsge.generalise import generalised
from ocsia_plugin.engine.ocsge.graph import Graph, GraphBuilder
from ocsia_plugin.engine.ocsge.rows import DensityZones, NumberedPolygons, Taker
from ocsia_plugin.engine.ocsge.rules import UNDECIDED, MinimumAreas, cover_codes
from ocsia_plugin.engine.products import vectorize
from ocsia_plugin.engine.products.classes import Legend

NAF = load_nomenclature("naf15")
COSIA = load_nomenclature("cosia")
TABLE = cover_codes(Legend(NAF, NAF.classes))
CORNER = (500000.0, 6290000.0)

BUILDING, PERVIOUS, SEALED, POOL, WATER, CONIFER, CUT, DECIDUOUS, SHRUB, VINE, GRASS, OTHER = (
    1, 2, 3, 4, 6, 8, 9, 10, 11, 12, 13, 15,
)  # fmt: skip


def _read(path: str) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    meta, _, wkb, columns = pyogrio.raw.read(path, layer=Path(path).stem)
    return shapely.from_wkb(wkb), dict(zip(meta["fields"], columns))


@pytest.fixture
def naf(write_raster: Callable, tmp_path: Path) -> Callable:
    """Codes as a raster of 1 m pixels."""

    def write(codes: np.ndarray, gsd: float = 1.0) -> str:
        return write_raster(tmp_path / "naf.tif", codes.astype(np.uint8)[np.newaxis], gsd, nomenclature="naf15")

    return write


@pytest.fixture
def made(run: Callable, naf: Callable, out: Path) -> Callable:
    """``made(codes, ...)``: official codes and figures of the polygons, largest first."""

    def make(codes: np.ndarray, **options: Any) -> list[dict[str, Any]]:
        run(OcsgeJob(input=naf(codes), output=str(out / "o.gpkg"), **options))
        _, fields = _read(str(out / "o.gpkg"))
        rows = [{name: values[i] for name, values in fields.items()} for i in range(len(fields["numero"]))]
        return sorted(rows, key=lambda row: -row["surface_m2"])

    return make


def _codes(rows: list[dict[str, Any]]) -> list[str]:
    return [row["code_cs"] for row in rows]


# -- the table and the names


def test_the_table_is_ign_s() -> None:
    official = {c.code: c.official for c in load_nomenclature("ocsge_cs").classes} | {UNDECIDED: ""}
    expected = {
        1: "CS1.1.1.1", 2: "CS1.1.2.1", 3: "CS1.1.1.2", 4: "", 5: "CS1.2.1", 6: "CS1.2.2", 7: "CS1.2.3",
        8: "CS2.1.1.2", 9: "CS2.1.1.3", 10: "CS2.1.1.1", 11: "CS2.1.2", 12: "CS2.1.3", 13: "CS2.2.1", 14: "CS2.2.1",
        15: "",
    }  # fmt: skip
    assert {code: official[TABLE[code]] for code in expected} == expected
    cosia = cover_codes(Legend(COSIA, COSIA.classes))
    assert [official[cosia[c]] for c in (1, 3, 9, 10, 11, 12, 13, 14, 15)] == [
        "CS1.1.1.1", "CS1.1.1.2", "CS2.1.1.1", "CS2.1.2", "CS2.1.3", "CS2.2.1", "CS2.2.1", "CS2.2.1", "",
    ]  # fmt: skip
    assert cosia[0] == TABLE[0] == 0
    # What the mappings of probabilities leave no doubt about is the same here.
    from ocsia_plugin.engine.mappings import load_mapping

    for nomenclature, table in (("naf15", TABLE), ("cosia", cosia)):
        mapping = load_mapping(nomenclature, "ocsge_cs")
        assert all(table[code] == target for code, target in mapping.codes.items())
        assert all(table[code] in targets for code, targets in mapping.split.items())


@pytest.mark.parametrize(
    ("code", "held", "name"),
    [
        (rules.DECIDUOUS, {DECIDUOUS: 75, CONIFER: 25}, rules.DECIDUOUS),
        (rules.DECIDUOUS, {DECIDUOUS: 74, CONIFER: 26}, rules.MIXED),
        (rules.CONIFEROUS, {DECIDUOUS: 1, CONIFER: 3, GRASS: 90}, rules.CONIFEROUS),
        (rules.MIXED, {CUT: 10}, rules.MIXED),
        (rules.SHRUBS, {SHRUB: 45, DECIDUOUS: 51, GRASS: 4}, rules.DECIDUOUS),
        (rules.SHRUBS, {SHRUB: 45, DECIDUOUS: 30, CONIFER: 21}, rules.MIXED),
        (rules.DECIDUOUS, {SHRUB: 51, DECIDUOUS: 45}, rules.SHRUBS),
        (rules.VINES, {VINE: 40, SHRUB: 20, DECIDUOUS: 20}, rules.VINES),
        (rules.MIXED, {CUT: 10, DECIDUOUS: 40}, rules.DECIDUOUS),
        (rules.SEALED, {SEALED: 60, PERVIOUS: 40}, rules.COMPOSITE),
        (rules.MINERAL, {SEALED: 80, PERVIOUS: 20}, rules.SEALED),
        (rules.MINERAL, {SEALED: 20, PERVIOUS: 80, GRASS: 300}, rules.MINERAL),
        (rules.BUILT, {SEALED: 90, BUILDING: 10}, rules.BUILT),
        (13, {GRASS: 40, DECIDUOUS: 60}, 13),
    ],
)
def test_names_by_content(code: int, held: dict[int, int], name: int) -> None:
    composition = np.zeros(256, np.int64)
    composition[list(held)] = list(held.values())
    assert rules.renamed(code, composition, TABLE) == name


# -- the parts


@st.composite
def _rasters(draw: st.DrawFn) -> tuple[np.ndarray, int]:
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = draw(st.integers(1, 22)), draw(st.integers(1, 22))
    codes = rng.choice(draw(st.sampled_from([[1, 2, 3], [0, 1, 2], [2, 8, 13, 1, 5]])), shape)
    grain = draw(st.sampled_from([1, 2]))
    return np.kron(codes, np.ones((grain, grain))).astype(np.uint8), draw(st.integers(1, 9))


def _graph(codes: np.ndarray, original: np.ndarray, dense: np.ndarray, rows: int) -> Graph:
    builder = GraphBuilder(codes.shape[1], 17)
    for row in range(0, len(codes), rows):
        part = slice(row, row + rows)
        builder.feed(codes[part], original[part], dense[part])
    return builder.finish()


def _pixels(graph: Graph, codes: np.ndarray, rows: int) -> np.ndarray:
    """Region of each pixel."""
    from ocsia_plugin.engine.products.regions import label

    parts = [codes[row : row + rows] for row in range(0, len(codes), rows)]
    return np.concatenate([table[label(part)[0]] for part, table in zip(parts, graph.tables)])


@given(_rasters())
def test_the_graph_is_that_of_the_raster(case: tuple[np.ndarray, int]) -> None:
    codes, rows = case
    rng = np.random.default_rng(0)
    original, dense = rng.integers(0, 16, codes.shape).astype(np.uint8), rng.random(codes.shape) < 0.5
    graph = _graph(codes, original, dense, rows)
    regions = _pixels(graph, codes, rows)
    for code in np.unique(codes[codes > 0]):
        labels, count = ndimage.label(codes == code)
        found = {(r, k) for r, k in zip(regions[codes == code], labels[codes == code])}
        assert len(found) == len({r for r, _ in found}) == count
    pairs: dict[tuple[int, int], int] = {}
    for a, b in ((regions[:, :-1], regions[:, 1:]), (regions[:-1], regions[1:])):
        for p, q in zip(a.ravel().tolist(), b.ravel().tolist()):
            if p != q:
                pairs[min(p, q), max(p, q)] = pairs.get((min(p, q), max(p, q)), 0) + 1
    assert {(a, b): edge for a, b, edge in graph.pairs.tolist()} == pairs
    for region in np.unique(regions):
        inside = regions == region
        assert graph.area[region] == inside.sum()
        assert graph.dense[region] == (inside & dense).sum()
        assert graph.code[region] == codes[inside][0]
        assert graph.held[region].tolist() == np.bincount(original[inside], minlength=17).tolist()
    corners = set()
    for y in range(codes.shape[0] - 1):
        for x in range(codes.shape[1] - 1):
            (a, b), (c, d) = codes[y : y + 2, x : x + 2] == rules.SEALED
            (ra, rb), (rc, rd) = regions[y : y + 2, x : x + 2]
            if a and d and not b and not c:
                corners.add((min(ra, rd), max(ra, rd)))
            if b and c and not a and not d:
                corners.add((min(rb, rc), max(rb, rc)))
    assert set(map(tuple, graph.corners.tolist())) == corners


@given(_rasters(), st.integers(1, 8), st.integers(0, 10), st.integers(0, 20))
def test_no_polygon_is_too_small_without_a_reason(
    case: tuple[np.ndarray, int], built: int, more: int, most: int
) -> None:
    codes, rows = case
    dense = np.add.outer(np.arange(codes.shape[0]), np.arange(codes.shape[1])) < sum(codes.shape) / 2
    graph = _graph(codes, codes, dense, rows)
    smallest = MinimumAreas(built, built + more, built + more + most)
    made = generalised(graph, smallest, np.arange(256, dtype=np.uint8).clip(0, 15), lambda: None)
    polygons = made.of_region[_pixels(graph, codes, rows)]
    assert ((polygons == 0) == (codes == 0)).all()
    islands, _ = ndimage.label(codes > 0)
    for number in range(1, len(made.code)):
        inside = polygons == number
        assert ndimage.label(inside)[1] == 1
        assert made.area[number] == inside.sum() and made.dense[number] == (inside & dense).sum()
        assert made.held[number].tolist() == np.bincount(codes[inside], minlength=17).tolist()
        wanted = smallest.of(made.code[number], bool(2 * made.dense[number] >= made.area[number]))
        alone = (polygons[islands == islands[inside][0]] == number).all()
        assert inside.sum() >= wanted or alone or made.kept
    again = generalised(_graph(codes, codes, dense, 100), smallest, np.arange(256, dtype=np.uint8), lambda: None)
    assert sorted(zip(again.code.tolist(), again.area.tolist())) == sorted(zip(made.code.tolist(), made.area.tolist()))


def test_density_of_buildings() -> None:
    rng = np.random.default_rng(0)
    built, valid = rng.random((230, 170)) < 0.05, rng.random((230, 170)) < 0.9
    built[60:110, 60:110] |= rng.random((50, 50)) < 0.2
    built &= valid
    zones = DensityZones(Grid(0, 0, 2.0, 2.0, 170, 230), 8.0)
    for row in range(0, 230, 31):
        zones.feed(built[row : row + 31], valid[row : row + 31])
    found = np.concatenate([zones.rows(row, min(17, 230 - row)) for row in range(0, 230, 17)])
    for y, x in ((0, 0), (85, 85), (229, 169), (130, 85), (85, 40), (150, 150)):
        top, left = max((y // 10 - 2) * 10, 0), max((x // 10 - 2) * 10, 0)
        around = slice(top, (y // 10 + 3) * 10), slice(left, (x // 10 + 3) * 10)
        assert found[y, x] == (built[around].sum() >= 0.08 * valid[around].sum())
    assert found[85, 85] and not found[0, 0]


def test_numbers_of_polygons_whatever_the_strips() -> None:
    rng = np.random.default_rng(2)
    geometries = np.array([shapely.Point(x, -y).buffer(r) for x, y, r in rng.uniform(2, 30, (12, 3))], object)
    grid = Grid(0, 0, 0.5, 0.5, 64, 70)
    polygons = NumberedPolygons(geometries, grid)
    whole = polygons.numbers(0, 70)
    expected = rasterize(
        [(g, i + 1) for i, g in enumerate(geometries)], (70, 64), transform=(0.5, 0, 0, 0, -0.5, 0), dtype="int32"
    )
    assert (whole == expected).all()
    assert (np.concatenate([polygons.numbers(row, min(9, 70 - row)) for row in range(0, 70, 9)]) == whole).all()


def test_rows_in_other_portions() -> None:
    rows = np.arange(20).reshape(20, 1)
    taker = Taker(iter([rows[:7], rows[7:8], rows[8:]]))
    assert np.concatenate([taker.take(n) for n in (3, 5, 1, 11)]).tolist() == rows.tolist()


# -- the rules, on pictures


def test_smallest_surfaces(made: Callable) -> None:
    codes = np.full((160, 160), GRASS)
    codes[10:24, 10:24] = BUILDING  # 196 m²
    codes[10:25, 40:54] = BUILDING  # 210 m²
    codes[60:109, 10:60] = WATER  # 2 450 m²
    codes[60:111, 80:130] = WATER  # 2 550 m²
    assert _codes(made(codes)) == ["CS2.2.1", "CS1.2.2", "CS1.1.1.1"]
    rows = made(codes)
    assert rows[0]["naf_1"] == pytest.approx(100 * 196 / rows[0]["surface_m2"], abs=0.01)
    assert rows[0]["naf_6"] == pytest.approx(100 * 2450 / rows[0]["surface_m2"], abs=0.01)
    assert rows[0]["classe_princ"] == "Culture et herbacé"
    assert rows[0]["part_princ"] == rows[0]["naf_13"]
    assert {row["zone"] for row in rows} == {"autre"}
    assert _codes(made(codes, min_elsewhere=2400))[1:] == ["CS1.2.2", "CS1.2.2", "CS1.1.1.1"]


def test_constructed_zones(made: Callable, write_mask: Callable) -> None:
    codes = np.full((120, 120), GRASS)
    codes[10:35, 10:35] = WATER  # 625 m²
    codes[80:105, 80:105] = WATER
    assert _codes(made(codes)) == ["CS2.2.1"]
    zone = shapely.box(CORNER[0], CORNER[1] - 60, CORNER[0] + 60, CORNER[1])
    rows = made(codes, built_area=write_mask([zone]))
    assert _codes(rows) == ["CS2.2.1", "CS1.2.2"] and rows[1]["zone"] == "construite"
    codes[40:60, 5:55] = BUILDING
    rows = made(codes)
    assert _codes(rows) == ["CS2.2.1", "CS1.1.1.1", "CS1.2.2"]


@pytest.fixture
def write_mask(write_polygons: Callable, tmp_path: Path) -> Callable:
    return lambda geometries: write_polygons(tmp_path / "mask.gpkg", geometries)


def test_pools_greenhouses_and_others_take_what_surrounds_them(made: Callable) -> None:
    codes = np.full((200, 200), GRASS)
    codes[20:80, 20:120] = OTHER  # 6 000 m²: no class of OCS GE, however large
    codes[100:160, 100:160] = DECIDUOUS
    codes[120:130, 120:140] = POOL
    rows = made(codes)
    assert _codes(rows) == ["CS2.2.1", "CS2.1.1.1"]
    assert rows[1]["surface_m2"] == 3600 and rows[1]["naf_4"] == pytest.approx(100 * 200 / 3600, abs=0.01)


def test_mixed_trees(made: Callable) -> None:
    codes = np.full((200, 200), GRASS)
    codes[50:110, 50:90], codes[50:110, 90:120] = DECIDUOUS, CONIFER  # 2 400 + 1 800 m²: each alone is too small
    rows = made(codes)
    assert _codes(rows) == ["CS2.2.1", "CS2.1.1.3"]
    assert rows[1]["surface_m2"] == 4200 and rows[1]["naf_10"] == pytest.approx(57.14, abs=0.01)
    codes[50:140, 50:90], codes[50:140, 90:130] = DECIDUOUS, CONIFER  # 3 600 m² each: two polygons
    assert _codes(made(codes))[1:] == ["CS2.1.1.1", "CS2.1.1.2"]


def test_composite_ground(made: Callable) -> None:
    codes = np.full((200, 200), GRASS)
    codes[50:90, 50:90], codes[90:130, 50:90] = SEALED, PERVIOUS  # 1 600 m² each
    assert _codes(made(codes)) == ["CS2.2.1", "CS1.1.2.2"]


def test_roads_go_on(made: Callable) -> None:
    codes = np.full((300, 300), GRASS)
    codes[100:106, 20:120] = SEALED  # 600 m², sixteen times as long as wide
    codes[200:220, 200:230] = SEALED  # 600 m² of a yard
    rows = made(codes)
    assert _codes(rows) == ["CS2.2.1", "CS1.1.1.2"] and rows[1]["surface_m2"] == 600
    # Parts that touch at a corner count together.
    codes = np.full((300, 300), GRASS)
    for i in range(5):
        codes[50 + 25 * i : 75 + 25 * i, 50 + 25 * i : 75 + 25 * i] = SEALED  # 625 m² each
    assert _codes(made(codes)) == ["CS2.2.1"] + 5 * ["CS1.1.1.2"]


def test_continuous_and_isolated_buildings(made: Callable, out: Path) -> None:
    codes = np.full((400, 400), GRASS)
    codes[40:140, 40:60] = codes[40:140, 80:100] = codes[300:316, 300:316] = BUILDING
    rows = [row for row in made(codes, split_built=True) if row["code_cs"] == "CS1.1.1.1"]
    assert [(row["surface_m2"], row["bati"]) for row in rows] == [(2000, "continu"), (2000, "continu"), (256, "isole")]
    with closing(sqlite3.connect(out / "o.gpkg")) as db:
        [(style,)] = db.execute("SELECT styleQML FROM layer_styles WHERE useAsDefault = 1")
    assert 'value="CS1.1.1.1 isole"' in style and "255,55,122,255" in style
    assert "bati" not in made(codes)[0]


# -- the job


def _town_like() -> np.ndarray:
    rng = np.random.default_rng(1)
    fields = [ndimage.gaussian_filter(rng.standard_normal((160, 190)), 5) for _ in range(15)]
    codes = np.argmax(fields, axis=0) + 1
    codes[70:90, 60:80] = 0
    return codes.astype(np.uint8)


SMALL = {"min_built": 8.0, "min_dense": 16.0, "min_elsewhere": 60.0, "min_detail": 3.0}


def _check_partition(codes: np.ndarray, gsd: float, path: str) -> None:
    """Polygons cover the valid pixels once, and hold what they say."""
    geometries, fields = _read(path)
    assert shapely.is_valid(geometries).all()
    assert shapely.area(geometries).sum() == pytest.approx((codes > 0).sum() * gsd**2, rel=1e-9)
    assert fields["surface_m2"] == pytest.approx(shapely.area(geometries), rel=1e-6)
    transform = rasterio.transform.from_origin(*CORNER, gsd, gsd)
    shapes = [(g, i + 1) for i, g in enumerate(geometries)]
    numbers = rasterize(shapes, codes.shape, transform=transform, dtype="int32")
    assert ((numbers > 0) == (codes > 0)).all()
    for i in range(len(geometries)):
        inside = codes[numbers == i + 1]
        for code in range(1, 16):
            assert fields[f"naf_{code}"][i] == pytest.approx(100 * (inside == code).mean(), abs=0.0051)


@pytest.mark.parametrize("rows", [7, 64])
def test_job(rows: int, run: Callable, naf: Callable, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectorize, "STRIP_PIXELS", 190 * rows)
    codes = _town_like()
    output, detail = str(out / "o.gpkg"), str(out / "d.gpkg")
    done = run(OcsgeJob(input=naf(codes), output=output, detail=detail, **SMALL))
    assert done.results == {"OUTPUT": output, "DETAIL": detail}
    _check_partition(codes, 1.0, output)
    geometries, fields = _read(output)
    assert list(fields)[:7] == ["numero", "code_cs", "classe", "surface_m2", "perim_m", "polygone", "zone"]
    assert set(zip(fields["code_cs"], fields["classe"])) <= {
        (c.official, c.fr) for c in load_nomenclature("ocsge_cs").classes
    }
    parts, of_part = _read(detail)
    assert shapely.is_valid(parts).all() and (of_part["surface_m2"] >= 3).all()
    assert (of_part["code_cs"] != of_part["socle_cs"]).all()
    by_number = dict(zip(fields["polygone"].tolist(), zip(geometries, fields["code_cs"])))
    for part, number, socle in zip(parts, of_part["polygone"].tolist(), of_part["socle_cs"]):
        assert by_number[number][1] == socle and shapely.covers(by_number[number][0], part)
    assert [e["value"] for e in done.events if e["event"] == "progress"][-1] == 1.0
    assert max(e["value"] for e in done.events[:-1] if e["event"] == "progress") <= 0.98
    assert "info-ocsge-limits" in done.codes("info")
    first = set(shapely.to_wkb(shapely.normalize(geometries)))
    monkeypatch.setattr(vectorize, "STRIP_PIXELS", 190 * 33)
    run(OcsgeJob(input=naf(codes), output=output, **SMALL))
    assert set(shapely.to_wkb(shapely.normalize(_read(output)[0]))) == first


def test_smoothed(run: Callable, naf: Callable, out: Path) -> None:
    codes = _town_like()
    run(OcsgeJob(input=naf(codes), output=str(out / "o.gpkg"), simplify=2.5, **SMALL))
    geometries, fields = _read(str(out / "o.gpkg"))
    assert shapely.coverage_is_valid(geometries)
    assert fields["surface_m2"].sum() == pytest.approx((codes > 0).sum(), rel=1e-9)


def test_same_bytes_again(run: Callable, naf: Callable, out: Path) -> None:
    path, contents = naf(_town_like()), []
    for _ in range(2):
        run(OcsgeJob(input=path, output=str(out / "o.gpkg"), **SMALL))
        contents.append((out / "o.gpkg").read_bytes())
    assert contents[0] == contents[1]


def test_english(run: Callable, naf: Callable, out: Path) -> None:
    run(OcsgeJob(input=naf(_town_like()), output=str(out / "o.gpkg"), lang="en", **SMALL))
    fields = _read(str(out / "o.gpkg"))[1]
    assert "Herbaceous vegetation" in fields["classe"] and set(fields["zone"]) <= {"constructed", "other"}


# -- an OCS GE that exists


@pytest.fixture
def socle(tmp_path: Path) -> Callable:
    """Polygons in metres from the north-west corner, y downwards, with their codes, as a GeoPackage."""

    def write(boxes: list[tuple[float, float, float, float]], codes: list[Any], field: str = "CODE_CS") -> str:
        path = tmp_path / "socle.gpkg"
        x, y = CORNER
        shapes = [shapely.box(x + a, y - d, x + c, y - b) for a, b, c, d in boxes]
        columns = [np.array(codes, object), np.arange(len(codes)) * 10]
        pyogrio.raw.write(
            path, shapely.to_wkb(shapes), columns, [field, "id"], layer="socle", driver="GPKG",
            geometry_type="Polygon", crs="EPSG:2154",
        )  # fmt: skip
        return str(path)

    return write


def test_refined(run: Callable, naf: Callable, socle: Callable, out: Path) -> None:
    codes = np.full((100, 100), GRASS)
    codes[:, 50:] = DECIDUOUS
    codes[10:20, 10:20] = BUILDING
    codes[40:48, 40:60] = WATER  # across both
    codes[80:83, 80:83] = BUILDING  # 9 m²: under the smallest part
    path = socle([(0, 0, 50, 100), (50, 0, 120, 100), (500, 0, 600, 100)], ["CS2.2.1", "CS2.1.1.1", "CS1.2.2"])
    output, detail = str(out / "o.gpkg"), str(out / "d.gpkg")
    done = run(OcsgeJob(input=naf(codes), output=output, detail=detail, ocsge=path))
    geometries, fields = _read(output)
    assert len(geometries) == 2 and fields["id"].tolist() == [0, 10]
    assert fields["code_cs"].tolist() == ["CS2.2.1", "CS2.1.1.1"]
    assert fields["naf_13"].tolist() == [96.4, 0.0]
    assert fields["naf_1"].tolist() == [2.0, 0.18] and fields["naf_6"].tolist() == [1.6, 1.6]
    assert fields["accord_pct"].tolist() == [96.4, 98.22]
    assert fields["vu_pct"].tolist() == [100.0, 71.43]
    assert done.params("info-ocsge-agreement") == {"count": 2, "share": 97.3}
    parts, of_part = _read(detail)
    assert fields["polygone"].tolist() == [1, 2] and set(of_part["polygone"]) == {1, 2}
    for part, number in zip(parts, of_part["polygone"].tolist()):
        assert shapely.covers(geometries[number - 1], part)
    found = sorted(zip(of_part["code_cs"], of_part["socle_cs"], of_part["surface_m2"]))
    assert found == [
        ("CS1.1.1.1", "CS2.2.1", 100.0),
        ("CS1.2.2", "CS2.1.1.1", 80.0),
        ("CS1.2.2", "CS2.2.1", 80.0),
    ]


def test_codes_that_ocs_ge_does_not_have_are_kept_and_told(
    run: Callable, naf: Callable, socle: Callable, out: Path
) -> None:
    path = socle([(0, 0, 50, 100), (50, 0, 100, 100)], ["CS2.2.1", "CS9"], "cover")
    job = OcsgeJob(input=naf(np.full((100, 100), 13)), output=str(out / "o.gpkg"), ocsge=path, code_field="cover")
    done = run(job)
    assert done.params("warn-ocsge-codes") == {"count": 1, "found": "CS9"}
    fields = _read(str(out / "o.gpkg"))[1]
    assert fields["cover"].tolist() == ["CS2.2.1", "CS9"] and fields["code_cs"].tolist() == ["CS2.2.1", "CS9"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"output": "o.shp"}, "vector-format"),
        ({"min_built": 600.0}, "ocsge-areas"),
        ({"min_built": -1.0}, "ocsge-areas"),
        ({"density": 0.0}, "ocsge-density"),
        ({"density": 101.0}, "ocsge-density"),
        ({"simplify": -1.0}, "simplify-range"),
        ({"ocsge": ([(0, 0, 9, 9)], ["CS2.2.1"], "other")}, "ocsge-no-code"),
        ({"ocsge": ([(0, 0, 9, 9)], ["2.2.1"])}, "ocsge-bad-codes"),
        ({"ocsge": ([(900, 0, 909, 9)], ["CS2.2.1"])}, "ocsge-outside"),
        ({"ocsge": "nowhere.gpkg"}, "vector-unreadable"),
        ({"built_area": "nowhere.gpkg"}, "vector-unreadable"),
        ({"codes": np.zeros((20, 20), np.uint8)}, "raster-empty"),
        ({"nomenclature": "flair15"}, "ocsge-nomenclature"),
        ({"detail": "o.gpkg"}, "output-twice"),
    ],
)
def test_refusals(
    changes: dict, code: str, run: Callable, naf: Callable, write_raster: Callable, socle: Callable, out: Path,
    tmp_path: Path,
) -> None:  # fmt: skip
    changes = dict(changes)
    path = naf(changes.pop("codes", _town_like()))
    if changes.pop("nomenclature", None):
        path = write_raster(tmp_path / "f.tif", _town_like()[np.newaxis], 1.0, nomenclature="flair15")
    if isinstance(changes.get("ocsge"), tuple):
        changes["ocsge"] = socle(*changes["ocsge"])
    changes = {k: str(out / v) if k in ("output", "detail") else v for k, v in changes.items()}
    with pytest.raises(OcsiaError) as refusal:
        run(OcsgeJob(**{"input": path, "output": str(out / "o.gpkg"), **changes}))
    assert refusal.value.code == code and "{" not in str(refusal.value)
    assert os.listdir(out) == []


@pytest.mark.parametrize("at", [0.2, 0.7])
def test_cancelled(at: float, run: Callable, naf: Callable, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectorize, "STRIP_PIXELS", 190 * 10)

    def stop(events: Any, event: dict[str, Any]) -> None:
        if event["event"] == "progress" and event["value"] > at:
            events.cancel.set()

    with pytest.raises(Cancelled):
        run(OcsgeJob(input=naf(_town_like()), output=str(out / "o.gpkg"), detail=str(out / "d.gpkg"), **SMALL), stop)
    assert os.listdir(out) == []


def test_the_sample_town(run: Callable, out: Path) -> None:
    town = Path(__file__).resolve().parents[2] / "resources" / "sample" / "naf_truth.tif"
    done = run(OcsgeJob(input=str(town), output=str(out / "o.gpkg")))
    with rasterio.open(town) as source:
        valid = (source.read(1) > 0).sum() * source.res[0] ** 2
    geometries, fields = _read(str(out / "o.gpkg"))
    assert fields["surface_m2"].sum() == pytest.approx(valid, rel=1e-9)
    assert shapely.is_valid(geometries).all()
    wanted = np.where(fields["zone"] == "construite", 500, 2500)
    wanted[fields["code_cs"] == "CS1.1.1.1"] = 200
    kept = done.params("info-ocsge-regions")["kept"]
    assert np.count_nonzero(fields["surface_m2"] < wanted - 1e-6) <= kept
    assert {"CS1.1.1.1", "CS1.1.1.2", "CS2.2.1"} <= set(fields["code_cs"])


def test_real_zones_of_the_gers(run: Callable, ocsia_data: Path, out: Path) -> None:
    files = sorted((ocsia_data / "gers_naf").glob("*/naf/*.tiff"))
    if not files:
        pytest.skip("OCSIA_DATA has no gers_naf")
    for file in files:
        output = str(out / "o.gpkg")
        run(OcsgeJob(input=str(file), output=output, nomenclature="naf15", base="1", simplify=0.5))
        with rasterio.open(file) as source:
            valid = (source.read(1) > 0).sum() * source.res[0] ** 2
        geometries, fields = _read(output)
        assert fields["surface_m2"].sum() == pytest.approx(valid, rel=1e-9)
        assert shapely.coverage_is_valid(geometries)
        shares = np.stack([fields[f"naf_{code}"] for code in range(1, 16)])
        assert shares.sum(axis=0) == pytest.approx(100, abs=0.1)
