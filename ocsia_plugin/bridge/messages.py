"""The engine's codes, as sentences in the user's language."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsApplication, QgsProcessingException
from qgis.PyQt.QtCore import QCoreApplication, QLocale

from ..engine.messages import MESSAGES
from ..engine.messages import sentence as filled

LOG_TAG = "OCS-IA"
"""Tab of QGIS's log panel."""


def language() -> str:
    """The language of the names inside the products: ``en`` where QGIS speaks English, else ``fr``.

    The nomenclatures are French. A server without a locale (``C``) keeps their own names.
    """
    return "en" if QgsApplication.locale().lower().startswith("en") else "fr"


def sentence(code: str, params: dict[str, Any] | None = None) -> str:
    """The sentence of a code of ``engine.messages.MESSAGES``, translated and filled in.

    It never fails: a message about a failure that fails itself would hide the reason. An unknown code (an engine newer
    than the plugin) is shown as it came, and a translation with a wrong placeholder gives way to the English text.
    """
    params = params or {}
    if code not in MESSAGES:
        return f"{code} {params}" if params else code
    for translate in (_translated, str):
        try:
            return filled(code, params, translate, _written)
        except (KeyError, IndexError, ValueError):
            continue
    return f"{MESSAGES[code]} {params}"


def _written(value: float) -> str:
    locale = QLocale(QgsApplication.locale())
    return locale.toString(value, "g", 10) if isinstance(value, float) else locale.toString(value)


def _translated(english: str) -> str:
    return QCoreApplication.translate("Engine", english)


def refusal(code: str, **params: Any) -> QgsProcessingException:
    """What an algorithm raises to stop with the sentence of ``code``, which it keeps as its attribute ``code``."""
    error = QgsProcessingException(sentence(code, params))
    error.code = code
    return error
