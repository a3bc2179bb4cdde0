"""Rasters are written block by block into a scratch file, then laid out as Cloud Optimized GeoTIFFs.

A COG stores its overviews before its pixels, so it cannot be streamed; the scratch file holds each block once, plain
or, where it is large, cheaply compressed, and GDAL's COG driver reads it through a bounded cache.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Optional
from xml.sax.saxutils import escape

import numpy as np
import rasterio
import rasterio.shutil
import rasterio.windows
from rasterio.crs import CRS
from rasterio.io import DatasetWriter
from rasterio.transform import Affine

from ..errors import OcsiaError, because
from ..grid import BLOCK, Grid, Window
from ..nomenclature import LandCoverClass
from . import qml
from .classes import Legend, describe_classes, describe_probabilities
from .disk import guard_disk
from .overviews import with_averages, with_modes
from .workspace import Workspace

CACHE_BYTES = 64 << 20
"""GDAL's block cache; its default grows with the machine's memory."""

COMPRESSIONS = ("LZW", "DEFLATE", "ZSTD")
IMAGE_COMPRESSIONS = ("JPEG", *COMPRESSIONS)
_JPEG_QUALITY = 85
_LEVELS = {"DEFLATE": 6, "ZSTD": 9}

_PLAIN_BYTES = 4 << 30
"""Scratch blocks up to this size are not compressed: that costs more time than it saves room."""

_SPARSE = 0.25
"""Share of written pixels under which overviews are made of those alone."""

@dataclass(frozen=True)
class RasterKind:
    """What distinguishes the products.

    Attributes:
        product: name in events.
        count: number of bands.
        nodata: value that stands for no data, or None where an internal mask says it.
        overviews: resampling of the overviews; codes are never averaged.
        describe: writes tags, colours, band names.
        style: renders the ``.qml`` beside the file.
        categories: names of the values from 0, or none.
        dtype: of the pixels.
        is_image: red, green and blue to look at, which may be compressed with a loss.
    """

    product: str
    count: int
    nodata: Optional[int]
    overviews: str
    describe: Callable[[DatasetWriter], None]
    style: Callable[[], str]
    categories: tuple[str, ...] = ()
    dtype: str = "uint8"
    is_image: bool = False


def class_raster(legend: Legend, lang: str) -> RasterKind:
    """Codes of ``legend``, 0 = no data."""
    return RasterKind(
        "classes",
        1,
        0,
        "MODE",
        lambda dataset: describe_classes(dataset, legend, lang),
        lambda: qml.classes_qml(legend.classes, lang),
        _category_names(legend.classes, lang),
    )


def probability_raster(legend: Legend, lang: str) -> RasterKind:
    """One band per class of ``legend``, ``round(255 p)``."""
    return RasterKind(
        "probabilities",
        len(legend.classes),
        None,
        "AVERAGE",
        lambda dataset: describe_probabilities(dataset, legend, lang),
        lambda: qml.probabilities_qml(legend.classes, lang),
    )


def confidence_raster(lang: str) -> RasterKind:
    """``round(255 max p)``."""
    name = "Confiance" if lang == "fr" else "Confidence"
    return RasterKind(
        "confidence",
        1,
        None,
        "AVERAGE",
        lambda dataset: dataset.set_band_description(1, name),
        lambda: qml.confidence_qml(lang),
    )


def tagged(kind: RasterKind, tags: dict[str, str]) -> RasterKind:
    """The same product, with more tags."""

    def describe(dataset: DatasetWriter) -> None:
        kind.describe(dataset)
        dataset.update_tags(**tags)

    return replace(kind, describe=describe) if tags else kind


class BlockFile:
    """Blocks of one raster product in a plain file, each written once; a mask where some pixel has no data.

    Args:
        path: to write.
        kind: which product.
        grid, crs: where its pixels lie.

    Attributes:
        path: see above.
        masked: whether it has a mask, once it is closed.
    """

    def __init__(self, path: Path, kind: RasterKind, grid: Grid, crs: CRS) -> None:
        self.path, self.kind = path, kind
        self._pixels = grid.width * grid.height
        self._written: list[Window] = []
        self._unmasked: Optional[list[Window]] = [] if kind.nodata is None else None
        with guard_disk(path):
            self._dataset = self._create(grid, crs)

    def _create(self, grid: Grid, crs: CRS) -> DatasetWriter:
        profile = {
            "driver": "GTiff",
            "width": grid.width,
            "height": grid.height,
            "count": self.kind.count,
            "dtype": self.kind.dtype,
            "crs": crs,
            "transform": Affine(*grid.transform),
            "tiled": True,
            "blockxsize": BLOCK,
            "blockysize": BLOCK,
            "interleave": "band",
            "photometric": "rgb" if self.kind.is_image else "minisblack",
            "sparse_ok": True,
            "bigtiff": "IF_SAFER",
        }
        if self._pixels * self.kind.count * np.dtype(self.kind.dtype).itemsize > _PLAIN_BYTES:
            profile |= {"compress": "ZSTD", "zstd_level": 1}
        if self.kind.nodata is not None:
            profile["nodata"] = self.kind.nodata
        dataset = rasterio.open(self.path, "w", **profile)
        self.kind.describe(dataset)
        return dataset

    def write(self, window: Window, pixels: np.ndarray, valid: np.ndarray) -> None:
        """Write one window.

        Args:
            window: starts on multiples of ``BLOCK``, so that no block is written twice; windows do not overlap.
            pixels: (count, H, W) of the kind's type, zero where not valid.
            valid: bool (H, W).
        """
        place = rasterio.windows.Window(window.col, window.row, window.width, window.height)
        self._written.append(window)
        with guard_disk(self.path):
            self._dataset.write(pixels, window=place)
            if self.kind.nodata is not None:
                return
            if self._unmasked is not None and valid.all():
                self._unmasked.append(window)
            else:
                self._begin_mask()
                self._dataset.write_mask(valid, window=place)

    def _begin_mask(self) -> None:
        """A mask is begun with the first pixel without data: most rasters need none, and it costs time and room."""
        for window in self._unmasked or ():
            place = rasterio.windows.Window(window.col, window.row, window.width, window.height)
            self._dataset.write_mask(np.ones((window.height, window.width), bool), window=place)
        self._unmasked = None

    @property
    def masked(self) -> bool:
        """See above."""
        return self.kind.nodata is None and self._unmasked is None

    @property
    def spots(self) -> Optional[list[Window]]:
        """What was written, where that is little of the whole; else None."""
        written = sum(window.width * window.height for window in self._written)
        return self._written if written < _SPARSE * self._pixels else None

    def finish(self) -> None:
        """Write what is left and close the file; pixels that nobody wrote have no data."""
        with guard_disk(self.path):
            if self._unmasked is not None and sum(w.width * w.height for w in self._unmasked) < self._pixels:
                self._begin_mask()
            if self.masked and not self._written:  # a mask says so
                self._dataset.write_mask(np.zeros((1, 1), bool), window=rasterio.windows.Window(0, 0, 1, 1))
            self._dataset.close()

    def close(self) -> None:
        """Give up."""
        self._dataset.close()


def lay_out(
    source: Path,
    staged: Path,
    kind: RasterKind,
    compression: str,
    *,
    masked: bool,
    spots: Optional[Sequence[Window]] = None,
) -> None:
    """Lay blocks out as a COG with overviews; add the style and the category names.

    Args:
        source: tiled GeoTIFF, or a virtual raster of some, with the tags of ``kind``; files named after it appear
            beside it, and stay.
        staged: COG to write.
        masked: whether some pixel of ``source`` has no data, which only a mask says.
        spots: the only places of ``source`` that hold anything; None: it is full.

    Raises:
        OcsiaError: ``disk-filled``, ``output-not-writable``.
    """
    with guard_disk(staged, source):
        if kind.overviews == "AVERAGE" and not masked and kind.dtype == "uint8":
            source = with_averages(source)
        elif kind.overviews == "MODE" and spots is not None:
            source = with_modes(source, spots)
        rasterio.shutil.copy(
            str(source),
            str(staged),
            driver="COG",
            compress=compression,
            blocksize=BLOCK,
            overview_resampling=kind.overviews,
            num_threads="ALL_CPUS",
            bigtiff="IF_SAFER",
            sparse_ok=True,
            **_options(kind, compression),
        )
        _check_last_block(staged)
        qml.write_sidecar(staged, kind.style())
        if kind.categories:
            write_category_names(staged, kind.categories)


def _options(kind: RasterKind, compression: str) -> dict[str, Any]:
    """What the COG driver takes for some compressions and types of pixels only."""
    if compression == "JPEG":
        return {"quality": _JPEG_QUALITY}
    # Neighbours are alike where values are quantities: their differences compress better and faster. Codes jump.
    options: dict[str, Any] = {"predictor": "YES"} if kind.overviews == "AVERAGE" or kind.dtype != "uint8" else {}
    if compression in _LEVELS:
        options["level"] = _LEVELS[compression]
    return options


def _check_last_block(path: Path) -> None:
    """A disk that filled up while the file was closed shows in its last blocks."""
    with rasterio.open(path) as dataset:
        corner = rasterio.windows.Window(dataset.width - 1, dataset.height - 1, 1, 1)
        dataset.read(window=corner)
        dataset.dataset_mask(window=corner)


def check_names(final: str, kind: RasterKind, compression: str) -> None:
    """Refuse what cannot be written. Raises: OcsiaError: ``job-invalid``, ``output-not-writable``."""
    allowed = IMAGE_COMPRESSIONS if kind.is_image else COMPRESSIONS
    if compression not in allowed:
        raise OcsiaError("job-invalid", reason=f"compression is one of {', '.join(allowed)}")
    if not final.lower().endswith((".tif", ".tiff")):
        raise OcsiaError("output-not-writable", path=final, reason=because("why-not-tif"))


class CogWriter:
    """One raster product under way.

    Args:
        workspace: where it is staged.
        final: path it will have.
        kind: which product.
        grid, crs: where its pixels lie.
        compression: one of ``COMPRESSIONS``.
    """

    def __init__(
        self, workspace: Workspace, final: str, kind: RasterKind, grid: Grid, crs: CRS, compression: str
    ) -> None:
        check_names(final, kind, compression)
        self.kind, self._compression = kind, compression
        self._staged = workspace.stage(final)
        # Not the product's name: products in different folders may have the same.
        scratch = workspace.scratch(kind.product + ".blocks.tif")
        scratch.parent.mkdir(exist_ok=True)
        self._blocks = BlockFile(scratch, kind, grid, crs)

    def write(self, window: Window, pixels: np.ndarray, valid: np.ndarray) -> None:
        """See ``BlockFile.write``."""
        self._blocks.write(window, pixels, valid)

    def finish(self) -> None:
        """Lay the blocks out under the staged name.

        Raises:
            OcsiaError: ``disk-filled``, ``output-not-writable``.
        """
        self._blocks.finish()
        blocks = self._blocks
        lay_out(
            blocks.path, self._staged, self.kind, self._compression, masked=blocks.masked, spots=blocks.spots
        )
        for path in blocks.path.parent.glob(self.kind.product + ".blocks*"):
            path.unlink()

    def close(self) -> None:
        """Give up; the workspace removes the files."""
        self._blocks.close()


def write_category_names(path: Path, names: tuple[str, ...]) -> None:
    """Names of the values in the ``.aux.xml`` beside a raster: GDAL keeps them there for GeoTIFF."""
    categories = "".join(f"      <Category>{escape(name)}</Category>\n" for name in names)
    text = (
        '<PAMDataset>\n  <PAMRasterBand band="1">\n    <CategoryNames>\n'
        f"{categories}    </CategoryNames>\n  </PAMRasterBand>\n</PAMDataset>\n"
    )
    path.with_name(path.name + ".aux.xml").write_text(text, encoding="utf-8")


def _category_names(classes: tuple[LandCoverClass, ...], lang: str) -> tuple[str, ...]:
    names = {c.code: c.name(lang) for c in classes}
    return tuple(names.get(code, "") for code in range(max(names) + 1))
