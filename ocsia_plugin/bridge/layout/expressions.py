"""Pieces of QGIS expressions. They hold to the functions that QGIS 3.22 has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qgis.core import QgsExpression

NARROW = "\u202f"
"""Between a number and its unit, and between thousands."""

_VARIABLE = re.compile(r"@(\w+)")


def column(name: str) -> str:
    """A field."""
    return QgsExpression.quotedColumnRef(name)


def quoted(text: str) -> str:
    """A text."""
    return QgsExpression.quotedString(text)


def let(stages: Sequence[Mapping[str, str]], body: str) -> str:
    """``body`` with variables, each of which may be made of those of the stages before its own.

    QGIS prepares what is inside a ``with_variable`` twice, so that each one in another doubles the work: the variables
    of a stage, which do not need each other, lie in one map.
    """
    opened, places = "", {}
    for stage in stages:
        values = ", ".join(f"{quoted(name)}, {_placed(value, places)}" for name, value in stage.items())
        variable = "_".join(stage)
        opened += f"with_variable({quoted(variable)}, map({values}), "
        places.update({name: f"@{variable}[{quoted(name)}]" for name in stage})
    return opened + _placed(body, places) + ")" * len(stages)


def _placed(expression: str, places: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda found: places.get(found[1], found[0]), expression)


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
