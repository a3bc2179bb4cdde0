"""What a run will take, and what one tile of it gives, before it is asked for: from layers and cards alone."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsPointXY,
    QgsProcessingContext,
    QgsRasterLayer,
    QgsRectangle,
    QgsReferencedRectangle,
)

from ..bridge.ground import mask_area
from ..bridge.layers import Raster, file_crs
from ..bridge.messages import refusal
from ..bridge.spool.crs import has_square_metres
from ..engine.errors import OcsiaError
from ..engine.grid import BLOCK
from ..engine.jobs import BUNDLED_MODEL
from ..engine.models.card import ModelCard
from ..engine.models.catalogue import find_model
from ..engine.pace import Needs, needs
from ..engine.products.sizes import run_bytes
from ..engine.runtime.devices import likely_devices
from .base import Parameters
from .ortho import OrthoAlgorithm

PREVIEW_PIXELS = 2 * BLOCK
"""Side of a preview: some streets at 20 cm, and enough for the pace that it leaves behind."""


class ForecastAlgorithm(OrthoAlgorithm):
    """An algorithm whose dialog can say what a run will take. Everything here is for the main thread."""

    MODEL = "MODEL"
    DEVICE = "DEVICE"

    def products(self, parameters: Parameters, context: QgsProcessingContext) -> list[str]:
        """The rasters that are asked for, as ``engine.products.sizes`` calls them."""
        raise NotImplementedError

    def processes(self, parameters: Parameters, context: QgsProcessingContext) -> int:
        """How many share the work."""
        return 1

    def pixels_together(self, gsd: float, parameters: Parameters, context: QgsProcessingContext) -> Optional[int]:
        """Pixels whose blocks lie on the disk at one time; None: all."""
        return None

    def forecast(self, parameters: Parameters, context: QgsProcessingContext) -> Needs:
        """What a run will take.

        Raises:
            QgsProcessingException: why that cannot be said.
        """
        card, gsd = self.model_and_gsd(parameters, context)
        crs, part = self._place(parameters, context)
        try:
            if parameters.get(self.MASK):
                mask = self._source(parameters, self.MASK, context)
                area = mask_area(mask, crs, part, BLOCK * gsd, context.transformContext())
            elif part is not None:
                area = part.area()
            else:
                raise refusal("forecast-no-area")
        except QgsCsException as error:
            raise refusal("service-area-transform", crs=crs.authid(), reason=error) from error
        pixels, processes = round(area / gsd**2), self.processes(parameters, context)
        together = self.pixels_together(gsd, parameters, context)
        disk = run_bytes(self.products(parameters, context), pixels, len(card.codes), together)
        devices = likely_devices(self.parameterAsEnumString(parameters, self.DEVICE, context), processes)
        return needs(card, devices, pixels, disk, processes)

    def preview(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        near: Optional[tuple[QgsPointXY, QgsCoordinateReferenceSystem]],
        path: str,
    ) -> dict[str, Any]:
        """Parameters of ``ocsia:predict`` that compute the classes of one tile.

        Args:
            near: where, if that is inside what the run works on; else in the middle of it.
            path: raster of classes to write.

        Raises:
            QgsProcessingException: why there is no tile.
        """
        _, gsd = self.model_and_gsd(parameters, context)
        crs, part = self._place(parameters, context)
        try:
            if parameters.get(self.MASK):
                mask = self._source(parameters, self.MASK, context)
                to_crs = QgsCoordinateTransform(mask.sourceCrs(), crs, context.transformContext())
                around = to_crs.transformBoundingBox(mask.sourceExtent())
                part = around.intersect(part) if part is not None else around
            point = near and QgsCoordinateTransform(near[1], crs, context.transformContext()).transform(near[0])
        except QgsCsException as error:
            raise refusal("service-area-transform", crs=crs.authid(), reason=error) from error
        if part is None and not point:
            raise refusal("forecast-no-area")
        square = _square(point or part.center(), PREVIEW_PIXELS * gsd, part)
        # The mask is left out: around it, one sees better what the model makes of the place.
        inputs = {name: value for name, value in parameters.items() if name in _SHARED}
        return {**inputs, self.EXTENT: QgsReferencedRectangle(square, crs), self.CRS: crs, "CLASSES": path}

    def model_and_gsd(self, parameters: Parameters, context: QgsProcessingContext) -> tuple[ModelCard, float]:
        """The model's card and the pixel size of the result. Raises: QgsProcessingException: an unknown model."""
        try:
            card = find_model(self.parameterAsString(parameters, self.MODEL, context) or BUNDLED_MODEL)
        except OcsiaError as error:
            raise refusal(error.code, **error.params) from error
        return card, self.parameterAsDouble(parameters, self.RESOLUTION, context) or card.gsd

    def _place(
        self, parameters: Parameters, context: QgsProcessingContext
    ) -> tuple[QgsCoordinateReferenceSystem, Optional[QgsRectangle]]:
        """CRS of the result, and what the image and the extent leave there; None: nothing limits it.

        The layer is asked, and not ``raster_source``, which may have to start the engine.
        """
        layer = self.parameterAsRasterLayer(parameters, self.INPUT, context)
        if layer is None or not layer.isValid():
            raise refusal("forecast-no-image")
        crs = self._result_crs(layer, parameters, context)
        if not has_square_metres(crs):
            raise refusal("raster-crs-units", path=layer.name(), crs=crs.authid() or "?")
        part = None
        # Where the layer ends says nothing of a service, nor of a series of dalles, of which it is one.
        if layer.providerType() != "wms" and not self.parameterAsBool(parameters, self.DALLES, context):
            try:
                to_crs = QgsCoordinateTransform(file_crs(layer), crs, context.transformContext())
                part = to_crs.transformBoundingBox(layer.extent())
            except QgsCsException as error:
                raise refusal("service-area-transform", crs=crs.authid(), reason=error) from error
        if parameters.get(self.EXTENT):
            extent = self.parameterAsExtent(parameters, self.EXTENT, context, crs)
            part = extent.intersect(part) if part is not None else extent
        if part is not None and part.isEmpty():
            raise refusal("extent-outside", path=layer.name())
        return crs, part

    def _result_crs(
        self, layer: QgsRasterLayer, parameters: Parameters, context: QgsProcessingContext
    ) -> QgsCoordinateReferenceSystem:
        named = self.parameterAsCrs(parameters, self.CRS, context) if parameters.get(self.CRS) else None
        if named is not None and named.isValid():
            return named
        if layer.providerType() != "wms":
            return file_crs(layer)
        return self._service_crs(Raster(layer.source(), layer.name(), layer.crs()), parameters, context)


_SHARED = (
    *("INPUT", "IRC", "MNS", "MNT", "MNH", "BANDS", "SCALE", "DALLES"),
    *("MODEL", "DEVICE", "TILE", "RESOLUTION", "NOMENCLATURE"),
)
"""Parameters that ``ocsia:predict`` and ``ocsia:dalles`` have in common, but for where they work."""


def _square(centre: QgsPointXY, side: float, part: Optional[QgsRectangle]) -> QgsRectangle:
    """A square around ``centre``, moved into ``part`` as far as that is large enough."""

    def inside(value: float, low: float, high: float) -> float:
        return (low + high) / 2 if high - low <= side else min(max(value, low + side / 2), high - side / 2)

    if part is not None:
        centre = centre if part.contains(centre) else part.center()
        x = inside(centre.x(), part.xMinimum(), part.xMaximum())
        y = inside(centre.y(), part.yMinimum(), part.yMaximum())
        centre = QgsPointXY(x, y)
    return QgsRectangle.fromCenterAndSize(centre, side, side)
