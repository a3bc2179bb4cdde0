"""A raster as a spool: the virtual raster and the list of its windows, as QGIS leaves them, and what lays them down."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import Affine

from ocsia_plugin.engine.events import Events


class Asking(Events):
    """Remembers what is asked for, and may lay it down."""

    def __init__(self, lay_down: Callable[[str], None] = lambda path: None) -> None:
        super().__init__()
        self.asked: list[str] = []
        self._lay_down = lay_down

    def emit(self, event, **content):
        if event == "need":
            self.asked += content["windows"]
            for path in content["windows"]:
                self._lay_down(path)


def write_spool(
    path: Path,
    cache: Path,
    pixels: np.ndarray,
    corner: tuple[float, float],
    gsd: float,
    side: int,
    skip: Iterable[tuple[int, int]] = (),
) -> Callable[[str], None]:
    """Write ``path`` and its list, and return what lays down one of its windows in ``cache``, by its name.

    Args:
        pixels: uint8 (3, H, W), whole windows of ``side``.
        corner: easting and northing of the north-west one, EPSG:2154.
        skip: column and row of windows that nobody wants.
    """
    height, width = pixels.shape[1:]
    places = [(col, row) for row in range(height // side) for col in range(width // side)]
    names = {str(cache / f"c{col}_r{row}.tif"): (col, row) for col, row in places if (col, row) not in skip}

    def sources(band: int) -> str:
        return "".join(
            f'<SimpleSource><SourceFilename relativeToVRT="0">{name}</SourceFilename><SourceBand>{band}</SourceBand>'
            f'<SourceProperties RasterXSize="{side}" RasterYSize="{side}" DataType="Byte" BlockXSize="{side}" '
            f'BlockYSize="{side}"/><SrcRect xOff="0" yOff="0" xSize="{side}" ySize="{side}"/>'
            f'<DstRect xOff="{col * side}" yOff="{row * side}" xSize="{side}" ySize="{side}"/></SimpleSource>'
            for name, (col, row) in names.items()
        )

    bands = "".join(
        f'<VRTRasterBand dataType="Byte" band="{band}"><ColorInterp>{colour}</ColorInterp>'
        f"{sources(band)}</VRTRasterBand>"
        for band, colour in enumerate(("Red", "Green", "Blue", "Alpha"), start=1)
    )
    path.write_text(
        f'<VRTDataset rasterXSize="{width}" rasterYSize="{height}"><SRS>EPSG:2154</SRS>'
        f"<GeoTransform>{corner[0]}, {gsd}, 0, {corner[1]}, 0, -{gsd}</GeoTransform>{bands}</VRTDataset>"
    )
    manifest = {
        "name": "mes images",
        "identity": cache.name,
        "attribution": "IGN",
        "windows": [[name, col * side, row * side, side, side] for name, (col, row) in names.items()],
    }
    path.with_name(path.name + ".spool.json").write_text(json.dumps(manifest))

    def lay_down(name: str) -> None:
        col, row = names[name]
        profile = {"driver": "GTiff", "width": side, "height": side, "count": 4, "dtype": "uint8", "crs": "EPSG:2154"}
        transform = Affine(gsd, 0, corner[0] + col * side * gsd, 0, -gsd, corner[1] - row * side * gsd)
        part = Path(name + ".part")
        with rasterio.open(part, "w", transform=transform, **profile) as dataset:
            dataset.write(pixels[:, row * side : (row + 1) * side, col * side : (col + 1) * side], [1, 2, 3])
            dataset.write(np.full((side, side), 255, np.uint8), 4)
        part.rename(name)

    return lay_down
