"""Classes of land cover: codes, names, colours, groups. The data lie in ``resources/nomenclatures``."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Optional, Union

from .errors import OcsiaError, because
from .paths import data_folder

FIRST_GROUP_CODE = 101
"""Codes of groups in rasters start here, outside every nomenclature."""

_OWN_ID = re.compile(r"own-[\w.-]{1,110}")
"""Of nomenclatures that come with a model: none that comes with the plugin is called so."""


@dataclass(frozen=True)
class LandCoverClass:
    """One class, or one group of classes.

    Attributes:
        code: value in class rasters, 1 to 255.
        key: stable name without accents, used in text such as ``GROUPS`` and in field names.
        fr, en: names to show.
        color: ``#rrggbb``.
        members: codes of the classes it is made of; a plain class is made of itself.
        official: the producer's own code where that is no number (OCS GE: ``CS1.1.1.1``), else empty.
    """

    code: int
    key: str
    fr: str
    en: str
    color: str
    members: tuple[int, ...]
    official: str = ""

    def name(self, lang: str) -> str:
        """Name in ``fr`` or ``en``."""
        return self.fr if lang == "fr" else self.en

    @property
    def rgb(self) -> tuple[int, int, int]:
        """Colour as three bytes."""
        return tuple(bytes.fromhex(self.color[1:]))  # type: ignore[return-value]


@dataclass(frozen=True)
class Nomenclature:
    """The classes of a raster in the order of their codes, and the groups known by name.

    Attributes:
        counts_from: the number of the first class in the producer's own files. Codes here start at 1 all the same,
            because 0 is no data: where the producer counts from 0, a code is its index + 1.
        rasters_count_from: the number of the first class in every raster that is known to be the producer's; None: some
            count from 0 and some from 1, or none is known.
    """

    id: str
    title_fr: str
    title_en: str
    classes: tuple[LandCoverClass, ...]
    groups: tuple[LandCoverClass, ...] = ()
    counts_from: int = 1
    rasters_count_from: Optional[int] = None

    def title(self, lang: str) -> str:
        """Title in ``fr`` or ``en``."""
        return self.title_fr if lang == "fr" else self.title_en

    def by_code(self, code: int) -> LandCoverClass:
        """The class of a code. Raises: KeyError."""
        return {c.code: c for c in self.classes}[code]

    def reference(self) -> Union[str, dict[str, Any]]:
        """What a card or a raster says of it: its id or, where it is a model's own, all of it, as in a file of ours."""
        if self.id in nomenclature_ids():
            return self.id
        named = ("code", "key", "fr", "en", "color")
        return {
            "id": self.id,
            "title": {"fr": self.title_fr, "en": self.title_en},
            "counts_from": self.counts_from,
            "classes": [{name: getattr(c, name) for name in named} for c in self.classes],
        }


def nomenclature_ids() -> tuple[str, ...]:
    """Ids of the nomenclatures that come with the plugin, in alphabetical order."""
    return tuple(sorted(path.stem for path in _folder().glob("*.json")))


def known_nomenclature(nomenclature_id: str) -> Nomenclature:
    """The nomenclature that a user named.

    Raises:
        OcsiaError: ``nomenclature-missing``.
    """
    known = nomenclature_ids()
    if nomenclature_id not in known:
        raise OcsiaError("nomenclature-missing", id=nomenclature_id, known=", ".join(known))
    return load_nomenclature(nomenclature_id)


@cache
def load_nomenclature(nomenclature_id: str) -> Nomenclature:
    """The nomenclature of ``resources/nomenclatures/<id>.json``.

    Raises:
        FileNotFoundError: there is none of that id.
    """
    return _from_content(json.loads((_folder() / f"{nomenclature_id}.json").read_text(encoding="utf-8")))


def referred(reference: Union[str, dict[str, Any]]) -> Nomenclature:
    """The nomenclature that a card or a raster means: ``Nomenclature.reference`` read back.

    Raises:
        FileNotFoundError: there is none of that id.
        ValueError, KeyError, TypeError: it is not said as it should be.
    """
    if isinstance(reference, str):
        return load_nomenclature(reference)
    found = _from_content(reference)
    if not _OWN_ID.fullmatch(found.id):
        raise ValueError(f"{found.id!r} cannot be the id of a nomenclature")
    codes = [c.code for c in found.classes]
    if not codes or len(set(codes)) < len(codes) or not all(0 < code < FIRST_GROUP_CODE for code in codes):
        raise ValueError(f"the codes of classes are different numbers from 1 to {FIRST_GROUP_CODE - 1}")
    for each in found.classes:
        named = all(isinstance(name, str) and name and name.isprintable() for name in (each.key, each.fr, each.en))
        if not named or not re.fullmatch("#[0-9a-fA-F]{6}", each.color):
            raise ValueError(f"class {each.code} lacks its names or its colour")
    return found


def _from_content(content: dict[str, Any]) -> Nomenclature:
    classes = tuple(
        LandCoverClass(c["code"], c["key"], c["fr"], c["en"], c["color"], (c["code"],), c.get("official", ""))
        for c in content["classes"]
    )
    groups = tuple(
        LandCoverClass(FIRST_GROUP_CODE + i, g["key"], g["fr"], g["en"], g["color"], tuple(g["codes"]))
        for i, g in enumerate(content.get("groups", ()))
    )
    title = content["title"]
    return Nomenclature(
        content["id"],
        title["fr"],
        title["en"],
        classes,
        groups,
        content["counts_from"],
        content.get("rasters_count_from"),
    )


def _folder() -> Path:
    return data_folder("resources") / "nomenclatures"


def parse_groups(text: str, nomenclature: Nomenclature, disjoint: bool = True) -> tuple[LandCoverClass, ...]:
    """Groups written as ``ligneux=8+10+11; bati=1``, with codes 101, 102... in the order of the text.

    A group that the nomenclature knows by name may be written without its codes (``ligneux``). The names of unknown
    groups are shown as written; their colour is that of their first class.

    Raises:
        OcsiaError: ``groups-syntax``: not readable, an unknown code, a name used twice or, where groups have to be
            ``disjoint``, a class in two groups.
    """

    def refuse(why: str, **params: object) -> OcsiaError:
        return OcsiaError("groups-syntax", text=text, reason=because(why, **params))

    known = {group.key: group for group in nomenclature.groups}
    codes_known = {c.code for c in nomenclature.classes}
    groups: list[LandCoverClass] = []
    taken: set[int] = set()
    for part in filter(None, (p.strip() for p in text.replace("\n", ";").split(";"))):
        key, _, right = (piece.strip() for piece in part.partition("="))
        if not key:
            raise refuse("why-group-no-name", part=part)
        if not right and key not in known:
            raise refuse("why-group-unknown", name=key, known=", ".join(known))
        try:
            codes = tuple(int(c) for c in right.split("+")) if right else known[key].members
        except ValueError:
            raise refuse("why-group-codes", text=right) from None
        if unknown := sorted(set(codes) - codes_known):
            raise refuse("why-class-unknown", value=unknown[0])
        if len(set(codes)) < len(codes) or (disjoint and taken & set(codes)):
            raise refuse("why-class-twice", name=key)
        if key in {g.key for g in groups}:
            raise refuse("why-name-twice", name=key)
        taken |= set(codes)
        same = known.get(key)
        fr, en = (same.fr, same.en) if same else (key, key)
        color = same.color if same else nomenclature.by_code(codes[0]).color
        groups.append(LandCoverClass(FIRST_GROUP_CODE + len(groups), key, fr, en, color, codes))
    return tuple(groups)
