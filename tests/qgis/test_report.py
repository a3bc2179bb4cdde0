"""The report opens in the browser at the end of one dialog's run, and of nothing else."""

from __future__ import annotations

import pytest
from qgis.core import QgsProcessingFeedback, QgsProcessingMultiStepFeedback, QgsSettings
from qgis.gui import QgsProcessingAlgorithmDialogBase
from qgis.PyQt.QtCore import QObject, QUrl, pyqtSlot
from qgis.PyQt.QtGui import QDesktopServices


class Browser(QObject):
    """What the desktop would open."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    @pyqtSlot(QUrl)
    def show(self, url: QUrl) -> None:
        self.shown.append(url.toLocalFile())


@pytest.fixture()
def browser():
    browser = Browser()
    QDesktopServices.setUrlHandler("file", browser, "show")
    yield browser
    QDesktopServices.unsetUrlHandler("file")


class Dialog(QgsProcessingAlgorithmDialogBase):
    """QGIS's own, but for its fields: abstract to Python."""

    def runAlgorithm(self) -> None:
        """Not by its button."""


@pytest.fixture()
def dialog(plugin):
    """Its feedback is the real one."""
    dialog = Dialog()
    yield dialog
    dialog.deleteLater()


@pytest.fixture()
def surfaces(run, true_classes, tmp_path):
    def surfaces(feedback):
        report = str(tmp_path / "report é.html")
        run("surfaces", INPUT=true_classes, OUTPUT=str(tmp_path / "s.gpkg"), REPORT=report, feedback=feedback)
        return report

    return surfaces


def test_the_report_of_one_dialog_opens(surfaces, dialog, browser):
    report = surfaces(dialog.createFeedback())
    assert browser.shown == [report]


def test_rows_of_a_batch_and_steps_of_models_open_nothing(surfaces, dialog, browser):
    feedback = dialog.createFeedback()
    surfaces(QgsProcessingMultiStepFeedback(2, feedback))
    assert browser.shown == []


def test_nor_do_scripts(surfaces, browser):
    surfaces(QgsProcessingFeedback(False))
    assert browser.shown == []


def test_it_can_be_switched_off_and_that_is_remembered(surfaces, dialog, browser, plugin):
    from ocsia.ocsia_plugin.gui.options import OcsiaOptionsWidget

    try:
        page = OcsiaOptionsWidget()
        assert page.reports_box.isChecked(), "by default they open"
        page.reports_box.setChecked(False)
        page.apply()
        surfaces(dialog.createFeedback())
        assert browser.shown == [] and not OcsiaOptionsWidget().reports_box.isChecked()
    finally:
        QgsSettings().remove("ocsia/open_report")
