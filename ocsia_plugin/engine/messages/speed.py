"""Memory and speed of inference."""

from __future__ import annotations

from .mark import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "warn-memory": QT_TRANSLATE_NOOP(
        "Engine",
        "Memory did not suffice for this tile: the work goes on with tiles that deliver {tile} pixels, more slowly.",
    ),
    "warn-memory-batch": QT_TRANSLATE_NOOP(
        "Engine",
        "Memory did not suffice for so many tiles at once: the work goes on with {count} at once, more slowly.",
    ),
    "info-overhead": QT_TRANSLATE_NOOP(
        "Engine", "The halo makes the model compute {factor} times the pixels of the result."
    ),
    "halo-fixed": QT_TRANSLATE_NOOP(
        "Engine",
        "The model {model} takes images of {tile} pixels only, as it was trained: its halo is not measured. Choose a "
        "fully convolutional model.",
    ),
    "halo-not-yours": QT_TRANSLATE_NOOP(
        "Engine",
        "{model} is not an imported model: its card is not changed. Import the model first (importmodel), or measure "
        "without writing.",
    ),
    "info-halo": QT_TRANSLATE_NOOP(
        "Engine",
        "Halo {halo}: {agreement} % of the classes, probabilities within {difference}/255; {factor} times the pixels "
        "in {seconds} s on squares of 512, {large} times on {width} x {height}",
    ),
    "info-halo-chosen": QT_TRANSLATE_NOOP(
        "Engine",
        "Smallest halo from which on {percent} % of the classes are those of endless context: {halo} (the card says "
        "{card})",
    ),
    "info-halo-written": QT_TRANSLATE_NOOP("Engine", "The card {path} now says a halo of {halo} pixels."),
    "warn-halo-none": QT_TRANSLATE_NOOP(
        "Engine", "No halo up to {widest} pixels gives {percent} % of the classes: the card stays as it is."
    ),
}
