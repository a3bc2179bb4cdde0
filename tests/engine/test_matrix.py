"""Error matrices and their intervals: published examples, identities, coverage."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ocsia_plugin.engine.areas.matrix import Estimator, Sample, agreement, wilson

# Olofsson et al., Remote Sensing of Environment 148 (2014), table 8: deforestation, forest gain, stable forest, stable
# non-forest; rows are the map's classes; pixels of each on the map.
OLOFSSON_2014 = np.array([[66, 0, 5, 4], [0, 55, 8, 12], [1, 0, 153, 11], [2, 1, 9, 313]])
PIXELS_2014 = np.array([200000.0, 150000.0, 3200000.0, 6450000.0])

# Olofsson et al., Remote Sensing of Environment 129 (2013), first example: deforestation, forest, non-forest.
OLOFSSON_2013 = np.array([[97, 0, 3], [3, 279, 18], [2, 1, 97]])
PIXELS_2013 = np.array([22353.0, 1122543.0, 610228.0])

# Stehman, International Journal of Remote Sensing 35 (2014), table 2: strata other than the classes of the map.
STEHMAN_STRATA = np.repeat([0, 1, 2, 3], 10)
STEHMAN_MAP = [*"AAAAAAABBB", *"ABBBBBBBBB", *"BBCCCCCCBB", *"DDDDDDDDDD"]
STEHMAN_REF = [*"AAAAACBABC", *"ABBBBBAABB", *"CCCCCDDBBA", *"DDDDDDDCCB"]
STEHMAN_SIZES = np.array([40000.0, 30000.0, 20000.0, 10000.0])


def _by_map(matrix: np.ndarray, pixels: np.ndarray, finite: bool = False) -> Sample:
    """A sample whose strata are the classes of the map, codes from 1."""
    rows, columns = np.indices(matrix.shape)
    mapped, ref = (np.repeat(a.ravel(), matrix.ravel()) for a in (rows, columns))
    size = pixels if finite else np.full(len(pixels), np.inf)
    count = len(mapped)
    return Sample(np.arange(count), mapped + 1, ref + 1, np.ones(count), mapped, pixels, size, True)


def _stehman(finite: bool) -> Sample:
    mapped, ref = (np.array([ord(c) - 64 for c in text]) for text in (STEHMAN_MAP, STEHMAN_REF))
    size = STEHMAN_SIZES if finite else np.full(4, np.inf)
    return Sample(np.arange(40), mapped, ref, np.ones(40), STEHMAN_STRATA, STEHMAN_SIZES, size, True)


def _half(figure) -> float:
    return 1.96 * figure.se


def test_olofsson_2014():
    estimator = Estimator(_by_map(OLOFSSON_2014, PIXELS_2014), 0.95)
    overall = estimator.overall()
    assert (round(overall.value, 2), round(_half(overall), 2)) == (0.95, 0.02)
    scores = [estimator.scores([code]) for code in (1, 2, 3, 4)]
    assert [round(s.precision.value, 2) for s in scores] == [0.88, 0.73, 0.93, 0.96]
    assert [round(_half(s.precision), 2) for s in scores] == [0.07, 0.10, 0.04, 0.02]
    assert [round(s.recall.value, 2) for s in scores] == [0.75, 0.85, 0.93, 0.96]
    # In full as the CRAN package mapaccuracy has them from the same table.
    expected = [0.21330593, 0.25440369, 0.03432379, 0.01836120]
    assert [_half(s.recall) for s in scores] == pytest.approx(expected, rel=1e-4)
    assert [s.recall.value for s in scores] == pytest.approx([0.7486614, 0.8471564, 0.9345089, 0.9616090], abs=1e-6)
    # Deforestation: 21 158 ha ± 6158 ha, of pixels of 0.09 ha.
    hectares = PIXELS_2014.sum() * 0.09
    assert round(scores[0].share.value * hectares) == 21158
    assert _half(scores[0].share) * hectares == pytest.approx(6158, abs=1)


def test_olofsson_2013():
    estimator = Estimator(_by_map(OLOFSSON_2013, PIXELS_2013), 0.95)
    scores = [estimator.scores([code]) for code in (1, 2, 3)]
    assert [round(s.precision.value, 2) for s in scores] == [0.97, 0.93, 0.97]
    assert [s.recall.value for s in scores] == pytest.approx([0.4806308, 0.9941887, 0.8969259], abs=1e-6)
    assert [_half(s.recall) for s in scores] == pytest.approx([0.22453045, 0.01132522, 0.04120541], rel=1e-4)
    # Equations 10 and 12: pixels of deforestation.
    assert scores[0].share.value * PIXELS_2013.sum() == pytest.approx(45112.4, abs=0.1)
    assert scores[0].share.se * PIXELS_2013.sum() == pytest.approx(10751.88, abs=1)


def test_olofsson_2013_second_example():
    """Table 6, where the strata are given as shares."""
    matrix = np.array([[127, 66, 54], [2, 322, 17], [0, 15, 540]])
    scores = [Estimator(_by_map(matrix, np.array([0.007, 0.295, 0.698])), 0.95).scores([c]) for c in (1, 2, 3)]
    assert [s.precision.value for s in scores] == pytest.approx([0.51417, 0.94428, 0.97297], abs=1e-5)
    assert [s.recall.value for s in scores] == pytest.approx([0.67535, 0.93072, 0.97664], abs=1e-5)
    assert [_half(s.precision) for s in scores] == pytest.approx([0.06246, 0.02438, 0.01350], abs=1e-5)
    assert [_half(s.recall) for s in scores] == pytest.approx([0.30458, 0.02938, 0.00960], abs=1e-5)


@pytest.mark.parametrize("finite", [False, True])
def test_stehman_2014(finite):
    estimator = Estimator(_stehman(finite), 0.95)
    a, b, c = (estimator.scores([code]) for code in (1, 2, 3))
    overall = estimator.overall()
    assert round(a.share.value, 2) == 0.35
    assert round(c.share.value, 2) == 0.20
    assert round(overall.value, 2) == 0.63
    assert round(b.precision.value, 3) == 0.574
    assert round(b.recall.value, 3) == 0.794
    assert round(estimator.proportions([1, 2, 3, 4])[1, 2], 2) == 0.08
    errors = (a.share.se, c.share.se, overall.se, b.precision.se)
    assert [round(se, 3) for se in errors] == [0.082, 0.064, 0.085, 0.125]
    # The paper prints 0.114: it takes s²_x of the fourth stratum as 0, which its own table 3 has as 0.1.
    assert b.recall.se == pytest.approx(0.1166, abs=1e-4)


def test_a_group_is_a_collapsed_matrix():
    matrix, pixels = OLOFSSON_2014, PIXELS_2014
    sample = _by_map(matrix, pixels)
    both = Estimator(sample, 0.95).scores([1, 2])
    one = Sample(**{**vars(sample), "map_code": np.where(sample.map_code == 2, 1, sample.map_code),
                    "ref_code": np.where(sample.ref_code == 2, 1, sample.ref_code)})  # fmt: skip
    assert both == Estimator(one, 0.95).scores([1])


def test_iou_and_f1_agree_with_each_other_and_with_the_matrix():
    estimator = Estimator(_by_map(OLOFSSON_2014, PIXELS_2014), 0.95)
    p = estimator.proportions([1, 2, 3, 4])
    assert p.sum() == pytest.approx(1)
    for code in range(4):
        s = estimator.scores([code + 1])
        inside = p[code, code]
        assert s.iou.value == pytest.approx(inside / (p[code].sum() + p[:, code].sum() - inside))
        assert s.f1.value == pytest.approx(2 * s.iou.value / (1 + s.iou.value))


def test_domains_add_up():
    """Shares of the parts, weighted by the parts, are the share of the whole."""
    sample = _by_map(OLOFSSON_2014, PIXELS_2014)
    left = np.random.default_rng(1).random(len(sample.stratum)) < 0.4
    whole, parts = Estimator(sample, 0.95), [Estimator(sample, 0.95, left), Estimator(sample, 0.95, ~left)]
    weights = [whole.ratio(part.astype(float), np.ones(len(left)))[0] for part in (left, ~left)]
    assert sum(w * e.overall().value for w, e in zip(weights, parts)) == pytest.approx(whole.overall().value)


def test_polygons_are_clusters():
    """One unit per polygon: the ratio's variance is that of unequal clusters, not of pixels."""
    rng = np.random.default_rng(2)
    right, wrong = rng.random(30) * 90, rng.random(30) * 10
    unit = np.concatenate([np.arange(30), np.arange(30)])
    sample = Sample(unit, np.repeat([1, 2], 30), np.ones(60, int), np.concatenate([right, wrong]),
                    np.zeros(30, int), np.ones(1), np.full(1, np.inf), True)  # fmt: skip
    figure = Estimator(sample, 0.95).overall()
    x = right + wrong
    value = right.sum() / x.sum()
    assert figure.value == pytest.approx(value)
    assert figure.se == pytest.approx(math.sqrt(((right - value * x) ** 2).sum() / 29 * 30) / x.sum())


def test_an_unknown_design_has_values_and_no_interval():
    sample = Sample(**{**vars(_by_map(OLOFSSON_2014, PIXELS_2014)), "by_design": False})
    scores = Estimator(sample, 0.95).scores([1])
    assert scores.precision.value == pytest.approx(66 / 75)
    assert scores.recall.value == pytest.approx(66 / 69)  # of the points, not of the surface
    assert scores.recall.low is None and math.isnan(scores.recall.se)


def test_no_interval_where_a_missed_point_would_change_everything():
    """A class of 0.2 % seen only in its own stratum: 300 points elsewhere say little of what was missed there."""
    matrix = np.array([[20, 0], [0, 300]])
    scores = Estimator(_by_map(matrix, np.array([2000.0, 998000.0])), 0.95).scores([1])
    assert scores.recall.value == 1 and scores.recall.low is None
    assert scores.precision.low == pytest.approx(0.82, abs=0.02) and scores.precision.high == 1


def test_wilson_keeps_a_width_and_stays_inside():
    assert wilson(1.0, 0.0, 50, 49, 0.95)[0] == pytest.approx(0.925, abs=0.002)
    low, high = wilson(0.9, 0.9 * 0.1 / 1000, 0, 10**6, 0.95)
    assert (low, high) == (pytest.approx(0.8799, abs=2e-4), pytest.approx(0.9170, abs=2e-4))


def test_agreement():
    first, second = np.repeat([1, 1, 2, 2], [20, 5, 10, 15]), np.repeat([1, 2, 1, 2], [20, 5, 10, 15])
    found = agreement(first, second, 0.95)
    assert (found.same, found.total) == (35, 50)
    assert found.kappa == pytest.approx(0.4)  # Wikipedia's and most textbooks' example
    assert found.low < 0.7 < found.high


def test_the_intervals_cover():
    """2000 stratified samples of a town of three classes with known errors."""
    rng = np.random.default_rng(3)
    joint = np.array([[0.17, 0.02, 0.01], [0.02, 0.36, 0.02], [0.01, 0.03, 0.36]])
    area, per = joint.sum(axis=1), 70
    shares = joint / area[:, None]
    truth = {"precision": shares[0, 0], "recall": joint[0, 0] / joint[:, 0].sum(), "share": joint[:, 0].sum()}
    truth["iou"] = joint[0, 0] / (joint[0].sum() + joint[:, 0].sum() - joint[0, 0])
    stratum, inside = np.repeat([0, 1, 2], per), dict.fromkeys((*truth, "overall"), 0)
    runs = 600
    for _ in range(runs):
        ref = np.concatenate([rng.choice(3, per, p=p) for p in shares])
        sample = Sample(
            np.arange(3 * per), stratum + 1, ref + 1, np.ones(3 * per), stratum, area, np.full(3, np.inf), True
        )
        estimator = Estimator(sample, 0.95)
        scores = estimator.scores([1])
        for name, true in truth.items():
            figure = getattr(scores, name)
            inside[name] += figure.low <= true <= figure.high
        overall = estimator.overall()
        inside["overall"] += overall.low <= np.trace(joint) <= overall.high
    assert all(0.92 <= hits / runs <= 0.985 for hits in inside.values()), inside
