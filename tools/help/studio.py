"""What the series of pictures share, inside the real QGIS: a loop of steps, dialogs, maps, pages.

A series is a generator: QGIS's event loop runs at each ``yield``, which gives the seconds to wait or a function that
is asked until it says yes.
"""

from __future__ import annotations

import json
import os
import re
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Union

import processing
from qgis.core import QgsProject, QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import (
    QApplication,
    QDialog,
    QDockWidget,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QTextBrowser,
    QTextEdit,
    QWidget,
)
from qgis.utils import iface

from .palette import save
from .webpage import open_page, scroll_to

OUT = Path(os.environ["OCSIA_PICTURES_OUT"])
WORK = Path(os.environ["OCSIA_PICTURES_WORK"])
LANGUAGE = os.environ["OCSIA_PICTURES_LANGUAGE"]
SECONDS = float(os.environ["OCSIA_PICTURES_SECONDS"])
WINDOW = (1300, 830)

_OF_THIS_RUN = re.compile(r"\d+\.\d+ seconde?s|\d+\s(s|min)(?=,)|\d[\s\d]*\s(Mo|MB)(?=\.$)")
"""What a log says of the speed and the memory of one run: the picture would never be the same twice."""

Step = Union[float, Callable[[], bool]]


def either(french: str, english: str) -> str:
    """The one of the language that QGIS speaks in these pictures."""
    return french if LANGUAGE == "fr" else english


class Studio:
    """Runs a series and reports. A series is a subclass with its ``steps``."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.logs: dict[str, str] = {}
        QApplication.setCursorFlashTime(0)  # a cursor that blinks is there or not
        self._running = self.steps()
        self._deadline = time.monotonic() + SECONDS
        self._waiting: Step = 0.0

    def steps(self) -> Iterator[Step]:
        """The series."""
        raise NotImplementedError

    # -- the loop

    def tick(self) -> None:
        """Go on with the series, or wait."""
        if time.monotonic() > self._deadline:
            self.problems.append("out of time")
            return self.finish()
        if callable(self._waiting) and not self._waiting():
            QTimer.singleShot(100, self.tick)
            return None
        try:
            self._waiting = next(self._running)
        except StopIteration:
            return self.finish()
        except Exception:
            self.problems.append(traceback.format_exc())
            return self.finish()
        QTimer.singleShot(100 if callable(self._waiting) else int(1000 * self._waiting), self.tick)
        return None

    def finish(self) -> None:
        """Report, and leave QGIS as a user does."""
        report = {"problems": self.problems, "logs": self.logs}
        text = json.dumps(report, indent=1, ensure_ascii=False)
        Path(os.environ["OCSIA_PICTURES_REPORT"]).write_text(text, encoding="utf-8")
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QDialog) and window.isVisible():
                window.reject()
        QgsProject.instance().clear()
        QgsProject.instance().setDirty(False)
        QTimer.singleShot(500, iface.actionExit().trigger)

    # -- dialogs

    def shoot(self, widget: Any, name: str) -> None:
        """A picture of a widget."""
        save(widget.grab().toImage(), OUT / name)

    def dialog(self, algorithm: str, parameters: dict[str, Any], width: int = 640, most: int = 1480) -> QDialog:
        """The dialog of an algorithm without the panel of help, as tall as its parameters."""
        dialog = processing.createAlgorithmDialog(algorithm, parameters)
        dialog.show()
        for splitter in dialog.findChildren(QSplitter):
            splitter.setSizes([width, 0])
        areas = [area for area in dialog.findChildren(QScrollArea) if area.widget() is not None]
        height = max((area.widget().sizeHint().height() for area in areas), default=400)
        dialog.resize(width, min(height + 150, most))
        return dialog

    def fit(self, dialog: QDialog) -> Iterator[Step]:
        """Take off the height that the parameters do not need, once they are laid out, and what is selected."""
        rows = [w for w in dialog.findChildren(QWidget) if type(w).__name__ == "ForecastRow"]
        yield 0.5
        yield lambda: all(row.label.text() for row in rows)  # written a moment after the dialog is seen
        areas = [area for area in dialog.findChildren(QScrollArea) if area.isVisible() and area.widget() is not None]
        spare = [area.viewport().height() - area.widget().sizeHint().height() for area in areas]
        dialog.resize(dialog.width(), dialog.height() - max(min(spare, default=0), 0))
        for line in dialog.findChildren(QLineEdit):
            line.deselect()
        yield 0.2

    def run(self, dialog: QDialog, name: str) -> Iterator[Step]:
        """Press the button, wait for the end and keep the log."""
        finished: list[bool] = []
        dialog.algorithmFinished.connect(lambda ok, results: finished.append(ok))
        dialog.runButton().click()
        yield lambda: bool(finished)
        yield 1.5
        edits = [e for e in dialog.findChildren(QTextEdit) if not isinstance(e, QTextBrowser)]
        self.logs[name] = "\n".join(e.toPlainText() for e in edits)
        if finished != [True]:
            self.problems.append(f"{name} failed:\n{self.logs[name]}")

    def without_chance(self, dialog: QDialog) -> None:
        """Leave out of a log what differs from run to run."""
        for edit in dialog.findChildren(QTextEdit):
            block = edit.document().begin()
            while block.isValid():
                found = _OF_THIS_RUN.search(block.text())
                if found:
                    cursor = edit.textCursor()
                    cursor.setPosition(block.position() + found.start())
                    cursor.setPosition(block.position() + found.end(), cursor.MoveMode.KeepAnchor)
                    cursor.insertText("… " + found.group().split()[-1])
                block = block.next()
            edit.verticalScrollBar().setValue(edit.verticalScrollBar().maximum())

    # -- layers and maps

    def add(self, name: str, title: str, kind: type = QgsRasterLayer) -> Any:
        """A file of the work folder as a layer."""
        layer = kind(str(WORK / name), title)
        if not layer.isValid():
            self.problems.append(f"{name} is not valid")
        QgsProject.instance().addMapLayer(layer)
        return layer

    def layer(self, file: str) -> Any:
        """The layer of the project that shows a file."""
        layers = QgsProject.instance().mapLayers().values()
        return next(la for la in layers if Path(la.source().split("|")[0]).name == file)

    def show(
        self, visible: list[Any], extent: QgsRectangle, expanded: Any = None, toolbox: bool = False
    ) -> Iterator[Step]:
        """The main window with these layers alone."""
        wanted = {layer.id() for layer in visible}
        self.window(toolbox)
        for node in QgsProject.instance().layerTreeRoot().findLayers():
            node.setItemVisibilityChecked(node.layerId() in wanted)
            node.setExpanded(True)
            node.setExpanded(expanded is not None and node.layerId() == expanded.id())
        iface.messageBar().clearWidgets()
        iface.mapCanvas().setExtent(extent)
        iface.mapCanvas().refresh()
        yield 1.5
        yield lambda: not iface.mapCanvas().isDrawing()
        yield 0.7

    def window(self, toolbox: bool) -> Any:
        """The main window, in the size of the pictures, with the panels that matter."""
        window = iface.mainWindow()
        window.resize(*WINDOW)
        for dock in window.findChildren(QDockWidget):
            dock.setVisible(dock.objectName() == "Layers" or (toolbox and dock.objectName() == "ProcessingToolbox"))
        return window

    # -- pages

    def page(self, file: Path, name: str, title: str, height: int) -> Iterator[Step]:
        """A picture of an HTML page, from the heading ``title`` on."""
        view, loaded = open_page(file, height)
        yield lambda: bool(loaded)
        scroll_to(view, title)
        yield 1.0
        self.shoot(view, name)
        view.close()
