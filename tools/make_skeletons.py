"""Write the skeletons: the graphs of the known architectures without their weights.

    python -m tools.make_skeletons [NAME...]

Needs ``tools/skeletons.txt``. How they are made says ``ocsia_plugin/engine/models/pytorch/skeleton.py``. Beside the
graph lies what loading strictly has to know: keys, shapes, aliases.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import torch

from ocsia_plugin.engine.models.pytorch.skeleton import (
    BANDS,
    Architecture,
    build,
    facts,
    graph,
    skeleton,
)
from ocsia_plugin.engine.models.pytorch.skeleton import smp_architecture as _smp
from tools import odeon_nets

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "models" / "skeletons"

_UPERNET = ["decoder.fpn_stages.4."]  # for the image itself, which the decoder leaves out


def _swin(size: str, window: int, name: str) -> Architecture:
    encoder = f"tu-swin_{size}_patch4_window{window}_{32 * window}"
    first = "encoder.model.patch_embed.proj.weight"
    # timm makes windows smaller where they are not, at 1/32, smaller than the map.
    options = {"first": first, "fixed": True, "side": 32 * (window + 1), "unused": _UPERNET}
    return _smp("upernet", encoder, f"UPerNet, {name} encoder", **options)


def _convnext(decoder: str, size: str, title: str) -> Architecture:
    # Global response normalisation and, of UPerNet, the pyramid look at the whole tile.
    unused = _UPERNET if decoder == "upernet" else []
    first = "encoder.model.stem_0.weight"
    return _smp(decoder, f"tu-convnextv2_{size}", title, first=first, fixed=True, unused=unused)


def _odeon_resnet(depth: int) -> Architecture:
    return Architecture(
        f"U-Net, ResNet-{depth} encoder (odeon)",
        "odeon",
        lambda bands, classes: odeon_nets.UNetResNet(bands, classes, depth),
        first="encoder.conv1.weight",
        head="final",
        stride=64,
        aliases=[("conv1.0.", "encoder.conv1."), ("conv1.1.", "encoder.bn1.")]
        + [(f"conv{i + 1}.", f"encoder.layer{i}.") for i in (1, 2, 3, 4)],
        unused=["encoder.fc."],
    )


_INC = "inc.double_conv.double_conv.0.weight"
ARCHITECTURES = {
    "smp-unet-resnet34": _smp("unet", "resnet34", "U-Net, ResNet-34 encoder"),
    "smp-fpn-resnet34": _smp("fpn", "resnet34", "FPN, ResNet-34 encoder", fixed=True),
    "smp-deeplabv3-resnet34": _smp("deeplabv3", "resnet34", "DeepLabV3, ResNet-34 encoder", stride=8, fixed=True),
    "smp-deeplabv3plus-resnet34": _smp(
        "deeplabv3plus", "resnet34", "DeepLabV3+, ResNet-34 encoder", stride=16, fixed=True
    ),
    "smp-unet-mitb5": _smp(
        "unet", "mit_b5", "U-Net, MiT-B5 encoder", first="encoder.patch_embed1.proj.weight", bands=3, fixed=True
    ),
    "smp-upernet-swintiny": _swin("tiny", 7, "Swin-T"),
    "smp-upernet-swinsmall": _swin("small", 7, "Swin-S"),
    "smp-upernet-swinbase": _swin("base", 12, "Swin-B"),
    "smp-upernet-swinlarge": _swin("large", 12, "Swin-L"),
    "smp-upernet-convnextv2tiny": _convnext("upernet", "tiny", "UPerNet, ConvNeXt V2-T encoder"),
    "smp-upernet-convnextv2base": _convnext("upernet", "base", "UPerNet, ConvNeXt V2-B encoder"),
    "smp-unet-convnextv2base": _convnext("unet", "base", "U-Net, ConvNeXt V2-B encoder"),
    "odeon-unet": Architecture("U-Net (odeon)", "odeon", odeon_nets.UNet, _INC, "outc.conv", 16, fixed=True),
    "odeon-lightunet": Architecture(
        "light U-Net (odeon)",
        "odeon",
        lambda bands, classes: odeon_nets.UNet(bands, classes, width=8, norm=False),
        _INC,
        "outc.conv",
        16,
        fixed=True,
    ),
    "odeon-resnet18": _odeon_resnet(18),
    "odeon-resnet34": _odeon_resnet(34),
    "odeon-resnet101": _odeon_resnet(101),
    "odeon-deeplab": Architecture(
        "DeepLab v3+, MobileNetV2 encoder (odeon)",
        "odeon",
        odeon_nets.DeepLab,
        first="backbone.features.0.0.weight",
        head="decoder.last_conv.8",
        stride=16,
        fixed=True,
        aliases=[("backbone.low_features.0.", "backbone.features.")],
        unused=["backbone.classifier."],
    ),
}


def write(name: str, folder: Path = FOLDER) -> None:
    """Make and write ``<name>.onnx.gz`` and ``<name>.json.gz``."""
    architecture = ARCHITECTURES[name]
    net = build(architecture)
    bare, shapes = skeleton(graph(net, architecture.bands or BANDS))
    idle = tuple(architecture.unused)
    used = {key for key in net.state_dict() if not key.endswith("num_batches_tracked") and not key.startswith(idle)}
    if set(shapes) != used:
        raise RuntimeError(f"{name}: weights lost by the exporter: {sorted(used ^ set(shapes))}")
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(facts(architecture, shapes), separators=(",", ":")).encode()
    for suffix, content in ((".onnx.gz", bare.SerializeToString(deterministic=True)), (".json.gz", text)):
        path = folder / f"{name}{suffix}"
        path.write_bytes(gzip.compress(content, mtime=0))
        print(f"{path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    torch.set_num_threads(1)
    for wanted in sys.argv[1:] or ARCHITECTURES:
        write(wanted)
