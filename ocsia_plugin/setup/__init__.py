"""Makes, repairs and removes the engine's Python environment.

The standard library is all that it needs: it runs inside QGIS, and in any Python from a terminal
(``install_engine.py``).
"""
