"""The catalogue and the folder of models: what is listed, fetched, verified, deleted, from code and a shell."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from loopback import BODY, DIGEST, serving, status

from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.jobs import BUNDLED_MODEL, ModelsJob, PredictJob
from ocsia_plugin.engine.models import catalogue, store
from ocsia_plugin.engine.models.catalogue import entries, find_entry, find_model, ready_ids, user_folder
from ocsia_plugin.engine.worker import execute
from tools import ign_files

ROOT = Path(__file__).resolve().parents[2]
FLAIR, PINNED, GERS = (
    "FLAIR-INC_rgbi_15cl_resnet34-unet",
    "FLAIR-INC_rgbie_15cl_resnet34-unet",
    "gers2019-unet-rvb",
)
WEIGHTS = f"{FLAIR}_weights.pth"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    """The user's models, in a folder of the test."""
    monkeypatch.setenv("OCSIA_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


def put_model(folder: Path, model_id: str) -> Path:
    """The bundled model as one that was imported; its folder."""
    here = folder / model_id
    here.mkdir(parents=True)
    for name in ("card.json", "model.onnx"):
        shutil.copy(ROOT / "resources" / "models" / BUNDLED_MODEL / name, here / name)
    return here


def put_weights(folder: Path, model_id: str, content: bytes = BODY) -> Path:
    path = folder / ".downloads" / model_id / f"{model_id}_weights.pth"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.fixture
def resources(tmp_path, monkeypatch):
    """``resources(server)``: a catalogue of one model, FLAIR, whose files the server has."""

    def make(server, **pinned):
        copy = tmp_path / "resources"
        (copy / "models" / "catalogue").mkdir(parents=True)
        card = json.loads((ROOT / "resources" / "models" / "catalogue" / f"{FLAIR}.json").read_text(encoding="utf-8"))
        base = server.url.rsplit("/", 1)[0]
        card["assets"]["weights"] |= {"href": f"{base}/{WEIGHTS}", **pinned}
        card["assets"]["confusion"]["href"] = f"{base}/confmat.npy"
        (copy / "models" / "catalogue" / f"{FLAIR}.json").write_text(json.dumps(card), encoding="utf-8")
        monkeypatch.setattr(catalogue, "data_folder", lambda name: copy)
        return find_entry(FLAIR)

    return make


@pytest.fixture
def kept(monkeypatch):
    """The bytes that these tests download are no weights: they are kept as they are, not imported."""
    monkeypatch.delitem(store.JOBS, "importmodel")


@pytest.fixture
def server():
    with serving() as server:
        yield server


def codes(events, kind="info"):
    return [e["code"] for e in events.events if e["event"] == kind]


# -- what is listed


def test_every_model_is_listed_with_its_state():
    states = {e.id: e.state for e in entries()}
    assert states[BUNDLED_MODEL] == "shipped" and states[FLAIR] == states[GERS] == "known"
    assert set(states.values()) == {"shipped", "known"} and len(states) == 24
    assert ready_ids() == [BUNDLED_MODEL]
    assert entries()[0].id == BUNDLED_MODEL, "what can be run comes first"


def test_the_folder_is_the_one_beside_the_engine_unless_named(monkeypatch, tmp_path):
    assert user_folder() == tmp_path / "models"
    monkeypatch.delenv("OCSIA_MODELS")
    assert user_folder().parts[-2:] == ("ocsia", "models")


def test_an_entry_says_what_its_card_says():
    entry = find_entry(PINNED)
    assert entry.bands == ("R", "V", "B", "I", "E") and entry.gsd == 0.2 and entry.classes == 15
    assert (entry.weights.name, entry.weights.size) == (f"{PINNED}_weights.pth", 97_957_843)
    assert entry.confusion.name == "confmat.npy" and entry.mean_iou == 0.5863 and entry.licence == "etalab-2.0"
    assert not entry.learning and find_entry(BUNDLED_MODEL).learning
    assert json.dumps(entry.as_dict())


def test_an_imported_model_is_ready(folder):
    put_model(folder, "mine")
    assert find_entry("mine").state == "imported" and "mine" in ready_ids()
    assert find_model("mine").file == folder / "mine" / "model.onnx"


def test_an_imported_model_of_the_catalogue_keeps_its_addresses(folder):
    put_model(folder, FLAIR)
    assert find_entry(FLAIR).state == "imported" and find_entry(FLAIR).weights.name == WEIGHTS


def test_weights_alone_are_fetched_not_ready(folder):
    put_weights(folder, FLAIR)
    assert find_entry(FLAIR).state == "fetched"
    with pytest.raises(OcsiaError) as refusal:
        find_model(FLAIR)
    assert refusal.value.code == "model-not-ready"


def test_the_bundled_model_cannot_be_replaced(folder):
    put_model(folder, BUNDLED_MODEL)
    assert find_entry(BUNDLED_MODEL).state == "shipped"


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"properties": {}, "assets": {}}', "null"])
def test_a_broken_card_is_listed_with_its_reason_and_hides_no_other(folder, content):
    (put_model(folder, "mine") / "card.json").write_text(content)
    entry = find_entry("mine")
    assert entry.state == "broken" and entry.problem["code"] == "model-card-invalid"
    assert BUNDLED_MODEL in ready_ids() and "mine" not in ready_ids()
    with pytest.raises(OcsiaError) as refusal:
        find_model("mine")
    assert refusal.value.code == "model-card-invalid" and str(refusal.value)


def test_an_address_cannot_name_a_file_elsewhere(folder):
    card = put_model(folder, "mine") / "card.json"
    content = json.loads(card.read_text(encoding="utf-8"))
    content["assets"]["weights"] = {"href": "https://example.org/a/..%2F..%2Fx", "roles": ["mlm:weights"]}
    card.write_text(json.dumps(content))
    assert find_entry("mine").state == "broken"


def test_a_folder_is_not_taken_for_a_model(folder):
    (folder / "empty").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    assert {e.state for e in entries()} == {"shipped", "known"}


def test_an_unknown_model_is_refused_with_those_that_can_be_run():
    with pytest.raises(OcsiaError) as refusal:
        find_model("nothing")
    assert refusal.value.code == "model-missing" and refusal.value.params["known"] == BUNDLED_MODEL


# -- fetch


@pytest.mark.usefixtures("kept")
def test_fetch_gets_the_weights_and_the_confusion_matrix(folder, server, resources, recorder):
    entry, events = resources(server), recorder()
    store.fetch(entry, events, loopback=True)
    assert (folder / ".downloads" / FLAIR / WEIGHTS).read_bytes() == BODY
    assert {p.name for p in (folder / ".downloads" / FLAIR).iterdir()} == {"confmat.npy", WEIGHTS, "fetched.json"}
    assert find_entry(FLAIR).state == "fetched"
    # Nobody pinned the file: its digest is recorded, and said to be no more than that.
    assert json.loads((folder / ".downloads" / FLAIR / "fetched.json").read_text())["sha256"] == DIGEST
    assert "info-not-pinned" in codes(events) and "info-weights-only" in codes(events)


def test_what_was_fetched_is_imported_where_the_engine_can(folder, server, resources, recorder, monkeypatch):
    """By the job of that kind, with the catalogue's card; the matrix goes beside the model, the weights have served."""
    imported = []

    def importing(job, events):
        imported.append(job)
        put_model(folder, FLAIR)

    monkeypatch.setitem(store.JOBS, "importmodel", lambda **fields: fields)
    monkeypatch.setattr("ocsia_plugin.engine.dispatch.run_job", importing)
    entry = resources(server)
    store.fetch(entry, recorder(), loopback=True)
    (job,) = imported
    assert job["id"] == FLAIR and Path(job["file"]).name == WEIGHTS and job["card"] == str(entry.card)
    assert sorted(p.name for p in (folder / FLAIR).iterdir()) == ["card.json", "confmat.npy", "model.onnx"]
    assert not (folder / ".downloads" / FLAIR).exists() and find_entry(FLAIR).state == "imported"


@pytest.mark.usefixtures("kept")
def test_what_is_here_is_not_fetched_again(folder, server, resources, recorder):
    entry = resources(server)
    store.fetch(entry, recorder(), loopback=True)
    store.fetch(entry, recorder(), loopback=True)
    assert len(server.requests) == 2


def test_a_pinned_file_must_agree(folder, server, resources, recorder):
    entry = resources(server, **{"file:checksum": "1220" + "0" * 64})
    with pytest.raises(OcsiaError) as refusal:
        store.fetch(entry, recorder(), loopback=True)
    assert refusal.value.code == "model-hash" and find_entry(FLAIR).state == "known"
    assert list((folder / ".downloads" / FLAIR).iterdir()) == []


@pytest.mark.usefixtures("kept")
def test_without_a_confusion_matrix_the_model_is_fetched_all_the_same(folder, server, resources, recorder):
    entry, events = resources(server, **{"file:checksum": "1220" + DIGEST}), recorder()
    server.script = [lambda handler: handler.whole(), status(404)]
    store.fetch(entry, events, loopback=True)
    assert codes(events, "warning") == ["warn-no-confusion"] and "info-pinned" in codes(events)
    assert find_entry(FLAIR).state == "fetched"


def test_what_cannot_be_fetched(folder, recorder):
    for model, code in ((BUNDLED_MODEL, "model-shipped"), (GERS, "model-no-address")):
        with pytest.raises(OcsiaError) as refusal:
            store.fetch(find_entry(model), recorder())
        assert refusal.value.code == code
    put_model(folder, GERS)
    events = recorder()
    store.fetch(find_entry(GERS), events)
    assert codes(events) == ["info-here"]


@pytest.mark.usefixtures("kept")
def test_a_download_that_a_later_card_does_not_accept_is_made_again(folder, server, resources, recorder):
    entry = resources(server)
    store.fetch(entry, recorder(), loopback=True)
    pinned = replace(entry, weights=replace(entry.weights, sha256="0" * 64))
    with pytest.raises(OcsiaError) as refusal:
        store.fetch(pinned, recorder(), loopback=True)
    assert refusal.value.code == "model-hash"


# -- show, verify, delete


def test_show_says_what_is_published_per_class_and_per_group(folder, run):
    assert run(ModelsJob(action="show", id=FLAIR)).results["ACCURACY"] is None
    matrix = np.zeros((19, 19), np.int64)
    matrix[5, 5], matrix[5, 6], matrix[0, 5] = 60, 40, 20
    np.save(put_weights(folder, FLAIR).with_name("confmat.npy"), matrix)
    accuracy = run(ModelsJob(action="show", id=FLAIR)).results["ACCURACY"]
    assert accuracy["classes"]["6"]["recall"] == 0.6 and accuracy["groups"]["ligneux"]["recall"] == 1.0
    lines = shell("show", FLAIR).stdout.splitlines()
    assert ["ligneux", "83.3", "100.0", "83.3"] in [line.split() for line in lines]
    assert "No statistic" in shell("show", "FLAIR-INC_rgb_15cl_mitb5-unet").stdout


def answer(content: bytes):
    """A server's answer that holds ``content``."""

    def handle(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    return handle


def test_from_the_address_to_precision_and_recall(folder, server, resources, recorder, run, tmp_path):
    """All of it for real: weights in FLAIR-INC's layout and their matrix are fetched, imported, and shown."""
    unet = ign_files.skeleton_named("smp-unet-resnet34")
    state = ign_files.with_companions(unet, ign_files.random_weights(unet, 4, 19, head=0.05))
    weights = ign_files.save(tmp_path / WEIGHTS, ign_files.flair_inc(state, np.ones(19))).read_bytes()
    matrix = np.random.default_rng(0).integers(0, 10_000, (19, 19))
    np.save(tmp_path / "confmat.npy", matrix)
    server.script = [answer(weights), answer((tmp_path / "confmat.npy").read_bytes())]
    store.fetch(resources(server), recorder(), loopback=True)
    assert find_entry(FLAIR).state == "imported" and find_model(FLAIR).bands == ("R", "V", "B", "I")
    accuracy = run(ModelsJob(action="show", id=FLAIR)).results["ACCURACY"]
    kept = [*range(14), 17]
    trained = matrix[np.ix_(kept, kept)]
    for place, code in enumerate((*range(1, 15), 18)):
        figures = accuracy["classes"][str(code)]
        assert figures["precision"] == pytest.approx(trained[place, place] / trained[:, place].sum())
        assert figures["recall"] == pytest.approx(trained[place, place] / trained[place].sum())
    woody = trained[5:8, 5:8].sum()
    assert accuracy["groups"]["ligneux"]["precision"] == pytest.approx(woody / trained[:, 5:8].sum())
    assert accuracy["groups"]["ligneux"]["recall"] == pytest.approx(woody / trained[5:8].sum())


def test_verify_the_bundled_model(run):
    done = run(ModelsJob(action="verify", id=BUNDLED_MODEL))
    assert "info-pinned" in done.codes("info") and done.results["MODEL"]["state"] == "shipped"


def test_verify_finds_a_changed_model(folder, run):
    (put_model(folder, "mine") / "model.onnx").write_bytes(b"something else")
    with pytest.raises(OcsiaError) as refusal:
        run(ModelsJob(action="verify", id="mine"))
    assert refusal.value.code == "model-hash"


def test_verify_compares_with_the_download_where_nothing_is_pinned(folder, run):
    path = put_weights(folder, FLAIR)
    assert "info-not-pinned" in run(ModelsJob(action="verify", id=FLAIR)).codes("info")
    record = {"path": path.name, "sha256": hashlib.sha256(BODY).hexdigest()}
    (path.parent / "fetched.json").write_text(json.dumps(record))
    assert "info-unchanged" in run(ModelsJob(action="verify", id=FLAIR)).codes("info")
    path.write_bytes(BODY[:-1])
    with pytest.raises(OcsiaError) as refusal:
        run(ModelsJob(action="verify", id=FLAIR))
    assert refusal.value.code == "model-hash"


def test_verify_compares_with_the_pin_first(folder, run):
    put_weights(folder, PINNED)
    with pytest.raises(OcsiaError) as refusal:
        run(ModelsJob(action="verify", id=PINNED))
    assert refusal.value.code == "model-hash"


def test_delete(folder, run):
    put_model(folder, "mine")
    put_weights(folder, FLAIR)
    assert run(ModelsJob(action="delete", id="mine")).results == {"MODEL": None}
    assert run(ModelsJob(action="delete", id=FLAIR)).results["MODEL"]["state"] == "known"
    assert [str(p.relative_to(folder)) for p in folder.rglob("*")] == [".downloads"]


def test_delete_does_not_follow_a_link(folder, run, tmp_path):
    target = put_model(tmp_path / "elsewhere", "target")
    folder.mkdir()
    (folder / "mine").symlink_to(target, target_is_directory=True)
    run(ModelsJob(action="delete", id="mine"))
    assert not (folder / "mine").exists() and (target / "model.onnx").exists()


@pytest.mark.parametrize(
    ("action", "model", "code"),
    [
        ("delete", BUNDLED_MODEL, "model-shipped"),
        ("delete", FLAIR, "model-not-here"),
        ("verify", FLAIR, "model-not-here"),
        ("delete", "../models", "model-missing"),
        ("fetch", "nothing", "model-missing"),
        ("fetch", "", "job-invalid"),
        ("show", "", "job-invalid"),
        ("paint", FLAIR, "job-invalid"),
    ],
)
def test_what_cannot_be_done_is_said(run, action, model, code):
    with pytest.raises(OcsiaError) as refusal:
        run(ModelsJob(action=action, id=model))
    assert refusal.value.code == code


# -- through the worker and from a shell


def test_the_worker_lists(recorder):
    events = recorder()
    assert execute(ModelsJob().to_json(), events) == 0
    models = events.events[-1]["results"]["MODELS"]
    assert len(models) == 24 and models[0]["id"] == BUNDLED_MODEL
    assert json.dumps(models)


def shell(*arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "ocsia_plugin.engine", "models", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=dict(os.environ))


def test_the_shell_lists_on_standard_output():
    lines = shell().stdout.splitlines()
    assert len(lines) == 24 and lines[0].split() == [BUNDLED_MODEL, "shipped", "RVB", "15"]
    assert any(line.split() == [PINNED, "known", "RVBIE", "15", "mIoU", "0.586"] for line in lines)


def test_the_shell_verifies_and_deletes(folder):
    put_model(folder, "mine")
    assert shell("verify", "mine").returncode == 0
    done = shell("delete", "mine", "--json")
    assert done.returncode == 0 and json.loads(done.stdout.splitlines()[-1])["event"] == "done"
    again = shell("delete", "mine")
    assert again.returncode == 1 and "mine" in again.stderr and "Traceback" not in again.stderr


def test_an_imported_model_runs(folder, run, write_raster, read, town, out):
    put_model(folder, "mine")
    small = write_raster(out / "ortho.tif", town.rgb[:, :32, :32])
    results = [
        run(PredictJob(input=small, model=model, classes=str(out / f"{model}.tif"))).results["CLASSES"]
        for model in ("mine", BUNDLED_MODEL)
    ]
    assert np.array_equal(*(read(path)[0] for path in results))
