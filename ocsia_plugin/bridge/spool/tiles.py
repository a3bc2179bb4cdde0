"""Tiles of a WMTS or of an XYZ address: which ones cover a place, and one image of them."""

from __future__ import annotations

import math
import re
import threading
import xml.etree.ElementTree as ET
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Optional
from urllib.parse import quote

import numpy as np
from osgeo import gdal
from qgis.core import QgsCoordinateReferenceSystem, QgsUnitTypes

from ...engine.errors import because
from .capabilities import document
from .crs import METRES
from .fetch import ABSENT, Answer, Fetcher, Unusable
from .grid import Bounds
from .pixels import Undecodable, colours, decoded, in_memory

_PIXEL_METRES = 0.00028
"""Side of the pixel by which WMTS expresses scales."""
_WORLD = 20_037_508.342789244
"""Half of the side of Web Mercator's square, in its metres."""
_KEPT_TILES = 256
_COARSER = 1.1
"""A matrix whose pixels are larger by less than this is fine enough."""
_DEEPEST = 30


@dataclass(frozen=True)
class Matrix:
    """One level of tiles.

    Attributes:
        name: in requests.
        x, y: north-west corner.
        pixel: size of a pixel, in units of the CRS.
        side: width and height of a tile in pixels.
        columns, rows: how many tiles there are.
    """

    name: str
    x: float
    y: float
    pixel: float
    side: tuple[int, int]
    columns: int
    rows: int

    def covering(self, bounds: Bounds) -> tuple[range, range]:
        """Columns and rows of the tiles that meet ``bounds``."""
        width, height = self.pixel * self.side[0], self.pixel * self.side[1]
        left, right = math.floor((bounds[0] - self.x) / width), math.ceil((bounds[2] - self.x) / width)
        top, bottom = math.floor((self.y - bounds[3]) / height), math.ceil((self.y - bounds[1]) / height)
        return range(max(left, 0), min(right, self.columns)), range(max(top, 0), min(bottom, self.rows))


def fine_enough(matrices: Sequence[Matrix], pixel: float) -> Matrix:
    """The coarsest level with pixels of at most ``pixel``; the finest where none is."""
    enough = [m for m in matrices if m.pixel <= pixel * _COARSER]
    return max(enough, key=lambda m: m.pixel) if enough else min(matrices, key=lambda m: m.pixel)


class Tiles:
    """Images put together of tiles.

    Args:
        fetcher: of the service.
        crs: wanted; a WMTS that has a matrix set in it is asked for that one.

    Attributes:
        crs: of the tiles.
        pixel: size of their pixels in its units.
        attribution: whom the service asks to name.
        found, missing: how many tiles there were and were not.

    Raises:
        OcsiaError: ``service-*``.
        Stopped: the user cancelled.
    """

    def __init__(self, fetcher: Fetcher, crs: QgsCoordinateReferenceSystem) -> None:
        self._fetcher = fetcher
        self.attribution = ""
        self.found = self.missing = 0
        self._lock = threading.Lock()
        self._tiles: OrderedDict[str, Future[Optional[np.ndarray]]] = OrderedDict()
        if fetcher.uri.kind == "xyz":
            self.crs, self._template, self._matrices = _xyz(fetcher)
        else:
            self.crs, self._template, self._matrices = fetcher.get(
                fetcher.uri.url, lambda answer: self._wmts(answer, crs)
            )

    def level(self, pixel: float) -> Matrix:
        """The level to use for pixels of ``pixel`` units of the CRS."""
        return fine_enough(self._matrices, pixel)

    def read(self, bounds: Bounds, matrix: Matrix) -> gdal.Dataset:
        """The tiles that meet ``bounds``, as a raster in memory: bytes R, V, B, alpha.

        Raises:
            OcsiaError: ``service-*``.
            Stopped: the user cancelled.
        """
        columns, rows = matrix.covering(bounds)
        images = {(c, r): self._tile(matrix, c, r) for r in rows for c in columns}
        # A service may deliver twice the pixels (screens of high density): the image says it.
        shape = next((i.shape[1:] for i in images.values() if i is not None), matrix.side[::-1])
        height, width = shape
        whole = np.zeros((4, max(len(rows), 1) * height, max(len(columns), 1) * width), np.uint8)
        for (col, row), image in images.items():
            if image is None:
                continue
            if image.shape[1:] != shape:
                found = f"{image.shape[2]} x {image.shape[1]}"
                raise self._fetcher.error("service-size", found=found, wanted=f"{width} x {height}")
            top, left = (row - rows.start) * height, (col - columns.start) * width
            whole[:, top : top + height, left : left + width] = image
        step_x, step_y = matrix.pixel * matrix.side[0], matrix.pixel * matrix.side[1]
        west, north = matrix.x + columns.start * step_x, matrix.y - rows.start * step_y
        size = max(len(columns), 1) * step_x, max(len(rows), 1) * step_y
        return in_memory(whole, (west, north - size[1], west + size[0], north), self.crs)

    def _tile(self, matrix: Matrix, col: int, row: int) -> Optional[np.ndarray]:
        """uint8 (4, H, W); None: the service has no such tile. Windows share tiles: each one is fetched once."""
        url = tile_url(self._template, matrix, col, row)
        with self._lock:
            tile = self._tiles.get(url)
            mine = tile is None
            if tile is None:
                tile = self._tiles[url] = Future()
                if len(self._tiles) > _KEPT_TILES:
                    self._tiles.popitem(last=False)
            else:
                self._tiles.move_to_end(url)
        if mine:
            try:
                tile.set_result(self._fetcher.get(url, self._decoded, tile=True))
            except BaseException as error:  # whoever waits for the same tile has to know
                tile.set_exception(error)
        return tile.result()

    def _decoded(self, answer: Answer) -> Optional[np.ndarray]:
        error = self._fetcher.error
        if answer.status in (204, *ABSENT):
            self.missing += 1
            return None
        if "xml" in answer.kind or "html" in answer.kind:
            raise error("service-exception", said=answer.said or because("why-service-silent"))
        try:
            image = colours(decoded(answer.body))
        except Undecodable as reason:
            raise Unusable(error("service-unusable", kind=answer.kind or "?", reason=str(reason))) from reason
        self.found += 1
        return image

    def _wmts(
        self, answer: Answer, wanted: QgsCoordinateReferenceSystem
    ) -> tuple[QgsCoordinateReferenceSystem, str, list[Matrix]]:
        root = document(self._fetcher, answer)
        self.attribution = (root.findtext("ServiceProvider/ProviderName") or "").strip()
        return _wmts(root, self._fetcher, wanted)


def tile_url(template: str, matrix: Matrix, col: int, row: int) -> str:
    """The address of a tile: ``{z}``, ``{x}``, ``{y}``, ``{-y}`` (from the south) and ``{q}`` (a quadkey)."""
    values = {"z": matrix.name, "x": col, "y": row, "-y": matrix.rows - 1 - row}
    if "{q}" in template:
        depth = int(matrix.name)
        values["q"] = "".join(str((col >> i & 1) + 2 * (row >> i & 1)) for i in range(depth - 1, -1, -1))
    return re.sub(r"\{(-?[a-z])\}", lambda m: str(values.get(m[1], m[0])), template)


def _xyz(fetcher: Fetcher) -> tuple[QgsCoordinateReferenceSystem, str, list[Matrix]]:
    """The levels of an XYZ address: Web Mercator's square, halved at each one."""
    uri = fetcher.uri
    if not re.search(r"\{q\}|\{z\}.*\{-?y\}|\{z\}.*\{x\}", uri.url):
        raise fetcher.error("service-layer", reason="{z} {x} {y}")

    def number(name: str, default: int) -> int:
        return int(uri.get(name)) if uri.get(name).isdigit() else default

    first, last = number("zmin", 0), min(number("zmax", 18), _DEEPEST)
    levels = [
        Matrix(str(z), -_WORLD, _WORLD, 2 * _WORLD / 256 / 2**z, (256, 256), 2**z, 2**z)
        for z in range(first, max(first, last) + 1)
    ]
    return QgsCoordinateReferenceSystem("EPSG:3857"), uri.url, levels


def _wmts(
    root: ET.Element, fetcher: Fetcher, wanted: QgsCoordinateReferenceSystem
) -> tuple[QgsCoordinateReferenceSystem, str, list[Matrix]]:
    """CRS, address and levels of the layer's tiles from a capabilities document (without namespaces)."""
    uri = fetcher.uri
    name = uri.get("layers")
    layer = next((e for e in root.findall("Contents/Layer") if e.findtext("Identifier") == name), None)
    if layer is None:
        raise fetcher.error("service-layer", reason=name)
    linked = {e.text for e in layer.findall("TileMatrixSetLink/TileMatrixSet")}
    sets = [e for e in root.findall("Contents/TileMatrixSet") if e.findtext("Identifier") in linked]
    chosen = [e for e in sets if e.findtext("Identifier") == uri.get("tileMatrixSet")]
    # The wanted CRS spares a resampling, where its tiles are as fine as those that the user chose.
    best = next((e for e in sets if _set_crs(e) == wanted and _finest(e) <= min(map(_finest, chosen), default=0)), None)
    if best is None and not chosen:
        raise fetcher.error("service-layer", reason=uri.get("tileMatrixSet"))
    matrix_set = best if best is not None else chosen[0]
    crs = _set_crs(matrix_set)
    units = QgsUnitTypes.fromUnitToUnitFactor(crs.mapUnits(), METRES)
    per_metre = 1 / units if units else 1.0
    levels = [_matrix(e, crs, per_metre) for e in matrix_set.findall("TileMatrix")]
    if not levels:
        raise fetcher.error("service-layer", reason=uri.get("tileMatrixSet"))
    return crs, _wmts_template(root, layer, matrix_set.findtext("Identifier") or "", fetcher), levels


def _set_crs(matrix_set: ET.Element) -> QgsCoordinateReferenceSystem:
    return QgsCoordinateReferenceSystem.fromOgcWmsCrs((matrix_set.findtext("SupportedCRS") or "").strip())


def _finest(matrix_set: ET.Element) -> float:
    return min((float(e.findtext("ScaleDenominator") or "inf") for e in matrix_set.findall("TileMatrix")), default=0)


def _matrix(element: ET.Element, crs: QgsCoordinateReferenceSystem, per_metre: float) -> Matrix:
    a, b = (float(v) for v in (element.findtext("TopLeftCorner") or "0 0").split())
    x, y = (b, a) if crs.hasAxisInverted() else (a, b)
    width, height, columns, rows = (
        int(element.findtext(tag) or 0) for tag in ("TileWidth", "TileHeight", "MatrixWidth", "MatrixHeight")
    )
    pixel = float(element.findtext("ScaleDenominator") or 0) * _PIXEL_METRES * per_metre
    return Matrix(element.findtext("Identifier") or "", x, y, pixel, (width, height), columns, rows)


def _wmts_template(root: ET.Element, layer: ET.Element, matrix_set: str, fetcher: Fetcher) -> str:
    """The address of tiles, with ``{z}``, ``{x}``, ``{y}`` left open."""
    uri = fetcher.uri
    image = uri.get("format") or layer.findtext("Format") or "image/png"
    style = uri.get("styles") or "default"
    dimensions = {e.findtext("Identifier"): e.findtext("Default") or "" for e in layer.findall("Dimension")}
    for part in uri.get("tileDimensions").split(";"):
        name, _, value = part.partition("=")
        if name:
            dimensions[name] = value
    resource = next(
        (e for e in layer.findall("ResourceURL") if e.get("resourceType") == "tile" and e.get("format") == image), None
    )
    get = next((e for e in root.iter("Operation") if e.get("name") == "GetTile"), None)
    address = ""
    for offered in get.findall("DCP/HTTP/Get") if get is not None else ():
        encodings = {v.text for v in offered.iter("Value")}
        if not encodings or "KVP" in encodings:
            address = address or offered.get("href", "")
    if resource is not None and not address:
        places = {"TileMatrix": "{z}", "TileCol": "{x}", "TileRow": "{y}"}
        known = {"Style": style, "style": style, "TileMatrixSet": matrix_set, **dimensions, **places}
        return re.sub(r"\{([^{}]+)\}", lambda m: str(known.get(m[1], m[0])), resource.get("template", ""))
    query = {
        "SERVICE": "WMTS", "REQUEST": "GetTile", "VERSION": "1.0.0", "LAYER": uri.get("layers"), "STYLE": style,
        "FORMAT": image, "TILEMATRIXSET": matrix_set, **{k: v for k, v in dimensions.items() if k},
    }  # fmt: skip
    base, _, old = (address or uri.url).partition("?")
    upper = {name.upper() for name in query}
    kept = [part for part in old.split("&") if part and part.split("=")[0].upper() not in upper]
    pairs = [f"{name}={quote(value, safe=',:/')}" for name, value in query.items()]
    return base + "?" + "&".join([*kept, *pairs, "TILEMATRIX={z}", "TILEROW={y}", "TILECOL={x}"])
