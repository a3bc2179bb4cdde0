"""Words that are chosen, and forms inside QGIS styles to choose them in, one feature after the other."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable

DECISIONS = {
    "fr": {"À reprendre": "reprendre", "À rejeter": "rejeter", "À voir sur place": "terrain"},
    "en": {"To be taken over": "reprendre", "To be rejected": "rejeter", "To be seen on site": "terrain"},
}

VERDICTS = {
    "fr": ("confirmé", "douteux", "contredit"),
    "en": ("confirmed", "doubtful", "contradicted"),
}
"""In the order of ``verdicts.CONFIRMED, DOUBTFUL, CONTRADICTED``."""


def add_decision_form(root: ET.Element, lang: str) -> None:
    """Give a style the form of the fields ``verifie`` (a box to tick) and ``decision`` (a choice)."""
    root.set("styleCategories", "Symbology|Fields|Forms")
    fields = ET.SubElement(root, "fieldConfiguration")
    box = _widget(fields, "verifie", "CheckBox")
    for name in ("CheckedState", "UncheckedState"):
        ET.SubElement(box, "Option", name=name, type="QString", value="")
    choice = ET.SubElement(_widget(fields, "decision", "ValueMap"), "Option", name="map", type="List")
    for label, value in DECISIONS["fr" if lang == "fr" else "en"].items():
        entry = ET.SubElement(choice, "Option", type="Map")
        ET.SubElement(entry, "Option", name=label, type="QString", value=value)


def add_decimals(root: ET.Element, names: Iterable[str]) -> None:
    """Show the surfaces and shares among the fields with two decimals, written as the reader's language has it.

    QGIS shows all the digits of a number in a GeoPackage, which holds no number of decimals.

    Args:
        names: of all fields; ours end in ``_m2``, ``_pct``, ``_low`` or ``_high``.
    """
    root.set("styleCategories", f"{root.get('styleCategories')}|Fields|Forms")
    fields = ET.SubElement(root, "fieldConfiguration")
    for name in names:
        if name.endswith(("_m2", "_pct", "_low", "_high")):
            options = _widget(fields, name, "Range")
            ET.SubElement(options, "Option", name="AllowNull", type="bool", value="true")
            ET.SubElement(options, "Option", name="Precision", type="int", value="2")


def _widget(fields: ET.Element, name: str, kind: str) -> ET.Element:
    """The options of a new widget for a field."""
    field = ET.SubElement(fields, "field", name=name, configurationFlags="None")
    widget = ET.SubElement(field, "editWidget", type=kind)
    return ET.SubElement(ET.SubElement(widget, "config"), "Option", type="Map")
