"""Items of a page, in millimetres and points. What QGIS calls otherwise from one version to the next is here."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemPicture,
    QgsLayoutItemScaleBar,
    QgsLayoutObject,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLegendRenderer,
    QgsLegendStyle,
    QgsMapLayerLegendUtils,
    QgsPrintLayout,
    QgsProperty,
    QgsRasterLayer,
    QgsRasterSymbolLegendNode,
    QgsScaleBarSettings,
    QgsTextFormat,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QFont

from .chart import shortened

Box = tuple[float, float, float, float]
"""Left, top, width and height, mm."""

INK, SOFT, WARNING, WARNING_GROUND = "#1a1a1a", "#444444", "#8a4500", "#fff4e5"
_NORTH_ARROW = ":/images/north_arrows/layout_default_north_arrow.svg"
_COLUMNS = 3


def place(layout: QgsPrintLayout, item: QgsLayoutItem, box: Box, name: str) -> None:
    """Lay an item on the page; ``name``: in the list of items."""
    left, top, width, height = box
    item.setId(name)
    layout.addLayoutItem(item)
    item.attemptMove(QgsLayoutPoint(left, top))
    item.attemptResize(QgsLayoutSize(width, height))


def add_label(
    layout: QgsPrintLayout,
    text: str,
    box: Box,
    name: str,
    points: float,
    *,
    bold: bool = False,
    color: str = INK,
    right: bool = False,
) -> QgsLayoutItemLabel:
    """A text; what stands in ``[% %]`` is evaluated."""
    label = QgsLayoutItemLabel(layout)
    label.setText(text)
    if hasattr(label, "setTextFormat"):  # from QGIS 3.24 on, where the other way ends
        label.setTextFormat(_format(points, bold, color))
    else:
        label.setFont(_font(points, bold))
        label.setFontColor(QColor(color))
    label.setMarginX(0)
    label.setMarginY(0)
    label.setHAlign(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
    label.setVAlign(Qt.AlignmentFlag.AlignTop)
    place(layout, label, box, name)
    return label


def add_warning(layout: QgsPrintLayout, text: str, box: Box, name: str, points: float) -> None:
    """A text that the reader must not miss."""
    label = add_label(layout, text, box, name, points, bold=True, color=WARNING)
    label.setBackgroundEnabled(True)
    label.setBackgroundColor(QColor(WARNING_GROUND))
    label.setMarginX(2)
    label.setMarginY(1)
    label.setVAlign(Qt.AlignmentFlag.AlignVCenter)


def add_picture(layout: QgsPrintLayout, expression: str, box: Box, name: str) -> None:
    """An SVG whose text an expression makes."""
    picture = QgsLayoutItemPicture(layout)
    picture.setResizeMode(QgsLayoutItemPicture.ResizeMode.Zoom)
    picture.setPictureAnchor(QgsLayoutItem.ReferencePoint.UpperLeft)
    source = QgsLayoutObject.DataDefinedProperty.PictureSource
    picture.dataDefinedProperties().setProperty(source, QgsProperty.fromExpression(expression))
    place(layout, picture, box, name)


def add_north_arrow(layout: QgsPrintLayout, linked: QgsLayoutItemMap, box: Box, name: str) -> None:
    """QGIS's own arrow, which turns with the map."""
    arrow = QgsLayoutItemPicture(layout)
    arrow.setPicturePath(_NORTH_ARROW)
    arrow.setLinkedMap(linked)
    place(layout, arrow, box, name)


def add_scale_bar(layout: QgsPrintLayout, linked: QgsLayoutItemMap, box: Box, name: str, points: float) -> None:
    """Two segments of a round length that fits the scale of the page."""
    bar = QgsLayoutItemScaleBar(layout)
    bar.setStyle("Single Box")
    bar.setLinkedMap(linked)
    bar.setUnits(QgsUnitTypes.DistanceUnit.DistanceMeters)
    bar.setUnitLabel("m")
    bar.setNumberOfSegmentsLeft(0)
    bar.setNumberOfSegments(2)
    bar.setSegmentSizeMode(QgsScaleBarSettings.SegmentSizeMode.SegmentSizeFitWidth)
    bar.setMinimumBarWidth(20)
    bar.setMaximumBarWidth(45)
    bar.setHeight(1.5)
    bar.setTextFormat(_format(points, False, INK))
    bar.setBoxContentSpace(0)
    place(layout, bar, box, name)


def add_legend(
    layout: QgsPrintLayout, raster: QgsRasterLayer, linked: QgsLayoutItemMap, box: Box, name: str, points: float
) -> None:
    """The classes of a raster, in columns, under its name: which map it is stands beside the figures."""
    legend = QgsLayoutItemLegend(layout)
    legend.setAutoUpdateModel(False)
    legend.setLinkedMap(linked)
    model = legend.model()
    model.rootGroup().removeAllChildren()
    node = model.rootGroup().addLayer(raster)
    entries = model.layerOriginalLegendNodes(node)
    classes = [n for n, entry in enumerate(entries) if isinstance(entry, QgsRasterSymbolLegendNode)]
    if classes:  # without the name of the band, which says nothing
        QgsMapLayerLegendUtils.setLegendNodeOrder(node, classes)
    for number in classes:
        label = shortened(entries[number].data(Qt.ItemDataRole.DisplayRole))
        QgsMapLayerLegendUtils.setLegendNodeUserLabel(node, number, label)
    model.refreshLayerLegend(node)
    QgsLegendRenderer.setNodeLegendStyle(node, QgsLegendStyle.Style.Hidden)
    legend.setTitle(raster.name())
    _style(legend, QgsLegendStyle.Style.Title, _format(points + 1, True, INK))
    _style(legend, QgsLegendStyle.Style.SymbolLabel, _format(points, False, INK))
    legend.setColumnCount(_COLUMNS)
    legend.setSplitLayer(True)
    legend.setEqualColumnWidth(True)
    legend.setSymbolWidth(5)
    legend.setSymbolHeight(3)
    legend.setBoxSpace(0)
    place(layout, legend, box, name)


def _style(legend: QgsLayoutItemLegend, component: Any, text: QgsTextFormat) -> None:
    style = legend.style(component)
    if hasattr(style, "setTextFormat"):  # from QGIS 3.30 on, where the other way ends
        style.setTextFormat(text)
    else:
        style.setFont(text.font())
    legend.setStyle(component, style)


def _font(points: float, bold: bool) -> QFont:
    font = QFont()
    font.setPointSizeF(points)
    font.setBold(bold)
    return font


def _format(points: float, bold: bool, color: str) -> QgsTextFormat:
    text = QgsTextFormat()
    text.setFont(_font(points, bold))
    text.setSize(points)
    text.setColor(QColor(color))
    return text
