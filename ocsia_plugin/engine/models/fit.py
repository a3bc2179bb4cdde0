"""Which models fit an image, best first, and why another does not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Optional

from ..errors import because
from ..ortho.roles import missing
from .catalogue import FETCHED, Entry

GSD_FACTORS = 0.45, 2.55
"""Pixels of the image over those of the model: 0.1 to 0.5 m for one of 0.2 m."""

_OFFERED = 3
"""How many models to be downloaded first a sentence names."""


def fitting(
    entries: Iterable[Entry], roles: Sequence[str], gsd: Optional[float] = None
) -> tuple[list[Entry], list[tuple[Entry, dict[str, Any]]]]:
    """The models that fit, best first, and the others, each with the reason as a code and its parameters.

    Best is what can be run at once, then what only has to be downloaded; what uses more of the bands; what is meant for
    more than learning; what has the higher published mean IoU, or at least overall accuracy.

    Args:
        roles: of the image's bands.
        gsd: its pixel size in metres; None: not known.
    """
    fit, others = [], []
    for entry in entries:
        reason = misfit(entry, roles, gsd)
        if reason is None:
            fit.append(entry)
        else:
            others.append((entry, reason))
    return sorted(fit, key=_rank), others


def misfit(entry: Entry, roles: Sequence[str], gsd: Optional[float] = None) -> Optional[dict[str, Any]]:
    """Why a model does not fit an image; None: it does."""
    if entry.problem:
        return entry.problem
    if lacking := missing(entry.bands, roles):
        return because("why-bands-missing", bands=", ".join(lacking))
    if gsd is not None and not GSD_FACTORS[0] <= gsd / entry.gsd <= GSD_FACTORS[1]:
        return because("why-gsd-far", wanted=entry.gsd, found=gsd)
    return None


def advice(entries: Iterable[Entry], roles: Sequence[str], gsd: Optional[float] = None) -> dict[str, Any]:
    """What to say to the user of an image that the chosen model does not fit, as a code and its parameters."""
    fit, _ = fitting(entries, roles, gsd)
    ready = ", ".join(e.id for e in fit if e.ready)
    to_fetch = ", ".join([e.id for e in fit if not e.ready and e.weights][:_OFFERED])
    if ready and to_fetch:
        return because("advice-models-both", ready=ready, to_fetch=to_fetch)
    if ready:
        return because("advice-models-ready", ready=ready)
    if to_fetch:
        return because("advice-models-fetch", to_fetch=to_fetch)
    return because("advice-bands")


def _rank(entry: Entry) -> tuple[Any, ...]:
    effort = 0 if entry.ready else 1 if entry.state == FETCHED or entry.weights else 2
    score = (entry.mean_iou or 0.0, entry.overall or 0.0)
    return effort, -len(entry.bands), entry.learning, -score[0], -score[1], entry.id
