"""Runs inside the real QGIS (``qgis --code``): a user's way through the plugin, step by step, with screenshots.

Each step is a stretch between two ``yield`` of a generator: QGIS's event loop runs in between. A ``yield`` gives the
seconds to wait, or a function that is asked until it says yes. What goes wrong is written into ``report.json``.
"""

from __future__ import annotations

import json
import os
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Optional, Union

import processing
from qgis.core import (
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsMapLayer,
    QgsPalettedRasterRenderer,
    QgsProcessingContext,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QObject, Qt, QTimer, QUrl, pyqtSlot
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAction,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QDockWidget,
    QMessageBox,
    QTextBrowser,
    QTextEdit,
    QWidget,
)
from qgis.utils import iface, loadPlugin, plugins, startPlugin, unloadPlugin

ROOT = Path(os.environ["OCSIA_WINDOW_ROOT"])
OUT = Path(os.environ["OCSIA_WINDOW_OUT"])
INPUT = os.environ["OCSIA_WINDOW_INPUT"]
SECONDS = float(os.environ["OCSIA_WINDOW_SECONDS"])
CROP_PIXELS = float(os.environ["OCSIA_WINDOW_CROP"]) or float("inf")
"""Side of the square in the middle of the image that is predicted; 0: the whole image."""
TITLE = "Prédire l'occupation du sol"

Step = Union[float, Callable[[], bool]]


class Browser(QObject):
    """Takes the place of the user's: what would open there."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []
        QDesktopServices.setUrlHandler("file", self, "show")

    @pyqtSlot(QUrl)
    def show(self, url: QUrl) -> None:
        """What Qt calls."""
        self.shown.append(Path(url.toLocalFile()).name)


class Walk:
    """The steps, what they found wrong, and the pictures they took."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.shots: list[str] = []
        self.browser = Browser()
        self.steps = self.walk()
        self.deadline = time.monotonic() + SECONDS
        self.waiting: Step = 0.0

    # -- the loop

    def tick(self) -> None:
        """Go on with the steps, or wait."""
        if time.monotonic() > self.deadline:
            self.problems.append("out of time")
            self.finish()
            return
        if callable(self.waiting) and not self.waiting():
            QTimer.singleShot(100, self.tick)
            return
        try:
            self.waiting = next(self.steps)
        except StopIteration:
            self.finish()
            return
        except Exception:
            self.problems.append(traceback.format_exc())
            self.shoot_screen("failure.png")
            self.finish()
            return
        QTimer.singleShot(100 if callable(self.waiting) else int(1000 * self.waiting), self.tick)

    def check(self, right: bool, problem: str) -> None:
        """Note a problem and go on: the next screenshots help to understand it."""
        if not right:
            self.problems.append(problem)

    def shoot(self, widget: QWidget, name: str) -> None:
        """A picture of one window."""
        widget.grab().save(str(OUT / name))
        self.shots.append(name)

    def shoot_screen(self, name: str) -> None:
        """A picture of the whole screen."""
        QApplication.primaryScreen().grabWindow(0).save(str(OUT / name))
        self.shots.append(name)

    def finish(self) -> None:
        """Report and leave QGIS as a user does; unsaved layers must not ask a question."""
        report = {"problems": self.problems, "shots": self.shots}
        (OUT / "report.json").write_text(json.dumps(report, indent=1, ensure_ascii=False), encoding="utf-8")
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QDialog) and window.isVisible():
                window.reject()
        QgsProject.instance().clear()
        QgsProject.instance().setDirty(False)
        QTimer.singleShot(500, iface.actionExit().trigger)

    # -- the way

    def walk(self) -> Iterator[Step]:
        """From an empty project to a styled map, and a look at the settings."""
        iface.mainWindow().resize(1500, 940)
        self.check("ocsia" in plugins, "the plugin is not loaded")
        ortho = QgsRasterLayer(INPUT, "Ortho-image")
        self.check(ortho.isValid(), f"{INPUT} is not valid")
        QgsProject.instance().addMapLayer(ortho)
        iface.mapCanvas().setExtent(ortho.extent())
        yield 2.0
        yield from self.toolbox()
        yield from self.predict(ortho)
        yield from self.result()
        yield from self.dalles(ortho)
        yield from self.surfaces()
        yield from self.layout()
        yield from self.vectorize()
        yield from self.batch()
        yield from self.modeler()
        yield from self.settings()
        yield from self.leave()

    def parameters(self, ortho: QgsRasterLayer) -> dict[str, Any]:
        """What the user would fill in."""
        whole = ortho.extent()
        half_width = min(whole.width(), CROP_PIXELS * ortho.rasterUnitsPerPixelX()) / 2
        half_height = min(whole.height(), CROP_PIXELS * ortho.rasterUnitsPerPixelY()) / 2
        x, y = whole.center().x(), whole.center().y()
        self.extent = QgsRectangle(x - half_width, y - half_height, x + half_width, y + half_height)
        corners = (x - half_width, x + half_width, y - half_height, y + half_height)
        return {
            "INPUT": ortho.id(),
            "EXTENT": f"{','.join(f'{c:.3f}' for c in corners)} [{ortho.crs().authid()}]",
            "CLASSES": str(OUT / "classes.tif"),
            "CONFIDENCE": str(OUT / "confidence.tif"),
            "PROBABILITIES": str(OUT / "probabilities.tif"),
        }

    def toolbox(self) -> Iterator[Step]:
        """The toolbox, filtered on the plugin."""
        dock = iface.mainWindow().findChild(QDockWidget, "ProcessingToolbox")
        dock.setVisible(True)
        dock.raise_()
        dock.searchBox.setText("OCS-IA")
        dock.algorithmTree.expandAll()
        yield 1.0
        provider = QgsApplication.processingRegistry().providerById("ocsia")
        self.check(provider is not None, "the provider is not registered")
        names = sorted(a.displayName() for a in provider.algorithms())
        self.check(TITLE in names, f"algorithms are not in French: {names}")
        self.shoot(iface.mainWindow(), "toolbox.png")

    def predict(self, ortho: QgsRasterLayer) -> Iterator[Step]:
        """The dialog: filled in, run with the real engine, its log read."""
        dialog = processing.createAlgorithmDialog("ocsia:predict", self.parameters(ortho))
        dialog.resize(1000, 820)
        dialog.show()
        yield 1.5
        self.check(dialog.windowTitle().endswith(TITLE), f"title of the dialog: {dialog.windowTitle()!r}")
        yield from self.preview(dialog)
        self.shoot(dialog, "dialog.png")
        yield from self.run(dialog)
        self.shoot(dialog, "log.png")
        log = self.log(dialog)
        # Qt's plain text has ordinary spaces where the log shows non-breaking ones.
        missing = [words for words in ("Modèle :", "Unité de calcul :", "Tuile :") if words not in log]
        self.check(not missing, f"not in the log: {missing}\n{log}")
        dialog.showParameters()
        yield 1.5
        text = self.forecast(dialog).label.text()
        self.check("remplacé" in text and "classes.tif" in text, f"the forecast after the run: {text!r}")
        self.shoot(dialog, "dialog_again.png")
        dialog.close()

    def forecast(self, dialog: QDialog) -> Any:
        """The line under the model's field."""
        return next(w for w in dialog.findChildren(QWidget) if type(w).__name__ == "ForecastRow")

    def dalles(self, ortho: QgsRasterLayer) -> Iterator[Step]:
        """The dialog of dalles, not run: it says as well what the run will take."""
        dialog = processing.createAlgorithmDialog("ocsia:dalles", {"INPUT": ortho.id(), "OUTPUT": str(OUT / "dalles")})
        dialog.resize(1000, 900)
        dialog.show()
        yield 1.5
        text = self.forecast(dialog).label.text()
        self.check("Environ" in text and "Mo de disque" in text, f"the forecast of dalles: {text!r}")
        self.shoot(dialog, "dalles.png")
        dialog.close()

    def surfaces(self) -> Iterator[Step]:
        """The report of a run opens by itself, in the browser; QGIS lists it in its results viewer as well."""
        parameters = {
            "INPUT": self.layers()["probabilities.tif"].id(),
            "GROUPS": "ligneux",
            "OUTPUT": str(OUT / "surfaces.gpkg"),
            "REPORT": str(OUT / "surfaces.html"),
        }
        dialog = processing.createAlgorithmDialog("ocsia:surfaces", parameters)
        dialog.resize(1000, 760)
        dialog.show()
        yield 1.0
        models = dialog.mainWidget().wrappers["MODEL"]
        listed = [models.combo.itemText(row) for row in range(models.combo.count())]
        self.check(listed[:2] == ["", "ocsia-naf15-rvb"], f"models that may have made the raster: {listed}")
        self.check(models.label.text() == "Modèle [optionnel]", f"label of the model: {models.label.text()!r}")
        self.shoot(dialog, "surfaces.png")
        yield from self.run(dialog)
        dialog.close()
        top = QgsProject.instance().layerTreeRoot().children()[0].name()
        self.check(top == "Surfaces (Ortho-image) – apprentissage", f"on top of the surfaces lies {top!r}")
        viewer = iface.mainWindow().findChild(QDockWidget, "ResultsViewer")
        self.check(viewer is not None and viewer.isVisible(), "the results viewer with the report does not open")
        self.check(self.browser.shown == ["surfaces.html"], f"the browser shows {self.browser.shown}")
        self.shoot(iface.mainWindow(), "report.png")

    def layout(self) -> Iterator[Step]:
        """From the layer's menu to a page in QGIS's layout designer."""
        text = "Mise en page des surfaces…"
        zones, view = self.layers()["surfaces.gpkg"], iface.layerTreeView()
        menus = {}
        for layer in (self.layers()["classes.tif"], zones):
            iface.setActiveLayer(layer)
            menus[layer.name()] = view.menuProvider().createContextMenu()
        offered = {name: [a for a in menu.actions() if a.text() == text] for name, menu in menus.items()}
        found = {name: len(actions) for name, actions in offered.items()}
        self.check(list(found.values()) == [0, 1], f"menus of layers that offer a layout: {found}")
        offered[zones.name()][0].trigger()
        yield lambda: bool(iface.openLayoutDesigners())
        designer = iface.openLayoutDesigners()[0]
        designer.window().resize(1400, 900)
        yield 3.0
        (layout,) = QgsProject.instance().layoutManager().layouts()
        self.check(layout.name() == f"Mise en page – {zones.name()}", f"the layout is called {layout.name()!r}")
        self.check(layout.atlas().count() == 1, f"the atlas has {layout.atlas().count()} pages")
        self.check(designer.atlasPreviewEnabled(), "the designer does not show the page of a zone")
        self.shoot(designer.window(), "layout.png")
        designer.close()

    def preview(self, dialog: QDialog) -> Iterator[Step]:
        """What the run will take, one tile on the map before it, and what the run will take now that one ran."""
        row = self.forecast(dialog)
        self.check("Mo de disque" in row.label.text(), f"the forecast: {row.label.text()!r}")
        row.button.click()
        self.check(row.button.text() == "Annuler", f"while a preview runs, the button says {row.button.text()!r}")
        yield lambda: row.button.text() == "Aperçu"
        groups = QgsProject.instance().layerTreeRoot().findGroups()
        titles = [(group.name(), [node.name() for node in group.children()]) for group in groups]
        self.check(titles == [("Aperçu", ["Aperçu (Ortho-image)"])], f"after a preview: {titles}, {row.label.text()!r}")
        yield 1.5
        self.check("Environ 10" in row.label.text(), f"the forecast after a preview: {row.label.text()!r}")
        self.shoot(iface.mainWindow(), "preview.png")
        QgsProject.instance().layerTreeRoot().removeChildNode(groups[0])

    def run(self, dialog: QDialog) -> Iterator[Step]:
        """Press the button and wait for the end."""
        finished: list[bool] = []
        dialog.algorithmFinished.connect(lambda ok, results: finished.append(ok))
        dialog.runButton().click()
        yield lambda: bool(finished) or self.failed(dialog)
        yield 1.5
        self.check(finished == [True], f"the algorithm failed:\n{self.log(dialog)}")

    def failed(self, dialog: QDialog) -> bool:
        """A refusal of the parameters ends no run; QGIS says it in a message box, which would wait for ever."""
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            return False
        self.problems.append(f"{dialog.windowTitle()}: {box.text()}")
        box.reject()
        return True

    def log(self, dialog: QDialog) -> str:
        """What the dialog's log says."""
        return "\n".join(
            edit.toPlainText() for edit in dialog.findChildren(QTextEdit) if not isinstance(edit, QTextBrowser)
        )

    def result(self) -> Iterator[Step]:
        """The layers in the project, with their styles and French names."""
        layers = self.layers()
        missing = {"classes.tif", "confidence.tif", "probabilities.tif"} - set(layers)
        self.check(not missing, f"not loaded: {sorted(missing)} (there are {sorted(layers)})")
        if not missing:
            self.check_classes(layers["classes.tif"])
            kind = layers["confidence.tif"].renderer().type()
            self.check(kind == "singlebandpseudocolor", f"the confidence is drawn by {kind!r}")
            bands = layers["probabilities.tif"].renderer().usesBands()
            self.check(bands == [1, 10, 3], f"the probabilities show the bands {bands}")
        for name in ("confidence.tif", "classes.tif"):
            if name in layers:
                yield from self.picture(layers[name], f"{Path(name).stem}.png")
        if not missing:
            yield from self.looks(layers)

    def looks(self, layers: dict[str, QgsMapLayer]) -> Iterator[Step]:
        """The group of the run, and the other styles: the veil over the classes, one class, the other palette."""
        (group,) = QgsProject.instance().layerTreeRoot().findGroups()
        names = [node.name() for node in group.children()]
        self.check(group.name() == f"Ortho-image – {TITLE}", f"the group is called {group.name()!r}")
        wanted = [f"{n} (Ortho-image) – apprentissage" for n in ("Classes", "Confiance", "Probabilités")]
        self.check(names == wanted, f"layers of the group: {names}")
        classes, confidence, probabilities = (node.layer() for node in group.children())
        yield from self.probabilities_here(probabilities)
        # As a user does who lays the veil over the classes.
        veil = group.children()[1]
        group.insertChildNode(0, veil.clone())
        group.removeChildNode(veil)
        confidence.styleManager().setCurrentStyle("Voile à poser sur les classes")
        yield from self.picture(confidence, "veil.png", classes)
        probabilities.styleManager().setCurrentStyle("Feuillus, de 0 à 100\u00a0%")
        yield from self.picture(probabilities, "one_class.png")
        classes.styleManager().setCurrentStyle("Palette pour daltoniens")
        yield from self.picture(classes, "colour_blind.png")
        for layer in (classes, confidence, probabilities):
            layer.styleManager().setCurrentStyle("default")

    def probabilities_here(self, layer: QgsRasterLayer) -> Iterator[Step]:
        """The plugin's tool: a click in the map is answered in the message bar."""
        yield from self.picture(layer, "probabilities.png")
        legend = iface.layerTreeView().layerTreeModel().layerLegendNodes(self.node(layer))
        names = [node.data(Qt.ItemDataRole.DisplayRole) for node in legend]
        wanted = ["Bande 01: Bâtiment", "Bande 10: Feuillus", "Bande 03: Zone imperméable"]
        self.check(names == wanted, f"legend of the probabilities: {names}")
        action = next(
            a
            for a in iface.pluginMenu().findChildren(QAction) + iface.mainWindow().findChildren(QAction)
            if a.text() == "Probabilités ici"
        )
        action.trigger()
        self.check(action.isChecked(), "the tool is not the canvas's")
        canvas = iface.mapCanvas()
        QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=canvas.viewport().rect().center())
        yield 0.5
        said = iface.messageBar().currentItem()
        text = said.text() if said is not None else ""
        self.check("%" in text and said.title() == layer.name(), f"probabilities here: {text!r}")
        self.shoot(iface.mainWindow(), "probabilities_here.png")
        iface.actionPan().trigger()
        self.check(iface.messageBar().currentItem() is None, "the answer stays when the tool is put away")

    def node(self, layer: QgsMapLayer) -> Any:
        """Of a layer in the tree."""
        return QgsProject.instance().layerTreeRoot().findLayer(layer.id())

    def layers(self) -> dict[str, QgsMapLayer]:
        """The layers of the project by their file's name."""
        return {Path(la.source().split("|")[0]).name: la for la in QgsProject.instance().mapLayers().values()}

    def vectorize(self) -> Iterator[Step]:
        """A second run in the same session, on the first one's result: polygons with the style in their file."""
        classes = self.layers().get("classes.tif")
        if classes is None:
            return
        parameters = {"INPUT": classes.id(), "MIN_AREA": 4, "OUTPUT": str(OUT / "polygons.gpkg")}
        dialog = processing.createAlgorithmDialog("ocsia:vectorize", parameters)
        dialog.resize(1000, 600)
        dialog.show()
        yield 1.0
        yield from self.run(dialog)
        dialog.close()
        layer = self.layers().get("polygons.gpkg")
        if layer is None:
            self.problems.append(f"polygons.gpkg is not loaded (there are {sorted(self.layers())})")
            return
        renderer = layer.renderer()
        if isinstance(renderer, QgsCategorizedSymbolRenderer):
            labels = [category.label() for category in renderer.categories()]
            self.check(labels == [c["fr"] for c in self.nomenclature()], f"categories of the polygons: {labels}")
        else:
            self.problems.append(f"the polygons are drawn by {renderer.type()!r}")
        yield from self.picture(layer, "polygons.png")

    def batch(self) -> Iterator[Step]:
        """The batch dialog: two rows, with and without groups."""
        from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog

        probabilities = self.layers().get("probabilities.tif")
        if probabilities is None:
            return
        dialog = BatchAlgorithmDialog(QgsApplication.processingRegistry().createAlgorithmById("ocsia:argmax"))
        dialog.resize(1200, 500)
        panel = dialog.mainWidget()
        while panel.batchRowCount() < 2:
            panel.addRow()
        outputs = [OUT / "batch_1.tif", OUT / "batch_2.tif"]
        for row, (groups, output) in enumerate(zip(("", "ligneux=8+10+11"), outputs)):
            for name, value in (("INPUT", probabilities.source()), ("GROUPS", groups)):
                panel.wrappers[row][panel.parameter_to_column[name]].setWidgetValue(value, QgsProcessingContext())
            panel.tblParameters.cellWidget(row + 1, panel.parameter_to_column["OUTPUT"]).setValue(str(output))
        dialog.show()
        yield 1.0
        self.shoot(dialog, "batch.png")
        dialog.runButton().click()
        yield lambda: dialog.runButton().isEnabled() or self.failed(dialog)
        yield 0.5
        missing = [output.name for output in outputs if not output.is_file()]
        self.check(not missing, f"the batch left out {missing}:\n{self.log(dialog)}")
        dialog.close()

    def modeler(self) -> Iterator[Step]:
        """A shipped model in the graphical modeler: every step has its place, nothing is missing."""
        from processing.modeler.ModelerDialog import ModelerDialog

        model = QgsApplication.processingRegistry().createAlgorithmById("ocsia:couvert_arbore")
        if model is None:
            self.problems.append("the model ocsia:couvert_arbore is not there")
            return
        steps = [child.algorithmId() for child in model.childAlgorithms().values()]
        self.check("ocsia:predict" in steps, f"steps of the model: {steps}")
        dialog = ModelerDialog.create(model)
        dialog.resize(1500, 940)
        dialog.show()
        yield 1.5
        for step in model.childAlgorithms():
            valid, issues = model.validateChildAlgorithm(step)
            self.check(valid, f"the modeler paints the step {step} red: {issues}")
        self.shoot(dialog, "modeler.png")
        dialog.setDirty(False)
        dialog.close()
        yield 0.5

    def nomenclature(self) -> list[dict[str, Any]]:
        """The classes as the project's own file has them."""
        path = ROOT / "resources" / "nomenclatures" / "naf15.json"
        return json.loads(path.read_text(encoding="utf-8"))["classes"]

    def check_classes(self, layer: QgsRasterLayer) -> None:
        """The class raster has the colours and names of the nomenclature."""
        wanted = [(c["code"], c["color"], c["fr"]) for c in self.nomenclature()]
        renderer = layer.renderer()
        if not isinstance(renderer, QgsPalettedRasterRenderer):
            self.problems.append(f"the classes are drawn by {renderer.type()!r}, not by a palette")
            return
        found = [(int(c.value), c.color.name(), c.label) for c in renderer.classes()]
        self.check(found == wanted, f"classes of the layer: {found}")

    def picture(self, layer: QgsMapLayer, name: str, other: Optional[QgsMapLayer] = None) -> Iterator[Step]:
        """The main window with one of the results, or two, on top of the image."""
        shown = {layer.id(), other.id() if other else layer.id()}
        root = QgsProject.instance().layerTreeRoot()
        for node in root.findLayers():
            node.setItemVisibilityChecked(node.layerId() in shown or node.name() == "Ortho-image")
            node.setExpanded(False)
            node.setExpanded(node.layerId() == layer.id())
        iface.messageBar().clearWidgets()
        iface.mapCanvas().setExtent(self.extent.buffered(0.08 * self.extent.width()))
        iface.mapCanvas().refresh()
        yield 1.5
        yield lambda: not iface.mapCanvas().isDrawing()
        yield 0.5
        self.shoot(iface.mainWindow(), name)

    def settings(self) -> Iterator[Step]:
        """The page of options. Its dialog is modal: it opens from a timer, and the steps go on inside its loop."""
        QTimer.singleShot(0, lambda: iface.showOptionsDialog(iface.mainWindow(), "OCS-IA"))
        yield lambda: isinstance(QApplication.activeModalWidget(), QDialog)
        dialog = QApplication.activeModalWidget()
        page = next((w for w in dialog.findChildren(QWidget) if type(w).__name__ == "OcsiaOptionsWidget"), None)
        if page is None:
            self.problems.append("the page of options is missing")
            return
        dialog.resize(1000, 720)
        self.check(page.isVisible(), "the page of options does not open by its name")
        yield lambda: page.test_button.isEnabled()
        yield 0.5
        status = page.status_label.text()
        self.check("Le moteur fonctionne" in status, f"status: {status!r}, {page.details_label.text()!r}")
        self.shoot(dialog, "options.png")
        dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Cancel).click()
        yield 0.5

    def leave(self) -> Iterator[Step]:
        """Switched off in the plugin manager, the plugin leaves nothing; switched on again, it is there once."""
        unloadPlugin("ocsia")
        yield 0.5
        self.check(not self.own_actions(), f"after the plugin has gone there are {self.own_actions()}")
        self.check(QgsApplication.processingRegistry().providerById("ocsia") is None, "the provider stays")
        self.check(loadPlugin("ocsia") and startPlugin("ocsia"), "the plugin does not come back")
        yield 0.5
        self.check(len(self.own_actions()) == len(set(self.own_actions())) > 1, f"actions: {self.own_actions()}")

    def own_actions(self) -> list[str]:
        """The plugin's actions that the main window knows."""
        mine = ("Installer le moteur", "Probabilités ici")
        return [a.text() for a in iface.mainWindow().findChildren(QAction) if a.text().startswith(mine)]


_WALK = Walk()
QTimer.singleShot(3000, _WALK.tick)
