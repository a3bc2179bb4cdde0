"""The field of ``MODEL`` in dialogs: the models that fit the image, best first, or any text (the path of a model)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Optional

from processing.gui.wrappers import DIALOG_MODELER, WidgetWrapper
from qgis.core import QgsProcessingOutputString, QgsProcessingParameterString, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import QComboBox

from ..bridge.image import ImageFacts, image_facts
from ..bridge.messages import sentence
from ..engine.models.catalogue import Entry, entries
from ..engine.models.fit import fitting

_IMAGE = "INPUT"
_GIVES = {"IRC": "I", "MNH": "E", "MNS": "E"}
"""Bands that another raster of the dialog brings, where the algorithm has such a parameter."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("OcsiaModels", text)


class ModelWidgetWrapper(WidgetWrapper):
    """An editable list. The parameter stays a string: scripts and models know nothing of it."""

    def createWidget(self) -> QComboBox:
        """The list, with the strings of a model where the dialog is the modeler's."""
        self._images: dict[str, Any] = {}
        widget = QComboBox()
        widget.setEditable(True)
        widget.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._sources = []
        if self.dialogType == DIALOG_MODELER:
            kinds = [QgsProcessingParameterString], [QgsProcessingOutputString]
            found = self.dialog.getAvailableValuesOfType(*kinds)
            self._sources = [(self.dialog.resolveValueDescription(source), source) for source in found]
        self._fill(widget, None)
        widget.currentTextChanged.connect(self._changed)
        return widget

    def postInitialize(self, wrappers: Iterable[Any]) -> None:
        """Listen to the fields of the rasters, and list the models that fit what is chosen there."""
        for wrapper in wrappers:
            name = wrapper.parameterDefinition().name()
            if name == _IMAGE or name in _GIVES:
                self._images[name] = wrapper
                wrapper.widgetValueHasChanged.connect(self.refresh)
        self.refresh()

    def refresh(self, *_: Any) -> None:
        """List the models again; what is written in the field stays."""
        text = self.widget.currentText()
        self.widget.blockSignals(True)
        try:
            self.widget.clear()
            self._fill(self.widget, self._facts())
            self.widget.setEditText(text)
        finally:
            self.widget.blockSignals(False)
        self._explain()

    def setValue(self, value: Any) -> None:
        """Show a value, one of the list or another."""
        if value is not None:
            self.setComboValue(value)

    def value(self) -> Any:
        """The text; in the modeler also the source that it stands for."""
        text = self.widget.currentText().strip()
        # Not by the current index, which stays where it was while the user types.
        row = self.widget.findText(text)
        return self.widget.itemData(row) if row >= 0 else text

    def _changed(self, _: str) -> None:
        self._explain()
        self.widgetValueHasChanged.emit(self)

    def _explain(self) -> None:
        """What the list says of the model in the field, as the field's own tooltip."""
        row = self.widget.findText(self.widget.currentText().strip())
        self.widget.setToolTip(self.widget.itemData(row, Qt.ItemDataRole.ToolTipRole) or "" if row >= 0 else "")

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
