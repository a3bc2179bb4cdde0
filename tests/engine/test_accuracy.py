"""The job ``accuracy``: points and polygons to figures, a table and a report that stands alone."""

from __future__ import annotations

import csv
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pyogrio
import pytest
import shapely
from test_samplepoints import PIXEL, WKT, X, Y, interpret, some_points, town

from ocsia_plugin.engine.areas.accuracytexts import _TEXTS
from ocsia_plugin.engine.areas.points import read_points, write_points
from ocsia_plugin.engine.areas.report import Bars, Heatmap, Numbers, Report, Section, Table, render
from ocsia_plugin.engine.areas.report.numbers import decimals_of
from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.jobs import AccuracyJob, SamplePointsJob


@pytest.fixture
def classes(tmp_path, write_raster) -> str:
    return write_raster(tmp_path / "map.tif", town()[None], nomenclature="naf15", nodata=0)


@pytest.fixture
def reference(run, classes, tmp_path) -> str:
    """200 points; of each class the points with an even number were something else."""
    path = tmp_path / "points.gpkg"
    run(SamplePointsJob(input=classes, output=str(path), count=200, double=20))
    interpret(path)
    interpret(path, "13", where="fid % 5 = 0")
    interpret(path, layer="points_2")
    return str(path)


def rows(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def line(found: list[dict[str, str]], measure: str, key: str = "", zone: str = "") -> dict[str, str]:
    return next(r for r in found if (r["measure"], r["key"], r["zone"]) == (measure, key, zone))


def write_labelled(path: Path, polygons, values, field: str = "nature") -> str:
    geometry = shapely.to_wkb(np.array(polygons, dtype=object))
    options = {"driver": "GPKG", "layer": "polygons", "geometry_type": "Polygon", "crs": "EPSG:2154"}
    pyogrio.raw.write(path, geometry, [np.array(values, object)], [field], **options)
    return str(path)


class Page(HTMLParser):
    """Everything that a page would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.outside: list[str] = []
        self.scripts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        known = dict(attrs)
        self.outside += [f"{tag} {name}" for name in ("src", "href", "srcset", "data", "action") if known.get(name)]
        if tag == "script":
            self.scripts.append(known.get("type", ""))


# -- points


def test_figures_of_the_table_are_those_of_the_points(run, classes, reference, tmp_path):
    table = tmp_path / "t.csv"
    run(AccuracyJob(input=classes, reference=reference, table=str(table), groups="ligneux"))
    points, found = read_points(reference, WKT), rows(table)
    area = {s.code: s.area for s in points.design.strata}
    right = {c: (points.ref_code == c)[points.map_code == c].mean() for c in area}
    overall = sum(area[c] * right[c] for c in area) / sum(area.values())
    assert float(line(found, "overall_accuracy")["value_pct"]) == pytest.approx(100 * overall, abs=1e-3)
    assert float(line(found, "precision", "batiment")["value_pct"]) == pytest.approx(100 * right[1], abs=1e-3)
    cell = next(r for r in found if r["measure"] == "matrix" and (r["code"], r["ref_code"]) == ("1", "13"))
    assert float(cell["amount"]) == ((points.map_code == 1) & (points.ref_code == 13)).sum()
    shares = [float(r["value_pct"]) for r in found if r["measure"] == "matrix" and not r["zone"]]
    assert sum(shares) == pytest.approx(100, abs=1e-2)
    woody = line(found, "precision", "ligneux")
    assert float(woody["low_pct"]) < float(woody["value_pct"]) < float(woody["high_pct"])


def test_a_map_that_changed_since_is_judged_by_the_strata_of_the_old_one(run, reference, tmp_path, write_raster):
    shifted = np.roll(town(), 3, axis=1)
    shifted[:, :60] = np.maximum(shifted[:, :60], 1)
    path = write_raster(tmp_path / "new.tif", shifted[None], nomenclature="naf15")
    done = run(AccuracyJob(input=path, reference=reference, table=str(tmp_path / "t.csv")))
    assert "Stehman" in done.params("info-overall")["method"]
    truth = read_points(reference, WKT)
    assert float(line(rows(tmp_path / "t.csv"), "overall_accuracy")["units"]) == len(truth)


def test_zones_are_domains(run, classes, reference, tmp_path, write_polygons):
    halves = [shapely.box(X, Y - 60, X + 40, Y), shapely.box(X + 40, Y - 60, X + 80, Y)]
    zones = write_polygons(tmp_path / "zones.gpkg", halves)
    run(AccuracyJob(input=classes, reference=reference, zones=zones, table=str(tmp_path / "t.csv")))
    found = rows(tmp_path / "t.csv")
    units = [int(line(found, "overall_accuracy", zone=zone)["units"]) for zone in ("1", "2")]
    assert sum(units) == 200
    with pytest.raises(OcsiaError) as caught:
        far = write_polygons(tmp_path / "far.gpkg", [shapely.box(0, 0, 1, 1)])
        run(AccuracyJob(input=classes, reference=reference, zones=far, table=str(tmp_path / "t.csv")))
    assert caught.value.code == "zones-no-point"


@pytest.mark.parametrize("slope", [0, 1])
def test_a_point_on_a_shared_edge_counts_once(slope, run, classes, reference, tmp_path, write_polygons):
    """The edge goes through the first point and centres of pixels, upright or aslant."""
    points = read_points(reference, WKT)
    x, y = points.x[0], points.y[0]
    top, bottom = (x + slope * (Y - y), Y), (x + slope * (Y - 60 - y), Y - 60)
    halves = [
        shapely.Polygon([(X - 80, Y), top, bottom, (X - 80, Y - 60)]),
        shapely.Polygon([top, (X + 160, Y), (X + 160, Y - 60), bottom]),
    ]
    zones = write_polygons(tmp_path / "zones.gpkg", halves)
    run(AccuracyJob(input=classes, reference=reference, zones=zones, table=str(tmp_path / "t.csv")))
    found = rows(tmp_path / "t.csv")
    assert sum(int(line(found, "overall_accuracy", zone=zone)["units"]) for zone in ("1", "2")) == 200


def test_points_without_a_design_get_no_interval(run, classes, tmp_path):
    fields = [np.array(["Bâtiment", "3", "coniferes", "13"] * 5, object)]
    where = shapely.points(X + 20 + np.arange(20.0), np.full(20, Y - 20.0))
    options = {"driver": "GeoJSON", "geometry_type": "Point", "crs": "EPSG:2154"}
    pyogrio.raw.write(tmp_path / "a.geojson", shapely.to_wkb(where), fields, ["vu"], **options)
    reference, table = str(tmp_path / "a.geojson"), str(tmp_path / "t.csv")
    job = {"input": classes, "reference": reference, "field": "vu", "table": table}
    done = run(AccuracyJob(**job))
    assert "warn-design-unknown" in done.codes("warning")
    found = rows(tmp_path / "t.csv")
    assert {r["low_pct"] for r in found} == {r["se_pct"] for r in found} == {""}
    assert "warn-design-unknown" not in run(AccuracyJob(**job, design="simple")).codes("warning")
    assert line(rows(tmp_path / "t.csv"), "overall_accuracy")["low_pct"] != ""
    with pytest.raises(OcsiaError) as caught:
        run(AccuracyJob(**{**job, "field": "classe"}))
    assert (caught.value.code, caught.value.params["known"]) == ("points-field", "vu")


# -- polygons


def test_polygons_are_weighted_by_surface(run, classes, tmp_path):
    codes = town()
    boxes = [(40 + 30 * i, 40 + 25 * j, 60 + 30 * i + 2 * j, 60 + 25 * j) for i in range(10) for j in range(4)]
    polygons = [shapely.box(X + a * PIXEL, Y - d * PIXEL, X + c * PIXEL, Y - b * PIXEL) for a, b, c, d in boxes]
    values, too_small = [1, "13", "Feuillus", "3"] * 10, shapely.box(X, Y - 0.1, X + 0.05, Y)
    path = write_labelled(tmp_path / "ref.gpkg", [*polygons, too_small], [*values, 1])
    job = {"input": classes, "reference": path, "field": "nature", "table": str(tmp_path / "t.csv")}
    done = run(AccuracyJob(**job))
    assert done.params("warn-polygons-small")["count"] == 1
    right = sum((codes[b:d, a:c] == code).sum() for (a, b, c, d), code in zip(boxes, (1, 13, 10, 3) * 10))
    whole = sum((codes[b:d, a:c] > 0).sum() for a, b, c, d in boxes)
    overall = line(rows(tmp_path / "t.csv"), "overall_accuracy")
    assert float(overall["value_pct"]) == pytest.approx(100 * right / whole, rel=1e-4)
    assert overall["low_pct"] == "" and overall["units"] == "40"
    run(AccuracyJob(**job, design="simple"))
    assert line(rows(tmp_path / "t.csv"), "overall_accuracy")["low_pct"] != ""


@pytest.mark.parametrize(
    ("values", "code"),
    [(["1", None], "polygons-unlabelled"), (["1", "forêt"], "points-codes"), (["1", "44"], "points-codes")],
)
def test_bad_polygons(values, code, run, classes, tmp_path):
    polygons = [shapely.box(X + 10, Y - 30, X + 20, Y - 20), shapely.box(X + 30, Y - 30, X + 40, Y - 20)]
    path = write_labelled(tmp_path / "ref.gpkg", polygons, values)
    with pytest.raises(OcsiaError) as caught:
        run(AccuracyJob(input=classes, reference=path, field="nature", table=str(tmp_path / "t.csv")))
    assert caught.value.code == code


# -- outputs


def test_rerun_gives_the_same_bytes(run, classes, reference, tmp_path):
    made = []
    for name in ("a", "a"):
        report, table = tmp_path / f"{name}.html", tmp_path / f"{name}.csv"
        run(AccuracyJob(input=classes, reference=reference, report=str(report), table=str(table), groups="ligneux"))
        made.append([p.read_bytes() for p in (report, table, report.with_suffix(".json"))])
    assert made[0] == made[1]


def test_the_table_for_excel(run, classes, reference, tmp_path):
    run(AccuracyJob(input=classes, reference=reference, table=str(tmp_path / "t.csv"), excel=True))
    content = (tmp_path / "t.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfzone;code;") and b"\r\n" in content
    assert re.search(rb";overall_accuracy;;\d+,\d{4};", content)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_report_stands_alone(lang, run, classes, reference, tmp_path):
    report = tmp_path / "r.html"
    run(AccuracyJob(input=classes, reference=reference, report=str(report), groups="ligneux", lang=lang))
    text = report.read_text(encoding="utf-8")
    page = Page()
    page.feed(text)
    assert page.outside == [] and page.scripts == ["application/json"]
    assert "{" not in re.sub(r"<(style|script|pre)\b.*?</\1>", "", text, flags=re.S)
    for svg in re.findall(r"<svg.*?</svg>", text, re.S):
        ElementTree.fromstring(svg)
    embedded = json.loads(re.search(r'id="provenance">(.*?)</script>', text, re.S)[1])
    assert embedded == json.loads(report.with_suffix(".json").read_text(encoding="utf-8"))
    assert embedded["design"]["seed"] == 1 and embedded["inputs"]["REFERENCE"]["features"] == 200
    assert str(tmp_path) not in text
    words = {
        "fr": ("Exactitude globale", "Bâtiment", "sur-détection", "95\u202f%", "Accord entre interprètes"),
        "en": ("Overall accuracy", "Building", "over-detection", "95%", "Agreement between interpreters"),
    }
    assert all(word in text for word in words[lang])


def test_hostile_names_are_text(tmp_path):
    bad = "<script>alert('1')</script>&\"</svg>"
    bars = Bars(bad, [bad], [1.0], [0.5], [1.5], ["#ff0000"], [bad], unit=bad)
    heat = Heatmap(bad, [bad, bad], ["#ff0000", "#00ff00"], [[1, 0], [0, 1]], [[bad, ""], ["", bad]], bad, bad, bad)
    section = Section(bad, [bad], [bars, heat, Table(bad, [bad], [[bad]])], [(bad, [bad])])
    text = render(Report(bad, bad, "fr", [section], [bad], [bad], {"a": bad}))
    page = Page()
    page.feed(text)
    assert page.scripts == ["application/json"] and "alert('1')</script>" not in text
    for svg in re.findall(r"<svg.*?</svg>", text, re.S):
        ElementTree.fromstring(svg)


def test_the_mark_of_a_learning_model_and_the_source_come_from_the_tags(run, classes, reference, tmp_path):
    import rasterio

    with rasterio.open(classes, "r+") as raster:
        raster.update_tags(OCSIA_NOTICE="x", OCSIA_ATTRIBUTION="© IGN 2024", OCSIA_LICENCE="Licence Ouverte 2.0")
    run(AccuracyJob(input=classes, reference=reference, report=str(tmp_path / "r.html")))
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "modèle d’apprentissage" in text and "© IGN 2024" in text and "Licence Ouverte 2.0" in text


def test_numbers_are_rounded_to_what_is_known():
    fr, en = Numbers("fr"), Numbers("en")
    assert fr.area(182093.4, 21123.7) == "182\u202f000\u202fm² ± 21\u202f000\u202fm²"
    assert en.area(182093.4, 21.2) == "182\u202f093\u202fm² ± 21\u202fm²"
    assert fr.share(0.87654, 0.84, 0.91) == "87,7\u202f% [84,0–91,0]"
    assert fr.share(0.0027, None, None) == "0,27\u202f%" and fr.share(0.63, None, None) == "63\u202f%"
    assert [decimals_of(h) for h in (0.034, 3.4, 34, 340, 0)] == [3, 1, 0, -1, 0]
    assert fr.plain(-0.001, 1) == "0,0" and fr.plain(float("nan")) == "–"


def test_the_texts_of_both_languages_take_the_same_parameters():
    for french, english in _TEXTS.values():
        assert set(re.findall(r"{(\w+)}", french)) == set(re.findall(r"{(\w+)}", english))


@pytest.mark.parametrize(
    ("parameters", "code"),
    [({}, "output-none"), ({"level": 100.0}, "parameter-range"), ({"design": "x"}, "job-invalid")],
)
def test_refused_parameters(parameters, code, run, classes, tmp_path):
    write_points(tmp_path / "a.gpkg", some_points(), WKT)
    outputs = {"table": str(tmp_path / "t.csv")} if parameters else {}
    with pytest.raises(OcsiaError) as caught:
        run(AccuracyJob(input=classes, reference=str(tmp_path / "a.gpkg"), **outputs, **parameters))
    assert caught.value.code == code
