"""Compose a scene: terrain, country, water, roads, town, trees; then the picture of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import ndimage

from . import buildings, fields, lots, noise, render, streets, vegetation, water
from .canvas import Canvas, Frame
from .lines import Line, through, wander
from .palette import Naf

#: Names of the zones, by code in `Scene.zones`.
ZONES = {1: "centre-bourg", 2: "quartier pavillonnaire", 3: "plaine agricole", 4: "rivière et bois"}


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


@dataclass(frozen=True)
class Style:
    """What a scene is made of: radii in metres, shares in 0..1, weights of plot covers."""

    centre: float = 70.0
    town: float = 190.0
    covers: tuple[tuple[str, float], ...] = ()
    plot_m2: float = 9000.0
    hedges: float = 0.35
    river: float = 0.0
    pond: float = 0.0
    sea: float = 0.0
    railway: float = 0.0
    square: float = 1.0
    activity: float = 0.0
    flats: float = 0.0
    farm: float = 0.0
    greenhouse: float = 0.0
    traditions: tuple[str, ...] = ("south", "south", "north", "mixed")


FARMLAND = (("crop", 5.0), ("meadow", 2.5), ("ploughed", 2.0), ("vineyard", 1.5), ("orchard", 0.6), ("scrub", 0.4),
            ("broadleaf", 0.8), ("mixed_wood", 0.4), ("bare", 0.2))
WOODLAND = (("broadleaf", 3.0), ("conifer", 3.0), ("mixed_wood", 2.0), ("clear_cut", 1.8), ("scrub", 1.8),
            ("meadow", 0.8), ("poplars", 0.4), ("bare", 0.5))

STYLES: dict[str, Style] = {
    "town": Style(150, 600, FARMLAND, 6000, 0.3, river=0.3, railway=0.35, activity=0.16, flats=0.12),
    "village": Style(55, 170, FARMLAND, 8000, 0.4, river=0.5, pond=0.3, railway=0.1, activity=0.06, greenhouse=0.3),
    "farmland": Style(0, 45, FARMLAND, 10000, 0.35, river=0.25, pond=0.3, square=0.0, farm=0.8, greenhouse=0.25),
    "forest": Style(0, 0, WOODLAND, 11000, 0.1, river=0.3, pond=0.25, square=0.0),
    "water": Style(40, 140, FARMLAND + (("bare", 1.5), ("scrub", 1.5)), 8000, 0.3, river=0.5, pond=0.9, sea=0.6,
                   square=0.5),
    "vineyards": Style(20, 80, (("vineyard", 6.0), ("ploughed", 1.0), ("meadow", 1.0), ("mixed_wood", 0.8),
                                ("scrub", 0.8), ("orchard", 0.8)), 6500, 0.2, square=0.3, farm=0.4),
    "mountain": Style(0, 40, (("snow", 3.5), ("conifer", 2.0), ("bare", 1.2), ("scrub", 1.2), ("meadow", 1.0)),
                      9000, 0.05, river=0.4, square=0.0, farm=0.2, traditions=("north",)),
    # The shipped sample: every common cover within 500 m x 400 m.
    "sample": Style(62, 165, FARMLAND, 7500, 0.45, river=1.0, pond=1.0, activity=0.1, greenhouse=1.0,
                    traditions=("south",)),
}
_MIX = ("town", "town", "village", "village", "farmland", "farmland", "forest", "forest", "water", "vineyards", "mountain")


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


class _Plan:
    """Where things go: the centre, the streets, the water and the zones of one scene."""

    def __init__(self, canvas: Canvas, style: Style) -> None:
        rng, w, h = canvas.rng, canvas.width_m, canvas.height_m
        self.style, self.reach = style, float(np.hypot(w, h))
        self.x, self.y = w * rng.uniform(0.36, 0.6), h * rng.uniform(0.36, 0.6)
        self.tradition = str(rng.choice(style.traditions))
        self.angle = rng.uniform(0, np.pi)
        self.main = through(rng, self.x, self.y, self.angle, self.reach, float(rng.uniform(6.2, 7.6)))
        self.river: Line | None = None
        if rng.random() < style.river:
            away = max(style.town * 0.85, 25.0)
            side = int(rng.choice([-1, 1]))
            at = Frame(self.x, self.y, self.angle).at(0, side * away, rng.uniform(-0.3, 0.3))
            self.river = through(rng, at.x, at.y, at.angle, self.reach, float(rng.uniform(7, 15)), 0.3)
        self.streets = [self.main, *self._branches(rng)] if style.town > 0 else [self.main]
        self.tracks = [wander(rng, (rng.uniform(0, w), rng.uniform(0, h)), rng.uniform(0, 2 * np.pi), self.reach / 2,
                              3.2, 0.2) for _ in range(2 + int(w * h / 90000))]
        x, y = canvas.centres((slice(0, canvas.shape[0]), slice(0, canvas.shape[1])))
        self.distance = np.hypot(x - np.float32(self.x), y - np.float32(self.y)) + 14 * canvas.broad
        self.urban = self.distance < style.town

    def _branches(self, rng: np.random.Generator) -> list[Line]:
        """Side streets off the main street, then lanes off the side streets."""
        out: list[Line] = []
        middle, reach = self.main.length / 2, self.style.town
        for side in (-1, 1):
            s = middle - reach + rng.uniform(0, 40)
            while s < middle + reach:
                at = self.main.frame(float(np.clip(s, 0, self.main.length)), side)
                length = np.sqrt(max(reach**2 - (s - middle) ** 2, 0)) * rng.uniform(0.75, 1.1)
                heading = at.angle + side * (np.pi / 2 + rng.uniform(-0.25, 0.25))
                if length > 30:
                    out.append(wander(rng, (at.x, at.y), heading, length, float(rng.uniform(4.6, 5.8)), 0.16, 35.0))
                s += rng.uniform(62, 88)
        for line in list(out):
            for s in np.arange(rng.uniform(55, 80), line.length - 25, rng.uniform(68, 85)):
                side = int(rng.choice([-1, 1]))
                at = line.frame(s, side)
                heading = at.angle + side * (np.pi / 2 + rng.uniform(-0.15, 0.15))
                out.append(wander(rng, (at.x, at.y), heading, rng.uniform(45, 95), float(rng.uniform(4.2, 5.0)), 0.12, 30.0))
        return out

    def cover(self, canvas: Canvas, x: float, y: float) -> str:
        """The cover of the plot whose centre is (x, y)."""
        names, weights = zip(*self.style.covers)
        if np.hypot(x - self.x, y - self.y) < 0.8 * self.style.town:
            return str(canvas.rng.choice(["meadow", "meadow", "orchard", "scrub"]))
        return str(canvas.rng.choice(names, p=np.array(weights) / sum(weights)))

    def lot(self, canvas: Canvas, x: float, y: float) -> str | None:
        """The kind of lot to build at (x, y), None outside the town."""
        rng, style = canvas.rng, self.style
        d = self.distance[canvas.pixel(x, y)]
        if d > style.town:
            return None
        if d < style.centre:
            return "row"
        draw = rng.random()
        if draw < style.farm:
            return "farm"
        if draw < style.farm + style.activity:
            return "activity"
        return "flats" if draw < style.farm + style.activity + style.flats else "villa"

    def zones(self, canvas: Canvas) -> np.ndarray:
        """Zone codes, uint8 (H, W)."""
        zones = np.full(canvas.shape, 3, np.uint8)
        zones[self.distance < self.style.town + 25] = 2
        zones[self.distance < self.style.centre + 18] = 1
        if self.river is not None:
            x, y = canvas.centres((slice(0, canvas.shape[0]), slice(0, canvas.shape[1])))
            near = np.full(canvas.shape, np.inf, np.float32)
            for px, py in self.river.points[::3]:
                np.minimum(near, np.hypot(x - np.float32(px), y - np.float32(py)), out=near)
            zones[near < 38] = 4
        return zones


def _open_country(canvas: Canvas, plan: _Plan) -> None:
    """Plots, water, tracks and the railway."""
    rng, style = canvas.rng, plan.style
    bend = (5 * noise.smooth(rng, canvas.shape, 110 / canvas.gsd), 5 * noise.smooth(rng, canvas.shape, 110 / canvas.gsd))
    fields.countryside(canvas, style.plot_m2, lambda x, y: plan.cover(canvas, x, y), bend, style.hedges)
    for line in plan.tracks:
        streets.track(canvas, line)
    if rng.random() < style.sea:
        water.sea(canvas, rng.uniform(0, 2 * np.pi), rng.uniform(0.2, 0.5))
    if plan.river is not None:
        water.river(canvas, plan.river, rng.uniform(0.5, 0.9))
    if rng.random() < style.pond:
        a, d = rng.uniform(0, 2 * np.pi), style.town + 25
        x, y = (float(np.clip(p, 0.12 * n, 0.88 * n)) for p, n in
                ((plan.x + d * np.cos(a), canvas.width_m), (plan.y + d * np.sin(a), canvas.height_m)))
        water.pond(canvas, x, y, float(rng.uniform(0.02, 0.045) * plan.reach))
    if rng.random() < style.railway:
        at = Frame(plan.x, plan.y, plan.angle).at(0, rng.choice([-1, 1]) * (style.centre + 60))
        streets.railway(canvas, through(rng, at.x, at.y, at.angle + rng.uniform(-0.3, 0.3), plan.reach,
                                        float(rng.choice([4.6, 8.6])), 0.04))
    if rng.random() < style.greenhouse:
        a = rng.uniform(0, 2 * np.pi)
        at = Frame(plan.x + (style.town + 35) * np.cos(a), plan.y + (style.town + 35) * np.sin(a), plan.angle)
        if canvas.free(at, 42, 36):
            buildings.greenhouse(canvas, at, 38, 4)


def _town(canvas: Canvas, plan: _Plan) -> None:
    """Streets, the square, lots, cars and street trees."""
    rng, style = canvas.rng, plan.style
    streets.pave(canvas, plan.streets, plan.urban)
    middle = plan.main.length / 2
    if rng.random() < style.square:
        depth, width = 46.0, 54.0
        at = plan.main.frame(middle, int(rng.choice([-1, 1]))).at(0, plan.main.width / 2 + 1.5 + depth / 2)
        lots.square(canvas, at, width, depth)
        streets.crossing(canvas, plan.main.frame(middle - 22), plan.main.width)
    for line in plan.streets:
        lots.build(canvas, line, lambda x, y: plan.lot(canvas, x, y), plan.tradition)
    for k, line in enumerate(plan.streets):
        streets.parked(canvas, line, plan.urban, 0.35 if k == 0 else 0.2)
    if style.town:
        streets.avenue(canvas, plan.main, middle + style.centre, middle + style.town + 30, "plane")


def generate(seed: int, width_m: float = 500.0, height_m: float = 400.0, gsd: float = 0.2,
             style: str | None = None) -> Scene:
    """A scene of width_m x height_m metres at `gsd` metres per pixel, drawn from `seed`.

    `style` is a key of STYLES; None draws one. The same arguments and numpy version give the same scene.
    Raises KeyError for an unknown style and ValueError for a size below one pixel.
    """
    if min(width_m, height_m) < gsd or gsd <= 0:
        raise ValueError("the scene must be at least one pixel wide and high")
    rng = np.random.default_rng(seed)
    chosen = STYLES[style] if style is not None else STYLES[_MIX[int(rng.integers(len(_MIX)))]]
    sky = render.random_sky(rng)
    if style == "sample":
        sky = replace(sky, azimuth=152.0, elevation=47.0, contrast=1.02, haze=0.03, noise=1.2, psf_m=0.15)
    canvas = Canvas(rng, width_m, height_m, gsd)
    plan = _Plan(canvas, chosen)
    mnt = _terrain(canvas, [plan.river] if plan.river is not None else [])
    _open_country(canvas, plan)
    _town(canvas, plan)
    vegetation.grow(canvas)
    mns = (mnt + canvas.height).astype(np.float32)
    picture = render.images(canvas, mns, sky)
    assert canvas.naf.min() >= Naf.BATIMENT
    return Scene(picture[1:], picture[:3], mns, mnt, canvas.naf, plan.zones(canvas), gsd)
