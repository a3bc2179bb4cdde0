"""Import of a FLAIR-INC U-Net with a ResNet-34 encoder (98 MB): wall time and peak memory, against their limits.

    python benchmarks/importmodel.py

The file has the layout of IGN's and random weights.
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
"""What the import may take."""


def main() -> None:
    """Print one row; fails beyond the limits."""
    # The file is written by a process of its own: a child's peak memory counts from that of its parent.
    with tempfile.TemporaryDirectory(prefix="ocsia-bench-") as name:
        path = Path(name) / "FLAIR-INC_rgbie_15cl_resnet34-unet_weights.pth"
        subprocess.run([sys.executable, __file__, str(path)], check=True)
        command = [sys.executable, "-m", "ocsia_plugin.engine", "importmodel", "--file", str(path)]
        start = time.perf_counter()
        environment = {**os.environ, "OCSIA_MODELS": str(Path(name) / "models")}
        process = subprocess.Popen(command, cwd=ROOT, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        seconds, memory = time.perf_counter() - start, usage.ru_maxrss / 1024
        size = path.stat().st_size / 1e6
    print(f"import of {size:.0f} MB: {seconds:.1f} s of {SECONDS}, {memory:.0f} MB of {MEGABYTES}")
    if status or seconds > SECONDS or memory > MEGABYTES:
        raise SystemExit(1)


def write(path: Path) -> None:
    """The checkpoint."""
    unet = ign_files.skeleton_named("smp-unet-resnet34")
    state = ign_files.with_companions(unet, ign_files.random_weights(unet, 5, 19, head=0.05))
    ign_files.save(path, ign_files.flair_inc(state, np.array([c in (*range(14), 17) for c in range(19)])))


if __name__ == "__main__":
    write(Path(sys.argv[1])) if sys.argv[1:] else main()
