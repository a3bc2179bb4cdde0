"""HTML pages in a window, to take their picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QPoint, Qt, QUrl
from qgis.PyQt.QtWebKitWidgets import QWebView

_WIDTH = 900
_ABOVE = 20
"""Pixels that are seen above a heading."""


def open_page(file: Path, height: int) -> tuple[QWebView, list[bool]]:
    """A page in a window of its own, and a list that is filled when it has been loaded."""
    view = QWebView()
    loaded: list[bool] = []
    view.loadFinished.connect(loaded.append)
    view.resize(_WIDTH, height)
    view.load(QUrl.fromLocalFile(str(file)))
    view.show()
    return view, loaded


def scroll_to(view: Any, title: str) -> None:
    """Bring a heading to the top. Raises: LookupError: the page has none of that text."""
    frame = view.page().mainFrame()
    frame.setScrollBarPolicy(Qt.Orientation.Vertical, Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    headings = frame.findAllElements("h1, h2, h3, figcaption").toList()
    heading = next((h for h in headings if h.toPlainText().strip() == title), None)
    if heading is None:
        raise LookupError(f"no heading {title!r} in {[h.toPlainText() for h in headings]}")
    frame.setScrollPosition(QPoint(0, heading.geometry().top() - _ABOVE))
