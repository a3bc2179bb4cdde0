"""Compute what the original implementations make of seeded weights: what imported models are tested against.

    python -m tools.make_golden [--odeon FOLDER] [NAME...]

The reference is segmentation-models-pytorch for the architectures of FLAIR-INC and, for odeon's, IGN's own code in
FOLDER (a checkout of https://github.com/IGNF/odeon-landcover at 5c5e5b4, of which nothing is kept but these numbers).
Needs ``tools/skeletons.txt``.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import types
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from tools.ign_files import of_flair_hub, random_image, random_weights, skeleton_named, with_companions
from tools.make_skeletons import ARCHITECTURES

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "golden"
IMAGE, STEP = (64, 128), 3
"""Every third pixel of every third row is kept."""
SIDES, STEPS = (0, 32), 11
"""Where a network has a smallest side: its image is larger by so much, and fewer pixels are kept."""
MEAN = {"smp": (105.08, 110.87, 101.82, 106.38, 53.26), "odeon": (0.0,) * 5}
STD = {"smp": (52.17, 45.38, 44.0, 39.69, 79.3), "odeon": (255.0,) * 5}
"""Of the bytes, per band: FLAIR-1's configuration, and odeon's division by 255."""
SPREAD = 3.0
"""Standard deviation of the logits: classes that differ, none that is certain."""


def reference(name: str, bands: int, classes: int, shape: tuple[int, int], odeon: Path | None) -> nn.Module:
    """The original network."""
    if name.startswith("smp-"):
        return ARCHITECTURES[name].original(bands, classes, shape)
    if odeon is None:
        raise SystemExit(f"{name}: --odeon names no folder")
    unet, deeplab = _original(odeon)
    kind = name.removeprefix("odeon-")
    if kind.startswith("resnet"):
        return unet.UNetResNet(int(kind.removeprefix("resnet")), classes, bands)
    if kind == "deeplab":
        return deeplab.DeeplabV3p(bands, classes, output_stride=16)
    return {"unet": unet.UNet, "lightunet": unet.LightUNet}[kind](bands, classes)


def _original(folder: Path) -> tuple[Any, Any]:
    """odeon's modules, without the rest of the package; its deeplab wants a name that torchvision no longer has."""
    import torchvision.models.mobilenetv2 as mobilenet
    from torchvision.ops.misc import Conv2dNormActivation

    class ConvBNReLU(Conv2dNormActivation):
        def __init__(self, c_in: int, c_out: int, kernel_size: int = 3, stride: int = 1, groups: int = 1) -> None:
            super().__init__(c_in, c_out, kernel_size, stride, groups=groups, activation_layer=nn.ReLU6)

    mobilenet.ConvBNReLU = ConvBNReLU
    for package in ("odeon", "odeon.nn"):
        module = types.ModuleType(package)
        module.__path__ = [str(folder / package.replace(".", "/"))]
        sys.modules.setdefault(package, module)
    # The original drops features at inference; the expected result does not.
    nn.functional.dropout2d = lambda x, *_args, **_options: x
    return importlib.import_module("odeon.nn.unet"), importlib.import_module("odeon.nn.deeplabv3p")


def golden(name: str, odeon: Path | None) -> dict[str, np.ndarray]:
    """What a test needs: normalisation, number of classes, factor of the last layer, the image's shape, results."""
    skeleton = skeleton_named(name)
    architecture = ARCHITECTURES[name]
    bands, classes = 3 if of_flair_hub(skeleton) else architecture.bands or 5, 19 if name.startswith("smp-") else 15
    shape, step = IMAGE, STEP
    if architecture.side:
        shape, step = tuple(architecture.side + more for more in SIDES), STEPS
    mean, std = MEAN[skeleton.family][:bands], STD[skeleton.family][:bands]
    weights = random_weights(skeleton, bands, classes)
    net = reference(name, bands, classes, shape, odeon).eval()
    state = with_companions(skeleton, weights)
    net.load_state_dict({key: torch.from_numpy(np.array(v)) for key, v in state.items()}, strict=True)
    image = random_image((bands, *shape))
    with torch.no_grad():
        head = net.get_submodule(architecture.head)
        shift, scale = (torch.tensor(v).view(-1, 1, 1) for v in (mean, std))
        x = (torch.from_numpy(image)[None].float() - shift) / scale
        factor = np.float32(SPREAD / net(x).std().item())
        head.weight *= factor
        head.bias *= factor
        p = torch.softmax(net(x), 1)[0, :, ::step, ::step].numpy()
    return {
        "mean": np.array(mean),
        "std": np.array(std),
        "classes": np.int64(classes),
        "factor": factor,
        "shape": np.array(image.shape),
        "step": np.int64(step),
        "p65535": np.round(65535 * p).astype(np.uint16),
    }


def main() -> None:
    """Write ``tests/golden/<name>.npz``."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--odeon", type=Path)
    parser.add_argument("names", nargs="*", default=list(ARCHITECTURES))
    options = parser.parse_args()
    torch.set_num_threads(1)
    warnings.simplefilter("ignore")
    FOLDER.mkdir(exist_ok=True)
    for name in options.names:
        path = FOLDER / f"{name}.npz"
        np.savez_compressed(path, **golden(name, options.odeon))
        print(f"{path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
