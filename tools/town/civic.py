"""Lots that are not homes: shops, flats, farms, the cemetery, sports grounds, the church square."""

from __future__ import annotations

import numpy as np

from . import buildings
from .canvas import Canvas, Frame
from .palette import Naf, material, tinted
from .streets import car, car_park
from .vegetation import tree


def ground(canvas: Canvas, frame: Frame, length: float, width: float) -> None:
    """Garden ground: a lawn of its own green, worn and mown in patches; marks the lot as taken."""
    patch = canvas.patch(frame, length / 2, width / 2)
    if patch is None:
        return
    rng, w = canvas.rng, patch.window
    alpha = canvas.cover(np.maximum(np.abs(patch.u) - length / 2, np.abs(patch.v) - width / 2))
    lawn, worn = tinted(rng, "lawn", 0.1)[:, None, None], tinted(rng, "grass_dry", 0.08)[:, None, None]
    dry = np.clip(0.5 * canvas.mottle[w] + 0.3 * canvas.lump[w] + rng.uniform(-0.5, 0.8), 0, 0.9)
    texture = 1 + 0.06 * canvas.grain[w] + 0.04 * canvas.mottle[w]
    canvas.paint(w, alpha, (lawn + dry * (worn - lawn)) * texture, Naf.CULTURE, 0.05, take=True)


def activity(canvas: Canvas, frame: Frame, width: float, depth: float) -> None:
    """A shop or workshop: a shed, its car park on the street, a lawn."""
    rng = canvas.rng
    ground(canvas, frame, width, depth)
    canvas.rect(frame, width - 3, depth - 3, tinted(rng, "asphalt", 0.06), Naf.IMPERMEABLE, 0.0, 0.03)
    car_park(canvas, frame.at(0, -depth / 2 + 10), width - 6, 16, rng.uniform(0.3, 0.8))
    size = depth - 26
    at = frame.at(0, depth / 2 - size / 2 - 3)
    if rng.random() < 0.6:
        buildings.shed(canvas, at, width - 12, size, rng.uniform(5, 8))
    else:
        buildings.block(canvas, at, width - 12, size, rng.uniform(4, 7))


def flats(canvas: Canvas, frame: Frame, width: float, depth: float) -> None:
    """A block of flats on a lawn with its car park."""
    rng = canvas.rng
    ground(canvas, frame, width, depth)
    car_park(canvas, frame.at(0, -depth / 2 + 8), width - 4, 16, 0.7)
    buildings.block(canvas, frame.at(0, depth / 2 - 12), width - 8, rng.uniform(11, 14), rng.uniform(9, 16))
    for _ in range(6):
        x, y, *_ = frame.at(
            rng.uniform(-0.45, 0.45) * width, rng.choice([depth / 2 - 3.5, -depth / 2 + 17.5])
        )
        tree(canvas, x, y, str(rng.choice(["oak", "plane", "pine"])), 0.8, planted=True)


def farm(canvas: Canvas, frame: Frame, width: float, depth: float, tradition: str) -> None:
    """A farmyard of gravel with a house, sheds, tunnels and bales."""
    rng = canvas.rng
    canvas.rect(frame, width, depth, tinted(rng, "gravel", 0.05), Naf.PERMEABLE, 0.0, 0.06, take=True)
    buildings.house(canvas, frame.at(-width / 4, -depth / 4), 15, 9, tradition)
    buildings.shed(canvas, frame.at(width / 5, depth / 6, rng.choice([0.0, np.pi / 2])), 26, 15, 5.5)
    buildings.shed(canvas, frame.at(-width / 4, depth / 3.2), 18, 9, 4)
    for _ in range(5):
        x, y, *_ = frame.at(rng.uniform(-0.5, 0.5) * width, rng.choice([-0.48, 0.48]) * depth)
        tree(canvas, x, y, "oak", 0.9, planted=True)


def cemetery(canvas: Canvas, frame: Frame, width: float, depth: float) -> None:
    """A walled cemetery: rows of grey tombs on gravel, cypresses."""
    rng = canvas.rng
    canvas.rect(frame, width, depth, tinted(rng, "wall", 0.05), Naf.IMPERMEABLE, 1.8, 0.03, take=True)
    canvas.rect(frame, width - 0.7, depth - 0.7, tinted(rng, "gravel", 0.04), Naf.PERMEABLE, 0.0, 0.04)
    for v in np.arange(-depth / 2 + 3, depth / 2 - 2, 4.8):
        for u in np.arange(-width / 2 + 2, width / 2 - 1.5, 2.3):
            if abs(u) > 1.6 and rng.random() < 0.75:
                grey = tinted(rng, str(rng.choice(["flat_grey", "flat_grey", "asphalt", "paving"])), 0.14)
                canvas.rect(frame.at(u, v), rng.uniform(0.8, 1.5), 2.2, grey, Naf.IMPERMEABLE, 0.5, 0.03)
    for v in np.arange(-depth / 2 + 5, depth / 2 - 4, 8.4):
        for u in (-1.9, 1.9):
            x, y, *_ = frame.at(u, v)
            tree(canvas, x, y, "cypress", 1.0, planted=True)


def sports(canvas: Canvas, frame: Frame, width: float, depth: float) -> None:
    """Two tennis courts and a pitch with worn goals."""
    rng = canvas.rng
    ground(canvas, frame, width, depth)
    white = material("marking")
    for k in (-1, 1):
        at = frame.at(k * 9.5, -depth / 2 + 19.5, np.pi / 2)
        name = str(rng.choice(["court_red", "court_green"]))
        canvas.rect(at, 36, 18, tinted(rng, name, 0.05) * 0.9, Naf.IMPERMEABLE, 0.0, 0.02)
        canvas.rect(at, 23.8, 11.0, tinted(rng, name, 0.05), Naf.IMPERMEABLE, 0.0, 0.015)
        for u, v, length, wide in (
            (0, 5.5, 23.8, 0.14),
            (0, -5.5, 23.8, 0.14),
            (0, 4.1, 23.8, 0.14),
            (0, -4.1, 23.8, 0.14),
            (11.9, 0, 0.14, 11),
            (-11.9, 0, 0.14, 11),
            (6.4, 0, 0.14, 8.2),
            (-6.4, 0, 0.14, 8.2),
            (0, 0, 12.8, 0.14),
        ):
            canvas.rect(at.at(u, v), length, wide, white, grain=0.0)
    for u in np.arange(-width / 2 + 2, width / 2, 7.0):
        x, y, *_ = frame.at(u, depth / 2 - 2)
        tree(canvas, x, y, "poplar", 0.9, planted=True)


def square(canvas: Canvas, frame: Frame, width: float, depth: float) -> None:
    """The church square: paving, church, plane trees in lines, parked cars."""
    rng = canvas.rng
    canvas.rect(frame, width, depth, tinted(rng, "paving", 0.03), Naf.IMPERMEABLE, 0.0, 0.035, take=True)
    canvas.rect(
        frame.at(0, -depth / 2 + 9), width * 0.86, 13, tinted(rng, "gravel", 0.03), Naf.PERMEABLE, 0.0, 0.05
    )
    buildings.church(canvas, frame.at(0, depth / 2 - 11))
    for v in (-depth / 2 + 4.0, -depth / 2 + 14.0):
        for u in np.arange(-width * 0.4, width * 0.41, 8.0):
            x, y, *_ = frame.at(u, v)
            tree(canvas, x, y, "plane", 0.8, planted=True)
    for u in np.arange(-width * 0.38, width * 0.38, 2.6):
        if rng.random() < 0.6:
            car(canvas, frame.at(u, -depth / 2 + 20, np.pi / 2))
