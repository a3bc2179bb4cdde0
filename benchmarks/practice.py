"""The usual practice, for comparison: patches of 512 pixels with a margin of 128, each pixel computed four times.

    python benchmarks/practice.py ORTHO [--model ID]

Reading, inference and writing wait for each other, four patches at a time, as in the loops that are published with
FLAIR's models; classes are written as a tiled GeoTIFF. With PyTorch and segmentation-models-pytorch installed the
network is theirs (U-Net, ResNet-34, random weights), else the same network in ONNX Runtime, which is faster.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import rasterio
from rasterio.windows import Window

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

PATCH, MARGIN, BATCH = 512, 128, 4
CORE = PATCH - 2 * MARGIN
Infer = Callable[[np.ndarray], np.ndarray]


def main() -> None:
    """Print seconds and what ran the network, as one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ortho")
    parser.add_argument("--model", required=True, help="of which the bands and, without PyTorch, the network are taken")
    parser.add_argument("--device", default="cpu", choices=("cpu", "gpu"))
    options = parser.parse_args()
    device = options.device
    infer, runtime = in_pytorch(options.ortho, device) if has_pytorch() else in_onnxruntime(options.model, device)
    infer(np.zeros((1, rasterio.open(options.ortho).count, PATCH, PATCH), np.uint8))
    with tempfile.TemporaryDirectory(prefix="ocsia-bench-") as folder:
        start = time.perf_counter()
        loop(options.ortho, Path(folder) / "classes.tif", infer)
        print(json.dumps({"seconds": time.perf_counter() - start, "runtime": runtime}))


def loop(path: str, target: Path, infer: Infer) -> None:
    """Classes of a raster, patch by patch."""
    with rasterio.open(path) as source:
        profile = {"driver": "GTiff", "width": source.width, "height": source.height, "count": 1, "dtype": "uint8"}
        profile |= {"crs": source.crs, "transform": source.transform, "compress": "LZW", "tiled": True}
        places = [(row, col) for row in range(0, source.height, CORE) for col in range(0, source.width, CORE)]
        with rasterio.open(target, "w", blockxsize=512, blockysize=512, **profile) as result:
            for at in range(0, len(places), BATCH):
                some = places[at : at + BATCH]
                windows = [Window(col - MARGIN, row - MARGIN, PATCH, PATCH) for row, col in some]
                batch = np.stack([source.read(window=w, boundless=True, fill_value=0) for w in windows])
                classes = infer(batch).argmax(1).astype(np.uint8)
                for (row, col), one in zip(some, classes, strict=True):
                    height, width = min(CORE, source.height - row), min(CORE, source.width - col)
                    core = one[MARGIN : MARGIN + height, MARGIN : MARGIN + width]
                    result.write(core, 1, window=Window(col, row, width, height))


def has_pytorch() -> bool:
    """Whether PyTorch and its segmentation models can be imported."""
    try:
        import segmentation_models_pytorch
        import torch
    except ImportError:
        return False
    return bool(segmentation_models_pytorch and torch)


def in_pytorch(path: str, device: str) -> tuple[Infer, str]:
    """The network in PyTorch: uint8 (N, bands, 512, 512) to float (N, 19, 512, 512)."""
    import segmentation_models_pytorch
    import torch

    with rasterio.open(path) as source:
        bands = source.count
    network = segmentation_models_pytorch.Unet("resnet34", encoder_weights=None, in_channels=bands, classes=19).eval()
    place = torch.device("cuda" if device == "gpu" else "cpu")
    network.to(place)

    def infer(batch: np.ndarray) -> np.ndarray:
        with torch.inference_mode():
            normalised = (torch.from_numpy(batch).to(place).float() - 105.0) / 52.0
            return torch.softmax(network(normalised), 1).cpu().numpy()

    return infer, f"PyTorch {torch.__version__}, {place}, {torch.get_num_threads()} threads"


def in_onnxruntime(model: str, device: str) -> tuple[Infer, str]:
    """The network in ONNX Runtime, normalisation and softmax in the graph."""
    import onnxruntime

    from ocsia_plugin.engine.events import Events
    from ocsia_plugin.engine.models.catalogue import find_model
    from ocsia_plugin.engine.runtime.session import OnnxSession

    session = OnnxSession(replace(find_model(model), halo=0), device, Events())
    return lambda batch: np.concatenate([session.probabilities(image[np.newaxis]) for image in batch]), (
        f"ONNX Runtime {onnxruntime.__version__}, {session.provider}, {session.threads} threads"
    )


if __name__ == "__main__":
    main()
