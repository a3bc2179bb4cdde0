"""The door between QGIS and the engine: its Python, its process, its messages, and the data that cross."""
