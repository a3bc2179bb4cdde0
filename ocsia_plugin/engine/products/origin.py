"""Where a product comes from, as tags inside rasters: image, model, notice, whom to name, licence, date of the photo.

What is made of a product carries the tags on; reports and layers show them. Nothing in them depends on the time or the
machine of a run.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING

from ..models.card import ModelCard

if TYPE_CHECKING:
    from rasterio.io import DatasetReader

NOTICE = "OCSIA_NOTICE"
ATTRIBUTION = "OCSIA_ATTRIBUTION"
LICENCE = "OCSIA_LICENCE"
MODEL = "OCSIA_MODEL"
MODEL_SHA256 = "OCSIA_MODEL_SHA256"
DATE = "OCSIA_DATE"
IMAGE = "OCSIA_IMAGE"
COPYRIGHT = "TIFFTAG_COPYRIGHT"

TAGS = (NOTICE, ATTRIBUTION, LICENCE, MODEL, MODEL_SHA256, DATE, IMAGE)

_DAY = re.compile(r"(?P<year>(?:19|20)\d\d)[-:/]?(?P<month>\d\d)[-:/]?(?P<day>\d\d)")
_IGN_NAME = re.compile(r"^\d[\dAB]\d?-(?P<year>(?:19|20)\d\d)-\d{4}-\d{4}-")
"""Dalles of IGN's BD ORTHO: department, year, km of the north-west corner, projection."""


def model_tags(card: ModelCard, lang: str) -> dict[str, str]:
    """What a card has to say of each map that its model makes; the version of a model is the digest of its file."""
    made_by = ", ".join(filter(None, (card.licence, card.producer)))
    word = "Modèle {title}\u00a0: {by}" if lang == "fr" else "Model {title}: {by}"
    tags = {
        MODEL: card.id,
        MODEL_SHA256: card.sha256 or "",
        LICENCE: word.format(title=card.title, by=made_by) if made_by else "",
        NOTICE: card.notice.get(lang) or next(iter(card.notice.values()), ""),
    }
    return {name: text for name, text in tags.items() if text}


def photo_tags(dataset: DatasetReader, path: str) -> dict[str, str]:
    """Whom an image says to name, and the day or the year that it was taken, where it says so.

    Not ``TIFFTAG_DATETIME``, which is the date of the file: orthos are made months after the flight.
    """
    tags = dataset.tags()
    taken = dataset.tags(ns="IMAGERY").get("ACQUISITIONDATETIME") or ""
    day, year = _DAY.match(taken), _IGN_NAME.match(PurePath(path).name)
    date = tags.get(DATE) or ("-".join(day.groups()) if day else "") or (year["year"] if year else "")
    found = {ATTRIBUTION: tags.get(ATTRIBUTION) or tags.get(COPYRIGHT) or "", DATE: date}
    return {name: text for name, text in found.items() if text}


def origin_tags(tags: Mapping[str, str]) -> dict[str, str]:
    """Those among the tags of a raster that say where it comes from."""
    return {name: tags[name] for name in TAGS if tags.get(name)}


def passed_on(*tags: Mapping[str, str]) -> dict[str, str]:
    """What a product of several rasters says of its origin: what each of them says, once."""
    found = {name: dict.fromkeys(filter(None, (of.get(name) for of in tags))) for name in TAGS}
    return {name: "; ".join(texts) for name, texts in found.items() if texts}


def called_after(tags: Mapping[str, str], path: str) -> str:
    """What to call a raster by: its image, else its own file, which in a graphical model has a name of no use."""
    return tags.get(IMAGE) or PurePath(path).stem


def credited(tags: Mapping[str, str]) -> list[str]:
    """Whom to name and under which licence, for readers."""
    return [tags[name] for name in (ATTRIBUTION, LICENCE, COPYRIGHT) if tags.get(name)]


def summary(tags: Mapping[str, str], lang: str) -> str:
    """All of it in one text, for what carries no tags; empty: nothing is known."""
    date = tags.get(DATE)
    photo = ("Photo\u00a0: {date}" if lang == "fr" else "Photo: {date}").format(date=date) if date else ""
    return " | ".join(filter(None, (tags.get(NOTICE, ""), photo, *credited(tags))))
