"""What the fields of zones are called in forms and attribute tables: the fields themselves have short names for all."""

from __future__ import annotations

from collections.abc import Iterable

from .zonefields import ClassFields

_OF_A_CLASS = {
    "m2": ("{} (m²)", "{} (m²)"),
    "pct": ("{} (%)", "{} (%)"),
    "low": ("{}, borne basse (m²)", "{}, lower bound (m²)"),
    "high": ("{}, borne haute (m²)", "{}, upper bound (m²)"),
    "level": ("{}, niveau (%)", "{}, level (%)"),
    "before_m2": ("{}, avant (m²)", "{}, before (m²)"),
    "after_m2": ("{}, après (m²)", "{}, after (m²)"),
    "gain_m2": ("{}, gain (m²)", "{}, gain (m²)"),
    "loss_m2": ("{}, perte (m²)", "{}, loss (m²)"),
    "net_m2": ("{}, solde (m²)", "{}, net (m²)"),
}
_OF_A_ZONE = {
    "nodata_m2": ("Sans données (m²)", "No data (m²)"),
    "zone_m2": ("Surface de la zone (m²)", "Surface of the zone (m²)"),
    "zone_planar_m2": ("Surface de la zone dans le plan (m²)", "Surface of the zone in the plane (m²)"),
    "changed_m2": ("Changé (m²)", "Changed (m²)"),
    "changed_pct": ("Changé (%)", "Changed (%)"),
    "changed_weighted_m2": ("Changé, pondéré par la confiance (m²)", "Changed, weighted by confidence (m²)"),
    "flicker_m2": ("Papillotement (m²)", "Flicker (m²)"),
    "compared_m2": ("Comparé (m²)", "Compared (m²)"),
    "method": ("Méthode", "Method"),
    "assumption": ("Hypothèse", "Assumption"),
    "summary": ("Résumé", "Summary"),
}


def field_titles(fields: Iterable[str], classes: Iterable[ClassFields], lang: str) -> dict[str, str]:
    """A title by field; none for those that the zones came with.

    Args:
        fields: of the zones, as ``tables`` and ``flowtables`` make them.
        classes: that have fields of their own among them.
    """
    language = 0 if lang == "fr" else 1
    known = {name: words[language] for name, words in _OF_A_ZONE.items()}
    for each in classes:
        for suffix, words in _OF_A_CLASS.items():
            known[f"{each.stem}_{suffix}"] = words[language].format(each.name(lang))
    return {field: known[field] for field in fields if field in known}
