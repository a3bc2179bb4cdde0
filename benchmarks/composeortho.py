"""Composing R, V, B, I, E from two JPEG 2000 dalles and elevation: ``composeortho`` against ``gdalwarp``.

    python benchmarks/composeortho.py [--size 5000] [--threads 2]

``gdalwarp`` gets a virtual raster of the same five bands (E as a pixel function of MNS and MNT) and writes the same
product: a Cloud Optimized GeoTIFF, LZW, with overviews. Both may use the same number of threads. Prints ratios of one
run, because machines are noisy; GDAL's own versions differ, and both are printed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import from_origin

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.common import child, print_row  # noqa: E402

_SAMPLE = ROOT / "resources" / "sample"
_CORNER = (500_000.0, 6_290_000.0)
_GSD = 0.2


def main() -> None:
    """Print one row for each of the two, and how far their pixels are apart."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=5000, help="side of a dalle in pixels")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ocsia-bench-") as name:
        folder = Path(name)
        for what in ("rvb", "irc"):
            for number in (0, 1):
                dalle(folder / what / f"dalle-{number}.jp2", f"ortho_{what}.tif", number, options.size)
        heights(folder / "mns.tif", "mns.tif", 0.5, options.size)
        heights(folder / "mnt.tif", "mnt.tif", 1.0, options.size)
        version = subprocess.run(["gdalwarp", "--version"], capture_output=True, text=True, check=True).stdout.strip()
        print(f"two dalles of {options.size} x {options.size}, {options.threads} threads")
        print(f"{version}; the engine's: {rasterio.__gdal_version__}")
        print(f"bytes of a dalle: {(folder / 'rvb' / 'dalle-0.jp2').stat().st_size}")
        measure(folder, options)


def measure(folder: Path, options: argparse.Namespace) -> None:
    """Time both, gdalwarp first: what the system keeps of the files in memory is then the same for ours."""
    threads = str(options.threads)
    os.environ["GDAL_NUM_THREADS"] = threads
    source = five_bands(folder, options.size)
    theirs, ours = folder / "theirs.tif", folder / "ours.tif"
    warp = ["gdalwarp", "-q", "-overwrite", "-r", "bilinear", "-multi", "-wo", f"NUM_THREADS={threads}"]
    warp += ["-wm", "256", "-of", "COG", "-co", "COMPRESS=LZW", "-co", f"NUM_THREADS={threads}"]
    warp += [str(source), str(theirs)]
    reference, memory = child(warp)
    print_row("gdalwarp", reference, reference, memory)
    job = [sys.executable, "-m", "ocsia_plugin.engine", "composeortho", "--output", str(ours)]
    job += ["--input", str(folder / "rvb"), "--irc", str(folder / "irc")]
    job += ["--mns", str(folder / "mns.tif"), "--mnt", str(folder / "mnt.tif")]
    wall, memory = child(job)
    print_row("composeortho", wall, reference, memory)
    print(f"speed against gdalwarp: {reference / wall:.2f} x")
    with rasterio.open(theirs) as a, rasterio.open(ours) as b:
        window = rasterio.windows.Window(0, 0, min(a.width, 2000), min(a.height, 2000))
        apart = np.abs(a.read(window=window).astype(int) - b.read(window=window))
    print("largest difference per band:", [int(v) for v in apart.max(axis=(1, 2))])


def dalle(path: Path, sample: str, number: int, size: int) -> None:
    """The sample town, repeated, as a JPEG 2000 dalle as IGN compresses them."""
    path.parent.mkdir(exist_ok=True)
    profile = {"driver": "JP2OpenJPEG", "quality": 12, "reversible": "NO", "blockxsize": 1024, "blockysize": 1024}
    write(path, sample, number * size, size, size, _GSD, profile)


def heights(path: Path, sample: str, gsd: float, size: int) -> None:
    """Elevation over both dalles."""
    profile = {"tiled": True, "blockxsize": 512, "blockysize": 512, "compress": "deflate"}
    write(path, sample, 0, round(2 * size * _GSD / gsd), round(size * _GSD / gsd), gsd, {"driver": "GTiff", **profile})


def write(path: Path, sample: str, first: int, width: int, height: int, gsd: float, profile: dict[str, object]) -> None:
    """``width`` columns of the repeated sample from column ``first`` on."""
    with rasterio.open(_SAMPLE / sample) as source:
        pixels = source.read()
    columns = np.arange(first, first + width) % pixels.shape[2]
    pixels = np.take(np.take(pixels, np.arange(height) % pixels.shape[1], axis=1), columns, axis=2)
    transform = from_origin(_CORNER[0] + first * gsd, _CORNER[1], gsd, gsd)
    shape = {"count": len(pixels), "width": width, "height": height, "dtype": pixels.dtype}
    with rasterio.open(path, "w", crs="EPSG:2154", transform=transform, **shape, **profile) as target:
        target.write(pixels)


def five_bands(folder: Path, size: int) -> Path:
    """A virtual raster of R, V, B, I, E for gdalwarp."""
    for what in ("rvb", "irc"):
        dalles = [str(folder / what / f"dalle-{number}.jp2") for number in (0, 1)]
        subprocess.run(["gdalbuildvrt", "-q", str(folder / f"{what}.vrt"), *dalles], check=True)
    width, height = 2 * size, size
    bands = []
    for place, (what, number) in enumerate((("rvb", 1), ("rvb", 2), ("rvb", 3), ("irc", 1)), start=1):
        bands.append(f'<VRTRasterBand dataType="Byte" band="{place}">{simple(what + ".vrt", number)}</VRTRasterBand>')
    for name in ("mns", "mnt"):
        extent = [str(v) for v in (_CORNER[0], _CORNER[1] - height * _GSD, _CORNER[0] + width * _GSD, _CORNER[1])]
        warp = ["gdalwarp", "-q", "-of", "VRT", "-r", "bilinear", "-tr", str(_GSD), str(_GSD), "-te", *extent]
        subprocess.run([*warp, str(folder / f"{name}.tif"), str(folder / f"{name}.vrt")], check=True)
    metres = "".join(
        f'<ComplexSource><SourceFilename relativeToVRT="1">{name}.vrt</SourceFilename><SourceBand>1</SourceBand>'
        "<ScaleOffset>0</ScaleOffset><ScaleRatio>5</ScaleRatio></ComplexSource>"
        for name in ("mns", "mnt")
    )
    bands.append(
        '<VRTRasterBand dataType="Byte" band="5" subClass="VRTDerivedRasterBand"><PixelFunctionType>diff'
        f"</PixelFunctionType><SourceTransferType>Float32</SourceTransferType>{metres}</VRTRasterBand>"
    )
    transform = f"{_CORNER[0]}, {_GSD}, 0, {_CORNER[1]}, 0, {-_GSD}"
    path = folder / "five.vrt"
    path.write_text(
        f'<VRTDataset rasterXSize="{width}" rasterYSize="{height}"><SRS>EPSG:2154</SRS>'
        f"<GeoTransform>{transform}</GeoTransform>{''.join(bands)}</VRTDataset>",
        encoding="utf-8",
    )
    return path


def simple(name: str, band: int) -> str:
    """One band of a virtual raster beside it."""
    return (
        f'<SimpleSource><SourceFilename relativeToVRT="1">{name}</SourceFilename>'
        f"<SourceBand>{band}</SourceBand></SimpleSource>"
    )


if __name__ == "__main__":
    main()
