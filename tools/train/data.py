"""Images and labels: real patches resampled to 0.20 m, synthetic town scenes, batches of augmented crops.

Labels are NAF codes 1 to 15 (uint8); 0 = not labelled, ignored by the loss and by every figure.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from .net import IMAGENET_MEAN, IMAGENET_STD, N_CLASSES

GSD = 0.20  # metres
FILL = np.array([round(255 * m) for m in IMAGENET_MEAN], np.uint8)  # what stands for "no data"
SAMPLE_SEED = 32  # the town that ships with the plugin: never trained on


@dataclass(frozen=True)
class Scene:
    """One image with its labels, at 0.20 m: `image` uint8 (3,H,W) in the order R,V,B; `label` uint8 (H,W)."""

    name: str
    kind: str  # "rgb", "cir" (blue synthesised) or "town"
    image: np.ndarray
    label: np.ndarray
    native_gsd: float


def data_root() -> Path:
    """Folder of the real patches; raises KeyError where OCSIA_DATA is not set."""
    return Path(os.environ["OCSIA_DATA"]) / "naf15_patches"


def _resample(image: np.ndarray, label: np.ndarray, gsd: float) -> tuple[np.ndarray, np.ndarray]:
    """Bicubic for the image, nearest for the codes, same half-pixel grid for both."""
    height, width = (round(n * gsd / GSD) for n in label.shape)
    if (height, width) == label.shape:
        return image, label
    x = torch.from_numpy(image.astype(np.float32))[None]
    x = F.interpolate(x, size=(height, width), mode="bicubic", align_corners=False, antialias=True)
    y = F.interpolate(torch.from_numpy(label)[None, None].float(), size=(height, width), mode="nearest-exact")
    return x[0].round().clamp(0, 255).byte().numpy(), y[0, 0].byte().numpy()


def load_patches(kind: str) -> list[Scene]:
    """The real patches of a kind ("rgb": R,V,B; "cir": PIR,R,V as stored), at 0.20 m."""
    import rasterio

    root = data_root()
    scenes = []
    with open(root / "index.csv", newline="", encoding="utf-8") as handle:
        rows = [row for row in csv.DictReader(handle) if row["kind"] == kind]
    for row in rows:
        with rasterio.open(root / f"{row['name']}_{kind}.tif") as src:
            image = src.read((1, 2, 3))
        with rasterio.open(root / f"{row['name']}_naf15.tif") as src:
            label = src.read(1)
        gsd = float(row["gsd_m"])
        scenes.append(Scene(row["name"], kind, *_resample(image, label, gsd), gsd))
    return scenes


def _blue_terms(red: np.ndarray, green: np.ndarray) -> np.ndarray:
    r, g = red.astype(np.float32) / 255, green.astype(np.float32) / 255
    return np.stack([np.ones_like(r), r, g, r * r, r * g, g * g], -1)


def with_blue(cir: Sequence[Scene], rgb: Sequence[Scene]) -> list[Scene]:
    """Turn PIR,R,V patches into R,V,B ones: blue is a quadratic of (R, V) fitted on `rgb`.

    Only the patches given in `rgb` are used, so a fold never learns blue from its held-out patches.
    """
    red = np.concatenate([s.image[0].ravel()[::7] for s in rgb])
    green = np.concatenate([s.image[1].ravel()[::7] for s in rgb])
    blue = np.concatenate([s.image[2].ravel()[::7] for s in rgb]).astype(np.float32)
    coef, *_ = np.linalg.lstsq(_blue_terms(red, green), blue, rcond=None)
    out = []
    for s in cir:
        synth = np.clip(np.rint(_blue_terms(s.image[1], s.image[2]) @ coef), 0, 255).astype(np.uint8)
        out.append(Scene(s.name, "cir", np.stack([s.image[1], s.image[2], synth]), s.label, s.native_gsd))
    return out


def town_scenes(
    seeds: Sequence[int], size_m: float, cache: Path, styles: Sequence[str | None]
) -> list[Scene]:
    """Synthetic scenes (exact labels), one style per seed in turn; kept under `cache`."""
    if SAMPLE_SEED in seeds:
        raise ValueError(f"seed {SAMPLE_SEED} is the sample that ships with the plugin: not for training")
    cache.mkdir(parents=True, exist_ok=True)
    scenes = []
    for i, seed in enumerate(seeds):
        style = styles[i % len(styles)]
        path = cache / f"town_{seed}_{style or 'default'}_{size_m:g}.npz"
        if not path.exists():
            from tools.town import generate

            extra = {} if style is None else {"style": style}
            town = generate(seed, size_m, size_m, gsd=GSD, **extra)
            np.savez_compressed(path, rgb=town.rgb, naf=town.naf)
        with np.load(path) as z:
            scenes.append(Scene(f"town{seed}", "town", z["rgb"], z["naf"], GSD))
    return scenes


def class_weights(scenes: Sequence[Scene], shares: Sequence[float], cap: float = 4.0) -> Tensor:
    """Square root of the inverse frequency, mean 1 over the pixels, capped; float32 [15].

    `shares` are the probabilities of drawing each scene. Absent classes get 0.
    """
    freq = np.zeros(N_CLASSES)
    for scene, share in zip(scenes, shares, strict=True):
        count = np.bincount(scene.label.ravel(), minlength=N_CLASSES + 1)[1:]
        freq += share * count / max(1, count.sum())
    freq /= freq.sum()
    weight = np.where(freq > 0, 1 / np.sqrt(np.maximum(freq, 1e-9)), 0)
    weight /= (weight * freq).sum()
    return torch.from_numpy(np.minimum(weight, cap)).float()


def normalise(batch: Tensor) -> Tensor:
    """uint8 or float [N,3,H,W] in 0..255 -> float32, ImageNet mean and standard deviation."""
    mean = torch.tensor(IMAGENET_MEAN).view(1, 3, 1, 1)
    std = torch.tensor(IMAGENET_STD).view(1, 3, 1, 1)
    return (batch.float() / 255 - mean) / std


class CropSampler:
    """Random augmented crops; draws scenes with the probabilities `shares` (they sum to 1)."""

    def __init__(
        self,
        scenes: Sequence[Scene],
        shares: Sequence[float],
        size: int,
        seed: int,
        scale: tuple[float, float] = (0.65, 1.5),
    ) -> None:
        self.scenes, self.size, self.scale = scenes, size, scale
        self.shares = np.asarray(shares, float) / np.sum(shares)
        self.rng = np.random.default_rng(seed)

    def batch(self, n: int) -> tuple[Tensor, Tensor]:
        """-> normalised images float32 [n,3,S,S], labels int64 [n,S,S] (0 = ignore)."""
        picks = self.rng.choice(len(self.scenes), n, p=self.shares)
        pairs = [self._crop(self.scenes[i]) for i in picks]
        images = torch.stack([p[0] for p in pairs])
        return normalise(images), torch.stack([p[1] for p in pairs])

    def _crop(self, scene: Scene) -> tuple[Tensor, Tensor]:
        rng, size = self.rng, self.size
        factor = float(np.exp(rng.uniform(*np.log(self.scale))))
        span = round(size / factor)
        height, width = scene.label.shape
        # A crop may overhang the scene by an eighth; outside: mean colour, no label, as at a raster's edge.
        slack = span // 8
        top = int(rng.integers(-slack, max(1, height - span + slack + 1)))
        left = int(rng.integers(-slack, max(1, width - span + slack + 1)))
        image = np.broadcast_to(FILL[:, None, None], (3, span, span)).copy()
        label = np.zeros((span, span), np.uint8)
        y0, x0, y1, x1 = max(0, top), max(0, left), min(height, top + span), min(width, left + span)
        image[:, y0 - top : y1 - top, x0 - left : x1 - left] = scene.image[:, y0:y1, x0:x1]
        label[y0 - top : y1 - top, x0 - left : x1 - left] = scene.label[y0:y1, x0:x1]
        turns = int(rng.integers(4))
        image, label = np.rot90(image, turns, (1, 2)), np.rot90(label, turns)
        if rng.random() < 0.5:
            image, label = image[:, :, ::-1], label[:, ::-1]
        x = torch.from_numpy(np.ascontiguousarray(image)).float()[None]
        y = torch.from_numpy(np.ascontiguousarray(label)).float()[None, None]
        if span != size:
            x = F.interpolate(
                x, size=(size, size), mode="bilinear", align_corners=False, antialias=factor < 1
            )
            y = F.interpolate(y, size=(size, size), mode="nearest-exact")
        x = self._radiometry(x, scene.kind)[0]
        return self._blank(x, y[0, 0].long())

    def _radiometry(self, x: Tensor, kind: str) -> Tensor:
        """Light, haze, colour cast, saturation, blur, noise: [1,3,S,S] in 0..255."""
        rng = self.rng
        x = x.clamp(0, 255) / 255
        x = x ** float(np.exp(rng.uniform(-0.4, 0.4)))
        gain = np.exp(rng.normal(0, 0.08, 3) + rng.normal(0, 0.15))
        if kind == "cir":  # its blue is a guess: trust it less
            gain[2] *= np.exp(rng.normal(0, 0.1))
        x = x * torch.tensor(gain, dtype=torch.float32).view(1, 3, 1, 1)
        grey = x.mean(1, keepdim=True)
        x = grey + float(rng.uniform(0.6, 1.4)) * (x - grey)
        level = x.mean((2, 3), keepdim=True)
        x = level + float(rng.uniform(0.7, 1.3)) * (x - level)
        x = x + torch.tensor(rng.normal(0.0, 0.03, 3), dtype=torch.float32).view(1, 3, 1, 1)
        if rng.random() < 0.35:
            sigma = rng.uniform(0.5, 1.8)
            radius = 4
            k = torch.exp(-0.5 * (torch.arange(-radius, radius + 1) / sigma) ** 2)
            k = (k / k.sum()).view(1, 1, -1, 1).repeat(3, 1, 1, 1)
            x = F.pad(x, (radius,) * 4, mode="reflect")
            x = F.conv2d(F.conv2d(x, k, groups=3), k.transpose(2, 3), groups=3)
        if rng.random() < 0.5:
            x = x + float(rng.uniform(0, 0.03)) * torch.from_numpy(rng.standard_normal(x.shape, np.float32))
        return (255 * x).clamp(0, 255)

    def _blank(self, x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
        """Sometimes a border or a hole without data: mean colour, no label."""
        rng, size = self.rng, self.size
        if rng.random() < 0.25:
            fill = torch.from_numpy(FILL).float().view(3, 1, 1)
            if rng.random() < 0.6:  # one side
                cut = int(rng.integers(8, size // 3))
                edge = slice(0, cut) if rng.random() < 0.5 else slice(size - cut, None)
                window = (edge, slice(None)) if rng.random() < 0.5 else (slice(None), edge)
            else:
                h, w = (int(v) for v in rng.integers(16, size // 3, 2))
                top, left = int(rng.integers(size - h)), int(rng.integers(size - w))
                window = (slice(top, top + h), slice(left, left + w))
            x[(slice(None), *window)] = fill
            y[window] = 0
        return x, y
