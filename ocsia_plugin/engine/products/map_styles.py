"""QGIS styles of pictures, changes, neighbourhoods and candidates; ``qml`` has those of predictions."""

from __future__ import annotations

from .qml import _raster_style, _text


def picture_qml() -> str:
    """Style of a picture: its own red, green and blue, without any stretch."""
    root, _ = _raster_style("multibandcolor", redBand="1", greenBand="2", blueBand="3")
    return _text(root)
