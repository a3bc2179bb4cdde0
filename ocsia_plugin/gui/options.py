"""The page "OCS-IA" of QGIS's options: which Python runs the engine, whether it works, and the models."""

from __future__ import annotations

import os
from html import escape
from pathlib import Path
from typing import Any, Optional

from qgis.core import QgsApplication, QgsSettings, QgsTask
from qgis.gui import QgsFileWidget, QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtGui import QShowEvent
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QFrame,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ..bridge import environment
from ..bridge.environment import EngineStatus
from ..bridge.messages import sentence
from ..bridge.report import SETTING as OPEN_REPORT
from ..bridge.report import opens_reports
from ..processing.base import plugin_icon
from ..setup.probe import no_gpu
from .installing import InstallBox
from .models import ModelsBox

_SHOWN_VERSIONS = (("python", "Python"), ("onnxruntime", "ONNX Runtime"), ("rasterio", "rasterio"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("OcsiaOptions", text)


class OcsiaOptionsFactory(QgsOptionsWidgetFactory):
    """Makes the page each time that the options dialog opens.

    The plugin keeps it and hands it to ``iface.registerOptionsWidgetFactory``, and takes it back in ``unload``.
    """

    def __init__(self) -> None:
        super().__init__("OCS-IA", plugin_icon())

    def createWidget(self, parent: Optional[QWidget] = None) -> QgsOptionsPageWidget:
        """The page."""
        return OcsiaOptionsWidget(parent)


class OcsiaOptionsWidget(QgsOptionsPageWidget):
    """Path of the engine's Python, what was found there, and a button that tries it.

    Starting an interpreter takes a second, on a slow disk many: it is tried in a background task, first when the page
    comes into view.
    """

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._task: Optional[_ProbeTask] = None
        self._seen = False
        self._build()
        self.python_widget.setFilePath(QgsSettings().value(environment.SETTING, "") or "")
        self.python_widget.fileChanged.connect(self._show_located)
        self._show_located()

    # -- what QGIS calls

    def apply(self) -> None:
        """Keep the path and what reports do; QGIS calls it for OK and Apply."""
        path = self.chosen_python()
        settings = QgsSettings()
        settings.setValue(OPEN_REPORT, self.reports_box.isChecked())
        if path:
            settings.setValue(environment.SETTING, path)
        else:
            settings.remove(environment.SETTING)

    def showEvent(self, event: QShowEvent) -> None:
        """Try the engine once when the page is first looked at."""
        super().showEvent(event)
        if not self._seen:
            self._seen = True
            if self._located().ok:
                self.test_engine()

    # -- the parts

    def chosen_python(self) -> str:
        """The path in the field, with ``~`` replaced."""
        text = self.python_widget.filePath().strip()
        return os.path.expanduser(text) if text else ""

    def test_engine(self) -> None:
        """Start the engine's Python in the background and show what it says."""
        if self._task is not None:
            return
        located = self._located()
        if not located.ok:
            self.show_status(located)
            return
        self.test_button.setEnabled(False)
        self._set_status(_tr("Starting the engine…"), located.python)
        self._task = _ProbeTask(located)
        # Bound methods of this widget: Qt drops the connections if the dialog closes before the answer.
        self._task.taskCompleted.connect(self._probed)
        self._task.taskTerminated.connect(self._probed)
        QgsApplication.taskManager().addTask(self._task)

    def show_status(self, status: EngineStatus) -> None:
        """Fill the status lines."""
        if status.problem == "engine-missing":
            hint = _tr("Install it with the button below, or name above the Python of one that is installed elsewhere.")
            self._set_status(_tr("Not installed yet"), hint)
        elif not status.ok:
            self._set_status(_tr("Not usable"), sentence(status.problem, status.params), "#d32f2f")
        elif status.versions:
            self._set_status(_tr("The engine works"), _details(status), "#388e3c")
        else:
            self._set_status(_tr("Found, not tested yet"), _details(status))

    def _build(self) -> None:
        # The window of the options may be lower than this page.
        area, page = QScrollArea(), QWidget()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(
            _label(
                _tr(
                    "OCS-IA runs its models in a Python environment of its own, separate from QGIS: "
                    "the libraries of one cannot disturb the other."
                )
            )
        )

        engine = QGroupBox(_tr("Engine"))
        form = QFormLayout(engine)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.python_widget = QgsFileWidget()
        self.python_widget.setStorageMode(QgsFileWidget.StorageMode.GetFile)
        self.python_widget.setDialogTitle(_tr("Python of the engine"))
        self.python_widget.lineEdit().setPlaceholderText(_tr("Automatic: the engine installed below"))
        form.addRow(_tr("Python interpreter"), self.python_widget)
        if os.environ.get(environment.VARIABLE):
            note = _tr("The environment variable {name} is set and takes precedence over this path.")
            form.addRow("", _label(note.format(name=environment.VARIABLE)))
        layout.addWidget(engine)

        status = QGroupBox(_tr("Status"))
        rows = QVBoxLayout(status)
        self.status_label = _label("")
        self.details_label = _label("")
        self.details_label.setTextFormat(Qt.TextFormat.PlainText)
        self.details_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.test_button = QPushButton(_tr("Test the engine"))
        self.test_button.clicked.connect(self.test_engine)
        line = QHBoxLayout()
        line.addWidget(self.status_label, 1)
        line.addWidget(self.test_button, 0, Qt.AlignmentFlag.AlignTop)
        rows.addLayout(line)
        rows.addWidget(self.details_label)
        layout.addWidget(status)

        self.installation = InstallBox()
        self.installation.changed.connect(self._installed)
        layout.addWidget(self.installation)
        self.models = ModelsBox()
        layout.addWidget(self.models)
        self.reports_box = QCheckBox(_tr("Open the report in the browser at the end of a run"))
        tip = _tr("Not in batch and in graphical models: their reports are in the results viewer.")
        self.reports_box.setToolTip(tip)
        self.reports_box.setChecked(opens_reports())
        layout.addWidget(self.reports_box)
        layout.addStretch(1)

    def _installed(self) -> None:
        """An engine was installed or removed: it counts unless another one is named."""
        self.python_widget.setFilePath("")
        self.test_engine()

    def _located(self) -> EngineStatus:
        """What would run with the path in the field, which may not be saved yet."""
        chosen = self.chosen_python()
        if not chosen or os.environ.get(environment.VARIABLE):
            return environment.locate_engine()
        if not Path(chosen).is_file():
            return environment.missing_python(chosen, "setting")
        return EngineStatus(chosen, "setting")

    def _show_located(self) -> None:
        if self._task is None:
            self.show_status(self._located())

    def _probed(self) -> None:
        task, self._task = self._task, None
        self.test_button.setEnabled(True)
        if task is not None and task.status_found is not None:
            self.show_status(task.status_found)

    def _set_status(self, title: str, details: str, color: str = "") -> None:
        style = f' style="color: {color}"' if color else ""
        self.status_label.setText(f"<b{style}>{escape(title)}</b>")
        self.details_label.setText(details)


class _ProbeTask(QgsTask):
    """Starts an interpreter once and keeps what it said."""

    def __init__(self, located: EngineStatus) -> None:
        super().__init__(_tr("Testing the OCS-IA engine"), QgsTask.Flag.CanCancel)
        self._located = located
        self.status_found: Optional[EngineStatus] = None

    def run(self) -> bool:
        """In a background thread."""
        self.status_found = environment.probe(self._located)
        return True


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    return label


def _device(found: dict[str, Any]) -> str:
    """What does the work, by the engine's own trial."""
    if found["gpu"]:
        return _tr("A GPU can be used.")
    if found["gpu"] is None:
        return _tr("No GPU: the processor does the work.")
    return sentence("warn-device", {"reason": no_gpu(found)})


def _details(status: EngineStatus) -> str:
    """Path, where it comes from, and versions, one per line."""
    sources = {
        "variable": _tr("named by the variable {name}").format(name=environment.VARIABLE),
        "setting": _tr("named by this setting"),
        "plugin": _tr("in the plugin's folder"),
        "user": _tr("in the user's data folder"),
    }
    origin = sources.get(status.source, "")
    lines = [f"{status.python} ({origin})" if origin else status.python]
    if status.versions:
        lines.append(
            ", ".join(f"{title} {status.versions[key]}" for key, title in _SHOWN_VERSIONS if key in status.versions)
        )
        lines.append(_device(status.versions))
    return "\n".join(lines)
