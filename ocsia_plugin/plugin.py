"""What QGIS starts."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsApplication
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QCoreApplication, QTranslator
from qgis.PyQt.QtWidgets import QAction

from .bridge.environment import plugin_root
from .processing.base import plugin_icon
from .provider import OcsiaProvider

_MENU = "OCS-IA"
"""The title of the menu and of the page of options."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("OcsiaPlugin", text)


class OcsiaPlugin:
    """Brings the Processing provider, the page of options and the translation, and takes them away again."""

    def __init__(self, iface: Optional[QgisInterface]) -> None:
        """``iface`` is None under ``qgis_process``."""
        self._iface = iface
        self._provider: Optional[OcsiaProvider] = None
        self._options = None
        self._action: Optional[QAction] = None
        self._translator = _install_translation(QgsApplication.locale())

    def initProcessing(self) -> None:
        """Register the provider."""
        self._provider = OcsiaProvider()
        QgsApplication.processingRegistry().addProvider(self._provider)

    def initGui(self) -> None:
        """Register the provider and the page of options."""
        from .gui.options import OcsiaOptionsFactory

        self.initProcessing()
        self._options = OcsiaOptionsFactory()
        self._iface.registerOptionsWidgetFactory(self._options)
        self._action = QAction(plugin_icon(), _tr("Install the engine, models…"), self._iface.mainWindow())
        self._action.triggered.connect(self._show_options)
        self._iface.addPluginToMenu(_MENU, self._action)

    def unload(self) -> None:
        """Leave QGIS as it was."""
        if self._action is not None:
            self._iface.removePluginMenu(_MENU, self._action)
            self._action = None
        if self._options is not None:
            self._iface.unregisterOptionsWidgetFactory(self._options)
            self._options = None
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None

    def _show_options(self) -> None:
        self._iface.showOptionsDialog(self._iface.mainWindow(), _MENU)


def _install_translation(locale: str) -> Optional[QTranslator]:
    """The translation for ``locale`` (``fr``, ``fr_FR``...), installed; None where there is none."""
    path = plugin_root() / "i18n" / f"ocsia_{locale[:2]}.qm"
    translator = QTranslator()
    if not path.is_file() or not translator.load(str(path)):
        return None
    QCoreApplication.installTranslator(translator)
    return translator
