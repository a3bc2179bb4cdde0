"""Dialogs that the panels of QGIS can stand in, without a window of QGIS's."""

from __future__ import annotations

from typing import Any

from qgis.gui import QgsMessageBar
from qgis.PyQt import sip
from qgis.PyQt.QtWidgets import QDialog


class WindowDialog(QDialog):
    """What the panels of QGIS ask of the dialog that they stand in."""

    def __init__(self) -> None:
        super().__init__()
        self.bar = QgsMessageBar(self)

    def messageBar(self):
        return self.bar


class BatchAlgorithmDialog(WindowDialog):
    """By this name QGIS's wrappers know a batch."""


class Panels:
    """Panels of QGIS's, which know of their algorithm but the address, and wake when any later test adds a layer to the
    project: ``close`` has to be called while both are there."""

    def __init__(self) -> None:
        self._made: list[tuple[Any, ...]] = []

    def __call__(self, kind: Any, dialog: QDialog, algorithm: Any) -> Any:
        panel = kind(dialog, algorithm)
        self._made.append((panel, dialog, algorithm))
        return panel

    def close(self) -> None:
        for panel, *_ in self._made:
            sip.delete(panel)
