"""The legend of a map as a picture: SVG, whose texts need no font of ours."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from ..nomenclature import LandCoverClass

_LINE, _BOX, _MARGIN, _TEXT = 24, 16, 12, 14
_LETTER = 8.0
"""Pixels that a letter takes at most, on average, at ``_TEXT`` pixels."""


def legend_svg(title: str, classes: Sequence[LandCoverClass], lang: str) -> str:
    """A title, then one line per class: its colour and its name."""
    names = [land_cover.name(lang) for land_cover in classes]
    longest = max(len(title) * 1.1, *(len(name) + (_BOX + 8) / _LETTER for name in names), 1)
    width, height = round(2 * _MARGIN + _LETTER * longest), 2 * _MARGIN + _LINE * (len(names) + 1)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="{_TEXT}">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="{_MARGIN}" y="{_MARGIN + _TEXT}" font-weight="bold">{escape(title)}</text>',
    ]
    for number, (land_cover, name) in enumerate(zip(classes, names), start=1):
        top = _MARGIN + number * _LINE
        lines += [
            f'<rect x="{_MARGIN}" y="{top}" width="{_BOX}" height="{_BOX}" fill="{land_cover.color}" '
            'stroke="#404040" stroke-width="0.5"/>',
            f'<text x="{_MARGIN + _BOX + 8}" y="{top + _TEXT - 1}">{escape(name)}</text>',
        ]
    return "\n".join([*lines, "</svg>", ""])
