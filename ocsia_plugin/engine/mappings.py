"""From one nomenclature to another. The rules lie in ``resources/nomenclatures/mappings``.

A rule is many-to-one and adds probabilities: the probability of crops and grass is that of crops plus that of grass.
The most probable class of the sums is not the sum of the most probable classes, so class codes are never translated.
A class that would have to be split has no rule: nothing in a pixel of NAF 13 says whether it is grass or a crop.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Optional

import numpy as np

from .errors import OcsiaError
from .nomenclature import LandCoverClass, Nomenclature, known_nomenclature, load_nomenclature
from .paths import data_folder


@dataclass(frozen=True)
class Mapping:
    """What becomes of each class; every code of ``source`` stands in exactly one of the four.

    Attributes:
        codes: code of the class of ``target`` that the class is, or is a part of.
        ignored: classes outside the nomenclature: what they mean is not known and no model learns them.
        split: classes that are parts of several classes of ``target``.
        without: classes that nothing in ``target`` stands for.
    """

    source: Nomenclature
    target: Nomenclature
    codes: dict[int, int]
    ignored: tuple[int, ...]
    split: dict[int, tuple[int, ...]]
    without: tuple[int, ...]


@cache
def load_mapping(source_id: str, target_id: str) -> Optional[Mapping]:
    """The mapping of ``mappings/<source>-<target>.json``; None where there is none."""
    path = _folder() / f"{source_id}-{target_id}.json"
    if not path.is_file():
        return None
    content = json.loads(path.read_text(encoding="utf-8"))
    return Mapping(
        load_nomenclature(content["from"]),
        load_nomenclature(content["to"]),
        {int(code): target for code, target in content["codes"].items()},
        tuple(content["ignored"]),
        {int(code): tuple(targets) for code, targets in content["split"].items()},
        tuple(content["without"]),
    )


def mapping_targets(source_id: str) -> tuple[str, ...]:
    """Ids of the nomenclatures that every class of ``source_id`` can be turned into, in alphabetical order."""
    found = (load_mapping(*path.stem.split("-")) for path in _folder().glob(f"{source_id}-*.json"))
    return tuple(sorted(m.target.id for m in found if m and not m.split and not m.without))


@dataclass(frozen=True)
class Conversion:
    """Probabilities of some classes of one nomenclature turned into those of another.

    Attributes:
        bands: code of each band that comes in.
    """

    mapping: Mapping
    bands: tuple[int, ...]

    @cached_property
    def classes(self) -> tuple[LandCoverClass, ...]:
        """Classes of the bands that go out, in the order of their codes: those that the bands can say."""
        reached = {self.mapping.codes[code] for code in self.bands if code in self.mapping.codes}
        return tuple(c for c in self.mapping.target.classes if c.code in reached)

    @cached_property
    def dropped(self) -> tuple[int, ...]:
        """Codes of the bands that have no place in the target."""
        return tuple(code for code in self.bands if code in self.mapping.ignored)

    def apply(self, probabilities: np.ndarray) -> np.ndarray:
        """Add up the probabilities of the classes that become one.

        Where an ignored class has probability v of a total t, the others are scaled by t / (t - v): they keep their
        proportions and the total its size, as if the model had been run without the ignored class (its logit masked
        before the softmax). A pixel for which nothing is left has no data.

        Args:
            probabilities: uint8 (bands, H, W), ``255 p``, rounded or truncated: a total need not be 255.

        Returns:
            uint8 (classes, H, W), within half a unit per band that was added.
        """
        place = {c.code: number for number, c in enumerate(self.classes)}
        sums = np.zeros((len(place), *probabilities.shape[1:]), np.uint16)
        lost = np.zeros(probabilities.shape[1:], np.uint16)
        for code, band in zip(self.bands, probabilities):
            if code in self.dropped:
                lost += band
            else:
                sums[place[self.mapping.codes[code]]] += band
        if lost.any():
            kept = sums.sum(axis=0, dtype=np.uint32)
            rows, cols = np.nonzero((lost > 0) & (kept > 0))
            part, total = kept[rows, cols], kept[rows, cols] + lost[rows, cols]
            sums[:, rows, cols] = (2 * sums[:, rows, cols] * total + part) // (2 * part)
        return np.minimum(sums, 255).astype(np.uint8)

    def to_json(self) -> dict[str, Any]:
        """What was done, for the tags of the files that come of it."""
        codes = {str(code): self.mapping.codes[code] for code in self.bands if code not in self.dropped}
        return {"from": self.mapping.source.id, "codes": codes, "ignored": list(self.dropped)}


def conversion(source: Nomenclature, codes: Sequence[int], target_id: str, lang: str) -> Optional[Conversion]:
    """How the classes ``codes`` of ``source`` are delivered in another nomenclature.

    Args:
        target_id: id of the nomenclature that is wanted; empty, or that of ``source``: as it is.
        lang: language of the names in a refusal.

    Returns:
        None where nothing is to be done.

    Raises:
        OcsiaError: ``nomenclature-missing``, or why it cannot be done: ``mapping-none``, ``mapping-splits``,
            ``mapping-lacks``.
    """
    if not target_id or target_id == source.id:
        return None
    target = known_nomenclature(target_id)
    mapping = load_mapping(source.id, target_id)
    pair = {"source": source.id, "target": target_id}
    if mapping is None:
        raise OcsiaError("mapping-none", **pair, known=", ".join((source.id, *mapping_targets(source.id))))

    def named(nomenclature: Nomenclature, code: int) -> str:
        return " ".join([str(code), *(c.name(lang) for c in nomenclature.classes if c.code == code)])

    for code in codes:
        if code in mapping.split:
            into = ", ".join(named(target, part) for part in mapping.split[code])
            raise OcsiaError("mapping-splits", **pair, name=named(source, code), into=into)
        if code not in mapping.codes and code not in mapping.ignored:
            raise OcsiaError("mapping-lacks", **pair, name=named(source, code))
    return Conversion(mapping, tuple(codes))


def _folder() -> Path:
    return data_folder("resources") / "nomenclatures" / "mappings"
