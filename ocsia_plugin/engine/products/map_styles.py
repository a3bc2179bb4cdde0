"""QGIS styles of pictures, changes, neighbourhoods and candidates; ``qml`` has those of predictions."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping, Sequence

from ..nomenclature import LandCoverClass
from .forms import VERDICTS, add_decimals, add_decision_form
from .qml import (
    NO_FILL,
    POLYGON_LINE,
    ZONE_LINE,
    ZONE_TIP,
    add_titles,
    fill_layer,
    percent_ramp,
    polygon_symbol,
    raster_style,
    style_text,
    vector_style,
)

Transition = tuple[LandCoverClass, LandCoverClass]
"""A class before and the class after."""

_CASING = "255,255,255,220"
_VERDICT_COLOURS = ("0,114,178", "240,228,66", "213,94,0")
"""Blue, yellow and vermilion of the palette of Okabe and Ito."""

# Marks at 10 and 30 %: the latter is the middle term of the rule 3-30-300.
_SHARES = (0, 10, 20, 30, 50, 75, 100)
_GREENS = ("#f7fcf5", "#e0f3db", "#c7e9c0", "#a1d99b", "#5fba6c", "#228a44", "#00441b")  # after ColorBrewer's Greens

_CHANGED = (0, 1, 2, 5, 10, 100)
_ORANGES = ("254,237,222", "253,190,133", "253,141,60", "230,85,13", "166,54,3")  # ColorBrewer's Oranges


def picture_qml() -> str:
    """Style of a picture: its own red, green and blue, without any stretch."""
    root, _ = raster_style("multibandcolor", redBand="1", greenBand="2", blueBand="3")
    return style_text(root)


def change_qml(transitions: Sequence[Transition], lang: str) -> str:
    """Style of a change raster: each change in the colour of what came; what did not change stays transparent."""
    root, renderer = raster_style("paletted", band="1")
    palette = ET.SubElement(renderer, "colorPalette")
    for before, after in transitions:
        value = str(1000 * before.code + after.code)
        label = _label(before, after, lang)
        ET.SubElement(palette, "paletteEntry", value=value, color=after.color, alpha="255", label=label)
    return style_text(root)


def changes_qml(transitions: Sequence[Transition], lang: str) -> str:
    """Style of polygons of changes: filled with the colour of what came, edged with that of what went."""
    # As text, as the values below are: QGIS lets SQLite choose the polygons to draw, to which 10001 is not "10001".
    root, renderer = vector_style("categorizedSymbol", attr='to_string(1000 * "avant" + "apres")')
    categories = ET.SubElement(renderer, "categories")
    symbols = ET.SubElement(renderer, "symbols")
    for number, (before, after) in enumerate(transitions):
        value, label = str(1000 * before.code + after.code), _label(before, after, lang)
        ET.SubElement(categories, "category", value=value, label=label, symbol=str(number), render="true")
        fill, line = (",".join(map(str, (*c.rgb, 255))) for c in (after, before))
        symbol = polygon_symbol(symbols, str(number))
        fill_layer(symbol, fill, POLYGON_LINE, "0.8")
        fill_layer(symbol, NO_FILL, line, "0.5")
    return style_text(root)


def share_qml(lang: str) -> str:
    """Style of shares in percent, the first band: white where there is nothing of it, dark green where all is."""
    root, renderer = raster_style("singlebandpseudocolor", band="1", classificationMin="0", classificationMax="100")
    percent_ramp(renderer, 100, list(zip(_SHARES, _GREENS)), lang)
    return style_text(root)


def candidates_qml(classes: Sequence[LandCoverClass], lang: str) -> str:
    """Style and form of candidate objects: edged in the colour of the class, lightly filled."""
    root, renderer = vector_style("categorizedSymbol", attr="numero")
    categories = ET.SubElement(renderer, "categories")
    symbols = ET.SubElement(renderer, "symbols")
    for number, land_cover in enumerate(classes):
        label = land_cover.name(lang)
        value = str(land_cover.code)
        ET.SubElement(categories, "category", value=value, label=label, symbol=str(number), render="true")
        colour = ",".join(map(str, land_cover.rgb))
        symbol = polygon_symbol(symbols, str(number))
        fill_layer(symbol, NO_FILL, _CASING, "1.2")
        fill_layer(symbol, f"{colour},90", f"{colour},255", "0.6")
    add_decision_form(root, lang)
    return style_text(root)


def verdicts_qml(lang: str) -> str:
    """Style and form of the polygons of a reference: by verdict, in colours told apart with any colour vision."""
    root, renderer = vector_style("categorizedSymbol", attr="verdict")
    categories = ET.SubElement(renderer, "categories")
    symbols = ET.SubElement(renderer, "symbols")
    for number, (word, colour) in enumerate(zip(VERDICTS["fr" if lang == "fr" else "en"], _VERDICT_COLOURS)):
        ET.SubElement(categories, "category", value=word, label=word, symbol=str(number), render="true")
        fill_layer(polygon_symbol(symbols, str(number)), f"{colour},90", f"{colour},255", "0.5")
    add_decision_form(root, lang)
    return style_text(root)


def flows_qml(names: Iterable[str], titles: Mapping[str, str]) -> str:
    """Style of zones by the share of them that changed, in percent; the map tip says what came and went.

    Args:
        names: of their fields; titles: of some of these, by name.
    """
    root, renderer = vector_style("graduatedSymbol", attr="changed_pct", graduatedMethod="GraduatedColor")
    root.set("styleCategories", "Symbology|Fields|MapTips")
    add_titles(root, titles)
    ranges = ET.SubElement(renderer, "ranges")
    symbols = ET.SubElement(renderer, "symbols")
    for number, (low, high, colour) in enumerate(zip(_CHANGED, _CHANGED[1:], _ORANGES)):
        limits = {"lower": str(low), "upper": str(high)}
        label = f"{low}\u2013{high}\u202f%"
        ET.SubElement(ranges, "range", **limits, label=label, symbol=str(number), render="true")
        fill_layer(polygon_symbol(symbols, str(number)), f"{colour},150", ZONE_LINE, "0.4")
    ET.SubElement(root, "mapTip", enabled="1").text = ZONE_TIP
    add_decimals(root, names)
    return style_text(root)


def _label(before: LandCoverClass, after: LandCoverClass, lang: str) -> str:
    return f"{before.name(lang)} \u2192 {after.name(lang)}"
