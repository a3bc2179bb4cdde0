"""FLAIR-HUB's aerial models: from a file in IGN's layout to land cover, and which of its files are refused."""

from __future__ import annotations

import json

import numpy as np
import pytest
import rasterio

from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.jobs import ImportModelJob, PredictJob
from ocsia_plugin.engine.models.catalogue import find_model
from ocsia_plugin.engine.models.describe import describe, kept_outputs, normalisation
from ocsia_plugin.engine.models.recognise import recognise
from tools import ign_files

SWIN = ign_files.skeleton_named("smp-upernet-swintiny")
RGB = "FLAIR-HUB_LC-A_RGB_swintiny-upernet"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty folder of models."""
    monkeypatch.setenv("OCSIA_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


@pytest.fixture(scope="module")
def state():
    """Of a Swin-T with three bands and 19 outputs, as the network itself names its tensors."""
    weights = ign_files.random_weights(SWIN, 3, 19, head=0.05)
    return ign_files.with_companions(SWIN, weights)


@pytest.fixture(scope="module")
def published(state, tmp_path_factory):
    """The file under the name that IGN gave it."""
    path = tmp_path_factory.mktemp("hub") / f"{RGB}.safetensors"
    return str(ign_files.save_safetensors(path, ign_files.flair_hub(state)))


def test_import_then_predict(run, published, folder, write_raster, tmp_path, town, out):
    done = run(ImportModelJob(file=published))
    assert done.results == {"OUTPUT": RGB}
    assert done.params("info-architecture") == {"architecture": SWIN.title, "bands": 3, "classes": 19}
    assert done.codes("warning") == []
    card = find_model(RGB)
    assert (card.bands, card.fill, card.licence) == (("R", "V", "B"), (106, 111, 102), "etalab-2.0")
    assert (card.tile, card.stride, card.halo) == (512, 32, 128)
    # 16 to 19 had no weight in the loss: they are no outputs any more.
    assert card.nomenclature.id == "flairhub19" and card.codes == tuple(range(1, 16))
    properties = json.loads((folder / RGB / "card.json").read_text(encoding="utf-8"))["properties"]
    assert properties["mlm:total_parameters"] == 29416397 - 1280  # without what UPerNet keeps and does not use

    path = str(out / "p.tif")
    image = write_raster(tmp_path / "ortho.tif", town.rgb[:, :150, :200])
    run(PredictJob(input=image, model=RGB, probabilities=path))
    with rasterio.open(path) as product:
        assert product.shape == (150, 200)
        assert product.count == 15 and product.descriptions[:2] == ("Bâtiment", "Serre")
        assert np.abs(product.read().sum(0, dtype=int) - 255).max() <= 8


def test_a_name_of_its_own_tells_the_bands(state, tmp_path):
    """As a user's training names it: the card is not the catalogue's."""
    path = tmp_path / "essai_IR_epoch-3.pth"
    found = recognise(ign_files.flair_hub(state), path)
    assert (found.family, found.skeleton.id) == ("flair-hub", SWIN.id)
    item = describe(found, "", "essai", path)
    model_input = item["properties"]["mlm:input"][0]
    assert [b["name"] for b in model_input["bands"]] == ["I", "R", "V"]
    assert normalisation(item).mean == (106.59, 105.66, 111.35)
    assert normalisation(item).std == (39.78, 52.23, 45.62)
    assert kept_outputs(item, found.classes) == list(range(15))
    assert "license" not in item["properties"]
    with pytest.raises(OcsiaError) as refusal:
        describe(found, "", "essai", tmp_path / "essai.pth")
    assert refusal.value.code == "import-bands-hub" and "_IR_" in str(refusal.value)
    with pytest.raises(OcsiaError) as refusal:
        describe(found, "flair15", "essai", path)
    assert refusal.value.code == "import-classes" and "(flairhub19)" in str(refusal.value)


def test_plain_weights_whose_nomenclature_is_named(state, tmp_path):
    """As segmentation-models-pytorch saves them, without any prefix."""
    path = tmp_path / "mine_RGB.pth"
    found = recognise(state, path)
    assert (found.family, found.skeleton.id) == ("smp", SWIN.id)
    item = describe(found, "flairhub19", "mine", path)
    assert normalisation(item).mean == (105.66, 111.35, 102.18)
    assert kept_outputs(item, found.classes) == list(range(15))


def test_with_and_without_what_lightning_and_timm_add(state):
    """``model.`` before every name or not; tables that newer versions of timm do not save."""
    hub = ign_files.flair_hub(state)
    bare = {key.removeprefix("model."): values for key, values in hub.items()}
    attention = "encoders.AERIAL_RGBI.seg_model.model.layers_0.blocks.1.attn"
    bare[f"{attention}.relative_position_index"] = np.zeros((49, 49), np.int64)
    bare[f"{attention[:-5]}.attn_mask"] = np.zeros((9, 49, 49), np.float32)
    a, b = recognise(hub, "a"), recognise(bare, "b")
    assert a.weights.keys() == b.weights.keys() == SWIN.parameters.keys()
    assert all(np.array_equal(a.weights[key], b.weights[key]) for key in a.weights)


@pytest.mark.parametrize("name", ["smp-upernet-swinsmall", "smp-upernet-swinbase", "smp-upernet-convnextv2tiny"])
def test_architectures_are_told_apart_by_their_shapes(name):
    skeleton = ign_files.skeleton_named(name)
    sizes = {"bands": 3, "classes": 19}
    # Views of one number: shapes without the memory.
    state = {
        key: np.broadcast_to(np.float32(1), tuple(sizes.get(n, n) for n in shape))
        for key, shape in skeleton.parameters.items()
    }
    assert recognise(ign_files.flair_hub(state), "m").skeleton is skeleton


def refusal_of(state):
    with pytest.raises(OcsiaError) as refusal:
        recognise(state, "m.safetensors")
    return refusal.value


def test_models_that_see_other_images(state):
    hub = ign_files.flair_hub(state)
    hub["model.encoders.SENTINEL2_TS.in_conv.conv.conv.0.weight"] = np.zeros((8, 10, 3, 3), np.float32)
    hub["model.encoders.DEM_ELEV.seg_model.model.patch_embed.proj.weight"] = np.zeros((8, 2, 4, 4), np.float32)
    refusal = refusal_of(hub)
    assert refusal.code == "checkpoint-unknown" and "(DEM_ELEV, SENTINEL2_TS)" in str(refusal)


def test_models_of_crops(state):
    hub = {key.replace("AERIAL_LABEL-COSIA", "ALL_LABEL-LPIS"): v for key, v in ign_files.flair_hub(state).items()}
    refusal = refusal_of(hub)
    assert refusal.code == "checkpoint-unknown" and "ALL_LABEL-LPIS" in str(refusal)


def test_strict_beyond_what_inference_does_without(state):
    hub = ign_files.flair_hub(state)
    refusal = refusal_of({**hub, "model.gate.weight": np.zeros(3, np.float32)})
    assert refusal.code == "checkpoint-mismatch" and "gate.weight" in str(refusal)
    table = "model.encoders.AERIAL_RGBI.seg_model.model.layers_1.blocks.0.attn.relative_position_bias_table"
    refusal = refusal_of({**hub, table: np.zeros((225, 6), np.float32)})
    assert refusal.code == "checkpoint-mismatch" and "225 x 6 and not 169 x 6" in str(refusal)
    del hub[table]
    refusal = refusal_of(hub)
    assert refusal.code == "checkpoint-mismatch" and "layers_1.blocks.0" in str(refusal)
