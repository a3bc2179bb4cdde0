"""Shared by the tests of the engine (its own Python, no QGIS) and of the plugin (QGIS's Python)."""

import sys
from pathlib import Path

# The checkout may have any name and need not be installed.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
