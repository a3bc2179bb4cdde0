"""Write the sample: python -m tools.town --seed 32 --out resources/sample"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from ocsia_plugin.engine.nomenclature import load_nomenclature

from .sample import write
from .scene import generate
from .styles import STYLES


def main() -> None:
    """Generate one scene and write its files; print sizes and pixels per class."""
    parser = argparse.ArgumentParser(prog="python -m tools.town", description=__doc__)
    parser.add_argument("--seed", type=int, default=32)
    parser.add_argument("--out", type=Path, default=Path("resources/sample"))
    parser.add_argument("--style", choices=sorted(STYLES), default="sample")
    parser.add_argument(
        "--size",
        type=float,
        nargs=2,
        default=(500.0, 400.0),
        metavar=("WIDTH", "HEIGHT"),
        help="metres, whole numbers",
    )
    args = parser.parse_args()
    scene = generate(args.seed, *args.size, style=args.style)
    for path in write(scene, args.out):
        print(f"{path.stat().st_size / 1e6:6.2f} MB  {path.name}")
    counts = np.bincount(scene.naf.ravel(), minlength=16)
    for c in load_nomenclature("naf15").classes:
        print(f"{c.code:3d} {counts[c.code]:9d}  {c.fr}")


if __name__ == "__main__":
    main()
