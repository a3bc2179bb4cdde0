"""The job ``argmax``: classes, or groups of classes, and their confidence from a probability raster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Optional

import numpy as np
import rasterio.windows
from rasterio.io import DatasetReader

from ..errors import OcsiaError
from ..events import Events
from ..grid import BLOCK, Grid, Window, tiles
from ..jobs import ArgmaxJob
from ..mappings import Conversion
from ..nomenclature import parse_groups
from ..ortho.checks import open_raster, readable
from ..pipeline import BackgroundWriter, prefetched
from .choice import grouped_classes, grouped_probabilities, most_probable
from .classes import Legend
from .delivery import delivered
from .disk import check_room
from .origin import passed_on
from .rasters import CogWriter, class_raster, confidence_raster, tagged
from .recognition import recognised_probabilities
from .workspace import Workspace

_SIDE = 2 * BLOCK


def run(job: ArgmaxJob, events: Events) -> dict[str, Optional[str]]:
    """Write the most probable class of each pixel, and its probability where asked.

    Returns:
        Paths under ``OUTPUT`` and ``CONFIDENCE``.

    Raises:
        OcsiaError: ``not-probabilities``, ``groups-syntax`` and the refusals of nomenclatures, rasters and outputs.
        Cancelled: the user asked to stop.
    """
    with ExitStack() as stack:
        source = stack.enter_context(open_raster(job.input))
        legend = recognised_probabilities(source, job.input, job.input_nomenclature, events)
        legend, conversion = delivered(legend, job.nomenclature, job.lang, events)
        groups = parse_groups(job.groups, legend.nomenclature)
        choices = grouped_classes(legend, groups)
        grid = raster_grid(source, job.input)
        workspace = stack.enter_context(Workspace(job.job_id, [job.output, job.confidence], [job.input]))
        check_room(workspace.outputs[0].parent, 2 * grid.width * grid.height)
        kinds = [(job.output, class_raster(Legend(legend.nomenclature, choices, legend.mapping), job.lang))]
        if job.confidence:
            kinds.append((job.confidence, confidence_raster(job.lang)))
        writers = []
        origin = passed_on(source.tags())
        for final, kind in kinds:
            writers.append(CogWriter(workspace, final, tagged(kind, origin), grid, source.crs, job.compression))
            stack.callback(writers[-1].close)
        _stream(source, conversion, legend, choices, bool(groups), writers, events)
        for writer in writers:
            events.check()
            writer.finish()
        workspace.commit()
    events.product(job.output, "classes")
    if job.confidence:
        events.product(job.confidence, "confidence")
    events.emit("progress", value=1.0)
    return {"OUTPUT": job.output, "CONFIDENCE": job.confidence}


def raster_grid(source: DatasetReader, path: str) -> Grid:
    """The grid of a product raster.

    Raises:
        OcsiaError: ``raster-no-crs``, ``raster-rotated``.
    """
    transform = source.transform
    if not source.crs:
        raise OcsiaError("raster-no-crs", path=path)
    if transform.b or transform.d or transform.a <= 0 or transform.e >= 0:
        raise OcsiaError("raster-rotated", path=path)
    return Grid(transform.c, transform.f, transform.a, -transform.e, source.width, source.height)


def _stream(
    source: DatasetReader,
    conversion: Optional[Conversion],
    legend: Legend,
    choices: tuple,
    grouped: bool,
    writers: list[CogWriter],
    events: Events,
) -> None:
    codes = [choice.code for choice in choices]
    windows = list(tiles(source.width, source.height, _SIDE, _SIDE))

    def blocks() -> Iterator[tuple[Window, np.ndarray, np.ndarray]]:
        for window in windows:
            part = rasterio.windows.Window(window.col, window.row, window.width, window.height)
            with readable(source.name):
                pixels, seen = source.read(window=part), source.dataset_mask(window=part) > 0
            yield window, pixels, seen

    def write(window: Window, probabilities: np.ndarray, seen: np.ndarray) -> None:
        if conversion:
            probabilities = conversion.apply(probabilities)
        if grouped:
            probabilities = grouped_probabilities(probabilities, legend, choices)
        classes, confidence = most_probable(probabilities, codes, None if grouped else legend.threshold)
        valid = seen & (confidence > 0)
        if valid.any():
            for writer, pixels in zip(writers, (classes, confidence)):
                writer.write(window, np.where(valid, pixels, np.uint8(0))[np.newaxis], valid)

    with BackgroundWriter() as writer:
        for number, block in enumerate(prefetched(blocks()), start=1):
            writer.submit(write, *block)
            events.progress(0.9 * number / len(windows))
