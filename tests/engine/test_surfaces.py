"""Surfaces by zone against a naive computation, pixel by pixel."""

from __future__ import annotations

import csv
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyproj
import pytest
import rasterio
import shapely
from rasterio.transform import Affine

from ocsia_plugin.engine.areas import blocks, fractions, zonal
from ocsia_plugin.engine.areas.ellipsoid import areal_scale
from ocsia_plugin.engine.errors import Cancelled, OcsiaError
from ocsia_plugin.engine.grid import Window
from ocsia_plugin.engine.jobs import ArgmaxJob, SurfacesJob
from ocsia_plugin.engine.nomenclature import load_nomenclature

PIXEL = 0.2
X, Y = 500000.0, 6290000.0
HEIGHT, WIDTH = 150, 190
KEYS = [c.key for c in load_nomenclature("naf15").classes]


def _values(seed: int = 0) -> np.ndarray:
    """Probabilities whose sums vary around 255, with ties, and a corner without data."""
    rng = np.random.default_rng(seed)
    p = rng.dirichlet(np.full(15, 0.3), (HEIGHT, WIDTH))
    values = np.moveaxis(np.floor(255 * p), 2, 0).astype(np.uint8)
    values[:, :20, :30] = 0
    values[:, 50:60] = 0
    values[[0, 9], 50:60] = 120
    return values


def _classes(seed: int = 0) -> np.ndarray:
    codes = np.random.default_rng(seed).integers(1, 16, (HEIGHT, WIDTH)).astype(np.uint8)
    codes[:20, :30] = 0
    return codes


@pytest.fixture
def write_raster(write_raster: Callable) -> Callable:
    """Class rasters say that they are NAF's, as ours do; what others write is ``test_recognition``'s."""

    def write(path: Path, data: np.ndarray, *arguments: Any, **options: Any) -> str:
        own = {"nomenclature": "naf15"} if data.shape[0] == 1 else {}
        return write_raster(path, data, *arguments, **own, **options)

    return write


def _zones() -> list[shapely.Geometry]:
    """Overlapping, with a hole, in two parts, half outside, covering everything, too small for a pixel."""
    hole = shapely.Point(X + 20, Y - 15).buffer(9).difference(shapely.Point(X + 20, Y - 15).buffer(4))
    parts = shapely.union(
        shapely.box(X + 1.03, Y - 6.07, X + 4.51, Y - 2.33), shapely.box(X + 30.1, Y - 29, X + 33, Y - 9)
    )
    return [
        shapely.Polygon([(X + 3.017, Y - 2.003), (X + 30.331, Y - 5.113), (X + 12.719, Y - 27.929)]),
        hole,
        parts,
        shapely.box(X + 25.11, Y - 20.37, X + 80, Y + 50),
        shapely.box(X - 100, Y - 100, X + 100, Y + 100),
        shapely.box(X + 10.01, Y - 10.04, X + 10.04, Y - 10.01),
    ]


@dataclass
class Truth:
    """Sums over one zone, in m² on the ellipsoid and in the plane; nodata first."""

    pixels: np.ndarray
    counted: np.ndarray
    counted_planar: np.ndarray
    expected: np.ndarray
    expected_planar: np.ndarray
    total: float


def _naive(zone: shapely.Geometry, codes: np.ndarray, p: np.ndarray) -> Truth:
    """Pixel by pixel. codes: 0..15; p: (15, H, W), zero where there is no data."""
    xs, ys = np.meshgrid(X + (np.arange(WIDTH) + 0.5) * PIXEL, Y - (np.arange(HEIGHT) + 0.5) * PIXEL)
    inside = shapely.contains_xy(zone, xs, ys)
    half = PIXEL / 2
    share = shapely.area(shapely.intersection(zone, shapely.box(xs - half, ys - half, xs + half, ys + half)))
    ground = share / areal_scale(pyproj.CRS("EPSG:2154"), xs, ys)
    return Truth(
        np.array([(inside & (codes == code)).sum() for code in range(16)]),
        np.array([ground[codes == code].sum() for code in range(16)]),
        np.array([share[codes == code].sum() for code in range(16)]),
        np.array([(p[k] * ground).sum() for k in range(15)]),
        np.array([(p[k] * share).sum() for k in range(15)]),
        ground.sum(),
    )


def _probabilities(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    total = values.sum(axis=0, dtype=float)
    p = np.divide(values, total, out=np.zeros(values.shape), where=total > 0)
    return np.where(total > 0, values.argmax(axis=0) + 1, 0), p


def _table(path: Path) -> dict[tuple[str, str], dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as file:
        return {(row["zone"], row["key"]): row for row in csv.DictReader(file)}


def _fields(path: Path) -> dict[str, np.ndarray]:
    meta, _, _, columns = pyogrio.raw.read(path, layer=path.stem)
    return dict(zip(meta["fields"].tolist(), columns))


def _write_zones(path: Path, zones: list[shapely.Geometry], crs: str = "EPSG:2154", **fields: Any) -> str:
    columns = {"nom": np.array([f"zone {i}" for i in range(len(zones))], object), **fields}
    pyogrio.raw.write(
        path, shapely.to_wkb(np.array(zones, object)), list(columns.values()), list(columns),
        driver="GPKG", geometry_type="MultiPolygon", promote_to_multi=True, crs=crs,
    )  # fmt: skip
    return str(path)


@pytest.fixture
def zones_gpkg(tmp_path: Path) -> str:
    return _write_zones(tmp_path / "zones.gpkg", _zones())


@pytest.fixture(params=["tiles", "rows"])
def layout(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Small blocks, so that every zone spreads over several; clipping tried as well."""
    monkeypatch.setattr(blocks, "_SIDE", 32)
    if request.param == "rows":
        return {}
    monkeypatch.setattr(zonal, "_MANY_VERTICES", 4)
    monkeypatch.setattr(zonal, "_AT_ONCE", 100)
    return {"tiled": True, "blockxsize": 16, "blockysize": 32}


@pytest.mark.parametrize("nodata", ["zeros", "mask"])
def test_probabilities(
    nodata: str, layout: dict, run: Callable, write_raster: Callable, zones_gpkg: str, tmp_path: Path, out: Path
) -> None:
    values = _values()
    mask = None
    if nodata == "mask":
        mask = np.random.default_rng(1).random((HEIGHT, WIDTH)) < 0.9
        path = write_raster(tmp_path / "p.tif", values, mask=mask, **layout)
        values = values * mask
    else:
        path = write_raster(tmp_path / "p.tif", values, **layout)
    done = run(SurfacesJob(input=path, output=str(out / "z.gpkg"), zones=zones_gpkg, table=str(out / "t.csv")))
    codes, p = _probabilities(values)
    table, fields = _table(out / "t.csv"), _fields(out / "z.gpkg")
    for number, zone in enumerate(_zones()[:5]):
        truth = _naive(zone, codes, p)
        for code, key in enumerate(KEYS, start=1):
            row = table[f"zone {number}", key]
            assert int(row["pixels"]) == truth.pixels[code]
            for name, value in (
                ("area_count_m2", truth.counted[code]),
                ("area_count_planar_m2", truth.counted_planar[code]),
                ("area_expected_m2", truth.expected[code - 1]),
                ("area_expected_planar_m2", truth.expected_planar[code - 1]),
                ("nodata_m2", truth.counted[0]),
                ("zone_m2", truth.total),
                ("share_pct", 100 * truth.expected[code - 1] / truth.total),
            ):
                assert float(row[name]) == pytest.approx(value, rel=1e-6, abs=6e-5), name
            assert fields[f"{key}_m2"][number] == pytest.approx(truth.expected[code - 1], rel=1e-6)
        closure = sum(fields[f"{key}_m2"][number] for key in KEYS) + fields["nodata_m2"][number]
        assert closure == pytest.approx(fields["zone_m2"][number], rel=1e-9)
        assert fields["zone_m2"][number] == pytest.approx(truth.total, rel=1e-7)
    assert done.results == {"OUTPUT": str(out / "z.gpkg"), "TABLE": str(out / "t.csv"), "REPORT": None}
    assert "warn-no-interval" in done.codes("warning")


def test_classes(
    layout: dict, run: Callable, write_raster: Callable, zones_gpkg: str, tmp_path: Path, out: Path
) -> None:
    codes = _classes()
    path = write_raster(tmp_path / "c.tif", codes[np.newaxis], **layout)
    run(SurfacesJob(input=path, output=str(out / "z.gpkg"), zones=zones_gpkg, table=str(out / "t.csv")))
    table, fields = _table(out / "t.csv"), _fields(out / "z.gpkg")
    for number, zone in enumerate(_zones()[:5]):
        truth = _naive(zone, codes, np.zeros((15, HEIGHT, WIDTH)))
        for code, key in enumerate(KEYS, start=1):
            row = table[f"zone {number}", key]
            assert int(row["pixels"]) == truth.pixels[code]
            assert float(row["area_count_m2"]) == pytest.approx(truth.counted[code], rel=1e-6, abs=6e-5)
            assert row["area_expected_m2"] == row["area_expected_planar_m2"] == ""
            assert fields[f"{key}_pct"][number] == pytest.approx(100 * truth.counted[code] / truth.total, rel=1e-6)
        closure = sum(fields[f"{key}_m2"][number] for key in KEYS) + fields["nodata_m2"][number]
        assert closure == pytest.approx(fields["zone_m2"][number], rel=1e-9)


@pytest.mark.parametrize("many_vertices", [3, 4000])
@pytest.mark.parametrize("shape", ["triangles", "squares"])
def test_zones_that_share_edges_share_no_pixel(
    shape: str,
    many_vertices: int,
    monkeypatch: pytest.MonkeyPatch,
    run: Callable,
    write_raster: Callable,
    tmp_path: Path,
    out: Path,
) -> None:
    """Triangles in general position, and squares whose edges run through centres of pixels."""
    monkeypatch.setattr(zonal, "_MANY_VERTICES", many_vertices)
    monkeypatch.setattr(blocks, "_SIDE", 32)
    codes = _classes()
    path = write_raster(tmp_path / "c.tif", codes[np.newaxis], tiled=True, blockxsize=16, blockysize=16)
    corners = np.random.default_rng(3).random((40, 2)) * 30
    triangles = shapely.get_parts(shapely.delaunay_triangles(shapely.multipoints(corners * [1, -1] + [X, Y])))
    west, north = np.meshgrid(X + 0.1 + 3 * np.arange(9), Y - 0.1 - 3 * np.arange(7))
    squares = shapely.box(west, north - 3, west + 3, north).ravel()
    if shape == "squares":
        pieces, whole = squares, shapely.box(X + 0.1, Y - 21.1, X + 27.1, Y - 0.1)
    else:
        pieces, whole = triangles, shapely.convex_hull(shapely.multipoints(corners * [1, -1] + [X, Y]))
    names = []
    for name, zones in (("parts", pieces.tolist()), ("whole", [whole])):
        zones_path = _write_zones(tmp_path / f"{name}.gpkg", zones)
        run(SurfacesJob(input=path, output=str(out / f"{name}.gpkg"), zones=zones_path, table=str(out / f"{name}.csv")))
        rows = _table(out / f"{name}.csv")
        names.append([sum(int(r["pixels"]) for (_, k), r in rows.items() if k == key) for key in KEYS])
    assert names[0] == names[1]


def test_groups_of_probabilities(
    run: Callable, write_raster: Callable, zones_gpkg: str, tmp_path: Path, out: Path
) -> None:
    values = _values()
    path = write_raster(tmp_path / "p.tif", values)
    groups = "ligneux=8+10+11; vert=10+13; tout=" + "+".join(map(str, range(1, 16)))
    table_path = out / "t.csv"
    run(SurfacesJob(input=path, output=str(out / "z.gpkg"), zones=zones_gpkg, table=str(table_path), groups=groups))
    _, p = _probabilities(values)
    table, fields = _table(table_path), _fields(out / "z.gpkg")
    assert table["zone 0", "ligneux"]["name"] == "Végétation ligneuse"
    assert [table["zone 0", key]["code"] for key in ("ligneux", "vert", "tout")] == ["101", "102", "103"]
    for key, members in (("ligneux", [8, 10, 11]), ("vert", [10, 13]), ("tout", list(range(1, 16)))):
        bands = [m - 1 for m in members]
        others = [b for b in range(15) if b not in bands]
        together = values[bands].sum(axis=0, dtype=int)
        strongest = values[others].max(axis=0) if others else 0
        truth = _naive(_zones()[0], (together > strongest).astype(int), p)
        row = table["zone 0", key]
        assert int(row["pixels"]) == truth.pixels[1]
        assert float(row["area_count_m2"]) == pytest.approx(truth.counted[1], abs=6e-5)
        assert float(row["area_expected_m2"]) == pytest.approx(truth.expected[bands].sum(), abs=6e-5)
        assert fields[f"{key}_m2"][0] == pytest.approx(truth.expected[bands].sum(), rel=1e-6)
    # 0.3 + 0.3 against 0.4: more pixels than those of the members.
    apart = sum(int(table["zone 0", KEYS[code - 1]]["pixels"]) for code in (8, 10, 11))
    assert int(table["zone 0", "ligneux"]["pixels"]) > apart


def test_a_group_counts_as_the_job_argmax_has_it(
    run: Callable, write_raster: Callable, tmp_path: Path, out: Path
) -> None:
    path = write_raster(tmp_path / "p.tif", _values())
    grouped = str(out / "c.tif")
    run(ArgmaxJob(input=path, output=grouped, groups="ligneux"))
    for source, name in ((path, "p"), (grouped, "c")):
        run(SurfacesJob(input=source, output=str(out / f"{name}.gpkg"), table=str(out / f"{name}.csv"),
                        groups="ligneux" if name == "p" else ""))  # fmt: skip
    counted = [_table(out / f"{name}.csv")[name, "ligneux"]["area_count_m2"] for name in "pc"]
    assert counted[0] == counted[1]


def test_groups_of_classes_add_their_members_up(
    run: Callable, write_raster: Callable, tmp_path: Path, out: Path
) -> None:
    path = write_raster(tmp_path / "c.tif", _classes()[np.newaxis])
    run(SurfacesJob(input=path, output=str(out / "z.gpkg"), table=str(out / "t.csv"), groups="ligneux;coupe=9"))
    table = _table(out / "t.csv")
    members = [table["c", key] for key in ("coniferes", "feuillus", "broussaille")]
    assert int(table["c", "ligneux"]["pixels"]) == sum(int(row["pixels"]) for row in members)
    assert {"ligneux_m2", "coupe_m2", "coupe_groupe_m2"} <= set(_fields(out / "z.gpkg"))


@pytest.mark.parametrize("groups", ["x=99", "x", "ligneux=8+8", "a=1;a=2"])
def test_groups_that_cannot_be_read(
    groups: str, run: Callable, write_raster: Callable, tmp_path: Path, out: Path
) -> None:
    path = write_raster(tmp_path / "c.tif", _classes()[np.newaxis])
    with pytest.raises(OcsiaError) as refusal:
        run(SurfacesJob(input=path, output=str(out / "z.gpkg"), groups=groups))
    assert refusal.value.code == "groups-syntax"


def test_without_zones_the_raster_is_one(run: Callable, write_raster: Callable, tmp_path: Path, out: Path) -> None:
    codes = _classes()
    path = write_raster(tmp_path / "carte.tif", codes[np.newaxis])
    done = run(SurfacesJob(input=path, output=str(out / "z.gpkg"), table=str(out / "t.csv")))
    rows = _table(out / "t.csv")
    assert {zone for zone, _ in rows} == {"carte"}
    assert sum(int(row["pixels"]) for row in rows.values()) == (codes > 0).sum()
    low, high = (float(done.params("info-areal-scale")[k]) for k in ("low", "high"))
    planar = sum(float(row["area_count_planar_m2"]) for row in rows.values())
    ground = sum(float(row["area_count_m2"]) for row in rows.values())
    assert planar / high * (1 - 1e-6) <= ground <= planar / low * (1 + 1e-6)
    products = [(e["path"], e["product"]) for e in done.events if e["event"] == "product"]
    assert products == [(str(out / "z.gpkg"), "zones"), (str(out / "t.csv"), "table")]


def test_attributes_are_kept(run: Callable, write_raster: Callable, tmp_path: Path, out: Path) -> None:
    path = write_raster(tmp_path / "c.tif", _classes()[np.newaxis])
    zones = tmp_path / "zones.gpkg"
    pyogrio.raw.write(
        zones, shapely.to_wkb(np.array(_zones()[:2], object)),
        [np.array([3, 0], np.int32), np.array([1.5, np.nan]), np.array(["2020-01-02", "NaT"], "datetime64[D]"),
         np.array([7.0, 8.0]), np.array(["Auch", None], object)],
        ["habitants", "taux", "date", "Batiment_M2", "Libelle"],
        field_mask=[np.array([False, True]), None, None, None, None],
        driver="GPKG", geometry_type="MultiPolygon", promote_to_multi=True, crs="EPSG:2154",
    )  # fmt: skip
    for _ in range(2):  # the result is itself a layer of zones
        run(SurfacesJob(input=path, output=str(out / "z.gpkg"), zones=str(zones), table=str(out / "t.csv")))
        meta, _, _, columns = pyogrio.raw.read(out / "z.gpkg", layer="z")
        fields = dict(zip(meta["fields"].tolist(), columns))
        assert meta["fields"].tolist()[:4] == ["habitants", "taux", "date", "Libelle"]
        assert "Batiment_M2" not in fields and "batiment_m2" in fields
        assert meta["dtypes"][0] == "int32" and fields["habitants"][0] == 3 and np.isnan(fields["habitants"][1])
        assert str(fields["date"][0]) == "2020-01-02" and np.isnat(fields["date"][1])
        assert {zone for zone, _ in _table(out / "t.csv")} == {"Auch", "2"}
        os.replace(out / "z.gpkg", zones)


def test_zones_in_another_crs(
    run: Callable, write_raster: Callable, zones_gpkg: str, tmp_path: Path, out: Path
) -> None:
    path = write_raster(tmp_path / "c.tif", _classes()[np.newaxis])
    change = pyproj.Transformer.from_crs(2154, 4326, always_xy=True)
    degrees = [shapely.transform(z, change.transform, interleaved=False) for z in _zones()]
    other = _write_zones(tmp_path / "degrees.gpkg", degrees, crs="EPSG:4326")
    for name, zones in (("a", zones_gpkg), ("b", other)):
        run(SurfacesJob(input=path, output=str(out / f"{name}.gpkg"), zones=zones, table=str(out / f"{name}.csv")))
    one, two = _table(out / "a.csv"), _table(out / "b.csv")
    assert [row["pixels"] for row in one.values()] == [row["pixels"] for row in two.values()]


def test_zone_without_data_is_told_and_left_empty(
    run: Callable, write_raster: Callable, tmp_path: Path, out: Path
) -> None:
    path = write_raster(tmp_path / "c.tif", _classes()[np.newaxis])
    corner = shapely.box(X + 1, Y - 3, X + 2, Y - 1)
    zones = _write_zones(tmp_path / "zones.gpkg", [_zones()[0], corner])
    done = run(SurfacesJob(input=path, output=str(out / "z.gpkg"), zones=zones, table=str(out / "t.csv")))
    assert done.params("warn-no-pixel-zones")["count"] == 1
    row = _table(out / "t.csv")["zone 1", "feuillus"]
    assert (row["pixels"], row["area_count_m2"], row["area_m2"], row["share_pct"]) == ("0", "", "", "")
    assert float(row["nodata_m2"]) == float(row["zone_m2"]) == pytest.approx(2, rel=1e-3)
    assert np.isnan(_fields(out / "z.gpkg")["feuillus_m2"][1])


@pytest.mark.parametrize("vertices", [4, 40])
def test_shares_of_pixels_are_exact(vertices: int) -> None:
    """Our own and exactextract's, against the intersection with each pixel; windows cut polygons anywhere."""
    rng = np.random.default_rng(vertices)
    for _ in range(12):
        polygon = shapely.concave_hull(shapely.multipoints(rng.random((vertices, 2)) * [40, 30] - [3, 30]), 0.3)
        polygon = shapely.difference(polygon, shapely.Point(18, -14).buffer(3.3))
        polygon = fractions.oriented(np.array([shapely.union(polygon, shapely.box(2, -8, 9, -3))], object))[0]
        window = Window(int(rng.integers(-4, 5)), int(rng.integers(-3, 5)), 25, 19)
        columns, rows = np.meshgrid(np.arange(25) + window.col, np.arange(19) + window.row)
        cells = shapely.box(columns, -rows - 1, columns + 1, -rows)
        truth = shapely.area(shapely.intersection(polygon, cells)).ravel()
        for made, within in ((fractions.by_edges, 1e-9), (fractions.covered, 1e-6)):
            found = np.zeros(truth.size)
            places, share = made(polygon, window)
            found[places] = share
            assert np.abs(found - truth).max() < within


def test_a_zone_closes_on_its_polygon(run: Callable, write_raster: Callable, tmp_path: Path, out: Path) -> None:
    """Classes and no data, in the plane, add up to the surface of the polygon to 1e-9, without exactextract."""
    path = write_raster(tmp_path / "p.tif", _values())
    zones = _write_zones(tmp_path / "zones.gpkg", _zones()[:3])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fractions, "_exactextract", lambda: None)
        run(SurfacesJob(input=path, output=str(out / "z.gpkg"), zones=zones))
    fields = _fields(out / "z.gpkg")
    for number, zone in enumerate(_zones()[:3]):
        assert fields["zone_planar_m2"][number] == pytest.approx(zone.area, rel=1e-9)
        closure = sum(fields[f"{key}_m2"][number] for key in KEYS) + fields["nodata_m2"][number]
        assert closure == pytest.approx(fields["zone_m2"][number], rel=1e-9)


def test_codes_outside_the_nomenclature_keep_the_sum(
    run: Callable, write_raster: Callable, tmp_path: Path, out: Path
) -> None:
    codes = _classes()
    codes[30:40, 30:40] = 200
    path = write_raster(tmp_path / "c.tif", codes[np.newaxis])
    done = run(SurfacesJob(input=path, output=str(out / "z.gpkg"), table=str(out / "t.csv")))
    assert done.params("warn-codes-outside")["codes"] == "200"
    assert _table(out / "t.csv")["c", "code_200"]["pixels"] == "100"


def test_same_bytes_again_and_style_inside(
    run: Callable, write_raster: Callable, zones_gpkg: str, tmp_path: Path, out: Path
) -> None:
    path = write_raster(tmp_path / "p.tif", _values())
    contents = []
    for _ in range(2):
        run(SurfacesJob(input=path, output=str(out / "z.gpkg"), zones=zones_gpkg, table=str(out / "t.csv")))
        contents.append([(out / name).read_bytes() for name in ("z.gpkg", "t.csv")])
    assert contents[0] == contents[1]
    assert sorted(os.listdir(out)) == ["t.csv", "z.gpkg"]
    with closing(sqlite3.connect(out / "z.gpkg")) as db:
        assert db.execute("SELECT f_table_name, useAsDefault FROM layer_styles").fetchall() == [("z", 1)]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_method_says_what_it_assumes(
    lang: str, run: Callable, write_raster: Callable, tmp_path: Path, out: Path
) -> None:
    path = write_raster(tmp_path / "p.tif", _values())
    run(SurfacesJob(input=path, output=str(out / "z.gpkg"), table=str(out / "t.csv"), lang=lang))
    text = _table(out / "t.csv")["p", "feuillus"]["assumption"]
    assert ("rien ne dit" in text and "calibré" in text) if lang == "fr" else "nothing says" in text


BOWTIE = shapely.Polygon([(X, Y), (X + 5, Y - 5), (X + 5, Y), (X, Y - 5)])


@pytest.mark.parametrize(
    ("zones", "code"),
    [
        ([BOWTIE], "geometry-invalid"),
        ([shapely.box(X + 1000, Y, X + 1001, Y + 1)], "zones-outside"),
        ([shapely.box(X + 0.1, Y - 3, X + 2, Y - 0.1)], "raster-empty"),
        ([], "zones-empty"),
        (None, "vector-unreadable"),
    ],
)
def test_zones_that_are_refused(
    zones: list | None, code: str, run: Callable, write_raster: Callable, tmp_path: Path, out: Path
) -> None:
    path = write_raster(tmp_path / "c.tif", _classes()[np.newaxis])
    zones_path = str(tmp_path / "none.gpkg") if zones is None else _write_zones(tmp_path / "zones.gpkg", zones)
    with pytest.raises(OcsiaError) as refusal:
        run(SurfacesJob(input=path, output=str(out / "z.gpkg"), zones=zones_path, table=str(out / "t.csv")))
    assert refusal.value.code == code
    assert os.listdir(out) == []


def test_zones_that_are_points(run: Callable, write_raster: Callable, tmp_path: Path, out: Path) -> None:
    path = write_raster(tmp_path / "c.tif", _classes()[np.newaxis])
    points = shapely.to_wkb(np.array([shapely.Point(X + 1, Y - 1)], object))
    pyogrio.raw.write(tmp_path / "p.gpkg", points, [], [], driver="GPKG", geometry_type="Point", crs="EPSG:2154")
    with pytest.raises(OcsiaError) as refusal:
        run(SurfacesJob(input=path, output=str(out / "z.gpkg"), zones=str(tmp_path / "p.gpkg")))
    assert refusal.value.code == "zones-empty"


@pytest.mark.parametrize(
    ("data", "changes", "output", "code"),
    [
        (np.ones((1, 9, 9), np.uint8), {"crs": "EPSG:4326"}, "a.gpkg", "raster-crs-degrees"),
        (np.ones((1, 9, 9), np.uint8), {"crs": "EPSG:3857"}, "a.gpkg", "raster-crs-mercator"),
        (np.ones((1, 9, 9), np.uint8), {"crs": None}, "a.gpkg", "raster-no-crs"),
        (np.ones((1, 9, 9), np.uint8), {"transform": Affine(0.2, 0.1, 0, 0.1, -0.2, 0)}, "a.gpkg", "raster-rotated"),
        (np.ones((1, 9, 9), np.float32), {}, "a.gpkg", "not-classes"),
        (np.ones((15, 9, 9), np.float32), {}, "a.gpkg", "not-probabilities"),
        (np.ones((4, 9, 9), np.uint8), {}, "a.gpkg", "not-probabilities"),
        (np.zeros((1, 9, 9), np.uint8), {}, "a.gpkg", "raster-empty"),
        (np.ones((1, 9, 9), np.uint8), {}, "a.shp", "vector-format"),
    ],
)
def test_rasters_that_are_refused(
    data: np.ndarray, changes: dict, output: str, code: str,
    run: Callable, write_raster: Callable, tmp_path: Path, out: Path,
) -> None:  # fmt: skip
    path = write_raster(tmp_path / "c.tif", data, **changes)
    with pytest.raises(OcsiaError) as refusal:
        run(SurfacesJob(input=path, output=str(out / output)))
    assert refusal.value.code == code
    assert os.listdir(out) == []


@pytest.mark.parametrize("bands", [1, 15])
def test_a_raster_that_breaks_off(bands: int, run: Callable, write_raster: Callable, tmp_path: Path, out: Path) -> None:
    noise = np.random.default_rng(0).integers(1, 16, (bands, 300, 300)).astype(np.uint8)
    path = write_raster(tmp_path / "c.tif", noise, compress="LZW")
    os.truncate(path, os.path.getsize(path) // 2)
    with pytest.raises(OcsiaError) as refusal:
        run(SurfacesJob(input=path, output=str(out / "a.gpkg")))
    assert refusal.value.code == "raster-unreadable"
    assert os.listdir(out) == []


def test_cancelled_half_way(
    run: Callable, write_raster: Callable, tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "_SIDE", 32)
    path = write_raster(tmp_path / "c.tif", _classes()[np.newaxis], tiled=True, blockxsize=16, blockysize=16)

    def stop(events: Any, event: dict[str, Any]) -> None:
        if event["event"] == "progress" and event["value"] > 0.4:
            events.cancel.set()

    with pytest.raises(Cancelled):
        run(SurfacesJob(input=path, output=str(out / "z.gpkg"), table=str(out / "t.csv")), stop)
    assert os.listdir(out) == []


def test_the_town(run: Callable, town_products: Any, out: Path) -> None:
    """Both rasters of one prediction: same counts; the expected surfaces close on the same total."""
    for name in ("probabilities", "classes"):
        run(SurfacesJob(input=getattr(town_products, name), output=str(out / f"{name}.gpkg"),
                        table=str(out / f"{name}.csv")))  # fmt: skip
    one, two = (_table(out / f"{n}.csv") for n in ("probabilities", "classes"))
    assert [row["pixels"] for row in one.values()] == [row["pixels"] for row in two.values()]
    fields = _fields(out / "probabilities.gpkg")
    closure = sum(fields[f"{key}_m2"][0] for key in KEYS) + fields["nodata_m2"][0]
    assert closure == pytest.approx(fields["zone_m2"][0], rel=1e-9)


def test_real_classes_of_the_gers(run: Callable, ocsia_data: Path, out: Path) -> None:
    files = sorted((ocsia_data / "gers_naf" / "2019" / "naf").glob("*.tiff"))
    if not files:
        pytest.skip("OCSIA_DATA has no gers_naf")
    asked = {"nomenclature": "naf15", "base": "1", "groups": "ligneux"}
    run(SurfacesJob(input=str(files[0]), output=str(out / "z.gpkg"), table=str(out / "t.csv"), **asked))
    with rasterio.open(files[0]) as source:
        codes, pixel = source.read(1), source.transform.a
    for (_, key), row in _table(out / "t.csv").items():
        if key != "ligneux":
            pixels = (codes == int(row["code"])).sum()
            assert int(row["pixels"]) == pixels
            assert float(row["area_count_planar_m2"]) == pytest.approx(pixels * pixel**2)
            if pixels:  # south of 44° N, away from both parallels: the ground is smaller than the plane
                assert -0.001 < float(row["area_count_m2"]) / (pixels * pixel**2) - 1 < 0
