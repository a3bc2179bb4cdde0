"""The chart of a zone: an expression of QGIS that makes an SVG of the zone's own fields.

A picture of a layout takes ``base64:`` and an SVG for its source, and evaluates an expression for it again on each page
of the atlas. A function of this plugin would be shorter, and be missing where the plugin is.

One unit of the SVG is a tenth of a millimetre on paper. QGIS draws an SVG that an expression made as a raster, as large
as the SVG says it is: hence its size in pixels, enough for print. Bars in the order of their surfaces, groups under the
classes that they unite. A whisker is drawn where the class has a level, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from qgis.PyQt.QtCore import QCoreApplication

from ...engine.areas.zonefields import ClassFields
from .expressions import column, hectares, let, number, quoted

_LONGEST = 28
"""Letters of a name."""

_LETTER = 0.6
"""Width of a letter over the size of its font, near enough: no expression measures text."""

_PIXELS_PER_MM = 12
"""300 to the inch, as layouts are exported."""

_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{pixels}" height="{lines}" viewBox="0 0 {width} {height}" '
    'font-family="sans-serif" fill="#1a1a1a">'
)

# Places of format(): numbers first, since a text may itself hold what looks like a place.
_TICK = (
    '<line x1="%1" x2="%1" y1="4" y2="%2" stroke="#dddddd" stroke-width="2"/>'
    '<text x="%1" y="%3" text-anchor="middle" font-size="23" fill="#444444">%4</text>'
)
_BAR = (
    '<rect x="%1" y="%2" width="%3" height="%4" fill="%5" stroke="#555555" stroke-width="1.5"/>'
    '<text x="%6" y="%7" font-size="%8" text-anchor="end">%9</text>'
)
_WHISKER = (
    '<path d="M%1 %3H%2M%1 %4V%5M%2 %4V%5" fill="none" stroke="#ffffff" stroke-width="9"/>'
    '<path class="whisker" d="M%1 %3H%2M%1 %4V%5M%2 %4V%5" fill="none" stroke="#000000" stroke-width="3.5"/>'
)
_FIGURE = '<text x="%1" y="%2" font-size="%3">%4</text>'
_HEADING = '<text x="%1" y="%2" font-size="%3" font-style="italic" fill="#444444">%4</text>'
_AXIS = '<line x1="%1" x2="%1" y1="4" y2="%2" stroke="#1a1a1a" stroke-width="3"/>'


def chart(classes: Sequence[ClassFields], lang: str, width: int, height: int) -> str:
    """Expression of the picture's source, for a feature of the layer.

    Args:
        lang: ``fr`` or ``en``, of names and numbers; width, height: of the picture, mm.
    """
    bars = f"array_sort(array_filter(array({', '.join(_bar(each, lang) for each in classes)}), @element[1] < 0))"
    pixels, lines = _PIXELS_PER_MM * width, _PIXELS_PER_MM * height
    width, height = 10 * width, 10 * height
    drawn = let(_measures(lang, width, height), " || ".join((_ticks(lang), _bars(), _heading(), _axis())))
    nothing = f"format({quoted(_FIGURE)}, 20, 50, 29, {quoted(escape(_tr('No surface in this zone.')))})"
    svg = let([{"bars": bars}], f"if(array_length(@bars) = 0, {nothing}, {drawn})")
    opening = quoted(_SVG.format(pixels=pixels, lines=lines, width=width, height=height))
    return f"'base64:' || to_base64({opening} || {svg} || '</svg>')"


def shortened(name: str) -> str:
    """A name that fits beside its bar."""
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"


def _bar(each: ClassFields, lang: str) -> str:
    """Group or not; minus the surface, so that the largest sorts first; name; colour; bounds, none without a level.

    Surface and bounds in hectares. In ``@bars`` these are the elements 0 to 5.
    """
    surface, low, high, level = (column(each.stem + end) for end in ("_m2", "_low", "_high", "_level"))
    bounds = ", ".join(f"if({level} > 0, {bound} / 10000, NULL)" for bound in (low, high))
    name = quoted(escape(shortened(each.name(lang))))
    return f"array({int(each.is_group)}, 0 - {surface} / 10000, {name}, {quoted(each.color)}, {bounds})"


def _measures(lang: str, width: int, height: int) -> list[dict[str, str]]:
    """Variables of the drawing, stage by stage."""
    over = "(log10(@most / 3) - floor(log10(@most / 3)))"
    gap = "if(@groups > 0 and @groups < array_length(@bars), 1, 0)"
    return [
        {
            "most": "array_max(array_foreach(@bars, max(-@element[1], coalesce(@element[5], 0))))",
            "groups": "array_length(array_filter(@bars, @element[0] = 1))",
        },
        {
            # Three ticks or a few more, at 1, 2 or 5 times a power of ten.
            "step": f"10 ^ floor(log10(@most / 3)) * case when {over} < 0.000001 then 1 "
            f"when {over} < 0.301031 then 2 when {over} < 0.698971 then 5 else 10 end",
            "figures": f"array_foreach(@bars, {_figure(lang)})",
            "gap": gap,
            "row": f"min(64, {height - 54} / (array_length(@bars) + {gap}))",
        },
        {
            "ticks": "ceil(@most / @step - 0.000001)",
            "font": "min(29, 0.76 * @row)",
            "bottom": "8 + @row * (array_length(@bars) + @gap)",
        },
        {
            "left": f"14 + {_LETTER} * @font * array_max(array_foreach(@bars, length(@element[2])))",
            "right": f"{width - 26} - {_LETTER} * @font * array_max(array_foreach(@figures, length(@element)))",
        },
        {"scale": "(@right - @left) / (@ticks * @step)"},
    ]


def _figure(lang: str) -> str:
    """A surface with its interval, to two digits of its half-width; without, as the largest of the zone needs it."""
    alone = "case when @most < 1 then 3 when @most < 100 then 2 when @most < 1000 then 1 else 0 end"
    earned = "min(4, 1 - floor(log10((@element[5] - @element[4]) / 2)))"
    ends = f"{number('@element[4]', '@digits', lang)} || '–' || {number('@element[5]', '@digits', lang)}"
    interval = f"if(@element[5] > @element[4], ' [' || {ends} || ']', '')"
    return let(
        [{"digits": f"if(@element[5] > @element[4], {earned}, {alone})"}],
        f"{hectares('-@element[1]', '@digits', lang)} || {interval}",
    )


def _ticks(lang: str) -> str:
    digits = "max(0, -floor(log10(@step) + 0.000001))"
    label = f"{number('@element * @step', digits, lang)} || if(@element = @ticks, '\u202fha', '')"
    place = "@left + @element * @step * @scale"
    tick = f"format({quoted(_TICK)}, {place}, @bottom, @bottom + 30, {label})"
    return f"array_to_string(array_foreach(generate_series(0, @ticks), {tick}), '')"


def _bars() -> str:
    """Each bar with its name, its whisker and its figure."""
    base = "@y + 0.35 * @font"
    bar = (
        f"format({quoted(_BAR)}, @left, @y - 0.33 * @row, -@bar[1] * @scale, 0.66 * @row, @bar[3], @left - 12, {base}, "
        "@font, @bar[2])"
    )
    ends = (f"@left + @bar[{end}] * @scale" for end in (4, 5))
    whisker = f"format({quoted(_WHISKER)}, {', '.join(ends)}, @y, @y - 0.2 * @row, @y + 0.2 * @row)"
    figure = f"format({quoted(_FIGURE)}, @right + 20, {base}, @font, @figures[@element])"
    drawn = let(
        [{"bar": "@bars[@element]", "y": "8 + @row * (@element + 0.5 + if(@bars[@element][0] = 1, @gap, 0))"}],
        f"{bar} || if(@bar[5] > @bar[4], {whisker}, '') || {figure}",
    )
    return f"array_to_string(array_foreach(generate_series(0, array_length(@bars) - 1), {drawn}), '')"


def _heading() -> str:
    """Over the groups: they hold surfaces that were shown already."""
    y = "8 + @row * (array_length(@bars) - @groups + 0.5) + 0.4 * @font"
    words = quoted(escape(_tr("Groups of these classes")))
    return f"if(@gap = 1, format({quoted(_HEADING)}, @left + 10, {y}, 0.9 * @font, {words}), '')"


def _axis() -> str:
    return f"format({quoted(_AXIS)}, @left, @bottom)"


def _tr(text: str) -> str:
    return QCoreApplication.translate("OcsiaLayout", text)
