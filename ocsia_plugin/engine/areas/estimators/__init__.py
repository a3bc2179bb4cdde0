"""Estimators of surfaces and their uncertainty: arrays in, numbers out; no file, no raster, no text.

Which of them applies is decided by what there is (``areas.tiers``): published statistics, points in the zone, annotated
tiles elsewhere or in the zone, or both. Every interval says its level, its method and what it assumes; what carries no
level has none, whatever its width.
"""
