"""Memory and speed of inference."""

from __future__ import annotations

from .mark import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "warn-memory": QT_TRANSLATE_NOOP(
        "Engine",
        "Memory did not suffice for this tile: the work goes on with tiles that deliver {tile} pixels, more slowly.",
    ),
    "info-overhead": QT_TRANSLATE_NOOP(
        "Engine", "The halo makes the model compute {factor} times the pixels of the result."
    ),
}
