"""Install the engine from the toolbox, a script or a server: what the button of the settings page does."""

from __future__ import annotations

import os
from typing import Any, Optional

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
)
from qgis.PyQt.QtCore import QCoreApplication

from ..bridge.environment import locate_engine
from ..bridge.messages import refusal, sentence
from ..bridge.setup import request, run_setup
from ..setup.install import up_to_date
from ..setup.machine import gpu
from ..setup.places import VARIANTS, default_folder, python_in, read_note
from .base import OcsiaAlgorithm


class SetupAlgorithm(OcsiaAlgorithm):
    """Installs or renews the engine in the user's data folder; the one algorithm that runs without it."""

    VARIANT = "VARIANT"
    WHEELS = "WHEELS"
    PYTHON = "PYTHON"
    REPAIR = "REPAIR"
    OUTPUT = "OUTPUT"

    def name(self) -> str:
        return "setup"

    def displayName(self) -> str:
        return self.tr("Install the engine")

    def shortDescription(self) -> str:
        return self.tr("Installs or repairs the Python environment that runs the models.")

    def tags(self) -> list[str]:
        return self.tr("engine,install,repair,Python,uv,pip,GPU,CUDA").split(",")

    def group(self) -> str:
        return QCoreApplication.translate("OcsiaAlgorithm", "Settings")

    def groupId(self) -> str:
        return "settings"

    def about(self) -> str:
        return self.tr(
            "<p>Installs the engine that runs the models: a Python environment of its own in your data folder, apart "
            "from QGIS's (about 600 MB on the disk). It is downloaded with QGIS's proxy and certificates; each library "
            "is checked against a known checksum. An engine that is complete and up to date is left alone.</p>"
            "<p>An installation that is cancelled or fails leaves nothing behind, and keeps the engine that was "
            "there.</p>"
            "<p><b>Limits.</b> Python 3.10 to 3.13 must be on the machine, or uv, which can download one. "
            "The driver of a graphics card is not installed.</p>"
        )

    def canExecute(self) -> tuple[bool, str]:
        return True, ""

    def initAlgorithm(self, configuration: Optional[dict[str, Any]] = None) -> None:
        self.add(
            QgsProcessingParameterEnum(
                self.VARIANT, self.tr("Variant"), list(VARIANTS), defaultValue=VARIANTS[0], usesStaticStrings=True
            ),
            self.tr(
                "cpu: the processor does the work, on any machine. gpu: an NVIDIA card does it, faster; the CUDA "
                "libraries come along (several GB), the driver must be recent enough for them."
            ),
        )
        self.add(
            QgsProcessingParameterFile(
                self.WHEELS,
                self.tr("Folder of wheels"),
                QgsProcessingParameterFile.Behavior.Folder,
                optional=True,
            ),
            self.tr(
                "For a machine without a network: a folder that was filled elsewhere with pip download "
                "--prefer-binary -r engine.lock. The file lies in the plugin's folder, under resources."
            ),
            advanced=True,
        )
        self.add(
            # QGIS's own filter is *.*, which refuses the python3 of Linux and macOS.
            QgsProcessingParameterFile(
                self.PYTHON, self.tr("Python to build with"), optional=True, fileFilter="Python (*)"
            ),
            self.tr(
                "The Python program, 3.10 to 3.13, that the environment is made with. Empty: uv where it is installed, "
                "else the newest that is found on this machine."
            ),
            advanced=True,
        )
        self.add(
            QgsProcessingParameterBoolean(self.REPAIR, self.tr("Install anew"), defaultValue=False),
            self.tr("Repairs: makes the engine anew although it is there and up to date."),
            advanced=True,
        )
        self.addOutput(QgsProcessingOutputString(self.OUTPUT, self.tr("Python of the engine")))

    def prepareAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        # QGIS's network settings belong to the main thread.
        self.check(parameters, context)
        variant = self.parameterAsEnumString(parameters, self.VARIANT, context)
        python, wheels = (self.parameterAsString(parameters, name, context) for name in (self.PYTHON, self.WHEELS))
        self._request = request(variant, python, wheels)
        self._repair = self.parameterAsBoolean(parameters, self.REPAIR, context)
        return True

    def check(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """What is named must exist; there is no raster here, and no engine yet."""
        python, wheels = (self.parameterAsString(parameters, name, context) for name in (self.PYTHON, self.WHEELS))
        if python and not os.path.isfile(python):
            raise refusal("setup-python-unsuitable", python=python, version="?")
        if wheels and not os.path.isdir(wheels):
            raise refusal("setup-wheels-empty", folder=wheels)

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        card = gpu(self._request.environment)
        feedback.pushInfo(sentence("setup-gpu-seen", {"gpu": card}) if card else sentence("setup-gpu-none"))
        folder = default_folder()
        python = str(python_in(folder))
        note = read_note(folder)
        if not self._repair and up_to_date(folder) and note is not None and note.variant == self._request.variant:
            feedback.pushInfo(sentence("setup-kept", {"folder": str(folder)}))
        elif not run_setup(self._request, feedback):
            return {}
        used = locate_engine()
        if used.python != python:
            feedback.pushWarning(sentence("setup-other-used", {"python": used.python}))
        return {self.OUTPUT: python}
