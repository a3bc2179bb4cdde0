"""Open country: plots cut by successive straight splits, each with a crop, a wood or fallow."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .canvas import Canvas, Frame
from .palette import Naf, material, tinted
from .vegetation import hedgerow, scatter, tree


class Plot(NamedTuple):
    """The pixels of a plot, with local coordinates (m) along (u) and across (v) its long side."""

    window: tuple
    inside: np.ndarray
    edge: np.ndarray
    u: np.ndarray
    v: np.ndarray
    polygon: np.ndarray
    angle: float


def _clip(polygon: np.ndarray, point: np.ndarray, normal: np.ndarray) -> np.ndarray:
    """The part (n, 2) of a convex polygon where (p - point) . normal <= 0."""
    side = (polygon - point) @ normal
    out: list[np.ndarray] = []
    for k in range(len(polygon)):
        p, q, a, b = polygon[k - 1], polygon[k], side[k - 1], side[k]
        if (a < 0) != (b < 0):
            out.append(p + (q - p) * (a / (a - b)))
        if b < 0:
            out.append(q)
    return np.array(out)


def _area(polygon: np.ndarray) -> float:
    """Area (m2) of a polygon (n, 2)."""
    x, y = polygon.T
    return float(abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2)


def _main_axis(polygon: np.ndarray) -> np.ndarray:
    """Direction (2,) of the longest side."""
    sides = np.roll(polygon, -1, axis=0) - polygon
    side = sides[int(np.argmax(np.hypot(*sides.T)))]
    return side / np.hypot(*side)


def split(rng: np.random.Generator, polygon: np.ndarray, target: float) -> list[np.ndarray]:
    """Cut a convex polygon into plots of about `target` m2 (0.5 to 2 times)."""
    area = _area(polygon)
    if area < target * rng.uniform(0.9, 2.2) or len(polygon) < 3:
        return [polygon]
    axis = _main_axis(polygon)
    extent = np.ptp(polygon @ axis), np.ptp(polygon @ np.array([-axis[1], axis[0]]))
    # Long strips are common: now and then the cut runs along the plot instead of across it.
    if extent[0] < extent[1] * rng.uniform(1.0, 2.4):
        axis = np.array([-axis[1], axis[0]])
    turn = 0.07 * rng.standard_normal()
    normal = np.array(
        [axis[0] * np.cos(turn) - axis[1] * np.sin(turn), axis[0] * np.sin(turn) + axis[1] * np.cos(turn)]
    )
    along = polygon @ normal
    position = along.min() + rng.uniform(0.35, 0.65) * np.ptp(along)
    point = normal * position
    halves = _clip(polygon, point, normal), _clip(polygon, point, -normal)
    return [leaf for half in halves if len(half) >= 3 for leaf in split(rng, half, target)]


def _plot(canvas: Canvas, polygon: np.ndarray, warp: tuple[np.ndarray, np.ndarray]) -> Plot | None:
    """Pixels of the polygon; `warp` (two (H, W) fields in metres) bends all boundaries alike."""
    reach = 20.0  # more than the boundaries bend
    window = canvas.window(*(polygon.min(0) - reach), *(polygon.max(0) + reach))
    if window is None:
        return None
    x, y = canvas.centres(window)
    x, y = x + warp[0][window], y + warp[1][window]
    centre = polygon.mean(0)
    edge = np.full(x.shape, -np.inf, np.float32)
    for p, q in zip(polygon, np.roll(polygon, -1, axis=0)):
        d = (q - p) / max(np.hypot(*(q - p)), 1e-9)
        n = np.array([d[1], -d[0]])
        if (centre - p) @ n > 0:
            n = -n
        edge = np.maximum(
            edge, (x - np.float32(p[0])) * np.float32(n[0]) + (y - np.float32(p[1])) * np.float32(n[1])
        )
    axis = _main_axis(polygon)
    x, y = x - np.float32(centre[0]), y - np.float32(centre[1])
    u = x * np.float32(axis[0]) + y * np.float32(axis[1])
    v = y * np.float32(axis[0]) - x * np.float32(axis[1])
    return Plot(window, edge < 0, edge, u, v, polygon, float(np.arctan2(axis[1], axis[0])))


#: Ranges (m) of the spacings of a harrow's marks.
_TINES = ((0.45, 0.8), (0.9, 1.6), (2.2, 4.0), (6.0, 11.0))


def _fill(
    canvas: Canvas,
    plot: Plot,
    colour: np.ndarray,
    texture: np.ndarray,
    naf: int,
    height: np.ndarray | float = 0.0,
) -> None:
    """Paint the whole plot."""
    canvas.paint(plot.window, canvas.cover(plot.edge), colour[:, None, None] * texture, naf, height)


def _noise(canvas: Canvas, plot: Plot, grain: float, mottle: float, broad: float) -> np.ndarray:
    """Relative brightness from the shared noise fields."""
    w = plot.window
    return 1 + grain * canvas.grain[w] + mottle * canvas.mottle[w] + broad * canvas.broad[w]


def _tramlines(canvas: Canvas, plot: Plot, every: float = 24.0) -> np.ndarray:
    """1 on the pairs of wheel tracks of the tractor, 0 elsewhere."""
    v = np.mod(plot.v + canvas.rng.uniform(0, every), every)
    return ((np.abs(v - 1.0) < 0.22) | (np.abs(v - 2.9) < 0.22)).astype(np.float32)


_CROPS = {"wheat": 0.22, "stubble": 0.2, "maize": 0.22, "sunflower": 0.13, "rape": 0.05, "grass": 0.18}
_GREEN_CROPS = {"maize": 0.35, "sunflower": 0.2, "rape": 0.1, "grass": 0.35}


def green_crop(canvas: Canvas, plot: Plot) -> None:
    """Arable crop that stands green: maize, sunflower, rape or young cereal."""
    crop(canvas, plot, _GREEN_CROPS)


def crop(canvas: Canvas, plot: Plot, shares: dict[str, float] = _CROPS) -> None:
    """Arable crop: cereal, stubble, maize, sunflower, rape or young green crop."""
    rng = canvas.rng
    name = str(rng.choice(list(shares), p=list(shares.values())))
    spacing = {"maize": 0.8, "sunflower": 0.7, "stubble": 3.0}.get(name, 1.6)
    rows = np.sin(plot.v * (2 * np.pi / spacing) + 0.4 * canvas.lump[plot.window])
    strip = np.sin(plot.v * (2 * np.pi / rng.uniform(5, 9)) + rng.uniform(0, 6))
    texture = _noise(canvas, plot, 0.05, 0.03, 0.05) + 0.035 * rows + 0.012 * strip
    height = {"maize": 2.0, "sunflower": 1.3}.get(name, 0.4) if name != "stubble" else 0.0
    _fill(canvas, plot, tinted(rng, name, 0.06), texture, Naf.CULTURE, height)
    if name != "stubble":
        alpha = 0.6 * _tramlines(canvas, plot) * plot.inside * (0.8 + 0.2 * canvas.lump[plot.window])
        canvas.paint(plot.window, alpha.clip(0, 0.49), tinted(rng, "soil", 0.05))


def meadow(canvas: Canvas, plot: Plot) -> None:
    """Grassland with dry patches and a few trees."""
    rng = canvas.rng
    dry = np.clip(
        0.14 * canvas.broad[plot.window] + 0.26 * canvas.mottle[plot.window] + rng.uniform(0, 0.5), 0, 1
    )
    green, straw = tinted(rng, "meadow", 0.08)[:, None, None], tinted(rng, "grass_dry", 0.06)[:, None, None]
    _fill(
        canvas,
        plot,
        np.ones(4, np.float32),
        (green + dry * (straw - green)) * _noise(canvas, plot, 0.06, 0.04, 0.04),
        Naf.CULTURE,
        0.1,
    )
    for _ in range(int(rng.poisson(plot.inside.sum() * canvas.gsd**2 / 2500))):
        tree(canvas, *_somewhere(canvas, plot), str(rng.choice(["oak", "bush", "oak", "fruit"])))


def ploughed(canvas: Canvas, plot: Plot) -> None:
    """Bare tilled earth: furrows, passes of the machine, damp and pale patches."""
    rng = canvas.rng
    furrows = np.sin(plot.v * (2 * np.pi / 0.9) + 0.8 * canvas.lump[plot.window])
    passes = np.sign(np.sin(plot.v * (2 * np.pi / rng.uniform(7, 11))))
    texture = _noise(canvas, plot, 0.055, 0.035, 0.09) + 0.035 * furrows + 0.015 * passes
    _fill(
        canvas,
        plot,
        tinted(rng, "plough" if rng.random() < 0.6 else "plough_pale", 0.07),
        texture,
        Naf.LABOUR,
    )


def harrowed(canvas: Canvas, plot: Plot) -> None:
    """Dry tilled earth, pale and finely lined by the tines; now and then a drill row has come up."""
    rng = canvas.rng
    lines = sum(np.sin(plot.v * (2 * np.pi / rng.uniform(low, high)) + rng.uniform(0, 6)) for low, high in _TINES)
    streaks = np.clip(np.sin(plot.v * (2 * np.pi / rng.uniform(13, 31)) + rng.uniform(0, 6)) - 0.7, 0, 1)
    w = plot.window
    texture = _noise(canvas, plot, 0.045, 0.015, 0.025) + 0.014 * lines - 0.25 * streaks * (0.5 + canvas.mottle[w])
    _fill(canvas, plot, tinted(rng, "plough_pale", 0.09), texture, Naf.LABOUR)
    if rng.random() < 0.4:
        drilled = (np.mod(plot.v + rng.uniform(0, 30), rng.uniform(20, 60)) < 0.8) * (canvas.lump[w] > -0.2)
        canvas.paint(w, 0.45 * drilled * plot.inside, tinted(rng, "grass", 0.08))


def vineyard(canvas: Canvas, plot: Plot) -> None:
    """Vine rows 2.2 to 2.6 m apart over tilled or grassed ground, a turning strip at the edge."""
    rng = canvas.rng
    pitch, name = rng.uniform(2.2, 2.6), str(rng.choice(["soil", "grass_dry", "plough", "grass"]))
    _fill(canvas, plot, tinted(rng, name, 0.06), _noise(canvas, plot, 0.05, 0.05, 0.05), Naf.VIGNE)
    lump = canvas.lump[plot.window]
    v = np.abs(np.mod(plot.v, pitch) - pitch / 2)
    distance = np.maximum(v - 0.42 - 0.12 * lump, plot.edge + 3.5)
    alive = np.sin(plot.u * (2 * np.pi / 1.1)) * 0.2 + 0.5 * canvas.mottle[plot.window] > -1.05
    texture = _noise(canvas, plot, 0.07, 0.05, 0.04) + 0.06 * lump
    canvas.paint(
        plot.window,
        canvas.cover(distance) * alive,
        tinted(rng, "vine", 0.06)[:, None, None] * texture,
        Naf.VIGNE,
        1.3 + 0.15 * lump,
    )


def orchard(canvas: Canvas, plot: Plot) -> None:
    """Fruit trees in rows on grass."""
    rng = canvas.rng
    _fill(canvas, plot, tinted(rng, "meadow", 0.06), _noise(canvas, plot, 0.06, 0.05, 0.05), Naf.CULTURE)
    frame = Frame(*plot.polygon.mean(0), plot.angle)
    pitch, scale = rng.uniform(4.5, 7), rng.uniform(0.9, 1.3)
    reach = np.hypot(*np.ptp(plot.polygon, axis=0)) / 2
    for a in np.arange(-reach, reach, pitch):
        for b in np.arange(-reach, reach, pitch * 1.1):
            x, y, *_ = frame.at(a, b)
            if rng.random() < 0.95 and _holds(canvas, plot, x, y, 2.5):
                tree(canvas, x, y, "fruit", scale)


def wood(canvas: Canvas, plot: Plot, species: list[str], spacing: float) -> None:
    """A wood: undergrowth and a closed canopy."""
    _fill(
        canvas,
        plot,
        tinted(canvas.rng, "hedge", 0.08),
        _noise(canvas, plot, 0.08, 0.08, 0.05),
        Naf.BROUSSAILLE,
        1.0,
    )
    scatter(canvas, plot.edge < -1.0, plot.window, species, spacing)


def scrub(canvas: Canvas, plot: Plot) -> None:
    """Heath or fallow: bushes in clumps over dry grass."""
    rng = canvas.rng
    _fill(
        canvas, plot, tinted(rng, "grass_dry", 0.07), _noise(canvas, plot, 0.07, 0.07, 0.05), Naf.CULTURE, 0.2
    )
    w = plot.window
    thick = 1.2 * canvas.mottle[w] + 0.8 * canvas.broad[w] + 0.5 * canvas.lump[w] + rng.uniform(-0.3, 0.6)
    colour = tinted(rng, str(rng.choice(["bush", "broom", "heather"])), 0.08)[:, None, None]
    canvas.paint(
        w,
        np.clip(thick * 2, 0, 1) * plot.inside,
        colour * _noise(canvas, plot, 0.1, 0.06, 0.04),
        Naf.BROUSSAILLE,
        0.8 + 0.5 * np.clip(thick, 0, 1) + 0.15 * canvas.lump[w],
    )
    scatter(canvas, plot.inside, w, ["bush", "broom", "bush"], 4.0, 1.0, 0.45)


def maquis(canvas: Canvas, plot: Plot) -> None:
    """Mediterranean scrub: dark evergreen bushes, closed but for gaps and paths of stony ground."""
    rng = canvas.rng
    w = plot.window
    stones = tinted(rng, str(rng.choice(["soil", "rock", "sand"])), 0.08) * np.float32(rng.uniform(0.65, 1))
    _fill(canvas, plot, stones, _noise(canvas, plot, 0.09, 0.05, 0.05) + 0.06 * canvas.lump[w], Naf.SOL_NU)
    thick = 1.1 * canvas.mottle[w] + 1.3 * canvas.broad[w] + 0.4 * canvas.lump[w] + rng.uniform(0.1, 1.1)
    colour = tinted(rng, str(rng.choice(["evergreen", "evergreen", "heather", "bush"])), 0.12)[:, None, None]
    canvas.paint(
        w,
        np.clip(thick * 3, 0, 1) * plot.inside,
        colour * (_noise(canvas, plot, 0.08, 0.03, 0.03) + 0.05 * canvas.lump[w]),
        Naf.BROUSSAILLE,
        0.9 + 0.5 * np.clip(thick, 0, 1) + 0.15 * canvas.lump[w],
    )
    scatter(canvas, plot.inside, w, ["bush", "oak"], 14.0, 0.8, 0.7)


def clear_cut(canvas: Canvas, plot: Plot) -> None:
    """A felled wood: windrows of slash, stumps, wheel tracks, a few trees left."""
    rng = canvas.rng
    windrow = np.clip(np.sin(plot.v * (2 * np.pi / 12.0) + 0.5 * canvas.mottle[plot.window]) - 0.55, 0, 1)
    texture = _noise(canvas, plot, 0.12, 0.08, 0.06) + 0.1 * canvas.lump[plot.window] - 0.5 * windrow
    _fill(canvas, plot, tinted(rng, "slash", 0.06), texture, Naf.COUPE, 0.7 * windrow)
    tracks = 0.4 * _tramlines(canvas, plot, 12.0) * plot.inside
    canvas.paint(plot.window, tracks, material("soil"))
    for _ in range(int(plot.inside.sum() * canvas.gsd**2 / 1500)):
        tree(canvas, *_somewhere(canvas, plot), str(rng.choice(["oak", "bush", "pine"])), 0.7)


def bare(canvas: Canvas, plot: Plot) -> None:
    """Bare soil: quarry, building site, beach."""
    rng = canvas.rng
    name = str(rng.choice(["soil", "sand", "rock"]))
    texture = _noise(canvas, plot, 0.04, 0.06, 0.06) + 0.03 * canvas.lump[plot.window]
    _fill(canvas, plot, tinted(rng, name, 0.05), texture, Naf.SOL_NU)
    scatter(canvas, plot.inside, plot.window, ["bush", "broom"], 9.0, 0.8, 0.7)


def snow(canvas: Canvas, plot: Plot) -> None:
    """A snow field with thin places."""
    thin = np.clip(0.5 * canvas.mottle[plot.window] + 0.4 * canvas.broad[plot.window] - 0.5, 0, 1)
    texture = _noise(canvas, plot, 0.01, 0.012, 0.012) - 0.1 * thin
    _fill(canvas, plot, tinted(canvas.rng, "snow", 0.02), texture, Naf.NEIGE)
    scatter(canvas, plot.inside, plot.window, ["fir", "bush"], 9.0, 0.9, 0.6)


def park(canvas: Canvas, plot: Plot) -> None:
    """Mown grass and trees in clumps: what is left between the lots of a town."""
    rng, w = canvas.rng, plot.window
    _fill(canvas, plot, tinted(rng, "grass", 0.07), _noise(canvas, plot, 0.06, 0.06, 0.05), Naf.CULTURE, 0.05)
    scatter(canvas, plot.edge < -2, w, ["oak", "bush", "fruit", "oak", "pine"], 8.5, 0.9, 0.62)


COVERS: dict[str, Callable[[Canvas, Plot], None]] = {
    "crop": crop,
    "green_crop": green_crop,
    "meadow": meadow,
    "ploughed": ploughed,
    "harrowed": harrowed,
    "maquis": maquis,
    "vineyard": vineyard,
    "orchard": orchard,
    "scrub": scrub,
    "clear_cut": clear_cut,
    "bare": bare,
    "snow": snow,
    "park": park,
    "broadleaf": lambda c, p: wood(c, p, ["oak", "oak", "oak", "plane"], 4.6),
    "conifer": lambda c, p: wood(c, p, ["pine", "fir", "pine"], 3.8),
    "mixed_wood": lambda c, p: wood(c, p, ["oak", "pine", "oak"], 4.4),
    "poplars": lambda c, p: wood(c, p, ["poplar"], 4.6),
}


def _holds(canvas: Canvas, plot: Plot, x: float, y: float, margin: float = 0.0) -> bool:
    """Whether the point is in the scene and at least `margin` metres inside the plot."""
    if not canvas.inside(x, y):
        return False
    r, c = canvas.pixel(x, y)
    rows, cols = plot.window
    if not (rows.start <= r < rows.stop and cols.start <= c < cols.stop):
        return False
    return bool(plot.edge[r - rows.start, c - cols.start] < -margin)


def _somewhere(canvas: Canvas, plot: Plot) -> tuple[float, float]:
    """A point in the plot (its centre when none is found quickly)."""
    low, high = plot.polygon.min(0), plot.polygon.max(0)
    for _ in range(20):
        x, y = canvas.rng.uniform(low, high)
        if _holds(canvas, plot, x, y):
            return float(x), float(y)
    return float(plot.polygon[:, 0].mean()), float(plot.polygon[:, 1].mean())


def countryside(
    canvas: Canvas,
    target: float,
    choose: Callable[[float, float], str],
    warp: tuple[np.ndarray, np.ndarray],
    hedges: float,
) -> None:
    """Cover the whole scene with plots of about `target` m2; `choose(x, y)` names the cover of a plot."""
    rng, w, h = canvas.rng, canvas.width_m, canvas.height_m
    reach = 0.75 * np.hypot(w, h) + 20
    turn = rng.uniform(0, np.pi / 2)
    axis, side = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
    centre = np.array([w / 2, h / 2])
    square = np.array(
        [centre + reach * (i * axis + j * side) for i, j in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    )
    for polygon in split(rng, square, target):
        plot = _plot(canvas, polygon, warp)
        if plot is None or not plot.inside.any():
            continue
        COVERS[choose(*polygon.mean(0))](canvas, plot)
        _margin(canvas, plot)
        for p, q in zip(polygon, np.roll(polygon, -1, axis=0)):
            if rng.random() < hedges / 2:  # each side belongs to two plots
                hedgerow(canvas, *p, *q, density=rng.uniform(0.5, 1.0))


def _margin(canvas: Canvas, plot: Plot) -> None:
    """The grass strip along the boundary of a plot."""
    strip = np.clip((plot.edge + 1.2 + 0.3 * canvas.mottle[plot.window]) * 2, 0, 1) * (plot.edge < 0.2)
    colour = tinted(canvas.rng, "grass", 0.08)[:, None, None] * _noise(canvas, plot, 0.07, 0.06, 0.04)
    canvas.paint(plot.window, strip, colour, Naf.CULTURE, 0.1)
