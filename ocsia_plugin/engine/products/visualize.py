"""The job ``visualize``: the classes' colours over the ortho-image, as IGN publishes its predictions by WMS."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Optional

import numpy as np
import rasterio.windows
from rasterio.crs import CRS

from ..errors import OcsiaError
from ..events import Events
from ..grid import BLOCK, Grid, Window, tiles
from ..jobs import VisualizeJob
from ..ortho.backdrop import Backdrop
from ..ortho.checks import open_raster, readable
from ..pipeline import BackgroundWriter, prefetched
from .argmax import raster_grid
from .blend import blended, chroma_table
from .disk import check_room, guard_disk
from .landcover import LandCover
from .legend import legend_svg
from .map_styles import picture_qml
from .origin import passed_on
from .rasters import CogWriter, RasterKind, tagged
from .workspace import Workspace

_SIDE = 2 * BLOCK

_PICTURE = RasterKind("picture", 3, None, "AVERAGE", lambda dataset: None, picture_qml, is_image=True)


def run(job: VisualizeJob, events: Events) -> dict[str, Optional[str]]:
    """Write the picture, and its legend where asked. Where the prediction or the image has no data, neither has it.

    Returns:
        Paths under ``OUTPUT`` and ``LEGEND``.

    Raises:
        OcsiaError: ``opacity-range``, ``legend-format``, ``confidence-missing``, ``confidence-grid``, the refusals of
            ``Backdrop``, nomenclatures, rasters and outputs.
        Cancelled: the user asked to stop.
    """
    if not 0 < job.opacity <= 100:
        raise OcsiaError("opacity-range", value=job.opacity)
    if job.legend and Path(job.legend).suffix.lower() != ".svg":
        raise OcsiaError("legend-format", path=job.legend)
    with ExitStack() as stack:
        land_cover = LandCover(stack, job.input, job.nomenclature, job.base, job.lang, events)
        image = Backdrop(stack, job.ortho, land_cover.grid, land_cover.crs)
        confidence = _confidence(stack, job, land_cover)
        inputs = [job.input, job.ortho, job.confidence]
        workspace = stack.enter_context(Workspace(job.job_id, [job.output, job.legend], inputs))
        grid = land_cover.grid
        check_room(workspace.outputs[0].parent, 6 * grid.width * grid.height)
        kind = tagged(_PICTURE, passed_on(land_cover.tags, image.tags))
        writer = CogWriter(workspace, job.output, kind, grid, land_cover.crs, job.compression)
        stack.callback(writer.close)
        used = _stream(land_cover, image, confidence, job, writer, events)
        if not used.any():
            raise OcsiaError("raster-empty", path=job.input)
        writer.finish()
        if job.legend:
            staged = workspace.stage(job.legend)
            shown = [c for c in land_cover.classes if used[c.code]]
            title = land_cover.legend.nomenclature.title(job.lang)
            with guard_disk(staged):
                staged.write_text(legend_svg(title, shown, job.lang), encoding="utf-8", newline="\n")
        events.check()
        workspace.commit()
    events.product(job.output, "picture")
    if job.legend:
        events.product(job.legend, "legend")
    events.emit("progress", value=1.0)
    return {"OUTPUT": job.output, "LEGEND": job.legend}


class _ConfidenceRaster:
    """A raster of ``round(255 max p)`` on the grid of the classes."""

    def __init__(self, stack: ExitStack, path: str, grid: Grid, crs: CRS) -> None:
        self._source = stack.enter_context(open_raster(path))
        self._path = path
        if self._source.count != 1 or self._source.dtypes[0] != "uint8":
            raise OcsiaError("confidence-raster", path=path)
        if self._source.crs != crs or raster_grid(self._source, path) != grid:
            raise OcsiaError("confidence-grid", path=path)

    def read(self, window: Window) -> np.ndarray:
        """uint8 (H, W); 0 where it has no data."""
        part = rasterio.windows.Window(window.col, window.row, window.width, window.height)
        with readable(self._path):
            values = self._source.read(1, window=part)
            values[self._source.dataset_mask(window=part) == 0] = 0
        return values


def _confidence(stack: ExitStack, job: VisualizeJob, land_cover: LandCover) -> Optional[_ConfidenceRaster]:
    """The raster to take the confidence from; None where it is not asked for, or the probabilities say it."""
    if not job.saturation:
        return None
    if job.confidence:
        return _ConfidenceRaster(stack, job.confidence, land_cover.grid, land_cover.crs)
    if not land_cover.has_probabilities:
        raise OcsiaError("confidence-missing", path=job.input)
    return None


def _stream(
    land_cover: LandCover,
    image: Backdrop,
    confidence: Optional[_ConfidenceRaster],
    job: VisualizeJob,
    writer: CogWriter,
    events: Events,
) -> np.ndarray:
    """Blend and write everything; returns which codes were shown, bool (256)."""
    grid = land_cover.grid
    windows = list(tiles(grid.width, grid.height, _SIDE, _SIDE))
    chroma = chroma_table(land_cover.classes)
    used = np.zeros(256, bool)

    def blocks() -> Iterator[tuple[Window, np.ndarray, np.ndarray, Optional[np.ndarray]]]:
        for window in windows:
            events.check()
            pixels = land_cover.read(window)
            codes, sure = pixels.codes, None
            if job.saturation:
                sure = confidence.read(window) if confidence else pixels.confidence
            if not codes.any():
                continue
            picture, seen = image.read(window)
            codes[~seen] = 0
            yield window, picture, codes, sure

    def write(window: Window, picture: np.ndarray, codes: np.ndarray, sure: Optional[np.ndarray]) -> None:
        valid = codes > 0
        if not valid.any():
            return
        used[np.flatnonzero(np.bincount(codes.ravel(), minlength=256))] = True
        pixels = blended(picture, codes, chroma, job.opacity / 100, sure)
        pixels[:, ~valid] = 0
        writer.write(window, pixels, valid)

    with BackgroundWriter() as background:
        for window, *block in prefetched(blocks()):
            background.submit(write, window, *block)
            events.progress(0.9 * (window.row + window.height) / grid.height)
    used[0] = False
    return used
