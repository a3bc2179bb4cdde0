"""The legend of a class or probability raster: which classes its codes, or bands, stand for.

It travels inside the file as the tag ``OCSIA_LEGEND``; colour table, category names and band descriptions say the same
to other software.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Optional

from ..errors import OcsiaError
from ..nomenclature import LandCoverClass, Nomenclature, nomenclature_ids, referred

if TYPE_CHECKING:
    from rasterio.io import DatasetReader, DatasetWriter

TAG = "OCSIA_LEGEND"


@dataclass(frozen=True)
class Legend:
    """Classes of a raster, in the order of its bands where it holds probabilities.

    Attributes:
        mapping: which classes of another nomenclature were added up, as ``Conversion.to_json`` says it, with the
            mapping ``before`` it if there was one; None: none were.
        threshold: of the probability from which the second of two classes is chosen; None: the more probable one.
    """

    nomenclature: Nomenclature
    classes: tuple[LandCoverClass, ...]
    mapping: Optional[dict[str, Any]] = None
    threshold: Optional[float] = None

    def to_json(self) -> str:
        """Text of the tag. Where the producer's index is code - 1, ``producer_counts_from`` is 0."""
        classes = [{name: value for name, value in asdict(c).items() if value != ""} for c in self.classes]
        content: dict[str, Any] = {"nomenclature": self.nomenclature.reference(), "classes": classes}
        if self.nomenclature.counts_from != 1:
            content["producer_counts_from"] = self.nomenclature.counts_from
        if self.mapping:
            content["mapping"] = self.mapping
        if self.threshold is not None:
            content["threshold"] = self.threshold
        return json.dumps(content, ensure_ascii=False, sort_keys=True)


def tagged_legend(dataset: DatasetReader) -> Optional[Legend]:
    """Legend that an open raster carries; None where it has no tag of ours.

    Raises:
        OcsiaError: ``nomenclature-unknown``: the tag is damaged, or names a nomenclature that does not exist.
    """
    return legend_of(dataset.tags(), dataset.name)


def legend_of(tags: Mapping[str, str], path: str) -> Optional[Legend]:
    """Legend in the tags of the raster ``path``; see ``tagged_legend``."""
    text = tags.get(TAG)
    if not text:
        return None
    try:
        content = json.loads(text)
        classes = tuple(LandCoverClass(**{**c, "members": tuple(c["members"])}) for c in content["classes"])
        threshold = content.get("threshold")
        return Legend(
            referred(content["nomenclature"]),
            classes,
            content.get("mapping"),
            float(threshold) if threshold is not None and len(classes) == 2 else None,
        )
    except (ValueError, LookupError, TypeError, AttributeError, FileNotFoundError) as error:
        raise nomenclature_unknown(path) from error


def nomenclature_unknown(path: str) -> OcsiaError:
    """The question which nomenclature a raster is in."""
    return OcsiaError("nomenclature-unknown", path=path, known=", ".join(nomenclature_ids()))


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
