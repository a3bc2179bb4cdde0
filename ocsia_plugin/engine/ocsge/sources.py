"""What the RPG and BD TOPO say about the cover: values of their fields, as they are published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .rules import CONIFEROUS, DECIDUOUS, HERBACEOUS, MIXED, NOT_WOODY, SEALED, SHRUBS, VINES, WATER

GRASSLAND, CROPS = "prairie", "culture"
"""Kinds of herbaceous cover, which OCS GE does not tell apart."""


@dataclass(frozen=True)
class Saying:
    """What a value of a field says: a class of OCS GE, and the kind of herbaceous ones."""

    cover: int
    kind: str = ""


@dataclass(frozen=True)
class Source:
    """A data set with polygons.

    Attributes:
        name: what it is called in the field ``source``; field: what the name of its own field begins with.
        keys: fields with what it says, in lower case; the first that says something counts, the last must be there.
    """

    name: str
    field: str
    keys: tuple[str, ...]
    says: Mapping[str, Saying]


_SOWN, _GRASS = Saying(HERBACEOUS, CROPS), Saying(HERBACEOUS, GRASSLAND)

RPG = Source(
    "RPG",
    "rpg",
    ("code_cultu", "code_group"),
    # Groups 1 to 9, 14 to 16, 24 and 25 are what is sown and harvested, 18 and 19 permanent and temporary grassland, 21
    # vineyards; in 17, pastures and heaths, only the crop says more. Fallow land (11) may be either; orchards (20, 22,
    # 23, 27) have no cover of their own. Groups and crops: REF_CULTURES_GROUPES_CULTURES_2024.csv in IGN's
    # documentation of the RPG, https://data.geopf.fr/annexes/ressources/documentation.
    {str(group): _SOWN for group in (*range(1, 10), 14, 15, 16, 24, 25)}
    | {"11": Saying(HERBACEOUS), "18": _GRASS, "19": _GRASS, "21": Saying(VINES)}
    | {"sph": _GRASS, "spl": Saying(SHRUBS)},
)

BDTOPO = Source(
    "BD TOPO",
    "bdtopo",
    ("nature",),
    # Values of NATURE in the classes ZONE_DE_VEGETATION, SURFACE_HYDROGRAPHIQUE and PISTE_D_AERODROME of BD TOPO 3.
    # Hedges, woods, open forests, orchards and marshes say nothing that settles the cover; roads and rails are lines.
    {
        "forêt fermée de feuillus": Saying(DECIDUOUS),
        "peupleraie": Saying(DECIDUOUS),
        "forêt fermée de conifères": Saying(CONIFEROUS),
        "forêt fermée mixte": Saying(MIXED),
        "lande ligneuse": Saying(SHRUBS),
        "vigne": Saying(VINES),
        "bananeraie": Saying(NOT_WOODY),
        "piste en dur": Saying(SEALED),
    }
    | dict.fromkeys(
        (
            "canal", "ecoulement canalisé", "ecoulement naturel", "estuaire", "lac", "lagune", "mare",
            "plan d'eau de gravière", "plan d'eau de mine", "réservoir-bassin", "réservoir-bassin d'orage",
            "réservoir-bassin piscicole", "retenue", "retenue-barrage",
        ),
        Saying(WATER),
    ),
)  # fmt: skip
