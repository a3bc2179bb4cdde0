"""Trees, hedges, shrubs and woods."""

from __future__ import annotations

import numpy as np

from .canvas import Canvas, Frame, Tree
from .palette import Naf, tinted

#: Species: (material, class, shortest and longest radius in m, height per metre of radius, cone share 0..1)
SPECIES: dict[str, tuple[str, int, float, float, float, float]] = {
    "oak": ("oak", Naf.FEUILLUS, 2.6, 5.6, 2.3, 0.0),
    "plane": ("plane", Naf.FEUILLUS, 3.0, 4.6, 2.6, 0.0),
    "poplar": ("poplar", Naf.FEUILLUS, 1.6, 2.8, 7.0, 0.3),
    "willow": ("willow", Naf.FEUILLUS, 2.2, 4.6, 2.2, 0.0),
    "fruit": ("oak", Naf.FEUILLUS, 1.3, 2.3, 2.0, 0.0),
    "plum": ("plum", Naf.FEUILLUS, 1.4, 2.4, 2.2, 0.0),
    "pine": ("pine", Naf.CONIFERES, 2.0, 4.0, 3.2, 0.25),
    "fir": ("fir", Naf.CONIFERES, 1.5, 2.6, 6.0, 0.95),
    "cypress": ("cypress", Naf.CONIFERES, 0.8, 1.3, 7.5, 0.9),
    "bush": ("bush", Naf.BROUSSAILLE, 0.7, 1.9, 1.1, 0.0),
    "broom": ("broom", Naf.BROUSSAILLE, 0.5, 1.3, 1.2, 0.0),
}


def tree(canvas: Canvas, x: float, y: float, species: str, scale: float = 1.0, planted: bool = False) -> None:
    """Ask for a tree; unless `planted`, it will not grow where something is built or flooded."""
    if not canvas.inside(x, y, 8.0):
        return
    rng = canvas.rng
    name, naf, low, high, ratio, cone = SPECIES[species]
    radius = scale * (low + (high - low) * rng.beta(1.6, 2.2))
    canvas.trees.append(
        Tree(
            x, y, radius, radius * ratio * rng.uniform(0.85, 1.15), tinted(rng, name, 0.1), naf, cone, planted
        )
    )


def _crown(canvas: Canvas, t: Tree) -> None:
    """Draw one crown: an uneven dome or cone whose lumps the sun will light."""
    patch = canvas.patch(Frame(t.x, t.y, 0.0), 1.3 * t.radius, 1.3 * t.radius)
    if patch is None:
        return
    window = patch.window
    lump, grain = canvas.lump[window], canvas.grain[window]
    rr = np.sqrt(patch.u**2 + patch.v**2) / np.float32(t.radius) + np.float32(0.11) * lump
    dome = np.sqrt(np.clip(1 - rr * rr, 0, 1))
    body = (1 - t.cone) * dome + t.cone * np.clip(1 - rr, 0, 1)
    rough = 0.12 * t.radius + 0.15
    z = t.height * (0.45 + 0.55 * body) + rough * (0.8 * lump + 0.35 * grain)
    alpha = np.where(z > canvas.height[window], np.clip((1 - rr) * t.radius / canvas.gsd + 0.3, 0, 1), 0)
    texture = 1 + 0.08 * lump + 0.06 * grain + 0.06 * (body - 0.6)
    canvas.paint(window, alpha, t.colour[:, None, None] * texture, t.naf, np.maximum(z, 0.3))


def grow(canvas: Canvas) -> None:
    """Draw all the trees asked for, the tallest last."""
    for t in sorted(canvas.trees, key=lambda t: t.height):
        if t.planted or not canvas.taken[canvas.pixel(t.x, t.y)]:
            _crown(canvas, t)
    canvas.trees.clear()


def hedge(canvas: Canvas, frame: Frame, length: float, width: float = 1.0, height: float = 1.7) -> None:
    """A clipped garden hedge centred on the frame."""
    patch = canvas.patch(frame, length / 2, width)
    if patch is None:
        return
    lump = canvas.lump[patch.window]
    distance = np.maximum(np.abs(patch.u) - length / 2, np.abs(patch.v) - width / 2) - 0.15 * lump
    alpha = np.where(canvas.taken[patch.window], 0, canvas.cover(distance))
    texture = 1 + 0.08 * lump + 0.07 * canvas.grain[patch.window]
    colour = tinted(canvas.rng, "hedge", 0.08)[:, None, None] * texture
    canvas.paint(patch.window, alpha, colour, Naf.BROUSSAILLE, height + 0.25 * lump)


def hedgerow(canvas: Canvas, x0: float, y0: float, x1: float, y1: float, density: float = 0.8) -> None:
    """A field hedge: bushes with a tree here and there, gaps where density is below 1."""
    rng, length = canvas.rng, float(np.hypot(x1 - x0, y1 - y0))
    for s in np.arange(0, length, 1.6):
        if rng.random() > density:
            continue
        x, y = (p + s / length * (q - p) + 0.5 * rng.standard_normal() for p, q in ((x0, x1), (y0, y1)))
        tree(canvas, x, y, "bush", 1.3)
        if rng.random() < 0.13:
            tree(canvas, x, y, "oak", rng.uniform(0.6, 1.0))


def scatter(
    canvas: Canvas,
    mask: np.ndarray,
    window: tuple,
    species: list[str],
    spacing: float,
    scale: float = 1.0,
    clumps: float = 0.0,
) -> None:
    """Trees over a mask of a window, on a jittered grid; `clumps` in 0..1 is the share left open."""
    rng, gsd = canvas.rng, canvas.gsd
    rows, cols = window
    limit = 2.5 * clumps - 1.5
    for y in np.arange(rows.start * gsd, rows.stop * gsd, spacing):
        for x in np.arange(cols.start * gsd, cols.stop * gsd, spacing):
            px, py = x + spacing * rng.uniform(-0.1, 1.1), y + spacing * rng.uniform(-0.1, 1.1)
            r, c = canvas.pixel(px, py)
            if not (
                rows.start <= r < rows.stop
                and cols.start <= c < cols.stop
                and mask[r - rows.start, c - cols.start]
            ):
                continue
            if clumps and canvas.broad[r, c] + 0.6 * canvas.mottle[r, c] < limit:
                continue
            tree(canvas, px, py, species[int(rng.integers(len(species)))], scale)
