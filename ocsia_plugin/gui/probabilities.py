"""*Probabilities here*: a click on the map reads a probability raster: ``Feuillus 82 %, Broussaille 11 %``.

From QGIS 3.32 on rasters have map tips, which read the same; this works in any version.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Optional

from qgis.core import (
    Qgis,
    QgsCoordinateTransform,
    QgsCsException,
    QgsMapLayer,
    QgsPointXY,
    QgsProject,
    QgsRaster,
    QgsRasterLayer,
)
from qgis.gui import QgisInterface, QgsMapMouseEvent, QgsMapToolEmitPoint, QgsMessageBarItem, QgsVertexMarker
from qgis.PyQt.QtCore import QCoreApplication

from ..bridge.looks import legend_in, tags_of
from ..bridge.messages import language
from ..engine.nomenclature import LandCoverClass

_LEAST_PERCENT = 1
_MOST_CLASSES = 3
"""As many as the message bar has room for, and as many as the map tip names."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("OcsiaProbabilities", text)


class ProbabilityTool(QgsMapToolEmitPoint):
    """Says in QGIS's message bar how probable the classes are where the user clicks."""

    def __init__(self, iface: QgisInterface) -> None:  # noqa: QGS105 QGIS hands it in, tests theirs
        super().__init__(iface.mapCanvas())
        self._iface = iface
        self._said: Optional[QgsMessageBarItem] = None
        self._marker: Optional[QgsVertexMarker] = None

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """A click."""
        self.read(self.toMapCoordinates(event.pos()))

    def deactivate(self) -> None:
        """Another tool was chosen."""
        self._clear()
        super().deactivate()

    def read(self, point: QgsPointXY) -> None:
        """Say what is at a point of the map."""
        self._clear()
        self._marker = QgsVertexMarker(self.canvas())
        self._marker.setCenter(point)
        bar = self._iface.messageBar()
        title, text = self._answer(point)
        self._said = bar.createMessage(title, text)
        bar.pushWidget(self._said, Qgis.MessageLevel.Info)

    def _answer(self, point: QgsPointXY) -> tuple[str, str]:
        layers = list(self.canvas().layers())
        active = self._iface.activeLayer()
        if active in layers:  # it comes first, then what lies on top
            layers.sort(key=lambda layer: layer is not active)
        for layer in layers:
            classes = probability_classes(layer)
            if classes:
                text = self._shares(layer, classes, point)
                if text:
                    return layer.name(), text
        return "OCS-IA", _tr(
            "No probabilities here. Show a probability raster: an output of 'Predict land cover' that has to be asked "
            "for."
        )

    def _shares(self, layer: QgsRasterLayer, classes: tuple[LandCoverClass, ...], point: QgsPointXY) -> str:
        settings = self.canvas().mapSettings()
        to_layer = QgsCoordinateTransform(settings.destinationCrs(), layer.crs(), QgsProject.instance())
        try:
            place = to_layer.transform(point)
        except QgsCsException:
            return ""
        found = layer.dataProvider().identify(place, QgsRaster.IdentifyFormat.IdentifyFormatValue)
        return shares_text(found.results(), classes) if found.isValid() else ""

    def _clear(self) -> None:
        if self._said is not None:
            self._iface.messageBar().popWidget(self._said)
            self._said = None
        if self._marker is not None:
            self.canvas().scene().removeItem(self._marker)
            self._marker = None


def probability_classes(layer: QgsMapLayer) -> tuple[LandCoverClass, ...]:
    """Classes of the bands of a probability raster of ours; none of any other layer."""
    if not isinstance(layer, QgsRasterLayer) or layer.providerType() != "gdal" or layer.bandCount() < 2:
        return ()
    legend = legend_in(tags_of(layer.source()))
    return legend.classes if legend and len(legend.classes) == layer.bandCount() else ()


def shares_text(values: Mapping[int, Optional[float]], classes: tuple[LandCoverClass, ...]) -> str:
    """``Feuillus 82 %, Broussaille 11 %``: the most probable classes, from 1 % on; empty: no data.

    Args:
        values: 255 times the probability, by number of the band; None: no data.
    """
    space = "\u00a0" if language() == "fr" else ""
    percents = [round(100 * (values.get(band) or 0) / 255) for band in range(1, len(classes) + 1)]
    listed = sorted(zip(percents, classes), key=lambda pair: -pair[0])[:_MOST_CLASSES]
    return ", ".join(f"{c.name(language())} {percent}{space}%" for percent, c in listed if percent >= _LEAST_PERCENT)
