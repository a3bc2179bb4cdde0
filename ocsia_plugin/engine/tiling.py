"""The squares that a model works on: how large, from its card and the memory at hand, and where they have to begin."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Optional

from .grid import BLOCK, Window, ceil_to
from .models.card import ModelCard

_CORES = ((4, 3), (3, 3), (3, 2), (2, 2), (2, 1), (1, 1))
"""Width and height in blocks of what one inference may deliver, the largest first. Larger ones gain little."""

_LIGHT_CORES = _CORES[1:]
"""The same for a light model, whose halo costs seconds and whose memory is what a small machine notices."""

_MOST_PIXELS = (4 * BLOCK + 256) * (3 * BLOCK + 256)
"""Of the largest tile with FLAIR's halo."""

_LIGHT_FILE = 16 << 20
_SMALLEST = 256
_BYTES_PER_PIXEL = 450
"""Of the tile, that inference takes: 440 measured with a U-Net on ResNet-34, 230 with the bundled model."""

_SHARE = 0.5
"""Of the memory at hand that inference may take: the rest is for reading, writing and other programs."""


@dataclass(frozen=True)
class Phase:
    """Columns and rows of the pixels before a grid's first one, in cells of the model's strided layers.

    Two grids see a place alike where their phases are those of one lattice; a single grid is its own lattice.
    """

    col: int = 0
    row: int = 0

    def tile_around(self, core: Window, card: ModelCard) -> Window:
        """What the model has to see for ``core``: the halo around it, up to a size that it takes.

        Every tile sees the strided layers of the network in the same phase as one pass over the whole lattice would.
        Its core lies ``card.halo`` pixels inside, and up to ``card.stride - 1`` more at the top and on the left.
        """
        if card.tile:
            grown = core.grown(card.halo)
            return Window(grown.col, grown.row, card.tile, card.tile)
        left, top = (core.col + self.col) % card.stride, (core.row + self.row) % card.stride
        width, height = (size + 2 * card.halo for size in (core.width + left, core.height + top))
        return Window(
            core.col - card.halo - left,
            core.row - card.halo - top,
            ceil_to(width, card.stride),
            ceil_to(height, card.stride),
        )


WHOLE = Phase()


def core_size(card: ModelCard, wanted: Optional[int], memory: Optional[int] = None) -> tuple[int, int]:
    """Width and height in pixels of what one inference delivers.

    Args:
        wanted: side in pixels that the user asks for; None: the choice is here. A model's only size is not negotiable.
        memory: bytes at hand; None: not known.
    """
    if card.tile:
        return (card.tile - 2 * card.halo,) * 2
    if wanted:
        return (ceil_to(wanted, card.stride),) * 2
    light = card.file.is_file() and card.file.stat().st_size < _LIGHT_FILE
    for blocks in _LIGHT_CORES if light else _CORES:
        width, height = (BLOCK * count for count in blocks)
        if memory is None or inference_bytes(card, width, height) <= _SHARE * memory:
            return width, height
    return _SMALLEST, _SMALLEST


def inference_bytes(card: ModelCard, width: int, height: int) -> int:
    """Memory that inference takes for a core of this size."""
    return _BYTES_PER_PIXEL * (width + 2 * card.halo) * (height + 2 * card.halo)


def tiles_at_once(width: int, height: int) -> int:
    """How many tiles of this size one inference may take together: as many as fit into the largest tile."""
    return max(1, _MOST_PIXELS // (width * height))


def halo_factor(width: int, height: int, halo: int) -> float:
    """How often each pixel is computed: that of the tile with its halo to what it delivers."""
    return (width + 2 * halo) * (height + 2 * halo) / (width * height)


def halves(width: int, height: int, stride: int) -> Optional[tuple[int, int]]:
    """Half of a core, its longer side cut on a multiple of ``stride``; None where it is too small for that."""
    longer = max(width, height)
    if longer <= max(_SMALLEST // 4, stride):
        return None
    half = ceil_to(math.ceil(longer / 2), stride)
    return (half, height) if width >= height else (width, half)
