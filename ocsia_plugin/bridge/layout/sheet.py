"""The print layout: an atlas with one page for each zone, A4 landscape."""

from __future__ import annotations

from typing import Optional

from qgis.core import (
    QgsFillSymbol,
    QgsInvertedPolygonRenderer,
    QgsLayoutItemMap,
    QgsLayoutSize,
    QgsMapLayer,
    QgsMapLayerStyle,
    QgsPrintLayout,
    QgsProject,
    QgsRasterLayer,
    QgsRuleBasedRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..messages import language
from . import texts
from .chart import chart
from .items import (
    SOFT,
    Box,
    add_label,
    add_legend,
    add_north_arrow,
    add_picture,
    add_scale_bar,
    add_warning,
    place,
)
from .raster import in_its_colours
from .zones import SurfaceZones

_TITLE: Box = (10, 9, 180, 8)
_WHOLE_TITLE: Box = (10, 9, 277, 8)
_NOTICE: Box = (195, 7, 92, 10)
_SUBTITLE: Box = (10, 18, 277, 6)
_MAP: Box = (10, 27, 150, 114)
_SCALE: Box = (10, 142, 60, 9)
_ARROW: Box = (152, 142.5, 8, 8)
_LEGEND: Box = (10, 153, 150, 38)
_CHART_TITLE: Box = (165, 27, 122, 6)
_CHART: tuple[int, int, int, int] = (165, 34, 122, 108)
_WHISKERS: Box = (165, 143, 122, 8)
_METHOD: Box = (165, 153, 122, 38)
_SOURCES: Box = (10, 194, 255, 9)
_PAGE: Box = (267, 194, 20, 9)

_MARGIN = 0.08
"""Around a zone on its map, over the zone's size."""

_VEIL = {"color": "255,255,255,150", "outline_color": "26,26,26,255", "outline_width": "0.6"}
_NEIGHBOUR = {"style": "no", "outline_color": "68,68,68,255", "outline_width": "0.25"}


def surfaces_layout(zones: SurfaceZones, raster: Optional[QgsRasterLayer], project: QgsProject) -> QgsPrintLayout:
    """A layout that the project does not know yet, named after the layer.

    Args:
        raster: of classes, for the map and its legend; None: the map shows what is visible in the project.
    """
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()  # one page, A4 landscape
    layout.setName(_free_name(_tr("Layout – {layer}").format(layer=zones.layer.name()), project))
    layout.setCustomProperty("pdfLosslessImages", True)  # JPEG blurs letters, and makes colours of no class
    _set_atlas(layout, zones)
    _add_map(layout, zones, raster, project)
    _add_texts(layout, zones, language())
    left, top, width, height = _CHART
    bars = chart(in_its_colours(zones, raster), language(), width, height)
    add_picture(layout, bars, (left, top, width, height), _tr("Chart"))
    return layout


def _set_atlas(layout: QgsPrintLayout, zones: SurfaceZones) -> None:
    """A page per zone, in the order of their names, and named after them."""
    atlas = layout.atlas()
    atlas.setCoverageLayer(zones.layer)
    atlas.setPageNameExpression(zones.name)
    atlas.setSortFeatures(True)
    atlas.setSortExpression(zones.name)
    atlas.setFilenameExpression("@atlas_pagename")
    atlas.setEnabled(True)


def _add_map(
    layout: QgsPrintLayout, zones: SurfaceZones, raster: Optional[QgsRasterLayer], project: QgsProject
) -> None:
    page = QgsLayoutItemMap(layout)
    place(layout, page, _MAP, _tr("Map"))
    page.setCrs(zones.layer.crs())  # that of the raster, in metres; the project's may be in degrees
    page.setLayers([zones.layer, *([raster] if raster else _visible(project, zones.layer))])
    page.setKeepLayerSet(True)
    page.setLayerStyleOverrides({zones.layer.id(): _page_style(zones.layer)})
    page.setKeepLayerStyles(True)
    page.setFrameEnabled(True)
    page.setExtent(zones.layer.extent())
    page.attemptResize(QgsLayoutSize(*_MAP[2:]))  # it has just taken the form of that extent
    page.setAtlasDriven(True)
    page.setAtlasScalingMode(QgsLayoutItemMap.AtlasScalingMode.Auto)
    page.setAtlasMargin(_MARGIN)
    add_north_arrow(layout, page, _ARROW, _tr("North"))
    add_scale_bar(layout, page, _SCALE, _tr("Scale"), 7)
    if raster:  # without one, the names beside the bars are the legend
        add_legend(layout, raster, page, _LEGEND, _tr("Legend"), 7.5)


def _add_texts(layout: QgsPrintLayout, zones: SurfaceZones, lang: str) -> None:
    notice = texts.notice(zones)
    box, letters = (_TITLE, 46) if notice else (_WHOLE_TITLE, 70)
    add_label(layout, texts.title(zones, letters), box, _tr("Title"), 16, bold=True)
    add_label(layout, texts.subtitle(zones, lang), _SUBTITLE, _tr("Subtitle"), 10, color=SOFT)
    if notice:
        add_warning(layout, notice, _NOTICE, _tr("Warning"), 8)
    add_label(layout, _tr("Surfaces by class, in hectares"), _CHART_TITLE, _tr("Title of the chart"), 10, bold=True)
    add_label(layout, texts.whiskers(zones, lang), _WHISKERS, _tr("Level of the intervals"), 8, color=SOFT)
    add_label(layout, texts.method(zones, lang), _METHOD, _tr("Method"), 7.5)
    add_label(layout, texts.sources(zones), _SOURCES, _tr("Sources"), 7, color=SOFT)
    add_label(layout, texts.page_number(), _PAGE, _tr("Page"), 8, color=SOFT, right=True)


def _visible(project: QgsProject, zones: QgsVectorLayer) -> list[QgsMapLayer]:
    """What the project shows besides the zones, topmost first."""
    root = project.layerTreeRoot()
    shown = set(root.checkedLayers()) - {zones}
    return [layer for layer in root.layerOrder() if layer in shown]


def _page_style(layer: QgsVectorLayer) -> str:
    """The zones as the map of a page shows them: a veil around its own, a thin outline around the others.

    It is the layout's; the layer's own style stays as it is.
    """
    root = QgsRuleBasedRenderer.Rule(None)
    for symbol, filter_ in ((_VEIL, "$id = @atlas_featureid"), (_NEIGHBOUR, "$id <> @atlas_featureid")):
        root.appendChild(QgsRuleBasedRenderer.Rule(QgsFillSymbol.createSimple(symbol), filterExp=filter_))
    drawn = layer.clone()
    drawn.setRenderer(QgsInvertedPolygonRenderer(QgsRuleBasedRenderer(root)))
    style = QgsMapLayerStyle()
    style.readFromLayer(drawn)
    return style.xmlData()


def _free_name(name: str, project: QgsProject) -> str:
    """The name, with a number where the project has a layout that is called so: none is written over."""
    taken = {layout.name() for layout in project.layoutManager().layouts()}
    free, number = name, 2
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    return free


def _tr(text: str) -> str:
    return QCoreApplication.translate("OcsiaLayout", text)
