"""The tutorials, step by step: the sample town, then the tree cover of a commune."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.core import (
    QgsFillSymbol,
    QgsLayoutExporter,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QApplication, QDialog, QDockWidget, QWidget
from qgis.utils import iface

from .labels import label
from .palette import save
from .studio import OUT, WINDOW, WORK, Step, Studio, either
from .truth import interpret

_PROBABILITIES = either("probabilites.tif", "probabilities.tif")
_CONFIDENCE = either("confiance.tif", "confidence.tif")
_POLYGONS = either("polygones.gpkg", "polygons.gpkg")
_COVER = either("couvert", "cover")
_ZONE = "quartier pavillonnaire"
_PAGE_DPI = 100


class Tutorials(Studio):
    """Both, in one project."""

    def steps(self) -> Iterator[Step]:
        self.ortho = self.add("ortho_rvb.tif", "ortho_rvb")
        self.whole = self.ortho.extent()
        self.main = self.window(True)
        yield 2.0
        yield from self.town()
        yield from self.trees()

    # -- the sample town

    def town(self) -> Iterator[Step]:
        """Predict, look, vectorise, measure."""
        toolbox = self.main.findChild(QDockWidget, "ProcessingToolbox")
        toolbox.searchBox.setText("OCS-IA")
        toolbox.algorithmTree.expandAll()
        self.main.resizeDocks([toolbox], [370], Qt.Orientation.Horizontal)
        yield from self.show([self.ortho], self.whole, toolbox=True)
        self.shoot(self.main, either("ville_1_boite.jpg", "town_1_toolbox.jpg"))
        yield from self.predict()
        classes = self.layer("classes.tif")
        yield from self.show([classes], self.whole, classes)
        self.shoot(self.main, either("ville_4_classes.jpg", "town_4_classes.jpg"))
        confidence = self.layer(_CONFIDENCE)
        yield from self.show([confidence], self.whole, confidence)
        self.shoot(self.main, either("ville_5_confiance.jpg", "town_5_confidence.jpg"))
        yield from self.probabilities_here()
        vectors = {"INPUT": classes.id(), "MIN_AREA": 10, "OUTPUT": str(WORK / _POLYGONS)}
        dialog = self.dialog("ocsia:vectorize", vectors)
        yield from self.run(dialog, "vectorize")
        dialog.close()
        polygons = self.layer(_POLYGONS)
        polygons.setOpacity(0.6)
        near = QgsRectangle.fromCenterAndSize(self.whole.center(), 180, 120)
        yield from self.show([polygons, self.ortho], near, polygons)
        self.shoot(self.main, either("ville_6_polygones.jpg", "town_6_polygons.jpg"))
        yield from self.surfaces()

    def predict(self) -> Iterator[Step]:
        """The dialog, a preview from it, then the whole."""
        outputs = {"PROBABILITIES": _PROBABILITIES, "CLASSES": "classes.tif", "CONFIDENCE": _CONFIDENCE}
        files = {name: str(WORK / file) for name, file in outputs.items()}
        dialog = self.dialog("ocsia:predict", {"INPUT": self.ortho.id(), **files})
        yield from self.fit(dialog)
        self.shoot(dialog, either("ville_2_dialogue.png", "town_2_dialog.png"))
        yield from self.preview(dialog)
        dialog.resize(820, 560)
        yield from self.run(dialog, "predict")
        self.without_chance(dialog)
        yield 0.3
        self.shoot(dialog, either("ville_3_journal.png", "town_3_log.png"))
        dialog.close()

    def preview(self, dialog: QDialog) -> Iterator[Step]:
        """One tile on the map."""
        row = next(w for w in dialog.findChildren(QWidget) if type(w).__name__ == "ForecastRow")
        title = row.button.text()
        row.button.click()
        yield lambda: row.button.text() == title
        groups = QgsProject.instance().layerTreeRoot().findGroups()
        if not groups:
            self.problems.append(f"no preview: {row.label.text()}")
            return
        tile = groups[0].findLayers()[0].layer()
        yield from self.show([tile, self.ortho], self.whole, tile)
        self.shoot(self.main, either("ville_2_apercu.jpg", "town_2_preview.jpg"))
        QgsProject.instance().layerTreeRoot().removeChildNode(groups[0])

    def probabilities_here(self) -> Iterator[Step]:
        """The tool of the toolbar, and a click in the middle of the map."""
        layer = self.layer(_PROBABILITIES)
        middle = QgsRectangle.fromCenterAndSize(self.whole.center(), 180, 120)
        yield from self.show([layer, self.ortho], middle, layer)
        title = either("Probabilités ici", "Probabilities here")
        next(action for action in self.main.findChildren(QAction) if action.text() == title).trigger()
        viewport = iface.mapCanvas().viewport()
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=viewport.rect().center())
        yield 0.7
        said = iface.messageBar().currentItem()
        self.logs["probabilities"] = said.text() if said is not None else ""
        self.shoot(self.main, either("ville_3_probabilites_ici.jpg", "town_3_probabilities_here.jpg"))
        iface.actionPan().trigger()

    def surfaces(self) -> Iterator[Step]:
        """By district, without points."""
        zones = self.add("zones.gpkg", either("quartiers", "districts"), QgsVectorLayer)
        # QGIS's own choice of a colour is another one each time.
        zones.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple({"color": "#a6cee3"})))
        report = WORK / either("rapport.html", "report.html")
        parameters = {
            "INPUT": self.layer(_PROBABILITIES).id(),
            "ZONES": zones.id(),
            "GROUPS": "ligneux; impermeable",
            "OUTPUT": str(WORK / "surfaces.gpkg"),
            "TABLE": str(WORK / "surfaces.csv"),
            "REPORT": str(report),
        }
        dialog = self.dialog("ocsia:surfaces", parameters)
        yield from self.run(dialog, "surfaces")
        dialog.close()
        yield from self.page(report, either("ville_7_rapport.png", "town_7_report.png"), "centre-bourg", 660)
        layout = self.layout(self.layer("surfaces.gpkg"))
        (designer,) = iface.openLayoutDesigners()
        designer.window().resize(*WINDOW)
        yield 1.0
        layout.atlas().seekTo(2)
        yield 3.0
        self.shoot(designer.window(), either("ville_8_mise_en_page.jpg", "town_8_layout.jpg"))
        designer.close()

    def layout(self, zones: QgsVectorLayer) -> QgsPrintLayout:
        """A layout of zones, from the plugin's menu."""
        iface.setActiveLayer(zones)
        title = either("Mise en page des surfaces…", "Layout of the surfaces…")
        next(action for action in self.main.findChildren(QAction) if action.text() == title).trigger()
        return QgsProject.instance().layoutManager().layouts()[-1]

    # -- the tree cover

    def trees(self) -> Iterator[Step]:
        """The ready-made model, points, the ready-made model again."""
        project = QgsProject.instance()
        zones = self.layer("zones.gpkg")
        kept = {self.ortho.id(), zones.id(), self.layer(_PROBABILITIES).id()}
        project.removeMapLayers([name for name in project.mapLayers() if name not in kept])
        inputs = {"ORTHO": self.ortho.id(), "COMMUNE": zones.id()}
        dialog = self.dialog("ocsia:couvert_arbore", {**inputs, **_cover_files(_COVER)})
        yield from self.fit(dialog)
        self.shoot(dialog, either("arbres_1_modele.png", "trees_1_model.png"))
        yield from self.run(dialog, "couvert_arbore")
        dialog.close()
        cover = self.layer(_COVER + either("_polygones.gpkg", "_polygons.gpkg"))
        cover.setOpacity(0.65)
        yield from self.show([cover, self.ortho], self.whole, cover)
        self.shoot(self.main, either("arbres_2_couvert.jpg", "trees_2_cover.jpg"))
        points = {"COUNT": 300, "TARGET": "ligneux=10", "ZONES": zones.id(), "OUTPUT": str(WORK / "points.gpkg")}
        dialog = self.dialog("ocsia:samplepoints", {"INPUT": self.layer(_PROBABILITIES).id(), **points})
        yield from self.fit(dialog)
        self.shoot(dialog, either("arbres_3_points.png", "trees_3_points.png"))
        yield from self.run(dialog, "samplepoints")
        dialog.close()
        yield from self.interpret()
        inputs["POINTS"] = self.layer("points.gpkg").id()
        dialog = self.dialog("ocsia:couvert_arbore", {**inputs, **_cover_files(f"{_COVER}_points")})
        yield from self.run(dialog, "couvert_arbore_points")
        dialog.close()
        report, name = WORK / f"{_COVER}_points.html", either("arbres_5_rapport.png", "trees_5_report.png")
        yield from self.page(report, name, _ZONE, 1000)
        zones = self.layer(f"{_COVER}_points_zones.gpkg")
        label(zones, "nom || '\n' || format_number(ligneux_pct, 1) || ' %'")
        yield from self.show([zones, self.ortho], self.whole, zones)
        self.shoot(self.main, either("arbres_6_zones.jpg", "trees_6_zones.jpg"))
        self.add("classes.tif", "classes")
        layout = self.layout(zones)
        layout.atlas().beginRender()
        layout.atlas().seekTo(2)
        sheet = QgsLayoutExporter(layout).renderPageToImage(0, dpi=_PAGE_DPI)
        save(sheet, OUT / either("arbres_7_page.jpg", "trees_7_page.jpg"))

    def interpret(self) -> Iterator[Step]:
        """The form of a point; then the truth of the town, read instead of the image."""
        points = self.layer("points.gpkg")
        iface.setActiveLayer(points)
        points.startEditing()
        feature = next(points.getFeatures())
        place = feature.geometry().asPoint()
        yield from self.show([points, self.ortho], QgsRectangle.fromCenterAndSize(place, 24, 16))
        form = iface.getFeatureForm(points, feature)
        form.setWindowFlags(Qt.WindowType.Dialog)
        form.show()
        form.resize(560, 260)
        form.move(self.main.x() + 720, self.main.y() + 530)
        yield 1.5
        screen = QApplication.primaryScreen().grabWindow(0, self.main.x(), self.main.y(), *WINDOW)
        save(screen.toImage(), OUT / either("arbres_4_formulaire.jpg", "trees_4_form.jpg"))
        form.reject()
        points.rollBack()
        interpret(points, WORK / "naf_truth.tif")
        yield 0.5


def _cover_files(stem: str) -> dict[str, str]:
    """The outputs of the ready-made model of tree cover."""
    endings = {
        "carte:CARTE": ".tif",
        "polygones:COUVERT_ARBORE": either("_polygones.gpkg", "_polygons.gpkg"),
        "surfaces:RAPPORT": ".html",
        "surfaces:SURFACES_PAR_ZONE": "_zones.gpkg",
        "surfaces:TABLEAU_DES_SURFACES": ".csv",
    }
    return {name: str(WORK / f"{stem}{ending}") for name, ending in endings.items()}
