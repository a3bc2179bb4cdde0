"""What the algorithms share that work on an ortho-image: its sources, its bands, where, and at which resolution."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
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

from ..bridge.layers import raster_file, unreadable_raster
from .base import OcsiaAlgorithm, Parameters


class OrthoAlgorithm(OcsiaAlgorithm):
    """Base of the algorithms whose ``INPUT`` is an ortho-image, completed by other rasters."""

    IRC = "IRC"
    MNS = "MNS"
    MNT = "MNT"
    MNH = "MNH"
    EXTENT = "EXTENT"
    RESOLUTION = "RESOLUTION"
    BANDS = "BANDS"
    SCALE = "SCALE"
    DALLES = "DALLES"
    CRS = "CRS"

    crs: QgsCoordinateReferenceSystem
    """Of the result, known from ``prepareAlgorithm`` on."""

    sources: dict[str, Optional[str]]
    """Path of each of the other rasters, by field of the job; known from ``prepareAlgorithm`` on."""

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        if not super().prepareAlgorithm(parameters, context, feedback):
            return False
        named = self.parameterAsCrs(parameters, self.CRS, context) if parameters.get(self.CRS) else None
        self.crs = named if named is not None and named.isValid() else self.raster.crs
        self.sources = self._sources(parameters, context)
        return True

    def check(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        super().check(parameters, context)
        self._sources(parameters, context)

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
                "and no-data pixels, and black or white collars, stay without data."
            ),
        )
        self.add(
            raster(self.IRC, _tr("IRC ortho-image"), optional=True),
            _tr(
                "The false-colour image of the same place, for models that use the near infrared (I): its band 1 is "
                "taken, or the one that is described so. It may have another resolution, extent or CRS."
            ),
        )
        self.add(
            raster(self.MNS, _tr("Surface model (MNS)"), optional=True),
            _tr(
                "Altitude of the surface in metres, for models that use the height above ground (E); together with "
                "MNT. E is 5 times the height, 255 from 51 m on."
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
        """The fields that all jobs on an ortho-image have, but for the mask."""
        text = self.parameterAsString
        return {
            "input": self.raster.path,
            **self.sources,
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

    def _sources(self, parameters: Parameters, context: QgsProcessingContext) -> dict[str, Optional[str]]:
        paths: dict[str, Optional[str]] = {}
        for name in (self.IRC, self.MNS, self.MNT, self.MNH):
            paths[name.lower()] = None
            if parameters.get(name):
                layer = self.parameterAsRasterLayer(parameters, name, context)
                if layer is None or not layer.isValid():
                    raise unreadable_raster(self.parameterAsString(parameters, name, context))
                paths[name.lower()] = raster_file(layer).path
        return paths


def _tr(text: str) -> str:
    return QCoreApplication.translate("OrthoAlgorithm", text)
