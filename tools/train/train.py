"""One training run: from a starting state to the moving average of the weights."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .data import CropSampler, Scene, class_weights
from .net import LandCoverNet, NetConfig


@dataclass(frozen=True)
class TrainConfig:
    """Hyperparameters of one run; `real_share`: share of crops from real patches (the rest is town)."""

    steps: int = 150
    lr: float = 1.5e-3
    encoder_lr: float = 0.3  # factor on lr
    weight_decay: float = 0.02
    batch: int = 6
    crop: int = 224
    real_share: float = 1.0
    cir_weight: float = 0.6  # a CIR patch against an RVB one, in the draw
    label_smoothing: float = 0.05
    ema: float = 0.985
    seed: int = 1
    scale: tuple[float, float] = (0.65, 1.5)
    net: NetConfig = field(default_factory=NetConfig)


def draw_shares(scenes: Sequence[Scene], cfg: TrainConfig) -> list[float]:
    """Probability of drawing each scene: real against town as configured, then root of labelled area."""

    def size(scene: Scene) -> float:
        root = math.sqrt(np.count_nonzero(scene.label))
        return root * (cfg.cir_weight if scene.kind == "cir" else 1.0)

    real = sum(size(s) for s in scenes if s.kind != "town")
    town = sum(size(s) for s in scenes if s.kind == "town")
    share = cfg.real_share if real and town else float(bool(real))
    return [size(s) / town * (1 - share) if s.kind == "town" else size(s) / real * share for s in scenes]


def _lr(step: int, cfg: TrainConfig) -> float:
    warm = max(1, cfg.steps // 15)
    if step < warm:
        return (step + 1) / warm
    return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, cfg.steps - warm)))


class Average:
    """Exponential moving average of weights and batch-norm statistics."""

    def __init__(self, net: nn.Module, decay: float) -> None:
        self.decay = decay
        self.state = {k: v.detach().clone() for k, v in net.state_dict().items()}

    def update(self, net: nn.Module, step: int) -> None:
        decay = min(self.decay, (1 + step) / (10 + step))
        for key, value in net.state_dict().items():
            if value.dtype.is_floating_point:
                self.state[key].lerp_(value.detach(), 1 - decay)
            else:
                self.state[key].copy_(value)


def take_back_weights(net: LandCoverNet, scenes: Sequence[Scene], cfg: TrainConfig, share: float) -> None:
    """Take `share` (0..1) of the log of the class weights off the bias of the last layer, in place.

    A loss that weighs class k by w[k] teaches probabilities proportional to w[k] p[k]: rare classes are
    learnt thanks to it, and over-predicted because of it. 0 keeps them, 1 returns to the frequencies of
    training.
    """
    weight = class_weights(scenes, draw_shares(scenes, cfg))
    with torch.no_grad():
        net.head.bias -= share * torch.where(weight > 0, weight, 1.0).log()


def fit(
    cfg: TrainConfig,
    scenes: Sequence[Scene],
    start: dict[str, Tensor] | None = None,
    log_every: int = 50,
) -> LandCoverNet:
    """Train on `scenes` from `start` (None: ImageNet encoder); returns the averaged network in eval mode."""
    torch.manual_seed(cfg.seed)
    net = LandCoverNet(cfg.net)
    if start is None:
        net.encoder.load_imagenet()
    else:
        net.load_state_dict(start)
    net = net.to(memory_format=torch.channels_last).train()  # twice as fast on a CPU here
    shares = draw_shares(scenes, cfg)
    weight = class_weights(scenes, shares)
    sampler = CropSampler(scenes, shares, cfg.crop, cfg.seed, cfg.scale)
    inside = {id(p) for p in net.encoder.parameters()}
    groups = [
        {"params": list(net.encoder.parameters()), "factor": cfg.encoder_lr},
        {"params": [p for p in net.parameters() if id(p) not in inside], "factor": 1.0},
    ]
    optimiser = torch.optim.AdamW(groups, lr=cfg.lr, weight_decay=cfg.weight_decay)
    average = Average(net, cfg.ema)
    began, running = time.time(), 0.0
    for step in range(cfg.steps):
        for group in optimiser.param_groups:
            group["lr"] = cfg.lr * group["factor"] * _lr(step, cfg)
        images, labels = sampler.batch(cfg.batch)
        logits = net(images.to(memory_format=torch.channels_last))
        loss = F.cross_entropy(
            logits, labels - 1, weight=weight, ignore_index=-1, label_smoothing=cfg.label_smoothing
        )
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimiser.step()
        average.update(net, step)
        running += loss.item()
        if (step + 1) % log_every == 0:
            spent = time.time() - began
            print(f"  step {step + 1}/{cfg.steps} loss {running / log_every:.3f} {spent:.0f} s", flush=True)
            running = 0.0
    net.load_state_dict(average.state)
    return net.eval()
