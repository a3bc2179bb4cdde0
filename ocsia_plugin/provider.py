"""The Processing provider ``ocsia``."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from .processing.accuracy import AccuracyAlgorithm
from .processing.argmax import ArgmaxAlgorithm
from .processing.base import plugin_icon
from .processing.change import ChangeAlgorithm
from .processing.compareref import CompareRefAlgorithm
from .processing.composeortho import ComposeOrthoAlgorithm
from .processing.dalles import DallesAlgorithm
from .processing.importmodel import ImportModelAlgorithm
from .processing.layout import LayoutAlgorithm
from .processing.neighbourhood import NeighbourhoodAlgorithm
from .processing.ocsge import OcsgeAlgorithm
from .processing.predict import PredictAlgorithm
from .processing.samplepoints import SamplePointsAlgorithm
from .processing.setup import SetupAlgorithm
from .processing.shipped import shipped_models
from .processing.surfaces import SurfacesAlgorithm
from .processing.vectorize import VectorizeAlgorithm
from .processing.visualize import VisualizeAlgorithm

_ALGORITHMS = (
    PredictAlgorithm,
    DallesAlgorithm,
    ComposeOrthoAlgorithm,
    ArgmaxAlgorithm,
    VectorizeAlgorithm,
    SurfacesAlgorithm,
    LayoutAlgorithm,
    OcsgeAlgorithm,
    SamplePointsAlgorithm,
    AccuracyAlgorithm,
    ImportModelAlgorithm,
    VisualizeAlgorithm,
    ChangeAlgorithm,
    NeighbourhoodAlgorithm,
    CompareRefAlgorithm,
    SetupAlgorithm,
)


class OcsiaProvider(QgsProcessingProvider):
    """Its algorithms write GeoTIFF, GeoPackage and, where asked, Shapefile: always files."""

    def id(self) -> str:
        return "ocsia"

    def name(self) -> str:
        return "OCS-IA"

    def icon(self) -> QIcon:
        return plugin_icon()

    def load(self) -> bool:
        """Load the algorithms, and once more, with the models made of them, when QGIS knows them."""
        QgsApplication.processingRegistry().providerAdded.connect(self._registered)
        return super().load()

    def _registered(self, provider: str) -> None:
        if provider == self.id():
            self.refreshAlgorithms()

    def loadAlgorithms(self) -> None:
        for algorithm in _ALGORITHMS:
            self.addAlgorithm(algorithm())
        # A model finds the outputs of its steps only where these are registered: see ``load``.
        if QgsApplication.processingRegistry().providerById(self.id()) is not None:
            for model in shipped_models():
                self.addAlgorithm(model)

    def supportsNonFileBasedOutput(self) -> bool:
        return False

    def supportedOutputRasterLayerExtensions(self) -> list[str]:
        return ["tif"]

    def supportedOutputVectorLayerExtensions(self) -> list[str]:
        return ["gpkg", "shp"]

    def defaultRasterFileExtension(self) -> str:
        return "tif"

    def defaultVectorFileExtension(self, hasGeometry: bool = True) -> str:
        return "gpkg"
