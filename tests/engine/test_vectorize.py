"""Polygons of class rasters: exact, valid, one per region, whatever the strips; small regions merged by the rule."""

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
from rasterio.transform import Affine
from scipy import ndimage

from ocsia_plugin.engine.errors import Cancelled, OcsiaError
from ocsia_plugin.engine.jobs import VectorizeJob
from ocsia_plugin.engine.products import merge, regions, vectorize, vectors
from ocsia_plugin.engine.products.merge import merged
from ocsia_plugin.engine.products.outlines import polygons
from ocsia_plugin.engine.products.regions import Strips

PIXEL = 0.2
SIDES = ((0, 1), (0, -1), (1, 0), (-1, 0))


def _strips(codes: np.ndarray, rows: int) -> Strips:
    return lambda: iter([codes[row : row + rows] for row in range(0, len(codes), rows)])


def _traced(codes: np.ndarray, rows: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Geometries in pixel coordinates with y upwards, codes, pixel counts, sums of ``_weights``."""
    geometries, values, pixels, sums = [], [], [], []
    weights = _weights(codes)
    for batch in polygons(_strips(codes, rows)(), codes.shape[1], values=lambda row, count: weights[row : row + count]):
        vertices = batch.vertices * np.array([1.0, -1.0])
        offsets = (batch.ring_offsets, batch.polygon_offsets)
        geometries.append(shapely.from_ragged_array(shapely.GeometryType.POLYGON, vertices, offsets))
        values.append(batch.codes)
        pixels.append(batch.pixels)
        sums.append(batch.sums)
    return tuple(np.concatenate(parts) for parts in (geometries, values, pixels, sums))


def _weights(codes: np.ndarray) -> np.ndarray:
    return (np.arange(codes.size) * 7 % 256).astype(np.uint8).reshape(codes.shape)


def _regions(codes: np.ndarray) -> int:
    return sum(ndimage.label(codes == code)[1] for code in np.unique(codes) if code)


def _check(codes: np.ndarray, rows: int) -> None:
    geometries, values, pixels, sums = _traced(codes, rows)
    assert shapely.is_valid(geometries).all()
    assert len(geometries) == _regions(codes)
    assert (shapely.area(geometries) == pixels).all()
    assert pixels.sum() == (codes > 0).sum()
    if len(geometries):
        back = rasterize(
            zip(geometries, values.tolist()), codes.shape, transform=Affine(1, 0, 0, 0, -1, 0), dtype="uint8"
        )
        assert (back == codes).all()
        shapes = zip(geometries, range(1, len(geometries) + 1))
        of_pixel = rasterize(shapes, codes.shape, transform=Affine(1, 0, 0, 0, -1, 0), dtype="int32")
        assert (np.bincount(of_pixel.ravel(), _weights(codes).ravel())[1:] == sums).all()
        assert shapely.is_ccw(shapely.get_exterior_ring(geometries)).all()
    # No seam and no other vertex on a straight line.
    assert (
        shapely.get_num_coordinates(shapely.simplify(geometries, 0)) == shapely.get_num_coordinates(geometries)
    ).all()


@st.composite
def _rasters(draw: st.DrawFn) -> tuple[np.ndarray, int]:
    """A class raster of few codes, coarse or noisy, and the height of the strips."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    height, width = draw(st.integers(1, 24)), draw(st.integers(1, 24))
    codes = rng.integers(draw(st.integers(0, 1)), draw(st.integers(2, 5)), (height, width)).astype(np.uint8)
    grain = draw(st.sampled_from([(1, 1), (2, 3), (4, 1)]))
    return np.kron(codes, np.ones(grain, np.uint8)), draw(st.integers(1, 9))


@given(_rasters(), st.sampled_from([5, 600_000]))
def test_polygons_give_the_raster_back(case: tuple[np.ndarray, int], most_runs: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(regions, "_MOST_RUNS", most_runs)
        _check(*case)


@pytest.mark.parametrize("rows", [1, 2, 3, 50])
@pytest.mark.parametrize(
    "picture",
    [
        ["11111", "12221", "12021", "12221", "11111"],  # holes in holes, no data inside
        ["1110", "1011", "0110", "1101", "1111"],  # meets itself diagonally, inside and outside
        ["10101", "01010", "10101"],  # same class, corners only: separate regions
        ["1111111", "1000001", "1011101", "1010001", "1011111", "1000000", "1111111"],  # a spiral, open to many strips
        ["11211", "12121", "11211"],
        ["0000", "0000"],
        ["3"],
    ],
)
def test_difficult_pictures(picture: list[str], rows: int) -> None:
    _check(np.array([[int(c) for c in line] for line in picture], np.uint8), rows)


def test_a_large_smooth_raster_in_many_strips() -> None:
    rng = np.random.default_rng(5)
    fields = [ndimage.gaussian_filter(rng.standard_normal((300, 280)), 4) for _ in range(6)]
    codes = (np.argmax(fields, axis=0) + 1).astype(np.uint8)
    codes[100:140, 60:200] = 0
    whole = _traced(codes, 300)
    for rows in (1, 17, 64):
        _check(codes, rows)
        parts = _traced(codes, rows)
        assert set(shapely.to_wkb(shapely.normalize(whole[0]))) == set(shapely.to_wkb(shapely.normalize(parts[0])))


def _labelled(codes: np.ndarray) -> tuple[np.ndarray, int]:
    found, count = np.zeros(codes.shape, int), 0
    for code in np.unique(codes[codes > 0]):
        labels, more = ndimage.label(codes == code)
        found[labels > 0] = labels[labels > 0] + count
        count += more
    return found, count


def _shared_edges(codes: np.ndarray, inside: np.ndarray) -> dict[int, int]:
    """Edge, in pixels, that a region shares with each other class."""
    padded = np.pad(codes, 1)
    own = codes[inside][0]
    shared: dict[int, int] = {}
    for down, right in SIDES:
        beside = padded[1 + down : 1 + down + codes.shape[0], 1 + right : 1 + right + codes.shape[1]][inside]
        for code in beside[(beside > 0) & (beside != own)].tolist():
            shared[code] = shared.get(code, 0) + 1
    return shared


def _merged_naively(codes: np.ndarray, smallest: int | np.ndarray) -> np.ndarray:
    """The rule of ``merge``, word by word: everything is labelled again after each merge."""
    codes, thresholds = codes.copy(), np.broadcast_to(smallest, 256)
    while True:
        labels, count = _labelled(codes)
        candidates = []
        for region in range(1, count + 1):
            inside = labels == region
            shared = _shared_edges(codes, inside)
            if inside.sum() < thresholds[codes[inside][0]] and shared:
                candidates.append((inside.sum(), np.flatnonzero(inside)[0], region, shared))
        if not candidates:
            return codes
        _, _, region, shared = min(candidates, key=lambda c: c[:2])
        codes[labels == region] = max(shared, key=lambda code: (shared[code], -code))


@given(_rasters(), st.integers(1, 40), st.sampled_from([2, 3, 8]), st.sampled_from([5, 600_000]))
def test_merging_follows_its_rule_whatever_the_strips_and_stages(
    case: tuple[np.ndarray, int], smallest: int, stage: int, most_runs: int
) -> None:
    codes, rows = case
    codes = codes[:14, :14]
    expected = _merged_naively(codes, smallest)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merge, "_STAGE", stage)
        patch.setattr(regions, "_MOST_RUNS", most_runs)
        _check_merged(merged(_strips(codes, rows), codes.shape[1], smallest), expected)


@given(_rasters(), st.lists(st.integers(0, 30), min_size=5, max_size=5), st.sampled_from([2, 3, 8]))
def test_merging_with_thresholds_by_class(case: tuple[np.ndarray, int], by_code: list[int], stage: int) -> None:
    codes, rows = case
    codes = codes[:14, :14]
    thresholds = np.zeros(256, np.int64)
    thresholds[: len(by_code)] = by_code
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merge, "_STAGE", stage)
        result = merged(_strips(codes, rows), codes.shape[1], thresholds)
        _check_merged(result, _merged_naively(codes, thresholds))


def _check_merged(result: Strips, expected: np.ndarray) -> None:
    for _ in range(2):  # it can be read again
        assert (np.concatenate(list(result())) == expected).all()


def test_merging_cuts_the_raster_when_too_much_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merge, "_MOST_WAITING", 30)
    codes = np.random.default_rng(0).integers(0, 6, (60, 40)).astype(np.uint8)
    codes[:, :3] = 2
    result = np.concatenate(list(merged(_strips(codes, 5), 40, 12)()))
    assert ((result == 0) == (codes == 0)).all()
    assert _regions(result) < 0.1 * _regions(codes)


def test_stages_end_with_the_threshold() -> None:
    assert [merge.stages(n) for n in (0, 1, 2, 8, 9, 250)] == [[], [], [2], [8], [2, 9], [4, 32, 250]]


def test_merging_keeps_no_data_and_islands() -> None:
    codes = np.array([[1, 0, 2, 2, 2], [0, 0, 2, 3, 2], [4, 4, 2, 2, 2]], np.uint8)
    result = np.concatenate(list(merged(_strips(codes, 1), 5, 3)()))
    assert (result == [[1, 0, 2, 2, 2], [0, 0, 2, 2, 2], [2, 2, 2, 2, 2]]).all()


# -- the job


@pytest.fixture
def write_raster(write_raster: Callable) -> Callable:
    """Class rasters say that they are NAF's, as ours do; what others write is ``test_recognition``'s."""

    def write(path: Path, data: np.ndarray, *arguments: Any, **options: Any) -> str:
        own = {"nomenclature": "naf15"} if data.shape[0] == 1 else {}
        return write_raster(path, data, *arguments, **own, **options)

    return write


def _codes(seed: int = 0, shape: tuple[int, int] = (90, 110)) -> np.ndarray:
    rng = np.random.default_rng(seed)
    codes = np.argmax([ndimage.gaussian_filter(rng.standard_normal(shape), 2) for _ in range(5)], axis=0) + 8
    codes[20:30, 40:60] = 0
    return codes.astype(np.uint8)


def _read(path: str) -> tuple[np.ndarray, dict[str, np.ndarray], dict[str, Any]]:
    meta, _, wkb, columns = pyogrio.raw.read(path, layer=Path(path).stem)
    return shapely.from_wkb(wkb), dict(zip(meta["fields"], columns)), meta


@pytest.mark.parametrize("suffix", [".gpkg", ".shp"])
def test_job(
    suffix: str, run: Callable, write_raster: Callable, tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectorize, "STRIP_PIXELS", 110 * 7)
    monkeypatch.setattr(vectors, "_BATCH_VERTICES", 500)
    codes = _codes()
    path = write_raster(tmp_path / "classes.tif", codes[np.newaxis], PIXEL, nodata=0)
    output = str(out / f"polygones{suffix}")
    done = run(VectorizeJob(input=path, output=output))
    geometries, fields, meta = _read(output)
    assert list(fields) == ["numero", "classe", "surface_m2", "perim_m"]
    assert "2154" in meta["crs"] and meta["encoding"] == "UTF-8"
    assert shapely.is_valid(geometries).all()
    area = (codes > 0).sum() * PIXEL**2
    assert shapely.area(geometries).sum() == pytest.approx(area, rel=1e-9)
    assert fields["surface_m2"].sum() == pytest.approx(area, rel=1e-9)
    assert fields["surface_m2"] == pytest.approx(shapely.area(geometries), rel=1e-6)
    assert fields["perim_m"] == pytest.approx(shapely.length(geometries), rel=1e-6)
    assert set(zip(fields["numero"].tolist(), fields["classe"])) == {
        (8, "Conifères"),
        (9, "Coupe"),
        (10, "Feuillus"),
        (11, "Broussaille"),
        (12, "Vigne"),
    }
    assert done.results == {"OUTPUT": output}
    assert done.params("info-polygons")["count"] == len(geometries) == _regions(codes)
    assert {"event": "product", "path": output, "product": "polygons"} in done.events
    assert [e["value"] for e in done.events if e["event"] == "progress"][-1] == 1.0
    assert not [name for name in os.listdir(out) if name.startswith(".ocsia")]


def test_style_travels_with_the_data(run: Callable, write_raster: Callable, tmp_path: Path, out: Path) -> None:
    path = write_raster(tmp_path / "classes.tif", _codes()[np.newaxis])
    run(VectorizeJob(input=path, output=str(out / "a.gpkg")))
    run(VectorizeJob(input=path, output=str(out / "a.shp")))
    with closing(sqlite3.connect(out / "a.gpkg")) as db:
        [(style, default)] = db.execute("SELECT styleQML, useAsDefault FROM layer_styles WHERE f_table_name = 'a'")
    assert default == 1 and style == (out / "a.qml").read_text(encoding="utf-8")
    assert 'label="Conifères"' in style


def test_english_names(run: Callable, write_raster: Callable, tmp_path: Path, out: Path) -> None:
    path = write_raster(tmp_path / "classes.tif", _codes()[np.newaxis])
    run(VectorizeJob(input=path, output=str(out / "a.gpkg"), lang="en"))
    assert "Coniferous trees" in set(_read(str(out / "a.gpkg"))[1]["classe"])


def test_same_bytes_again(run: Callable, write_raster: Callable, tmp_path: Path, out: Path) -> None:
    path = write_raster(tmp_path / "classes.tif", _codes()[np.newaxis])
    for suffix in (".gpkg", ".shp", ".dbf"):
        output = out / f"a{'.shp' if suffix == '.dbf' else suffix}"
        contents = []
        for _ in range(2):
            run(VectorizeJob(input=path, output=str(output)))
            contents.append(output.with_suffix(suffix).read_bytes())
        assert contents[0] == contents[1]


def test_min_area(run: Callable, write_raster: Callable, tmp_path: Path, out: Path) -> None:
    codes = _codes()
    path = write_raster(tmp_path / "classes.tif", codes[np.newaxis])
    run(VectorizeJob(input=path, output=str(out / "all.gpkg")))
    run(VectorizeJob(input=path, output=str(out / "merged.gpkg"), min_area=1.0))
    every, fields = _read(str(out / "merged.gpkg"))[:2]
    assert fields["surface_m2"].min() >= 1.0 > _read(str(out / "all.gpkg"))[1]["surface_m2"].min()
    assert fields["surface_m2"].sum() == pytest.approx((codes > 0).sum() * PIXEL**2, rel=1e-9)
    assert shapely.is_valid(every).all()
    assert len(every) == _regions(_merged_naively(codes, 25))


@pytest.mark.parametrize("kind", ["nodata value", "mask"])
def test_no_data_makes_no_polygon(kind: str, run: Callable, write_raster: Callable, tmp_path: Path, out: Path) -> None:
    codes = _codes()
    valid = np.random.default_rng(1).random(codes.shape) < 0.8
    if kind == "mask":
        path = write_raster(tmp_path / "c.tif", codes[np.newaxis], mask=valid)
    else:
        path = write_raster(tmp_path / "c.tif", np.where(valid, codes, 255).astype(np.uint8)[np.newaxis], nodata=255)
    run(VectorizeJob(input=path, output=str(out / "a.gpkg")))
    geometries, fields, _ = _read(str(out / "a.gpkg"))
    kept = np.where(valid, codes, 0)
    assert fields["surface_m2"].sum() == pytest.approx((kept > 0).sum() * PIXEL**2, rel=1e-9)
    assert len(geometries) == _regions(kept)


@pytest.mark.parametrize("block", [16, 64, None])
def test_rows_are_read_once_whatever_the_blocks(block: int | None, write_raster: Callable, tmp_path: Path) -> None:
    codes = _codes(shape=(100, 70))
    tiled = {"tiled": True, "blockxsize": block, "blockysize": block} if block else {}
    path = write_raster(tmp_path / "c.tif", codes[np.newaxis], **tiled)
    with rasterio.open(path) as source:
        for rows in (1, 7, 16, 33, 100):
            strips = list(vectorize.read_strips(source, rows))
            assert {len(strip) for strip in strips[:-1]} <= {rows}
            assert (np.concatenate(strips) == codes).all()


def test_codes_outside_the_nomenclature_are_kept_and_told(
    run: Callable, write_raster: Callable, tmp_path: Path, out: Path
) -> None:
    codes = _codes()
    codes[:10, :10] = 77
    path = write_raster(tmp_path / "c.tif", codes[np.newaxis])
    done = run(VectorizeJob(input=path, output=str(out / "a.gpkg")))
    assert done.params("warn-codes-outside")["codes"] == "77"
    assert "77" in _read(str(out / "a.gpkg"))[1]["classe"]


def test_shapefile_too_large_is_refused_before_it_is_written(
    run: Callable, write_raster: Callable, tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_raster(tmp_path / "c.tif", _codes()[np.newaxis])
    run(VectorizeJob(input=path, output=str(out / "a.shp")))
    sizes = [(out / f"a{suffix}").stat().st_size for suffix in (".shp", ".dbf")]
    for name in os.listdir(out):
        (out / name).unlink()
    monkeypatch.setattr(vectors, "SHAPEFILE_LIMIT", max(sizes) - 1)
    with pytest.raises(OcsiaError) as refusal:
        run(VectorizeJob(input=path, output=str(out / "a.shp")))
    assert refusal.value.code == "shapefile-too-large"
    assert os.listdir(out) == []


@pytest.mark.parametrize("suffix", [".gpkg", ".shp"])
def test_only_some_classes(suffix: str, run: Callable, write_raster: Callable, tmp_path: Path, out: Path) -> None:
    codes = _codes()
    path = write_raster(tmp_path / "classes.tif", codes[np.newaxis], PIXEL)
    every, some, none = (str(out / f"{name}{suffix}") for name in ("every", "some", "none"))
    run(VectorizeJob(input=path, output=every, simplify=0.5))
    table = str(out / "t.csv")
    done = run(VectorizeJob(input=path, output=some, simplify=0.5, classes=" vigne; 10", table=table))
    geometries, fields, _ = _read(every)
    wanted = np.isin(fields["numero"], (10, 12))
    found, *_ = _read(some)
    assert set(shapely.to_wkb(found)) == set(shapely.to_wkb(geometries[wanted])) and len(found) == wanted.sum()
    assert done.params("info-polygons")["count"] == wanted.sum()
    assert [line.split(",")[0] for line in Path(table).read_text(encoding="utf-8").splitlines()[1:]] == ["10", "12"]
    if suffix == ".gpkg":
        with closing(sqlite3.connect(some)) as db:
            [(style,)] = db.execute("SELECT styleQML FROM layer_styles")
        assert 'label="Vigne"' in style and 'label="Conifères"' not in style
    # A commune without a pool is no error: its layer is empty.
    done = run(VectorizeJob(input=path, output=none, simplify=0.5, classes="piscine"))
    assert done.params("warn-classes-absent") == {"text": "piscine"}
    geometries, fields, _ = _read(none)
    assert len(geometries) == 0 and list(fields) == ["numero", "classe", "surface_m2", "perim_m"]
    with pytest.raises(OcsiaError) as refusal:
        run(VectorizeJob(input=path, output=none, classes="10; arbre"))
    assert refusal.value.code == "classes-syntax" and "arbre" in str(refusal.value) and "{" not in str(refusal.value)


@pytest.mark.parametrize(
    ("data", "changes", "output", "code"),
    [
        (np.ones((1, 9, 9), np.uint8), {"crs": "EPSG:4326"}, "a.gpkg", "raster-crs-degrees"),
        (np.ones((1, 9, 9), np.uint8), {"crs": "EPSG:3857"}, "a.gpkg", "raster-crs-mercator"),
        (np.ones((1, 9, 9), np.uint8), {"crs": None}, "a.gpkg", "raster-no-crs"),
        (np.ones((1, 9, 9), np.uint8), {"transform": Affine(0.2, 0.1, 0, 0.1, -0.2, 0)}, "a.gpkg", "raster-rotated"),
        (np.ones((1, 9, 9), np.float32), {}, "a.gpkg", "not-classes"),
        (np.ones((3, 9, 9), np.uint8), {}, "a.gpkg", "not-classes"),
        (np.zeros((1, 9, 9), np.uint8), {}, "a.gpkg", "raster-empty"),
        (np.ones((1, 9, 9), np.uint8), {}, "a.geojson", "vector-format"),
    ],
)
def test_refusals_leave_nothing_behind(
    data: np.ndarray,
    changes: dict,
    output: str,
    code: str,
    run: Callable,
    write_raster: Callable,
    tmp_path: Path,
    out: Path,
) -> None:
    path = write_raster(tmp_path / "c.tif", data, **changes)
    with pytest.raises(OcsiaError) as refusal:
        run(VectorizeJob(input=path, output=str(out / output)))
    assert refusal.value.code == code
    assert os.listdir(out) == []


@pytest.mark.parametrize("bands", [1])
def test_a_raster_that_breaks_off(bands: int, run: Callable, write_raster: Callable, tmp_path: Path, out: Path) -> None:
    noise = np.random.default_rng(0).integers(1, 16, (bands, 300, 300)).astype(np.uint8)
    path = write_raster(tmp_path / "c.tif", noise, compress="LZW")
    os.truncate(path, os.path.getsize(path) // 2)
    with pytest.raises(OcsiaError) as refusal:
        run(VectorizeJob(input=path, output=str(out / "a.gpkg")))
    assert refusal.value.code == "raster-unreadable"
    assert os.listdir(out) == []


def test_cancelled_half_way(
    run: Callable, write_raster: Callable, tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectorize, "STRIP_PIXELS", 110 * 10)
    path = write_raster(tmp_path / "c.tif", _codes()[np.newaxis])

    def stop(events: Any, event: dict[str, Any]) -> None:
        if event["event"] == "progress" and event["value"] > 0.4:
            events.cancel.set()

    with pytest.raises(Cancelled):
        run(VectorizeJob(input=path, output=str(out / "a.gpkg")), stop)
    assert os.listdir(out) == []


def test_the_town(run: Callable, town_products: Any, out: Path) -> None:
    run(VectorizeJob(input=town_products.classes, output=str(out / "town.gpkg")))
    geometries, fields, _ = _read(str(out / "town.gpkg"))
    with rasterio.open(town_products.classes) as source:
        codes, transform = source.read(1), source.transform
    back = rasterize(zip(geometries, fields["numero"].tolist()), codes.shape, transform=transform, dtype="uint8")
    assert (back == codes).all()
    assert len(geometries) == _regions(codes)


@pytest.mark.parametrize("year", ["2016", "2019"])
def test_real_vectors_of_the_gers(year: str, run: Callable, ocsia_data: Path, out: Path) -> None:
    files = sorted((ocsia_data / "gers_naf" / year / "naf").glob("*.tiff"))
    if not files:
        pytest.skip("OCSIA_DATA has no gers_naf")
    for file in files:
        with rasterio.open(file) as source:
            codes, transform = source.read(1), source.transform
        for min_area in (0.0, 25.0):
            output = str(out / f"{file.stem}_{min_area:g}.gpkg")
            run(VectorizeJob(input=str(file), output=output, min_area=min_area, nomenclature="naf15", base="1"))
            geometries, fields, _ = _read(output)
            area = (codes > 0).sum() * transform.a**2
            assert shapely.is_valid(geometries).all()
            assert shapely.area(geometries).sum() == pytest.approx(area, rel=1e-9)
            assert fields["surface_m2"].sum() == pytest.approx(area, rel=1e-9)
            if not min_area:
                assert len(geometries) == _regions(codes)
