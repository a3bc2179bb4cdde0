"""Inference that goes on with fewer and with smaller tiles once memory has run out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .errors import OcsiaError
from .events import Events
from .grid import Window, tiles
from .runtime.session import OnnxSession
from .tiling import Phase, halves


@dataclass(frozen=True)
class Tile:
    """What the model sees of a core.

    Attributes:
        core: window of the grid that is delivered.
        window: of the grid around it.
        image: uint8 (bands, H, W) of ``window``.
    """

    core: Window
    window: Window
    image: np.ndarray


def infer(session: OnnxSession, some: Sequence[Tile], phase: Phase, events: Events) -> list[np.ndarray]:
    """Probabilities of the cores of some tiles of one size, in one inference or, where memory does not suffice, in as
    many as it takes: first with fewer tiles each, then with smaller ones.

    The session remembers what it could not do. The result is that of the whole tile, to 1 DN: each part has the card's
    whole halo and the same phase.

    Returns:
        uint8 (classes, H, W) of each core.

    Raises:
        OcsiaError: ``out-of-memory`` where even the smallest tile is too large, or a model takes only one size.
        Cancelled: the user asked to stop, which is heard between two inferences.
    """
    events.check()
    if not _is_known_to_fail(session, some):
        try:
            return _at_once(session, some)
        except OcsiaError as error:
            if error.code != "out-of-memory" or not _made_less(session, some, events):
                raise
        session.release()
    if len(some) > session.at_once:
        parts = [some[at : at + session.at_once] for at in range(0, len(some), session.at_once)]
        return [found for part in parts for found in infer(session, part, phase, events)]
    return [_in_parts(session, tile, phase, events) for tile in some]


def _is_known_to_fail(session: OnnxSession, some: Sequence[Tile]) -> bool:
    fits = session.fits is None or all(size <= most for size, most in zip(some[0].core.size, session.fits))
    return len(some) > session.at_once or not fits


def _at_once(session: OnnxSession, some: Sequence[Tile]) -> list[np.ndarray]:
    images = some[0].image[np.newaxis] if len(some) == 1 else np.stack([tile.image for tile in some])
    found = []
    for tile, probabilities in zip(some, session.probabilities(images)):
        rows, cols = tile.core.slices_in(tile.window.grown(-session.card.halo))
        found.append(probabilities[:, rows, cols])
    return found


def _made_less(session: OnnxSession, some: Sequence[Tile], events: Events) -> bool:
    """Whether there is less to try than what has just failed; the session then knows it."""
    if len(some) > 1:
        session.at_once = len(some) // 2
        events.warning("warn-memory-batch", count=session.at_once)
        return True
    smaller = None if session.card.tile else halves(*some[0].core.size, session.card.stride)
    if smaller is None:
        return False
    session.fits = smaller
    events.warning("warn-memory", tile="{} × {}".format(*smaller))
    return True


def _in_parts(session: OnnxSession, tile: Tile, phase: Phase, events: Events) -> np.ndarray:
    """The core in as many parts as ``session.fits`` asks for."""
    core = tile.core
    result = np.empty((len(session.card.codes), core.height, core.width), np.uint8)
    for place in tiles(*core.size, *(session.fits or core.size)):
        part = Window(core.col + place.col, core.row + place.row, *place.size)
        around = phase.tile_around(part, session.card)
        rows, cols = around.slices_in(tile.window)
        pixels = np.ascontiguousarray(tile.image[:, rows, cols])
        rows, cols = part.slices_in(core)
        (result[:, rows, cols],) = infer(session, [Tile(part, around, pixels)], phase, events)
    return result
