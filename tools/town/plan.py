"""The layout of a scene: where the centre, the streets, the river, the tracks and the zones are."""

from __future__ import annotations

from collections import Counter

import numpy as np

from .canvas import Canvas, Frame
from .lines import Line, through, wander
from .lots import PAVEMENT
from .styles import SQUARE, Style


class Plan:
    """Where things go: the centre, the streets, the water and the zones of one scene."""

    def __init__(self, canvas: Canvas, style: Style) -> None:
        rng, w, h = canvas.rng, canvas.width_m, canvas.height_m
        # A scene smaller than its town shows any part of it, not always the centre.
        slack = float(np.clip(style.town - 0.5 * min(w, h), 0, 150))
        self.style, self.reach = style, float(np.hypot(w, h)) + slack
        self.x = w * rng.uniform(0.36, 0.6) + slack * rng.uniform(-1, 1)
        self.y = h * rng.uniform(0.36, 0.6) + slack * rng.uniform(-1, 1)
        self.tradition = str(rng.choice(style.traditions))
        self.angle = rng.uniform(0, np.pi)
        self.main = through(rng, self.x, self.y, self.angle, self.reach, float(rng.uniform(6.2, 7.6)))
        self.river = self._river(rng) if rng.random() < style.river else None
        self.square = self._square(rng) if rng.random() < style.square else None
        self.streets = [self.main]
        if style.town > 0:
            self._branch(rng)
        self.tracks = self._tracks(rng)
        x, y = canvas.centres((slice(0, canvas.shape[0]), slice(0, canvas.shape[1])))
        self.distance = np.hypot(x - np.float32(self.x), y - np.float32(self.y)) + 14 * canvas.broad
        self.urban = self.distance < style.town
        self.built: Counter[str] = Counter()
        self.deck: list[str] = []

    def _river(self, rng: np.random.Generator) -> Line:
        """A river that passes the town."""
        side = int(rng.choice([-1, 1]))
        at = Frame(self.x, self.y, self.angle).at(
            0, side * max(self.style.town * 0.85, 25.0), rng.uniform(-0.3, 0.3)
        )
        return through(rng, at.x, at.y, at.angle, self.reach, float(rng.uniform(7, 15)), 0.3)

    def _square(self, rng: np.random.Generator) -> Frame:
        """The frame of the church square, beside the middle of the main street."""
        side = int(rng.choice([-1, 1]))
        return self.main.frame(self.main.length / 2, side).at(
            0, self.main.width / 2 + PAVEMENT + SQUARE[1] / 2
        )

    def _barred(self, x: float, y: float) -> bool:
        """Whether a side street must stop here: river bank or square."""
        if self.river is not None and self.river.distance_to(x, y) < self.river.width / 2 + 9:
            return True
        return self.square is not None and np.hypot(x - self.square.x, y - self.square.y) < 0.5 * max(SQUARE)

    def _add(self, line: Line, parent: Line, apart: float) -> bool:
        """Keep a side street up to the first street it meets, unless short or too near another."""
        others = [s for s in self.streets if s is not parent]
        cut = line.until(
            lambda x, y: self._barred(x, y) or any(s.distance_to(x, y) < 5 for s in others), 12.0
        )
        if cut is None or cut.length < 28:
            return False
        middle = cut.frame(cut.length / 2)
        if any(s.distance_to(middle.x, middle.y) < apart for s in self.streets):
            return False
        self.streets.append(cut)
        return True

    def _branch(self, rng: np.random.Generator) -> None:
        """Side streets off the main street, then lanes off the side streets."""
        # Beyond the scene nobody sees the streets.
        middle, reach = self.main.length / 2, min(self.style.town, 0.75 * self.reach)
        for side in (-1, 1):
            s = middle - reach + rng.uniform(0, 40)
            while s < middle + reach:
                at = self.main.frame(float(np.clip(s, 0, self.main.length)), side)
                length = np.sqrt(max(reach**2 - (s - middle) ** 2, 0)) * rng.uniform(0.8, 1.05)
                heading = at.angle + side * (np.pi / 2 + rng.uniform(-0.22, 0.22))
                line = wander(
                    rng, (at.x, at.y), heading, max(length, 10.0), float(rng.uniform(4.6, 5.8)), 0.16, 35.0
                )
                s += rng.uniform(58, 84) if self._add(line, self.main, 18) else 25.0
        for parent in self.streets[1:]:
            s, side = rng.uniform(45, 70), int(rng.choice([-1, 1]))
            while s < parent.length - 10:
                at = parent.frame(s, side)
                heading = at.angle + side * (np.pi / 2 + rng.uniform(-0.15, 0.15))
                line = wander(
                    rng, (at.x, at.y), heading, rng.uniform(55, 120), float(rng.uniform(4.2, 5.0)), 0.12, 30.0
                )
                s += rng.uniform(60, 80) if self._add(line, parent, 20) else 20.0
                side = -side

    def _tracks(self, rng: np.random.Generator) -> list[Line]:
        """Farm tracks that leave the ends of side streets and the main road for the fields."""
        starts = [s.frame(s.length) for s in self.streets[1:]]
        starts = [f for f in starts if np.hypot(f.x - self.x, f.y - self.y) > 0.7 * self.style.town]
        starts += [
            self.main.frame(rng.uniform(0.1, 0.9) * self.main.length, int(rng.choice([-1, 1]))).at(0, 2, a)
            for a in (1.3, 1.7, 1.5)
        ]
        out = []
        for f in starts:
            line = wander(
                rng,
                (f.x, f.y),
                f.angle + rng.uniform(-0.3, 0.3),
                rng.uniform(0.2, 0.45) * self.reach,
                3.0,
                0.2,
            )
            away = [s for s in self.streets if s.distance_to(f.x, f.y) > 15]
            cut = line.until(
                lambda x, y, away=away: self._barred(x, y) or any(s.distance_to(x, y) < 4 for s in away), 5
            )
            if cut is not None and cut.length > 25 and rng.random() < 0.7:
                out.append(cut)
        return out

    def cover(self, canvas: Canvas, x: float, y: float) -> str:
        """The cover of the plot whose centre is (x, y): dealt like cards, so that all kinds come up."""
        if np.hypot(x - self.x, y - self.y) < 0.95 * self.style.town:
            return str(canvas.rng.choice(["park", "meadow", "park", "orchard"]))
        if not self.deck:
            self.deck = [name for name, weight in self.style.covers for _ in range(max(1, round(2 * weight)))]
            canvas.rng.shuffle(self.deck)
        return self.deck.pop()

    def lot(self, canvas: Canvas, x: float, y: float) -> str | None:
        """The kind of lot to build at (x, y), None outside the town."""
        rng, style = canvas.rng, self.style
        d = self.distance[canvas.pixel(x, y)]
        if d > style.town or style.town == 0:
            return None
        if d < style.centre:
            return "row"
        for kind, (limit, chance) in style.lots.items():
            if self.built[kind] < limit and rng.random() < chance:
                return kind
        return "villa"

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
