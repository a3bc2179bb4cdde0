"""The report of surfaces: what it is worth first, then each zone with its bars, its table and a sentence per number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Optional

import numpy as np

from ..products.origin import DATE, NOTICE, credited
from . import wording
from .report import Bars, Heatmap, Numbers, Report, Section, Table
from .sampled import ZonePoints
from .tables import Surfaces
from .verdict import Verdict
from .zones import Zones

MOST_ZONES = 60
"""Zones that the report shows; the table has all of them."""

_TEXTS = {
    "title": ("Surfaces d’occupation du sol", "Land-cover surfaces"),
    "subtitle": ("{count} zone(s), {path}", "{count} zone(s), {path}"),
    "worth": ("Ce que valent ces chiffres", "What these figures are worth"),
    "verdict": (
        "Pour connaître «\u202f{name}\u202f» à ±{percent}\u202f% ({zone}, {level})\u202f: environ {points} points, "
        "soit quelque {hours} h de photo-interprétation.",
        "To know '{name}' to within ±{percent}% ({zone}, {level}): about {points} points, some {hours} h of "
        "interpretation.",
    ),
    "warn-indicative": (
        "Les fourchettes viennent de statistiques publiées du modèle et n’ont pas de niveau de confiance\u202f: "
        "ailleurs, le modèle se trompe autrement.",
        "The ranges come from published statistics of the model and have no level of confidence: elsewhere the model "
        "errs otherwise.",
    ),
    "warn-exchangeable": (
        "Les intervalles viennent de tuiles annotées ailleurs\u202f: ils ne valent que si les zones leur ressemblent, "
        "ce que rien dans les zones ne vérifie.",
        "The intervals come from tiles annotated elsewhere: they hold only if the zones resemble them, and nothing in "
        "the zones verifies that.",
    ),
    "warn-contradict": (
        "Dans {count} zone(s), les points contredisent les tuiles\u202f: seuls les points y sont crus.",
        "In {count} zone(s) the points contradict the tiles: the points alone are believed there.",
    ),
    "warn-no-level": (
        "{count} chiffre(s) de zones pourvues de points restent sans niveau de confiance, chacun avec sa raison.",
        "{count} figure(s) of zones with points carry no level of confidence, each with its reason.",
    ),
    "warn-read-once": (
        "Aucun point n’a été lu deux fois\u202f: les intervalles supposent l’interprétation sans erreur, et rien ne "
        "dit à quel point c’est vrai.",
        "No point was read twice: the intervals take the interpretation to be without error, and nothing says how far "
        "that is true.",
    ),
    "warn-read-twice": (
        "{count} points ont été lus deux fois, et {differ} d’entre eux ({percent}\u202f%) ont reçu une autre classe. "
        "Les erreurs de lecture qui se compensent sont déjà dans les intervalles\u202f; celles que les deux "
        "interprètes font dans le même sens n’y sont pas.",
        "{count} points were read twice, and {differ} of them ({percent}%) got another class. Misreadings that cancel "
        "out are in the intervals already; those that both readers make in the same sense are not.",
    ),
    "warn-unknown-design": (
        "On ne sait pas comment les points ont été tirés\u202f: aucun niveau de confiance ne peut être donné.",
        "Nobody knows how the points were drawn: no level of confidence can be claimed.",
    ),
    "warn-points-outside-zones": (
        "{count} des {total} points ne sont dans aucune zone et ne servent pas.",
        "{count} of the {total} points lie in none of the zones and are not used.",
    ),
    "warn-zones-overlap": (
        "Des zones se recouvrent ({count} paires)\u202f: leurs surfaces ne s’additionnent pas.",
        "Some zones overlap ({count} pairs): their surfaces do not add up.",
    ),
    "warn-zones-partly": (
        "{count} zone(s) dépassent le raster\u202f: seule la partie couverte est mesurée.",
        "{count} zone(s) reach beyond the raster: only the part that it covers is measured.",
    ),
    "warn-no-interval": (
        "Ces surfaces n’ont pas d’intervalle de confiance\u202f: rien ici ne dit de combien elles peuvent se tromper.",
        "These surfaces come without a confidence interval: nothing here says how far they may be wrong.",
    ),
    "marginal": (
        "Le niveau vaut pour chaque chiffre pris seul, non pour tous à la fois.",
        "The level holds for each figure by itself, not for all at once.",
    ),
    "at-once": (
        "Le niveau vaut pour tous les chiffres de toutes les zones à la fois (Bonferroni), et chaque intervalle en est "
        "plus large.",
        "The level holds for all figures of all zones together (Bonferroni), which makes each interval wider.",
    ),
    "date": (
        "La date de l’image est supposée être celle de la carte.",
        "The image is taken to be of the map's date.",
    ),
    "more": (
        "{count} zones de plus se trouvent dans la table et dans la couche.",
        "{count} more zones are in the table and in the layer.",
    ),
    "photo": ("Photo\u202f: {date}", "Photo: {date}"),
    "bars": ("Surface par classe", "Surface by class"),
    "no-bar": (
        "Une barre d’erreur est un intervalle qui a un niveau de confiance\u202f; les classes sans barre n’en ont pas.",
        "An error bar is an interval with a level of confidence; classes without a bar have none.",
    ),
    "no-level": ("aucun", "none"),
    "table": ("Chiffres", "Figures"),
    "matrix": ("Points de la zone", "Points of the zone"),
    "rows": ("carte", "map"),
    "columns": ("référence", "reference"),
    "unit": ("\u202fm²", "\u202fm²"),
    "class": ("Classe", "Class"),
    "surface": ("Surface", "Surface"),
    "interval": ("Intervalle", "Interval"),
    "level": ("Niveau", "Level"),
    "share": ("Part", "Share"),
    "pixels": ("Pixels", "Pixels"),
    "counted": ("Comptée", "Counted"),
    "nodata": (
        "Sans données\u202f: {nodata}. Surface de la zone\u202f: {total} sur l’ellipsoïde, {planar} dans le plan.",
        "No data: {nodata}. Surface of the zone: {total} on the ellipsoid, {planar} in the plane.",
    ),
}


def report(
    zones: Zones,
    surfaces: Surfaces,
    points: Sequence[Optional[ZonePoints]],
    verdicts: Sequence[tuple[int, Verdict]],
    warnings: Sequence[Mapping[str, Any]],
    provenance: dict[str, Any],
    name: str,
    lang: str,
    tags: Mapping[str, str],
) -> Report:
    """The page.

    Args:
        verdicts: with the number of their zone; name: of the raster; warnings: codes and parameters.
        tags: of the raster, which say where it comes from.
    """
    made = _Maker(zones, surfaces, points, lang)
    shown = [zone for zone in range(len(zones)) if not surfaces.measured.is_empty[zone]][:MOST_ZONES]
    sections = [made.worth(verdicts, len(zones) - len(shown)), *(made.zone(zone) for zone in shown)]
    subtitle = made.text("subtitle").format(count=len(zones), path=name)
    told = [made.warning(w["code"], w["params"]) for w in warnings if w["code"] in _TEXTS]
    if tags.get(NOTICE):
        told.insert(0, tags[NOTICE])
    date = [made.text("photo").format(date=tags[DATE])] if tags.get(DATE) else []
    return Report(made.text("title"), subtitle, lang, sections, told, [*date, *credited(tags)], provenance)


class _Maker:
    def __init__(self, zones: Zones, surfaces: Surfaces, points: Sequence[Optional[ZonePoints]], lang: str) -> None:
        self.zones, self.surfaces, self.points, self.lang = zones, surfaces, points, lang
        self.numbers = Numbers(lang)
        self.names = [column.land_cover.name(lang) for column in surfaces.measured.columns]

    def text(self, key: str) -> str:
        return wording.said(_TEXTS[key], self.lang)

    def warning(self, key: str, params: Mapping[str, Any]) -> str:
        """A text with its parameters, decimal numbers in the language of the report."""
        shown = {k: self.numbers.plain(v, 1) if isinstance(v, float) else v for k, v in params.items()}
        return self.text(key).format(**shown)

    def worth(self, verdicts: Sequence[tuple[int, Verdict]], more: int) -> Section:
        methods = dict.fromkeys(
            wording.method(e, self.lang) for row in self.surfaces.estimates for e in row if e.method != "empty"
        )
        sentences = [m[:1].upper() + m[1:] + "." for m in methods]
        sentences += [self._verdict(zone, verdict) for zone, verdict in verdicts]
        if any(e.level is not None for row in self.surfaces.estimates for e in row):
            sentences.append(self.text("at-once" if self.surfaces.at_once else "marginal"))
        sentences.append(self.text("date"))
        if more > 0:
            sentences.append(self.text("more").format(count=more))
        return Section(self.text("worth"), sentences)

    def zone(self, zone: int) -> Section:
        measured, row = self.surfaces.measured, self.surfaces.estimates[zone]
        total = float(measured.total[zone])
        present = [n for n, e in enumerate(row) if e.value > 0 or e.high > 0]
        area = self.numbers.area
        sentence = self.text("nodata").format(
            nodata=area(float(measured.nodata[zone])),
            total=area(total),
            planar=area(float(measured.total_planar[zone])),
        )
        parts: list[Any] = [self._bars(zone, present), self._table(zone, present)]
        if zone < len(self.points) and self.points[zone] is not None:
            parts.append(self._matrix(self.points[zone]))
        details = [
            (self.names[n], [wording.sentence(row[n], total, measured.has_probabilities, self.lang)]) for n in present
        ]
        return Section(self.zones.names[zone], [sentence], parts, details)

    def _verdict(self, zone: int, verdict: Verdict) -> str:
        return self.text("verdict").format(
            name=self.names[verdict.column],
            percent=verdict.percent,
            zone=self.zones.names[zone],
            level=self.numbers.level(self.surfaces.level),
            points=self.numbers.plain(verdict.points),
            hours=self.numbers.plain(verdict.hours, 1),
        )

    def _bars(self, zone: int, present: Sequence[int]) -> Bars:
        row = self.surfaces.estimates[zone]
        found = [row[n] for n in present]
        return Bars(
            self.text("bars"),
            [self.names[n] for n in present],
            [e.value for e in found],
            # What has no level gets no error bar: it would be read as one that has.
            [e.low if e.level is not None else None for e in found],
            [e.high if e.level is not None else None for e in found],
            [self.surfaces.measured.columns[n].land_cover.color for n in present],
            [wording.surface(e, self.numbers) for e in found],
            unit=self.text("unit"),
            note="" if all(e.level is not None for e in found) else self.text("no-bar"),
        )

    def _table(self, zone: int, present: Sequence[int]) -> Table:
        measured, row = self.surfaces.measured, self.surfaces.estimates[zone]
        total = float(measured.total[zone])
        header = [self.text(k) for k in ("class", "surface", "interval", "level", "share", "counted", "pixels")]
        rows = []
        for n in present:
            e, column = row[n], measured.columns[n]
            rows.append(
                [
                    self.names[n],
                    wording.surface(e, self.numbers),
                    wording.bounds(e, self.numbers, self.lang),
                    self.text("no-level") if e.level is None else self.numbers.level(e.level),
                    self.numbers.percent(e.value / total, 1),
                    self.numbers.area(float(column.counted[zone])),
                    self.numbers.plain(int(column.pixels[zone])),
                ]
            )
        return Table(self.text("table"), header, rows)

    def _matrix(self, points: ZonePoints) -> Heatmap:
        """Counts, and how the points of each class of the map are shared out."""
        used = np.flatnonzero(points.matrix.any(axis=0) | points.matrix.any(axis=1))
        counts = points.matrix[np.ix_(used, used)]
        shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
        columns = [self.surfaces.measured.columns[n] for n in used.tolist()]
        return Heatmap(
            self.text("matrix"),
            [c.land_cover.name(self.lang) for c in columns],
            [c.land_cover.color for c in columns],
            shares.tolist(),
            [[str(v) if v else "" for v in line] for line in counts.tolist()],
            self.text("rows"),
            self.text("columns"),
        )
