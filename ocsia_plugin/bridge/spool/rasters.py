"""The rasters of a job as paths that the engine opens: files as they are, the others as windows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Optional

from qgis.core import QgsCoordinateTransformContext, QgsProcessingFeedback

from ...engine.errors import OcsiaError
from ..layers import Raster
from ..messages import refusal, sentence
from .area import Area
from .fetch import Fetcher, Stopped
from .spooler import Spool, Spooling
from .uri import ServiceUri
from .windows import FileWindows, ServiceWindows, Windows

_COARSE = 1.1


class Rasters(Spooling):
    """Rasters of one job, for as long as it runs.

    Args:
        feedback: of the run.
        transforms: of the project.
    """

    def __init__(self, feedback: QgsProcessingFeedback, transforms: QgsCoordinateTransformContext) -> None:
        super().__init__(feedback)
        self._feedback, self._transforms = feedback, transforms

    def path(
        self,
        name: str,
        raster: Raster,
        area: Optional[Area],
        gsd: float,
        margin: int,
        *,
        heights: bool = False,
    ) -> str:
        """What the engine is to open for ``raster``; what will be fetched is said.

        Args:
            name: of the parameter.
            area: where the job works; None: nothing limits it.
            gsd: wanted, in metres.
            margin: pixels around the area that the engine looks at.
            heights: whether it is to be elevations in metres.

        Raises:
            QgsProcessingException: why it cannot be had.
        """
        if raster.kind == "file":
            return raster.path
        try:
            make = self._service if raster.kind == "service" else self._foreign
            return make(name, raster, area, gsd, margin, heights)
        except OcsiaError as error:
            raise refusal(error.code, **error.params) from error
        except Stopped:
            return raster.path  # nobody wants it any more

    def _service(self, name: str, raster: Raster, area: Optional[Area], gsd: float, margin: int, heights: bool) -> str:
        if area is None:
            raise OcsiaError("service-no-area", layer=raster.name)
        fetcher = Fetcher(ServiceUri.read(raster.path), raster.name, self.stop, self.tell)
        windows = ServiceWindows(fetcher, area.crs, gsd, area.centre, heights, self._transforms)
        windows.attribution = _attribution(raster, windows)
        spool = Spool(self.folder, name, raster.name, windows, area.bounds, area.polygons, margin)
        self.add(spool)
        self._say_service(spool, windows, gsd)
        return str(spool.path)

    def _foreign(self, name: str, raster: Raster, area: Optional[Area], gsd: float, margin: int, heights: bool) -> str:
        windows = FileWindows(raster.path, raster.crs)
        (a, b, c, d), (e, f, g, h) = windows.bounds, windows.bounds
        if area:
            e, f, g, h = area.bounds_in(raster.crs, self._transforms)
        bounds = max(a, e), max(b, f), min(c, g), min(d, h)
        polygons: Sequence = area.polygons if area and area.crs == raster.crs else ()
        spool = Spool(self.folder, name, raster.name, windows, bounds, polygons, margin)
        self.add(spool)
        self._feedback.pushInfo(sentence("info-spool-file", {"layer": raster.name, "count": len(spool.cells)}))
        return str(spool.path)

    def _say_service(self, spool: Spool, windows: ServiceWindows, gsd: float) -> None:
        """How much will be fetched, from whom, and how good it can be."""
        missing = len(spool.missing)
        about = {
            "layer": spool.layer,
            "host": windows.remote,
            "count": missing,
            "size": windows.net.size,
            "gsd": gsd,
            "megabytes": round(missing * windows.bytes_per_window / 1e6),
            "here": len(spool.cells) - missing,
        }
        self._feedback.pushInfo(sentence("info-service", about))
        named = {"layer": spool.layer, "attribution": windows.attribution}
        self._feedback.pushInfo(sentence("info-attribution", named))
        if windows.ground is not None:
            ground = round(windows.ground, 3)
            self._feedback.pushInfo(sentence("info-service-tiles", {"layer": spool.layer, "ground": ground}))
            if windows.ground > _COARSE * gsd:
                params = {"layer": spool.layer, "ground": ground, "gsd": gsd}
                self._feedback.pushWarning(sentence("warn-service-coarse", params))


def _attribution(raster: Raster, windows: Windows) -> str:
    """Whom to name: what the layer says in QGIS, else the service; with the day, because services change."""
    who = raster.attribution or windows.attribution or raster.name
    return f"{who} ({raster.name}, {windows.remote}, {date.today().isoformat()})"
