"""What windows are made from: a web service, or a file that only QGIS's GDAL reads."""

from __future__ import annotations

import math
import os
import threading
from typing import Any, Optional, Protocol

from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsPointXY,
    QgsRectangle,
)

from ...engine.errors import OcsiaError, because
from .crs import crs_wkt
from .fetch import Fetcher
from .grid import SIZE, Bounds, Net
from .pixels import Undecodable, gdal_errors, on_grid, write_window
from .sheet import HEIGHTS, PICTURE, Band, Sheet
from .tiles import Tiles
from .wms import GetMap

_EDGE = 4
"""Pixels more than a window has, where it is made by resampling."""
_FINER = 0.999
"""Images whose pixels are smaller than this share of those wanted are averaged: as the engine does with a file, so that
the same pixels give the same classes whichever way they come.
"""
_BYTES_PER_PIXEL = {"png": 1.8, "tif": 3.5, "jpeg": 0.35, "jpg": 0.35, "webp": 0.3, "bil": 4.0}


class Windows(Protocol):
    """Makes windows of one raster.

    Attributes:
        net: of the windows.
        key: what tells them from others in the cache.
        attribution: whom to name.
        remote: who serves them; empty: they are on this machine.
        bytes_per_window: to fetch for one, about.
    """

    net: Net
    key: dict[str, Any]
    attribution: str
    remote: str
    bytes_per_window: float

    def sheet(self, columns: range, rows: range) -> Sheet:
        """The virtual raster that windows in these columns and rows are part of."""

    def write(self, col: int, row: int, path: str) -> None:
        """Make a window.

        Raises:
            OcsiaError: why there is none.
            OSError: it cannot be written.
            fetch.Stopped: the run is over.
        """

    def absent(self) -> Optional[OcsiaError]:
        """What to say where there was no image at all: that the service has none of the tiles asked for, or nothing."""


class ServiceWindows:
    """Windows of a web service, on multiples of the GSD in the CRS wanted.

    Args:
        fetcher: of the service.
        crs: projected, in metres.
        gsd: in metres.
        centre: of the area, in ``crs``: where the scale of another CRS is measured.
        as_heights: elevations in metres instead of a picture.

    Attributes:
        ground: size of the service's own pixels in metres there; None: it makes any.

    Raises:
        OcsiaError: ``service-*``.
        fetch.Stopped: the user cancelled.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        crs: QgsCoordinateReferenceSystem,
        gsd: float,
        centre: tuple[float, float],
        as_heights: bool,
        transforms: Optional[QgsCoordinateTransformContext] = None,
    ) -> None:
        self._fetcher, self._crs, self._gsd, self._heights = fetcher, crs, gsd, as_heights
        uri = fetcher.uri
        if as_heights and uri.kind != "wms":
            raise fetcher.error("service-no-heights", formats=uri.kind.upper())
        self._service = GetMap(fetcher, crs, as_heights) if uri.kind == "wms" else Tiles(fetcher, crs)
        self._to_service = QgsCoordinateTransform(crs, self._service.crs, transforms or QgsCoordinateTransformContext())
        self._scale = self._units_per_metre(*centre)
        self.ground: Optional[float] = None
        size = SIZE
        if isinstance(self._service, Tiles):
            self._level = self._service.level(gsd * min(self._scale))
            self.ground = self._level.pixel / min(self._scale)
        else:
            # Another CRS is turned against this one: the request has to be larger than the window.
            room = self._service.largest // (1 if self._is_same_crs else 2)
            size = min(SIZE, max(room // 100 * 100, 100))
        self.net = Net(0.0, 0.0, gsd, gsd, size)
        self.attribution, self.remote = self._service.attribution, uri.host
        names = ("url", "layers", "styles", "format", "tileMatrixSet", "tileDimensions", "type", "zmin", "zmax")
        source = {name: uri.values[name] for name in names if name in uri.values}
        self.key = {"source": source, "crs": crs.authid() or crs.toWkt(), "gsd": gsd, "size": size}
        self.key |= {"heights": as_heights, "version": 2}
        kind = "bil" if as_heights else next((k for k in _BYTES_PER_PIXEL if k in uri.get("format")), "png")
        self.bytes_per_window = size * size * _BYTES_PER_PIXEL[kind]

    @property
    def _is_same_crs(self) -> bool:
        return self._service.crs == self._crs

    def sheet(self, columns: range, rows: range) -> Sheet:
        west, _, _, north = self.net.bounds(columns.start, rows.start)
        transform = (west, self._gsd, 0.0, north, 0.0, -self._gsd)
        size = self.net.size
        bands = HEIGHTS if self._heights else PICTURE
        return Sheet(len(columns) * size, len(rows) * size, transform, crs_wkt(self._crs), bands)

    def write(self, col: int, row: int, path: str) -> None:
        try:
            write_window(self._window(self.net.bounds(col, row)), path)
        except Undecodable as error:
            raise self._fetcher.error("service-unusable", kind="GDAL", reason=str(error)) from error

    def absent(self) -> Optional[OcsiaError]:
        service = self._service
        if isinstance(service, Tiles) and service.missing and not service.found:
            return self._fetcher.error("service-http", status=404, said=because("why-no-tile"))
        return None

    def _window(self, bounds: Bounds) -> gdal.Dataset:
        size = self.net.size
        if isinstance(self._service, GetMap) and self._is_same_crs:
            return self._service.read(bounds, size, size)
        margin = _EDGE * self._gsd
        grown = QgsRectangle(bounds[0] - margin, bounds[1] - margin, bounds[2] + margin, bounds[3] + margin)
        if not self._is_same_crs:
            grown = self._to_service.transformBoundingBox(grown)
        box = grown.xMinimum(), grown.yMinimum(), grown.xMaximum(), grown.yMaximum()
        if isinstance(self._service, Tiles):
            image = self._service.read(box, self._level)
            finer = (self.ground or self._gsd) < _FINER * self._gsd
        else:
            width, height = (
                min(math.ceil((high - low) / (self._gsd * scale)), self._service.largest)
                for low, high, scale in ((box[0], box[2], self._scale[0]), (box[1], box[3], self._scale[1]))
            )
            image, finer = self._service.read(box, width, height), False
        return on_grid(image, bounds, size, size, self._crs, finer=finer)

    def _units_per_metre(self, x: float, y: float) -> tuple[float, float]:
        """How long a metre to the east and one to the north are in the service's CRS."""
        step = 100.0
        here, east, north = (
            self._to_service.transform(QgsPointXY(*place)) for place in ((x, y), (x + step, y), (x, y + step))
        )
        return here.distance(east) / step, here.distance(north) / step


class FileWindows:
    """Windows of a raster file, in its own pixels and values: nothing is resampled here.

    Args:
        path: as QGIS's GDAL opens it.
        crs: that QGIS gives the layer, for a file that has none.

    Raises:
        OcsiaError: ``raster-unreadable``.
    """

    remote = ""
    attribution = ""

    def __init__(self, path: str, crs: QgsCoordinateReferenceSystem) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._dataset = self._opened()
        transform = self._dataset.GetGeoTransform()
        x, y = min(transform[0], transform[0] + self._dataset.RasterXSize * transform[1]), transform[3]
        self.net = Net(x, y, abs(transform[1]) or 1.0, abs(transform[5]) or 1.0)
        self._wkt = self._dataset.GetProjection() or (crs_wkt(crs) if crs.isValid() else "")
        # A mask beside the bands would be another file for GDAL: it becomes a band.
        self._masked = self._dataset.GetRasterBand(1).GetMaskFlags() == gdal.GMF_PER_DATASET
        status = os.stat(path) if os.path.exists(path) else None
        changed = [status.st_mtime_ns, status.st_size] if status else []
        self.key = {"file": path, "changed": changed, "size": self.net.size, "version": 1}
        self.bytes_per_window = 0.0

    def sheet(self, columns: range, rows: range) -> Sheet:
        data = self._dataset
        bands = [data.GetRasterBand(number) for number in range(1, data.RasterCount + 1)]
        described = tuple(
            Band(
                gdal.GetDataTypeName(band.DataType),
                gdal.GetColorInterpretationName(band.GetColorInterpretation()),
                band.GetDescription(),
                band.GetNoDataValue(),
            )
            for band in bands
        )
        if self._masked:
            described += (Band(described[0].dtype, "Alpha"),)
        return Sheet(data.RasterXSize, data.RasterYSize, data.GetGeoTransform(), self._wkt, described)

    @property
    def bounds(self) -> Bounds:
        """Of the whole file."""
        net, data = self.net, self._dataset
        return net.x, net.y - data.RasterYSize * net.dy, net.x + data.RasterXSize * net.dx, net.y

    def holds(self, col: int, row: int) -> bool:
        """Whether a window has pixels of the file."""
        left, top, width, height = self.clipped(col, row)
        return left >= 0 and top >= 0 and width > 0 and height > 0

    def absent(self) -> None:
        """See ``Windows``."""

    def clipped(self, col: int, row: int) -> tuple[int, int, int, int]:
        """Where a window lies in the file, in pixels; of no size where it is beyond it."""
        size = self.net.size
        left, top = col * size, row * size
        return left, top, min(size, self._dataset.RasterXSize - left), min(size, self._dataset.RasterYSize - top)

    def write(self, col: int, row: int, path: str) -> None:
        try:
            with self._lock, gdal_errors():
                part = self._part(*self.clipped(col, row))
            write_window(part, path)
        except Undecodable as error:
            raise OcsiaError("raster-unreadable", path=self._path, reason=str(error)) from error

    def _part(self, left: int, top: int, width: int, height: int) -> gdal.Dataset:
        """Pixels of the file, in memory."""
        first = self._dataset.GetRasterBand(1)
        count = self._dataset.RasterCount
        part = gdal.GetDriverByName("MEM").Create("", width, height, count + self._masked, first.DataType)
        for number in range(1, count + 1):
            values = self._dataset.GetRasterBand(number).ReadAsArray(left, top, width, height)
            if values is None:
                raise Undecodable(gdal.GetLastErrorMsg() or "GDAL")
            part.GetRasterBand(number).WriteArray(values)
        if self._masked:
            part.GetRasterBand(count + 1).WriteArray(first.GetMaskBand().ReadAsArray(left, top, width, height))
        return part

    def _opened(self) -> gdal.Dataset:
        try:
            with gdal_errors():
                dataset = gdal.OpenEx(self._path, gdal.OF_RASTER)
                if dataset is None or dataset.RasterCount == 0:
                    raise Undecodable(gdal.GetLastErrorMsg() or "GDAL")
                return dataset
        except Undecodable as error:
            raise OcsiaError("raster-unreadable", path=self._path, reason=str(error)) from error
