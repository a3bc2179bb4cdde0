"""A real QGIS with the plugin, a small scene to work on, and a log that tests can read."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, osr
from qgis.core import QgsApplication, QgsProcessingFeedback

from ocsia_plugin.engine.nomenclature import load_nomenclature
from ocsia_plugin.engine.products.classes import TAG, Legend

ROOT = Path(__file__).resolve().parents[2]

# In a profile the plugin's folder is called `ocsia`; the checkout may have any name.
_LINKS = Path(tempfile.mkdtemp(prefix="ocsia-tests-"))
atexit.register(shutil.rmtree, _LINKS, ignore_errors=True)
(_LINKS / "ocsia").symlink_to(ROOT, target_is_directory=True)
sys.path.insert(0, str(_LINKS))

gdal.UseExceptions()
osr.UseExceptions()

ORIGIN = (650_000.0, 6_862_000.0)
"""North-west corner of the test rasters, EPSG:2154."""


class Log(QgsProcessingFeedback):
    """Keeps what an algorithm says."""

    def __init__(self) -> None:
        super().__init__(False)
        self.infos: list[str] = []
        self.warnings: list[str] = []
        self.errors: list[str] = []
        self.values: list[float] = []
        self.progressChanged.connect(self.values.append)

    def pushInfo(self, info: str) -> None:
        self.infos.append(info)

    def pushWarning(self, warning: str) -> None:
        self.warnings.append(warning)

    def reportError(self, error: str, fatalError: bool = False) -> None:
        self.errors.append(error)


def write_raster(
    path, bands, *, crs="EPSG:2154", gsd=0.2, origin=ORIGIN, transform=None, nodata=None, legend=None
) -> str:
    """Write ``bands`` (C, H, W) as a GeoTIFF with GDAL, as a user's own file would be.

    With a ``legend`` (id of a nomenclature), it says what its classes are, as a product of ours does.
    """
    bands = np.asarray(bands)
    count, height, width = bands.shape
    kinds = {"uint8": gdal.GDT_Byte, "uint16": gdal.GDT_UInt16, "float32": gdal.GDT_Float32}
    driver, kind = gdal.GetDriverByName("GTiff"), kinds[bands.dtype.name]
    dataset = driver.Create(str(path), width, height, count, kind, ["COMPRESS=DEFLATE"])
    dataset.SetGeoTransform(transform or (origin[0], gsd, 0, origin[1], 0, -gsd))
    if crs:
        srs = osr.SpatialReference()
        srs.SetFromUserInput(crs)
        dataset.SetProjection(srs.ExportToWkt())
    if legend:
        nomenclature = load_nomenclature(legend)
        dataset.SetMetadataItem(TAG, Legend(nomenclature, nomenclature.classes).to_json())
    for i, band in enumerate(bands, 1):
        dataset.GetRasterBand(i).WriteArray(band)
        if nodata is not None:
            dataset.GetRasterBand(i).SetNoDataValue(nodata)
    dataset = None
    return str(path)


def read_raster(path) -> np.ndarray:
    """The bands of a raster, (C, H, W)."""
    array = gdal.Open(str(path)).ReadAsArray()
    return array if array.ndim == 3 else array[None]


@pytest.fixture(scope="session")
def scene():
    """300 x 250 pixels of the procedural town."""
    from tools.town import generate

    return generate(seed=7, width_m=60, height_m=50)


@pytest.fixture(scope="session")
def ortho(scene, tmp_path_factory) -> str:
    """Its ortho-image."""
    return write_raster(tmp_path_factory.mktemp("ortho") / "ortho.tif", scene.rgb)


@pytest.fixture(scope="session")
def true_classes(scene, tmp_path_factory) -> str:
    """Its true classes."""
    return write_raster(tmp_path_factory.mktemp("truth") / "truth.tif", scene.naf[None], legend="naf15")


@pytest.fixture(scope="session")
def large_ortho(tmp_path_factory) -> str:
    """An image that takes the bundled model long enough to be interrupted."""
    stripes = np.add.outer(np.arange(6000), np.arange(6000)).astype(np.uint8)
    return write_raster(tmp_path_factory.mktemp("large") / "large.tif", np.stack([stripes] * 3))


@pytest.fixture(scope="session")
def plugin(qgis_app, qgis_processing):
    """The plugin as ``qgis_process`` starts it, where the machine's language is not known: sentences in English."""
    import ocsia

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QgsApplication, "locale", staticmethod(lambda: "C"))
        plugin = ocsia.classFactory(None)
        plugin.initProcessing()
        yield plugin
        plugin.unload()


@pytest.fixture()
def panels():
    """Makes panels of QGIS's that go when the test does."""
    from windows import Panels

    made = Panels()
    yield made
    made.close()


@pytest.fixture()
def log() -> Log:
    return Log()


@pytest.fixture()
def run(plugin, log):
    """``run("predict", INPUT=..., CLASSES=...)``: run an algorithm; ``log`` hears what it says."""
    import processing

    def run_algorithm(name, feedback=None, context=None, **parameters):
        return processing.run(f"ocsia:{name}", parameters, feedback=feedback or log, context=context)

    return run_algorithm


_status: list[int] = []


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Keep the result for the end."""
    _status.append(int(exitstatus))


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave without QGIS's own end, which crashes where Python still holds layers: the result is what counts."""
    if _status:
        shutil.rmtree(_LINKS, ignore_errors=True)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(_status[-1])
