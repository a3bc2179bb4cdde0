"""Models and rasters of one nomenclature delivered in another: the same sums from predict and from argmax."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio

from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.jobs import ArgmaxJob, PredictJob
from ocsia_plugin.engine.mappings import conversion
from ocsia_plugin.engine.models.card import ModelCard
from ocsia_plugin.engine.nomenclature import load_nomenclature
from ocsia_plugin.engine.products.choice import most_probable
from ocsia_plugin.engine.runtime.session import OnnxSession

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("probabilities", "classes", "confidence")

# What the bundled model says, as FLAIR-HUB's classes: NAF 13 and 14 as grass and crops, NAF 15 as "ligneous".
HUB_CODES = (1, 5, 4, 3, 6, 7, 8, 14, 16, 13, 15, 12, 9, 10, 17)
HUB = load_nomenclature("flairhub19")
NAF = load_nomenclature("naf15")


@pytest.fixture(scope="module")
def hub_model(card: ModelCard, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The bundled network with a card that gives its classes to FLAIR-HUB."""
    folder = tmp_path_factory.mktemp("model")
    shutil.copy(card.file, folder / "model.onnx")
    content = json.loads(card.file.with_name("card.json").read_text(encoding="utf-8"))
    content["id"] = "hub"
    content["properties"]["ocsia:nomenclature"] = "flairhub19"
    classes = content["properties"]["mlm:output"][0]["classification:classes"]
    for c, code in zip(classes, HUB_CODES, strict=True):
        c["value"] = code
    (folder / "model.json").write_text(json.dumps(content), encoding="utf-8")
    return str(folder / "model.onnx")


@dataclass
class Delivered:
    """The products of a model in its own nomenclature (folder ``own``) and in NAF (folder ``naf``)."""

    folder: Path
    run: Any


@pytest.fixture(scope="module")
def delivered(
    hub_model: str, town: Any, write_raster: Callable, run: Callable, tmp_path_factory: pytest.TempPathFactory
) -> Delivered:
    folder = tmp_path_factory.mktemp("delivered")
    mask = np.ones((120, 160), bool)
    mask[:20, :30] = False
    ortho = write_raster(folder / "ortho.tif", town.rgb[:, 100:220, 100:260], mask=mask)
    for name, nomenclature in (("own", ""), ("naf", "naf15")):
        (folder / name).mkdir()
        outputs = {n: str(folder / name / f"{n}.tif") for n in NAMES}
        done = run(PredictJob(input=ortho, model=hub_model, nomenclature=nomenclature, **outputs))
    return Delivered(folder, done)


def legend(path: Path) -> dict[str, Any]:
    with rasterio.open(path) as raster:
        return json.loads(raster.tags()["OCSIA_LEGEND"])


def test_predict_delivers_the_sums(delivered, read):
    own, valid = read(str(delivered.folder / "own" / "probabilities.tif"))
    found, seen = read(str(delivered.folder / "naf" / "probabilities.tif"))
    made = conversion(HUB, HUB_CODES, "naf15", "fr")
    assert (valid == seen).all() and not valid.all()
    assert (found == np.where(valid, made.apply(own), 0)).all()
    assert own[[12, 13]].any(axis=(1, 2)).all(), "nothing to add up here"
    codes, confidence = most_probable(found, [c.code for c in made.classes])
    assert (read(str(delivered.folder / "naf" / "classes.tif"))[0][0] == codes).all()
    assert (read(str(delivered.folder / "naf" / "confidence.tif"))[0][0] == confidence).all()


def test_argmax_of_the_models_own_probabilities_is_the_same(delivered, run, out):
    source = str(delivered.folder / "own" / "probabilities.tif")
    job = ArgmaxJob(
        input=source, output=str(out / "classes.tif"), confidence=str(out / "confidence.tif"), nomenclature="naf15"
    )
    assert "info-delivered" in run(job).codes("info")
    for name in ("classes.tif", "classes.tif.aux.xml", "classes.qml", "confidence.tif"):
        assert (out / name).read_bytes() == (delivered.folder / "naf" / name).read_bytes(), name


def test_argmax_of_the_delivered_probabilities_is_the_same(delivered, run, out):
    run(ArgmaxJob(input=str(delivered.folder / "naf" / "probabilities.tif"), output=str(out / "classes.tif")))
    assert (out / "classes.tif").read_bytes() == (delivered.folder / "naf" / "classes.tif").read_bytes()


def test_the_files_speak_the_nomenclature_that_was_asked_for(delivered):
    folder = delivered.folder / "naf"
    with rasterio.open(folder / "classes.tif") as raster:
        table = raster.colormap(1)
    wanted = [c for c in NAF.classes if c.key not in ("terre_labouree", "autres")]
    assert {code: colour[:3] for code, colour in table.items() if colour[3] and any(colour[:3])} == {
        c.code: c.rgb for c in wanted
    }
    with rasterio.open(folder / "probabilities.tif") as raster:
        assert list(raster.descriptions) == [c.fr for c in wanted]
    names = (folder / "classes.tif.aux.xml").read_text(encoding="utf-8")
    style = (folder / "classes.qml").read_text(encoding="utf-8")
    for c in wanted:
        assert f"<Category>{c.fr}</Category>" in names
        assert f'label="{c.fr}"' in style and c.color in style


def test_the_tags_say_what_was_done(delivered):
    own, naf = (legend(delivered.folder / name / "classes.tif") for name in ("own", "naf"))
    assert own["nomenclature"] == "flairhub19" and own["producer_counts_from"] == 0 and "mapping" not in own
    assert naf["nomenclature"] == "naf15" and "producer_counts_from" not in naf
    assert naf["mapping"]["from"] == "flairhub19" and naf["mapping"]["ignored"] == [17]
    assert (naf["mapping"]["codes"]["9"], naf["mapping"]["codes"]["10"]) == (13, 13)


def test_the_log_says_what_was_done(delivered):
    assert "FLAIR-HUB" in delivered.run.params("info-delivered")["source"]
    assert delivered.run.params("info-ignored")["names"] == "Ligneux"


def test_groups_are_those_of_the_nomenclature_that_was_asked_for(delivered, run, read, out):
    source = str(delivered.folder / "own" / "probabilities.tif")
    run(ArgmaxJob(input=source, output=str(out / "c.tif"), nomenclature="naf15", groups="herbe=13; ligneux"))
    codes = set(np.unique(read(str(out / "c.tif"))[0]).tolist())
    assert codes & {101, 102} and not codes & {8, 10, 11, 13}


def test_a_second_delivery_keeps_the_first_in_the_tags(delivered, run, out):
    """FLAIR-HUB to NAF, then to CoSIA, which works without the class that would have to be split."""
    source = out / "p.tif"
    shutil.copy(delivered.folder / "naf" / "probabilities.tif", source)
    with rasterio.open(source) as raster:
        values, profile, tag = raster.read(), raster.profile, legend(source)
    keep = [n for n, c in enumerate(tag["classes"]) if c["code"] != 13]
    tag["classes"] = [tag["classes"][n] for n in keep]
    profile.update(driver="GTiff", count=len(keep))
    with rasterio.open(out / "q.tif", "w", **profile) as raster:
        raster.write(values[keep])
        raster.update_tags(OCSIA_LEGEND=json.dumps(tag))
    run(ArgmaxJob(input=str(out / "q.tif"), output=str(out / "c.tif"), nomenclature="cosia"))
    mapping = legend(out / "c.tif")["mapping"]
    assert (mapping["from"], mapping["before"]["from"]) == ("naf15", "flairhub19")


def test_where_nothing_is_left_there_is_no_data(hub_model, town_tif, run, read, out, monkeypatch):
    """Every other column: sure of a class that NAF has no place for."""

    def probabilities(self: OnnxSession, image: np.ndarray, halo: int = 0) -> np.ndarray:
        values = np.zeros((15, *(size - 2 * halo for size in image.shape[1:])), np.uint8)
        values[14, :, ::2] = 255
        values[0, :, 1::2] = 255
        return values

    monkeypatch.setattr(OnnxSession, "probabilities", probabilities)
    outputs = {n: str(out / f"{n}.tif") for n in NAMES}
    run(PredictJob(input=town_tif, model=hub_model, nomenclature="naf15", **outputs))
    for name in NAMES:
        values, valid = read(outputs[name])
        assert valid.sum() == valid.size // 2, name
        assert not values[:, ~valid].any(), name

    def only_ignored(self: OnnxSession, image: np.ndarray, halo: int = 0) -> np.ndarray:
        values = probabilities(self, image, halo)
        values[:14] = 0
        return values

    monkeypatch.setattr(OnnxSession, "probabilities", only_ignored)
    with pytest.raises(OcsiaError) as refusal:
        run(PredictJob(input=town_tif, model=hub_model, nomenclature="naf15", classes=str(out / "none.tif")))
    assert refusal.value.code == "raster-empty"


@pytest.mark.parametrize(
    ("nomenclature", "code"),
    [
        ("cosia", "mapping-splits"),
        ("ocsge_cs", "mapping-lacks"),
        ("flair19", "mapping-none"),
        ("x", "nomenclature-missing"),
    ],
)
def test_what_naf_cannot_become_is_refused_before_anything_is_read(nomenclature, code, run, town_products, out):
    jobs = [
        PredictJob(input="/nowhere.tif", classes=str(out / "c.tif"), nomenclature=nomenclature),
        ArgmaxJob(input=town_products.probabilities, output=str(out / "c.tif"), nomenclature=nomenclature),
    ]
    for job in jobs:
        with pytest.raises(OcsiaError) as refusal:
            run(job)
        assert refusal.value.code == code
    assert list(out.iterdir()) == []


def test_the_models_own_nomenclature_changes_nothing(run, town_products, out):
    run(ArgmaxJob(input=town_products.probabilities, output=str(out / "classes.tif"), nomenclature="naf15"))
    assert (out / "classes.tif").read_bytes() == (town_products.folder / "classes.tif").read_bytes()


def test_from_the_command_line(delivered, hub_model, out):
    command = [sys.executable, "-m", "ocsia_plugin.engine", "predict", "--input", str(delivered.folder / "ortho.tif")]
    command += ["--model", hub_model, "--classes", str(out / "classes.tif"), "--nomenclature", "naf15"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert "are delivered as NAF" in done.stderr
    assert (out / "classes.tif").read_bytes() == (delivered.folder / "naf" / "classes.tif").read_bytes()
