"""What kinds of scenes there are: sizes of towns, shares of covers, odds of water, railways and so on."""

from __future__ import annotations

from dataclasses import dataclass, field

#: Names of the zones, by code in `Scene.zones`.
ZONES = {1: "centre-bourg", 2: "quartier pavillonnaire", 3: "plaine agricole", 4: "rivière et bois"}


@dataclass(frozen=True)
class Style:
    """What a scene is made of: radii in metres, shares in 0..1, weights of plot covers."""

    centre: float = 70.0
    town: float = 190.0
    covers: tuple[tuple[str, float], ...] = ()
    plot_m2: float = 9000.0
    hedges: float = 0.35
    river: float = 0.0
    pond: float = 0.0
    sea: float = 0.0
    railway: float = 0.0
    square: float = 1.0
    #: kinds of lots that are rare: (how many at most, chance each time a lot is laid out)
    lots: dict[str, tuple[int, float]] = field(default_factory=dict)
    greenhouse: float = 0.0
    traditions: tuple[str, ...] = ("south", "south", "north", "mixed")


FARMLAND = (
    ("crop", 5.0),
    ("meadow", 2.5),
    ("ploughed", 2.0),
    ("vineyard", 1.5),
    ("orchard", 0.6),
    ("scrub", 0.4),
    ("broadleaf", 0.8),
    ("mixed_wood", 0.4),
    ("bare", 0.2),
)
WOODLAND = (
    ("broadleaf", 3.0),
    ("conifer", 3.0),
    ("mixed_wood", 2.0),
    ("clear_cut", 1.8),
    ("scrub", 1.8),
    ("meadow", 0.8),
    ("poplars", 0.4),
    ("bare", 0.5),
)
SAMPLER = (
    ("crop", 2.5),
    ("meadow", 1.0),
    ("ploughed", 2.0),
    ("vineyard", 1.5),
    ("conifer", 0.5),
    ("broadleaf", 0.5),
    ("mixed_wood", 0.5),
    ("clear_cut", 0.5),
    ("scrub", 0.5),
    ("orchard", 0.5),
    ("bare", 0.5),
)
#: Width and depth (m) of the church square.
SQUARE = (54.0, 46.0)

STYLES: dict[str, Style] = {
    "town": Style(
        150,
        600,
        FARMLAND,
        6000,
        0.3,
        river=0.3,
        railway=0.35,
        lots={"activity": (8, 0.12), "flats": (8, 0.12), "cemetery": (1, 0.03), "sports": (2, 0.03)},
    ),
    "village": Style(
        55,
        170,
        FARMLAND,
        8000,
        0.4,
        river=0.5,
        pond=0.3,
        railway=0.1,
        greenhouse=0.3,
        lots={"activity": (2, 0.05), "cemetery": (1, 0.05), "sports": (1, 0.05)},
    ),
    "farmland": Style(
        0,
        45,
        FARMLAND,
        10000,
        0.35,
        river=0.25,
        pond=0.3,
        square=0.0,
        greenhouse=0.25,
        lots={"farm": (2, 0.9)},
    ),
    "forest": Style(0, 0, WOODLAND, 11000, 0.1, river=0.3, pond=0.25, square=0.0),
    "water": Style(
        40,
        140,
        (*FARMLAND, ("bare", 1.5), ("scrub", 1.5)),
        8000,
        0.3,
        river=0.5,
        pond=0.9,
        sea=0.6,
        square=0.5,
    ),
    "vineyards": Style(
        20,
        80,
        (
            ("vineyard", 6.0),
            ("ploughed", 1.0),
            ("meadow", 1.0),
            ("mixed_wood", 0.8),
            ("scrub", 0.8),
            ("orchard", 0.8),
        ),
        6500,
        0.2,
        square=0.3,
        lots={"farm": (2, 0.4)},
    ),
    "openfield": Style(
        0,
        30,
        (
            ("harrowed", 3.0),
            ("ploughed", 2.0),
            ("green_crop", 3.0),
            ("meadow", 2.0),
            ("vineyard", 0.5),
            ("broadleaf", 0.6),
        ),
        14000,
        0.2,
        square=0.0,
        lots={"farm": (1, 0.4)},
    ),
    "maquis": Style(
        0,
        25,
        (("maquis", 5.0), ("conifer", 2.0), ("broadleaf", 1.0), ("bare", 1.0), ("meadow", 1.2), ("harrowed", 0.8)),
        12000,
        0.1,
        square=0.0,
        traditions=("south",),
    ),
    "mountain": Style(
        0,
        40,
        (("snow", 3.5), ("conifer", 2.0), ("bare", 1.2), ("scrub", 1.2), ("meadow", 1.0)),
        9000,
        0.05,
        river=0.4,
        square=0.0,
        lots={"farm": (1, 0.2)},
        traditions=("north",),
    ),
    # The shipped sample: every common cover within 500 m x 400 m.
    "sample": Style(
        85,
        178,
        SAMPLER,
        5500,
        0.4,
        river=1.0,
        pond=1.0,
        greenhouse=1.0,
        lots={"activity": (2, 0.08), "cemetery": (1, 0.15), "sports": (1, 0.15)},
        traditions=("south",),
    ),
}
MIX = (
    "town",
    "town",
    "village",
    "village",
    "farmland",
    "farmland",
    "forest",
    "forest",
    "water",
    "vineyards",
    "mountain",
)
