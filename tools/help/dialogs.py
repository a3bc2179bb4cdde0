"""The dialog of each algorithm; what the page of options shows of an installed engine and of an imported model."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import processing
from qgis.core import QgsApplication, QgsVectorLayer
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication, QDialog, QDialogButtonBox, QScrollArea, QSplitter, QWidget
from qgis.utils import iface

from .studio import WORK, Step, Studio, either

_IMAGES = {"INPUT", "ORTHO", "ORTHO_AVANT", "ORTHO_APRES"}
_SHIPPED = "ocsia-naf15-rvb"


class Dialogs(Studio):
    """One picture per algorithm, with the sample town in the project; then those of the page of options."""

    def steps(self) -> Iterator[Step]:
        self.classes = self.add("naf_truth.tif", "classes").id()
        self.zones = self.add("zones.gpkg", "zones", QgsVectorLayer).id()
        self.ortho = self.add("ortho_rvb.tif", "ortho_rvb").id()
        # A name is all that the picture shows of it.
        self.probabilities = self.add("ortho_rvb.tif", either("probabilites", "probabilities")).id()
        yield 1.0
        for algorithm in QgsApplication.processingRegistry().providerById("ocsia").algorithms():
            dialog = self.dialog(algorithm.id(), self.filled(algorithm))
            yield from self.fit(dialog)
            self.shoot(dialog, f"{algorithm.name()}.png")
            dialog.close()
            yield 0.2
        yield from self.options("setup", "installation")
        self.import_model()
        yield from self.options("importmodel", "models")

    def filled(self, algorithm: Any) -> dict[str, Any]:
        """What a user would have chosen so far."""
        names = {d.name() for d in algorithm.parameterDefinitions()}
        filled = dict.fromkeys(names & _IMAGES, self.ortho)
        if algorithm.name() not in ("predict", "dalles", "composeortho"):
            filled |= dict.fromkeys(names & {"INPUT", "BEFORE", "AFTER"}, self.classes)
        filled |= dict.fromkeys(names & {"ZONES", "COMMUNE"}, self.zones)
        filled |= {"INPUT": self.probabilities} if algorithm.name() == "argmax" else {}
        filled |= {"INPUT": self.zones, "CLASSES": self.classes} if algorithm.name() == "layout" else {}
        return filled

    def import_model(self) -> None:
        """As the user of another's model does: the one that is shipped, under another name, with its card."""
        shipped = next(p for p in WORK.rglob(_SHIPPED) if p.is_dir())
        model = WORK / either("mon_modele.onnx", "my_model.onnx")
        shutil.copy(shipped / "model.onnx", model)
        shutil.copy(shipped / "card.json", model.with_suffix(".json"))
        processing.run("ocsia:importmodel", {"FILE": str(model), "NAME": model.stem})

    def options(self, name: str, part: str) -> Iterator[Step]:
        """The page of options with ``part`` of it in view. Its dialog is modal: the steps go on inside its loop."""
        QTimer.singleShot(0, lambda: iface.showOptionsDialog(iface.mainWindow(), "OCS-IA"))
        yield lambda: isinstance(QApplication.activeModalWidget(), QDialog)
        dialog = QApplication.activeModalWidget()
        page = next(w for w in dialog.findChildren(QWidget) if type(w).__name__ == "OcsiaOptionsWidget")
        dialog.resize(960, 720)
        dialog.findChild(QSplitter).setSizes([230, 730])
        yield lambda: page.test_button.isEnabled()
        yield 1.0
        page.findChild(QScrollArea).ensureWidgetVisible(getattr(page, part))
        table = page.models.table
        rows = [row for row in range(table.rowCount()) if table.item(row, 0).text() == either("mon_modele", "my_model")]
        if rows:
            table.selectRow(rows[0])
            table.scrollToItem(table.item(rows[0], 0))
        yield 0.3
        self.shoot(dialog, f"{name}_result.png")
        dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Cancel).click()
        yield 0.5
