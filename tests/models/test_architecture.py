"""Import of architectures without a skeleton: PyTorch makes one on the spot (``make test-models``)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import segmentation_models_pytorch as smp
import torch

from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.events import Events
from ocsia_plugin.engine.jobs import ImportModelJob
from ocsia_plugin.engine.models.catalogue import find_model
from ocsia_plugin.engine.models.importing import run
from ocsia_plugin.engine.runtime.session import OnnxSession


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("OCSIA_MODELS", str(tmp_path / "models"))


def saved(tmp_path, decoder, encoder, **options):
    torch.manual_seed(0)
    net = smp.create_model(decoder, encoder, encoder_weights=None, classes=12, **options).eval()
    path = tmp_path / "w.pth"
    torch.save(net.state_dict(), path)
    return net, str(path)


@pytest.mark.parametrize(
    ("decoder", "encoder", "options"),
    [
        ("unet", "resnet18", {"in_channels": 4}),
        ("pspnet", "resnet18", {}),
        ("upernet", "resnet18", {}),
    ],
)
@torch.no_grad()
def test_what_is_imported_computes_what_pytorch_does(decoder, encoder, options, tmp_path):
    net, path = saved(tmp_path, decoder, encoder, **options)
    job = ImportModelJob(file=path, architecture=f"{decoder}/{encoder}", nomenclature="flair12", id="m")
    assert run(job, Events()) == {"OUTPUT": "m"}
    card = find_model("m")
    assert (card.tile, len(card.codes)) == (512, 12)
    image = np.random.default_rng(0).integers(0, 256, (len(card.bands), 512, 512), np.uint8)
    statistics = torch.tensor([[105.08, 110.87, 101.82, 106.38], [52.17, 45.38, 44.0, 39.69]])
    mean, std = statistics[:, : len(image), None, None]
    expected = 255 * net(((torch.from_numpy(image) - mean) / std)[None]).softmax(1)[0].numpy()
    found = OnnxSession(replace(card, halo=0), "cpu", Events()).probabilities(image[np.newaxis])[0]
    assert np.abs(found - expected).max() < 0.55


@pytest.mark.parametrize(
    ("architecture", "words"),
    [
        ("unet/resnet50", "Error(s) in loading state_dict"),
        ("fpn/resnet18", "decoder"),
        ("nothing/resnet18", "nothing"),
        ("unet/nothing", "nothing"),
        ("unet", "unet"),
    ],
)
def test_architectures_that_these_weights_are_not(architecture, words, tmp_path):
    _, path = saved(tmp_path, "unet", "resnet18")
    with pytest.raises(OcsiaError) as refusal:
        run(ImportModelJob(file=path, architecture=architecture, nomenclature="flair12"), Events())
    assert refusal.value.code == "import-architecture"
    assert words in str(refusal.value)
    assert not (tmp_path / "models").exists()
