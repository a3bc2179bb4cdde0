"""The QGIS style of points to interpret: symbols, and the form that the interpreter fills in.

The interpreter sees neither the class of the map nor the stratum that tells it: what is known beforehand is believed.
The list of classes starts with their codes, so that typing a number in it chooses one.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence

from ..nomenclature import LandCoverClass

_TODO_COLOR = (255, 0, 255)
"""Magenta: rare on the ground and in the nomenclatures."""

_CASING = "255,255,255,220"
_NONE = "0,0,0,0"

_TEXTS = {
    "todo": ("à interpréter", "to interpret"),
    "ref_code": ("Classe observée", "Observed class"),
    "interp": ("Interprète", "Interpreter"),
    "title": ("Interprétation", "Interpretation"),
}

_INTERPRETER = "coalesce(nullif(\"interp\", ''), nullif(@user_full_name, ''), @user_account_name)"

_HIDDEN = ("fid", "stratum", "pi", "map_code")


def points_qml(classes: Sequence[LandCoverClass], gsd: float, lang: str) -> str:
    """Style of a layer of points, by ``ref_code``, with the form.

    Args:
        gsd: side of a pixel in metres: the square that the class is asked for.
    """
    root = ET.Element("qgis", version="3.22.0", styleCategories="Symbology|Labeling|Fields|Forms|AttributeTable")
    _add_fields(root, classes, lang)
    _add_renderer(root, classes, gsd, lang)
    for tag, text in (("blendMode", "0"), ("featureBlendMode", "0"), ("layerGeometryType", "0")):
        ET.SubElement(root, tag).text = text
    _add_table(root)
    _add_form(root, lang)
    ET.SubElement(root, "previewExpression").text = '"fid"'
    ET.indent(root, "  ")
    body = ET.tostring(root, encoding="unicode", short_empty_elements=True)
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{body}\n"


def _text(key: str, lang: str) -> str:
    return _TEXTS[key][0 if lang == "fr" else 1]


def _add_fields(root: ET.Element, classes: Sequence[LandCoverClass], lang: str) -> None:
    """Widgets, names to show, defaults and what may be edited."""
    fields = ET.SubElement(root, "fieldConfiguration")
    for name in _HIDDEN:
        _widget(fields, name, "Hidden")
    values = [(f"0 – {_text('todo', lang)}", 0), *((f"{c.code} – {c.name(lang)}", c.code) for c in classes)]
    options = ET.SubElement(_widget(fields, "ref_code", "ValueMap"), "Option", name="map", type="List")
    for label, code in values:
        _option(ET.SubElement(options, "Option", type="Map"), label, str(code))
    interp = _widget(fields, "interp", "TextEdit")
    _option(interp, "IsMultiline", "false", "bool")
    _option(interp, "UseHtml", "false", "bool")
    aliases = ET.SubElement(root, "aliases")
    for index, name in ((4, "ref_code"), (5, "interp")):
        ET.SubElement(aliases, "alias", index=str(index), field=name, name=_text(name, lang))
    defaults = ET.SubElement(root, "defaults")
    ET.SubElement(defaults, "default", field="interp", expression=_INTERPRETER, applyOnUpdate="1")
    editable = ET.SubElement(root, "editable")
    for name in _HIDDEN:
        ET.SubElement(editable, "field", name=name, editable="0")
    for name in ("ref_code", "interp"):
        ET.SubElement(editable, "field", name=name, editable="1")


def _widget(fields: ET.Element, name: str, kind: str) -> ET.Element:
    """The configuration of a field's widget, still empty."""
    field = ET.SubElement(fields, "field", name=name, configurationFlags="None")
    config = ET.SubElement(ET.SubElement(field, "editWidget", type=kind), "config")
    return ET.SubElement(config, "Option", type="Map")


def _add_renderer(root: ET.Element, classes: Sequence[LandCoverClass], gsd: float, lang: str) -> None:
    renderer = ET.SubElement(
        root,
        "renderer-v2",
        type="categorizedSymbol",
        attr="ref_code",
        symbollevels="0",
        enableorderby="0",
        forceraster="0",
        referencescale="-1",
    )
    categories = ET.SubElement(renderer, "categories")
    symbols = ET.SubElement(renderer, "symbols")
    for number, c in enumerate(classes):
        label = c.name(lang)
        ET.SubElement(categories, "category", value=str(c.code), label=label, symbol=str(number), render="true")
        _marker(symbols, str(number), c.rgb, gsd, done=True)
    # The category without a value takes all others: 0, and nothing.
    last, label = str(len(classes)), _text("todo", lang)
    ET.SubElement(categories, "category", value="", label=label, symbol=last, render="true")
    _marker(symbols, last, _TODO_COLOR, gsd, done=False)


def _marker(symbols: ET.Element, name: str, rgb: Iterable[int], gsd: float, done: bool) -> None:
    """A ring around the place, so that the ground stays in sight, and the square of the pixel inside it."""
    color = ",".join(map(str, (*rgb, 255)))
    symbol = ET.SubElement(symbols, "symbol", name=name, type="marker", alpha="1", clip_to_extent="1", force_rhr="0")
    _simple(symbol, "circle", _CASING, 1.6, 5.0, "MM")
    _simple(symbol, "circle", color, 1.0 if done else 0.5, 5.0, "MM")
    _simple(symbol, "square", color, 0.3, gsd, "MapUnit")


def _simple(symbol: ET.Element, shape: str, line: str, width: float, size: float, unit: str) -> None:
    layer = ET.SubElement(symbol, "layer", {"class": "SimpleMarker", "enabled": "1", "locked": "0", "pass": "0"})
    options = ET.SubElement(layer, "Option", type="Map")
    for name, value in (
        ("name", shape),
        ("color", _NONE),
        ("outline_color", line),
        ("outline_style", "solid"),
        ("outline_width", f"{width:g}"),
        ("outline_width_unit", "MM"),
        ("size", f"{size:g}"),
        ("size_unit", unit),
    ):
        _option(options, name, value)


def _add_table(root: ET.Element) -> None:
    """The attribute table without what would tell the map's answer; its form view goes from point to point."""
    table = ET.SubElement(root, "attributetableconfig", actionWidgetStyle="dropDown", sortExpression="", sortOrder="0")
    columns = ET.SubElement(table, "columns")
    for name in ("fid", "ref_code", "interp", "stratum", "pi", "map_code"):
        hidden = "1" if name in _HIDDEN[1:] else "0"
        ET.SubElement(columns, "column", type="field", name=name, hidden=hidden, width="-1")
    ET.SubElement(columns, "column", type="actions", hidden="1", width="-1")


def _add_form(root: ET.Element, lang: str) -> None:
    """Two fields; the class first, so that it has the keyboard when the form opens."""
    ET.SubElement(root, "featformsuppress").text = "0"
    ET.SubElement(root, "editorlayout").text = "tablayout"
    form = ET.SubElement(root, "attributeEditorForm")
    box = ET.SubElement(
        form,
        "attributeEditorContainer",
        name=_text("title", lang),
        columnCount="1",
        groupBox="0",
        showLabel="1",
        visibilityExpression="",
        visibilityExpressionEnabled="0",
    )
    for index, name in ((4, "ref_code"), (5, "interp")):
        ET.SubElement(box, "attributeEditorField", name=name, index=str(index), showLabel="1")


def _option(parent: ET.Element, name: str, value: str, kind: str = "QString") -> None:
    ET.SubElement(parent, "Option", name=name, value=value, type=kind)
