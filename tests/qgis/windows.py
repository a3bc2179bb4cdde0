"""Dialogs that the panels of QGIS can stand in, without a window of QGIS's."""

from __future__ import annotations

from qgis.gui import QgsMessageBar
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
