"""The same dalles by any number of processes, through Dask distributed (the extra ``scale``)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from ..errors import OcsiaError
from ..events import Events
from ..jobs import DallesJob, job_from_json
from .compute import compute
from .plan import Dalle, planned

_POLL_SECONDS = 0.2
_NEED = "ocsia-need"
"""Topic under which workers say which windows of spooled rasters they need."""


def shared(job: DallesJob, dalles: list[Dalle], events: Events) -> Iterator[tuple[Dalle, bool]]:
    """Hand the dalles to workers and yield each as it is done; a dalle whose worker dies goes to another one.

    The workers need the same paths to the image and to the output.

    Raises:
        OcsiaError: ``dalles-no-dask``, ``dalles-no-scheduler``, or what a worker raised.
        Cancelled: the user asked to stop.
    """
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise OcsiaError("dalles-no-dask") from error
    try:
        cluster = job.scheduler or LocalCluster(
            n_workers=job.local, threads_per_worker=1, processes=True, dashboard_address=None
        )
        client = Client(cluster, timeout="20s")
    except (OSError, TimeoutError, ValueError) as error:
        raise OcsiaError("dalles-no-scheduler", address=job.scheduler or "localhost", reason=str(error)) from error
    by_name = {dalle.name: dalle for dalle in dalles}
    client.subscribe_topic(
        _NEED, lambda event: events.emit("need", spool=event[1]["spool"], windows=event[1]["windows"])
    )
    try:
        text = job.to_json()
        keys = [f"{job.output}/{dalle.name}" for dalle in dalles]
        futures = client.map(work, [text] * len(dalles), list(by_name), key=keys, pure=False)
        while futures:
            events.check()
            time.sleep(_POLL_SECONDS)
            done = [future for future in futures if future.done()]
            futures = [future for future in futures if future not in done]
            for future in done:
                name, has_data, refusal = future.result()
                if refusal:
                    raise OcsiaError(refusal[0], **refusal[1])
                yield by_name[name], has_data
    finally:
        client.close()
        if not job.scheduler:
            cluster.close()


class _OnWorker(Events):
    """Passes on what only the side that asked for the job can lay down; the rest is told when the dalle is done."""

    def __init__(self) -> None:
        from distributed import get_worker

        super().__init__()
        self._worker = get_worker()  # here: known in the task's thread only, not in those that read ahead

    def emit(self, event: str, **content: Any) -> None:
        if event == "need":
            self._worker.log_event(_NEED, content)


def work(text: str, name: str) -> tuple[str, bool, tuple[str, dict] | None]:
    """On a worker: compute one dalle of a job; a refusal comes back as a value, because it would be tried again."""
    from ..dispatch import engine_environment

    job = job_from_json(text)
    with engine_environment():
        try:
            dalle = next(d for d in planned(job) if d.name == name)
            return name, dalle.is_done or compute(job, dalle, _OnWorker(), lambda _share: None), None
        except OcsiaError as error:
            return name, False, (error.code, error.params)
