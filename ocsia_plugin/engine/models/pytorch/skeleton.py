"""Skeletons from PyTorch: graphs of architectures of segmentation-models-pytorch, and of others, without their weights.

A skeleton is an ONNX model whose initialisers, inputs and outputs are left out: nodes refer to weights by their key in
the state_dict, batch norm is a node of its own, and nothing in the graph depends on the number of bands or classes, nor
on the size of the image (``traceable``). ``fill`` adds what is missing.
"""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np
import onnx
import onnxruntime
import segmentation_models_pytorch as smp
import torch
from torch import Tensor, nn

from ...errors import OcsiaError
from ..checkpoint import Tensors
from ..fill import Normalisation, fill, with_logits
from ..skeletons import Skeleton
from .traceable import traceable

OPSET, IR_VERSION = 17, 8
BANDS, CLASSES = 5, 19
"""Of the traced network; any others that differ from each other would do."""
TOLERANCE = 1e-4
"""How much a probability may differ from PyTorch's."""
_SIDE = 512


@dataclass(frozen=True)
class Architecture:
    """A network that weights belong to.

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


def smp_architecture(decoder: str, encoder: str, title: str, **options: Any) -> Architecture:
    """One of segmentation-models-pytorch, by its names of the decoder and the encoder."""

    def build(bands: int, classes: int, shape: tuple[int, int] = (512, 512)) -> nn.Module:
        size = {"img_size": shape} if options.get("side") else {}
        return smp.create_model(decoder, encoder, encoder_weights=None, in_channels=bands, classes=classes, **size)

    options = {"first": "encoder.conv1.weight", "stride": 32, **options}
    return Architecture(title, "smp", build, head="segmentation_head.0", **options)


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


# -- architectures that the project ships no skeleton of


def skeleton_for(name: str, tensors: Tensors) -> Skeleton:
    """The skeleton of ``decoder/encoder``, by the names of segmentation-models-pytorch, for those tensors.

    Raises:
        OcsiaError: ``import-architecture``: there is no such network, the tensors are of another, ONNX has no words for
            it, or ONNX Runtime does not compute the same as PyTorch.
    """
    decoder, _, encoder = name.partition("/")
    first = next((key for key, t in tensors.items() if key.startswith("encoder.") and t.ndim == 4), "")
    bands = tensors[first].shape[1] if first else BANDS
    # What the result depends on is not known: the tile stays that of the training. Swin has to be told its side.
    side = _SIDE if encoder.startswith("tu-swin_") else None
    architecture = smp_architecture(decoder, encoder, name, first=first, fixed=True, bands=bands, side=side)
    try:
        net = build(architecture)
        made, shapes = skeleton(graph(net, bands))
        idle = tuple(key for key in net.state_dict() if key not in shapes and not key.endswith("num_batches_tracked"))
        parameters = {key: tuple(shape) for key, shape in facts(architecture, shapes)["parameters"].items()}
        found = Skeleton(
            name, name, "smp", first, architecture.head, architecture.stride, True, (), idle, parameters,
            made.SerializeToString(),
        )  # fmt: skip
        difference = _difference(found, architecture, tensors, bands)
    except Exception as error:  # from an unknown name to an operator without a counterpart, each library has its own
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise OcsiaError("import-architecture", architecture=name, reason=reason) from error
    if difference > TOLERANCE:
        reason = f"ONNX Runtime - PyTorch = {difference:.1e}"
        raise OcsiaError("import-architecture", architecture=name, reason=reason)
    return found


@torch.no_grad()
def _difference(found: Skeleton, architecture: Architecture, tensors: Tensors, bands: int) -> float:
    """The largest between a probability of the filled skeleton and PyTorch's, loaded strictly, over noise."""
    classes = len(tensors[found.head + ".weight"])
    net = architecture.original(bands, classes, (_SIDE, _SIDE)).eval()
    net.load_state_dict({key: torch.from_numpy(values) for key, values in tensors.items()}, strict=True)
    weights = {key: tensors[key] for key in found.parameters}
    model = with_logits(fill(found, weights, Normalisation((127.5,) * bands, (60.0,) * bands), range(classes)))
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    image = np.random.default_rng(0).integers(0, 256, (1, bands, _SIDE, _SIDE), np.uint8)
    logits = torch.from_numpy(session.run(["logits"], {"image": image})[0])
    reference = net((torch.from_numpy(image).float() - 127.5) / 60)
    return float((logits.softmax(1) - reference.softmax(1)).abs().max())
