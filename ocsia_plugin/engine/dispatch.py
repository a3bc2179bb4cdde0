"""Which function does which job; the modules, and the libraries they need, are imported when a job is run."""

from __future__ import annotations

import logging
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from .. import __version__
from .errors import OcsiaError
from .events import Events
from .jobs import Job

_MODULES = {
    "predict": ".predict",
    "composeortho": ".ortho.compose",
    "dalles": ".dalles.run",
    "argmax": ".products.argmax",
    "vectorize": ".products.vectorize",
    "surfaces": ".areas.surfaces",
    "ocsge": ".ocsge.run",
    "samplepoints": ".areas.samplepoints",
    "accuracy": ".areas.accuracy",
    "models": ".models.store",
    "importmodel": ".models.importing",
    "measurehalo": ".models.halo",
    "visualize": ".products.visualize",
    "change": ".products.change",
    "compareref": ".products.compareref",
    "neighbourhood": ".products.neighbourhood",
}


def run_job(job: Job, events: Events) -> dict[str, Any]:
    """Run one job and return its results.

    Raises:
        OcsiaError: whatever made it impossible, as a code.
        Cancelled: the user asked to stop.
    """
    module = import_module(_MODULES[job.kind], __package__)
    events.info("info-engine", version=__version__, python=platform.python_version())
    try:
        with engine_environment():
            return module.run(job, events)
    except MemoryError as error:
        raise OcsiaError("out-of-memory") from error


@contextmanager
def engine_environment() -> Iterator[None]:
    """GDAL as the engine wants it: with a bounded cache, and silent."""
    import rasterio

    from .products.rasters import CACHE_BYTES

    logging.getLogger("rasterio").setLevel(logging.ERROR)
    # As an integer: rasterio takes a number of bytes.
    with rasterio.Env(GDAL_CACHEMAX=CACHE_BYTES):
        yield
