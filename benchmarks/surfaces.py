"""Surfaces alone: wall time and peak memory, from probabilities and from classes, with few and with many zones.

    python benchmarks/surfaces.py [--size 10000]
    python benchmarks/surfaces.py --size 2560 --repeat 4 8

The second says whether time per pixel and memory grow with the raster: virtual rasters repeat the probabilities, so
that 20 000 x 20 000 pixels of 15 bands take no disk. Its times are of the processor, which others on the machine do
not lengthen much.

The probabilities are the sample town's classes at 200 of 255, the rest spread by noise.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import pyogrio
import rasterio
import shapely
from rasterio.windows import Window

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.common import child, print_row, tiled_sample  # noqa: E402

_BLOCK = 512


def main() -> None:
    """Print one row per raster and set of zones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000, help="side of the raster in pixels")
    parser.add_argument("--repeat", type=int, nargs="+", help="how often the raster is repeated each way, for growth")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ocsia-bench-") as name:
        folder = Path(name)
        # In a process of its own: a child's peak memory counts from that of the process that starts it.
        with ProcessPoolExecutor(1, get_context("spawn")) as apart:
            classes = apart.submit(tiled_sample, folder / "c.tif", "naf_truth.tif", options.size).result()
            probabilities = apart.submit(spread, classes, folder / "p.tif").result()
        if options.repeat:
            growth(probabilities, options.repeat, folder)
            return
        side = options.size * 0.2
        zones = {
            "whole raster": None,
            "50 towns": cells(folder / "towns.gpkg", side, 50),
            "2 000 overlapping parcels": cells(folder / "parcels.gpkg", side, 2000, grown=5.0),
        }
        print(f"rasters {options.size} x {options.size}")
        for raster, kind in ((classes, "classes"), (probabilities, "probabilities")):
            for what, path in zones.items():
                command = [sys.executable, "-m", "ocsia_plugin.engine", "surfaces", "--input", str(raster)]
                command += ["--output", str(folder / "z.gpkg"), "--table", str(folder / "z.csv")]
                command += ["--nomenclature", "naf15", "--base", "1"]  # these rasters do not say so themselves
                command += ["--groups", "ligneux", *(["--zones", str(path)] if path else [])]
                wall, memory = child(command)
                print_row(kind, wall, None, memory)
                print(f"{'':28}{what}")


def growth(probabilities: Path, repeats: list[int], folder: Path) -> None:
    """One line per virtual raster, with a zone per km²."""
    for times in repeats:
        raster = repeated(probabilities, folder / f"{times}.vrt", times)
        with rasterio.open(raster) as source:
            side = source.width
        zones = cells(folder / "zones.gpkg", side * 0.2, max(round((side * 0.2 / 1000) ** 2), 2))
        command = [sys.executable, "-m", "ocsia_plugin.engine", "surfaces", "--input", str(raster)]
        command += ["--nomenclature", "naf15", "--base", "1", "--groups", "ligneux", "--zones", str(zones)]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        wall, memory = child([*command, "--output", str(folder / "z.gpkg")])
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print_row(f"{side} x {side} x 15", wall, None, memory)
        print(f"{'':28}{spent:9.1f} s of processor, {1e6 * spent / side**2:.3f} s per million pixels", flush=True)


def repeated(small: Path, target: Path, times: int) -> Path:
    """A virtual raster that shows a raster ``times`` x ``times`` times, side by side."""
    with rasterio.open(small) as source:
        size, count, crs = source.width, source.count, source.crs.to_wkt()
        west, north, pixel = source.transform.c, source.transform.f, source.transform.a
    side = size * times
    places = [(column * size, row * size) for row in range(times) for column in range(times)]
    lines = [f'<VRTDataset rasterXSize="{side}" rasterYSize="{side}">', f"<SRS>{escape(crs)}</SRS>"]
    lines.append(f"<GeoTransform>{west}, {pixel}, 0, {north}, 0, {-pixel}</GeoTransform>")
    for band in range(1, count + 1):
        lines.append(f'<VRTRasterBand dataType="Byte" band="{band}" blockXSize="{_BLOCK}" blockYSize="{_BLOCK}">')
        for x, y in places:
            lines.append(
                f'<SimpleSource><SourceFilename relativeToVRT="1">{small.name}</SourceFilename>'
                f'<SourceBand>{band}</SourceBand><SrcRect xOff="0" yOff="0" xSize="{size}" ySize="{size}"/>'
                f'<DstRect xOff="{x}" yOff="{y}" xSize="{size}" ySize="{size}"/></SimpleSource>'
            )
        lines.append("</VRTRasterBand>")
    target.write_text("\n".join([*lines, "</VRTDataset>"]), encoding="utf-8")
    return target


def cells(target: Path, side: float, count: int, grown: float = 0.0) -> Path:
    """``count`` polygons around random points, with frayed outlines, that cover the raster; ``grown``: they overlap."""
    rng = np.random.default_rng(0)
    corner = np.array([500_000, 6_300_000 - side])
    points = shapely.multipoints(corner + side * rng.random((count, 2)))
    frame = shapely.box(*corner, *(corner + side))
    polygons = shapely.intersection(shapely.get_parts(shapely.voronoi_polygons(points)), frame)
    polygons = shapely.segmentize(shapely.buffer(polygons, grown) if grown else polygons, 5.0)
    pyogrio.raw.write(target, shapely.to_wkb(polygons), [], [], driver="GPKG", geometry_type="Polygon", crs="EPSG:2154")
    return target


def spread(classes: Path, target: Path) -> Path:
    """A probability raster of 15 bands whose most probable classes are those of a class raster."""
    noise = np.random.default_rng(0).multinomial(55, np.full(15, 1 / 15), (_BLOCK, _BLOCK)).astype(np.uint8)
    noise = np.moveaxis(noise, 2, 0)
    with rasterio.open(classes) as source:
        size = source.width
        profile = {**source.profile, "count": 15, "photometric": "MINISBLACK", "compress": "LZW", "bigtiff": "YES"}
        with rasterio.open(target, "w", **profile) as result:
            for row in range(0, size, _BLOCK):
                for column in range(0, size, _BLOCK):
                    window = Window(column, row, min(_BLOCK, size - column), min(_BLOCK, size - row))
                    codes = source.read(1, window=window)
                    values = noise[:, : window.height, : window.width].copy()
                    values[codes == np.arange(1, 16)[:, np.newaxis, np.newaxis]] += 200
                    result.write(values, window=window)
    return target


if __name__ == "__main__":
    main()
