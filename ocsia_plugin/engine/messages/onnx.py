"""What is asked, refused and said when an ONNX model of others is imported."""

from __future__ import annotations

from .mark import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "import-onnx-asks": QT_TRANSLATE_NOOP(
        "Engine",
        "The model {path} does not say: {missing}. Give this once, in the advanced parameters: the model's card keeps "
        "it.",
    ),
    "ask-bands": QT_TRANSLATE_NOOP("Engine", "which {count} band(s) it takes (BANDS, such as R,V,B)"),
    "ask-bands-count": QT_TRANSLATE_NOOP("Engine", "which bands it takes (BANDS, such as R,V,B)"),
    "ask-gsd": QT_TRANSLATE_NOOP("Engine", "for which pixel size it was trained (GSD, in metres)"),
    "ask-scaling": QT_TRANSLATE_NOOP(
        "Engine", "how its images are normalised (MEAN and STD of each band, or MEAN alone: 0-1 or 0-255)"
    ),
    "ask-std": QT_TRANSLATE_NOOP("Engine", "by what the values less their mean are divided (STD)"),
    "ask-classes": QT_TRANSLATE_NOOP(
        "Engine",
        "what its {count} output(s) are (CLASSES: their names, separated by semicolons; or KIND: a nomenclature, such "
        "as naf15)",
    ),
    "ask-class": QT_TRANSLATE_NOOP("Engine", "what its single output shows (CLASSES: one name, such as road)"),
    "import-onnx-kind": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} says that it is a model of the kind '{kind}'. Only models of segmentation (a class for each pixel) can "
        "be run: choose another.",
    ),
    "import-onnx-unfit": QT_TRANSLATE_NOOP(
        "Engine", "The model {path} cannot be run on images: {reason}. Ask its author for another export."
    ),
    "why-onnx-inputs": QT_TRANSLATE_NOOP("Engine", "it has {count} inputs and not one"),
    "why-onnx-input": QT_TRANSLATE_NOOP("Engine", "its input is {type} of shape {shape} and not an image"),
    "why-onnx-output": QT_TRANSLATE_NOOP("Engine", "no output gives each pixel a number for each class ({shapes})"),
    "why-onnx-oblong": QT_TRANSLATE_NOOP("Engine", "it takes {width} x {height} pixels, and only squares are known"),
    "why-onnx-size": QT_TRANSLATE_NOOP(
        "Engine", "for an image of {side} x {side} pixels it returns {shape} values: not one for each pixel and class"
    ),
    "why-onnx-opset": QT_TRANSLATE_NOOP(
        "Engine", "it has the operators of opset {found}, and {oldest} is the oldest known"
    ),
    "why-onnx-external": QT_TRANSLATE_NOOP("Engine", "its weights lie in another file"),
    "why-onnx-run": QT_TRANSLATE_NOOP("Engine", "on a tile of {side} pixels it fails ({reason})"),
    "why-onnx-finite": QT_TRANSLATE_NOOP("Engine", "it returns values that are not finite numbers"),
    "import-onnx-value": QT_TRANSLATE_NOOP("Engine", "{name} = '{value}' cannot be used for {path}: {reason}."),
    "why-value-bands": QT_TRANSLATE_NOOP(
        "Engine", "a band is R, V, B, I (near infrared) or E (height above ground), or all are 1, 2, 3..."
    ),
    "why-value-count": QT_TRANSLATE_NOOP("Engine", "{found} value(s) where the model has {wanted}"),
    "why-value-number": QT_TRANSLATE_NOOP("Engine", "it is not a list of numbers, 0-1 or 0-255"),
    "why-value-unit": QT_TRANSLATE_NOOP(
        "Engine", "mean 0 and deviation 1 may be of bytes or of bytes divided by 255: write 0-255 or 0-1 instead"
    ),
    "why-value-positive": QT_TRANSLATE_NOOP("Engine", "it must be greater than 0"),
    "why-value-share": QT_TRANSLATE_NOOP("Engine", "it must lie between 0 and 1"),
    "why-value-known": QT_TRANSLATE_NOOP("Engine", "known are {known}"),
    "why-value-one": QT_TRANSLATE_NOOP("Engine", "the model has a single output, which needs sigmoid or none"),
    "why-value-not-one": QT_TRANSLATE_NOOP("Engine", "a threshold is for a model with a single output"),
    "why-value-both": QT_TRANSLATE_NOOP("Engine", "give the names or a nomenclature, not both"),
    "why-value-twice": QT_TRANSLATE_NOOP("Engine", "each output needs a name of its own"),
    "why-value-tile": QT_TRANSLATE_NOOP("Engine", "the model takes tiles of {size} pixels only"),
    "why-value-halo": QT_TRANSLATE_NOOP("Engine", "it must be less than half of the tile of {size} pixels"),
    "why-value-nomenclature": QT_TRANSLATE_NOOP(
        "Engine", "that nomenclature has {classes} classes and the model {outputs} output(s)"
    ),
    "why-value-metadata": QT_TRANSLATE_NOOP("Engine", "what stands in the file is not what Deepness writes"),
    "info-onnx-told": QT_TRANSLATE_NOOP(
        "Engine",
        "As imported: bands {bands}, {gsd} m, {outputs} output(s), classes {classes}, tile {tile}, halo {halo}",
    ),
    "info-onnx-deepness": QT_TRANSLATE_NOOP("Engine", "{path} carries the description that Deepness writes."),
    "info-onnx-distribution": QT_TRANSLATE_NOOP(
        "Engine", "Its outputs add up to 1: they are taken as probabilities as they are."
    ),
    "info-onnx-activation": QT_TRANSLATE_NOOP(
        "Engine", "Its outputs are scores: {activation} makes probabilities of them."
    ),
    "info-onnx-asked": QT_TRANSLATE_NOOP("Engine", "Probabilities of its outputs: {activation}, as asked."),
    "warn-onnx-shares": QT_TRANSLATE_NOOP(
        "Engine",
        "The outputs of {path} lie between 0 and 1 and do not add up to 1: each is taken as the probability of its own "
        "class. If they are scores, import it again with ACTIVATION = softmax.",
    ),
    "warn-onnx-positions": QT_TRANSLATE_NOOP(
        "Engine",
        "{path} does not name its {count} bands: the first {count} bands of an image are taken as they come. If it "
        "needs others, import it again with BANDS.",
    ),
    "info-onnx-output": QT_TRANSLATE_NOOP("Engine", "The model has several outputs: '{name}' is used."),
}
