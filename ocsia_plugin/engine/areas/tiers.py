"""Which estimator a zone gets: decided by what there is, and said in the result.

(ii)   points in the zone                          stratified difference
(iii') tiles drawn at random in the zone           ratio over tiles
(iii)  annotated tiles elsewhere, or (i') errors of zones published with the model
                                                   conformal, or Student where the units are few
both points and tiles                              empirical Bayes, guarded
(i)    precision and recall of the model           indicative range, no level
nothing                                            the surface alone
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Optional

import numpy as np

from ..models.accuracy import Figures
from .estimators import bayes, cluster, design, published, readings, zonemodel
from .estimators.results import Estimate
from .measured import Measured
from .sampled import ZonePoints

IGN, RANGE = "ign", "range"

_FAR_OUT = ("points", "points-contradict", "tiles-conformal")
"""Methods whose intervals hold as often as they say at the levels that many figures at once take."""

FEWEST_OF_SETTING = 19
"""Units of one setting from which on a zone of that setting is judged by them alone."""


@dataclass(frozen=True)
class Evidence:
    """What there is besides the raster.

    Attributes:
        points: of each zone; None: no point in it.
        tiles: independent units elsewhere, each with the columns of the result; NaN: unknown for a column.
        by_setting: units of each kind of place; zone_settings: what kind of place the zones are; empty: nobody says.
        drawn: tiles drawn at random in a zone, by its number.
        statistics: published figures of the columns, by their place; None: no model was named.
        shipped: the units are the model's own.
    """

    points: Sequence[Optional[ZonePoints]] = ()
    tiles: Sequence[zonemodel.Unit] = ()
    by_setting: Mapping[str, Sequence[zonemodel.Unit]] = field(default_factory=dict)
    zone_settings: Sequence[str] = ()
    drawn: Mapping[int, Sequence[zonemodel.Unit]] = field(default_factory=dict)
    statistics: Optional[Mapping[int, Figures]] = None
    shipped: bool = False

    def like(self, zone: int) -> tuple[Sequence[zonemodel.Unit], bool]:
        """The units of the zone's own setting where there are ``FEWEST_OF_SETTING`` (Mondrian categories: Vovk,
        Gammerman and Shafer 2005, ch. 4.5), otherwise all of them; and whether they are its own."""
        own = self.by_setting.get(self.zone_settings[zone], ()) if self.zone_settings else ()
        return (own, True) if len(own) >= FEWEST_OF_SETTING else (self.tiles, False)


def at_once(measured: Measured, evidence: Evidence, level: float, style: str = RANGE) -> list[list[Estimate]]:
    """``estimates`` whose level holds for all figures of all zones together.

    Each is made for 1 - (1 - level) / m, m the number of figures, so that the chances of missing add up to no more than
    1 - level (Bonferroni; Dunn 1961). So far out, only the design of points and conformal prediction (which seldom has
    units enough) keep a level: Student's law for tiles was measured to hold too seldom. What tiles add to points was
    not measured there: they add nothing.
    """
    count = len(measured.columns) * int((~measured.is_empty).sum())
    if evidence.points:
        evidence = replace(evidence, tiles=(), by_setting={})
    made = estimates(measured, evidence, 1 - (1 - level) / max(count, 1), style)
    return [[_together(e, level) for e in row] for row in made]


def _together(estimate: Estimate, level: float) -> Estimate:
    if estimate.level is None:
        return estimate
    if estimate.method not in _FAR_OUT:
        return replace(estimate, level=None, assumptions=("far-out",))
    return replace(estimate, level=level, assumptions=("at-once", *estimate.assumptions))


def estimates(measured: Measured, evidence: Evidence, level: float, style: str = RANGE) -> list[list[Estimate]]:
    """Estimates of every zone: a list per zone, in the order of the columns.

    Args:
        level: 0 to 1, of each figure by itself; style: what published statistics make, ``range`` or ``ign``.
    """
    return [
        [Estimate(float("nan"), method="empty") for _ in measured.columns]
        if empty
        else _of_zone(measured, zone, evidence, level, style)
        for zone, empty in enumerate(measured.is_empty)
    ]


def _of_zone(measured: Measured, zone: int, evidence: Evidence, level: float, style: str) -> list[Estimate]:
    expected, spread = measured.likely()[zone], measured.doubt()[zone]
    area = float(measured.valid[zone])
    tiles, is_own = evidence.like(zone)
    errors = zonemodel.normalised(tiles) if len(tiles) > 1 else None
    points = evidence.points[zone] if zone < len(evidence.points) else None
    if points is not None:
        made = _from_points(measured, points, tiles, errors, expected, spread, area, level)
        groups = [column.members for column in measured.columns[measured.classes :]]
        return readings.judged(made, readings.reread(points.sample, points.second, groups), level)
    drawn = evidence.drawn.get(zone, ())
    if len(drawn) > 1:
        return cluster.from_tiles(drawn, expected, area, level)
    last = _published(measured, zone, evidence, style, area)
    if errors is None:
        return last
    made = zonemodel.conformal(errors, expected, spread, area, level)
    made = made or zonemodel.student(errors, expected, spread, area, level)
    if evidence.shipped:
        made = [replace(estimate, method="zones-published") for estimate in made]
    elif is_own:
        made = [replace(e, assumptions=("same-setting", *e.assumptions)) for e in made]
    known = zonemodel.known(tiles)
    return [own if fine else other for own, other, fine in zip(made, last, known)]


def _from_points(
    measured: Measured,
    points: ZonePoints,
    tiles: Sequence[zonemodel.Unit],
    errors: Optional[np.ndarray],
    expected: np.ndarray,
    spread: np.ndarray,
    area: float,
    level: float,
) -> list[Estimate]:
    classes = measured.classes
    groups = [column.members for column in measured.columns[classes:]]
    totals = design.difference(points.sample, expected[:classes], spread, area, groups)
    alone = design.intervals(totals, level, withheld=points.withheld)
    usable = errors is not None and len(errors) >= bayes.FEWEST_UNITS
    if not usable or points.withheld:
        return alone
    known = zonemodel.known(tiles)
    both = bayes.combined(totals, alone, errors, expected, spread, level, classes, known)
    if both is not None:
        return both
    return design.intervals(totals, level, "points-contradict")


def _published(measured: Measured, zone: int, evidence: Evidence, style: str, area: float) -> list[Estimate]:
    best = measured.likely()[zone]
    found = []
    for number, column in enumerate(measured.columns):
        if evidence.statistics is None:
            found.append(Estimate(float(best[number]), method="none", assumptions=("nothing-known",)))
            continue
        figures = evidence.statistics.get(number, Figures())
        counted = float(column.counted[zone])
        if style == IGN:
            found.append(published.legacy(counted, figures.precision))
        else:
            found.append(published.indicative(float(best[number]), counted, figures.precision, figures.recall, area))
    return found
