"""Procedural French land-cover scenes: ortho-image, infrared, elevations and exact NAF truth.

    from tools.town import generate
    scene = generate(seed=1, width_m=60, height_m=50)

Needs numpy and scipy; writing the sample (python -m tools.town) also needs rasterio, pyogrio and shapely.
"""

from .palette import Naf
from .scene import Scene, generate
from .styles import STYLES, ZONES

__all__ = ["STYLES", "ZONES", "Naf", "Scene", "generate"]
