"""Prediction: what one pass over the whole image says is what comes out, however the image is cut, stored or masked."""

from __future__ import annotations

import functools
from pathlib import Path

import numpy as np
import pytest
import rasterio
import shapely
from rasterio.transform import Affine

from ocsia_plugin.engine.grid import Window
from ocsia_plugin.engine.jobs import PredictJob
from ocsia_plugin.engine.ortho.opening import OrthoSources
from ocsia_plugin.engine.ortho.reader import OrthoReader

CORNER = (500000.0, 6290000.0)
NAMES = ("probabilities", "classes", "confidence")


def predicted(run, read, path, folder, **options):
    """Probabilities and validity of a raster, and the run that made them."""
    target = str(Path(folder) / "probabilities.tif")
    done = run(PredictJob(input=path, probabilities=target, **options))
    return *read(target), done


def difference(a, b):
    """The largest difference of two arrays of bytes."""
    return int(np.abs(a.astype(int) - b.astype(int)).max())


def noise(height, width, bands=3, seed=0):
    return np.random.default_rng(seed).integers(0, 256, (bands, height, width), np.uint8)


# -- the three products of one pass


def test_classes_are_the_first_most_probable_band(town_products, read):
    probabilities, _ = read(town_products.probabilities)
    classes, _ = read(town_products.classes)
    assert (classes[0] == probabilities.argmax(axis=0) + 1).all()


def test_confidence_is_the_largest_probability(town_products, read):
    probabilities, _ = read(town_products.probabilities)
    confidence, _ = read(town_products.confidence)
    assert (confidence[0] == probabilities.max(axis=0)).all()


def test_probabilities_are_those_of_one_pass(town_products, read, one_pass, town):
    probabilities, valid = read(town_products.probabilities)
    assert valid.all()
    assert difference(probabilities, one_pass(town.rgb)) <= 1


def test_the_results_name_the_files(town_products):
    assert town_products.run.results == {n.upper(): getattr(town_products, n) for n in NAMES}


def test_the_log_says_device_model_tile_and_halo(town_products, card):
    done = town_products.run
    assert {"info-device", "info-model", "info-tile", "info-grid"} <= set(done.codes("info"))
    assert done.params("info-tile")["halo"] == card.halo
    assert done.params("info-model")["id"] == card.id


def test_the_only_warning_is_that_the_model_is_for_learning(town_products):
    assert town_products.run.codes("warning") == ["info-learning-model"]


def test_progress_rises_from_0_to_1(town_products):
    values = [e["value"] for e in town_products.run.events if e["event"] == "progress"]
    assert values == sorted(values) and values[0] >= 0 and values[-1] == 1


def test_each_product_is_announced_when_it_is_there(run, town_tif, out):
    def exists(_recorder, event):
        if event["event"] == "product":
            assert Path(event["path"]).exists()

    paths = {n: str(out / f"{n}.tif") for n in NAMES}
    extent = (CORNER[0], CORNER[1] - 20, CORNER[0] + 20, CORNER[1])
    done = run(PredictJob(input=town_tif, extent=extent, **paths), exists)
    announced = {e["product"]: e["path"] for e in done.events if e["event"] == "product"}
    assert announced == paths


@pytest.mark.parametrize("name", NAMES)
def test_each_product_alone_is_the_same(name, run, read, write_raster, town, tmp_path, out):
    path = write_raster(tmp_path / "ortho.tif", town.rgb[:, :90, :120])
    run(PredictJob(input=path, **{n: str(out / f"all_{n}.tif") for n in NAMES}))
    done = run(PredictJob(input=path, **{name: str(out / f"{name}.tif")}))
    assert (read(str(out / f"{name}.tif"))[0] == read(str(out / f"all_{name}.tif"))[0]).all()
    assert [k for k, v in done.results.items() if v] == [name.upper()]
    assert not [n for n in NAMES if n != name and (out / f"{n}.tif").exists()]


# -- tiles


@pytest.fixture(scope="module")
def images(tmp_path_factory, write_raster, card, town, one_pass):
    """Path, one-pass probabilities and validity of each image, made when first asked for."""
    folder = tmp_path_factory.mktemp("images")
    parts = {
        "town": lambda _: (town.rgb[:, 100:300, 100:400], 0.2),
        "noise": lambda _: (noise(200, 300), 0.2),
        "a strip of town": lambda _: (np.tile(town.rgb[:, :70], (1, 1, 2))[:, :, :1100], 0.2),
        "a strip of noise": lambda _: (noise(70, 1100), 0.2),
        "rosia": lambda data: part(data, "rosia", 230),
        "mos_r6c6": lambda data: part(data, "mos_r6c6", 130),
        "hub0": lambda data: part(data, "hub0", 90),
    }

    def part(data, name, side):
        with rasterio.open(data / "naf15_patches" / f"{name}_rgb.tif") as source:
            return source.read()[:, :side, :side], source.res[0]

    def image(name, data=None):
        path = folder / f"{name}.tif"
        if not path.exists():
            pixels, gsd = parts[name](data)
            write_raster(path, pixels, gsd=gsd)
        with OrthoSources(PredictJob(input=str(path))) as sources:
            reader = OrthoReader(sources, card.bands, card.fill, card.gsd, card.id)
            pixels, valid = reader.read(Window(0, 0, reader.grid.width, reader.grid.height))
        return str(path), one_pass(pixels, valid), valid

    return functools.cache(image)


@pytest.mark.parametrize(
    ("name", "tile"),
    [
        ("town", 128),
        ("town", 256),
        ("noise", 128),
        ("noise", 256),
        ("a strip of town", 512),
        ("a strip of town", 1024),
        ("a strip of noise", 512),
        ("a strip of noise", 1024),
    ],
)
def test_the_tile_size_does_not_matter(name, tile, images, run, read, out):
    path, expected, _ = images(name)
    probabilities, _, done = predicted(run, read, path, out, tile=tile)
    assert done.params("info-tile")["count"] > 1
    assert difference(probabilities, expected) <= 1


@pytest.mark.parametrize("name", ["rosia", "mos_r6c6", "hub0"])
def test_the_tile_size_does_not_matter_on_real_images(name, images, ocsia_data, run, read, out):
    path, expected, valid = images(name, ocsia_data)
    probabilities, seen, done = predicted(run, read, path, out, tile=128)
    assert done.params("info-tile")["count"] > 1
    assert (seen == valid).all()
    assert difference(probabilities, np.where(valid, expected, 0)) <= 1


@pytest.mark.parametrize(("tile", "side"), [(1, 24), (100, 150)])
def test_a_tile_off_the_stride_gives_the_same(tile, side, run, read, write_raster, town, one_pass, tmp_path, out):
    image = town.rgb[:, :side, :side]
    path = write_raster(tmp_path / "ortho.tif", image)
    probabilities, _, done = predicted(run, read, path, out, tile=tile)
    assert done.params("info-tile")["count"] == 4
    assert difference(probabilities, one_pass(image)) <= 1


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (33, 17), (31, 16), (513, 70)])
def test_any_size_works(size, run, read, write_raster, town, one_pass, tmp_path, out):
    height, width = size
    image = np.tile(town.rgb, (1, 2, 1))[:, :height, :width]
    path = write_raster(tmp_path / "ortho.tif", image)
    probabilities, valid, _ = predicted(run, read, path, out)
    assert probabilities.shape == (15, height, width) and valid.all()
    assert difference(probabilities, one_pass(image)) <= 1


def test_blocks_on_both_sides_of_512_pixels_are_written(run, read, write_raster, town, one_pass, tmp_path, out):
    image = np.tile(town.rgb, (1, 2, 2))[:, :513, :700]
    path = write_raster(tmp_path / "ortho.tif", image)
    probabilities, valid, _ = predicted(run, read, path, out)
    assert valid.all()
    assert difference(probabilities, one_pass(image)) <= 1


# -- no data


def corner_hole(height, width):
    """Validity of an image whose north-west and south-east corners hold nothing."""
    valid = np.ones((height, width), bool)
    valid[:40, :60] = False
    valid[-5:, -7:] = False
    return valid


def stored_with_hole(how, write_raster, path, image, valid):
    """``image`` as a raster that says ``valid`` in one of the ways of GeoTIFF."""
    if how == "nodata":
        return write_raster(path, np.where(valid, np.maximum(image, 1), 0), nodata=0)
    if how == "alpha":
        return write_raster(path, np.concatenate([image, valid[None] * np.uint8(255)]), alpha=True)
    return write_raster(path, image, mask=valid)


@pytest.mark.parametrize("how", ["nodata", "alpha", "mask"])
def test_no_data_is_masked_and_zero_and_read_as_fill(how, run, read, write_raster, town, one_pass, tmp_path, out):
    image, valid = np.maximum(town.rgb[:, :150, :180], 1), corner_hole(150, 180)
    path = stored_with_hole(how, write_raster, tmp_path / "ortho.tif", image, valid)
    run(PredictJob(input=path, tile=128, **{n: str(out / f"{n}.tif") for n in NAMES}))
    for name in NAMES:
        pixels, seen = read(str(out / f"{name}.tif"))
        assert (seen == valid).all(), name
        assert (pixels[:, ~valid] == 0).all(), name
    probabilities, _ = read(str(out / "probabilities.tif"))
    assert difference(probabilities, np.where(valid, one_pass(image, valid), 0)) <= 1


def test_no_data_in_the_products_is_said_as_the_contract_has_it(run, write_raster, town, tmp_path, out):
    path = stored_with_hole("mask", write_raster, tmp_path / "o.tif", town.rgb[:, :90, :90], corner_hole(90, 90))
    run(PredictJob(input=path, **{n: str(out / f"{n}.tif") for n in NAMES}))
    with rasterio.open(out / "classes.tif") as classes:
        assert classes.nodata == 0
    for name in ("probabilities", "confidence"):
        with rasterio.open(out / f"{name}.tif") as product:
            assert product.nodata is None
            assert product.mask_flag_enums[0] == [rasterio.enums.MaskFlags.per_dataset]
        assert not (out / f"{name}.tif.msk").exists()


def test_one_band_at_the_nodata_value_is_a_colour(run, read, write_raster, town, tmp_path, out):
    image = np.maximum(town.rgb[:, :50, :50], 1)
    image[0, :10] = 0
    path = write_raster(tmp_path / "ortho.tif", image, nodata=0)
    _, valid, _ = predicted(run, read, path, out)
    assert valid.all()


# -- bands, orientation, CRS


@pytest.mark.parametrize("bands", [4, 5])
def test_bands_beyond_those_of_the_model_are_not_read(bands, run, read, write_raster, town, one_pass, tmp_path, out):
    image = np.concatenate([town.rgb[:, :120, :130], noise(120, 130, bands - 3)])
    path = write_raster(tmp_path / "ortho.tif", image)
    probabilities, valid, done = predicted(run, read, path, out)
    assert valid.all()
    assert done.params("info-extra-bands") == {"used": "1, 2, 3", "path": path}
    assert difference(probabilities, one_pass(image[:3])) <= 1


def test_alpha_is_no_band_of_the_model_wherever_it_stands(run, read, town, one_pass, tmp_path, out):
    path = str(tmp_path / "argb.tif")
    image = town.rgb[:, :60, :70]
    profile = {"driver": "GTiff", "dtype": "uint8", "crs": "EPSG:2154", "count": 4, "height": 60, "width": 70}
    with rasterio.open(path, "w", transform=Affine(0.2, 0, 5e5, 0, -0.2, 6.29e6), **profile) as raster:
        raster.write(np.concatenate([np.full((1, 60, 70), 255, np.uint8), image]))
        kind = rasterio.enums.ColorInterp
        raster.colorinterp = (kind.alpha, kind.red, kind.green, kind.blue)
    probabilities, _, _ = predicted(run, read, path, out)
    assert difference(probabilities, one_pass(image)) <= 1


def test_a_south_up_raster_gives_the_same_map(run, read, write_raster, town, tmp_path, out):
    image = town.rgb[:, :100, :150]
    usual = write_raster(tmp_path / "north.tif", image)
    upside_down = Affine(0.2, 0, CORNER[0], 0, 0.2, CORNER[1] - 100 * 0.2)
    flipped = write_raster(tmp_path / "south.tif", image[:, ::-1], transform=upside_down)
    expected, _, _ = predicted(run, read, usual, out)
    probabilities, _, _ = predicted(run, read, flipped, tmp_path)
    assert (probabilities == expected).all()
    with rasterio.open(tmp_path / "probabilities.tif") as a, rasterio.open(out / "probabilities.tif") as b:
        assert a.transform.almost_equals(b.transform, 1e-6)


@pytest.mark.parametrize("crs", ["EPSG:3946", "EPSG:32631", "EPSG:2972", "EPSG:5698"])
def test_any_projected_crs_in_metres_is_kept(crs, run, read, write_raster, town, tmp_path, out):
    path = write_raster(tmp_path / "ortho.tif", town.rgb[:, :40, :40], crs=crs, corner=(350000.1, 5100000.3))
    run(PredictJob(input=path, **{n: str(out / f"{n}.tif") for n in NAMES}))
    for name in NAMES:
        with rasterio.open(out / f"{name}.tif") as product:
            assert product.crs == rasterio.crs.CRS.from_string(crs)
            assert product.transform.almost_equals(Affine(0.2, 0, 350000.1, 0, -0.2, 5100000.3), 1e-6)


@pytest.mark.parametrize("gsd", [0.15, 0.25, 0.35, 0.5])
def test_another_gsd_is_brought_to_that_of_the_model(gsd, run, read, write_raster, town, card, tmp_path, out):
    path = write_raster(tmp_path / "ortho.tif", town.rgb[:, :70, :80], gsd=gsd)
    _, _, done = predicted(run, read, path, out)
    assert "info-resampled" in done.codes("info")
    assert ("warn-gsd" in done.codes("warning")) == (gsd == 0.15)
    with rasterio.open(out / "probabilities.tif") as product, rasterio.open(path) as source:
        assert product.res == pytest.approx((card.gsd, card.gsd))
        for edge, wanted in zip(product.bounds, source.bounds):
            assert edge / card.gsd == pytest.approx(round(edge / card.gsd), abs=1e-4)
            assert abs(edge - wanted) < card.gsd + 1e-6


def test_another_resolution_can_be_asked_for_with_a_warning(run, read, write_raster, town, tmp_path, out):
    path = write_raster(tmp_path / "ortho.tif", town.rgb[:, :100, :100])
    probabilities, _, done = predicted(run, read, path, out, resolution=0.5)
    assert probabilities.shape[1:] == (40, 40)
    assert "warn-resolution" in done.codes("warning")


# -- where


def test_an_extent_keeps_to_the_pixels_of_the_raster(run, read, town_tif, out):
    x, y = CORNER
    extent = (x + 10.05, y - 30.02, x + 33.33, y - 12.17)
    predicted(run, read, town_tif, out, extent=extent)
    with rasterio.open(out / "probabilities.tif") as product:
        bounds = product.bounds
        assert (bounds.left - x) / 0.2 == pytest.approx(50, abs=1e-3)
        assert (y - bounds.top) / 0.2 == pytest.approx(60, abs=1e-3)
        assert product.shape == (91, 117)
        assert bounds.right >= extent[2] and bounds.bottom <= extent[1]


def test_an_extent_larger_than_the_raster_is_the_raster(run, read, write_raster, town, tmp_path, out):
    path = write_raster(tmp_path / "ortho.tif", town.rgb[:, :40, :50])
    extent = (CORNER[0] - 100, CORNER[1] - 500, CORNER[0] + 500, CORNER[1] + 100)
    probabilities, _, _ = predicted(run, read, path, out, extent=extent)
    assert probabilities.shape[1:] == (40, 50)


def in_pixels(*corners):
    """A polygon from corners in pixels of the town."""
    return shapely.Polygon([(CORNER[0] + 0.2 * col, CORNER[1] - 0.2 * row) for col, row in corners])


def square(col, row, side):
    return in_pixels((col, row), (col + side, row), (col + side, row + side), (col, row + side))


def test_outside_the_mask_there_is_no_data(run, read, write_polygons, town, town_tif, one_pass, tmp_path, out):
    triangle = in_pixels((100.3, 50.2), (300.7, 90.1), (150.2, 260.9))
    run(
        PredictJob(
            input=town_tif,
            mask=write_polygons(tmp_path / "mask.gpkg", [triangle]),
            **{n: str(out / f"{n}.tif") for n in NAMES},
        )
    )
    for name in NAMES:
        pixels, valid = read(str(out / f"{name}.tif"))
        with rasterio.open(out / f"{name}.tif") as product:
            rows, cols = np.mgrid[: product.height, : product.width]
            xs, ys = product.transform @ (cols + 0.5, rows + 0.5)
        inside = shapely.contains_xy(triangle, xs, ys)
        assert (valid == inside).all(), name
        assert (pixels[:, ~inside] == 0).all(), name
        assert inside.sum() == pytest.approx(triangle.area / 0.04, rel=0.01)


def test_overlapping_mask_polygons_hide_nothing(run, read, write_polygons, town_tif, tmp_path, out):
    mask = write_polygons(tmp_path / "mask.gpkg", [square(10, 10, 40), square(30, 30, 40)])
    _, valid, _ = predicted(run, read, town_tif, out, mask=mask)
    assert valid.sum() == 2 * 40 * 40 - 20 * 20


def test_scattered_polygons_cost_only_the_tiles_they_touch(run, read, write_polygons, town_tif, tmp_path, out):
    corners = [square(2, 2, 6), square(545, 2, 6), square(2, 390, 6), square(545, 390, 6)]
    mask = write_polygons(tmp_path / "mask.gpkg", corners)
    _, valid, done = predicted(run, read, town_tif, out, mask=mask, tile=64)
    assert 4 <= done.params("info-tile")["count"] <= 8
    assert valid.sum() == 4 * 36


def test_mask_and_extent_hold_together(run, read, write_polygons, town_tif, tmp_path, out):
    mask = write_polygons(tmp_path / "mask.gpkg", [square(0, 0, 40)])
    extent = (CORNER[0] + 4, CORNER[1] - 100, CORNER[0] + 100, CORNER[1] - 2)
    _, valid, _ = predicted(run, read, town_tif, out, mask=mask, extent=extent)
    assert valid.sum() == 20 * 30


def test_a_hole_in_the_mask_has_no_data(run, read, write_polygons, town_tif, tmp_path, out):
    ring = shapely.difference(square(20, 20, 40), square(30, 30, 10))
    mask = write_polygons(tmp_path / "mask.gpkg", [ring])
    _, valid, _ = predicted(run, read, town_tif, out, mask=mask)
    assert valid.sum() == 40 * 40 - 10 * 10


# -- real image


def test_a_real_patch_is_mapped(ocsia_data, run, read, one_pass, out):
    path = str(ocsia_data / "naf15_patches" / "rosia_rgb.tif")
    run(PredictJob(input=path, **{n: str(out / f"{n}.tif") for n in NAMES}))
    classes, valid = read(str(out / "classes.tif"))
    image, _ = read(path)
    # Where two classes are equally probable within a DN, either is right.
    expected = one_pass(image)
    chosen = np.take_along_axis(expected, classes.astype(int) - 1, axis=0)[0]
    assert valid.all()
    assert (expected.max(axis=0).astype(int) - chosen <= 2).all()
    assert len(np.unique(classes)) >= 4


def test_rasters_that_the_model_has_no_use_for_are_named(run, town_tif, write_raster, tmp_path, out):
    irc = write_raster(tmp_path / "irc.tif", np.full((3, 60, 96), 90, np.uint8))
    done = run(PredictJob(input=town_tif, irc=irc, classes=str(out / "c.tif"), tile=256))
    assert done.params("info-unneeded")["names"] == "IRC"
