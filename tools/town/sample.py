"""Write a scene as the files of the sample: Cloud Optimized GeoTIFFs and a GeoPackage of zones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyogrio
import pyogrio.raw
import shapely
from rasterio.features import shapes, sieve
from rasterio.io import MemoryFile
from rasterio.shutil import copy
from rasterio.transform import Affine, from_origin

from ocsia_plugin.engine.nomenclature import load_nomenclature
from ocsia_plugin.engine.products.classes import Legend, describe_classes

from .scene import Scene
from .styles import ZONES

CRS = "EPSG:2154"
#: North-west corner in Lambert-93, in the Gers; a multiple of every usual pixel size.
CORNER = (500000.0, 6290000.0)

JPEG = {"compress": "JPEG", "quality": 87, "overview_resampling": "average", "overview_quality": 80}
ELEVATION = {
    "compress": "DEFLATE",
    "level": 9,
    "predictor": "FLOATING_POINT",
    "overview_resampling": "nearest",
}
#: Elevations are rounded to this step (m): a power of two leaves few bits to compress.
STEP = np.float32(1 / 64)
CLASSES = {"compress": "DEFLATE", "level": 9, "overview_resampling": "mode"}


def _cog(
    path: Path,
    data: np.ndarray,
    transform: Affine,
    names: list[str],
    options: dict[str, object],
    legend: Legend | None = None,
) -> None:
    """Write `data` (bands, H, W) as a COG; `names` become band descriptions, `legend` colours and class names."""
    bands, height, width = data.shape
    profile = {
        "driver": "GTiff",
        "count": bands,
        "height": height,
        "width": width,
        "dtype": data.dtype,
        "crs": CRS,
        "transform": transform,
        "nodata": 0 if legend else None,
    }
    with MemoryFile() as memory:
        with memory.open(**profile) as out:
            out.write(data)
            out.descriptions = tuple(names)
            if legend:
                describe_classes(out, legend, "fr")
        copy(memory.name, path, driver="COG", blocksize=512, num_threads=1, **options)


def _rounded(band: np.ndarray) -> np.ndarray:
    """Elevations to the nearest STEP, float32."""
    return np.rint(band / STEP) * STEP


def _coarser(band: np.ndarray, factor: int) -> np.ndarray:
    """Means of factor x factor blocks, float32; the size must divide."""
    h, w = band.shape
    return (
        band.reshape(h // factor, factor, w // factor, factor)
        .mean((1, 3), dtype=np.float64)
        .astype(np.float32)
    )


def write(scene: Scene, folder: Path) -> list[Path]:
    """Write the sample into `folder` and return its files.

    The terrain is stored at 1 m, as RGE ALTI is; everything else on the grid of the ortho-image.
    """
    folder.mkdir(parents=True, exist_ok=True)
    grid = from_origin(*CORNER, scene.gsd, scene.gsd)
    factor = max(1, round(1.0 / scene.gsd))
    ground = from_origin(*CORNER, scene.gsd * factor, scene.gsd * factor)
    naf = load_nomenclature("naf15")
    _cog(folder / "ortho_rvb.tif", scene.rgb, grid, ["Rouge", "Vert", "Bleu"], JPEG)
    _cog(folder / "ortho_irc.tif", scene.irc, grid, ["Proche infrarouge", "Rouge", "Vert"], JPEG)
    _cog(folder / "mns.tif", _rounded(scene.mns)[None], grid, ["MNS (m)"], ELEVATION)
    _cog(folder / "mnt.tif", _rounded(_coarser(scene.mnt, factor))[None], ground, ["MNT (m)"], ELEVATION)
    _cog(folder / "naf_truth.tif", scene.naf[None], grid, ["NAF"], CLASSES, Legend(naf, naf.classes))
    _zones(scene, folder / "zones.gpkg", grid)
    return sorted(p for p in folder.iterdir() if p.suffix in (".tif", ".gpkg"))


def _zones(scene: Scene, path: Path, grid: Affine) -> None:
    """The zones as polygons that tile the scene, with smooth common boundaries."""
    step = max(1, round(2.0 / scene.gsd))
    coarse = np.ascontiguousarray(scene.zones[step // 2 :: step, step // 2 :: step])
    coarse = sieve(coarse, 500)  # no scraps below 2000 m2 (pixels of 2 m)
    scale = Affine.scale(scene.zones.shape[1] / coarse.shape[1], scene.zones.shape[0] / coarse.shape[0])
    found = [
        (int(code), shapely.geometry.shape(geometry))
        for geometry, code in shapes(coarse, transform=grid * scale)
    ]
    codes = sorted({code for code, _ in found})
    parts = [shapely.unary_union([g for c, g in found if c == code]) for code in codes]
    outlines = shapely.coverage_simplify(parts, 6.0, simplify_boundary=False)
    names = np.array([ZONES[code] for code in codes], dtype=object)
    path.unlink(missing_ok=True)
    # The date of last change is part of a GeoPackage: fixed, so that the same scene gives the same bytes.
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2024-01-01T00:00:00.000Z"})
    pyogrio.raw.write(
        path,
        shapely.to_wkb([shapely.multipolygons([g]) if g.geom_type == "Polygon" else g for g in outlines]),
        [names],
        ["nom"],
        layer="zones",
        driver="GPKG",
        geometry_type="MultiPolygon",
        crs=CRS,
        dataset_options={"VERSION": "1.3"},  # what GDAL 3.6 knows
    )
