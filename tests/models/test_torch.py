"""Skeletons against PyTorch, every architecture at full size; needs ``tools/skeletons.txt`` (``make test-models``)."""

from __future__ import annotations

import gzip

import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from ocsia_plugin.engine.models.checkpoint import read_checkpoint
from ocsia_plugin.engine.models.fill import Normalisation, fill, with_logits
from ocsia_plugin.engine.models.pytorch.skeleton import ByteModel, build, graph, skeleton
from ocsia_plugin.engine.models.recognise import recognise
from tools import ign_files
from tools.make_skeletons import ARCHITECTURES, FOLDER

SHAPES = ((128, 192), (64, 64), (192, 320))


def shapes(architecture):
    """Sizes of images, the one of the training last; windows have to be full at the smallest."""
    side = architecture.side
    return ((side, side + 64), (512, 512)) if side else SHAPES


def weights_of(net, state):
    """``net`` with those weights; its tensors without numbers (counters, what it leaves unused) as they are."""
    net.load_state_dict({key: torch.from_numpy(values) for key, values in state.items()}, strict=False)
    return net.eval()


def numpy_of(state):
    return {key: tensor.numpy() for key, tensor in state.items()}


def run(model: bytes, images: list[np.ndarray]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Bytes, and probabilities from the logits, of each image; the session goes: some models are large."""
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    results = (session.run(["probabilities", "logits"], {"image": image}) for image in images)
    return [(probabilities, softmax(logits)) for probabilities, logits in results]


def softmax(logits: np.ndarray) -> np.ndarray:
    e = np.exp(logits - logits.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


@pytest.mark.parametrize("name", ARCHITECTURES)
@torch.no_grad()
def test_a_filled_skeleton_equals_pytorch_and_its_own_export(name, tmp_path):
    architecture = ARCHITECTURES[name]
    bands = architecture.bands or 4
    named = ign_files.skeleton_named(name)
    weights = ign_files.random_weights(named, bands, 7, seed=3)
    first = shapes(architecture)[0]
    net = weights_of(architecture.original(bands, 7, first), weights)
    factor = 3 / net(torch.randn(1, bands, *first)).std()  # logits that differ, none that is certain
    for end in (".weight", ".bias"):
        weights[architecture.head + end] *= factor.numpy()
    state = weights_of(net, weights).state_dict()
    if ign_files.of_flair_hub(named):
        state = {key: torch.from_numpy(v) for key, v in ign_files.flair_hub(numpy_of(state)).items()}
    path = tmp_path / "m.pth"
    torch.save(state, path)
    found = recognise(read_checkpoint(path), path)
    path.unlink()
    assert (found.skeleton.id, found.bands, found.classes) == (name, bands, 7)

    normalisation = Normalisation((100.0, 110.0, 90.0, 50.0)[:bands], (50.0, 40.0, 45.0, 70.0)[:bands])
    rng = np.random.default_rng(0)
    images = [rng.integers(0, 256, (2, bands, *shape), np.uint8) for shape in shapes(architecture)]
    filled = with_logits(fill(found.skeleton, found.weights, normalisation, range(7)))
    del found, state
    onnx.checker.check_model(onnx.load_from_string(filled), full_check=True)
    imported = run(filled, images)
    bytes_model = ByteModel(net, bands)
    mean, std = (torch.tensor(v).view(1, -1, 1, 1) for v in (normalisation.mean, normalisation.std))
    bytes_model.scale.copy_(1 / std)
    bytes_model.offset.copy_(-mean / std)
    # As the skeleton was made, and as the exporter does by default: with batch norm folded, which rounds differently.
    exported = (graph(bytes_model, bands, fold=fold).SerializeToString() for fold in (False, True))
    exports = zip(*(run(model, images) for model in exported), strict=True)

    for image, (probabilities, p), ((_, plain), (_, folded)) in zip(images, imported, exports, strict=True):
        height, width = image.shape[2:]
        if architecture.side:  # the original is built for one size
            net = weights_of(architecture.original(bands, 7, (height, width)), weights)
        reference = torch.softmax(net((torch.from_numpy(image).float() - mean) / std), 1).numpy()
        to_torch, to_plain, to_folded = (np.abs(p - other).max() for other in (reference, plain, folded))
        print(f"{name} {height} x {width}: {to_torch:.1e}, {to_plain:.1e}, {to_folded:.1e}")
        assert to_torch < 1e-4
        assert to_plain < 1e-6
        assert to_folded < 1e-4
        assert np.abs(np.round(255 * reference) - probabilities).max() <= 1


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_the_shipped_skeletons_are_those_of_the_tool(name):
    architecture = ARCHITECTURES[name]
    made, _ = skeleton(graph(build(architecture), architecture.bands or 5))
    shipped = onnx.load_from_string(gzip.decompress((FOLDER / f"{name}.onnx.gz").read_bytes()))
    assert [(n.op_type, *n.input, *n.output) for n in made.graph.node] == [
        (n.op_type, *n.input, *n.output) for n in shipped.graph.node
    ]
    same = made == shipped  # attributes and constants too; they would fill pages
    assert same, "make skeletons"


def test_files_written_without_torch_are_what_torch_writes(tmp_path):
    unet = ign_files.skeleton_named("odeon-lightunet")
    weights = ign_files.random_weights(unet, 5, 15)
    loaded = torch.load(ign_files.save(tmp_path / "m.pth", weights), weights_only=True)
    assert list(loaded) == list(weights)
    assert all(np.array_equal(loaded[key].numpy(), values) for key, values in weights.items())
