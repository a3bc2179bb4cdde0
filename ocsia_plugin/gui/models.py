"""The models on the settings page: which there are, and buttons that import, download, verify and delete them."""

from __future__ import annotations

import os
from typing import Any, Optional, Union

from qgis.core import Qgis, QgsApplication, QgsMessageLog, QgsProcessingException, QgsProcessingFeedback, QgsTask
from qgis.PyQt.QtCore import QCoreApplication, QLocale, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QGroupBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..bridge.messages import LOG_TAG, sentence
from ..bridge.proxy import proxy_url
from ..bridge.worker import run_job
from ..engine.jobs import ImportModelJob, ModelsJob
from ..engine.models.catalogue import Entry, entries

_ROWS = 8
_FILES = "*.pth *.pt *.ckpt *.safetensors *.onnx"


def _tr(text: str) -> str:
    return QCoreApplication.translate("OcsiaModels", text)


def percent(share: float) -> str:
    """A share of 0 to 1 in percent, with one decimal, as the reader writes it."""
    return QLocale(QgsApplication.locale()).toString(100 * share, "f", 1)


class ModelsBox(QGroupBox):
    """A table of models; what its buttons do runs in the engine, in a background task."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(_tr("Models"), parent)
        self._task: Optional[ModelsTask] = None
        self._entries: list[Entry] = []
        self._refused = ""
        self._build()
        self.refresh()

    def refresh(self) -> None:
        """Read the catalogue and the user's folder again; the same model stays selected."""
        chosen = self.selected()
        self._entries = entries()
        self.table.setRowCount(len(self._entries))
        for row, entry in enumerate(self._entries):
            score = "" if entry.mean_iou is None else percent(entry.mean_iou)
            why = sentence(entry.problem["code"], entry.problem["params"]) if entry.problem else entry.title
            for column, text in enumerate((entry.id, _state(entry), "".join(entry.bands), score)):
                item = QTableWidgetItem(text)
                item.setToolTip(why)
                self.table.setItem(row, column, item)
            if chosen is not None and entry.id == chosen.id:
                self.table.selectRow(row)
        self._enable()

    def selected(self) -> Optional[Entry]:
        """The model of the selected row."""
        rows = self.table.selectionModel().selectedRows()
        return self._entries[rows[0].row()] if rows else None

    def start(self, action: str) -> None:
        """Run ``fetch``, ``verify`` or ``delete`` on the selected model."""
        entry = self.selected()
        if entry is not None:
            self._run(ModelsTask(ModelsJob(action=action, id=entry.id, proxy=proxy_url()), entry.id))

    def start_import(self, path: str) -> None:
        """Import a file of a model."""
        self._run(ModelsTask(ImportModelJob(file=path), os.path.basename(path)))

    def _run(self, task: ModelsTask) -> None:
        if self._task is not None:
            return
        self._task, self._refused = task, ""
        # Bound methods of this widget: Qt drops the connections if the dialog closes before the end.
        self._task.said.connect(self.message.setText)
        self._task.progressChanged.connect(self._progressed)
        self._task.taskCompleted.connect(self._ended)
        self._task.taskTerminated.connect(self._ended)
        self.message.setText("")
        self.progress.setValue(0)
        self._enable()
        QgsApplication.taskManager().addTask(self._task)

    def _build(self) -> None:
        self.table = QTableWidget(0, 4)
        self.table.setHorizontalHeaderLabels([_tr("Model"), _tr("State"), _tr("Bands"), _tr("mIoU (%)")])
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setMinimumHeight(_ROWS * self.table.verticalHeader().defaultSectionSize())
        self.table.itemSelectionChanged.connect(self._enable)

        self.import_button = QPushButton(_tr("Import a model…"))
        self.import_button.setToolTip(_tr("Weights as IGN publishes them, or a model as .onnx, in a file."))
        self.more_button = QPushButton(_tr("Give what is missing…"))
        self.fetch_button = QPushButton(_tr("Download"))
        self.verify_button = QPushButton(_tr("Verify"))
        self.delete_button = QPushButton(_tr("Delete"))
        self.cancel_button = QPushButton(_tr("Cancel"))
        self.import_button.clicked.connect(self._import)
        self.more_button.clicked.connect(self._give_more)
        self.fetch_button.clicked.connect(lambda: self.start("fetch"))
        self.verify_button.clicked.connect(lambda: self.start("verify"))
        self.delete_button.clicked.connect(self._delete)
        self.cancel_button.clicked.connect(self._cancel)
        self.progress = QProgressBar()
        line = QHBoxLayout()
        for widget in (self.import_button, self.fetch_button, self.verify_button, self.delete_button):
            line.addWidget(widget)
        line.addWidget(self.progress, 1)
        line.addWidget(self.cancel_button)

        self.message = QLabel("")
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        rows = QVBoxLayout(self)
        rows.addWidget(self.table)
        rows.addLayout(line)
        rows.addWidget(self.message)
        rows.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)

    def _enable(self) -> None:
        entry, idle = self.selected(), self._task is None
        state = entry.state if entry else ""
        can_fetch = entry is not None and entry.weights is not None and not entry.ready
        self.fetch_button.setEnabled(idle and can_fetch)
        self.verify_button.setEnabled(idle and state in ("shipped", "imported", "fetched"))
        self.delete_button.setEnabled(idle and state in ("imported", "fetched", "broken"))
        self.import_button.setEnabled(idle)
        self.more_button.setVisible(idle and bool(self._refused))
        self.table.setEnabled(idle)
        self.progress.setVisible(not idle)
        self.cancel_button.setVisible(not idle)

    def _import(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, _tr("Import a model"), "", f"{_tr('Models')} ({_FILES})")
        if path:
            self.start_import(path)

    def _give_more(self) -> None:
        """The algorithm's own dialog has a field for whatever an import may have to be told."""
        import processing  # noqa: QGS111 one module for all: the other is a copy of its names

        processing.execAlgorithmDialog("ocsia:importmodel", {"FILE": self._refused})
        self._refused = ""
        self.message.setText("")
        self.refresh()

    def _delete(self) -> None:
        entry = self.selected()
        if entry is None:
            return
        question = _tr("Delete the model {id} from this machine?").format(id=entry.id)
        if QMessageBox.question(self, _tr("Delete"), question) == QMessageBox.StandardButton.Yes:
            self.start("delete")

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _progressed(self, value: float) -> None:
        self.progress.setValue(round(value))

    def _ended(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            self.message.setText(task.outcome)
            if isinstance(task.job, ImportModelJob) and task.refused.startswith("import-"):
                self._refused = task.job.file  # something that its dialog has a field for
        self.refresh()
        if task is not None and task.results.get("OUTPUT"):
            self._select(task.results["OUTPUT"])

    def _select(self, model_id: str) -> None:
        for row, entry in enumerate(self._entries):
            if entry.id == model_id:
                self.table.selectRow(row)


class ModelsTask(QgsTask):
    """Runs one job of models in the engine.

    Attributes:
        outcome: what there is to say at its end: its warnings, then its last line or why it was refused.
        refused: the code of that reason.
        results: of the job; empty where it has none.
    """

    said = pyqtSignal(str)

    def __init__(self, job: Union[ModelsJob, ImportModelJob], name: str) -> None:
        super().__init__(_tr("OCS-IA: {id}").format(id=name), QgsTask.Flag.CanCancel)
        self.job = job
        self._feedback = _Feedback(self)
        self.outcome = ""
        self.refused = ""
        self.results: dict[str, Any] = {}

    def run(self) -> bool:
        """In a background thread."""
        try:
            results = run_job(self.job, self._feedback)
        except QgsProcessingException as error:
            self.outcome, self.refused = str(error), getattr(error, "code", "")
            return False
        if results is None:
            self.outcome = _tr("Cancelled.")
            return False
        self.results = results
        self.outcome = "\n".join((*self._feedback.warnings, self._feedback.last))
        return True

    def cancel(self) -> None:
        """From any thread."""
        self._feedback.cancel()
        super().cancel()


class _Feedback(QgsProcessingFeedback):
    """Hands on what the engine says."""

    def __init__(self, task: ModelsTask) -> None:
        super().__init__(False)
        self._task = task
        self.last = ""
        self.warnings: list[str] = []
        self.progressChanged.connect(task.setProgress)

    def pushInfo(self, info: str) -> None:
        """A line of QGIS's log; the last one is shown."""
        self.last = info
        QgsMessageLog.logMessage(info, LOG_TAG, Qgis.MessageLevel.Info)
        self._task.said.emit(info)

    def pushWarning(self, warning: str) -> None:
        """A line that is still shown at the end."""
        self.warnings.append(warning)
        QgsMessageLog.logMessage(warning, LOG_TAG, Qgis.MessageLevel.Warning)
        self._task.said.emit(warning)


def _state(entry: Entry) -> str:
    states = {
        "shipped": _tr("comes with the plugin"),
        "imported": _tr("installed"),
        "fetched": _tr("downloaded, not imported"),
        "known": _tr("can be downloaded") if entry.weights else _tr("file to be imported"),
        "broken": _tr("damaged"),
    }
    return states[entry.state]
