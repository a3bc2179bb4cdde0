"""What cannot be done is refused with its sentence, leaves nothing behind and spares what was there."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import socket
import subprocess
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
import rasterio
import rasterio.shutil
import shapely
from rasterio.transform import Affine

from ocsia_plugin.engine.errors import OcsiaError, because, system_reason
from ocsia_plugin.engine.jobs import PredictJob
from ocsia_plugin.engine.messages import sentence
from ocsia_plugin.engine.products import workspace

CORNER = (500000.0, 6290000.0)
IMAGE = np.random.default_rng(5).integers(0, 256, (3, 48, 48), np.uint8)


@pytest.fixture
def ortho(write_raster, tmp_path):
    """A raster that nothing is wrong with."""
    return write_raster(tmp_path / "ortho.tif", IMAGE)


@pytest.fixture
def refused(run, out):
    """Run a prediction that has to be refused; ``out`` holds an older map, which has to survive."""
    old = out / "classes.tif"

    def refusal(code, on=None, **job):
        old.write_bytes(b"an older map")
        before = sorted(out.iterdir())
        with pytest.raises(OcsiaError) as error:
            run(PredictJob(**{"classes": str(old), **job}), on)
        assert error.value.code == code, str(error.value)
        assert str(error.value) == sentence(code, error.value.params)
        assert not re.search(r"[{}]", str(error.value))
        assert sorted(out.iterdir()) == before
        assert old.read_bytes() == b"an older map"
        return error.value

    return refusal


# -- the raster


def test_a_missing_raster(refused, tmp_path):
    error = refused("raster-missing", input=str(tmp_path / "nowhere.tif"))
    assert str(tmp_path / "nowhere.tif") in str(error)


def test_no_raster_named(run, out):
    with pytest.raises(OcsiaError) as error:
        run(PredictJob(input="", classes=str(out / "c.tif")))
    assert error.value.code == "job-invalid"


@pytest.mark.parametrize("content", [b"", b"not a raster at all\n" * 50, b"II*\x00\x08\x00\x00\x00"])
def test_a_file_that_is_no_raster(content, refused, tmp_path):
    path = tmp_path / "ortho.tif"
    path.write_bytes(content)
    refused("raster-unreadable", input=str(path))


def test_a_folder_is_no_raster(refused, tmp_path):
    refused("folder-empty", input=str(tmp_path))


def test_a_vector_file_is_no_raster(refused, write_polygons, tmp_path):
    refused("raster-unreadable", input=write_polygons(tmp_path / "v.gpkg", [shapely.box(0, 0, 1, 1)]))


def test_a_raster_that_breaks_off(refused, write_raster, tmp_path):
    """Its header is fine: only reading its pixels shows that the download was cut."""
    image = np.random.default_rng(0).integers(0, 256, (3, 700, 600), np.uint8)
    path = write_raster(tmp_path / "ortho.tif", image, tiled=True, compress="deflate")
    with open(path, "r+b") as file:
        file.truncate(os.path.getsize(path) * 2 // 3)
    refused("raster-unreadable", input=path)


def test_no_crs(refused, write_raster, tmp_path):
    refused("raster-no-crs", input=write_raster(tmp_path / "o.tif", IMAGE, crs=None))


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:4171", "EPSG:4979"])
def test_degrees(crs, refused, write_raster, tmp_path):
    path = write_raster(tmp_path / "o.tif", IMAGE, crs=crs, corner=(0.5, 43.5), gsd=2e-6)
    error = refused("raster-crs-degrees", input=path)
    assert crs in str(error)


def test_web_mercator(refused, write_raster, tmp_path):
    refused("raster-crs-mercator", input=write_raster(tmp_path / "o.tif", IMAGE, crs="EPSG:3857"))


def test_web_mercator_without_its_code(refused, write_raster, tmp_path):
    wkt = rasterio.crs.CRS.from_epsg(3857).to_wkt(version="WKT1_ESRI")
    refused("raster-crs-mercator", input=write_raster(tmp_path / "o.tif", IMAGE, crs=wkt))


@pytest.mark.parametrize("crs", ["EPSG:2225", "+proj=lcc +lat_1=49 +lat_0=49 +lon_0=2 +ellps=GRS80 +units=km"])
def test_units_other_than_the_metre(crs, refused, write_raster, tmp_path):
    refused("raster-crs-units", input=write_raster(tmp_path / "o.tif", IMAGE, crs=crs))


@pytest.mark.parametrize("bands", [1, 2])
def test_fewer_bands_than_the_model_wants(bands, refused, write_raster, tmp_path, card):
    error = refused("raster-bands", input=write_raster(tmp_path / "o.tif", IMAGE[:bands]))
    assert error.params["found"] == bands and error.params["wanted"] == 3
    assert card.id in str(error)


def test_alpha_does_not_count_as_a_band(refused, write_raster, tmp_path):
    path = write_raster(tmp_path / "o.tif", IMAGE)
    with rasterio.open(path, "r+") as raster:
        kind = rasterio.enums.ColorInterp
        raster.colorinterp = (kind.gray, kind.undefined, kind.alpha)
    error = refused("raster-bands", input=path)
    assert error.params["found"] == 2


def test_a_palette_is_no_image(refused, write_raster, tmp_path):
    path = write_raster(tmp_path / "o.tif", IMAGE[:1] % 4)
    with rasterio.open(path, "r+") as raster:
        raster.write_colormap(1, {i: (60 * i, 10, 10, 255) for i in range(4)})
    rasterio.shutil.copy(path, str(tmp_path / "palette.png"), driver="PNG")
    refused("raster-bands", input=str(tmp_path / "palette.png"))


@pytest.mark.parametrize("dtype", ["uint16", "int16", "float32", "float64"])
def test_values_that_are_no_bytes(dtype, refused, write_raster, tmp_path):
    error = refused("raster-dtype", input=write_raster(tmp_path / "o.tif", IMAGE.astype(dtype)))
    assert dtype in str(error)


@pytest.mark.parametrize("gsd", [0.05, 0.09, 1.1, 2.0])
def test_pixels_too_small_or_too_large(gsd, refused, write_raster, tmp_path):
    error = refused("raster-gsd", input=write_raster(tmp_path / "o.tif", IMAGE, gsd=gsd))
    assert f"{gsd:g} m" in str(error)


@pytest.mark.parametrize(
    ("gsd", "warned"), [(0.1, True), (0.15, True), (0.2, False), (0.5, False), (0.8, True), (1.0, True)]
)
def test_pixels_on_the_edge_are_warned_about(gsd, warned, run, write_raster, tmp_path, out):
    path = write_raster(tmp_path / "o.tif", IMAGE[:, :20, :20], gsd=gsd)
    done = run(PredictJob(input=path, classes=str(out / "c.tif")))
    assert ("warn-gsd" in done.codes("warning")) == warned


def test_a_rotated_raster(refused, write_raster, tmp_path):
    transform = Affine.translation(*CORNER) @ Affine.rotation(10) @ Affine.scale(0.2, -0.2)
    refused("raster-rotated", input=write_raster(tmp_path / "o.tif", IMAGE, transform=transform))


def test_nothing_but_no_data(refused, write_raster, tmp_path):
    refused("raster-empty", input=write_raster(tmp_path / "o.tif", 0 * IMAGE, nodata=0))


# -- where


def box(*pixels):
    """A rectangle in pixels of the image: west, north, east, south."""
    west, north, east, south = (0.2 * p for p in pixels)
    return shapely.box(CORNER[0] + west, CORNER[1] - south, CORNER[0] + east, CORNER[1] - north)


def test_an_extent_elsewhere(refused, ortho):
    refused("extent-outside", input=ortho, extent=(0, 0, 100, 100))


def test_an_extent_beside_the_raster(refused, ortho):
    x, y = CORNER
    refused("extent-outside", input=ortho, extent=(x - 10, y - 5, x, y))


def test_an_extent_the_wrong_way_round(refused, ortho):
    x, y = CORNER
    refused("extent-outside", input=ortho, extent=(x + 5, y, x, y - 5))


def test_a_mask_without_features(refused, ortho, write_polygons, tmp_path):
    refused("mask-empty", input=ortho, mask=write_polygons(tmp_path / "m.gpkg", []))


def test_a_mask_of_points(refused, ortho, write_polygons, tmp_path):
    mask = write_polygons(tmp_path / "m.gpkg", [shapely.Point(*CORNER)], kind="Point")
    refused("mask-empty", input=ortho, mask=mask)


def test_a_mask_elsewhere(refused, ortho, write_polygons, tmp_path):
    mask = write_polygons(tmp_path / "m.gpkg", [box(100, 100, 110, 110)])
    refused("mask-outside", input=ortho, mask=mask)


def test_a_mask_whose_parts_lie_around_the_raster(refused, ortho, write_polygons, tmp_path):
    """Its bounds hold the raster, its polygons do not."""
    mask = write_polygons(tmp_path / "m.gpkg", [box(-100, -100, -90, -90), box(100, 100, 110, 110)])
    refused("mask-outside", input=ortho, mask=mask)


def test_a_mask_that_holds_no_pixel(refused, ortho, write_polygons, tmp_path):
    """Smaller than a pixel, between the centres of four."""
    mask = write_polygons(tmp_path / "m.gpkg", [box(9.9, 9.9, 10.1, 10.1)])
    refused("raster-empty", input=ortho, mask=mask)


def test_a_mask_outside_the_extent(refused, ortho, write_polygons, tmp_path):
    mask = write_polygons(tmp_path / "m.gpkg", [box(0, 0, 10, 10)])
    x, y = CORNER
    refused("extent-outside", input=ortho, mask=mask, extent=(x + 4, y - 9, x + 9, y - 4))


def test_invalid_geometries(refused, ortho, write_polygons, tmp_path):
    bow_tie = shapely.Polygon([(CORNER[0] + a, CORNER[1] - b) for a, b in ((1, 1), (3, 3), (3, 1), (1, 3))])
    mask = write_polygons(tmp_path / "m.gpkg", [box(0, 0, 9, 9), bow_tie, bow_tie])
    error = refused("geometry-invalid", input=ortho, mask=mask)
    assert error.params["count"] == 2
    assert error.params["fid"] == 2, "GeoPackages count from 1"


@pytest.mark.parametrize("content", [None, b"", b"not a vector"])
def test_a_mask_that_cannot_be_read(content, refused, ortho, tmp_path):
    mask = tmp_path / "m.gpkg"
    if content is not None:
        mask.write_bytes(content)
    refused("vector-unreadable", input=ortho, mask=str(mask))


# -- the model


@pytest.fixture
def model(card, tmp_path):
    """A copy of the bundled model, and a function that changes its card."""
    folder = tmp_path / "model"
    shutil.copytree(card.file.parent, folder)
    content = json.loads((folder / "card.json").read_text(encoding="utf-8"))

    def change(edit):
        edit(content)
        (folder / "card.json").write_text(json.dumps(content), encoding="utf-8")
        return str(folder / card.file.name)

    change.path = folder / card.file.name
    change.checksum = lambda c: c["assets"]["model"].pop("file:checksum")
    return change


def test_a_copy_of_the_model_runs_by_its_path(run, ortho, model, out):
    done = run(PredictJob(input=ortho, model=str(model.path), classes=str(out / "c.tif")))
    assert done.results["CLASSES"]


def test_a_model_that_is_not_in_the_catalogue(refused, ortho, card):
    error = refused("model-missing", input=ortho, model="atlantis")
    assert card.id in str(error)


def test_a_model_file_that_is_missing(refused, ortho, tmp_path):
    refused("model-missing", input=ortho, model=str(tmp_path / "nowhere.onnx"))


def test_a_text_file_called_onnx(refused, ortho, model):
    model(model.checksum)
    model.path.write_text("not a model")
    refused("model-not-onnx", input=ortho, model=str(model.path))


def test_an_empty_model_file(refused, ortho, model):
    model(model.checksum)
    model.path.write_bytes(b"")
    refused("model-not-onnx", input=ortho, model=str(model.path))


def test_a_model_without_card(refused, ortho, model):
    (model.path.parent / "card.json").unlink()
    refused("model-no-card", input=ortho, model=str(model.path))


def test_a_model_that_is_not_the_one_of_its_card(refused, ortho, model):
    with open(model.path, "ab") as file:
        file.write(b"\0")
    refused("model-hash", input=ortho, model=str(model.path))


def test_a_model_with_other_bands_than_its_card(refused, write_raster, model, tmp_path):
    def four_bands(content):
        image = content["properties"]["mlm:input"][0]
        image["bands"].append({"name": "I", "eo:common_name": "nir"})
        image["value_scaling"].append(image["value_scaling"][0])
        content["properties"]["ocsia:fill"].append(0)
        image["input"]["shape"][1] = 4

    path = write_raster(tmp_path / "five.tif", np.concatenate([IMAGE, IMAGE[:2]]))
    error = refused("model-card-mismatch", input=path, model=model(four_bands))
    assert (error.params["found"], error.params["wanted"]) == (3, 4)


def test_a_model_with_other_classes_than_its_card(refused, ortho, model):
    def fewer_classes(content):
        output = content["properties"]["mlm:output"][0]
        del output["classification:classes"][3]
        output["result"]["shape"][1] = 14

    error = refused("model-card-mismatch", input=ortho, model=model(fewer_classes))
    assert (error.params["found"], error.params["wanted"]) == (15, 14)


@pytest.mark.parametrize(
    "edit",
    [
        lambda c: c.pop("properties"),
        lambda c: c["properties"].pop("mlm:input"),
        lambda c: c["properties"].pop("mlm:output"),
        lambda c: c["properties"].pop("ocsia:tile"),
        lambda c: c["properties"].update({"ocsia:nomenclature": "atlantis"}),
        lambda c: c["properties"].update({"ocsia:fill": [1, 2]}),
        lambda c: c["properties"].update({"gsd": "fine"}),
        lambda c: c["properties"]["ocsia:tile"].update(halo=-1),
        lambda c: c["properties"]["ocsia:tile"].update(halo=100),
        lambda c: c["properties"]["ocsia:tile"].update(stride=0),
        lambda c: c.pop("assets"),
    ],
    ids=["properties", "input", "output", "tile", "nomenclature", "fill", "gsd", "halo<0", "halo", "stride", "assets"],
)
def test_a_card_that_lacks_or_twists_something(edit, refused, ortho, model):
    refused("model-card-invalid", input=ortho, model=model(edit))


def test_a_card_that_is_no_json(refused, ortho, model):
    (model.path.parent / "card.json").write_text("{")
    refused("model-card-invalid", input=ortho, model=str(model.path))


# -- parameters


@pytest.mark.parametrize(
    "parameters",
    [
        {"compression": "JPEG"},
        {"device": "abacus"},
        {"resolution": -0.2},
        {"resolution": 50.0},
        {"tile": -64},
        {"extent": (1.0, 2.0)},
    ],
    ids=str,
)
def test_parameters_that_make_no_sense(parameters, refused, ortho):
    code = "resolution-range" if "resolution" in parameters else "job-invalid"
    refused(code, input=ortho, **parameters)


def test_a_gpu_that_is_not_there(refused, ortho):
    import onnxruntime

    if "CUDAExecutionProvider" in onnxruntime.get_available_providers():
        pytest.skip("this engine has GPU support")
    refused("device-unavailable", input=ortho, device="gpu")


# -- outputs


def test_no_output(refused, ortho):
    refused("output-none", input=ortho, classes=None)


def test_an_output_folder_that_does_not_exist(refused, ortho, tmp_path):
    refused("output-not-writable", input=ortho, classes=str(tmp_path / "nowhere" / "c.tif"))
    assert not (tmp_path / "nowhere").exists()


def test_an_output_folder_that_is_a_file(refused, ortho, tmp_path):
    (tmp_path / "file").write_text("mine")
    refused("output-not-writable", input=ortho, classes=str(tmp_path / "file" / "c.tif"))
    assert (tmp_path / "file").read_text() == "mine"


def test_an_output_that_is_a_folder(refused, ortho, tmp_path):
    (tmp_path / "folder").mkdir()
    refused("output-not-writable", input=ortho, classes=str(tmp_path / "folder"))


def test_an_output_whose_name_is_too_long(refused, ortho, tmp_path):
    refused("output-not-writable", input=ortho, classes=str(tmp_path / ("c" * 300 + ".tif")))


def test_an_output_that_another_program_holds_open(refused, ortho, tmp_path, monkeypatch):
    """As on Windows, where it cannot be renamed: known before the work, and said in its user's words."""
    held = tmp_path / "held.tif"
    held.write_bytes(b"an older map")

    def rename(*_paths):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "rename", rename)
    monkeypatch.setattr(workspace, "hold_folder", lambda *_: pytest.fail("the work began"))
    refused("output-not-writable", input=ortho, classes=str(held))
    assert held.read_bytes() == b"an older map"


def test_the_usual_reasons_of_the_system_can_be_translated():
    assert system_reason(PermissionError(errno.EACCES, "Permission denied")) == because("why-denied")
    assert system_reason(socket.gaierror(-2, "Name or service not known")) == because("why-no-host")
    assert system_reason(OSError(errno.EIO, "Input/output error")) == "Input/output error"


def test_one_output_of_several_that_cannot_be_written(refused, ortho, out, tmp_path):
    refused("output-not-writable", input=ortho, probabilities=str(tmp_path / "nowhere" / "p.tif"))


def test_a_folder_without_permission_to_write(refused, ortho, tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(0o555)
    if os.access(folder, os.W_OK):
        pytest.skip("this user may write everywhere (root)")
    refused("output-not-writable", input=ortho, classes=str(folder / "c.tif"))


@pytest.mark.parametrize("name", ["ortho.tif", "out/../ortho.tif", "link.tif"])
def test_an_output_that_is_the_input(name, refused, ortho, tmp_path):
    (tmp_path / "link.tif").symlink_to(ortho)
    before = Path(ortho).read_bytes()
    refused("output-is-input", input=ortho, classes=str(tmp_path / name))
    assert Path(ortho).read_bytes() == before


def test_an_output_that_is_the_mask(refused, ortho, write_polygons, tmp_path):
    mask = write_polygons(tmp_path / "m.gpkg", [box(0, 0, 9, 9)])
    refused("output-is-input", input=ortho, mask=mask, classes=mask)


@pytest.mark.parametrize("name", ["c.tif", "../out/c.tif"])
def test_the_same_output_twice(name, refused, ortho, out):
    refused("output-twice", input=ortho, classes=str(out / "c.tif"), confidence=str(out / name))


# -- the disk


@pytest.fixture
def small_disk(tmp_path):
    """A function that mounts a disk of so many MB."""
    mounted = []

    def mount(megabytes):
        folder = tmp_path / f"disk{len(mounted)}"
        folder.mkdir()
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], capture_output=True, text=True
        )
        if done.returncode:
            pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
        mounted.append(folder)
        return folder

    if shutil.which("mount") is None or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    yield mount
    for folder in mounted:
        subprocess.run(["umount", folder], check=True)


def fill(folder, leave=0):
    """Fill a disk but for ``leave`` bytes."""
    with open(folder / "filler", "ab", buffering=0) as file, suppress(OSError):  # the job takes some of it
        room = shutil.disk_usage(folder).free - leave
        while room > 0:
            room -= file.write(bytes(min(room, 1 << 20)))


def test_a_disk_that_is_too_small_is_found_before_the_work(refused, write_raster, small_disk, tmp_path):
    disk = small_disk(4)
    path = write_raster(tmp_path / "o.tif", np.zeros((3, 3000, 3000), np.uint8), compress="deflate")
    events = []
    error = refused(
        "disk-full",
        on=lambda _, event: events.append(event["event"]),
        input=path,
        probabilities=str(disk / "p.tif"),
    )
    assert "progress" not in events
    assert str(disk) in str(error)
    assert list(disk.iterdir()) == []


def test_each_disk_is_looked_at(refused, write_raster, small_disk, tmp_path, out):
    disk = small_disk(4)
    path = write_raster(tmp_path / "o.tif", np.zeros((3, 4000, 4000), np.uint8), compress="deflate")
    events = []
    refused(
        "disk-full",
        on=lambda _, event: events.append(event["event"]),
        input=path,
        classes=str(out / "classes.tif"),
        confidence=str(disk / "f.tif"),
    )
    assert "progress" not in events
    assert list(disk.iterdir()) == []


@pytest.mark.parametrize("stage", ["stream", "layout"])
def test_a_disk_that_fills_up_during_the_work(stage, refused, write_raster, small_disk, tmp_path):
    disk = small_disk(60)
    path = write_raster(tmp_path / "o.tif", np.random.default_rng(0).integers(0, 256, (3, 600, 600), np.uint8))

    def use_up(_recorder, event):
        last = event["event"] == "progress" and event["value"] >= (0.1 if stage == "stream" else 0.9)
        if last and not (disk / "filler").exists():
            fill(disk, leave=0 if stage == "stream" else 300_000)

    refused("disk-filled", on=use_up, input=path, tile=512, probabilities=str(disk / "p.tif"))
    assert [p.name for p in disk.iterdir()] == ["filler"]
