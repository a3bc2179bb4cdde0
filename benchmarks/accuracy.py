"""Coverage of the intervals of ``accuracy``: stratified samples of a population with known errors.

    python benchmarks/accuracy.py [runs]

Classes from 60 % down to 0.3 %, points per stratum as ``samplepoints`` places them (proportional, ten at least).
Printed per class and measure: how often the true value lies in the interval, of the samples that give one, and how
often one is given at all: none is where a single unseen point would change the figure much.
"""

from __future__ import annotations

import sys

import numpy as np

from ocsia_plugin.engine.areas.matrix import Estimator, Sample
from ocsia_plugin.engine.areas.sampling import for_count

MEASURES = ("precision", "recall", "f1", "iou", "share")
AREA = np.array([0.6, 0.25, 0.11, 0.03, 0.007, 0.003])


def population(quality: float) -> np.ndarray:
    """Shares of the region, rows: map, columns: truth; errors go to the classes in proportion to their surface."""
    joint = np.outer(AREA, AREA) * (1 - quality)
    joint[np.arange(6), np.arange(6)] += AREA * quality
    return joint


def main(runs: int) -> None:
    """Print the tables."""
    rng = np.random.default_rng(1)
    for quality in (0.7, 0.9):
        joint = population(quality)
        rows = joint.sum(axis=1)
        for count in (100, 200, 400):
            drawn = for_count(count, rows, (rows * 25e6).astype(np.int64), 10)
            stratum = np.repeat(np.arange(6), drawn)
            hits, given = np.zeros((6, 5)), np.zeros((6, 5))
            overall = 0
            for _ in range(runs):
                ref = np.concatenate([rng.choice(6, n, p=joint[h] / rows[h]) for h, n in enumerate(drawn)])
                n = len(ref)
                sample = Sample(np.arange(n), stratum, ref, np.ones(n), stratum, rows, np.full(6, np.inf), True)
                estimator = Estimator(sample, 0.95)
                figure = estimator.overall()
                overall += figure.low <= np.trace(joint) <= figure.high
                for k in range(6):
                    scores = estimator.scores([k])
                    for m, (measure, true) in enumerate(zip(MEASURES, truth(joint, k))):
                        figure = getattr(scores, measure)
                        if figure.low is not None:
                            given[k, m] += 1
                            hits[k, m] += figure.low <= true <= figure.high
            print(f"\nquality {quality}, {count} points {drawn.tolist()}, overall {100 * overall / runs:.1f} %")
            print("class     " + "".join(f"{m:>18}" for m in MEASURES))
            for k in range(6):
                cells = [
                    f"{100 * hits[k, m] / given[k, m]:.1f} of {100 * given[k, m] / runs:.0f} %"
                    if given[k, m]
                    else "none"
                    for m in range(5)
                ]
                print(f"{100 * AREA[k]:6.1f} %  " + "".join(f"{c:>18}" for c in cells))


def truth(joint: np.ndarray, k: int) -> tuple[float, ...]:
    """The measures of a class over the population."""
    both, mapped, there = joint[k, k], joint[k].sum(), joint[:, k].sum()
    union = mapped + there - both
    return both / mapped, both / there, 2 * both / (mapped + there), both / union, there


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
