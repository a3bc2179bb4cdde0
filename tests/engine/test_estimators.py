"""Estimators against the examples that their authors published, and the identities that they must keep."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from ocsia_plugin.engine.areas import matrix
from ocsia_plugin.engine.areas.estimators import (
    bayes,
    calibration,
    cluster,
    design,
    planning,
    published,
    readings,
    zonemodel,
)

# Olofsson et al. 2014, table 8: map classes in rows (deforestation, forest gain, stable forest, stable non-forest),
# pixels of 30 m of each map class; the estimates on p. 54.
COUNTS_2014 = np.array([[66, 0, 5, 4], [0, 55, 8, 12], [1, 0, 153, 11], [2, 1, 9, 313]])
PIXELS_2014 = np.array([200_000, 150_000, 3_200_000, 6_450_000])
HECTARES = 0.09


def _strata_of_2014():
    """Stratum (the class of the map) and reference class of each point of table 8, from 0."""
    rows, columns = np.nonzero(COUNTS_2014)
    times = COUNTS_2014[rows, columns]
    return np.repeat(rows, times), np.repeat(columns, times)


def test_one_hot_probabilities_by_map_class_are_olofsson_2014():
    """The published surfaces and ±, in hectares; ``test_matrix`` has the accuracies of the same table."""
    stratum, reference = _strata_of_2014()
    one, areas = np.eye(4), PIXELS_2014 * HECTARES
    sample = design.Sample(one[stratum], one[reference], stratum, np.ones(len(stratum), bool), areas, np.full(4, 1e15))
    found = design.difference(sample, areas, np.zeros(4), areas.sum())
    assert found.values == pytest.approx([21158, 11686, 285770, 581386], abs=1)
    half = 1.96 * np.sqrt(np.diag(found.covariance))
    assert half == pytest.approx([6158, 3756, 15510, 16282], abs=1)
    assert found.degrees == COUNTS_2014.sum() - 4


def test_two_wrong_standard_errors_are_not_ours():
    """AcATaMa's producer's accuracy (1 - n_ij / n_+j) and its post-stratified area (without n_0 p²)."""
    stratum, reference = _strata_of_2014()
    count, n = len(stratum), COUNTS_2014.sum(axis=1)
    size = np.full(4, np.inf)
    points = matrix.Sample(
        np.arange(count), stratum + 1, reference + 1, np.ones(count), stratum, PIXELS_2014.astype(float), size, True
    )
    for j in (0, 1, 2):
        scores = matrix.Estimator(points, 0.95).scores([j + 1])
        ua, pa = scores.precision.value, scores.recall.value
        total = (PIXELS_2014 / n * COUNTS_2014[:, j]).sum()
        own = PIXELS_2014[j] ** 2 * (1 - pa) ** 2 * ua * (1 - ua) / (n[j] - 1)

        def others(share, j=j):
            each = PIXELS_2014**2 * COUNTS_2014[:, j] / n * (1 - share) / (n - 1)
            return each.sum() - each[j]

        right = np.sqrt(own + pa**2 * others(COUNTS_2014[:, j] / n)) / total
        wrong = np.sqrt(own + pa**2 * others(COUNTS_2014[:, j] / COUNTS_2014[:, j].sum())) / total
        assert scores.recall.se == pytest.approx(right, rel=1e-6)
        assert abs(scores.recall.se / wrong - 1) > 0.005
    # One stratum, k of 40 points in the class: Σ (y - p)² = k (1 - p)² + (n - k) p², both terms.
    k, p = 10, 0.25
    y = np.zeros((40, 2))
    y[:k, 0], y[k:, 1] = 1, 1
    even = design.Sample(np.full((40, 2), 0.5), y, np.zeros(40, int), np.ones(40, bool), np.ones(1), np.full(1, 1e15))
    variance = design.difference(even, np.full(2, 0.5), np.zeros(2), 1.0).covariance[0, 0]
    assert variance == pytest.approx((k * (1 - p) ** 2 + (40 - k) * p**2) / 40 / 39, rel=1e-6)
    assert variance > 1.2 * k * (1 - p) ** 2 / 40 / 39


def _points(seed=0, n=80, classes=4, strata=3):
    """Points in strata, with probabilities that know something."""
    rng = np.random.default_rng(seed)
    p = rng.dirichlet(np.full(classes, 0.5), n)
    y = np.eye(classes)[[rng.choice(classes, p=row) for row in p]]
    stratum = np.arange(n) % strata
    areas = rng.uniform(1e4, 5e4, strata)
    sample = design.Sample(p, y, stratum, np.ones(n, bool), areas, np.full(strata, 1e12))
    expected = areas.sum() * rng.dirichlet(np.full(classes, 5.0))
    return sample, expected, areas.sum()


GROUPS = ([0, 2], [1, 2, 3])


def _spread(expected, area):
    whole = np.r_[expected, [expected[g].sum() for g in GROUPS]]
    return 0.1 * whole * (1 - whole / area)


@pytest.mark.parametrize("lam", [0.0, 0.4, 1.0, None])
def test_totals_close_and_groups_are_sums_with_covariance(lam):
    sample, expected, area = _points()
    found = design.difference(sample, expected, _spread(expected, area), area, GROUPS, lam)
    assert found.values[:4].sum() == pytest.approx(area, rel=1e-12)
    for number, members in enumerate(GROUPS, start=4):
        u = np.isin(np.arange(4), members).astype(float)
        assert found.values[number] == pytest.approx(u @ found.values[:4], rel=1e-12)
        assert found.covariance[number, number] == pytest.approx(u @ found.covariance[:4, :4] @ u, rel=1e-9)
    assert found.covariance[:4, :4].sum() == pytest.approx(0, abs=1e-9 * np.trace(found.covariance))


def test_a_zone_that_cuts_the_strata_closes_too():
    sample, expected, area = _points()
    inside = np.arange(80) % 5 > 0
    cut = design.Sample(sample.p, sample.y, sample.stratum, inside, sample.areas, sample.sizes)
    found = design.difference(cut, expected, _spread(expected, area), area, GROUPS)
    assert found.values[:4].sum() == pytest.approx(area, rel=1e-12)
    assert found.count == inside.sum()


# ppi-python 0.2.3: ppi_mean_ci(Y, Yhat, Yhat_unlabeled, alpha=0.05, lam=...) on the data that _ppi_data makes,
# and its own choice of λ; made once with that package.
PPI = {
    0.0: (0.373484868811834, 0.626515131188166),
    0.5: (0.3919510982870945, 0.6080011139533148),
    1.0: (0.3998907631161689, 0.6000136613646497),
}


def _ppi_data():
    """A sequence of fractions that any software makes alike: 60 points of one class, 5 000 pixels."""
    labelled, all_pixels = (np.arange(1, n + 1) * 0.6180339887498949 % 1 for n in (60, 5000))
    y = (np.arange(1, 61) * 0.7548776662466927 % 1 < labelled).astype(float)
    return y, labelled, all_pixels


@pytest.mark.parametrize("lam", [0.0, 0.5, 1.0])
def test_ppi_python(lam):
    """The published package on the same numbers: the same estimate; the same interval once its ddof 0 and the variance
    of the imputations over all pixels, which a complete map does not have, are put in."""
    y, p, every = _ppi_data()
    n, size = len(y), len(every)
    both = [np.column_stack([v, 1 - v]) for v in (p, y)]
    sample = design.Sample(*both, np.zeros(n, int), np.ones(n, bool), np.array([1.0]), np.array([1e15]))
    mean = np.array([every.mean(), 1 - every.mean()])
    found = design.difference(sample, mean, np.zeros(2), 1.0, lam=lam)
    low, high = PPI[lam]
    # Ours centres the residual on the map's mean: λ p̄ + mean(y - λ p), the same number.
    assert found.values[0] == pytest.approx((low + high) / 2, abs=1e-12)
    variance = found.covariance[0, 0] * (n - 1) / n + lam**2 * every.var() / size
    assert stats.norm.ppf(0.975) * np.sqrt(variance) == pytest.approx((high - low) / 2, rel=1e-9)


def test_lambda_of_a_useless_map_is_nothing_and_of_a_perfect_one_is_one():
    sample, _, _ = _points(n=400)
    noise = np.random.default_rng(9).dirichlet(np.ones(4), 400)
    for p, low, high in ((noise, 0.0, 0.15), (sample.y, 1.0, 1.0)):
        lam = design.best_lambda(design.Sample(p, sample.y, sample.stratum, sample.inside, sample.areas, sample.sizes))
        assert low <= lam <= high


def _totals(**changes):
    base = {
        "values": np.array([3e5, 6e5, 5e3]), "covariance": np.diag([1e8, 1e8, 1e6]),
        "variance": np.array([1e8, 1e8, 1e6]), "floor": np.array([1.0, 1.0, 4e6]),
        "expected": np.array([3e5, 6e5, 6e3]), "hits": np.array([40, 60, 12]),
        "degrees": 97, "lam": 1.0, "count": 100, "area": 1e6,
    }  # fmt: skip
    return design.Totals(**{**base, **changes})


def test_intervals_of_main_and_rare_classes():
    main, _, rare = design.intervals(_totals(), 0.95)
    t = stats.t.ppf(0.975, 97)
    assert (main.low, main.high) == (pytest.approx(3e5 - t * 1e4), pytest.approx(3e5 + t * 1e4))
    assert (main.level, main.method, main.count) == (0.95, "points", 100)
    assert rare.se == pytest.approx(2e3) and rare.level == 0.95
    assert rare.high == pytest.approx(5e3 + t * 2e3) and 0 < rare.low < 5e3


@pytest.mark.parametrize(
    ("changes", "withheld", "why"),
    [
        ({"count": 49}, "", "few-points"),
        ({"hits": np.array([40, 60, 4])}, "", "rare-class"),
        ({"count": 99}, "", "rare-few-points"),
        ({"expected": np.array([3e5, 6e5, 4.9e3])}, "", "rare-unexpected"),
        ({}, "unknown-design", "unknown-design"),
    ],
)
def test_no_level_where_coverage_was_not_reached(changes, withheld, why):
    last = design.intervals(_totals(**changes), 0.95, withheld=withheld)[-1]
    assert last.level is None and last.assumptions == (why,) and last.has_interval


def test_a_second_reading_of_all_points_is_the_difference_of_the_two_estimates():
    """Simple random sample, every point read again: D is what the estimate would change, its error that of paired
    differences."""
    sample, expected, area = _points(n=60, strata=1)
    second = sample.y.argmax(axis=1)
    second[:6] = (second[:6] + 1) % 4
    other = replace(sample, y=np.eye(4)[second])
    first, last = (design.difference(s, expected, _spread(expected, area), area, GROUPS, 1.0) for s in (sample, other))
    found = readings.reread(sample, second, GROUPS)
    assert found.count == 60 and found.shift == pytest.approx(last.values - first.values)
    paired = (other.y - sample.y) @ design.membership(4, GROUPS)
    assert found.se == pytest.approx(area * paired.std(axis=0, ddof=1) / np.sqrt(60))
    few = np.where(np.arange(60) < readings.FEWEST_READ - 1, second, -1)
    assert readings.reread(sample, few, GROUPS) is None


def test_readers_who_differ_for_good_leave_no_level():
    own = design.intervals(_totals(), 0.95)
    found = readings.Reread(np.array([6e3, 6e3, 100.0]), np.array([2e3, 4e3, 10.0]), 40)
    assert [e.level for e in readings.judged(own, found, 0.95)] == [None, 0.95, 0.95]
    assert readings.judged(own, found, 0.95)[0].assumptions == ("readers-differ",)
    assert readings.judged(own, None, 0.95) == own


def _errors(n, classes=2, seed=0):
    return 0.2 * np.random.default_rng(seed).standard_normal((n, classes)) + [0.05, -0.05]


@pytest.mark.parametrize(("level", "fewest"), [(0.95, 19), (0.9, 9), (0.8, 4), (0.99, 99)])
def test_conformal_needs_units(level, fewest):
    assert zonemodel.fewest_for(level) == fewest
    arguments = (np.array([4e5, 6e5]), np.array([3e4, 3e4]), 1e6, level)
    assert zonemodel.conformal(_errors(fewest - 1), *arguments) is None
    assert zonemodel.conformal(_errors(fewest), *arguments)[0].level == level


def test_conformal_takes_the_60th_of_62():
    errors = _errors(62)
    found = zonemodel.conformal(errors, np.array([4e5, 6e5]), np.array([3e4, 3e4]), 1e6, 0.95)
    q = np.sort(np.abs(errors), axis=0)[59]
    assert [e.half_width for e in found] == pytest.approx(q * (3e4 + 1e3))


def test_student_is_a_prediction_interval():
    errors = _errors(20)
    found = zonemodel.student(errors, np.array([4e5, 6e5]), np.array([3e4, 3e4]), 1e6, 0.9)[0]
    scale = 3e4 + 1e3
    centre, s = errors[:, 0].mean(), errors[:, 0].std(ddof=1)
    assert found.value == pytest.approx(4e5 + centre * scale)
    assert found.half_width == pytest.approx(stats.t.ppf(0.95, 19) * s * np.sqrt(1.05) * scale)
    few = zonemodel.student(_errors(5), np.array([4e5, 6e5]), np.array([3e4, 3e4]), 1e6, 0.9)[0]
    assert few.level is None and few.assumptions == ("few-units",)


def test_tiles_of_one_campaign_are_one_unit():
    tiles = [zonemodel.Unit(np.array([i, 2.0]), np.array([1.0, 1.0]), np.array([0.5, 0.5]), 10.0) for i in range(4)]
    units = zonemodel.merged(tiles, ["a", "b", "a", "c"])
    assert [u.truth[0] for u in units] == [2, 1, 3] and [u.area for u in units] == [20, 10, 10]


def test_tiles_drawn_in_the_zone():
    """Cochran's ratio: with tiles of one size it is the plain mean of the differences."""
    rng = np.random.default_rng(0)
    tiles = [zonemodel.Unit(np.array([40 + e]), np.array([40.0]), np.array([5.0]), 100.0) for e in rng.normal(5, 3, 12)]
    found = cluster.from_tiles(tiles, np.array([4e5]), 1e6, 0.95)[0]
    d = np.array([t.truth[0] - 40 for t in tiles])
    assert found.value == pytest.approx(4e5 + 1e4 * d.mean())
    assert found.se == pytest.approx(1e4 * d.std(ddof=1) / np.sqrt(12) * np.sqrt(1 - 1200 / 1e6))
    assert found.level == 0.95


def test_empirical_bayes_and_its_guard():
    totals = _totals()
    alone = design.intervals(totals, 0.95)
    errors = 0.05 * np.random.default_rng(1).standard_normal((62, 3))
    spread, everywhere = np.array([1e5, 1e5, 4e3]), np.ones(3, bool)
    both = bayes.combined(totals, alone, errors, totals.values - [2e3, -2e3, 0], spread, 0.95, 3, everywhere)
    assert both[0].half_width < alone[0].half_width and both[0].method == "points-and-tiles"
    assert both[2] == alone[2], "a rare class keeps what the points say"
    assert bayes.combined(totals, alone, errors, totals.values - [5e4, -5e4, 0], spread, 0.95, 3, everywhere) is None


def test_published_range_has_no_level():
    """Buildings of FLAIR-INC's model in areas.md: 264 895 m² counted, P 0.9026, R 0.9072."""
    found = published.indicative(264_895, 264_895, 0.90262, 0.90719, 1e6)
    assert (found.low, found.high) == (pytest.approx(239_099, abs=10), pytest.approx(291_995, abs=10))
    assert found.level is None and found.method == "published"
    assert published.corrected(264_895, 0.90262, 0.90719) == pytest.approx(263_560, abs=10)
    assert published.indicative(1.0, 1.0, None, 0.9, 1e6).assumptions == ("no-statistic",)


@pytest.mark.parametrize(
    ("counted", "metric", "printed"),
    [(182_093, 0.884, 21_123), (284_553, 0.857, 40_691), (264_895, 0.929, 18_808)],
)
def test_the_legacy_plus_minus_of_ign(counted, metric, printed):
    found = published.legacy(counted, metric)
    assert round(found.half_width) == printed and found.level is None


def test_nothing_is_said_of_a_class_that_the_tiles_do_not_hold():
    """A class that no tile holds has no error in any of them: an interval of no width, which nothing has earned."""
    unit = zonemodel.Unit(np.array([5.0, 0.0, np.nan]), np.array([4.0, 0.1, 0.0]), np.array([1.0, 0.1, 0.0]), 100.0)
    assert zonemodel.known([unit] * 20).tolist() == [True, False, False]
    drawn = cluster.from_tiles([unit] * 12, np.array([4e3, 1e2, 0]), 1e5, 0.95)
    assert [e.level for e in drawn] == [0.95, None, None]


def test_a_class_raster_without_a_wrong_point_keeps_a_width():
    stratum = np.repeat([0, 1], 60)
    one = np.eye(2)[stratum]
    sample = design.Sample(one, one, stratum, np.ones(120, bool), np.full(2, 5e5), np.full(2, 1e7))
    found = design.intervals(design.difference(sample, np.full(2, 5e5), np.zeros(2), 1e6), 0.95)[0]
    assert found.level == 0.95 and 500 < found.half_width < 2e4


def test_temperature_is_found_again():
    rng = np.random.default_rng(0)
    true = rng.dirichlet(np.full(4, 0.6), 6000)
    labels = np.array([rng.choice(4, p=row) for row in true])
    sharp = calibration.tempered(true, 1 / 1.5)
    temperature = calibration.fit_temperature(sharp, labels)
    assert temperature == pytest.approx(1.5, rel=0.06)
    assert calibration.tempered(sharp, 1.5) == pytest.approx(true, abs=1e-9)
    bins = calibration.reliability(true[:, 0], labels == 0)
    assert np.abs(bins[:, 0] - bins[:, 1]).max() < 0.08 and bins[:, 2].sum() == 6000


def test_points_that_a_half_width_takes():
    """ū = 0.05: ±2 % of the zone takes about 480 points, 3.4 % about 160 (areas.md, 2.e)."""
    assert planning.points_needed(0.05, 1.0, 0.02) == pytest.approx(480, abs=1)
    assert planning.points_needed(0.05, 1.0, 0.0347) == pytest.approx(160, abs=1)
    assert planning.hours(160) == 2.0
