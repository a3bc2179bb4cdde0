"""The plugin's windows: the page in QGIS's options."""
