"""The most probable class of each pixel, and how sure it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Optional

import numpy as np

from ..nomenclature import LandCoverClass
from .classes import Legend


def most_probable(
    probabilities: np.ndarray, codes: Sequence[int], threshold: Optional[float] = None
) -> tuple[np.ndarray, np.ndarray]:
    """Class and confidence of each pixel.

    Args:
        probabilities: uint8 or uint16 (classes, H, W), ``255 p``; sums over 255 count as 255.
        codes: class code of each band.
        threshold: of two classes, the second is chosen where its probability reaches this, whatever the first has;
            None: the maximum decides.

    Returns:
        Codes, uint8 (H, W), of the first band that reaches the maximum, and that maximum, uint8 (H, W); with a
        threshold, the probability of the class that was chosen. A pixel whose bands are all zero has no data: code 0.
    """
    if threshold is not None and len(codes) == 2:
        return _by_threshold(probabilities, codes, threshold)
    # One integer per pixel and band, whose order is that of the value first and of the earlier band second: a running
    # maximum of it gives both results and runs at the speed of memory.
    best = np.zeros(probabilities.shape[1:], np.uint16)
    for band, values in enumerate(probabilities):
        key = values.astype(np.uint16) if values.dtype == np.uint8 else np.minimum(values, 255)
        key <<= 8
        key |= 255 - band
        np.maximum(best, key, out=best)
    confidence = (best >> 8).astype(np.uint8)
    table = np.zeros(256, np.uint8)
    table[255 - np.arange(len(codes))] = codes
    chosen = table[best & 255]
    chosen[confidence == 0] = 0
    return chosen, confidence


def _by_threshold(
    probabilities: np.ndarray, codes: Sequence[int], threshold: float
) -> tuple[np.ndarray, np.ndarray]:
    absent, present = np.minimum(probabilities, 255).astype(np.uint8)
    seen = (absent > 0) | (present > 0)
    reached = seen & (present >= math.ceil(255 * threshold - 1e-6))
    chosen = np.where(reached, np.uint8(codes[1]), np.uint8(codes[0]))
    return np.where(seen, chosen, np.uint8(0)), np.where(reached, present, absent)


def grouped_classes(legend: Legend, groups: Sequence[LandCoverClass]) -> tuple[LandCoverClass, ...]:
    """The classes to choose from: the groups, after the classes that no group takes."""
    taken = {code for group in groups for code in group.members}
    return (*(c for c in legend.classes if not taken & set(c.members)), *groups)


def grouped_probabilities(
    probabilities: np.ndarray, legend: Legend, choices: Sequence[LandCoverClass]
) -> np.ndarray:
    """Probabilities summed in each choice: uint8 (classes, H, W) to uint16 (choices, H, W)."""
    band_of = {c.code: band for band, c in enumerate(legend.classes)}
    result = np.zeros((len(choices), *probabilities.shape[1:]), np.uint16)
    for total, choice in zip(result, choices):
        # A group may name classes that this raster does not have.
        for code in band_of.keys() & set(choice.members):
            total += probabilities[band_of[code]]
    return result
