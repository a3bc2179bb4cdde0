"""What ``accuracy`` says: its figures as a report and as lines of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np

from ... import __version__
from ..jobs import AccuracyJob
from ..nomenclature import LandCoverClass
from ..products.classes import Legend
from ..products.origin import NOTICE, called_after, credited
from .accuracytexts import text
from .longcsv import Value
from .matrix import Agreement, Estimator, Figure, Scores, agreement
from .reference import Reference
from .report import Bars, Heatmap, Numbers, Report, Section, Table, provenance
from .report.numbers import decimals_alone, decimals_of

MEASURES = ("precision", "recall", "f1", "iou", "share")


@dataclass(frozen=True)
class Findings:
    """All figures.

    Attributes:
        classes: that the map or the references show; scores: of them, then of the groups.
        zones: name and estimator of each. readings: None: no second reading, or one.
    """

    reference: Reference
    legend: Legend
    level: float
    classes: Sequence[LandCoverClass]
    groups: Sequence[LandCoverClass]
    whole: Estimator
    scores: Sequence[Scores]
    zones: Sequence[tuple[str, Estimator]]
    readings: Optional[Agreement]

    @staticmethod
    def of(
        reference: Reference,
        legend: Legend,
        groups: Sequence[LandCoverClass],
        level: float,
        zones: Sequence[tuple[str, np.ndarray]],
    ) -> Findings:
        """Compute them."""
        sample = reference.sample
        seen = {*sample.map_code.tolist(), *sample.ref_code.tolist()} - {0}
        known = {c.code: c for c in legend.nomenclature.classes}
        classes = [known.get(code) or _unknown_class(code) for code in sorted(seen)]
        whole = Estimator(sample, level)
        return Findings(
            reference,
            legend,
            level,
            classes,
            groups,
            whole,
            [whole.scores(c.members) for c in (*classes, *groups)],
            [(name, Estimator(sample, level, inside)) for name, inside in zones if inside.any()],
            _readings(reference, level),
        )

    @property
    def codes(self) -> list[int]:
        """Of the classes."""
        return [c.code for c in self.classes]


def _unknown_class(code: int) -> LandCoverClass:
    return LandCoverClass(code, f"code_{code}", str(code), str(code), "#000000", (code,))


def _readings(reference: Reference, level: float) -> Optional[Agreement]:
    points = reference.points
    if points is None or not len(points.again):
        return None
    read = points.again > 0
    return agreement(points.ref_code[read], points.again[read], level) if read.sum() > 1 else None


# -- the table


def table_rows(findings: Findings, lang: str) -> Iterator[list[Value]]:
    """Lines of the CSV: figures of the whole and of each zone, then the cells of the matrix."""
    method = text(f"method-{findings.reference.kind}", lang)
    level = 100 * findings.level

    def line(zone: str, c: Optional[LandCoverClass], measure: str, figure: Figure) -> list[Value]:
        named = [c.code, c.key, c.name(lang)] if c else [None, None, None]
        ends = [None if v is None else 100 * v for v in (figure.value, figure.se, figure.low, figure.high)]
        return [
            zone,
            *named,
            measure,
            None,
            *ends,
            level if figure.low is not None else None,
            figure.units,
            None,
            method,
        ]

    for zone, estimator in (("", findings.whole), *findings.zones):
        yield line(zone, None, "overall_accuracy", estimator.overall())
        for c in (*findings.classes, *findings.groups):
            scores = estimator.scores(c.members)
            for measure in MEASURES:
                yield line(zone, c, measure, getattr(scores, measure))
        counts, shares = estimator.counts(findings.codes), estimator.proportions(findings.codes)
        is_known = findings.reference.sample.by_design
        for row, c in enumerate(findings.classes):
            for column, other in enumerate(findings.classes):
                cell = float(counts[row, column])
                if cell == 0:
                    continue
                share = 100 * float(shares[row, column]) if is_known else None
                yield [
                    zone,
                    c.code,
                    c.key,
                    c.name(lang),
                    "matrix",
                    other.code,
                    share,
                    None,
                    None,
                    None,
                    None,
                    None,
                    cell,
                    method,
                ]


# -- the report


def accuracy_report(findings: Findings, job: AccuracyJob, tags: dict[str, str]) -> Report:
    """The page about all figures.

    Args:
        tags: of the raster, which may say where it comes from.
    """
    words = _Words(findings, job.lang)
    reference = findings.reference
    sections = [words.overall(), words.by_class(), words.matrix()]
    if findings.zones:
        sections.append(words.by_zone())
    if findings.readings:
        sections.append(words.readings(findings.readings))
    count = len(reference.sample.stratum)
    subtitle = text(
        f"subtitle-{'points' if reference.points else 'polygons'}",
        job.lang,
        count=words.numbers.plain(count),
        nomenclature=findings.legend.nomenclature.title(job.lang),
    )
    design = reference.points.design if reference.points else None
    made = provenance(
        job,
        __version__,
        {"INPUT": job.input, "REFERENCE": job.reference, "ZONES": job.zones},
        design=None if design is None else {"kind": design.kind, "seed": design.seed, "raster": design.raster},
    )
    warnings = words.warnings(bool(tags.get(NOTICE)))
    title = text("title", job.lang, name=called_after(tags, job.input))
    return Report(title, subtitle, job.lang, sections, warnings, credited(tags), made)


class _Words:
    """The sections, in one language."""

    def __init__(self, findings: Findings, lang: str) -> None:
        self._f, self._lang = findings, lang
        self.numbers = Numbers(lang)
        self._kind = findings.reference.kind
        self._short = text(f"short-{self._kind}", lang)
        self._level = self.numbers.level(findings.level)

    def warnings(self, is_for_learning: bool) -> list[str]:
        found = [text("learning", self._lang)] if is_for_learning else []
        found += [text(kind, self._lang) for kind in ("unknown", "clusters") if kind == self._kind]
        return found

    def overall(self) -> Section:
        figure = self._f.whole.overall()
        key = "overall-sentence" if self._f.reference.sample.by_design else "overall-unknown"
        value = self._value(figure)
        first = text(key, self._lang, value=value, interval=self._interval(figure), method=self._short)
        method = text(f"method-{self._kind}", self._lang)
        sentences = [first, method[0].upper() + method[1:] + "."]
        if self._f.reference.sample.by_design:
            sentences.append(text("interval", self._lang, level=self._level))
        return Section(text("overall", self._lang), [*sentences, text("assumption", self._lang)])

    def by_class(self) -> Section:
        rows, details = [], []
        everything = list(zip((*self._f.classes, *self._f.groups), self._f.scores))
        for c, scores in everything:
            figures = [getattr(scores, measure) for measure in MEASURES]
            units = scores.iou.units
            rows.append(
                [c.name(self._lang), *(self._cell(f, two_lines=True) for f in figures), self.numbers.plain(units)]
            )
            sentences = [self._sentence(measure, f) for measure, f in zip(MEASURES, figures) if f.units]
            details.append((c.name(self._lang), sentences))
        units = text(f"units-{'points' if self._f.reference.points else 'polygons'}", self._lang)
        header = [text("class", self._lang), *(text(measure, self._lang) for measure in MEASURES), units]
        withheld = self._withheld(everything)
        first = [text("withheld", self._lang, names=withheld)] if withheld else []
        charts = [self._bars(everything, measure) for measure in ("precision", "recall")]
        table = Table("", header, rows, text("table-note", self._lang))
        return Section(text("classes", self._lang), first, [table, *charts], details)

    def _withheld(self, everything: Sequence[tuple[LandCoverClass, Scores]]) -> str:
        if not self._f.reference.sample.by_design:
            return ""
        names: dict[str, list[str]] = {}
        for c, scores in everything:
            missing = [m for m in MEASURES if getattr(scores, m).units and getattr(scores, m).low is None]
            if missing:
                names.setdefault(", ".join(text(m, self._lang) for m in missing), []).append(c.name(self._lang))
        return "; ".join(f"{measures} ({', '.join(classes)})" for measures, classes in names.items())

    def _bars(self, everything: Sequence[tuple[LandCoverClass, Scores]], measure: str) -> Bars:
        figures = [getattr(scores, measure) for _, scores in everything]
        classes = [c for c, _ in everything]
        return Bars(
            text(f"{measure}-title", self._lang),
            [c.name(self._lang) for c in classes],
            [100 * f.value if f.units else None for f in figures],
            [None if f.low is None else 100 * f.low for f in figures],
            [None if f.high is None else 100 * f.high for f in figures],
            [c.color for c in classes],
            [self._cell(f) for f in figures],
            100.0,
            "\u202f%" if self._lang == "fr" else "%",
        )

    def matrix(self) -> Section:
        codes = self._f.codes
        counts, shares = self._f.whole.counts(codes), self._f.whole.proportions(codes)
        parts = []
        if self._f.reference.sample.by_design:
            texts = [[self.numbers.plain(100 * v, 2) if v > 0 else "·" for v in row] for row in shares.tolist()]
            parts.append(self._heatmap("matrix-shares", shares, texts, text("matrix-note", self._lang)))
        texts = [[self.numbers.plain(v) if v > 0 else "·" for v in row] for row in counts.tolist()]
        key = "matrix-points" if self._f.reference.points else "matrix-m2"
        parts.append(self._heatmap(key, counts, texts, "" if parts else text("matrix-note", self._lang)))
        return Section(text("matrix", self._lang), [], parts)

    def _heatmap(self, key: str, values: np.ndarray, texts: list[list[str]], note: str) -> Heatmap:
        rows = values.sum(axis=1, keepdims=True)
        shades = np.divide(values, rows, out=np.zeros_like(values), where=rows > 0)
        names = [c.name(self._lang) for c in self._f.classes]
        colours = [c.color for c in self._f.classes]
        axes = text("map", self._lang), text("reference", self._lang)
        return Heatmap(text(key, self._lang), names, colours, shades.tolist(), texts, *axes, note)

    def by_zone(self) -> Section:
        names = [name for name, _ in self._f.zones]
        figures = [estimator.overall() for _, estimator in self._f.zones]
        units = text(f"units-{'points' if self._f.reference.points else 'polygons'}", self._lang)
        rows = [[name, self._cell(f), self.numbers.plain(f.units)] for name, f in zip(names, figures)]
        table = Table("", [text("zone", self._lang), text("overall", self._lang), units], rows)
        details = [
            (name, [text("overall-sentence", self._lang, value=self._value(f), interval=self._interval(f))])
            for name, f in zip(names, figures)
        ]
        return Section(text("zones", self._lang), [text("zones-note", self._lang)], [table], details)

    def readings(self, found: Agreement) -> Section:
        figure = Figure(found.same / found.total, 0.0, found.low, found.high, found.total)
        decimals = decimals_of(50 * (found.high - found.low))
        sentence = text(
            "agreement-sentence",
            self._lang,
            total=self.numbers.plain(found.total),
            same=self.numbers.plain(found.same),
            value=self._value(figure),
            low=self.numbers.percent(found.low, decimals),
            high=self.numbers.percent(found.high, decimals),
            level=self._level,
            kappa=self.numbers.plain(found.kappa, 2),
        )
        sentences = [sentence, text("agreement-meaning", self._lang)]
        points = self._f.reference.points
        if points and any(a and a == b for a, b in zip(points.again_interp.tolist(), points.interp.tolist())):
            sentences.append(text("agreement-same", self._lang))
        return Section(text("agreement", self._lang), sentences)

    def _sentence(self, measure: str, figure: Figure) -> str:
        is_count = measure in ("precision", "recall")
        decimals = self._decimals(figure)
        value = self.numbers.plain(100 * figure.value, decimals) if is_count else self._value(figure)
        return text(f"{measure}-sentence", self._lang, value=value, interval=self._interval(figure))

    def _interval(self, figure: Figure) -> str:
        if figure.low is None or figure.high is None:
            return text("without-interval", self._lang, method=self._short)
        decimals = self._decimals(figure)
        low, high = (self.numbers.percent(v, decimals) for v in (figure.low, figure.high))
        return text("with-interval", self._lang, low=low, high=high, level=self._level, method=self._short)

    def _decimals(self, figure: Figure) -> int:
        if figure.low is None or figure.high is None:
            return decimals_alone(figure.value)
        return max(decimals_of(50 * (figure.high - figure.low)), 0)

    def _value(self, figure: Figure) -> str:
        return self.numbers.percent(figure.value, self._decimals(figure))

    def _cell(self, figure: Figure, two_lines: bool = False) -> str:
        if not figure.units:
            return "–"
        found = self.numbers.share(figure.value, figure.low, figure.high)
        return found.replace(" [", "\n[") if two_lines else found
