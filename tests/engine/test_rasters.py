"""Product rasters: Cloud Optimized GeoTIFFs that other software reads as meant, with nothing else left beside them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rio_cogeo.cogeo import cog_validate

from ocsia_plugin.engine.jobs import ArgmaxJob, PredictJob
from ocsia_plugin.engine.nomenclature import load_nomenclature

NAF = load_nomenclature("naf15").classes
NAMES = ("probabilities", "classes", "confidence")
COLOURS = "ce7079 987752 a6aab7 62d0ff bbb096 3375a1 e9effe 126421 e48e4d 4c9129 b5c335 b08290"
"""Of CoSIA, for NAF 1 to 12."""

VALIDATE = """
import sys
from osgeo_utils.samples.validate_cloud_optimized_geotiff import validate
warnings, errors, _ = validate(sys.argv[1], full_check=True)
print(*errors, *warnings, sep="\\n", end="")
"""
CATEGORIES = """
import sys
from osgeo import gdal
# Its method GetCategoryNames answers None in some versions, whatever the file says.
lines = iter(gdal.Info(sys.argv[1]).splitlines())
for line in lines:
    if line.strip() == "Categories:":
        break
for line in lines:
    code, _, name = line.strip().partition(": ")
    if not code.rstrip(":").isdigit():
        break
    if name:
        print(line.strip())
"""


def categories(gdal, path):
    """Category names of a raster by code, as GDAL reads them."""
    pairs = (line.split(":", 1) for line in gdal(CATEGORIES, str(path)).splitlines())
    return {int(code): name.strip() for code, name in pairs}


@pytest.fixture(scope="module")
def large(run, tmp_path_factory, write_raster, town):
    """Products of a raster over 512 pixels with a hole, so that there are overviews and masks of overviews."""
    folder = tmp_path_factory.mktemp("large")
    image = np.tile(town.rgb, (1, 2, 1))[:, :524, :540]
    valid = np.ones(image.shape[1:], bool)
    valid[100:230, 50:333] = False
    path = write_raster(folder / "ortho.tif", image, mask=valid)
    (folder / "out").mkdir()
    run(PredictJob(input=path, **{n: str(folder / "out" / f"{n}.tif") for n in NAMES}))
    return folder / "out"


@pytest.mark.parametrize("name", NAMES)
def test_rio_cogeo_finds_a_valid_cog(name, large):
    valid, errors, warnings = cog_validate(large / f"{name}.tif", strict=True, quiet=True)
    assert valid and not errors and not warnings


@pytest.mark.parametrize("name", NAMES)
def test_gdals_own_validator_finds_a_valid_cog(name, large, gdal):
    assert gdal(VALIDATE, str(large / f"{name}.tif")) == ""


@pytest.mark.parametrize("name", NAMES)
def test_a_raster_of_one_block_is_a_valid_cog_too(name, run, write_raster, town, gdal, tmp_path, out):
    path = write_raster(tmp_path / "ortho.tif", town.rgb[:, :17, :33])
    run(PredictJob(input=path, **{name: str(out / f"{name}.tif")}))
    assert cog_validate(out / f"{name}.tif", strict=True, quiet=True)[0]
    assert gdal(VALIDATE, str(out / f"{name}.tif")) == ""


@pytest.mark.parametrize("name", NAMES)
def test_rasters_over_512_pixels_have_overviews(name, large):
    with rasterio.open(large / f"{name}.tif") as product:
        assert product.overviews(1) == [2]
        assert product.block_shapes[0] == (512, 512)


@pytest.mark.parametrize("name", NAMES)
def test_overviews_know_where_there_is_no_data(name, large):
    with rasterio.open(large / f"{name}.tif") as full, rasterio.open(large / f"{name}.tif", OVERVIEW_LEVEL=0) as half:
        assert half.shape == tuple(side // 2 for side in full.shape)
        seen = half.dataset_mask() > 0
    assert not seen[52:113, 27:164].any()
    assert seen[:48].all() and seen[118:].all()


def test_overviews_of_classes_hold_no_other_codes(large):
    with rasterio.open(large / "classes.tif") as full, rasterio.open(large / "classes.tif", OVERVIEW_LEVEL=0) as half:
        assert set(np.unique(half.read(1))) <= set(np.unique(full.read(1)))


def test_overviews_of_probabilities_are_averages_of_valid_pixels(large):
    path = large / "probabilities.tif"
    with rasterio.open(path) as full, rasterio.open(path, OVERVIEW_LEVEL=0) as half:
        pixels, seen, averaged = full.read(), full.dataset_mask() > 0, half.read()
    quads = pixels.reshape(15, 262, 2, 270, 2).mean(axis=(2, 4))
    complete = seen.reshape(262, 2, 270, 2).all(axis=(1, 3))
    assert np.abs(quads - averaged)[:, complete].max() <= 1
    # Next to the hole, zeros of no data must not darken the average.
    partial = seen.reshape(262, 2, 270, 2).any(axis=(1, 3)) & ~complete
    lowest = np.where(seen, pixels, 255).reshape(15, 262, 2, 270, 2).min(axis=(2, 4))
    assert (averaged >= lowest.astype(int) - 1)[:, partial].all()


def test_lzw_unless_asked_otherwise(large):
    for name in NAMES:
        with rasterio.open(large / f"{name}.tif") as product:
            assert product.compression.name == "lzw"


@pytest.mark.parametrize("compression", ["DEFLATE", "ZSTD"])
def test_other_compressions_hold_the_same_pixels(compression, large, run, read, out):
    paths = {"output": str(out / "c.tif"), "confidence": str(out / "f.tif")}
    run(ArgmaxJob(input=str(large / "probabilities.tif"), compression=compression, **paths))
    for name, path in zip(("classes", "confidence"), paths.values()):
        with rasterio.open(path) as product:
            assert product.compression.name == compression.lower()
        assert (read(path)[0] == read(str(large / f"{name}.tif"))[0]).all()


def test_the_colour_table_is_that_of_cosia(large):
    with rasterio.open(large / "classes.tif") as product:
        table = product.colormap(1)
    for code, colour in enumerate(COLOURS.split(), 1):
        assert table[code] == (*bytes.fromhex(colour), 255)
    for c in NAF:
        assert table[c.code][:3] == c.rgb
    assert table[0][3] == 0


def test_the_category_names_are_read_by_gdal(large, gdal):
    assert categories(gdal, large / "classes.tif") == {c.code: c.fr for c in NAF}


def test_the_category_names_stand_in_the_side_file(large):
    root = ET.parse(large / "classes.tif.aux.xml").getroot()
    assert [c.text for c in root.iter("Category")][1:] == [c.fr for c in NAF]


def test_bands_are_named_after_their_classes(large):
    with rasterio.open(large / "probabilities.tif") as product:
        assert product.descriptions == tuple(c.fr for c in NAF)
        assert set(product.dtypes) == {"uint8"}


def test_names_inside_the_products_follow_the_language(run, write_raster, town, gdal, tmp_path, out):
    path = write_raster(tmp_path / "ortho.tif", town.rgb[:, :20, :20])
    run(PredictJob(input=path, lang="en", **{n: str(out / f"{n}.tif") for n in NAMES}))
    with rasterio.open(out / "probabilities.tif") as product:
        assert product.descriptions == tuple(c.en for c in NAF)
    assert categories(gdal, out / "classes.tif") == {c.code: c.en for c in NAF}


def test_a_style_lies_beside_each_raster_and_nothing_else(large):
    expected = {f"{n}.tif" for n in NAMES} | {f"{n}.qml" for n in NAMES} | {"classes.tif.aux.xml"}
    assert {p.name for p in large.iterdir()} == expected
    for name in NAMES:
        assert ET.parse(large / f"{name}.qml").getroot().tag == "qgis"


def test_two_runs_give_the_same_bytes(run, town_products, town_tif, out):
    run(PredictJob(input=town_tif, **{n: str(out / f"{n}.tif") for n in NAMES}))
    written = sorted(out.iterdir())
    assert [p.name for p in written] == sorted(p.name for p in town_products.folder.iterdir())
    for path in written:
        assert path.read_bytes() == (town_products.folder / path.name).read_bytes(), path.name


def test_a_file_of_that_name_is_replaced_with_all_that_lay_beside_it(run, read, write_raster, town, tmp_path, out):
    path = write_raster(tmp_path / "ortho.tif", town.rgb[:, :20, :20])
    for name in ("c.tif", "c.tif.aux.xml", "c.tif.ovr", "c.tif.msk", "c.qml"):
        (out / name).write_text("old")
    (out / "other.tif").write_text("mine")
    run(PredictJob(input=path, classes=str(out / "c.tif")))
    assert {p.name for p in out.iterdir()} == {"c.tif", "c.tif.aux.xml", "c.qml", "other.tif"}
    assert read(str(out / "c.tif"))[0].shape == (1, 20, 20)
    assert (out / "other.tif").read_text() == "mine"


def test_products_may_lie_in_different_folders(run, write_raster, town, tmp_path):
    path = write_raster(tmp_path / "ortho.tif", town.rgb[:, :20, :20])
    folders = [tmp_path / name for name in NAMES]
    for folder in folders:
        folder.mkdir()
    run(PredictJob(input=path, **{n: str(f / "r.tif") for n, f in zip(NAMES, folders)}))
    assert [sorted(p.name for p in f.iterdir()) for f in folders] == [
        ["r.qml", "r.tif"],
        ["r.qml", "r.tif", "r.tif.aux.xml"],
        ["r.qml", "r.tif"],
    ]


def test_names_with_spaces_and_accents_work(run, write_raster, town, tmp_path):
    folder = tmp_path / "Été à l'Isle"
    folder.mkdir()
    path = write_raster(folder / "ortho d'été.tif", town.rgb[:, :20, :20])
    run(PredictJob(input=path, classes=str(folder / "occupation du sol.v2.tif")))
    assert (folder / "occupation du sol.v2.tif").exists() and (folder / "occupation du sol.v2.qml").exists()


def test_a_relative_path_is_relative_to_the_working_folder(run, write_raster, town, tmp_path, out, monkeypatch):
    write_raster(out / "ortho.tif", town.rgb[:, :20, :20])
    monkeypatch.chdir(out)
    run(PredictJob(input="ortho.tif", classes="c.tif"))
    assert Path(out / "c.tif").exists()
