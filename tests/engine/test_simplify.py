"""Simplified outlines: still a partition, boundaries shared corner by corner, surfaces kept, whatever the strips."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.jobs import VectorizeJob
from ocsia_plugin.engine.products import simplify, vectorize
from ocsia_plugin.engine.products.outlines import polygons
from ocsia_plugin.engine.products.simplify import CornerMap, Simplifier

PIXEL = 0.2


def _simplified(codes: np.ndarray, rows: int, limit: float) -> tuple[np.ndarray, ...]:
    """Geometries in pixels with y upwards, codes, pixels, areas."""
    simplifier = Simplifier(CornerMap(codes.shape[1], codes.shape[0]), limit)
    parts = []
    strips = (codes[row : row + rows] for row in range(0, len(codes), rows))
    for batch in polygons(strips, codes.shape[1], simplifier):
        vertices = batch.vertices * np.array([1.0, -1.0])
        offsets = (batch.ring_offsets, batch.polygon_offsets)
        geometries = shapely.from_ragged_array(shapely.GeometryType.POLYGON, vertices, offsets)
        parts.append((geometries, batch.codes, batch.pixels, batch.areas))
    return tuple(map(np.concatenate, zip(*parts)))


def _wkb(geometries: np.ndarray) -> set[bytes]:
    return set(shapely.to_wkb(shapely.normalize(geometries)))


@st.composite
def _rasters(draw: st.DrawFn) -> tuple[np.ndarray, int]:
    """Noise or smooth regions, with or without no data, and the height of the strips."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = draw(st.integers(1, 40)), draw(st.integers(1, 40))
    lowest = draw(st.integers(0, 1))
    if draw(st.booleans()):
        fields = [ndimage.gaussian_filter(rng.standard_normal(shape), 1.5) for _ in range(4)]
        codes = np.argmax(fields, axis=0) + lowest
    else:
        codes = rng.integers(lowest, draw(st.integers(2, 6)), shape)
    return codes.astype(np.uint8), draw(st.integers(1, 15))


@given(_rasters(), st.sampled_from([0.6, 1.5, 6.25, 25.0, 400.0]))
def test_a_partition_stays_one(case: tuple[np.ndarray, int], limit: float) -> None:
    codes, rows = case
    geometries, values, pixels, areas = _simplified(codes, rows, limit)
    exact = _simplified(codes, rows, 0.1)
    assert values.tolist() == exact[1].tolist() and pixels.tolist() == exact[2].tolist()
    assert (exact[3] == exact[2]).all()
    assert shapely.is_valid(geometries).all() and (areas > 0).all()
    assert shapely.area(geometries) == pytest.approx(areas)
    # Neighbours share their boundaries corner by corner: no gap, no overlap (GEOS's own test of a coverage).
    assert shapely.coverage_is_valid(geometries)
    # What borders on no data, or on the edge, does not move: the whole is conserved to the pixel.
    assert areas.sum() == (codes > 0).sum()
    assert shapely.union_all(geometries).equals(shapely.union_all(exact[0]))
    # It does not depend on the strips.
    assert _wkb(geometries) == _wkb(_simplified(codes, 100, limit)[0])


def test_it_does_not_depend_on_the_side_from_which_it_is_seen() -> None:
    fields = [ndimage.gaussian_filter(np.random.default_rng(3).standard_normal((120, 90)), 4) for _ in range(4)]
    codes = (np.argmax(fields, axis=0) + 1).astype(np.uint8)
    renamed = np.array([0, 3, 1, 4, 2], np.uint8)[codes]
    assert _wkb(_simplified(codes, 30, 6.25)[0]) == _wkb(_simplified(renamed, 50, 6.25)[0])


def test_steps_become_lines_and_surfaces_stay() -> None:
    y, x = np.mgrid[:200, :200]
    codes = np.where(3 * x > 2 * y + 60, 1, 2).astype(np.uint8)
    codes[(x - 150) ** 2 + (y - 60) ** 2 < 900] = 3
    exact, smooth = _simplified(codes, 64, 0.1), _simplified(codes, 64, 6.25)
    assert shapely.get_num_coordinates(smooth[0]).sum() < 0.25 * shapely.get_num_coordinates(exact[0]).sum()
    assert smooth[3] == pytest.approx(exact[3], rel=2e-3)
    assert shapely.length(smooth[0]).sum() < 0.9 * shapely.length(exact[0]).sum()
    disc = smooth[0][smooth[1] == 3][0]
    assert disc.hausdorff_distance(shapely.Point(150.5, -60.5).buffer(30)) < 2


def test_a_large_map_lies_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simplify, "_IN_MEMORY", 10)
    codes = np.random.default_rng(1).integers(1, 4, (40, 33)).astype(np.uint8)
    corners = CornerMap(33, 40, tmp_path / "scratch" / "corners")
    strips = (codes[row : row + 7] for row in range(0, 40, 7))
    areas = [batch.areas for batch in polygons(strips, 33, Simplifier(corners, 3.0))]
    assert (tmp_path / "scratch" / "corners").stat().st_size == 41 * 5
    assert np.concatenate(areas).tolist() == _simplified(codes, 7, 3.0)[3].tolist()
    corners.close()


# -- the job


def _codes() -> np.ndarray:
    rng = np.random.default_rng(0)
    codes = np.argmax([ndimage.gaussian_filter(rng.standard_normal((180, 220)), 6) for _ in range(5)], axis=0) + 8
    codes[40:60, 80:120] = 0
    return codes.astype(np.uint8)


def _read(path: str) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    meta, _, wkb, columns = pyogrio.raw.read(path, layer=Path(path).stem)
    return shapely.from_wkb(wkb), dict(zip(meta["fields"], columns))


def _lines(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_job(run: Callable, write_raster: Callable, tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectorize, "STRIP_PIXELS", 220 * 13)
    codes = _codes()
    path = write_raster(tmp_path / "c.tif", codes[np.newaxis], PIXEL, nomenclature="naf15")
    output, table = str(out / "a.gpkg"), str(out / "a.csv")
    done = run(VectorizeJob(input=path, output=output, table=table, simplify=0.5))
    assert done.results == {"OUTPUT": output, "TABLE": table}
    geometries, fields = _read(output)
    assert shapely.is_valid(geometries).all() and shapely.coverage_is_valid(geometries)
    # The fields are those of the geometry that is written.
    assert fields["surface_m2"] == pytest.approx(shapely.area(geometries), rel=1e-6)
    assert fields["perim_m"] == pytest.approx(shapely.length(geometries), rel=1e-6)
    assert fields["surface_m2"].sum() == pytest.approx((codes > 0).sum() * PIXEL**2, rel=1e-9)
    lines = _lines(out / "a.csv")
    assert [int(line["numero"]) for line in lines] == [8, 9, 10, 11, 12]
    for line in lines:
        of_class = fields["numero"] == int(line["numero"])
        counted = (codes == int(line["numero"])).sum() * PIXEL**2
        assert int(line["polygones"]) == of_class.sum()
        assert float(line["surface_pixels_m2"]) == pytest.approx(counted, abs=1e-3)
        assert float(line["surface_m2"]) == pytest.approx(fields["surface_m2"][of_class].sum(), abs=1e-3)
        assert abs(float(line["ecart_pct"])) < 0.5
        assert float(line["ecart_pct"]) == pytest.approx(
            100 * (float(line["surface_m2"]) / float(line["surface_pixels_m2"]) - 1), abs=1e-3
        )
    assert "Feuillus" in [part["params"]["name"] for part in done.params("info-simplified")["changes"]]
    assert "warn-simplified" not in done.codes("warning")


def test_a_large_change_is_told(run: Callable, write_raster: Callable, tmp_path: Path, out: Path) -> None:
    codes = np.ones((60, 60), np.uint8)
    codes[::6, ::6] = codes[1::6, ::6] = codes[1::6, 1::6] = 4
    path = write_raster(tmp_path / "c.tif", codes[np.newaxis], PIXEL, nomenclature="naf15")
    done = run(VectorizeJob(input=path, output=str(out / "a.gpkg"), simplify=0.5))
    assert done.params("warn-simplified")["changes"][-1]["params"] == {"name": "Piscine", "change": -36.667}


def test_a_step_is_too_large_for_the_tolerance(
    run: Callable, write_raster: Callable, tmp_path: Path, out: Path
) -> None:
    path = write_raster(tmp_path / "c.tif", _codes()[np.newaxis], PIXEL, nomenclature="naf15")
    done = run(VectorizeJob(input=path, output=str(out / "a.gpkg"), simplify=0.1))
    assert done.params("info-simplify-nothing")["low"] == pytest.approx(0.1414)


def test_thresholds_by_class(run: Callable, write_raster: Callable, tmp_path: Path, out: Path) -> None:
    codes = np.full((50, 50), 13, np.uint8)
    codes[5:10, 5:10], codes[5:10, 20:25], codes[30:36, 5:11] = 1, 4, 1  # 1, 1 and 1.44 m²
    path = write_raster(tmp_path / "c.tif", codes[np.newaxis], PIXEL, nomenclature="naf15")
    for text, kept in (("1=1.2", [1, 4]), ("batiment = 1,2 ; 4=2", [1]), ("1=0", [1, 1, 4])):
        run(VectorizeJob(input=path, output=str(out / "a.gpkg"), min_area_by_class=text))
        assert sorted(_read(str(out / "a.gpkg"))[1]["numero"])[:-1] == kept
    run(VectorizeJob(input=path, output=str(out / "a.gpkg"), min_area=2, min_area_by_class="1=1.2"))
    assert sorted(_read(str(out / "a.gpkg"))[1]["numero"])[:-1] == [1]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"min_area_by_class": "1"}, "min-areas-syntax"),
        ({"min_area_by_class": "1=x"}, "min-areas-syntax"),
        ({"min_area_by_class": "1=-5"}, "min-areas-syntax"),
        ({"min_area_by_class": "1=nan"}, "min-areas-syntax"),
        ({"min_area_by_class": "77=5"}, "min-areas-syntax"),
        ({"min_area_by_class": "1=5; batiment=6"}, "min-areas-syntax"),
        ({"simplify": -1.0}, "simplify-range"),
        ({"simplify": float("nan")}, "simplify-range"),
        ({"simplify": 100.0}, "simplify-range"),
    ],
)
def test_refusals(changes: dict, code: str, run: Callable, write_raster: Callable, tmp_path: Path, out: Path) -> None:
    path = write_raster(tmp_path / "c.tif", _codes()[np.newaxis], PIXEL, nomenclature="naf15")
    with pytest.raises(OcsiaError) as refusal:
        run(VectorizeJob(input=path, output=str(out / "a.gpkg"), **changes))
    assert refusal.value.code == code and str(refusal.value)
    assert os.listdir(out) == []


def test_real_outlines_of_the_gers(run: Callable, ocsia_data: Path, out: Path) -> None:
    files = sorted((ocsia_data / "gers_naf").glob("*/naf/*.tiff"))
    if not files:
        pytest.skip("OCSIA_DATA has no gers_naf")
    for file in files:
        output = str(out / f"{file.stem}.gpkg")
        job = VectorizeJob(input=str(file), output=output, min_area=25, simplify=0.5, nomenclature="naf15", base="1")
        done = run(job)
        with rasterio.open(file) as source:
            area = (source.read(1) > 0).sum() * source.res[0] ** 2
        geometries, fields = _read(output)
        assert shapely.is_valid(geometries).all() and shapely.coverage_is_valid(geometries)
        assert fields["surface_m2"].sum() == pytest.approx(area, rel=1e-9)
        assert "warn-simplified" not in done.codes("warning")
