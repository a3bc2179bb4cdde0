"""IGN's Géoplateforme for the demo: where a commune is, and its ortho-image as a layer of QGIS.

It needs the internet and the standard library.
"""

from __future__ import annotations

import json
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

GEOCODER = "https://data.geopf.fr/geocodage/search"
WMS = "https://data.geopf.fr/wms-r"
RVB = "HR.ORTHOIMAGERY.ORTHOPHOTOS"
LAMBERT_93 = "EPSG:2154"
_SIDE = 500.0
"""Metres."""
_SECONDS = 30


@dataclass(frozen=True)
class Place:
    """Where a commune is: its name as the geocoder has it, and its centre in Lambert-93."""

    name: str
    x: float
    y: float


def geocoder_url(commune: str) -> str:
    """The question where a commune is."""
    return GEOCODER + "?" + urlencode({"q": commune, "index": "address", "type": "municipality", "limit": 1})


def place_of(answer: dict[str, Any]) -> Place:
    """The geocoder's answer.

    Raises:
        LookupError: it knows no such commune, or one that is not in metropolitan France.
    """
    features = answer.get("features") or []
    if not features:
        raise LookupError("no commune of that name")
    properties = features[0]["properties"]
    x, y = float(properties["x"]), float(properties["y"])
    if not (0 < x < 1_300_000 and 6_000_000 < y < 7_200_000):
        raise LookupError(f"{properties['label']} is not in Lambert-93")
    return Place(str(properties["label"]), x, y)


def find(commune: str) -> Place:
    """Ask the geocoder.

    Raises:
        LookupError: see ``place_of``.
        OSError: it cannot be reached.
    """
    with urllib.request.urlopen(geocoder_url(commune), timeout=_SECONDS) as answer:
        return place_of(json.load(answer))


def layer(name: str, url: str = WMS) -> str:
    """A layer of a WMS as ``qgis_process`` takes it, in Lambert-93."""
    values = {"crs": LAMBERT_93, "format": "image/png", "layers": name, "styles": "", "url": url}
    return "wms://" + "&".join(f"{key}={quote(value, safe=':/')}" for key, value in values.items())


def extent(place: Place) -> str:
    """500 m around a place, on whole metres, as ``qgis_process`` takes it."""
    west, south = round(place.x - _SIDE / 2), round(place.y - _SIDE / 2)
    return f"{west},{west + _SIDE:.0f},{south},{south + _SIDE:.0f} [{LAMBERT_93}]"
