"""Pictures, changes, neighbourhoods and comparisons: wall time and peak memory at two sizes, to see that memory stays.

    python benchmarks/maps.py [--size 10000]

The raster is the sample town's true classes, repeated; the later vintage is the same raster moved by one pixel.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import rasterio
from rasterio.transform import from_origin

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.common import child, print_row, tiled_sample  # noqa: E402


def main() -> None:
    """Print one row per job and size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000, help="side of the larger raster in pixels")
    options = parser.parse_args()
    for size in (options.size // 2, options.size):
        print(f"raster {size} x {size}")
        with tempfile.TemporaryDirectory(prefix="ocsia-bench-") as name:
            measure(Path(name), size)


def measure(folder: Path, size: int) -> None:
    """All jobs over rasters of one size."""
    # In a process of its own: a child's peak memory counts from that of the process that starts it.
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:
        classes = apart.submit(tiled_sample, folder / "c.tif", "naf_truth.tif", size).result()
        later = apart.submit(tiled_sample, folder / "d.tif", "naf_truth.tif", size).result()
        ortho = apart.submit(tiled_sample, folder / "o.tif", "ortho_rvb.tif", size).result()
    with rasterio.open(later, "r+") as dataset:
        dataset.transform = from_origin(500_000.2, 6_300_000, 0.2, 0.2)
    said = ["--nomenclature", "naf15", "--base", "1"]
    picture, change, around = (str(folder / f"{name}.tif") for name in ("v", "g", "n"))
    reference, candidates = str(folder / "r.gpkg"), str(folder / "k.gpkg")
    jobs = {
        "visualize": ["--input", classes, "--ortho", ortho, "--output", picture],
        "change": ["--before", classes, "--after", later, "--output", change, "--polygons", str(folder / "g.gpkg")],
        "neighbourhood": ["--input", classes, "--output", around],
        "vectorize": ["--input", classes, "--output", reference, "--min-area", "20"],
        "compareref": ["--input", later, "--reference", reference, "--field", "numero", "--output", candidates],
    }
    for kind, words in jobs.items():
        wall, memory = child([sys.executable, "-m", "ocsia_plugin.engine", kind, *map(str, words), *said])
        print_row(kind, wall, None, memory)


if __name__ == "__main__":
    main()
