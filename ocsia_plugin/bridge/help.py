"""Where the help of an algorithm lies: pages that come with the plugin, so that they open without a network."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QUrl

from .environment import plugin_root

_REPOSITORY = "https://github.com/ocs-ia/ocs-ia"


def help_url(name: str) -> str:
    """Address of the page of algorithm ``name`` in QGIS's language; the repository's where the page is not there."""
    language = "fr" if QgsApplication.locale().startswith("fr") else "en"
    page = plugin_root() / "docs" / "help" / language / f"{name}.html"
    return QUrl.fromLocalFile(str(page)).toString() if page.is_file() else _REPOSITORY
