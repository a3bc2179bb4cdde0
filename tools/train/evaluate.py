"""Prediction over a whole scene, confusion matrices and the figures drawn from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ocsia_plugin.engine.nomenclature import load_nomenclature

from .data import FILL, Scene, normalise
from .net import N_CLASSES, STRIDE, LandCoverNet

NAMES = tuple(c.key for c in load_nomenclature("naf15").classes)


def pad_fill(image: np.ndarray, halo: int) -> np.ndarray:
    """Image uint8 (3,H,W) with `halo` pixels of mean colour around it, sides completed to multiples of 16."""
    _, height, width = image.shape
    up_h, up_w = -height % STRIDE, -width % STRIDE
    out = np.broadcast_to(FILL[:, None, None], (3, height + up_h + 2 * halo, width + up_w + 2 * halo)).copy()
    out[:, halo : halo + height, halo : halo + width] = image
    return out


@torch.no_grad()
def probabilities(net: LandCoverNet, image: np.ndarray, flips: bool = False) -> np.ndarray:
    """One pass over the whole image uint8 (3,H,W) -> softmax float32 (15,H,W).

    With `flips`, the mean over the image and its three mirrored versions.
    """
    net.eval()
    _, height, width = image.shape
    halo = -(-net.receptive_radius() // STRIDE) * STRIDE
    x = normalise(torch.from_numpy(pad_fill(image, halo))[None]).to(memory_format=torch.channels_last)
    axes: tuple[tuple[int, ...], ...] = ((), (3,), (2,), (2, 3)) if flips else ((),)
    total: Tensor | float = 0.0
    for dims in axes:
        y = torch.softmax(net(x.flip(dims) if dims else x), 1)
        total = total + (y.flip(dims) if dims else y)
    mean = total / len(axes)
    return mean[0, :, halo : halo + height, halo : halo + width].numpy()


def confusion(truth: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """int64 (15,15), rows = truth, columns = prediction; pixels whose truth is 0 do not count."""
    keep = truth > 0
    index = (truth[keep].astype(np.int64) - 1) * N_CLASSES + codes[keep] - 1
    return np.bincount(index, minlength=N_CLASSES**2).reshape(N_CLASSES, N_CLASSES)


def evaluate(net: LandCoverNet, scenes: Iterable[Scene], flips: bool = False) -> dict[str, np.ndarray]:
    """Confusion matrix of each scene, by name, at 0.20 m."""
    out = {}
    for scene in scenes:
        codes = probabilities(net, scene.image, flips).argmax(0).astype(np.uint8) + 1
        out[scene.name] = confusion(scene.label, codes)
    return out


def overall(matrix: np.ndarray) -> float:
    """Overall accuracy, 0..1."""
    return float(np.trace(matrix) / max(1, matrix.sum()))


def _ratio(a: float, b: float) -> float | None:
    return round(float(a / b), 4) if b else None


def summary(matrices: dict[str, np.ndarray]) -> dict[str, Any]:
    """Pooled figures of several scenes: overall accuracy, per class figures, matrix, accuracy of each scene.

    A ratio without denominator is None: no figure is made up for a class that nobody saw.
    """
    pooled: np.ndarray = sum(matrices.values())  # type: ignore[assignment]
    classes = []
    for k in range(N_CLASSES):
        hit, truth, said = pooled[k, k], pooled[k].sum(), pooled[:, k].sum()
        classes.append(
            {
                "code": k + 1,
                "name": NAMES[k],
                "pixels": int(truth),
                "scenes": sum(int(m[k].sum() > 0) for m in matrices.values()),
                "precision": _ratio(hit, said),
                "recall": _ratio(hit, truth),
                "f1": _ratio(2 * hit, truth + said),
                "iou": _ratio(hit, truth + said - hit),
            }
        )
    seen = [c["iou"] for c in classes if c["pixels"]]
    return {
        "overall_accuracy": round(overall(pooled), 4),
        "mean_scene_accuracy": round(float(np.mean([overall(m) for m in matrices.values()])), 4),
        "mean_iou_of_labelled_classes": round(float(np.mean(seen)), 4),
        "pixels": int(pooled.sum()),
        "classes": classes,
        "confusion_matrix": pooled.tolist(),
        "scene_accuracy": {name: round(overall(m), 4) for name, m in matrices.items()},
    }


def pixel_counts(scenes: Sequence[Scene]) -> dict[str, int]:
    """Labelled pixels of each class at 0.20 m over the scenes."""
    count = sum(np.bincount(s.label.ravel(), minlength=N_CLASSES + 1) for s in scenes)[1:]
    return dict(zip(NAMES, (int(c) for c in count), strict=True))
