"""Sentences of the maps made of predictions: pictures, changes, neighbourhoods, comparisons with a reference."""

from __future__ import annotations

from .mark import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    # -- visualize
    "ortho-bands": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} has {found} image band(s), which are neither red, green and blue nor a single grey one. Choose the "
        "ortho-image in true or false colours.",
    ),
    "ortho-outside": QT_TRANSLATE_NOOP(
        "Engine", "The image {path} does not touch the prediction. Choose the image of the same place."
    ),
    "opacity-range": QT_TRANSLATE_NOOP(
        "Engine", "An opacity of {value} % makes no picture: choose one above 0 and up to 100."
    ),
    "legend-format": QT_TRANSLATE_NOOP(
        "Engine", "The legend {path} cannot be written in this format. Choose a name that ends in .svg."
    ),
    "confidence-missing": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} holds classes without their confidence, which the saturation was to show. Choose the probabilities, or "
        "name the confidence raster that 'Predict land cover' writes beside the classes.",
    ),
    "confidence-raster": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} is not a confidence raster: one band of bytes. Choose the confidence that 'Predict land cover' or "
        "'Most probable class' writes.",
    ),
    "confidence-grid": QT_TRANSLATE_NOOP(
        "Engine",
        "The confidence {path} does not have the pixels of the classes. Choose the one that was written together with "
        "them.",
    ),
    # -- change
    "change-nomenclatures": QT_TRANSLATE_NOOP(
        "Engine",
        "The classes before ({before}) and after ({after}) cannot be compared: neither nomenclature's classes can be "
        "added up into the other's. Make both rasters in one nomenclature ('Most probable class', NOMENCLATURE) first.",
    ),
    "change-outside": QT_TRANSLATE_NOOP(
        "Engine", "{path} and {other} do not overlap. Choose two vintages of the same place."
    ),
    "change-empty": QT_TRANSLATE_NOOP(
        "Engine",
        "No pixel of the zones has data in both {path} and {other}. Choose two vintages of the same place, or other "
        "zones.",
    ),
    "warn-change-resampled": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} does not have the pixels of {other}: it is read on them ({method}, {crs}). Expect more flicker along "
        "edges.",
    ),
    "warn-codes-translated": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} holds classes of {source}, read as {target} one by one. Give its probabilities where you have them: "
        "the most probable class of the sums is not always the sum of the most probable classes.",
    ),
    "warn-change-many": QT_TRANSLATE_NOOP(
        "Engine",
        "There are {count} kinds of change; the polygons show the {most} that were met first. The tables and the "
        "raster have all of them. Groups of classes make them fewer.",
    ),
    "warn-change-no-interval": QT_TRANSLATE_NOOP(
        "Engine",
        "These changes come without a confidence interval: a model that errs otherwise at one date than at the other "
        "makes changes that are none.",
    ),
    "info-change": QT_TRANSLATE_NOOP(
        "Engine", "Changed: {changed} m²; differing, but held for flicker: {flicker} m² (sums over the zones)"
    ),
    # -- neighbourhood
    "radius-syntax": QT_TRANSLATE_NOOP(
        "Engine", "The radii '{text}' cannot be read. Write them in metres, separated by commas: 25, 100, 300"
    ),
    "radius-cells": QT_TRANSLATE_NOOP(
        "Engine",
        "A radius of {radius} m is too many pixels of {gsd} m at once. Choose a resolution (RESOLUTION) of {finest} m "
        "or more, or a smaller radius.",
    ),
}
