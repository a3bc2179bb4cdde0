"""What a result was made of: enough to make it again, and nothing that changes when it is."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Optional

import numpy as np
import rasterio
import scipy
import shapely

from ...jobs import Job

_SMALL = 64 << 20
"""Files up to this size are known by their content, larger ones by their size: rasters may take 40 GB."""


def provenance(job: Job, version: str, inputs: Mapping[str, Optional[str]], **more: Any) -> dict[str, Any]:
    """Inputs, parameters and versions, for JSON.

    Args:
        version: of the plugin; inputs: paths by their parameter; None is left out. more: seed, design...
    """
    parameters = {name: value for name, value in asdict(job).items() if name != "job_id"}
    return {
        "job": job.kind,
        "parameters": parameters,
        "inputs": {name: _file(path) for name, path in sorted(inputs.items()) if path},
        "versions": {
            "ocsia": version,
            "python": platform.python_version(),
            "numpy": np.__version__,
            "scipy": scipy.__version__,
            "rasterio": rasterio.__version__,
            "gdal": rasterio.__gdal_version__,
            "shapely": shapely.__version__,
        },
        **more,
    }


def _file(path: str) -> dict[str, Any]:
    """Name and size of a file, and its sha256 where it is small."""
    file = Path(path)
    if not file.is_file():
        return {"name": path}
    size = file.stat().st_size
    known: dict[str, Any] = {"name": file.name, "bytes": size}
    if size <= _SMALL:
        known["sha256"] = hashlib.sha256(file.read_bytes()).hexdigest()
    return known
