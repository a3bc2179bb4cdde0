"""Surfaces: refusals of what their uncertainty could come from, and what is said of it."""

from __future__ import annotations

from .mark import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    # -- refusals
    "not-distribution": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} does not hold probabilities of classes that exclude one another: the bands of a pixel add up to "
        "anything from {low} to {high} instead of to the same sum everywhere. Where classes may overlap (a sigmoid per "
        "class), their surfaces do not add up to that of the zone. Choose the probabilities of a model that gives one "
        "class to each pixel, or make a class raster first ('Most probable class').",
    ),
    "tiles-outside": QT_TRANSLATE_NOOP(
        "Engine",
        "Tile {number} of {path} holds no annotated pixel of its prediction. Name the right prediction in the field "
        "'prediction', and the labels in the field 'labels' or in a layer 'labels'.",
    ),
    "tiles-unannotated": QT_TRANSLATE_NOOP(
        "Engine",
        "Only {percent} % of tile {number} of {path} is annotated. Annotate all of it, or draw the tile smaller: what "
        "was left out is seldom like the rest.",
    ),
    "tiles-nomenclature": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} belongs to the tiles but not to the raster: its classes are {found}, those of the raster {wanted}. "
        "Give tiles of the same nomenclature and kind (classes, or probabilities).",
    ),
    "tiles-labels": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} does not say where the truth of its tiles is. Name a class raster in the field 'labels' of each tile, "
        "or add a layer 'labels' of polygons with the class in the field 'ref_code', 'numero', 'classe' or 'code'.",
    ),
    "model-nomenclature": QT_TRANSLATE_NOOP(
        "Engine",
        "The statistics of the model {model} are for the classes of {found}, but the raster's are those of {wanted}. "
        "Name the model that made this raster (MODEL), or none.",
    ),
    # -- information
    "info-tiles": QT_TRANSLATE_NOOP(
        "Engine",
        "{count} annotated tiles: {units} independent units elsewhere, {drawn} drawn in the zones; temperature of the "
        "probabilities {temperature}",
    ),
    "info-verdict": QT_TRANSLATE_NOOP(
        "Engine",
        "To know '{name}' in '{zone}' to within {percent} % at {level} %: about {count} points, some {hours} hours of "
        "interpretation (algorithm 'Points to interpret').",
    ),
    # -- warnings
    "warn-indicative": QT_TRANSLATE_NOOP(
        "Engine",
        "The ranges come from published statistics of the model and have no level of confidence: in another place the "
        "model errs otherwise.",
    ),
    "warn-no-statistics": QT_TRANSLATE_NOOP(
        "Engine", "No statistic is published for {count} of the classes and groups: they stand without a range."
    ),
    "warn-exchangeable": QT_TRANSLATE_NOOP(
        "Engine",
        "The intervals come from tiles annotated elsewhere: they hold only if the zones resemble these tiles, and "
        "nothing in the zones verifies that.",
    ),
    "warn-contradict": QT_TRANSLATE_NOOP(
        "Engine",
        "In {count} zone(s) the points contradict the tiles: the model behaves unusually there, and the points alone "
        "are believed.",
    ),
    "warn-no-level": QT_TRANSLATE_NOOP(
        "Engine",
        "{count} figure(s) of zones with points carry no level of confidence; the column 'assumption' says why.",
    ),
    "warn-read-once": QT_TRANSLATE_NOOP(
        "Engine",
        "No point was read twice: the intervals take the interpretation to be without error, and nothing says how far "
        "that is true. Ten per cent of second readings (DOUBLE of 'Points to interpret') would.",
    ),
    "warn-read-twice": QT_TRANSLATE_NOOP(
        "Engine",
        "{count} points were read twice, and {differ} of them ({percent} %) got another class. Misreadings that "
        "cancel out are in the intervals already; those that both readers make in the same sense are not.",
    ),
    "warn-unknown-design": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} does not say how its points were drawn. They are used as if they had been drawn at random in each "
        "zone, but no level of confidence can be claimed.",
    ),
    "warn-points-outside-zones": QT_TRANSLATE_NOOP(
        "Engine", "{count} of the {total} points lie in none of the zones and are not used."
    ),
    "warn-zones-without-points": QT_TRANSLATE_NOOP(
        "Engine", "{count} zone(s) hold no point: nothing from the points is said of them."
    ),
    "warn-zones-overlap": QT_TRANSLATE_NOOP(
        "Engine", "Some zones overlap ({count} pairs): each is measured for itself, and their surfaces do not add up."
    ),
    "warn-zones-partly": QT_TRANSLATE_NOOP(
        "Engine", "{count} zone(s) reach beyond the raster: only the part that it covers is measured."
    ),
}
