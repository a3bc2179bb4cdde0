"""The legend of a class or probability raster: which classes its codes, or bands, stand for.

It travels inside the file as the tag ``OCSIA_LEGEND``; colour table, category names and band descriptions say the same
to other software.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from ..errors import OcsiaError
from ..nomenclature import LandCoverClass, Nomenclature, load_nomenclature

if TYPE_CHECKING:
    from rasterio.io import DatasetReader, DatasetWriter

TAG = "OCSIA_LEGEND"
DEFAULT_NOMENCLATURE = "naf15"


@dataclass(frozen=True)
class Legend:
    """Classes of a raster, in the order of its bands where it holds probabilities."""

    nomenclature: Nomenclature
    classes: tuple[LandCoverClass, ...]

    def to_json(self) -> str:
        """Text of the tag."""
        content = {"nomenclature": self.nomenclature.id, "classes": [asdict(c) for c in self.classes]}
        return json.dumps(content, ensure_ascii=False, sort_keys=True)


def read_legend(dataset: DatasetReader) -> Legend:
    """Legend of an open raster; NAF where the file does not say and its bands or values fit.

    Raises:
        OcsiaError: ``nomenclature-unknown``.
    """
    text = dataset.tags().get(TAG)
    if text:
        try:
            content = json.loads(text)
            classes = tuple(LandCoverClass(**{**c, "members": tuple(c["members"])}) for c in content["classes"])
            return Legend(load_nomenclature(content["nomenclature"]), classes)
        except (ValueError, LookupError, TypeError, FileNotFoundError) as error:
            raise OcsiaError("nomenclature-unknown", path=dataset.name) from error
    naf = load_nomenclature(DEFAULT_NOMENCLATURE)
    if dataset.count not in (1, len(naf.classes)):
        raise OcsiaError("nomenclature-unknown", path=dataset.name)
    return Legend(naf, naf.classes)


def describe_classes(dataset: DatasetWriter, legend: Legend, lang: str) -> None:
    """Tag, colour table and category names of a class raster that is being written."""
    dataset.update_tags(**{TAG: legend.to_json()})
    dataset.write_colormap(1, {0: (0, 0, 0, 0), **{c.code: (*c.rgb, 255) for c in legend.classes}})
    dataset.set_band_description(1, "Classe" if lang == "fr" else "Class")


def describe_probabilities(dataset: DatasetWriter, legend: Legend, lang: str) -> None:
    """Tag and band descriptions of a probability raster that is being written."""
    dataset.update_tags(**{TAG: legend.to_json()})
    for band, land_cover in enumerate(legend.classes, start=1):
        dataset.set_band_description(band, land_cover.name(lang))
