"""Classes: NAF's codes in the order of the band list, CoSIA's colours, groups written as text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.nomenclature import (
    FIRST_GROUP_CODE,
    known_nomenclature,
    load_nomenclature,
    nomenclature_ids,
    parse_groups,
)

NAF = load_nomenclature("naf15")

# CoSIA's official legend; NAF 13 is grass and crops, two classes there, and NAF 15 what CoSIA calls "Autre".
COSIA = {
    1: {"#ce7079"},
    2: {"#987752"},
    3: {"#a6aab7"},
    4: {"#62d0ff"},
    5: {"#bbb096"},
    6: {"#3375a1"},
    7: {"#e9effe"},
    8: {"#126421"},
    9: {"#e48e4d"},
    10: {"#4c9129"},
    11: {"#b5c335"},
    12: {"#b08290"},
    13: {"#8cd76a", "#decf55"},
    14: {"#d0a349"},
    15: {"#222222"},
}


def test_naf_has_15_codes_in_order():
    assert [c.code for c in NAF.classes] == list(range(1, 16))


def test_classes_have_the_keys_of_the_band_list():
    assert [c.key for c in NAF.classes] == [
        "batiment",
        "zone_permeable",
        "zone_impermeable",
        "piscine",
        "sol_nu",
        "surface_eau",
        "neige",
        "coniferes",
        "coupe",
        "feuillus",
        "broussaille",
        "vigne",
        "culture_herbace",
        "terre_labouree",
        "autres",
    ]


@pytest.mark.parametrize("code", sorted(COSIA))
def test_colours_are_those_of_cosia(code):
    assert NAF.by_code(code).color.lower() in COSIA[code]


def test_colours_tell_classes_apart():
    assert len({c.rgb for c in NAF.classes}) == 15


def test_a_colour_is_three_bytes():
    assert NAF.by_code(1).rgb == (0xCE, 0x70, 0x79)


def test_classes_have_names_in_both_languages():
    assert NAF.by_code(1).name("fr") == "Bâtiment"
    assert NAF.by_code(1).name("en") == "Building"
    assert all(c.fr and c.en for c in NAF.classes)


def test_there_is_no_class_0_nor_16():
    for code in (0, 16):
        with pytest.raises(KeyError):
            NAF.by_code(code)


def test_an_unknown_nomenclature_is_not_found():
    with pytest.raises(FileNotFoundError):
        load_nomenclature("atlantis")


def test_groups_are_numbered_from_101_in_the_order_of_the_text():
    groups = parse_groups("vert=8+10+11; bati=1;", NAF)
    assert [(g.code, g.key, g.members) for g in groups] == [(101, "vert", (8, 10, 11)), (102, "bati", (1,))]


@pytest.mark.parametrize("text", ["a=8+10;b=1", " a = 8 + 10 ; b=1 ", "a=8+10\nb=1", ";;a=8+10;;b=1;", "a=8+10;\n b=1"])
def test_spaces_lines_and_stray_semicolons_do_not_matter(text):
    assert [(g.key, g.members) for g in parse_groups(text, NAF)] == [("a", (8, 10)), ("b", (1,))]


@pytest.mark.parametrize("text", ["", "  ", ";", "\n"])
def test_no_text_is_no_group(text):
    assert parse_groups(text, NAF) == ()


def test_a_known_group_needs_no_codes_and_brings_its_name():
    (group,) = parse_groups("ligneux", NAF)
    assert group.members == (8, 10, 11)
    assert group.name("fr") == "Végétation ligneuse"


def test_an_unknown_group_has_the_colour_of_its_first_class():
    (group,) = parse_groups("chez_nous=5+1", NAF)
    assert group.color == NAF.by_code(5).color
    assert group.name("fr") == group.name("en") == "chez_nous"


@pytest.mark.parametrize(
    "text",
    [
        "=8",
        "inconnu",
        "inconnu=",
        "a=8,10",
        "a=huit",
        "a=0",
        "a=16",
        "a=-1",
        "a=8+8",
        "a=8++9",
        "a=1;a=2",
        "a=1;b=1+2",
        "a=1=2",
        "a=101",
        "a=1.5",
    ],
)
def test_what_cannot_be_a_group_is_refused_with_its_text(text):
    with pytest.raises(OcsiaError) as refusal:
        parse_groups(text, NAF)
    assert refusal.value.code == "groups-syntax"
    assert text in str(refusal.value)


def test_groups_may_share_a_class_where_they_are_not_alternatives():
    groups = parse_groups("a=1+2; b=1+3", NAF, disjoint=False)
    assert [g.members for g in groups] == [(1, 2), (1, 3)]


@given(st.lists(st.sampled_from(range(1, 16)), unique=True, min_size=2))
def test_any_split_of_the_classes_reads_back(codes):
    half = len(codes) // 2
    text = f"a={'+'.join(map(str, codes[:half]))}; b={'+'.join(map(str, codes[half:]))}"
    assert [g.members for g in parse_groups(text, NAF)] == [tuple(codes[:half]), tuple(codes[half:])]


@given(st.text(alphabet="abc=+;0123456789 \n-"))
def test_no_text_whatever_makes_another_error(text):
    try:
        groups = parse_groups(text, NAF)
    except OcsiaError as refusal:
        assert refusal.code == "groups-syntax"
    else:
        assert [g.code for g in groups] == list(range(101, 101 + len(groups)))


# -- every nomenclature that comes with the plugin

ALL = nomenclature_ids()


def test_the_nomenclatures_that_there_are():
    assert ALL == ("cosia", "flair12", "flair15", "flair19", "flairhub19", "naf15", "ocsge_cs")


@pytest.mark.parametrize("name", ALL)
def test_a_nomenclature_is_whole(name):
    nomenclature = load_nomenclature(name)
    codes = [c.code for c in nomenclature.classes]
    assert nomenclature.id == name
    assert codes == sorted(set(codes)) and codes[0] == 1 and codes[-1] < FIRST_GROUP_CODE
    assert nomenclature.counts_from in (0, 1)
    for c in (*nomenclature.classes, *nomenclature.groups):
        assert re.fullmatch(r"[a-z][a-z_]*", c.key) and c.fr and c.en
        assert re.fullmatch(r"#[0-9a-f]{6}", c.color)
    assert len({c.key for c in nomenclature.classes}) == len({c.rgb for c in nomenclature.classes}) == len(codes)
    for group in nomenclature.groups:
        assert set(group.members) <= set(codes)


@pytest.mark.parametrize("name", ALL)
def test_every_nomenclature_knows_the_groups_that_are_asked_for(name):
    groups = {g.key: g for g in load_nomenclature(name).groups}
    assert list(groups) == ["ligneux", "impermeable", "bati", "herbace"]


@pytest.mark.parametrize("name", ["naf15", "flair19", "flair15", "flair12", "flairhub19", "cosia"])
def test_woody_is_conifers_deciduous_trees_and_brushwood(name):
    nomenclature = load_nomenclature(name)
    woody = next(g for g in nomenclature.groups if g.key == "ligneux")
    assert {nomenclature.by_code(code).key for code in woody.members} == {"coniferes", "feuillus", "broussaille"}


def test_flair_has_the_codes_and_colours_of_its_readme():
    colours = "db0e9a 938e7b f80c00 a97101 1553ae 194a26 46e483 f3a60d 660082 55ff00 fff30d e4df7c 3de6eb ffffff"
    colours += " 8ab3a0 6b714f c5dc42 9999ff 000000"
    flair = load_nomenclature("flair19").classes
    assert [c.color for c in flair] == [f"#{colour}" for colour in colours.split()]
    assert load_nomenclature("flair15").classes == (*flair[:14], flair[17])
    assert load_nomenclature("flair12").classes == flair[:12]


def test_flair_hub_is_written_as_index_plus_1_in_cosias_colours():
    hub = load_nomenclature("flairhub19")
    cosia = {c.key: c.color for c in load_nomenclature("cosia").classes}
    assert hub.counts_from == 0
    assert [c.en for c in hub.classes][:3] == ["Building", "Greenhouse", "Swimming pool"]
    same = [c for c in hub.classes if c.key in cosia]
    assert len(same) == 15
    assert all(c.color == cosia[c.key] for c in same)


def test_ocs_ge_has_its_official_codes():
    official = [c.official for c in load_nomenclature("ocsge_cs").classes]
    assert official == sorted(official) and len(official) == 14
    assert official[0] == "CS1.1.1.1" and official[-1] == "CS2.2.2"


def test_a_nomenclature_that_a_user_misspells_is_refused_with_those_there_are():
    with pytest.raises(OcsiaError) as refusal:
        known_nomenclature("../naf15")
    assert refusal.value.code == "nomenclature-missing"
    assert "flairhub19" in str(refusal.value)
