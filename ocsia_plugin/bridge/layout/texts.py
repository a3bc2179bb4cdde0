"""What a page says: texts with expressions in them, evaluated for the zone of the page."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication

from ...engine.products.origin import DATE, NOTICE, credited
from .expressions import NARROW, column, let, number, quoted
from .zones import SurfaceZones


def title(zones: SurfaceZones, longest: int) -> str:
    """The zone's name, in one line of so many letters."""
    cut = f"trim(left(@name, {longest - 1})) || '…'"
    return _evaluated(let([{"name": zones.name}], f"if(length(@name) > {longest}, {cut}, @name)"))


def subtitle(zones: SurfaceZones, lang: str) -> str:
    """What the page is about, and how large the zone is."""
    zone, nothing = (f"coalesce({column(name)}, 0) / 10000" for name in ("zone_m2", "nodata_m2"))
    size = f"{number(zone, '2', lang)} || '{NARROW}ha'"
    without = f"if({nothing} >= 0.005, {quoted(_tr(', of which without data: '))} || {number(nothing, '2', lang)}"
    without += f" || '{NARROW}ha', '')"
    heading = _tr("Surfaces of the land-cover classes – zone of ")
    return heading + _evaluated(f"{size} || {without}")


def whiskers(zones: SurfaceZones, lang: str) -> str:
    """Which level the whiskers have; that there is none, where there is none. Nothing of a zone without surfaces."""
    shown = ", ".join(f"array({column(c.stem + '_m2')}, {column(c.stem + '_level')})" for c in zones.classes)
    level = f"replace(to_string(round(@element[1], 1)), '.', '{',' if lang == 'fr' else '.'}') || '{_percent(lang)}'"
    words = _tr("Black lines: interval of {levels}.")
    before, after = (quoted(part) for part in words.split("{levels}"))
    earned = f"{before} || array_to_string(array_distinct(array_foreach(@earned, {level})), ', ') || {after}"
    others = f"if(array_length(@earned) < array_length(@shown), {quoted(' ' + _tr('Without a line: no level.'))}, '')"
    none = quoted(_tr("No level of confidence was earned: no interval is drawn."))
    variables = [
        {"shown": f"array_filter(array({shown}), @element[0] > 0)"},
        {"earned": "array_filter(@shown, @element[1] > 0)"},
    ]
    some = f"if(array_length(@earned) > 0, {earned} || {others}, {none})"
    return _evaluated(let(variables, f"if(array_length(@shown) = 0, '', {some})"))


def method(zones: SurfaceZones, lang: str) -> str:
    """Which method made the surfaces and what it assumes, as the layer says it."""
    words = _tr("Method: {method}.")
    text = words.replace("{method}", _evaluated(f"coalesce({column('method')}, '–')"))
    if zones.has("assumption"):
        field = column("assumption")
        sentence = f"{quoted(' ' + _tr('Scope and limits: '))} || {field} || '.'"
        text += _evaluated(f"if(length({field}) > 0, {sentence}, '')")
    return text


def notice(zones: SurfaceZones) -> str:
    """The mark of a model for learning; empty: it has none."""
    return _said((zones.origin or {}).get(NOTICE, ""))


def sources(zones: SurfaceZones) -> str:
    """Date of the photo, whom to name, under which licence; of a copy that lost them, what its metadata says."""
    origin = zones.origin
    if origin is None:
        said = [zones.layer.metadata().abstract()]
    else:
        said = [_tr("Photo: {date}").format(date=origin[DATE]) if origin.get(DATE) else "", *credited(origin)]
    return _tr("Sources: {sources}").format(sources=_said(" · ".join(filter(None, (*said, _tr("made with OCS-IA"))))))


def page_number() -> str:
    """Page and number of pages."""
    return _evaluated("@atlas_featurenumber || ' / ' || @atlas_totalfeatures")


def _evaluated(expression: str) -> str:
    return f"[% {expression} %]"


def _said(text: str) -> str:
    """What a file says, as it says it: nothing in it is evaluated."""
    return text.replace("[%", "[ %")


def _percent(lang: str) -> str:
    return f"{NARROW}%" if lang == "fr" else "%"


def _tr(text: str) -> str:
    return QCoreApplication.translate("OcsiaLayout", text)
