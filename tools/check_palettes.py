"""How far apart the colours of classes are, for each kind of colour vision: ``python -m tools.check_palettes``.

A distance is that of CIELAB (1976, D65); about 2 is just seen side by side. Colour blindness is simulated at its full
severity with the matrices of Machado, Oliveira and Fernandes (IEEE TVCG 15(6), 2009), on linear RGB.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:  # run as a script as well as with -m
    sys.path.insert(0, str(ROOT))

from ocsia_plugin.engine.nomenclature import LandCoverClass, load_nomenclature  # noqa: E402
from ocsia_plugin.engine.products.alternatives import safe_classes  # noqa: E402

VISIONS = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def nearest(classes: Sequence[LandCoverClass], vision: str) -> tuple[float, str, str]:
    """The smallest distance between two classes, and their keys."""
    lab = _lab(np.array([c.rgb for c in classes], float) / 255, VISIONS[vision])
    pairs = ((float(np.linalg.norm(lab[i] - lab[k])), i, k) for i, k in combinations(range(len(classes)), 2))
    distance, i, k = min(pairs)
    return distance, classes[i].key, classes[k].key


def _lab(rgb: np.ndarray, vision: np.ndarray) -> np.ndarray:
    """CIELAB of sRGB colours (N, 3) in 0..1, as a kind of vision sees them."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = np.clip(linear @ vision.T, 0, 1) @ _XYZ.T / _XYZ.sum(axis=1)
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], axis=1)


def main() -> None:
    """Print the nearest pair of each palette and vision."""
    naf = load_nomenclature("naf15").classes
    for title, classes in (("official", naf), ("colour-blind", safe_classes(naf))):
        for vision in VISIONS:
            distance, first, second = nearest(classes, vision)
            print(f"{title:13} {vision:13} {distance:5.1f}  {first} / {second}")


if __name__ == "__main__":
    main()
