"""What is said of the sources of an ortho-image: refusals, warnings, information."""

from __future__ import annotations

from .mark import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    # -- information
    "info-source": QT_TRANSLATE_NOOP("Engine", "{path}: bands {roles}, {crs}"),
    # -- refusals
    "sources-apart": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} ({crs}) does not overlap the ortho-image in the area asked for. Choose rasters of the same place; "
        "where they are, check the CRS of each.",
    ),
    "heights-incomplete": QT_TRANSLATE_NOOP(
        "Engine",
        "The height above ground is the surface minus the ground: give both MNS and MNT, or a model of heights (MNH) "
        "alone.",
    ),
    "heights-twice": QT_TRANSLATE_NOOP(
        "Engine", "The height above ground is given twice: give either MNH, or MNS and MNT."
    ),
    "crs-unknown": QT_TRANSLATE_NOOP(
        "Engine", "'{crs}' is no coordinate reference system. Write it as a code, for example EPSG:2154."
    ),
}
