"""What the engine's tests share: a small town with known truth, rasters made to order, jobs and their events."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional

import numpy as np
import pytest
import rasterio
from hypothesis import settings
from rasterio.transform import Affine, from_origin

from ocsia_plugin.engine.dispatch import run_job
from ocsia_plugin.engine.events import Events
from ocsia_plugin.engine.jobs import BUNDLED_MODEL, Job, PredictJob
from ocsia_plugin.engine.models.card import ModelCard
from ocsia_plugin.engine.models.catalogue import find_model
from ocsia_plugin.engine.nomenclature import load_nomenclature
from ocsia_plugin.engine.products.classes import TAG, Legend
from tools.town import Scene, generate

ROOT = Path(__file__).resolve().parents[2]
CORNER = (500000.0, 6290000.0)
SYSTEM_PYTHON = Path("/usr/bin/python3")

# The same examples on every run, and no deadline: a slow machine is no defect.
settings.register_profile("ocsia", deadline=None, derandomize=True, database=None, max_examples=60)
settings.load_profile("ocsia")


class Recorder(Events):
    """Keeps every event; ``on`` is called with each, to interfere with a job at a given point."""

    def __init__(self, on: Optional[Callable[[Recorder, dict[str, Any]], None]] = None) -> None:
        super().__init__()
        self.events: list[dict[str, Any]] = []
        self._on = on

    def emit(self, event: str, **content: Any) -> None:
        self.events.append({"event": event, **content})
        if self._on:
            self._on(self, self.events[-1])


@dataclass
class Run:
    """A finished job."""

    results: dict[str, Any]
    events: list[dict[str, Any]] = field(default_factory=list)

    def codes(self, kind: str) -> list[str]:
        """Codes of the ``info`` or ``warning`` events."""
        return [e["code"] for e in self.events if e["event"] == kind]

    def params(self, code: str) -> dict[str, Any]:
        """Parameters of the first event of that code."""
        return next(e["params"] for e in self.events if e.get("code") == code)


def _run(job: Job, on: Optional[Callable[[Recorder, dict[str, Any]], None]] = None) -> Run:
    recorder = Recorder(on)
    return Run(run_job(job, recorder), recorder.events)


def _write_raster(
    path: Path,
    data: np.ndarray,
    gsd: float = 0.2,
    corner: tuple[float, float] = CORNER,
    crs: Optional[str] = "EPSG:2154",
    transform: Optional[Affine] = None,
    mask: Optional[np.ndarray] = None,
    alpha: bool = False,
    nomenclature: str = "",
    **profile: Any,
) -> str:
    """``data`` (bands, H, W) as a GeoTIFF; only with ``alpha`` is the last band one.

    With a ``nomenclature``, it says like a product of ours that it holds all of its classes.
    """
    count, height, width = data.shape
    if profile.get("driver", "GTiff") == "GTiff" and count > 3:
        profile = {"photometric": "RGB", "alpha": "YES" if alpha else "NO", **profile}
    profile = {"driver": "GTiff", "dtype": data.dtype, "crs": crs, **profile}
    transform = transform or from_origin(*corner, gsd, gsd)
    with (
        rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True),
        rasterio.open(path, "w", count=count, height=height, width=width, transform=transform, **profile) as out,
    ):
        out.write(data)
        if nomenclature:
            known = load_nomenclature(nomenclature)
            out.update_tags(**{TAG: Legend(known, known.classes).to_json()})
        if mask is not None:
            out.write_mask(mask)
    return str(path)


def _write_polygons(path: Path, polygons: Sequence[Any], crs: str = "EPSG:2154", kind: str = "Polygon") -> str:
    """Shapely geometries as the only layer of a GeoPackage."""
    import pyogrio.raw
    import shapely

    geometry = shapely.to_wkb(np.array(polygons, dtype=object))
    pyogrio.raw.write(path, geometry, [], [], driver="GPKG", layer="mask", geometry_type=kind, crs=crs)
    return str(path)


class OnePass:
    """The model over a whole image at once, through ONNX Runtime alone: what any tiling has to agree with."""

    def __init__(self, card: ModelCard) -> None:
        import onnxruntime

        self.card = card
        self.session = onnxruntime.InferenceSession(str(card.file), providers=["CPUExecutionProvider"])
        self.input = self.session.get_inputs()[0].name

    def __call__(self, image: np.ndarray, valid: Optional[np.ndarray] = None) -> np.ndarray:
        """uint8 (bands, H, W) to uint8 (classes, H, W); around it, and where not ``valid``, the card's fill."""
        card, (_, height, width) = self.card, image.shape
        margin = -(-card.halo // card.stride) * card.stride
        sides = [-(-(size + 2 * margin) // card.stride) * card.stride for size in (height, width)]
        padded = np.empty((len(card.fill), *sides), np.uint8)
        padded[:] = np.array(card.fill, np.uint8)[:, None, None]
        inner = padded[:, margin : margin + height, margin : margin + width]
        inner[:] = image if valid is None else np.where(valid, image, inner)
        out = self.session.run(None, {self.input: padded[None]})[0][0]
        return out[:, margin : margin + height, margin : margin + width]


def _read(path: str) -> tuple[np.ndarray, np.ndarray]:
    """Pixels (bands, H, W) and validity (H, W) of a raster."""
    with rasterio.open(path) as source:
        return source.read(), source.dataset_mask() > 0


def _gdal(script: str, *arguments: str) -> str:
    """What a script says that the system's own GDAL runs, the one that QGIS uses; skips where there is none."""
    if not SYSTEM_PYTHON.exists():
        pytest.skip("no system Python with GDAL")
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "GDAL_", "PROJ_"))}
    probe = subprocess.run([SYSTEM_PYTHON, "-c", "from osgeo import gdal"], env=env, capture_output=True)
    if probe.returncode:
        pytest.skip("the system's Python has no GDAL (python3-gdal)")
    done = subprocess.run([SYSTEM_PYTHON, "-c", script, *arguments], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def run() -> Callable[..., Run]:
    """Run a job in this process and collect its events."""
    return _run


@pytest.fixture(scope="session")
def recorder() -> type[Recorder]:
    return Recorder


@pytest.fixture(scope="session")
def write_raster() -> Callable[..., str]:
    return _write_raster


@pytest.fixture(scope="session")
def write_polygons() -> Callable[..., str]:
    return _write_polygons


@pytest.fixture(scope="session")
def read() -> Callable[[str], tuple[np.ndarray, np.ndarray]]:
    return _read


@pytest.fixture(scope="session")
def gdal() -> Callable[..., str]:
    return _gdal


@pytest.fixture(scope="session")
def card() -> ModelCard:
    """Of the bundled model."""
    return find_model(BUNDLED_MODEL)


@pytest.fixture(scope="session")
def one_pass(card: ModelCard) -> OnePass:
    return OnePass(card)


@pytest.fixture(scope="session")
def town() -> Scene:
    """A town of 560 x 400 pixels with exact truth."""
    return generate(seed=7, width_m=112, height_m=80)


@pytest.fixture(scope="session")
def town_tif(town: Scene, tmp_path_factory: pytest.TempPathFactory) -> str:
    return _write_raster(tmp_path_factory.mktemp("town") / "ortho.tif", town.rgb)


@dataclass
class TownProducts:
    """The three products of one pass over the town."""

    folder: Path
    run: Run

    @property
    def probabilities(self) -> str:
        return str(self.folder / "probabilities.tif")

    @property
    def classes(self) -> str:
        return str(self.folder / "classes.tif")

    @property
    def confidence(self) -> str:
        return str(self.folder / "confidence.tif")


@pytest.fixture(scope="session")
def town_products(town_tif: str, tmp_path_factory: pytest.TempPathFactory) -> TownProducts:
    folder = tmp_path_factory.mktemp("products")
    names = ("probabilities", "classes", "confidence")
    return TownProducts(folder, _run(PredictJob(input=town_tif, **{n: str(folder / f"{n}.tif") for n in names})))


@pytest.fixture(scope="session")
def ocsia_data() -> Path:
    """The folder of real rasters."""
    folder = os.environ.get("OCSIA_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("OCSIA_DATA names no folder of real rasters")
    return Path(folder)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An empty folder for products."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder
