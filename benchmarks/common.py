"""What the benchmarks share: a raster of any size from the sample town, and a child process that is watched."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import from_origin
from rasterio.windows import Window

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "resources" / "sample"
_BLOCK = 512


def tiled_sample(target: Path, name: str, size: int, more: str = "") -> Path:
    """A raster of ``size`` x ``size`` pixels: the sample town again and again, mirrored so that its edges go on.

    Args:
        more: another raster of the sample whose first two bands follow, as I and E: what they hold changes no time.
    """
    with rasterio.open(SAMPLE / name) as source:
        pixels = source.read()
        if more:
            with rasterio.open(SAMPLE / more) as other:
                pixels = np.concatenate([pixels, other.read([1, 2])])
        profile = {
            "driver": "GTiff",
            "width": size,
            "height": size,
            "count": len(pixels),
            "dtype": "uint8",
            "crs": source.crs,
            "transform": from_origin(500_000, 6_300_000, 0.2, 0.2),
            "tiled": True,
            "blockxsize": _BLOCK,
            "blockysize": _BLOCK,
            "compress": "DEFLATE",
            "zlevel": 1,
            "num_threads": "ALL_CPUS",
            "bigtiff": "IF_SAFER",
        }
        tags = source.tags()
    if more:
        profile |= {"photometric": "RGB", "alpha": "NO"}
    rows = _mirrored(size, pixels.shape[1])
    cols = _mirrored(size, pixels.shape[2])
    with rasterio.open(target, "w", **profile) as result:
        if more:
            result.descriptions = ("R", "V", "B", "I", "E")
        result.update_tags(**{k: v for k, v in tags.items() if k.startswith("OCSIA")})
        for row in range(0, size, _BLOCK):
            strip = pixels[:, rows[row : row + _BLOCK]][:, :, cols]
            result.write(strip, window=Window(0, row, size, strip.shape[1]))
    return target


def _mirrored(size: int, period: int) -> np.ndarray:
    there_and_back = np.concatenate([np.arange(period), np.arange(period)[::-1]])
    return there_and_back[np.arange(size) % (2 * period)]


def child(command: list[str]) -> tuple[float, float]:
    """Wall seconds of a command, and its peak resident memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status:
        raise SystemExit(f"{' '.join(command)} failed with status {status}")
    return wall, usage.ru_maxrss / 1024


def print_row(what: str, seconds: float, reference: float | None, memory: float | None) -> None:
    """One aligned line: seconds, ratio to the reference, peak memory."""
    ratio = f"{seconds / reference:6.2f} x" if reference else " " * 8
    print(f"{what:28}{seconds:9.1f} s {ratio}" + (f" {memory:8.0f} MB" if memory else ""), flush=True)
