"""Which band of a raster is what: as the user says, as the file says, or as its values show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rasterio.enums import ColorInterp
from rasterio.io import DatasetReader

from ..errors import OcsiaError
from .roles import ROLES, UNKNOWN, image_roles, role_of, said_roles
from .samples import sampled

_PLATEAU = 0.5
"""Of the pixels of an alpha band that are not 0, at least this share has one and the same value. A near infrared
that some tool has tagged as alpha is a picture: no value of it comes close."""

_IRC_NAME = re.compile(r"(^|[-_ .])IRC([-_ .]|$)", re.IGNORECASE)
"""IGN's files say in their name alone that they are false-colour: 32-2019-0500-6270-LA93-0M20-IRC-E080.jp2."""

_IRC_ROLES = ("I", "R", "V")


@dataclass(frozen=True)
class ChosenBands:
    """The bands of an image.

    Attributes:
        numbers: for GDAL.
        roles: of the same bands.
        alpha_is_data: whether the file calls one of them alpha.
    """

    numbers: tuple[int, ...]
    roles: tuple[str, ...]
    alpha_is_data: bool


def choose_bands(source: DatasetReader, path: str, said: str = "", *, look: bool = True) -> ChosenBands:
    """The bands of an image and their roles.

    Args:
        said: by the user: one role per band, with or without the alpha band, such as ``R,V,B,I``; ``-``: not used.
        look: whether its pixels can be looked at.

    Raises:
        OcsiaError: ``bands-invalid``.
    """
    image, roles = raster_roles(source)
    if said:
        return _said(source, path, image, said)
    alpha = [number for number in source.indexes if number not in image]
    if look and len(alpha) == 1 and len(image) in (3, 4) and _is_picture(source, alpha[0]):
        left = [role for role in ROLES if role not in roles]
        return ChosenBands((*image, *alpha), (*roles, left[0] if left else UNKNOWN), True)
    described = any(role_of(source.descriptions[number - 1]) != UNKNOWN for number in image)
    if roles == ("R", "V", "B") and not described and _IRC_NAME.search(Path(path).stem):
        roles = _IRC_ROLES
    return ChosenBands(tuple(image), roles, False)


def raster_roles(source: DatasetReader) -> tuple[list[int], tuple[str, ...]]:
    """Numbers of the bands that are not alpha, and their roles. A palette is no image: its band has no role."""
    numbers = [
        number
        for number, meaning in zip(source.indexes, source.colorinterp, strict=True)
        if meaning != ColorInterp.alpha
    ]
    colours = [source.colorinterp[number - 1].name.lower() for number in numbers]
    if "palette" in colours:
        return numbers, (UNKNOWN,) * len(numbers)
    return numbers, image_roles([source.descriptions[number - 1] for number in numbers], colours)


def _said(source: DatasetReader, path: str, image: Sequence[int], text: str) -> ChosenBands:
    roles = said_roles(text)
    used = [role for role in roles if role != UNKNOWN]
    counts = {len(image), source.count}
    if not used or len(set(used)) < len(used) or len(roles) not in counts:
        raise OcsiaError("bands-invalid", text=text, path=path, count=len(image), known=",".join(ROLES))
    numbers = list(image) if len(roles) == len(image) else list(source.indexes)
    alpha_is_data = any(n not in image and role != UNKNOWN for n, role in zip(numbers, roles, strict=True))
    if not alpha_is_data:
        roles = [role for n, role in zip(numbers, roles, strict=True) if n in image]
        numbers = list(image)
    return ChosenBands(tuple(numbers), tuple(roles), alpha_is_data)


def _is_picture(source: DatasetReader, number: int) -> bool:
    (values,), _ = sampled(source, [number])
    values = values[values != 0]
    if values.size == 0:
        return False
    _, counts = np.unique(values, return_counts=True)
    return counts.max() < _PLATEAU * values.size
