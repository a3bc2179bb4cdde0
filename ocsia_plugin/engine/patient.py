"""Inference that goes on with smaller tiles once memory has run out."""

from __future__ import annotations

import numpy as np

from .errors import OcsiaError
from .events import Events
from .grid import Window, tiles
from .runtime.session import OnnxSession
from .tiling import Phase, halves


def infer(
    session: OnnxSession, core: Window, tile: Window, image: np.ndarray, phase: Phase, events: Events
) -> np.ndarray:
    """Probabilities of a core, in one inference or, where memory does not suffice, in as many as it takes.

    The session remembers what it could not do. The result is that of the whole tile, to 1 DN: each part has the card's
    whole halo and the same phase.

    Args:
        tile: of the core, which ``image``, uint8 (bands, H, W), covers.

    Returns:
        uint8 (classes, H, W) of the core.

    Raises:
        OcsiaError: ``out-of-memory`` where even the smallest tile is too large, or a model takes only one size.
    """
    card = session.card
    if session.fits is None or all(size <= most for size, most in zip(core.size, session.fits)):
        try:
            rows, cols = core.slices_in(tile.grown(-card.halo))
            return session.probabilities(image, card.halo)[:, rows, cols]
        except OcsiaError as error:
            smaller = None if card.tile else halves(*core.size, card.stride)
            if error.code != "out-of-memory" or smaller is None:
                raise
        session.release()
        session.fits = smaller
        events.warning("warn-memory", tile="{} × {}".format(*smaller))
    result = np.empty((len(card.codes), core.height, core.width), np.uint8)
    for place in tiles(*core.size, *session.fits):
        events.check()
        part = Window(core.col + place.col, core.row + place.row, *place.size)
        around = phase.tile_around(part, card)
        rows, cols = around.slices_in(tile)
        rows_in, cols_in = part.slices_in(core)
        pixels = np.ascontiguousarray(image[:, rows, cols])
        result[:, rows_in, cols_in] = infer(session, part, around, pixels, phase, events)
    return result
