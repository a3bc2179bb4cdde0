"""Imported weights compute what the original implementations computed from them (``tools/make_golden.py``).

One architecture of each family here; all of them, at full size, with ``make test-models``.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from ocsia_plugin.engine.models.checkpoint import read_checkpoint
from ocsia_plugin.engine.models.fill import Normalisation, fill, with_logits
from ocsia_plugin.engine.models.recognise import recognise
from ocsia_plugin.engine.models.skeletons import skeletons
from tools import ign_files

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
QUICK = ("smp-unet-resnet34", "smp-upernet-swintiny", "odeon-lightunet", "odeon-resnet18", "odeon-deeplab")
NAMES = [s.id for s in skeletons()] if os.environ.get("OCSIA_ALL_MODELS") else QUICK

COUNTS = {
    "smp-unet-resnet34": 278,
    "smp-upernet-swintiny": 231,
    "smp-upernet-swinbase": 387,
    "smp-upernet-convnextv2base": 438,
    "odeon-lightunet": 46,
    "odeon-unet": 136,
    "odeon-resnet18": 270,
    "odeon-resnet34": 462,
    "odeon-resnet101": 1278,
    "odeon-deeplab": 400,
}
"""Keys of the files' state_dicts (without the loss)."""


def softmax(logits: np.ndarray) -> np.ndarray:
    e = np.exp(logits - logits.max(0))
    return e / e.sum(0)


def run(model: bytes, *images: np.ndarray) -> list[np.ndarray]:
    """Outputs of the last of some images, which go through the model together."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return [output[-1] for output in session.run(None, {"image": np.stack(images)})]


def test_each_skeleton_has_its_golden_numbers():
    assert {path.stem for path in GOLDEN.glob("*-*.npz")} == {s.id for s in skeletons()}


@pytest.mark.parametrize("name", NAMES)
def test_an_imported_model_equals_the_original(name, tmp_path):
    skeleton = ign_files.skeleton_named(name)
    with np.load(GOLDEN / f"{name}.npz") as file:
        golden = dict(file)
    step, expected = int(golden["step"]), golden["p65535"] / 65535
    bands, classes = len(golden["mean"]), len(expected)
    weights = ign_files.random_weights(skeleton, bands, classes, head=golden["factor"])
    state = ign_files.with_companions(skeleton, weights)
    if name in COUNTS:
        assert len(state) == COUNTS[name]
    family = skeleton.family
    if ign_files.of_flair_hub(skeleton):
        family = "flair-hub"
        path = ign_files.save_safetensors(tmp_path / "model.safetensors", ign_files.flair_hub(state))
    else:
        if family == "smp":
            family, state = "flair-inc", ign_files.flair_inc(state, np.ones(classes))
        path = ign_files.save(tmp_path / "model.pth", state)

    found = recognise(read_checkpoint(path), path)
    assert (found.skeleton.id, found.bands, found.classes) == (name, bands, classes)
    assert found.family == family

    normalisation = Normalisation(tuple(golden["mean"]), tuple(golden["std"]))
    model = with_logits(fill(skeleton, found.weights, normalisation, range(classes)))
    image = golden["image"] if "image" in golden else ign_files.random_image(golden["shape"])
    probabilities, logits = run(model, image)
    assert probabilities.dtype == np.uint8
    p = softmax(logits)
    worst = np.abs(p[:, ::step, ::step] - expected).max()
    print(f"{name}: {worst:.1e}")
    assert worst < 1e-4
    assert np.abs(np.round(255 * p) - probabilities).max() <= 1
    # Two at once, as on a GPU: each is as alone.
    _, second = run(model, image[:, ::-1], image)
    assert np.abs(softmax(second) - p).max() < 1e-4

    kept = [0, 1, 2, 3, 5, classes - 1]
    reduced, _ = run(with_logits(fill(skeleton, found.weights, normalisation, kept)), image)
    assert np.abs(255 * p[kept] / p[kept].sum(0) - reduced).max() < 0.51
