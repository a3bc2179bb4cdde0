"""The inference core. It knows nothing of QGIS; importing it needs numpy alone.

Heavy libraries (rasterio, onnxruntime, shapely...) are imported by the modules that use them, when a job runs.
"""
