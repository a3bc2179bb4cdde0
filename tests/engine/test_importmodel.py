"""The job ``importmodel``: from a file to a model that ``predict`` runs, or to a sentence."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from importlib.util import find_spec

import numpy as np
import pytest
import rasterio

from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.jobs import ImportModelJob, PredictJob
from ocsia_plugin.engine.models.catalogue import IMPORTED, entries, find_model, user_folder
from ocsia_plugin.engine.models.recognise import recognise
from ocsia_plugin.engine.nomenclature import load_nomenclature
from tools import ign_files

LIGHT = ign_files.skeleton_named("odeon-lightunet")
UNET = ign_files.skeleton_named("smp-unet-resnet34")
TRAINED_15 = np.array([c in (*range(14), 17) for c in range(19)], np.float32)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty folder of models."""
    monkeypatch.setenv("OCSIA_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


def light(bands=3, classes=15, seed=0):
    """The state_dict of odeon's smallest model."""
    return ign_files.random_weights(LIGHT, bands, classes, seed)


@pytest.fixture
def light_pth(tmp_path):
    return str(ign_files.save(tmp_path / "gers.pth", light()))


@pytest.fixture(scope="session")
def flair_state():
    """Of a FLAIR-INC U-Net with 3 bands; its layout, its 19 outputs, the class weights of its loss."""
    state = ign_files.random_weights(UNET, 3, 19, head=0.05)
    return ign_files.flair_inc(ign_files.with_companions(UNET, state), TRAINED_15)


@pytest.fixture(scope="session")
def flair_pth(flair_state, tmp_path_factory):
    return str(ign_files.save(tmp_path_factory.mktemp("flair") / "anything.pth", flair_state))


@pytest.fixture
def refused(run, folder):
    """The refusal that a job meets; it leaves nothing behind."""

    def refused(code, *words, **job):
        before = sorted(folder.rglob("*")) if folder.exists() else []
        with pytest.raises(OcsiaError) as refusal:
            run(ImportModelJob(**job))
        assert refusal.value.code == code, refusal.value
        for word in words:
            assert word in str(refusal.value)
        assert (sorted(folder.rglob("*")) if folder.exists() else []) == before
        return refusal.value

    return refused


# -- what is imported runs


def test_import_then_predict(run, light_pth, folder, town_tif, town, out):
    done = run(ImportModelJob(file=light_pth))
    assert done.results == {"OUTPUT": "gers"}
    assert [p.name for p in sorted((folder / "gers").iterdir())] == ["card.json", "model.onnx"]
    assert [p.name for p in folder.iterdir()] == ["gers"]
    assert done.params("info-architecture") == {"architecture": LIGHT.title, "bands": 3, "classes": 15}

    card = find_model("gers")
    assert card.bands == ("R", "V", "B") and card.gsd == 0.2 and card.fill == (0, 0, 0)
    assert (card.tile, card.stride, card.halo) == (512, 16, 128)
    assert card.nomenclature.id == "naf15" and card.codes == tuple(range(1, 16))

    path = str(out / "p.tif")
    run(PredictJob(input=town_tif, model="gers", probabilities=path))
    with rasterio.open(path) as product:
        assert product.shape == town.rgb.shape[1:]
        assert product.descriptions[0] == "Bâtiment"
        assert np.abs(product.read().sum(0, dtype=int) - 255).max() <= 8


def test_flair_inc_keeps_the_classes_that_were_trained(run, flair_pth, town_tif, out):
    done = run(ImportModelJob(file=flair_pth, id="flair"))
    assert done.results == {"OUTPUT": "flair"}
    card = find_model("flair")
    assert card.nomenclature.id == "flair15"
    assert card.codes == (*range(1, 15), 18)
    assert card.fill == (105, 111, 102)
    assert (card.tile, card.stride, card.halo) == (None, 32, 128)
    assert (card.licence, card.producer) == ("", "")
    assert done.params("warn-import-assumed")["nomenclature"] == "flair15"

    path = str(out / "c.tif")
    run(PredictJob(input=town_tif, model="flair", classes=path))
    with rasterio.open(path) as product:
        assert set(np.unique(product.read(1))) <= set(card.codes)


def test_the_card_says_what_the_graph_does(run, flair_pth, folder):
    run(ImportModelJob(file=flair_pth, id="flair"))
    text = (folder / "flair" / "card.json").read_text(encoding="utf-8")
    item = json.loads(text)
    model = (folder / "flair" / "model.onnx").read_bytes()
    asset = item["assets"]["model"]
    assert asset["file:checksum"] == "1220" + hashlib.sha256(model).hexdigest()
    assert asset["file:size"] == len(model)
    properties = item["properties"]
    assert [s["mean"] for s in properties["mlm:input"][0]["value_scaling"]] == [105.08, 110.87, 101.82]
    assert [s["stddev"] for s in properties["mlm:input"][0]["value_scaling"]] == [52.17, 45.38, 44.0]
    assert properties["mlm:total_parameters"] == 24438979  # as segmentation-models-pytorch counts
    assert properties["ocsia:source"]["file"] == "anything.pth"
    names = [c["name"] for c in properties["mlm:output"][0]["classification:classes"]]
    assert names == [c.key for c in load_nomenclature("flair15").classes]


@pytest.mark.parametrize("bands", [3, 4, 5])
def test_bands_are_counted(bands, run, tmp_path):
    path = ign_files.save(tmp_path / "m.pth", light(bands))
    run(ImportModelJob(file=str(path)))
    assert "".join(find_model("m").bands) == "RVBIE"[:bands]


def test_other_containers_hold_the_same_model(run, tmp_path, folder):
    state = light()
    body, header = b"", {}
    for key, values in state.items():
        end = len(body) + values.nbytes
        header[key] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [len(body), end]}
        body += values.tobytes()
    text = json.dumps(header).encode()
    (tmp_path / "safe.safetensors").write_bytes(len(text).to_bytes(8, "little") + text + body)
    ign_files.save(tmp_path / "plain.pth", state)
    ign_files.save(tmp_path / "light.ckpt", {"state_dict": state, "epoch": 3})
    ign_files.save(tmp_path / "parallel.pt", {f"module.{key}": values for key, values in state.items()})
    for name in ("safe.safetensors", "plain.pth", "light.ckpt", "parallel.pt"):
        run(ImportModelJob(file=str(tmp_path / name)))
    models = [(folder / name / "model.onnx").read_bytes() for name in ("safe", "plain", "light", "parallel")]
    assert len(set(models)) == 1


def test_an_onnx_model_with_its_card(run, card, tmp_path, town_tif, out, read):
    for name in ("model.onnx", "card.json"):
        shutil.copy(card.file.with_name(name), tmp_path / name)
    run(ImportModelJob(file=str(tmp_path / "model.onnx"), id="mine"))
    run(PredictJob(input=town_tif, model="mine", classes=str(out / "a.tif")))
    run(PredictJob(input=town_tif, classes=str(out / "b.tif")))
    assert np.array_equal(read(str(out / "a.tif"))[0], read(str(out / "b.tif"))[0])


def test_weights_with_a_card_of_their_own(run, flair_state, tmp_path, folder):
    """Plain segmentation-models-pytorch: the normalisation and the classes are the card's."""
    start = "model.seg_model."
    plain = {key[len(start) :]: v for key, v in flair_state.items() if key.startswith(start)}
    path = str(ign_files.save(tmp_path / "plain.pth", plain))
    run(ImportModelJob(file=path, nomenclature="flair15", id="by-name"))
    item = json.loads((folder / "by-name" / "card.json").read_text(encoding="utf-8"))
    item["properties"]["title"] = "Ours"
    item["properties"]["ocsia:accuracy"] = {"overall_accuracy": 0.7}
    item["properties"]["ocsia:tile"]["stride"] = 16  # too small for this network
    card = tmp_path / "card.json"
    card.write_text(json.dumps(item), encoding="utf-8")
    run(ImportModelJob(file=path, card=str(card), id="by-card"))
    mine = json.loads((folder / "by-card" / "card.json").read_text(encoding="utf-8"))["properties"]
    assert mine["title"] == "Ours" and mine["ocsia:accuracy"] == {"overall_accuracy": 0.7}
    assert mine["ocsia:tile"]["stride"] == 32
    models = [(folder / name / "model.onnx").read_bytes() for name in ("by-name", "by-card")]
    assert models[0] == models[1]


@pytest.mark.parametrize(
    ("name", "nomenclature"), [("x_12cl_y.pth", "flair12"), ("FLAIR-INC_x_15cl_y_weights.pth", "flair15")]
)
def test_the_name_tells_the_classes_where_the_loss_does_not(name, nomenclature, run, flair_state, tmp_path):
    state = {**flair_state, "criterion.weight": np.ones(19, np.float32)}
    done = run(ImportModelJob(file=str(ign_files.save(tmp_path / name, state)), id="m"))
    assert find_model("m").nomenclature.id == nomenclature
    if name.startswith("FLAIR-INC_"):
        assert (find_model("m").licence, find_model("m").producer) == ("etalab-2.0", "IGN")
        assert done.codes("warning") == []


def test_the_id_is_that_of_the_file_without_what_folders_cannot_bear(run, light_pth, tmp_path):
    path = tmp_path / "Modèle été_weights.pth"
    shutil.copy(light_pth, path)
    assert run(ImportModelJob(file=str(path))).results == {"OUTPUT": "Modele-ete"}


def test_the_same_file_again_and_another_under_its_name(run, refused, light_pth, tmp_path):
    run(ImportModelJob(file=light_pth))
    before = user_folder().joinpath("gers", "model.onnx").stat().st_ino
    run(ImportModelJob(file=light_pth))
    assert user_folder().joinpath("gers", "model.onnx").stat().st_ino != before
    other = ign_files.save(tmp_path / "other.pth", light(seed=1))
    refused("import-exists", "gers", file=str(other), id="gers")
    assert [e.id for e in entries() if e.state == IMPORTED] == ["gers"]


def test_the_command_line(light_pth, folder):
    command = [sys.executable, "-m", "ocsia_plugin.engine", "importmodel", "--file", light_pth, "--id", "m"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert LIGHT.title in done.stderr and str(folder / "m") in done.stderr


def test_a_shipped_model_cannot_be_hidden(refused, light_pth, card):
    refused("import-shipped", file=light_pth, id=card.id)


# -- what is refused


def save(tmp_path, state, name="m.pth"):
    return str(ign_files.save(tmp_path / name, state))


@pytest.mark.parametrize("name", ["m.h5", "m.pkl", "m"])
def test_other_kinds_of_files(name, refused, tmp_path):
    (tmp_path / name).write_bytes(b"x")
    refused("import-format", ".safetensors", file=str(tmp_path / name))


def test_a_file_that_is_missing(refused):
    refused("checkpoint-unreadable", file="/nowhere/m.pth")


@pytest.mark.skipif(find_spec("torch") is not None, reason="PyTorch is here")
def test_other_architectures_without_pytorch(refused, light_pth):
    refused("import-no-torch", f'"{sys.executable}" -m pip', file=light_pth, architecture="unet/resnet18")


def test_a_pytorch_that_does_not_load(refused, light_pth, tmp_path, monkeypatch):
    """As a torchvision does that was built for another torch."""
    (tmp_path / "torch.py").write_text("raise RuntimeError('operator torchvision::nms does not exist\\n  at line 3')\n")
    for name in ("onnx", "segmentation_models_pytorch"):
        (tmp_path / f"{name}.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("torch", "onnx", "segmentation_models_pytorch"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    error = refused("import-no-torch", "nms does not exist)", file=light_pth, architecture="unet/resnet18")
    assert "line 3" not in str(error)


def test_a_truncated_file(refused, light_pth, tmp_path):
    with open(light_pth, "r+b") as file:
        file.truncate(900_000)
    refused("checkpoint-unreadable", "incomplete", file=light_pth)


def test_wrong_shapes(refused, tmp_path):
    state = light()
    key = "down2.maxpool_conv.1.double_conv.0.weight"
    state[key] = np.zeros((32, 16, 5, 5), np.float32)
    refused("checkpoint-mismatch", key, "32 x 16 x 5 x 5", "32 x 16 x 3 x 3", file=save(tmp_path, state))


def test_classes_that_do_not_agree(refused, tmp_path):
    state = light()
    state["outc.conv.bias"] = np.zeros(14, np.float32)
    refused("checkpoint-mismatch", "outc.conv", file=save(tmp_path, state))


def test_a_tensor_that_is_missing(refused, tmp_path):
    state = light()
    del state["up2.up.bias"]
    refused("checkpoint-mismatch", "up2.up.bias", file=save(tmp_path, state))


def test_a_tensor_too_many(refused, tmp_path):
    refused("checkpoint-mismatch", "attention", file=save(tmp_path, {**light(), "attention.weight": np.zeros(3, "f4")}))


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_values_that_are_no_numbers(value, refused, tmp_path):
    state = light()
    state["outc.conv.weight"][0, 0] = value
    refused("checkpoint-mismatch", "outc.conv.weight", "not finite", file=save(tmp_path, state))


def test_twins_that_differ(tmp_path):
    skeleton = ign_files.skeleton_named("odeon-resnet18")
    state = ign_files.with_companions(skeleton, ign_files.random_weights(skeleton, 3, 15))
    assert recognise(state, tmp_path / "m.pth").skeleton is skeleton
    state["conv2.0.conv1.weight"] = state["conv2.0.conv1.weight"] + 1
    with pytest.raises(OcsiaError) as refusal:
        recognise(state, tmp_path / "m.pth")
    assert refusal.value.code == "checkpoint-mismatch" and "conv2.0.conv1.weight" in str(refusal.value)


def test_the_weights_of_something_else(refused, tmp_path):
    state = {f"transformer.h.{i}.attn.weight": np.zeros((8, 8), np.float32) for i in range(4)}
    refused("checkpoint-unknown", "4 tensors", "transformer.h.0.attn.weight", file=save(tmp_path, state))


def test_an_encoder_alone_is_not_a_network(refused, tmp_path):
    state = {k: v for k, v in ign_files.random_weights(UNET, 3, 19).items() if k.startswith("encoder.layer1.")}
    refused("checkpoint-unknown", file=save(tmp_path, state))


@pytest.mark.parametrize("bands", [1, 2, 6])
def test_numbers_of_bands_that_no_model_of_ign_has(bands, refused, tmp_path):
    refused("import-bands", f"{bands} band", file=save(tmp_path, light(bands)))


@pytest.mark.parametrize("nomenclature", ["", "flair15", "atlantis", "../naf15"])
def test_classes_that_nothing_tells(nomenclature, refused, tmp_path):
    refused("import-classes", "7 outputs", file=save(tmp_path, light(classes=7)), nomenclature=nomenclature)


def test_a_single_output_has_no_softmax(refused, tmp_path):
    refused("import-one-output", file=save(tmp_path, light(classes=1)))


def test_a_flair_inc_file_that_does_not_say_what_was_trained(refused, flair_state, tmp_path):
    state = {k: v for k, v in flair_state.items() if not k.startswith("criterion.")}
    refused("import-classes", "flair15", file=save(tmp_path, state))


def test_plain_weights_do_not_say_their_normalisation(refused, tmp_path):
    state = ign_files.random_weights(UNET, 3, 15)
    refused("import-normalisation", file=save(tmp_path, state), nomenclature="naf15")


def test_a_card_for_other_bands(run, refused, light_pth, folder, tmp_path):
    run(ImportModelJob(file=light_pth))
    five = save(tmp_path, light(5), "five.pth")
    refused("model-card-mismatch", "bands", file=five, card=str(folder / "gers" / "card.json"))


def test_a_card_for_other_classes(run, refused, light_pth, folder, tmp_path):
    run(ImportModelJob(file=light_pth))
    seven = save(tmp_path, light(classes=7), "seven.pth")
    refused("model-card-mismatch", "classes", file=seven, card=str(folder / "gers" / "card.json"))


@pytest.mark.parametrize(
    "edit",
    [
        lambda c: c["properties"].pop("mlm:input"),
        lambda c: c["properties"].pop("mlm:output"),
        lambda c: c["properties"].pop("ocsia:tile"),
        lambda c: c["properties"].update({"ocsia:tile": {"kind": "fixed", "stride": "wide"}}),
        lambda c: c["properties"].update({"ocsia:nomenclature": "atlantis"}),
        lambda c: c["properties"]["mlm:input"][0]["value_scaling"][1].update(maximum=0),
        lambda c: c["properties"]["mlm:input"][0]["value_scaling"][1].update(type="clip"),
        lambda c: c["properties"]["mlm:output"][0].update({"classification:classes": [3]}),
        lambda c: c.update(assets=[]),
    ],
)
def test_a_card_that_lacks_or_twists_something(edit, run, refused, light_pth, folder, tmp_path):
    run(ImportModelJob(file=light_pth))
    item = json.loads((folder / "gers" / "card.json").read_text(encoding="utf-8"))
    edit(item)
    path = tmp_path / "card.json"
    path.write_text(json.dumps(item), encoding="utf-8")
    refused("model-card-invalid", file=light_pth, card=str(path), id="m")


@pytest.mark.parametrize("text", [None, "", "{", "[]", "{}", '{"properties": {}}', '{"properties": 3}'])
def test_a_card_that_is_none(text, refused, light_pth, tmp_path):
    path = tmp_path / "card.json"
    if text is not None:
        path.write_text(text)
    refused("model-card-invalid", file=light_pth, card=str(path))


def test_an_onnx_model_without_card(refused, card, tmp_path):
    shutil.copy(card.file, tmp_path / "m.onnx")
    refused("import-onnx-asks", file=str(tmp_path / "m.onnx"))


def test_an_onnx_model_that_does_not_fit_its_card(refused, run, card, light_pth, folder, tmp_path):
    run(ImportModelJob(file=save(tmp_path, light(5), "five.pth")))
    refused("model-card-mismatch", file=str(card.file), card=str(folder / "five" / "card.json"), id="other")


def test_something_else_called_onnx(refused, card, tmp_path):
    (tmp_path / "m.onnx").write_bytes(b"not a model")
    refused("model-not-onnx", file=str(tmp_path / "m.onnx"), card=str(card.file.with_name("card.json")), id="m")


def test_a_folder_that_cannot_be_written(refused, light_pth, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("mine")
    monkeypatch.setenv("OCSIA_MODELS", str(tmp_path / "file" / "models"))
    refused("output-not-writable", file=light_pth)


@pytest.mark.parametrize("name", ["...", "-", "木"])
def test_a_name_that_is_none(name, refused, light_pth):
    refused("import-id", file=light_pth, id=name)
