"""OCS GE cover."""

from __future__ import annotations

from .mark import QT_TRANSLATE_NOOP

MESSAGES: dict[str, str] = {
    "ocsge-nomenclature": QT_TRANSLATE_NOOP(
        "Engine",
        "OCS GE is made from the classes of NAF or CoSIA ({known}), and this raster has those of {nomenclature}. "
        "Deliver the prediction in one of them (parameter 'Nomenclature of the results' of 'Predict land cover' or "
        "'Most probable class').",
    ),
    "ocsge-areas": QT_TRANSLATE_NOOP(
        "Engine",
        "The smallest surfaces {built}, {dense} and {elsewhere} m² do not ascend from built areas over constructed "
        "zones to elsewhere. Give them in this order, each from 0 m².",
    ),
    "ocsge-density": QT_TRANSLATE_NOOP(
        "Engine", "A density of buildings of {value} % makes no sense: choose one over 0 and up to 100 %."
    ),
    "ocsge-no-code": QT_TRANSLATE_NOOP(
        "Engine",
        "The polygons of {path} have no field '{name}' with the codes of OCS GE's cover. Name the field that has them "
        "(they have: {fields}).",
    ),
    "ocsge-bad-codes": QT_TRANSLATE_NOOP(
        "Engine",
        "No value of the field '{name}' is a code of OCS GE's cover such as CS1.1.1.1 (found: {found}). Name another "
        "field.",
    ),
    "ocsge-outside": QT_TRANSLATE_NOOP(
        "Engine", "No polygon of {path} meets the raster. Check that both are of the same place."
    ),
    "ocsge-overlay-field": QT_TRANSLATE_NOOP(
        "Engine",
        "The polygons of {path} have no field '{name}', by which {source} says what they are (they have: {fields}). "
        "Give a layer of {source} as IGN publishes it, or rename the field.",
    ),
    "ocsge-overlay-empty": QT_TRANSLATE_NOOP(
        "Engine",
        "The layer of the RPG or of BD TOPO has no polygon on the raster. Check that both are of the same place.",
    ),
    "warn-ocsge-silent": QT_TRANSLATE_NOOP(
        "Engine",
        "No polygon of {path} says anything about the cover that {source} may decide (field '{name}': {values}): it "
        "changes nothing.",
    ),
    "info-ocsge-overlay": QT_TRANSLATE_NOOP(
        "Engine", "{source}: {count} polygons on the raster say something about the cover; they decide {area} m²"
    ),
    "info-ocsge-zones": QT_TRANSLATE_NOOP("Engine", "Constructed zones: {share} % of the raster ({origin})"),
    "why-zones-given": QT_TRANSLATE_NOOP("Engine", "the polygons that were given"),
    "why-zones-derived": QT_TRANSLATE_NOOP(
        "Engine", "where buildings cover at least {density} % of the 100 m x 100 m around"
    ),
    "info-ocsge-regions": QT_TRANSLATE_NOOP(
        "Engine",
        "{regions} regions become {polygons} polygons; {kept} pieces of road under the smallest surface are kept",
    ),
    "info-ocsge-agreement": QT_TRANSLATE_NOOP(
        "Engine", "{count} polygons of the OCS GE lie on the raster; {share} % of their surface is of their class"
    ),
    "info-ocsge-detail": QT_TRANSLATE_NOOP("Engine", "{count} parts of another class than their polygon, {area} m²"),
    "info-ocsge-limits": QT_TRANSLATE_NOOP(
        "Engine",
        "This is the cover alone: usage and artificialisation need other sources. Where neither the RPG nor BD TOPO "
        "decides, trees, shrubs and herbaceous classes are told apart by stated rules.",
    ),
    "warn-ocsge-codes": QT_TRANSLATE_NOOP(
        "Engine", "{count} polygon(s) have a code that is none of OCS GE's cover ({found}); they keep it."
    ),
}
