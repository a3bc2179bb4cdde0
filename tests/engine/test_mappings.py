"""From one nomenclature to another: probabilities are added, nothing is split, and no class is forgotten."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.mappings import Conversion, conversion, load_mapping, mapping_targets
from ocsia_plugin.engine.nomenclature import load_nomenclature

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "nomenclatures" / "mappings"
PAIRS = sorted(tuple(path.stem.split("-")) for path in FOLDER.glob("*.json"))
EXACT = [pair for pair in PAIRS if pair[1] in mapping_targets(pair[0])]

HUB = load_nomenclature("flairhub19")
HUB_CODES = tuple(range(1, 20))


def whole(source: str, target: str) -> Conversion:
    codes = [c.code for c in load_nomenclature(source).classes]
    return conversion(load_nomenclature(source), codes, target, "en")


def pixel(**classes: int) -> np.ndarray:
    """One pixel of FLAIR-HUB, given by the keys of its classes: uint8 (19, 1, 1)."""
    values = np.zeros((19, 1, 1), np.uint8)
    for c in HUB.classes:
        values[c.code - 1] = classes.get(c.key, 0)
    return values


def test_which_mappings_there_are():
    flair = [(f"flair{n}", target) for n in ("12", "15", "19", "hub19") for target in ("cosia", "naf15")]
    assert {*flair, ("cosia", "naf15")} == set(EXACT)
    assert set(PAIRS) - set(EXACT) == {("naf15", "cosia"), ("naf15", "ocsge_cs"), ("cosia", "ocsge_cs")}


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_every_class_has_exactly_one_fate(pair):
    mapping = load_mapping(*pair)
    assert (mapping.source.id, mapping.target.id) == pair
    fates = [*mapping.codes, *mapping.ignored, *mapping.split, *mapping.without]
    assert sorted(fates) == [c.code for c in mapping.source.classes]
    targets = {*mapping.codes.values(), *(code for parts in mapping.split.values() for code in parts)}
    assert targets <= {c.code for c in mapping.target.classes}
    assert all(len(parts) > 1 for parts in mapping.split.values())


@pytest.mark.parametrize("pair", [p for p in PAIRS if "ocsge_cs" not in p], ids="-".join)
def test_a_class_becomes_the_class_of_its_name_where_there_is_one(pair):
    mapping = load_mapping(*pair)
    by_key = {c.key: c.code for c in mapping.target.classes}
    for c in mapping.source.classes:
        if c.key in by_key and c.code not in mapping.split:
            assert mapping.codes[c.code] == by_key[c.key], c.key


def test_flair_hub_to_naf_is_the_published_order():
    naf = {1: 1, 2: 15, 3: 4, 4: 3, 5: 2, 6: 5, 7: 6, 8: 7, 9: 13, 10: 13, 11: 14, 12: 12, 13: 10, 14: 8, 15: 11}
    mapping = load_mapping("flairhub19", "naf15")
    assert mapping.codes == {**naf, 16: 9, 19: 15}
    assert mapping.ignored == (17, 18)


def test_flair_15_and_12_are_parts_of_flair_19():
    for target in ("naf15", "cosia"):
        all_of_it = load_mapping("flair19", target).codes
        for part in ("flair15", "flair12"):
            codes = load_mapping(part, target).codes
            assert codes.items() <= all_of_it.items()


def test_the_one_to_one_rules_of_ocs_ge_are_seven():
    mapping = load_mapping("naf15", "ocsge_cs")
    official = {code: mapping.target.by_code(target).official for code, target in mapping.codes.items()}
    assert official == {
        1: "CS1.1.1.1", 2: "CS1.1.2.1", 3: "CS1.1.1.2", 5: "CS1.2.1", 6: "CS1.2.2", 7: "CS1.2.3", 12: "CS2.1.3"
    }  # fmt: skip


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda p: p.stem)
def test_a_mapping_says_where_it_comes_from(path):
    content = json.loads(path.read_text(encoding="utf-8"))
    assert path.stem == f"{content['from']}-{content['to']}"
    assert content["sources"]


# -- adding up


def test_probabilities_are_added_and_not_chosen():
    """Grass and crops together are more probable than the vineyard, although neither is by itself."""
    made = whole("flairhub19", "naf15")
    values = made.apply(pixel(vigne=100, surface_herbacee=80, culture=75))[:, 0, 0]
    assert dict(zip((c.key for c in made.classes), values.tolist())) == {
        c.key: {"vigne": 100, "culture_herbace": 155}.get(c.key, 0) for c in made.classes
    }


def test_what_has_no_place_leaves_the_others_in_proportion():
    made = whole("flairhub19", "naf15")
    values = made.apply(pixel(vegetation_ligneuse=102, feuillus=102, batiment=51))[:, 0, 0]
    by_key = dict(zip((c.key for c in made.classes), values.tolist()))
    assert (by_key["feuillus"], by_key["batiment"], values.sum()) == (170, 85, 255)


def test_a_pixel_of_nothing_else_has_no_data():
    assert not whole("flairhub19", "naf15").apply(pixel(mixte=200, vegetation_ligneuse=55)).any()
    assert not whole("flairhub19", "naf15").apply(pixel()).any()


def test_sums_stay_bytes():
    values = np.full((19, 1, 1), 20, np.uint8)
    values[8:10] = 140
    made = whole("flairhub19", "naf15")
    assert made.apply(values).max() == 255


def test_dropping_is_masking_before_the_softmax():
    """The probabilities of a model whose ignored logits are masked, within the rounding of bytes."""
    logits = np.random.default_rng(0).normal(0, 2, (19, 40, 50))
    made = whole("flairhub19", "naf15")

    def softmax(x: np.ndarray) -> np.ndarray:
        e = np.exp(x)
        return e / e.sum(axis=0)

    masked = logits.copy()
    masked[[code - 1 for code in made.dropped]] = -np.inf
    p = softmax(masked)
    place = {c.code: n for n, c in enumerate(made.classes)}
    expected = np.zeros((len(place), 40, 50))
    for code, target in made.mapping.codes.items():
        expected[place[target]] += p[code - 1]
    found = made.apply(np.round(255 * softmax(logits)).astype(np.uint8))
    kept = 1 - softmax(logits)[[code - 1 for code in made.dropped]].sum(axis=0)
    sure = kept > 0.5  # the rounding of bytes is scaled as well
    assert np.abs(found - 255 * expected)[:, sure].max() <= 5


@given(arrays.arrays(np.uint8, (19, 2, 3), elements=st.integers(0, 255)))
def test_nothing_ignored_means_plain_sums(values):
    values[[16, 17]] = 0
    made = whole("flairhub19", "cosia")
    found = made.apply(values)
    for number, c in enumerate(made.classes):
        members = [code - 1 for code, target in made.mapping.codes.items() if target == c.code]
        assert (found[number] == np.minimum(values[members].sum(axis=0, dtype=int), 255)).all()


@given(arrays.arrays(np.uint8, (19, 2, 3), elements=st.integers(0, 13)))
def test_the_total_is_kept_unless_nothing_is_left(values):
    """13 x 19 < 255: no sum is cut off. Each class is rounded by itself."""
    made = whole("flairhub19", "naf15")
    found = made.apply(values)
    left = values.sum(axis=0, dtype=int) - values[[16, 17]].sum(axis=0, dtype=int)
    total = np.where(left > 0, values.sum(axis=0, dtype=int), 0)
    assert (np.abs(found.sum(axis=0, dtype=int) - total) <= len(made.classes) / 2).all()


def test_the_bands_that_come_in_may_be_some_and_in_any_order():
    codes = (13, 1, 10, 9)
    made = conversion(HUB, codes, "naf15", "en")
    assert [c.code for c in made.classes] == [1, 10, 13]
    values = np.array([1, 2, 4, 8], np.uint8).reshape(4, 1, 1)
    assert made.apply(values).ravel().tolist() == [2, 1, 12]
    assert made.to_json() == {"from": "flairhub19", "codes": {"13": 10, "1": 1, "10": 13, "9": 13}, "ignored": []}


# -- refusals


@pytest.mark.parametrize("target", ["", "flairhub19"])
def test_nothing_to_do(target):
    assert conversion(HUB, HUB_CODES, target, "en") is None


@pytest.mark.parametrize(
    ("source", "target", "code", "words"),
    [
        ("naf15", "cosia", "mapping-splits", "'13 Crops and grass' would have to be split (12 Grass, 13 Crops)"),
        ("naf15", "ocsge_cs", "mapping-lacks", "'4 Swimming pool'"),
        ("cosia", "ocsge_cs", "mapping-lacks", "'4 Swimming pool'"),
        ("flair15", "ocsge_cs", "mapping-none", "Choose one of: flair15, cosia, naf15"),
        ("ocsge_cs", "naf15", "mapping-none", "Choose one of: ocsge_cs."),
        ("naf15", "atlantis", "nomenclature-missing", "'atlantis'"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_reason(source, target, code, words):
    with pytest.raises(OcsiaError) as refusal:
        whole(source, target)
    assert refusal.value.code == code
    assert words in str(refusal.value)


def test_a_refusal_names_classes_in_the_language_of_the_job():
    naf = load_nomenclature("naf15")
    with pytest.raises(OcsiaError) as refusal:
        conversion(naf, [13], "cosia", "fr")
    assert "13 Culture et herbacé" in str(refusal.value) and "12 Pelouse" in str(refusal.value)


def test_only_the_classes_that_there_are_count():
    """Without its mixed classes NAF fits CoSIA."""
    made = conversion(load_nomenclature("naf15"), [1, 9, 10], "cosia", "en")
    assert [c.key for c in made.classes] == ["batiment", "feuillus", "coupe"]


def test_a_class_that_is_none_of_the_nomenclature_is_refused():
    with pytest.raises(OcsiaError) as refusal:
        conversion(HUB, [1, 77], "naf15", "en")
    assert refusal.value.code == "mapping-lacks" and "'77'" in str(refusal.value)
