"""How wide the halo of a model has to be: measured with its weights on an image, against far more context."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Optional

import numpy as np

from ..errors import OcsiaError, system_reason
from ..events import Events
from ..grid import BLOCK, Window, ceil_to, spread, tiles
from ..jobs import MeasureHaloJob
from ..ortho.opening import OrthoSources
from ..ortho.reader import OrthoReader
from ..ortho.where import Where
from ..runtime.session import OnnxSession
from ..tiling import WHOLE, core_size, halo_factor
from .card import ModelCard
from .catalogue import CARD_NAME, IMPORTED, entries, find_model

_CORE = BLOCK
"""Side of the squares whose classes are compared. In larger ones the halo matters to a smaller share of the pixels."""

_REFERENCE = 512
"""Pixels on each side of a square that stand for endless context."""

_WIDEST, _STEP = 256, 32
ENOUGH = 0.999
"""Share of the pixels whose class must not depend on the halo."""


@dataclass
class Trial:
    """What one halo gives.

    Attributes:
        halo: in pixels.
        same, pixels: how many pixels have the class of the reference, of how many.
        difference: largest, of a probability, in units of 1/255.
        seconds: of inference.
    """

    halo: int
    same: int = 0
    pixels: int = 0
    difference: int = 0
    seconds: float = 0.0

    @property
    def agreement(self) -> float:
        """Share of the pixels with the class of the reference."""
        return self.same / self.pixels


def run(job: MeasureHaloJob, events: Events) -> dict[str, Any]:
    """Measure, and say it as a table; write the halo into the card where that is asked for.

    Returns:
        ``HALO``: the smallest one from which on the agreement is enough, None if none is; ``TABLE``: one dictionary per
        halo, with the fields of ``Trial``.

    Raises:
        OcsiaError: ``halo-fixed``, ``halo-not-yours``, ``raster-empty``, or the refusals of the image and the model.
    """
    card = find_model(job.model)
    if card.tile:
        raise OcsiaError("halo-fixed", model=card.id, tile=card.tile)
    if job.count < 1:
        raise OcsiaError("job-invalid", reason="count is a number of squares")
    path = _own_card(job.model) if job.write else None
    trials = _measured(job, card, events)
    size = core_size(card, None)
    for trial in trials:
        events.info(
            "info-halo",
            halo=trial.halo,
            agreement=round(100 * trial.agreement, 3),
            difference=trial.difference,
            factor=round(halo_factor(_CORE, _CORE, trial.halo), 3),
            seconds=round(trial.seconds, 2),
            width=size[0],
            height=size[1],
            large=round(halo_factor(*size, trial.halo), 3),
        )
    chosen = smallest(trials)
    if chosen is None:
        events.warning("warn-halo-none", percent=100 * ENOUGH, widest=trials[-1].halo)
    else:
        events.info("info-halo-chosen", halo=chosen, percent=100 * ENOUGH, card=card.halo)
        if path:
            _write(path, chosen)
            events.info("info-halo-written", path=str(path), halo=chosen)
    return {"HALO": chosen, "TABLE": [{**vars(trial), "agreement": trial.agreement} for trial in trials]}


def smallest(trials: list[Trial]) -> Optional[int]:
    """The smallest halo that agrees enough, as do all wider ones."""
    chosen = None
    for trial in reversed(trials):
        if trial.agreement < ENOUGH:
            break
        chosen = trial.halo
    return chosen


def _measured(job: MeasureHaloJob, card: ModelCard, events: Events) -> list[Trial]:
    step = ceil_to(_STEP, card.stride)
    trials = [Trial(halo) for halo in range(0, ceil_to(_WIDEST, step) + 1, step)]
    with ExitStack() as stack:
        where = Where(job)
        sources = stack.enter_context(OrthoSources(job))
        reader = OrthoReader(sources, card.bands, card.fill, job.resolution or card.gsd, card.id, where, job.crs)
        session = OnnxSession(replace(card, halo=0), job.device, events)  # it is cut off here
        cores = spread(list(tiles(*reader.grid.size, _CORE, _CORE)), job.count)
        for number, core in enumerate(cores):
            _compare(core, reader, where, session, trials, events)
            events.progress((number + 1) / len(cores))
    if not trials[0].pixels:
        raise OcsiaError("raster-empty", path=reader.path)
    return trials


def _compare(
    core: Window, reader: OrthoReader, where: Where, session: OnnxSession, trials: list[Trial], events: Events
) -> None:
    widest = WHOLE.tile_around(core, replace(session.card, halo=ceil_to(_REFERENCE, session.card.stride)))
    image, valid = reader.read(widest)
    wanted = where.inside(reader.grid, core, valid[core.slices_in(widest)])
    if not wanted.any():
        return
    rows, cols = core.slices_in(widest)
    reference = session.probabilities(image[np.newaxis])[0, :, rows, cols].astype(np.int16)
    classes = reference.argmax(0)
    for trial, found in _tried(core, widest, image, session, trials):
        events.check()
        trial.same += int(((found.argmax(0) == classes) & wanted).sum())
        trial.pixels += int(wanted.sum())
        trial.difference = max(trial.difference, int(np.abs(found - reference)[:, wanted].max()))


def _tried(
    core: Window, widest: Window, image: np.ndarray, session: OnnxSession, trials: list[Trial]
) -> Iterator[tuple[Trial, np.ndarray]]:
    """The probabilities of a core with each halo, int16 (classes, H, W)."""
    for trial in trials:
        tile = WHOLE.tile_around(core, replace(session.card, halo=trial.halo))
        rows, cols = tile.slices_in(widest)
        pixels = np.ascontiguousarray(image[np.newaxis, :, rows, cols])
        start = time.perf_counter()
        found = session.probabilities(pixels)[0]
        trial.seconds += time.perf_counter() - start
        rows, cols = core.slices_in(tile)
        yield trial, found[:, rows, cols].astype(np.int16)


def _own_card(model: str) -> Path:
    """The card of an imported model, which is the user's to change.

    Raises:
        OcsiaError: ``halo-not-yours``.
    """
    for entry in entries():
        if entry.id == model and entry.state == IMPORTED and entry.card.name == CARD_NAME:
            return entry.card
    raise OcsiaError("halo-not-yours", model=model)


def _write(path: Path, halo: int) -> None:
    item = json.loads(path.read_text(encoding="utf-8"))
    item["properties"]["ocsia:tile"]["halo"] = halo
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        unfinished.write_text(json.dumps(item, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        os.replace(unfinished, path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise OcsiaError("output-not-writable", path=path, reason=system_reason(error)) from error
