"""``ocsia:composeortho``: the ortho-image that models see, put together from its sources."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingParameterRasterDestination

from ..engine.jobs import ComposeOrthoJob
from .ortho import OrthoAlgorithm

_SERVICE_GSD = 0.2
"""Metres: what a web service is asked for where neither the user nor an image that is a file says it."""

_MARGIN = 8
"""Pixels around the result that resampling looks at."""


class ComposeOrthoAlgorithm(OrthoAlgorithm):
    """RVB, IRC and elevation to one raster of bytes on one grid."""

    OUTPUT = "OUTPUT"

    def name(self) -> str:
        return "composeortho"

    def displayName(self) -> str:
        return self.tr("Compose an ortho-image")

    def shortDescription(self) -> str:
        return self.tr("Puts RVB, IRC and elevation together into one raster: R, V, B, I, E on one grid.")

    def tags(self) -> list[str]:
        return self.tr("ortho,RVBIE,IRC,near infrared,MNS,MNT,MNH,BD ORTHO,dalles,mosaic,COG").split(",")

    def about(self) -> str:
        return self.tr(
            "<p>Writes the image that a model sees: red, green, blue, near infrared (from the IRC ortho-image) and "
            "height above ground (from elevation), as far as they are given, one byte each, on one grid. Sources may "
            "differ in CRS, resolution, origin and extent: finer pixels are averaged, coarser ones interpolated.</p>"
            "<p>'Predict land cover' does the same by itself and needs no such file; make one to look at it, or to use "
            "it several times.</p>"
            "<p><b>Limits.</b> A pixel has data where all the sources have. Heights above 51 m are 51 m. What stands "
            "in the surface model but not in the image (trees felled, houses built between the two dates) is taken as "
            "it is.</p>"
        )

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        self.add_image()
        self.add_extent()
        self.add_resolution(
            self.tr("Pixel size of the result in metres. Leave it empty (or 0) for that of the ortho-image.")
        )
        self.add_reading()
        self.add(
            QgsProcessingParameterRasterDestination(self.OUTPUT, self.tr("Composed ortho-image")),
            self.tr("Cloud Optimized GeoTIFF, one byte per band, with band names and a style."),
        )

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        output = self.parameterAsOutputLayer(parameters, self.OUTPUT, context)
        gsd = self.parameterAsDouble(parameters, self.RESOLUTION, context) or self.raster.pixel or _SERVICE_GSD
        with self.rasters(parameters, context, feedback, None, gsd, _MARGIN) as (paths, rasters):
            job = ComposeOrthoJob(output=output, **paths, **self.ortho_fields(parameters, context))
            return self.delegate(job, {self.OUTPUT: output}, context, feedback, rasters)
