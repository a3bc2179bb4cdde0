"""Many dalles as one raster, without a copy: gaps are no data, overlaps show the last one."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import rasterio
from rasterio.crs import CRS
from rasterio.io import DatasetReader
from rasterio.transform import Affine

from ..errors import OcsiaError, because
from .checks import check_straight, crs_name, open_raster
from .sources import horizontal
from .spool import is_spool
from .virtual import Band, Piece, heights, mosaic
from .whole import check_whole

_SUFFIXES = (".jp2", ".j2k", ".tif", ".tiff", ".png", ".jpg", ".jpeg")
_ON_PIXELS = 0.02
"""Pixels: dalles whose grids differ by less are of one grid."""

_SAME_GSD = 1e-6


def expanded(text: str, *, series: bool = False) -> list[str]:
    """The rasters that a parameter stands for.

    Args:
        text: a raster, a folder of them, or several of either with ``;`` between them.
        series: whether a file stands for all in its folder whose names differ from its own only in digits.

    Raises:
        OcsiaError: ``folder-empty``.
    """
    parts = [text] if os.path.exists(text) or ";" not in text else [p.strip() for p in text.split(";") if p.strip()]
    paths: dict[str, None] = {}
    for part in parts:
        if os.path.isdir(part):
            found = sorted(str(p) for p in Path(part).iterdir() if p.suffix.lower() in _SUFFIXES)
            if not found:
                raise OcsiaError("folder-empty", folder=part, known=", ".join(_SUFFIXES))
        else:
            found = _series(Path(part)) if series and os.path.isfile(part) else [part]
        paths |= dict.fromkeys(found)
    return list(paths)


def _series(path: Path) -> list[str]:
    """The files of its folder that are named as ``path`` is, but for the digits: 32-2019-0500-6270-LA93-0M20.jp2."""
    name = re.compile(re.sub(r"\d+", r"\\d+", re.escape(path.name)), re.IGNORECASE)
    return sorted(str(p) for p in path.parent.iterdir() if name.fullmatch(p.name))


@dataclass(frozen=True)
class Mosaic:
    """Dalles of one grid.

    Attributes:
        path: names it in sentences: the first dalle.
        pieces: the dalles.
        crs: theirs.
        transform: of the mosaic.
        size: width and height in pixels.
    """

    path: str
    pieces: tuple[Piece, ...]
    crs: CRS
    transform: Affine
    size: tuple[int, int]

    def image(self, bands: Sequence[Band]) -> DatasetReader:
        """Some bands of it, open."""
        wkt = self.crs.to_wkt() if self.crs else ""
        return rasterio.open(mosaic(self.pieces, bands, wkt, self.transform.to_gdal(), self.size))

    def heights(self, dtype: str) -> DatasetReader:
        """Its first band as altitudes, open."""
        wkt = self.crs.to_wkt() if self.crs else ""
        return rasterio.open(heights(self.pieces, dtype, wkt, self.transform.to_gdal(), self.size))

    def opaque(self) -> Mosaic:
        """The same, with what was taken for alpha as a band like others."""
        return replace(self, pieces=tuple(replace(piece, masked=False) for piece in self.pieces))


def laid_out(paths: Sequence[str]) -> Mosaic:
    """Where each dalle lies; every one of them is opened and checked.

    Raises:
        OcsiaError: ``raster-missing``, ``raster-unreadable``, ``raster-rotated``, ``dalles-mixed``.
    """
    with open_raster(paths[0]) as first:
        if not is_spool(paths[0]):
            check_whole(first, paths[0])
        if len(paths) == 1:
            size, transform = (first.width, first.height), first.transform
            return Mosaic(paths[0], (Piece.of(first, first.name),), first.crs, transform, size)
        check_straight(first, paths[0])
        dx, dy = first.transform.a, first.transform.e
        corners, pieces = [], []
        for path in paths:
            with open_raster(path) as dalle:
                check_whole(dalle, path)
                if why := _misfit(dalle, first):
                    raise OcsiaError("dalles-mixed", path=path, first=paths[0], reason=why)
                east, south = dalle.transform.c - first.transform.c, dalle.transform.f - first.transform.f
                corners.append((east / dx, south / dy))
                pieces.append(Piece.of(dalle, dalle.name))
        for path, corner in zip(paths, corners, strict=True):
            if max(abs(v - round(v)) for v in corner) > _ON_PIXELS:
                raise OcsiaError("dalles-mixed", path=path, first=paths[0], reason=because("why-off-grid"))
        left, top = (min(round(corner[axis]) for corner in corners) for axis in (0, 1))
        placed = [
            replace(piece, col=round(col) - left, row=round(row) - top)
            for piece, (col, row) in zip(pieces, corners, strict=True)
        ]
        size = max(p.col + p.width for p in placed), max(p.row + p.height for p in placed)
        transform = first.transform @ Affine.translation(left, top)
        return Mosaic(paths[0], tuple(placed), first.crs, transform, size)


def _misfit(dalle: DatasetReader, first: DatasetReader) -> dict[str, object] | None:
    """Why two rasters are not dalles of one image; None: they are."""
    if not (dalle.crs and first.crs and horizontal(dalle.crs) == horizontal(first.crs)):
        found, wanted = (crs_name(d.crs) if d.crs else "-" for d in (dalle, first))
        return because("why-other-crs", found=found, wanted=wanted)
    sizes = [(d.transform.a, d.transform.e, d.transform.b, d.transform.d) for d in (dalle, first)]
    if not all(math.isclose(a, b, rel_tol=_SAME_GSD, abs_tol=1e-12) for a, b in zip(*sizes, strict=True)):
        return because("why-other-gsd", found=round(abs(sizes[0][0]), 4), wanted=round(abs(sizes[1][0]), 4))
    kinds = [(d.count, d.dtypes, d.colorinterp) for d in (dalle, first)]
    if kinds[0] != kinds[1]:
        return because("why-other-bands", found=dalle.count, wanted=first.count)
    return None
