"""The protocol: which variants, which folds, which scenes a model may see.

The real patches are few: a patch is a group, never split between training and test. The CIR patches and the
synthetic scenes are training material only; every accuracy quoted as "real" is read on RVB patches that the
model has not seen.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from .data import Scene, load_patches, town_scenes, with_blue
from .evaluate import evaluate, summary
from .net import LandCoverNet, NetConfig
from .train import TrainConfig, fit

# Fixed folds, two patches each, that keep look-alikes apart (the two dense towns, the two meadows).
FOLDS = (
    ("hub0", "mos_r4c4"),
    ("hub2", "mos_r3c0"),
    ("mos_r1c4", "mos_r6c6"),
    ("mos_r3c6", "mos_r6c0"),
    ("mos_r5c2", "rosia"),
)
DEMO = "rosia"  # the patch on which the plugin is demonstrated: the shipped model never sees it
TOWN_STYLES: tuple[str | None, ...] = (None,)
TOWN_SEEDS = tuple(range(1000, 1036))
TOWN_TEST_SEEDS = tuple(range(2000, 2008))
TOWN_SIZE_M = 160.0


@dataclass(frozen=True)
class Variant:
    """A way of training: hyperparameters, CIR patches or not, start from the town or from ImageNet."""

    cfg: TrainConfig = field(default_factory=TrainConfig)
    cir: bool = False
    town: bool = False
    pretrained: str | None = None  # name of a pretraining on town scenes


# The receptive field is kept short by construction: it sets the halo, which users pay for on every tile.
SHORT = NetConfig(stage5=1)
_TUNE = TrainConfig(steps=100, lr=1e-3, ema=0.97, net=SHORT)
VARIANTS = {
    "imagenet_cir": Variant(replace(_TUNE, steps=150, lr=1.5e-3), cir=True),
    "town_only_then_rvb": Variant(_TUNE, pretrained="town"),
    "rvb_cir": Variant(_TUNE, cir=True, pretrained="town"),
    "rvb_cir_town": Variant(replace(_TUNE, real_share=0.6), cir=True, town=True, pretrained="town"),
    "rvb_cir_town_2": Variant(
        replace(_TUNE, real_share=0.6, steps=110), cir=True, town=True, pretrained="town_cir"
    ),
    "rvb_town_2": Variant(replace(_TUNE, real_share=0.6, steps=110), town=True, pretrained="town_cir"),
    "rvb_town": Variant(replace(_TUNE, real_share=0.6), town=True, pretrained="town"),
}
# What every fold may share: no RVB patch in it. The second carries on from the first, with the CIR patches,
# whose blue is then fitted on the synthetic scenes.
PRETRAININGS = {
    "town": Variant(TrainConfig(steps=600, scale=(0.5, 1.3), net=SHORT), town=True),
    "town_cir": Variant(
        TrainConfig(steps=700, lr=1.2e-3, scale=(0.5, 1.3), real_share=0.35, seed=2, net=SHORT),
        cir=True,
        town=True,
        pretrained="town",
    ),
}


class Material:
    """All the data, loaded once; hands out what a given model may be trained on."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self.rgb = load_patches("rgb")
        self.cir = load_patches("cir")
        self._town: dict[tuple[int, ...], list[Scene]] = {}

    def town(self, seeds: Sequence[int]) -> list[Scene]:
        """Synthetic scenes of these seeds (generated once)."""
        key = tuple(seeds)
        if key not in self._town:
            self._town[key] = town_scenes(key, TOWN_SIZE_M, self.work / "town", TOWN_STYLES)
        return self._town[key]

    def without(self, held: Sequence[str], variant: Variant) -> list[Scene]:
        """Training scenes of a variant when the patches `held` are put aside."""
        rgb = [s for s in self.rgb if s.name not in held]
        scenes = list(rgb)
        if variant.cir:
            scenes += with_blue(self.cir, rgb)
        if variant.town:
            scenes += self.town(TOWN_SEEDS)
        return scenes

    def held(self, names: Sequence[str]) -> list[Scene]:
        """The patches put aside."""
        return [s for s in self.rgb if s.name in names]


def _start(variant: Variant, work: Path) -> dict[str, Tensor] | None:
    if variant.pretrained is None:
        return None
    return torch.load(work / f"pretrain_{variant.pretrained}.pt", weights_only=True)


def pretrain(name: str, material: Material) -> None:
    """Train without any RVB patch; writes `pretrain_NAME.pt` and its accuracy on scenes not seen."""
    variant = PRETRAININGS[name]
    began = time.time()
    scenes = material.town(TOWN_SEEDS)
    if variant.cir:
        scenes = scenes + with_blue(material.cir, scenes)
    net = fit(variant.cfg, scenes, _start(variant, material.work))
    torch.save(net.state_dict(), material.work / f"pretrain_{name}.pt")
    content = {
        "variant": asdict(variant),
        "seconds": round(time.time() - began),
        "synthetic": summary(evaluate(net, material.town(TOWN_TEST_SEEDS))),
        "real_without_any_rvb_training": summary(evaluate(net, material.rgb)),
    }
    write(material.work / f"pretrain_{name}.json", content)


def train_without(
    held: Sequence[str], name: str, material: Material, seed: int | None = None
) -> LandCoverNet:
    """Train a variant without the patches `held`."""
    variant = VARIANTS[name]
    cfg = variant.cfg if seed is None else replace(variant.cfg, seed=seed)
    return fit(cfg, material.without(held, variant), _start(variant, material.work), log_every=10**6)


def cross_validate(
    name: str, groups: Sequence[Sequence[str]], material: Material, label: str, flips: bool
) -> None:
    """Train once per group without it, score on it; writes `LABEL_NAME.json`."""
    began = time.time()
    plain, mirrored = {}, {}
    for group in groups:
        net = train_without(group, name, material)
        plain.update(evaluate(net, material.held(group)))
        if flips:
            mirrored.update(evaluate(net, material.held(group), flips=True))
        torch.save(net.state_dict(), material.work / f"{label}_{name}_{'_'.join(group)}.pt")
        print(
            label, name, *group, summary(plain)["scene_accuracy"], f"{time.time() - began:.0f} s", flush=True
        )
    result: dict[str, Any] = {
        "variant": name,
        "config": asdict(VARIANTS[name].cfg),
        "cir": VARIANTS[name].cir,
        "town": VARIANTS[name].town,
        "pretrained": VARIANTS[name].pretrained,
        "groups": [list(g) for g in groups],
        "seconds": round(time.time() - began),
        "held_out": summary(plain),
    }
    per_group = [summary({n: plain[n] for n in g})["overall_accuracy"] for g in groups]
    result["group_accuracy"] = per_group
    result["mean_group_accuracy"] = round(sum(per_group) / len(per_group), 4)
    if flips:
        result["held_out_with_flips"] = summary(mirrored)
    print(
        label,
        name,
        "pooled",
        result["held_out"]["overall_accuracy"],
        "mean of groups",
        result["mean_group_accuracy"],
        flush=True,
    )
    write(material.work / f"{label}_{name}.json", result)


def write(path: Path, content: Any) -> None:
    """JSON, indented, keys in the order given."""
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
