"""The engine as a process: the protocol it speaks, and that it stops when asked to, or alone, and leaves nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from ocsia_plugin.engine.jobs import ArgmaxJob, PredictJob
from ocsia_plugin.engine.messages import sentence
from ocsia_plugin.engine.products.workspace import Workspace, sweep

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [
    sys.executable,
    "-u",
    "-c",
    "import sys; sys.path.insert(0, sys.argv[1]); from ocsia_plugin.engine.worker import main; sys.exit(main())",
    str(ROOT),
]
STOP_SECONDS = 2.0
PATIENCE = 120


class Worker:
    """A worker with its job; its events are read as they come."""

    def __init__(self, line):
        self.process = subprocess.Popen(
            COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd="/"
        )
        self.events, self.errors = [], b""
        self._news = threading.Condition()
        self._readers = [threading.Thread(target=self._read_events), threading.Thread(target=self._read_errors)]
        for reader in self._readers:
            reader.start()
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def _read_events(self):
        for line in self.process.stdout:
            with self._news:
                self.events.append(json.loads(line))
                self._news.notify_all()
        with self._news:
            self._news.notify_all()

    def _read_errors(self):
        self.errors = self.process.stderr.read()

    def until(self, reached):
        """Wait until the last event is one that was waited for."""
        with self._news:
            assert self._news.wait_for(lambda: any(map(reached, self.events)), PATIENCE), self.events

    def end(self):
        """Exit code, and the seconds it took to come."""
        start = time.monotonic()
        rc = self.process.wait(PATIENCE)
        seconds = time.monotonic() - start
        self.close()
        return rc, seconds

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for reader in self._readers:
            reader.join()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            pipe.close()

    def named(self, name):
        return [e for e in self.events if e["event"] == name]


@pytest.fixture
def start():
    """Start a worker on a job, or on a line of text."""
    workers = []

    def begin(job):
        workers.append(Worker(job if isinstance(job, str) else job.to_json()))
        return workers[-1]

    yield begin
    for worker in workers:
        worker.close()


@pytest.fixture(scope="module")
def small(tmp_path_factory, write_raster, town):
    return write_raster(tmp_path_factory.mktemp("small") / "ortho.tif", town.rgb[:, :60, :60])


@pytest.fixture(scope="module")
def long(tmp_path_factory, write_raster):
    """Hundreds of tiles: nobody waits for the end of it."""
    image = np.zeros((3, 6000, 6000), np.uint8)
    return write_raster(tmp_path_factory.mktemp("long") / "ortho.tif", image, tiled=True, compress="deflate")


def long_job(long, out, tile=256):
    names = ("probabilities", "classes", "confidence")
    return PredictJob(input=long, tile=tile, **{n: str(out / f"{n}.tif") for n in names})


def working(event):
    """The stream is under way."""
    return event["event"] == "progress" and 0 < event["value"] < 0.9


def dead(pid):
    """Gone, or waiting to be noticed by a parent."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


# -- a job that goes well


def test_a_job_ends_with_done_and_exit_code_0(start, small, out):
    job = PredictJob(input=small, probabilities=str(out / "p.tif"), classes=str(out / "c.tif"))
    worker = start(job)
    assert worker.end()[0] == 0, worker.errors
    assert worker.events[-1] == {
        "event": "done",
        "results": {"PROBABILITIES": job.probabilities, "CLASSES": job.classes, "CONFIDENCE": None},
    }
    assert {e["product"]: e["path"] for e in worker.named("product")} == {
        "probabilities": job.probabilities,
        "classes": job.classes,
    }
    assert not worker.named("error")
    assert not list(out.glob(".ocsia-*"))


def test_every_event_is_one_of_the_protocol(start, small, out):
    worker = start(PredictJob(input=small, classes=str(out / "c.tif")))
    worker.end()
    assert {e["event"] for e in worker.events} <= {"progress", "info", "warning", "product", "done"}
    for event in worker.named("info") + worker.named("warning"):
        assert sentence(event["code"], event["params"])


def test_progress_is_monotone_from_0_to_1(start, town_tif, out):
    worker = start(PredictJob(input=town_tif, classes=str(out / "c.tif"), tile=256))
    worker.end()
    values = [e["value"] for e in worker.named("progress")]
    assert len(values) > 3
    assert values == sorted(values) and values[0] >= 0 and values[-1] == 1


def test_argmax_is_done_by_the_same_process(start, town_products, out):
    worker = start(ArgmaxJob(input=town_products.probabilities, output=str(out / "c.tif"), groups="ligneux"))
    assert worker.end()[0] == 0
    assert worker.events[-1]["results"]["OUTPUT"] == str(out / "c.tif")


def test_what_libraries_print_does_not_enter_the_protocol(small, out):
    """A library that prints on file descriptor 1, from C or from Python."""
    noisy = COMMAND[3].replace("sys.exit(main())", "sys.exit(noisy())")
    noisy = noisy.replace("; sys.exit", "; exec(sys.argv[2]); sys.exit")
    patch = (
        "import os\n"
        "import ocsia_plugin.engine.dispatch as dispatch\n"
        "inner = dispatch.run_job\n"
        "def run_job(job, events):\n"
        "    print('from Python', flush=True)\n"
        "    os.write(1, b'from C\\n')\n"
        "    return inner(job, events)\n"
        "dispatch.run_job = run_job\n"
        "noisy = main\n"
    )
    job = PredictJob(input=small, classes=str(out / "c.tif"))
    with subprocess.Popen(
        [*COMMAND[:3], noisy, str(ROOT), patch], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdin.write(job.to_json().encode() + b"\n")
        process.stdin.flush()
        events = [json.loads(line) for line in process.stdout]
        assert process.wait() == 0
        errors = process.stderr.read()
    assert events[-1]["event"] == "done"
    assert b"from Python" in errors and b"from C" in errors


# -- a job that cannot be done


def test_an_error_has_a_code_and_exit_code_1(start, out):
    worker = start(PredictJob(input="/nowhere/ortho.tif", classes=str(out / "c.tif")))
    assert worker.end()[0] == 1
    assert worker.events[-1] == {"event": "error", "code": "raster-missing", "params": {"path": "/nowhere/ortho.tif"}}
    assert not worker.named("done")


@pytest.mark.parametrize("line", ["", "no JSON", '{"kind": "predict"}', '{"kind": "predict", "input": "a", "é": 1}'])
def test_a_line_that_is_no_job_is_an_error(start, line):
    worker = start(line)
    assert worker.end()[0] == 1
    assert worker.events[-1]["code"] == "job-invalid"


# -- stopping


def test_end_of_input_cancels(start, long, out):
    worker = start(long_job(long, out))
    worker.until(working)
    worker.process.stdin.close()
    rc, seconds = worker.end()
    assert rc == 3
    assert seconds < STOP_SECONDS
    assert list(out.iterdir()) == []
    assert not worker.named("done") and not worker.named("error")


def test_end_of_input_cancels_in_the_midst_of_a_long_inference(start, long, out):
    worker = start(long_job(long, out, tile=2048))
    worker.until(lambda e: e.get("code") == "info-tile")
    worker.process.stdin.close()
    rc, seconds = worker.end()
    assert rc == 3
    assert seconds < STOP_SECONDS
    assert list(out.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_cancels(start, long, out, number):
    worker = start(long_job(long, out))
    worker.until(working)
    worker.process.send_signal(number)
    rc, seconds = worker.end()
    assert rc == 3
    assert seconds < STOP_SECONDS
    assert list(out.iterdir()) == []


@pytest.fixture(scope="module")
def bulky(tmp_path_factory, write_raster):
    """Probabilities whose layout as a file takes a while: noise does not compress."""
    bands = np.random.default_rng(0).integers(1, 256, (15, 256, 2048), np.uint8)
    return write_raster(tmp_path_factory.mktemp("bulky") / "p.tif", np.tile(bands, (1, 16, 1)), tiled=True)


def laid_out(event):
    """The stream is over, the final layout begins."""
    return event["event"] == "progress" and event["value"] >= 0.9


@pytest.mark.parametrize("how", ["end of input", "signal"])
def test_cancelling_during_the_final_layout(start, bulky, out, how):
    worker = start(
        ArgmaxJob(input=bulky, output=str(out / "c.tif"), confidence=str(out / "f.tif"), compression="DEFLATE")
    )
    worker.until(laid_out)
    if how == "signal":
        worker.process.terminate()
    else:
        worker.process.stdin.close()
    rc, seconds = worker.end()
    assert rc == 3
    assert seconds < STOP_SECONDS
    assert list(out.iterdir()) == []


def test_killed_it_leaves_only_its_hidden_folder_which_the_next_job_sweeps(start, long, small, out):
    worker = start(long_job(long, out))
    worker.until(working)
    worker.process.kill()
    worker.end()
    left = list(out.iterdir())
    assert len(left) == 1 and left[0].name.startswith(".ocsia-")
    follower = start(PredictJob(input=small, classes=str(out / "c.tif")))
    assert follower.end()[0] == 0
    assert {p.name for p in out.iterdir()} == {"c.tif", "c.tif.aux.xml", "c.qml"}


PARENT = """
import subprocess, sys, time
worker = subprocess.Popen(sys.argv[2:], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
worker.stdin.write(sys.argv[1].encode() + b"\\n")
worker.stdin.flush()
print(worker.pid, flush=True)
for line in worker.stdout:
    sys.stdout.buffer.write(line)
    sys.stdout.flush()
"""


@pytest.mark.parametrize("moment", ["stream", "layout"])
def test_when_its_parent_is_killed_it_ends_and_leaves_nothing(long, bulky, out, moment):
    """QGIS crashes: nobody closes pipes or sends signals, the system does."""
    if moment == "stream":
        job, reached = long_job(long, out), working
    else:
        job, reached = ArgmaxJob(input=bulky, output=str(out / "c.tif"), compression="DEFLATE"), laid_out
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, job.to_json(), *COMMAND], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as parent:
        pid = int(parent.stdout.readline())
        try:
            for line in parent.stdout:
                if reached(json.loads(line)):
                    break
            parent.kill()
            killed = time.monotonic()
            while not dead(pid) and time.monotonic() < killed + PATIENCE:
                time.sleep(0.02)
            assert time.monotonic() - killed < STOP_SECONDS
            assert list(out.iterdir()) == []
        finally:
            if not dead(pid):
                os.kill(pid, signal.SIGKILL)


def test_two_jobs_into_one_folder_do_not_disturb_one_another(start, town_tif, small, town_products, out):
    slow = start(PredictJob(input=town_tif, probabilities=str(out / "slow.tif"), tile=256))
    slow.until(lambda e: e.get("code") == "info-tile")
    for number in range(2):
        quick = start(PredictJob(input=small, classes=str(out / f"quick{number}.tif")))
        assert quick.end()[0] == 0, quick.errors
    assert slow.end()[0] == 0, slow.errors
    expected = {"slow.tif", "slow.qml"} | {f"quick{n}.{s}" for n in range(2) for s in ("tif", "tif.aux.xml", "qml")}
    assert {p.name for p in out.iterdir()} == expected


def test_jobs_started_together_in_one_folder_all_end_well(start, small, out):
    workers = [start(PredictJob(input=small, classes=str(out / f"c{n}.tif"))) for n in range(3)]
    assert [worker.end()[0] for worker in workers] == [0, 0, 0]
    assert not list(out.glob(".ocsia-*"))


def test_a_folder_that_is_just_being_made_is_not_swept(out):
    """Between the making of a folder and its lock, another job must not take it for one whose owner died."""
    done, errors = threading.Event(), []

    def sweeper():
        try:
            while not done.is_set():
                sweep(out)
        except Exception as error:
            errors.append(error)

    thread = threading.Thread(target=sweeper)
    thread.start()
    try:
        for number in range(300):
            with Workspace("", [str(out / "c.tif")]) as workspace:
                workspace.stage(out / "c.tif").write_text(str(number))
                workspace.commit()
            assert (out / "c.tif").read_text() == str(number)
    finally:
        done.set()
        thread.join()
    assert errors == []
    assert [p.name for p in out.iterdir()] == ["c.tif"]
