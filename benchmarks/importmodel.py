"""Import of weights in the layout of IGN's, with random numbers: wall time and peak memory, against their limits.

    python benchmarks/importmodel.py

A FLAIR-INC U-Net with a ResNet-34 encoder (98 MB) and a FLAIR-HUB UPerNet with a Swin-B encoder (358 MB).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools import ign_files  # noqa: E402

SECONDS, MEGABYTES = 60, 4096
"""What an import may take."""
FILES = {
    "FLAIR-INC_rgbie_15cl_resnet34-unet_weights.pth": ("smp-unet-resnet34", 5),
    "FLAIR-HUB_LC-A_RGB_swinbase-upernet.safetensors": ("smp-upernet-swinbase", 3),
}
"""Skeleton and number of bands, by the name of the file."""


def main() -> None:
    """Print one row for each file; fails beyond the limits."""
    with tempfile.TemporaryDirectory(prefix="ocsia-bench-") as name:
        failed = [file for file in FILES if not within_limits(Path(name) / file)]
    if failed:
        raise SystemExit(1)


def within_limits(path: Path) -> bool:
    """Write the checkpoint, import it, print what that took."""
    # The file is written by a process of its own: a child's peak memory counts from that of its parent.
    subprocess.run([sys.executable, __file__, str(path)], check=True)
    command = [sys.executable, "-m", "ocsia_plugin.engine", "importmodel", "--file", str(path)]
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "OCSIA_MODELS": str(path.with_suffix(".models"))})
    _, status, usage = os.wait4(process.pid, 0)
    seconds, memory = time.perf_counter() - start, usage.ru_maxrss / 1024
    size = path.stat().st_size / 1e6
    print(f"{path.name}, {size:.0f} MB: {seconds:.1f} s of {SECONDS}, {memory:.0f} MB of {MEGABYTES}")
    return not status and seconds <= SECONDS and memory <= MEGABYTES


def write(path: Path) -> None:
    """The checkpoint."""
    name, bands = FILES[path.name]
    skeleton = ign_files.skeleton_named(name)
    weights = ign_files.random_weights(skeleton, bands, 19, head=0.05)
    state = ign_files.with_companions(skeleton, weights)
    if ign_files.of_flair_hub(skeleton):
        ign_files.save_safetensors(path, ign_files.flair_hub(state))
    else:
        ign_files.save(path, ign_files.flair_inc(state, np.array([c in (*range(14), 17) for c in range(19)])))


if __name__ == "__main__":
    write(Path(sys.argv[1])) if sys.argv[1:] else main()
