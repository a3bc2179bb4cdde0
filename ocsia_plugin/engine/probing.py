"""Squares of the image on which a session is tried before the work begins."""

from __future__ import annotations

from .events import Events
from .grid import BLOCK, Window, spread, tiles
from .ortho.reader import OrthoReader
from .ortho.spool import Spools
from .ortho.where import Where
from .runtime.precision import Sample, lighter
from .runtime.session import OnnxSession
from .tiling import WHOLE, core_size, tiles_at_once

_COUNT = 8
"""Squares: what inference takes on all of them, a few times over, is what a probe costs."""


def with_fewer_bits(
    session: OnnxSession, reader: OrthoReader, where: Where, size: tuple[int, int], events: Events
) -> OnnxSession:
    """The session itself, or that of a lighter copy which a probe on squares spread over the image finds worth it.

    Args:
        size: width and height of the largest core.
    """
    samples = _samples(session, reader, where, events)
    tile = WHOLE.tile_around(Window(0, 0, *size), session.card)
    # The squares are asked for as well, and larger than small tiles.
    shapes = [(len(session.card.bands), tile.height, tile.width), *(sample.image.shape for sample in samples)]
    most = min(session.at_once, tiles_at_once(*tile.size)), *map(max, zip(*shapes))
    return lighter(session, samples, most, events)


def _samples(session: OnnxSession, reader: OrthoReader, where: Where, events: Events) -> list[Sample]:
    card, grid = session.card, reader.grid
    side = core_size(card, BLOCK)[0]
    cores = spread(where.planned(grid, tiles(*grid.size, side, side), reader.path), _COUNT)
    spools = Spools(reader.sources, events)
    samples = []
    for core in cores:
        events.check()
        tile = WHOLE.tile_around(core, card)
        spools.ahead([tile])
        image, valid = reader.read(tile)
        wanted = where.inside(grid, core, valid[core.slices_in(tile)])
        if wanted.any():
            samples.append(Sample(image, core.slices_in(tile.grown(-card.halo)), wanted))
    return samples
