"""Install the engine: a Python environment of its own with the libraries that ``resources/engine.lock`` pins.

    python3 install_engine.py [FOLDER] [--variant gpu] [--wheels FOLDER] [--python PYTHON] [--remove]

Runs in any Python from 3.9 and needs nothing but its standard library; QGIS is not involved. Without FOLDER the
environment lies in the user's data folder, where the plugin looks for it and an update of the plugin leaves it.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    # Run by its path: the package is found from here, whatever the plugin's folder is called.
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    runpy.run_module("ocsia_plugin.setup", run_name="__main__", alter_sys=True)
