"""Print layouts of surfaces."""

from __future__ import annotations

from .mark import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "layout-no-layer": QT_TRANSLATE_NOOP(
        "Engine",
        "No layer is selected. Select in the layer tree the zones that 'Surfaces by zone' wrote, then ask for the "
        "layout again.",
    ),
    "layout-not-surfaces": QT_TRANSLATE_NOOP(
        "Engine",
        "The layer '{layer}' holds no surfaces by zone. Select the layer of zones that 'Surfaces by zone' wrote (its "
        "fields end in _m2, _low, _high and _level), or run that algorithm first.",
    ),
    "layout-no-zone": QT_TRANSLATE_NOOP(
        "Engine",
        "The layer '{layer}' shows no zone, so that the layout would have no page. Clear its filter, or select another "
        "layer.",
    ),
    "info-layout": QT_TRANSLATE_NOOP("Engine", "{count} page(s) written to {path}"),
    "layout-not-written": QT_TRANSLATE_NOOP(
        "Engine",
        "The layout could not be written to {path}: {reason}. Close the file where it is open, or choose another name.",
    ),
}
