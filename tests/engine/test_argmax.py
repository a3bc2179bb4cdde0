"""Argmax: the most probable class of each pixel of a probability raster, or of groups whose probabilities are added."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio
from hypothesis import given
from hypothesis import strategies as st

from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.jobs import ArgmaxJob
from ocsia_plugin.engine.nomenclature import load_nomenclature
from ocsia_plugin.engine.products.choice import most_probable
from ocsia_plugin.engine.products.classes import Legend, describe_probabilities

NAF = load_nomenclature("naf15")
AUTRES = 15


def probabilities(*pixels):
    """Bands of one row of pixels, each given as {code: probability}; what is left goes to the last class, truncated."""
    bands = np.zeros((15, 1, len(pixels)), np.uint8)
    for col, pixel in enumerate(pixels):
        rest = 1 - sum(pixel.values())
        for code, p in {AUTRES: rest, **pixel}.items():
            bands[code - 1, 0, col] = int(255 * p)
    return bands


@pytest.fixture
def argmax(run, read, write_raster, tmp_path, out):
    """Classes, their validity and confidence of an array of probabilities."""

    def chosen(bands, groups="", **profile):
        path = write_raster(tmp_path / "p.tif", bands, **profile)
        done = run(
            ArgmaxJob(input=path, output=str(out / "c.tif"), confidence=str(out / "f.tif"), groups=groups)
        )
        assert done.results == {"OUTPUT": str(out / "c.tif"), "CONFIDENCE": str(out / "f.tif")}
        classes, valid = read(str(out / "c.tif"))
        confidence, seen = read(str(out / "f.tif"))
        assert (valid == seen).all()
        return classes[0], valid, confidence[0]

    return chosen


def test_the_classes_are_those_of_predict(run, town_products, out):
    run(
        ArgmaxJob(
            input=town_products.probabilities, output=str(out / "classes.tif"), confidence=str(out / "confidence.tif")
        )
    )
    for name in ("classes.tif", "classes.tif.aux.xml", "classes.qml", "confidence.tif", "confidence.qml"):
        assert (out / name).read_bytes() == (town_products.folder / name).read_bytes(), name


def test_without_confidence_there_is_none(run, town_products, out):
    done = run(ArgmaxJob(input=town_products.probabilities, output=str(out / "c.tif")))
    assert {p.name for p in out.iterdir()} == {"c.tif", "c.tif.aux.xml", "c.qml"}
    assert done.results["CONFIDENCE"] is None
    assert [e["product"] for e in done.events if e["event"] == "product"] == ["classes"]
    values = [e["value"] for e in done.events if e["event"] == "progress"]
    assert values == sorted(values) and values[-1] == 1


def test_a_truncated_raster_without_tags_is_read_as_naf(argmax):
    """As FLAIR and odeon write them: truncated, so that a pixel's bands do not sum to 255."""
    bands = probabilities({1: 0.45, 2: 0.44, 3: 0.1}, {8: 0.333, 10: 0.333, 11: 0.333}, {13: 0.997})
    assert (bands.sum(axis=0) < 255).all()
    classes, valid, confidence = argmax(bands)
    assert valid.all()
    assert classes.tolist() == [[1, 8, 13]]
    assert confidence.tolist() == [[114, 84, 254]]


def test_groups_are_summed_before_the_choice(argmax):
    """0.3 + 0.3 of trees is more than 0.4 of buildings, although no kind of tree is."""
    bands = probabilities({1: 0.4, 8: 0.3, 10: 0.3})
    assert argmax(bands)[0].tolist() == [[1]]
    classes, _, confidence = argmax(bands, groups="ligneux=8+10+11")
    assert classes.tolist() == [[101]]
    assert confidence.tolist() == [[76 + 76]]


def test_classes_in_no_group_stay_and_groups_count_from_101(argmax):
    bands = probabilities({13: 0.9}, {8: 0.9}, {1: 0.9}, {3: 0.4, 1: 0.3})
    classes, _, confidence = argmax(bands, groups="bati=1+3; vert=8+10")
    assert classes.tolist() == [[13, 102, 101, 101]]
    assert confidence.tolist() == [[229, 229, 229, 102 + 76]]


def test_the_confidence_of_a_group_stays_a_byte(argmax):
    bands = np.full((15, 1, 1), 20, np.uint8)  # rounded up: together 300
    _, _, confidence = argmax(bands, groups="tout=" + "+".join(map(str, range(1, 16))))
    assert confidence.tolist() == [[255]]


def test_groups_have_their_names_and_colours_in_the_file(argmax, out):
    argmax(probabilities({8: 0.9}), groups="ligneux; mien=1+3")
    with rasterio.open(out / "c.tif") as product:
        table = product.colormap(1)
    known = next(g for g in NAF.groups if g.key == "ligneux")
    assert table[101] == (*known.rgb, 255)
    assert table[102] == (*NAF.by_code(1).rgb, 255)
    names = (out / "c.tif.aux.xml").read_text(encoding="utf-8")
    assert "Végétation ligneuse" in names and "mien" in names
    assert "Végétation ligneuse" in (out / "c.qml").read_text(encoding="utf-8")


@pytest.mark.parametrize("how", ["mask", "zeros"])
def test_no_data_stays_so_whether_masked_or_zero(how, argmax):
    bands = probabilities({1: 0.9}, {1: 0.9}, {3: 0.9})
    if how == "mask":
        classes, valid, confidence = argmax(bands, mask=np.array([[1, 0, 1]], bool))
    else:
        bands[:, 0, 1] = 0
        classes, valid, confidence = argmax(bands)
    assert valid.tolist() == [[True, False, True]]
    assert classes.tolist() == [[1, 0, 3]]
    assert confidence.tolist() == [[229, 0, 229]]


def test_a_zero_of_one_band_is_no_hole(argmax):
    assert argmax(probabilities({1: 0.99}), nodata=0)[1].all()


def test_any_size_keeps_every_pixel(argmax):
    bands = np.random.default_rng(0).integers(1, 256, (15, 33, 1051), np.uint8)
    classes, valid, confidence = argmax(bands)
    assert valid.all()
    assert (classes == bands.argmax(axis=0) + 1).all()
    assert (confidence == bands.max(axis=0)).all()


def test_fewer_classes_follow_the_legend_in_the_file(run, read, tmp_path, out):
    """A group may name classes of the nomenclature that this raster lacks: they add nothing."""
    legend = Legend(NAF, (NAF.by_code(3), NAF.by_code(8), NAF.by_code(13)))
    profile = {"driver": "GTiff", "dtype": "uint8", "crs": "EPSG:2154", "count": 3, "height": 1, "width": 2}
    with rasterio.open(tmp_path / "p.tif", "w", transform=rasterio.Affine(0.2, 0, 0, 0, -0.2, 0), **profile) as raster:
        raster.write(np.array([[[200, 5]], [[50, 240]], [[5, 10]]], np.uint8))
        describe_probabilities(raster, legend, "fr")
    job = {"input": str(tmp_path / "p.tif"), "output": str(out / "c.tif")}
    run(ArgmaxJob(**job))
    assert read(job["output"])[0].tolist() == [[[3, 8]]]
    run(ArgmaxJob(**job, groups="ligneux"))
    assert read(job["output"])[0].tolist() == [[[3, 101]]]


@pytest.mark.parametrize("groups", ["x=", "x", "x=16", "a=1;b=1", "=3", "a=1,2"])
def test_bad_groups_are_refused_and_leave_nothing(groups, run, town_products, out):
    with pytest.raises(OcsiaError) as refusal:
        run(ArgmaxJob(input=town_products.probabilities, output=str(out / "c.tif"), groups=groups))
    assert refusal.value.code == "groups-syntax" and groups in str(refusal.value)
    assert list(out.iterdir()) == []


@pytest.mark.parametrize(
    ("bands", "dtype"), [(1, "uint8"), (19, "uint8"), (3, "uint8"), (15, "float32"), (15, "uint16")]
)
def test_what_is_no_probabilities_is_refused(bands, dtype, run, write_raster, tmp_path, out):
    path = write_raster(tmp_path / "p.tif", np.ones((bands, 4, 4), dtype))
    with pytest.raises(OcsiaError) as refusal:
        run(ArgmaxJob(input=path, output=str(out / "c.tif")))
    assert refusal.value.code == "not-probabilities"
    assert list(out.iterdir()) == []


@pytest.mark.parametrize("legend", ["{", "{}", "[]", '{"nomenclature": "atlantis", "classes": []}'])
def test_a_legend_that_cannot_be_read_is_refused(legend, run, write_raster, tmp_path, out):
    path = write_raster(tmp_path / "p.tif", np.ones((15, 4, 4), np.uint8))
    with rasterio.open(path, "r+") as raster:
        raster.update_tags(OCSIA_LEGEND=legend)
    with pytest.raises(OcsiaError) as refusal:
        run(ArgmaxJob(input=path, output=str(out / "c.tif")))
    assert refusal.value.code == "not-probabilities"


def test_probabilities_that_break_off_are_refused(run, write_raster, tmp_path, out):
    bands = np.random.default_rng(0).integers(1, 256, (15, 600, 600), np.uint8)
    path = write_raster(tmp_path / "p.tif", bands, tiled=True, compress="deflate")
    with open(path, "r+b") as file:
        file.truncate((tmp_path / "p.tif").stat().st_size // 2)
    with pytest.raises(OcsiaError) as refusal:
        run(ArgmaxJob(input=path, output=str(out / "c.tif")))
    assert refusal.value.code == "raster-unreadable"
    assert list(out.iterdir()) == []


@pytest.mark.parametrize("same", ["output", "confidence"])
def test_the_probabilities_are_not_overwritten(same, run, write_raster, tmp_path, out):
    path = write_raster(tmp_path / "p.tif", probabilities({1: 0.9}))
    before = (tmp_path / "p.tif").read_bytes()
    with pytest.raises(OcsiaError) as refusal:
        run(ArgmaxJob(**{"input": path, "output": str(out / "c.tif"), same: path}))
    assert refusal.value.code == "output-is-input"
    assert (tmp_path / "p.tif").read_bytes() == before


@given(st.lists(st.lists(st.integers(0, 255), min_size=4, max_size=4), min_size=1, max_size=8))
def test_the_first_band_that_reaches_the_maximum_wins(pixels):
    bands = np.array(pixels, np.uint8).T[:, None]
    codes, confidence = most_probable(bands, [7, 3, 101, 5])
    expected = np.where(bands.max(axis=0) > 0, np.array([7, 3, 101, 5])[bands.argmax(axis=0)], 0)
    assert codes.dtype == confidence.dtype == np.uint8
    assert (codes == expected).all() and (confidence == bands.max(axis=0)).all()
