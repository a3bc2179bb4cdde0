"""What a source gives to the image that a model sees: bytes of some of its bands, or of the height above ground."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional, Protocol

import numpy as np
from rasterio.crs import CRS

from ..grid import Grid, Window
from .collars import MARGIN, Collars
from .heights import check_heights
from .scaling import choose_scaling
from .sources import Source
from .virtual import HIGHEST, LOWEST

DN_PER_METRE = 5.0
"""E = clip(5 h, 0, 255): one DN is 20 cm, 51 m and more are 255. Source: odeon-landcover, and the card of FLAIR-INC."""

_COLOURS = 3


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

    def settle(self, grid: Grid, crs: CRS) -> None:
        """Get ready to be read on ``grid``: once, before the first reading."""

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """uint8 (roles, H, W), 0 where there is no data, and bool (H, W), True where there is."""


class ImageLayer:
    """Bands of an image, as they are or scaled to bytes.

    Args:
        source: not settled yet.
        places: of the bands among those of the source.
        roles: of the same bands.
        scale: rule for values that are no bytes; see ``choose_scaling``.

    Attributes:
        scaling: what is done to values that are no bytes; None: they are bytes.

    Raises:
        OcsiaError: the refusals of ``choose_scaling``.
    """

    def __init__(self, source: Source, places: Sequence[int], roles: Sequence[str], scale: str = "") -> None:
        self.source, self.places, self.roles = source, tuple(places), tuple(roles)
        self.sources = (source,)
        self.scaling = None if source.dtype == "uint8" else choose_scaling(source, self.places, scale)

        self._collars: Optional[Collars] = None

    def settle(self, grid: Grid, crs: CRS) -> None:
        """See ``Layer``."""
        self.source.settle(grid, crs, self.places)
        # One band alone does not tell a collar from water, which is black in the near infrared.
        if len(self.places) >= _COLOURS and self.source.dataset is not None:
            self._collars = Collars(self.source, grid, crs)

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """See ``Layer``."""
        pixels, valid = self.source.read(window)
        if self._collars and self._collars.suspected(pixels, valid):
            around = window.grown(MARGIN)
            collar = self._collars.found(*self.source.read(around), around)[window.slices_in(around)]
            valid &= ~collar
            pixels[:, collar] = 0
        if self.scaling:
            pixels = self.scaling.apply(pixels)
            pixels[:, ~valid] = 0
        return pixels, valid


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

    def settle(self, grid: Grid, crs: CRS) -> None:
        """See ``Layer``. Raises: OcsiaError ``heights-wild``."""
        for source in self.sources:
            source.settle(grid, crs, self.places)
        if all(source.dataset is not None for source in self.sources):
            check_heights(self.metres, grid, self.sources[0].path)

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """See ``Layer``."""
        height, valid = self.metres(window)
        return elevation_bytes(height, valid)[np.newaxis], valid

    def metres(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """float (H, W) of metres above ground, and bool (H, W): where all of its sources have data."""
        height, valid = None, np.ones((window.height, window.width), bool)
        for source in self.sources:
            (metres,), seen = source.read(window)
            # A source that is no file may still carry -9999 or NaN among its pixels.
            valid &= seen & (metres >= LOWEST) & (metres <= HIGHEST)
            height = metres if height is None else height - metres
        return height, valid


def elevation_bytes(height: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """``round(clip(5 h, 0, 255))``, halves upwards; 0 where not valid.

    Args:
        height: metres above ground, any shape.
        valid: bool, same shape.
    """
    scaled = np.where(valid, height, 0) * DN_PER_METRE + 0.5  # truncated below: halves go upwards
    return np.clip(scaled, 0, 255, out=scaled).astype(np.uint8)
