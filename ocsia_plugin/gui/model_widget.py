"""The field of ``MODEL`` in dialogs: the models that fit the image, or that may have made the raster; or any text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Optional

from processing.gui.wrappers import DIALOG_MODELER, DIALOG_STANDARD, WidgetWrapper
from qgis.core import QgsProcessingOutputString, QgsProcessingParameterString, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, Qt, QTimer
from qgis.PyQt.QtWidgets import QApplication, QComboBox, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget
from qgis.utils import iface

from ..bridge.image import ImageFacts, image_facts
from ..bridge.looks import legend_in, tags_of
from ..bridge.messages import sentence
from ..engine.errors import OcsiaError
from ..engine.models.catalogue import Entry, entries, find_model
from ..engine.models.fit import fitting
from ..engine.products.classes import Legend
from ..engine.products.origin import MODEL
from .forecast import ForecastRow
from .models import ModelsBox, percent

OPTIONS_PAGE = "OCS-IA"
"""Name of our page in QGIS's options."""

_IMAGE = "INPUT"
_GIVES = {"IRC": "I", "MNH": "E", "MNS": "E"}
"""Bands that another raster of the dialog brings, where the algorithm has such a parameter."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("OcsiaModels", text)


class ModelField(WidgetWrapper):
    """An editable list of models that follows other fields. The parameter stays a string: scripts do not know of it."""

    FOLLOWED: tuple[str, ...] = (_IMAGE,)
    """Rasters of the dialog on which depends what is listed."""

    def createWidget(self) -> QWidget:
        """The list, with the strings of a model where the dialog is the modeler's."""
        self._rasters: dict[str, Any] = {}
        self.combo = QComboBox()
        self.combo.setEditable(True)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._sources = []
        if self.dialogType == DIALOG_MODELER:
            kinds = [QgsProcessingParameterString], [QgsProcessingOutputString]
            found = self.dialog.getAvailableValuesOfType(*kinds)
            self._sources = [(self.dialog.resolveValueDescription(source), source) for source in found]
        self._fill_all()
        self.combo.currentTextChanged.connect(self._changed)
        return self.combo

    def postInitialize(self, wrappers: Iterable[Any]) -> None:
        """Listen to the fields of the rasters, and list the models that go with what is chosen there."""
        for wrapper in wrappers:
            name = wrapper.parameterDefinition().name()
            if name in self.FOLLOWED:
                self._rasters[name] = wrapper
                wrapper.widgetValueHasChanged.connect(self.refresh)
        self.refresh()

    def tr(self, text: str) -> str:
        """What QGIS's class says, ``[optional]``, has its translation there and not under the name of this one."""
        return QCoreApplication.translate("WidgetWrapper", text)

    def fill(self) -> None:
        """List the models, with ``add_entry``."""
        raise NotImplementedError

    def add_entry(self, entry: Entry, tooltip: str, grey: bool = False) -> None:
        """A line of the list; a grey one cannot be chosen."""
        self.combo.addItem(entry.id, entry.id)
        row = self.combo.count() - 1
        self.combo.setItemData(row, "\n".join(filter(None, (entry.title, tooltip))), Qt.ItemDataRole.ToolTipRole)
        self.combo.model().item(row).setEnabled(not grey)

    def raster_path(self, name: str) -> str:
        """Of the raster in a field, a layer of the project or a file; empty: neither, or one of a web service."""
        value = self._rasters[name].parameterValue() if name in self._rasters else None
        if not isinstance(value, str) or not value:
            return ""
        layer = QgsProject.instance().mapLayer(value)
        if layer is None:
            named = QgsProject.instance().mapLayersByName(value)
            layer = named[0] if named else None
        if layer is None:
            return value
        return layer.source().split("|")[0] if layer.providerType() == "gdal" else ""

    def refresh(self, *_: Any) -> None:
        """List the models again; what is written in the field stays."""
        text = self.combo.currentText()
        self.combo.blockSignals(True)
        try:
            self.combo.clear()
            self._fill_all()
            self.combo.setEditText(text)
        finally:
            self.combo.blockSignals(False)
        self._explain()

    def setValue(self, value: Any) -> None:
        """Show a value, one of the list or another."""
        if value is not None:
            self.setComboValue(value, self.combo)

    def value(self) -> Any:
        """The text; in the modeler also the source that it stands for."""
        text = self.combo.currentText().strip()
        # Not by the current index, which stays where it was while the user types.
        row = self.combo.findText(text)
        return self.combo.itemData(row) if row >= 0 else text

    def _fill_all(self) -> None:
        self.fill()
        for text, source in self._sources:
            self.combo.addItem(text, source)

    def _changed(self, _: str) -> None:
        self._explain()
        self.widgetValueHasChanged.emit(self)

    def _explain(self) -> None:
        """What the list says of the model in the field, as the field's own tooltip."""
        row = self.combo.findText(self.combo.currentText().strip())
        self.combo.setToolTip(self.combo.itemData(row, Qt.ItemDataRole.ToolTipRole) or "" if row >= 0 else "")


class ModelWidgetWrapper(ModelField):
    """The model to run: those that fit the image, best first."""

    FOLLOWED = (_IMAGE, *_GIVES)

    def createWidget(self) -> QWidget:
        """The list, in an algorithm's dialog with a button."""
        combo = super().createWidget()
        return combo if self.dialogType != DIALOG_STANDARD else self._with_button(combo)

    def _with_button(self, combo: QComboBox) -> QWidget:
        """The list, beside it the way to the models that can be downloaded (IGN's), under it what the run will take."""
        field, button = QWidget(), QPushButton(_tr("IGN's models…"))
        button.setToolTip(_tr("Opens the list of published models, to download and import one."))
        button.clicked.connect(self.get_models)
        row = QHBoxLayout()
        row.addWidget(combo, 1)
        row.addWidget(button)
        self._rows = QVBoxLayout(field)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addLayout(row)
        self.button = button
        return field

    def get_models(self) -> None:
        """Show the models in QGIS's options; when they are closed, list what there is now."""
        QTimer.singleShot(0, _bring_models_into_view)
        self.show_settings()

    def show_settings(self) -> None:
        """Show our page of QGIS's options; when it is closed, list what there is now."""
        if iface is not None:
            iface.showOptionsDialog(self.combo.window(), OPTIONS_PAGE)
        self.refresh()

    def postInitialize(self, wrappers: Iterable[Any]) -> None:
        """Listen to the fields of the dialog."""
        wrappers = list(wrappers)
        super().postInitialize(wrappers)
        algorithm = self.parameterDefinition().algorithm()
        # A user's own graphical model may have such a field as well, and steps of which nothing is known here.
        if self.dialogType == DIALOG_STANDARD and hasattr(algorithm, "forecast"):
            self.forecast = ForecastRow(algorithm.id(), self.show_settings)
            self.forecast.listen(wrappers)
            self._rows.addWidget(self.forecast)

    def fill(self) -> None:
        """Models that can be run, best first; those that cannot, or not on this image, in grey with the reason."""
        known, facts = entries(), self._facts()
        if facts is None:
            for entry in known:
                if entry.ready:
                    self.combo.addItem(entry.id, entry.id)
            return
        fit, others = fitting(known, facts.roles, facts.gsd)
        for entry in (e for e in fit if e.ready):
            self.add_entry(entry, _score(entry))
        for entry, why in ((e, why) for e, why in others if e.ready):
            self.add_entry(entry, sentence(why["code"], why["params"]), grey=True)
        for entry in (e for e in fit if not e.ready and e.weights):
            why_not = _tr("It fits, and has to be downloaded first: Settings > Options > OCS-IA.")
            self.add_entry(entry, why_not, grey=True)

    def _facts(self) -> Optional[ImageFacts]:
        """Of the image that is chosen, with the bands that the other rasters bring; None: nothing is known of it."""
        path = self.raster_path(_IMAGE)
        facts = image_facts(path) if path else None
        if facts is None:
            return None
        chosen = {name for name, wrapper in self._rasters.items() if wrapper.parameterValue()}
        given = [role for name, role in _GIVES.items() if name in chosen]
        return ImageFacts((*facts.roles, *given), facts.gsd)


class MakerWidgetWrapper(ModelField):
    """The model that a raster was made by, whose published statistics are asked for; or none."""

    def fill(self) -> None:
        """None, then the model that the raster names, then others of its classes; those of other classes in grey."""
        self.combo.addItem("", "")
        self.combo.setItemData(0, _tr("No model: no range from published statistics."), Qt.ItemDataRole.ToolTipRole)
        tags = tags_of(self.raster_path(_IMAGE))
        legend = legend_in(tags)
        known = [entry for entry in entries() if entry.ready]
        maker = [entry for entry in known if entry.id == tags.get(MODEL)]
        for entry in maker:
            self.add_entry(entry, _tr("The raster was made by it."))
        others = [(entry, _other_classes(entry, legend)) for entry in known if entry not in maker]
        for entry, why_not in sorted(others, key=lambda other: bool(other[1])):
            self.add_entry(entry, why_not, grey=bool(why_not))


def _other_classes(entry: Entry, legend: Optional[Legend]) -> str:
    """Why the statistics of a model say nothing of a raster; empty: they do, or nothing is known of its classes."""
    try:
        found = find_model(entry.id).nomenclature.id
    except OcsiaError as error:
        return sentence(error.code, error.params)
    wanted = legend.nomenclature.id if legend else found
    params = {"model": entry.id, "found": found, "wanted": wanted}
    return sentence("model-nomenclature", params) if found != wanted else ""


def _bring_models_into_view() -> None:
    """Scroll our page of the options, once it is there, to its list of models."""
    dialog = QApplication.activeModalWidget()
    box = dialog.findChild(ModelsBox) if dialog is not None else None
    area = box.parent() if box is not None else None
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parent()
    if area is not None:
        area.ensureWidgetVisible(box, 0, 0)


def _score(entry: Entry) -> str:
    if entry.mean_iou is None:
        return ""
    return _tr("Published mIoU: {score} %").format(score=percent(entry.mean_iou))
