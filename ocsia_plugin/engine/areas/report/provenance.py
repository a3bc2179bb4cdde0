"""What a result was made of: enough to make it again, and nothing that changes when it is."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Optional

import numpy as np
import pyogrio
import rasterio
import scipy
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from ...jobs import Job

_PATHS = ("job_id", "input", "output", "zones", "reference", "points", "tiles", "mask", "table", "report")
"""Fields that say where files lie on this machine; what they hold stands under ``inputs``."""

_VECTORS = (".gpkg", ".shp", ".geojson", ".json", ".fgb", ".kml", ".gml")

_SMALL = 64 << 20
"""Files up to this size are known by their content, larger ones by their size: rasters may take 40 GB."""


def provenance(job: Job, version: str, inputs: Mapping[str, Optional[str]], **more: Any) -> dict[str, Any]:
    """Inputs, parameters and versions, for JSON.

    Args:
        version: of the plugin; inputs: paths by their parameter; None is left out. more: seed, design...
    """
    parameters = {name: value for name, value in asdict(job).items() if name not in _PATHS}
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
    """Name of a file and what tells its content: of a vector file the features, because a GeoPackage that is written
    again has other bytes; of a small file its sha256; of a large one its size."""
    file = Path(path)
    if not file.is_file():
        return {"name": path}
    if file.suffix.lower() in _VECTORS and (features := _features(file)):
        return {"name": file.name, **features}
    size = file.stat().st_size
    known: dict[str, Any] = {"name": file.name, "bytes": size}
    if size <= _SMALL:
        known["sha256"] = hashlib.sha256(file.read_bytes()).hexdigest()
    return known


def _features(file: Path) -> Optional[dict[str, Any]]:
    """Number of features of the first layer, and a sha256 of their geometries and attributes."""
    try:
        meta, _, wkb, columns = pyogrio.raw.read(file, layer=0)
    except (DataSourceError, DataLayerError, OSError, ValueError):
        return None
    content = hashlib.sha256()
    for geometry in wkb if wkb is not None else ():
        content.update(geometry or b"")
    for name, values in zip(meta["fields"].tolist(), columns):
        content.update(f"{name}{values.tolist()!r}".encode())
    return {"features": len(columns[0]) if len(columns) else len(wkb), "features_sha256": content.hexdigest()}
