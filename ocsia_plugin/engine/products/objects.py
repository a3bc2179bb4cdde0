"""Objects found in a raster, one polygon per region, with the mean of a confidence inside each.

What makes the objects is written once, block by block, into a scratch file: a code per pixel (0: none) and a
confidence. The polygons are then made strip by strip.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pyogrio
import rasterio
import rasterio.windows
import shapely
from rasterio.crs import CRS
from rasterio.transform import Affine

from ..events import Events
from ..grid import BLOCK, Grid, Window
from .disk import guard_disk
from .outlines import polygons
from .vectorize import rows_per_strip
from .vectors import DATASET_OPTIONS, GEOMETRY, batch_polygons, fixed_date, guard_writing


@dataclass(frozen=True)
class Objects:
    """Some polygons in the raster's CRS.

    Attributes:
        codes: uint8 (N); pixels: int64 (N); geometries: shapely polygons, object (N).
        confidence: mean inside each, 0 to 1, float64 (N).
    """

    codes: np.ndarray
    pixels: np.ndarray
    geometries: np.ndarray
    confidence: np.ndarray


class ObjectRaster:
    """Codes and confidence of pixels that will be objects.

    Args:
        stack: closes the file; path: a scratch file, whose folder exists.
    """

    def __init__(self, stack: ExitStack, path: Path, grid: Grid, crs: CRS) -> None:
        self._path, self._grid = path, grid
        with guard_disk(path):
            self._dataset = stack.enter_context(
                rasterio.open(
                    path,
                    "w+",
                    driver="GTiff",
                    width=grid.width,
                    height=grid.height,
                    count=2,
                    dtype="uint8",
                    crs=crs,
                    transform=Affine(*grid.transform),
                    tiled=True,
                    blockxsize=BLOCK,
                    blockysize=BLOCK,
                    interleave="band",
                    compress="ZSTD",
                    zstd_level=1,
                    sparse_ok=True,
                    bigtiff="IF_SAFER",
                )
            )

    def write(self, window: Window, codes: np.ndarray, confidence: np.ndarray) -> None:
        """Write a window.

        Args:
            codes: uint8 (H, W), 0 where there is no object.
            confidence: float32 (H, W), 0 to 1.
        """
        if codes.any():
            place = rasterio.windows.Window(window.col, window.row, window.width, window.height)
            sure = np.rint(np.clip(confidence, 0, 1) * 255).astype(np.uint8)
            with guard_disk(self._path):
                self._dataset.write(np.stack([codes, sure]), window=place)

    def objects(self, smallest: float, events: Events, start: float, end: float) -> Iterator[Objects]:
        """The objects of at least ``smallest`` m², some at a time, from north to south.

        Args:
            start, end: share of the job's progress before and after.
        """
        pixel = self._grid.dx * self._grid.dy
        rows = 0
        for batch in polygons(self._strips(), self._grid.width, values=partial(self._rows, 2)):
            rows += batch.rows
            events.progress(start + (end - start) * rows / (self._grid.height + 1))
            large = batch.subset(batch.pixels * pixel >= smallest - 1e-9)
            if len(large):
                sure = large.sums / (255 * large.pixels)
                yield Objects(large.codes, large.pixels, batch_polygons(large, self._grid), sure)

    def _strips(self) -> Iterator[np.ndarray]:
        height = self._grid.height
        rows = rows_per_strip(self._dataset)
        for row in range(0, height, rows):
            yield self._rows(1, row, min(rows, height - row))

    def _rows(self, band: int, row: int, count: int) -> np.ndarray:
        """Whole rows of a band, uint8 (count, W)."""
        return self._dataset.read(band, window=rasterio.windows.Window(0, row, self._grid.width, count))


def write_features(
    staged: Path,
    final: str,
    geometries: np.ndarray,
    fields: Mapping[str, np.ndarray],
    wkt: str,
    *,
    kind: str = "Polygon",
    description: str = "",
    missing: Sequence[np.ndarray | None] | None = None,
    append: bool = False,
) -> None:
    """Write, or append, features to the only layer of a GeoPackage; the same bytes from the same data.

    Args:
        staged: where; final: the name by which errors call the file.
        fields: values by name; missing: where they are null, bool.
        kind: geometry type of the layer.

    Raises:
        OcsiaError: ``disk-filled``, ``output-not-writable``.
    """
    options = {}
    if not append:
        layer = {"GEOMETRY_NAME": GEOMETRY, "FID": "fid", "DESCRIPTION": description}
        options = {"dataset_options": DATASET_OPTIONS["GPKG"], "layer_options": layer}
    with fixed_date(), guard_writing(staged, final):
        pyogrio.raw.write(
            staged,
            shapely.to_wkb(geometries),
            list(fields.values()),
            list(fields),
            field_mask=list(missing) if missing else None,
            layer=staged.stem,
            driver="GPKG",
            geometry_type=kind,
            promote_to_multi=kind.startswith("Multi"),
            crs=wkt,
            append=append,
            **options,
        )
