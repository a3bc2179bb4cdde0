"""Pieces of QGIS expressions. They hold to the functions that QGIS 3.22 has."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.core import QgsExpression

NARROW = "\u202f"
"""Between a number and its unit, and between thousands."""


def column(name: str) -> str:
    """A field."""
    return QgsExpression.quotedColumnRef(name)


def quoted(text: str) -> str:
    """A text."""
    return QgsExpression.quotedString(text)


def let(variables: Mapping[str, str], body: str) -> str:
    """``body`` with variables, each of which may be made of those before it."""
    opened = "".join(f"with_variable({quoted(name)}, {value}, " for name, value in variables.items())
    return opened + body + ")" * len(variables)


def number(value: str, digits: str, lang: str) -> str:
    """A number as readers of ``lang`` write it; negative digits round to tens, hundreds."""
    written = f"format_number(round({value}, {digits}), max(0, {digits}), '{lang}')"
    # Whatever Qt's version puts between thousands.
    return f"replace({written}, '\u00a0', '{NARROW}')"


def hectares(value: str, digits: str, lang: str) -> str:
    """A surface in hectares; what rounds to nothing is less than the least that is shown. Escaped for XML."""
    least = f"10 ^ -({digits})"
    less = f"'&lt;{NARROW}' || {number(least, digits, lang)}"
    return f"if({value} < {least} / 2, {less}, {number(value, digits, lang)}) || '{NARROW}ha'"
