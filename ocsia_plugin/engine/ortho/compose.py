"""The job ``composeortho``: what ``predict`` sees of an ortho-image, as a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import numpy as np

from ..errors import OcsiaError
from ..events import Events
from ..grid import BLOCK, Window, tiles
from ..jobs.ortho import ComposeOrthoJob
from ..pipeline import BackgroundWriter, prefetched
from ..products.disk import check_room
from ..products.ortho import ortho_raster
from ..products.rasters import CogWriter, tagged
from ..products.workspace import Workspace
from .checks import check_resolution, crs_name
from .opening import OrthoSources
from .reader import OrthoReader
from .roles import ROLES
from .spool import LEAD, Spools
from .where import Where

_STEP = 2 * BLOCK
"""Side of the windows that are read at once."""

_BYTES_PER_PIXEL = 2.5
"""Per band: blocks, overviews and the final file, side by side."""

_STREAM_SHARE = 0.7


def run(job: ComposeOrthoJob, events: Events) -> dict[str, str]:
    """Put an ortho-image together.

    Returns:
        The path under ``OUTPUT``.

    Raises:
        OcsiaError: a refusal, before anything is written; ``raster-empty``.
        Cancelled: the user asked to stop.
    """
    check_resolution(job.resolution)
    with ExitStack() as stack:
        where = Where(job)
        sources = stack.enter_context(OrthoSources(job))
        bands = tuple(role for role in ROLES if role in sources.roles)
        if not bands:
            raise OcsiaError("compose-no-role", path=sources.image.path, count=len(sources.image.roles))
        reader = OrthoReader(sources, bands, (0,) * len(bands), job.resolution, "", where, job.crs)
        windows = where.planned(reader.grid, tiles(*reader.grid.size, _STEP, _STEP), reader.path)
        workspace = stack.enter_context(Workspace(job.job_id, [job.output], job.files))
        pixels = sum(window.width * window.height for window in windows)
        check_room(workspace.outputs[0].parent, int(_BYTES_PER_PIXEL * len(bands) * pixels))
        reader.announce(events)
        grid = reader.grid
        events.info("info-grid", width=grid.width, height=grid.height, gsd=round(grid.dx, 4), crs=crs_name(reader.crs))
        kind = tagged(ortho_raster(bands, job.lang), reader.tags)
        product = CogWriter(workspace, job.output, kind, grid, reader.crs, job.compression)
        stack.callback(product.close)
        if not _written(windows, reader, Spools(reader.sources, events), where, product, events):
            raise OcsiaError("raster-empty", path=reader.path)
        product.finish()
        workspace.commit()
    events.product(job.output, "ortho")
    events.emit("progress", value=1.0)
    return {"OUTPUT": job.output}


def _written(
    windows: list[Window], reader: OrthoReader, spools: Spools, where: Where, product: CogWriter, events: Events
) -> bool:
    """Read and write all windows, at the same time; whether there was any pixel."""

    def blocks() -> Iterator[tuple[Window, np.ndarray, np.ndarray]]:
        for at, window in enumerate(windows):
            spools.ahead(windows[at : at + 1 + LEAD])
            image, valid = reader.read(window)
            yield window, image, where.inside(reader.grid, window, valid)

    any_pixel = False
    with BackgroundWriter() as writer:
        for done, (window, image, wanted) in enumerate(prefetched(blocks()), start=1):
            if wanted.any():
                any_pixel = True
                if not wanted.all():
                    image[:, ~wanted] = 0
                writer.submit(product.write, window, image, wanted)
            events.progress(_STREAM_SHARE * done / len(windows))
    return any_pixel
