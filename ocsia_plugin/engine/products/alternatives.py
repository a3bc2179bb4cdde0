"""Other looks for the same products, which QGIS offers among a layer's styles: the official one stays the first.

* classes: a palette for readers who do not tell red from green;
* confidence: a white veil, to be laid over the classes: what is unsure fades;
* probabilities: each class by itself, from 0 to 100 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..nomenclature import LandCoverClass
from .qml import classes_qml, percent_ramp, polygons_qml, raster_style, style_text

SAFE_COLOURS = {
    "batiment": "#d07177",
    "zone_permeable": "#f3caa2",
    "zone_impermeable": "#a09dac",
    "piscine": "#3fc1ec",
    "sol_nu": "#a6c1ac",
    "surface_eau": "#364772",
    "neige": "#e9eefe",
    "coniferes": "#357339",
    "coupe": "#7c2e00",
    "feuillus": "#229514",
    "broussaille": "#d8de41",
    "vigne": "#7e6276",
    "culture_herbace": "#a5eb7b",
    "terre_labouree": "#d0a54e",
    "autres": "#23242a",
}
"""By key of the class: the official colours, moved as little as keeps them apart for each kind of colour vision, as a
random search found them. ``tools/check_palettes.py`` says how far apart they are."""

# One hue from nearly white to dark: read without colours as well.
_SHARES = ("#ffffff", "#d3e4f3", "#9cc9e1", "#5ba3cf", "#206fb4", "#08306b")


def safe_classes(classes: Sequence[LandCoverClass]) -> list[LandCoverClass]:
    """The same classes in colours that can be told apart with any colour vision, as far as the keys are known."""
    return [replace(c, color=SAFE_COLOURS.get(c.key, c.color)) for c in classes]


def safe_classes_qml(classes: Sequence[LandCoverClass], lang: str) -> str:
    """Style of a class raster in those colours."""
    return classes_qml(safe_classes(classes), lang)


def safe_polygons_qml(classes: Sequence[LandCoverClass], lang: str) -> str:
    """Style of polygons in those colours."""
    return polygons_qml(safe_classes(classes), lang)


def veil_qml(lang: str) -> str:
    """Style of a confidence raster (0..255): white, the less transparent the less the model is sure."""
    return _ramp_qml("1", [("#ffffff", round(255 * (1 - step / 5))) for step in range(6)], lang)


def share_qml(band: int, lang: str) -> str:
    """Style of one band of a probability raster (0..255), white for 0 and dark blue for 100 %."""
    return _ramp_qml(str(band), [(color, 255) for color in _SHARES], lang)


def _ramp_qml(band: str, colors: Sequence[tuple[str, int]], lang: str) -> str:
    """A ramp over the bytes; colours with their opacity (0..255), marks in per cent."""
    bounds = {"classificationMin": "0", "classificationMax": "255"}
    root, renderer = raster_style("singlebandpseudocolor", band=band, **bounds)
    last = len(colors) - 1
    marks = [(100 * step / last, color) for step, (color, _) in enumerate(colors)]
    percent_ramp(renderer, 255, marks, lang, [alpha for _, alpha in colors])
    return style_text(root)


def tip_expression(names: Sequence[str], lang: str, most: int = 3) -> str:
    """QGIS expression that reads a probability raster at the cursor: ``Feuillus 82 %, Broussaille 11 %``.

    The percentage stands before the name while they are sorted. Classes under 1 % are left out.
    """
    space = "\u00a0" if lang == "fr" else ""
    # Band by band: inside array_foreach, raster_value has no value in QGIS 3.22.
    percent = "lpad(to_string(round(100 * raster_value(@layer, {band}, @layer_cursor_point) / 255)), 3, '0')"
    quoted = ("'" + name.replace("'", "''") + "'" for name in names)
    listed = (f"coalesce({percent.format(band=band)}, '000') || {name}" for band, name in enumerate(quoted, start=1))
    sure = f"array_filter(array({', '.join(listed)}), left(@element, 3) <> '000')"
    first = f"array_slice(array_sort({sure}, false), 0, {most - 1})"
    return (
        f"array_to_string(array_foreach({first}, "
        f"substr(@element, 4) || ' ' || to_int(left(@element, 3)) || '{space}%'), ', ')"
    )
