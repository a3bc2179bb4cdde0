"""The field of ``MODEL`` in dialogs: the models that can be run, to choose from, or any text (the path of a model)."""

from __future__ import annotations

from typing import Any

from processing.gui.wrappers import DIALOG_MODELER, WidgetWrapper
from qgis.core import QgsProcessingOutputString, QgsProcessingParameterString
from qgis.PyQt.QtWidgets import QComboBox

from ..engine.models.catalogue import ready_ids


class ModelWidgetWrapper(WidgetWrapper):
    """An editable list. The parameter stays a string: scripts and models know nothing of it."""

    def createWidget(self) -> QComboBox:
        """The list, with the strings of a model where the dialog is the modeler's."""
        widget = QComboBox()
        widget.setEditable(True)
        widget.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for model_id in ready_ids():
            widget.addItem(model_id, model_id)
        if self.dialogType == DIALOG_MODELER:
            kinds = [QgsProcessingParameterString], [QgsProcessingOutputString]
            for source in self.dialog.getAvailableValuesOfType(*kinds):
                widget.addItem(self.dialog.resolveValueDescription(source), source)
        widget.currentTextChanged.connect(lambda _: self.widgetValueHasChanged.emit(self))
        return widget

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
