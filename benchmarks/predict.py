"""Prediction against the bare model: wall time and peak memory of ``predict``, and ONNX Runtime on the same pixels.
Then the jobs that take the result further: ``argmax``, ``vectorize``, ``surfaces``.

    python benchmarks/predict.py [--size 10000] [--model ocsia-naf15-rvb]
    python benchmarks/predict.py --unet --size 4096 [--practice-python PYTHON]

Prints ratios of one run, because machines are noisy. "Bare" is ONNX Runtime on the same image in memory, in tiles of
the same size without overlap, nothing read, nothing written. "Net" is without the arithmetic that the halo adds.
With ``--unet`` the model is a FLAIR-INC U-Net with a ResNet-34 encoder and random weights, of five bands, and the usual
practice runs on the same raster (see practice.py), in the Python that is named, which may have PyTorch.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.common import child, print_row, tiled_sample  # noqa: E402


def main() -> None:
    """Time the bare model, then classes and confidence, then probabilities as well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000, help="side of the raster in pixels")
    parser.add_argument("--model", default="ocsia-naf15-rvb")
    parser.add_argument("--tile", type=int, help="side that one inference delivers")
    parser.add_argument("--device", default="cpu", choices=("cpu", "gpu"), help="of prediction and bare model alike")
    parser.add_argument("--precision", default="float32", choices=("float32", "auto"), help="of prediction alone")
    parser.add_argument("--unet", action="store_true", help="a FLAIR-INC U-Net of random weights, imported first")
    parser.add_argument("--practice-python", default=sys.executable, help="that runs the usual practice")
    parser.add_argument("--bare", metavar="RASTER", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bare:
        print(json.dumps(bare(options.bare, options.model, options.tile, options.device)))
        return
    with tempfile.TemporaryDirectory(prefix="ocsia-bench-") as folder:
        if options.unet:
            options.model = random_unet(Path(folder))
        more = "ortho_irc.tif" if options.unet else ""
        ortho = tiled_sample(Path(folder) / "ortho.tif", "ortho_rvb.tif", options.size, more)
        measure(ortho, Path(folder), options)


def random_unet(folder: Path) -> str:
    """A model of the size of FLAIR-INC's, among the models of this process and its children; returns its id."""
    from benchmarks import importmodel

    os.environ["OCSIA_MODELS"] = str(folder / "models")
    name = next(iter(importmodel.FILES))
    command = [sys.executable, str(ROOT / "benchmarks" / "importmodel.py"), str(folder / name)]
    subprocess.run(command, check=True)
    child([sys.executable, "-m", "ocsia_plugin.engine", "importmodel", "--file", str(folder / name), "--id", "unet"])
    return "unet"


def measure(ortho: Path, folder: Path, options: argparse.Namespace) -> None:
    """Print one row per measurement."""
    tile = ["--tile", str(options.tile)] if options.tile else []
    own = [sys.executable, __file__, "--bare", str(ortho), "--model", options.model, "--device", options.device, *tile]
    reference = json.loads(subprocess.run(own, check=True, capture_output=True, text=True).stdout)
    seconds = reference["seconds"]
    print(f"raster {options.size} x {options.size}; tile {reference['tile']} + 2 x halo {reference['halo']}")
    print(f"arithmetic factor of the halo: {reference['halo_factor']:.3f}")
    factor = reference["halo_factor"]
    print_row("bare ONNX Runtime", seconds, seconds, None)
    predict = [sys.executable, "-m", "ocsia_plugin.engine", "predict", "--input", str(ortho), *tile]
    predict += ["--model", options.model, "--device", options.device, "--precision", options.precision]
    classes = ["--classes", str(folder / "c.tif"), "--confidence", str(folder / "f.tif")]
    wall, memory = child([*predict, *classes])
    print_row("classes + confidence", wall, seconds, memory)
    print(f"{'':28}net of the halo {wall / seconds / factor:.2f} x")
    if options.unet:
        practice = [options.practice_python, str(Path(__file__).with_name("practice.py")), str(ortho)]
        practice += ["--device", options.device]
        done = subprocess.run([*practice, "--model", options.model], check=True, capture_output=True, text=True)
        usual = json.loads(done.stdout)
        print_row("512/128 practice", usual["seconds"], seconds, None)
        print(f"{'':28}{usual['seconds'] / wall:.2f} x the time of classes + confidence ({usual['runtime']})")
    wall, memory = child([*predict, *classes, "--probabilities", str(folder / "p.tif")])
    print_row("... + probabilities", wall, seconds, memory)
    print(f"{'':28}net of the halo {wall / seconds / factor:.2f} x")
    if not options.unet:
        products(folder)
    for name in ("c", "f", "p"):
        print(f"{name}.tif: {(folder / f'{name}.tif').stat().st_size / 1e6:.0f} MB")


def products(folder: Path) -> None:
    """One row for each job that takes the prediction further."""
    engine = [sys.executable, "-m", "ocsia_plugin.engine"]
    jobs = {
        "argmax": ["--input", folder / "p.tif", "--output", folder / "a.tif", "--confidence", folder / "g.tif"],
        "vectorize": ["--input", folder / "c.tif", "--output", folder / "v.gpkg"],
        "surfaces": ["--input", folder / "p.tif", "--output", folder / "z.gpkg", "--table", folder / "z.csv"],
    }
    for name, arguments in jobs.items():
        wall, memory = child([*engine, name, *map(str, arguments)])
        print_row(name, wall, None, memory)


def bare(path: str, model: str, tile: int | None, device: str) -> dict[str, object]:
    """Seconds of ONNX Runtime alone on every pixel of a raster, each computed once."""
    import rasterio
    from rasterio.windows import Window

    from ocsia_plugin.engine.events import Events
    from ocsia_plugin.engine.grid import ceil_to
    from ocsia_plugin.engine.models.catalogue import find_model
    from ocsia_plugin.engine.runtime.session import OnnxSession
    from ocsia_plugin.engine.tiling import core_size

    card = find_model(model)
    session = OnnxSession(replace(card, halo=0), device, Events())
    tile_width, tile_height = core_size(card, tile)
    seconds = delivered = computed = 0.0
    with rasterio.open(path) as source:
        for row in range(0, source.height, tile_height):
            for col in range(0, source.width, tile_width):
                height, width = min(tile_height, source.height - row), min(tile_width, source.width - col)
                shape = 1, len(card.bands), ceil_to(height, card.stride), ceil_to(width, card.stride)
                image = np.zeros(shape, np.uint8)
                bands = list(range(1, len(card.bands) + 1))
                image[0, :, :height, :width] = source.read(bands, window=Window(col, row, width, height))
                start = time.perf_counter()
                session.probabilities(image)
                seconds += time.perf_counter() - start
                delivered += height * width
                computed += (height + 2 * card.halo) * (width + 2 * card.halo)
    tile_text = f"{tile_width} x {tile_height}"
    return {"seconds": seconds, "tile": tile_text, "halo": card.halo, "halo_factor": computed / delivered}


if __name__ == "__main__":
    main()
