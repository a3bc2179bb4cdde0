"""Colours of classes over an image whose luminance is kept.

The rule is the blend mode "color" of the W3C recommendation *Compositing and Blending Level 1*: the result has the hue
and the saturation of the class's colour and the luminosity of the image. Luminosity is

    Y = 0.299 R + 0.587 G + 0.114 B        (ITU-R BT.601; the recommendation rounds to 0.3, 0.59, 0.11),

and a colour C gets the luminosity Y by adding Y - Y(C) to its three parts; where one of them leaves 0..255, all are
drawn together towards Y until none does. Y is linear in the parts, so that mixing the result with the image (opacity),
or with the grey of luminosity Y (saturation), keeps it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

import numpy as np

from ..nomenclature import LandCoverClass

LUMA = np.array([0.299, 0.587, 0.114], np.float32)


def chroma_table(classes: Sequence[LandCoverClass]) -> np.ndarray:
    """What each class adds to the grey of each luminosity.

    Returns:
        float32 (256, 256, 3): by code and by luminosity 0..255; zero for codes without a class. Each has luminosity 0.
    """
    table = np.zeros((256, 256, 3), np.float32)
    luma = np.arange(256, dtype=np.float32)[:, np.newaxis]
    for land_cover in classes:
        colour = np.array(land_cover.rgb, np.float32)
        offset = colour - colour @ LUMA
        low, high = offset.min(), offset.max()
        # The factor that keeps Y + factor * offset within 0..255, for each Y.
        down = np.divide(luma, -low, out=np.ones_like(luma), where=low < 0)
        up = np.divide(255 - luma, high, out=np.ones_like(luma), where=high > 0)
        table[land_cover.code] = offset * np.minimum(np.minimum(down, up), 1)
    return table


def blended(
    image: np.ndarray, codes: np.ndarray, chroma: np.ndarray, opacity: float, saturation: Optional[np.ndarray] = None
) -> np.ndarray:
    """The classes' colours over the image.

    Args:
        image: uint8 (3, H, W); codes: uint8 (H, W); chroma: of ``chroma_table``.
        opacity: 0: the image alone, 1: the colours alone.
        saturation: uint8 (H, W): 255 = the class's own, 0 = grey; None: the class's own everywhere.

    Returns:
        uint8 (3, H, W) with the luminosity of the image, within what rounding to bytes takes.
    """
    pixels = image.astype(np.float32)
    luma = np.tensordot(LUMA, pixels, 1)
    nearest = np.clip(np.rint(luma), 0, 255).astype(np.uint8)
    result = np.empty_like(image)
    strength = np.float32(opacity) if saturation is None else saturation * np.float32(opacity / 255)
    for band in range(3):
        colours = np.ascontiguousarray(chroma[:, :, band])[codes, nearest]
        colours *= strength
        colours += np.float32(opacity) * luma
        pixels[band] *= np.float32(1 - opacity)
        colours += pixels[band]
        np.rint(colours, out=colours)
        np.clip(colours, 0, 255, out=colours)
        result[band] = colours
    return result
