"""Styles: what they say, that the shipped copies follow the code, and how they lie in a GeoPackage."""

from __future__ import annotations

import sqlite3
import xml.etree.ElementTree as ET
from contextlib import closing
from pathlib import Path

import pytest

from ocsia_plugin.engine.nomenclature import LandCoverClass, load_nomenclature
from ocsia_plugin.engine.products import alternatives, qml
from tools.check_palettes import VISIONS, nearest
from tools.make_styles import styles

ROOT = Path(__file__).resolve().parents[2]
NAF = load_nomenclature("naf15").classes


def _gpkg(path: Path) -> Path:
    """The tables of a GeoPackage that styles touch, as GDAL makes them."""
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(
            """
            CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,
                identifier TEXT UNIQUE, description TEXT DEFAULT '',
                last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
                min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);
            CREATE TABLE gpkg_ogr_contents (table_name TEXT NOT NULL PRIMARY KEY, feature_count INTEGER);
            """
        )
    return path


def _rows(path: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(query).fetchall()


@pytest.mark.parametrize("name", sorted(styles()))
def test_shipped_styles_follow_the_code(name: str) -> None:
    shipped = (ROOT / "styles" / name).read_text(encoding="utf-8")
    assert shipped == styles()[name], "run: python -m tools.make_styles"


def test_classes_have_their_names_and_colours_in_the_language_asked_for() -> None:
    for lang in ("fr", "en"):
        entries = ET.fromstring(qml.classes_qml(NAF, lang)).findall(".//paletteEntry")
        assert [(int(e.get("value")), e.get("color"), e.get("label")) for e in entries] == [
            (c.code, c.color, c.name(lang)) for c in NAF
        ]


def test_polygons_have_one_category_per_class() -> None:
    root = ET.fromstring(qml.polygons_qml(NAF, "fr"))
    categories = root.findall(".//category")
    assert [(c.get("value"), c.get("label")) for c in categories] == [(str(c.code), c.fr) for c in NAF]
    assert [s.get("name") for s in root.findall(".//symbol")] == [c.get("symbol") for c in categories]


def test_confidence_spans_the_bytes_and_is_labelled_in_per_cent() -> None:
    items = ET.fromstring(qml.confidence_qml("en")).findall(".//item")
    assert (items[0].get("value"), items[0].get("label")) == ("0", "0%")
    assert (items[-1].get("value"), items[-1].get("label")) == ("255", "100%")


@pytest.mark.parametrize(
    ("keys", "bands"),
    [
        (tuple(c.key for c in NAF), ("1", "10", "3")),
        (("eau", "feuillus", "sol", "bois"), ("1", "2", "3")),
        (("zone_impermeable", "a", "batiment"), ("3", "2", "1")),
    ],
)
def test_probabilities_choose_three_different_bands(keys: tuple[str, ...], bands: tuple[str, ...]) -> None:
    classes = [LandCoverClass(i + 1, key, key, key, "#102030", (i + 1,)) for i, key in enumerate(keys)]
    renderer = ET.fromstring(qml.probabilities_qml(classes, "fr")).find(".//rasterrenderer")
    assert tuple(renderer.get(f"{color}Band") for color in ("red", "green", "blue")) == bands


def test_probabilities_of_two_classes_are_grey() -> None:
    renderer = ET.fromstring(qml.probabilities_qml(NAF[:2], "fr")).find(".//rasterrenderer")
    assert renderer.get("type") == "singlebandgray"


def test_names_with_markup_stay_text() -> None:
    odd = [LandCoverClass(1, "a", 'Sol & "roche" <nue>', "x", "#000000", (1,))]
    assert ET.fromstring(qml.classes_qml(odd, "fr")).find(".//paletteEntry").get("label") == odd[0].fr


def test_sidecar_takes_the_stem_of_the_raster(tmp_path: Path) -> None:
    assert qml.write_sidecar(tmp_path / "carte.v2.tif", "<qgis/>").name == "carte.v2.qml"


def test_layer_style_is_the_default_and_is_registered(tmp_path: Path) -> None:
    path = _gpkg(tmp_path / "a.gpkg")
    for style in ("<old/>", "<new/>"):
        qml.write_layer_style(path, "polygones", "geom", "OCS-IA", style)
    qml.write_layer_style(path, "zones", "geom", "OCS-IA", "<zones/>")
    query = "SELECT f_table_name, styleName, styleQML, useAsDefault, update_time FROM layer_styles ORDER BY id"
    assert _rows(path, query) == [
        ("polygones", "OCS-IA", "<new/>", 1, qml.FIXED_TIME),
        ("zones", "OCS-IA", "<zones/>", 1, qml.FIXED_TIME),
    ]
    assert _rows(path, "SELECT table_name, data_type, last_change FROM gpkg_contents") == [
        ("layer_styles", "attributes", qml.FIXED_TIME)
    ]
    assert _rows(path, "SELECT * FROM gpkg_ogr_contents") == [("layer_styles", 2)]


def test_another_default_style_stays_as_a_choice(tmp_path: Path) -> None:
    path = _gpkg(tmp_path / "a.gpkg")
    qml.write_layer_style(path, "polygones", "geom", "mine", "<mine/>")
    qml.write_layer_style(path, "polygones", "geom", "OCS-IA", "<ocsia/>")
    assert _rows(path, "SELECT styleName, useAsDefault FROM layer_styles ORDER BY id") == [
        ("mine", 0),
        ("OCS-IA", 1),
    ]


def test_layer_style_is_reproducible(tmp_path: Path) -> None:
    for name in ("a.gpkg", "b.gpkg"):
        qml.write_layer_style(_gpkg(tmp_path / name), "polygones", "geom", "OCS-IA", "<qgis/>")
    assert (tmp_path / "a.gpkg").read_bytes() == (tmp_path / "b.gpkg").read_bytes()


@pytest.mark.parametrize("vision", VISIONS)
def test_the_other_palette_is_told_apart_with_any_colour_vision(vision: str) -> None:
    assert nearest(alternatives.safe_classes(NAF), vision)[0] > 14


def test_the_veil_hides_what_is_unsure() -> None:
    items = ET.fromstring(alternatives.veil_qml("fr")).findall(".//item")
    assert [(i.get("value"), i.get("color"), i.get("alpha")) for i in (items[0], items[-1])] == [
        ("0", "#ffffff", "255"),
        ("255", "#ffffff", "0"),
    ]
