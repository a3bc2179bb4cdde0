"""Polygons on their way to the engine: what arrives in the temporary GeoPackage."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsVectorLayer,
    QgsWkbTypes,
)

SQUARE = "Polygon((0 0,10 0,10 10,0 10,0 0))"
LAMBERT = QgsCoordinateReferenceSystem("EPSG:2154")


@pytest.fixture()
def cross(plugin, log, tmp_path):
    """``cross(layer, ...)``: the layer that the engine would read."""
    from ocsia.ocsia_plugin.bridge.polygons import write_polygons

    def write(layer, crs=LAMBERT, with_attributes=True) -> QgsVectorLayer:
        context = QgsProcessingContext()
        source = QgsProcessingFeatureSource(layer, context)
        path = str(tmp_path / "zones.gpkg")
        write_polygons(source, crs, path, context, log, empty="zones-empty", with_attributes=with_attributes)
        return QgsVectorLayer(path)

    return write


def layer_of(*wkts, kind="Polygon", crs="EPSG:2154", fields="&field=nom:string&field=fid:integer"):
    layer = QgsVectorLayer(f"{kind}?crs={crs}{fields}", "mine", "memory")
    for wkt in wkts:
        feature = QgsFeature(layer.fields())
        feature.setAttributes(["é", 7, None, None][: layer.fields().count()])
        if wkt:
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
        layer.dataProvider().addFeatures([feature])
    return layer


def test_attributes_and_a_field_called_fid_survive(cross):
    layer = cross(layer_of(SQUARE, SQUARE))
    assert [field.name() for field in layer.fields()] == ["fid", "nom", "fid_source"]
    assert [(f["nom"], f["fid_source"]) for f in layer.getFeatures()] == [("é", 7), ("é", 7)]


def test_the_copy_of_a_copy_keeps_its_attributes_apart(cross):
    """``fid_source`` is taken: QGIS would leave the second one out, and shift the values behind it."""
    fields = "&field=nom:string&field=fid:integer&field=fid_source:integer&field=quartier:string"
    layer = layer_of(SQUARE, fields=fields)
    feature = next(layer.getFeatures())
    layer.dataProvider().changeAttributeValues({feature.id(): {1: 1, 2: 7, 3: "è"}})
    copy = cross(layer)
    assert [field.name() for field in copy.fields()] == ["fid", "nom", "fid_source_", "fid_source", "quartier"]
    assert next(copy.getFeatures()).attributes()[1:] == ["é", 1, 7, "è"]


def test_a_field_called_geom_survives(cross):
    """PostGIS's exports have it; in a GeoPackage it would be the geometry."""
    copy = cross(layer_of(SQUARE, fields="&field=Geom:string&field=nom:string"))
    assert [field.name() for field in copy.fields()] == ["fid", "geom_source", "nom"]
    assert next(copy.getFeatures())["geom_source"] == "é"


def test_a_mask_needs_no_attributes(cross):
    assert [field.name() for field in cross(layer_of(SQUARE), with_attributes=False).fields()] == ["fid"]


def test_everything_is_a_multipolygon_in_the_crs_of_the_raster(cross):
    layer = cross(layer_of("Polygon((2 48,2.001 48,2.001 48.001,2 48.001,2 48))", crs="EPSG:4326"))
    assert layer.crs().authid() == "EPSG:2154"
    assert QgsWkbTypes.displayString(layer.wkbType()) == "MultiPolygon"
    assert next(layer.getFeatures()).geometry().area() == pytest.approx(8290, rel=0.01)


def test_curves_and_heights_are_flattened(cross):
    circle = "CurvePolygon(CompoundCurve(CircularString(0 0,10 0,0 0)))"
    layer = cross(layer_of(circle, kind="CurvePolygon"))
    assert next(layer.getFeatures()).geometry().area() == pytest.approx(78.5, rel=0.01)
    layer = cross(layer_of("PolygonZ((0 0 5,10 0 5,10 10 5,0 0 5))", kind="PolygonZ"))
    assert QgsWkbTypes.displayString(layer.wkbType()) == "MultiPolygon"


def test_features_without_a_geometry_are_left_out(cross):
    assert cross(layer_of("", SQUARE)).featureCount() == 1
    with pytest.raises(QgsProcessingException, match="has no polygon"):
        cross(layer_of(""))


def test_a_filter_is_respected(cross, tmp_path):
    layer = layer_of(SQUARE, SQUARE)
    layer.setSubsetString("$id = 1")
    assert cross(layer).featureCount() == layer.featureCount()


def test_repair_keeps_the_polygons_and_says_so(cross, log):
    bow_tie = "Polygon((0 0,10 10,10 0,0 10,0 0))"
    layer = cross(layer_of(SQUARE, bow_tie))
    assert [round(f.geometry().area(), 6) for f in layer.getFeatures()] == [100, 50]
    assert all(f.geometry().isGeosValid() for f in layer.getFeatures())
    assert len(log.warnings) == 1 and "'mine'" in log.warnings[0]


def test_beyond_repair_is_refused_with_the_feature(cross):
    with pytest.raises(QgsProcessingException, match=r"'mine' are invalid \(first: feature 2"):
        cross(layer_of(SQUARE, "Polygon((0 0,10 0,0 0,0 0))"))


def test_a_crs_that_the_polygons_cannot_reach_is_refused(cross):
    far = "Polygon((2 95,3 95,3 96,2 95))"
    with pytest.raises(QgsProcessingException, match="cannot be transformed to EPSG:2154"):
        cross(layer_of(far, crs="EPSG:4326"))


def test_cancel_while_the_polygons_are_read(run, log, ortho, tmp_path):
    log.cancel()
    assert "CLASSES" not in run("predict", INPUT=ortho, MASK=layer_of(SQUARE), CLASSES=str(tmp_path / "c.tif"))
    assert not list(tmp_path.iterdir())


def test_local_files_only(plugin, ortho, tmp_path):
    from ocsia.ocsia_plugin.bridge.layers import _is_local

    archive = "/vsizip/" + str(tmp_path / "a.zip") + "/b.tif"
    for local in (ortho, archive, f'NETCDF:"{ortho}":band', f"GPKG:{ortho}:t"):
        assert _is_local(local)
    for remote in ("", "/nowhere.tif", "/vsicurl/https://x/y.tif", "/vsimem/x.tif", "/vsizip//vsicurl/https://x/y.zip"):
        assert not _is_local(remote)
