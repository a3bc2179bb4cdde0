"""What the values of somebody else's field mean in our nomenclature: by code, by name, or as the user says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Optional

from ..errors import OcsiaError, because
from ..nomenclature import LandCoverClass
from .classes import Legend

USUAL = ("batiment", "piscine", "surface_eau", "broussaille")
"""Objects that references lack most often."""


@dataclass(frozen=True)
class Kind:
    """A kind of objects to look for.

    Attributes:
        land_cover: code, name and colour to show; its members are the classes that count.
    """

    land_cover: LandCoverClass

    @property
    def codes(self) -> frozenset[int]:
        return frozenset(self.land_cover.members)


class Vocabulary:
    """Classes and groups of a legend by everything that they may be called."""

    def __init__(self, legend: Legend) -> None:
        self._known: dict[str, LandCoverClass] = {}
        groups = [g for g in legend.nomenclature.groups if set(g.members) & {c.code for c in legend.classes}]
        for land_cover in (*groups, *legend.classes):  # classes last: they win where names are the same
            names = [land_cover.key, land_cover.fr, land_cover.en, land_cover.official]
            if land_cover not in groups:
                names.append(str(land_cover.code))
            for name in filter(None, names):
                self._known[plain(name)] = land_cover
        self.classes = legend.classes

    def find(self, text: Any) -> Optional[LandCoverClass]:
        """The class or group that a value is a code or a name of; None: it is none."""
        return self._known.get(plain(text))

    def union(self, text: str) -> LandCoverClass:
        """Of ``8+10+11`` or ``feuillus + 8``: one class or group, or several as one.

        Raises:
            KeyError: a part is no class.
        """
        parts = [self._known[plain(part)] for part in text.split("+")]
        if len(parts) == 1:
            return parts[0]
        members = tuple(dict.fromkeys(code for part in parts for code in part.members))
        fr, en = (" + ".join(part.name(lang) for part in parts) for lang in ("fr", "en"))
        return LandCoverClass(parts[0].code, parts[0].key, fr, en, parts[0].color, members)

    def names(self) -> str:
        """All classes, for messages."""
        return ", ".join(f"{c.code} {c.key}" for c in self.classes)


def plain(value: Any) -> str:
    """A value without case, accents and punctuation; a whole number without its decimals."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFKD", str(value).strip().casefold())
    return re.sub(r"[^a-z0-9]+", "_", text.encode("ascii", "ignore").decode()).strip("_")


def parse_mapping(text: str, vocabulary: Vocabulary) -> dict[str, Optional[LandCoverClass]]:
    """``EAU=6; Bois=8+10+11; ZU=``: what each value stands for; None: it is left out on purpose.

    Raises:
        OcsiaError: ``mapping-syntax``.
    """
    meanings: dict[str, Optional[LandCoverClass]] = {}
    for part in filter(None, (p.strip() for p in text.replace("\n", ";").split(";"))):
        value, equals, right = (piece.strip() for piece in part.rpartition("="))
        if not equals or not value:
            raise OcsiaError("mapping-syntax", text=text, part=part, known=vocabulary.names())
        try:
            meanings[plain(value)] = vocabulary.union(right) if right else None
        except KeyError as error:
            raise OcsiaError("mapping-syntax", text=text, part=part, known=vocabulary.names()) from error
    return meanings


def parse_kinds(text: str, vocabulary: Vocabulary) -> list[Kind]:
    """``batiment; piscine; 6; ligneux; 8+10``: kinds of objects; empty: the usual ones.

    Raises:
        OcsiaError: ``groups-syntax``.
    """
    parts = [part.strip() for part in text.replace("\n", ";").split(";") if part.strip()]
    if not parts:
        parts = [key for key in USUAL if vocabulary.find(key)]
    kinds: list[Kind] = []
    for part in parts:
        try:
            kinds.append(Kind(vocabulary.union(part)))
        except KeyError as error:
            raise OcsiaError("groups-syntax", text=text, reason=because("why-class-unknown", value=part)) from error
        if any(kinds[-1].codes & other.codes for other in kinds[:-1]):
            raise OcsiaError("groups-syntax", text=text, reason=because("why-class-twice", name=part))
    return kinds


def meanings_of(
    values: Iterable[Any], mapping: dict[str, Optional[LandCoverClass]], vocabulary: Vocabulary
) -> list[Optional[LandCoverClass]]:
    """What each value stands for: as the mapping says, else by its code or name; None: nothing."""
    found = []
    for value in values:
        if value is None or value != value:
            found.append(None)
        else:
            key = plain(value)
            found.append(mapping[key] if key in mapping else vocabulary.find(value))
    return found
