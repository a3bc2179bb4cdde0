"""NAF codes and the colours of materials, as 8-bit (PIR, R, V, B) of a sunlit flat surface.

The values imitate French BD ORTHO images: greyish, little saturated, blue rather high.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np


class Naf(IntEnum):
    """The NAF nomenclature (Gers 2019), in the order of the model's bands."""

    BATIMENT = 1
    PERMEABLE = 2
    IMPERMEABLE = 3
    PISCINE = 4
    SOL_NU = 5
    EAU = 6
    NEIGE = 7
    CONIFERES = 8
    COUPE = 9
    FEUILLUS = 10
    BROUSSAILLE = 11
    VIGNE = 12
    CULTURE = 13
    LABOUR = 14
    AUTRES = 15


MATERIALS: dict[str, tuple[int, int, int, int]] = {
    # roofs
    "tile": (150, 190, 138, 118),
    "tile_old": (132, 166, 134, 118),
    "tile_brown": (116, 140, 108, 94),
    "slate": (92, 96, 102, 110),
    "flat_white": (196, 212, 212, 208),
    "flat_grey": (134, 148, 148, 146),
    "metal": (150, 168, 176, 182),
    "metal_rust": (120, 146, 126, 112),
    "panel": (44, 52, 62, 84),
    "glass": (118, 196, 204, 202),
    "wall": (150, 204, 194, 176),
    "dark": (40, 46, 50, 54),
    # sealed and stabilised ground
    "asphalt": (96, 146, 145, 142),
    "asphalt_new": (70, 108, 109, 110),
    "pavement": (118, 174, 170, 161),
    "paving": (124, 184, 172, 156),
    "concrete": (136, 192, 188, 178),
    "marking": (190, 224, 224, 220),
    "tile_terrace": (134, 196, 172, 150),
    "court_red": (112, 160, 104, 90),
    "court_green": (96, 92, 122, 104),
    "gravel": (134, 192, 182, 162),
    "track": (142, 178, 166, 145),
    "ballast": (92, 118, 110, 104),
    "rail": (120, 136, 128, 122),
    # water
    "pool": (44, 104, 192, 208),
    "river": (26, 72, 84, 80),
    "pond": (28, 58, 74, 62),
    "sea": (22, 58, 92, 104),
    # mineral ground
    "soil": (134, 164, 147, 124),
    "sand": (156, 204, 192, 166),
    "rock": (136, 172, 168, 158),
    "plough": (116, 154, 139, 118),
    "plough_pale": (146, 182, 170, 149),
    "snow": (208, 240, 242, 246),
    # vegetation
    "grass": (156, 112, 123, 93),
    "grass_dry": (142, 148, 142, 110),
    "lawn": (172, 100, 121, 86),
    "meadow": (160, 115, 123, 92),
    "wheat": (148, 194, 178, 142),
    "stubble": (142, 190, 179, 150),
    "maize": (178, 86, 106, 80),
    "rape": (170, 158, 160, 92),
    "sunflower": (160, 126, 126, 88),
    "vine": (160, 86, 104, 74),
    "slash": (116, 140, 128, 110),
    "oak": (170, 86, 108, 76),
    "poplar": (182, 102, 122, 88),
    "plane": (176, 92, 116, 78),
    "willow": (166, 112, 126, 96),
    "plum": (136, 104, 80, 78),
    "pine": (126, 66, 86, 70),
    "cypress": (112, 56, 76, 62),
    "fir": (112, 58, 80, 72),
    "hedge": (158, 76, 100, 70),
    "bush": (146, 94, 106, 80),
    "broom": (148, 122, 120, 82),
    "heather": (112, 100, 92, 84),
    "evergreen": (120, 76, 83, 76),
}


def material(name: str) -> np.ndarray:
    """Colour of a material: float32 (4,), PIR, R, V, B in 0..255."""
    return np.array(MATERIALS[name], np.float32)


def tinted(rng: np.random.Generator, name: str, spread: float = 0.05) -> np.ndarray:
    """A colour near that of the material: brightness and hue drawn anew, float32 (4,)."""
    brightness = 1 + spread * rng.standard_normal()
    hue = 1 + 0.24 * spread * rng.standard_normal(4)
    return (material(name) * np.clip(brightness, 0.6, 1.4) * hue).astype(np.float32)
