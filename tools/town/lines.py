"""Curved lines (streets, rivers, railways) and the distance of pixels to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .canvas import Canvas, Frame, Window


class Ribbon(NamedTuple):
    """Pixels near a line: lateral offset `v` (m, signed) and position along the line `s` (m), float32."""

    window: Window
    v: np.ndarray
    s: np.ndarray


class Line:
    """A smooth line sampled about every `step` metres: points (n, 2), chainage (n,) in metres."""

    def __init__(self, points: np.ndarray, width: float, step: float = 3.0) -> None:
        self.width = width
        self.points = _spline(np.asarray(points, float), step)
        lengths = np.hypot(*np.diff(self.points, axis=0).T)
        self.chainage = np.concatenate([[0.0], np.cumsum(lengths)])

    @property
    def length(self) -> float:
        """Length in metres."""
        return float(self.chainage[-1])

    def frame(self, s: float, side: int = 1) -> Frame:
        """The frame at chainage s, u along the line."""
        k = int(np.clip(np.searchsorted(self.chainage, s) - 1, 0, len(self.points) - 2))
        a, b = self.points[k], self.points[k + 1]
        t = (s - self.chainage[k]) / max(self.chainage[k + 1] - self.chainage[k], 1e-6)
        # The direction is taken over a longer stretch: things aligned on a bend do not jump.
        p, q = self.points[max(k - 1, 0)], self.points[min(k + 2, len(self.points) - 1)]
        x, y = a + t * (b - a)
        return Frame(float(x), float(y), float(np.arctan2(q[1] - p[1], q[0] - p[0])), side)

    def until(self, stop: Callable[[float, float], bool], skip: float = 0.0) -> Line | None:
        """The line up to the first point, `skip` metres from its start or later, where `stop` holds."""
        for k, (x, y) in enumerate(self.points):
            if self.chainage[k] >= skip and stop(float(x), float(y)):
                return Line(self.points[: k + 1], self.width) if k >= 2 else None
        return self

    def distance_to(self, x: float, y: float) -> float:
        """Distance (m) from a point to the nearest sample of the line."""
        return float(np.hypot(self.points[:, 0] - x, self.points[:, 1] - y).min())


def _spline(knots: np.ndarray, step: float) -> np.ndarray:
    """Catmull-Rom curve through the knots (n, 2), sampled about every `step` metres."""
    padded = np.vstack([2 * knots[0] - knots[1], knots, 2 * knots[-1] - knots[-2]])
    pieces = []
    for p0, p1, p2, p3 in zip(padded, padded[1:], padded[2:], padded[3:]):
        t = np.linspace(0, 1, max(2, int(np.hypot(*(p2 - p1)) / step) + 1), endpoint=False)[:, None]
        pieces.append(
            0.5
            * (
                2 * p1
                + (p2 - p0) * t
                + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2
                + (3 * p1 - p0 - 3 * p2 + p3) * t**3
            )
        )
    return np.vstack([*pieces, knots[-1:]])


def wander(
    rng: np.random.Generator,
    start: tuple[float, float],
    angle: float,
    length: float,
    width: float,
    sway: float = 0.15,
    spacing: float = 45.0,
) -> Line:
    """A line of `length` metres from `start` whose direction drifts by about `sway` radians per knot."""
    points, heading = [np.array(start, float)], angle
    count = max(2, round(length / spacing))
    for _ in range(count):
        points.append(points[-1] + length / count * np.array([np.cos(heading), np.sin(heading)]))
        # Pulled back to the first direction, so that long lines cross the scene.
        heading += sway * rng.standard_normal() + 0.3 * (angle - heading)
    return Line(np.array(points), width)


def through(
    rng: np.random.Generator, x: float, y: float, angle: float, reach: float, width: float, sway: float = 0.15
) -> Line:
    """A line through (x, y) that runs about `reach` metres both ways."""
    back = wander(rng, (x, y), angle + np.pi, reach, width, sway).points[::-1]
    ahead = wander(rng, (x, y), angle, reach, width, sway).points[1:]
    return Line(np.vstack([back, ahead])[::8], width)


def ribbon(canvas: Canvas, line: Line, reach: float) -> Ribbon | None:
    """Lateral offset and chainage of the pixels within `reach` metres of the line (beyond: v = inf)."""
    (x0, y0), (x1, y1) = line.points.min(0) - reach, line.points.max(0) + reach
    window = canvas.window(x0, y0, x1, y1)
    if window is None:
        return None
    rows, cols = window
    shape = (rows.stop - rows.start, cols.stop - cols.start)
    v, s = np.full(shape, np.inf, np.float32), np.zeros(shape, np.float32)
    for k, (a, b) in enumerate(zip(line.points, line.points[1:])):
        part = canvas.window(*(np.minimum(a, b) - reach), *(np.maximum(a, b) + reach))
        size = float(np.hypot(*(b - a)))
        if part is None or size == 0:
            continue
        (dx, dy), (tx, ty) = canvas.centres(part), (b - a) / size
        dx, dy = dx - np.float32(a[0]), dy - np.float32(a[1])
        along = np.clip(dx * np.float32(tx) + dy * np.float32(ty), 0, np.float32(size))
        near = np.hypot(dx - along * np.float32(tx), dy - along * np.float32(ty))
        near = np.where(dy * np.float32(tx) - dx * np.float32(ty) < 0, -near, near)
        local = (
            slice(part[0].start - rows.start, part[0].stop - rows.start),
            slice(part[1].start - cols.start, part[1].stop - cols.start),
        )
        closer = np.abs(near) < np.abs(v[local])
        v[local] = np.where(closer, near, v[local])
        s[local] = np.where(closer, along + np.float32(line.chainage[k]), s[local])
    return Ribbon(window, v, s)
