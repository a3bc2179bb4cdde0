"""The job ``dalles``: plan, compute what is missing here or on several workers, and show the whole as one."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Optional

from ..errors import OcsiaError, system_reason
from ..events import Events
from ..jobs import DallesJob
from ..models.catalogue import find_model
from ..ortho.spool import is_spool, spool_manifest
from ..pace import Needs, Remaining, announce, needs, remember
from ..products.mosaic import Placed, write_mosaic
from ..products.qml import write_sidecar
from ..products.sizes import run_bytes
from ..products.workspace import RESUMABLE, hold_folder
from ..runtime.devices import likely_devices
from ..runtime.session import OnnxSession
from ..stream import announce_model, check_inference, delivery_of
from .compute import compute
from .plan import Dalle, planned, result_gsd, settle, wanted


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
    devices = likely_devices(job.device, job.local or 1)
    if left and not (job.local or job.scheduler):
        # It says which device it is, and refuses before the work.
        devices = (OnnxSession(card, job.device, events).device,)
    if left and not job.scheduler:  # of its machines nothing is known
        announce(_needs(job, left, devices), events)
    with _held(Path(job.output)) as unfinished:
        begun = any((unfinished / dalle.name).exists() for dalle in left)
        remaining = Remaining(events)
        follow(_worked_off(job, left, remaining, events), left, remaining, events)
        if not (begun or job.local or job.scheduler):
            remember(card, devices[0], sum(dalle.pixels for dalle in left), remaining.seconds)
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


def _needs(job: DallesJob, dalles: list[Dalle], devices: Iterable[str]) -> Needs:
    """What the dalles will take; the blocks of each make place for those of the next."""
    card, pixels = find_model(job.model), [dalle.pixels for dalle in dalles]
    rasters = [product.upper() for product in wanted(job)]
    disk = run_bytes(rasters, sum(pixels), len(card.codes), together=max(pixels) * (job.local or 1))
    return needs(card, devices, sum(pixels), disk, job.local or 1)


def _worked_off(
    job: DallesJob, dalles: list[Dalle], remaining: Remaining, events: Events
) -> Iterator[tuple[Dalle, bool]]:
    """Each dalle when it is done, and whether it has data."""
    if job.local or job.scheduler:
        from .cluster import shared

        yield from shared(job, dalles, events)
        return
    total, before = sum(dalle.pixels for dalle in dalles), 0
    for dalle in dalles:

        def progress(share: float, dalle: Dalle = dalle, before: int = before) -> None:
            of_all = (before + share * dalle.pixels) / total
            events.progress(of_all)
            remaining.at(of_all)

        yield dalle, compute(job, dalle, events, progress)
        before += dalle.pixels


def follow(
    reports: Iterable[tuple[Dalle, bool]], dalles: list[Dalle], remaining: Remaining, events: Events
) -> None:
    """Say after each dalle how many are done and how long the others may take: as long as their pixels say."""
    total, finished = sum(dalle.pixels for dalle in dalles), 0
    for done, (dalle, has_data) in enumerate(reports, start=1):
        finished += dalle.pixels
        code = "info-dalle-done" if has_data else "info-dalle-empty"
        events.info(code, name=dalle.name, done=done, count=len(dalles))
        events.progress(finished / total)
        remaining.say(finished / total)


@contextmanager
def _held(output: Path) -> Iterator[Path]:
    """The folder of unfinished state, for one run at a time."""
    folder = output / RESUMABLE
    try:
        lock = hold_folder(folder, wait=False)
    except BlockingIOError as error:
        raise OcsiaError("dalles-running", folder=output) from error
    except OSError as error:
        raise OcsiaError("output-not-writable", path=output, reason=system_reason(error)) from error
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
