"""From values that are no bytes to bytes, by a rule that is stated and saved with the products."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rasterio.io import DatasetReader

from ..errors import OcsiaError
from .samples import sampled
from .sources import Source

METADATA, PERCENTILES = "metadata", "percentiles"
_PERCENT = (2, 98)


@dataclass(frozen=True)
class Scaling:
    """``clip(round(255 (v - low) / (high - low)), 0, 255)``, per band.

    Attributes:
        how: ``metadata``, ``percentiles`` or ``given``.
        ranges: (low, high) of each band.
    """

    how: str
    ranges: tuple[tuple[float, float], ...]

    def apply(self, values: np.ndarray) -> np.ndarray:
        """(bands, H, W) of any dtype to uint8 of the same shape; halves are rounded upwards."""
        low, high = (np.array(ends, np.float32)[:, None, None] for ends in zip(*self.ranges, strict=True))
        scaled = values.astype(np.float32)
        scaled -= low
        scaled *= 255 / (high - low)
        scaled += 0.5
        return np.clip(scaled, 0, 255, out=scaled).astype(np.uint8)

    def text(self, roles: Sequence[str]) -> str:
        """The rule as it stands in logs and tags: ``percentiles: R 120..2890, V 98..2410``."""
        parts = (f"{role} {low:g}..{high:g}" for role, (low, high) in zip(roles, self.ranges, strict=True))
        return f"{self.how}: {', '.join(parts)}"


def choose_scaling(source: Source, places: Sequence[int], rule: str) -> Scaling:
    """The rule for some bands of a source whose values are no bytes.

    Args:
        places: of the bands, from 0.
        rule: ``metadata``, ``percentiles``, ``min,max``; empty: none, which is refused.

    Raises:
        OcsiaError: ``raster-dtype``, ``scale-invalid``, ``scale-no-metadata``, ``scale-flat``.
    """
    rule = rule.strip().lower()
    to_look_at = rule in (METADATA, PERCENTILES)
    if not rule or (to_look_at and source.dataset is None):
        raise OcsiaError("raster-dtype", path=source.path, dtype=source.dtype)
    numbers = [source.numbers[place] for place in places]
    if rule == METADATA:
        ranges = _declared(source.dataset, numbers)
        if ranges is None:
            raise OcsiaError("scale-no-metadata", path=source.path)
    elif rule == PERCENTILES:
        ranges = _percentiles(source.dataset, numbers, source.path)
    else:
        ranges = (_given(rule),) * len(numbers)
    return Scaling(rule if to_look_at else "given", ranges)


def _given(rule: str) -> tuple[float, float]:
    try:
        low, high = (float(part) for part in rule.replace(";", ",").split(","))
    except ValueError as error:
        raise OcsiaError("scale-invalid", text=rule) from error
    if not (np.isfinite([low, high]).all() and low < high):
        raise OcsiaError("scale-invalid", text=rule)
    return low, high


def _declared(dataset: DatasetReader, numbers: Sequence[int]) -> tuple[tuple[float, float], ...] | None:
    """The range that a file declares: a number of bits, or a scale and an offset to reflectances of 0 to 1."""
    ranges = []
    for number in numbers:
        bits = dataset.tags(number, ns="IMAGE_STRUCTURE").get("NBITS", "")
        scale, offset = dataset.scales[number - 1], dataset.offsets[number - 1]
        if bits.isdigit() and dataset.dtypes[number - 1].startswith("uint"):
            ranges.append((0.0, float(2 ** int(bits) - 1)))
        elif (scale, offset) != (1.0, 0.0) and scale > 0:
            ranges.append((-offset / scale, (1 - offset) / scale))
        else:
            return None
    return tuple(ranges)


def _percentiles(dataset: DatasetReader, numbers: list[int], path: str) -> tuple[tuple[float, float], ...]:
    values, valid = sampled(dataset, numbers)
    ranges = []
    for band in values:
        seen = band[valid & np.isfinite(band)]
        low, high = (float(v) for v in np.percentile(seen, _PERCENT)) if seen.size else (0.0, 0.0)
        if not low < high:
            raise OcsiaError("scale-flat", path=path)
        ranges.append((low, high))
    return tuple(ranges)
