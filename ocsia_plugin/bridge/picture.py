"""An SVG picture as a PNG, drawn by Qt, which has the fonts that the engine has not."""

from __future__ import annotations

import os

from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QImage, QPainter
from qgis.PyQt.QtSvg import QSvgRenderer

from .messages import refusal

_SCALE = 2
"""Dots per pixel of the drawing, so that it prints well."""


def png_of_svg(svg: str, png: str) -> None:
    """Draw the file ``svg`` into the file ``png``, which appears when it is complete.

    Raises:
        QgsProcessingException: ``output-not-writable``.
    """
    renderer = QSvgRenderer(svg)
    size = renderer.defaultSize() * _SCALE
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    unfinished = f"{png}.part"
    try:
        if not image.save(unfinished, "PNG"):
            raise refusal("output-not-writable", path=png, reason="Qt")
        os.replace(unfinished, png)
    finally:
        if os.path.exists(unfinished):
            os.remove(unfinished)
