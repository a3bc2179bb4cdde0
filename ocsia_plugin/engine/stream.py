"""The stream: read a tile with its halo, infer, hand its core over, on to the next."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Optional, Protocol

import numpy as np

from .errors import OcsiaError
from .events import Events
from .grid import Window
from .jobs.predict import DEVICES, InferenceJob
from .mappings import Conversion
from .models.accuracy import published_accuracy
from .models.card import ModelCard
from .ortho.checks import check_resolution
from .ortho.reader import OrthoReader
from .ortho.spool import LEAD, Spools
from .ortho.where import Where
from .patient import Tile, infer
from .pipeline import BackgroundWriter, prefetched
from .products.choice import most_probable
from .products.classes import Legend
from .products.delivery import delivered
from .products.rasters import RasterKind, class_raster, confidence_raster, probability_raster, tagged
from .runtime.session import OnnxSession
from .tiling import WHOLE, Phase, halo_factor, tiles_at_once


def stream(
    cores: list[Window],
    reader: OrthoReader,
    where: Where,
    session: OnnxSession,
    write: Callable[[Window, np.ndarray, np.ndarray], None],
    events: Events,
    phase: Phase = WHOLE,
) -> Iterator[float]:
    """Infer ``cores`` in their order, on a GPU some at once; reading, computing and writing go on side by side.

    Args:
        cores: windows of the reader's grid.
        write: takes a core, its probabilities, uint8 (classes, H, W), and where they are wanted, bool (H, W), in a
            thread of its own; cores without a wanted pixel are left out.

    Yields:
        Share of the cores that is done, 0..1; what was begun is written when the iteration ends.
    """
    card = session.card

    spools = Spools(reader.sources, events)

    def read() -> Iterator[tuple[Tile, np.ndarray]]:
        for at, core in enumerate(cores):
            spools.ahead(phase.tile_around(near, card) for near in cores[at : at + 1 + LEAD])
            window = phase.tile_around(core, card)
            image, valid = reader.read(window)
            yield Tile(core, window, image), where.inside(reader.grid, core, valid[core.slices_in(window)])

    def computed(some: list[tuple[Tile, np.ndarray]]) -> list[tuple[Window, np.ndarray, np.ndarray]]:
        found = infer(session, [tile for tile, _ in some], phase, events)
        return [(tile.core, one, wanted) for (tile, wanted), one in zip(some, found)]

    def write_all(results: list[tuple[Window, np.ndarray, np.ndarray]]) -> None:
        for result in results:
            write(*result)

    total, done = sum(core.width * core.height for core in cores), 0
    with BackgroundWriter() as writer:
        for some in prefetched(_batches(read(), session)):
            events.check()
            full = [(tile, wanted) for tile, wanted in some if wanted.any()]
            if full:
                writer.submit(write_all, computed(full))
            done += sum(tile.core.width * tile.core.height for tile, _ in some)
            yield done / total


def _batches(
    read: Iterator[tuple[Tile, np.ndarray]], session: OnnxSession
) -> Iterator[list[tuple[Tile, np.ndarray]]]:
    """Neighbours of one size, as many as the session may take at once."""
    some: list[tuple[Tile, np.ndarray]] = []
    for tile, wanted in read:
        if some and tile.window.size != some[0][0].window.size:
            yield some
            some = []
        some.append((tile, wanted))
        if len(some) >= min(session.at_once, tiles_at_once(*tile.window.size)):
            yield some
            some = []
    if some:
        yield some


def check_inference(job: InferenceJob) -> None:
    """Refuse values that no dialog offers.

    Raises:
        OcsiaError: ``job-invalid``, or what ``check_resolution`` raises.
    """
    if job.device not in DEVICES:
        raise OcsiaError("job-invalid", reason=f"device is one of {', '.join(DEVICES)}")
    check_resolution(job.resolution)
    if job.tile is not None and job.tile < 1:
        raise OcsiaError("job-invalid", reason="tile is a number of pixels")


_ROLES = {"irc": "I", "mns": "E", "mnt": "E", "mnh": "E"}
"""What the rasters beside the image are for."""


def announce_model(card: ModelCard, job: InferenceJob, events: Events) -> None:
    """Say which model runs, what it is worth, what it is not made for, and which rasters it does not look at."""
    gsd = job.resolution or card.gsd
    events.info("info-model", name=card.title, id=card.id, bands=", ".join(card.bands), gsd=card.gsd)
    if card.notice:
        events.warning("info-learning-model")
    _announce_accuracy(card, events)
    if not math.isclose(gsd, card.gsd, rel_tol=0.01):
        events.warning("warn-resolution", wanted=card.gsd, found=gsd)
    unneeded = [name.upper() for name, role in _ROLES.items() if getattr(job, name) and role not in card.bands]
    if unneeded:
        events.info("info-unneeded", names=", ".join(unneeded), id=card.id, bands=", ".join(card.bands))


def _announce_accuracy(card: ModelCard, events: Events) -> None:
    """What is published of the model's accuracy, or that nothing is. A matrix that cannot be read stops nobody."""
    try:
        accuracy = published_accuracy(card)
    except OcsiaError as error:
        events.warning(error.code, **error.params)
        return
    if accuracy is None:
        events.info("info-no-accuracy")
    elif accuracy.overall is not None:
        events.info("info-accuracy", overall=round(100 * accuracy.overall, 1))


def announce_tiles(cores: list[Window], card: ModelCard, events: Events) -> None:
    """Say how large the tiles are, and how many."""
    largest = max((WHOLE.tile_around(core, card) for core in cores), key=lambda w: w.width * w.height)
    events.info("info-tile", tile=f"{largest.width} × {largest.height}", halo=card.halo, count=len(cores))
    events.info("info-overhead", factor=round(halo_factor(*largest.grown(-card.halo).size, card.halo), 2))


def delivery_of(card: ModelCard, nomenclature: str, lang: str, events: Events) -> Delivery:
    """What a model's probabilities become: its own classes, or those of a nomenclature that was asked for.

    Raises:
        OcsiaError: the refusals of ``delivered``.
    """
    own = Legend(card.nomenclature, card.classes, threshold=card.threshold)
    return Delivery(*delivered(own, nomenclature, lang, events))


class BlockWriter(Protocol):
    """What takes the blocks of one product."""

    def write(self, window: Window, pixels: np.ndarray, valid: np.ndarray) -> None:
        """See ``BlockFile.write``."""


class Delivery:
    """From the model's probabilities to the blocks of each product.

    Args:
        legend: of the results.
        conversion: from the model's classes to those of ``legend``; None: they are the same.
    """

    def __init__(self, legend: Legend, conversion: Optional[Conversion]) -> None:
        self.legend = legend
        self._conversion = conversion
        self._codes = tuple(c.code for c in legend.classes)

    def kinds(self, lang: str, tags: dict[str, str]) -> dict[str, RasterKind]:
        """The products that there can be, by the name of their output."""
        kinds = {
            "PROBABILITIES": probability_raster(self.legend, lang),
            "CLASSES": class_raster(self.legend, lang),
            "CONFIDENCE": confidence_raster(lang),
        }
        return {name: tagged(kind, tags) for name, kind in kinds.items()}

    def write(
        self, writers: Mapping[str, BlockWriter], core: Window, probabilities: np.ndarray, wanted: np.ndarray
    ) -> bool:
        """Write one core: uint8 (classes, H, W) of the model where ``wanted``, no data elsewhere.

        Returns:
            Whether any pixel has data.
        """
        if self._conversion:
            probabilities = self._conversion.apply(probabilities)
            # Where the model saw nothing but classes that have no place, nothing is left to say.
            wanted = wanted & probabilities.any(axis=0)
            if not wanted.any():
                return False
        if not wanted.all():
            probabilities = np.where(wanted, probabilities, np.uint8(0))
        classes, confidence = most_probable(probabilities, self._codes, self.legend.threshold)
        pixels = {
            "PROBABILITIES": probabilities,
            "CLASSES": classes[np.newaxis],
            "CONFIDENCE": confidence[np.newaxis],
        }
        for name, writer in writers.items():
            writer.write(core, pixels[name], wanted)
        return True
