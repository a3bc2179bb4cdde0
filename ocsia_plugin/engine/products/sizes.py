"""How large the files of a prediction become: known before anything is computed, and without a library."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Optional

_BLOCK_BYTES, _FILE_BYTES = 0, 1
_PREDICTED = {"PROBABILITIES": (1.4, 0.7), "CLASSES": (1.0, 0.3), "CONFIDENCE": (1.4, 0.7)}
"""Bytes per pixel and band in the blocks, which may be plain, and in the compressed file, both with overviews."""


def block_bytes(product: str, pixels: int, bands: int) -> float:
    """Bytes of the scratch blocks of a product of a prediction."""
    return _PREDICTED[product][_BLOCK_BYTES] * pixels * bands


def file_bytes(product: str, pixels: int, bands: int) -> float:
    """Bytes of the file that a product of a prediction becomes."""
    return _PREDICTED[product][_FILE_BYTES] * pixels * bands


def bands_of(product: str, classes: int) -> int:
    """Bands of a product of a prediction of so many classes."""
    return classes if product == "PROBABILITIES" else 1


def run_bytes(products: Iterable[str], pixels: int, classes: int, together: Optional[int] = None) -> float:
    """Bytes that the files of several products take, and their blocks while the run goes on.

    Args:
        together: pixels whose blocks there are at one time; None: those of all.
    """
    blocks = pixels if together is None else min(together, pixels)
    sized = [(product, bands_of(product, classes)) for product in products if product in _PREDICTED]
    return sum(block_bytes(name, blocks, bands) + file_bytes(name, pixels, bands) for name, bands in sized)
