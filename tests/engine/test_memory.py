"""Tiles from the memory at hand, and what happens when it runs out: with real limits, in processes of their own."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ocsia_plugin.engine import predict
from ocsia_plugin.engine.dispatch import run_job
from ocsia_plugin.engine.errors import Cancelled
from ocsia_plugin.engine.events import Events
from ocsia_plugin.engine.grid import Window
from ocsia_plugin.engine.jobs import PredictJob
from ocsia_plugin.engine.patient import Tile, infer
from ocsia_plugin.engine.runtime.memory import available_memory, memory_for
from ocsia_plugin.engine.runtime.session import OnnxSession
from ocsia_plugin.engine.tiling import WHOLE, Phase, core_size, halo_factor, halves, inference_bytes, tiles_at_once

ROOT = Path(__file__).resolve().parents[2]
GB = 1 << 30
EXTENT = ("500000", "6289800", "500240", "6290000")
"""1200 x 1000 pixels of the sample town."""

LITTLE = 700 << 20
"""Address space that the libraries and one tile of 512 pixels fit into, but not one of 1456 x 1264."""


@pytest.fixture
def large(card, tmp_path):
    """The card of a model whose file is as large as that of a U-Net on ResNet-34; the file is never read."""
    path = tmp_path / "large.onnx"
    with open(path, "wb") as file:
        file.truncate(98 << 20)
    return replace(card, file=path, stride=32)


def test_with_memory_enough_the_halo_of_a_large_model_costs_little(large):
    size = core_size(large, None, 8 * GB)
    assert size == (2048, 1536)
    assert halo_factor(*size, 128) == pytest.approx(1.3125)
    assert core_size(large, None, None) == size


def test_a_light_model_stays_with_less(card):
    assert core_size(card, None, 64 * GB) == (1536, 1536)


@pytest.mark.parametrize("memory", [0, GB // 4, GB // 2, GB, 2 * GB, 3 * GB, 4 * GB, 64 * GB])
def test_inference_takes_no_more_than_half_of_the_memory(memory, large):
    size = core_size(large, None, memory)
    assert size == (256, 256) or inference_bytes(large, *size) <= memory / 2
    assert size[0] * size[1] >= 256 * 256


def test_more_memory_never_makes_a_smaller_tile(large):
    sizes = [core_size(large, None, memory << 26) for memory in range(80)]
    pixels = [w * h for w, h in sizes]
    assert pixels == sorted(pixels) and len(set(pixels)) == 7


def test_a_size_that_is_asked_for_is_taken_whatever_the_memory(large):
    assert core_size(large, 100, 0) == (128, 128)


def test_a_model_with_one_size_keeps_it(large):
    fixed = replace(large, tile=512, halo=128)
    assert core_size(fixed, 1000, 0) == core_size(fixed, None, GB) == (256, 256)


def test_halves_go_down_to_a_size_that_gives_up():
    sizes, size = [], (2048, 1536)
    while size:
        sizes.append(size)
        size = halves(*size, 32)
    assert sizes[:4] == [(2048, 1536), (1024, 1536), (1024, 768), (512, 768)]
    assert sizes[-1] == (64, 64) or max(sizes[-1]) <= 64


def test_the_memory_at_hand_is_a_part_of_the_machine():
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    assert 0 < available_memory() <= total
    assert memory_for("auto", 4) <= total / 4
    assert memory_for("gpu") is None


def test_a_limit_on_the_process_is_seen():
    code = "from ocsia_plugin.engine.runtime.memory import available_memory as a; print(a())"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, preexec_fn=limit(GB), capture_output=True, check=True)
    assert 0 < int(done.stdout) < GB


@pytest.mark.parametrize("phase", [WHOLE, Phase(5, 11)])
def test_smaller_tiles_give_the_same(phase, card):
    session = OnnxSession(card, "cpu", Events())
    core = Window(48, 16, 300, 200)
    tile = phase.tile_around(core, card)
    image = np.random.default_rng(1).integers(0, 256, (3, tile.height, tile.width), np.uint8)
    (whole,) = infer(session, [Tile(core, tile, image)], phase, Events())
    session.fits = 160, 112
    (parts,) = infer(session, [Tile(core, tile, image)], phase, Events())
    assert whole.shape == parts.shape == (15, 200, 300)
    assert np.abs(whole.astype(int) - parts).max() <= 1


def test_batches_give_the_same_as_tiles_alone(card):
    session = OnnxSession(card, "cpu", Events())
    rng = np.random.default_rng(2)
    cores = [Window(col, 0, 96, 64) for col in range(0, 5 * 96, 96)]
    some = []
    for core in cores:
        window = WHOLE.tile_around(core, card)
        some.append(Tile(core, window, rng.integers(0, 256, (3, window.height, window.width), np.uint8)))
    alone = [infer(session, [tile], WHOLE, Events())[0] for tile in some]
    for at_once in (5, 2):
        session.at_once = at_once
        together = infer(session, some, WHOLE, Events())
        assert [one.shape for one in together] == [(15, 64, 96)] * 5
        assert max(np.abs(a.astype(int) - b).max() for a, b in zip(alone, together)) <= 1
        assert session.at_once == at_once


def test_a_batch_that_is_cut_is_left_between_its_parts(card):
    class Cancelling(OnnxSession):
        """Is told to stop while it computes."""

        def probabilities(self, images: np.ndarray) -> np.ndarray:
            counts.append(len(images))
            events.cancel.set()
            return super().probabilities(images)

    events, counts = Events(), []
    core = Window(0, 0, 64, 64)
    window = WHOLE.tile_around(core, card)
    tile = Tile(core, window, np.zeros((3, window.height, window.width), np.uint8))
    with pytest.raises(Cancelled):
        infer(Cancelling(card, "cpu", Events()), [tile] * 15, WHOLE, events)
    assert counts == [1]


def test_small_tiles_go_together_and_large_ones_alone():
    assert tiles_at_once(2304, 1792) == 1
    assert tiles_at_once(512, 512) == 15
    assert tiles_at_once(10_000, 10_000) == 1


def test_a_prediction_in_batches_is_that_tile_by_tile(town_file, read, tmp_path, monkeypatch):
    class Batched(OnnxSession):
        """Takes four tiles at once, as a GPU would."""

        def __init__(self, *args: object) -> None:
            super().__init__(*args)
            self.at_once = 4

        def probabilities(self, images: np.ndarray) -> np.ndarray:
            counts.append(len(images))
            return super().probabilities(images)

    counts: list[int] = []
    job = PredictJob(input=town_file, extent=tuple(map(float, EXTENT)), probabilities=str(tmp_path / "p.tif"), tile=256)
    run_job(job, Events())
    monkeypatch.setattr(predict, "OnnxSession", Batched)
    run_job(replace(job, probabilities=str(tmp_path / "q.tif")), Events())
    assert max(counts) == 4 and sum(counts) == 20
    one, four = (read(str(tmp_path / f"{name}.tif"))[0].astype(int) for name in "pq")
    assert np.abs(one - four).max() <= 1


BATCH = """
import sys; import numpy as np
from ocsia_plugin.engine.events import Events
from ocsia_plugin.engine.grid import Window
from ocsia_plugin.engine.models.catalogue import find_model
from ocsia_plugin.engine.patient import Tile, infer
from ocsia_plugin.engine.runtime.session import OnnxSession
from ocsia_plugin.engine.tiling import WHOLE
class Said(Events):
    def emit(self, event, **content):
        print(content["code"], content["params"].get("count", ""), flush=True)
card = find_model("ocsia-naf15-rvb")
session = OnnxSession(card, "cpu", Said())
session.at_once = 16
core = Window(0, 0, 256, 256)
window = WHOLE.tile_around(core, card)
image = np.random.default_rng(0).integers(0, 256, (3, window.height, window.width), np.uint8)
found = infer(session, [Tile(core, window, image)] * 16, WHOLE, Said())
assert len(found) == 16 and all(np.abs(one.astype(int) - found[0]).max() <= 1 for one in found)
print("at once", session.at_once, "fits", session.fits)
"""


def test_out_of_memory_halves_the_batch_before_the_tile():
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
    done = subprocess.run(
        [sys.executable, "-c", BATCH],
        cwd=ROOT,
        env=environment,
        preexec_fn=limit(LITTLE),
        capture_output=True,
        text=True,
        check=True,
    )
    said = done.stdout.split("\n")
    halved = [int(line.split()[1]) for line in said if line.startswith("warn-memory-batch")]
    assert halved and halved == [8, 4, 2, 1][: len(halved)]
    assert f"at once {halved[-1]} fits None" in said


LIMITED_ARENA = """
import numpy as np, onnxruntime
from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.events import Events
from ocsia_plugin.engine.models.catalogue import find_model
from ocsia_plugin.engine.runtime import opening
from ocsia_plugin.engine.runtime.session import OnnxSession
opening._frugal_arena = lambda: None
kind, place = onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR, onnxruntime.OrtMemType.DEFAULT
config = {"max_mem": 64 << 20, "initial_chunk_size_bytes": -1, "max_dead_bytes_per_chunk": -1}
config["arena_extend_strategy"] = 1
onnxruntime.create_and_register_allocator(
    onnxruntime.OrtMemoryInfo("Cpu", kind, 0, place), onnxruntime.OrtArenaCfg(config)
)
session = OnnxSession(find_model("ocsia-naf15-rvb"), "cpu", Events())
try:
    session.probabilities(np.zeros((1, 3, 1024, 1024), np.uint8))
except OcsiaError as error:
    print(error.code)
"""


def test_an_arena_with_a_limit_that_is_reached_is_out_of_memory():
    """What a limit on a graphics card's memory (``gpu_mem_limit``) says too."""
    done = subprocess.run([sys.executable, "-c", LIMITED_ARENA], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["out-of-memory"]


def limit(size: int) -> Callable[[], None]:
    """What gives a process ``size`` bytes of address space, and two cores: each thread takes some of it."""

    def apply() -> None:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
        resource.setrlimit(resource.RLIMIT_AS, (size, size))

    return apply


def under(size: int, ortho: str, target: Path, *options: str) -> tuple[int, list[dict]]:
    """``predict`` in a process with ``size`` bytes of address space: its return code and its events."""
    command = [sys.executable, "-m", "ocsia_plugin.engine", "predict", "--json", "--device", "cpu", "--input", ortho]
    command += ["--probabilities", str(target), *options]
    # Each thread and each of malloc's arenas reserves addresses that it does not use.
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, preexec_fn=limit(size), capture_output=True, text=True)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def town_file() -> str:
    return str(ROOT / "resources/sample/ortho_rvb.tif")


def test_out_of_memory_halves_the_tile_and_goes_on(town_file, read, tmp_path):
    code, events = under(LITTLE, town_file, tmp_path / "p.tif", "--tile", "2048", "--extent", *EXTENT)
    assert code == 0, events[-1]
    assert "warn-memory" in [e.get("code") for e in events if e["event"] == "warning"]
    run_job(
        PredictJob(input=town_file, extent=tuple(map(float, EXTENT)), probabilities=str(tmp_path / "q.tif")), Events()
    )
    few, plenty = (read(str(tmp_path / f"{name}.tif"))[0].astype(int) for name in "pq")
    assert np.abs(few - plenty).max() <= 1


def test_little_memory_is_a_small_tile_from_the_start(town_file, tmp_path):
    code, events = under(LITTLE, town_file, tmp_path / "p.tif", "--extent", *EXTENT)
    codes = [e.get("code") for e in events]
    assert code == 0 and "warn-memory" not in codes
    told = next(e["params"] for e in events if e.get("code") == "info-overhead")
    assert told["factor"] > 1.5
