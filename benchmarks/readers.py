"""Readers of points who err: what becomes of the intervals, and whether a second reading shows it.

    python benchmarks/readers.py [--zones 400]

200 points in zones of the synthetic world (``benchmarks/world.py``), all read by a first reader who mistakes one in
twenty, by chance. A second one, who does too, reads some or all of them again, and in some rows takes a third of the
first class for the second one. Printed for the two classes of that confusion and the two other main ones: intervals
that hold the truth, and levels that are withheld because the readers differ.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.uncertainty import LEVEL, MAIN, K, stratified, totals  # noqa: E402
from benchmarks.world import World  # noqa: E402
from ocsia_plugin.engine.areas.estimators import design, readings  # noqa: E402

POINTS = 200
MISTAKES, CONFUSED = 0.05, 0.3
_WORLDS = 20


def read(truth: np.ndarray, confused: float, rng: np.random.Generator) -> np.ndarray:
    """Classes that a reader sees, int (n)."""
    seen = np.where(rng.random(len(truth)) < MISTAKES, rng.integers(0, MAIN, len(truth)), truth)
    return np.where((seen == 0) & (rng.random(len(truth)) < confused), 1, seen)


def main() -> None:
    """Print one line per share of second readings and kind of second reader."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--zones", type=int, default=400)
    options = parser.parse_args()
    rng = np.random.default_rng(7)
    zones = [world.zone() for world in map(World, range(_WORLDS)) for _ in range(options.zones // _WORLDS)]
    for share in (0.2, 1.0):
        for confused in (0.0, CONFUSED):
            held, withheld = [], []
            for place in zones:
                truth, expected, spread, area = totals(place)
                sample, _ = stratified(place, POINTS, rng)
                right = sample.y.argmax(axis=1)
                first, second = read(right, 0.0, rng), read(right, confused, rng)
                second[rng.random(len(second)) > share] = -1
                sample = replace(sample, y=np.eye(K)[first])
                own = design.intervals(design.difference(sample, expected, spread, area), LEVEL)[:MAIN]
                judged = readings.judged(own, readings.reread(sample, second), LEVEL)
                held.append([e.low <= t <= e.high for e, t in zip(own, truth)])
                withheld.append([e.level is None for e in judged])
            cover, lost = (100 * np.array(v, float).mean(axis=0) for v in (held, withheld))
            print(
                f"{100 * share:3.0f} % read again, a third of one class confused: {'yes' if confused else 'no ':3}  "
                f"hold {cover[:2].min():.1f} and {cover[2:].min():.1f} %, "
                f"withheld {lost[:2].max():.1f} and {lost[2:].max():.1f} %"
            )


if __name__ == "__main__":
    main()
