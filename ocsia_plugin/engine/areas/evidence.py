"""Collects what there is besides the raster: points, annotated tiles, published statistics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Optional

import numpy as np
import shapely

from ..errors import OcsiaError
from ..models.accuracy import Accuracy, Figures, published_accuracy
from ..models.card import ModelCard
from ..models.catalogue import find_model
from ..nomenclature import LandCoverClass
from ..products.classes import Legend
from .estimators.zonemodel import Unit
from .measured import Column


def statistics(
    model: str, legend: Legend, columns: Sequence[Column]
) -> tuple[Optional[Mapping[int, Figures]], list[Unit]]:
    """Published figures of the columns, by their place, and errors of whole zones that came with the model.

    Returns:
        None and no units where no model is named.

    Raises:
        OcsiaError: ``model-nomenclature`` and what ``find_model`` raises.
    """
    if not model:
        return None, []
    card = find_model(model)
    if card.nomenclature.id != legend.nomenclature.id:
        params = {"model": card.id, "found": card.nomenclature.id, "wanted": legend.nomenclature.id}
        raise OcsiaError("model-nomenclature", **params)
    accuracy = published_accuracy(card) or Accuracy()
    found = {number: _figures(column, accuracy, card) for number, column in enumerate(columns)}
    return found, shipped_units(card, [column.land_cover for column in columns])


def _figures(column: Column, accuracy: Accuracy, card: ModelCard) -> Figures:
    """Of a group only if it is the nomenclature's own: those of its classes cannot be averaged."""
    land_cover = column.land_cover
    if not column.is_group:
        return accuracy.classes.get(land_cover.code, Figures())
    same = [g for g in card.nomenclature.groups if sorted(g.members) == sorted(land_cover.members)]
    if same:
        return accuracy.groups.get(same[0].key, Figures())
    if len(land_cover.members) == 1:
        return accuracy.classes.get(land_cover.members[0], Figures())
    return Figures()


def shipped_units(card: ModelCard, columns: Sequence[LandCoverClass]) -> list[Unit]:
    """Validation zones in the card: ``zones`` of its accuracy, each ``{"area": m², "classes": {"8": [truth, expected,
    spread], "ligneux": [...]}}``; a column that is not there is NaN. Anything else in the card is no statistic."""
    units = []
    for zone in card.accuracy.get("zones", ()):
        rows = [zone["classes"].get(str(c.code)) or zone["classes"].get(c.key) for c in columns]
        values = np.array([row or (np.nan,) * 3 for row in rows], float).reshape(-1, 3)
        units.append(Unit(values[:, 0], values[:, 1], values[:, 2], float(zone["area"])))
    return units


def overlapping(zones: np.ndarray) -> int:
    """Pairs of zones that share some surface; edges do not count."""
    tree = shapely.STRtree(zones)
    first, second = tree.query(zones, predicate="intersects")
    once = first < second
    first, second = zones[first[once]], zones[second[once]]
    shared = shapely.area(shapely.intersection(first, second))
    return int((shared > 1e-6 * np.minimum(shapely.area(first), shapely.area(second))).sum())
