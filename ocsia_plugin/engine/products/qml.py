"""QGIS styles (QML) rendered from a nomenclature, and how they are stored with the data.

A style beside the raster, or inside the GeoPackage, reaches the user also where no QGIS code of ours runs:
from ``qgis_process``, from a step of a model, from the command line. The texts are plain QML as QGIS 3.22
writes it, which all later versions read; only the category that a style speaks of is declared, so loading
one resets nothing else.
"""

from __future__ import annotations

import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from itertools import repeat
from pathlib import Path
from typing import Union

from ..nomenclature import LandCoverClass
from .forms import add_decimals

StrPath = Union[str, Path]

# Viridis at 0, 20 ... 100 %: told apart with any colour vision and in grey; what is doubtful is dark.
CONFIDENCE_RAMP = ("#440154", "#414487", "#2a788e", "#22a884", "#7ad151", "#fde725")

# What a first look at probabilities shows, as red, green and blue: what is built, what grows, what is sealed.
COMPOSITE_KEYS = ("batiment", "feuillus", "zone_impermeable")

FIXED_TIME = "2000-01-01T00:00:00.000Z"
"""Timestamp inside GeoPackages: the same data make the same bytes."""

_ZONE_FILL = "51,117,161,30"
ZONE_LINE = "18,52,86,255"
_ZONE_CASING = "255,255,255,200"
ZONE_TIP = "[% replace(coalesce(attribute($currentfeature, 'summary'), ''), char(10), '<br>') %]"

NO_FILL = "0,0,0,0"
POLYGON_LINE = "40,40,40,110"
"""Colours of polygons, as ``fill_layer`` takes them."""

# The table that QGIS makes through GDAL when a style is saved to the database, column by column.
_STYLES_TABLE = """CREATE TABLE IF NOT EXISTS "layer_styles" (
"id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "f_table_catalog" TEXT(256), "f_table_schema" TEXT(256),
"f_table_name" TEXT(256), "f_geometry_column" TEXT(256), "styleName" TEXT(30), "styleQML" TEXT,
"styleSLD" TEXT, "useAsDefault" BOOLEAN, "description" TEXT, "owner" TEXT(30), "ui" TEXT(30),
"update_time" DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))"""


def classes_qml(classes: Sequence[LandCoverClass], lang: str) -> str:
    """Style of a class raster: one colour and name per code. Other values, 0 among them, stay transparent."""
    root, renderer = raster_style("paletted", band="1")
    palette = ET.SubElement(renderer, "colorPalette")
    for c in classes:
        ET.SubElement(palette, "paletteEntry", value=str(c.code), color=c.color, alpha="255", label=c.name(lang))
    return style_text(root)


def confidence_qml(lang: str) -> str:
    """Style of a confidence raster (0..255): a ramp with its marks in per cent."""
    root, renderer = raster_style("singlebandpseudocolor", band="1", classificationMin="0", classificationMax="255")
    last = len(CONFIDENCE_RAMP) - 1
    percent_ramp(renderer, 255, [(100 * i / last, color) for i, color in enumerate(CONFIDENCE_RAMP)], lang)
    return style_text(root)


def probabilities_qml(classes: Sequence[LandCoverClass], lang: str) -> str:
    """Style of a probability raster: buildings in red, deciduous trees in green, impervious surfaces in blue.

    Pure colours are sure, mixed ones hesitate, dark ones are another class. Where the nomenclature lacks one
    of the three classes, the first of its other bands stands in; with fewer than three bands, the first is
    shown in grey.
    """
    del lang  # the band names are inside the raster, in the language of the job
    count = len(classes)
    if count < 3:
        root, renderer = raster_style("singlebandgray", grayBand="1", gradient="BlackToWhite")
        _stretch(renderer, "contrastEnhancement")
        return style_text(root)
    bands = {c.key: band for band, c in enumerate(classes, start=1)}
    wanted = [bands.get(key) for key in COMPOSITE_KEYS]
    spare = iter(band for band in range(1, count + 1) if band not in wanted)
    red, green, blue = (band or next(spare) for band in wanted)
    root, renderer = raster_style("multibandcolor", redBand=str(red), greenBand=str(green), blueBand=str(blue))
    # Most pixels hesitate: without this the picture is a dark one, of garish primary colours.
    root.find("pipe/brightnesscontrast").set("gamma", "1.5")
    root.find("pipe/huesaturation").set("saturation", "-25")
    for color in ("red", "green", "blue"):
        _stretch(renderer, f"{color}ContrastEnhancement")
    return style_text(root)


def ortho_qml(roles: Sequence[str]) -> str:
    """Style of an ortho-image of bytes: true colours, else false colours, else its first band in grey."""
    for wanted in ("RVB", "IRV"):
        if set(wanted) <= set(roles):
            red, green, blue = (str(roles.index(role) + 1) for role in wanted)
            root, renderer = raster_style("multibandcolor", redBand=red, greenBand=green, blueBand=blue)
            for color in ("red", "green", "blue"):
                _stretch(renderer, f"{color}ContrastEnhancement")
            return style_text(root)
    root, renderer = raster_style("singlebandgray", grayBand="1", gradient="BlackToWhite")
    _stretch(renderer, "contrastEnhancement")
    return style_text(root)


def polygons_qml(classes: Sequence[LandCoverClass], lang: str) -> str:
    """Style of land-cover polygons: one fill per value of the field ``numero``."""
    return category_style("numero", [(str(c.code), c.name(lang), c.rgb) for c in classes])


def category_style(attribute: str, categories: Sequence[tuple[str, str, tuple[int, int, int]]]) -> str:
    """Style of polygons with one fill per value of a field, or of an expression.

    Args:
        categories: value, label and colour of each.
    """
    root, renderer = vector_style("categorizedSymbol", attr=attribute)
    listed = ET.SubElement(renderer, "categories")
    symbols = ET.SubElement(renderer, "symbols")
    for i, (value, label, rgb) in enumerate(categories):
        ET.SubElement(listed, "category", value=value, label=label, symbol=str(i), render="true")
        fill_layer(polygon_symbol(symbols, str(i)), ",".join(map(str, (*rgb, 255))), POLYGON_LINE, "0.1")
    return style_text(root)


def zones_qml(names: Iterable[str], titles: Mapping[str, str]) -> str:
    """Style of zones: an outline seen on any ground and a light veil, so that the map underneath is still read. The map
    tip says the surfaces with their intervals, from the field ``summary``.

    Args:
        names: of their fields; titles: of some of these, by name.
    """
    root, renderer = vector_style("singleSymbol")
    root.set("styleCategories", "Symbology|Fields|MapTips")
    symbol = polygon_symbol(ET.SubElement(renderer, "symbols"), "0")
    fill_layer(symbol, NO_FILL, _ZONE_CASING, "1.1")
    fill_layer(symbol, _ZONE_FILL, ZONE_LINE, "0.5")
    add_titles(root, titles)
    ET.SubElement(root, "mapTip", enabled="1").text = ZONE_TIP
    add_decimals(root, names)
    return style_text(root)


def add_titles(root: ET.Element, titles: Mapping[str, str]) -> None:
    """What QGIS calls the fields in forms and in the attribute table."""
    aliases = ET.SubElement(root, "aliases")
    for field, title in titles.items():
        ET.SubElement(aliases, "alias", field=field, name=title)


def write_sidecar(raster_path: StrPath, qml: str) -> Path:
    """Write ``qml`` beside a raster (or Shapefile), where QGIS looks for its default style; returns the path.

    The name of the raster loses its last suffix: ``carte.v2.tif`` takes ``carte.v2.qml``.
    """
    path = Path(raster_path).with_suffix(".qml")
    path.write_text(qml, encoding="utf-8", newline="\n")
    return path


def write_layer_style(
    gpkg_path: StrPath, table: str, geometry_column: str, name: str, qml: str, description: str = ""
) -> None:
    """Store ``qml`` inside a GeoPackage as the default style of a layer, as QGIS saves styles to it.

    A style of the same name and layer is replaced; another default of that layer stays, as a choice.

    Raises:
        sqlite3.DatabaseError: the file is not a GeoPackage or cannot be written.
    """
    with closing(sqlite3.connect(gpkg_path)) as db, db:
        db.execute(_STYLES_TABLE)
        _register_styles_table(db)
        layer = (table, geometry_column)
        db.execute(
            "DELETE FROM layer_styles WHERE f_table_name = ? AND f_geometry_column = ? AND styleName = ?",
            (*layer, name),
        )
        db.execute("UPDATE layer_styles SET useAsDefault = 0 WHERE f_table_name = ? AND f_geometry_column = ?", layer)
        db.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,"
            " styleName, styleQML, styleSLD, useAsDefault, description, owner, ui, update_time)"
            " VALUES ('', '', ?, ?, ?, ?, '', 1, ?, '', NULL, ?)",
            (*layer, name, qml, description, FIXED_TIME),
        )
        if _has_table(db, "gpkg_ogr_contents"):
            # GDAL trusts this count and adds its triggers only to tables that it makes itself.
            db.execute(
                "INSERT OR REPLACE INTO gpkg_ogr_contents (table_name, feature_count)"
                " VALUES ('layer_styles', (SELECT count(*) FROM layer_styles))"
            )


def _register_styles_table(db: sqlite3.Connection) -> None:
    """Name the table in ``gpkg_contents``: what stands there is part of the GeoPackage and GDAL finds it."""
    db.execute(
        "INSERT OR IGNORE INTO gpkg_contents"
        " (table_name, data_type, identifier, description, last_change, srs_id)"
        " VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?, 0)",
        (FIXED_TIME,),
    )


def _has_table(db: sqlite3.Connection, name: str) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return db.execute(query, (name,)).fetchone() is not None


def raster_style(renderer_type: str, **attributes: str) -> tuple[ET.Element, ET.Element]:
    """Root of a raster style and its renderer."""
    root = ET.Element("qgis", version="3.22.0", styleCategories="Symbology")
    pipe = ET.SubElement(root, "pipe")
    provider = ET.SubElement(pipe, "provider")
    # Codes are nominal: no interpolation, at any scale.
    ET.SubElement(
        provider,
        "resampling",
        enabled="false",
        zoomedInResamplingMethod="nearestNeighbour",
        zoomedOutResamplingMethod="nearestNeighbour",
        maxOversampling="2",
    )
    renderer = ET.SubElement(
        pipe, "rasterrenderer", type=renderer_type, opacity="1", alphaBand="-1", nodataColor="", **attributes
    )
    origin = ET.SubElement(renderer, "minMaxOrigin")
    # "None" is QGIS's word for "user defined": the bounds below hold and are not computed from the data.
    for tag, value in (("limits", "None"), ("extent", "WholeRaster"), ("statAccuracy", "Estimated")):
        ET.SubElement(origin, tag).text = value
    ET.SubElement(pipe, "brightnesscontrast", brightness="0", contrast="0", gamma="1")
    ET.SubElement(pipe, "huesaturation", saturation="0", grayscaleMode="0", colorizeOn="0", invertColors="0")
    ET.SubElement(pipe, "rasterresampler", maxOversampling="2")
    ET.SubElement(pipe, "resamplingStage").text = "resamplingFilter"
    ET.SubElement(root, "blendMode").text = "0"
    return root, renderer


def percent_ramp(
    renderer: ET.Element,
    whole: float,
    marks: Sequence[tuple[float, str]],
    lang: str,
    alphas: Iterable[int] = repeat(255),
) -> None:
    """Give a renderer a continuous ramp with its marks in per cent.

    Args:
        whole: value of 100 %.
        marks: per cent and colour, ascending; alphas: opacity of each, 0 to 255.
    """
    shader = ET.SubElement(
        ET.SubElement(renderer, "rastershader"),
        "colorrampshader",
        colorRampType="INTERPOLATED",
        classificationMode="1",
        clip="0",
        minimumValue="0",
        maximumValue=f"{whole:g}",
        labelPrecision="0",
    )
    space = "\u00a0" if lang == "fr" else ""
    for (share, color), alpha in zip(marks, alphas):
        value, label = f"{whole * share / 100:g}", f"{round(share)}{space}%"
        ET.SubElement(shader, "item", value=value, color=color, alpha=str(alpha), label=label)
    # A continuous legend would show the values; separate entries show the percentages.
    ET.SubElement(shader, "rampLegendSettings", useContinuousLegend="0", direction="0", orientation="2")


def _stretch(renderer: ET.Element, tag: str) -> None:
    """The whole range of bytes, so that two maps can be compared."""
    enhancement = ET.SubElement(renderer, tag)
    for name, value in (("minValue", "0"), ("maxValue", "255"), ("algorithm", "StretchToMinimumMaximum")):
        ET.SubElement(enhancement, name).text = value


def vector_style(renderer_type: str, **attributes: str) -> tuple[ET.Element, ET.Element]:
    """Root of a polygon style and its renderer."""
    root = ET.Element("qgis", version="3.22.0", styleCategories="Symbology")
    renderer = ET.SubElement(
        root,
        "renderer-v2",
        type=renderer_type,
        symbollevels="0",
        enableorderby="0",
        forceraster="0",
        referencescale="-1",
        **attributes,
    )
    ET.SubElement(root, "blendMode").text = "0"
    ET.SubElement(root, "featureBlendMode").text = "0"
    ET.SubElement(root, "layerGeometryType").text = "2"
    return root, renderer


def polygon_symbol(symbols: ET.Element, name: str) -> ET.Element:
    """An empty fill symbol."""
    return ET.SubElement(symbols, "symbol", name=name, type="fill", alpha="1", clip_to_extent="1", force_rhr="0")


def fill_layer(symbol: ET.Element, fill: str, line: str, width_mm: str) -> None:
    """A plain fill with an outline; colours as ``r,g,b,a``."""
    layer = ET.SubElement(symbol, "layer", {"class": "SimpleFill", "enabled": "1", "locked": "0", "pass": "0"})
    properties = {
        "color": fill,
        "style": "solid",
        "outline_color": line,
        "outline_style": "solid",
        "outline_width": width_mm,
        "outline_width_unit": "MM",
        "joinstyle": "miter",
    }
    options = ET.SubElement(layer, "Option", type="Map")
    for key, value in properties.items():
        ET.SubElement(options, "Option", name=key, value=value, type="QString")


def style_text(root: ET.Element) -> str:
    """A style as the text of a QML file."""
    ET.indent(root, "  ")
    body = ET.tostring(root, encoding="unicode", short_empty_elements=True)
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{body}\n"
