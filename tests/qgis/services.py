"""Web services on this machine for the tests: a real QGIS Server, behind a front that does what networks do."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Optional
from urllib.parse import parse_qsl, urlsplit

import numpy as np
from osgeo import gdal
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRasterLayer

WORLD = 20037508.342789248
_SCALE_PIXEL = 0.00028 / (39.37 * 0.0254)
"""Metres: the pixel by which WMTS expresses scales, as QGIS Server has it, for whom a metre has 39.37 inches."""
HERE = Path(__file__).parent


def publish(folder: Path, rasters: dict[str, str], tiled: str = "") -> str:
    """A project that publishes rasters over WMS and WMTS, as they are; returns its file.

    Args:
        tiled: one of the rasters, whose own pixels and CRS a set of tile matrices has; empty: none.
    """
    project = QgsProject()
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
    ids = []
    for name, path in rasters.items():
        layer = QgsRasterLayer(path, name)
        assert layer.isValid(), path
        if layer.bandCount() >= 3:
            for contrast in ("setRedContrastEnhancement", "setGreenContrastEnhancement", "setBlueContrastEnhancement"):
                getattr(layer.renderer(), contrast)(None)
        properties = layer.serverProperties()
        credited = properties if hasattr(properties, "setAttribution") else layer
        credited.setAttribution("Les géomètres d'Aubrac")
        project.addMapLayer(layer)
        ids.append(layer.id())
    project.writeEntry("WMSServiceCapabilities", "/", True)
    project.writeEntry("WMSServiceTitle", "/", "La ville d'essai")
    project.writeEntry("WMSCrsList", "/", ["EPSG:2154", "EPSG:3857", "EPSG:4326", "EPSG:28992"])
    project.writeEntry("WMTSLayers", "Layer", ids)
    project.writeEntry("WMTSPngLayers", "Layer", ids)
    grids = [f"EPSG:3857,{WORLD},-{WORLD},559082264.0287179,20"]
    if tiled:
        grids.append(_matrices_of(rasters[tiled]))
    project.writeEntry("WMTSGrids", "CRS", [grid.split(",")[0] for grid in grids])
    project.writeEntry("WMTSGrids", "Config", grids)
    file = str(folder / "town.qgs")
    assert project.write(file)
    return file


def _matrices_of(path: str) -> str:
    """Three levels of tiles as QGIS Server is told of them; the finest has the pixels of a raster."""
    layer = QgsRasterLayer(path, "")
    box, scale = layer.extent(), 4 * layer.rasterUnitsPerPixelX() / _SCALE_PIXEL
    return f"{layer.crs().authid()},{box.yMaximum()!r},{box.xMinimum()!r},{scale!r},2"


class Front(ThreadingHTTPServer):
    """Passes requests on to a backend and remembers them.

    Attributes:
        requests: path and query of each.
        trouble: is asked for each request what to do instead of passing it on; None: nothing.
        answer: makes an answer (status, content type, body) itself; None: the backend does.
    """

    daemon_threads = True

    def __init__(self, backend: int = 0) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.backend = backend
        self.requests: list[str] = []
        self.trouble: Callable[[int, str], Optional[Callable[[_Handler], None]]] = lambda number, path: None
        self.answer: Optional[Callable[[str], tuple[int, str, bytes]]] = None
        self._backend_lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def asked(self, what: str) -> list[str]:
        """The requests that have ``what`` in them, such as GetMap."""
        return [path for path in self.requests if what.lower() in path.lower()]

    def reset(self) -> None:
        """As new."""
        self.requests.clear()
        self.trouble = lambda number, path: None

    def passed_on(self, path: str) -> tuple[int, str, bytes]:
        with self._backend_lock:
            connection = http.client.HTTPConnection("127.0.0.1", self.backend, timeout=60)
            # The addresses in capabilities are to lead here, not to the backend.
            connection.request("GET", path, headers={"Host": f"127.0.0.1:{self.server_port}"})
            answer = connection.getresponse()
            body = answer.read()
            connection.close()
            return answer.status, answer.getheader("Content-Type", ""), body

    def handle_error(self, request: Any, address: Any) -> None:
        """A client that went away is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: Front

    def do_GET(self) -> None:
        self.server.requests.append(self.path)
        trouble = self.server.trouble(len(self.server.requests), self.path)
        if trouble is not None:
            trouble(self)
        else:
            self.reply(*(self.server.answer or self.server.passed_on)(self.path))

    def reply(self, status: int, kind: str, body: bytes, upto: Optional[int] = None, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body if upto is None else body[:upto])

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def front(backend: int = 0) -> Iterator[Front]:
    """A front, for as long as the tests take."""
    server = Front(backend)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def qgis_server(project: str) -> Iterator[Front]:
    """A front before a real QGIS Server."""
    environment = {**os.environ, "QGIS_SERVER_LOG_LEVEL": "2"}
    process = subprocess.Popen(
        [sys.executable, str(HERE / "qgis_server.py"), project],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        text=True,
    )
    try:
        with front(int(process.stdout.readline())) as server:
            yield server
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def status(code: int, kind: str = "text/plain", body: str = "", **headers: str) -> Callable[[_Handler], None]:
    """A trouble: an answer without an image."""
    return lambda handler: handler.reply(code, kind, body.encode(), **headers)


def broken_off(handler: _Handler) -> None:
    """A trouble: the connection ends in the middle of the image."""
    status_code, kind, body = (handler.server.answer or handler.server.passed_on)(handler.path)
    handler.reply(status_code, kind, body, upto=len(body) // 2)


def query(path: str) -> dict[str, str]:
    """The parameters of a request, in capitals."""
    return {name.upper(): value for name, value in parse_qsl(urlsplit(path).query, keep_blank_values=True)}


BIL = "image/x-bil;bits=32"
GEOTIFF = "image/geotiff"


def heights_service(raster: str, layer: str, kind: str = BIL) -> Callable[[str], tuple[int, str, bytes]]:
    """A WMS of elevations in their own values, which QGIS Server has not: as the Géoplateforme's, in 32-bit floats
    without a header, or as GeoTIFF, which says what no data is."""
    capabilities = (
        '<?xml version="1.0"?><WMS_Capabilities version="1.3.0" xmlns="http://www.opengis.net/wms"><Service>'
        "<Title>Altitudes</Title></Service><Capability><Request><GetMap><Format>image/png</Format>"
        f"<Format>{kind}</Format></GetMap></Request><Layer><CRS>EPSG:2154</CRS>"
        f"<Layer><Name>{layer}</Name></Layer></Layer></Capability></WMS_Capabilities>"
    )

    def answer(path: str) -> tuple[int, str, bytes]:
        asked = query(path)
        if asked["REQUEST"] == "GetCapabilities":
            return 200, "text/xml", capabilities.encode()
        assert asked["FORMAT"] == kind
        xmin, ymin, xmax, ymax = map(float, asked["BBOX"].split(","))
        size = {"width": int(asked["WIDTH"]), "height": int(asked["HEIGHT"]), "projWin": (xmin, ymax, xmax, ymin)}
        part = gdal.Translate("", raster, format="MEM", resampleAlg="bilinear", noData=-99999, **size)
        body = file_bytes(part, "GTiff") if kind == GEOTIFF else part.ReadAsArray().astype(np.float32).tobytes()
        return 200, kind, body

    return answer


def tile_server(raster: str, missing: int) -> Callable[[str], tuple[int, str, bytes]]:
    """Answers /z/x/y.png with the raster in Web Mercator, and with ``missing`` where it has no pixel."""
    mercator = gdal.Warp("", raster, format="MEM", dstSRS="EPSG:3857", dstAlpha=True, resampleAlg="cubic")
    lock = threading.Lock()

    def answer(path: str) -> tuple[int, str, bytes]:
        z, x, y = map(int, path.removesuffix(".png").split("/")[1:])
        side = 2 * WORLD / 2**z
        west, north = -WORLD + x * side, WORLD - y * side
        with lock:
            options = {"outputBounds": (west, north - side, west + side, north), "width": 256, "height": 256}
            tile = gdal.Warp("", mercator, format="MEM", resampleAlg="cubic", **options)
            if not tile.GetRasterBand(4).ReadAsArray().any():
                return missing, "text/plain", b"no tile"
            return 200, "image/png", file_bytes(tile, "PNG")

    return answer


def file_bytes(dataset: gdal.Dataset, driver: str) -> bytes:
    """A raster as a file of some format."""
    path = f"/vsimem/{uuid.uuid4().hex}"
    gdal.GetDriverByName(driver).CreateCopy(path, dataset)
    file = gdal.VSIFOpenL(path, "rb")
    body = bytes(gdal.VSIFReadL(1, gdal.VSIStatL(path).size, file))
    gdal.VSIFCloseL(file)
    gdal.Unlink(path)
    return body
