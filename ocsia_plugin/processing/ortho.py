"""What the algorithms share that work on an ortho-image: its sources may be files or web services."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingFeedback,
)

from ..bridge.layers import Raster, raster_source, unreadable_raster
from ..bridge.messages import refusal
from ..bridge.spool.area import Area, area_of, result_crs
from ..bridge.spool.grid import Bounds
from ..bridge.spool.rasters import Rasters
from ..bridge.spool.spooler import Spooling
from ..engine.errors import OcsiaError
from .base import OcsiaAlgorithm, Parameters

_HEIGHTS = ("MNS", "MNT", "MNH")


@dataclass(frozen=True)
class Sources:
    """The rasters of a job.

    Attributes:
        paths: by field of the job (``input``, ``irc``...).
        spooling: what lays down the windows of those that are no files.
    """

    paths: dict[str, str]
    spooling: Spooling


class OrthoAlgorithm(OcsiaAlgorithm):
    """Base of the algorithms with ``INPUT``, ``IRC``, ``MNS``, ``MNT``, ``MNH``, ``MASK`` and ``EXTENT``."""

    IRC, MNS, MNT, MNH = "IRC", "MNS", "MNT", "MNH"
    MASK = "MASK"
    EXTENT = "EXTENT"

    _rasters: dict[str, Raster]

    def check(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        super().check(parameters, context)
        rasters = self._given(parameters, context)
        image = rasters.get(self.INPUT)
        if image and image.kind == "service" and not (parameters.get(self.MASK) or parameters.get(self.EXTENT)):
            raise refusal("service-no-area", layer=image.name)

    def prepareAlgorithm(
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        if not super().prepareAlgorithm(parameters, context, feedback):
            return False
        self._rasters = self._given(parameters, context)
        if self.raster.kind == "service":
            self.raster = replace(self.raster, crs=self._service_crs(parameters, context))
        return True

    def extent(self, parameters: Parameters, context: QgsProcessingContext) -> Optional[Bounds]:
        """The extent that was asked for, in the CRS of the result."""
        if not parameters.get(self.EXTENT):
            return None
        extent = self.parameterAsExtent(parameters, self.EXTENT, context, self.raster_crs())
        return extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()

    @contextmanager
    def sources(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        mask: Optional[str],
        gsd: float,
        margin: int,
    ) -> Iterator[Sources]:
        """The rasters of a job, for as long as it runs.

        Args:
            mask: file of polygons in the CRS of the result.
            gsd: wanted, in metres.
            margin: pixels that the engine looks at around what was asked for.

        Raises:
            QgsProcessingException: why one of them cannot be had.
        """
        with Rasters(feedback, context.transformContext()) as rasters:
            area = self._area(parameters, context, mask)
            paths = {
                name.lower(): rasters.path(name, raster, area, gsd, margin, heights=name in _HEIGHTS)
                for name, raster in self._rasters.items()
            }
            yield Sources(paths, rasters)

    def _area(self, parameters: Parameters, context: QgsProcessingContext, mask: Optional[str]) -> Optional[Area]:
        # A file has an end; what services give to it is wanted as far as that.
        whole = self.raster.bounds if self.raster.kind != "service" else None
        return area_of(self.raster_crs(), self.extent(parameters, context), mask, whole)

    def _given(self, parameters: Parameters, context: QgsProcessingContext) -> dict[str, Raster]:
        """The rasters that were given, by name of the parameter."""
        names = [n for n in (self.INPUT, self.IRC, *_HEIGHTS) if self.parameterDefinition(n) and parameters.get(n)]
        return {name: self._raster(parameters, name, context) for name in names}

    def _input(self, parameters: Parameters, context: QgsProcessingContext) -> Raster:
        return self._raster(parameters, self.INPUT, context)

    def _raster(self, parameters: Parameters, name: str, context: QgsProcessingContext) -> Raster:
        layer = self.parameterAsRasterLayer(parameters, name, context)
        if layer is None or (not layer.isValid() and layer.providerType() == "gdal"):
            raise unreadable_raster(self.parameterAsString(parameters, name, context))
        return raster_source(layer)

    def _service_crs(self, parameters: Parameters, context: QgsProcessingContext) -> QgsCoordinateReferenceSystem:
        """In which CRS the image is asked for, which is that of the result."""
        named: list[QgsCoordinateReferenceSystem] = []
        place: Optional[tuple[QgsPointXY, QgsCoordinateReferenceSystem]] = None
        if parameters.get(self.MASK):
            mask = self._source(parameters, self.MASK, context)
            named.append(mask.sourceCrs())
            place = mask.sourceExtent().center(), mask.sourceCrs()
        if parameters.get(self.EXTENT):
            crs = self.parameterAsExtentCrs(parameters, self.EXTENT, context)
            named.append(crs)
            place = self.parameterAsExtent(parameters, self.EXTENT, context, crs).center(), crs
        try:
            return result_crs(self.raster.name, self.raster.crs, named, place, context.transformContext())
        except OcsiaError as error:
            raise refusal(error.code, **error.params) from error
