"""The parts of the spool by themselves: what a layer's source says, tiles, windows, the cache, the area."""

from __future__ import annotations

import os
import time
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsGeometry,
    QgsPointXY,
)
from services import file_bytes


@pytest.fixture(autouse=True)
def package(plugin):
    """The plugin's package can be imported."""


def crs(code) -> QgsCoordinateReferenceSystem:
    return QgsCoordinateReferenceSystem(code)


@pytest.mark.parametrize(
    ("source", "kind", "url"),
    [
        (
            "crs=EPSG:2154&layers=A&layers=B&styles=&url=https://a.fr/wms?map%3D1%26k%3D%2B",
            "wms",
            "https://a.fr/wms?map=1&k=+",
        ),
        ("type=xyz&url=https://a.fr/%7Bz%7D/%7Bx%7D/%7By%7D.png&zmax=19", "xyz", "https://a.fr/{z}/{x}/{y}.png"),
        ("layers=A&tileMatrixSet=PM&url=https://a.fr/wmts", "wmts", "https://a.fr/wmts"),
        ("type=mbtiles&url=file:///a.mbtiles", "", "file:///a.mbtiles"),
    ],
)
def test_the_source_of_a_layer(source, kind, url):
    from ocsia.ocsia_plugin.bridge.spool.uri import ServiceUri

    uri = ServiceUri.read(source)
    assert (uri.kind, uri.url) == (kind, url)


def test_nothing_secret_is_said():
    from ocsia.ocsia_plugin.bridge.spool.fetch import _bare
    from ocsia.ocsia_plugin.bridge.spool.uri import ServiceUri

    uri = ServiceUri.read("url=https://user:secret@a.fr/key-123/wms?key%3Dsecret&layers=a")
    assert uri.host == "a.fr"
    assert "secret" not in _bare("Error transferring https://a.fr/?key=secret - server replied: no")


@pytest.mark.parametrize(
    ("template", "address"),
    [("{z}/{x}/{y}", "3/5/2"), ("{z}/{x}/{-y}", "3/5/5"), ("t{q}.png", "t121.png")],
)
def test_the_address_of_a_tile(template, address):
    from ocsia.ocsia_plugin.bridge.spool.tiles import Matrix, tile_url

    assert tile_url(template, Matrix("3", 0, 0, 1, (256, 256), 8, 8), 5, 2) == address


def test_the_level_of_tiles():
    from ocsia.ocsia_plugin.bridge.spool.tiles import Matrix, fine_enough

    levels = [Matrix(str(z), 0, 0, 2.0**-z, (256, 256), 1, 1) for z in range(4)]
    assert fine_enough(levels, 0.48).pixel == 0.5
    assert fine_enough(levels, 0.4).pixel == 0.25
    assert fine_enough(levels, 0.01).pixel == 0.125


@pytest.mark.parametrize(
    ("version", "code", "box"),
    [
        ("1.3.0", "EPSG:2154", "CRS=EPSG:2154&BBOX=1,2,3,4"),
        ("1.3.0", "EPSG:4326", "CRS=EPSG:4326&BBOX=2,1,4,3"),
        ("1.1.1", "EPSG:4326", "SRS=EPSG:4326&BBOX=1,2,3,4"),
    ],
)
def test_the_order_of_coordinates(version, code, box):
    import threading

    from ocsia.ocsia_plugin.bridge.spool.fetch import Answer, Fetcher
    from ocsia.ocsia_plugin.bridge.spool.uri import ServiceUri
    from ocsia.ocsia_plugin.bridge.spool.wms import GetMap

    class Canned(Fetcher):
        def get(self, url, use, **_):
            return use(Answer(200, "text/xml", f"<WMS_Capabilities version='{version}'/>".encode()))

    uri = ServiceUri.read(f"crs={code}&layers=a&styles=&format=image/png&url=https://a.fr/wms?map%3Dx%26VERSION%3D1.0")
    service = GetMap(Canned(uri, "a", threading.Event()), crs(code), False)
    url = service.map_url((1, 2, 3, 4), 10, 20)
    assert url.startswith("https://a.fr/wms?map=x&SERVICE=WMS&VERSION=" + version)
    assert box in url and url.count("VERSION") == 1


def test_what_a_service_offers_is_inherited():
    from ocsia.ocsia_plugin.bridge.spool.capabilities import strip_namespaces
    from ocsia.ocsia_plugin.bridge.spool.wms import read_offer

    root = ET.fromstring(
        """<WMS_Capabilities version="1.3.0" xmlns="http://www.opengis.net/wms" xmlns:x="http://www.w3.org/1999/xlink">
        <Service><Title>Titre</Title><MaxWidth>900</MaxWidth><MaxHeight>4000</MaxHeight></Service><Capability><Request>
        <GetMap><Format>image/png</Format><DCPType><HTTP><Get><OnlineResource x:href="http://interne:8080/ows"/></Get>
        </HTTP></DCPType></GetMap></Request><Layer><CRS>EPSG:2154</CRS><Attribution><Title>IGN</Title></Attribution>
        <Layer><Name>a</Name><CRS>EPSG:3857</CRS></Layer></Layer></Capability></WMS_Capabilities>"""
    )
    strip_namespaces(root)
    offer = read_offer(root, "https://public.fr/ows", ["a"])
    assert (offer.version, offer.largest, offer.attribution) == ("1.3.0", 900, "IGN")
    assert offer.crs == {"EPSG:2154", "EPSG:3857"}
    assert offer.url == "https://public.fr/ows", "an address behind the proxy is not followed"


def test_windows_of_a_place():
    from ocsia.ocsia_plugin.bridge.spool.grid import Net, touched

    net = Net(0.0, 0.0, 0.2, 0.2, 1000)
    assert net.bounds(2500, -31450) == (500_000, 6_289_800, 500_200, 6_290_000)
    assert touched(net, (500_000, 6_289_800, 500_200, 6_290_000), (), 0, 99) == [(2500, -31450)]
    assert len(touched(net, (500_000, 6_289_800, 500_200, 6_290_000), (), 1, 99)) == 9
    parcels = [QgsGeometry.fromWkt(f"POLYGON(({x} 10,{x + 5} 10,{x + 5} 5,{x} 10))") for x in (10, 1010)]
    assert touched(net, (10, 5, 1015, 10), parcels, 0, 99) == [(0, -1), (5, -1)]


def test_a_mask_as_large_as_a_country_is_not_counted_to_its_end():
    from ocsia.ocsia_plugin.bridge.spool.grid import Net, touched

    net = Net(0.0, 0.0, 0.2, 0.2, 1000)
    country = QgsGeometry.fromWkt("POLYGON((0 0,1000000 0,1000000 1000000,0 1000000,0 0))")
    corridor = QgsGeometry.fromWkt("POLYGON((0 0,500000 500000,500010 500000,10 0,0 0))")
    start = time.monotonic()
    assert len(touched(net, (0, 0, 1e6, 1e6), [country], 0, 500)) > 500
    assert 2500 <= len(touched(net, (0, 0, 1e6, 1e6), [corridor], 0, 9000)) <= 7600
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    ("own", "named", "place", "result"),
    [
        ("EPSG:3949", "EPSG:2154", (3, 49), "EPSG:3949"),
        ("EPSG:3857", "EPSG:2972", (3, 49), "EPSG:2972"),
        ("EPSG:3857", "EPSG:4326", (3, 49), "EPSG:2154"),
        ("EPSG:4326", "EPSG:4326", (55.5, -21.1), "EPSG:2975"),
        ("EPSG:4326", "EPSG:4326", (-53, 4), "EPSG:2972"),
        ("EPSG:4326", "EPSG:4326", (-61, 14.6), "EPSG:5490"),
    ],
)
def test_the_crs_of_a_result(own, named, place, result):
    from ocsia.ocsia_plugin.bridge.spool.area import result_crs

    where = QgsPointXY(*place), crs("EPSG:4326")
    found = result_crs("a", crs(own), [crs(named)], where, QgsCoordinateTransformContext())
    assert found.authid() == result


def test_the_cache_forgets_the_old_and_the_long_unused(tmp_path, monkeypatch):
    from ocsia.ocsia_plugin.bridge.spool import cache

    monkeypatch.setenv("OCSIA_CACHE", str(tmp_path))
    folder = cache.folder_of({"layer": "a"})
    assert folder != cache.folder_of({"layer": "b"})
    now = time.time()
    ages = {"old": 40 * 86_400, "unused": 3000, "used": 2000, "kept": 4000}
    paths = {name: folder / f"{name}.tif" for name in ages}
    for name, path in paths.items():
        path.write_bytes(b"x" * 100)
        os.utime(path, (now - ages[name], now - ages[name]))
    assert not cache.is_here(paths["old"]) and cache.is_here(paths["used"])
    cache.trim(200, [paths["kept"]])
    assert sorted(path.stem for path in folder.iterdir()) == ["kept", "used"]
    cache.trim(0)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("pixels", "alpha"),
    [(np.full((3, 4, 4), 255), 0), (np.full((3, 4, 4), 0), 0), (np.full((3, 4, 4), 250), 255)],
)
def test_blank_pixels(pixels, alpha):
    from ocsia.ocsia_plugin.bridge.spool.pixels import colours, in_memory

    image = in_memory(pixels.astype(np.uint8), (0, 0, 4, 4), crs("EPSG:2154"))
    assert (colours(image)[3] == alpha).all()


@pytest.mark.parametrize(
    ("values", "kind", "metres"),
    [
        ([412.34, -9999, 0.0], gdal.GDT_Float32, [412.34, -9999, 0.0]),
        ([412, -32768, -2], gdal.GDT_Int16, [412, -9999, -2]),
        ([412.34, 3.4e38, float("nan")], gdal.GDT_Float64, [412.34, -9999, -9999]),
    ],
)
def test_heights_of_a_geotiff_are_metres(values, kind, metres):
    from ocsia.ocsia_plugin.bridge.spool.pixels import decoded, heights

    image = gdal.GetDriverByName("MEM").Create("", 3, 1, 1, kind)
    image.GetRasterBand(1).WriteArray(np.array([values]))
    image.GetRasterBand(1).SetNoDataValue(values[1])
    found = heights(decoded(file_bytes(image, "GTiff")), (0, 0, 3, 1), 3, 1, crs("EPSG:2154"))
    assert found.ReadAsArray().tolist() == np.array([metres], np.float32).tolist()
    assert found.GetRasterBand(1).GetNoDataValue() == -9999


@pytest.mark.parametrize(("count", "kind"), [(1, gdal.GDT_Byte), (3, gdal.GDT_Float32)])
def test_a_picture_of_heights_is_none(count, kind):
    from ocsia.ocsia_plugin.bridge.spool.pixels import Undecodable, heights

    image = gdal.GetDriverByName("MEM").Create("", 3, 1, count, kind)
    with pytest.raises(Undecodable, match=rf"{count} x (Byte|Float32)"):
        heights(image, (0, 0, 3, 1), 3, 1, crs("EPSG:2154"))


def test_half_a_jpeg_is_none(tmp_path):
    from ocsia.ocsia_plugin.bridge.spool.pixels import Undecodable, decoded

    noise = np.random.default_rng(1).integers(0, 255, (3, 200, 200), dtype=np.uint8)
    source = gdal.GetDriverByName("MEM").Create("", 200, 200, 3)
    source.WriteRaster(0, 0, 200, 200, noise.tobytes())
    for driver in ("JPEG", "PNG"):
        path = tmp_path / driver
        gdal.GetDriverByName(driver).CreateCopy(str(path), source)
        body = path.read_bytes()
        assert decoded(body).RasterCount == 3
        with pytest.raises(Undecodable):
            decoded(body[: len(body) // 2])
