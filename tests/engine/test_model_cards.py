"""Cards: valid STAC MLM, faithful to what is published, generated from the tables; accuracy from a confusion matrix."""

from __future__ import annotations

import json
import os
import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import pystac
import pytest
from pystac.extensions.mlm import MLMExtension
from pystac.validation.stac_validator import JsonSchemaSTACValidator

from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.models.accuracy import published_accuracy, read_confusion
from ocsia_plugin.engine.models.card import read_card
from tools import make_catalogue

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "resources" / "models"
CATALOGUE = sorted((MODELS / "catalogue").glob("*.json"))
CARDS = [*sorted(MODELS.glob("*/card.json")), *CATALOGUE]


def content(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def named(model_id: str) -> Path:
    return MODELS / "catalogue" / f"{model_id}.json"


each_card = pytest.mark.parametrize("path", CARDS, ids=lambda p: content(p)["id"])


@each_card
def test_a_card_is_a_stac_item(path):
    """Against the schemas of STAC that pystac brings: without a network."""
    JsonSchemaSTACValidator().validate_core(content(path), pystac.STACObjectType.ITEM, "1.1.0")


@each_card
def test_a_card_speaks_mlm(path):
    card, item = read_card(path), pystac.Item.from_dict(content(path), preserve_dict=True)
    mlm = MLMExtension.ext(item)
    assert MLMExtension.get_schema_uri() in item.stac_extensions, "mlm v1.4.0"
    assert mlm.mlm_name == item.id and mlm.architecture and mlm.tasks == ["semantic-segmentation"]
    (model_input,), (model_output,) = mlm.input, mlm.output
    assert len(model_input.to_dict()["value_scaling"]) == model_input.input.shape[1] == len(card.bands)
    assert model_input.input.data_type == model_output.result.data_type == "uint8"
    assert model_output.result.shape[1] == len(model_output.classes) == len(card.codes)


@each_card
def test_a_card_keeps_what_the_schema_of_mlm_asks_beyond_pystac(path):
    card = content(path)
    properties, assets = card["properties"], card["assets"]
    # Bands are names, described in the item's bands, which STAC allows only where an asset has bands too.
    names = properties["mlm:input"][0]["bands"]
    assert [band["name"] for band in properties["bands"]] == names
    models = [asset for asset in assets.values() if "mlm:model" in asset["roles"]]
    assert len(models) == 1 and [band["name"] for band in models[0]["bands"]] == names
    for asset in assets.values():
        assert ("mlm:artifact_type" in asset) == ("mlm:model" in asset["roles"])
    for each in properties["mlm:output"][0]["classification:classes"]:
        assert {"value", "name", "description"} <= set(each)


@each_card
def test_a_card_is_read_by_the_library_of_mlm(path):
    """Of the extension's own authors; it validates without a network."""
    schema = pytest.importorskip("stac_model.schema", reason="stac-model is not installed")
    properties = {k: v for k, v in content(path)["properties"].items() if k.startswith("mlm:")}
    for each in properties["mlm:output"][0]["classification:classes"]:
        del each["title"]  # of classification v2, which that library has not
    schema.MLModelProperties(**properties)


@pytest.mark.skipif(not os.environ.get("OCSIA_NETWORK"), reason="OCSIA_NETWORK is not set: no schema is fetched")
@each_card
def test_a_card_is_valid_for_each_of_its_extensions(path):
    pystac.Item.from_dict(content(path), preserve_dict=True).validate()


@pytest.mark.parametrize("path", CATALOGUE, ids=lambda p: p.stem)
def test_a_card_of_the_catalogue_agrees_with_the_tables(path):
    assert make_catalogue.cards()[path.name] == path.read_text(encoding="utf-8"), "run: python -m tools.make_catalogue"


def test_the_catalogue_holds_the_three_families_and_nothing_else():
    assert {p.name for p in CATALOGUE} == set(make_catalogue.cards())
    families = [p.name.split("_")[0].split("-unet")[0].split("-deeplab")[0] for p in CATALOGUE]
    assert {family: families.count(family) for family in families} == {"FLAIR-INC": 8, "FLAIR-HUB": 9, "gers2019": 6}


def test_what_is_published_is_there_and_what_is_not_is_absent():
    weights = content(named("FLAIR-INC_rgbie_15cl_resnet34-unet"))["assets"]["weights"]
    assert weights["file:size"] == 97_957_843 and weights["file:checksum"].startswith("1220e7be9248")
    assert weights["href"] == (
        "https://huggingface.co/IGNF/FLAIR-INC_rgbie_15cl_resnet34-unet/resolve/main/"
        "FLAIR-INC_rgbie_15cl_resnet34-unet_weights.pth"
    )
    unpinned = content(named("FLAIR-INC_rgbi_15cl_resnet34-unet"))["assets"]["weights"]
    assert not {"file:size", "file:checksum"} & set(unpinned)
    gers = content(named("gers2019-unet-rvbie"))
    assert "weights" not in gers["assets"] and "license" not in gers["properties"]


def test_bands_and_normalisation():
    ir = read_card(named("FLAIR-HUB_LC-A_IR_swinbase-upernet"))
    assert ir.bands == ("I", "R", "V") and ir.fill == (107, 106, 111)
    rgbie = content(named("FLAIR-INC_rgbie_15cl_resnet34-unet"))["properties"]["mlm:input"][0]["value_scaling"]
    assert [s["mean"] for s in rgbie] == [105.08, 110.87, 101.82, 106.38, 53.26]
    assert [s["stddev"] for s in rgbie] == [52.17, 45.38, 44, 39.69, 79.3]
    assert read_card(named("gers2019-deeplab-rvbi")).fill == (0, 0, 0, 0)


def test_codes_are_those_of_flair():
    card = read_card(named("FLAIR-INC_rgb_15cl_resnet34-fpn"))
    assert card.codes == (*range(1, 15), 18)
    logits = content(named("FLAIR-INC_rgb_15cl_resnet34-fpn"))["properties"]["ocsia:logits"]
    assert logits["count"] == 19 and [code - 1 for code in card.codes] == logits["used"]
    assert read_card(named("FLAIR-INC_rgb_12cl_resnet34-unet")).codes == tuple(range(1, 13))


# -- accuracy


@pytest.fixture
def flair(tmp_path):
    """The card of a FLAIR-INC model whose files lie in a folder of the test."""
    return replace(read_card(named("FLAIR-INC_rgb_15cl_resnet34-unet")), file=tmp_path / "model.onnx")


def test_without_any_figure_nothing_is_published(flair):
    assert published_accuracy(flair) is None


def test_figures_of_the_card():
    accuracy = published_accuracy(read_card(named("FLAIR-INC_rgb_12cl_resnet34-unet")))
    assert (accuracy.overall, accuracy.mean_iou) == (0.7651, 0.6272)
    assert accuracy.classes[1].precision == 0.9041 and accuracy.classes[1].recall == 0.9049
    assert 7 not in accuracy.classes and accuracy.groups == {}


def test_a_confusion_matrix_gives_precision_and_recall_per_class_and_per_group(flair):
    matrix = np.zeros((19, 19), np.int64)
    matrix[5, 5], matrix[5, 6], matrix[6, 6], matrix[6, 9], matrix[9, 9], matrix[0, 5] = 60, 40, 80, 20, 90, 10
    matrix[14, 5] = 1000  # a class that the training did not use
    np.save(flair.file.parent / "confmat.npy", matrix)
    accuracy = published_accuracy(flair)
    conifers, deciduous = accuracy.classes[6], accuracy.classes[7]
    assert conifers.recall == 60 / 100 and conifers.precision == 60 / 70 and conifers.iou == 60 / 110
    assert deciduous.recall == 80 / 100 and deciduous.precision == 80 / 120
    # Conifers taken for deciduous trees are woody all the same.
    woody = accuracy.groups["ligneux"]
    assert woody.recall == (60 + 40 + 80) / 200 and woody.precision == 180 / 190
    assert accuracy.classes[1].precision is None and accuracy.classes[1].recall == 0
    assert accuracy.overall == 230 / 300


@pytest.mark.parametrize(
    "damage",
    [
        lambda p: p.write_bytes(b"no array"),
        lambda p: p.write_bytes(b""),
        lambda p: p.write_bytes(pickle.dumps([[1, 2], [3, 4]])),
        lambda p: np.save(p, np.array([[{}, None]] * 2, dtype=object), allow_pickle=True),
        lambda p: np.save(p, np.ones((12, 12), int)),
        lambda p: np.save(p, np.ones(19, int)),
        lambda p: np.save(p, np.full((19, 19), -1)),
        lambda p: np.save(p, np.full((19, 19), 0.5)),
        lambda p: np.save(p, np.ones((400, 400), int)),
        lambda p: p.write_bytes(p.read_bytes()[:-9]),
    ],
    ids=["text", "empty", "pickle", "objects", "too few", "a row", "negative", "shares", "too large", "cut"],
)
def test_what_is_not_a_confusion_matrix_is_refused(damage, tmp_path):
    path = tmp_path / "confmat.npy"
    np.save(path, np.ones((19, 19), int))
    damage(path)
    with pytest.raises(OcsiaError) as refusal:
        read_confusion(path, 18)
    assert refusal.value.code == "confusion-invalid"
