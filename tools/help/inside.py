"""Runs inside the real QGIS (``qgis --code``): takes the pictures of the documentation.

Each series is a generator: QGIS's event loop runs at each ``yield``, which gives the seconds to wait or a function that
is asked until it says yes.
"""

from __future__ import annotations

import json
import os
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Union

import processing
from qgis.core import (
    QgsApplication,
    QgsLayoutExporter,
    QgsPalLayerSettings,
    QgsPrintLayout,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QSize, Qt, QTimer, QUrl
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtWidgets import (
    QAction,
    QApplication,
    QDialog,
    QDockWidget,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QTextBrowser,
    QTextEdit,
)
from qgis.utils import iface

OUT = Path(os.environ["OCSIA_PICTURES_OUT"])
WORK = Path(os.environ["OCSIA_PICTURES_WORK"])
SECONDS = float(os.environ["OCSIA_PICTURES_SECONDS"])
WINDOW = (1300, 830)
PLAIN_COLOURS = 256
PAGE_DPI = 100

Step = Union[float, Callable[[], bool]]


class Pictures:
    """Runs a series and reports."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.logs: dict[str, str] = {}
        self.steps = getattr(self, os.environ["OCSIA_PICTURES"])()
        self.deadline = time.monotonic() + SECONDS
        self.waiting: Step = 0.0

    # -- the loop

    def tick(self) -> None:
        """Go on with the series, or wait."""
        if time.monotonic() > self.deadline:
            self.problems.append("out of time")
            return self.finish()
        if callable(self.waiting) and not self.waiting():
            QTimer.singleShot(100, self.tick)
            return None
        try:
            self.waiting = next(self.steps)
        except StopIteration:
            return self.finish()
        except Exception:
            self.problems.append(traceback.format_exc())
            return self.finish()
        QTimer.singleShot(100 if callable(self.waiting) else int(1000 * self.waiting), self.tick)
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

    # -- tools

    def shoot(self, widget: Any, name: str) -> None:
        """A picture of a widget."""
        self.save(widget.grab().toImage(), name)

    def save(self, image: QImage, name: str) -> None:
        """Few colours as a small PNG, a map as a JPEG."""
        if name.endswith(".png"):
            flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
            image = image.convertToFormat(QImage.Format.Format_Indexed8, flags)
        image.save(str(OUT / name), quality=0 if name.endswith(".png") else 85)

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

    def fit(self, dialog: QDialog) -> None:
        """Take off the height that the parameters do not need, once they are laid out, and what is selected."""
        areas = [area for area in dialog.findChildren(QScrollArea) if area.isVisible() and area.widget() is not None]
        spare = [area.viewport().height() - area.widget().sizeHint().height() for area in areas]
        dialog.resize(dialog.width(), dialog.height() - max(min(spare, default=0), 0))
        for line in dialog.findChildren(QLineEdit):
            line.deselect()

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

    def page(self, file: Path, name: str, height: int, top: int = 0) -> Iterator[Step]:
        """A picture of a part of an HTML page."""
        from qgis.PyQt.QtWebKitWidgets import QWebView

        view = QWebView()
        loaded: list[bool] = []
        view.loadFinished.connect(loaded.append)
        view.resize(QSize(900, height))
        view.load(QUrl.fromLocalFile(str(file)))
        view.show()
        yield lambda: bool(loaded)
        view.page().mainFrame().setScrollBarPolicy(Qt.Orientation.Vertical, Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.page().mainFrame().setScrollPosition(view.page().mainFrame().scrollPosition().__class__(0, top))
        yield 1.0
        self.shoot(view, name)
        view.close()

    def window(self, toolbox: bool) -> Any:
        """The main window, in the size of the pictures, with the panels that matter."""
        window = iface.mainWindow()
        window.resize(*WINDOW)
        for dock in window.findChildren(QDockWidget):
            dock.setVisible(dock.objectName() == "Layers" or (toolbox and dock.objectName() == "ProcessingToolbox"))
        return window

    # -- the dialogs

    def dialogs(self) -> Iterator[Step]:
        """One picture per algorithm, with the sample town in the project."""
        classes = self.add("naf_truth.tif", "classes").id()
        zones = self.add("zones.gpkg", "zones", QgsVectorLayer).id()
        ortho = self.add("ortho_rvb.tif", "ortho_rvb").id()
        # A name is all that the picture shows of it.
        probabilities = self.add("ortho_rvb.tif", "probabilites").id()
        images = {"INPUT", "ORTHO", "ORTHO_AVANT", "ORTHO_APRES"}
        yield 1.0
        for algorithm in QgsApplication.processingRegistry().providerById("ocsia").algorithms():
            names = {d.name() for d in algorithm.parameterDefinitions()}
            filled = dict.fromkeys(names & images, ortho)
            if algorithm.name() not in ("predict", "dalles", "composeortho"):
                filled |= dict.fromkeys(names & {"INPUT", "BEFORE", "AFTER"}, classes)
            filled |= dict.fromkeys(names & {"ZONES", "COMMUNE"}, zones)
            filled |= {"INPUT": probabilities} if algorithm.name() == "argmax" else {}
            filled |= {"INPUT": ""} if algorithm.name() == "importmodel" else {}
            filled |= {"INPUT": zones, "CLASSES": classes} if algorithm.name() == "layout" else {}
            dialog = self.dialog(algorithm.id(), filled)
            yield 0.8
            self.fit(dialog)
            yield 0.2
            self.shoot(dialog, f"{algorithm.name()}.png")
            dialog.close()
            yield 0.2

    # -- the tutorials

    def tutorials(self) -> Iterator[Step]:
        """The sample town, then the tree cover of a commune."""
        self.ortho = self.add("ortho_rvb.tif", "ortho_rvb")
        self.whole = self.ortho.extent()
        window = self.window(True)
        yield 2.0
        yield from self.town(window)
        yield from self.trees(window)

    def town(self, window: Any) -> Iterator[Step]:
        """Predict, vectorise, measure."""
        toolbox = window.findChild(QDockWidget, "ProcessingToolbox")
        toolbox.searchBox.setText("OCS-IA")
        toolbox.algorithmTree.expandAll()
        window.resizeDocks([toolbox], [370], Qt.Orientation.Horizontal)
        yield from self.show([self.ortho], self.whole, toolbox=True)
        self.shoot(window, "ville_1_boite.jpg")
        outputs = {"PROBABILITIES": "probabilites.tif", "CLASSES": "classes.tif", "CONFIDENCE": "confiance.tif"}
        parameters = {name: str(WORK / file) for name, file in outputs.items()}
        dialog = self.dialog("ocsia:predict", {"INPUT": self.ortho.id(), **parameters})
        yield 1.0
        self.fit(dialog)
        yield 0.2
        self.shoot(dialog, "ville_2_dialogue.png")
        dialog.resize(820, 560)
        yield from self.run(dialog, "predict")
        self.shoot(dialog, "ville_3_journal.png")
        dialog.close()
        classes = self.layer("classes.tif")
        yield from self.show([classes], self.whole, classes)
        self.shoot(window, "ville_4_classes.jpg")
        confidence = self.layer("confiance.tif")
        yield from self.show([confidence], self.whole, confidence)
        self.shoot(window, "ville_5_confiance.jpg")
        dialog = self.dialog(
            "ocsia:vectorize", {"INPUT": classes.id(), "MIN_AREA": 10, "OUTPUT": str(WORK / "polygones.gpkg")}
        )
        yield from self.run(dialog, "vectorize")
        dialog.close()
        polygons = self.layer("polygones.gpkg")
        polygons.setOpacity(0.6)
        centre = self.whole.center()
        near = QgsRectangle.fromCenterAndSize(centre, 180, 120)
        yield from self.show([polygons, self.ortho], near, polygons)
        self.shoot(window, "ville_6_polygones.jpg")
        zones = self.add("zones.gpkg", "quartiers", QgsVectorLayer)
        dialog = self.dialog(
            "ocsia:surfaces",
            {
                "INPUT": self.layer("probabilites.tif").id(),
                "ZONES": zones.id(),
                "GROUPS": "ligneux; impermeable",
                "OUTPUT": str(WORK / "surfaces.gpkg"),
                "TABLE": str(WORK / "surfaces.csv"),
                "REPORT": str(WORK / "rapport.html"),
            },
        )
        yield from self.run(dialog, "surfaces")
        dialog.close()
        yield from self.page(WORK / "rapport.html", "ville_7_rapport.png", 660, top=690)
        layout = self.layout(self.layer("surfaces.gpkg"))
        (designer,) = iface.openLayoutDesigners()
        designer.window().resize(*WINDOW)
        yield 1.0
        layout.atlas().seekTo(2)
        yield 3.0
        self.shoot(designer.window(), "ville_8_mise_en_page.jpg")
        designer.close()

    def trees(self, window: Any) -> Iterator[Step]:
        """The shipped model, points, the shipped model again."""
        outputs = {
            "carte:CARTE": "couvert.tif",
            "polygones:COUVERT_ARBORE": "couvert_arbore.gpkg",
            "surfaces:RAPPORT": "couvert.html",
            "surfaces:SURFACES_PAR_ZONE": "couvert_zones.gpkg",
            "surfaces:TABLEAU_DES_SURFACES": "couvert.csv",
        }
        project = QgsProject.instance()
        zones = self.layer("zones.gpkg")
        kept = {self.ortho.id(), zones.id(), self.layer("probabilites.tif").id()}
        project.removeMapLayers([name for name in project.mapLayers() if name not in kept])
        files = {name: str(WORK / file) for name, file in outputs.items()}
        inputs = {"ORTHO": self.ortho.id(), "COMMUNE": zones.id()}
        dialog = self.dialog("ocsia:couvert_arbore", {**inputs, **files})
        yield 1.0
        self.fit(dialog)
        yield 0.2
        self.shoot(dialog, "arbres_1_modele.png")
        yield from self.run(dialog, "couvert_arbore")
        dialog.close()
        cover = self.layer("couvert_arbore.gpkg")
        cover.setOpacity(0.65)
        yield from self.show([cover, self.ortho], self.whole, cover)
        self.shoot(window, "arbres_2_couvert.jpg")
        points = {"COUNT": 300, "TARGET": "ligneux=10", "ZONES": zones.id(), "OUTPUT": str(WORK / "points.gpkg")}
        dialog = self.dialog("ocsia:samplepoints", {"INPUT": self.layer("probabilites.tif").id(), **points})
        yield 1.0
        self.fit(dialog)
        yield 0.2
        self.shoot(dialog, "arbres_3_points.png")
        yield from self.run(dialog, "samplepoints")
        dialog.close()
        yield from self.interpret(window)
        files = {name: path.replace("couvert", "couvert_points") for name, path in files.items()}
        inputs["POINTS"] = self.layer("points.gpkg").id()
        dialog = self.dialog("ocsia:couvert_arbore", {**inputs, **files})
        yield from self.run(dialog, "couvert_arbore_points")
        dialog.close()
        yield from self.page(WORK / "couvert_points.html", "arbres_5_rapport.png", 1000)
        zones = self.layer("couvert_points_zones.gpkg")
        label = QgsPalLayerSettings()
        label.isExpression = True
        label.fieldName = "nom || '\n' || format_number(ligneux_pct, 1) || ' %'"
        style = QgsTextFormat()
        style.setSize(11)
        buffer = style.buffer()
        buffer.setEnabled(True)
        style.setBuffer(buffer)
        label.setFormat(style)
        zones.setLabeling(QgsVectorLayerSimpleLabeling(label))
        zones.setLabelsEnabled(True)
        yield from self.show([zones, self.ortho], self.whole, zones)
        self.shoot(window, "arbres_6_zones.jpg")
        self.add("classes.tif", "Classes")
        layout = self.layout(zones)
        layout.atlas().beginRender()
        layout.atlas().seekTo(2)
        page = QgsLayoutExporter(layout).renderPageToImage(0, dpi=PAGE_DPI)
        self.save(page, "arbres_7_page.jpg")
        yield 0.5

    def layout(self, zones: QgsVectorLayer) -> QgsPrintLayout:
        """A layout of zones, from the plugin's menu."""
        iface.setActiveLayer(zones)
        actions = iface.mainWindow().findChildren(QAction)
        next(a for a in actions if a.text() == "Mise en page des surfaces…").trigger()
        return QgsProject.instance().layoutManager().layouts()[-1]

    def interpret(self, window: Any) -> Iterator[Step]:
        """The form of a point; then the truth of the town, read instead of the image."""
        points = self.layer("points.gpkg")
        truth = QgsRasterLayer(str(WORK / "naf_truth.tif"), "naf_truth")
        iface.setActiveLayer(points)
        points.startEditing()
        feature = next(points.getFeatures())
        place = feature.geometry().asPoint()
        yield from self.show([points, self.ortho], QgsRectangle.fromCenterAndSize(place, 24, 16))
        form = iface.getFeatureForm(points, feature)
        form.setWindowFlags(Qt.WindowType.Dialog)
        form.show()
        form.resize(560, 260)
        form.move(window.x() + 720, window.y() + 530)
        yield 1.5
        screen = QApplication.primaryScreen().grabWindow(0, window.x(), window.y(), *WINDOW)
        screen.save(str(OUT / "arbres_4_formulaire.jpg"), quality=85)
        form.reject()
        field = points.fields().indexOf("ref_code")
        for feature in list(points.getFeatures()):
            value, found = truth.dataProvider().sample(feature.geometry().asPoint(), 1)
            points.changeAttributeValue(feature.id(), field, int(value) if found else 0)
        if not points.commitChanges():
            self.problems.append(f"points: {points.commitErrors()}")
        yield 0.5


_PICTURES = Pictures()
QTimer.singleShot(3000, _PICTURES.tick)
