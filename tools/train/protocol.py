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
from .train import TrainConfig, fit, take_back_weights

# Fixed folds, two patches each, that keep look-alikes apart (the two dense towns, the two meadows).
FOLDS = (
    ("hub0", "mos_r4c4"),
    ("hub2", "mos_r3c0"),
    ("mos_r1c4", "mos_r6c6"),
    ("mos_r3c6", "mos_r6c0"),
    ("mos_r5c2", "rosia"),
)
DEMO = "rosia"  # the patch on which the plugin is demonstrated: the shipped model never sees it
# Synthetic scenes for training, by set: seeds, and the styles that they take in turn (None: the seed draws).
# The second set exists because ploughed land, woods, scrub and snow are rare in the first; the third because the first
# two show tilled earth and stubble in the same colours and know no Mediterranean scrub.
TOWN_SETS: dict[str, tuple[tuple[int, ...], tuple[str | None, ...]]] = {
    "drawn": (tuple(range(1000, 1036)), (None,)),
    "rural": (
        tuple(range(1100, 1124)),
        ("farmland", "forest", "vineyards", "forest", "mountain", "farmland"),
    ),
    "open": (tuple(range(1200, 1236)), ("openfield", "maquis")),
}
TOWN_TEST_SEEDS = tuple(range(2000, 2008))
TOWN_SIZE_M = 160.0


@dataclass(frozen=True)
class Variant:
    """A way of training: hyperparameters, CIR patches or not, start from the town or from ImageNet."""

    cfg: TrainConfig = field(default_factory=TrainConfig)
    cir: bool = False
    town: tuple[str, ...] = ()  # names of TOWN_SETS
    pretrained: str | None = None  # one of PRETRAININGS, or None: ImageNet
    weights_back: float = 0.0  # share of the class weights taken back after training (see take_back_weights)


# The receptive field is kept short by construction: it sets the halo, which users pay for on every tile.
SHORT = NetConfig(stage5=1)
_TUNE = TrainConfig(steps=100, lr=1e-3, ema=0.97, net=SHORT)
_MIXED = replace(_TUNE, real_share=0.6)
_DRAWN, _ALL = ("drawn",), ("drawn", "rural")
VARIANTS = {
    "rvb_town": Variant(_MIXED, town=_DRAWN, pretrained="town"),
    "rvb_cir_town": Variant(_MIXED, cir=True, town=_DRAWN, pretrained="town"),
    "rvb_cir_town_2": Variant(replace(_MIXED, steps=140), cir=True, town=_ALL, pretrained="town_cir"),
    "gentle": Variant(
        TrainConfig(steps=80, lr=4e-4, ema=0.97, real_share=0.5, scale=(0.5, 1.3), seed=3, net=SHORT),
        cir=True,
        town=_ALL,
        pretrained="town_cir",
        weights_back=0.5,
    ),
}
VARIANTS["gentle_open"] = replace(
    VARIANTS["gentle"], town=("drawn", "rural", "open"), pretrained="open", weights_back=1.0
)
# What every fold may share: no RVB patch in it. The second carries on from the first, with the CIR patches,
# whose blue is then fitted on the synthetic scenes.
PRETRAININGS = {
    "town": Variant(TrainConfig(steps=600, scale=(0.5, 1.3), net=SHORT), town=_DRAWN),
    "town_cir": Variant(
        TrainConfig(steps=650, lr=1.2e-3, scale=(0.5, 1.3), real_share=0.35, seed=2, net=SHORT),
        cir=True,
        town=_ALL,
        pretrained="town",
    ),
    "open": Variant(
        TrainConfig(steps=700, lr=1.2e-3, scale=(0.5, 1.3), real_share=0.25, ema=0.99, seed=6, net=SHORT),
        cir=True,
        town=("drawn", "rural", "open"),
        pretrained="town_cir",
    ),
}


class Material:
    """All the data, loaded once; hands out what a given model may be trained on."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self.rgb = load_patches("rgb")
        self.cir = load_patches("cir")
        self._town: dict[str, list[Scene]] = {}

    def town(self, names: Sequence[str]) -> list[Scene]:
        """Synthetic training scenes of these sets."""
        for name in names:
            if name not in self._town:
                seeds, styles = TOWN_SETS[name]
                self._town[name] = town_scenes(seeds, TOWN_SIZE_M, self.work / "town", styles)
        return [scene for name in names for scene in self._town[name]]

    def town_test(self) -> list[Scene]:
        """Synthetic scenes for testing only, of seeds and towns that no model has seen."""
        return town_scenes(TOWN_TEST_SEEDS, TOWN_SIZE_M, self.work / "town", (None,))

    def without(self, held: Sequence[str], variant: Variant) -> list[Scene]:
        """Training scenes of a variant when the patches `held` are put aside."""
        rgb = [s for s in self.rgb if s.name not in held]
        scenes = list(rgb)
        if variant.cir:
            scenes += with_blue(self.cir, rgb)
        if variant.town:
            scenes += self.town(variant.town)
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
    scenes = material.town(variant.town)
    if variant.cir:
        scenes = scenes + with_blue(material.cir, scenes)
    net = fit(variant.cfg, scenes, _start(variant, material.work))
    torch.save(net.state_dict(), material.work / f"pretrain_{name}.pt")
    content = {
        "variant": asdict(variant),
        "seconds": round(time.time() - began),
        "synthetic": summary(evaluate(net, material.town_test())),
        "real_without_any_rvb_training": summary(evaluate(net, material.rgb)),
    }
    write(material.work / f"pretrain_{name}.json", content)


def train_without(held: Sequence[str], name: str, material: Material, keep: Path) -> LandCoverNet:
    """The network of a variant trained without the patches `held`; read from `keep` where that exists."""
    variant = VARIANTS[name]
    scenes = material.without(held, variant)
    if keep.exists():
        net = LandCoverNet(variant.cfg.net)
        net.load_state_dict(torch.load(keep, weights_only=True))
    else:
        net = fit(variant.cfg, scenes, _start(variant, material.work), log_every=10**6)
        torch.save(net.state_dict(), keep)
    take_back_weights(net, scenes, variant.cfg, variant.weights_back)
    return net.eval()


def cross_validate(
    name: str, groups: Sequence[Sequence[str]], material: Material, label: str, flips: bool
) -> None:
    """Train once per group without it, score on it; writes `LABEL_NAME.json`."""
    began = time.time()
    plain, mirrored = {}, {}
    for group in groups:
        keep = material.work / f"{label}_{name}_{'_'.join(group)}.pt"
        net = train_without(group, name, material, keep)
        plain.update(evaluate(net, material.held(group)))
        if flips:
            mirrored.update(evaluate(net, material.held(group), flips=True))
        print(
            label, name, *group, summary(plain)["scene_accuracy"], f"{time.time() - began:.0f} s", flush=True
        )
    result: dict[str, Any] = {
        "variant": name,
        "config": asdict(VARIANTS[name].cfg),
        "cir": VARIANTS[name].cir,
        "town": list(VARIANTS[name].town),
        "pretrained": VARIANTS[name].pretrained,
        "weights_back": VARIANTS[name].weights_back,
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
