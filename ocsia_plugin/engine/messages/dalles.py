"""A territory by dalles."""

from __future__ import annotations

from .mark import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "dalles-grid": QT_TRANSLATE_NOOP(
        "Engine", "Dalles of {value} km are not foreseen. Choose a side (GRID) of {known} km."
    ),
    "dalles-naming": QT_TRANSLATE_NOOP(
        "Engine",
        "The template '{text}' makes no file names. Use letters, digits, - _ and ., and the fields department, year, "
        "x, y and product between braces; x, y and product are needed.",
    ),
    "dalles-gsd": QT_TRANSLATE_NOOP(
        "Engine",
        "Pixels of {gsd} m do not fill a kilometre exactly, so that dalles would not meet. Choose a resolution that "
        "does, such as 0.2, 0.25 or 0.5 m.",
    ),
    "dalles-other": QT_TRANSLATE_NOOP(
        "Engine",
        "The folder {folder} holds the dalles of another job (different: {what}). Choose another folder, or give the "
        "same parameters to go on with that job.",
    ),
    "dalles-running": QT_TRANSLATE_NOOP(
        "Engine", "Another run is at work in {folder}. Wait until it has ended, or cancel it."
    ),
    "dalles-no-dask": QT_TRANSLATE_NOOP(
        "Engine",
        "Several processes need Dask distributed, which this engine does not have. Install its extra 'scale' "
        "(pip install ocsia[scale]), or leave LOCAL and SCHEDULER as they are by default.",
    ),
    "dalles-no-scheduler": QT_TRANSLATE_NOOP(
        "Engine",
        "The Dask scheduler at {address} cannot be reached ({reason}). Start it (dask scheduler), check its address, "
        "then run again: what is done is not done twice.",
    ),
    "why-products": QT_TRANSLATE_NOOP("Engine", "products are some of: {known}"),
    "info-dalles": QT_TRANSLATE_NOOP(
        "Engine", "{count} dalle(s) of {side} km, {done} of them there already, in {folder}"
    ),
    "info-dalle-done": QT_TRANSLATE_NOOP("Engine", "Dalle {name}: done ({done} of {count})."),
    "info-dalle-empty": QT_TRANSLATE_NOOP("Engine", "Dalle {name}: no data, no file ({done} of {count})."),
}
