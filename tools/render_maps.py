"""Render each layer to a PNG with its title, legend and scale, in the style that lies with the data.

    python3 tools/render_maps.py FOLDER LAYER...

Runs in QGIS's Python, without a window. What is seen is what QGIS shows a user who opens the files.
"""

from __future__ import annotations

import sys
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsLayoutExporter,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemScaleBar,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsMapLayer,
    QgsPrintLayout,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsUnitTypes,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QFont

TITLES = {
    "classes": "Occupation du sol : classe la plus probable",
    "probabilites": "Probabilités : bâtiment (rouge), feuillus (vert), imperméable (bleu)",
    "confiance": "Confiance du modèle dans la classe retenue",
    "polygones": "Occupation du sol : polygones",
}
_PAGE = (297.0, 210.0)
_MARGIN, _HEADER, _LEGEND = 8.0, 16.0, 62.0
_DPI = 130


def main(folder: Path, paths: list[Path]) -> None:
    """One picture per layer; the first layer is the ortho and stands under the polygons."""
    project = QgsProject.instance()
    layers = [load(path) for path in paths]
    project.addMapLayers(layers, False)
    for path, layer in zip(paths, layers):
        target = folder / f"carte_{path.stem}.png"
        render(project, layer, [layer, layers[0]], TITLES.get(path.stem, f"Ortho-image {path.stem}"), target)
        print(f"    {target}")
    project.removeAllMapLayers()


def load(path: Path) -> QgsMapLayer:
    """The layer of a file, with the style that travels with it."""
    is_vector = path.suffix == ".gpkg"
    layer = QgsVectorLayer(str(path), path.stem, "ogr") if is_vector else QgsRasterLayer(str(path), path.stem)
    if not layer.isValid():
        sys.exit(f"QGIS cannot open {path}")
    return layer


def render(project: QgsProject, layer: QgsMapLayer, stack: list[QgsMapLayer], title: str, target: Path) -> None:
    """A page with the map, its title, its legend and a scale bar."""
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    page_map = QgsLayoutItemMap(layout)
    size = _PAGE[0] - _LEGEND - 2 * _MARGIN, _PAGE[1] - _HEADER - _MARGIN
    place(page_map, _MARGIN, _HEADER, *size)
    layout.addLayoutItem(page_map)
    page_map.setLayers(stack)
    page_map.setCrs(layer.crs())
    page_map.setExtent(filling(layer.extent(), size[0] / size[1]))
    page_map.setFrameEnabled(True)

    label = QgsLayoutItemLabel(layout)
    label.setText(title)
    label.setFont(QFont("DejaVu Sans", 15))
    place(label, _MARGIN, 5, _PAGE[0] - 2 * _MARGIN, 10)
    layout.addLayoutItem(label)

    legend = QgsLayoutItemLegend(layout)
    legend.setAutoUpdateModel(False)
    legend.model().rootGroup().clear()
    legend.model().rootGroup().addLayer(layer)
    legend.setLinkedMap(page_map)
    place(legend, _PAGE[0] - _LEGEND, _HEADER, _LEGEND - _MARGIN, 120)
    layout.addLayoutItem(legend)

    bar = QgsLayoutItemScaleBar(layout)
    bar.setStyle("Single Box")
    bar.setLinkedMap(page_map)
    bar.setUnits(QgsUnitTypes.DistanceUnit.DistanceMeters)
    bar.setUnitLabel("m")
    bar.setNumberOfSegments(2)
    bar.setNumberOfSegmentsLeft(0)
    bar.setUnitsPerSegment(max(10, round(layer.extent().width() / 10, -1)))
    place(bar, _PAGE[0] - _LEGEND, _PAGE[1] - 22, _LEGEND - _MARGIN, 12)
    layout.addLayoutItem(bar)

    # Not exportToImage, which would have GDAL georeference the picture, and GDAL cannot do that to a PNG.
    QgsLayoutExporter(layout).renderPageToImage(0, QSize(), _DPI).save(str(target))


def filling(extent: QgsRectangle, ratio: float) -> QgsRectangle:
    """The smallest rectangle of width / height ``ratio`` around ``extent``."""
    width = max(extent.width(), extent.height() * ratio)
    return QgsRectangle.fromCenterAndSize(extent.center(), width, width / ratio)


def place(item: object, x: float, y: float, width: float, height: float) -> None:
    """Position and size of a layout item, in millimetres of the page."""
    item.attemptMove(QgsLayoutPoint(x, y))
    item.attemptResize(QgsLayoutSize(width, height))


if __name__ == "__main__":
    application = QgsApplication([], True)
    application.initQgis()
    main(Path(sys.argv[1]), [Path(p) for p in sys.argv[2:]])
    application.exitQgis()
