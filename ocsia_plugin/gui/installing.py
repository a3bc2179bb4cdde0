"""The engine's installation on the settings page: install, repair, remove, with the log in view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Optional

from qgis.core import QgsApplication, QgsProcessingException, QgsProcessingFeedback, QgsTask
from qgis.gui import QgsCollapsibleGroupBox, QgsFileWidget
from qgis.PyQt.QtCore import QCoreApplication, Qt, pyqtSignal
from qgis.PyQt.QtGui import QFontDatabase, QShowEvent
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..bridge.environment import child_environment, install_command
from ..bridge.messages import sentence
from ..bridge.setup import request, run_removal, run_setup
from ..setup.install import up_to_date
from ..setup.machine import gpu
from ..setup.places import default_folder, lock_file, read_note

_LOG_LINES = 2000


def _tr(text: str) -> str:
    return QCoreApplication.translate("OcsiaInstallation", text)


class InstallBox(QGroupBox):
    """Buttons that install and remove the engine in the user's data folder, in a background task.

    The installation goes on when the page is closed; a page opened meanwhile shows it again.
    """

    changed = pyqtSignal()
    """An installation or a removal has ended well."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(_tr("Installation"), parent)
        self._task: Optional[SetupTask] = None
        self._card: Optional[_CardTask] = None
        self._build()
        self.refresh()
        if SetupTask.running is not None:
            self._follow(SetupTask.running)

    def refresh(self) -> None:
        """Show what is installed; the buttons fit."""
        folder, idle = default_folder(), self._task is None
        there = folder.exists()
        if not there:
            text = _tr("The engine is not installed in {folder}.")
        elif read_note(folder) is None or up_to_date(folder):
            text = _tr("The engine is installed in {folder}.")
        else:
            text = _tr("The engine in {folder} is older than the plugin: repair it.")
        self.state_label.setText(text.format(folder=folder))
        self.install_button.setText(_tr("Repair the engine") if there else _tr("Install the engine"))
        self.remove_button.setEnabled(there)
        for widget in (self.install_button, self.remove_button, self.choices):
            widget.setVisible(idle)
        for widget in (self.progress, self.cancel_button):
            widget.setVisible(not idle)

    def start(self) -> None:
        """Install or repair, with what is chosen."""
        wanted = request(
            self.variant_box.currentData(), self.python_widget.filePath().strip(), self.wheels_widget.filePath().strip()
        )
        self._run(SetupTask(_tr("Installing the OCS-IA engine"), lambda feedback: bool(run_setup(wanted, feedback))))

    def start_removal(self) -> None:
        """Remove what is installed."""

        def removal(feedback: QgsProcessingFeedback) -> bool:
            run_removal()
            feedback.pushInfo(sentence("setup-removed", {"folder": str(default_folder())}))
            return True

        self._run(SetupTask(_tr("Removing the OCS-IA engine"), removal))

    def showEvent(self, event: QShowEvent) -> None:
        """Look for a graphics card when the page is first seen; its tool may take a second."""
        super().showEvent(event)
        if self._card is None:
            self._card = _CardTask()
            self._card.found.connect(self._show_card)
            QgsApplication.taskManager().addTask(self._card)

    # -- the parts

    def _build(self) -> None:
        self.state_label, self.message = QLabel(""), QLabel("")
        for label in (self.state_label, self.message):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.install_button, self.remove_button = QPushButton(""), QPushButton(_tr("Remove"))
        self.cancel_button, self.progress = QPushButton(_tr("Cancel")), QProgressBar()
        self.install_button.clicked.connect(self.start)
        self.remove_button.clicked.connect(self._ask_removal)
        self.cancel_button.clicked.connect(self._cancel)
        line = QHBoxLayout()
        line.addWidget(self.install_button)
        line.addWidget(self.remove_button)
        line.addWidget(self.progress, 1)
        line.addWidget(self.cancel_button)
        line.addStretch(0)
        self.log = QPlainTextEdit()
        self.log.setReadOnly(True)
        self.log.setMaximumBlockCount(_LOG_LINES)
        self.log.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.log.setMinimumHeight(120)
        self.log.hide()
        self.message.hide()
        self.choices = self._choices()
        rows = QVBoxLayout(self)
        rows.addWidget(self.state_label)
        rows.addWidget(self.choices)
        rows.addLayout(line)
        rows.addWidget(self.message)
        rows.addWidget(self.log)

    def _choices(self) -> QWidget:
        """The variant, and, folded, what a machine without a network or without a Python needs."""
        choices = QWidget()
        form = QFormLayout(choices)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.variant_box = QComboBox()
        self.variant_box.addItem(_tr("Processor: any machine (about 600 MB)"), "cpu")
        self.variant_box.addItem(_tr("NVIDIA graphics card: with CUDA (several GB)"), "gpu")
        note = read_note(default_folder())
        self.variant_box.setCurrentIndex(self.variant_box.findData(note.variant if note else "cpu"))
        self.card_label = QLabel("")
        self.card_label.setWordWrap(True)
        self.card_label.setAlignment(Qt.AlignmentFlag.AlignTop)
        form.addRow(_tr("The models run on"), self.variant_box)
        form.addRow("", self.card_label)
        folded = QgsCollapsibleGroupBox(_tr("Without a network, or with another Python"))
        folded.setCollapsed(True)
        inner = QFormLayout(folded)
        inner.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.wheels_widget, self.python_widget = QgsFileWidget(), QgsFileWidget()
        self.wheels_widget.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.wheels_widget.lineEdit().setPlaceholderText(_tr("Empty: the libraries are downloaded"))
        self.python_widget.setStorageMode(QgsFileWidget.StorageMode.GetFile)
        self.python_widget.lineEdit().setPlaceholderText(_tr("Empty: uv, or a Python found on this machine"))
        inner.addRow(_tr("Folder of wheels"), self.wheels_widget)
        self.filling = _command("")
        inner.addRow(_tr("To fill it elsewhere"), self.filling)
        self.variant_box.currentIndexChanged.connect(self._show_filling)
        self._show_filling()
        inner.addRow(_tr("Python to build with"), self.python_widget)
        inner.addRow(_tr("In a terminal"), _command(install_command()))
        form.addRow(folded)
        return choices

    def _show_filling(self, *_: Any) -> None:
        """What to type on a machine like this one that has a network; the file is to be taken along."""
        lock = lock_file(self.variant_box.currentData())
        self.filling.setText(f'pip download --prefer-binary -r "{lock}"')

    def _show_card(self, card: str) -> None:
        self.card_label.setText(sentence("setup-gpu-seen", {"gpu": card}) if card else sentence("setup-gpu-none"))

    def _ask_removal(self) -> None:
        question = _tr("Remove the engine from {folder}?").format(folder=default_folder())
        if QMessageBox.question(self, _tr("Remove"), question) == QMessageBox.StandardButton.Yes:
            self.start_removal()

    def _run(self, task: SetupTask) -> None:
        if self._task is None and SetupTask.running is None:
            self._follow(task)
            task.start()

    def _follow(self, task: SetupTask) -> None:
        self._task = task
        self.message.hide()
        self.log.setPlainText("\n".join(task.lines))
        self.log.setVisible(bool(task.lines))
        self.progress.setValue(round(task.progress()))
        # Bound methods of this widget: Qt drops the connections if the dialog closes before the end.
        task.said.connect(self._said)
        task.progressChanged.connect(self._progressed)
        task.taskCompleted.connect(self._ended)
        task.taskTerminated.connect(self._ended)
        self.refresh()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _said(self, line: str) -> None:
        self.log.show()
        self.log.appendPlainText(line)

    def _progressed(self, value: float) -> None:
        self.progress.setValue(round(value))

    def _ended(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            self.message.setText(task.outcome)
            self.message.show()
        self.refresh()
        if task is not None and task.succeeded:
            self.changed.emit()


def _command(text: str) -> QLabel:
    """A command to be copied."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


class SetupTask(QgsTask):
    """Runs one action on the engine's environment.

    Attributes:
        running: the one that has been started and has not ended; there is one at a time in a QGIS.
        lines: what has been said so far.
        outcome: what there is to say at its end.
        succeeded: whether it did what it was to do.
    """

    said = pyqtSignal(str)
    running: Optional[SetupTask] = None

    def __init__(self, title: str, action: Callable[[QgsProcessingFeedback], bool]) -> None:
        super().__init__(title, QgsTask.Flag.CanCancel)
        self._action = action
        self._feedback = _Feedback(self)
        self.lines: list[str] = []
        self.outcome = _tr("Cancelled; nothing was changed.")
        self.succeeded = False

    def start(self) -> None:
        """Hand it to QGIS."""
        SetupTask.running = self
        self.taskCompleted.connect(_forget)
        self.taskTerminated.connect(_forget)
        QgsApplication.taskManager().addTask(self)

    def run(self) -> bool:
        """In a background thread."""
        try:
            self.succeeded = self._action(self._feedback)
            if self.succeeded:
                self.outcome = self._feedback.last
        except QgsProcessingException as error:
            self.outcome = str(error)
        return self.succeeded

    def cancel(self) -> None:
        """From any thread."""
        self._feedback.cancel()
        super().cancel()

    def say(self, line: str) -> None:
        """A line of the log."""
        self.lines.append(line)
        self.said.emit(line)


def _forget() -> None:
    SetupTask.running = None


class _Feedback(QgsProcessingFeedback):
    """Hands on what the installation says."""

    def __init__(self, task: SetupTask) -> None:
        super().__init__(False)
        self._task = task
        self.last = ""
        self.progressChanged.connect(task.setProgress)

    def pushInfo(self, info: str) -> None:
        """A sentence; the last one is the outcome."""
        self.last = info
        self._task.say(info)

    def pushWarning(self, warning: str) -> None:
        """Likewise."""
        self.pushInfo(warning)

    def pushConsoleInfo(self, info: str) -> None:
        """A line of pip or uv."""
        self._task.say(info)


class _CardTask(QgsTask):
    """Asks the machine for its graphics card."""

    found = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__(_tr("Looking for a graphics card"), QgsTask.Flag.CanCancel)

    def run(self) -> bool:
        """In a background thread."""
        self.found.emit(gpu(child_environment()))
        return True
