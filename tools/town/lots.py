"""Plots of land along the streets: houses in rows and in gardens, and what else is built there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np

from . import buildings, civic
from .canvas import Canvas, Frame
from .civic import ground
from .lines import Line
from .palette import Naf, material, tinted
from .streets import car
from .vegetation import hedge, tree

#: Width (m) of the pavement between a street and its lots.
PAVEMENT = 1.5

CIVIC = {
    "flats": civic.flats,
    "activity": civic.activity,
    "cemetery": civic.cemetery,
    "sports": civic.sports,
}


def _pool(canvas: Canvas, frame: Frame) -> None:
    """A swimming pool with its stone surround."""
    rng = canvas.rng
    length, width = rng.uniform(6.5, 10.5), rng.uniform(3.4, 4.8)
    canvas.rect(
        frame, length + 3.0, width + 3.0, tinted(rng, "tile_terrace", 0.05), Naf.IMPERMEABLE, 0.0, 0.02
    )
    patch = canvas.patch(frame, length / 2, width / 2)
    if patch is None:
        return
    round_ = rng.uniform(0.1, 1.6)
    du, dv = np.abs(patch.u) - length / 2 + round_, np.abs(patch.v) - width / 2 + round_
    distance = (
        np.hypot(np.clip(du, 0, None), np.clip(dv, 0, None)) + np.minimum(np.maximum(du, dv), 0) - round_
    )
    ripple = 1 + 0.03 * canvas.lump[patch.window] - 0.06 * np.clip(patch.u / length, -0.5, 0.5)
    rim = canvas.cover(distance - 0.25)
    canvas.paint(patch.window, rim, material("flat_white"), Naf.IMPERMEABLE, 0.0)
    canvas.paint(
        patch.window, canvas.cover(distance), tinted(rng, "pool", 0.06)[:, None, None] * ripple, Naf.PISCINE
    )


def _vegetables(canvas: Canvas, frame: Frame, length: float, width: float) -> None:
    """A kitchen garden: beds of earth and green."""
    rng = canvas.rng
    canvas.rect(frame, length, width, tinted(rng, "soil", 0.08) * 0.85, Naf.SOL_NU, 0.0, 0.06)
    for v in np.arange(-width / 2 + 0.6, width / 2 - 0.3, 1.3):
        if rng.random() < 0.55:
            canvas.rect(frame.at(0, v), length - 0.8, 0.7, tinted(rng, "bush", 0.12), Naf.CULTURE, 0.3, 0.1)


def villa(canvas: Canvas, frame: Frame, width: float, depth: float, tradition: str) -> None:
    """A house in its garden; the frame is centred on the lot, v points away from the street."""
    rng = canvas.rng
    ground(canvas, frame, width, depth)
    length, body = min(rng.uniform(9, 14), width - 6), rng.uniform(7, 9.5)
    setback = rng.uniform(4, 8)
    v = -depth / 2 + setback + body / 2
    home = frame.at(
        rng.uniform(-0.08, 0.08) * width, v, rng.choice([0.0, 0.0, np.pi / 2]) + 0.03 * rng.standard_normal()
    )
    back = v + body / 2
    drive = str(rng.choice(["gravel", "asphalt", "concrete", "paving", "gravel"]))
    naf = Naf.PERMEABLE if drive == "gravel" else Naf.IMPERMEABLE
    side = int(rng.choice([-1, 1]))
    at = frame.at(side * (width / 2 - 3.2), -depth / 2 + (setback + body) / 2)
    canvas.rect(at, 4.4, setback + body, tinted(rng, drive, 0.06), naf, 0.0, 0.04)
    if rng.random() < 0.7:
        car(canvas, at.at(0, rng.uniform(-2, 2), np.pi / 2))
    if rng.random() < 0.6:  # in front of the house too
        canvas.rect(
            frame.at(0, -depth / 2 + setback / 2),
            width * 0.7,
            setback,
            tinted(rng, drive, 0.06),
            naf,
            0.0,
            0.04,
        )
    terrace = str(rng.choice(["tile_terrace", "concrete", "paving"]))
    canvas.rect(
        frame.at(rng.uniform(-2, 2), back + 1.8),
        length * 0.75,
        4.6,
        tinted(rng, terrace, 0.06),
        Naf.IMPERMEABLE,
        0.0,
    )
    _garden(canvas, frame, width, depth, back + 4.5, -side)
    buildings.house(canvas, home, length, body, tradition)
    _enclose(canvas, frame, width, depth)


def _garden(canvas: Canvas, frame: Frame, width: float, depth: float, front: float, side: int) -> None:
    """What lies behind a house, from v = `front` to the back of the lot."""
    rng, room = canvas.rng, depth / 2 - front
    if room > 9 and rng.random() < 0.38:
        _pool(
            canvas,
            frame.at(
                side * rng.uniform(0, 0.18) * width, front + room * 0.45, rng.choice([0.0, 0.1, np.pi / 2])
            ),
        )
    elif room > 6 and rng.random() < 0.35:
        _vegetables(
            canvas, frame.at(side * width * 0.2, front + room * 0.6), min(8, width * 0.4), min(7, room * 0.6)
        )
    if room > 5 and rng.random() < 0.5:
        at = frame.at(side * (width / 2 - 3), depth / 2 - 3)
        buildings.building(
            canvas,
            at,
            4.2,
            3.0,
            2.2,
            tinted(rng, str(rng.choice(["tile_brown", "metal", "tile"])), 0.1),
            "gable",
            0.3,
        )
    species = ["oak", "fruit", "plum", "fruit", "cypress", "pine", "willow", "bush", "bush", "fir"]
    for _ in range(int(rng.poisson(2.2 + width * depth / 260))):
        v = (
            rng.uniform(front, depth / 2 - 1.5)
            if room > 3 and rng.random() < 0.75
            else rng.uniform(-0.5, -0.42) * depth
        )
        u = (
            rng.uniform(0.25, 0.47) * width * rng.choice([-1, 1])
            if rng.random() < 0.7
            else rng.uniform(-0.4, 0.4) * width
        )
        x, y, *_ = frame.at(u, v)
        r, c = canvas.pixel(x, y)
        if canvas.naf[r, c] == Naf.CULTURE:
            tree(canvas, x, y, str(rng.choice(species)), rng.uniform(0.6, 1.0), planted=True)


def _enclose(canvas: Canvas, frame: Frame, width: float, depth: float) -> None:
    """Hedges or walls on the boundaries of a lot."""
    rng = canvas.rng
    for u, v, turn, size in (
        (-width / 2, 0, np.pi / 2, depth),
        (width / 2, 0, np.pi / 2, depth),
        (0, depth / 2, 0, width),
    ):
        at, kind = frame.at(u, v, turn), rng.random()
        if kind < 0.5:
            _lot_hedge(canvas, at, size, rng.uniform(0.8, 1.4), rng.uniform(1.4, 2.2))
        elif kind < 0.75:
            canvas.rect(at, size, 0.3, tinted(rng, "wall", 0.08), None, 1.5, 0.03)


def _lot_hedge(canvas: Canvas, frame: Frame, length: float, width: float, height: float) -> None:
    """A hedge on taken ground: it may cross lawns, never houses or drives."""
    patch = canvas.patch(frame, length / 2, width)
    if patch is None:
        return
    lawn = canvas.naf[patch.window] == Naf.CULTURE
    taken, canvas.taken[patch.window] = canvas.taken[patch.window].copy(), ~lawn
    hedge(canvas, frame, length, width, height)
    canvas.taken[patch.window] = taken


def row_house(canvas: Canvas, frame: Frame, width: float, depth: float, tradition: str) -> None:
    """A town house on the street with its yard behind."""
    rng = canvas.rng
    body = min(rng.uniform(9, 13), depth - 1)
    yard = str(rng.choice(["concrete", "gravel", "lawn", "paving", "lawn"]))
    if yard == "lawn":
        ground(canvas, frame, width, depth)
    else:
        naf = Naf.PERMEABLE if yard == "gravel" else Naf.IMPERMEABLE
        canvas.rect(frame, width, depth, tinted(rng, yard, 0.07) * 0.95, naf, 0.0, 0.05, take=True)
    buildings.terraced(canvas, frame.at(0, -depth / 2 + body / 2), width, body, tradition)
    room = depth - body
    if room > 6 and rng.random() < 0.7:  # outbuildings against one side
        reach, wide = room * rng.uniform(0.3, 0.7), width * rng.uniform(0.35, 0.6)
        at = frame.at(rng.choice([-1, 1]) * (width - wide) / 2, -depth / 2 + body + reach / 2, np.pi / 2)
        kind = str(rng.choice(["gable", "shed", "flat"]))
        colour = tinted(rng, "flat_grey", 0.1) if kind == "flat" else buildings.covering(rng, tradition)
        buildings.building(canvas, at, reach, wide, rng.uniform(2.6, 5), colour, kind, 0.35)
    if room > 7:
        for _ in range(int(rng.poisson(1.4))):
            x, y, *_ = frame.at(rng.uniform(-0.3, 0.3) * width, depth / 2 - rng.uniform(1.5, 0.5 * room))
            if canvas.naf[canvas.pixel(x, y)] != Naf.BATIMENT:
                tree(
                    canvas,
                    x,
                    y,
                    str(rng.choice(["fruit", "oak", "plum", "cypress", "bush"])),
                    0.8,
                    planted=True,
                )


def build(
    canvas: Canvas,
    line: Line,
    choose: Callable[[float, float], str | None],
    tradition: str,
    built: Counter[str],
) -> None:
    """Walk along both sides of a street and build on the lots that are free.

    `choose(x, y)` names the kind of lot at a point (None: nothing is built there); `built` counts them.
    """
    rng = canvas.rng
    for side in (-1, 1):
        s = 1.0
        while s < line.length - 5:
            front = line.frame(s, side)
            kind = choose(front.x, front.y)
            if kind is None or not canvas.inside(front.x, front.y, 15):
                s += 6.0
                continue
            width, depths = _size(rng, kind)
            at = line.frame(min(s + width / 2, line.length), side)
            for depth in depths:
                lot = at.at(0, line.width / 2 + PAVEMENT + depth / 2)
                if canvas.free(lot, width - 0.8, depth - 0.6):
                    _lot(canvas, kind, lot, width, depth, tradition)
                    built[kind] += 1
                    s += width + (0.0 if kind == "row" else 0.4)
                    break
            else:
                s += 3.0


def _size(rng: np.random.Generator, kind: str) -> tuple[float, list[float]]:
    """Frontage (m) and the depths (m) to try for a kind of lot."""
    width, depths = {
        "row": (rng.uniform(6, 11), [28.0, 22.0, 17.0, 13.0, 10.0]),
        "cemetery": (40.0, [44.0, 34.0]),
        "sports": (42.0, [48.0, 44.0]),
        "villa": (rng.uniform(17, 25), [rng.uniform(32, 42), 28.0, 22.0]),
        "activity": (rng.uniform(36, 52), [54.0, 46.0]),
        "flats": (rng.uniform(36, 55), [40.0, 34.0]),
        "farm": (rng.uniform(48, 58), [52.0]),
    }[kind]
    return float(width), [float(d) for d in depths]


def _lot(canvas: Canvas, kind: str, frame: Frame, width: float, depth: float, tradition: str) -> None:
    """Build one lot."""
    if kind == "row":
        row_house(canvas, frame, width, depth, tradition)
    elif kind == "villa":
        villa(canvas, frame, width, depth, tradition)
    elif kind == "farm":
        civic.farm(canvas, frame, width, depth, tradition)
    else:
        CIVIC[kind](canvas, frame, width, depth)
