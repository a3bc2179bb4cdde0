"""Delivering probabilities in another nomenclature than the one they were made in."""

from __future__ import annotations

from typing import Optional

from ..events import Events
from ..mappings import Conversion, conversion
from .classes import Legend


def delivered(legend: Legend, nomenclature: str, lang: str, events: Events) -> tuple[Legend, Optional[Conversion]]:
    """The legend of what is written, and what makes it of the bands of ``legend``; None: they are written as they are.

    Args:
        nomenclature: id of the nomenclature that is wanted; empty: that of ``legend``.

    Raises:
        OcsiaError: ``nomenclature-missing``, ``mapping-none``, ``mapping-splits``, ``mapping-lacks``.
    """
    source = legend.nomenclature
    made = conversion(source, [c.code for c in legend.classes], nomenclature, lang)
    if made is None:
        return legend, None
    target = made.mapping.target
    events.info("info-delivered", source=source.title(lang), target=target.title(lang))
    if made.dropped:
        names = ", ".join(source.by_code(code).name(lang) for code in made.dropped)
        events.info("info-ignored", target=target.title(lang), names=names)
    before = {"before": legend.mapping} if legend.mapping else {}
    return Legend(target, made.classes, made.to_json() | before), made
