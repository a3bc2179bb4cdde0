"""Web services as ortho-images: a real QGIS Server, tiles and heights on this machine, and what networks do to them."""

from __future__ import annotations

import base64
import gc
import itertools
import os
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, Log, read_raster
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsAuthMethodConfig,
    QgsCoordinateReferenceSystem,
    QgsNetworkAccessManager,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingException,
    QgsRasterLayer,
    QgsSettings,
)
from qgis.PyQt.QtCore import QCoreApplication, QEventLoop, QTimer
from services import (
    GEOTIFF,
    broken_off,
    file_bytes,
    front,
    heights_service,
    publish,
    qgis_server,
    query,
    status,
    tile_server,
)

SAMPLE = ROOT / "resources" / "sample"
GRID = 500_000.0, 6_290_000.0, 0.2
"""West, north and GSD of the sample."""


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> str:
    """The sample's ortho-image without JPEG, which two versions of GDAL do not decode alike."""
    path = tmp_path_factory.mktemp("town") / "ortho.tif"
    gdal.Translate(str(path), str(SAMPLE / "ortho_rvb.tif"), creationOptions=["COMPRESS=DEFLATE", "TILED=YES"])
    return str(path)


@pytest.fixture(scope="module")
def polder() -> str:
    data = os.environ.get("OCSIA_DATA")
    return str(Path(data) / "nl_ortho20" / "test_image_1210x718.tif") if data else ""


@pytest.fixture(scope="module")
def polder_25(polder, tmp_path_factory) -> str:
    """The same on whole multiples of 0.25 m: tiles of 256 pixels then begin on whole metres, where QGIS Server draws
    each pixel as it is."""
    if not polder:
        return ""
    path = str(tmp_path_factory.mktemp("polder") / "polder_25.tif")
    grid = {"xRes": 0.25, "yRes": 0.25, "outputBounds": (122130, 491229, 122363, 491367), "resampleAlg": "average"}
    gdal.Warp(path, polder, creationOptions=["COMPRESS=DEFLATE", "TILED=YES"], **grid)
    return path


@pytest.fixture(scope="module")
def shared_server(qgis_app, town, polder, polder_25, tmp_path_factory):
    if not any(Path("/usr/lib").glob("**/qgis/server/libwms.so")):
        pytest.skip("QGIS Server is not installed (make apt)")
    rasters = {"ville": town, **({"polder": polder, "polder_25": polder_25} if polder else {})}
    with qgis_server(publish(tmp_path_factory.mktemp("server"), rasters, "polder_25" if polder else "")) as server:
        yield server


@pytest.fixture()
def server(shared_server):
    shared_server.reset()
    shared_server.answer = None
    return shared_server


@pytest.fixture(autouse=True)
def quick(plugin, monkeypatch, tmp_path):
    """Caches of its own, and no patience. Layers that a caught exception holds must not outlive QGIS."""
    from ocsia.ocsia_plugin.bridge.spool import fetch

    monkeypatch.setenv("OCSIA_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(fetch, "PAUSE_SECONDS", 0.02)
    monkeypatch.setattr(fetch, "PER_SECOND", 200.0)
    QgsSettings().setValue("cache/directory", str(tmp_path / "network"))
    yield
    QgsSettings().remove("cache/directory")
    gc.collect()


@pytest.fixture()
def folder(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def wms(url, layer="ville", crs="EPSG:2154", image="image/png", name="ma ville", more="") -> QgsRasterLayer:
    return QgsRasterLayer(f"crs={crs}&format={image}&layers={layer}&styles=&url={url}/{more}", name, "wms")


def extent(col, row, width, height, crs="EPSG:2154") -> str:
    """Pixels of the sample as QGIS writes an extent."""
    west, north, gsd = GRID
    xmin, ymax = west + col * gsd, north - row * gsd
    return f"{xmin},{xmin + width * gsd},{ymax - height * gsd},{ymax} [{crs}]"


def windows(cache: Path) -> list[Path]:
    return sorted(cache.glob("*/*.tif"))


def part(path, col, row, width, height) -> np.ndarray:
    return gdal.Open(str(path)).ReadAsArray(col, row, width, height)


def test_classes_of_a_wms_are_those_of_the_file(run, log, server, town, tmp_path):
    where = extent(900, 900, 400, 350)
    served = run("predict", INPUT=wms(server.url), EXTENT=where, CLASSES=str(tmp_path / "w.tif"))["CLASSES"]
    local = run("predict", INPUT=town, EXTENT=where, CLASSES=str(tmp_path / "f.tif"))["CLASSES"]
    assert (read_raster(served) == read_raster(local)).mean() >= 0.995
    assert gdal.Open(served).GetGeoTransform() == gdal.Open(local).GetGeoTransform()
    assert "Les géomètres d'Aubrac (ma ville, 127.0.0.1" in gdal.Open(served).GetMetadataItem("OCSIA_ATTRIBUTION")
    assert any("4 image(s) of 1000 x 1000 pixels of 0.2 m to fetch, about 7 MB; 0 more" in t for t in log.infos)
    assert len(server.asked("GetMap")) == len(windows(tmp_path / "cache")) == 4
    assert not [p for p in (tmp_path / "cache").rglob("*") if p.suffix == ".part"]


def test_a_layer_in_web_mercator_is_asked_for_in_lambert_93(run, server, town, folder):
    layer = wms(server.url, crs="EPSG:3857")
    where = "58200,58260,5416000,5416060 [EPSG:3857]"
    path = run("composeortho", INPUT=layer, EXTENT=where, OUTPUT=str(folder / "o.tif"))["OUTPUT"]
    assert QgsRasterLayer(path).crs().authid() == "EPSG:2154"
    assert {query(path)["CRS"] for path in server.asked("GetMap")} == {"EPSG:2154"}
    west, north = gdal.Open(path).GetGeoTransform()[0::3]
    found = read_raster(path)
    col, row = round((west - GRID[0]) / GRID[2]), round((GRID[1] - north) / GRID[2])
    assert np.array_equal(found, part(town, col, row, found.shape[2], found.shape[1]))


def test_a_service_that_knows_web_mercator_alone(run, server, town, folder):
    def without_lambert(path):
        code, kind, body = server.passed_on(path)
        return code, kind, body.replace(b"EPSG:2154", b"EPSG:9999") if "xml" in kind else body

    server.answer = without_lambert
    layer = wms(server.url, crs="EPSG:3857")
    path = run("composeortho", INPUT=layer, EXTENT=extent(1850, 1100, 300, 300), OUTPUT=str(folder / "o.tif"))["OUTPUT"]
    assert {query(p)["CRS"] for p in server.asked("GetMap")} == {"EPSG:3857"}
    assert_in_place(read_raster(path), town, 1850, 1100)


def assert_in_place(found: np.ndarray, town: str, col: int, row: int, most: float = 8.0) -> None:
    """Resampled twice, but where it belongs: it is nearest to the file where it is not shifted."""
    _, height, width = found.shape
    inner = found[:, 1:-1, 1:-1].astype(int)
    shifts = {
        (dx, dy): np.abs(inner - part(town, col + 1 + dx, row + 1 + dy, width - 2, height - 2)).mean()
        for dx in (-1, 0, 1)
        for dy in (-1, 0, 1)
    }
    assert min(shifts, key=shifts.get) == (0, 0), shifts
    assert shifts[0, 0] < most


def wmts(url, layer="ville", crs="EPSG:3857") -> QgsRasterLayer:
    """A layer of PNG tiles, in the set of matrices that is called as its CRS."""
    capabilities = f"{url}/?SERVICE%3DWMTS%26REQUEST%3DGetCapabilities"
    source = f"crs={crs}&format=image/png&layers={layer}&styles=default&tileMatrixSet={crs}&url={capabilities}"
    tiles = QgsRasterLayer(source, "tuiles", "wms")
    assert tiles.isValid()
    return tiles


def test_wmts_tiles(run, log, server, town, folder):
    layer = wmts(server.url)
    path = run("composeortho", INPUT=layer, EXTENT=extent(1850, 1100, 300, 300), OUTPUT=str(folder / "o.tif"))["OUTPUT"]
    assert_in_place(read_raster(path), town, 1850, 1100)
    tiles = server.asked("GetTile")
    assert len(tiles) == len(set(tiles)) > 10
    assert {query(tile)["TILEMATRIX"] for tile in tiles} == {"19"}
    assert any("made from tiles whose pixels measure 0.216 m" in text for text in log.infos)


def xyz(url) -> QgsRasterLayer:
    return QgsRasterLayer(f"type=xyz&url={url}/%7Bz%7D/%7Bx%7D/%7By%7D.png&zmax=19&zmin=0", "carreaux", "wms")


def test_xyz_tiles_and_those_that_are_not_there(run, town, folder):
    with front() as server:
        server.answer = tile_server(town, 404)
        where = extent(-150, 800, 400, 300)
        path = run("composeortho", INPUT=xyz(server.url), EXTENT=where, OUTPUT=str(folder / "o.tif"))["OUTPUT"]
    result = gdal.Open(path)
    valid = result.GetRasterBand(1).GetMaskBand().ReadAsArray() > 0
    assert not valid[:, :148].any() and valid[:, 153:].all()
    assert_in_place(read_raster(path)[:, :, 160:], town, 10, 800)
    assert max(Counter(server.requests).values()) == 1


def test_an_interrupted_run_fetches_no_tile_twice(run, town, folder, tmp_path):
    """Even of windows that were not finished: QGIS's cache has their tiles. It keeps no errors: what was not there is
    asked for again, as it may be there by now."""
    arguments = {"EXTENT": extent(10, 10, 1200, 900), "OUTPUT": str(folder / "o.tif")}
    with front() as server:
        tiles, numbers, fetched = tile_server(town, 404), itertools.count(1), {}

        def twenty(path):
            if next(numbers) <= 20:
                image = tiles(path)
                fetched[path] = image[0]
                return image
            while len(fetched) < 20:
                time.sleep(0.05)
            time.sleep(0.5)  # they have all arrived
            return 403, "text/plain", b"assez"

        server.answer = twenty
        with pytest.raises(QgsProcessingException, match=r"it answers 403 \(assez\)"):
            run("composeortho", INPUT=xyz(server.url), **arguments)
        assert not list(folder.iterdir()) and not windows(tmp_path / "cache")
        server.reset()
        server.answer = tiles
        path = run("composeortho", INPUT=xyz(server.url), **arguments)["OUTPUT"]
        assert len(server.requests) == len(set(server.requests)) > 20
        assert fetched.keys() & set(server.requests) == {path for path, status in fetched.items() if status == 404}
    assert_in_place(read_raster(path)[:, 300:600, 300:700], town, 310, 310)


def test_hundreds_of_requests_from_several_threads(plugin, monkeypatch):
    """While the main loop turns now and then, as it does in QGIS: PyQt hears of the end of replies only then, and must
    not take the new ones for them."""
    from ocsia.ocsia_plugin.bridge.spool import fetch
    from ocsia.ocsia_plugin.bridge.spool.uri import ServiceUri

    monkeypatch.setattr(fetch, "PER_SECOND", 1e6)

    def answer(path):
        time.sleep(0.01)
        return 200, "text/plain", path.encode() * 1000

    with front() as server, ThreadPoolExecutor(4) as pool:
        server.answer = answer
        fetcher = fetch.Fetcher(ServiceUri.read(f"type=xyz&url={server.url}"), "ma ville", threading.Event())
        paths = [f"/{number}" for number in range(800)]
        fetched = [pool.submit(fetcher.get, server.url + path, lambda a: a.body) for path in paths]
        while not all(future.done() for future in fetched):
            time.sleep(0.05)
            QCoreApplication.processEvents()
        assert [future.result() for future in fetched] == [path.encode() * 1000 for path in paths]
        assert sorted(server.requests) == sorted(paths)


def test_tiles_of_nowhere(run, town, folder):
    with front() as server:
        server.answer = tile_server(town, 404)
        with pytest.raises(QgsProcessingException, match=r"answers 404 \(it has none of the tiles asked for"):
            run("composeortho", INPUT=xyz(server.url), EXTENT=extent(9000, 0, 50, 50), OUTPUT=str(folder / "o.tif"))
    assert not list(folder.iterdir())


def test_a_service_with_its_moods(run, log, server, town, folder):
    """Slow, busy, broken, cut off: asked again until it is well."""
    moods = {1: status(429, Retry_After="0"), 3: status(500), 4: broken_off, 6: status(503), 7: broken_off}
    maps = itertools.count(1)

    def trouble(number, path):
        time.sleep(0.02)
        return moods.get(next(maps)) if "GetMap" in path else None

    server.trouble = trouble
    path = run("composeortho", INPUT=wms(server.url), EXTENT=extent(10, 10, 1980, 1980), OUTPUT=str(folder / "o.tif"))
    assert np.array_equal(read_raster(path["OUTPUT"]), part(town, 10, 10, 1980, 1980))
    assert any("127.0.0.1: HTTP 429. Next attempt in 0 s" in text for text in log.infos)
    assert len(server.asked("GetMap")) == 4 + len(moods)


def test_an_interrupted_run_fetches_nothing_twice(run, server, town, folder, tmp_path):
    feedback = Log()
    feedback.pushInfo = lambda text: None
    seen = []

    def trouble(number, path):
        time.sleep(0.3)
        if "GetMap" in path:
            seen.append(time.monotonic())
            if len(seen) == 2:
                feedback.cancel()

    server.trouble = trouble
    arguments = {"INPUT": wms(server.url), "EXTENT": extent(10, 10, 1980, 1980)}
    assert not run("composeortho", feedback=feedback, OUTPUT=str(folder / "o.tif"), **arguments).get("OUTPUT")
    assert time.monotonic() - seen[1] < 2
    assert not list(folder.iterdir())
    kept = len(windows(tmp_path / "cache"))
    assert kept < 4
    server.reset()
    run("composeortho", OUTPUT=str(folder / "o.tif"), **arguments)
    # Each once or, on a machine that is slow enough for a timeout, again; none of those that were kept.
    assert len(set(server.asked("GetMap"))) == len(windows(tmp_path / "cache")) - kept
    before = len(server.asked("GetMap"))
    run("composeortho", OUTPUT=str(folder / "again.tif"), **arguments)
    assert len(server.asked("GetMap")) == before
    assert (folder / "o.tif").read_bytes() == (folder / "again.tif").read_bytes()


GREVE = "Le géoportail est en grève"
XML = f"<ServiceExceptionReport><ServiceException code='x'>{GREVE}</ServiceException></ServiceExceptionReport>"
HTML = "<html><h1>Rien ici</h1></html>"


def test_a_service_that_gives_up(run, server, folder, tmp_path):
    """After the first window: nothing is left of the result, and the window is kept."""

    def after_the_first(number, path):
        if len(server.asked("GetMap")) <= 1:
            return None
        while not windows(tmp_path / "cache"):
            time.sleep(0.02)
        return status(200, "text/xml", XML)

    server.trouble = after_the_first
    with pytest.raises(QgsProcessingException) as caught:
        run("composeortho", INPUT=wms(server.url), EXTENT=extent(10, 10, 2400, 600), OUTPUT=str(folder / "o.tif"))
    assert f"127.0.0.1 refuses to deliver the layer 'ma ville': {GREVE}" in str(caught.value)
    assert not list(folder.iterdir())
    assert len(windows(tmp_path / "cache")) == 1


@pytest.fixture()
def one_window(plugin, tmp_path, monkeypatch):
    """What comes of the window in the north-west of the sample."""
    from ocsia.ocsia_plugin.bridge.spool import fetch
    from ocsia.ocsia_plugin.bridge.spool.fetch import Fetcher
    from ocsia.ocsia_plugin.bridge.spool.uri import ServiceUri
    from ocsia.ocsia_plugin.bridge.spool.windows import ServiceWindows

    monkeypatch.setattr(fetch, "ATTEMPTS", 3)

    def write(layer):
        fetcher = Fetcher(ServiceUri.read(layer.source()), layer.name(), threading.Event())
        lambert = QgsCoordinateReferenceSystem("EPSG:2154")
        windows_of = ServiceWindows(fetcher, lambert, 0.2, (500_100.0, 6_289_900.0), False)
        windows_of.write(2500, -31450, str(tmp_path / "window.tif"))
        return read_raster(tmp_path / "window.tif")

    return write


def smaller(handler):
    handler.reply(*handler.server.passed_on(handler.path.replace("WIDTH=1000", "WIDTH=999")))


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (status(404, "text/html", HTML), "does not deliver the layer 'ma ville': it answers 404 (Rien ici)"),
        (status(500), "it answers 500 (without saying why)"),
        (status(403, "text/plain", "clé expirée"), "it answers 403 (clé expirée)"),
        (status(200, "image/png", "x" * 3000), "cannot be used (image/png:"),
        (broken_off, "cannot be reached or does not answer in time"),
        (lambda handler: handler.connection.close(), "cannot be reached or does not answer in time"),
        (smaller, "an image of 999 x 1000 pixels where 1000 x 1000 were asked for"),
    ],
)
def test_a_service_that_will_not(one_window, server, tmp_path, trouble, words):
    from ocsia.ocsia_plugin.engine.errors import OcsiaError

    server.trouble = lambda number, path: trouble if "GetMap" in path else None
    with pytest.raises(OcsiaError) as caught:
        one_window(wms(server.url))
    assert words in str(caught.value)
    assert not list(tmp_path.glob("window*"))


def test_blank_images_are_no_data(one_window, server):
    """JPEG has no transparency: what a service has no image of is white."""
    white = gdal.GetDriverByName("MEM").Create("", 1000, 1000, 3)
    white.WriteRaster(0, 0, 1000, 1000, bytes([255]) * 3_000_000)
    body = file_bytes(white, "JPEG")
    server.trouble = lambda number, path: (
        (lambda handler: handler.reply(200, "image/jpeg", body)) if "GetMap" in path else None
    )
    assert not one_window(wms(server.url, image="image/jpeg"))[3].any()
    server.reset()
    assert one_window(wms(server.url, image="image/jpeg"))[3].all()


def test_a_layer_that_the_service_does_not_have(one_window, server):
    from ocsia.ocsia_plugin.engine.errors import OcsiaError

    with pytest.raises(OcsiaError, match=r"does not deliver the layer 'ma ville': .*'cave' does not exist"):
        one_window(wms(server.url, "cave"))


def test_dalles_of_a_service_interrupted_and_resumed(run, server, folder, tmp_path):
    """The second run has virtual rasters of its own, and is known to be the same job all the same."""
    west, north, _ = GRID
    where = f"{west - 20},{west + 20},{north - 30},{north - 10} [EPSG:2154]"
    arguments = {"INPUT": wms(server.url), "EXTENT": where, "GRID": "1", "OUTPUT": str(folder / "dalles")}
    feedback = Log()

    def trouble(number, path):
        if len(server.asked("GetMap")) == 2:
            feedback.cancel()
        return None

    server.trouble = trouble
    assert not run("dalles", feedback=feedback, **arguments).get("OUTPUT")
    kept = len(windows(tmp_path / "cache"))
    server.reset()
    run("dalles", **arguments)
    assert len(server.asked("GetMap")) == len(windows(tmp_path / "cache")) - kept
    # West of the town there is nothing to classify, and so no dalle.
    assert [path.name for path in (folder / "dalles").glob("*argmax.tif")] == ["D000_0000_500_6290_argmax.tif"]
    mosaic = gdal.Open(str(folder / "dalles" / "classes.vrt"))
    inside = gdal.Translate("", mosaic, format="MEM", projWin=(west, north - 10, west + 20, north - 30)).ReadAsArray()
    assert inside.shape == (100, 100) and inside.all()


@pytest.fixture(scope="module")
def vault(qgis_app):
    """QGIS's own passwords, in the profile of the tests; an account is in them."""
    manager = QgsApplication.authManager()
    if manager.isDisabled() or not manager.setMasterPassword("maître", True):
        pytest.skip("QGIS keeps no passwords here")
    account = QgsAuthMethodConfig("Basic")
    account.setName("essais")
    account.setConfig("username", "agent")
    account.setConfig("password", "secret")
    stored = manager.storeAuthenticationConfig(account)
    assert stored[0] if isinstance(stored, tuple) else stored
    yield account.id()
    manager.removeAuthenticationConfig(account.id())


def guarded(name, value):
    """A trouble: nothing without a header."""

    def guard(handler):
        if handler.headers.get(name) == value:
            handler.reply(*handler.server.passed_on(handler.path))
        else:
            handler.reply(401, "text/plain", b"qui va la ?", WWW_Authenticate='Basic realm="essais"')

    return guard


BASIC = "Basic " + base64.b64encode(b"agent:secret").decode()


def test_a_service_that_asks_who_one_is(run, vault, server, town, folder):
    """Layers that have one of QGIS's authentications, in all the threads that fetch."""
    server.trouble = lambda number, path: guarded("Authorization", BASIC)
    where = extent(990, 990, 50, 50)
    with pytest.raises(QgsProcessingException, match=r"does not deliver the layer 'ma ville': it answers 401 \(qui va"):
        run("composeortho", INPUT=wms(server.url), EXTENT=where, OUTPUT=str(folder / "o.tif"))
    layer = wms(server.url, more=f"&authcfg={vault}")
    run("composeortho", INPUT=layer, EXTENT=where, OUTPUT=str(folder / "o.tif"))
    assert np.array_equal(read_raster(folder / "o.tif"), part(town, 990, 990, 50, 50))
    unknown = wms(server.url, more="&authcfg=inconnu")
    with pytest.raises(QgsProcessingException, match="The authentication 'inconnu' of the layer 'ma ville' cannot be"):
        run("composeortho", INPUT=unknown, EXTENT=where, OUTPUT=str(folder / "p.tif"))


@pytest.mark.parametrize(
    ("more", "name", "value"),
    [
        ("&username=agent&password=secret", "Authorization", BASIC),
        ("&http-header:X-Cle=a%2Bb", "X-Cle", "a+b"),
        ("&referer=https://mairie.fr", "Referer", "https://mairie.fr"),
    ],
)
def test_what_a_layer_has_to_show(one_window, server, town, more, name, value):
    server.trouble = lambda number, path: guarded(name, value)
    assert np.array_equal(one_window(wms(server.url, more=more))[:3], part(town, 0, 0, 1000, 1000))


def test_the_proxy_of_qgis(run, server, town, folder):
    """Nobody but the proxy knows the host."""
    settings, host = QgsSettings(), "http://images.invalid"
    with front(server.backend) as proxy:
        proxy.answer = lambda path: proxy.passed_on(path[len(host) :]) if path.startswith(host) else (400, "", b"")
        address = {"Enabled": True, "Type": "HttpProxy", "Host": "127.0.0.1", "Port": proxy.server_port}
        for name, value in address.items():
            settings.setValue(f"proxy/proxy{name}", value)
        QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()
        try:
            run("composeortho", INPUT=wms(host), EXTENT=extent(990, 990, 50, 50), OUTPUT=str(folder / "o.tif"))
        finally:
            settings.remove("proxy")
            QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()
        assert len(proxy.asked(f"{host}/?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetMap")) == 4
    assert np.array_equal(read_raster(folder / "o.tif"), part(town, 990, 990, 50, 50))


def test_a_service_without_an_area(run, server, folder):
    for algorithm, output in (("predict", "CLASSES"), ("composeortho", "OUTPUT")):
        with pytest.raises(QgsProcessingException, match="'ma ville' is a web service, which covers more than can be"):
            run(algorithm, INPUT=wms(server.url), **{output: str(folder / "o.tif")})


def test_an_area_that_is_too_large(run, server, folder):
    france = "100000,1200000,6000000,7100000 [EPSG:2154]"
    with pytest.raises(QgsProcessingException, match=r"takes more images of 'ma ville' than the 20000"):
        run("predict", INPUT=wms(server.url), EXTENT=france, CLASSES=str(folder / "o.tif"))
    assert not server.asked("GetMap")


def test_an_area_in_degrees_outside_france(run, server, folder):
    layer = wms(server.url, crs="EPSG:4326")
    with pytest.raises(QgsProcessingException, match=r"'ma ville' is in EPSG:4326, and nothing says in which CRS"):
        run("predict", INPUT=layer, EXTENT="5,5.1,52,52.1 [EPSG:4326]", CLASSES=str(folder / "o.tif"))


def test_scattered_parcels_cost_their_windows(run, server, town, tmp_path, folder):
    from test_algorithms import polygons

    west, north, _ = GRID
    boxes = [(20, 20, 30, 30), (460, 360, 470, 370)]
    mask = polygons(
        [
            f"POLYGON(({west + a} {north - b},{west + c} {north - b},{west + c} {north - d},{west + a} {north - d},"
            f"{west + a} {north - b}))"
            for a, b, c, d in boxes
        ]
    )
    path = run("predict", INPUT=wms(server.url), MASK=mask, CLASSES=str(folder / "o.tif"))["CLASSES"]
    assert np.count_nonzero(read_raster(path)) == 2 * 50 * 50
    # The first parcel lies at the corner of four windows: the model looks around it.
    assert len(server.asked("GetMap")) == 4 + 1


def test_infrared_and_heights_of_services(run, server, town, tmp_path, folder):
    """The image is a file; the rest is served, heights in their own values, as GeoTIFF and without a header."""
    where = extent(1100, 1100, 400, 300)
    irc, mns = str(tmp_path / "irc.tif"), str(tmp_path / "mns.tif")
    gdal.Translate(irc, str(SAMPLE / "ortho_irc.tif"), creationOptions=["COMPRESS=DEFLATE"])
    holed = gdal.Translate(mns, str(SAMPLE / "mns.tif"), noData=-9999)
    holed.GetRasterBand(1).WriteArray(np.full((50, 75), -9999, np.float32), 1250, 1150)
    holed = None
    files = {"IRC": irc, "MNS": mns, "MNT": str(SAMPLE / "mnt.tif")}
    local = run("composeortho", INPUT=town, EXTENT=where, OUTPUT=str(folder / "f.tif"), **files)["OUTPUT"]
    with front() as surface, front() as ground:
        surface.answer = heights_service(mns, "mns", GEOTIFF)
        ground.answer = heights_service(files["MNT"], "mnt")
        served = run(
            "composeortho",
            INPUT=town,
            IRC=wms(server.url, name="autre"),
            MNS=wms(surface.url, "mns", name="surface"),
            MNT=wms(ground.url, "mnt", name="sol"),
            EXTENT=where,
            OUTPUT=str(folder / "s.tif"),
        )["OUTPUT"]
    results = [gdal.Open(path) for path in (local, served)]
    valid = [result.GetRasterBand(1).GetMaskBand().ReadAsArray() > 0 for result in results]
    hole = np.zeros((300, 400), bool)
    hole[50:100, 150:225] = True
    assert all(np.array_equal(v, ~hole) for v in valid)
    a, b = (read_raster(path).astype(int)[:, ~hole] for path in (local, served))
    assert len(a) == len(b) == 5
    assert np.array_equal(a[:3], b[:3])
    assert np.array_equal(b[3], b[0])  # the server has no IRC: band 1 of what it has
    assert np.abs(a[4] - b[4]).max() <= 1 and len(np.unique(b[4])) > 20
    named = gdal.Open(served).GetMetadataItem("OCSIA_ATTRIBUTION")
    assert "Les géomètres d'Aubrac (autre, " in named and "Altitudes (surface, " in named and "(sol, " in named


def test_pictures_of_heights_are_no_heights(run, server, town, folder):
    with pytest.raises(QgsProcessingException, match="offers no heights in metres for the layer 'ma ville', only pic"):
        run("composeortho", INPUT=town, MNH=wms(server.url), EXTENT=extent(0, 0, 50, 50), OUTPUT=str(folder / "o.tif"))


def test_a_real_image_in_its_own_crs(run, server, polder, folder):
    if not polder:
        pytest.skip("OCSIA_DATA is not set")
    layer = wms(server.url, "polder", crs="EPSG:28992")
    where = "122150,122250,491250,491350 [EPSG:28992]"
    served = run("composeortho", INPUT=layer, EXTENT=where, OUTPUT=str(folder / "s.tif"))["OUTPUT"]
    arguments = {"EXTENT": where, "RESOLUTION": 0.2}
    local = run("composeortho", INPUT=polder, OUTPUT=str(folder / "f.tif"), **arguments)["OUTPUT"]
    a, b = read_raster(served).astype(int), read_raster(local).astype(int)
    assert a.shape == b.shape
    # The server takes the nearest pixel, the engine averages: the same picture all the same.
    assert np.corrcoef(a.ravel(), b.ravel())[0, 1] > 0.98


def test_classes_of_real_tiles_are_those_of_the_file(run, server, polder_25, folder):
    if not polder_25:
        pytest.skip("OCSIA_DATA is not set")
    layer = wmts(server.url, "polder_25", "EPSG:28992")
    where = "122150,122270,491255,491345 [EPSG:28992]"
    # Between the tiles' own pixels QGIS's GDAL and the engine round differently; on them nothing is resampled.
    pixels, classes = (
        [
            read_raster(run(algorithm, INPUT=source, EXTENT=where, RESOLUTION=gsd, **{name: f"{folder}/{i}.tif"})[name])
            for i, source in enumerate((layer, polder_25))
        ]
        for algorithm, name, gsd in (("composeortho", "OUTPUT", 0.2), ("predict", "CLASSES", 0.25))
    )
    assert pixels[0].shape == (3, 450, 600)
    assert np.abs(np.subtract(*pixels, dtype=np.int16)).max() <= 1
    assert classes[0].shape == (1, 360, 480) and len(np.unique(classes[0])) > 5
    assert (classes[0] == classes[1]).mean() >= 0.995
    tiles = server.asked("GetTile")
    assert {query(tile)["TILEMATRIXSET"] for tile in tiles} == {"EPSG:28992"}


def test_a_format_that_only_qgis_reads(run, log, town, folder, tmp_path):
    """FITS is not in rasterio's wheels; a virtual raster says where it lies."""
    path = tmp_path / "ville.fits"
    fits = gdal.GetDriverByName("FITS").Create(str(path), 1300, 700, 3, gdal.GDT_Byte)
    fits.WriteRaster(0, 0, 1300, 700, part(town, 0, 0, 1300, 700).tobytes())
    fits = None
    place = {"outputSRS": "EPSG:2154", "outputBounds": (500_000, 6_290_000, 500_260, 6_289_860)}
    gdal.Translate(str(tmp_path / "ville.vrt"), str(path), format="VRT", **place)
    layer = QgsRasterLayer(str(tmp_path / "ville.vrt"), "ville")
    where = extent(900, 100, 300, 500)
    result = run("composeortho", INPUT=layer, EXTENT=where, OUTPUT=str(folder / "o.tif"))["OUTPUT"]
    assert any("a format that QGIS reads and the engine does not" in text for text in log.infos)
    assert np.array_equal(read_raster(result), gdal.Open(layer.source()).ReadAsArray(900, 100, 300, 500))


def test_a_layer_by_its_address(run, log, server, town, folder):
    """As ``qgis_process`` and ``make demo LIVE=1`` name it."""
    from tools import live

    source = live.layer("ville", f"{server.url}/")
    run("composeortho", INPUT=source, EXTENT=extent(1100, 1100, 99, 50), OUTPUT=str(folder / "o.tif"))
    assert np.array_equal(read_raster(folder / "o.tif"), part(town, 1100, 1100, 99, 50))
    assert any(text.startswith("'ville' from 127.0.0.1: 1 image(s)") for text in log.infos)


def test_as_a_task_beside_the_window(plugin, log, server, town, folder):
    """As a dialog runs it: the algorithm in a thread of its own, the event loop in the main one."""
    where = extent(1100, 1100, 99, 50)
    parameters = {"INPUT": wms(server.url), "EXTENT": where, "OUTPUT": str(folder / "o.tif")}
    context = QgsProcessingContext()
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("ocsia:composeortho")
    task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, log)
    loop, ended = QEventLoop(), []
    task.executed.connect(lambda ok, results: (ended.append(ok), loop.quit()))
    QTimer.singleShot(60_000, loop.quit)
    QgsApplication.taskManager().addTask(task)
    loop.exec()
    assert ended == [True], log.errors
    assert np.array_equal(read_raster(folder / "o.tif"), part(town, 1100, 1100, 99, 50))
