"""What QGIS starts."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsApplication
from qgis.gui import QgisInterface
from qgis.PyQt.QtCore import QCoreApplication, QTranslator
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from .bridge.environment import plugin_root
from .provider import OcsiaProvider

_MENU = "OCS-IA"
"""The title of the menu and of the page of options."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("OcsiaPlugin", text)


class OcsiaPlugin:
    """Brings the Processing provider, the page of options and the translation, and takes them away again."""

    def __init__(self, iface: Optional[QgisInterface]) -> None:  # noqa: QGS105 QGIS hands it in, tests theirs
        """``iface`` is None under ``qgis_process``."""
        self._iface = iface
        self._provider: Optional[OcsiaProvider] = None
        self._options = None
        self._actions: list[QAction] = []
        self._tool = None
        self._legend = None
        self._layouts = None
        self._translator = _install_translation(QgsApplication.locale())

    def initProcessing(self) -> None:
        """Register the provider."""
        self._provider = OcsiaProvider()
        QgsApplication.processingRegistry().addProvider(self._provider)

    def initGui(self) -> None:
        """Register the provider and the page of options."""
        from .gui.layout import LayoutMaker
        from .gui.legend import LegendNames
        from .gui.options import OcsiaOptionsFactory
        from .gui.probabilities import ProbabilityTool

        self.initProcessing()
        self._options = OcsiaOptionsFactory()
        self._iface.registerOptionsWidgetFactory(self._options)
        self._legend = LegendNames(self._iface)
        settings = self._add_action("ocsia.svg", _tr("Install the engine, models…"))
        settings.triggered.connect(self._show_options)
        self._tool = ProbabilityTool(self._iface)
        here = self._add_action("probabilities.svg", _tr("Probabilities here"))
        here.setToolTip(_tr("Probabilities here: click on the map to read the classes and their probabilities."))
        here.setCheckable(True)
        here.triggered.connect(self._read_probabilities)
        self._tool.setAction(here)  # checked while it is the canvas's tool
        self._iface.addToolBarIcon(here)
        layout = self._add_action("layout.svg", _tr("Layout of the surfaces…"))
        layout.setToolTip(_tr("A print layout of the selected zones with their surfaces: a page for each zone."))
        self._layouts = LayoutMaker(self._iface, layout)

    def unload(self) -> None:
        """Leave QGIS as it was."""
        if self._tool is not None:
            self._iface.mapCanvas().unsetMapTool(self._tool)
            self._tool = None
        if self._layouts is not None:
            self._layouts.stop()
            self._layouts = None
        for action in self._actions:
            self._iface.removePluginMenu(_MENU, action)
            self._iface.removeToolBarIcon(action)
            action.deleteLater()  # the main window would keep it, and the list of shortcuts show it
        self._actions = []
        if self._legend is not None:
            self._legend.stop()
            self._legend = None
        if self._options is not None:
            self._iface.unregisterOptionsWidgetFactory(self._options)
            self._options = None
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None

    def _add_action(self, icon: str, text: str) -> QAction:
        """An entry of the plugin's menu."""
        path = plugin_root() / "resources" / "icons" / icon
        action = QAction(QIcon(str(path)), text, self._iface.mainWindow())
        self._iface.addPluginToMenu(_MENU, action)
        self._actions.append(action)
        return action

    def _read_probabilities(self) -> None:
        self._iface.mapCanvas().setMapTool(self._tool)

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
