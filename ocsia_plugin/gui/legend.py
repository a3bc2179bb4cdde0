"""Names in the legend of our rasters: ``Bâtiment``, and not ``Bâtiment (Gray)``.

The first band of a GeoTIFF without colours is grey to GDAL, whatever it is told, and QGIS says so in the layer tree.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Optional

from qgis.core import (
    QgsLayerTreeLayer,
    QgsMapLayer,
    QgsMapLayerLegendUtils,
    QgsMultiBandColorRenderer,
    QgsPalettedRasterRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsSingleBandPseudoColorRenderer,
)
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject, QTimer

from ..bridge.looks import tags_of

_TAGS = "OCSIA_"
_ENTRIES = 3
"""As many as a legend can name bands."""


class LegendNames(QObject):
    """Follows the layers of the project and the styles that they are given."""

    def __init__(self, iface: QgisInterface) -> None:  # noqa: QGS105 QGIS hands it in, tests theirs
        super().__init__()
        self._iface = iface
        self._waiting: set[str] = set()
        QgsProject.instance().layersAdded.connect(self._added)
        self._added(QgsProject.instance().mapLayers().values())

    def stop(self) -> None:
        """Follow nothing more."""
        QgsProject.instance().layersAdded.disconnect(self._added)
        for layer in QgsProject.instance().mapLayers().values():
            if _is_ours(layer):
                layer.rendererChanged.disconnect(self._restyled)

    def _added(self, layers: Iterable[QgsMapLayer]) -> None:
        for layer in layers:
            if _is_ours(layer):
                layer.rendererChanged.connect(self._restyled)
                self._soon(layer)

    def _restyled(self) -> None:
        self._soon(self.sender())

    def _soon(self, layer: QgsMapLayer) -> None:
        """When what is under way has ended: the layer has its place in the tree, and the tree its new entries."""
        if not self._waiting:
            QTimer.singleShot(0, self._name)
        self._waiting.add(layer.id())

    def _name(self) -> None:
        waiting, self._waiting = self._waiting, set()
        for name in waiting:
            node = QgsProject.instance().layerTreeRoot().findLayer(name)
            if node is not None and node.layer() is not None:
                name_entries(node)
                self._iface.layerTreeView().layerTreeModel().refreshLayerLegend(node)


def name_entries(node: QgsLayerTreeLayer) -> None:
    """Name the entry of the first band after what the band is; the other entries are right by themselves."""
    layer = node.layer()
    first = _entry_of_first_band(layer)
    for entry in range(_ENTRIES):
        name = layer.bandName(1) if entry == first else ""
        if layer.bandCount() == 1:
            name = name.rpartition(": ")[2]
        if name or QgsMapLayerLegendUtils.hasLegendNodeUserLabel(node, entry):
            QgsMapLayerLegendUtils.setLegendNodeUserLabel(node, entry, name)


def _entry_of_first_band(layer: QgsRasterLayer) -> Optional[int]:
    """Which entry of the legend names the first band; None: none does."""
    renderer = layer.renderer()
    if isinstance(renderer, (QgsPalettedRasterRenderer, QgsSingleBandPseudoColorRenderer)):
        return 0 if renderer.band() == 1 else None
    if isinstance(renderer, QgsMultiBandColorRenderer):
        bands = [renderer.redBand(), renderer.greenBand(), renderer.blueBand()]
        return bands.index(1) if 1 in bands else None
    return None


def _is_ours(layer: QgsMapLayer) -> bool:
    if not isinstance(layer, QgsRasterLayer) or layer.providerType() != "gdal":
        return False
    return any(name.startswith(_TAGS) for name in tags_of(layer.source()))
