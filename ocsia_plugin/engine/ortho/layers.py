"""What a source gives to the image that a model sees: bytes of some of its bands, or of the height above ground."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional, Protocol

import numpy as np

from ..grid import Window
from .sources import Source
from .virtual import HIGHEST, LOWEST

DN_PER_METRE = 5.0
"""E = clip(5 h, 0, 255): one DN is 20 cm, 51 m and more are 255. Source: odeon-landcover, and the card of FLAIR-INC."""


class Layer(Protocol):
    """Some bands of the image.

    Attributes:
        roles: of the bands that it delivers.
        sources: that it reads.
        places: of the bands that it reads, in each of its sources.
    """

    roles: tuple[str, ...]
    places: tuple[int, ...]
    sources: tuple[Source, ...]

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """uint8 (roles, H, W), 0 where there is no data, and bool (H, W), True where there is."""


class ImageLayer:
    """Bands of an image, as they are or scaled to bytes.

    Args:
        source: not settled yet.
        places: of the bands among those of the source.
        roles: of the same bands.
    """

    def __init__(self, source: Source, places: Sequence[int], roles: Sequence[str]) -> None:
        self.source, self.places, self.roles = source, tuple(places), tuple(roles)
        self.sources = (source,)

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """See ``Layer``."""
        return self.source.read(window)


class HeightLayer:
    """E of a model of heights, or of a surface over its ground.

    Args:
        surface: height above ground, or altitude of the surface; in metres.
        ground: altitude of the ground in metres; None: ``surface`` is height above ground.
    """

    roles = ("E",)
    places = (0,)

    def __init__(self, surface: Source, ground: Optional[Source] = None) -> None:
        self.sources = (surface,) if ground is None else (surface, ground)

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """See ``Layer``."""
        height, valid = self.metres(window)
        return elevation_bytes(height, valid)[np.newaxis], valid

    def metres(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """float64 (H, W) of metres above ground, and bool (H, W): where all of its sources have data."""
        height, valid = None, np.ones((window.height, window.width), bool)
        for source in self.sources:
            (metres,), seen = source.read(window)
            # A source that is no file may still carry -9999 or NaN among its pixels.
            valid &= seen & (metres >= LOWEST) & (metres <= HIGHEST)
            height = metres.astype(float) if height is None else height - metres
        return height, valid


def elevation_bytes(height: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """``round(clip(5 h, 0, 255))``, halves upwards; 0 where not valid.

    Args:
        height: metres above ground, any shape.
        valid: bool, same shape.
    """
    scaled = np.floor(DN_PER_METRE * np.where(valid, height, 0.0) + 0.5)
    return np.clip(scaled, 0, 255).astype(np.uint8)
