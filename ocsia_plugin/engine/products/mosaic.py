"""Virtual rasters of pieces that lie on one grid: the strips of a dalle, the dalles of a territory."""

from __future__ import annotations

import os
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import rasterio
import rasterio.shutil
from rasterio.enums import MaskFlags


@dataclass(frozen=True)
class Placed:
    """A raster and the column and row at which its first pixel lies."""

    path: Path
    col: int
    row: int


def write_mosaic(target: Path, pieces: Sequence[Placed], width: int, height: int) -> None:
    """Write a virtual raster of ``pieces``, which share bands, GSD and CRS; the first gives colours, names and tags.

    Paths in it are relative, so that a folder can be moved. Where a piece has a mask, or none lies, a mask says so.
    """
    first = pieces[0]
    unfinished = target.with_name(f".{target.name}.part")
    # Where there is a virtual raster already, GDAL would delete it first: with all the files that it is made of.
    unfinished.unlink(missing_ok=True)
    rasterio.shutil.copy(str(first.path), str(unfinished), driver="VRT")
    tree = ET.parse(unfinished)  # GDAL has just written it  # nosec B314
    root = tree.getroot()
    with rasterio.open(first.path) as dataset:
        dx, _, x, _, dy, y = dataset.transform[:6]
    root.set("rasterXSize", str(width))
    root.set("rasterYSize", str(height))
    corner = x - first.col * dx, dx, 0.0, y - first.row * dy, 0.0, dy
    root.find("GeoTransform").text = ", ".join(map(repr, corner))
    for leftover in root.findall("MaskBand"):
        root.remove(leftover)
    sizes = {piece.path: _size(piece.path) for piece in pieces}
    for number, band in enumerate(root.findall("VRTRasterBand"), start=1):
        for child in [c for c in band if c.tag in ("SimpleSource", "ComplexSource", "Overview")]:
            band.remove(child)
        for piece in pieces:
            band.append(_source(target, piece, str(number), sizes[piece.path]))
    covered = sum(w * h for w, h in sizes.values())
    by_value = root.find("VRTRasterBand/NoDataValue") is not None
    if not by_value and (covered < width * height or any(_is_masked(piece.path) for piece in pieces)):
        mask = ET.SubElement(ET.SubElement(root, "MaskBand"), "VRTRasterBand", dataType="Byte")
        for piece in pieces:
            mask.append(_source(target, piece, "mask,1", sizes[piece.path]))
    tree.write(unfinished, encoding="utf-8")
    os.replace(unfinished, target)


def _source(target: Path, piece: Placed, band: str, size: tuple[int, int]) -> ET.Element:
    source = ET.Element("SimpleSource")
    name = ET.SubElement(source, "SourceFilename", relativeToVRT="1")
    name.text = Path(os.path.relpath(piece.path, target.parent)).as_posix()
    ET.SubElement(source, "SourceBand").text = band
    extent = {"xSize": str(size[0]), "ySize": str(size[1])}
    ET.SubElement(source, "SrcRect", xOff="0", yOff="0", **extent)
    ET.SubElement(source, "DstRect", xOff=str(piece.col), yOff=str(piece.row), **extent)
    return source


def _size(path: Path) -> tuple[int, int]:
    with rasterio.open(path) as dataset:
        return dataset.width, dataset.height


def _is_masked(path: Path) -> bool:
    with rasterio.open(path) as dataset:
        return dataset.mask_flag_enums[0] != [MaskFlags.all_valid]
