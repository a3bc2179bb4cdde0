"""What the algorithms share that work on an ortho-image: its sources, its bands, where, and at which resolution."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingParameterExtent,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..bridge.layers import Raster, raster_source, unreadable_raster
from ..bridge.messages import refusal
from ..bridge.spool.area import Area, area_of, result_crs
from ..bridge.spool.rasters import Rasters
from ..engine.errors import OcsiaError
from .base import OcsiaAlgorithm, Parameters


class OrthoAlgorithm(OcsiaAlgorithm):
    """Base of the algorithms whose ``INPUT`` is an ortho-image, completed by other rasters."""

    IRC = "IRC"
    MNS = "MNS"
    MNT = "MNT"
    MNH = "MNH"
    MASK = "MASK"
    EXTENT = "EXTENT"
    BANDS = "BANDS"
    SCALE = "SCALE"
    DALLES = "DALLES"
    CRS = "CRS"

    crs: QgsCoordinateReferenceSystem
    """Of the result, known from ``prepareAlgorithm`` on."""

    sources: dict[str, Raster]
    """The rasters that were given, by parameter; known from ``prepareAlgorithm`` on."""

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        if not super().prepareAlgorithm(parameters, context, feedback):
            return False
        named = self.parameterAsCrs(parameters, self.CRS, context) if parameters.get(self.CRS) else None
        named = named if named is not None and named.isValid() else None
        if self.raster.kind == "service":  # it is asked for in the CRS of the result
            self.raster = replace(self.raster, crs=named or self._service_crs(self.raster, parameters, context))
        self.crs = named or self.raster.crs
        self.sources = self._sources(parameters, context)
        return True

    def check(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        super().check(parameters, context)
        image = self._sources(parameters, context).get(self.INPUT)
        if image and image.kind == "service" and not (parameters.get(self.MASK) or parameters.get(self.EXTENT)):
            raise refusal("service-no-area", layer=image.name)
        if image and image.kind == "service" and not parameters.get(self.CRS):
            self._service_crs(image, parameters, context)

    def shortHelpString(self) -> str:
        return super().shortHelpString() + _tr(
            "<h3>Web services</h3><p>A WMS, WMTS or XYZ layer of the project can stand for the ortho-image or the "
            "IRC, and a WMS that delivers values for MNS, MNT and MNH. With IGN's Géoplateforme: Layer > Add "
            "Layer > Add WMS/WMTS Layer, a new connection to https://data.geopf.fr/wms-r, CRS EPSG:2154, then "
            "HR.ORTHOIMAGERY.ORTHOPHOTOS (RVB), ORTHOIMAGERY.ORTHOPHOTOS.IRC (IRC), "
            "ELEVATION.ELEVATIONGRIDCOVERAGE.HIGHRES (MNT), ELEVATION.ELEVATIONGRIDCOVERAGE.HIGHRES.MNS (MNS). "
            "PNG loses nothing, JPEG is lighter.</p>"
            "<p>Fetched are the squares of 1000 pixels that the mask or the extent touches, at the resolution of "
            "the result: 25 images per km² at 20 cm; the log says how many before it begins. Layers in degrees or "
            "Web Mercator are asked for in the CRS of the mask or the extent where that one is in metres, else in "
            "the legal one of the territory (EPSG:2154 in metropolitan France). Requests are few at a time, at "
            "most 20 a second, and made again after a pause where the service is busy. What was fetched stays in "
            "the user's cache for 30 days (4 GB at most): an interrupted run goes on from there. The source is "
            "named in the metadata of the results.</p>"
        )

    def raster_crs(self) -> QgsCoordinateReferenceSystem:
        """The CRS of the result, in which everything else crosses the door."""
        return self.crs

    def add_image(self) -> None:
        """``INPUT`` and the rasters that complete it."""
        raster = QgsProcessingParameterRasterLayer
        self.add(
            raster(self.INPUT, _tr("Ortho-image")),
            _tr(
                "A raster file in a projected CRS in metres: RVB or IRC of BD ORTHO, an image with more bands, one "
                "made by 'Compose an ortho-image'. Bytes (0 to 255); other values need the advanced parameter 'Scale "
                "of the values'. Pixels of 0.2 to 0.5 m give the best results; 0.1 to 1 m are accepted. Transparent "
                "and no-data pixels, and black or white collars, stay without data. A WMS, WMTS or XYZ layer of the "
                "project will do too, with a mask or an extent."
            ),
        )
        self.add(
            raster(self.IRC, _tr("IRC ortho-image"), optional=True),
            _tr(
                "The false-colour image of the same place, for models that use the near infrared (I): its band 1 is "
                "taken, or the one that is described so. It may have another resolution, extent or CRS, or be a web "
                "service."
            ),
        )
        self.add(
            raster(self.MNS, _tr("Surface model (MNS)"), optional=True),
            _tr(
                "Altitude of the surface in metres, for models that use the height above ground (E); together with "
                "MNT. E is 5 times the height, 255 from 51 m on. A file, or a WMS layer that delivers values."
            ),
        )
        self.add(
            raster(self.MNT, _tr("Terrain model (MNT)"), optional=True),
            _tr("Altitude of the ground in metres, together with MNS."),
        )
        self.add(
            raster(self.MNH, _tr("Height model (MNH)"), optional=True),
            _tr("Height above ground in metres, in place of MNS and MNT."),
        )

    def add_extent(self) -> None:
        """``EXTENT``."""
        self.add(
            QgsProcessingParameterExtent(self.EXTENT, _tr("Extent"), optional=True),
            _tr("Part of the image to work on; by default the whole image."),
        )

    def add_resolution(self, help_text: str) -> None:
        """``RESOLUTION``."""
        number = QgsProcessingParameterNumber
        self.add(
            number(self.RESOLUTION, _tr("Resolution (m)"), number.Type.Double, None, optional=True, minValue=0),
            help_text,
            advanced=True,
        )

    def add_reading(self) -> None:
        """``BANDS``, ``SCALE``, ``DALLES``, ``CRS``: how the rasters are read."""
        self.add(
            QgsProcessingParameterString(self.BANDS, _tr("Bands of the image"), optional=True),
            _tr(
                "What each band of the ortho-image is, in its order: R, V, B, I (near infrared), E (height), - (not "
                "used); for example B,V,R,I. Leave it empty to go by the descriptions and colours of the file, else by "
                "the order R, V, B, I, E; the log says what was understood."
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterString(self.SCALE, _tr("Scale of the values"), optional=True),
            _tr(
                "How values that are no bytes (16 bits, decimals) become 0 to 255. metadata: from the range that the "
                "file declares; percentiles: from the 2nd to the 98th percentile of each band; or the range itself, "
                "such as 0,4095. The rule is written into the results."
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterBoolean(self.DALLES, _tr("All dalles of the series"), False),
            _tr(
                "Each raster above then stands for all those in its folder whose names differ from its own only in "
                "digits, such as the 5 km dalles of BD ORTHO: they are read as one image."
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterCrs(self.CRS, _tr("CRS of the result"), optional=True),
            _tr("By default that of the ortho-image. It must be projected and in metres."),
            advanced=True,
        )

    def ortho_fields(self, parameters: Parameters, context: QgsProcessingContext) -> dict[str, Any]:
        """The fields that all jobs on an ortho-image have, but for its rasters and the mask."""
        text = self.parameterAsString
        return {
            "bands": text(parameters, self.BANDS, context).strip(),
            "scale": text(parameters, self.SCALE, context).strip(),
            "dalles": self.parameterAsBool(parameters, self.DALLES, context),
            "crs": "" if self.crs == self.raster.crs else self.crs.authid() or self.crs.toWkt(),
            "resolution": self.parameterAsDouble(parameters, self.RESOLUTION, context) or None,
            "extent": self._extent(parameters, context),
        }

    def _extent(
        self, parameters: Parameters, context: QgsProcessingContext
    ) -> Optional[tuple[float, float, float, float]]:
        if not parameters.get(self.EXTENT):
            return None
        extent = self.parameterAsExtent(parameters, self.EXTENT, context, self.raster_crs())
        return extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()

    @contextmanager
    def rasters(
        self,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        mask: Optional[str],
        gsd: float,
        margin: int,
    ) -> Iterator[tuple[dict[str, str], Rasters]]:
        """The rasters of a job as paths, by its field, and what lays down the windows of those that are no files.

        Args:
            mask: file of polygons in the CRS of the result.
            gsd: pixel size to ask services for, in metres.
            margin: pixels that the engine looks at around what was asked for.

        Raises:
            QgsProcessingException: why one of them cannot be had.
        """
        with Rasters(feedback, context.transformContext()) as rasters:
            area = self._area(parameters, context, mask)
            heights = (self.MNS, self.MNT, self.MNH)
            paths = {
                name.lower(): rasters.path(name, raster, area, gsd, margin, heights=name in heights)
                for name, raster in self.sources.items()
            }
            yield paths, rasters

    def _area(self, parameters: Parameters, context: QgsProcessingContext, mask: Optional[str]) -> Optional[Area]:
        """Where the job works; an image that is a file has an end."""
        whole = None
        if self.raster.kind != "service":
            image = Area(self.raster.crs, self.raster.bounds)
            try:
                whole = image.bounds_in(self.crs, context.transformContext())
            except OcsiaError as error:
                raise refusal(error.code, **error.params) from error
        return area_of(self.crs, self._extent(parameters, context), mask, whole)

    def _sources(self, parameters: Parameters, context: QgsProcessingContext) -> dict[str, Raster]:
        names = (self.INPUT, self.IRC, self.MNS, self.MNT, self.MNH)
        return {name: self._raster(parameters, name, context) for name in names if parameters.get(name)}

    def _input(self, parameters: Parameters, context: QgsProcessingContext) -> Raster:
        return self._raster(parameters, self.INPUT, context)

    def _raster(self, parameters: Parameters, name: str, context: QgsProcessingContext) -> Raster:
        layer = self.parameterAsRasterLayer(parameters, name, context)
        # A service that does not answer now is asked again by the run, which says what is wrong with it.
        if layer is None or not (layer.isValid() or layer.providerType() == "wms"):
            raise unreadable_raster(self.parameterAsString(parameters, name, context))
        return raster_source(layer)

    def _service_crs(
        self, image: Raster, parameters: Parameters, context: QgsProcessingContext
    ) -> QgsCoordinateReferenceSystem:
        """In which CRS an image of a service is asked for, where nobody names one."""
        named: list[QgsCoordinateReferenceSystem] = []
        place: Optional[tuple[QgsPointXY, QgsCoordinateReferenceSystem]] = None
        if parameters.get(self.EXTENT):
            crs = self.parameterAsExtentCrs(parameters, self.EXTENT, context)
            named.append(crs)
            place = self.parameterAsExtent(parameters, self.EXTENT, context, crs).center(), crs
        if parameters.get(self.MASK):
            mask = self._source(parameters, self.MASK, context)
            named.insert(0, mask.sourceCrs())
            place = mask.sourceExtent().center(), mask.sourceCrs()
        try:
            return result_crs(image.name, image.crs, named, place, context.transformContext())
        except OcsiaError as error:
            raise refusal(error.code, **error.params) from error


def _tr(text: str) -> str:
    return QCoreApplication.translate("OrthoAlgorithm", text)
