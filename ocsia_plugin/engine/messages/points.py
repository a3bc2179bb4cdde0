"""Sample points: drawing them, and what is refused of them."""

from __future__ import annotations

from .mark import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    # -- points as a reference
    "points-empty": QT_TRANSLATE_NOOP(
        "Engine", "{path} holds no point. Choose the points that 'Points to interpret' wrote, or another point layer."
    ),
    "points-geometry": QT_TRANSLATE_NOOP(
        "Engine",
        "{count} feature(s) of {path} are not single points. Choose a layer of points "
        "(Vector geometry > Multipart to singleparts turns multipoints into points).",
    ),
    "points-field": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} has no field '{field}' with the class of each point. Choose one of its fields (FIELD): {known}.",
    ),
    "points-design": QT_TRANSLATE_NOOP(
        "Engine",
        "The description of how the points of {path} were drawn is damaged ({reason}). Take an intact copy of the "
        "file, or draw new points.",
    ),
    "points-outside": QT_TRANSLATE_NOOP(
        "Engine",
        "{count} of the {total} points of {path} lie outside the raster (first: feature {fid}). Choose the raster "
        "that they were drawn over, or points of this raster.",
    ),
    "points-nodata": QT_TRANSLATE_NOOP(
        "Engine",
        "{count} of the {total} points of {path} lie where the raster has no data (first: feature {fid}). Choose the "
        "raster that they were drawn over, or remove the points that were not drawn over its data.",
    ),
    "points-unlabelled": QT_TRANSLATE_NOOP(
        "Engine",
        "{count} of the {total} points of {path} are not interpreted yet (first: feature {fid}). Give each of them "
        "its class: leaving out the difficult ones would make the map look better than it is.",
    ),
    "points-codes": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} holds classes that the nomenclature of the raster does not have: {values}. Correct these values, or "
        "choose another field (FIELD).",
    ),
    "points-duplicated": QT_TRANSLATE_NOOP(
        "Engine",
        "{count} point(s) of {path} lie on another one (first: feature {again} on feature {first}). Each pixel counts "
        "once: remove the copies. Second readings belong into the layer made for them.",
    ),
    "points-incomplete": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} says that {drawn} point(s) were drawn in the stratum '{stratum}', but {found} are there: points were "
        "added or removed. Take an intact copy of the file; a point that is hard to read keeps its place with the "
        "most plausible class.",
    ),
    "points-few": QT_TRANSLATE_NOOP(
        "Engine",
        "The stratum '{stratum}' of {path} has fewer than 2 points: no uncertainty can be computed. Draw points "
        "again with at least 2 per stratum.",
    ),
}
