"""Long tables: one figure per line, as CSV for software or for Excel in French."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Union

Value = Union[str, int, float, None]


def write_long(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[Value]], excel: bool, decimals: int = 4
) -> None:
    """Write a table; what is not known is empty.

    Args:
        excel: semicolons, decimal commas and a byte order mark, by which a French Excel opens it right; otherwise
            commas, decimal points and plain UTF-8.
        decimals: of the floats.
    """
    with open(path, "w", encoding="utf-8-sig" if excel else "utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";" if excel else ",", lineterminator="\r\n" if excel else "\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow([_text(value, excel, decimals) for value in row])


def _text(value: Value, excel: bool, decimals: int) -> str:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, float):
        text = f"{value:.{decimals}f}"
        return text.replace(".", ",") if excel else text
    return str(value)
