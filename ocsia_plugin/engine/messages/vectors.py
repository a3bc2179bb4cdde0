"""Polygons: smallest surfaces and simplified outlines."""

from __future__ import annotations

from .mark import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "min-areas-syntax": QT_TRANSLATE_NOOP(
        "Engine",
        "The smallest surfaces '{text}' cannot be read: {reason}. Write classes and square metres as: 1=50; 6=100",
    ),
    "classes-syntax": QT_TRANSLATE_NOOP(
        "Engine", "The classes '{text}' cannot be read: {reason}. Write codes or keys as: 1; 6. There are: {known}."
    ),
    "warn-classes-absent": QT_TRANSLATE_NOOP(
        "Engine", "The raster has no pixel of the classes that were asked for ({text}): the layer has no polygon."
    ),
    "why-not-a-surface": QT_TRANSLATE_NOOP("Engine", "'{text}' is not a surface in m²"),
    "simplify-range": QT_TRANSLATE_NOOP(
        "Engine",
        "A simplification of {value} m makes no sense for pixels of {gsd} m: choose 0 (none) or at most {high} m.",
    ),
    "info-simplified": QT_TRANSLATE_NOOP(
        "Engine",
        "Outlines simplified at {tolerance} m: surfaces changed by {worst} % at most (class '{name}'), by {mean} % on "
        "average over the surface. By class: {changes}",
    ),
    "warn-simplified": QT_TRANSLATE_NOOP(
        "Engine",
        "Simplifying at {tolerance} m changed the surface of some classes by more than {limit} %: {changes}. Choose a "
        "smaller value, or a larger smallest surface.",
    ),
    "why-changed": QT_TRANSLATE_NOOP("Engine", "{name} {change} %"),
    "info-simplify-nothing": QT_TRANSLATE_NOOP(
        "Engine",
        "Simplifying at {tolerance} m cannot smooth the steps of pixels of {gsd} m: that takes at least {low} m.",
    ),
}
