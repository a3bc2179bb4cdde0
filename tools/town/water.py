"""Rivers, ponds and the sea, with their banks."""

from __future__ import annotations

import numpy as np

from .canvas import Canvas
from .lines import Line, ribbon
from .palette import Naf, tinted
from .vegetation import tree


def _flood(canvas: Canvas, window: tuple, distance: np.ndarray, name: str, bank: str) -> None:
    """Water where `distance` (m) is negative, then a beach or a muddy rim, reeds above it."""
    rng = canvas.rng
    grain, mottle = canvas.grain[window], canvas.mottle[window]
    shore = distance - 0.6 - 0.7 * mottle
    colour = tinted(rng, bank, 0.05)[:, None, None] * (0.92 + 0.05 * grain + 0.05 * mottle)
    canvas.paint(window, np.clip(0.5 - shore / 1.2, 0, 1), colour, Naf.SOL_NU, 0.0)
    depth = np.clip(-distance / 5.0, 0, 1)
    deep, shallow = tinted(rng, name, 0.08)[:, None, None], tinted(rng, bank, 0.05)[:, None, None] * 0.72
    mix = 1 - np.exp(-3.2 * depth)
    glint = 1 + 0.015 * grain + 0.03 * canvas.broad[window]
    canvas.paint(
        window,
        np.clip(0.5 - distance / 0.5, 0, 1),
        (shallow + mix * (deep - shallow)) * glint,
        Naf.EAU,
        0.0,
        take=True,
    )


def river(canvas: Canvas, line: Line, trees: float = 0.75) -> None:
    """A river: width varies along it; alders and willows on the banks with gaps."""
    r = ribbon(canvas, line, line.width / 2 + 8)
    if r is None:
        return
    wobble = 0.9 * canvas.broad[r.window] + 0.5 * canvas.mottle[r.window]
    _flood(canvas, r.window, np.abs(r.v) - line.width / 2 - wobble, "river", "soil")
    rng = canvas.rng
    for side in (-1, 1):
        for s in np.arange(0, line.length, 2.6):
            x, y, *_ = line.frame(s, side).at(0, line.width / 2 + rng.gamma(2.2, 2.2))
            if canvas.inside(x, y, 5) and canvas.broad[canvas.pixel(x, y)] > 1.6 - 3.2 * trees:
                tree(canvas, x, y, str(rng.choice(["willow", "oak", "poplar", "bush", "bush"])), 0.9)


def pond(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """A pond or lake of uneven outline."""
    window = canvas.window(x - 1.8 * radius, y - 1.8 * radius, x + 1.8 * radius, y + 1.8 * radius)
    if window is None:
        return
    px, py = canvas.centres(window)
    stretch = canvas.rng.uniform(0.7, 1.3)
    distance = np.hypot((px - x) * stretch, (py - y) / stretch) - radius
    distance = distance + 0.12 * radius * canvas.broad[window] + 0.6 * canvas.mottle[window]
    _flood(canvas, window, distance.astype(np.float32), "pond", "soil")
    for _ in range(int(radius * 1.2)):
        a = canvas.rng.uniform(0, 2 * np.pi)
        reach = radius * canvas.rng.uniform(1.1, 1.5)
        tree(
            canvas,
            x + reach * np.cos(a),
            y + reach * np.sin(a),
            str(canvas.rng.choice(["willow", "bush", "poplar"])),
        )


def sea(canvas: Canvas, angle: float, share: float) -> None:
    """Open water over `share` of the scene, on the side that `angle` points to, behind a beach."""
    h, w = canvas.shape
    window = (slice(0, h), slice(0, w))
    x, y = canvas.centres(window)
    across = (x - canvas.width_m / 2) * np.cos(angle) + (y - canvas.height_m / 2) * np.sin(angle)
    across = across.astype(np.float32) + 9 * canvas.broad + 0.8 * canvas.mottle
    edge = np.float32(np.quantile(across[::8, ::8], 1 - share))
    beach = tinted(canvas.rng, "sand", 0.04)[:, None, None] * (1 + 0.03 * canvas.grain + 0.03 * canvas.mottle)
    canvas.paint(window, np.clip((across - edge + 14) / 3, 0, 1), beach, Naf.SOL_NU, 0.0, take=True)
    _flood(canvas, window, edge - across, "sea", "sand")
    canvas.sea |= across > edge
