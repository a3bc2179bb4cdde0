"""Ortho-images from several sources: each byte in its place, what is no data stays so, what cannot be is refused."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
import rasterio
import shapely
from rasterio.enums import ColorInterp
from rasterio.transform import from_origin
from rasterio.warp import transform

from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.grid import Window
from ocsia_plugin.engine.jobs import ComposeOrthoJob, PredictJob
from ocsia_plugin.engine.ortho import afar, collars
from ocsia_plugin.engine.ortho.bands import choose_bands
from ocsia_plugin.engine.ortho.layers import elevation_bytes
from ocsia_plugin.engine.ortho.opening import OrthoSources
from ocsia_plugin.engine.ortho.reader import SCALE_TAG, OrthoReader

CORNER = (500000.0, 6290000.0)
SIZE = 48.0
"""Metres along a side of the scenes."""


def waves(x, y):
    """A smooth function of metres with steep slopes: half a pixel of 0.2 m off is more than 2 units."""
    return 120 + 60 * np.sin(x / 3.1) + 50 * np.cos(y / 2.3)


def sampled(function, gsd, corner=CORNER, size=SIZE, dtype=np.uint8):
    """A function of metres (east and south of CORNER) at the centres of the pixels of a grid."""
    count = round(size / gsd)
    along = (np.arange(count) + 0.5) * gsd
    values = function(*np.meshgrid(along + corner[0] - CORNER[0], along + CORNER[1] - corner[1]))
    return np.rint(values).astype(dtype) if np.dtype(dtype).kind == "u" else values.astype(dtype)


def inner(grid, margin=3.0):
    """Eastings and northings of a grid's pixels, and those that are away from the edges of the scene."""
    cols, rows = np.meshgrid(np.arange(grid.width), np.arange(grid.height))
    x, y = grid.x - CORNER[0] + (cols + 0.5) * grid.dx, CORNER[1] - grid.y + (rows + 0.5) * grid.dy
    return x, y, (np.minimum(x, y) > margin) & (np.maximum(x, y) < SIZE - margin)


def image_of(job, bands, gsd=None):
    """The whole image, its validity and its grid."""
    with OrthoSources(job) as sources:
        reader = OrthoReader(sources, tuple(bands), (0,) * len(bands), gsd, "model", crs=job.crs)
        return *reader.read(Window(0, 0, *reader.grid.size)), reader.grid


@pytest.fixture
def rgb(write_raster, tmp_path):
    """A quiet image of the scene."""
    return write_raster(tmp_path / "rvb.tif", np.full((3, 240, 240), 90, np.uint8), corner=CORNER)


@pytest.fixture
def refused(run, out):
    def check(code, **fields):
        with pytest.raises(OcsiaError) as refusal:
            run(ComposeOrthoJob(output=str(out / "o.tif"), **fields))
        assert refusal.value.code == code
        assert list(out.iterdir()) == []
        return refusal.value

    return check


# -- alignment


@pytest.mark.parametrize("gsd", [0.1, 0.15, 0.2, 0.25, 0.4, 0.5])
@pytest.mark.parametrize("shift", [(0.0, 0.0), (0.07, -0.03), (-0.1, 0.1)])
def test_an_infrared_of_another_grid_falls_on_its_place(gsd, shift, rgb, write_raster, tmp_path):
    """Interpolation errs by at most gsd² / 8 of the second derivative (6.3 and 9.5 DN per m²), two roundings by 1 DN.
    Averaging whole pixels by their share moves single values by up to an eighth of a pixel, this way and that."""
    corner = CORNER[0] + shift[0], CORNER[1] + shift[1]
    irc = np.stack([sampled(waves, gsd, corner)] * 3)
    path = write_raster(tmp_path / "irc.tif", irc, gsd=gsd, corner=corner)
    image, valid, grid = image_of(PredictJob(input=rgb, irc=path), "RVBI")
    x, y, core = inner(grid)
    off = (image[3] - waves(x, y))[core & valid]
    assert valid[core].all()
    jitter = (60 / 3.1 + 50 / 2.3) * gsd / 8 if gsd < 0.2 else 0
    assert np.abs(off).max() <= 1.01 + (6.3 + 9.5) * max(gsd, 0.2) ** 2 / 8 + jitter
    # A shift shows as an error that goes with the slope: in metres, with 60 / 3.1 DN per metre.
    slope = (60 / 3.1 * np.cos(x / 3.1))[core & valid]
    assert abs((off * slope).sum() / (slope**2).sum()) < 0.01
    slope = (-50 / 2.3 * np.sin(y / 2.3))[core & valid]
    assert abs((off * slope).sum() / (slope**2).sum()) < 0.01


@pytest.mark.parametrize("crs", ["EPSG:32631", "EPSG:3944", "EPSG:4326"])
def test_an_infrared_of_another_crs_falls_on_its_place(crs, rgb, write_raster, tmp_path):
    """What a pixel says is where it lies in Lambert-93; it is looked for there."""
    corners = transform("EPSG:2154", crs, [CORNER[0] - 9, CORNER[0] + 57], [CORNER[1] + 9, CORNER[1] - 57])
    (west, east), (north, south) = corners
    gsd = 0.2 if crs != "EPSG:4326" else 0.2 / 111_000
    cols, rows = np.meshgrid(np.arange(int((east - west) / gsd)), np.arange(int((north - south) / gsd)))
    xs, ys = transform(crs, "EPSG:2154", (west + (cols + 0.5) * gsd).ravel(), (north - (rows + 0.5) * gsd).ravel())
    values = waves(np.array(xs) - CORNER[0], CORNER[1] - np.array(ys)).reshape(cols.shape)
    irc = np.rint(values).astype(np.uint8)[None].repeat(3, axis=0)
    path = write_raster(tmp_path / "irc.tif", irc, crs=crs, transform=from_origin(west, north, gsd, gsd))
    image, valid, grid = image_of(PredictJob(input=rgb, irc=path), "RVBI")
    x, y, core = inner(grid)
    off = (image[3] - waves(x, y))[core & valid]
    assert (core & valid).sum() > 0.5 * core.sum()
    slope = (60 / 3.1 * np.cos(x / 3.1))[core & valid]
    assert np.abs(off).max() <= 2.5 and abs((off * slope).sum() / (slope**2).sum()) < 0.01


def test_an_image_in_degrees_gives_a_result_in_the_crs_that_is_named(write_raster, tmp_path, refused):
    image = np.full((3, 300, 300), 90, np.uint8)
    where = {"crs": "EPSG:4326", "transform": from_origin(0.53, 43.68, 2.5e-6, 1.8e-6)}
    path = write_raster(tmp_path / "o.tif", image, **where)
    refused("raster-crs-degrees", input=path)
    pixels, valid, grid = image_of(PredictJob(input=path, crs="EPSG:2154"), "RVB", 0.2)
    assert (pixels[:, valid] == 90).all() and valid.mean() > 0.8
    assert grid.dx == grid.dy == 0.2 and grid.x / 0.2 == pytest.approx(round(grid.x / 0.2), abs=1e-4)
    refused("crs-unknown", input=path, crs="Lambert")
    refused("raster-crs-mercator", input=path, crs="EPSG:3857")


# -- heights


def test_heights_become_bytes_of_20_cm():
    height = np.array([-3.0, 0.0, 0.09, 0.1, 0.3, 10.0, 50.9, 51.0, 900.0, 7.0])
    valid = np.array([True] * 9 + [False])
    assert elevation_bytes(height, valid).tolist() == [0, 0, 0, 1, 2, 50, 255, 255, 255, 0]


def test_height_is_surface_minus_ground_on_the_grid_of_the_image(rgb, write_raster, tmp_path):
    def surface(x, y):
        return 170 + 0.1 * x + 20 + 9 * np.sin(x / 4) + 8 * np.cos(y / 5)

    mns = sampled(surface, 0.5, dtype=np.float32)[None]
    mnt = sampled(lambda x, y: 170 + 0.1 * x, 1.0, dtype=np.float32)[None]
    fields = {
        "mns": write_raster(tmp_path / "mns.tif", mns, gsd=0.5),
        "mnt": write_raster(tmp_path / "mnt.tif", mnt, gsd=1.0, crs="EPSG:5698"),  # with IGN's vertical reference
    }
    image, valid, grid = image_of(PredictJob(input=rgb, **fields), "RVBE")
    x, y, core = inner(grid)
    expected = 5 * (surface(x, y) - 170 - 0.1 * x)
    assert valid.all() and np.abs(image[3] - expected)[core].max() < 0.5 + 5 * 2 * 0.6 * 0.5**2 / 8
    direct = write_raster(tmp_path / "mnh.tif", sampled(lambda x, y: 0 * x + 3.3, 0.5, dtype=np.float32)[None], gsd=0.5)
    assert (image_of(PredictJob(input=rgb, mnh=direct), "E")[0] == 17).all()


@pytest.mark.parametrize("sentinel", [-9999.0, -99999.0, -32768.0, np.nan, 3.4e38])
@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize("gsd", [0.2, 0.5])
def test_what_is_no_altitude_never_becomes_a_height(sentinel, declared, gsd, rgb, write_raster, tmp_path):
    count = round(SIZE / gsd)
    hole = np.zeros((count, count), bool)
    hole[count // 4 : count // 2, count // 4 : count // 2] = True
    mnt = np.where(hole, sentinel, 150).astype(np.float32)[None]
    mns = np.full((1, count, count), 152, np.float32)
    nodata = {"nodata": sentinel} if declared else {}
    fields = {
        "mns": write_raster(tmp_path / "mns.tif", mns, gsd=gsd),
        "mnt": write_raster(tmp_path / "mnt.tif", mnt, gsd=gsd, **nodata),
    }
    image, valid, _ = image_of(PredictJob(input=rgb, **fields), "RVBE")
    assert (image[3][valid] == 10).all() and (image[:, ~valid] == 0).all()
    assert abs((~valid).sum() * 0.04 - (SIZE / 4) ** 2) < 4 * SIZE / 4 * 0.2


def test_heights_that_cannot_be_right(rgb, refused, write_raster, tmp_path):
    def raster(name, value, **profile):
        return write_raster(tmp_path / f"{name}.tif", np.full((1, 100, 100), value, np.float32), gsd=0.5, **profile)

    mns, mnt = raster("mns", 160), raster("mnt", 150)
    refused("heights-incomplete", input=rgb, mns=mns)
    refused("heights-incomplete", input=rgb, mnt=mnt)
    refused("heights-twice", input=rgb, mns=mns, mnt=mnt, mnh=raster("mnh", 10))
    assert refused("heights-sunk", input=rgb, mns=mnt, mnt=mns).params["share"] == 100
    error = refused("heights-wild", input=rgb, mns=raster("feet", 525), mnt=mnt)
    assert error.params["median"] == 375 and error.params["share"] == 100
    with rasterio.open(mns, "r+") as file:
        file.units = ["ft"]
    assert refused("heights-unit", input=rgb, mns=mns, mnt=mnt).params["unit"] == "ft"
    refused("heights-bands", input=rgb, mnh=rgb)
    refused("sources-apart", input=rgb, mnh=raster("far", 3, corner=(700000, 6290000)))


# -- bands


def four(write_raster, path, fourth, alpha):
    image = np.random.default_rng(0).integers(1, 255, (3, 64, 64), np.uint8)
    return write_raster(path, np.concatenate([image, fourth[None]]), alpha=alpha)


def test_a_near_infrared_that_is_tagged_alpha_is_one(write_raster, tmp_path):
    """It is 0 over water: as alpha that would be no data."""
    nir = np.random.default_rng(1).integers(0, 255, (64, 64), np.uint8)
    nir[:30] = 0
    path = four(write_raster, tmp_path / "rvbi.tif", nir, True)
    image, valid, _ = image_of(PredictJob(input=path), "RVBI")
    assert valid.all() and (image[3] == nir).all()


@pytest.mark.parametrize("opaque", [255, 1, 200])
def test_alpha_is_alpha_whatever_its_value(opaque, write_raster, tmp_path):
    alpha = np.full((64, 64), opaque, np.uint8)
    alpha[:30] = 0
    alpha[30] = np.linspace(0, opaque, 64)  # feathered
    path = four(write_raster, tmp_path / "rvba.tif", alpha, True)
    with rasterio.open(path) as source:
        assert not choose_bands(source, path).alpha_is_data
    assert (image_of(PredictJob(input=path), "RVB")[1] == (alpha > 0)).all()


def test_a_real_image_with_alpha_keeps_it(ocsia_data):
    path = str(ocsia_data / "nl_ortho20" / "test_image_1210x718.tif")
    with rasterio.open(path) as source:
        chosen = choose_bands(source, path)
    assert chosen.roles == ("R", "V", "B") and not chosen.alpha_is_data


@pytest.mark.parametrize("text", ["B,V,R,I", "b v r nir", "BVRI", "bleu;vert;rouge;pir"])
def test_a_sensors_bands_are_put_in_order(text, write_raster, tmp_path):
    path = write_raster(tmp_path / "pneo.tif", np.stack([np.full((40, 40), v, np.uint8) for v in (3, 2, 1, 4)]))
    image, _, _ = image_of(PredictJob(input=path, bands=text), "RVBI")
    assert image[:, 0, 0].tolist() == [1, 2, 3, 4]


def test_bands_said_of_a_tagged_alpha_make_it_data(write_raster, tmp_path):
    path = four(write_raster, tmp_path / "o.tif", np.full((64, 64), 255, np.uint8), True)
    image, _, _ = image_of(PredictJob(input=path, bands="R,V,B,I"), "RVBI")
    assert (image[3] == 255).all()
    assert image_of(PredictJob(input=path, bands="R,V,B,-"), "RVB")[1].all()


@pytest.mark.parametrize("text", ["R,V", "R,V,V", "X,Y,Z", "R,V,B,I,E"])
def test_bands_that_say_nothing(text, rgb, refused):
    assert "BANDS" in str(refused("bands-invalid", input=rgb, bands=text))


def test_a_file_of_igns_false_colours_is_known_by_its_name(write_raster, tmp_path):
    image = np.stack([np.full((40, 40), v, np.uint8) for v in (7, 8, 9)])
    path = write_raster(tmp_path / "32-2019-0500-6270-LA93-0M20-IRC-E080.tif", image, photometric="RGB")
    assert image_of(PredictJob(input=path), "IRV")[0][:, 0, 0].tolist() == [7, 8, 9]


def test_the_log_says_what_was_understood(rgb, run, write_raster, tmp_path, out):
    irc = write_raster(tmp_path / "irc.tif", np.full((3, 60, 96), 90, np.uint8), gsd=0.5)
    done = run(ComposeOrthoJob(input=rgb, irc=irc, output=str(out / "o.tif")))
    assert done.params("info-source") == {"path": rgb, "roles": "R, V, B", "crs": "EPSG:2154"}
    assert done.params("info-extra-bands") == {"used": "1", "path": irc}
    assert done.params("warn-coarser") == {"path": irc, "found": 0.5, "wanted": 0.2, "detail": 1.0}
    assert done.params("warn-partial") == {"path": irc, "share": 62}


# -- values that are no bytes


def deep(write_raster, path, **profile):
    ramp = np.linspace(0, 1, 100, dtype=np.float64)
    image = np.stack([np.tile(ramp * top, (100, 1)) for top in (4000, 2000, 1000)])
    return write_raster(path, np.rint(image).astype(np.uint16), **profile)


def test_16_bits_need_a_rule_and_the_product_keeps_it(write_raster, refused, run, tmp_path, out):
    path = deep(write_raster, tmp_path / "o.tif")
    assert "SCALE" in str(refused("raster-dtype", input=path))
    refused("scale-no-metadata", input=path, scale="metadata")
    refused("scale-invalid", input=path, scale="5,5")
    refused("scale-invalid", input=path, scale="linear")
    given = run(ComposeOrthoJob(input=path, scale="0,4000", output=str(out / "o.tif")))
    with rasterio.open(out / "o.tif") as product:
        assert product.tags()[SCALE_TAG] == "given: R 0..4000, V 0..4000, B 0..4000"
        pixels = product.read()
    assert given.params("info-scaled")["rule"].startswith("given: R 0..4000")
    assert pixels[0, 0, [0, -1]].tolist() == [0, 255] and pixels[2, 0, -1] == 64


def test_16_bits_by_percentiles(write_raster, tmp_path):
    image, _, _ = image_of(PredictJob(input=deep(write_raster, tmp_path / "o.tif"), scale="percentiles"), "RVB")
    for band in image.astype(int):
        assert (band[0, :2] == 0).all() and (band[0, -2:] == 255).all() and abs(band[0, 50] - 128) <= 3


def test_16_bits_by_what_the_file_says(write_raster, tmp_path):
    image, _, _ = image_of(PredictJob(input=deep(write_raster, tmp_path / "a.tif", nbits=12), scale="metadata"), "RVB")
    assert image[0, 0, -1] == round(255 * 4000 / 4095)
    path = deep(write_raster, tmp_path / "b.tif")
    with rasterio.open(path, "r+") as file:
        file.scales, file.offsets = [1e-4] * 3, [-0.1] * 3
    image, _, _ = image_of(PredictJob(input=path, scale="metadata"), "RVB")
    assert image[0, 0, -1] == 77 and image[2, 0, -1] == 0


# -- dalles


def dalles(folder, image, gap=None, side=100, **profile):
    """An image cut into JPEG 2000 dalles of ``side`` pixels, without loss; returns their paths."""
    folder.mkdir()
    options = {"driver": "JP2OpenJPEG", "quality": 100, "reversible": "YES", "crs": "EPSG:2154", **profile}
    paths = []
    for row in range(0, image.shape[1], side):
        for col in range(0, image.shape[2], side):
            part = image[:, row : row + side, col : col + side]
            shape = {"count": len(image), "height": part.shape[1], "width": part.shape[2], "dtype": part.dtype}
            corner = from_origin(CORNER[0] + 0.2 * col, CORNER[1] - 0.2 * row, 0.2, 0.2)
            if (row, col) == gap:
                continue
            path = folder / f"32-2019-{500 + col:04}-{6290 - row}-LA93-0M20-E080.jp2"
            with rasterio.open(path, "w", transform=corner, **shape, **options) as file:
                file.write(part)
            paths.append(path)
    return paths


@pytest.fixture
def noise():
    return np.random.default_rng(3).integers(1, 250, (3, 200, 300), np.uint8)


def test_a_folder_of_dalles_is_one_image_with_gaps(noise, tmp_path):
    dalles(tmp_path / "d", noise, gap=(100, 100))
    image, valid, _ = image_of(PredictJob(input=str(tmp_path / "d")), "RVB")
    there = np.ones((200, 300), bool)
    there[100:, 100:200] = False
    assert (valid == there).all() and (image[:, there] == noise[:, there]).all() and (image[:, ~there] == 0).all()


def test_one_dalle_stands_for_its_series_and_a_list_for_itself(noise, tmp_path):
    paths = dalles(tmp_path / "d", noise)
    other = paths[0].with_name(paths[0].name.replace("0M20-", "0M20-IRC-"))
    shutil.copy(paths[0], other)
    image, valid, _ = image_of(PredictJob(input=str(paths[2]), dalles=True), "RVB")
    assert valid.all() and (image == noise).all()
    two, _, grid = image_of(PredictJob(input=f"{paths[1]};{paths[2]}"), "RVB")
    assert (two == noise[:, :100, 100:]).all() and grid.x == CORNER[0] + 20
    assert (image_of(PredictJob(input=str(paths[0])), "RVB")[0] == noise[:, :100, :100]).all()


def test_where_dalles_overlap_data_goes_before_no_data(write_raster, tmp_path):
    (tmp_path / "d").mkdir()
    full, half = np.full((3, 40, 40), 50, np.uint8), np.full((3, 40, 40), 70, np.uint8)
    half[:, :, :25] = 0
    write_raster(tmp_path / "d" / "a.tif", full, nodata=0)
    write_raster(tmp_path / "d" / "b.tif", half, nodata=0, corner=(CORNER[0] + 4, CORNER[1]))
    image, valid, grid = image_of(PredictJob(input=str(tmp_path / "d")), "RVB")
    assert grid.width == 60 and valid[:, :40].all() and not valid[:, 40:45].any()
    assert (image[:, :, :40] == 50).all() and (image[:, :, 45:] == 70).all()


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"crs": "EPSG:32631"}, "EPSG:32631"),
        ({"gsd": 0.5}, "0.5 m"),
        ({"corner": (CORNER[0] + 8.05, CORNER[1])}, "between"),
        ({"nodata": None, "bands": 4}, "bands (4)"),
    ],
)
def test_dalles_that_do_not_belong_together(other, why, refused, write_raster, tmp_path):
    (tmp_path / "d").mkdir()
    bands = other.pop("bands", 3)
    write_raster(tmp_path / "d" / "a.tif", np.full((3, 40, 40), 50, np.uint8))
    write_raster(tmp_path / "d" / "b.tif", np.full((bands, 40, 40), 50, np.uint8), **other)
    error = refused("dalles-mixed", input=str(tmp_path / "d"))
    assert "b.tif" in str(error) and why in str(error)


def test_a_dalle_that_is_cut_is_refused_by_its_name(noise, refused, tmp_path):
    paths = dalles(tmp_path / "d", noise)
    content = paths[3].read_bytes()
    for length in (len(content) - 1, len(content) * 2 // 3):
        paths[3].write_bytes(content[:length])
        error = refused("raster-unreadable", input=str(tmp_path / "d"))
        assert paths[3].name in str(error) and "incomplete" in str(error)


@pytest.mark.parametrize("driver", ["PNG", "VRT", "COG"])
def test_other_formats(driver, noise, write_raster, tmp_path):
    path = tmp_path / f"o.{driver.lower()}"
    rasterio.shutil.copy(write_raster(tmp_path / "a.tif", noise), str(path), driver=driver, worldfile="YES")
    if driver == "PNG":  # its CRS lies beside it
        assert path.with_suffix(".wld").exists()
    assert (image_of(PredictJob(input=str(path)), "RVB")[0] == noise).all()


@pytest.mark.parametrize(("suffix", "name"), [("ecw", "ECW"), ("sid", "MrSID")])
def test_formats_that_only_qgis_reads(suffix, name, refused, tmp_path):
    (tmp_path / f"o.{suffix}").write_bytes(b"\x00" * 64)
    assert name in str(refused("raster-format", input=str(tmp_path / f"o.{suffix}")))


# -- collars


@pytest.mark.parametrize("colour", [0, 255])
@pytest.mark.parametrize("how", ["lossless", "resampled", "jp2"])
def test_collars_have_no_data_and_dark_roofs_have(colour, how, town, write_raster, tmp_path):
    image = np.clip(town.rgb, 20, 230)
    cols, rows = np.meshgrid(np.arange(image.shape[2]), np.arange(image.shape[1]))
    collar = cols < 60 + rows // 5
    image[:, collar] = colour
    image[:, 200:240, 300:360] = colour  # a roof
    path = tmp_path / "o.tif"
    if how == "jp2":
        options = {"driver": "JP2OpenJPEG", "quality": 12, "reversible": "NO"}
        path = write_raster(tmp_path / "o.jp2", image, **options)
    else:
        path = write_raster(path, image, gsd=0.2 if how == "lossless" else 0.25)
    _, valid, grid = image_of(PredictJob(input=path), "RVB", 0.2)
    scale = 1 if how != "resampled" else 0.8
    x, y = np.meshgrid((np.arange(grid.width) + 0.5) * scale, (np.arange(grid.height) + 0.5) * scale)
    beyond = x - (60 + y // 5)  # pixels of the image from the collar, negative inside
    assert not valid[(beyond < -2)].any()
    assert valid[beyond > 12].all()
    if how == "lossless":
        assert valid[beyond > 2].all()


def test_a_collar_is_known_in_windows_that_do_not_see_the_border(town, write_raster, tmp_path):
    image = np.clip(town.rgb, 20, 230)
    image[:, :, :300] = 0
    path = write_raster(tmp_path / "o.tif", image)
    with OrthoSources(PredictJob(input=path)) as sources:
        reader = OrthoReader(sources, ("R", "V", "B"), (9, 9, 9), None, "model")
        pixels, valid = reader.read(Window(150, 100, 200, 200))
    assert not valid[:, :150].any() and valid[:, 152:].all() and (pixels[:, :, :150] == 9).all()


def test_a_large_image_without_overviews_is_seen_from_its_sides(town, write_raster, tmp_path, monkeypatch):
    """A deep collar that bends around the image, a lake of its black, and what of the image is read to tell them."""
    image = np.tile(np.clip(town.rgb, 20, 230), (1, 2, 2))
    rows, cols = np.indices(image.shape[1:])
    collar = (cols < 100 + rows // 4) | ((rows < 90) & (cols < 400))
    image[:, collar] = 0
    image[:, 320:380, 420:500] = 0
    path = write_raster(tmp_path / "o.tif", image, tiled=True, blockxsize=128, blockysize=128)
    found = {}
    for name, most in (("whole", 1 << 30), ("sides", 0)):
        monkeypatch.setattr(collars, "_FAR_PIXELS", most)
        monkeypatch.setattr(collars, "_FAR_SIDE", 160)
        monkeypatch.setattr(afar, "_CELLS", 8)
        found[name] = image_of(PredictJob(input=path), "RVB", 0.2)[1]
    assert np.array_equal(found["whole"], found["sides"])
    assert not found["sides"][collar].any() and found["sides"][320:380, 420:500].all()
    with rasterio.open(path) as dataset:
        shape = dataset.height // 8, dataset.width // 8
        pure, valid = afar.outside(dataset, (1, 2, 3), (0, 255), shape)
    assert valid.all() and pure[0].any() and not pure[1].any()
    assert not pure[0][41:46, 54:61].any(), "the middle is not read"


def test_a_collar_does_not_spoil_what_lies_beside_it(run, read, one_pass, write_raster, tmp_path, out):
    """Of the classes within 68 m, from 3 pixels on, at most 3 % change; were it taken for an image, more would."""
    with rasterio.open("resources/sample/ortho_rvb.tif") as source:
        image = source.read(window=rasterio.windows.Window(1000, 1000, 400, 400))
    cols, rows = np.meshgrid(np.arange(400), np.arange(400))
    collar = cols < 60 + rows // 5
    maps = {}
    for name, pixels in (("whole", image), ("collared", np.where(collar, 0, image).astype(np.uint8))):
        path = write_raster(tmp_path / f"{name}.tif", pixels)
        run(PredictJob(input=path, classes=str(out / f"{name}.tif")))
        maps[name] = read(str(out / f"{name}.tif"))[0][0]
    away = cols >= 63 + rows // 5
    assert (maps["collared"][collar] == 0).all() and (maps["collared"][away] > 0).all()
    changed = (maps["whole"] != maps["collared"])[away].mean()
    black, whole = (one_pass(pixels.astype(np.uint8)).argmax(axis=0) for pixels in (np.where(collar, 0, image), image))
    assert changed < 0.03 and changed < (black != whole)[away].mean()


# -- composeortho


@pytest.fixture
def sources(write_raster, town, tmp_path):
    """The town's image and its companions, none of them on the grid of another."""
    height = (np.arange(112)[None] % 9 + np.zeros((80, 1))).astype(np.float32)[None]
    return {
        "input": write_raster(tmp_path / "rvb.tif", town.rgb),
        "irc": write_raster(tmp_path / "irc.tif", town.rgb[:, ::2, ::2], gsd=0.4),
        "mns": write_raster(tmp_path / "mns.tif", 150 + height, gsd=1.0),
        "mnt": write_raster(tmp_path / "mnt.tif", np.full((1, 20, 28), 150, np.float32), gsd=4.0),
    }


def test_composeortho_writes_a_cog_with_names_and_a_style(sources, run, out):
    done = run(ComposeOrthoJob(output=str(out / "o.tif"), **sources))
    assert done.results == {"OUTPUT": str(out / "o.tif")}
    assert {"event": "product", "path": str(out / "o.tif"), "product": "ortho"} in done.events
    with rasterio.open(out / "o.tif") as product:
        assert product.dtypes == ("uint8",) * 5 and product.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert product.descriptions == ("Rouge", "Vert", "Bleu", "Proche infrarouge", "Hauteur")
        assert product.colorinterp[:3] == (ColorInterp.red, ColorInterp.green, ColorInterp.blue)
        assert ColorInterp.alpha not in product.colorinterp and product.overviews(5)
    assert 'redBand="1"' in (out / "o.qml").read_text() and sorted(p.name for p in out.iterdir()) == ["o.qml", "o.tif"]


def test_composing_first_and_on_the_fly_are_the_same(sources, run, read, out):
    """As the model's image is the same to the byte, so is its result."""
    place = {"extent": (500010.0, 6289930.0, 500090.0, 6289995.0)}
    run(ComposeOrthoJob(output=str(out / "o.tif"), **sources))
    fly, valid, _ = image_of(PredictJob(**sources), "RVBIE")
    composed, seen, _ = image_of(PredictJob(input=str(out / "o.tif")), "RVBIE")
    assert (fly == composed).all() and (valid == seen).all()
    for name, job in (("a", sources), ("b", {"input": str(out / "o.tif")})):
        run(PredictJob(probabilities=str(out / f"{name}.tif"), **job, **place))
    assert (read(str(out / "a.tif"))[0] == read(str(out / "b.tif"))[0]).all()


def test_fewer_sources_make_fewer_bands(sources, run, out):
    fields = {"input": sources["input"], "irc": sources["irc"], "resolution": 0.5, "lang": "en"}
    run(ComposeOrthoJob(output=str(out / "o.tif"), **fields))
    with rasterio.open(out / "o.tif") as product:
        assert product.descriptions == ("Red", "Green", "Blue", "Near infrared") and product.res == (0.5, 0.5)


def test_one_band_of_what_is_no_colour(write_raster, refused, tmp_path):
    path = write_raster(tmp_path / "grey.tif", np.full((1, 40, 40), 9, np.uint8))
    refused("compose-no-role", input=path)


# -- where


def test_scattered_parcels_cost_what_the_parcels_cost(run, read, write_raster, write_polygons, tmp_path, out):
    """Three gardens in 2 km x 2 km: their blocks are read and computed, and nothing else."""
    side = 10_000
    path = tmp_path / "large.tif"
    profile = {"driver": "GTiff", "count": 3, "dtype": "uint8", "tiled": True, "sparse_ok": True, "crs": "EPSG:2154"}
    profile |= {"blockxsize": 512, "blockysize": 512, "width": side, "height": side, "photometric": "RGB"}
    gardens = [(300, 400), (5160, 9000), (9800, 20)]
    with rasterio.open(path, "w", transform=from_origin(*CORNER, 0.2, 0.2), **profile) as file:
        for col, row in gardens:
            place = rasterio.windows.Window(col - 20, row - 20, 120, 120)
            file.write(np.full((3, 120, 120), 99, np.uint8), window=place)
    boxes = [
        shapely.box(CORNER[0] + c * 0.2, CORNER[1] - (r + 50) * 0.2, CORNER[0] + (c + 50) * 0.2, CORNER[1] - r * 0.2)
        for c, r in gardens
    ]
    mask = write_polygons(tmp_path / "m.gpkg", boxes)
    done = run(PredictJob(input=str(path), mask=mask, classes=str(out / "c.tif")))
    assert done.params("info-tile")["count"] == 3
    assert done.params("info-tile")["tile"] == "768 × 768"  # a block of 512 and its halo
    with rasterio.open(out / "c.tif") as product:
        assert (product.read(1) > 0).sum() == 3 * 50 * 50


@pytest.mark.parametrize("crs", ["EPSG:2154", "EPSG:3944", "EPSG:2975", "EPSG:2972", "EPSG:5490"])
def test_the_projections_of_france(crs, write_raster, run, town, tmp_path, out):
    path = write_raster(tmp_path / "o.tif", town.rgb[:, :64, :64], crs=crs, corner=(350000, 5100000), gsd=0.25)
    run(PredictJob(input=path, classes=str(out / "c.tif")))
    with rasterio.open(out / "c.tif") as product:
        assert product.crs.to_string() == crs and product.res == (0.2, 0.2)
        assert product.bounds.left / 0.2 == pytest.approx(round(product.bounds.left / 0.2), abs=1e-4)
