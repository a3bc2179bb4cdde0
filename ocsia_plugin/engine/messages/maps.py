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
}
