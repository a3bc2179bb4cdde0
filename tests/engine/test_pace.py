"""What a run says of its time: nothing that was not measured, and seldom."""

from __future__ import annotations

import json

import numpy as np
import pytest

from ocsia_plugin.engine import pace
from ocsia_plugin.engine.jobs import PredictJob
from ocsia_plugin.engine.messages import sentence
from ocsia_plugin.engine.products.sizes import run_bytes
from ocsia_plugin.engine.runtime.devices import likely_devices


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("OCSIA_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_first_run_says_that_nothing_was_measured_and_the_next_one_its_time(
    run, card, write_raster, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr(pace, "_LEAST_PIXELS", 10_000)
    path = write_raster(str(tmp_path / "o.tif"), np.full((3, 200, 300), 90, np.uint8))
    job = PredictJob(input=path, device="cpu", classes=str(tmp_path / "c.tif"))
    first = run(job)
    assert "info-estimate-unknown" in first.codes("info")
    assert first.params("info-estimate") == {"pixels": 0.06, "disk": 1}
    again = run(job)
    assert {"info-estimate-time", "info-estimate-memory"} <= set(again.codes("info"))
    assert 50 < again.params("info-estimate-memory")["memory"] < 20_000


def test_a_pace_is_that_of_one_model_on_one_device(card, folder) -> None:
    pace.remember(card, "CPU/2", 10_000_000, 40.0)
    assert pace.known_pace(card, "CPU/2").seconds == 4.0
    assert pace.known_pace(card, "CPU/4") is None
    pace.remember(card, "CPU/4", 10, 40.0)
    assert pace.known_pace(card, "CPU/4") is None, "too few pixels to say anything"
    assert [path.name for path in folder.iterdir()] == [".pace.json"]


def test_a_small_run_does_not_outweigh_a_large_one(card) -> None:
    pace.remember(card, "CPU/2", 100_000_000, 400.0)
    pace.remember(card, "CPU/2", 1_050_000, 9.0)
    assert pace.known_pace(card, "CPU/2").seconds == 4.0
    pace.remember(card, "CPU/2", 10_000_000, 50.0)
    assert pace.known_pace(card, "CPU/2").seconds == 5.0


def test_what_a_run_needs_follows_from_the_fastest_device_that_was_measured(card) -> None:
    auto = likely_devices("auto")
    assert auto == (*likely_devices("gpu"), *likely_devices("cpu"))
    assert pace.needs(card, auto, 5_000_000, 1e6) == pace.Needs(5_000_000, 1e6)
    pace.remember(card, likely_devices("cpu")[0], 10_000_000, 40.0)
    on_cpu = pace.needs(card, auto, 5_000_000, 1e6)
    assert (on_cpu.seconds, on_cpu.device) == (20.0, likely_devices("cpu")[0])
    pace.remember(card, likely_devices("gpu")[0], 10_000_000, 4.0)
    assert pace.needs(card, auto, 5_000_000, 1e6).seconds == 2.0
    assert pace.needs(card, likely_devices("cpu"), 5_000_000, 1e6).seconds == 20.0
    shared = pace.needs(card, likely_devices("cpu"), 5_000_000, 1e6, processes=2)
    assert (shared.seconds, shared.memory) == (10.0, 2 * on_cpu.memory)


def test_room_on_the_disk() -> None:
    assert run_bytes(["CLASSES"], 1_000_000, 15) == pytest.approx(1.3e6)
    assert run_bytes(["PROBABILITIES", "VECTORS"], 1_000_000, 15) == pytest.approx(15 * 2.1e6)
    assert run_bytes(["CLASSES"], 1_000_000, 15, together=100_000) == pytest.approx(0.4e6)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"MODEL CPU": 3}'])
def test_a_damaged_note_is_no_note(card, folder, content) -> None:
    folder.mkdir()
    (folder / ".pace.json").write_text(content.replace("MODEL", f"{card.id} {card.sha256[:12]}"), encoding="utf-8")
    assert pace.known_pace(card, "CPU") is None
    pace.remember(card, "CPU", 10_000_000, 40.0)
    assert json.loads((folder / ".pace.json").read_text(encoding="utf-8"))
    assert pace.known_pace(card, "CPU").seconds == 4.0


def test_time_left_is_said_after_a_tenth_and_then_seldom(recorder) -> None:
    events, clock = recorder(), Clock()
    remaining = pace.Remaining(events, clock)
    for step in range(1, 101):
        clock.now = 6.0 * step
        remaining.at(step / 100)
    said = [event["params"] for event in events.events if event.get("code") == "info-left"]
    assert [p["percent"] for p in said] == [10, 25, 50, 75]
    assert sentence("info-left", said[0]) == "10 % done, about 9 min left."


def test_a_short_run_is_not_talked_about(recorder) -> None:
    events, clock = recorder(), Clock()
    remaining = pace.Remaining(events, clock)
    for step in range(1, 101):
        clock.now = 0.3 * step
        remaining.at(step / 100)
    assert not events.events


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(3, "10 s"), (44, "40 s"), (61, "1 min"), (240, "4 min"), (3 * 3600 + 130, "3 h 00 min"), (7500, "2 h 05 min")],
)
def test_durations(seconds, text) -> None:
    told = pace.duration(seconds)
    assert sentence(told["code"], told["params"]) == text
