"""The job ``dalles``: plan, compute what is missing here or on several workers, and show the whole as one."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Optional

from ..errors import OcsiaError
from ..events import Events
from ..jobs import DallesJob
from ..models.catalogue import find_model
from ..ortho.spool import is_spool, spool_manifest
from ..products.mosaic import Placed, write_mosaic
from ..products.qml import write_sidecar
from ..products.workspace import RESUMABLE, hold_folder
from ..runtime.session import OnnxSession
from ..stream import announce_model, check_inference, delivery_of
from .compute import compute
from .plan import Dalle, planned, result_gsd, settle


def run(job: DallesJob, events: Events) -> dict[str, Optional[str]]:
    """Compute every dalle that is not there yet.

    Returns:
        The folder under ``OUTPUT``.

    Raises:
        OcsiaError: a refusal, before anything is written; or what stopped a dalle: those before it stay.
        Cancelled: the user asked to stop; finished dalles and strips stay.
    """
    check_inference(job)
    _check_reach(job)
    dalles = planned(job)
    card = find_model(job.model)
    announce_model(card, job, events)
    settle(job, dalles)
    left = [dalle for dalle in dalles if not dalle.is_done]
    events.info("info-dalles", count=len(dalles), side=job.grid, done=len(dalles) - len(left), folder=job.output)
    if left and not (job.local or job.scheduler):
        OnnxSession(card, job.device, events)  # says which device it is, and refuses before the work
    with _held(Path(job.output)) as unfinished:
        follow(_worked_off(job, left, events), left, events)
        shutil.rmtree(unfinished, ignore_errors=True)
    _show(job, dalles, events)
    events.product(job.output, "dalles")
    events.emit("progress", value=1.0)
    return {"OUTPUT": job.output}


def _check_reach(job: DallesJob) -> None:
    """Refuse rasters that are fetched on this machine alone where workers elsewhere would wait for them."""
    fetched = [path for path in job.rasters.values() if is_spool(path)]
    if job.scheduler and fetched:
        raise OcsiaError("dalles-spool-scheduler", layer=spool_manifest(fetched[0])["name"])


def _worked_off(job: DallesJob, dalles: list[Dalle], events: Events) -> Iterator[tuple[Dalle, bool]]:
    """Each dalle when it is done, and whether it has data."""
    if job.local or job.scheduler:
        from .cluster import shared

        yield from shared(job, dalles, events)
        return
    for number, dalle in enumerate(dalles):

        def progress(share: float, before: int = number) -> None:
            events.progress((before + share) / len(dalles))

        yield dalle, compute(job, dalle, events, progress)


def follow(reports: Iterable[tuple[Dalle, bool]], dalles: list[Dalle], events: Events) -> None:
    """Say after each dalle how many are done and how long the others may take."""
    began = time.monotonic()
    for done, (dalle, has_data) in enumerate(reports, start=1):
        minutes = (time.monotonic() - began) / done * (len(dalles) - done) / 60
        code = "info-dalle-done" if has_data else "info-dalle-empty"
        events.info(code, name=dalle.name, done=done, count=len(dalles), minutes=round(minutes))
        events.progress(done / len(dalles))


@contextmanager
def _held(output: Path) -> Iterator[Path]:
    """The folder of unfinished state, for one run at a time."""
    folder = output / RESUMABLE
    try:
        lock = hold_folder(folder, wait=False)
    except BlockingIOError as error:
        raise OcsiaError("dalles-running", folder=output) from error
    except OSError as error:
        raise OcsiaError("output-not-writable", path=output, reason=error.strerror or str(error)) from error
    try:
        yield folder
    finally:
        lock.close()


def _show(job: DallesJob, dalles: list[Dalle], events: Events) -> None:
    """One styled virtual raster per product over all dalles."""
    kinds = delivery_of(find_model(job.model), job.nomenclature, job.lang, Events()).kinds(job.lang, {})
    there = [dalle for dalle in dalles if dalle.is_done]
    if not there:
        raise OcsiaError("raster-empty", path=job.input)
    size = round(1000 * job.grid / result_gsd(job))
    west, north = min(d.x for d in there), max(d.y for d in there)
    for kind in kinds.values():
        if kind.product not in there[0].files:
            continue
        places = [((d.x - west) // job.grid, (north - d.y) // job.grid) for d in there]
        pieces = [
            Placed(Path(d.files[kind.product]), col * size, row * size)
            for d, (col, row) in zip(there, places, strict=True)
        ]
        columns, rows = max(col for col, _ in places) + 1, max(row for _, row in places) + 1
        target = Path(job.output) / f"{kind.product}.vrt"
        write_mosaic(target, pieces, columns * size, rows * size)
        write_sidecar(target, kind.style())
        events.product(str(target), kind.product)
