"""Vectorisation alone: wall time and peak memory, on the sample town's classes and on a rougher texture.

    python benchmarks/vectorize.py [--size 10000] [--min-area 10] [--simplify 0.5] [--reference]

The reference is ``gdal_polygonize.py`` of the system's GDAL, into a GeoPackage; it takes several minutes. The rough
texture is the largest of fifteen smoothed noises: about fifty pixels per region, as noisy as predictions get.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import from_origin
from rasterio.windows import Window

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.common import child, print_row, tiled_sample  # noqa: E402

_BLOCK = 512
_PERIOD = 2048


def main() -> None:
    """Print one row per raster and option."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000, help="side of the raster in pixels")
    parser.add_argument("--min-area", type=float, default=10.0, help="m², for the rows with merged regions")
    parser.add_argument("--simplify", type=float, default=0.5, help="m, for the row with smoothed outlines")
    parser.add_argument("--reference", action="store_true", help="compare with gdal_polygonize.py")
    parser.add_argument("--texture", choices=["town", "rough"], help="one of them only")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ocsia-bench-") as name:
        folder = Path(name)
        rasters = {
            "town": (tiled_sample, folder / "town.tif", "naf_truth.tif", options.size),
            "rough": (rough_classes, folder / "rough.tif", options.size),
        }
        print(f"rasters {options.size} x {options.size}")
        # In a process of its own: a child's peak memory counts from that of the process that starts it.
        with ProcessPoolExecutor(1, get_context("spawn")) as apart:
            for texture, task in rasters.items():
                if options.texture in (None, texture):
                    measure(texture, apart.submit(*task).result(), folder, options)


def measure(texture: str, raster: Path, folder: Path, asked: argparse.Namespace) -> None:
    """Rows: the reference, GeoPackage, Shapefile, small regions merged, outlines smoothed."""
    reference = polygonized(texture, raster, folder / "g.gpkg") if asked.reference else None
    engine = [sys.executable, "-m", "ocsia_plugin.engine", "vectorize", "--input", str(raster)]
    engine += ["--nomenclature", "naf15", "--base", "1"]  # these rasters do not say so themselves
    for what, name, more in (
        ("GeoPackage", "a.gpkg", []),
        ("Shapefile", "a.shp", []),
        (f"merged under {asked.min_area:g} m²", "b.gpkg", ["--min-area", str(asked.min_area)]),
        (
            f"and smoothed, {asked.simplify:g} m",
            "b.gpkg",
            ["--min-area", str(asked.min_area), "--simplify", str(asked.simplify)],
        ),
    ):
        output = folder / name
        wall, memory = child([*engine, "--output", str(output), *more])
        print_row(f"{texture}, {what}", wall, reference, memory)
        print(f"{'':28}{count(output)} polygons, {output.stat().st_size / 1e6:.0f} MB")
        for file in folder.glob(f"{output.stem}.*"):
            file.unlink()


def polygonized(texture: str, raster: Path, output: Path) -> float:
    """Seconds of GDAL's own tool; the ratios of the other rows are to them."""
    tool = shutil.which("gdal_polygonize.py")
    if tool is None:
        raise SystemExit("gdal_polygonize.py is not installed")
    wall, memory = child(["/usr/bin/python3", tool, "-q", str(raster), str(output), output.stem, "numero"])
    print_row(f"{texture}, gdal_polygonize", wall, None, memory)
    print(f"{'':28}{count(output)} polygons, {output.stat().st_size / 1e6:.0f} MB", flush=True)
    output.unlink()
    return wall


def count(path: Path) -> int:
    """Polygons in a file."""
    import pyogrio

    return int(pyogrio.read_info(path, layer=path.stem)["features"])


def rough_classes(target: Path, size: int) -> Path:
    """Classes 1 to 15 of coarse regions with frayed edges and speckles."""
    rng = np.random.default_rng(0)
    best = np.full((_PERIOD, _PERIOD), -np.inf, np.float32)
    codes = np.zeros((_PERIOD, _PERIOD), np.uint8)
    for code in range(1, 16):
        field = _noise(rng, 12) + 0.35 * _noise(rng, 1.5) + 0.3 * rng.standard_normal()
        better = field > best
        best[better], codes[better] = field[better], code
    profile = {"driver": "GTiff", "width": size, "height": size, "count": 1, "dtype": "uint8", "nodata": 0}
    profile |= {"tiled": True, "blockxsize": _BLOCK, "blockysize": _BLOCK, "compress": "LZW", "crs": "EPSG:2154"}
    columns = np.arange(size) % _PERIOD
    with rasterio.open(target, "w", transform=from_origin(500_000, 6_300_000, 0.2, 0.2), **profile) as result:
        for row in range(0, size, _BLOCK):
            rows = np.arange(row, min(row + _BLOCK, size)) % _PERIOD
            result.write(codes[rows][:, columns], 1, window=Window(0, row, size, len(rows)))
    return target


def _noise(rng: np.random.Generator, sigma: float) -> np.ndarray:
    """Periodic Gaussian noise of unit variance, smoothed over ``sigma`` pixels; float32 (_PERIOD, _PERIOD)."""
    frequency = np.fft.fftfreq(_PERIOD)[:, np.newaxis] ** 2 + np.fft.rfftfreq(_PERIOD) ** 2
    spectrum = np.fft.rfft2(rng.standard_normal((_PERIOD, _PERIOD)))
    field = np.fft.irfft2(spectrum * np.exp(-2 * (np.pi * sigma) ** 2 * frequency), s=(_PERIOD, _PERIOD))
    return (field / field.std()).astype(np.float32)


if __name__ == "__main__":
    main()
