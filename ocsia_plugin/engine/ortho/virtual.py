"""Virtual rasters (GDAL's VRT, as text): one image of many dalles, some bands of a raster, heights without sentinels.

They hold no pixels and lie in no file. Rasters are opened when a window needs them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional
from xml.sax.saxutils import escape, quoteattr

from rasterio.dtypes import dtype_rev, typename_fwd
from rasterio.enums import ColorInterp, MaskFlags
from rasterio.io import DatasetReader

NO_HEIGHT = -9999.0
"""What stands for no data in a virtual raster of heights."""

LOWEST, HIGHEST = -500.0, 9000.0
"""Metres beyond which a number is no altitude but a sentinel: -9999, -99999, -32768, 3.4e38."""

_SENTINELS_OUT = (
    f"-1.8e308:{NO_HEIGHT},{LOWEST - 1}:{NO_HEIGHT},{LOWEST}:{LOWEST},"
    f"{HIGHEST}:{HIGHEST},{HIGHEST + 1}:{NO_HEIGHT},1.8e308:{NO_HEIGHT}"
)
"""A look-up table of GDAL's, linear between its points: an altitude is itself, all else is ``NO_HEIGHT``."""


@dataclass(frozen=True)
class Piece:
    """One raster of a mosaic.

    Attributes:
        path: as GDAL opens it.
        col, row: where its north-west pixel lies in the mosaic.
        width, height: in pixels.
        block: width and height of its blocks.
        nodata: declared value of no data, or None.
        masked: whether an alpha band or a mask says where it has data.
    """

    path: str
    col: int
    row: int
    width: int
    height: int
    block: tuple[int, int]
    nodata: Optional[float]
    masked: bool

    @classmethod
    def of(cls, source: DatasetReader, path: str, col: int = 0, row: int = 0, *, alpha: bool = True) -> Piece:
        """``source`` as a piece; ``alpha``: whether its alpha band is one."""
        flags = source.mask_flag_enums[0]
        masked = MaskFlags.per_dataset in flags and (alpha or MaskFlags.alpha not in flags)
        height, width = source.block_shapes[0]
        return cls(path, col, row, source.width, source.height, (width, height), source.nodata, masked)


@dataclass(frozen=True)
class Band:
    """One band of a virtual raster: band ``number`` of each piece."""

    number: int
    dtype: str
    description: Optional[str] = None
    colour: ColorInterp = ColorInterp.undefined


def mosaic(
    pieces: Sequence[Piece], bands: Sequence[Band], crs_wkt: str, transform: Sequence[float], size: tuple[int, int]
) -> str:
    """A virtual raster of some bands of pieces that lie on one grid; where they overlap, the last one is seen.

    What no piece covers has no data.

    Args:
        transform: GDAL's six coefficients.
        size: width and height in pixels.
    """
    first = pieces[0]
    by_value = first.nodata is not None and all(p.nodata == first.nodata and not p.masked for p in pieces)
    whole = len(pieces) == 1 and (first.width, first.height) == size
    lines = []
    for place, band in enumerate(bands, start=1):
        lines.append(f'<VRTRasterBand dataType="{_gdal_type(band.dtype)}" band="{place}"{_blocks(first)}>')
        if band.description:
            lines.append(f"<Description>{escape(band.description)}</Description>")
        if by_value:
            lines.append(f"<NoDataValue>{first.nodata!r}</NoDataValue>")
        lines.append(f"<ColorInterp>{band.colour.name.capitalize()}</ColorInterp>")
        lines += [_pixels(piece, band, by_value) for piece in pieces]
        lines.append("</VRTRasterBand>")
    if not by_value and not (whole and not first.masked):
        lines.append('<MaskBand><VRTRasterBand dataType="Byte">')
        lines += [_source("ComplexSource", piece, "mask,1", "uint8", "<NODATA>0</NODATA>") for piece in pieces]
        lines.append("</VRTRasterBand></MaskBand>")
    return _dataset(size, crs_wkt, transform, lines)


def heights(
    pieces: Sequence[Piece], dtype: str, crs_wkt: str, transform: Sequence[float], size: tuple[int, int]
) -> str:
    """A virtual raster of one float32 band in metres; what is no altitude is ``NO_HEIGHT``."""
    lines = [f'<VRTRasterBand dataType="Float32" band="1"{_blocks(pieces[0])}>']
    lines.append(f"<NoDataValue>{NO_HEIGHT}</NoDataValue>")
    for piece in pieces:
        inside = "" if piece.nodata is None else f"<NODATA>{piece.nodata!r}</NODATA>"
        inside += "<UseMaskBand>true</UseMaskBand>" if piece.masked else ""
        lines.append(_source("ComplexSource", piece, "1", dtype, inside + f"<LUT>{_SENTINELS_OUT}</LUT>"))
    lines.append("</VRTRasterBand>")
    return _dataset(size, crs_wkt, transform, lines)


def _pixels(piece: Piece, band: Band, by_value: bool) -> str:
    if by_value:
        return _source("ComplexSource", piece, str(band.number), band.dtype, f"<NODATA>{piece.nodata!r}</NODATA>")
    if piece.masked:
        return _source("ComplexSource", piece, str(band.number), band.dtype, "<UseMaskBand>true</UseMaskBand>")
    return _source("SimpleSource", piece, str(band.number), band.dtype, "")


def _source(kind: str, piece: Piece, band: str, dtype: str, inside: str) -> str:
    size = f'xSize="{piece.width}" ySize="{piece.height}"'
    return (
        f'<{kind}><SourceFilename relativeToVRT="0">{escape(piece.path)}</SourceFilename>'
        f"<SourceBand>{band}</SourceBand>"
        f'<SourceProperties RasterXSize="{piece.width}" RasterYSize="{piece.height}" '
        f'DataType="{_gdal_type(dtype)}" BlockXSize="{piece.block[0]}" BlockYSize="{piece.block[1]}"/>'
        f'<SrcRect xOff="0" yOff="0" {size}/><DstRect xOff="{piece.col}" yOff="{piece.row}" {size}/>'
        f"{inside}</{kind}>"
    )


def _gdal_type(dtype: str) -> str:
    return str(typename_fwd[dtype_rev[dtype]])


def _blocks(piece: Piece) -> str:
    return f' blockXSize="{min(piece.block[0], 512)}" blockYSize="{min(piece.block[1], 512)}"'


def _dataset(size: tuple[int, int], crs_wkt: str, transform: Sequence[float], lines: Sequence[str]) -> str:
    return (
        f"<VRTDataset rasterXSize={quoteattr(str(size[0]))} rasterYSize={quoteattr(str(size[1]))}>"
        f"<SRS>{escape(crs_wkt)}</SRS><GeoTransform>{', '.join(repr(float(v)) for v in transform)}</GeoTransform>"
        + "".join(lines)
        + "</VRTDataset>"
    )
