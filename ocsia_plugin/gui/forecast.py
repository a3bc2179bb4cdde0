"""Under the model's field in dialogs: what the run will take, and a button for a preview of one tile."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Optional

from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingException, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, Qt, QTimer
from qgis.PyQt.QtGui import QShowEvent
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget
from qgis.utils import iface

from ..bridge.environment import locate_engine
from ..bridge.layers import destination_path
from ..bridge.messages import sentence
from .preview import Preview, preview_path

_PAUSE_MS = 400
"""After the last change of a field: nothing is worked out for each letter that is typed."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("OcsiaForecast", text)


class ForecastRow(QWidget):
    """A line that follows the fields of its dialog.

    Args:
        algorithm: id of the dialog's algorithm, which is a ``ForecastAlgorithm`` or a ready-made model.
        settings: opens the page of options; asked where there is no engine.
    """

    def __init__(self, algorithm: str, settings: Any) -> None:
        super().__init__()
        self._algorithm, self._settings = algorithm, settings
        self._wrappers: dict[str, Any] = {}
        self._problem = ""
        self.label, self.button = QLabel(""), QPushButton(_tr("Preview"))
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.button.setToolTip(_tr("Computes one tile, in the middle of the map, and lays it on the map."))
        self.button.clicked.connect(self._pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.label, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._paused)
        self._preview = Preview()
        # Bound methods of this widget: Qt drops the connections if the dialog is closed before the end.
        self._preview.progressed.connect(self._progressed)
        self._preview.ended.connect(self._ended)

    def listen(self, wrappers: Iterable[Any]) -> None:
        """Follow the fields of the dialog."""
        self._wrappers = {wrapper.parameterDefinition().name(): wrapper for wrapper in wrappers}
        for wrapper in self._wrappers.values():
            wrapper.widgetValueHasChanged.connect(self._changed)
        self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        """A run may have ended since the line was last seen, and left its files and its pace."""
        super().showEvent(event)
        self._timer.start()

    def update_now(self) -> None:
        """Write the line."""
        if self._preview.running:
            return
        there = locate_engine().ok
        self.button.setText(_tr("Preview") if there else _tr("Install the engine…"))
        if not there:
            self.label.setText(_tr("The engine is not installed: nothing can be computed yet."))
            return
        self.label.setText("\n".join(filter(None, (self._problem, self._forecast(), self._replaced()))))

    # -- the parts

    def _paused(self) -> None:
        # What is not seen may stand in a dialog whose algorithm and fields are gone already.
        if self.isVisible():
            self.update_now()

    def _changed(self, *_: Any) -> None:
        self._problem = ""
        self._timer.start()

    def _forecast(self) -> str:
        try:
            told = self._made().forecast(self._values(), _context()).told()
            return sentence(told["code"], told["params"])
        except QgsProcessingException as error:
            return str(error)

    def _replaced(self) -> str:
        """Which outputs are there already: QGIS does not ask where a name stays from the run before."""
        written = [w for w in self._wrappers.values() if w.parameterDefinition().isDestination()]
        paths = [destination_path(wrapper.parameterValue()) for wrapper in written]
        names = ", ".join(Path(path).name for path in paths if os.path.isfile(path))
        return sentence("forecast-replaced", {"names": names}) if names else ""

    def _made(self) -> Any:
        return QgsApplication.processingRegistry().createAlgorithmById(self._algorithm)

    def _values(self) -> dict[str, Any]:
        return {name: wrapper.parameterValue() for name, wrapper in self._wrappers.items()}

    def _pressed(self) -> None:
        if self._preview.running:
            self._preview.cancel()
            self.button.setEnabled(False)
        elif not locate_engine().ok:
            self._settings()
            self.update_now()
        else:
            self._start()

    def _start(self) -> None:
        canvas = iface.mapCanvas() if iface is not None else None
        near = canvas and (canvas.center(), canvas.mapSettings().destinationCrs())
        context, self._problem = _context(), ""
        try:
            parameters = self._made().preview(self._values(), context, near, preview_path())
        except QgsProcessingException as error:
            self._ended(str(error))
            return
        self.button.setText(_tr("Cancel"))
        self._progressed(0.0)
        self._preview.start(parameters, _title(str(parameters["INPUT"])))

    def _progressed(self, value: float) -> None:
        self.label.setText(_tr("Preview: {percent} %").format(percent=round(value)))

    def _ended(self, problem: str) -> None:
        self._problem = problem
        self.button.setEnabled(True)
        self.update_now()


def _title(image: str) -> str:
    layer: Optional[Any] = QgsProject.instance().mapLayer(image)
    return _tr("Preview ({name})").format(name=layer.name() if layer is not None else Path(image).stem)


def _context() -> QgsProcessingContext:
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    return context
