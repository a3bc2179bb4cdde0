"""From the canvas to images: relief, sun, cast shadows, haze, sensor blur and noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from .canvas import Canvas


@dataclass(frozen=True)
class Sky:
    """Sun direction (degrees; azimuth clockwise from north), radiometry of the campaign, sensor."""

    azimuth: float = 150.0
    elevation: float = 48.0
    ambient: float = 0.4
    contrast: float = 1.0
    haze: float = 0.04
    cast: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0)
    psf_m: float = 0.16
    noise: float = 2.0


def random_sky(rng: np.random.Generator) -> Sky:
    """A plausible campaign: spring to autumn, late morning to early afternoon."""
    cast = 1 + 0.022 * rng.standard_normal(4)
    return Sky(
        float(rng.uniform(110, 235)),
        float(rng.uniform(32, 62)),
        float(rng.uniform(0.32, 0.5)),
        float(rng.uniform(0.88, 1.12)),
        float(rng.uniform(0.0, 0.1)),
        tuple(float(c) for c in cast),
        float(rng.uniform(0.12, 0.24)),
        float(rng.uniform(1.0, 3.5)),
    )


def sunlit(mns: np.ndarray, gsd: float, azimuth: float, elevation: float, reach_m: float) -> np.ndarray:
    """Share of direct sun each pixel receives, float32 (H, W): 0 in cast shadow, 1 in the sun.

    A ray from each pixel marches towards the sun; where the surface rises above it, the pixel is in shadow.
    """
    a, rise = np.radians(azimuth), np.tan(np.radians(elevation))
    dx, dy = np.sin(a), -np.cos(a)
    unit = 1.0 / max(abs(dx), abs(dy))
    h, w = mns.shape
    blocked = np.full_like(mns, -np.inf)
    for k in range(1, int(reach_m / rise / gsd / unit) + 2):
        c, r = round(k * unit * dx), round(k * unit * dy)
        if abs(r) >= h or abs(c) >= w:
            break
        to = (slice(max(0, -r), min(h, h - r)), slice(max(0, -c), min(w, w - c)))
        ahead = (slice(max(0, r), min(h, h + r)), slice(max(0, c), min(w, w + c)))
        np.maximum(blocked[to], mns[ahead] - np.float32(k * unit * gsd * rise), out=blocked[to])
    # The sun is a disc and leaves let light through: the edge of a shadow is soft.
    return np.clip(1 - (blocked - mns) / np.float32(0.5), 0, 1)


def _relief(mns: np.ndarray, gsd: float, sky: Sky) -> np.ndarray:
    """Cosine of the sun's incidence relative to flat ground, float32 (H, W)."""
    gy, gx = np.gradient(mns, np.float32(gsd))
    gx, gy = np.clip(gx, -1.6, 1.6), np.clip(gy, -1.6, 1.6)
    a, e = np.radians(sky.azimuth), np.radians(sky.elevation)
    sx, sy, sz = np.sin(a) * np.cos(e), -np.cos(a) * np.cos(e), np.sin(e)
    cosine = (sz - gx * np.float32(sx) - gy * np.float32(sy)) / np.sqrt(1 + gx * gx + gy * gy)
    return np.clip(cosine / np.float32(sz), 0, 1.5).astype(np.float32)


def _occlusion(height: np.ndarray, gsd: float) -> np.ndarray:
    """Share of the sky seen, float32 (H, W): low in narrow gaps between crowns and walls."""
    out = np.ones_like(height)
    for radius in (1.0, 3.5):
        depth = ndimage.gaussian_filter(height, radius / gsd, truncate=2.5) - height
        out *= np.exp(-0.09 * np.clip(depth, 0, 8))
    return out


def images(canvas: Canvas, mns: np.ndarray, sky: Sky) -> np.ndarray:
    """The image as the sensor sees it: uint8 (4, H, W), PIR, R, V, B."""
    gsd, rng = canvas.gsd, canvas.rng
    sun = sunlit(mns, gsd, sky.azimuth, sky.elevation, float(canvas.height.max()) + 2.0)
    direct = np.float32(1 - sky.ambient) * sun * _relief(mns, gsd, sky)
    diffuse = np.float32(sky.ambient) * _occlusion(canvas.height, gsd)
    drift = 1 + np.float32(0.02) * canvas.broad
    # Skylight is blue and weak in the near infrared.
    tint = (0.85, 0.95, 1.0, 1.1)
    shade = [0.97, 1.0, 1.0, 1.0]
    out = np.empty((4, *canvas.shape), np.uint8)
    sigma = sky.psf_m / gsd
    for b in range(4):
        band = canvas.colour[b] * (direct * np.float32(shade[b]) + diffuse * np.float32(tint[b])) * drift
        band = band * np.float32(sky.cast[b])
        band = np.float32(110) + np.float32(sky.contrast) * (band - np.float32(110))
        # Bright surfaces saturate gently; haze lifts the dark ones.
        band = np.where(band > 200, 200 + 55 * np.tanh((band - 200) / 70), band)
        band += np.float32(sky.haze) * (np.float32((150, 150, 165, 180)[b]) - band)
        band = ndimage.gaussian_filter(band, sigma, truncate=3.0)
        speckle = rng.standard_normal(canvas.shape, dtype=np.float32)
        speckle = 0.6 * speckle + 0.8 * ndimage.uniform_filter(speckle, 3)
        band += np.float32(sky.noise) * speckle * np.sqrt(np.clip(band, 10, 255) / 120)
        out[b] = np.clip(np.rint(band), 1, 255)
    return out
