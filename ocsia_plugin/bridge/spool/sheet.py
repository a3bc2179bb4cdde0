"""The virtual raster (GDAL's VRT) that the engine opens: windows that may not be there yet, and where they belong."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Optional
from xml.sax.saxutils import escape

from ...engine.jobs import SPOOL_MANIFEST

BLOCK = 256


@dataclass(frozen=True)
class Band:
    """One band: GDAL's name of its type, and what is known of it."""

    dtype: str
    colour: str = "Undefined"
    description: str = ""
    nodata: Optional[float] = None


@dataclass(frozen=True)
class Sheet:
    """Geometry and bands of a virtual raster.

    Attributes:
        transform: GDAL's six coefficients.
    """

    width: int
    height: int
    transform: tuple[float, ...]
    wkt: str
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class Place:
    """A window of a sheet: its file, and where it lies in pixels."""

    path: Path
    col: int
    row: int
    width: int
    height: int


PICTURE = tuple(Band("Byte", colour) for colour in ("Red", "Green", "Blue", "Alpha"))
HEIGHTS = (Band("Float32", "Gray", nodata=-9999.0),)


def write_sheet(path: Path, sheet: Sheet, places: Sequence[Place], name: str, identity: str, attribution: str) -> None:
    """Write the virtual raster and, beside it, the list of its windows. What has no window has no data.

    Args:
        name: of the raster, for messages.
        identity: the same for the same pixels in every run, unlike the path.
        attribution: whom to name in what is made of it.

    Raises:
        OSError: it cannot be written.
    """
    lines = [
        f'<VRTDataset rasterXSize="{sheet.width}" rasterYSize="{sheet.height}"><SRS>{escape(sheet.wkt)}</SRS>',
        f"<GeoTransform>{', '.join(repr(float(v)) for v in sheet.transform)}</GeoTransform>",
    ]
    for number, band in enumerate(sheet.bands, start=1):
        lines.append(f'<VRTRasterBand dataType="{band.dtype}" band="{number}">')
        if band.description:
            lines.append(f"<Description>{escape(band.description)}</Description>")
        if band.nodata is not None:
            lines.append(f"<NoDataValue>{band.nodata!r}</NoDataValue>")
        lines.append(f"<ColorInterp>{band.colour}</ColorInterp>")
        lines += [_source(place, str(number), band) for place in places]
        lines.append("</VRTRasterBand>")
    lines.append("</VRTDataset>")
    path.write_text("\n".join(lines), encoding="utf-8")
    manifest = {
        "name": name,
        "identity": identity,
        "attribution": attribution,
        "windows": [[str(p.path), p.col, p.row, p.width, p.height] for p in places],
    }
    manifest_path = path.with_name(path.name + SPOOL_MANIFEST)
    manifest_path.write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")


def _source(place: Place, band: str, kind: Band) -> str:
    # The size is given so that GDAL opens no file before it reads from it.
    size = f'xSize="{place.width}" ySize="{place.height}"'
    name = "SimpleSource" if kind.nodata is None else "ComplexSource"
    nodata = "" if kind.nodata is None else f"<NODATA>{kind.nodata!r}</NODATA>"
    return (
        f'<{name}><SourceFilename relativeToVRT="0">{escape(str(place.path))}</SourceFilename>'
        f"<SourceBand>{band}</SourceBand>"
        f'<SourceProperties RasterXSize="{place.width}" RasterYSize="{place.height}" DataType="{kind.dtype}" '
        f'BlockXSize="{BLOCK}" BlockYSize="{BLOCK}"/>'
        f'<SrcRect xOff="0" yOff="0" {size}/><DstRect xOff="{place.col}" yOff="{place.row}" {size}/>'
        f"{nodata}</{name}>"
    )
