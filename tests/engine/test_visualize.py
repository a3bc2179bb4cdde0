"""The picture over the ortho-image: luminance kept, colours by the rule, masks, formats, refusals."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import rasterio
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from rasterio.transform import from_origin
from rio_cogeo.cogeo import cog_validate

from ocsia_plugin.engine.errors import Cancelled, OcsiaError
from ocsia_plugin.engine.jobs import VisualizeJob
from ocsia_plugin.engine.nomenclature import load_nomenclature
from ocsia_plugin.engine.products.blend import LUMA, blended, chroma_table

NAF = load_nomenclature("naf15").classes
CHROMA = chroma_table(NAF)


def _luma(pixels: np.ndarray) -> np.ndarray:
    return np.tensordot(LUMA.astype(float), pixels.astype(float), 1)


@given(
    arrays.arrays(np.uint8, (3, 4, 5)),
    arrays.arrays(np.uint8, (4, 5), elements=st.integers(1, 15)),
    st.floats(0.01, 1),
    st.none() | arrays.arrays(np.uint8, (4, 5)),
)
def test_luminance_is_kept(image, codes, opacity, saturation) -> None:
    result = blended(image, codes, CHROMA, opacity, saturation)
    # Half a unit for each rounding: of the table's luminosity, and of the three bytes.
    assert np.abs(_luma(result) - _luma(image)).max() <= 1.01


def test_the_rule_of_the_w3c_by_its_own_words() -> None:
    """SetLum and ClipColor as the recommendation writes them, with its rounding of the weights replaced by BT.601's."""

    def set_lum(colour: np.ndarray, luma: float) -> np.ndarray:
        colour = colour + luma - colour @ LUMA
        low, high = colour.min(), colour.max()
        if low < 0:
            colour = luma + (colour - luma) * luma / (luma - low)
        if high > 1:
            colour = luma + (colour - luma) * (1 - luma) / (high - luma)
        return colour

    for land_cover in NAF:
        for luma in (1, 40, 128, 200, 254):
            expected = 255 * set_lum(np.array(land_cover.rgb) / 255, luma / 255)
            assert np.abs(luma + CHROMA[land_cover.code, luma] - expected).max() < 0.01


def test_no_confidence_is_grey_and_full_confidence_is_the_class() -> None:
    image = np.full((3, 1, 2), 120, np.uint8)
    codes = np.array([[1, 1]], np.uint8)
    grey, full = blended(image, codes, CHROMA, 1.0, np.array([[0, 255]], np.uint8))[:, 0].T
    assert grey.tolist() == [120, 120, 120]
    assert full.tolist() == blended(image, codes, CHROMA, 1.0)[:, 0, 0].tolist() != [120, 120, 120]


@pytest.fixture
def town_picture(town_products, town_tif, out: Path) -> VisualizeJob:
    return VisualizeJob(
        input=town_products.probabilities,
        ortho=town_tif,
        output=str(out / "v.tif"),
        legend=str(out / "v.svg"),
        compression="DEFLATE",
    )


def test_a_town_becomes_a_picture(run: Callable, town_picture, town_products, town, read) -> None:
    run(town_picture)
    pixels, valid = read(town_picture.output)
    codes = read(town_products.classes)[0][0]
    assert valid.all()
    assert (pixels == blended(town.rgb, codes, CHROMA, 0.6)).all()
    assert cog_validate(town_picture.output)[0]
    with rasterio.open(town_picture.output) as picture, rasterio.open(town_products.classes) as classes:
        assert picture.transform == classes.transform and picture.crs == classes.crs
        assert [c.name for c in picture.colorinterp] == ["red", "green", "blue"]
    assert Path(town_picture.output).with_suffix(".qml").exists()
    texts = [e.text for e in ET.parse(town_picture.legend).getroot().iter("{http://www.w3.org/2000/svg}text")]
    shown = set(np.unique(codes))
    assert texts[1:] == [c.fr for c in NAF if c.code in shown]


def test_jpeg_is_small_and_close(run: Callable, town_picture, read) -> None:
    from dataclasses import replace

    run(town_picture)
    exact = read(town_picture.output)[0].astype(int)
    size = Path(town_picture.output).stat().st_size
    run(replace(town_picture, compression="JPEG"))
    pixels, valid = read(town_picture.output)
    assert valid.all()
    assert np.abs(pixels - exact).mean() < 6
    assert Path(town_picture.output).stat().st_size < size / 2


@pytest.mark.parametrize("compression", ["JPEG", "DEFLATE"])
def test_no_data_on_either_side_is_masked(run, write_raster, read, tmp_path: Path, out: Path, compression) -> None:
    codes = np.full((1, 600, 700), 10, np.uint8)
    codes[:, :100] = 0
    seen = np.ones((600, 700), bool)
    seen[:, :50] = False
    image = np.random.default_rng(1).integers(60, 200, (3, 600, 700), np.uint8)
    job = VisualizeJob(
        input=write_raster(tmp_path / "c.tif", codes, nomenclature="naf15"),
        ortho=write_raster(tmp_path / "o.tif", image, mask=seen),
        output=str(out / "v.tif"),
        compression=compression,
    )
    run(job)
    _, valid = read(job.output)
    assert (valid == ((codes[0] > 0) & seen)).all()
    assert cog_validate(job.output)[0]


def test_a_finer_grey_image_in_another_crs_is_warped(run, write_raster, read, tmp_path: Path, out: Path) -> None:
    """UTM 31N beside Lambert-93: the picture has the classes' grid and the image's grey in the right places."""
    from rasterio.warp import transform_bounds

    codes = np.full((1, 200, 200), 13, np.uint8)
    classes = write_raster(tmp_path / "c.tif", codes, nomenclature="naf15")
    with rasterio.open(classes) as source:
        west, south, east, north = transform_bounds(source.crs, "EPSG:32631", *source.bounds)
    size = int(max(east - west, north - south) / 0.1) + 80
    ramp = np.linspace(50, 200, size).astype(np.uint8)
    image = np.broadcast_to(ramp[None, :, None], (1, size, size)).copy()
    ortho = write_raster(
        tmp_path / "o.tif", image, crs="EPSG:32631", transform=from_origin(west - 4, north + 4, 0.1, 0.1)
    )
    job = VisualizeJob(input=classes, ortho=ortho, output=str(out / "v.tif"), compression="LZW")
    run(job)
    pixels, valid = read(job.output)
    assert valid.all() and pixels.shape == (3, 200, 200)
    luma = _luma(pixels)
    assert 50 < luma[0].mean() < luma[100].mean() < luma[199].mean() < 200


def test_confidence_of_classes_comes_from_its_raster(run, town_products, town_tif, read, out: Path) -> None:
    common = {"ortho": town_tif, "compression": "LZW", "saturation": True}
    run(VisualizeJob(input=town_products.probabilities, output=str(out / "p.tif"), **common))
    confidence = town_products.confidence
    run(VisualizeJob(input=town_products.classes, confidence=confidence, output=str(out / "c.tif"), **common))
    assert (read(str(out / "p.tif"))[0] == read(str(out / "c.tif"))[0]).all()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"opacity": 0.0}, "opacity-range"),
        ({"legend": "legend.png"}, "legend-format"),
        ({"compression": "WEBP"}, "job-invalid"),
        ({"saturation": True}, "confidence-missing"),
        ({"saturation": True, "confidence": "probabilities"}, "confidence-raster"),
        ({"saturation": True, "confidence": "ortho"}, "confidence-raster"),
        ({"ortho": "probabilities"}, "ortho-bands"),
        ({"ortho": "far"}, "ortho-outside"),
        ({"ortho": "nowhere.tif"}, "raster-missing"),
        ({"output": "picture.png"}, "output-not-writable"),
    ],
)
def test_refusals(run, town_products, town_tif, write_raster, tmp_path: Path, out: Path, change, code) -> None:
    far = write_raster(tmp_path / "far.tif", np.zeros((3, 9, 9), np.uint8), corner=(9e5, 6.5e6))
    known = {"probabilities": town_products.probabilities, "ortho": town_tif, "far": far}
    change = {key: known.get(value, value) for key, value in change.items()}
    if code == "output-not-writable" or "legend" in change:
        change = {key: str(out / value) for key, value in change.items()}
    with pytest.raises(OcsiaError) as caught:
        run(VisualizeJob(**{"input": town_products.classes, "ortho": town_tif, "output": str(out / "v.tif"), **change}))
    assert caught.value.code == code
    assert not list(out.iterdir())


def test_cancelled_leaves_nothing(run, town_picture, out: Path) -> None:
    with pytest.raises(Cancelled):
        run(town_picture, lambda recorder, event: event["event"] == "progress" and recorder.cancel.set())
    assert not list(out.iterdir())
