"""What the algorithms share. Each of them reads its parameters, makes a job of them and hands it over."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingUtils,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QIcon

from ..bridge.environment import locate_engine, plugin_root
from ..bridge.help import help_url
from ..bridge.layers import (
    Raster,
    check_raster_name,
    destination_path,
    raster_file,
    unreadable_raster,
    unreadable_vector,
    vector_path,
)
from ..bridge.messages import refusal, sentence
from ..bridge.polygons import write_polygons
from ..bridge.report import open_report
from ..bridge.results import Output, announce, subject
from ..bridge.spool.spooler import Spooling
from ..bridge.worker import PASSING, run_job
from ..engine.jobs import Job

Parameters = Mapping[str, Any]

_WIDGETS = f"{__name__.rsplit('.', 2)[0]}.gui.model_widget"
MODEL_WIDGET, MAKER_WIDGET = f"{_WIDGETS}.ModelWidgetWrapper", f"{_WIDGETS}.MakerWidgetWrapper"
"""Fields of the dialogs, by name: where there is no window, nothing of a window is imported."""

_BASES = ["auto", "0", "1"]

_DECIMALS = 2
"""Of numbers in dialogs, where QGIS shows six; pixel sizes keep them."""


class OcsiaAlgorithm(QgsProcessingAlgorithm):
    """Base of the algorithms; ``INPUT`` is a raster in each of them."""

    INPUT = "INPUT"
    NOMENCLATURE = "NOMENCLATURE"
    BASE = "BASE"
    RESOLUTION = "RESOLUTION"
    REPORT = "REPORT"

    _report = ""
    """The report that the run has written, in HTML."""

    _beneath: Sequence[str] = ()
    """All layers that the run is given, by their sources: its results are shown above them."""

    CANCELLED = "info-cancelled"
    """What there is to say at the end of a run that the user cancelled."""

    raster: Raster
    """The input, known from ``prepareAlgorithm`` on."""

    # -- what QGIS asks

    def createInstance(self) -> QgsProcessingAlgorithm:
        return type(self)()

    def group(self) -> str:
        return {
            "landcover": QCoreApplication.translate("OcsiaAlgorithm", "Land cover"),
            "surfaces": QCoreApplication.translate("OcsiaAlgorithm", "Surfaces and accuracy"),
            "products": QCoreApplication.translate("OcsiaAlgorithm", "Products and comparisons"),
        }[self.groupId()]

    def groupId(self) -> str:
        return "landcover"

    def icon(self) -> QIcon:
        return plugin_icon()

    def about(self) -> str:
        """What the algorithm does and where its limits are: the first part of the help."""
        raise NotImplementedError

    def shortHelpString(self) -> str:
        helped = [d for d in self.parameterDefinitions() if d.help()]
        # To <b> QGIS gives a dark grey, which a dark theme swallows; <strong> has the colour of the text.
        about = re.sub(r"(</?)b>", r"\1strong>", self.about())
        return about + "".join(f"<h3>{d.description()}</h3><p>{d.help()}</p>" for d in helped)

    def helpUrl(self) -> str:
        return help_url(self.name())

    def canExecute(self) -> tuple[bool, str]:
        engine = locate_engine()
        return engine.ok, "" if engine.ok else sentence(engine.problem, engine.params)

    def checkParameterValues(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[bool, str]:
        """Refuse before anything starts what QGIS's own check would refuse with a vaguer sentence."""
        try:
            self.check(parameters, context)
        except QgsProcessingException as error:
            return False, str(error)
        return super().checkParameterValues(parameters, context)

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        # Layers belong to the main thread, where this runs. A model calls no checkParameterValues: check here too.
        self.check(parameters, context)
        self.raster = self._input(parameters, context)
        if self.raster.told:
            params = {
                "layer": self.raster.name,
                "told": self.raster.told,
                "crs": self.raster.crs.userFriendlyIdentifier(),
            }
            feedback.pushWarning(sentence("warn-other-crs", params))
        self._beneath = self._sources(parameters, context)
        return True

    def postProcessAlgorithm(self, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        # In the main thread, where windows are.
        if self._report:
            open_report(self._report, feedback)
        return {}

    # -- for the algorithms

    def tr(self, text: str) -> str:
        """``text`` in QGIS's language; the context is the class, as Qt's extraction tool has it."""
        return QCoreApplication.translate(type(self).__name__, text)

    def add(self, parameter: QgsProcessingParameterDefinition, help_text: str, *, advanced: bool = False) -> None:
        """Add a parameter with its help."""
        parameter.setHelp(help_text)
        if isinstance(parameter, QgsProcessingParameterNumber) and parameter.name() != self.RESOLUTION:
            parameter.setMetadata({"widget_wrapper": {"decimals": _DECIMALS}})
        if advanced:
            parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        self.addParameter(parameter)

    def add_origin(self) -> None:
        """``NOMENCLATURE`` and ``BASE``: what a raster of classes made elsewhere does not say itself."""
        self.add(
            QgsProcessingParameterString(
                self.NOMENCLATURE,
                QCoreApplication.translate("OcsiaAlgorithm", "Nomenclature of the raster"),
                optional=True,
            ),
            QCoreApplication.translate(
                "OcsiaAlgorithm",
                "Only for a raster made elsewhere, which does not say what its classes are: naf15, flair19, flair15, "
                "flair12, flairhub19, cosia or ocsge_cs. Rasters that this plugin writes say so themselves.",
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterEnum(
                self.BASE,
                QCoreApplication.translate("OcsiaAlgorithm", "First class"),
                _BASES,
                defaultValue=_BASES[0],
                usesStaticStrings=True,
            ),
            QCoreApplication.translate(
                "OcsiaAlgorithm",
                "Only for a raster of classes made elsewhere: the value of its first class. 1: IGN's labels and "
                "products, where 0 is no data. 0: what IGN's detection tools write. auto: recognised where the values "
                "or the no-data value leave no doubt, and for NAF codes without a 0, with a warning; asked for "
                "otherwise.",
            ),
            advanced=True,
        )

    def check(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        """Refuse bad parameters; algorithms add what they know. Raises: QgsProcessingException."""
        engine = locate_engine()
        if not engine.ok:
            raise refusal(engine.problem, **engine.params)
        if parameters.get(self.INPUT):
            self._input(parameters, context)
        for definition in self.parameterDefinitions():
            value = parameters.get(definition.name())
            if value and definition.type() == QgsProcessingParameterFeatureSource.typeName():
                self._source(parameters, definition.name(), context)
            elif value and definition.type() == QgsProcessingParameterRasterDestination.typeName():
                check_raster_name(value)
        self._check_overwriting(parameters, context)

    @contextmanager
    def polygons(
        self,
        name: str,
        empty: str,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        *,
        with_attributes: bool = False,
        on_raster: bool = False,
    ) -> Iterator[Optional[str]]:
        """A GeoPackage of the polygons of parameter ``name``, for as long as the job runs; None: not given.

        Args:
            empty: code of the refusal where there is no polygon; on_raster: leave out those beyond the input's bounds.

        Raises:
            QgsProcessingException: what ``bridge.polygons`` raises.
        """
        if not parameters.get(name):
            yield None
            return
        source = self._source(parameters, name, context)
        with tempfile.TemporaryDirectory(prefix=PASSING) as folder:
            path = os.path.join(folder, passing_name(source, name))
            within = QgsRectangle(*self.raster.bounds) if on_raster else None
            options = {"empty": empty, "with_attributes": with_attributes, "within": within}
            yield write_polygons(source, self.raster_crs(), path, context, feedback, **options)

    def raster_crs(self) -> QgsCoordinateReferenceSystem:
        """The CRS of the input, in which everything else crosses the door."""
        return self.raster.crs

    def delegate(
        self,
        job: Job,
        outputs: Mapping[str, Optional[str]],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        spooling: Optional[Spooling] = None,
    ) -> dict[str, Any]:
        """Run ``job`` in the engine and return what ``processAlgorithm`` has to; nothing where the user cancelled.

        Args:
            outputs: path by name of the output; empty: not asked for.
            spooling: lays down the windows of rasters that are no files; None: all are.
        """
        for path in filter(os.path.isfile, filter(None, outputs.values())):
            # QGIS asks only where a name is chosen in its window of files, not where it stays from the last run.
            feedback.pushWarning(sentence("warn-replaced", {"path": path}))
        if run_job(job, feedback, spooling) is None:
            feedback.pushInfo(sentence(self.CANCELLED))  # QGIS itself calls it a failure
            return {}
        written = {name: path for name, path in outputs.items() if path}
        self._report = written.get(self.REPORT, "")
        described = {name: self.parameterDefinition(name).description() for name in written}
        image = subject(self.raster.name, self.raster.path)
        finished = [Output(n, p, f"{described[n]} ({image})", described[n]) for n, p in written.items()]
        announce(finished, [self.raster.path, *self._beneath], image, self.displayName(), context)
        return written

    def raster_of(self, name: str, parameters: Parameters, context: QgsProcessingContext) -> Optional[Raster]:
        """The file of an optional raster parameter; None: not given. For the main thread only."""
        layer = self.raster_layer(name, parameters, context)
        return None if layer is None else raster_file(layer)

    def raster_layer(
        self, name: str, parameters: Parameters, context: QgsProcessingContext
    ) -> Optional[QgsRasterLayer]:
        """The layer of an optional raster parameter; None: not given. For the main thread only."""
        if parameters.get(name) in (None, ""):
            return None
        layer = self.parameterAsRasterLayer(parameters, name, context)
        if layer is None or not layer.isValid():
            raise unreadable_raster(self.parameterAsString(parameters, name, context))
        return layer

    def vector_layer(
        self, name: str, parameters: Parameters, context: QgsProcessingContext
    ) -> Optional[QgsVectorLayer]:
        """The layer behind a parameter, whole; QGIS itself gives none for a selection."""
        value = parameters[name]
        if isinstance(value, QgsProcessingFeatureSourceDefinition):
            value = value.source.staticValue()
            if isinstance(value, str):
                value = QgsProcessingUtils.mapLayerFromString(value, context)
            return value if isinstance(value, QgsVectorLayer) else None
        return self.parameterAsVectorLayer(parameters, name, context)

    def _check_overwriting(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        """Refuse to write over a vector layer that is read: the engine sees a copy of it and cannot know."""
        of_type = QgsProcessingParameterFeatureSource.typeName()
        definitions = self.parameterDefinitions()
        sources = [d.name() for d in definitions if d.type() == of_type and parameters.get(d.name())]
        read = [vector_path(self.vector_layer(name, parameters, context)) for name in sources]
        for definition in definitions:
            path = destination_path(parameters.get(definition.name())) if definition.isDestination() else ""
            if path and any(other and os.path.realpath(path) == os.path.realpath(other) for other in read):
                raise refusal("output-is-input", path=path)

    def _input(self, parameters: Parameters, context: QgsProcessingContext) -> Raster:
        layer = self.parameterAsRasterLayer(parameters, self.INPUT, context)
        if layer is None or not layer.isValid():
            raise unreadable_raster(self.parameterAsString(parameters, self.INPUT, context))
        return raster_file(layer)

    def _sources(self, parameters: Parameters, context: QgsProcessingContext) -> list[str]:
        """Those of the layers in the parameters."""
        layers = []
        for definition in self.parameterDefinitions():
            name, kind = definition.name(), definition.type()
            if kind == QgsProcessingParameterRasterLayer.typeName():
                layers.append(self.parameterAsRasterLayer(parameters, name, context))
            elif kind == QgsProcessingParameterFeatureSource.typeName() and parameters.get(name):
                layers.append(self.vector_layer(name, parameters, context))
        return [layer.source() for layer in layers if layer is not None]

    def _source(self, parameters: Parameters, name: str, context: QgsProcessingContext) -> QgsProcessingFeatureSource:
        source = self.parameterAsSource(parameters, name, context)
        if source is None:
            raise unreadable_vector(parameters[name])
        return source


def passing_name(source: QgsProcessingFeatureSource, parameter: str) -> str:
    """Name of the copy of a layer that the engine reads: the layer's own, by which sentences call it."""
    return (re.sub(r"[^\w -]+", "_", source.sourceName()).strip() or parameter.lower()) + ".gpkg"


def plugin_icon() -> QIcon:
    """OCS-IA's icon."""
    return QIcon(str(plugin_root() / "resources" / "icons" / "ocsia.svg"))
