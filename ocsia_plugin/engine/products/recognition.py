"""Which classes a raster holds, where it comes from elsewhere: what is certain is recognised, the rest is asked for.

Rasters of ours carry their legend. Those of others are bytes: of which nomenclature, counted from 0 (as networks and
IGN's detection tools do) or from 1 (as IGN's labels and products do)? A wrong answer shifts every class by one and
looks like a map all the same, so nothing is guessed:

- the nomenclature of class codes is named by the user, or recognised by a colour table that is wholly its own;
- they count from 1 where the file declares 0 as no data;
- otherwise they count from the one base that all values fit: 15 of NAF's 15 classes fits only 1;
- where both fit, a 0 that is valid although the file declares no data in another way is a class: they count from 0;
- where both fit and no pixel is 0, the values of a nomenclature whose known rasters all count from 1 (NAF: IGN's
  annotations) are read as its codes, with a warning that says how to have it otherwise.

All else is ambiguous. In particular, 0 beside the highest index proves nothing without such a declaration: in label
rasters of IGN's 0 is "no label", undeclared, and the last class, "other", is rare.

15 bands of probabilities are read as NAF, with a warning, because that is what IGN distributes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Optional

import numpy as np
import rasterio.windows
from rasterio.enums import MaskFlags
from rasterio.io import DatasetReader

from ..errors import OcsiaError, because
from ..events import Events
from ..nomenclature import Nomenclature, known_nomenclature, load_nomenclature, nomenclature_ids
from ..ortho.checks import readable
from .classes import Legend, nomenclature_unknown, tagged_legend

BASES = ("auto", "0", "1")

_PREDICTED = "naf15"
"""Nomenclature of the probabilities that IGN distributes, with a band per class."""

_READ_PIXELS = 32 << 20
_COUNTED = 1 << 20
"""Pixels that are counted at once: NumPy makes eight bytes of each."""


def recognised_classes(
    source: DatasetReader, path: str, nomenclature: str, base: str, lang: str, events: Events
) -> tuple[Legend, int]:
    """Legend of a raster with one band of class codes, and the number of its first class, 0 or 1.

    Args:
        nomenclature: id, for a raster that does not say; empty: not known.
        base: one of ``BASES``.
        lang: language of the names in what is asked.

    Raises:
        OcsiaError: ``not-classes``, ``nomenclature-missing``, ``nomenclature-in-file``; ``nomenclature-unknown``,
            ``base-unknown``, ``values-misfit``: what has to be asked for.
        Cancelled: the user asked to stop while the values were counted.
    """
    if base not in BASES:
        raise OcsiaError("job-invalid", reason=f"base is one of {', '.join(BASES)}")
    if source.count != 1:
        raise OcsiaError("not-classes", path=path, reason=because("why-band-count", count=source.count))
    if source.dtypes[0] != "uint8":
        raise OcsiaError("not-classes", path=path, reason=because("why-not-bytes", dtype=source.dtypes[0]))
    legend = _own_legend(source, path, nomenclature)
    if legend:
        if base == "0":
            raise OcsiaError("nomenclature-in-file", path=path, nomenclature=legend.nomenclature.id)
        return legend, 1
    asked = known_nomenclature(nomenclature) if nomenclature else None
    colours = _by_colours(source, [asked] if asked else [load_nomenclature(name) for name in nomenclature_ids()])
    found = colours[0] if colours else asked
    if found is None:
        raise nomenclature_unknown(path)
    if base != "auto":
        first, why = int(base), because("why-asked")
    elif colours:
        first, why = colours[1], because("why-colours")
    else:
        first, why = _base(source, path, found, lang, events)
    if first == 0 and source.nodata == 0:
        events.warning("warn-base-nodata", path=path, first=found.classes[0].name(lang))
    events.info("info-recognised", path=path, nomenclature=found.id, base=first, why=why)
    return Legend(found, found.classes), first


def recognised_probabilities(source: DatasetReader, path: str, nomenclature: str, events: Events) -> Legend:
    """Legend of a raster with one band of bytes per class.

    Args:
        nomenclature: id, for a raster that does not say; empty: not known.

    Raises:
        OcsiaError: ``not-probabilities``, ``nomenclature-missing``, ``nomenclature-in-file``.
    """
    if source.count < 2:
        raise OcsiaError("not-probabilities", path=path, reason=because("why-single-band"))
    if set(source.dtypes) != {"uint8"}:
        raise OcsiaError("not-probabilities", path=path, reason=because("why-not-bytes", dtype=source.dtypes[0]))
    unknown = _unknown_bands(source.count)
    try:
        legend = _own_legend(source, path, nomenclature)
    except OcsiaError as error:
        if error.code != "nomenclature-unknown":
            raise
        raise OcsiaError("not-probabilities", path=path, reason=unknown) from error
    if not legend:
        found = known_nomenclature(nomenclature or _PREDICTED)
        legend = Legend(found, found.classes)
        if not nomenclature and source.count != len(found.classes):
            raise OcsiaError("not-probabilities", path=path, reason=unknown)
        if not nomenclature:
            events.warning("warn-nomenclature-assumed", path=path, count=source.count, nomenclature=found.id)
    if len(legend.classes) != source.count:
        reason = because("why-bands-classes", count=source.count, classes=len(legend.classes))
        raise OcsiaError("not-probabilities", path=path, reason=reason)
    return legend


def fitting_bases(values: Collection[int], nomenclature: Nomenclature) -> set[int]:
    """The bases, 0 or 1, from which all values of a class raster are classes; counted from 1, 0 is no data."""
    codes = {c.code for c in nomenclature.classes}
    fits = set()
    if all(value + 1 in codes for value in values):
        fits.add(0)
    if all(value in codes for value in values if value):
        fits.add(1)
    return fits


def valid_values(source: DatasetReader, events: Events) -> list[int]:
    """Values of the valid pixels of the first band, in ascending order. Reads the raster once, some rows at a time."""
    seen = np.zeros(256, bool)
    rows = max(1, min(_READ_PIXELS // source.width, source.height))
    rows = max(rows - rows % source.block_shapes[0][0], 1)
    masked = MaskFlags.all_valid not in source.mask_flag_enums[0]
    for row in range(0, source.height, rows):
        events.check()
        window = rasterio.windows.Window(0, row, source.width, min(rows, source.height - row))
        with readable(source.name):
            values = source.read(1, window=window)
            if masked:
                values = values[source.read_masks(1, window=window) > 0]
        values = values.ravel()
        for start in range(0, values.size, _COUNTED):
            seen |= np.bincount(values[start : start + _COUNTED], minlength=256) > 0
    return np.flatnonzero(seen).tolist()


def _unknown_bands(count: int) -> dict[str, Any]:
    """Why bands without a legend are not understood: the reason inside ``not-probabilities``."""
    fitting = [name for name in nomenclature_ids() if len(load_nomenclature(name).classes) == count]
    if fitting:
        return because("why-bands-ambiguous", count=count, known=", ".join(fitting))
    return because("why-bands-nomenclature", count=count)


def _own_legend(source: DatasetReader, path: str, nomenclature: str) -> Optional[Legend]:
    """What the file itself says, if it says anything; it is not contradicted by what the user says."""
    try:
        legend = tagged_legend(source)
    except OcsiaError:
        if nomenclature:  # a damaged tag says nothing
            return None
        raise
    if legend and nomenclature not in ("", legend.nomenclature.id):
        raise OcsiaError("nomenclature-in-file", path=path, nomenclature=legend.nomenclature.id)
    return legend


def _by_colours(source: DatasetReader, known: Sequence[Nomenclature]) -> Optional[tuple[Nomenclature, int]]:
    """The nomenclature of ``known``, and the base, all of whose colours stand in the raster's colour table.

    FLAIR's nomenclatures are parts of one another and of one palette: the largest that fits is it.
    """
    try:
        table = source.colormap(1)
    except ValueError:
        return None
    found = []
    for nomenclature in known:
        for base in (0, 1):
            if all(table.get(c.code - 1 + base, ())[:3] == c.rgb for c in nomenclature.classes):
                found.append((len(nomenclature.classes), nomenclature, base))
    most = max((size for size, *_ in found), default=0)
    best = [(nomenclature, base) for size, nomenclature, base in found if size == most]
    return best[0] if len(best) == 1 else None


def _base(
    source: DatasetReader, path: str, nomenclature: Nomenclature, lang: str, events: Events
) -> tuple[int, dict[str, Any]]:
    """The number of the first class and why it is certain.

    Raises:
        OcsiaError: ``base-unknown``, ``values-misfit``.
    """
    if source.nodata == 0:
        return 1, because("why-zero-nodata")
    values = valid_values(source, events)
    fits = fitting_bases(values, nomenclature)
    shown = ", ".join(map(str, values))
    if not fits:
        known = ", ".join(nomenclature_ids())
        raise OcsiaError("values-misfit", path=path, values=shown, nomenclature=nomenclature.id, known=known)
    if len(fits) == 1:
        return fits.pop(), because("why-values")
    if 0 in values and MaskFlags.all_valid not in source.mask_flag_enums[0]:
        return 0, because("why-zero-valid")
    if not values:
        return 1, because("why-values")  # no pixel at all: whoever reads on says so
    if nomenclature.rasters_count_from == 1 and 0 not in values:
        events.warning("warn-base-codes", path=path, values=shown, nomenclature=nomenclature.id)
        return 1, because("why-codes")
    first = nomenclature.classes[0].name(lang)
    raise OcsiaError("base-unknown", path=path, values=shown, nomenclature=nomenclature.id, first=first)
