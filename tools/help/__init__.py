"""The help pages of the algorithms and the pictures of the documentation, made by the real QGIS."""
