"""Rasters that the engine cannot open by itself: fetched or read here, and laid down as GeoTIFF windows in a cache.

Web services (WMS, WMTS, XYZ) and files whose driver only QGIS's GDAL has. The engine sees a virtual raster of windows
and says which of them it will need next; they appear under their final names when they are whole.
"""
