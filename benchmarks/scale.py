"""Prediction at growing sizes, and a whole dalle: time per pixel, peak memory, sizes of the files.

    python benchmarks/scale.py [--sizes 4000 5000 20000 40000]
    python benchmarks/scale.py --dalle [--side 10]

The image is a virtual raster that repeats the sample town, so that the disk holds nothing but the results. Classes and
confidence, bundled model. Time should grow with the pixels, memory should not.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.common import SAMPLE, child, print_row  # noqa: E402
from ocsia_plugin.engine.products.mosaic import Placed, write_mosaic  # noqa: E402

_WIDTH, _HEIGHT = 2500, 2000
"""Of the sample town, in pixels."""

_PIXELS_PER_KM = 5000


def main() -> None:
    """Print one row per size, or the dalle."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[4000, 5000, 20_000, 40_000], help="sides in pixels")
    parser.add_argument("--dalle", action="store_true", help="one dalle instead")
    parser.add_argument("--side", type=int, default=10, help="of the dalle, in km")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ocsia-bench-") as folder:
        if options.dalle:
            dalle(options.side, Path(folder))
        else:
            predictions(options.sizes, Path(folder))


def predictions(sizes: list[int], folder: Path) -> None:
    """One prediction per size."""
    for size in sizes:
        ortho = town(folder / "ortho.vrt", size)
        results = {name: folder / f"{name}.tif" for name in ("classes", "confidence")}
        arguments = [text for name, path in results.items() for text in (f"--{name}", str(path))]
        wall, memory = child([*engine("predict", ortho), *arguments])
        report(f"{size} x {size}", wall, memory, size * size)
        for path in results.values():
            path.unlink()


def dalle(side: int, folder: Path) -> None:
    """One dalle of the kilometre grid."""
    ortho = town(folder / "ortho.vrt", side * _PIXELS_PER_KM)
    wall, memory = child([*engine("dalles", ortho), "--grid", str(side), "--output", str(folder / "dalles")])
    report(f"dalle of {side} km", wall, memory, (side * _PIXELS_PER_KM) ** 2)
    for path in sorted((folder / "dalles").glob("*.tif")):
        print(f"{path.name}: {path.stat().st_size / 1e6:.0f} MB")


def engine(kind: str, ortho: Path) -> list[str]:
    """The engine's command line."""
    return [sys.executable, "-m", "ocsia_plugin.engine", kind, "--input", str(ortho)]


def report(what: str, seconds: float, memory: float, pixels: int) -> None:
    """Print a row, and the time per pixel under it."""
    print_row(what, seconds, None, memory)
    print(f"{'':28}{1e6 * seconds / pixels:9.3f} s per million pixels", flush=True)


def town(target: Path, size: int) -> Path:
    """A virtual raster of ``size`` x ``size`` pixels, with its north-west corner where the sample town has it."""
    path = SAMPLE / "ortho_rvb.tif"
    corners = [(col, row) for row in range(0, size, _HEIGHT) for col in range(0, size, _WIDTH)]
    write_mosaic(target, [Placed(path, col, row) for col, row in corners], size, size)
    return target


if __name__ == "__main__":
    main()
