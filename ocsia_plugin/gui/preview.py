"""One tile of a prediction on the canvas, computed in the background by ``ocsia:predict`` itself."""

from __future__ import annotations

import os
from typing import Any, Optional

from qgis.core import (
    QgsApplication,
    QgsCoordinateTransform,
    QgsCsException,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingUtils,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal
from qgis.utils import iface

from ..bridge.results import PREVIEW

ALGORITHM = "ocsia:predict"
_SEEN = 0.05
"""Share of the canvas's width under which a preview is too small to judge."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("OcsiaPreview", text)


class Preview(QObject):
    """Computes a tile and lays it on the map, in place of the one before."""

    progressed = pyqtSignal(float)
    ended = pyqtSignal(str)
    """With what went wrong; empty: nothing, or the user cancelled."""

    def __init__(self) -> None:
        super().__init__()
        self._task: Optional[QgsProcessingAlgRunnerTask] = None

    @property
    def running(self) -> bool:
        """Whether a tile is being computed."""
        return self._task is not None

    def start(self, parameters: dict[str, Any], title: str) -> None:
        """Compute; ``title`` is what the layer is called. To be asked when none is running."""
        # The task refers to all three and keeps none of them.
        self._algorithm = QgsApplication.processingRegistry().createAlgorithmById(ALGORITHM)
        self._context, self._feedback = QgsProcessingContext(), _Feedback()
        self._context.setProject(QgsProject.instance())
        self._title, self._path = title, parameters["CLASSES"]
        ok, reason = self._algorithm.checkParameterValues(parameters, self._context)
        if not ok:
            self.ended.emit(reason)
            return
        self._task = QgsProcessingAlgRunnerTask(self._algorithm, parameters, self._context, self._feedback)
        self._task.setDescription(_tr("OCS-IA: preview"))
        self._task.progressChanged.connect(self.progressed)
        self._task.executed.connect(self._executed)
        _RUNNING.add(self)  # it goes on when the dialog is closed, and may be cancelled among QGIS's tasks
        QgsApplication.taskManager().addTask(self._task)

    def cancel(self) -> None:
        """Stop as soon as the engine can."""
        if self._task is not None:
            self._feedback.cancel()
            self._task.cancel()

    def _executed(self, ok: bool, results: dict[str, Any]) -> None:
        self._task = None
        _RUNNING.discard(self)
        if self._feedback.isCanceled():
            self.ended.emit("")
        elif not ok or not os.path.isfile(self._path):
            self.ended.emit(self._feedback.error)
        else:
            show(self._path, self._title)
            self.ended.emit("")


_RUNNING: set[Preview] = set()


class _Feedback(QgsProcessingFeedback):
    """Keeps the reason of a failure."""

    def __init__(self) -> None:
        super().__init__(False)
        self.error = ""

    def reportError(self, error: str, fatalError: bool = False) -> None:
        """The first one says why; others follow from it."""
        self.error = self.error or error


def preview_path() -> str:
    """Where the next preview is written; QGIS removes the folder when it ends."""
    return QgsProcessingUtils.generateTempFilename("apercu.tif")


def show(path: str, title: str) -> None:
    """Lay a preview on top of the map in the group of previews, without the one that was there."""
    project = QgsProject.instance()
    layer = QgsRasterLayer(path, title)
    layer.loadDefaultStyle()
    root = project.layerTreeRoot()
    group = next((g for g in root.findGroups() if g.customProperty(PREVIEW)), None)
    if group is None:
        group = root.insertGroup(0, _tr("Preview"))
        group.setCustomProperty(PREVIEW, True)
    project.removeMapLayers(group.findLayerIds())
    project.addMapLayer(layer, False)
    group.insertLayer(0, layer).setExpanded(False)
    group.setExpanded(False)  # the tree folds groups that come empty, and hears of changes only
    group.setExpanded(True)
    group.setItemVisibilityCheckedParentRecursive(True)
    if iface is not None:
        _bring_into_view(layer)


def _bring_into_view(layer: QgsRasterLayer) -> None:
    """Move the canvas only where the preview could not be seen."""
    canvas = iface.mapCanvas()
    to_canvas = QgsCoordinateTransform(layer.crs(), canvas.mapSettings().destinationCrs(), QgsProject.instance())
    try:
        box = to_canvas.transformBoundingBox(layer.extent())
    except QgsCsException:
        return
    if not canvas.extent().intersects(box) or box.width() < _SEEN * canvas.extent().width():
        canvas.setExtent(box.buffered(box.width()))
        canvas.refresh()
