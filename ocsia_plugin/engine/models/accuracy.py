"""What is published of a model's accuracy: from its card, or from the confusion matrix that came with its weights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional

import numpy as np

from ..errors import OcsiaError, because

if TYPE_CHECKING:
    from .card import ModelCard

CONFUSION_NAME = "confmat.npy"
"""Beside the card of a model: what FLAIR-INC's repositories call it."""

_LARGEST_FILE = 1 << 20


@dataclass(frozen=True)
class Figures:
    """Of one class or one group, each from 0 to 1; None: not published, or no pixel to compute it from."""

    precision: Optional[float] = None
    recall: Optional[float] = None
    f1: Optional[float] = None
    iou: Optional[float] = None


@dataclass(frozen=True)
class Accuracy:
    """Published figures.

    Attributes:
        overall, mean_iou: of the whole test set, from 0 to 1; None: not published.
        classes: figures by class code.
        groups: figures by key of the nomenclature's group; only a confusion matrix gives them.
    """

    overall: Optional[float] = None
    mean_iou: Optional[float] = None
    classes: dict[int, Figures] = field(default_factory=dict)
    groups: dict[str, Figures] = field(default_factory=dict)


def published_accuracy(card: ModelCard) -> Optional[Accuracy]:
    """Figures of a model; None: no statistic is published.

    A confusion matrix, in the card or beside the model, gives the figures of classes and groups; what the card says in
    words stands where there is none.

    Raises:
        OcsiaError: ``confusion-invalid``.
    """
    said = card.accuracy
    path = card.file.parent / CONFUSION_NAME
    measured = Accuracy()
    if path.is_file():
        measured = from_confusion(read_confusion(path, max(card.codes)), card)
    elif said.get("confusion_matrix"):
        measured = from_confusion(np.array(said["confusion_matrix"]), card)
    classes = measured.classes or {
        c["code"]: Figures(c.get("precision"), c.get("recall"), c.get("f1"), c.get("iou"))
        for c in said.get("classes", ())
    }
    overall, mean_iou = (said.get(key) for key in ("overall_accuracy", "mean_iou"))
    found = Accuracy(
        measured.overall if overall is None else overall,
        measured.mean_iou if mean_iou is None else mean_iou,
        classes,
        measured.groups,
    )
    return None if found == Accuracy() else found


def read_confusion(path: Path, largest_code: int) -> np.ndarray:
    """A confusion matrix of int64 (n, n) whose row and column ``code - 1`` belong to a class; never unpickled.

    Raises:
        OcsiaError: ``confusion-invalid``: not an array of counts, or too small for the codes.
    """
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise ValueError("too large")
        matrix = np.load(path, allow_pickle=False)
        if not isinstance(matrix, np.ndarray) or matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
            raise ValueError("not a square matrix")
        if matrix.shape[0] < largest_code:
            raise ValueError(f"{matrix.shape[0]} classes, {largest_code} wanted")
        counts = matrix.astype(np.int64)
        if not np.array_equal(counts, matrix) or (counts < 0).any():
            raise ValueError("not counts")
    except FileNotFoundError as error:
        raise OcsiaError("confusion-invalid", path=path, reason=because("why-no-file")) from error
    except (OSError, ValueError, EOFError, TypeError) as error:
        raise OcsiaError("confusion-invalid", path=path, reason=str(error)) from error
    return counts


def from_confusion(matrix: np.ndarray, card: ModelCard) -> Accuracy:
    """Figures from counts whose rows are the truth and whose columns are what the model said.

    Only the classes of the card count: the others are logits that the training did not use. A group is right where
    truth and answer both lie in it, whichever class of it they are.

    Args:
        matrix: int (n, n), row and column ``code - 1``; or (classes, classes) in the card's order.
    """
    codes = list(card.codes)
    if matrix.shape[0] != len(codes):
        places = np.array(codes) - 1
        matrix = matrix[np.ix_(places, places)]
    truth, said, total = matrix.sum(1), matrix.sum(0), int(matrix.sum())

    def figures(members: Iterable[int]) -> Figures:
        at = [codes.index(code) for code in members if code in codes]
        hit, wanted, found = matrix[np.ix_(at, at)].sum(), truth[at].sum(), said[at].sum()
        return Figures(
            _ratio(hit, found), _ratio(hit, wanted), _ratio(2 * hit, wanted + found), _ratio(hit, wanted + found - hit)
        )

    classes = {code: figures([code]) for code in codes}
    groups = {group.key: figures(group.members) for group in card.nomenclature.groups}
    seen = [f.iou for f in classes.values() if f.iou is not None]
    return Accuracy(_ratio(np.trace(matrix), total), sum(seen) / len(seen) if seen else None, classes, groups)


def as_dict(accuracy: Accuracy, card: ModelCard) -> dict[str, Any]:
    """For JSON, with the keys of the classes beside their codes."""
    keys = {c.code: c.key for c in card.classes}
    return {
        "overall_accuracy": accuracy.overall,
        "mean_iou": accuracy.mean_iou,
        "classes": {str(code): {"key": keys.get(code, ""), **vars(f)} for code, f in accuracy.classes.items()},
        "groups": {key: vars(f) for key, f in accuracy.groups.items()},
    }


def _ratio(part: Any, whole: Any) -> Optional[float]:
    return float(part) / float(whole) if whole else None
