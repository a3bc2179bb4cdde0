"""Classes: NAF's codes in the order of the band list, CoSIA's colours, groups written as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.nomenclature import load_nomenclature, parse_groups

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
