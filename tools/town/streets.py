"""Streets, roads, tracks, railways, car parks and cars."""

from __future__ import annotations

import numpy as np

from .canvas import Canvas, Frame
from .lines import Line, Ribbon, ribbon
from .palette import Naf, material, tinted
from .vegetation import tree

#: Car paints as (R, V, B); most cars are white, grey or black.
CAR_PAINTS = [
    (226, 226, 224),
    (226, 226, 224),
    (164, 166, 168),
    (110, 112, 116),
    (58, 60, 64),
    (58, 60, 64),
    (150, 62, 56),
    (66, 86, 128),
    (196, 186, 160),
]


def _band(
    canvas: Canvas,
    near: Ribbon,
    half: float,
    colour: np.ndarray,
    naf: int,
    grain: float = 0.03,
    ragged: float = 0.0,
    wheel: float = 0.0,
) -> None:
    """A strip of ground along a line, `half` metres on both sides; `wheel`: contrast of wheel paths."""
    w = near.window
    alpha = canvas.cover(np.abs(near.v) - half - ragged * canvas.mottle[w])
    texture = 1 + grain * canvas.grain[w] + 0.04 * canvas.mottle[w] + 0.04 * canvas.broad[w]
    if wheel:
        texture = texture + wheel * np.cos(np.clip(near.v, -half, half) * (4 * np.pi / half))
    canvas.paint(w, alpha, colour[:, None, None] * texture, naf, 0.0, take=True)


def pave(canvas: Canvas, streets: list[Line], urban: np.ndarray) -> None:
    """Draw the streets: verges or pavements first, then the carriageways, so that junctions merge."""
    rng = canvas.rng
    near = [(line, ribbon(canvas, line, line.width / 2 + 3.0)) for line in streets]
    near = [(line, r) for line, r in near if r is not None]
    for line, r in near:
        half = line.width / 2
        in_town = urban[r.window]
        side = np.abs(r.v) - half
        grass = tinted(rng, "grass", 0.06)[:, None, None] * (1 + 0.06 * canvas.grain[r.window])
        canvas.paint(r.window, canvas.cover(side - 1.8) * ~in_town, grass, Naf.CULTURE, 0.0, take=True)
        pavement = tinted(rng, "pavement", 0.03)[:, None, None] * (1 + 0.025 * canvas.grain[r.window])
        kerb = np.where(side < 0.25, 1.08, 1.0)
        canvas.paint(
            r.window, canvas.cover(side - 1.5) * in_town, pavement * kerb, Naf.IMPERMEABLE, 0.0, take=True
        )
    base = tinted(rng, "asphalt", 0.06)
    for line, r in near:
        colour = (
            tinted(rng, "asphalt_new", 0.06)
            if rng.random() < 0.2
            else base * (1 + 0.03 * rng.standard_normal())
        )
        _band(canvas, r, line.width / 2, colour, Naf.IMPERMEABLE, 0.022, wheel=0.018)
        _repairs(canvas, line)
    for line, r in near:
        if line.width >= 5.5:
            dashes = (np.mod(r.s, 5.0) < 2.6) | (line.width > 7)
            alpha = 0.75 * canvas.cover(np.abs(r.v) - 0.09) * dashes
            canvas.paint(r.window, alpha, material("marking"))


def _repairs(canvas: Canvas, line: Line) -> None:
    """Darker or paler rectangles where the asphalt was opened and closed again."""
    rng = canvas.rng
    for _ in range(int(line.length / 60)):
        at = line.frame(rng.uniform(0, line.length)).at(0, rng.uniform(-0.25, 0.25) * line.width)
        patch = canvas.patch(at, 4, 1)
        if patch is not None:
            inside = (np.abs(patch.u) < rng.uniform(1, 4)) & (np.abs(patch.v) < rng.uniform(0.4, 1))
            canvas.paint(patch.window, 0.4 * inside, tinted(rng, "asphalt_new", 0.1))


def crossing(canvas: Canvas, frame: Frame, width: float) -> None:
    """A zebra crossing over a street of the given width (u along the street)."""
    for v in np.arange(-width / 2 + 0.5, width / 2 - 0.3, 1.0):
        canvas.rect(frame.at(0, v), 2.6, 0.5, material("marking"), grain=0.02)


def car(canvas: Canvas, frame: Frame) -> None:
    """A car or van, u along it; it belongs to the sealed ground it stands on."""
    rng = canvas.rng
    paint = CAR_PAINTS[int(rng.integers(len(CAR_PAINTS)))]
    colour = np.array([0.7 * sum(paint) / 3, *paint], np.float32)
    length, width, tall = (5.2, 2.0, 2.1) if rng.random() < 0.1 else (rng.uniform(3.8, 4.5), 1.8, 1.2)
    patch = canvas.patch(frame, length / 2, width / 2)
    if patch is None:
        return
    u, v = patch.u, patch.v
    corner = np.hypot(
        np.clip(np.abs(u) - length / 2 + 0.5, 0, None), np.clip(np.abs(v) - width / 2 + 0.5, 0, None)
    )
    alpha = canvas.cover(corner - 0.5)
    canvas.paint(patch.window, alpha, colour, None, tall * 0.7)
    cabin = canvas.cover(np.maximum(np.abs(u + 0.25) - length * 0.3, np.abs(v) - width / 2 + 0.15))
    canvas.paint(patch.window, 0.8 * cabin, material("dark"), None, tall)
    roof = canvas.cover(np.maximum(np.abs(u + 0.3) - length * 0.18, np.abs(v) - width / 2 + 0.2))
    canvas.paint(patch.window, roof, colour, None, tall + 0.15)


def parked(canvas: Canvas, line: Line, urban: np.ndarray, share: float) -> None:
    """Cars along the kerbs of a street, in town only; a few more that drive."""
    rng = canvas.rng
    for side in (-1, 1):
        for s in np.arange(4, line.length - 4, 5.8):
            at = line.frame(s, side).at(0, line.width / 2 - 1.05)
            if rng.random() < share and canvas.inside(at.x, at.y) and urban[canvas.pixel(at.x, at.y)]:
                _on_road(canvas, at)
        for _ in range(int(rng.poisson(line.length / 220))):
            _on_road(canvas, line.frame(rng.uniform(0, line.length), side).at(0, line.width / 4 * 0.9))


def _on_road(canvas: Canvas, frame: Frame) -> None:
    """A car, if the place is sealed and nothing stands there."""
    if not canvas.inside(frame.x, frame.y):
        return
    spot = canvas.pixel(frame.x, frame.y)
    if canvas.naf[spot] == Naf.IMPERMEABLE and canvas.height[spot] < 0.2:
        car(canvas, frame)


def car_park(
    canvas: Canvas, frame: Frame, length: float, width: float, fill: float = 0.6, trees: bool = True
) -> None:
    """A sealed car park: rows of bays across v with aisles between them, centred on the frame."""
    rng = canvas.rng
    canvas.rect(frame, length, width, tinted(rng, "asphalt", 0.06), Naf.IMPERMEABLE, 0.0, 0.025, take=True)
    v = -width / 2 + 2.6
    while v < width / 2 - 2:
        for u in np.arange(-length / 2 + 1.3, length / 2 - 1.2, 2.5):
            canvas.rect(frame.at(u - 1.25, v), 0.14, 4.6, material("marking"), grain=0.0)
            if rng.random() < fill:
                car(canvas, frame.at(u, v + rng.uniform(-0.2, 0.2), np.pi / 2 * rng.choice([-1, 1])))
            elif trees and rng.random() < 0.06:
                x, y, *_ = frame.at(u, v)
                tree(canvas, x, y, "plane", 0.7, planted=True)
        v += 11.0 if v < 0 else 5.4


def track(canvas: Canvas, line: Line) -> None:
    """An unsealed track: two pale wheel paths, grass in the middle."""
    r = ribbon(canvas, line, line.width / 2 + 2.0)
    if r is None:
        return
    _band(canvas, r, line.width / 2, tinted(canvas.rng, "track", 0.05), Naf.PERMEABLE, 0.05, ragged=0.3)
    middle = 0.45 * np.clip(1 - np.abs(r.v) / 0.45, 0, 1) * (canvas.mottle[r.window] > -0.3)
    canvas.paint(r.window, middle, material("grass_dry"))


def path(canvas: Canvas, line: Line) -> None:
    """A gravel path."""
    r = ribbon(canvas, line, line.width / 2 + 2.0)
    if r is not None:
        _band(canvas, r, line.width / 2, tinted(canvas.rng, "gravel", 0.04), Naf.PERMEABLE, 0.04, ragged=0.15)


def railway(canvas: Canvas, line: Line) -> None:
    """A single or double track on ballast."""
    r = ribbon(canvas, line, line.width / 2 + 4.0)
    if r is None:
        return
    _band(
        canvas, r, line.width / 2 + 2.5, tinted(canvas.rng, "grass_dry", 0.06), Naf.CULTURE, 0.08, ragged=0.5
    )
    _band(canvas, r, line.width / 2, tinted(canvas.rng, "ballast", 0.05), Naf.PERMEABLE, 0.07, ragged=0.1)
    for centre in (-2.0, 2.0) if line.width > 7 else (0.0,):
        sleepers = 0.35 * (np.abs(r.v - centre) < 1.25) * (np.mod(r.s, 0.62) < 0.3)
        canvas.paint(r.window, sleepers, material("concrete"))
        for gauge in (-0.75, 0.75):
            canvas.paint(r.window, 0.7 * canvas.cover(np.abs(r.v - centre - gauge) - 0.06), material("rail"))


def avenue(canvas: Canvas, line: Line, start: float, end: float, species: str, spacing: float = 8.0) -> None:
    """Trees in line on both sides of a street, from chainage `start` to `end`."""
    for side in (-1, 1):
        for s in np.arange(start, min(end, line.length), spacing):
            x, y, *_ = line.frame(s, side).at(canvas.rng.uniform(-0.5, 0.5), line.width / 2 + 1.6)
            tree(canvas, x, y, species, 0.85, planted=True)
