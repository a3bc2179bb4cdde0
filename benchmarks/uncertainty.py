"""Coverage of every interval, in a synthetic world whose truth is known (``benchmarks/world.py``).

    python benchmarks/uncertainty.py [--zones 1000] [--counts 50 200] [--json figures.json]

Zones like those of the calibration tiles, and zones whose effects are twice and three times theirs. For each: points
drawn by map class, at random within it, in proportion with a minimum; tiles elsewhere; both. Printed: the share of
intervals that hold the truth (and its Monte Carlo error), the mean half-width in percent of the zone, and the share of
intervals that are given a level at all. Coverage is that of the intervals with a level.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.world import PIXEL, SHARES, SIDE, Place, World  # noqa: E402
from ocsia_plugin.engine.areas.estimators import bayes, cluster, design, published, zonemodel  # noqa: E402
from ocsia_plugin.engine.areas.estimators.results import Estimate  # noqa: E402

LEVEL = 0.95
TILES = 62
COUNTS = (50, 100, 200, 300)
SHIFTS = (1, 2, 3)
K = len(SHARES)
MAIN = K - 1
"""Classes before the last one, which is rare."""


class AtOnce:
    """How often all intervals of a zone hold that carry a level."""

    def __init__(self) -> None:
        self.held: list[bool] = []

    def add(self, estimates: Iterable[Estimate], truth: np.ndarray) -> None:
        """One zone."""
        self.held.append(all(e.low <= t <= e.high for e, t in zip(estimates, truth) if e.level is not None))


class Tally:
    """Counts of one method: per class, intervals given, those that hold the truth, half-widths."""

    def __init__(self) -> None:
        self.given, self.held, self.asked = (np.zeros(K) for _ in range(3))
        self.widths: list[np.ndarray] = []

    def add(self, estimates: Iterable[Estimate], truth: np.ndarray, area: float, *, any_level: bool = False) -> None:
        """One zone. any_level: count intervals without a level too."""
        widths = np.full(K, np.nan)
        for k, e in enumerate(estimates):
            self.asked[k] += 1
            if e.has_interval and (any_level or e.level is not None):
                self.given[k] += 1
                self.held[k] += e.low <= truth[k] <= e.high
                widths[k] = 100 * e.half_width / area
        self.widths.append(widths)

    def figures(self) -> dict[str, object]:
        """Coverage per class in percent, its Monte Carlo error, mean half-width of the main classes, shares given."""
        with np.errstate(invalid="ignore", divide="ignore"):
            coverage = self.held / self.given
            error = np.sqrt(coverage * (1 - coverage) / self.given)
        main = np.array(self.widths)[:, :MAIN]
        return {
            "coverage": [round(100 * float(c), 2) for c in coverage],
            "error": [round(100 * float(c), 2) for c in error],
            "half_width": round(float(np.nanmean(main)), 3) if np.isfinite(main).any() else float("nan"),
            "given": [round(100 * float(g), 1) for g in self.given / np.maximum(self.asked, 1)],
        }


def minimum(count: int) -> int:
    """Least number of points of a stratum."""
    return int(np.clip(count // 10, 5, 20))


def allocation(pixels: np.ndarray, count: int) -> np.ndarray:
    """Points per map class: in proportion, at least ``minimum``, never more than its pixels."""
    wanted = np.maximum(np.round(count * pixels / pixels.sum()), minimum(count))
    return np.minimum(wanted, pixels).astype(int)


def stratified(place: Place, count: int, rng: np.random.Generator) -> tuple[design.Sample, np.ndarray]:
    """Points by map class, and the pixels of every class of the map."""
    choice = place.choice
    pixels = np.bincount(choice, minlength=K)
    drawn = drawn_by_class(place, pixels, count, rng)
    return sample(place, drawn, choice[drawn], pixels), pixels


def drawn_by_class(place: Place, pixels: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """Pixels drawn at random within each class of the map."""
    parts = enumerate(allocation(pixels, count))
    return np.concatenate([rng.choice(np.flatnonzero(place.choice == k), n, replace=False) for k, n in parts if n])


def sample(place: Place, drawn: np.ndarray, stratum: np.ndarray, pixels: np.ndarray) -> design.Sample:
    """Points as the estimator takes them."""
    y = np.eye(K)[place.truth[drawn]]
    return design.Sample(
        place.p[drawn], y, stratum, np.ones(len(drawn), bool), pixels * PIXEL**2, np.maximum(pixels, 1)
    )


def wald(shares: np.ndarray, variances: np.ndarray, area: float) -> list[Estimate]:
    """What others print: share ± 1.96 se."""
    half = 1.96 * np.sqrt(variances)
    return [Estimate(s * area, (s - h) * area, (s + h) * area, LEVEL) for s, h in zip(shares, half)]


def tiles_of(world: World) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Normalised errors of ``TILES`` annotated tiles in 15 departments; precision and recall over all of them."""
    units, hit, said, true = [], np.zeros(K), np.zeros(K), np.zeros(K)
    departments = [world.department() for _ in range(15)]
    for number in range(TILES):
        place = world.zone(department=departments[number % 15])
        units.append(zonemodel.Unit(*totals(place)))
        choice = place.choice
        hit += np.bincount(choice[choice == place.truth], minlength=K)
        said += np.bincount(choice, minlength=K)
        true += np.bincount(place.truth, minlength=K)
    return zonemodel.normalised(units), hit / said, hit / true


def totals(place: Place) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Truth, Σ a p, Σ a p (1 - p) in m², and the surface of the zone."""
    a = PIXEL**2
    truth = a * np.bincount(place.truth, minlength=K)
    return truth, a * place.p.sum(axis=0), a * (place.p * (1 - place.p)).sum(axis=0), a * len(place.truth)


def one_zone(
    world: World,
    shift: float,
    tiles: tuple[np.ndarray, ...],
    counts: Sequence[int],
    tally: dict[str, Tally],
    at_once: dict[str, AtOnce],
    rng: np.random.Generator,
    other_rng: np.random.Generator,
) -> None:
    """Every interval of one new zone."""
    place = world.zone(shift)
    truth, expected, spread, area = totals(place)
    errors, precision, recall = tiles
    counted = PIXEL**2 * np.bincount(place.choice, minlength=K)
    for name, made in (
        ("tiles, Student", zonemodel.student(errors, expected, spread, area, LEVEL)),
        ("tiles, conformal", zonemodel.conformal(errors, expected, spread, area, LEVEL)),
        ("IGN's legacy ±", [published.legacy(c, m) for c, m in zip(counted, precision)]),
        ("[A P, A / R]", [published.indicative(c, c, p, r, area) for c, p, r in zip(counted, precision, recall)]),
    ):
        tally[name].add(made, truth, area, any_level=True)
    independent = PIXEL**2 * (place.p * (1 - place.p)).sum(axis=0)
    tally["sum of p, independent pixels"].add(
        wald(expected / area, PIXEL**2 * independent / area**2, area), truth, area
    )
    many = zonemodel.student(errors, expected, spread, area, 1 - (1 - LEVEL) / K)
    at_once["tiles, Student"].add(many, truth)
    less_usual(place, tally, other_rng)
    for count in counts:
        chosen, pixels = stratified(place, count, rng)
        found = design.difference(chosen, expected, spread, area)
        alone = design.intervals(found, LEVEL)
        tally[f"points {count}"].add(alone, truth, area)
        tally[f"points {count}, level or not"].add(alone, truth, area, any_level=True)
        both = bayes.combined(found, alone, errors, expected, spread, LEVEL, K, np.ones(K, bool))
        tally[f"points {count} and tiles"].add(both or alone, truth, area)
        at_once[f"points {count}"].add(design.intervals(found, 1 - (1 - LEVEL) / K), truth)
        compare(place, count, chosen, pixels, truth, area, tally, rng)


def less_usual(place: Place, tally: dict[str, Tally], rng: np.random.Generator) -> None:
    """200 points with a class raster; 200 and 500 of which a part of the zone takes its own; 16 of 64 tiles drawn."""
    truth, expected, _, area = totals(place)
    chosen, pixels = stratified(place, 200, rng)
    counted = PIXEL**2 * pixels
    hard = replace(chosen, p=np.eye(K)[chosen.stratum])
    found = design.difference(hard, counted.astype(float), np.zeros(K), area)
    tally["class raster, points 200"].add(design.intervals(found, LEVEL), truth, area)
    part = np.arange(len(place.truth)) % SIDE < 0.4 * SIDE
    own = totals(Place(place.truth[part], place.p[part], place.raw[part]))
    for count in (200, 500):
        drawn = drawn_by_class(place, pixels, count, rng)
        cut = replace(sample(place, drawn, place.choice[drawn], pixels), inside=part[drawn])
        made = design.intervals(design.difference(cut, *own[1:]), LEVEL)
        tally[f"part of the zone, points {count}"].add(made, own[0], own[3])
    block = (np.arange(len(place.truth)) // SIDE // 20) * 8 + np.arange(len(place.truth)) % SIDE // 20
    units = []
    for number in rng.choice(64, 16, replace=False):
        there = block == number
        units.append(zonemodel.Unit(*totals(Place(place.truth[there], place.p[there], place.raw[there]))))
    tally["16 tiles drawn in the zone"].add(cluster.from_tiles(units, expected, area, LEVEL), truth, area)


def compare(
    place: Place,
    count: int,
    chosen: design.Sample,
    pixels: np.ndarray,
    truth: np.ndarray,
    area: float,
    tally: dict[str, Tally],
    rng: np.random.Generator,
) -> None:
    """The same points without probabilities (Olofsson), and as many of a simple random sample without a map."""
    there = np.flatnonzero(pixels)
    choice, reference = chosen.stratum, chosen.y.argmax(axis=1)
    counts = np.array([np.bincount(reference[choice == h], minlength=K) for h in there], float)
    n = counts.sum(axis=1)
    if (n > 1).all():
        w, f = pixels[there] / pixels.sum(), counts / n[:, np.newaxis]
        shares = w @ f
        variances = (w**2 / (n - 1)) @ (f * (1 - f))
        tally[f"Olofsson {count}"].add(wald(shares, variances, area), truth, area)
    drawn = rng.choice(len(place.truth), len(choice), replace=False)
    share = np.bincount(place.truth[drawn], minlength=K) / len(drawn)
    tally[f"sample only {count}"].add(wald(share, share * (1 - share) / (len(drawn) - 1), area), truth, area)


def ratios(tally: dict[str, Tally], counts: Sequence[int]) -> dict[str, list[float]]:
    """Half-widths with probabilities over those without, at the same number of points, and their Monte Carlo errors."""
    found = {}
    for count in counts:
        ours = np.nanmean(np.array(tally[f"points {count}, level or not"].widths)[:, :MAIN], axis=1)
        for other in ("Olofsson", "sample only"):
            theirs = np.array(tally[f"{other} {count}"].widths)[:, :MAIN].mean(axis=1)
            if len(theirs) != len(ours):
                continue
            ratio = ours / theirs
            error = ratio.std() / np.sqrt(len(ratio))
            found[f"{count} points / {other}"] = [round(float(ratio.mean()), 4), round(float(error), 4)]
    return found


def main() -> None:
    """Print one line per method and shift."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--zones", type=int, default=1000, help="zones per shift")
    parser.add_argument("--worlds", type=int, default=20, help="sets of tiles: coverage is over these too")
    parser.add_argument("--counts", type=int, nargs="+", default=COUNTS, help="numbers of points")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    options = parser.parse_args()
    figures: dict[str, object] = {}
    for shift in SHIFTS:
        tally: dict[str, Tally] = defaultdict(Tally)
        at_once: dict[str, AtOnce] = defaultdict(AtOnce)
        for seed in range(options.worlds):
            world, rng, other_rng = World(seed), *(np.random.default_rng(n + seed) for n in (1000, 2000))
            tiles = tiles_of(world)
            for _ in range(options.zones // options.worlds):
                one_zone(world, shift, tiles, options.counts, tally, at_once, rng, other_rng)
        print(f"\nzone effects x {shift}, {options.zones} zones: coverage % of the main classes, [rare], half-width")
        for name, made in tally.items():
            f = made.figures()
            main, rare = f["coverage"][:MAIN], f["coverage"][MAIN]
            print(
                f"{name:32}{min(main):7.1f} to {max(main):5.1f}   [{rare:5.1f} given {f['given'][MAIN]:5.1f}]"
                f"{f['half_width']:8.2f}   ± {max(f['error'][:MAIN]):.1f}"
            )
        together = {name: round(100 * float(np.mean(made.held)), 1) for name, made in at_once.items()}
        figures[f"x{shift} at once"] = together
        print("all figures of a zone at once (Bonferroni): " + ", ".join(f"{n} {v}" for n, v in together.items()))
        figures[f"x{shift}"] = {name: made.figures() for name, made in tally.items()}
        if shift == 1:
            figures["ratios"] = ratios(tally, options.counts)
            for name, (value, error) in figures["ratios"].items():
                print(f"half-width, {name:28}{value:7.3f} ± {error:.3f}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
