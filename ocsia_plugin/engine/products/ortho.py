"""The ortho-image that models see, as a product: one byte per band, R, V, B, I, E."""

from __future__ import annotations

from collections.abc import Sequence

from rasterio.enums import ColorInterp
from rasterio.io import DatasetWriter

from . import qml
from .rasters import RasterKind

_NAMES = {
    "R": ("Rouge", "Red"),
    "V": ("Vert", "Green"),
    "B": ("Bleu", "Blue"),
    "I": ("Proche infrarouge", "Near infrared"),
    "E": ("Hauteur", "Height"),
}
_COLOURS = {"R": ColorInterp.red, "V": ColorInterp.green, "B": ColorInterp.blue}


def ortho_raster(roles: Sequence[str], lang: str) -> RasterKind:
    """Bands in the order of ``roles``; no data by mask. E is ``clip(5 h, 0, 255)``, h in metres."""

    def describe(dataset: DatasetWriter) -> None:
        dataset.colorinterp = [_COLOURS.get(role, ColorInterp.undefined) for role in roles]
        for band, role in enumerate(roles, start=1):
            dataset.set_band_description(band, _NAMES[role][0 if lang == "fr" else 1])
        if "E" in roles:
            dataset.update_tags(roles.index("E") + 1, OCSIA_E="clip(5 h, 0, 255), h in metres above ground")

    return RasterKind("ortho", len(roles), None, "AVERAGE", describe, lambda: qml.ortho_qml(roles))
