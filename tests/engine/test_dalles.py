"""Dalles: seamless, resumable to the byte, shared between processes."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio
import shapely
from rasterio.transform import from_origin

from ocsia_plugin.engine.dalles import compute, plan
from ocsia_plugin.engine.dispatch import run_job
from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.events import Events
from ocsia_plugin.engine.grid import BLOCK, Window
from ocsia_plugin.engine.jobs import DallesJob, PredictJob
from ocsia_plugin.engine.models.catalogue import find_model
from ocsia_plugin.engine.products.workspace import RESUMABLE, hold_folder
from ocsia_plugin.engine.tiling import Phase

ROOT = Path(__file__).resolve().parents[2]
GSD = 0.5
CORNER = 500704.0, 6290304.0
"""Near the corner of four kilometre squares, and on the lattice of the model's stride."""

NAMES = {(x, y): f"D032_2022_{x}_{y}" for x in (500, 501) for y in (6290, 6291)}


@pytest.fixture(scope="module")
def ortho(tmp_path_factory) -> Path:
    """The sample town as if its pixels measured 0.5 m: 600 m over four dalles of a kilometre."""
    path = tmp_path_factory.mktemp("ortho") / "ortho.tif"
    with rasterio.open(ROOT / "resources/sample/ortho_rvb.tif") as source:
        pixels = source.read(window=rasterio.windows.Window(0, 0, 1200, 1200))
        profile = {**source.profile, "width": 1200, "height": 1200, "transform": from_origin(*CORNER, GSD, GSD)}
    with rasterio.open(path, "w", **profile) as target:
        target.write(pixels)
    return path


def job(ortho: Path, output: Path, **options) -> DallesJob:
    fields = {"resolution": GSD, "grid": 1, "department": "32", "year": "2022"}
    return DallesJob(input=str(ortho), output=str(output), **fields | options)


@pytest.fixture(scope="module")
def done(ortho, tmp_path_factory) -> Path:
    """The four dalles, computed without a break."""
    output = tmp_path_factory.mktemp("done") / "dalles"
    run_job(job(ortho, output, products="probabilities,classes,confidence,vectors"), Events())
    return output


def digests(folder: Path) -> dict[str, str]:
    files = [p for p in folder.iterdir() if p.suffix in (".tif", ".gpkg")]
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_files_are_named_and_placed_as_cosia_s(done):
    assert {p.name for p in done.glob("*_argmax.tif")} == {f"{name}_argmax.tif" for name in NAMES.values()}
    for (x, y), name in NAMES.items():
        with rasterio.open(done / f"{name}_argmax.tif") as dataset:
            assert dataset.bounds == (1000 * x, 1000 * (y - 1), 1000 * (x + 1), 1000 * y)
            assert dataset.crs.to_epsg() == 2154
            assert dataset.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert (done / f"{name}_vecto.gpkg").exists()
    assert not (done / RESUMABLE).exists()


def test_there_is_no_seam_between_dalles(ortho, done, tmp_path):
    whole = {name: str(tmp_path / f"{name}.tif") for name in ("probabilities", "classes")}
    run_job(PredictJob(input=str(ortho), resolution=GSD, **whole), Events())
    for name, tolerance in (("probabilities", 1), ("classes", 0)):
        with rasterio.open(whole[name]) as expected, rasterio.open(done / f"{name}.vrt") as mosaic:
            window = mosaic.window(*expected.bounds)
            found, wanted = mosaic.read(window=window), expected.read()
            differing = np.abs(found.astype(int) - wanted) > tolerance
            # A class may change where two probabilities differ by the one that is allowed.
            assert differing.mean() < (1e-4 if name == "classes" else 1e-12)
            assert mosaic.dataset_mask(window=window).all()
            assert not mosaic.dataset_mask(window=rasterio.windows.Window(0, 0, 50, 50)).any()


def test_the_mosaic_has_colours_names_and_a_style(done):
    with rasterio.open(done / "classes.vrt") as mosaic:
        assert mosaic.colormap(1)[1][:3] == (0xCE, 0x70, 0x79)
        assert (mosaic.width, mosaic.height) == (4000, 4000)
    assert (done / "classes.qml").exists()
    text = (done / "classes.vrt").read_text()
    assert 'relativeToVRT="1"' in text and str(done) not in text


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_killed_and_started_again_it_ends_in_the_same_bytes(ortho, done, tmp_path):
    output = tmp_path / "dalles"
    arguments = [sys.executable, "-m", "ocsia_plugin.engine", "dalles", "--input", str(ortho), "--output", str(output)]
    arguments += ["--resolution", str(GSD), "--grid", "1", "--department", "32", "--year", "2022"]
    arguments += ["--products", "probabilities,classes,confidence,vectors"]
    kept: dict[Path, int] = {}
    for _ in range(3):
        process = subprocess.Popen(arguments, cwd=ROOT, stderr=subprocess.DEVNULL)
        before = set(output.glob(f"{RESUMABLE}/*/*.json")) | set(output.glob("*.tif"))
        while process.poll() is None and not set(output.glob(f"{RESUMABLE}/*/*.json")) - before:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
        for path in output.glob(f"{RESUMABLE}/*/*.json"):
            assert kept.setdefault(path, path.stat().st_mtime_ns) == path.stat().st_mtime_ns, "a strip was redone"
    assert kept
    assert subprocess.run(arguments, cwd=ROOT, stderr=subprocess.DEVNULL, check=False).returncode == 0
    assert digests(output) == digests(done)
    assert not list(output.glob(".ocsia-*"))


def test_what_is_there_is_not_done_again(ortho, done):
    stamps = {path: path.stat().st_mtime_ns for path in done.iterdir() if path.suffix in (".tif", ".gpkg")}
    run_job(job(ortho, done, products="probabilities,classes,confidence,vectors"), Events())
    assert stamps == {path: path.stat().st_mtime_ns for path in stamps}


def test_two_processes_of_which_one_dies(ortho, done, tmp_path):
    distributed = pytest.importorskip("distributed")
    workers: list[int] = []
    original = distributed.LocalCluster.__init__

    def remember(self, *args, **kwargs):
        original(self, *args, **kwargs)
        workers.extend(worker.process.pid for worker in self.workers.values())

    lines: list[str] = []

    class Listener(Events):
        def emit(self, event, **content):
            if content.get("code", "").startswith("info-dalle-"):
                lines.append(content["params"]["name"])

    def kill_one():
        folder = tmp_path / "dalles" / RESUMABLE
        while not (workers and list(folder.glob("*/*.tif"))):
            time.sleep(0.01)
        os.kill(workers[0], signal.SIGKILL)

    killer = threading.Thread(target=kill_one, daemon=True)
    killer.start()
    distributed.LocalCluster.__init__ = remember
    try:
        run_job(job(ortho, tmp_path / "dalles", local=2), Listener())
    finally:
        distributed.LocalCluster.__init__ = original
    killer.join(1)
    assert not killer.is_alive()
    assert sorted(lines) == sorted(f"{x}_{y}" for x, y in NAMES)
    here, there = digests(tmp_path / "dalles"), digests(done)
    assert here == {name: there[name] for name in here}
    assert len(here) == 8


def test_dalles_that_the_mask_does_not_touch_cost_nothing(ortho, tmp_path, write_polygons):
    mask = write_polygons(tmp_path / "mask.gpkg", [shapely.box(500900, 6290050, 500990, 6290200)])
    run_job(job(ortho, tmp_path / "out", mask=str(mask)), Events())
    assert [p.name for p in (tmp_path / "out").glob("*_argmax.tif")] == ["D032_2022_500_6291_argmax.tif"]
    manifest = json.loads((tmp_path / "out" / plan.MANIFEST).read_text())
    assert manifest["dalles"] == ["500_6291"]


def test_each_dalle_knows_how_much_of_it_is_to_be_computed(ortho, tmp_path, write_polygons):
    dalles = plan.planned(job(ortho, tmp_path))
    assert {(d.x, d.y): d.pixels for d in dalles} == {
        (500, 6291): 592 * 608, (501, 6291): 608 * 608, (500, 6290): 592 * 592, (501, 6290): 608 * 592
    }  # fmt: skip
    (part,) = plan.planned(job(ortho, tmp_path, extent=(501100, 6290100, 501150, 6290200)))
    assert part.pixels == 100 * 200
    mask = write_polygons(tmp_path / "mask.gpkg", [shapely.box(500720, 6290010, 500730, 6290020)])
    (masked,) = plan.planned(job(ortho, tmp_path, mask=str(mask)))
    assert masked.pixels <= BLOCK**2


def test_an_extent_costs_what_it_holds(ortho, done, tmp_path, monkeypatch):
    """Across two dalles, of which it wants 160 x 80 and 120 x 80 pixels."""
    computed = []
    original = compute.stream

    def stream(cores, *rest):
        computed.extend(cores)
        return original(cores, *rest)

    monkeypatch.setattr(compute, "stream", stream)
    extent = (500920.0, 6290100.0, 501060.0, 6290140.0)
    run_job(job(ortho, tmp_path / "out", extent=extent), Events())
    assert sorted(p.name[10:18] for p in (tmp_path / "out").glob("*_argmax.tif")) == ["500_6291", "501_6291"]
    assert [core.width * core.height <= BLOCK**2 for core in computed] == [True, True]
    with rasterio.open(tmp_path / "out" / "classes.vrt") as found, rasterio.open(done / "classes.vrt") as whole:
        inside = found.dataset_mask().astype(bool)
        assert inside.sum() == 280 * 80
        rows, cols = np.nonzero(inside)
        window = rasterio.windows.Window(cols.min(), rows.min(), 280, 80)
        assert found.window(*extent) == window
        assert (found.read(1, window=window) == whole.read(1, window=whole.window(*extent))).mean() > 0.999


def test_tiles_start_on_the_lattice_whatever_the_phase():
    card = find_model("ocsia-naf15-rvb")
    for col in range(0, 40, 7):
        phase, core = Phase(col, 3 * col), Window(512, 1024, 700, 300)
        tile = phase.tile_around(core, card)
        assert (tile.col + col + card.halo) % card.stride == 0 == (tile.row + 3 * col + card.halo) % card.stride
        assert tile.width % card.stride == 0 == tile.height % card.stride
        inner = tile.grown(-card.halo)
        assert inner.col <= core.col and inner.row <= core.row
        assert inner.col + inner.width >= core.col + core.width
        assert inner.row + inner.height >= core.row + core.height


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"grid": 3}, "dalles-grid"),
        ({"naming": "../{x}_{y}_{product}"}, "dalles-naming"),
        ({"naming": "{x}_{y}"}, "dalles-naming"),
        ({"naming": "{x.__class__}_{y}_{product}"}, "dalles-naming"),
        ({"resolution": 0.3}, "dalles-gsd"),
        ({"products": "maps"}, "job-invalid"),
        ({"products": ""}, "output-none"),
        ({"device": "tpu"}, "job-invalid"),
        ({"tile": 0}, "job-invalid"),
        ({"extent": (0.0, 0.0, 1000.0, 1000.0)}, "extent-outside"),
    ],
)
def test_refusals_leave_nothing(ortho, tmp_path, options, code):
    with pytest.raises(OcsiaError) as error:
        run_job(job(ortho, tmp_path / "out", **options), Events())
    assert error.value.code == code
    assert not list(tmp_path.iterdir())


def test_a_folder_belongs_to_one_job(ortho, done):
    with pytest.raises(OcsiaError) as error:
        run_job(job(ortho, done, compression="ZSTD"), Events())
    assert error.value.code == "dalles-other"
    assert "job" not in error.value.params["what"]


@pytest.mark.skipif(os.name != "posix", reason="locks of files")
def test_two_runs_in_one_folder_do_not_disturb_each_other(ortho, tmp_path):
    (tmp_path / "out").mkdir()
    with hold_folder(tmp_path / "out" / RESUMABLE), pytest.raises(OcsiaError) as error:
        run_job(job(ortho, tmp_path / "out"), Events())
    assert error.value.code == "dalles-running"


def test_a_scheduler_that_is_not_there_is_named(ortho, tmp_path):
    pytest.importorskip("distributed")
    with pytest.raises(OcsiaError) as error:
        run_job(replace(job(ortho, tmp_path / "out"), scheduler="tcp://127.0.0.1:9"), Events())
    assert error.value.code == "dalles-no-scheduler"
