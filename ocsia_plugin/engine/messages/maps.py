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
    "change-points-table": QT_TRANSLATE_NOOP(
        "Engine", "What the points say of the changes stands in the table of stocks and flows. Name a file for it."
    ),
    "change-level": QT_TRANSLATE_NOOP(
        "Engine", "A level of confidence of {value} % makes no sense: choose one from 50 to under 100."
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
    # -- compareref
    "compareref-empty": QT_TRANSLATE_NOOP(
        "Engine",
        "The reference has no polygon. Choose a polygon layer, or clear its selection and filter.",
    ),
    "compareref-outside": QT_TRANSLATE_NOOP(
        "Engine", "No polygon of the reference holds a pixel with data of {path}. Choose a reference of the same place."
    ),
    "compareref-field": QT_TRANSLATE_NOOP(
        "Engine", "The reference has no field '{field}'. Choose one of: {known}."
    ),
    "mapping-syntax": QT_TRANSLATE_NOOP(
        "Engine",
        "The mapping '{text}' cannot be read at '{part}'. Write a value of the field, =, and codes or names of "
        "classes: EAU=6; Bois=8+10+11 ({known})",
    ),
    "reference-unmatched": QT_TRANSLATE_NOOP(
        "Engine",
        "No value of the field '{field}' ({values}) is a code or a name of the raster's classes ({known}). Say in the "
        "parameter 'Meaning of the values' (MAPPING) what they stand for: EAU=6; Bois=8+10+11",
    ),
    "limits-range": QT_TRANSLATE_NOOP(
        "Engine",
        "A class cannot be confirmed from {confirmed} % and contradicted up to {contradicted} %. Choose two "
        "percentages, the first of them the greater one.",
    ),
    "warn-reference-values": QT_TRANSLATE_NOOP(
        "Engine",
        "These values of the field '{field}' are not understood, their polygons have no verdict: {values}. Say in "
        "the parameter 'Meaning of the values' (MAPPING) what they stand for ({known}), or nothing: ZU=",
    ),
    "info-compareref": QT_TRANSLATE_NOOP(
        "Engine",
        "{candidates} objects that the reference lacks; of its polygons {confirmed} confirmed, {doubtful} doubtful, "
        "{contradicted} contradicted",
    ),
}
