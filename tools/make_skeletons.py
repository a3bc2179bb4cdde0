"""Write the skeletons: the graphs of the known architectures without their weights.

    python -m tools.make_skeletons [NAME...]

Needs ``tools/skeletons.txt``. A skeleton is an ONNX model whose initialisers, inputs and outputs are left out: nodes
refer to weights by their key in the state_dict, batch norm is a node of its own, and nothing in the graph depends on
the number of bands or classes, nor on the size of the image (``tools/traceable.py``).
``ocsia_plugin/engine/models/fill.py`` adds what is missing. Beside the graph lies what loading strictly has to know:
keys, shapes, aliases.
"""

from __future__ import annotations

import copy
import gzip
import json
import sys
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import onnx
import torch
from torch import Tensor, nn

from tools import odeon_nets
from tools.traceable import traceable

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "models" / "skeletons"
OPSET, IR_VERSION = 17, 8
BANDS, CLASSES = 5, 19
"""Of the traced network; any others that differ from each other would do."""


@dataclass(frozen=True)
class Architecture:
    """One known architecture.

    Attributes:
        title: for people.
        family: ``smp`` or ``odeon``: who defined it.
        build: the network for so many bands and classes; where it has a ``side``, also for a ``shape``, (H, W).
        first: key of the weights that see the bands.
        head: key, less ``.weight``, of those that make the classes.
        stride: H and W are multiples of it.
        fixed: the result depends on the size of the tile (pooling or attention over the whole of it, enlarging with
            aligned corners), so that the size of the training has to be kept.
        aliases: the file repeats tensors: what begins with the first string equals what begins with the second.
        unused: beginnings of keys that the file holds and the network does not use.
        bands: the only number of bands there is; None: any.
        side: the original is built for one size of image, of which the sides are at least so long; None: any.
    """

    title: str
    family: str
    build: Callable[..., nn.Module]
    first: str
    head: str
    stride: int
    fixed: bool = False
    aliases: Sequence[tuple[str, str]] = ()
    unused: Sequence[str] = ()
    bands: int | None = None
    side: int | None = None

    def original(self, bands: int, classes: int, shape: tuple[int, int]) -> nn.Module:
        """The network as its authors define it, for images of that shape."""
        return self.build(bands, classes, shape) if self.side else self.build(bands, classes)


def _smp(decoder: str, encoder: str, title: str, **options: Any) -> Architecture:
    def build(bands: int, classes: int, shape: tuple[int, int] = (512, 512)) -> nn.Module:
        import segmentation_models_pytorch as smp

        size = {"img_size": shape} if options.get("side") else {}
        return smp.create_model(decoder, encoder, encoder_weights=None, in_channels=bands, classes=classes, **size)

    options = {"first": "encoder.conv1.weight", "stride": 32, **options}
    return Architecture(title, "smp", build, head="segmentation_head.0", **options)


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


class ByteModel(nn.Module):
    """Bytes (N, bands, H, W) to ``round(255 p)`` (N, classes, H, W), and the logits."""

    def __init__(self, net: nn.Module, bands: int) -> None:
        super().__init__()
        self.net = net
        self.register_buffer("scale", torch.rand(1, bands, 1, 1))
        self.register_buffer("offset", torch.rand(1, bands, 1, 1))

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:
        logits = self.net(image.float() * self.scale + self.offset)
        # Softmax written out: ONNX Runtime's own, over an axis that is not the last, takes half of the time.
        e = torch.exp(logits - logits.amax(1, keepdim=True))
        return torch.round(e * (255 / e.sum(1, keepdim=True))).to(torch.uint8), logits


def build(architecture: Architecture) -> nn.Module:
    """The network with random weights, no two of them equal: equal ones would be merged in the graph."""
    torch.manual_seed(0)
    net = architecture.build(architecture.bands or BANDS, CLASSES).eval()
    for name, tensor in net.state_dict().items():
        if tensor.is_floating_point() and tensor.ndim < 2:
            tensor.uniform_(0.5, 1.5) if name.endswith("running_var") else tensor.normal_()
    return net


def graph(net: nn.Module, bands: int, fold: bool = False) -> onnx.ModelProto:
    """The traced graph of ``ByteModel(net, bands)`` with the weights in it, as the exporter leaves it.

    Args:
        fold: let the exporter simplify, which mixes weights: batch norm into convolutions, constants.
    """
    model = traceable(copy.deepcopy(net) if isinstance(net, ByteModel) else ByteModel(copy.deepcopy(net), bands))
    mode = torch.onnx.TrainingMode
    stream = BytesIO()
    axes = {0: "N", 2: "H", 3: "W"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model.eval(),
            (torch.zeros(1, bands, 2 * 64, 3 * 64, dtype=torch.uint8),),
            stream,
            dynamo=False,
            opset_version=OPSET,
            training=mode.EVAL if fold else mode.PRESERVE,
            do_constant_folding=fold,
            input_names=["image"],
            output_names=["probabilities", "logits"],
            dynamic_axes={"image": axes, "probabilities": axes, "logits": axes},
        )
    return onnx.load_from_string(stream.getvalue())


def skeleton(model: onnx.ModelProto) -> tuple[onnx.ModelProto, dict[str, list[int]]]:
    """The graph without weights, inputs and outputs; and the shape of each weight by its key."""
    shapes: dict[str, list[int]] = {}
    names = {"image": "image", "probabilities": "probabilities", "logits": "logits", "": ""}
    constants = []
    for tensor in model.graph.initializer:
        if tensor.name.startswith("net."):
            names[tensor.name] = tensor.name[len("net.") :]
            shapes[names[tensor.name]] = list(tensor.dims)
        elif tensor.name in ("scale", "offset"):
            names[tensor.name] = f"ocsia.{tensor.name}"
        else:
            constants.append(tensor)
    bare = onnx.ModelProto(ir_version=IR_VERSION, producer_name="OCS-IA")
    bare.opset_import.append(onnx.helper.make_opsetid("", OPSET))
    bare.graph.name = "ocsia"
    for node in model.graph.node:
        for ends in (node.input, node.output):
            for i, name in enumerate(ends):
                ends[i] = names.setdefault(name, f"t{len(names)}")
        node.name = node.doc_string = ""
        bare.graph.node.append(node)
    for tensor in constants:
        tensor.name = names[tensor.name]
        bare.graph.initializer.append(tensor)
    return bare, shapes


def facts(architecture: Architecture, shapes: dict[str, list[int]]) -> dict[str, Any]:
    """What strict loading has to know; ``bands`` and ``classes`` stand for numbers that the file decides."""
    parameters: dict[str, list[int | str]] = {key: list(shape) for key, shape in sorted(shapes.items())}
    if not architecture.bands:
        parameters[architecture.first][1] = "bands"
    for end in (".weight", ".bias"):
        parameters[architecture.head + end][0] = "classes"
    return {
        "title": architecture.title,
        "family": architecture.family,
        "first": architecture.first,
        "head": architecture.head,
        "stride": architecture.stride,
        "fixed": architecture.fixed,
        "aliases": list(architecture.aliases),
        "unused": list(architecture.unused),
        "parameters": parameters,
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
