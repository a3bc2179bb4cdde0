"""Refusals of outputs and parameters."""

from __future__ import annotations

from .mark import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    # -- outputs
    "output-none": QT_TRANSLATE_NOOP("Engine", "No output was asked for. Choose at least one output."),
    "output-not-writable": QT_TRANSLATE_NOOP(
        "Engine", "{path} cannot be written ({reason}). Choose another folder or file name."
    ),
    "output-is-input": QT_TRANSLATE_NOOP(
        "Engine", "{path} is both an input and an output. Choose another name for the output."
    ),
    "output-twice": QT_TRANSLATE_NOOP("Engine", "{path} was asked for twice. Give each output its own name."),
    "disk-full": QT_TRANSLATE_NOOP(
        "Engine",
        "The disk of {folder} is full or nearly so (about {needed} MB needed, {free} MB free). "
        "Make room or choose another disk, then run again.",
    ),
    "disk-filled": QT_TRANSLATE_NOOP(
        "Engine",
        "The disk of {folder} filled up during the work ({free} MB free). Make room or choose another disk, then run "
        "again.",
    ),
    "shapefile-too-large": QT_TRANSLATE_NOOP(
        "Engine", "The result passes the 2 GB limit of the Shapefile format. Write a GeoPackage (.gpkg) instead."
    ),
    "vector-format": QT_TRANSLATE_NOOP(
        "Engine", "{path}: only GeoPackage (.gpkg) and Shapefile (.shp) can be written."
    ),
    # -- parameters
    "groups-syntax": QT_TRANSLATE_NOOP(
        "Engine",
        "The groups '{text}' cannot be read: {reason}. Write them as: ligneux=8+10+11; bati=1",
    ),
    "job-invalid": QT_TRANSLATE_NOOP("Engine", "The job cannot be read: {reason}."),
    "resolution-range": QT_TRANSLATE_NOOP(
        "Engine", "A resolution of {value} m makes no sense for these models: choose one from {low} to {high} m."
    ),
    "device-unavailable": QT_TRANSLATE_NOOP(
        "Engine", "No GPU can be used by this engine ({reason}). Choose 'auto' or 'cpu' as device."
    ),
}
