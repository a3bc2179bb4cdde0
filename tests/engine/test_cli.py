"""The command line: the same jobs, sentences instead of codes, and an exit code for scripts."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import rasterio

from ocsia_plugin import __version__
from ocsia_plugin.engine import cli
from ocsia_plugin.engine.jobs import JOBS
from ocsia_plugin.engine.messages import sentence

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "ocsia_plugin.engine"]


def ocsia(*arguments):
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, cwd=ROOT)


@pytest.fixture(scope="module")
def small(tmp_path_factory, write_raster, town):
    return write_raster(tmp_path_factory.mktemp("small") / "ortho.tif", town.rgb[:, :40, :40])


def test_predict_then_argmax(small, out):
    probabilities, classes = str(out / "p.tif"), str(out / "c.tif")
    done = ocsia("predict", "--input", small, "--probabilities", probabilities)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert sentence("info-learning-model", {}) in done.stderr
    assert sentence("info-written", {"path": probabilities}) in done.stderr
    done = ocsia("argmax", "--input", probabilities, "--output", classes, "--groups", "ligneux=8+10+11; bati=1")
    assert done.returncode == 0, done.stderr
    with rasterio.open(classes) as raster:
        assert set(np.unique(raster.read(1))) <= {2, 3, 4, 5, 6, 7, 9, 12, 13, 14, 15, 101, 102}


def test_json_prints_the_events_of_the_protocol(small, out):
    done = ocsia("predict", "--input", small, "--classes", str(out / "c.tif"), "--json")
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert events[-1]["event"] == "done"
    assert events[-1]["results"]["CLASSES"] == str(out / "c.tif")
    assert {"info", "warning", "progress", "product"} <= {e["event"] for e in events}


def test_every_option_reaches_the_job(small, out):
    with rasterio.open(small) as raster:
        x, y = raster.bounds.left, raster.bounds.top
    extent = [f"{v:.3f}" for v in (x + 1, y - 5, x + 4, y - 2)]
    path = str(out / "c.tif")
    options = ["--extent", *extent, "--compression", "ZSTD", "--device", "cpu", "--tile", "64", "--lang", "en"]
    done = ocsia("predict", "--input", small, "--classes", path, *options)
    assert done.returncode == 0, done.stderr
    with rasterio.open(path) as product:
        assert product.shape == (15, 15)
        assert product.compression.name == "zstd"
    assert "Building" in (out / "c.tif.aux.xml").read_text(encoding="utf-8")


def test_an_error_is_its_sentence_and_exit_code_1(out):
    done = ocsia("predict", "--input", "/nowhere/o.tif", "--classes", str(out / "c.tif"))
    assert done.returncode == 1
    assert sentence("raster-missing", {"path": "/nowhere/o.tif"}) in done.stderr
    assert "Traceback" not in done.stderr
    assert list(out.iterdir()) == []


def test_an_error_as_json(out):
    done = ocsia("predict", "--input", "/nowhere/o.tif", "--classes", str(out / "c.tif"), "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "event": "error",
        "code": "raster-missing",
        "params": {"path": "/nowhere/o.tif"},
    }


def test_a_value_out_of_its_range_is_an_error_too(small, out):
    done = ocsia("predict", "--input", small, "--classes", str(out / "c.tif"), "--tile", "-1")
    assert done.returncode == 1
    assert "tile" in done.stderr and "Traceback" not in done.stderr


def test_the_language_is_that_of_the_products(small, out):
    """What the command line says is English; a language that no product has is refused."""
    done = ocsia("argmax", "--help")
    assert "in the products; the command line itself speaks English." in " ".join(done.stdout.split())
    done = ocsia("predict", "--input", small, "--classes", str(out / "c.tif"), "--lang", "de")
    assert done.returncode == 1 and "lang is one of fr, en" in done.stderr
    assert list(out.iterdir()) == []


@pytest.mark.parametrize(
    "arguments", [[], ["paint"], ["predict"], ["predict", "--input", "a.tif", "--colour", "red"], ["argmax"]]
)
def test_wrong_usage_is_exit_code_2(arguments, capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(arguments)
    assert end.value.code == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.parametrize("kind", sorted(JOBS))
def test_each_command_explains_each_of_its_options(kind, capsys):
    with pytest.raises(SystemExit) as end:
        cli.main([kind, "--help"])
    assert end.value.code == 0
    text = capsys.readouterr().out
    assert all(name in text for name in JOBS[kind].required) and "--json" in text
    options = text.split("options:")[1]
    for line in options.splitlines():
        # An option without a sentence would stand alone, followed by another option.
        assert not line.rstrip().endswith(":")
    assert "--job-id" not in text


def test_help_lists_the_commands(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    text = capsys.readouterr().out
    assert all(kind in text for kind in JOBS)


def test_the_version_is_that_of_the_plugin(capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(["--version"])
    assert end.value.code == 0 and capsys.readouterr().out.strip() == __version__


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_it_leaves_nothing_and_returns_3(number, write_raster, tmp_path, out):
    image = np.zeros((3, 5000, 5000), np.uint8)
    path = write_raster(tmp_path / "long.tif", image, tiled=True, compress="deflate")
    arguments = ["predict", "--input", path, "--probabilities", str(out / "p.tif"), "--tile", "256", "--json"]
    with subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
        for line in process.stdout:
            if json.loads(line)["event"] == "progress":
                process.send_signal(number)
                break
        process.stdout.read()
        assert process.wait() == 3
    assert list(out.iterdir()) == []
