"""Overviews of rasters without holes, by averaging two by two: several times faster than GDAL's general resampling.

GDAL's COG driver takes the overviews that its source has; a virtual raster gives it these.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import rasterio
import rasterio.shutil
from rasterio.enums import Resampling
from rasterio.windows import Window

from ..grid import BLOCK, tiles
from ..grid import Window as Tile

_SIDE = 4 * BLOCK


def with_averages(path: Path) -> Path:
    """A virtual raster of ``path`` with overviews at 2, 4, 8... in files beside it, down to a single block.

    Args:
        path: tiled GeoTIFF of uint8, or a virtual raster of some, every pixel of which has data.
    """
    levels = [path]
    with rasterio.open(path) as dataset:
        side = max(dataset.width, dataset.height)
    while side > BLOCK:
        levels.append(_halved_file(levels[-1], path.with_name(f"{path.stem}.{len(levels)}.tif")))
        side = -(-side // 2)
    return _virtual(levels)


def with_modes(path: Path, written: Iterable[Tile]) -> Path:
    """The same for codes, by the most frequent of four, and only where something was written.

    GDAL computes the overviews of holes as well: over a département of which a few parcels were asked for, that takes
    longer than the parcels.

    Args:
        path: tiled GeoTIFF of one band with a value of no data; its holes are not stored.
        written: what was written of it.
    """
    levels = [path]
    blocks = {
        (col, row)
        for w in written
        for col in range(w.col // BLOCK, -(-(w.col + w.width) // BLOCK))
        for row in range(w.row // BLOCK, -(-(w.row + w.height) // BLOCK))
    }
    with rasterio.open(path) as dataset:
        side = max(dataset.width, dataset.height)
    while side > BLOCK:
        blocks = {(col // 2, row // 2) for col, row in blocks}
        levels.append(_modes_file(levels[-1], path.with_name(f"{path.stem}.{len(levels)}.tif"), blocks))
        side = -(-side // 2)
    return _virtual(levels)


def _modes_file(source_path: Path, target_path: Path, blocks: set[tuple[int, int]]) -> Path:
    with rasterio.open(source_path) as source:
        profile = {**source.profile, "width": -(-source.width // 2), "height": -(-source.height // 2)}
        a, b, c, d, e, f = source.transform[:6]
        profile |= {"transform": rasterio.Affine(2 * a, b, c, d, 2 * e, f), "sparse_ok": True}
        with rasterio.open(target_path, "w", **profile) as target:
            for col, row in sorted(blocks, key=lambda block: block[::-1]):
                whole = Tile(2 * col * BLOCK, 2 * row * BLOCK, 2 * BLOCK, 2 * BLOCK)
                tile = whole.clipped(source.width, source.height)
                shape = 1, -(-tile.height // 2), -(-tile.width // 2)
                window = Window(tile.col, tile.row, tile.width, tile.height)
                codes = source.read(window=window, out_shape=shape, resampling=Resampling.mode)
                target.write(codes, window=Window(col * BLOCK, row * BLOCK, shape[2], shape[1]))
    return target_path


def _virtual(levels: list[Path]) -> Path:
    """A virtual raster of the first of some files, with the others as its overviews."""
    path = levels[0]
    virtual = path.with_name(f"{path.stem}.levels.vrt")
    rasterio.shutil.copy(str(path), str(virtual), driver="VRT")
    tree = ET.parse(virtual)  # GDAL has just written it  # nosec B314
    for number, band in enumerate(tree.getroot().iter("VRTRasterBand"), start=1):
        for level in levels[1:]:
            overview = ET.SubElement(band, "Overview")
            ET.SubElement(overview, "SourceFilename", relativeToVRT="1").text = level.name
            ET.SubElement(overview, "SourceBand").text = str(number)
    tree.write(virtual, encoding="utf-8")
    return virtual


def _halved_file(source_path: Path, target_path: Path) -> Path:
    with rasterio.open(source_path) as source:
        profile = {**source.profile, "width": -(-source.width // 2), "height": -(-source.height // 2)}
        # A virtual raster has no layout of its own.
        profile |= {"driver": "GTiff", "tiled": True, "blockxsize": BLOCK, "blockysize": BLOCK, "interleave": "band"}
        a, b, c, d, e, f = source.transform[:6]
        profile["transform"] = rasterio.Affine(2 * a, b, c, d, 2 * e, f)
        with rasterio.open(target_path, "w", **profile) as target:
            for tile in tiles(source.width, source.height, _SIDE, _SIDE):
                pixels = halved(source.read(window=Window(tile.col, tile.row, tile.width, tile.height)))
                place = Window(tile.col // 2, tile.row // 2, pixels.shape[2], pixels.shape[1])
                target.write(pixels, window=place)
    return target_path


def halved(pixels: np.ndarray) -> np.ndarray:
    """Mean of each two by two pixels, rounded half up.

    Args:
        pixels: uint8 (bands, H, W); an odd last row or column counts twice.

    Returns:
        uint8 (bands, ceil(H / 2), ceil(W / 2)).
    """
    _, height, width = pixels.shape
    if height % 2 or width % 2:
        pixels = np.pad(pixels, ((0, 0), (0, height % 2), (0, width % 2)), mode="edge")
    total = pixels[:, ::2, ::2].astype(np.uint16)
    for part in (pixels[:, 1::2, ::2], pixels[:, ::2, 1::2], pixels[:, 1::2, 1::2]):
        total += part
    total += 2
    total >>= 2
    return total.astype(np.uint8)
