"""What an engine's Python must be able to run, and what it then says of itself."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ..engine.errors import because
from ..engine.paths import data_folder

_CODE = """
import json, platform, sys
import numpy, onnxruntime, pyogrio, pyproj, rasterio, scipy, shapely
with rasterio.Env() as env:
    drivers = sorted(env.drivers())
cpu, cuda, gpu, why = "CPUExecutionProvider", "CUDAExecutionProvider", None, ""
if cuda in onnxruntime.get_available_providers():
    try:
        if hasattr(onnxruntime, "preload_dlls"):
            onnxruntime.preload_dlls()
        session = onnxruntime.InferenceSession(sys.argv[1], providers=[cuda, cpu], enable_fallback=0)
        gpu = session.get_providers()[0] == cuda
        session.run(None, {session.get_inputs()[0].name: numpy.zeros((1, 3, 384, 384), numpy.uint8)})
    except Exception as error:
        gpu, why = False, (str(error).splitlines() or [type(error).__name__])[0]
print(json.dumps({
    "python": platform.python_version(), "numpy": numpy.__version__, "onnxruntime": onnxruntime.__version__,
    "rasterio": rasterio.__version__, "pyogrio": pyogrio.__version__, "pyproj": pyproj.__version__,
    "scipy": scipy.__version__, "shapely": shapely.__version__, "gpu": gpu, "why": why, "drivers": drivers,
}))
"""


def answer(lines: Iterable[str]) -> dict[str, Any]:
    """What the probe printed: versions of ``python`` and the libraries, GDAL's ``drivers``, and ``gpu``: whether one
    works, None where the engine is not made for one; ``why`` it does not, empty where CUDA is not even loaded.

    Raises:
        ValueError: it said nothing.
    """
    said = [line for line in lines if line.startswith("{")]
    if not said:
        raise ValueError("no answer")
    return json.loads(said[-1])


def no_gpu(found: dict[str, Any]) -> Any:
    """The reason, for a sentence, why no GPU works."""
    return found["why"] or because("why-no-cuda")


def command(python: str, *options: str) -> list[str]:
    """Starts the probe with those options of Python; it takes a second or two, more where it runs a tile on a GPU."""
    model = data_folder("resources") / "models" / "ocsia-naf15-rvb" / "model.onnx"
    return [python, *options, "-c", _CODE, str(model)]
