"""What goes wrong with the engine's process and at the door to QGIS."""

from __future__ import annotations

from .mark import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    # -- the process itself
    "engine-missing": QT_TRANSLATE_NOOP(
        "Engine",
        "The OCS-IA engine is not installed. In QGIS: menu Plugins > OCS-IA > 'Install the engine, models…', then the "
        "button 'Install the engine'. Without a window: the algorithm 'Install the engine' (ocsia:setup), or this "
        "command in a terminal: {command}. The Python of an engine that is installed elsewhere is named on the same "
        "page, or in the variable OCSIA_ENGINE_PYTHON.",
    ),
    "engine-broken": QT_TRANSLATE_NOOP(
        "Engine",
        "The OCS-IA engine at {python} does not start ({reason}). Install it again, or name another Python in "
        "Settings > Options > OCS-IA.",
    ),
    "engine-died": QT_TRANSLATE_NOOP(
        "Engine", "The engine stopped unexpectedly (code {rc}). The last lines of its log: {log}"
    ),
    "out-of-memory": QT_TRANSLATE_NOOP(
        "Engine", "Memory ran out. Close other programs, or choose a smaller tile in the advanced parameters."
    ),
    "internal": QT_TRANSLATE_NOOP(
        "Engine", "Something unexpected happened in the engine: {reason}. The log has the details; please report it."
    ),
    # -- between QGIS and the engine
    "info-cancelled": QT_TRANSLATE_NOOP("Engine", "Cancelled: no file was written or replaced."),
    "info-cancelled-dalles": QT_TRANSLATE_NOOP(
        "Engine", "Cancelled. What is finished stays: run again with the same parameters to go on from there."
    ),
    "layer-not-file": QT_TRANSLATE_NOOP(
        "Engine",
        "The layer '{layer}' ({provider}) is not a file on this machine, which is needed here: "
        "export the layer first (right click > Export > Save As), then choose the file.",
    ),
    "warn-other-crs": QT_TRANSLATE_NOOP(
        "Engine",
        "In QGIS the layer '{layer}' was given the CRS {told}, but its file says {crs}: the file is what counts here. "
        "If the file is wrong, assign it the right CRS (Raster > Projections > Assign projection), then run again.",
    ),
    "vector-transform": QT_TRANSLATE_NOOP(
        "Engine",
        "Feature {fid} of the layer '{layer}' cannot be transformed to {crs} ({reason}). Check the layer's CRS.",
    ),
    "engine-python-missing": QT_TRANSLATE_NOOP(
        "Engine",
        "The OCS-IA engine is not installed: the Python named for it, {python}, does not exist. Correct it in "
        "Settings > Options > OCS-IA (or in the variable OCSIA_ENGINE_PYTHON), or clear it and install the engine with "
        "this command in a terminal: {command}",
    ),
    "warn-geometry-repaired": QT_TRANSLATE_NOOP(
        "Engine",
        "{count} geometries of the layer '{layer}' were invalid and have been repaired for this run (first: feature "
        "{fid}, {reason}). Check them if their exact outline matters.",
    ),
}
