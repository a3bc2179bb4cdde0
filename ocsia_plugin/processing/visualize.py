"""``ocsia:visualize``: the colours of the classes over the ortho-image."""

from __future__ import annotations

import os
import tempfile
from typing import Any, Optional

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
)

from ..bridge.messages import sentence
from ..bridge.picture import png_of_svg
from ..bridge.worker import PASSING
from ..engine.jobs import VisualizeJob
from .base import OcsiaAlgorithm, Parameters

_COMPRESSIONS = ["JPEG", "DEFLATE", "LZW", "ZSTD"]


class VisualizeAlgorithm(OcsiaAlgorithm):
    """Classes or probabilities, and an image, to a picture."""

    ORTHO = "ORTHO"
    OPACITY = "OPACITY"
    SATURATION = "SATURATION"
    CONFIDENCE = "CONFIDENCE"
    COMPRESSION = "COMPRESSION"
    OUTPUT = "OUTPUT"
    LEGEND = "LEGEND"

    def name(self) -> str:
        return "visualize"

    def displayName(self) -> str:
        return self.tr("Picture over the ortho-image")

    def groupId(self) -> str:
        return "products"

    def shortDescription(self) -> str:
        return self.tr("The colours of the classes over the ortho-image, as a picture ready for WMS and WMTS.")

    def tags(self) -> list[str]:
        return self.tr("land cover,picture,visualisation,colours,RGB,WMS,WMTS,COG,legend").split(",")

    def about(self) -> str:
        return self.tr(
            "<p>Lays the colours of the classes over the ortho-image and keeps its luminance: roofs, shadows and tree "
            "crowns stay readable under the colours. IGN publishes a picture of this kind of its predictions, by "
            "WMS. It has the pixels of the prediction; the image is warped to them, whatever its CRS and resolution."
            "</p>"
            "<p>The rule: the blend mode 'color' of the W3C. Hue and saturation are those of the class, the "
            "luminance (0.299 R + 0.587 G + 0.114 B) is that of the image. With the confidence as saturation, what "
            "is doubtful turns grey.</p>"
            "<p><b>Example.</b> To publish a prediction on a map server: probabilities and ortho-image, JPEG, "
            "confidence as saturation, and the legend as a PNG. The result is a Cloud Optimized GeoTIFF with "
            "overviews, which QGIS Server, GeoServer and MapServer read as it is.</p>"
            "<p><b>Limits.</b> It is a picture and not data: neither classes nor surfaces can be read back from it. "
            "Grey and white classes (impervious surfaces, snow) look like the image itself. Where the prediction or "
            "the image has no data, the picture is transparent.</p>"
        )

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        self.add(
            QgsProcessingParameterRasterLayer(self.INPUT, self.tr("Classes or probabilities")),
            self.tr(
                "A raster file written by 'Predict land cover' or 'Most probable class', in a CRS in metres. One that "
                "comes from elsewhere may need the advanced parameters."
            ),
        )
        self.add(
            QgsProcessingParameterRasterLayer(self.ORTHO, self.tr("Ortho-image")),
            self.tr(
                "The image that shows through the colours, as a file: red, green and blue bytes, or a single grey band."
            ),
        )
        number = QgsProcessingParameterNumber
        self.add(
            number(self.OPACITY, self.tr("Opacity (%)"), number.Type.Double, 60.0, minValue=1, maxValue=100),
            self.tr("How strong the colours are. 100: the hues are the classes' alone; 30: a light tint."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterBoolean(self.SATURATION, self.tr("Confidence as saturation"), False),
            self.tr(
                "The less sure the prediction is, the greyer the colour. The probabilities say it; for classes, choose "
                "their confidence below."
            ),
        )
        self.add(
            QgsProcessingParameterRasterLayer(self.CONFIDENCE, self.tr("Confidence"), optional=True),
            self.tr("Only for classes with the confidence as saturation: the raster that was written beside them."),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterEnum(
                self.COMPRESSION,
                self.tr("Compression"),
                _COMPRESSIONS,
                defaultValue=_COMPRESSIONS[0],
                usesStaticStrings=True,
            ),
            self.tr("JPEG makes small files with slight losses; the others keep every pixel as it was computed."),
            advanced=True,
        )
        self.add_origin()
        self.add(
            QgsProcessingParameterRasterDestination(self.OUTPUT, self.tr("Picture")),
            self.tr("Red, green and blue, as a Cloud Optimized GeoTIFF with overviews and a mask."),
        )
        self.add(
            QgsProcessingParameterFileDestination(
                self.LEGEND, self.tr("Legend"), "PNG (*.png);;SVG (*.svg)", None, optional=True, createByDefault=False
            ),
            self.tr("A picture of the classes that the map shows, with their colours and names."),
        )

    def check(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        super().check(parameters, context)
        self._ortho = self.raster_of(self.ORTHO, parameters, context)
        self._confidence = self.raster_of(self.CONFIDENCE, parameters, context)

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        output = self.parameterAsOutputLayer(parameters, self.OUTPUT, context)
        legend = self.parameterAsFileOutput(parameters, self.LEGEND, context)
        with tempfile.TemporaryDirectory(prefix=PASSING) as folder:
            drawn = os.path.join(folder, "legend.svg") if legend.lower().endswith(".png") else legend
            job = VisualizeJob(
                input=self.raster.path,
                ortho=self._ortho.path,
                output=output,
                legend=drawn or None,
                opacity=self.parameterAsDouble(parameters, self.OPACITY, context),
                saturation=self.parameterAsBool(parameters, self.SATURATION, context),
                confidence=self._confidence.path if self._confidence else None,
                compression=self.parameterAsEnumString(parameters, self.COMPRESSION, context),
                nomenclature=self.parameterAsString(parameters, self.NOMENCLATURE, context).strip(),
                base=self.parameterAsEnumString(parameters, self.BASE, context),
            )
            results = self.delegate(job, {self.OUTPUT: output, self.LEGEND: legend}, context, feedback)
            if results and drawn != legend:
                png_of_svg(drawn, legend)
                feedback.pushInfo(sentence("info-written", {"path": os.path.abspath(legend)}))
        return results
