"""The field of ``MODEL`` in dialogs: the models that fit the image, best first, or any text (the path of a model)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Optional

from processing.gui.wrappers import DIALOG_MODELER, DIALOG_STANDARD, WidgetWrapper
from qgis.core import QgsProcessingOutputString, QgsProcessingParameterString, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication, Qt, QTimer
from qgis.PyQt.QtWidgets import QApplication, QComboBox, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget
from qgis.utils import iface

from ..bridge.image import ImageFacts, image_facts
from ..bridge.messages import sentence
from ..engine.models.catalogue import Entry, entries
from ..engine.models.fit import fitting
from .forecast import ForecastRow
from .models import ModelsBox

OPTIONS_PAGE = "OCS-IA"
"""Name of our page in QGIS's options."""

_IMAGE = "INPUT"
_GIVES = {"IRC": "I", "MNH": "E", "MNS": "E"}
"""Bands that another raster of the dialog brings, where the algorithm has such a parameter."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("OcsiaModels", text)


class ModelWidgetWrapper(WidgetWrapper):
    """An editable list. The parameter stays a string: scripts and models know nothing of it."""

    def createWidget(self) -> QWidget:
        """The list, with the strings of a model where the dialog is the modeler's, with a button in an algorithm's."""
        self._images: dict[str, Any] = {}
        self.combo = widget = QComboBox()
        widget.setEditable(True)
        widget.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._sources = []
        if self.dialogType == DIALOG_MODELER:
            kinds = [QgsProcessingParameterString], [QgsProcessingOutputString]
            found = self.dialog.getAvailableValuesOfType(*kinds)
            self._sources = [(self.dialog.resolveValueDescription(source), source) for source in found]
        self._fill(widget, None)
        widget.currentTextChanged.connect(self._changed)
        return widget if self.dialogType != DIALOG_STANDARD else self._with_button(widget)

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
        """Listen to the fields of the rasters, and list the models that fit what is chosen there."""
        wrappers = list(wrappers)
        for wrapper in wrappers:
            name = wrapper.parameterDefinition().name()
            if name == _IMAGE or name in _GIVES:
                self._images[name] = wrapper
                wrapper.widgetValueHasChanged.connect(self.refresh)
        self.refresh()
        algorithm = self.parameterDefinition().algorithm()
        # A ready-made model has such a field as well, and steps of which nothing is known here.
        if self.dialogType == DIALOG_STANDARD and hasattr(algorithm, "forecast"):
            self.forecast = ForecastRow(algorithm.id(), self.show_settings)
            self.forecast.listen(wrappers)
            self._rows.addWidget(self.forecast)

    def refresh(self, *_: Any) -> None:
        """List the models again; what is written in the field stays."""
        text = self.combo.currentText()
        self.combo.blockSignals(True)
        try:
            self.combo.clear()
            self._fill(self.combo, self._facts())
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

    def _changed(self, _: str) -> None:
        self._explain()
        self.widgetValueHasChanged.emit(self)

    def _explain(self) -> None:
        """What the list says of the model in the field, as the field's own tooltip."""
        row = self.combo.findText(self.combo.currentText().strip())
        self.combo.setToolTip(self.combo.itemData(row, Qt.ItemDataRole.ToolTipRole) or "" if row >= 0 else "")

    def _facts(self) -> Optional[ImageFacts]:
        """Of the image that is chosen, with the bands that the other rasters bring; None: nothing is known of it."""
        facts = _facts_of(self._images[_IMAGE]) if _IMAGE in self._images else None
        if facts is None:
            return None
        given = [role for name, role in _GIVES.items() if name in self._images and self._images[name].parameterValue()]
        return ImageFacts((*facts.roles, *given), facts.gsd)

    def _fill(self, widget: QComboBox, facts: Optional[ImageFacts]) -> None:
        """Models that can be run, best first; those that cannot, or not on this image, in grey with the reason."""
        known = entries()
        if facts is None:
            for entry in known:
                if entry.ready:
                    widget.addItem(entry.id, entry.id)
        else:
            fit, others = fitting(known, facts.roles, facts.gsd)
            for entry in (e for e in fit if e.ready):
                _add(widget, entry, _score(entry))
            for entry, why in ((e, why) for e, why in others if e.ready):
                _add(widget, entry, sentence(why["code"], why["params"]), grey=True)
            for entry in (e for e in fit if not e.ready and e.weights):
                why_not = _tr("It fits, and has to be downloaded first: Settings > Options > OCS-IA.")
                _add(widget, entry, why_not, grey=True)
        for text, source in self._sources:
            widget.addItem(text, source)


def _bring_models_into_view() -> None:
    """Scroll our page of the options, once it is there, to its list of models."""
    dialog = QApplication.activeModalWidget()
    box = dialog.findChild(ModelsBox) if dialog is not None else None
    area = box.parent() if box is not None else None
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parent()
    if area is not None:
        area.ensureWidgetVisible(box, 0, 0)


def _add(widget: QComboBox, entry: Entry, tooltip: str, grey: bool = False) -> None:
    widget.addItem(entry.id, entry.id)
    row = widget.count() - 1
    widget.setItemData(row, "\n".join(filter(None, (entry.title, tooltip))), Qt.ItemDataRole.ToolTipRole)
    widget.model().item(row).setEnabled(not grey)


def _score(entry: Entry) -> str:
    if entry.mean_iou is None:
        return ""
    return _tr("Published mIoU: {score} %").format(score=round(100 * entry.mean_iou, 1))


def _facts_of(wrapper: Any) -> Optional[ImageFacts]:
    """Of the raster in a field: a layer of the project or a file; None: neither, or one of a web service."""
    value = wrapper.parameterValue()
    if not isinstance(value, str) or not value:
        return None
    layer = QgsProject.instance().mapLayer(value)
    if layer is None:
        named = QgsProject.instance().mapLayersByName(value)
        layer = named[0] if named else None
    if layer is None:
        return image_facts(value)
    if not isinstance(layer, QgsRasterLayer) or layer.providerType() != "gdal":
        return None
    return image_facts(layer.source().split("|")[0])
