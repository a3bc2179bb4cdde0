"""Print layouts of surfaces: the chart of each page, the pages, the PDF, and a QGIS that has no plugin."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from conftest import ROOT, read_raster, write_raster
from osgeo import gdal
from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsGeometry,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemPicture,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from test_points import interpret

from ocsia_plugin.engine.nomenclature import load_nomenclature
from ocsia_plugin.engine.products.qml import classes_qml, write_sidecar

TRUTH = ROOT / "resources" / "sample" / "naf_truth.tif"
ZONES = ROOT / "resources" / "sample" / "zones.gpkg"
NAMES = ["centre-bourg", "plaine agricole", "quartier pavillonnaire", "rivière et bois"]
SVG = "{http://www.w3.org/2000/svg}"
COLOURS = {c.key: c.color for c in load_nomenclature("naf15").classes}
ENDS = ("_m2", "_pct", "_low", "_high", "_level")


@pytest.fixture(scope="module")
def town(plugin, tmp_path_factory) -> Path:
    """The sample town, whose map is wrong in places: its classes, and its zones measured with points and without."""
    import processing

    folder = tmp_path_factory.mktemp("town")
    codes = read_raster(TRUTH)[0]
    codes[:, 40::10] = read_raster(TRUTH)[0][:, :-40:10]
    place = gdal.Open(str(TRUTH)).GetGeoTransform()
    options = {"gsd": place[1], "origin": (place[0], place[3]), "legend": "naf15", "nodata": 0}
    classes = write_raster(folder / "classes.tif", codes[None], **options)
    write_sidecar(classes, classes_qml(load_nomenclature("naf15").classes, "fr"))
    dataset = gdal.Open(classes, gdal.GA_Update)
    dataset.SetMetadataItem("OCSIA_NOTICE", "For learning")
    dataset.SetMetadataItem("OCSIA_DATE", "2021-07-14")
    dataset.SetMetadataItem("OCSIA_ATTRIBUTION", "IGN – BD ORTHO®")
    dataset.SetMetadataItem("OCSIA_LICENCE", "Etalab 2.0")
    dataset = None
    given = {"INPUT": classes, "ZONES": str(ZONES)}
    points = str(folder / "points.gpkg")
    processing.run("ocsia:samplepoints", {**given, "COUNT": 300, "SEED": 4, "OUTPUT": points})
    interpret(points)
    given["GROUPS"] = "ligneux"
    processing.run("ocsia:surfaces", {**given, "POINTS": points, "OUTPUT": str(folder / "points_zones.gpkg")})
    processing.run("ocsia:surfaces", {**given, "OUTPUT": str(folder / "zones.gpkg")})
    return folder


@pytest.fixture()
def layout_of(town):
    """A layout of a layer in a project of its own, with the raster of the classes; both are kept alive."""
    from ocsia.ocsia_plugin.bridge.layout.raster import class_raster
    from ocsia.ocsia_plugin.bridge.layout.sheet import surfaces_layout
    from ocsia.ocsia_plugin.bridge.layout.zones import surface_zones

    kept = []

    def make(layer, with_raster=True):
        project = QgsProject()
        project.addMapLayer(layer)
        if with_raster:
            project.addMapLayer(QgsRasterLayer(str(town / "classes.tif"), "Classes"))
        zones = surface_zones(layer)
        layout = surfaces_layout(zones, class_raster(zones, project), project)
        project.layoutManager().addLayout(layout)
        kept.append(project)
        return layout

    yield make
    kept.clear()


def zones_layer(path) -> QgsVectorLayer:
    layer = QgsVectorLayer(str(path), "Surfaces", "ogr")
    assert layer.isValid()
    return layer


def drawing(layer, feature, lang="fr", classes=None) -> ET.Element:
    """The SVG of a zone."""
    from ocsia.ocsia_plugin.bridge.layout.chart import chart
    from ocsia.ocsia_plugin.bridge.layout.zones import surface_zones

    expression = QgsExpression(chart(classes or surface_zones(layer).classes, lang, 122, 108))
    assert not expression.hasParserError(), expression.parserErrorString()
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(feature)
    source = expression.evaluate(context)
    assert not expression.hasEvalError(), expression.evalErrorString()
    return svg_of(source)


def svg_of(source: str) -> ET.Element:
    assert source.startswith("base64:")
    return ET.fromstring(base64.b64decode(source[len("base64:") :]))


def bars(svg: ET.Element) -> list[dict]:
    """What a reader sees of each bar, topmost first; lengths over the scale of the axis, in hectares."""
    texts = [(float(t.get("y")), t.get("text-anchor"), t.text, float(t.get("x"))) for t in svg.iter(f"{SVG}text")]
    ticks = [(x, text) for _, anchor, text, x in texts if anchor == "middle"]
    last = float(re.match(r"[\d.,]+", ticks[-1][1])[0].replace(",", "."))
    scale = last / (ticks[-1][0] - ticks[0][0])
    whiskers = [path for path in svg.iter(f"{SVG}path") if path.get("class") == "whisker"]
    found = []
    for rect in svg.iter(f"{SVG}rect"):
        y = float(rect.get("y")) + float(rect.get("height")) / 2
        near = [t for t in texts if abs(t[0] - y) < 0.5 * float(rect.get("height"))]
        own = [w for w in whiskers if abs(float(re.search(r"M\S+ ([\d.]+)H", w.get("d"))[1]) - y) < 1]
        ends = [re.match(r"M([\d.]+) \S+H([\d.]+)", w.get("d")).groups() for w in own]
        found.append(
            {
                "name": next(t[2] for t in near if t[1] == "end"),
                "figure": next(t[2] for t in near if t[1] is None).replace("\u202f", " "),
                "color": rect.get("fill"),
                "area": float(rect.get("width")) * scale,
                "interval": [(float(x) - ticks[0][0]) * scale for x in ends[0]] if ends else None,
            }
        )
    return found


def made(rows: list[dict[str, float | None]], name="a zone") -> QgsVectorLayer:
    """A layer in memory as the algorithm would make it: per zone and field, m² and percent."""
    stems = list(dict.fromkeys(field.rpartition("_")[0] for row in rows for field in row))
    fields = "".join(f"&field={stem}{end}:double" for stem in stems for end in ENDS)
    more = "&field=nodata_m2:double&field=zone_m2:double&field=method:string(250)"
    layer = QgsVectorLayer(f"Polygon?crs=EPSG:2154&field=nom:string(99){fields}{more}", "made", "memory")
    for number, row in enumerate(rows):
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromWkt(f"POLYGON(({number} 0, {number} 9, {number + 9} 9, {number} 0))"))
        for field, value in {"nom": name, "zone_m2": 1e4, "nodata_m2": 0.0, "method": "map alone", **row}.items():
            feature[field] = value
        layer.dataProvider().addFeature(feature)
    return layer


@pytest.mark.parametrize("file", ["points_zones.gpkg", "zones.gpkg"])
def test_the_chart_says_what_the_layer_holds(town, file):
    layer = zones_layer(town / file)
    drawn = 0
    for feature in layer.getFeatures():
        shown = bars(drawing(layer, feature))
        keys = [key for key in (*COLOURS, "ligneux") if (feature[f"{key}_m2"] or 0) > 0]
        keys.sort(key=lambda key: (key == "ligneux", -feature[f"{key}_m2"]))
        assert [bar["color"] for bar in shown] == [COLOURS.get(key, "#2f7a25") for key in keys]
        for key, bar in zip(keys, shown):
            assert bar["area"] == pytest.approx(feature[f"{key}_m2"] / 1e4, rel=1e-4, abs=1e-6)
            level = feature[f"{key}_level"]
            drawn += bool(level)
            if level:
                wanted = [feature[f"{key}_low"] / 1e4, feature[f"{key}_high"] / 1e4]
                assert bar["interval"] == pytest.approx(wanted, abs=1e-4)
                assert re.fullmatch(r"(< )?\d,\d+ ha \[\d,\d+–\d,\d+\]", bar["figure"]), bar
            else:
                assert bar["interval"] is None and "[" not in bar["figure"]
    assert (drawn > 20) == (file == "points_zones.gpkg") and (drawn == 0) == (file == "zones.gpkg")


def test_a_range_without_a_level_is_not_drawn():
    row = {"batiment_m2": 5000.0, "batiment_low": 4000.0, "batiment_high": 6000.0}
    layer = made([row, {**row, "batiment_level": 90.0}])
    without, with_level = (bars(drawing(layer, feature)) for feature in layer.getFeatures())
    assert without[0]["interval"] is None and without[0]["figure"] == "0,500 ha"
    assert with_level[0]["interval"] == pytest.approx([0.4, 0.6])
    assert with_level[0]["figure"] == "0,50 ha [0,40–0,60]"


def test_figures_are_written_for_their_readers():
    rows = [
        {"batiment_m2": 123_456_789.0, "piscine_m2": 900.0},
        {"batiment_m2": 12_345_678.0, "batiment_low": 1.1e7, "batiment_high": 1.4e7, "batiment_level": 95.0},
    ]
    layer = made(rows)
    found = [
        [bar["figure"] for bar in bars(drawing(layer, f, lang))] for f in layer.getFeatures() for lang in ("fr", "en")
    ]
    assert found == [
        ["12 346 ha", "< 1 ha"],
        ["12,346 ha", "< 1 ha"],
        ["1 230 ha [1 100–1 400]"],
        ["1,230 ha [1,100–1,400]"],
    ]


def test_a_chart_is_drawn_at_once():
    """QGIS prepares what is inside a variable twice: a page would take minutes with twenty, one in the other."""
    from ocsia.ocsia_plugin.bridge.layout.chart import chart
    from ocsia.ocsia_plugin.bridge.layout.zones import surface_zones

    layer = made([{f"c{number}_m2": 100.0 for number in range(19)}])
    assert chart(surface_zones(layer).classes, "fr", 122, 108).count("with_variable(") < 10


def test_a_zone_of_nothing_says_so():
    layer = made([{"batiment_m2": None, "piscine_m2": None}, {"batiment_m2": 0.0, "piscine_m2": None}])
    for feature in layer.getFeatures():
        svg = drawing(layer, feature)
        assert [t.text for t in svg.iter(f"{SVG}text")] == ["No surface in this zone."]
        assert not list(svg.iter(f"{SVG}rect"))


def test_many_classes_with_long_and_odd_names_fit():
    from ocsia.ocsia_plugin.engine.areas.zonefields import ClassFields

    name = "Formations arborées de feuillus à sous-étage dense"
    odd = "Prés & l'eau <%1> [%2]"
    names = [odd, *(f"{number} {name}" for number in range(18))]
    row = {f"c{number}_m2": 100.0 * (number + 1) for number in range(19)}
    layer = made([row])
    classes = [ClassFields(f"c{number}", text, text, "#123456") for number, text in enumerate(names)]
    svg = drawing(layer, next(layer.getFeatures()), classes=classes)
    shown = bars(svg)
    assert len(shown) == 19 and shown[-1]["name"] == odd
    assert shown[0]["name"] == "17 Formations arborées de f…"
    width, height = (float(side) for side in svg.get("viewBox").split()[2:])
    rects = [[float(r.get(side)) for side in ("x", "y", "width", "height")] for r in svg.iter(f"{SVG}rect")]
    assert all(x > 0 and x + w < width and y > 0 and y + h < height for x, y, w, h in rects)
    assert all(one[1] + one[3] < other[1] for one, other in zip(rects, rects[1:]))
    letters = [(float(t.get("font-size")), float(t.get("y"))) for t in svg.iter(f"{SVG}text")]
    assert min(size for size, _ in letters) >= 20 and max(y for _, y in letters) < height


def test_the_chart_follows_edits():
    layer = made([{"batiment_m2": 100.0, "piscine_m2": 300.0}])
    assert [bar["name"] for bar in bars(drawing(layer, next(layer.getFeatures())))] == ["Piscine", "Bâtiment"]
    layer.startEditing()
    layer.changeAttributeValue(1, layer.fields().indexOf("batiment_m2"), 900.0)
    assert [bar["name"] for bar in bars(drawing(layer, next(layer.getFeatures())))] == ["Bâtiment", "Piscine"]
    layer.rollBack()


def page_texts(layout, number: int) -> dict[str, str]:
    """The labels of a page, by their name in the list of items."""
    assert layout.atlas().seekTo(number)
    layout.refresh()
    labels = (item for item in layout.items() if isinstance(item, QgsLayoutItemLabel))
    return {label.id(): label.currentText().replace("\u202f", " ") for label in labels}


def item(layout, kind):
    """The one item of a kind, or the picture with the chart."""
    found = [i for i in layout.items() if isinstance(i, kind)]
    return found[0] if kind is not QgsLayoutItemPicture else next(i for i in found if i.id() == "Chart")


def test_the_pages_of_the_town(town, layout_of):
    layout = layout_of(zones_layer(town / "points_zones.gpkg"))
    atlas = layout.atlas()
    atlas.beginRender()
    assert layout.name() == "Layout – Surfaces"
    assert atlas.count() == 4 and [page_texts(layout, n)["Title"] for n in range(4)] == NAMES
    texts = page_texts(layout, 2)
    assert not any("[%" in text for text in texts.values()), texts
    assert texts["Subtitle"].endswith("zone of 6,74 ha")
    assert texts["Warning"] == "For learning" and texts["Page"] == "3 / 4"
    assert texts["Sources"] == "Sources: Photo: 2021-07-14 · IGN – BD ORTHO® · Etalab 2.0 · made with OCS-IA"
    assert texts["Level of the intervals"].startswith("Black lines: interval of 95 %.")
    assert texts["Method"].startswith("Method: points interprétés dans la zone")
    assert "Scope and limits: valable par le plan de sondage" in texts["Method"]
    # Fewer than 50 points lie in the centre: nothing there has a level.
    assert page_texts(layout, 0)["Level of the intervals"] == "No level of confidence was earned: no interval is drawn."
    page = item(layout, QgsLayoutItemMap)
    assert [layer.name() for layer in page.layers()] == ["Surfaces", "Classes"]
    assert page.crs().authid() == "EPSG:2154"
    assert (round(page.rect().width()), round(page.rect().height())) == (150, 114)
    nodes = item(layout, QgsLayoutItemLegend).model()
    (tree,) = nodes.rootGroup().findLayers()
    assert len(nodes.layerLegendNodes(tree)) == 15
    boxes = [i.sceneBoundingRect() for i in layout.items() if isinstance(i, QgsLayoutItem) and i.id()]
    assert len(boxes) == 13 and all(box.left() >= 0 and box.right() <= 297 and box.bottom() <= 210 for box in boxes)


def test_a_layout_has_a_name_of_its_own(town, layout_of):
    from ocsia.ocsia_plugin.bridge.layout.sheet import surfaces_layout
    from ocsia.ocsia_plugin.bridge.layout.zones import surface_zones

    first = layout_of(zones_layer(town / "zones.gpkg"))
    project = first.project()
    second = surfaces_layout(surface_zones(first.atlas().coverageLayer()), None, project)
    assert second.name() == "Layout – Surfaces (2)"


def test_the_map_is_the_one_that_was_measured(town, tmp_path):
    from ocsia.ocsia_plugin.bridge.layout.raster import class_raster, in_its_colours
    from ocsia.ocsia_plugin.bridge.layout.zones import surface_zones
    from ocsia.ocsia_plugin.bridge.looks import add_looks, tags_of

    zones = surface_zones(zones_layer(town / "zones.gpkg"))
    project = QgsProject()
    other = shutil.copy(town / "classes.tif", tmp_path / "other_year.tif")
    dataset = gdal.Open(str(other), gdal.GA_Update)
    dataset.SetMetadataItem("OCSIA_DATE", "2018")
    dataset = None
    project.addMapLayer(QgsRasterLayer(str(other), "other year"))
    project.addMapLayer(QgsRasterLayer(str(ROOT / "resources" / "sample" / "ortho_rvb.tif"), "ortho"))
    assert class_raster(zones, project) is None
    right = QgsRasterLayer(str(town / "classes.tif"), "right")
    project.addMapLayer(right)
    assert class_raster(zones, project) is right
    # Bars have the colours of the map beside them.
    assert in_its_colours(zones, right) == in_its_colours(zones, None) == zones.classes
    add_looks(right, "CLASSES", tags_of(right.source()))
    right.styleManager().setCurrentStyle("For colour-blind readers")
    palette = {entry.color.name() for entry in right.renderer().classes()}
    colours = {c.color for c in in_its_colours(zones, right) if not c.is_group}
    assert colours == palette and colours != set(COLOURS.values())


def test_a_copy_that_lost_its_metadata(town, layout_of, tmp_path):
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    copy = str(tmp_path / "copy.gpkg")
    source = zones_layer(town / "zones.gpkg")
    QgsVectorFileWriter.writeAsVectorFormatV3(source, copy, QgsProject().transformContext(), options)
    layout = layout_of(zones_layer(copy))
    layout.atlas().beginRender()
    texts = page_texts(layout, 1)
    assert texts["Title"] == "plaine agricole" and "Warning" not in texts
    shown = bars(svg_of(item(layout, QgsLayoutItemPicture).evaluatedPath()))
    assert shown[-1]["name"] == "Végétation ligneuse" and shown[-1]["color"] == "#2f7a25"


def pages(pdf) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", Path(pdf).read_bytes()))


def test_the_pdf_has_a_page_for_each_zone(run, log, town, tmp_path):
    pdf = tmp_path / "surfaces.pdf"
    results = run("layout", INPUT=str(town / "zones.gpkg"), CLASSES=str(town / "classes.tif"), OUTPUT=str(pdf))
    assert results == {"OUTPUT": str(pdf)} and pages(pdf) == 4
    assert f"4 page(s) written to {pdf}" in log.infos
    one = f"{town / 'zones.gpkg'}|subset=\"nom\" = 'plaine agricole'"
    run("layout", INPUT=one, OUTPUT=str(pdf))
    assert pages(pdf) == 1 and os.listdir(tmp_path) == ["surfaces.pdf"]


def test_a_cancelled_pdf_leaves_nothing(run, town, tmp_path):
    class Impatient(QgsProcessingFeedback):
        def isCanceled(self) -> bool:
            return True

    feedback = Impatient()
    feedback.cancel()
    run("layout", feedback=feedback, INPUT=str(town / "zones.gpkg"), OUTPUT=str(tmp_path / "surfaces.pdf"))
    assert os.listdir(tmp_path) == []


def test_refusals(run, town, tmp_path):
    pdf = str(tmp_path / "surfaces.pdf")
    for given, words in (
        (str(ZONES), "holds no surfaces by zone"),
        (f"{town / 'zones.gpkg'}|subset=\"nom\" = 'nowhere'", "shows no zone"),
        (str(tmp_path / "nothing.gpkg"), "nothing.gpkg"),
    ):
        with pytest.raises(QgsProcessingException, match=words):
            run("layout", INPUT=given, OUTPUT=pdf)
    with pytest.raises(QgsProcessingException, match="folder does not exist"):
        run("layout", INPUT=str(town / "zones.gpkg"), OUTPUT=str(tmp_path / "none" / "surfaces.pdf"))
    assert os.listdir(tmp_path) == []


def test_which_layer_is_meant(town):
    from ocsia.ocsia_plugin.bridge.layout.zones import surface_zones
    from ocsia.ocsia_plugin.gui.layout import meant_layer

    project = QgsProject()
    plain, zones = QgsVectorLayer(str(ZONES), "plain"), zones_layer(town / "zones.gpkg")
    assert meant_layer(None, project) is None
    with pytest.raises(QgsProcessingException, match="No layer is selected"):
        surface_zones(None)
    project.addMapLayers([plain, zones])
    assert meant_layer(plain, project) is zones and meant_layer(None, project) is zones
    other = zones_layer(town / "points_zones.gpkg")
    project.addMapLayer(other)
    assert meant_layer(plain, project) is plain and meant_layer(other, project) is other


COLLEAGUE = """
import json, os, sys
from qgis.core import QgsApplication, QgsLayoutExporter, QgsLayoutItemLabel, QgsLayoutItemPicture, QgsProject
application = QgsApplication([], False)
application.initQgis()
project = QgsProject.instance()
assert project.read(sys.argv[1])
(layout,) = project.layoutManager().layouts()
atlas = layout.atlas()
atlas.beginRender()
atlas.seekTo(2)
layout.refresh()
(chart,) = [i for i in layout.items() if isinstance(i, QgsLayoutItemPicture) and i.id() == "Chart"]
said = {
    "title": next(i.currentText() for i in layout.items() if isinstance(i, QgsLayoutItemLabel) and i.id() == "Title"),
    "chart": chart.evaluatedPath(),
    "missing": chart.isMissingImage(),
    "plugin": [name for name in sys.modules if "ocsia" in name],
}
result, error = QgsLayoutExporter.exportToPdf(atlas, sys.argv[2], QgsLayoutExporter.PdfExportSettings())
said["result"] = [int(result), error]
print("SAID" + json.dumps(said), flush=True)
os._exit(0)
"""


def test_a_colleague_without_the_plugin(town, layout_of, tmp_path):
    layout = layout_of(zones_layer(town / "points_zones.gpkg"))
    project = layout.project()
    assert project.write(str(tmp_path / "town.qgz"))
    layout.atlas().beginRender()
    page_texts(layout, 2)
    ours = item(layout, QgsLayoutItemPicture).evaluatedPath()
    (tmp_path / "colleague.py").write_text(COLLEAGUE, encoding="utf-8")
    command = [sys.executable, str(tmp_path / "colleague.py"), str(tmp_path / "town.qgz"), str(tmp_path / "town.pdf")]
    environment = {**os.environ, "QGIS_CUSTOM_CONFIG_PATH": str(tmp_path / "profile"), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment)
    said = json.loads(next(line for line in done.stdout.splitlines() if line.startswith("SAID"))[4:])
    assert said["plugin"] == [] and said["title"] == "quartier pavillonnaire"
    assert said["chart"] == ours and not said["missing"]
    assert said["result"] == [0, ""] and pages(tmp_path / "town.pdf") == 4
