"""Print layouts of surfaces. What they show they compute from the layer itself, with QGIS's own expressions: a layout
goes on working, and follows edited figures, in a QGIS that does not have this plugin."""
