"""Pictures of what the algorithms make of the sample town, in the styles that travel with the results.

    /usr/bin/python3 -m tools.help.results          docs/help/images/*.jpg, docs/help/{fr,en}/*_result.png

Runs in QGIS's Python, without a window, with the real engine.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

from .pages import FOLDER, LANGUAGES, ROOT, provider

SAMPLE = ROOT / "resources" / "sample"
SIZE = (800, 600)
_PAGE_DPI = 90
_ORIGIN = (500000.0, 6290000.0)
_PARTS = {"earlier.tif": (0, 0), "north_west.tif": (0, 0), "middle.tif": (625, 500)}
"""Parts of the sample's image, of which the picture shows no more: their first column and row."""
_EARLIER = (300, 150, 525, 350)
"""Columns and rows of the sample's image (left, top, width, height) that were fields at the earlier date."""
_FIELD = (1940, 25)
"""Left and top of the fields that are laid there."""


@dataclass(frozen=True)
class Map:
    """How a result is drawn.

    Attributes:
        file: of the work folder; under: files that lie below it, the uppermost first.
        width: of the picture in metres; centre: from the north-west corner of the town, in metres.
        opacity: of the result; bands: of a raster that are shown as red, green and blue, where not by its style.
    """

    file: str
    under: tuple[str, ...] = ()
    width: float = 500.0
    centre: tuple[float, float] = (250.0, 200.0)
    opacity: float = 1.0
    bands: Optional[tuple[int, int, int]] = None


_ORTHO = ("ortho_rvb.tif",)
MAPS = {
    "predict": Map("classes.tif"),
    "argmax": Map("groups.tif"),
    "vectorize": Map("polygons.gpkg", _ORTHO, 150, opacity=0.6),
    "ocsge": Map("ocsge.gpkg"),
    "samplepoints": Map("points.gpkg", _ORTHO, 150),
    "neighbourhood": Map("neighbourhood.tif", _ORTHO, opacity=0.7),
    "visualize": Map("picture.tif"),
    "composeortho": Map("composed.tif", bands=(4, 1, 2)),
    "change": Map("change.tif", _ORTHO, 220, (112.5, 82.5)),
    "compareref": Map("candidates.gpkg", ("reference.gpkg", *_ORTHO), 150),
    "dalles": Map("frames.gpkg", ("dalles/classes.vrt",), 560, (0, 0)),
    "couvert_arbore": Map("cover.gpkg", _ORTHO, 220, opacity=0.65),
    "impermeabilisation": Map("sealed.gpkg", _ORTHO, 220, opacity=0.65),
    "evolution": Map("evolution.gpkg", _ORTHO, 220, (112.5, 82.5), opacity=0.65),
    "dalle_ign": Map("visual.tif", width=220),
}
_DISTRICT = "quartier pavillonnaire"
OUTLINED = {"reference": "", "frames": "nom"}
"""Layers that are drawn as outlines, with the field of their labels."""

REPORTS = {
    "surfaces": ({"fr": _DISTRICT, "en": _DISTRICT}, 670),
    "accuracy": ({"fr": "Matrice d’erreur", "en": "Error matrix"}, 750),
}
"""Heading of the part that is shown, and height in pixels."""
LAYOUT = "layout"
OPTIONS = ("setup", "importmodel")
"""``dialogs.py`` takes what these give."""


def main() -> None:
    """Run them one after the other, and take a picture of each result."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="ocsia-results-") as name, provider("fr") as found:
        import processing
        from qgis.core import QgsApplication

        folder = Path(name)
        prepare(folder)
        for step, parameters in recipes(folder).items():
            processing.run(f"ocsia:{step.split('/')[0]}", parameters)
            finish(step, folder)
            if step in MAPS:
                draw(step, folder)
        lacking = {a.name() for a in found.algorithms()} - {*MAPS, *REPORTS, *OPTIONS, LAYOUT}
        print(f"without a picture of a result: {', '.join(sorted(lacking)) or 'none'}")
        for language in LANGUAGES:
            QgsApplication.locale = staticmethod(lambda language=language: language)
            for algorithm, (titles, height) in REPORTS.items():
                processing.run(f"ocsia:{algorithm}", report(algorithm, folder))
                target = FOLDER / language / f"{algorithm}_result.png"
                photograph(folder / f"{algorithm}.html", titles[language], height, target)
            print_page(folder, FOLDER / language / f"{LAYOUT}_result.png")


def prepare(folder: Path) -> None:
    """The sample, parts of its image, one of them as of an earlier date, and its image across four dalles."""
    from osgeo import gdal

    gdal.UseExceptions()
    for file in SAMPLE.iterdir():
        shutil.copy(file, folder)
    ortho = gdal.Open(str(folder / "ortho_rvb.tif"))
    for name, corner in _PARTS.items():
        gdal.Translate(str(folder / name), ortho, srcWin=(*corner, 1250, 1000))
    left, top, width, height = _EARLIER
    earlier = gdal.Open(str(folder / "earlier.tif"), gdal.GA_Update)
    earlier.WriteRaster(left, top, width, height, ortho.ReadRaster(*_FIELD, width, height))
    west, north = _ORIGIN[0] - 250, _ORIGIN[1] + 200
    gdal.Translate(str(folder / "across.tif"), ortho, outputBounds=(west, north, west + 500, north - 400))


def recipes(folder: Path) -> dict[str, dict[str, Any]]:
    """Parameters by algorithm, in the order in which they need each other; what follows a slash is a further run."""

    def at(name: str) -> str:
        return str(folder / name)

    ortho, classes, probabilities, zones = (
        at(name) for name in ("ortho_rvb.tif", "classes.tif", "probabilities.tif", "zones.gpkg")
    )
    elevation = {"IRC": at("ortho_irc.tif"), "MNS": at("mns.tif"), "MNT": at("mnt.tif")}
    tables = {"surfaces:RAPPORT": at("m.html"), "surfaces:TABLEAU_DES_SURFACES": at("m.csv")}
    model = {"ORTHO": at("middle.tif"), "COMMUNE": zones, "surfaces:SURFACES_PAR_ZONE": at("m.gpkg"), **tables}
    return {
        "predict": {"INPUT": ortho, "PROBABILITIES": probabilities, "CLASSES": classes},
        "predict/earlier": {"INPUT": at("earlier.tif"), "PROBABILITIES": at("earlier_p.tif")},
        "argmax": {"INPUT": probabilities, "GROUPS": "ligneux; impermeable", "OUTPUT": at("groups.tif")},
        "vectorize": {"INPUT": classes, "MIN_AREA": 10, "SIMPLIFY": 0.5, "OUTPUT": at("polygons.gpkg")},
        "ocsge": {"INPUT": classes, "OUTPUT": at("ocsge.gpkg")},
        "samplepoints": {"INPUT": probabilities, "COUNT": 300, "ZONES": zones, "OUTPUT": at("points.gpkg")},
        "neighbourhood": {
            "INPUT": probabilities, "GROUPS": "ligneux", "RADIUS": "50", "OUTPUT": at("neighbourhood.tif"),
        },
        "visualize": {"INPUT": probabilities, "ORTHO": ortho, "OUTPUT": at("picture.tif")},
        "composeortho": {"INPUT": ortho, **elevation, "OUTPUT": at("composed.tif")},
        "change": {"BEFORE": at("earlier_p.tif"), "AFTER": probabilities, "OUTPUT": at("change.tif")},
        "vectorize/reference": {"INPUT": at("naf_truth.tif"), "CLASSES": "1; 4; 6", "OUTPUT": at("reference.gpkg")},
        "compareref": {
            "INPUT": probabilities, "REFERENCE": at("reference.gpkg"), "FIELD": "numero",
            "OUTPUT": at("candidates.gpkg"),
        },
        "dalles": {
            "INPUT": at("across.tif"), "GRID": "1", "DEPARTMENT": "32", "YEAR": "2026", "OUTPUT": at("dalles"),
        },
        "couvert_arbore": {**model, "carte:CARTE": at("m.tif"), "polygones:COUVERT_ARBORE": at("cover.gpkg")},
        "impermeabilisation": {
            **model, "carte:CARTE": at("m.tif"), "polygones:SURFACES_IMPERMEABLES": at("sealed.gpkg"),
        },
        "evolution": {
            "ORTHO_AVANT": at("earlier.tif"), "ORTHO_APRES": at("north_west.tif"), "ZONES": zones,
            "changement:CHANGEMENTS": at("evolution.tif"), "changement:STOCKS_ET_FLUX": at("evolution.csv"),
            "changement:POLYGONES_DES_CHANGEMENTS": at("evolution.gpkg"),
        },
        "dalle_ign": {
            "ORTHO": at("middle.tif"), "polygones:POLYGONES": at("d.gpkg"), "prediction:ARGMAX": at("d.tif"),
            "prediction:PREDICTIONS_BRUTES": at("d_p.tif"), "visuel:VISUEL_RVB": at("visual.tif"),
        },
    }  # fmt: skip


def report(algorithm: str, folder: Path) -> dict[str, Any]:
    """Parameters of an algorithm that writes a page."""
    points, probabilities = str(folder / "points.gpkg"), str(folder / "probabilities.tif")
    common = {"INPUT": probabilities, "REPORT": str(folder / f"{algorithm}.html")}
    if algorithm == "accuracy":
        return {**common, "REFERENCE": points, "FIELD": "ref_code"}
    zones = {"ZONES": str(folder / "zones.gpkg"), "OUTPUT": str(folder / "surfaces.gpkg")}
    return {**common, **zones, "GROUPS": "ligneux; impermeable", "POINTS": points}


def finish(step: str, folder: Path) -> None:
    """What a user does between two algorithms."""
    from qgis.core import QgsVectorLayer

    from .truth import interpret

    if step == "samplepoints":
        interpret(QgsVectorLayer(str(folder / "points.gpkg")), folder / "naf_truth.tif")
    if step == "vectorize/reference":
        reference = QgsVectorLayer(str(folder / "reference.gpkg"))
        reference.dataProvider().deleteFeatures([f.id() for f in reference.getFeatures() if f.id() % 3 == 0])
    if step == "dalles":
        frame(folder / "dalles", folder / "frames.gpkg")


def frame(dalles: Path, target: Path) -> None:
    """The squares of the dalles, with the names of their files."""
    import processing
    from qgis.core import QgsFeature, QgsGeometry, QgsRasterLayer, QgsVectorLayer

    frames = QgsVectorLayer("Polygon?crs=EPSG:2154&field=nom:string", "frames", "memory")
    for file in sorted(dalles.rglob("*argmax*.tif")):
        feature = QgsFeature(frames.fields())
        feature.setAttributes([file.name])
        feature.setGeometry(QgsGeometry.fromRect(QgsRasterLayer(str(file)).extent()))
        frames.dataProvider().addFeature(feature)
    processing.run("native:savefeatures", {"INPUT": frames, "OUTPUT": str(target)})


def draw(algorithm: str, folder: Path) -> None:
    """A result as a map."""
    from qgis.core import QgsMapRendererSequentialJob, QgsMapSettings, QgsPointXY, QgsRectangle
    from qgis.PyQt.QtCore import QSize

    from .palette import save

    shown = MAPS[algorithm]
    layers = [_layer(folder / file) for file in (shown.file, *shown.under)]
    layers[0].setOpacity(shown.opacity)
    if shown.bands:
        for setter, band in zip(("setRedBand", "setGreenBand", "setBlueBand"), shown.bands):
            getattr(layers[0].renderer(), setter)(band)
    for layer in layers:
        if layer.name() in OUTLINED:
            _outline(layer, OUTLINED[layer.name()])
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(layers[-1].crs())
    settings.setOutputSize(QSize(*SIZE))
    middle = QgsPointXY(_ORIGIN[0] + shown.centre[0], _ORIGIN[1] - shown.centre[1])
    settings.setExtent(QgsRectangle.fromCenterAndSize(middle, shown.width, shown.width * SIZE[1] / SIZE[0]))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    (FOLDER / "images").mkdir(parents=True, exist_ok=True)
    save(job.renderedImage(), FOLDER / "images" / f"{algorithm}.jpg")
    print(f"{algorithm}.jpg")


def _layer(path: Path) -> Any:
    from qgis.core import QgsRasterLayer, QgsVectorLayer

    layer = (QgsVectorLayer if path.suffix == ".gpkg" else QgsRasterLayer)(str(path), path.stem)
    if not layer.isValid():
        raise OSError(f"{path} is not valid")
    return layer


def _outline(layer: Any, field: str) -> None:
    from qgis.core import QgsFillSymbol, QgsSingleSymbolRenderer

    from .labels import label

    symbol = {"style": "no", "outline_color": "#ffee00", "outline_width": "0.5"}
    layer.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple(symbol)))
    if field:
        label(layer, field)


def print_page(folder: Path, target: Path) -> None:
    """The page of one of the zones whose surfaces the report has."""
    from ocsia.ocsia_plugin.bridge.layout.sheet import surfaces_layout
    from ocsia.ocsia_plugin.bridge.layout.zones import surface_zones
    from qgis.core import QgsLayoutExporter, QgsProject

    from .palette import save

    # Named, because the atlas holds on to neither.
    zones, raster = _layer(folder / "surfaces.gpkg"), _layer(folder / "classes.tif")
    layout = surfaces_layout(surface_zones(zones), raster, QgsProject.instance())
    layout.atlas().beginRender()
    layout.atlas().seekTo(2)
    save(QgsLayoutExporter(layout).renderPageToImage(0, dpi=_PAGE_DPI), target)
    print(target.name)


def photograph(page: Path, title: str, height: int, target: Path) -> None:
    """A part of a report."""
    from qgis.PyQt.QtCore import QCoreApplication

    from .palette import save
    from .webpage import open_page, scroll_to

    view, loaded = open_page(page, height)
    while not loaded:
        QCoreApplication.processEvents()
    scroll_to(view, title)
    QCoreApplication.processEvents()
    save(view.grab().toImage(), target)
    view.close()
    print(target.name)


if __name__ == "__main__":
    main()
