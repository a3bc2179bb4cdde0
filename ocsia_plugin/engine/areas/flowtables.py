"""What change says of zones: stocks and flows as lines of tables, and as fields of the zones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Optional

import numpy as np

from ..nomenclature import LandCoverClass
from .flows import Flows
from .longcsv import Value, write_long
from .paired import NetChange
from .report.numbers import Numbers
from .zonefields import field_stem
from .zones import Attributes, with_own

FLOW_COLUMNS = (
    "zone", "zone_id", "code", "key", "name", "before_m2", "gain_m2", "loss_m2", "net_m2", "flicker_m2", "after_m2",
    "gain_weighted_m2", "loss_weighted_m2", "before_expected_m2", "after_expected_m2", "zone_m2", "compared_m2",
)  # fmt: skip
POINT_COLUMNS = (
    "points", "net_points_m2", "se_m2", "low_m2", "high_m2", "level_pct", "conclusion",
)  # fmt: skip
"""Besides, with points read at both dates; a last line of each zone is for what changed at all."""
MATRIX_COLUMNS = (
    "zone", "zone_id", "before_code", "before_key", "before_name", "after_code", "after_key", "after_name", "pixels",
    "differing_m2", "changed_m2", "weighted_m2", "expected_m2",
)  # fmt: skip

_STOCKS = (
    "before", "gain", "loss", "net", "flicker", "after", "gain_weighted", "loss_weighted", "before_expected",
    "after_expected",
)  # fmt: skip
_FIELDS = ("before", "after", "gain", "loss", "net")
_TOLD = 0.001
"""Share of a zone that has to come to, or to leave, a class for the map tip to tell it."""

Changes = Sequence[Sequence[NetChange]]
"""Per zone, what points say of each class and, last, of any change; empty: there are no points."""


def write_flows(
    path: Path,
    flows: Flows,
    choices: Sequence[LandCoverClass],
    has_shares: bool,
    lang: str,
    read: Changes = (),
    excel: bool = False,
) -> None:
    """Stocks and flows, one line per zone and class: CSV. excel: as ``longcsv`` has it."""
    header = (*FLOW_COLUMNS, *(POINT_COLUMNS if read else ()))
    write_long(path, header, _flow_rows(flows, choices, has_shares, lang, read), excel)


def _flow_rows(
    flows: Flows, choices: Sequence[LandCoverClass], has_shares: bool, lang: str, read: Changes
) -> Iterator[list[Value]]:
    occurring = flows.occurring(has_shares)
    for zone in range(len(flows.zones)):
        changes = (read[zone] or [None] * (len(choices) + 1)) if read else []
        place: list[Value] = [flows.zones.names[zone], str(flows.zones.ids[zone])]
        surfaces: list[Value] = [float(flows.total[zone]), float(flows.compared[zone])]
        stocks = flows.stocks(zone, has_shares)
        figures = [getattr(stocks, name) for name in _STOCKS]
        for number in np.flatnonzero(occurring[zone]).tolist():
            choice = choices[number]
            numbers = [None if f is None else float(f[number]) + 0.0 for f in figures]
            line = [*place, str(choice.code), choice.key, choice.name(lang), *numbers, *surfaces]
            yield [*line, *(_of_points(changes[number], lang) if read else ())]
        if read:
            name = "Changement" if lang == "fr" else "Change"
            line = [*place, "", "changement", name, *([None] * len(figures)), *surfaces]
            yield [*line, *_of_points(changes[-1], lang)]


def _of_points(change: Optional[NetChange], lang: str) -> list[Value]:
    """Columns of ``POINT_COLUMNS``."""
    if change is None:
        return [0, *([None] * (len(POINT_COLUMNS) - 1))]
    level = None if change.level is None else 100 * change.level
    figures = [float(value) + 0.0 for value in (change.value, change.se, change.low, change.high)]
    return [change.count, *figures, level, change.said(lang)]


def write_matrix(
    path: Path, flows: Flows, choices: Sequence[LandCoverClass], has_shares: bool, lang: str, excel: bool = False
) -> None:
    """Transitions, one line per zone and pair of classes that occurs: CSV. excel: as ``longcsv`` has it."""
    write_long(path, MATRIX_COLUMNS, _matrix_rows(flows, choices, has_shares, lang), excel)


def _matrix_rows(flows: Flows, choices: Sequence[LandCoverClass], has_shares: bool, lang: str) -> Iterator[list[Value]]:
    figures = (flows.differing, flows.changed, flows.weighted, flows.expected)
    known = 4 if has_shares else 2
    for zone in range(len(flows.zones)):
        occurs = (flows.pixels[zone] > 0) | (flows.expected[zone] >= 0.5)
        for k, m in np.argwhere(occurs).tolist():
            line: list[Value] = [flows.zones.names[zone], str(flows.zones.ids[zone])]
            for choice in (choices[k], choices[m]):
                line += [str(choice.code), choice.key, choice.name(lang)]
            line.append(int(flows.pixels[zone, k, m]))
            yield [*line, *(float(f[zone, k, m]) for f in figures[:known]), *([None] * (4 - known))]


def flow_fields(flows: Flows, choices: Sequence[LandCoverClass], has_shares: bool, lang: str) -> Attributes:
    """Attributes of the zones, then of each class that any of them holds ``<key>_before_m2``, ``_after_m2``,
    ``_gain_m2``, ``_loss_m2`` and ``_net_m2``; of each zone ``changed_m2``, ``changed_pct`` (of what was compared),
    with probabilities ``changed_weighted_m2``, ``flicker_m2``, ``compared_m2``, ``zone_m2`` and ``summary``.

    All but the last three are null in a zone without a pixel that has data at both dates.
    """
    count = len(flows.zones)
    stocks = [flows.stocks(zone, has_shares) for zone in range(count)]
    known = np.where(flows.compared > 0, 1.0, np.nan)
    made: Attributes = {}
    stems: set[str] = set()
    for number in np.flatnonzero(flows.occurring(False).any(axis=0)).tolist():
        stem = field_stem(choices[number], stems)
        stems.add(stem.lower())
        for name in _FIELDS:
            values = np.array([getattr(stock, name)[number] for stock in stocks])
            made[f"{stem}_{name}_m2"] = (np.round(known * values, 4) + 0.0, None)
    changed = flows.changed.sum(axis=(1, 2))
    made["changed_m2"] = (np.round(known * changed, 4), None)
    made["changed_pct"] = (np.round(known * 100 * changed / np.where(flows.compared > 0, flows.compared, 1), 4), None)
    if has_shares:
        made["changed_weighted_m2"] = (np.round(known * flows.weighted.sum(axis=(1, 2)), 4), None)
    made["flicker_m2"] = (np.round(known * flows.flickering, 4) + 0.0, None)
    made["compared_m2"] = (np.round(flows.compared, 4), None)
    made["zone_m2"] = (np.round(flows.total, 4), None)
    made["summary"] = (np.array([_summary(flows, zone, choices, lang) for zone in range(count)], object), None)
    return with_own(flows.zones.attributes, made)


def _summary(flows: Flows, zone: int, choices: Sequence[LandCoverClass], lang: str) -> str:
    """A line per class that gained or lost something, the largest net change first: what the map tip shows."""
    numbers = Numbers(lang)
    stocks = flows.stocks(zone, False)
    lines = []
    for number in np.argsort(-np.abs(stocks.net), kind="stable").tolist():
        gain, loss, net = (float(values[number]) for values in (stocks.gain, stocks.loss, stocks.net))
        if gain + loss <= _TOLD * flows.compared[zone]:
            continue
        colon = "\u202f:" if lang == "fr" else ":"
        moved = f" (+{numbers.area(gain)} / −{numbers.area(loss)})" if gain and loss else ""
        net_text = ("+" if net > 0 else "") + numbers.area(net)
        lines.append(f"{choices[number].name(lang)}{colon} {net_text}{moved}")
    return "\n".join(lines)
