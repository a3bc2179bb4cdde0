"""What is known of an ONNX model of others, from whoever says it: the user first, then what stands in the file."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Optional

from ..errors import OcsiaError, because
from ..jobs import ImportModelJob
from ..nomenclature import nomenclature_ids
from ..ortho.roles import UNKNOWN, said_roles

ACTIVATIONS = ("auto", "softmax", "sigmoid", "none")
DEFAULT_TILE = 512

_FIELDS = {"CLASSES": "class_names"}
"""Of the job, where it is not called as the parameter is."""

RANGES = {"0-1": (0.0, 255.0), "0-255": (0.0, 1.0)}
"""Mean and deviation of bytes that are divided by 255 and nothing else, and of bytes as they are."""


@dataclass(frozen=True)
class Scaling:
    """``(byte - mean) / std``: one value for each band, or one for all.

    Attributes:
        plain: nothing but a change of unit was said, so that no data is 0 and not the mean.
    """

    mean: tuple[float, ...]
    std: tuple[float, ...]
    plain: bool = False

    def of(self, bands: int) -> Scaling:
        """The same with a value for each band."""
        return replace(self, mean=self.mean * (bands // len(self.mean)), std=self.std * (bands // len(self.std)))


@dataclass(frozen=True)
class Told:
    """What somebody says of a model; None: they do not.

    Attributes:
        bands: roles, or ``1``, ``2``... for the image's first bands.
        gsd: pixel size in metres.
        names: of the outputs in their order.
        nomenclature: id of a known one, whose classes the outputs are.
        activation: one of ``ACTIVATIONS``.
        threshold: for a single output.
        tile, halo: pixels.
    """

    bands: Optional[tuple[str, ...]] = None
    gsd: Optional[float] = None
    scaling: Optional[Scaling] = None
    names: Optional[tuple[str, ...]] = None
    nomenclature: Optional[str] = None
    activation: Optional[str] = None
    threshold: Optional[float] = None
    tile: Optional[int] = None
    halo: Optional[int] = None

    def over(self, other: Told) -> Told:
        """What this says and, where it says nothing, what ``other`` says."""
        mine = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) is not None}
        if self.names or self.nomenclature:
            other = replace(other, names=None, nomenclature=None)
        return replace(other, **mine)


def told_by_user(job: ImportModelJob) -> Told:
    """What the job's fields say. Raises: OcsiaError: ``import-onnx-value``, ``import-onnx-asks``."""
    path = Path(job.file)

    def check(name: str, fits: bool, why: str, **params: Any) -> None:
        if not fits:
            value = getattr(job, _FIELDS.get(name, name.lower()))
            raise OcsiaError("import-onnx-value", name=name, value=value, path=path, reason=because(why, **params))

    check("GSD", job.gsd is None or (job.gsd > 0 and math.isfinite(job.gsd)), "why-value-positive")
    check("TILE", job.tile is None or job.tile > 0, "why-value-positive")
    check("HALO", job.halo is None or job.halo >= 0, "why-value-positive")
    check("THRESHOLD", job.threshold is None or 0 < job.threshold < 1, "why-value-share")
    check("ACTIVATION", job.activation in ACTIVATIONS, "why-value-known", known=", ".join(ACTIVATIONS))
    check("CLASSES", not (job.class_names and job.nomenclature), "why-value-both")
    known = nomenclature_ids()
    check("NOMENCLATURE", job.nomenclature in ("", *known), "why-value-known", known=", ".join(known))
    names = class_names(job.class_names)
    check("CLASSES", len(set(names)) == len(names), "why-value-twice")
    return Told(
        bands=_bands(job),
        gsd=job.gsd,
        scaling=_scaling(job),
        names=names or None,
        nomenclature=job.nomenclature or None,
        activation=None if job.activation == "auto" else job.activation,
        threshold=job.threshold,
        tile=job.tile,
        halo=job.halo,
    )


def class_names(text: str) -> tuple[str, ...]:
    """Names that are separated by semicolons or, where there is none, by commas."""
    return tuple(name.strip() for name in text.split(";" if ";" in text else ",") if name.strip())


def _bands(job: ImportModelJob) -> Optional[tuple[str, ...]]:
    words = re.split(r"[\s,;+]+", job.bands.strip()) if job.bands.strip() else []
    if not words or words == [str(n) for n in range(1, len(words) + 1)]:
        return tuple(words) or None
    roles = tuple(said_roles(job.bands))
    if UNKNOWN in roles or len(set(roles)) < len(roles):
        reason = because("why-value-bands")
        raise OcsiaError("import-onnx-value", name="BANDS", value=job.bands, path=job.file, reason=reason)
    return roles


def _scaling(job: ImportModelJob) -> Optional[Scaling]:
    mean_text, std_text = job.mean.strip(), job.std.strip()
    if not mean_text and not std_text:
        return None
    if mean_text in RANGES and std_text in ("", mean_text):
        low, width = RANGES[mean_text]
        return Scaling((low,), (width,), plain=True)
    if not std_text or not mean_text:
        raise OcsiaError("import-onnx-asks", path=job.file, missing=[because("ask-scaling" if std_text else "ask-std")])
    mean, std = (_numbers(job, name, text) for name, text in (("MEAN", mean_text), ("STD", std_text)))
    if min(std) <= 0:
        raise _bad(job, "STD", std_text, "why-value-positive")
    if set(mean) == {0.0} and set(std) == {1.0}:
        raise _bad(job, "MEAN", mean_text, "why-value-unit")
    # Bytes deviate by tens; by less than 1.5 nothing but bytes / 255 can.
    unit = 255.0 if max(map(abs, mean)) <= 1 and max(std) < 1.5 else 1.0
    return Scaling(tuple(unit * m for m in mean), tuple(unit * s for s in std))


def _numbers(job: ImportModelJob, name: str, text: str) -> tuple[float, ...]:
    """Numbers separated by semicolons or blanks, with a decimal point or comma; or by commas, with a point."""
    if ";" in text or " " in text:
        parts = [part.strip(" ,").replace(",", ".") for part in re.split(r"[;\s]+", text)]
    else:
        parts = [text.replace(",", ".")] if text.count(",") == 1 and "." not in text else text.split(",")
    try:
        values = tuple(float(part) for part in parts if part)
    except ValueError:
        values = ()
    if not values or not all(map(math.isfinite, values)):
        raise _bad(job, name, text, "why-value-number")
    return values


def _bad(job: ImportModelJob, name: str, value: str, why: str) -> OcsiaError:
    return OcsiaError("import-onnx-value", name=name, value=value, path=job.file, reason=because(why))


def check_counts(told: Told, bands: int, path: Path) -> None:
    """Refuse lists that have not one value for each of ``bands``. Raises: OcsiaError: ``import-onnx-value``."""
    lists: list[tuple[str, Sequence[Any], tuple[int, ...]]] = []
    if told.bands:
        lists.append(("BANDS", told.bands, (bands,)))
    if told.scaling:
        lists += [("MEAN", told.scaling.mean, (1, bands)), ("STD", told.scaling.std, (1, bands))]
    for name, values, fitting in lists:
        if len(values) not in fitting:
            reason = because("why-value-count", found=len(values), wanted=bands)
            shown = ", ".join(f"{v:g}" if isinstance(v, float) else str(v) for v in values)
            raise OcsiaError("import-onnx-value", name=name, value=shown, path=path, reason=reason)
