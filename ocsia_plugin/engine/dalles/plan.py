"""Which dalles a territory has, what they are called, and the manifest that says so."""

from __future__ import annotations

import hashlib
import json
import math
import os
import re
import string
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import shapely

from ..errors import OcsiaError, because, system_reason
from ..grid import Grid
from ..jobs import DallesJob
from ..models.catalogue import find_model
from ..ortho.opening import OrthoSources
from ..ortho.polygons import read_polygons
from ..ortho.reader import result_grid
from ..ortho.sources import horizontal
from ..ortho.spool import is_spool, spool_manifest
from ..ortho.where import Where
from ..runtime.memory import memory_for
from ..tiling import core_size

MANIFEST = "dalles.json"
SIDES_KM = (1, 2, 5, 10)
PRODUCTS = {"probabilities": "proba", "classes": "argmax", "confidence": "confiance", "vectors": "vecto"}
"""What a dalle may get, and how the file names call it."""

_SUFFIXES = {"vectors": ".gpkg"}
_FIELDS = {"department", "year", "x", "y", "product"}
_FILE_NAME = re.compile(r"[\w.-]+")
_UNNAMED = ("lang", "job_id", "local", "scheduler", "device")
"""Fields of a job that change nothing of what it writes."""


@dataclass(frozen=True)
class Dalle:
    """A square of whole kilometres.

    Attributes:
        x, y: easting and northing of the north-west corner, in km.
        side: in km.
        files: path of each product.
        pixels: about as many have to be computed: those inside the image, the extent and the mask.
    """

    x: int
    y: int
    side: int
    files: dict[str, str]
    pixels: int = 0

    @property
    def name(self) -> str:
        """Names the dalle in messages and folders."""
        return f"{self.x}_{self.y}"

    @property
    def is_done(self) -> bool:
        """Whether all its files are there: what exists under its final name is whole."""
        return all(os.path.exists(path) for path in self.files.values())

    def grid(self, gsd: float) -> Grid:
        """Its pixels, on multiples of ``gsd``."""
        size = round(1000 * self.side / gsd)
        return Grid(1000.0 * self.x, 1000.0 * self.y, gsd, gsd, size, size)


def planned(job: DallesJob) -> list[Dalle]:
    """The dalles that the image, the extent and the mask of a job touch, from the north-west on.

    Raises:
        OcsiaError: ``dalles-grid``, ``dalles-naming``, ``dalles-gsd``, ``dalles-mask``, or the refusals of the image.
    """
    if job.grid not in SIDES_KM:
        raise OcsiaError("dalles-grid", value=job.grid, known=", ".join(map(str, SIDES_KM)))
    gsd = result_gsd(job)
    if not math.isclose(1000 / gsd, round(1000 / gsd), rel_tol=1e-9):
        raise OcsiaError("dalles-gsd", gsd=gsd)
    where = Where(job)
    with OrthoSources(job) as sources:
        crs, whole = result_grid(sources.image, gsd, job.crs)
    if horizontal(crs).linear_units_factor[1] != 1:
        raise OcsiaError("raster-crs-units", path=job.input, crs=crs.to_string())
    where.keep_to(whole.bounds)
    grid = whole.cropped(where.extent)
    if grid.width == 0 or grid.height == 0:
        raise OcsiaError(where.outside, path=job.input)
    dalles = [_dalle(job, x, y) for x, y in _corners(grid, job.grid)]
    touched = [dalle for dalle in dalles if where.touches(dalle.grid(gsd))]
    return [replace(dalle, pixels=max(where.pixels(dalle.grid(gsd)), 1)) for dalle in touched]


def result_gsd(job: DallesJob) -> float:
    """Pixel size of the results in metres."""
    return job.resolution or find_model(job.model).gsd


def wanted(job: DallesJob) -> list[str]:
    """The products that a job asks for; polygons are made from the classes.

    Raises:
        OcsiaError: ``output-none``, ``job-invalid``.
    """
    asked = {part.strip() for part in job.products.split(",") if part.strip()}
    if not asked:
        raise OcsiaError("output-none")
    if asked - PRODUCTS.keys():
        raise OcsiaError("job-invalid", reason=because("why-products", known=", ".join(PRODUCTS)))
    if "vectors" in asked:
        asked.add("classes")
    return [product for product in PRODUCTS if product in asked]


def settle(job: DallesJob, dalles: list[Dalle]) -> None:
    """Write the manifest of a job into its folder, or find that it is the one that lies there.

    Raises:
        OcsiaError: ``dalles-other``: the folder belongs to another job; ``output-not-writable``.
    """
    path = Path(job.output) / MANIFEST
    fields = {name: value for name, value in asdict(job).items() if name not in _UNNAMED}
    # These files are made anew for each run.
    fields |= {name: spool_manifest(text)["identity"] for name, text in job.rasters.items() if is_spool(text)}
    if job.mask:
        fields["mask"] = hashlib.sha256(b"".join(shapely.to_wkb(read_polygons(job.mask, "mask-empty")))).hexdigest()
    content = {
        "version": 1,
        "job": fields,
        "model_sha256": find_model(job.model).sha256,
        "dalles": [dalle.name for dalle in dalles],
    }
    # Chosen once: the strips of an unfinished dalle, and its bytes, depend on it.
    core = core_size(find_model(job.model), job.tile, memory_for(job.device, job.local or 1))
    try:
        path.parent.mkdir(exist_ok=True)
        if path.exists():
            _check_same(path, content)
            return
        unfinished = path.with_name(f".{MANIFEST}.{os.getpid()}")
        content = {**content, "core": core}
        unfinished.write_text(json.dumps(content, indent=1, ensure_ascii=False, default=str) + "\n", encoding="utf-8")
        os.replace(unfinished, path)
    except OSError as error:
        raise OcsiaError("output-not-writable", path=path, reason=system_reason(error)) from error


def settled_core(job: DallesJob) -> tuple[int, int]:
    """Width and height in pixels of what one inference delivers, as the manifest of the job says."""
    width, height = json.loads((Path(job.output) / MANIFEST).read_text(encoding="utf-8"))["core"]
    return width, height


def _check_same(path: Path, content: dict[str, Any]) -> None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise OcsiaError("dalles-other", folder=path.parent, what=MANIFEST) from error
    wanted_ = json.loads(json.dumps(content, default=str))
    pairs = [(found, wanted_), (found.get("job", {}), wanted_["job"])]
    other = [key for a, b in pairs for key in b if a.get(key) != b[key] and key != "job"]
    if "core" not in found:
        other.append("core")
    if other:
        raise OcsiaError("dalles-other", folder=path.parent, what=", ".join(other))


def _corners(grid: Grid, side: int) -> list[tuple[int, int]]:
    xmin, ymin, xmax, ymax = (v / (1000 * side) for v in grid.bounds)
    columns = range(math.floor(xmin), math.ceil(xmax))
    rows = range(math.ceil(ymax), math.floor(ymin), -1)
    return [(side * x, side * y) for y in rows for x in columns]


def _dalle(job: DallesJob, x: int, y: int) -> Dalle:
    files = {}
    for product in wanted(job):
        values = {"department": job.department.zfill(3), "year": job.year, "x": x, "y": y, "product": PRODUCTS[product]}
        name = _filled(job.naming, values) + _SUFFIXES.get(product, ".tif")
        files[product] = str(Path(job.output) / name)
    return Dalle(x, y, job.grid, files)


def _filled(template: str, values: dict[str, Any]) -> str:
    """A file name from a template whose fields are plain names.

    Raises:
        OcsiaError: ``dalles-naming``.
    """
    try:
        named = {field for _, field, _, _ in string.Formatter().parse(template) if field is not None}
        name = template.format(**values) if named <= _FIELDS else ""
    except (ValueError, KeyError, IndexError, AttributeError):
        named, name = set(), ""
    if not _FILE_NAME.fullmatch(name) or not {"x", "y", "product"} <= named:
        raise OcsiaError("dalles-naming", text=template)
    return name
