"""Rasters made elsewhere: what is certain is recognised, everything else is asked for, nothing is guessed."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import rasterio
from hypothesis import given
from hypothesis import strategies as st

from ocsia_plugin.engine.errors import Cancelled, OcsiaError
from ocsia_plugin.engine.events import Events
from ocsia_plugin.engine.jobs import ArgmaxJob, SurfacesJob, VectorizeJob
from ocsia_plugin.engine.messages import sentence
from ocsia_plugin.engine.nomenclature import load_nomenclature, nomenclature_ids
from ocsia_plugin.engine.products import recognition
from ocsia_plugin.engine.products.recognition import fitting_bases, valid_values


@pytest.fixture
def recognised(write_raster: Callable, run: Callable, tmp_path: Path, out: Path) -> Callable:
    """Codes and names of the polygons of a raster of one row of values, and the finished job."""

    def polygons(values: list[int], nomenclature: str = "", base: str = "auto", **options: Any) -> tuple[list, Any]:
        path = write_raster(tmp_path / "c.tif", np.array(values, np.uint8)[None, None], **options)
        job = VectorizeJob(
            input=path, output=str(out / "p.gpkg"), nomenclature=nomenclature, base=base, lang="en"
        )
        done = run(job)
        _, _, _, (numbers, names) = pyogrio.raw.read(out / "p.gpkg", layer="p", columns=["numero", "classe"])
        return list(zip(numbers.tolist(), names.tolist())), done

    return polygons


def refused(recognised: Callable, *arguments: Any, **options: Any) -> OcsiaError:
    with pytest.raises(OcsiaError) as refusal:
        recognised(*arguments, **options)
    return refusal.value


def colour_table(name: str, base: int) -> dict[int, tuple[int, int, int, int]]:
    classes = load_nomenclature(name).classes
    return {c.code - 1 + base: (*c.rgb, 255) for c in classes}


def paint(path: str, table: dict[int, tuple[int, int, int, int]]) -> str:
    with rasterio.open(path, "r+") as raster:
        raster.write_colormap(1, table)
    return path


# -- class rasters


def test_the_highest_code_says_that_they_count_from_1(recognised):
    found, done = recognised([0, 1, 15], "naf15")
    assert sorted(found) == [(1, "Building"), (15, "Other")]
    assert done.params("info-recognised")["base"] == 1


def test_a_gap_in_the_codes_says_which_base(recognised):
    """FLAIR's 15 classes are 1 to 14 and 18: a value 17 is the greenhouse of a raster that counts from 0."""
    found, done = recognised([0, 6, 17], "flair15")
    assert sorted(found) == [(1, "Building"), (7, "Deciduous trees"), (18, "Greenhouse")]
    assert done.params("info-recognised")["base"] == 0


def test_a_declared_0_says_that_they_count_from_1(recognised):
    found, done = recognised([0, 1, 2], "naf15", nodata=0)
    assert sorted(found) == [(1, "Building"), (2, "Pervious surface")]
    assert done.params("info-recognised")["why"]["code"] == "why-zero-nodata"


@pytest.mark.parametrize("how", [{"nodata": 255}, {"mask": np.array([[1, 1, 0]], bool)}], ids=["value", "mask"])
def test_a_valid_0_beside_another_no_data_is_a_class(how, recognised):
    found, _ = recognised([0, 1, 255], "flairhub19", **how)
    assert sorted(found) == [(1, "Building"), (2, "Greenhouse")]


@pytest.mark.parametrize(
    "values",
    [
        [0, 8, 10, 11, 13],  # labels of IGN for the Gers, with a part that is not labelled, and not declared
        [*range(15)],  # all indices from 0, or all codes but the rare "other" and no label
        [0],
    ],
    ids=str,
)
def test_what_fits_both_ways_is_asked_for(values, recognised, out):
    error = refused(recognised, values, "naf15")
    assert error.code == "base-unknown"
    assert "'First class' (BASE)" in str(error) and "'Building'" in str(error)
    assert list(out.iterdir()) == []


@pytest.mark.parametrize("values", [[2, 9, 10, 11, 13], [1, 14]], ids=str)
def test_codes_of_naf_without_a_0_are_read_as_such_and_told(values, recognised):
    """All rasters known to be IGN's count from 1."""
    found, done = recognised(values, "naf15")
    assert sorted(number for number, _ in found) == values
    assert "'First class' (BASE) to 0" in sentence("warn-base-codes", done.params("warn-base-codes"))


@pytest.mark.parametrize("name", ["flair15", "flairhub19", "cosia", "ocsge_cs"])
def test_codes_of_others_without_a_0_are_asked_for(name, recognised):
    """FLAIR's labels count from 1, and what its own detection writes from 0."""
    assert refused(recognised, [2, 9, 10], name).code == "base-unknown"


def test_annotations_of_the_gers(run, ocsia_data, out):
    """With the nomenclature alone; where a part is not labelled, the question names what to say."""
    asked, areas = [], 0
    for path in sorted((ocsia_data / "gers_naf").glob("20*/naf/*.tiff")):
        job = {"input": str(path), "nomenclature": "naf15", "lang": "en"}
        with rasterio.open(path) as source:
            values = source.read(1)
        if (values == 0).any():
            asked.append(path)
            with pytest.raises(OcsiaError) as refusal:
                run(VectorizeJob(output=str(out / "p.gpkg"), **job))
            assert refusal.value.code == "base-unknown" and "BASE" in str(refusal.value)
            job["base"] = "1"
        done = run(SurfacesJob(output=str(out / "z.gpkg"), table=str(out / "z.csv"), **job))
        assert ("warn-base-codes" in done.codes("warning")) == ("base" not in job)
        polygons = run(VectorizeJob(output=str(out / "p.gpkg"), **job)).params("info-polygons")
        assert polygons["area"] == pytest.approx((values > 0).sum() * 0.0625, abs=1)
        areas += polygons["area"]
    assert len(asked) == 1 and areas > 300_000


@pytest.mark.parametrize(("base", "codes"), [("0", [3, 10]), ("1", [2, 9])])
def test_what_the_user_says_holds(base, codes, recognised):
    found, done = recognised([2, 9], "naf15", base)
    assert sorted(number for number, _ in found) == codes
    assert done.params("info-recognised") | {"path": ""} == {
        "path": "", "nomenclature": "naf15", "base": int(base), "why": {"code": "why-asked", "params": {}}
    }  # fmt: skip


def test_counted_from_0_a_declared_0_is_no_data_and_told(recognised):
    found, done = recognised([0, 1, 2], "naf15", "0", nodata=0)
    assert sorted(number for number, _ in found) == [2, 3]
    assert done.params("warn-base-nodata")["first"] == "Building"


@pytest.mark.parametrize("values", [[1, 77], [1, 16], [0, 15, 77], [1, 255]], ids=str)
def test_values_that_fit_neither_way_are_refused(values, recognised):
    error = refused(recognised, values, "naf15")
    assert error.code == "values-misfit" and str(values[-1]) in str(error)


def test_values_that_do_not_fit_are_kept_when_the_user_says_so(recognised):
    found, done = recognised([1, 77], "naf15", "1")
    assert sorted(found) == [(1, "Building"), (77, "77")]
    assert done.params("warn-codes-outside")["codes"] == "77"


def test_no_nomenclature_is_assumed(recognised, out):
    error = refused(recognised, [1, 15], base="1")
    assert error.code == "nomenclature-unknown"
    assert all(name in str(error) for name in nomenclature_ids())
    assert list(out.iterdir()) == []


@pytest.mark.parametrize("base", ["2", "", "un"])
def test_a_base_is_0_or_1(base, recognised):
    assert refused(recognised, [1], "naf15", base).code == "job-invalid"


def test_an_unknown_nomenclature_is_refused(recognised):
    assert refused(recognised, [1], "clc").code == "nomenclature-missing"


@pytest.mark.parametrize("base", [0, 1])
@pytest.mark.parametrize("name", nomenclature_ids())
def test_a_colour_table_says_both(name, base, write_raster, run, tmp_path, out):
    path = write_raster(tmp_path / "c.tif", np.array([[[2, 3, 4]]], np.uint8))
    done = run(VectorizeJob(input=paint(path, colour_table(name, base)), output=str(out / "p.gpkg")))
    params = done.params("info-recognised")
    assert (params["nomenclature"], params["base"], params["why"]["code"]) == (name, base, "why-colours")


def test_a_colour_table_does_not_hide_a_wrong_name(write_raster, run, tmp_path, out):
    path = paint(write_raster(tmp_path / "c.tif", np.array([[[2]]], np.uint8)), colour_table("naf15", 1))
    with pytest.raises(OcsiaError) as refusal:
        run(VectorizeJob(input=path, output=str(out / "p.gpkg"), nomenclature="clc"))
    assert refusal.value.code == "nomenclature-missing"


def test_a_damaged_legend_says_nothing(write_raster, run, tmp_path, out):
    path = write_raster(tmp_path / "c.tif", np.array([[[1, 15]]], np.uint8))
    with rasterio.open(path, "r+") as raster:
        raster.update_tags(OCSIA_LEGEND='{"nomenclature": ["naf15"]}')
    with pytest.raises(OcsiaError) as refusal:
        run(VectorizeJob(input=path, output=str(out / "p.gpkg")))
    assert refusal.value.code == "nomenclature-unknown"
    done = run(VectorizeJob(input=path, output=str(out / "p.gpkg"), nomenclature="naf15"))
    assert done.params("info-recognised")["base"] == 1


def test_a_colour_table_of_others_says_nothing(write_raster, run, tmp_path, out):
    path = write_raster(tmp_path / "c.tif", np.array([[[2, 3, 4]]], np.uint8))
    paint(path, {value: (value, value, value, 255) for value in range(256)})
    with pytest.raises(OcsiaError) as refusal:
        run(VectorizeJob(input=path, output=str(out / "p.gpkg")))
    assert refusal.value.code == "nomenclature-unknown"


@pytest.mark.parametrize("asked", [{"nomenclature": "cosia"}, {"base": "0"}])
def test_what_a_raster_of_ours_says_is_not_contradicted(asked, run, town_products, out):
    with pytest.raises(OcsiaError) as refusal:
        run(VectorizeJob(input=town_products.classes, output=str(out / "p.gpkg"), **asked))
    assert refusal.value.code == "nomenclature-in-file"


def test_what_a_raster_of_ours_says_may_be_repeated(run, town_products, out):
    run(VectorizeJob(input=town_products.classes, output=str(out / "p.gpkg"), nomenclature="naf15", base="1"))
    assert (out / "p.gpkg").exists()


@given(st.sets(st.integers(0, 255), max_size=6), st.sampled_from(nomenclature_ids()))
def test_a_base_fits_where_every_value_is_a_class(values, name):
    nomenclature = load_nomenclature(name)
    codes = {c.code for c in nomenclature.classes}
    fits = fitting_bases(values, nomenclature)
    assert (0 in fits) == ({value + 1 for value in values} <= codes)
    assert (1 in fits) == (values - {0} <= codes)


def test_values_are_counted_some_rows_at_a_time(write_raster, tmp_path, monkeypatch):
    monkeypatch.setattr(recognition, "_READ_PIXELS", 700)
    monkeypatch.setattr(recognition, "_COUNTED", 13)
    data = np.random.default_rng(0).integers(0, 200, (1, 90, 70)).astype(np.uint8)
    data[data == 7] = 255
    for options in ({}, {"tiled": True, "blockxsize": 16, "blockysize": 16}):
        with rasterio.open(write_raster(tmp_path / "c.tif", data, nodata=255, **options)) as source:
            assert valid_values(source, Events()) == sorted(set(np.unique(data).tolist()) - {255})


def test_counting_can_be_cancelled(write_raster, tmp_path):
    path = write_raster(tmp_path / "c.tif", np.full((1, 9, 9), 3, np.uint8))
    with rasterio.open(path) as source, pytest.raises(Cancelled):
        events = Events()
        events.cancel.set()
        valid_values(source, events)


# -- surfaces


def test_surfaces_of_a_raster_counted_from_0(write_raster, run, tmp_path, out):
    """As FLAIR-HUB writes it: 0 is a building, 12 a deciduous tree."""
    data = np.zeros((1, 10, 10), np.uint8)
    data[:, :3] = 12
    path = write_raster(tmp_path / "c.tif", data)
    asked = {"nomenclature": "flairhub19", "base": "0", "groups": "ligneux"}
    run(SurfacesJob(input=path, output=str(out / "z.gpkg"), table=str(out / "t.csv"), **asked))
    with open(out / "t.csv", encoding="utf-8", newline="") as file:
        pixels = {row["key"]: int(row["pixels"]) for row in csv.DictReader(file)}
    assert {key: n for key, n in pixels.items() if n} == {"batiment": 70, "feuillus": 30, "ligneux": 30}


def test_surfaces_ask_as_well(write_raster, run, tmp_path, out):
    path = write_raster(tmp_path / "c.tif", np.full((1, 9, 9), 3, np.uint8))
    for asked, code in (({}, "nomenclature-unknown"), ({"nomenclature": "cosia"}, "base-unknown")):
        with pytest.raises(OcsiaError) as refusal:
            run(SurfacesJob(input=path, output=str(out / "z.gpkg"), **asked))
        assert refusal.value.code == code
    assert list(out.iterdir()) == []


# -- probabilities


def bands(count: int) -> np.ndarray:
    values = np.zeros((count, 2, 3), np.uint8)
    values[8] = 200
    return values


def test_15_bands_are_naf_and_the_user_is_told(write_raster, run, tmp_path, out):
    path = write_raster(tmp_path / "p.tif", bands(15))
    done = run(ArgmaxJob(input=path, output=str(out / "c.tif")))
    assert done.params("warn-nomenclature-assumed")["nomenclature"] == "naf15"


@pytest.mark.parametrize(("count", "words"), [(19, "flair19, flairhub19"), (12, "flair12"), (7, "fit no nomenclature")])
def test_other_bands_are_asked_for(count, words, write_raster, run, tmp_path, out):
    path = write_raster(tmp_path / "p.tif", np.ones((count, 2, 3), np.uint8))
    with pytest.raises(OcsiaError) as refusal:
        run(SurfacesJob(input=path, output=str(out / "z.gpkg")))
    assert refusal.value.code == "not-probabilities" and words in str(refusal.value)


@pytest.mark.parametrize(("name", "key"), [("flair19", "vigne"), ("flairhub19", "surface_herbacee")])
def test_bands_are_those_of_the_nomenclature_that_the_user_names(name, key, write_raster, run, read, tmp_path, out):
    path = write_raster(tmp_path / "p.tif", bands(19))
    done = run(ArgmaxJob(input=path, output=str(out / "c.tif"), input_nomenclature=name))
    assert done.codes("warning") == []
    assert (read(str(out / "c.tif"))[0] == 9).all()
    with rasterio.open(out / "c.tif") as product:
        c = load_nomenclature(name).by_code(9)
        assert c.key == key and product.colormap(1)[9] == (*c.rgb, 255)


def test_bands_and_classes_must_be_as_many(write_raster, run, tmp_path, out):
    path = write_raster(tmp_path / "p.tif", bands(15))
    with pytest.raises(OcsiaError) as refusal:
        run(ArgmaxJob(input=path, output=str(out / "c.tif"), input_nomenclature="flair19"))
    assert refusal.value.code == "not-probabilities" and "15 bands for 19 classes" in str(refusal.value)


def test_probabilities_of_ours_are_not_contradicted(run, town_products, out):
    with pytest.raises(OcsiaError) as refusal:
        run(ArgmaxJob(input=town_products.probabilities, output=str(out / "c.tif"), input_nomenclature="flair15"))
    assert refusal.value.code == "nomenclature-in-file"
