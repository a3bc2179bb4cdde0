"""What the bands of an image are: R, V, B, I (near infrared), E (height above ground), or nothing that is known."""

from __future__ import annotations

import re
from collections.abc import Sequence

ROLES = "RVBIE"
"""In the order in which IGN's images for models have them."""
UNKNOWN = "?"

_WORDS = {
    "R": ("r", "red", "rouge"),
    "V": ("v", "g", "green", "vert"),
    "B": ("b", "blue", "bleu"),
    "I": ("i", "nir", "pir", "near infrared", "infrared", "infrarouge", "proche infrarouge"),
    "E": ("e", "elevation", "height", "hauteur", "mnh"),
}
_ROLE_OF = {word: role for role, words in _WORDS.items() for word in words}


def role_of(text: str | None) -> str:
    """The role that a word stands for, in French or English."""
    return _ROLE_OF.get((text or "").strip().lower(), UNKNOWN)


def said_roles(text: str) -> list[str]:
    """The roles that a list names: ``R,V,B,I``, ``red green blue nir``, ``RVBI``; what is no role is not known."""
    words = [word for word in re.split(r"[\s,;+/]+", text) if word]
    if len(words) == 1 and role_of(words[0]) == UNKNOWN:
        words = list(words[0])
    return [role_of(word) for word in words]


def image_roles(descriptions: Sequence[str | None], colours: Sequence[str]) -> tuple[str, ...]:
    """Role of each band of an image.

    What the file says of all its bands counts first, then where it has red, green and blue; the rest, and a file that
    says nothing, goes by the customary order. A false-colour image whose file calls its bands red, green and blue looks
    like any other: only descriptions tell.

    Args:
        descriptions: of the image bands (no alpha), None where there is none.
        colours: GDAL's colour interpretation of the same bands, in lower case.
    """
    count = len(colours)
    said = [role_of(text) for text in descriptions]
    if count and UNKNOWN not in said and len(set(said)) == count:
        return tuple(said)
    if count < 3:
        return (UNKNOWN,) * count
    seen = [_ROLE_OF.get(colour, UNKNOWN) for colour in colours]
    if not all(seen.count(role) == 1 for role in "RVB"):
        return tuple(ROLES[:count].ljust(count, UNKNOWN))
    left = iter([role for role in ROLES if role not in seen])
    return tuple(role if seen.count(role) == 1 and role in ROLES else next(left, UNKNOWN) for role in seen)


def places(wanted: Sequence[str], roles: Sequence[str]) -> list[int] | None:
    """Where the bands that a model wants stand among those of an image, from 0; None: one is missing.

    A model with roles that nobody else has takes the first bands as they come.
    """
    if not set(wanted) <= set(ROLES):
        return list(range(len(wanted))) if len(wanted) <= len(roles) else None
    return [roles.index(role) for role in wanted] if set(wanted) <= set(roles) else None


def missing(wanted: Sequence[str], roles: Sequence[str]) -> list[str]:
    """The bands that a model wants and an image has not."""
    if not set(wanted) <= set(ROLES):
        return list(wanted[len(roles) :])
    return [role for role in wanted if role not in roles]
