"""Two vintages of one place, pixel by pixel, and the rule by which a difference between them is a change.

Two predictions of a place where nothing happened differ all the same: along the edges of objects, by the registration
of the images and by the model's hesitation. A pixel has *changed* where

1. its classes differ (after the classes of a group have been joined), and both dates have data;
2. the two classes are sure enough: p_before(k) p_after(l) is not under a threshold, where probabilities are known;
3. it lies in a square of ``width`` x ``width`` pixels all of which fulfil 1 and 2 (a morphological opening): what is
   narrower is a flicker of edges.

What differs without fulfilling 2 and 3 is reported as *flicker* and keeps the class that it had before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np
from scipy.ndimage import maximum_filter1d, minimum_filter1d

from ..grid import Window
from ..nomenclature import LandCoverClass
from .choice import grouped_classes, grouped_probabilities, most_probable
from .landcover import LandCover


@dataclass(frozen=True)
class Change:
    """A window of both dates. Classes by their place among the choices, from 1; 0 = no data at either date.

    Attributes:
        before, after: uint8 (H, W).
        changed: bool (H, W).
        joint: float32 (H, W), p_before(k) p_after(l) of the classes chosen; 1 where no probabilities are known.
        shares: probabilities of the K choices at each date, float32 (K, H, W) with sum 1, or 0 where there is no data;
            None where neither date has any.
    """

    before: np.ndarray
    after: np.ndarray
    changed: np.ndarray
    joint: np.ndarray
    shares: Optional[tuple[np.ndarray, np.ndarray]]


class Vintages:
    """Two rasters on one grid and in one nomenclature.

    Args:
        groups: unions of classes that count as one.
        min_confidence: threshold of rule 2, 0 to 1.
        width: side of the square of rule 3 in pixels; 1: every pixel may be a change.
    """

    def __init__(
        self,
        before: LandCover,
        after: LandCover,
        groups: Sequence[LandCoverClass],
        min_confidence: float,
        width: int,
    ) -> None:
        self._dates = (before, after)
        self._min_confidence, self._width = min_confidence, width
        codes = {c.code for date in self._dates for c in date.classes}
        known = {c.code: c for date in self._dates for c in date.classes}
        taken = {code for group in groups for code in group.members}
        plain = tuple(known[code] for code in sorted(codes - taken))
        self.choices: tuple[LandCoverClass, ...] = (*plain, *groups)
        """What a pixel may be at either date, in the order of the places."""
        self.has_probabilities = before.has_probabilities or after.has_probabilities
        self._groups = groups
        self._place = np.zeros(256, np.uint8)
        for place, choice in enumerate(self.choices, start=1):
            for code in (choice.code, *choice.members):
                self._place[code] = place

    def read(self, window: Window) -> Change:
        """The pixels of a window."""
        halo = 2 * self._width if self._width > 1 else 0
        outer = window.grown(halo)
        (before, p, p_shares), (after, q, q_shares) = (self._date(date, outer, window) for date in self._dates)
        seen = (before > 0) & (after > 0)
        before *= seen
        after *= seen
        joint = p * q
        changed = (before != after) & (joint >= np.float32(self._min_confidence))
        changed = opened(changed, self._width)
        inner = window.slices_in(outer)
        shares = None
        if p_shares is not None and q_shares is not None:
            shares = (p_shares * seen[inner], q_shares * seen[inner])
        return Change(before[inner], after[inner], changed[inner], joint[inner], shares)

    def _date(
        self, date: LandCover, outer: Window, window: Window
    ) -> tuple[np.ndarray, np.ndarray, Optional[np.ndarray]]:
        """Place and probability of the class of each pixel of ``outer``; the shares of the pixels of ``window``."""
        pixels = date.read(outer)
        inner = window.slices_in(outer)
        if pixels.values is None:
            places = self._place[pixels.codes]
            shares = self._certain(places[inner]) if self.has_probabilities else None
            return places, np.ones(places.shape, np.float32), shares
        choices = grouped_classes(date.legend, self._groups)
        values = grouped_probabilities(pixels.values, date.legend, choices)
        chosen, _ = most_probable(values, [choice.code for choice in choices])
        total = values.sum(axis=0, dtype=np.float32)
        scale = np.divide(1, total, out=np.zeros_like(total), where=total > 0)
        part = np.zeros((len(self.choices), window.height, window.width), np.float32)
        for choice, band in zip(choices, values):
            part[self._place[choice.code] - 1] = band[inner] * scale[inner]
        return self._place[chosen], values.max(axis=0) * scale, part

    def _certain(self, places: np.ndarray) -> np.ndarray:
        numbers = np.arange(1, len(self.choices) + 1, dtype=np.uint8)
        return (places == numbers[:, np.newaxis, np.newaxis]).astype(np.float32)


def opened(mask: np.ndarray, width: int) -> np.ndarray:
    """The pixels of a mask that lie in a square of ``width`` x ``width`` pixels of it: its opening.

    Beyond the array the mask ends.
    """
    if width <= 1 or not mask.any():
        return mask
    result = mask.view(np.uint8)
    for axis in (0, 1):
        result = minimum_filter1d(result, width, axis, mode="constant", cval=0)
    # An even window is not symmetric: the second pass looks the other way.
    origin = -1 if width % 2 == 0 else 0
    for axis in (0, 1):
        result = maximum_filter1d(result, width, axis, mode="constant", cval=0, origin=origin)
    return result.view(bool)
