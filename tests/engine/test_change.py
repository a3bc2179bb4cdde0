"""Changes against a naive computation; the rule of flicker; grids, nomenclatures, zones; real vintages of the Gers."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyproj
import pytest
import rasterio
import shapely
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from rio_cogeo.cogeo import cog_validate
from scipy.ndimage import gaussian_filter

from ocsia_plugin.engine.areas.ellipsoid import areal_scale
from ocsia_plugin.engine.errors import Cancelled, OcsiaError
from ocsia_plugin.engine.jobs import ChangeJob
from ocsia_plugin.engine.products.change import TAG
from ocsia_plugin.engine.products.vintages import opened

HEIGHT, WIDTH, PIXEL = 120, 140, 0.2
X, Y = 500000.0, 6290000.0


@given(arrays.arrays(bool, (9, 11)), st.integers(1, 5))
def test_opening_keeps_what_a_square_fits_into(mask: np.ndarray, width: int) -> None:
    expected = np.zeros_like(mask)
    for row in range(9 - width + 1):
        for column in range(11 - width + 1):
            if mask[row : row + width, column : column + width].all():
                expected[row : row + width, column : column + width] = True
    assert (opened(mask.copy(), width) == expected).all()


def _codes() -> tuple[np.ndarray, np.ndarray]:
    """A wood on grass that lost a block and, shifted by one pixel, flickers along its edge; corners without data."""
    before = np.full((HEIGHT, WIDTH), 13, np.uint8)
    before[20:100, 20:100] = 10
    after = np.full((HEIGHT, WIDTH), 13, np.uint8)
    after[20:100, 21:101] = 10
    after[40:60, 40:60] = 1
    before[:10, :10] = 0
    after[-10:, -10:] = 0
    return before, after


def _ground(shape: tuple[int, int] = (HEIGHT, WIDTH)) -> np.ndarray:
    xs, ys = np.meshgrid(X + (np.arange(shape[1]) + 0.5) * PIXEL, Y - (np.arange(shape[0]) + 0.5) * PIXEL)
    return PIXEL**2 / areal_scale(pyproj.CRS("EPSG:2154"), xs, ys)


def _rows(path: str) -> list[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def job(write_raster: Callable, tmp_path: Path, out: Path) -> Callable[..., ChangeJob]:
    def make(before: np.ndarray, after: np.ndarray, after_options: Any = None, **options: Any) -> ChangeJob:
        files = {}
        for name, data, more in (("before", before, {}), ("after", after, after_options or {})):
            data = data[np.newaxis] if data.ndim == 2 else data
            files[name] = write_raster(tmp_path / f"{name}.tif", data, **{"nomenclature": "naf15", **more})
        outputs = {"table": "t.csv", "matrix": "m.csv", "polygons": "p.gpkg", "output": "c.tif"}
        return ChangeJob(**files, **{n: str(out / name) for n, name in outputs.items()}, **options)

    return make


def test_a_block_changed_and_an_edge_flickers(run, read, job, out: Path) -> None:
    before, after = _codes()
    asked = job(before, after, min_area=0.0)
    done = run(asked)
    pixels, valid = read(asked.output)
    both = (before > 0) & (after > 0)
    assert (valid == both).all()
    expected = np.where(both, 1001 * before.astype(int), 0)
    expected[40:60, 40:60] = 10001
    assert (pixels[0] == expected).all()
    assert cog_validate(asked.output)[0]
    ground = _ground()
    table = {row["key"]: row for row in _rows(asked.table)}
    block = ground[40:60, 40:60].sum()
    assert float(table["batiment"]["gain_m2"]) == pytest.approx(block, abs=1e-3)
    assert float(table["feuillus"]["loss_m2"]) == pytest.approx(block, abs=1e-3)
    for key, code in (("batiment", 1), ("feuillus", 10), ("culture_herbace", 13)):
        row = {name: float(value) for name, value in table[key].items() if name.endswith("_m2") and value}
        assert row["before_m2"] == pytest.approx(ground[both & (before == code)].sum(), abs=1e-3)
        assert row["after_m2"] == pytest.approx(ground[both & (after == code)].sum(), abs=1e-3)
        balance = row["before_m2"] + row["gain_m2"] - row["loss_m2"] + row["flicker_m2"]
        assert row["after_m2"] == pytest.approx(balance, abs=1e-3)
        assert row["net_m2"] == pytest.approx(row["gain_m2"] - row["loss_m2"], abs=1e-3)
    matrix = {(row["before_code"], row["after_code"]): row for row in _rows(asked.matrix)}
    assert matrix["10", "13"]["pixels"] == "80" and float(matrix["10", "13"]["changed_m2"]) == 0
    meta, _, wkb, columns = pyogrio.raw.read(asked.polygons, layer="p")
    fields = dict(zip(meta["fields"].tolist(), columns))
    fields["surface_m2"] = fields["surface_m2"].round(9)
    assert {name: values.tolist() for name, values in fields.items()} == {
        "avant": [10], "avant_nom": ["Feuillus"], "apres": [1], "apres_nom": ["Bâtiment"], "surface_m2": [16.0]
    }  # fmt: skip
    x, y = X + 40 * PIXEL, Y - 40 * PIXEL
    assert shapely.from_wkb(wkb)[0].equals(shapely.box(x, y - 4, x + 4, y))
    assert "warn-change-no-interval" in done.codes("warning")
    with rasterio.open(asked.output) as source:
        assert json.loads(source.tags()[TAG])["coding"] == "1000 * before + after"
    assert {p.name for p in out.iterdir()} == {"c.tif", "c.qml", "t.csv", "m.csv", "p.gpkg"}


def test_without_a_width_every_difference_is_a_change(run, job, read) -> None:
    before, after = _codes()
    asked = job(before, after, min_width=0.0)
    run(asked)
    both = (before > 0) & (after > 0)
    assert (read(asked.output)[0][0] == np.where(both, 1000 * before.astype(int) + after, 0)).all()
    assert all(abs(float(row["flicker_m2"])) < 1e-3 for row in _rows(asked.table))


def test_small_polygons_are_left_out_but_counted(run, job) -> None:
    asked = job(*_codes(), min_area=16.01)
    run(asked)
    meta, *_ = pyogrio.raw.read(asked.polygons, layer="p")
    assert pyogrio.read_info(asked.polygons, layer="p")["features"] == 0 and "avant" in meta["fields"]
    assert any(float(row["gain_m2"]) > 0 for row in _rows(asked.table))


def _values(seed: int) -> np.ndarray:
    p = np.random.default_rng(seed).dirichlet(np.full(15, 0.2), (HEIGHT, WIDTH))
    values = np.moveaxis(np.floor(255 * p), 2, 0).astype(np.uint8)
    values[:, :5, :5] = 0
    return values


def _zones(path: Path, shapes: list[shapely.Geometry]) -> str:
    names = [np.array([f"zone {i}" for i in range(len(shapes))], object)]
    wkb = shapely.to_wkb(np.array(shapes, object))
    pyogrio.raw.write(path, wkb, names, ["nom"], driver="GPKG", geometry_type="Polygon", crs="EPSG:2154")
    return str(path)


def test_probabilities_by_zone_against_every_pixel(run, job, tmp_path: Path, read) -> None:
    """Expected and weighted flows of two overlapping zones, of groups, with the threshold of confidence."""
    first, second = _values(1), _values(2)
    shapes = [shapely.Point(X + 10, Y - 10).buffer(7), shapely.box(X + 5.01, Y - 18.03, X + 90, Y - 3.07)]
    asked = job(
        first, second, zones=_zones(tmp_path / "z.gpkg", shapes), groups="ligneux", min_width=0.0, min_confidence=30.0
    )
    run(asked)
    plain = [code for code in range(1, 16) if code not in (8, 10, 11)]
    codes = np.array([*plain, 101])

    def shares(values: np.ndarray) -> np.ndarray:
        grouped = np.stack([*(values[c - 1].astype(float) for c in plain), values[[7, 9, 10]].sum(0, float)])
        return np.divide(grouped, grouped.sum(0), out=np.zeros_like(grouped), where=grouped.sum(0) > 0)

    p, q = shares(first), shares(second)
    k, m = codes[p.argmax(0)], codes[q.argmax(0)]
    joint = p.max(0) * q.max(0)
    valid = (p.sum(0) > 0) & (q.sum(0) > 0)
    changed = (k != m) & valid & (joint >= 0.3)
    pixels, _ = read(asked.output)
    assert (pixels[0] == np.where(valid, 1000 * k + np.where(changed, m, k), 0)).all()
    ground = _ground()
    xs, ys = np.meshgrid(X + (np.arange(WIDTH) + 0.5) * PIXEL, Y - (np.arange(HEIGHT) + 0.5) * PIXEL)
    rows = _rows(asked.matrix)
    for number, shape in enumerate(shapes):
        inside = shapely.contains_xy(shape, xs, ys)
        mine = [row for row in rows if row["zone"] == f"zone {number}"]
        assert len(mine) > 100
        for row in mine:
            a, b = int(row["before_code"]), int(row["after_code"])
            pair = inside & valid & (k == a) & (m == b)
            assert int(row["pixels"]) == pair.sum()
            figures = {
                "differing_m2": ground[pair].sum(),
                "changed_m2": ground[pair & changed].sum(),
                "weighted_m2": (ground * joint)[pair & changed].sum(),
                "expected_m2": (ground * p[codes == a][0] * q[codes == b][0])[inside].sum(),
            }
            for name, value in figures.items():
                assert float(row[name]) == pytest.approx(value, rel=1e-4, abs=2e-3), name
    _, _, _, columns = pyogrio.raw.read(asked.polygons, layer="p")
    assert ((columns[-1] >= 0.29) & (columns[-1] <= 1)).all()


def test_tiles_make_no_difference(run, job, read, monkeypatch) -> None:
    from ocsia_plugin.engine.products import change

    rng = np.random.default_rng(5)
    noise = np.kron(rng.integers(1, 4, (20, 24)), np.ones((6, 6), int)).astype(np.uint8)[:HEIGHT, :WIDTH]
    blocks = np.kron(rng.integers(1, 4, (30, 35)), np.ones((4, 4), int)).astype(np.uint8)[:HEIGHT, :WIDTH]
    monkeypatch.setattr(change, "_SIDE", 512)
    large = [np.tile(a, (5, 5)) for a in (noise, blocks)]
    run(job(*large))
    in_tiles = read(job(*large).output)[0]
    monkeypatch.setattr(change, "_SIDE", 4096)
    run(job(*large))
    assert (read(job(*large).output)[0] == in_tiles).all()
    assert 0 < np.count_nonzero(in_tiles // 1000 != in_tiles % 1000) < in_tiles.size


def test_another_grid_is_read_by_the_nearest_pixel_and_never_interpolated(run, job, read) -> None:
    before = np.full((100, 100), 13, np.uint8)
    after = np.full((40, 40), 1, np.uint8)
    after[:, 20:] = 15
    done = run(job(before, after, {"gsd": 0.5, "corner": (X + 0.1, Y - 0.1)}, min_width=0.0))
    pixels, valid = read(done.results["OUTPUT"])
    assert set(np.unique(pixels[0][valid])) == {13001, 13015}
    assert done.params("warn-change-resampled")["method"] == "nearest"


def test_a_shift_of_whole_pixels_is_no_resampling(run, job, read) -> None:
    before, after = _codes()
    done = run(job(before, after, {"corner": (X + 4.0, Y - 2.0)}, min_width=0.0))
    pixels, valid = read(done.results["OUTPUT"])
    moved = np.zeros_like(after)
    moved[10:, 20:] = after[:-10, :-20]
    both = (before > 0) & (moved > 0)
    assert (valid == both).all()
    assert (pixels[0] == np.where(both, 1000 * before.astype(int) + moved, 0)).all()
    assert "warn-change-resampled" not in done.codes("warning")


def test_nomenclatures_are_mapped_where_that_is_many_to_one(run, job, read) -> None:
    before = np.full((60, 60), 13, np.uint8)
    after = np.full((60, 60), 12, np.uint8)  # CoSIA: lawn, a part of NAF's 13
    after[:, 30:] = 9  # CoSIA: broadleaved
    done = run(job(before, after, {"nomenclature": "cosia"}))
    assert set(np.unique(read(done.results["OUTPUT"])[0])) == {13013, 13010}
    assert "warn-codes-translated" in done.codes("warning")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"after_options": {"corner": (X + 1e4, Y)}}, "change-outside"),
        ({"after_options": {"nomenclature": "ocsge_cs"}}, "change-nomenclatures"),
        ({"groups": "x=77"}, "groups-syntax"),
        ({"after_options": {"crs": "EPSG:4326"}}, "raster-crs-degrees"),
        ({"after_options": {"nomenclature": ""}}, "nomenclature-unknown"),
    ],
)
def test_refusals(run, job, out: Path, options, code) -> None:
    before, after = _codes()
    if "ocsge_cs" in str(options):
        after = np.full((HEIGHT, WIDTH), 3, np.uint8)
    with pytest.raises(OcsiaError) as caught:
        run(job(before, after, **options))
    assert caught.value.code == code
    assert not list(out.iterdir())


def test_no_common_pixel_is_said(run, job, out: Path) -> None:
    before, after = _codes()
    before[:, 70:], after[:, :70] = 0, 0
    with pytest.raises(OcsiaError, match="No pixel"):
        run(job(before, after))
    assert not list(out.iterdir())


def test_cancelled_leaves_nothing(run, job, out: Path) -> None:
    with pytest.raises(Cancelled):
        run(job(*_codes()), lambda recorder, event: event["event"] == "progress" and recorder.cancel.set())
    assert not list(out.iterdir())


def _fields(path: str, layer: str) -> dict[str, list[Any]]:
    meta, _, _, columns = pyogrio.raw.read(path, layer=layer)
    return {name: values.tolist() for name, values in zip(meta["fields"].tolist(), columns)}


def test_zones_carry_the_figures_of_the_table(run, job, tmp_path: Path, out: Path) -> None:
    """Groups, zones that overlap, one without data, and a field that an earlier run made."""
    shapes = [shapely.box(X, Y - 24, X + 28, Y), shapely.box(X + 4, Y - 16, X + 12, Y - 8)]
    shapes.append(shapely.box(X + 0.1, Y - 1.9, X + 1.9, Y - 0.1))
    path = str(tmp_path / "zones.gpkg")
    columns = [np.array(["town", "wood", "void"], object), np.array([1.0, 2.0, 3.0])]
    pyogrio.raw.write(
        path, shapely.to_wkb(np.array(shapes)), columns, ["nom", "changed_m2"], driver="GPKG", geometry_type="Polygon",
        crs="EPSG:2154",
    )  # fmt: skip
    options = {"zones": path, "groups": "ligneux=8+10+11", "flows": str(out / "z.gpkg"), "lang": "fr"}
    asked = job(*_codes(), **options)
    done = run(asked)
    assert done.results["FLOWS"] == asked.flows
    zones = _fields(asked.flows, "z")
    assert zones["nom"] == ["town", "wood", "void"]
    rows = _rows(asked.table)
    assert len(rows) == 6
    for row in rows:
        number = zones["nom"].index(row["zone"])
        for name in ("before", "after", "gain", "loss", "net"):
            assert zones[f"{row['key']}_{name}_m2"][number] == pytest.approx(float(row[f"{name}_m2"]), abs=1e-4)
        assert zones["compared_m2"][number] == pytest.approx(float(row["compared_m2"]), abs=1e-4)
    block = _ground()[40:60, 40:60].sum()
    assert zones["changed_m2"][:2] == pytest.approx([block] * 2, abs=1e-3)
    assert zones["changed_pct"][1] == pytest.approx(100 * 16 / 64, abs=1e-3)
    assert np.isnan(zones["changed_m2"][2]) and np.isnan(zones["batiment_before_m2"][2])
    assert zones["compared_m2"][2] == 0 and zones["summary"][2] == ""
    lines = zones["summary"][1].replace("\u202f", " ").split("\n")
    assert lines == ["Bâtiment : +16 m²", "Végétation ligneuse : −16 m²"]
    pairs = [row for row in _rows(asked.matrix) if row["zone"] == "town" and row["before_code"] != row["after_code"]]
    flicker = sum(float(row["differing_m2"]) - float(row["changed_m2"]) for row in pairs)
    assert zones["flicker_m2"][0] == pytest.approx(flicker, abs=1e-3) and flicker > 1
    assert "changed_weighted_m2" not in zones
    with sqlite3.connect(asked.flows) as database:
        (style,) = database.execute("SELECT styleQML FROM layer_styles").fetchone()
    assert "graduatedSymbol" in style and "changed_pct" in style


def test_zones_from_probabilities_have_weighted_changes(run, job, out: Path) -> None:
    asked = job(_values(1), _values(2), flows=str(out / "z.gpkg"), min_width=0.0)
    run(asked)
    zones, rows = _fields(asked.flows, "z"), _rows(asked.matrix)
    assert zones["nom"] == ["before"] and len(rows) > 100
    weighted = sum(float(row["weighted_m2"]) for row in rows)
    assert zones["changed_weighted_m2"] == [pytest.approx(weighted, abs=0.02)]
    assert 0 < weighted < zones["changed_m2"][0]


def test_tables_for_excel_hold_the_same_figures(run, job) -> None:
    asked = job(*_codes())
    plain = run(asked) and [_rows(asked.table), _rows(asked.matrix)]
    run(job(*_codes(), excel=True))
    for path, rows in zip((asked.table, asked.matrix), plain):
        data = Path(path).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf") and b"\r\n" in data
        with open(path, encoding="utf-8-sig", newline="") as file:
            read = list(csv.DictReader(file, delimiter=";"))
        assert [{name: text.replace(",", ".") for name, text in row.items()} for row in read] == rows
        assert any("," in text for row in read for text in row.values())


def test_layers_say_where_they_come_from(run, job, out: Path) -> None:
    asked = job(*_codes(), flows=str(out / "z.gpkg"))
    for path, date in ((asked.before, "2016"), (asked.after, "2019")):
        with rasterio.open(path, "r+") as source:
            source.update_tags(OCSIA_ATTRIBUTION="© IGN, BD ORTHO®", OCSIA_DATE=date)
    run(asked)
    for path in (asked.polygons, asked.flows):
        description = pyogrio.read_info(path, layer=Path(path).stem)["layer_metadata"]["DESCRIPTION"]
        assert description == "Photo\u00a0: 2016; 2019 | © IGN, BD ORTHO®"


@pytest.mark.parametrize("pixels", [1, 2])
def test_edges_of_the_gers_that_moved_are_no_change(run, write_raster, ocsia_data: Path, out: Path, pixels) -> None:
    """The annotations of one date against themselves, displaced by up to 50 cm along both axes, as orthos are, with
    probabilities that hesitate along the edges as a model's do."""
    with rasterio.open(ocsia_data / "gers_naf/2016/naf/zone_v13_478208-0000_6275584-0000.tiff") as source:
        codes, transform = source.read(1)[300:800, 200:700], source.transform
    files = {}
    for name, moved in (("before", codes), ("after", np.roll(codes, (pixels, pixels), (0, 1)))):
        shares = np.stack([gaussian_filter((moved == k).astype(np.float32), 1.5) for k in range(1, 16)])
        values = np.rint(255 * shares / shares.sum(0)).astype(np.uint8)
        corner = (transform.c, transform.f)
        path = out.parent / f"{name}.tif"
        files[name] = write_raster(path, values, nomenclature="naf15", gsd=transform.a, corner=corner)
    asked = ChangeJob(**files, output=str(out / "c.tif"))
    found = run(asked).params("info-change")
    assert found["flicker"] > 50 and found["changed"] < 0.002 * found["flicker"]
    # The width does it: both dates are sure enough along most of an edge that moved. Their confidence halves it.
    flows = str(out / "z.gpkg")
    found = run(ChangeJob(**files, output=asked.output, flows=flows, min_width=0.0)).params("info-change")
    assert found["changed"] > 50
    assert _fields(flows, "z")["changed_weighted_m2"][0] < 0.6 * found["changed"]


def test_vintages_of_the_gers(run, ocsia_data: Path, read, out: Path) -> None:
    """Annotations of IGN, 2016 and 2019, which say neither their nomenclature nor their base."""
    name = "naf/zone_v13_478208-0000_6275584-0000.tiff"
    files = {date: str(ocsia_data / "gers_naf" / year / name) for date, year in (("before", "2016"), ("after", "2019"))}
    asked = ChangeJob(
        **files, nomenclature="naf15", base="1", output=str(out / "c.tif"), table=str(out / "t.csv"),
        polygons=str(out / "p.gpkg"),
    )  # fmt: skip
    run(asked)
    codes = [read(path)[0][0].astype(int) for path in files.values()]
    pixels = read(asked.output)[0][0]
    assert (pixels // 1000 == codes[0]).all()
    changed = pixels % 1000 != codes[0]
    assert (pixels % 1000 == codes[1])[changed].all()
    differing = codes[0] != codes[1]
    assert 0.99 < changed.sum() / differing.sum() < 1
    # Of every change, a square of 1 m lies around it.
    assert (opened(changed, 4) == changed).all()
    rows = _rows(asked.table)
    assert sum(float(row["gain_m2"]) for row in rows) == pytest.approx(
        sum(float(row["loss_m2"]) for row in rows), abs=0.01
    )
    _, _, wkb, columns = pyogrio.raw.read(asked.polygons, layer="p")
    assert (shapely.area(shapely.from_wkb(wkb)) == pytest.approx(columns[4])) and (columns[4] >= 25).all()
