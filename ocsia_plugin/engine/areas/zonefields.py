"""Which fields of a layer of zones hold which class: ``<stem>_m2``, ``_pct``, ``_low``, ``_high``, ``_level``.

The layer says so as JSON in its metadata, with the names and colours of the classes, so that what draws it (QGIS's
layouts among others) needs neither the raster nor this plugin's nomenclatures. It imports no library: QGIS reads it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from ..nomenclature import LandCoverClass, load_nomenclature, nomenclature_ids

TAG = "OCSIA_SURFACES"
"""Key of the JSON in the layer's metadata."""

NAME_FIELDS = ("nom", "name", "nom_com", "nom_commune", "libelle", "libellé", "label", "toponyme", "titre")
"""Attributes that may hold the name of a zone, in the order of preference; case does not matter."""

_NO_COLOUR = "#b0b0b0"
_COLOUR = re.compile("#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class ClassFields:
    """The fields of one class, or of a group, which unites classes that have fields of their own.

    Attributes:
        stem: start of their names; color: ``#rrggbb``.
    """

    stem: str
    fr: str
    en: str
    color: str
    is_group: bool = False

    def name(self, lang: str) -> str:
        """Name in ``fr`` or ``en``."""
        return self.fr if lang == "fr" else self.en


def field_stem(land_cover: LandCoverClass, taken: Container[str]) -> str:
    """Key of a class as the start of field names; a group may be called as a class is, or hold odd characters.

    Args:
        taken: stems that others have, in lower case.
    """
    stem = re.sub(r"\W+", "_", land_cover.key).strip("_") or f"code_{land_cover.code}"
    while stem.lower() in taken:
        stem += "_groupe"
    return stem


def class_fields(columns: Iterable[tuple[LandCoverClass, bool]]) -> list[ClassFields]:
    """The fields of classes and groups, each with whether it is a group, in their order."""
    made: list[ClassFields] = []
    for c, is_group in columns:
        stem = field_stem(c, {other.stem.lower() for other in made})
        made.append(ClassFields(stem, c.fr, c.en, c.color, is_group))
    return made


def fields_tag(fields: Sequence[ClassFields]) -> dict[str, str]:
    """What the metadata of the layer says of its fields."""
    return {TAG: json.dumps([asdict(each) for each in fields], ensure_ascii=False, sort_keys=True)}


def tagged_fields(tags: Mapping[str, str]) -> tuple[ClassFields, ...]:
    """``fields_tag`` read back; none where the tag is missing or damaged."""
    try:
        fields = tuple(ClassFields(**each) for each in json.loads(tags[TAG]))
    except (KeyError, TypeError, ValueError):
        return ()
    texts = (text for each in fields for text in (each.stem, each.fr, each.en, each.color))
    right = all(isinstance(text, str) and text for text in texts) and all(_COLOUR.fullmatch(c.color) for c in fields)
    return fields if right else ()


def recognised_fields(names: Collection[str]) -> tuple[ClassFields, ...]:
    """The fields of a layer that lost its metadata, as copies made by QGIS do; none: it holds no surfaces.

    Stems come with a surface and a level. The nomenclature that knows most of them lends names and colours. Beside
    classes that it knows, others are groups: classes of two nomenclatures never stand in one layer.
    """
    known = set(names)
    stems = [name[: -len("_m2")] for name in names if name.endswith("_m2")]
    stems = [stem for stem in stems if f"{stem}_level" in known]
    nomenclatures = [load_nomenclature(each) for each in nomenclature_ids()]
    best = max(nomenclatures, key=lambda each: sum(c.key in stems for c in each.classes))
    classes = {c.key: c for c in best.classes}
    both = {**{g.key: g for g in best.groups}, **classes}
    unknown = LandCoverClass(0, "", "", "", _NO_COLOUR, ())
    found = [(stem, both.get(stem, unknown)) for stem in stems]
    some_known = any(stem in classes for stem in stems)
    return tuple(ClassFields(s, c.fr or s, c.en or s, c.color, some_known and s not in classes) for s, c in found)
