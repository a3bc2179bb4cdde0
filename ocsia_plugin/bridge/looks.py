"""The other styles that a layer of ours can be looked at with, in its menu *Styles*, and what its map tip reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Optional

from osgeo import gdal
from qgis.core import QgsMapLayer, QgsMapLayerStyle, QgsProviderRegistry, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

from ..engine.errors import OcsiaError
from ..engine.products.alternatives import safe_classes_qml, safe_polygons_qml, share_qml, tip_expression, veil_qml
from ..engine.products.classes import Legend, legend_of
from .layers import vector_path
from .messages import language


def tags_of(path: str) -> dict[str, str]:
    """GDAL's tags of a raster; none of anything else."""
    with _quietly():
        dataset = gdal.OpenEx(path, gdal.OF_RASTER)
        return dict(dataset.GetMetadata()) if dataset else {}
    return {}


def layer_tags(layer: Optional[QgsVectorLayer]) -> dict[str, str]:
    """GDAL's metadata of the file's layer behind a vector layer; none where no file is behind it."""
    path = vector_path(layer)
    if not path:
        return {}
    name = QgsProviderRegistry.instance().decodeUri("ogr", layer.source()).get("layerName")
    with _quietly():
        dataset = gdal.OpenEx(path, gdal.OF_VECTOR | gdal.OF_READONLY)
        table = dataset and (dataset.GetLayerByName(name) if name else dataset.GetLayer(0))
        return dict(table.GetMetadata()) if table else {}
    return {}


def add_looks(layer: QgsMapLayer, output: str, tags: dict[str, str]) -> None:
    """Add the styles that there are for a product; the one that it has stays the current one.

    Args:
        output: name of the parameter that it is the result of.
        tags: of the raster, or of the one that a vector layer was made of.
    """
    legend = legend_in(tags)
    styles: dict[str, str] = {}
    if output == "CONFIDENCE":
        styles[_tr("Veil over the classes")] = veil_qml(language())
    elif legend and isinstance(layer, QgsVectorLayer):
        if layer.fields().indexOf("numero") >= 0:
            styles[_tr("For colour-blind readers")] = safe_polygons_qml(legend.classes, language())
    elif legend and isinstance(layer, QgsRasterLayer) and layer.bandCount() == 1:
        styles[_tr("For colour-blind readers")] = safe_classes_qml(legend.classes, language())
    elif legend and layer.bandCount() == len(legend.classes):
        names = [land_cover.name(language()) for land_cover in legend.classes]
        for band, name in enumerate(names, start=1):
            styles[_tr("{name}, 0 to 100 %").format(name=name)] = share_qml(band, language())
        if hasattr(layer, "setMapTipTemplate"):  # from QGIS 3.32 on, rasters have map tips
            layer.setMapTipTemplate(f"[% {tip_expression(names, language())} %]")
    for name, qml in styles.items():
        layer.styleManager().addStyle(name, QgsMapLayerStyle(qml))


def legend_in(tags: dict[str, str]) -> Optional[Legend]:
    """The legend in the tags of a raster; None: there is none, or a damaged one."""
    try:
        return legend_of(tags, "")
    except OcsiaError:
        return None


@contextmanager
def _quietly() -> Iterator[None]:
    """GDAL says nothing meanwhile, not even by an exception where someone turned them on."""
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        yield
    except RuntimeError:
        pass
    finally:
        gdal.PopErrorHandler()


def _tr(text: str) -> str:
    return QCoreApplication.translate("OcsiaLooks", text)
