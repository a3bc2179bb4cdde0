"""The job ``samplepoints``: points to photo-interpret, drawn by a known design, in a GeoPackage with its form."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

import numpy as np
import shapely
from rasterio.io import DatasetReader

from ..errors import OcsiaError, because
from ..events import Events
from ..grid import Grid
from ..jobs import SamplePointsJob
from ..nomenclature import LandCoverClass, parse_groups
from ..ortho.checks import check_crs, open_raster
from ..products.argmax import raster_grid
from ..products.classes import Legend
from ..products.origin import called_after
from ..products.pointsqml import points_qml
from ..products.qml import write_layer_style
from ..products.recognition import recognised_classes, recognised_probabilities
from ..products.vectors import GEOMETRY, STYLE_NAME, driver_of, guard_writing
from ..products.workspace import Workspace
from .blocks import ClassBlocks, ProbabilityBlocks
from .ellipsoid import ArealScale
from .points import SECOND, Design, Points, Stratum, write_points
from .population import Key, Population, Reader, Tally
from .sampling import (
    MOST_POINTS,
    SECONDS_PER_POINT,
    Aim,
    Stream,
    assumed_variance,
    expected_variance,
    for_count,
    for_target,
    half_width,
)
from .zones import Zones, read_zones, whole_raster

STRATA = ("class", "class+zone")


@dataclass(frozen=True)
class Target:
    """A class or group whose surface is wanted to within ``half_width``, relative to it."""

    land_cover: LandCoverClass
    half_width: float


def run(job: SamplePointsJob, events: Events) -> dict[str, Optional[str]]:
    """Draw the points.

    Returns:
        The path under ``OUTPUT``.

    Raises:
        OcsiaError: ``sample-size``, ``sample-target``, ``sample-minimum``, ``sample-minimums``, ``sample-strata``,
            ``sample-too-many``, ``sample-count``, ``sample-absent``, ``parameter-range``, ``zones-empty``,
            ``zones-outside``, ``raster-empty`` and the refusals of nomenclatures, rasters and outputs.
        Cancelled: the user asked to stop.
    """
    driver_of(job.output, [".gpkg"])
    _check(job)
    with ExitStack() as stack:
        source = stack.enter_context(open_raster(job.input))
        check_crs(source.crs, job.input)
        grid = raster_grid(source, job.input)
        legend, base = _legend(source, job, events)
        targets = parse_targets(job.target, legend)
        wkt = source.crs.to_wkt()
        name = called_after(source.tags(), job.input)
        zones = read_zones(job.zones, wkt) if job.zones else whole_raster(grid, name)
        if not shapely.intersects(zones.geometries, shapely.box(*grid.bounds)).any():
            raise OcsiaError("zones-outside", path=job.input)
        workspace = stack.enter_context(Workspace(job.job_id, [job.output], [job.input, job.zones]))
        reader = _reader(source, grid, legend, base, zones, targets, job)
        population = reader.count(ArealScale(wkt, grid.bounds), events)
        if not population.tallies:
            raise OcsiaError("raster-empty", path=job.input)
        codes = [0, *(c.code for c in legend.classes)] if source.count > 1 else list(range(256))
        _check_targets(population, targets, codes, source.count > 1, job)
        plan = _plan(population, targets, codes, zones, source.count > 1, job, events)
        ranks = {
            key: Stream(job.seed, _stratum_id(key, codes, zones, job)).sample(population.tallies[key].size, count)
            for key, count in plan.items()
        }
        places = reader.find(population, ranks, events)
        points = _points(places, population, codes, zones, grid, legend, job)
        staged = workspace.stage(job.output)
        second = np.sort(Stream(job.seed, "second").shuffled(len(points))[: _doubles(job, len(points))])
        qml = points_qml(legend.classes, math.sqrt(grid.dx * grid.dy), job.lang)
        with guard_writing(staged, job.output):
            write_points(staged, points, wkt, second)
            write_layer_style(staged, staged.stem, GEOMETRY, STYLE_NAME, qml)
            if len(second):
                write_layer_style(staged, staged.stem + SECOND, GEOMETRY, STYLE_NAME, qml)
        events.check()
        workspace.commit()
    _tell(job, points, population, len(second), legend, events)
    return {"OUTPUT": job.output}


def parse_targets(text: str, legend: Legend) -> list[Target]:
    """Classes and groups with half-widths, written as ``ligneux=5; 8+10=10 %``: keys or codes, percent.

    Raises:
        OcsiaError: ``sample-target``.
    """
    by_key = {c.key: c for c in legend.classes} | {g.key: g for g in legend.nomenclature.groups}
    targets = []
    for part in filter(None, (p.strip() for p in text.split(";"))):
        name, _, right = (piece.strip() for piece in part.partition("="))
        try:
            wide = float(right.rstrip("% \u00a0\u202f±").lstrip("±").replace(",", ".")) / 100
        except ValueError:
            raise OcsiaError("sample-target", text=text, reason=because("why-target-number", part=part)) from None
        if not 0.001 <= wide <= 1:
            raise OcsiaError("sample-target", text=text, reason=because("why-target-range", part=part))
        land_cover = by_key.get(name)
        if land_cover is None:
            land_cover = _union(name, text, legend)
        known = {c.code for c in legend.classes}
        if not set(land_cover.members) & known:
            reason = because("why-target-class", name=name, known=", ".join(by_key))
            raise OcsiaError("sample-target", text=text, reason=reason)
        targets.append(Target(land_cover, wide))
    return targets


def _union(name: str, text: str, legend: Legend) -> LandCoverClass:
    """The class, or union of classes, that codes such as ``8+10`` stand for."""
    known = {c.code: c for c in legend.classes}
    try:
        codes = [int(code) for code in name.split("+")]
        members = [known[code] for code in codes]
    except (ValueError, KeyError):
        names = ", ".join([c.key for c in legend.classes] + [g.key for g in legend.nomenclature.groups])
        reason = because("why-target-class", name=name, known=names)
        raise OcsiaError("sample-target", text=text, reason=reason) from None
    if len(members) == 1:
        return members[0]
    return parse_groups(f"{'_'.join(c.key for c in members)}={name}", legend.nomenclature)[0]


def _check(job: SamplePointsJob) -> None:
    """Refuse parameters that contradict each other."""
    if not job.target.strip() and job.count <= 0:
        raise OcsiaError("sample-size")
    if job.count > MOST_POINTS:
        raise OcsiaError("sample-count", count=job.count, most=MOST_POINTS)
    if job.minimum < 2:
        raise OcsiaError("sample-minimum", minimum=job.minimum)
    limits = {"level": (50, 99.9), "precision": (50, 99.9), "double": (0, 100), "seed": (0, 2**31 - 1)}
    for name, (low, high) in limits.items():
        if not low <= getattr(job, name) <= high:
            raise OcsiaError("parameter-range", name=name.upper(), value=getattr(job, name), low=low, high=high)
    if job.strata not in STRATA:
        raise OcsiaError("job-invalid", reason=f"strata is one of {', '.join(STRATA)}")


def _legend(source: DatasetReader, job: SamplePointsJob, events: Events) -> tuple[Legend, int]:
    if source.count > 1:
        return recognised_probabilities(source, job.input, job.nomenclature, events), 1
    return recognised_classes(source, job.input, job.nomenclature, job.base, job.lang, events)


def _reader(
    source: DatasetReader,
    grid: Grid,
    legend: Legend,
    base: int,
    zones: Zones,
    targets: Sequence[Target],
    job: SamplePointsJob,
) -> Reader:
    by_zone = job.strata == "class+zone"
    if source.count == 1:
        return Reader(source, ClassBlocks(source, base), grid, zones.geometries, by_zone)
    band_of = {c.code: band for band, c in enumerate(legend.classes)}
    bands = [[band_of[code] for code in target.land_cover.members if code in band_of] for target in targets]
    return Reader(source, ProbabilityBlocks(source, legend, ()), grid, zones.geometries, by_zone, bands)


def _check_targets(
    population: Population,
    targets: Sequence[Target],
    codes: Sequence[int],
    has_probabilities: bool,
    job: SamplePointsJob,
) -> None:
    """Refuse a target that the map does not show at all: nothing says how many points it takes."""
    for number, target in enumerate(targets):
        tallies = population.tallies.items()
        if has_probabilities:
            found = any(tally.expected[number] > 0 for _, tally in tallies)
        else:
            found = any(codes[code] in target.land_cover.members for (_, code), _ in tallies)
        if not found:
            raise OcsiaError("sample-absent", name=target.land_cover.name(job.lang), path=job.input)


def _plan(
    population: Population,
    targets: Sequence[Target],
    codes: Sequence[int],
    zones: Zones,
    has_probabilities: bool,
    job: SamplePointsJob,
    events: Events,
) -> dict[Key, int]:
    """Points per stratum. A target holds in each zone that is a stratum of its own."""
    plan: dict[Key, int] = {}
    parts = sorted({zone for zone, _ in population.tallies})
    whole = sum(tally.area for tally in population.tallies.values())
    for zone in parts:
        keys = sorted(key for key in population.tallies if key[0] == zone)
        tallies = [population.tallies[key] for key in keys]
        sizes = np.array([tally.size for tally in tallies])
        areas = np.array([tally.area for tally in tallies])
        aims = [
            _aim(target, number, tallies, [codes[code] for _, code in keys], has_probabilities, job)
            for number, target in enumerate(targets)
        ]
        aims = [aim for aim in aims if aim.share > 0]
        weights = areas / areas.sum()
        count = _share(job.count, areas.sum() / whole, len(parts))
        drawn = _drawn(aims, count, sizes, weights, job)
        plan |= dict(zip(keys, drawn.tolist()))
        for aim in aims:
            wide = half_width(aim, sizes, weights, drawn, job.level / 100)
            name = zones.names[zone] if job.strata == "class+zone" else ""
            _tell_aim(aim, wide, name, has_probabilities, job, events)
    total = sum(plan.values())
    if total > MOST_POINTS:
        hours = round(total * SECONDS_PER_POINT / 3600)
        raise OcsiaError("sample-too-many", count=total, hours=hours, most=MOST_POINTS)
    if job.count and total > job.count:
        least = job.count // len(plan)
        if least < 2:
            raise OcsiaError("sample-strata", count=job.count, strata=len(plan), needed=2 * len(plan))
        raise OcsiaError("sample-minimums", count=job.count, strata=len(plan), needed=total, least=least)
    return plan


def _share(count: int, share: float, parts: int) -> int:
    """Points for a zone out of those for all; rounded down so that the sum is not passed."""
    return count if parts == 1 else math.floor(count * share)


def _drawn(aims: Sequence[Aim], count: int, sizes: np.ndarray, weights: np.ndarray, job: SamplePointsJob) -> np.ndarray:
    level = job.level / 100
    if count:
        score = weights if not aims else np.max([weights * np.sqrt(aim.variance) / aim.share for aim in aims], axis=0)
        return for_count(count, score, sizes, job.minimum)
    least = np.minimum(job.minimum, sizes)
    wanted = [for_target(aim, sizes, weights, job.minimum, level) for aim in aims]
    return np.max([least, *wanted], axis=0).astype(np.int64)


def _aim(
    target: Target,
    number: int,
    tallies: Sequence[Tally],
    codes: Sequence[int],
    has_probabilities: bool,
    job: SamplePointsJob,
) -> Aim:
    """What is known of a target before any point is interpreted."""
    areas = np.array([tally.area for tally in tallies])
    sizes = np.array([tally.size for tally in tallies])
    members = np.isin(codes, target.land_cover.members)
    if has_probabilities:
        doubt = np.array([tally.doubt[number] for tally in tallies]) / sizes
        expected = np.array([tally.expected[number] for tally in tallies]) / sizes
        share, variance = float((expected * areas).sum() / areas.sum()), expected_variance(doubt)
    else:
        share = float(areas[members].sum() / areas.sum())
        variance = assumed_variance(members, areas / areas.sum(), job.precision / 100)
    return Aim(target.land_cover.name(job.lang), target.half_width, share, variance)


def _stratum_id(key: Key, codes: Sequence[int], zones: Zones, job: SamplePointsJob) -> str:
    zone, choice = key
    return str(codes[choice]) if job.strata == "class" else f"{zones.ids[zone]}/{codes[choice]}"


def _points(
    places: dict[Key, np.ndarray],
    population: Population,
    codes: Sequence[int],
    zones: Zones,
    grid: Grid,
    legend: Legend,
    job: SamplePointsJob,
) -> Points:
    """The drawn pixels' centres in random order: the order must not tell the stratum."""
    strata, pieces = [], []
    for key in sorted(places):
        tally, count = population.tallies[key], len(places[key])
        zone = zones.names[key[0]] if job.strata == "class+zone" else ""
        area = tally.area * grid.dx * grid.dy
        strata.append(Stratum(_stratum_id(key, codes, zones, job), codes[key[1]], zone, tally.size, area, count))
        pieces.append(np.full(count, len(strata) - 1))
    of = np.concatenate(pieces)
    cells = np.concatenate([places[key] for key in sorted(places)])
    order = Stream(job.seed, "order").shuffled(len(of))
    of, cells = of[order], cells[order]
    count = len(of)
    return Points(
        grid.x + (cells[:, 0] + 0.5) * grid.dx,
        grid.y - (cells[:, 1] + 0.5) * grid.dy,
        np.array([s.id for s in strata], object)[of],
        np.array([s.drawn / s.size for s in strata])[of],
        np.array([s.code for s in strata])[of],
        np.zeros(count, np.int64),
        np.full(count, None, object),
        Design("stratified", job.seed, Path(job.input).name, legend.nomenclature.id, tuple(strata)),
    )


def _doubles(job: SamplePointsJob, count: int) -> int:
    return math.ceil(count * job.double / 100 - 1e-9)


def _tell_aim(aim: Aim, wide: float, zone: str, has_probabilities: bool, job: SamplePointsJob, events: Events) -> None:
    """What the points are predicted to give."""
    if not math.isfinite(wide):
        return
    params = {"name": aim.name, "percent": round(100 * wide, 1), "level": round(job.level, 1)}
    if zone:
        params["name"] = f"{aim.name} ({zone})"
    if has_probabilities:
        events.info("info-sample-predicted", **params)
    else:
        events.info("info-sample-assumed", **params, precision=round(job.precision, 1))


def _tell(
    job: SamplePointsJob, points: Points, population: Population, doubles: int, legend: Legend, events: Events
) -> None:
    unknown = sorted({s.code for s in points.design.strata} - {c.code for c in legend.nomenclature.classes})
    if unknown:
        codes = ", ".join(map(str, unknown))
        events.warning("warn-codes-outside", path=job.input, nomenclature=legend.nomenclature.id, codes=codes)
    if population.overlap and job.strata == "class+zone":
        events.warning("warn-zones-overlap-points", count=population.overlap)
    hours = round((len(points) + doubles) * SECONDS_PER_POINT / 3600, 1)
    events.info("info-sample", count=len(points), strata=len(points.design.strata), hours=hours, doubles=doubles)
    events.product(job.output, "points")
    events.emit("progress", value=1.0)
