"""Style of OCS GE cover polygons: the official colours, by the official codes."""

from __future__ import annotations

from ..products.qml import category_style
from .rules import BUILT, cover_nomenclature

CONTINUOUS, ISOLATED = "continu", "isole"
_ISOLATED_COLOUR = (255, 155, 190)
"""A lighter tint of the official one, for isolated buildings; ours, OCS GE knows no such class."""

_KINDS = {
    CONTINUOUS: {"fr": "continues", "en": "continuous"},
    ISOLATED: {"fr": "isolées", "en": "isolated"},
}


def cover_qml(lang: str, split_built: bool, field: str = "code_cs") -> str:
    """One fill per code; with ``split_built``, two for built areas, by the field ``bati``."""
    categories: list[tuple[str, str, tuple[int, int, int]]] = []
    for land_cover in cover_nomenclature().classes:
        label = f"{land_cover.official} {land_cover.name(lang)}"
        if split_built and land_cover.code == BUILT:
            for kind, words in _KINDS.items():
                colour = land_cover.rgb if kind == CONTINUOUS else _ISOLATED_COLOUR
                categories.append((f"{land_cover.official} {kind}", f"{label}, {words[lang]}", colour))
        else:
            categories.append((land_cover.official, label, land_cover.rgb))
    attribute = f"\"{field}\" || coalesce(' ' || \"bati\", '')" if split_built else field
    return category_style(attribute, categories)
