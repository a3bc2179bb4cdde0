"""Buildings: a rectangle, a roof shape and what stands on the roof."""

from __future__ import annotations

import numpy as np

from .canvas import Canvas, Frame
from .palette import Naf, material, tinted

#: Roof coverings by local building tradition: (material, weight).
TRADITIONS: dict[str, list[tuple[str, float]]] = {
    "south": [("tile", 0.62), ("tile_old", 0.24), ("tile_brown", 0.1), ("slate", 0.04)],
    "north": [("slate", 0.6), ("tile_brown", 0.22), ("tile", 0.12), ("metal", 0.06)],
    "mixed": [("tile", 0.3), ("tile_brown", 0.28), ("slate", 0.27), ("tile_old", 0.15)],
}


def covering(rng: np.random.Generator, tradition: str) -> np.ndarray:
    """The colour of a pitched roof, float32 (4,)."""
    names, weights = zip(*TRADITIONS[tradition])
    return tinted(rng, names[int(rng.choice(len(names), p=np.array(weights) / sum(weights)))], 0.09)


def _shape(
    kind: str, u: np.ndarray, v: np.ndarray, a: float, b: float, eave: float, slope: float
) -> np.ndarray:
    """Roof height (m) above ground of a building of half-sizes a (along u) and b (along v)."""
    across, along = b - np.abs(v), a - np.abs(u)
    if kind == "hip":
        return eave + slope * np.clip(np.minimum(across, along), 0, None)
    if kind == "gable":
        return eave + slope * np.clip(across, 0, None)
    if kind == "shed":
        return eave + 0.5 * slope * (b + v)
    if kind == "pyramid":
        return eave + slope * np.clip(np.minimum(across, along), 0, None)
    return np.where(np.minimum(across, along) < 0.35, eave + 0.5, eave) + 0 * u


def _texture(canvas: Canvas, kind: str, window: tuple, u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Relative brightness of the covering: rows of tiles down the slope, stains, grain."""
    grain, mottle = canvas.grain[window], canvas.mottle[window]
    if kind == "flat":
        return 1 + 0.02 * grain + 0.05 * mottle
    if kind == "ribbed":
        return 1 + 0.02 * grain + 0.03 * mottle + 0.04 * np.sign(np.sin(u * 2.6))
    rows = np.sin(u * 9.0 + 2.0 * canvas.lump[window])
    return 1 + 0.035 * rows + 0.055 * grain + 0.05 * mottle + 0.03 * canvas.lump[window]


def building(
    canvas: Canvas,
    frame: Frame,
    length: float,
    width: float,
    eave: float,
    colour: np.ndarray,
    kind: str = "gable",
    slope: float = 0.4,
    naf: int = Naf.BATIMENT,
) -> None:
    """A building centred on the frame, ridge along u; `kind`: gable, hip, shed, pyramid, flat, ribbed."""
    a, b = length / 2, width / 2
    patch = canvas.patch(frame, a, b)
    if patch is None:
        return
    u, v = patch.u, patch.v
    alpha = canvas.cover(np.maximum(np.abs(u) - a, np.abs(v) - b))
    roof = _shape("gable" if kind == "ribbed" else kind, u, v, a, b, eave, slope)
    paint = colour[:, None, None] * _texture(canvas, kind, patch.window, u, v)
    if kind in ("gable", "hip"):  # ridge tiles, a little paler and mortared
        ridge = (np.abs(v) < 0.16) & (np.abs(u) < (a if kind == "gable" else a - b))
        paint = np.where(ridge, paint * 1.1, paint)
    if kind == "flat":
        rim = np.minimum(b - np.abs(v), a - np.abs(u)) < 0.35
        paint = np.where(rim, paint * 1.15, paint)
    canvas.paint(patch.window, alpha, paint, naf, roof, take=True)


def _on_roof(
    canvas: Canvas, frame: Frame, length: float, width: float, colour: np.ndarray, lift: float
) -> None:
    """A small thing on a roof: follows the roof `lift` metres above it."""
    patch = canvas.patch(frame, length / 2, width / 2)
    if patch is None:
        return
    alpha = canvas.cover(np.maximum(np.abs(patch.u) - length / 2, np.abs(patch.v) - width / 2))
    alpha = np.where(canvas.naf[patch.window] == Naf.BATIMENT, alpha, 0)
    canvas.paint(patch.window, alpha, colour, None, canvas.height[patch.window] + np.float32(lift))


def details(canvas: Canvas, frame: Frame, length: float, width: float) -> None:
    """Chimneys, roof windows and sometimes solar panels on a pitched roof."""
    rng, a, b = canvas.rng, length / 2, width / 2
    for _ in range(int(rng.integers(0, 3))):
        spot = frame.at(rng.uniform(-a + 0.8, a - 0.8), rng.choice([-1, 1]) * rng.uniform(0.2, 0.4) * b)
        _on_roof(canvas, spot, rng.uniform(0.6, 1.0), 0.6, tinted(rng, "wall", 0.12), 0.9)
    side = int(rng.choice([-1, 1]))
    if rng.random() < 0.35:
        for k in range(int(rng.integers(1, 4))):
            u = (k - 1) * 2.6
            if abs(u) < a - 1.2:
                _on_roof(canvas, frame.at(u, side * 0.55 * b), 0.8, 1.1, material("dark"), 0.02)
    if rng.random() < 0.1 and length > 8:
        count = int(min(length - 2, 8))
        _on_roof(canvas, frame.at(0, -side * 0.5 * b), count, min(3.4, 0.7 * b), material("panel"), 0.08)


def house(canvas: Canvas, frame: Frame, length: float, width: float, tradition: str) -> None:
    """A detached house, sometimes with a wing and a garage."""
    rng = canvas.rng
    colour = covering(rng, tradition)
    slope = rng.uniform(0.3, 0.42) if tradition == "south" else rng.uniform(0.6, 0.95)
    eave = float(rng.choice([2.8, 3.0, 5.4], p=[0.45, 0.3, 0.25]))
    kind = "hip" if rng.random() < 0.35 else "gable"
    if rng.random() < 0.06:
        kind, colour = "flat", tinted(rng, "flat_white" if rng.random() < 0.5 else "flat_grey", 0.06)
    building(canvas, frame, length, width, eave, colour, kind, slope)
    if kind != "flat":
        details(canvas, frame, length, width)
    side = int(rng.choice([-1, 1]))
    if rng.random() < 0.5:  # a wing at a right angle, its ridge lower
        wing, reach = rng.uniform(0.6, 0.8) * width, rng.uniform(3.5, 5.5)
        at = frame.at(side * (length / 2 - wing / 2), width / 2 + reach / 2 - 0.8, np.pi / 2)
        building(canvas, at, reach + 1.6, wing, eave, colour, kind, slope)
    if rng.random() < 0.45:
        at = frame.at(-side * (length / 2 + 1.9), -width / 2 + 3.0, np.pi / 2)
        building(canvas, at, 6.2, 3.8, 2.4, colour, "gable" if kind != "flat" else "flat", slope)


def terraced(canvas: Canvas, frame: Frame, length: float, depth: float, tradition: str) -> None:
    """A town house of a continuous row, ridge along the street."""
    rng = canvas.rng
    slope = rng.uniform(0.28, 0.4) if tradition == "south" else rng.uniform(0.6, 0.9)
    eave = rng.uniform(5.2, 9.0)
    building(canvas, frame, length + 0.3, depth, eave, covering(rng, tradition), "gable", slope)
    details(canvas, frame, length, depth)


def block(canvas: Canvas, frame: Frame, length: float, width: float, eave: float) -> None:
    """A flat-roofed building (flats, school, shop) with plant on its roof."""
    rng = canvas.rng
    name = str(rng.choice(["flat_white", "flat_grey", "flat_grey", "gravel"]))
    building(canvas, frame, length, width, eave, tinted(rng, name, 0.06), "flat")
    for _ in range(int(length * width / 90) + 1):
        spot = frame.at(rng.uniform(-0.4, 0.4) * length, rng.uniform(-0.35, 0.35) * width)
        _on_roof(canvas, spot, rng.uniform(1, 3), rng.uniform(1, 2.2), tinted(rng, "flat_white", 0.1), 1.1)


def shed(canvas: Canvas, frame: Frame, length: float, width: float, eave: float) -> None:
    """A farm or industrial shed with a ribbed metal roof and translucent sheets."""
    rng = canvas.rng
    name = str(rng.choice(["metal", "metal_rust", "flat_white", "tile_brown"], p=[0.5, 0.15, 0.2, 0.15]))
    building(canvas, frame, length, width, eave, tinted(rng, name, 0.06), "ribbed", 0.12)
    if length > 20:
        for u in np.arange(-length / 2 + 4, length / 2 - 3, 6.0):
            for side in (-1, 1):
                _on_roof(canvas, frame.at(u, side * width / 4), 1.1, width * 0.25, material("glass"), 0.0)


def church(canvas: Canvas, frame: Frame) -> None:
    """A church: nave, aisles, apse and a square tower with a spire; about 34 m long."""
    rng = canvas.rng
    colour = tinted(rng, "tile_old", 0.04)
    building(canvas, frame, 26, 16, 6.0, colour, "gable", 0.45)
    building(canvas, frame, 27, 9.5, 10.0, tinted(rng, "tile_old", 0.04), "gable", 0.55)
    building(canvas, frame.at(15.5, 0), 7, 7.5, 7.5, colour, "hip", 0.5)
    building(canvas, frame.at(-14.5, 0), 7, 7, 19.0, tinted(rng, "slate", 0.05), "pyramid", 2.6)


def greenhouse(canvas: Canvas, frame: Frame, length: float, spans: int) -> None:
    """A row of plastic tunnels, 8 m wide each, ridge along u."""
    canvas.rect(
        frame,
        length + 4,
        spans * 8.4 + 3,
        tinted(canvas.rng, "track", 0.05),
        Naf.PERMEABLE,
        0.0,
        0.05,
        take=True,
    )
    for k in range(spans):
        at = frame.at(0, (k - (spans - 1) / 2) * 8.4)
        patch = canvas.patch(at, length / 2, 4)
        if patch is None:
            continue
        alpha = canvas.cover(np.maximum(np.abs(patch.u) - length / 2, np.abs(patch.v) - 4))
        hoops = 1 + 0.05 * np.sign(np.sin(patch.u * 3.1)) + 0.04 * canvas.mottle[patch.window]
        arch = 1.2 + 2.2 * np.sqrt(np.clip(1 - (patch.v / 4) ** 2, 0, 1))
        canvas.paint(
            patch.window, 0.85 * alpha, material("glass")[:, None, None] * hoops, Naf.AUTRES, arch, True
        )
