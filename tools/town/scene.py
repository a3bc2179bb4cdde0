"""Compose a scene: terrain, country, water, roads, town, trees; then the picture of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import ndimage

from . import buildings, civic, fields, lots, noise, render, streets, vegetation, water
from .canvas import Canvas, Frame
from .lines import Line, through
from .palette import Naf
from .plan import Plan
from .styles import MIX, SQUARE, STYLES


@dataclass(frozen=True)
class Scene:
    """A scene: images, elevations and the truth, all on one grid of H x W pixels."""

    rgb: np.ndarray  #: uint8 (3, H, W): R, V, B
    irc: np.ndarray  #: uint8 (3, H, W): PIR, R, V
    mns: np.ndarray  #: float32 (H, W), metres: top of buildings and trees
    mnt: np.ndarray  #: float32 (H, W), metres: bare ground
    naf: np.ndarray  #: uint8 (H, W), NAF codes 1..15: what is seen from above
    zones: np.ndarray  #: uint8 (H, W), codes of ZONES
    gsd: float  #: pixel size in metres


def _terrain(canvas: Canvas, lines: list[Line]) -> np.ndarray:
    """Bare ground in metres, float32 (H, W): gentle hills, lower along the rivers."""
    rng = canvas.rng
    step = 4.0
    h, w = (int(np.ceil(n * canvas.gsd / step)) + 2 for n in canvas.shape)
    coarse = 165 + 4.5 * noise.fractal(rng, (h, w), 140 / step, 4, 0.4)
    y, x = np.mgrid[:h, :w] * step
    coarse += rng.uniform(-0.015, 0.015) * x + rng.uniform(-0.015, 0.015) * y
    for line in lines:
        points = line.points[:, :, None, None]
        distance = np.sqrt(((points[:, 0] - x) ** 2 + (points[:, 1] - y) ** 2).min(0))
        coarse -= 3.5 * np.exp(-((distance / 45) ** 2))
    rows = (np.arange(canvas.shape[0]) + 0.5) * canvas.gsd / step
    cols = (np.arange(canvas.shape[1]) + 0.5) * canvas.gsd / step
    grid = np.meshgrid(rows, cols, indexing="ij")
    return ndimage.map_coordinates(coarse, grid, order=3, mode="nearest").astype(np.float32)


def _open_country(canvas: Canvas, plan: Plan) -> None:
    """Plots, water, tracks and the railway."""
    rng, style = canvas.rng, plan.style
    bend = (
        5 * noise.smooth(rng, canvas.shape, 110 / canvas.gsd),
        5 * noise.smooth(rng, canvas.shape, 110 / canvas.gsd),
    )
    fields.countryside(canvas, style.plot_m2, lambda x, y: plan.cover(canvas, x, y), bend, style.hedges)
    for line in plan.tracks:
        streets.track(canvas, line)
    if rng.random() < style.sea:
        water.sea(canvas, rng.uniform(0, 2 * np.pi), rng.uniform(0.2, 0.5))
    if plan.river is not None:
        water.river(canvas, plan.river, rng.uniform(0.5, 0.9))
    if rng.random() < style.pond and (place := _outskirts(canvas, plan, 30)):
        water.pond(canvas, *place, float(rng.uniform(0.02, 0.045) * plan.reach))
    if rng.random() < style.railway:
        at = Frame(plan.x, plan.y, plan.angle).at(0, rng.choice([-1, 1]) * (style.centre + 60))
        streets.railway(
            canvas,
            through(
                rng,
                at.x,
                at.y,
                at.angle + rng.uniform(-0.3, 0.3),
                plan.reach,
                float(rng.choice([4.6, 8.6])),
                0.04,
            ),
        )
    if rng.random() < style.greenhouse:
        places = (_outskirts(canvas, plan, 35) for _ in range(8))
        frames = (Frame(*place, plan.angle) for place in places if place)
        if at := next((f for f in frames if canvas.free(f, 42, 36)), None):
            buildings.greenhouse(canvas, at, 38, 4)


def _outskirts(canvas: Canvas, plan: Plan, margin: float) -> tuple[float, float] | None:
    """A point in the fields, `margin` metres or more from the town and its streets; None if none is found."""
    rng, w, h = canvas.rng, canvas.width_m, canvas.height_m
    open_ground = (Naf.CULTURE, Naf.LABOUR)
    for _ in range(40):
        x, y = rng.uniform(0.08, 0.92) * w, rng.uniform(0.08, 0.92) * h
        if (
            np.hypot(x - plan.x, y - plan.y) > plan.style.town + margin
            and canvas.naf[canvas.pixel(x, y)] in open_ground
            and all(s.distance_to(x, y) > margin for s in plan.streets)
        ):
            return float(x), float(y)
    return None


def _ashore(canvas: Canvas, line: Line, start: float) -> Line | None:
    """The part of a street around chainage `start` that no open water interrupts."""

    def drowned(x: float, y: float) -> bool:
        return canvas.inside(x, y) and bool(canvas.sea[canvas.pixel(x, y)])

    k = int(np.searchsorted(line.chainage, start))
    ahead, back = line.points[k:], line.points[: k + 1][::-1]
    halves = [Line(p, line.width).until(drowned) if len(p) > 2 else None for p in (back, ahead)]
    points = [h.points[::s] for h, s in zip(halves, (-1, 1), strict=True) if h is not None]
    return Line(np.vstack(points)[::3], line.width) if points and len(np.vstack(points)) > 6 else None


def _town(canvas: Canvas, plan: Plan) -> None:
    """Streets, the square, lots, cars and street trees."""
    style = plan.style
    if canvas.sea.any():
        cut = [_ashore(canvas, s, plan.main.length / 2 if s is plan.main else 0.0) for s in plan.streets]
        plan.streets = [s for s in cut if s is not None]
    streets.pave(canvas, plan.streets, plan.urban)
    middle = plan.main.length / 2
    if plan.square is not None and not canvas.sea[canvas.pixel(plan.square.x, plan.square.y)]:
        civic.square(canvas, plan.square, *SQUARE)
        streets.crossing(canvas, plan.main.frame(middle - 22), plan.main.width)
    for line in plan.streets:
        lots.build(canvas, line, lambda x, y: plan.lot(canvas, x, y), plan.tradition, plan.built)
    for k, line in enumerate(plan.streets):
        streets.parked(canvas, line, plan.urban, 0.35 if k == 0 else 0.2)
    if style.town:
        streets.avenue(canvas, plan.main, middle + style.centre, middle + style.town + 30, "plane")


def generate(
    seed: int, width_m: float = 500.0, height_m: float = 400.0, gsd: float = 0.2, style: str | None = None
) -> Scene:
    """A scene of width_m x height_m metres at `gsd` metres per pixel, drawn from `seed`.

    `style` is a key of STYLES; None draws one. The same arguments and numpy version give the same scene.
    Raises KeyError for an unknown style and ValueError for a size below two pixels.
    """
    if gsd <= 0 or min(width_m, height_m) < 2 * gsd:
        raise ValueError("the scene must be at least two pixels wide and high")
    rng = np.random.default_rng(seed)
    chosen = STYLES[style] if style is not None else STYLES[MIX[int(rng.integers(len(MIX)))]]
    sky = render.random_sky(rng)
    if style == "sample":
        sky = replace(
            sky,
            azimuth=152.0,
            elevation=47.0,
            contrast=1.02,
            haze=0.02,
            ambient=0.4,
            noise=1.2,
            psf_m=0.15,
            cast=(1.02, 1.03, 1.025, 1.0),
        )
    canvas = Canvas(rng, width_m, height_m, gsd)
    plan = Plan(canvas, chosen)
    mnt = _terrain(canvas, [plan.river] if plan.river is not None else [])
    _open_country(canvas, plan)
    _town(canvas, plan)
    vegetation.grow(canvas)
    mns = (mnt + canvas.height).astype(np.float32)
    picture = render.images(canvas, mns, sky)
    assert canvas.naf.min() >= Naf.BATIMENT
    return Scene(picture[1:], picture[:3], mns, mnt, canvas.naf, plan.zones(canvas), gsd)
