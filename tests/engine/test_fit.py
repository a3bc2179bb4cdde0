"""Which models fit the bands at hand: roles of an image's bands, the best model first, why another does not fit."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio
from hypothesis import given
from hypothesis import strategies as st

from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.jobs import BUNDLED_MODEL, ModelsJob, PredictJob
from ocsia_plugin.engine.messages import sentence
from ocsia_plugin.engine.models.catalogue import Entry, RemoteFile
from ocsia_plugin.engine.models.fit import advice, fitting
from ocsia_plugin.engine.ortho.roles import image_roles, missing, places

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("OCSIA_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


# -- roles of bands


@pytest.mark.parametrize(
    ("descriptions", "colours", "roles"),
    [
        ([], [], ""),
        ([None], ["gray"], "?"),
        ([None] * 2, ["gray", "undefined"], "??"),
        ([None] * 3, ["red", "green", "blue"], "RVB"),
        ([None] * 3, ["gray", "undefined", "undefined"], "RVB"),
        ([None] * 3, ["blue", "green", "red"], "BVR"),
        ([None] * 4, ["red", "green", "blue", "undefined"], "RVBI"),
        ([None] * 4, ["nir", "red", "green", "blue"], "IRVB"),
        ([None] * 5, ["gray"] + ["undefined"] * 4, "RVBIE"),
        ([None] * 7, ["red", "green", "blue"] + ["undefined"] * 4, "RVBIE??"),
        (["PIR", "Rouge", "Vert"], ["red", "green", "blue"], "IRV"),
        (["R", "V", "B", "I", "E"], ["gray"] + ["undefined"] * 4, "RVBIE"),
        (["R", "R", "B"], ["red", "green", "blue"], "RVB"),
        (["R", None, "B"], ["red", "green", "blue"], "RVB"),
        (["band 1", "band 2", "band 3", "nir"], ["red", "green", "blue", "undefined"], "RVBI"),
    ],
)
def test_roles(descriptions, colours, roles):
    assert "".join(image_roles(descriptions, colours)) == roles


@given(colours=st.lists(st.sampled_from(["red", "green", "blue", "nir", "gray", "undefined"]), max_size=8))
def test_no_role_stands_twice(colours):
    roles = image_roles([None] * len(colours), colours)
    assert len(roles) == len(colours)
    known = [role for role in roles if role != "?"]
    assert len(known) == len(set(known))


def test_places_and_what_is_missing():
    assert places("IRV", "RVBI") == [3, 0, 1] and missing("IRV", "RVBI") == []
    assert places("RVBIE", "RVBI") is None and missing("RVBIE", "RVBI") == ["E"]
    # Roles that nobody else has: the bands as they come.
    assert places(("SAR1", "SAR2"), "??") == [0, 1]
    assert places(("SAR1", "SAR2"), "?") is None and missing(("SAR1", "SAR2"), "?") == ["SAR2"]


# -- models

REMOTE = RemoteFile("https://example.org/w.pth", "w.pth")
BASE = Entry("base", "shipped", Path("card.json"), bands=tuple("RVB"), gsd=0.2)


def entry(name: str, **changes) -> Entry:
    return replace(BASE, id=name, **changes)


def order(entries, roles, gsd=None):
    return [e.id for e in fitting(entries, roles, gsd)[0]]


def test_best_first():
    models = [
        entry("no address", state="known", overall=0.9, bands=tuple("RVBIE")),
        entry("to fetch", state="known", weights=REMOTE, mean_iou=0.9, bands=tuple("RVBIE")),
        entry("learning", learning=True, mean_iou=0.9),
        entry("three bands", mean_iou=0.5),
        entry("three bands, better", mean_iou=0.6),
        entry("three bands, overall", overall=0.9),
        entry("five bands", state="imported", bands=tuple("RVBIE")),
    ]
    assert order(models, "RVBIE") == [
        "five bands",
        "three bands, better",
        "three bands",
        "three bands, overall",
        "learning",
        "to fetch",
        "no address",
    ]


def test_each_other_has_its_reason():
    models = [
        BASE,
        entry("five", bands=tuple("RVBIE")),
        entry("coarse", gsd=1.0),
        entry("broken", state="broken", problem={"code": "model-card-invalid", "params": {"path": "c", "reason": "x"}}),
    ]
    fit, others = fitting(models, "RVBI", 0.2)
    assert fit == [BASE]
    reasons = {e.id: reason for e, reason in others}
    assert reasons["five"] == {"code": "why-bands-missing", "params": {"bands": "E"}}
    assert reasons["coarse"] == {"code": "why-gsd-far", "params": {"wanted": 1.0, "found": 0.2}}
    assert all(sentence(reason["code"], reason["params"]) for reason in reasons.values())


@pytest.mark.parametrize(("gsd", "fits"), [(0.05, False), (0.1, True), (0.2, True), (0.5, True), (1.0, False)])
def test_pixels_of_20_to_50_cm_fit_a_model_of_20(gsd, fits):
    assert bool(order([BASE], "RVB", gsd)) is fits


def test_advice():
    to_fetch = [entry(f"m{i}", state="known", weights=REMOTE) for i in range(5)]
    both = advice([BASE, *to_fetch], "RVB")
    assert both["params"] == {"ready": "base", "to_fetch": "m0, m1, m2"}
    assert advice([BASE], "RVB")["code"] == "advice-models-ready"
    assert advice(to_fetch, "RVB")["code"] == "advice-models-fetch"
    assert advice([BASE, *to_fetch], "RV")["code"] == "advice-bands"
    assert advice([entry("known", state="known")], "RVB")["code"] == "advice-bands", "nothing that can be had"


# -- predict and the list


@pytest.fixture
def infrared(folder) -> str:
    """A model of I, R, V, imported: the bundled one under another card. Its id."""
    here = folder / "infrared"
    here.mkdir(parents=True)
    source = ROOT / "resources" / "models" / BUNDLED_MODEL
    shutil.copy(source / "model.onnx", here / "model.onnx")
    card = json.loads((source / "card.json").read_text(encoding="utf-8"))
    card["properties"]["mlm:input"][0]["bands"] = ["I", "R", "V"]
    (here / "card.json").write_text(json.dumps(card), encoding="utf-8")
    return here.name


def test_a_refusal_names_the_models_that_fit(run, infrared, write_raster, town, out):
    with pytest.raises(OcsiaError) as refusal:
        path = write_raster(out / "o.tif", town.rgb[:, :32, :32])
        run(PredictJob(input=path, model=infrared, classes=str(out / "c.tif")))
    assert refusal.value.code == "raster-bands"
    assert refusal.value.params["advice"]["params"]["ready"] == BUNDLED_MODEL
    assert "FLAIR-INC_rgb_12cl_resnet34-unet" in str(refusal.value) and "R, V, B" in str(refusal.value)
    assert [p.name for p in out.iterdir()] == ["o.tif"]


def test_bands_are_read_by_their_role(run, infrared, write_raster, read, town, out):
    """I, R, V of an image R, V, B, I are what the same pixels as three bands give to the model of R, V, B."""
    image = town.rgb[:, :48, :48]
    four = np.stack([image[1], image[2], np.zeros_like(image[0]), image[0]])
    mixed, plain = write_raster(out / "four.tif", four), write_raster(out / "three.tif", image)
    results = [
        run(PredictJob(input=path, model=model, classes=str(out / f"{model}.tif"))).results["CLASSES"]
        for path, model in ((mixed, infrared), (plain, BUNDLED_MODEL))
    ]
    assert np.array_equal(*(read(path)[0] for path in results))


def test_descriptions_tell_a_false_colour_image(run, infrared, write_raster, town, out):
    path = write_raster(out / "irc.tif", town.rgb[:, :32, :32])
    with rasterio.open(path, "r+") as raster:
        raster.descriptions = ("PIR", "R", "V")
    done = run(PredictJob(input=path, model=infrared, classes=str(out / "c.tif")))
    assert "info-extra-bands" not in done.codes("info")
    with pytest.raises(OcsiaError) as refusal:
        run(PredictJob(input=path, classes=str(out / "d.tif")))
    assert refusal.value.params["roles"] == "I, R, V"
    assert refusal.value.params["advice"]["params"]["ready"] == infrared


def test_the_list_for_an_image(run, infrared, write_raster, town, out):
    path = write_raster(out / "o.tif", town.rgb[:, :32, :32])
    models = run(ModelsJob(image=path)).results["MODELS"]
    assert len(models) == 25 and models[0]["id"] == BUNDLED_MODEL and models[0]["misfit"] is None
    reasons = {m["id"]: m["misfit"] for m in models}
    assert reasons[infrared]["params"] == {"bands": "I"}
    fits = [m["misfit"] is None for m in models]
    assert fits == sorted(fits, reverse=True)


def test_what_is_published_is_said_before_the_run(run, folder, infrared, write_raster, town, out):
    path = write_raster(out / "o.tif", np.concatenate([town.rgb[:, :32, :32]] * 2)[:4])
    card = folder / infrared / "card.json"
    content = json.loads(card.read_text(encoding="utf-8"))

    def said(accuracy):
        content["properties"]["ocsia:accuracy"] = accuracy
        card.write_text(json.dumps(content), encoding="utf-8")
        return run(PredictJob(input=path, model=infrared, classes=str(out / "c.tif")))

    assert said({"overall_accuracy": 0.7637}).params("info-accuracy") == {"overall": 76.4}
    assert "info-no-accuracy" in said({}).codes("info")
    (folder / infrared / "confmat.npy").write_bytes(b"rubbish")
    assert "confusion-invalid" in said({}).codes("warning")
