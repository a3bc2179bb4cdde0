"""Export to ONNX, and what an export must pass: same values as PyTorch, tiles equal to the whole image."""

from __future__ import annotations

import hashlib
import time
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime as ort
import torch
from torch import nn

from .data import Scene, normalise
from .evaluate import pad_fill
from .net import N_CLASSES, STRIDE, ByteModel, LandCoverNet

OPSET, IR_VERSION = 17, 9
SENTENCE = "This model is for learning the plugin, not for decisions."


def export(net: LandCoverNet, path: Path) -> None:
    """Write the ONNX file: `image` uint8 [N,3,H,W] -> `probabilities` uint8 [N,15,h,w], sizes free.

    The second input, `halo`, may be left out: it is 0 by default.
    """
    net = net.eval().to(memory_format=torch.contiguous_format)
    axes = {0: "N", 2: "H", 3: "W"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.onnx.export(
            ByteModel(net).eval(),
            (torch.zeros(1, 3, 256, 320, dtype=torch.uint8), torch.tensor(64)),
            str(path),
            dynamo=False,
            opset_version=OPSET,
            input_names=["image", "halo"],
            output_names=["probabilities"],
            dynamic_axes={"image": axes, "probabilities": {0: "N", 2: "h", 3: "w"}},
        )
    model = onnx.load(str(path))
    model.ir_version = IR_VERSION
    model.graph.initializer.append(onnx.helper.make_tensor("halo", onnx.TensorProto.INT64, [], [0]))
    model.doc_string = f"OCS-IA, NAF 15 classes from R,V,B at 0.20 m. {SENTENCE}"
    # The exporter leaves the number of bands open: say what it is.
    for dim, name in zip(model.graph.output[0].type.tensor_type.shape.dim, ("N", "", "h", "w"), strict=True):
        if name:
            dim.dim_param = name
        else:
            dim.dim_value = N_CLASSES
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, str(path))


def sha256(path: Path) -> str:
    """Hexadecimal digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def session(path: Path, threads: int = 2) -> ort.InferenceSession:
    """A CPU session on the file."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def run(sess: ort.InferenceSession, image: np.ndarray) -> np.ndarray:
    """uint8 (3,H,W) or (N,3,H,W) -> uint8 of the same rank with 15 bands."""
    batch = image if image.ndim == 4 else image[None]
    out = sess.run(["probabilities"], {"image": np.ascontiguousarray(batch)})[0]
    return out if image.ndim == 4 else out[0]


def check_same_as_torch(net: LandCoverNet, sess: ort.InferenceSession, images: Sequence[np.ndarray]) -> int:
    """Largest |difference| in DN between the ONNX file and PyTorch's round(255 softmax); raises above 1."""
    worst = 0
    for image in images:
        padded = pad_fill(image, 0)
        with torch.no_grad():
            p = torch.softmax(net(normalise(torch.from_numpy(padded)[None])), 1)
        expected = torch.round(255 * p)[0].numpy()
        worst = max(worst, int(np.abs(run(sess, padded) - expected).max()))
    if worst > 1:
        raise RuntimeError(f"the ONNX file and PyTorch differ by {worst} DN")
    return worst


def check_halo_input(sess: ort.InferenceSession, images: Sequence[np.ndarray], halo: int) -> int:
    """Largest |difference| in DN between a graph that leaves the halo out and one cropped after it; raises above 1."""
    worst = 0
    for image in images:
        padded = pad_fill(image, halo)
        after = run(sess, padded)[:, halo:-halo, halo:-halo].astype(np.int16)
        feed = {"image": padded[None], "halo": np.array(halo, np.int64)}
        inside = sess.run(["probabilities"], feed)[0][0]
        worst = max(worst, int(np.abs(inside - after).max()))
    if worst > 1:
        raise RuntimeError(f"leaving the halo out changes the core by {worst} DN")
    return worst


def structural_halo(net: LandCoverNet) -> dict[str, int]:
    """How far an input pixel can act on a 16-aligned core, exactly: pixels before it, after it, and the halo.

    Non-zero pattern of the gradient of a copy of the network whose weights are all positive and small: no
    cancellation, no saturated activation, so every structural dependency shows.
    """
    copy = LandCoverNet(net.cfg)
    with torch.no_grad():
        for module in copy.modules():
            if isinstance(module, nn.Conv2d):
                fan = module.weight[0].numel()
                module.weight.fill_(1.0 / fan)
                if module.bias is not None:
                    module.bias.zero_()
    copy = copy.double().eval()
    size, lo, hi = 1024, 496, 528
    x = torch.full((1, 3, size, STRIDE), 0.1, dtype=torch.float64, requires_grad=True)
    copy(x)[0, 0, lo:hi].sum().backward()
    rows = torch.nonzero(x.grad[0, 0].abs().sum(1))[:, 0]
    before, after = lo - int(rows.min()), int(rows.max()) - hi + 1
    return {"before": before, "after": after, "halo": -(-max(before, after) // STRIDE) * STRIDE}


def hostile_images(size: int = 256, seed: int = 5) -> dict[str, np.ndarray]:
    """Contents that no ortho shows, to provoke the network: noise of several grains, stripes, checks."""
    rng = np.random.default_rng(seed)
    out = {}
    for grain in (1, 2, 4, 8, 16, 32, 64):
        n = -(-size // grain)
        noise = rng.integers(0, 256, (3, n, n), np.uint8).repeat(grain, 1).repeat(grain, 2)[:, :size, :size]
        out[f"noise{grain}"] = noise
        out[f"binary{grain}"] = np.where(noise > 127, 255, 0).astype(np.uint8)
        yy, xx = np.mgrid[:size, :size] // grain
        for name, field in (("checker", yy + xx), ("stripes", yy)):
            out[f"{name}{grain}"] = np.repeat((field % 2 * 255).astype(np.uint8)[None], 3, 0)
    for value in (0, 255):
        out[f"flat{value}"] = np.full((3, size, size), value, np.uint8)
    return out


def _worst(
    sess: ort.InferenceSession, padded: np.ndarray, whole: np.ndarray, margin: int, halo: int, core: int
) -> int:
    """Largest |difference| in DN between `whole` and square cores read with `halo` around them."""
    worst = 0
    for top in range(0, whole.shape[1], core):
        for left in range(0, whole.shape[2], core):
            expected = whole[:, top : top + core, left : left + core].astype(np.int16)
            h, w = expected.shape[1:]
            y0, x0 = margin + top - halo, margin + left - halo
            tile = run(sess, padded[:, y0 : y0 + h + 2 * halo, x0 : x0 + w + 2 * halo])
            worst = max(worst, int(np.abs(tile[:, halo : halo + h, halo : halo + w] - expected).max()))
    return worst


def measure_halo(
    sess: ort.InferenceSession, images: dict[str, np.ndarray], largest: int, smallest: int
) -> dict[str, Any]:
    """Smallest halo (multiple of 16) that keeps tiles within 1 DN of one pass over the whole image.

    The whole image is padded with mean colour by `largest` (the structural halo) on every side, as the caller
    does. Halos are tried downwards from `largest` to `smallest`; an image stops counting once it has
    failed, so the result holds for every larger halo too. Raises if even the structural halo is not enough.
    """
    worst: dict[int, int] = {}
    need: dict[str, int] = {}
    for name, image in images.items():
        core = image.shape[1] // 2 // STRIDE * STRIDE
        padded = pad_fill(image, largest)
        whole = run(sess, padded)[:, largest:-largest, largest:-largest]
        for halo in range(largest, smallest - 1, -STRIDE):
            diff = _worst(sess, padded, whole, largest, halo, core)
            worst[halo] = max(worst.get(halo, 0), diff)
            if diff > 1:
                break
            need[name] = halo
        if name not in need:
            raise RuntimeError(f"{name}: {worst[largest]} DN at the structural halo {largest}")
    return {
        "halo": max(need.values()),
        "cores": "four to nine per image, half its side",
        "images": len(images),
        "halo_by_image": need,
        "worst_dn_by_halo": {str(h): worst[h] for h in sorted(worst)},
    }


def provoke(net: LandCoverNet, structural: int, halo: int, steps: int = 30, starts: int = 2) -> float:
    """Largest difference, in DN before rounding, that gradient ascent finds between tile and whole image.

    The image is built against the network (sign gradient, squared difference over a core of 64 pixels): a
    lower bound on the worst case, which no photograph is expected to reach.
    """
    worst, core = 0.0, 64
    cut = structural - halo
    for seed in range(starts):
        generator = torch.Generator().manual_seed(seed)
        x = torch.randint(
            0, 256, (1, 3, core + 2 * structural, core + 2 * structural), generator=generator
        ).float()
        for step in range(steps):
            x.requires_grad_(True)
            end = x.shape[-1]
            whole = torch.softmax(net(normalise(x)), 1)[..., structural:-structural, structural:-structural]
            window = x[..., cut : end - cut, cut : end - cut]
            tile = torch.softmax(net(normalise(window)), 1)[..., halo:-halo, halo:-halo]
            diff = whole - tile
            worst = max(worst, 255 * float(diff.detach().abs().max()))
            (gradient,) = torch.autograd.grad(diff.square().sum(), x)
            with torch.no_grad():
                x = (x + (24 if step < steps // 2 else 8) * gradient.sign()).clamp(0, 255)
    return round(worst, 3)


def speed(path: Path, size: int = 1024, repeats: int = 5) -> dict[str, float]:
    """Seconds per megapixel of input (median of `repeats`), ONNX Runtime on 1 and 2 threads."""
    image = np.random.default_rng(0).integers(0, 256, (3, size, size), np.uint8)
    out = {}
    for threads in (1, 2):
        sess = session(path, threads)
        run(sess, image)
        times = []
        for _ in range(repeats):
            began = time.perf_counter()
            run(sess, image)
            times.append(time.perf_counter() - began)
        out[f"threads_{threads}"] = round(float(np.median(times)) / (size * size / 1e6), 3)
    return out


def multiply_adds(net: LandCoverNet, size: int = 256) -> float:
    """Multiply-adds of the convolutions per input pixel."""
    total = 0

    def count(module: nn.Conv2d, _: Any, output: torch.Tensor) -> None:
        nonlocal total
        total += output.numel() * module.weight[0].numel()

    hooks = [m.register_forward_hook(count) for m in net.modules() if isinstance(m, nn.Conv2d)]
    with torch.no_grad():
        net.eval()(torch.zeros(1, 3, size, size))
    for hook in hooks:
        hook.remove()
    return round(total / size**2, 1)


def test_images(scenes: Sequence[Scene]) -> dict[str, np.ndarray]:
    """Images of the scenes, cut to multiples of the stride, and the hostile ones."""
    out = {
        s.name: s.image[:, : s.image.shape[1] // STRIDE * STRIDE, : s.image.shape[2] // STRIDE * STRIDE]
        for s in scenes
    }
    return {**out, **hostile_images()}
