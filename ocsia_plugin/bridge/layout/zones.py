"""A layer of zones with their surfaces, as ``ocsia:surfaces`` makes it, read by what lies in its metadata."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Optional

from qgis.core import QgsMapLayer, QgsVectorLayer

from ...engine.areas.zonefields import NAME_FIELDS, ClassFields, recognised_fields, tagged_fields
from ...engine.products.origin import origin_tags
from ..looks import layer_tags
from ..messages import refusal
from .expressions import column

_ENDS = ("_m2", "_low", "_high", "_level")
_ZONE_FIELDS = frozenset(("zone_m2", "nodata_m2", "method"))


@dataclass(frozen=True)
class SurfaceZones:
    """Attributes: classes: those whose fields the layer still has; origin: tags of the raster that they were measured
    on; None: a copy that does not know it."""

    layer: QgsVectorLayer
    classes: tuple[ClassFields, ...]
    origin: Optional[Mapping[str, str]]

    @property
    def name(self) -> str:
        """Expression of a zone's name."""
        by_lower = {name.lower(): name for name in reversed(self.layer.fields().names())}
        found = next((by_lower[name] for name in NAME_FIELDS if name in by_lower), None)
        return f"coalesce(to_string({column(found)}), to_string($id))" if found else "to_string($id)"

    def has(self, field: str) -> bool:
        """Whether the layer has a field."""
        return self.layer.fields().indexOf(field) >= 0


def surface_zones(layer: Optional[QgsMapLayer]) -> SurfaceZones:
    """What the layer holds.

    Raises:
        QgsProcessingException: ``layout-no-layer``, ``layout-not-surfaces``, ``layout-no-zone``.
    """
    if layer is None:
        raise refusal("layout-no-layer")
    if not holds_surfaces(layer):
        raise refusal("layout-not-surfaces", layer=layer.name())
    if layer.featureCount() == 0:
        raise refusal("layout-no-zone", layer=layer.name())
    names = layer.fields().names()
    tags = layer_tags(layer)
    tagged = tagged_fields(tags)
    classes = tuple(c for c in tagged or recognised_fields(names) if _fields(c.stem) <= set(names))
    return SurfaceZones(layer, classes, origin_tags(tags) if tagged else None)


def holds_surfaces(layer: QgsMapLayer) -> bool:
    """Whether a layer has the fields of surfaces; neither its name nor where it lies matter."""
    if not isinstance(layer, QgsVectorLayer) or not layer.isValid():
        return False
    names = set(layer.fields().names())
    stems = (name[: -len("_level")] for name in names if name.endswith("_level"))
    return names >= _ZONE_FIELDS and any(_fields(stem) <= names for stem in stems)


def _fields(stem: str) -> set[str]:
    return {stem + end for end in _ENDS}
