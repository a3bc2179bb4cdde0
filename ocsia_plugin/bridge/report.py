"""The report of a run opens in the browser by itself where somebody waits for it: at the end of one dialog's run."""

from __future__ import annotations

from qgis.core import QgsProcessingFeedback, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QUrl
from qgis.PyQt.QtGui import QDesktopServices

SETTING = "ocsia/open_report"

_OF_ONE_DIALOG = "QgsProcessingAlgorithmDialogFeedback"
"""What listens to the run of one dialog, from QGIS 3.0 to 4.x; a class of C++ that Python has no name for.

The rows of a batch, the steps of a graphical model and the turns of an iteration hear a
``QgsProcessingMultiStepFeedback`` around it, so that none of them opens a window; scripts, ``qgis_process`` and tests
bring classes of their own."""


def opens_reports() -> bool:
    """Whether reports are to open; they do unless the user has switched it off."""
    return QgsSettings().value(SETTING, True, type=bool)


def open_report(path: str, feedback: QgsProcessingFeedback) -> None:
    """Show a report in the browser, where the user wants that and waits for it. For the main thread only."""
    if opens_reports() and feedback is not None and feedback.metaObject().className() == _OF_ONE_DIALOG:
        feedback.pushInfo(_tr("The report opens in the browser. Settings > Options > OCS-IA switches that off."))
        QDesktopServices.openUrl(QUrl.fromLocalFile(path))


def _tr(text: str) -> str:
    return QCoreApplication.translate("OcsiaReport", text)
