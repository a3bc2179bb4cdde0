"""What a report is made of. No text is made here, and none escaped: the page does that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Optional, Union


@dataclass(frozen=True)
class Bars:
    """Horizontal bars with error bars.

    Attributes:
        labels: of the bars; values: None: nothing is known, and no bar drawn.
        low, high: ends of the error bars; None: none. colours: ``#rrggbb``. texts: at the end of the bars.
        most: end of the axis; None: what the values need. unit: of the axis.
    """

    title: str
    labels: Sequence[str]
    values: Sequence[Optional[float]]
    low: Sequence[Optional[float]]
    high: Sequence[Optional[float]]
    colours: Sequence[str]
    texts: Sequence[str] = ()
    most: Optional[float] = None
    unit: str = ""
    note: str = ""


@dataclass(frozen=True)
class Heatmap:
    """A square of numbers, darker where they are greater.

    Attributes:
        labels: of the rows and of the columns; colours: ``#rrggbb`` of the classes; shares: 0 to 1, how dark a cell is;
        texts: what stands in each cell; rows_title, columns_title: what rows and columns are.
    """

    title: str
    labels: Sequence[str]
    colours: Sequence[str]
    shares: Sequence[Sequence[float]]
    texts: Sequence[Sequence[str]]
    rows_title: str
    columns_title: str
    note: str = ""


@dataclass(frozen=True)
class Table:
    """Attributes: header: of the columns; rows: texts, in which a new line is one; the first column is aligned left."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""


Part = Union[Bars, Heatmap, Table]


@dataclass(frozen=True)
class Section:
    """A heading with sentences under it, then tables and charts.

    Attributes:
        details: what is said in full after the rest: a heading, and one sentence per number.
    """

    title: str
    sentences: Sequence[str] = ()
    parts: Sequence[Part] = ()
    details: Sequence[tuple[str, Sequence[str]]] = ()


@dataclass(frozen=True)
class Report:
    """A page.

    Attributes:
        lang: ``fr`` or ``en``; warnings: what the reader must not miss, first on the page.
        provenance: inputs, parameters, versions, seed: JSON in the page and in a file beside it.
        attribution: of the data that it is made of.
    """

    title: str
    subtitle: str
    lang: str
    sections: Sequence[Section]
    warnings: Sequence[str] = ()
    attribution: Sequence[str] = ()
    provenance: dict[str, Any] = field(default_factory=dict)
