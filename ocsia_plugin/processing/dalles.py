"""``ocsia:dalles``: a territory by dalles of whole kilometres, resumable."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..bridge.messages import refusal
from ..engine.jobs import DallesJob
from .base import Parameters
from .inference import InferenceAlgorithm

_SIDES = ["10", "5", "2", "1"]
_PRODUCTS = ("PROBABILITIES", "CLASSES", "CONFIDENCE", "VECTORS")


class DallesAlgorithm(InferenceAlgorithm):
    """Classes, confidence, probabilities and polygons of a territory, dalle by dalle."""

    GRID = "GRID"
    NAMING = "NAMING"
    DEPARTMENT = "DEPARTMENT"
    YEAR = "YEAR"
    LOCAL = "LOCAL"
    SCHEDULER = "SCHEDULER"
    OUTPUT = "OUTPUT"

    CANCELLED = "info-cancelled-dalles"

    def name(self) -> str:
        return "dalles"

    def displayName(self) -> str:
        return self.tr("Predict by dalles")

    def shortDescription(self) -> str:
        return self.tr("Runs a model over a whole territory, in files of 10 km as IGN distributes them.")

    def tags(self) -> list[str]:
        return self.tr("land cover,deep learning,tiles,dalles,department,CoSIA,mosaic,resume").split(",")

    def about(self) -> str:
        return self.tr(
            "<p>Runs a land-cover model over a territory and writes its results in squares of whole kilometres "
            "(dalles) of Lambert-93 or of the CRS asked for, named as CoSIA's are. Each dalle is computed with the "
            "pixels of its neighbours around it, so that no seam shows. A virtual raster over all dalles (classes.vrt) "
            "shows them as one layer.</p>"
            "<p><b>Stop and go on.</b> Cancelled, or killed by a power cut, the same run started again with the same "
            "folder goes on where it was: at most a strip of a dalle is computed twice, and the files are the same to "
            "the byte.</p>"
            "<p><b>Limits.</b> A dalle of 10 km at 20 cm has 2.5 billion pixels: without a GPU it takes hours, and its "
            "probabilities take tens of gigabytes. Try a small extent first.</p>"
        )

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        self.add_inputs()
        self.add(
            QgsProcessingParameterEnum(
                self.GRID, self.tr("Side of the dalles (km)"), _SIDES, defaultValue=_SIDES[0], usesStaticStrings=True
            ),
            self.tr("Dalles begin on multiples of it. IGN's predictions and CoSIA come in dalles of 10 km."),
        )
        text = QgsProcessingParameterString
        self.add(
            text(self.DEPARTMENT, self.tr("Department"), "000"),
            self.tr("For the names of the files, such as 32 or 2A."),
        )
        self.add(text(self.YEAR, self.tr("Year"), "0000"), self.tr("Year of the images, for the names of the files."))
        for name, (title, default, help_text) in self._products().items():
            self.add(QgsProcessingParameterBoolean(name, title, default), help_text)
        self.add_advanced()
        self.add(
            text(self.NAMING, self.tr("Names of the files"), DallesJob.naming),
            self.tr(
                "Template from the fields {department}, {year}, {x} and {y} (km of the north-west corner) and "
                "{product} (proba, argmax, confiance or vecto)."
            ),
            advanced=True,
        )
        number = QgsProcessingParameterNumber
        self.add(
            number(self.LOCAL, self.tr("Processes"), number.Type.Integer, 0, minValue=0, maxValue=64),
            self.tr(
                "How many processes of this machine share the dalles; 0: one after the other, which is best on a "
                "machine whose cores one model already uses. Needs Dask distributed in the engine."
            ),
            advanced=True,
        )
        self.add(
            text(self.SCHEDULER, self.tr("Dask scheduler"), optional=True),
            self.tr(
                "Address of a Dask scheduler, such as tcp://host:8786, whose workers on several machines share the "
                "dalles; they must see the image and the folder under the same paths."
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterFolderDestination(self.OUTPUT, self.tr("Folder of the dalles")),
            self.tr("One folder per job. What it holds of the same job already is kept."),
        )

    def products(self, parameters: Parameters, context: QgsProcessingContext) -> list[str]:
        return [name for name in _PRODUCTS if self.parameterAsBool(parameters, name, context)]

    def processes(self, parameters: Parameters, context: QgsProcessingContext) -> int:
        return self.parameterAsInt(parameters, self.LOCAL, context) or 1

    def pixels_together(self, gsd: float, parameters: Parameters, context: QgsProcessingContext) -> Optional[int]:
        side = 1000 * int(self.parameterAsEnumString(parameters, self.GRID, context)) / gsd
        return round(side**2) * self.processes(parameters, context)

    def _products(self) -> dict[str, tuple[str, bool, str]]:
        return {
            "PROBABILITIES": (
                self.tr("Probabilities"),
                False,
                self.tr("One band of bytes per class (proba): many times larger than the classes."),
            ),
            "CLASSES": (self.tr("Classes"), True, self.tr("The most probable class of each pixel (argmax).")),
            "CONFIDENCE": (
                self.tr("Confidence"),
                True,
                self.tr("255 times the probability of the most probable class (confiance)."),
            ),
            "VECTORS": (self.tr("Polygons"), False, self.tr("The classes as polygons (vecto), in GeoPackages.")),
        }

    def check(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        super().check(parameters, context)
        # What is not given has its default: two of the products are wanted by default.
        if not any(parameters.get(name, default) for name, (_, default, _) in self._products().items()):
            raise refusal("output-none")

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        text = self.parameterAsString
        folder = text(parameters, self.OUTPUT, context)
        products = [name.lower() for name in self.products(parameters, context)]
        with self.inference(parameters, context, feedback) as (fields, rasters):
            job = DallesJob(
                output=folder,
                grid=int(self.parameterAsEnumString(parameters, self.GRID, context)),
                products=",".join(products),
                naming=text(parameters, self.NAMING, context).strip() or DallesJob.naming,
                department=text(parameters, self.DEPARTMENT, context).strip() or DallesJob.department,
                year=text(parameters, self.YEAR, context).strip() or DallesJob.year,
                local=self.parameterAsInt(parameters, self.LOCAL, context),
                scheduler=text(parameters, self.SCHEDULER, context).strip(),
                **fields,
            )
            return self.delegate(job, {self.OUTPUT: folder}, context, feedback, rasters)
