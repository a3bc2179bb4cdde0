"""The raster that everything is drawn on, and the local frames in which things are drawn.

World coordinates are metres from the north-west corner, x to the east and y to the south.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from . import noise
from .palette import Naf

Window = tuple[slice, slice]


class Frame(NamedTuple):
    """A local system: origin (m), direction of u (radians), and the side (+1 or -1) on which v grows."""

    x: float
    y: float
    angle: float
    side: int = 1

    def at(self, u: float, v: float, turn: float = 0.0) -> Frame:
        """The frame moved to local (u, v) and turned by `turn` (towards v)."""
        c, s = np.cos(self.angle), np.sin(self.angle)
        return Frame(
            self.x + u * c - v * self.side * s,
            self.y + u * s + v * self.side * c,
            self.angle + self.side * turn,
            self.side,
        )


class Patch(NamedTuple):
    """A window of the canvas and the local coordinates (m, float32) of its pixel centres."""

    window: Window
    u: np.ndarray
    v: np.ndarray


class Tree(NamedTuple):
    """A crown to be drawn last: position, radius, height (m), colour (4,), class, shape (0 dome, 1 cone).

    A tree that is not `planted` grows only where the ground has not been taken by then.
    """

    x: float
    y: float
    radius: float
    height: float
    colour: np.ndarray
    naf: int
    cone: float = 0.0
    planted: bool = False


@dataclass
class Canvas:
    """Colour (PIR, R, V, B), class and height above ground of each pixel, plus shared noise fields."""

    rng: np.random.Generator
    width_m: float
    height_m: float
    gsd: float
    trees: list[Tree] = field(default_factory=list)

    def __post_init__(self) -> None:
        h, w = max(1, round(self.height_m / self.gsd)), max(1, round(self.width_m / self.gsd))
        self.shape = (h, w)
        self.colour = np.zeros((4, h, w), np.float32)
        self.naf = np.full((h, w), Naf.CULTURE, np.uint8)
        self.height = np.zeros((h, w), np.float32)
        self.taken = np.zeros((h, w), bool)
        self.sea = np.zeros((h, w), bool)
        self.grain = self.rng.standard_normal((h, w), dtype=np.float32)
        self.lump = noise.smooth(self.rng, (h, w), 1.0 / self.gsd)
        self.mottle = noise.fractal(self.rng, (h, w), 6.0 / self.gsd, 3)
        self.broad = noise.fractal(self.rng, (h, w), 45.0 / self.gsd, 3)

    def inside(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Whether the point lies in the scene, or within `margin` metres of it."""
        return -margin <= x < self.width_m + margin and -margin <= y < self.height_m + margin

    def pixel(self, x: float, y: float) -> tuple[int, int]:
        """Row and column of the pixel nearest to the point."""
        h, w = self.shape
        return (min(h - 1, max(0, int(y / self.gsd))), min(w - 1, max(0, int(x / self.gsd))))

    def window(self, x0: float, y0: float, x1: float, y1: float) -> Window | None:
        """Pixels of the box, cut to the scene; None when nothing is left."""
        h, w = self.shape
        r0, r1 = max(0, int(np.floor(y0 / self.gsd))), min(h, int(np.ceil(y1 / self.gsd)))
        c0, c1 = max(0, int(np.floor(x0 / self.gsd))), min(w, int(np.ceil(x1 / self.gsd)))
        return (slice(r0, r1), slice(c0, c1)) if r1 > r0 and c1 > c0 else None

    def centres(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """World x (1, w) and y (h, 1) of the pixel centres of the window, float32 metres."""
        rows, cols = window
        x = (np.arange(cols.start, cols.stop, dtype=np.float32) + 0.5) * np.float32(self.gsd)
        y = (np.arange(rows.start, rows.stop, dtype=np.float32) + 0.5) * np.float32(self.gsd)
        return x[None, :], y[:, None]

    def patch(self, frame: Frame, ru: float, rv: float) -> Patch | None:
        """The pixels within the rectangle |u| <= ru, |v| <= rv of the frame, and a little beyond."""
        c, s = float(np.cos(frame.angle)), float(np.sin(frame.angle))
        rx, ry = abs(ru * c) + abs(rv * s) + self.gsd, abs(ru * s) + abs(rv * c) + self.gsd
        window = self.window(frame.x - rx, frame.y - ry, frame.x + rx, frame.y + ry)
        if window is None:
            return None
        x, y = self.centres(window)
        dx, dy = x - np.float32(frame.x), y - np.float32(frame.y)
        return Patch(
            window,
            dx * np.float32(c) + dy * np.float32(s),
            (dy * np.float32(c) - dx * np.float32(s)) * np.float32(frame.side),
        )

    def cover(self, distance: np.ndarray) -> np.ndarray:
        """Share of each pixel inside a shape, from its signed distance (m, negative inside)."""
        return np.clip(0.5 - distance / np.float32(self.gsd), 0, 1)

    def paint(
        self,
        window: Window,
        alpha: np.ndarray,
        colour: np.ndarray,
        naf: int | None = None,
        height: np.ndarray | float | None = None,
        take: bool = False,
    ) -> None:
        """Blend `colour` ((4,) or (4, h, w)) in; class, height and `taken` change where alpha >= 0.5."""
        if colour.ndim == 1:
            colour = colour[:, None, None]
        view = self.colour[(slice(None), *window)]
        view += alpha * (colour - view)
        solid = alpha >= 0.5
        if naf is not None:
            self.naf[window][solid] = naf
        if height is not None:
            self.height[window][solid] = np.broadcast_to(height, solid.shape)[solid]
        if take:
            self.taken[window][solid] = True

    def rect(
        self,
        frame: Frame,
        length: float,
        width: float,
        colour: np.ndarray,
        naf: int | None = None,
        height: float | None = None,
        grain: float = 0.03,
        take: bool = False,
    ) -> None:
        """A rectangle centred on the frame, `length` along u, with a light grain."""
        patch = self.patch(frame, length / 2, width / 2)
        if patch is None:
            return
        alpha = self.cover(np.maximum(np.abs(patch.u) - length / 2, np.abs(patch.v) - width / 2))
        texture = 1 + grain * (self.grain[patch.window] + self.mottle[patch.window])
        self.paint(patch.window, alpha, colour[:, None, None] * texture, naf, height, take)

    def free(self, frame: Frame, length: float, width: float) -> bool:
        """Whether the rectangle lies mostly in the scene and (nearly) nothing in it is taken."""
        patch = self.patch(frame, length / 2, width / 2)
        if patch is None:
            return False
        inside = (np.abs(patch.u) <= length / 2) & (np.abs(patch.v) <= width / 2)
        count = int(inside.sum())
        if count * self.gsd**2 < 0.3 * length * width:
            return False
        return int((self.taken[patch.window] & inside).sum()) < 0.02 * count
