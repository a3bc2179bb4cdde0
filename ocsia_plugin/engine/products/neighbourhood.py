"""The job ``neighbourhood``: what share of the surroundings a class has, and how far its nearest pixel is.

Classes are never averaged, shares are: the pixels are gathered into cells of the result's resolution, each of which
keeps the exact share of every group (of probabilities, their mean). The share within a radius is that of the pixels
with data in a disc around the cell's centre; cells that the circle cuts count by the part of them that lies inside.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

import numpy as np
import rasterio
import rasterio.windows
from rasterio.io import DatasetReader, DatasetWriter
from rasterio.transform import Affine

from ..errors import OcsiaError, because
from ..events import Events
from ..grid import BLOCK, Grid, Window, ceil_to, tiles
from ..jobs import NeighbourhoodJob
from ..nomenclature import LandCoverClass, parse_groups
from ..ortho.checks import crs_name
from .discs import DiscSums, disc, distance_to
from .disk import check_room, guard_disk
from .landcover import LandCover
from .map_styles import share_qml
from .origin import passed_on
from .rasters import CogWriter, RasterKind, tagged
from .workspace import Workspace

MOST_CELLS = 600
"""Greatest radius in cells of the result: what is held at once grows with its square."""

_PRESENT = 0.5
"""Share of a cell from which on it counts as one of the group's, for the distance."""

_READ_SIDE = 1024


def run(job: NeighbourhoodJob, events: Events) -> dict[str, Optional[str]]:
    """Write the shares and the distances.

    Returns:
        The path under ``OUTPUT``.

    Raises:
        OcsiaError: ``radius-syntax``, ``radius-cells``, ``groups-syntax``, ``raster-empty`` and the refusals of
            nomenclatures, rasters and outputs.
        Cancelled: the user asked to stop.
    """
    radii = parse_radii(job.radius)
    with ExitStack() as stack:
        land_cover = LandCover(stack, job.input, job.nomenclature, job.base, job.lang, events)
        groups = _groups(job.groups, land_cover)
        cells = Cells(land_cover.grid, job.resolution)
        grid = cells.grid
        if radii[-1] / min(grid.dx, grid.dy) > MOST_CELLS * (1 + 1e-9):
            finest = Cells(land_cover.grid, radii[-1] / MOST_CELLS).grid.dx
            raise OcsiaError("radius-cells", radius=radii[-1], gsd=round(grid.dx, 4), finest=round(finest, 4))
        workspace = stack.enter_context(Workspace(job.job_id, [job.output], [job.input]))
        bands = len(groups) * (len(radii) + 1)
        check_room(workspace.outputs[0].parent, (12 * bands + 8) * grid.width * grid.height)
        events.info(
            "info-grid", width=grid.width, height=grid.height, gsd=round(grid.dx, 4), crs=crs_name(land_cover.crs)
        )
        kind = tagged(_kind(groups, radii, job.lang), passed_on(land_cover.tags))
        writer = CogWriter(workspace, job.output, kind, grid, land_cover.crs, "DEFLATE")
        stack.callback(writer.close)
        scratch = workspace.scratch("cells.tif")
        if not _gather(land_cover, groups, cells, scratch, events):
            raise OcsiaError("raster-empty", path=job.input)
        with rasterio.open(scratch) as gathered:
            _look_around(gathered, grid, radii, writer, events)
        writer.finish()
        events.check()
        workspace.commit()
    events.product(job.output, "neighbourhood")
    events.emit("progress", value=1.0)
    return {"OUTPUT": job.output}


def parse_radii(text: str) -> list[float]:
    """Radii in metres, ascending, of ``25, 100; 300``.

    Raises:
        OcsiaError: ``radius-syntax``.
    """
    try:
        radii = sorted({float(part) for part in text.replace(";", ",").split(",") if part.strip()})
    except ValueError:
        radii = []
    if not radii or not all(0 < radius < 1e5 for radius in radii):
        raise OcsiaError("radius-syntax", text=text)
    return radii


@dataclass(frozen=True)
class Cells:
    """Squares of whole pixels.

    Attributes:
        pixels: the grid of the input; resolution: metres wanted, rounded up to whole pixels.
    """

    pixels: Grid
    resolution: float

    @property
    def factor(self) -> int:
        """Pixels per cell along each side."""
        return max(math.ceil(self.resolution / self.pixels.dx - 1e-6), 1)

    @property
    def grid(self) -> Grid:
        """Of the cells; the last ones may reach beyond the pixels."""
        grid, factor = self.pixels, self.factor
        width, height = (-(-side // factor) for side in (grid.width, grid.height))
        return Grid(grid.x, grid.y, grid.dx * factor, grid.dy * factor, width, height)


def _groups(text: str, land_cover: LandCover) -> tuple[LandCoverClass, ...]:
    """Groups, some class of each of which the raster may have."""
    groups = parse_groups(text, land_cover.legend.nomenclature, disjoint=False)
    known = {c.code for c in land_cover.classes}
    for group in groups:
        if not known & set(group.members):
            raise OcsiaError("groups-syntax", text=text, reason=because("why-class-unknown", value=group.members[0]))
    if not groups:
        raise OcsiaError("groups-syntax", text=text, reason=because("why-field-missing", name="GROUPS"))
    return groups


def _kind(groups: Sequence[LandCoverClass], radii: Sequence[float], lang: str) -> RasterKind:
    texts = ("{name}\u00a0: part à {radius:g}\u00a0m (%)", "{name}\u00a0: distance (m)")
    if lang != "fr":
        texts = ("{name}: share within {radius:g} m (%)", "{name}: distance (m)")
    names = []
    for group in groups:
        names += [texts[0].format(name=group.name(lang), radius=radius) for radius in radii]
        names.append(texts[1].format(name=group.name(lang)))

    def describe(dataset: DatasetWriter) -> None:
        for band, name in enumerate(names, start=1):
            dataset.set_band_description(band, name)

    return RasterKind("neighbourhood", len(names), None, "AVERAGE", describe, lambda: share_qml(lang), dtype="float32")


def _gather(land_cover: LandCover, groups: Sequence[LandCoverClass], cells: Cells, path: Path, events: Events) -> bool:
    """Write the share of each cell that has data, and that each group has; returns whether any has data."""
    grid, factor = cells.grid, cells.factor
    found = False
    profile = {
        "driver": "GTiff", "width": grid.width, "height": grid.height, "count": 1 + len(groups), "dtype": "float32",
        "crs": land_cover.crs, "transform": Affine(*grid.transform), "tiled": True, "blockxsize": 256,
        "blockysize": 256, "interleave": "band", "compress": "ZSTD", "zstd_level": 1, "sparse_ok": True,
        "bigtiff": "IF_SAFER",
    }  # fmt: skip
    side = max(_READ_SIDE // factor // 256 * 256, min(_READ_SIDE // factor, 256), 1)
    windows = list(tiles(grid.width, grid.height, side, side))
    with guard_disk(path), rasterio.open(path, "w", **profile) as target:
        for number, window in enumerate(windows, start=1):
            shares = _shares(land_cover, groups, window, factor)
            if shares[0].any():
                found = True
                target.write(shares, window=_place(window))
            events.progress(0.5 * number / len(windows))
    return found


def _shares(land_cover: LandCover, groups: Sequence[LandCoverClass], window: Window, factor: int) -> np.ndarray:
    """Share of each cell with data, then in each group: float32 (1 + G, H, W)."""
    part = Window(window.col * factor, window.row * factor, window.width * factor, window.height * factor)
    pixels = land_cover.read(part)
    result = np.empty((1 + len(groups), window.height, window.width), np.float32)
    result[0] = _means(pixels.codes > 0, factor)
    if pixels.values is None:
        for number, group in enumerate(groups, start=1):
            result[number] = _means(np.isin(pixels.codes, group.members), factor)
        return result
    total = pixels.values.sum(axis=0, dtype=np.float32)
    scale = np.divide(1, total, out=np.zeros_like(total), where=total > 0)
    for number, group in enumerate(groups, start=1):
        bands = [band for band, c in enumerate(land_cover.classes) if c.code in group.members]
        result[number] = _means(pixels.values[bands].sum(axis=0, dtype=np.float32) * scale, factor)
    return result


def _means(values: np.ndarray, factor: int) -> np.ndarray:
    """Means of squares of ``factor`` pixels: (H f, W f) to float32 (H, W)."""
    height, width = values.shape[0] // factor, values.shape[1] // factor
    return values.reshape(height, factor, width, factor).mean(axis=(1, 3), dtype=np.float32)


def _look_around(
    gathered: DatasetReader, grid: Grid, radii: Sequence[float], writer: CogWriter, events: Events
) -> None:
    """Sums over discs and distances, tile by tile, each with a margin as wide as the greatest radius."""
    kernels = [disc(radius, grid.dx, grid.dy) for radius in radii]
    margin = max(size // 2 for kernel in kernels for size in kernel.shape)
    side = max(2 * BLOCK, ceil_to(2 * margin, BLOCK))
    sums: dict[tuple[int, int], DiscSums] = {}
    windows = list(tiles(grid.width, grid.height, side, side))
    for number, window in enumerate(windows, start=1):
        outer = window.grown(margin)
        shape = (outer.height, outer.width)
        if shape not in sums:
            sums = {shape: DiscSums(shape, kernels)}
        inner = window.slices_in(outer)
        valid = _read(gathered, 1, outer)
        if valid[inner].any():
            result = []
            weights = [around[inner] for around in sums[shape].of(valid)]
            for band in range(2, gathered.count + 1):
                events.check()
                group = _read(gathered, band, outer)
                for around, weight in zip(sums[shape].of(group), weights):
                    share = np.divide(around[inner], weight, out=np.zeros_like(weight), where=weight > 1e-6)
                    result.append(np.round(100 * np.clip(share, 0, 1), 1))
                present = (group > 0) & (group >= _PRESENT * valid)
                result.append(np.round(distance_to(present, grid.dx, grid.dy, radii[-1])[inner], 1))
            seen = valid[inner] > 0
            writer.write(window, np.stack(result).astype(np.float32) * seen, seen)
        events.progress(0.5 + 0.45 * number / len(windows))


def _read(source: DatasetReader, band: int, window: Window) -> np.ndarray:
    """float32 (H, W); zero beyond the raster."""
    values = np.zeros((window.height, window.width), np.float32)
    inside = window.clipped(source.width, source.height)
    values[inside.slices_in(window)] = source.read(band, window=_place(inside))
    return values


def _place(window: Window) -> rasterio.windows.Window:
    return rasterio.windows.Window(window.col, window.row, window.width, window.height)
