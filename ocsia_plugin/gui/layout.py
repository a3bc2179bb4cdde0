"""*Layout of the surfaces*, in the plugin's menu and in that of each layer of zones: one click to a print layout."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Optional

from qgis.core import Qgis, QgsMapLayer, QgsMapLayerType, QgsProcessingException, QgsProject
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QAction

from ..bridge.layout.raster import class_raster
from ..bridge.layout.sheet import surfaces_layout
from ..bridge.layout.zones import holds_surfaces, surface_zones


class LayoutMaker(QObject):
    """Hangs an action into the menus of the layers that it works on."""

    def __init__(self, iface: QgisInterface, action: QAction) -> None:  # noqa: QGS105 QGIS hands it in, tests theirs
        super().__init__()
        self._iface, self._action = iface, action
        action.triggered.connect(self._make)
        iface.addCustomActionForLayerType(action, "", QgsMapLayerType.VectorLayer, False)
        QgsProject.instance().layersAdded.connect(self._added)
        self._added(QgsProject.instance().mapLayers().values())

    def stop(self) -> None:
        """Leave the menus."""
        QgsProject.instance().layersAdded.disconnect(self._added)
        self._iface.removeCustomActionForLayerType(self._action)

    def _added(self, layers: Iterable[QgsMapLayer]) -> None:
        for layer in layers:
            if holds_surfaces(layer):
                self._iface.addCustomActionForLayer(self._action, layer)

    def _make(self) -> None:
        """Make a layout of the layer that is meant, and show its first page."""
        project = QgsProject.instance()
        try:
            zones = surface_zones(meant_layer(self._iface.activeLayer(), project))
        except QgsProcessingException as error:
            self._iface.messageBar().pushMessage("OCS-IA", str(error), Qgis.MessageLevel.Warning)
            return
        layout = surfaces_layout(zones, class_raster(zones, project), project)
        project.layoutManager().addLayout(layout)
        self._iface.openLayoutDesigner(layout).setAtlasPreviewEnabled(True)


def meant_layer(active: Optional[QgsMapLayer], project: QgsProject) -> Optional[QgsMapLayer]:
    """The active layer, or the project's one layer of surfaces where the active one is none."""
    if active is not None and holds_surfaces(active):
        return active
    others = [layer for layer in project.mapLayers().values() if holds_surfaces(layer)]
    return others[0] if len(others) == 1 else active
