"""A prediction: the stream over one image, into the rasters that were asked for."""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from pathlib import Path
from typing import Optional

import numpy as np

from .errors import OcsiaError
from .events import Events
from .grid import Window, tiles
from .jobs import PRECISIONS, PredictJob
from .models.card import ModelCard
from .models.catalogue import entries, find_model
from .models.fit import advice
from .ortho.checks import crs_name
from .ortho.opening import OrthoSources
from .ortho.reader import OrthoReader
from .ortho.where import Where
from .pace import Remaining, announce, needs, remember
from .probing import with_fewer_bits
from .products.disk import check_room
from .products.origin import model_tags
from .products.rasters import CogWriter
from .products.sizes import bands_of, block_bytes, file_bytes
from .products.workspace import Workspace
from .runtime.memory import memory_for
from .runtime.session import OnnxSession
from .stream import Delivery, announce_model, announce_tiles, check_inference, delivery_of, stream
from .tiling import core_size

_STREAM_SHARE = 0.9
"""Share of the work that the stream takes; the layout of the files is the rest."""


def run(job: PredictJob, events: Events) -> dict[str, Optional[str]]:
    """Run a prediction.

    Returns:
        Paths under ``PROBABILITIES``, ``CLASSES``, ``CONFIDENCE``; None where not asked for.

    Raises:
        OcsiaError: a refusal, before anything is written.
        Cancelled: the user asked to stop.
    """
    finals = {
        "PROBABILITIES": job.probabilities,
        "CLASSES": job.classes,
        "CONFIDENCE": job.confidence,
    }
    if not any(finals.values()):
        raise OcsiaError("output-none")
    check_inference(job)
    if job.precision not in PRECISIONS:
        raise OcsiaError("job-invalid", reason=f"precision is one of {', '.join(PRECISIONS)}")
    card = find_model(job.model)
    delivery = delivery_of(card, job.nomenclature, job.lang, events)
    gsd = job.resolution or card.gsd
    with ExitStack() as stack:
        where = Where(job)
        try:
            sources = stack.enter_context(OrthoSources(job))
            reader = OrthoReader(sources, card.bands, card.fill, gsd, card.id, where, job.crs)
        except OcsiaError as error:
            if error.code == "raster-bands":
                roles = error.params["roles"].split(", ")
                raise OcsiaError(error.code, **{**error.params, "advice": advice(entries(), roles)}) from error
            raise
        size = core_size(card, job.tile, memory_for(job.device))
        cores = where.planned(reader.grid, tiles(*reader.grid.size, *size), reader.path)
        workspace = stack.enter_context(Workspace(job.job_id, finals.values(), job.files))
        pixels = sum(core.width * core.height for core in cores)
        disk = _check_room(workspace, finals, pixels, len(delivery.legend.classes))
        _announce(card, reader, job, events)
        session = OnnxSession(card, job.device, events)
        tags = model_tags(card, job.lang)
        if job.precision == "auto":
            session = with_fewer_bits(session, reader, where, size, events)
            tags["OCSIA_PRECISION"] = session.precision
        products = _Products(finals, workspace, delivery, reader, job, tags)
        stack.callback(products.close)
        announce_tiles(cores, card, events)
        announce(needs(card, (session.device,), pixels, disk), events)
        remaining = Remaining(events)
        for share in stream(cores, reader, where, session, products.write, events):
            events.progress(_STREAM_SHARE * share)
            remaining.at(_STREAM_SHARE * share)
        remember(card, session.device, pixels, remaining.seconds / _STREAM_SHARE)
        session.release()  # its memory is large, and the layout of the files needs some
        if not products.any_pixel:
            raise OcsiaError("raster-empty", path=reader.path)
        products.finish(events)
        workspace.commit()
    for name, path in finals.items():
        if path:
            events.product(path, name.lower())
    events.emit("progress", value=1.0)
    return finals


def _check_room(workspace: Workspace, finals: dict[str, Optional[str]], pixels: int, classes: int) -> float:
    """Room on each disk for the blocks, beside the first output, and for the final files; returns the bytes of all."""
    needed: dict[Path, float] = defaultdict(float)
    first = workspace.outputs[0].parent
    for name, output in zip((name for name, final in finals.items() if final), workspace.outputs, strict=True):
        bands = bands_of(name, classes)
        needed[first] += block_bytes(name, pixels, bands)
        needed[output.parent] += file_bytes(name, pixels, bands)
    for folder in needed:
        same_disk = [other for other in needed if other.stat().st_dev == folder.stat().st_dev]
        check_room(folder, int(sum(needed[other] for other in same_disk)))
    return sum(needed.values())


def _announce(card: ModelCard, reader: OrthoReader, job: PredictJob, events: Events) -> None:
    announce_model(card, job, events)
    reader.announce(events)
    grid = reader.grid
    events.info(
        "info-grid", width=grid.width, height=grid.height, gsd=round(grid.dx, 4), crs=crs_name(reader.crs)
    )


class _Products:
    """The rasters of one prediction."""

    def __init__(
        self,
        finals: dict[str, Optional[str]],
        workspace: Workspace,
        delivery: Delivery,
        reader: OrthoReader,
        job: PredictJob,
        tags: dict[str, str],
    ) -> None:
        kinds = delivery.kinds(job.lang, reader.tags | tags)
        self._writers = {
            name: CogWriter(workspace, final, kinds[name], reader.grid, reader.crs, job.compression)
            for name, final in finals.items()
            if final
        }
        self._delivery = delivery
        self.any_pixel = False

    def write(self, core: Window, probabilities: np.ndarray, wanted: np.ndarray) -> None:
        """Write one core: uint8 (classes, H, W) of the model where ``wanted``, no data elsewhere."""
        self.any_pixel |= self._delivery.write(self._writers, core, probabilities, wanted)

    def finish(self, events: Events) -> None:
        """Lay out the files, side by side: much of that work has a single thread."""
        writers = list(self._writers.values())
        weight, done = sum(writer.kind.count for writer in writers), 0
        with ThreadPoolExecutor(len(writers), thread_name_prefix="layout") as executor:
            waiting = {executor.submit(writer.finish): writer.kind.count for writer in writers}
            for future in as_completed(waiting):
                future.result()
                done += waiting[future]
                events.progress(_STREAM_SHARE + (1 - _STREAM_SHARE) * done / weight)

    def close(self) -> None:
        """Close what is open."""
        for writer in self._writers.values():
            writer.close()
