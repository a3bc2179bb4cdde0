"""Web services as sources, and the windows that the side which asks lays down for the engine."""

from __future__ import annotations

from .mark import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    # -- information
    "info-service": QT_TRANSLATE_NOOP(
        "Engine",
        "'{layer}' from {host}: {count} image(s) of {size} x {size} pixels of {gsd} m to fetch, about {megabytes} MB; "
        "{here} more are on this machine already.",
    ),
    "info-service-tiles": QT_TRANSLATE_NOOP("Engine", "'{layer}': made from tiles whose pixels measure {ground} m"),
    "info-attribution": QT_TRANSLATE_NOOP("Engine", "Source of '{layer}': {attribution}"),
    "info-spool-file": QT_TRANSLATE_NOOP(
        "Engine", "'{layer}' has a format that QGIS reads and the engine does not: it is handed over in {count} parts."
    ),
    "warn-service-coarse": QT_TRANSLATE_NOOP(
        "Engine",
        "The finest images of '{layer}' have pixels of {ground} m, coarser than the {gsd} m wanted: they are enlarged. "
        "Expect a poorer result.",
    ),
    # -- refusals
    "layer-not-source": QT_TRANSLATE_NOOP(
        "Engine",
        "The layer '{layer}' ({provider}) is neither a file on this machine nor a WMS, WMTS or XYZ service. Export it "
        "first (right click > Export > Save As), then choose the file.",
    ),
    "service-no-area": QT_TRANSLATE_NOOP(
        "Engine",
        "The layer '{layer}' is a web service, which covers more than can be fetched. Choose a mask or an extent (the "
        "extent of the map canvas, for example): only what it needs is fetched.",
    ),
    "service-crs": QT_TRANSLATE_NOOP(
        "Engine",
        "The layer '{layer}' is in {crs}, and nothing says in which CRS in metres the result should be. Choose a mask "
        "or an extent in such a CRS, for example EPSG:2154 in metropolitan France.",
    ),
    "service-area-transform": QT_TRANSLATE_NOOP(
        "Engine", "The area asked for cannot be transformed to {crs} ({reason}). Choose a mask or an extent that can."
    ),
    "service-too-large": QT_TRANSLATE_NOOP(
        "Engine",
        "The area asked for takes more images of '{layer}' than the {limit} that may be fetched in one run. "
        "Choose a smaller area, or download the image files themselves (BD ORTHO) and use them.",
    ),
    "service-layer": QT_TRANSLATE_NOOP(
        "Engine",
        "The layer '{layer}' cannot be asked for at {host}: the service does not offer it as it is set up in QGIS "
        "({reason}). Add the layer to the project again.",
    ),
    "service-no-heights": QT_TRANSLATE_NOOP(
        "Engine",
        "{host} offers no heights in metres for the layer '{layer}', only pictures of them ({formats}). Use a WMS that "
        "answers with image/x-bil;bits=32 or 32-bit GeoTIFF, as the Géoplateforme does, or a file.",
    ),
    "service-network": QT_TRANSLATE_NOOP(
        "Engine",
        "{host} (layer '{layer}') cannot be reached or does not answer in time ({reason}). Check the network and the "
        "proxy, then run again: what was fetched is kept.",
    ),
    "service-authentication": QT_TRANSLATE_NOOP(
        "Engine",
        "The authentication '{config}' of the layer '{layer}' cannot be used for {host}: QGIS does not have it, or its "
        "passwords are locked. Choose one in the layer's connection and give QGIS its master password (for "
        "qgis_process: the variable QGIS_AUTH_PASSWORD_FILE), then run again.",
    ),
    "service-http": QT_TRANSLATE_NOOP(
        "Engine",
        "{host} does not deliver the layer '{layer}': it answers {status} ({said}). Check the layer in QGIS, or try "
        "again later: what was fetched is kept.",
    ),
    "service-exception": QT_TRANSLATE_NOOP(
        "Engine",
        "{host} refuses to deliver the layer '{layer}': {said} – Check the layer in QGIS, then run again: what was "
        "fetched is kept.",
    ),
    "service-size": QT_TRANSLATE_NOOP(
        "Engine",
        "{host} answers for the layer '{layer}' with an image of {found} pixels where {wanted} were asked for. It "
        "cannot be used; tell whoever runs the service.",
    ),
    "service-unusable": QT_TRANSLATE_NOOP(
        "Engine",
        "What {host} answers for the layer '{layer}' cannot be used ({kind}: {reason}). Check the layer in QGIS, or "
        "try again later: what was fetched is kept.",
    ),
    "spool-abandoned": QT_TRANSLATE_NOOP(
        "Engine", "The images of {path} no longer come. Run again: what was fetched is kept."
    ),
    "spool-not-writable": QT_TRANSLATE_NOOP(
        "Engine",
        "Fetched images cannot be kept in {folder} ({reason}). Make room there, or name another folder in the variable "
        "OCSIA_CACHE.",
    ),
    # -- inside other sentences
    "why-service-silent": QT_TRANSLATE_NOOP("Engine", "without saying why"),
    "why-no-tile": QT_TRANSLATE_NOOP("Engine", "it has none of the tiles asked for"),
}
