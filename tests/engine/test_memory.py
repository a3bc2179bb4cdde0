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

from ocsia_plugin.engine.dispatch import run_job
from ocsia_plugin.engine.events import Events
from ocsia_plugin.engine.grid import Window
from ocsia_plugin.engine.jobs import PredictJob
from ocsia_plugin.engine.patient import infer
from ocsia_plugin.engine.runtime.memory import available_memory, memory_for
from ocsia_plugin.engine.runtime.session import OnnxSession
from ocsia_plugin.engine.tiling import WHOLE, Phase, core_size, halo_factor, halves, inference_bytes

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
    whole = infer(session, core, tile, image, phase, Events())
    session.fits = 160, 112
    parts = infer(session, core, tile, image, phase, Events())
    assert whole.shape == parts.shape == (15, 200, 300)
    assert np.abs(whole.astype(int) - parts).max() <= 1


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
