"""What ``qgis --code`` runs: the series of pictures that ``pictures.py`` asked for."""

import os
import sys

from qgis.PyQt.QtCore import QTimer

sys.path.insert(0, os.environ["OCSIA_PICTURES_ROOT"])

from tools.help.dialogs import Dialogs
from tools.help.tutorials import Tutorials

_SERIES = {"dialogs": Dialogs, "tutorials": Tutorials}[os.environ["OCSIA_PICTURES"]]()
QTimer.singleShot(3000, _SERIES.tick)
