"""ONNX models of others: described by Deepness or by a few words, wrapped so that bytes go in and bytes come out."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnxruntime
import pystac
import pytest
import rasterio
from hypothesis import given
from hypothesis import strategies as st
from pystac.validation.stac_validator import JsonSchemaSTACValidator

from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.jobs import ArgmaxJob, ImportModelJob, PredictJob, SurfacesJob, VectorizeJob
from ocsia_plugin.engine.models import wire
from ocsia_plugin.engine.models.catalogue import find_model
from ocsia_plugin.engine.models.fill import with_logits
from ocsia_plugin.engine.models.ownclasses import known_by_names, own_nomenclature
from ocsia_plugin.engine.models.told import told_by_user
from ocsia_plugin.engine.models.wrap import read_model
from ocsia_plugin.engine.nomenclature import load_nomenclature, referred
from ocsia_plugin.engine.products.choice import most_probable
from ocsia_plugin.engine.products.classes import tagged_legend
from tools import ign_files
from tools.onnx_files import SmallModel

IMAGENET = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
NAMES = {0: "_background", 1: "building", 2: "woodland", 3: "water"}
DEEPNESS = {
    "model_type": "Segmentor",
    "class_names": NAMES,
    "resolution": 20,
    "tiles_size": 64,
    "tiles_overlap": 25,
    "standardization_mean": IMAGENET[0],
    "standardization_std": IMAGENET[1],
}
TOLD = {"bands": "R,V,B", "gsd": 0.2, "mean": "0-1", "class_names": "a; b; c; d", "tile": 64, "halo": 16}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty folder of models."""
    monkeypatch.setenv("OCSIA_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


@pytest.fixture
def imported(run, tmp_path):
    """Import a small model; returns the finished job."""

    def imported(model, **job):
        return run(ImportModelJob(file=model.save(tmp_path / "m.onnx"), **job))

    return imported


@pytest.fixture
def refused(imported, folder):
    def refused(code, *words, model=SmallModel(), **job):  # noqa: B008  a frozen value
        with pytest.raises(OcsiaError) as refusal:
            imported(model, **job)
        assert refusal.value.code == code, refusal.value
        for word in words:
            assert word in str(refusal.value)
        assert not folder.exists() or not list(folder.iterdir())
        return str(refusal.value)

    return refused


def softmax(scores):
    e = np.exp(scores - scores.max(0))
    return e / e.sum(0)


def sigmoid(scores):
    return 1 / (1 + np.exp(-scores))


def wrapped(image):
    """What the imported model says of uint8 (bands, H, W)."""
    session = onnxruntime.InferenceSession(str(find_model("m").file), providers=["CPUExecutionProvider"])
    (result,) = session.run(None, {session.get_inputs()[0].name: image[None]})
    return result[0]


def noise(bands=3, side=64):
    return np.random.default_rng(1).integers(0, 256, (bands, side, side), np.uint8)


# -- the graph


@pytest.mark.parametrize(
    ("model", "job", "scaling", "activation"),
    [
        (SmallModel(), {}, (0, 255), softmax),
        (SmallModel(), {"mean": "0-255"}, (0, 1), softmax),
        (SmallModel(), {"mean": "123; 117; 104", "std": "58"}, ([123, 117, 104], 58), softmax),
        (SmallModel(), {"mean": "0,485; 0,456; 0,406", "std": "0.229 0.224 0.225"}, "imagenet", softmax),
        (SmallModel(opset=12), {"activation": "softmax"}, (0, 255), softmax),
        (SmallModel(end="softmax"), {}, (0, 255), softmax),
        (SmallModel(end="sigmoid"), {}, (0, 255), sigmoid),
        (SmallModel(), {"activation": "sigmoid"}, (0, 255), sigmoid),
        (SmallModel(side=64, last=True, opset=11), {}, (0, 255), softmax),
        (SmallModel(dtype="float16"), {}, (0, 255), softmax),
        (SmallModel(dtype="uint8"), {"mean": ""}, (0, 1), softmax),
    ],
    ids=[
        "scores", "bytes", "z-score", "of bytes over 255", "opset 12", "softmax inside", "sigmoid inside",
        "sigmoid asked", "channels last, one size", "half precision", "takes bytes",
    ],
)  # fmt: skip
def test_bytes_in_probabilities_out(model, job, scaling, activation, imported):
    imported(model, **{**TOLD, **job})
    mean, std = (255 * np.array(IMAGENET)) if scaling == "imagenet" else scaling
    mean, std = (np.broadcast_to(np.asarray(v, float), 3)[:, None, None] for v in (mean, std))
    image = noise()
    wanted = 255 * activation(model.scores((image - mean) / std))
    found = wrapped(image)
    assert found.dtype == np.uint8 and found.shape == (4, 64, 64)
    # Rounded: half a unit, and in half precision the scores' own error.
    assert np.abs(found - wanted).max() <= (3 if model.dtype == "float16" else 0.51)


@pytest.mark.parametrize(
    ("model", "code"),
    [
        (SmallModel(), "info-onnx-activation"),
        (SmallModel(end="softmax"), "info-onnx-distribution"),
        (SmallModel(end="sigmoid"), "warn-onnx-shares"),
    ],
    ids=["scores", "a whole", "shares"],
)
def test_what_the_outputs_are_is_seen_by_running_the_model(model, code, imported):
    done = imported(model, **TOLD)
    told = {"info-onnx-activation", "info-onnx-distribution", "warn-onnx-shares"}
    assert told & {*done.codes("info"), *done.codes("warning")} == {code}


def test_outputs_of_flair_that_were_not_trained_are_left_out(imported):
    model = SmallModel(outputs=19)
    imported(model, **{**TOLD, "class_names": ""}, nomenclature="flair15")
    image = noise()
    kept = [*range(14), 17]
    assert np.abs(wrapped(image) - 255 * softmax(model.scores(image / 255)[kept])).max() <= 0.51
    assert find_model("m").codes == (*range(1, 15), 18)


# -- what Deepness writes


def test_deepness_says_everything(imported):
    done = imported(SmallModel(metadata=DEEPNESS))
    assert done.results == {"OUTPUT": "m"} and "info-onnx-deepness" in done.codes("info")
    card = find_model("m")
    assert card.bands == ("R", "V", "B") and card.gsd == 0.2 and (card.tile, card.halo) == (64, 8)
    assert card.fill == (124, 116, 104) and card.threshold is None
    assert [(c.code, c.fr) for c in card.classes] == [(code + 1, name) for code, name in NAMES.items()]
    assert card.nomenclature.counts_from == 0, "their number is code - 1"
    assert not done.codes("warning")
    image = noise()
    mean, std = (255 * np.array(v)[:, None, None] for v in IMAGENET)
    assert np.abs(wrapped(image) - 255 * softmax(SmallModel().scores((image - mean) / std))).max() <= 0.51


def test_without_standardisation_deepness_divides_by_255(imported):
    metadata = {k: v for k, v in DEEPNESS.items() if not k.startswith("standard")}
    imported(SmallModel(metadata=metadata))
    assert find_model("m").fill == (0, 0, 0)
    assert np.abs(wrapped(noise()) - 255 * softmax(SmallModel().scores(noise() / 255))).max() <= 0.51


@pytest.mark.parametrize(
    "other",
    [
        {"class_names": [NAMES]},
        {"class_names": str(NAMES)},
        {"model_type": "Segmentor"},
        {"model_type": "SEGMENTOR"},
        {"tile_size": 64},
    ],
    ids=["a list", "as Python writes it", "no JSON", "capitals", "another name"],
)
def test_the_ways_in_which_it_is_written(other, imported):
    metadata = dict(DEEPNESS)
    if "tile_size" in other:
        metadata.pop("tiles_size")
    imported(SmallModel(metadata={**metadata, **other}))
    assert find_model("m").tile == 64 and find_model("m").classes[1].fr == "building"


def test_the_user_is_heard_before_the_file(imported):
    imported(SmallModel(metadata=DEEPNESS), gsd=0.5, bands="I,R,V", class_names="w;x;y;z", halo=16)
    card = find_model("m")
    assert (card.gsd, card.bands, card.halo) == (0.5, ("I", "R", "V"), 16) and card.classes[0].key == "w"


def test_bands_that_nobody_names_are_the_first_of_an_image(imported):
    metadata = {k: v for k, v in DEEPNESS.items() if not k.startswith("standard")}
    done = imported(SmallModel(bands=4, metadata=metadata))
    assert done.codes("warning") == ["warn-onnx-positions"]
    assert find_model("m").bands == ("1", "2", "3", "4")


@pytest.mark.parametrize("kind", ["Detector", "Regressor", "Recognition", "Superresolution"])
def test_other_kinds_of_models_are_refused_by_name(kind, refused):
    refused("import-onnx-kind", f"'{kind}'", model=SmallModel(metadata={**DEEPNESS, "model_type": kind}))


def test_what_detects_objects_is_refused(refused):
    refused("import-onnx-kind", "detect", model=SmallModel(metadata={"task": "detect", "names": "{0: 'car'}"}))


@pytest.mark.parametrize(
    "wrong",
    [
        {"class_names": {0: "a", 2: "b"}},
        {"class_names": "__import__('os').getcwd()"},
        {"class_names": {0: "a", 1: "a", 2: "b", 3: "c"}},
        {"resolution": -20},
        {"resolution": "twenty"},
        {"tiles_overlap": 100},
        {"standardization_std": [0.2, 0, 0.2]},
        {"class_names": "[" * 70000},
    ],
    ids=["a gap", "code", "twice", "negative", "words", "all of it", "zero", "endless"],
)
def test_metadata_that_say_nothing_sensible(wrong, refused):
    refused("import-onnx-value", next(iter(wrong)), model=SmallModel(metadata={**DEEPNESS, **wrong}))


def test_names_that_are_fewer_than_the_outputs(refused):
    refused("import-onnx-value", "4 value(s)", model=SmallModel(outputs=5, metadata=DEEPNESS))


# -- what is asked


def test_all_that_is_missing_is_asked_at_once(refused):
    sentence = refused("import-onnx-asks", "3 band(s)", "4 output(s)", activation="softmax")
    assert [word for word in ("BANDS", "GSD", "MEAN", "STD", "CLASSES") if word not in sentence] == []


@pytest.mark.parametrize(
    ("lacking", "asked"), [("bands", "BANDS"), ("gsd", "GSD"), ("mean", "MEAN"), ("class_names", "CLASSES")]
)
def test_only_what_is_missing_is_asked(lacking, asked, refused):
    sentence = refused("import-onnx-asks", asked, **{k: v for k, v in TOLD.items() if k != lacking})
    assert not {"BANDS", "GSD", "MEAN", "CLASSES"} - {asked} & set(sentence.replace("(", " ").split())


def test_half_of_a_description_by_deepness(refused):
    metadata = {k: DEEPNESS[k] for k in ("model_type", "class_names")}
    assert "BANDS" not in refused("import-onnx-asks", "GSD", model=SmallModel(metadata=metadata))


def test_it_is_asked_once(imported, run, tmp_path):
    imported(SmallModel(), **TOLD)
    card = find_model("m").file.with_name("card.json").read_text()
    done = run(ImportModelJob(file=str(tmp_path / "m.onnx")))
    assert done.results == {"OUTPUT": "m"} and "info-here" in done.codes("info")
    imported(SmallModel(), **{**TOLD, "gsd": 0.5})
    assert find_model("m").gsd == 0.5 and json.loads(card)["properties"]["gsd"] == 0.2


@pytest.mark.parametrize(
    ("job", "words"),
    [
        ({"bands": "R,V"}, ("BANDS", "2 value(s) where the model has 3")),
        ({"bands": "R,V,X"}, ("BANDS", "R,V,X")),
        ({"bands": "R,R,B"}, ("BANDS",)),
        ({"bands": "2,1,3"}, ("BANDS",)),
        ({"gsd": -1.0}, ("GSD",)),
        ({"mean": "1;2", "std": "3"}, ("MEAN", "2 value(s)")),
        ({"mean": "a", "std": "b"}, ("MEAN", "not a list of numbers")),
        ({"mean": "0.5", "std": "0"}, ("STD", "greater than 0")),
        ({"mean": "0", "std": "1"}, ("0-255 or 0-1",)),
        ({"class_names": "a;b"}, ("CLASSES", "2 value(s) where the model has 4")),
        ({"class_names": "a;b;a;c"}, ("CLASSES",)),
        ({"nomenclature": "naf15"}, ("CLASSES", "not both")),
        ({"class_names": "", "nomenclature": "naf15"}, ("15 classes", "4 output(s)")),
        ({"class_names": "", "nomenclature": "atlantis"}, ("atlantis", "naf15")),
        ({"activation": "relu"}, ("softmax",)),
        ({"threshold": 0.5}, ("THRESHOLD", "single output")),
        ({"threshold": 1.5}, ("THRESHOLD", "between 0 and 1")),
        ({"halo": 32}, ("HALO", "half")),
        ({"tile": 0}, ("TILE",)),
    ],
    ids=str,
)  # fmt: skip
def test_values_that_cannot_be_meant(job, words, refused):
    refused("import-onnx-value", *words, **{**TOLD, **job})


def test_a_deviation_is_needed_with_a_mean(refused):
    refused("import-onnx-asks", "STD", **{**TOLD, "mean": "0.5"})


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("0,5", (0.5,)), ("0.5", (0.5,)), ("123,116,103", (123, 116, 103)), ("0.5,0.25", (0.5, 0.25)),
        ("0,5; 0,25;1", (0.5, 0.25, 1)), ("123, 116, 103", (123, 116, 103)), ("0,5 0,25", (0.5, 0.25)),
        ("0.5  0.25", (0.5, 0.25)),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(text, values):
    scaling = told_by_user(ImportModelJob(file="m.onnx", mean=text, std="40")).scaling
    assert scaling.mean == values


@pytest.mark.parametrize(
    ("text", "bands"),
    [
        ("RVB", "RVB"),
        ("R, V, B", "RVB"),
        ("rouge vert bleu", "RVB"),
        ("nir;red;green", "IRV"),
        ("1,2,3", "123"),
        ("", ""),
    ],
)
def test_bands_as_people_write_them(text, bands):
    assert "".join(told_by_user(ImportModelJob(file="m.onnx", bands=text)).bands or ()) == bands


def test_a_model_of_one_size_has_no_other(refused):
    refused("import-onnx-value", "TILE", "96", model=SmallModel(side=96), **TOLD)


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (SmallModel(spare_input=True), "2 inputs"),
        (SmallModel(end="argmax"), "int64"),
        (SmallModel(stride=2), "for an image of 64 x 64"),
        (SmallModel(opset=9), "opset 9"),
        (SmallModel(external=True), "another file"),
        (SmallModel(bias=float("nan")), "finite"),
    ],
    ids=lambda v: "" if isinstance(v, SmallModel) else v,
)
def test_models_that_give_no_class_for_each_pixel(model, words, refused):
    refused("import-onnx-unfit", words, model=model, **TOLD)


@pytest.mark.parametrize("size", [0, 20, 300, 900])
def test_a_file_that_is_cut_off(size, run, folder, tmp_path):
    (tmp_path / "m.onnx").write_bytes(SmallModel().to_bytes()[:size])
    with pytest.raises(OcsiaError) as refusal:
        run(ImportModelJob(file=str(tmp_path / "m.onnx"), **TOLD))
    assert refusal.value.code == "model-not-onnx" and not folder.exists()
    assert "cut off" not in str(refusal.value), "a reason that cannot be translated"


def test_predict_says_how_to_use_a_file_without_a_card(run, town_tif, out, tmp_path):
    path = SmallModel().save(tmp_path / "m.onnx")
    with pytest.raises(OcsiaError) as refusal:
        run(PredictJob(input=town_tif, model=path, classes=str(out / "c.tif")))
    assert refusal.value.code == "model-no-card" and "importmodel" in str(refusal.value)


# -- the message


@given(st.lists(st.tuples(st.integers(1, 2**20), st.one_of(st.integers(0, 2**63), st.binary(max_size=300)))))
def test_fields_are_read_as_they_were_written(written):
    whole = b"".join(wire.integer(n, v) if isinstance(v, int) else wire.message(n, v) for n, v in written)
    read = [(f.number, f.value if isinstance(f.value, int) else bytes(f.value)) for f in wire.fields(whole)]
    assert read == written
    assert b"".join(bytes(f.raw) for f in wire.fields(whole)) == whole


@given(st.binary(max_size=60))
def test_what_is_no_message_is_refused(content):
    try:
        read_model(content)
    except ValueError:
        return
    raise AssertionError("a model in 60 bytes")


# -- classes of somebody's own


def test_a_model_that_was_wrapped_before(imported, run, tmp_path):
    """Somebody hands on what an import made, without its card."""
    imported(SmallModel(), **TOLD)
    image = noise()
    before = wrapped(image)
    (tmp_path / "again.onnx").write_bytes(find_model("m").file.read_bytes())
    run(ImportModelJob(file=str(tmp_path / "again.onnx"), **{**TOLD, "mean": ""}))
    session = onnxruntime.InferenceSession(str(find_model("again").file), providers=["CPUExecutionProvider"])
    (found,) = session.run(None, {session.get_inputs()[0].name: image[None]})
    assert (found[0] == before).all()


def test_names_that_no_legend_could_hold():
    own = own_nomenclature("m", ["two\nlines\u00a0here", "bell\x07", "\x00", "x" * 500])
    assert [c.fr for c in own.classes[:3]] == ["two lines here", "bell", "?"] and len(own.classes[3].fr) == 80
    assert referred(own.reference()) == own


def test_the_names_of_a_known_nomenclature_are_it(imported):
    names = [c.en for c in load_nomenclature("naf15").classes]
    imported(SmallModel(outputs=15), **{**TOLD, "class_names": ";".join(names)})
    assert find_model("m").nomenclature is load_nomenclature("naf15")
    assert known_by_names(names[::-1]) is None


def test_colours_of_own_classes():
    own = own_nomenclature("m", ["Fond", "Bâtiment", "tarmac", "Tarmac!", "***"])
    assert [c.key for c in own.classes] == ["fond", "batiment", "tarmac", "tarmac_3", "class_4"]
    assert own.classes[1].color == load_nomenclature("cosia").classes[0].color
    assert len({c.color for c in own.classes}) == 5
    assert referred(json.loads(json.dumps(own.reference()))) == own
    assert load_nomenclature("naf15").reference() == "naf15"


@pytest.mark.parametrize(
    "edit",
    [
        lambda n: n.update(id="naf15"),
        lambda n: n.update(id="own-../../x"),
        lambda n: n["classes"][0].update(code=0),
        lambda n: n["classes"][0].update(code=2),
        lambda n: n["classes"][0].update(code="1"),
        lambda n: n["classes"][0].update(color="red"),
        lambda n: n["classes"][0].update(fr=""),
        lambda n: n["classes"][0].update(fr="a\x00b"),
        lambda n: n["classes"][0].pop("key"),
        lambda n: n.update(classes=[]),
    ],
)
def test_a_nomenclature_that_a_file_invents(edit):
    content = own_nomenclature("m", ["a", "b"]).reference()
    edit(content)
    with pytest.raises((ValueError, KeyError, TypeError)):
        referred(content)


# -- the products


def products(run, town_tif, out, **job):
    names = {name: str(out / f"{name}.tif") for name in ("probabilities", "classes", "confidence")}
    run(PredictJob(input=town_tif, model="m", **names, **job))
    return names


def surfaces_of(run, out, path):
    run(SurfacesJob(input=path, output=str(out / "z.gpkg"), table=str(out / "z.csv"), lang="en"))
    lines = [line.split(",") for line in (out / "z.csv").read_text(encoding="utf-8-sig").splitlines()]
    return {row[3]: int(row[5]) for row in lines[1:]}


def test_a_single_output_gives_absent_and_present_by_its_threshold(imported, run, town_tif, read, out):
    """Through every product: the classes, what argmax makes of the probabilities, polygons and surfaces agree."""
    model = SmallModel(
        outputs=1, seed=1, metadata={**DEEPNESS, "class_names": {0: "not_road", 1: "road"}, "seg_thresh": 0.35}
    )
    imported(model)
    card = find_model("m")
    assert card.threshold == 0.35 and card.codes == (1, 2)
    paths = products(run, town_tif, out)
    (probabilities, _), ((classes,), _), ((confidence,), _) = (read(path) for path in paths.values())
    absent, present = probabilities
    assert (absent.astype(int) + present == 255).all()
    assert ((present >= 90) == (classes == 2)).all() and set(np.unique(classes)) == {1, 2}
    assert ((present > absent) != (classes == 2)).any(), "the threshold is not 0.5"
    assert (confidence == np.where(classes == 2, present, absent)).all()
    again, sure = str(out / "again.tif"), str(out / "sure.tif")
    run(ArgmaxJob(input=paths["probabilities"], output=again, confidence=sure))
    assert (read(again)[0][0] == classes).all() and (read(sure)[0][0] == confidence).all()
    counted = {"not_road": int((classes == 1).sum()), "road": int((classes == 2).sum())}
    assert surfaces_of(run, out, paths["classes"]) == counted
    assert surfaces_of(run, out, paths["probabilities"]) == counted
    polygons = run(VectorizeJob(input=paths["classes"], output=str(out / "p.gpkg")))
    assert polygons.params("info-polygons")["area"] == round(classes.size * 0.04)


def test_a_group_keeps_to_the_threshold(imported, run, town_tif, read, out):
    imported(SmallModel(outputs=1, seed=1), **{**TOLD, "class_names": "route"}, threshold=0.335)
    paths = products(run, town_tif, out)
    run(
        SurfacesJob(
            input=paths["probabilities"], output=str(out / "z.gpkg"), table=str(out / "z.csv"), groups="asphalte=2"
        )
    )
    rows = [line.split(",") for line in (out / "z.csv").read_text(encoding="utf-8-sig").splitlines()]
    counted = {row[3]: row[5] for row in rows}
    assert counted["route"] != "0"
    assert counted["asphalte"] == counted["route"] == str(int((read(paths["classes"])[0] == 2).sum()))


def test_the_legend_and_the_styles_are_those_of_own_classes(imported, run, town_tif, out):
    imported(SmallModel(), **{**TOLD, "class_names": "fond; eau & boue; bâtiment; <autre>"})
    paths = products(run, town_tif, out)
    with rasterio.open(paths["classes"]) as source:
        legend = tagged_legend(source)
        assert legend.nomenclature == find_model("m").nomenclature
        assert [source.colormap(1)[c.code][:3] for c in legend.classes] == [c.rgb for c in legend.classes]
    with rasterio.open(paths["probabilities"]) as source:
        assert source.descriptions == ("fond", "eau & boue", "bâtiment", "<autre>")
    style = (out / "classes.qml").read_text(encoding="utf-8")
    assert "eau &amp; boue" in style and "&lt;autre&gt;" in style


def test_classes_that_do_not_exclude_one_another(imported, run, town_tif, read, out):
    imported(SmallModel(bias=-1.0, seed=1), **{**TOLD, "activation": "sigmoid"})
    paths = products(run, town_tif, out)
    (probabilities, valid), ((classes,), _) = read(paths["probabilities"]), read(paths["classes"])
    sums = probabilities.sum(0, dtype=int)
    assert sums.min() < 240 and sums.max() > 270, "they need not add up"
    found = probabilities.max(0) > 0
    assert (classes == np.where(found, probabilities.argmax(0) + 1, 0)).all() and valid.all()


def test_own_classes_are_delivered_in_no_other_nomenclature(imported, run, town_tif, out):
    imported(SmallModel(), **TOLD)
    with pytest.raises(OcsiaError) as refusal:
        products(run, town_tif, out, nomenclature="naf15")
    assert refusal.value.code == "mapping-none"


def test_the_threshold_of_two_classes():
    present = np.arange(256, dtype=np.uint8)
    codes, sure = most_probable(np.stack([255 - present, present]), (1, 2), 0.3)
    assert codes[76] == 1 and codes[77] == 2 and sure[77] == 77 and sure[76] == 179
    assert most_probable(np.zeros((2, 1), np.uint8), (1, 2), 0.3)[0][0] == 0, "no data"


# -- weights


LIGHT = ign_files.skeleton_named("odeon-lightunet")


def test_weights_with_a_single_output(run, tmp_path, folder):
    """The sigmoid of its score, as the same network computes it with two outputs of which one is 0."""
    state = ign_files.random_weights(LIGHT, 3, 1)
    path = str(ign_files.save(tmp_path / "m.pth", state))
    with pytest.raises(OcsiaError) as refusal:
        run(ImportModelJob(file=path))
    assert refusal.value.code == "import-one-output" and not folder.exists()
    run(ImportModelJob(file=path, class_names="route", threshold=0.3))
    card = find_model("m")
    assert card.codes == (1, 2) and card.threshold == 0.3 and [c.fr for c in card.classes] == ["non route", "route"]
    session = onnxruntime.InferenceSession(with_logits(card.file.read_bytes()), providers=["CPUExecutionProvider"])
    probabilities, scores = session.run(None, {"image": noise()[None]})
    assert (scores[0, 0] == 0).all() and np.unique(scores[0, 1]).size > 10
    assert np.abs(probabilities[0, 1] - 255 * sigmoid(scores[0, 1].astype(float))).max() <= 0.51
    assert np.abs(probabilities[0].sum(0, dtype=int) - 255).max() <= 1
    two = {k: np.concatenate([np.zeros_like(v), v]) if k.startswith(LIGHT.head) else v for k, v in state.items()}
    run(ImportModelJob(file=str(ign_files.save(tmp_path / "two.pth", two)), class_names="non route; route"))
    assert find_model("two").file.read_bytes() == card.file.read_bytes()


def test_weights_of_own_classes(run, tmp_path):
    path = str(ign_files.save(tmp_path / "m.pth", ign_files.random_weights(LIGHT, 3, 4)))
    with pytest.raises(OcsiaError) as refusal:
        run(ImportModelJob(file=path, class_names="eau; bois"))
    assert refusal.value.code == "import-onnx-value" and "where the model has 4" in str(refusal.value)
    run(ImportModelJob(file=path, class_names="eau; bois; bâti; autre"))
    assert [c.key for c in find_model("m").classes] == ["eau", "bois", "bati", "autre"]


def test_the_files_here_are_what_onnx_runtime_takes(tmp_path):
    """The NumPy reference and ONNX Runtime agree on the model before it is wrapped."""
    model = SmallModel()
    session = onnxruntime.InferenceSession(Path(model.save(tmp_path / "m.onnx")), providers=["CPUExecutionProvider"])
    image = noise() / np.float32(255)
    (result,) = session.run(None, {"x": image[None].astype(np.float32)})
    assert np.abs(result[0] - model.scores(image)).max() < 1e-4


# -- cards


def cards_of_imports(run, folder, tmp_path):
    run(ImportModelJob(file=SmallModel().save(tmp_path / "m.onnx"), **TOLD))
    run(ImportModelJob(file=str(ign_files.save(tmp_path / "w.pth", ign_files.random_weights(LIGHT, 4, 15)))))
    run(
        ImportModelJob(
            file=str(ign_files.save(tmp_path / "o.pth", ign_files.random_weights(LIGHT, 3, 1))), class_names="x"
        )
    )
    return [json.loads((folder / name / "card.json").read_text(encoding="utf-8")) for name in ("m", "w", "o")]


def test_cards_of_imports_are_valid_stac_and_mlm(run, folder, tmp_path):
    """STAC's own schemas, and what MLM's asks of bands and classes."""
    cards = cards_of_imports(run, folder, tmp_path)
    for card in cards:
        JsonSchemaSTACValidator().validate_core(card, pystac.STACObjectType.ITEM, "1.1.0")
        properties = card["properties"]
        names = properties["mlm:input"][0]["bands"]
        assert [band["name"] for band in properties["bands"]] == names
        assert [band["name"] for band in card["assets"]["model"]["bands"]] == names
        for each in properties["mlm:output"][0]["classification:classes"]:
            assert {"value", "name", "description"} <= set(each)
        assert (
            len(properties["mlm:output"][0]["classification:classes"])
            == properties["mlm:output"][0]["result"]["shape"][1]
        )


def test_cards_of_imports_are_read_by_the_library_of_mlm(run, folder, tmp_path):
    schema = pytest.importorskip("stac_model.schema", reason="stac-model is not installed")
    for card in cards_of_imports(run, folder, tmp_path):
        properties = {k: v for k, v in card["properties"].items() if k.startswith("mlm:")}
        for each in properties["mlm:output"][0]["classification:classes"]:
            del each["title"]  # of classification v2, which that library has not
        schema.MLModelProperties(**properties)
