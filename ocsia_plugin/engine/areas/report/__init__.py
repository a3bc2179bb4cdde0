"""Reports: a self-contained HTML page of sentences, tables and charts, from plain data."""

from __future__ import annotations

from .content import Bars, Heatmap, Report, Section, Table
from .numbers import Numbers
from .page import render, write_report
from .provenance import provenance

__all__ = ["Bars", "Heatmap", "Numbers", "Report", "Section", "Table", "provenance", "render", "write_report"]
