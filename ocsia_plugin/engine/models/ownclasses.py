"""A nomenclature for the classes of one model: names that somebody gave its outputs."""

from __future__ import annotations

import colorsys
import re
import unicodedata
from collections.abc import Sequence
from typing import Optional

from ..nomenclature import LandCoverClass, Nomenclature, load_nomenclature, nomenclature_ids

_GOLDEN = 0.618034
"""Hues one golden section apart stay different, however many there are."""
_GREY = "#9e9e9e"
_LONGEST = 80
_NOTHING = {"background", "_background", "fond", "other", "autre", "autres", "none", "nothing", "rien"}


def known_by_names(names: Sequence[str]) -> Optional[Nomenclature]:
    """The nomenclature whose classes have just these names, in this order; None: none has, or several have."""
    wanted = [_plain(name) for name in names]
    found = []
    for nomenclature in map(load_nomenclature, nomenclature_ids()):
        called = [[_plain(c.key), _plain(c.fr), _plain(c.en)] for c in nomenclature.classes]
        if len(called) == len(wanted) and all(name in any_of for name, any_of in zip(wanted, called)):
            found.append(nomenclature)
    return found[0] if len(found) == 1 else None


def own_nomenclature(model_id: str, names: Sequence[str], absent_first: bool = False) -> Nomenclature:
    """Classes of these names, with codes from 1 in their order: the producer's number is code - 1.

    A class that a known nomenclature has by the same name gets its colour; what is nothing in particular is grey, such
    as the first where that is ``absent_first``.
    """
    colours = _known_colours()
    classes: list[LandCoverClass] = []
    for number, name in enumerate(map(_shown, names)):
        key = _plain(name) or f"class_{number}"
        if key in {c.key for c in classes}:
            key = f"{key}_{number}"
        grey = key in _NOTHING or (absent_first and number == 0)
        colour = _GREY if grey else colours.get(key) or _hue(number)
        classes.append(LandCoverClass(number + 1, key, name, name, colour, (number + 1,)))
    title = f"{model_id}: " + ", ".join(c.fr for c in classes)
    return Nomenclature(f"own-{model_id}", title, title, tuple(classes), counts_from=0)


def two_names(names: Sequence[str]) -> tuple[str, ...]:
    """Names of absent and present, of a model with one output that has one name or two."""
    return tuple(names) if len(names) == 2 else (f"non {names[0]}", names[0])


def _known_colours() -> dict[str, str]:
    """Colour by name; of two nomenclatures the first in alphabetical order, which is CoSIA, today's official one."""
    colours: dict[str, str] = {}
    for nomenclature in map(load_nomenclature, nomenclature_ids()):
        for each in nomenclature.classes:
            for name in (each.key, each.fr, each.en):
                colours.setdefault(_plain(name), each.color)
    return colours


def _hue(number: int) -> str:
    rgb = colorsys.hls_to_rgb(number * _GOLDEN % 1, 0.5, 0.65)
    return "#" + "".join(f"{round(255 * part):02x}" for part in rgb)


def _shown(name: str) -> str:
    """As it can be written in any file: one line, no control characters, of a length that a legend takes."""
    return "".join(c for c in " ".join(name.split()) if c.isprintable())[:_LONGEST] or "?"


def _plain(name: str) -> str:
    """Without accents, capitals and signs: ``Zone imperméable`` is ``zone_impermeable``."""
    letters = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return re.sub("[^a-z0-9]+", "_", letters).strip("_")
