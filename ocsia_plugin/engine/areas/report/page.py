"""The page: templates filled in, every text escaped by Jinja."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import jinja2

from .charts import WIDTH, bar_chart, heat_chart
from .content import Bars, Heatmap, Part, Report
from .numbers import Numbers

_WORDS = {
    "fr": {"provenance": "Provenance", "details": "En clair", "attribution": "Données",
           "same": "Les mêmes entrées, paramètres et versions redonnent ce rapport à l’octet près."},
    "en": {"provenance": "Provenance", "details": "In plain words", "attribution": "Data",
           "same": "The same inputs, parameters and versions make this report again, to the byte."},
}  # fmt: skip


def render(report: Report) -> str:
    """The HTML of a report: one file, without a script that runs and without anything from elsewhere."""
    numbers = Numbers(report.lang)
    words = _WORDS["fr" if report.lang == "fr" else "en"]
    pretty = json.dumps(report.provenance, ensure_ascii=False, indent=1, sort_keys=True)
    return _environment().get_template("report.html").render(
        report=report, words=words, pretty=pretty, numbers=numbers, width=WIDTH, kind=_kind,
        bar_chart=lambda bars: bar_chart(bars, numbers), heat_chart=heat_chart,
    )  # fmt: skip


def write_report(path: Path, report: Report) -> None:
    """Write the page, and its provenance as JSON beside it under the same name."""
    path.write_text(render(report), encoding="utf-8", newline="\n")
    content = json.dumps(report.provenance, ensure_ascii=False, indent=2, sort_keys=True)
    provenance_path(path).write_text(content + "\n", encoding="utf-8", newline="\n")


def provenance_path(path: Path) -> Path:
    """Where the provenance of a report lies."""
    return path.with_suffix(".json")


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates", encoding="utf-8"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _kind(part: Part) -> str:
    return "bars" if isinstance(part, Bars) else "heatmap" if isinstance(part, Heatmap) else "table"
