"""From sources to blocks of the bands that a model wants, on the grid of the result."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from pathlib import PurePath
from typing import Optional

import numpy as np
from rasterio.crs import CRS
from rasterio.errors import CRSError
from rasterio.warp import transform_bounds

from ..errors import OcsiaError, because
from ..events import Events
from ..grid import Grid, Window, snapped_grid
from ..products.origin import ATTRIBUTION, IMAGE, passed_on, photo_tags
from .checks import check_crs, crs_name, is_comfortable
from .layers import HeightLayer, ImageLayer, Layer
from .opening import OrthoSources
from .roles import places
from .sources import Source, horizontal
from .spool import attribution
from .where import Where

_SAME_GSD = 1e-3
"""Relative difference under which the image's own pixels are used as they are."""


_COARSER = 1.05
"""Pixels larger than those of the result by more are interpolated with a warning."""

_WHOLE = 0.99

SCALE_TAG = "OCSIA_SCALE"


class OrthoReader:
    """Reads windows of the bands that a model wants, put together from the sources of a job.

    Args:
        sources: not settled yet.
        bands: roles of the bands wanted, in the model's order.
        fill: per band, the byte to put where there is no data.
        gsd: pixel size wanted, in metres; None: that of the image.
        model: name of the model, for messages.
        where: what to keep to; None: everything.
        crs: of the result; empty: that of the image.
        grid: of the result, in that CRS; None: follows from the image, ``gsd`` and ``where``.

    Attributes:
        grid: of the result; the image's own pixels where their GSD is the one wanted, else multiples of ``gsd``.
        crs: of the result.
        layers: what puts the bands together.

    Raises:
        OcsiaError: ``raster-bands``, ``raster-dtype``, ``extent-outside``, ``sources-apart``.
    """

    def __init__(
        self,
        sources: OrthoSources,
        bands: tuple[str, ...],
        fill: tuple[int, ...],
        gsd: Optional[float],
        model: str,
        where: Optional[Where] = None,
        crs: str = "",
        grid: Optional[Grid] = None,
    ) -> None:
        image = sources.image
        self.path, self.bands, self._fill = image.path, bands, np.array(fill, np.uint8)
        self._name = PurePath(image.path).stem if image.dataset is not None else image.path  # a service has no file
        self.crs, whole = result_grid(image, gsd or image.gsd, crs)
        self.grid = grid or (whole.cropped(where.extent) if where and where.extent else whole)
        if self.grid.width == 0 or self.grid.height == 0:
            raise OcsiaError(where.outside if where else "raster-empty", path=image.path)
        self.layers = _layers(sources, bands, model, sources.scale)
        for layer in self.layers:
            layer.settle(self.grid, self.crs)
        self._pool = ThreadPoolExecutor(len(self.layers), thread_name_prefix="layer")
        sources.on_close(self._pool.shutdown)

    def announce(self, events: Events) -> None:
        """Say which bands come from where and what is done to them."""
        gsd = self.layers[0].sources[0].gsd
        if not is_comfortable(gsd):
            events.warning("warn-gsd", gsd=round(gsd, 4))
        for layer in self.layers:
            for source in layer.sources:
                self._announce_source(source, events)
            if isinstance(layer, ImageLayer):
                self._announce_image(layer, events)

    def _announce_source(self, source: Source, events: Events) -> None:
        events.info("info-source", path=source.path, roles=", ".join(source.roles), crs=crs_name(source.crs))
        if source.covered < _WHOLE:
            events.warning("warn-partial", path=source.path, share=math.floor(100 * source.covered))
        if source.method:
            found, wanted = round(source.gsd, 4), round(self.grid.dx, 4)
            how = because(f"resampling-{source.method}")
            events.info("info-resampled", path=source.path, found=found, wanted=wanted, method=how)

    def _announce_image(self, layer: ImageLayer, events: Events) -> None:
        source = layer.source
        if source.method and source.gsd > _COARSER * self.grid.dx:
            found, wanted = round(source.gsd, 4), round(self.grid.dx, 4)
            events.warning("warn-coarser", path=source.path, found=found, wanted=wanted, detail=round(2 * found, 2))
        if layer.scaling:
            events.info("info-scaled", path=source.path, rule=layer.scaling.text(layer.roles))
        if len(source.roles) > len(layer.places):
            used = ", ".join(str(source.numbers[place]) for place in layer.places)
            events.info("info-extra-bands", used=used, path=source.path)

    @property
    def sources(self) -> list[Source]:
        """Those that it reads."""
        return [source for layer in self.layers for source in layer.sources]

    @property
    def tags(self) -> dict[str, str]:
        """What the products have to say of their sources: the name of the image, whom to name, the date of the photo,
        how values that were no bytes became bytes."""
        rules = [layer.scaling.text(layer.roles) for layer in self.layers if getattr(layer, "scaling", None)]
        said = [photo_tags(s.dataset, s.path) for s in self.sources if s.dataset is not None]
        served = attribution(self.sources)
        tags = passed_on({ATTRIBUTION: served}, *said) | {IMAGE: self._name, SCALE_TAG: "; ".join(rules)}
        return {name: text for name, text in tags.items() if text}

    def read(self, window: Window) -> tuple[np.ndarray, np.ndarray]:
        """Image and validity of a window of the grid, which may reach beyond it.

        Returns:
            uint8 (bands, H, W) with ``fill`` where some band has no data, and bool (H, W), True where all have.

        Raises:
            OcsiaError: ``raster-unreadable``: a file breaks off or is damaged there.
        """
        image = np.empty((len(self.bands), window.height, window.width), np.uint8)
        valid = np.ones((window.height, window.width), bool)
        reads = [self._pool.submit(layer.read, window) for layer in self.layers]
        for layer, (pixels, seen) in zip(self.layers, (read.result() for read in reads), strict=True):
            image[[self.bands.index(role) for role in layer.roles]] = pixels
            valid &= seen
        if not valid.all():
            np.copyto(image, self._fill[:, None, None], where=~valid)
        return image, valid


def result_grid(image: Source, gsd: float, crs: str = "") -> tuple[CRS, Grid]:
    """CRS and grid of the result over the whole image.

    Raises:
        OcsiaError: ``crs-unknown``, or the refusals of ``check_crs``.
    """
    target = _named_crs(crs) if crs else image.crs
    own = image.grid
    if horizontal(target) == horizontal(image.crs):
        same = all(math.isclose(size, gsd, rel_tol=_SAME_GSD) for size in (own.dx, own.dy))
        return target, own if same else snapped_grid(own.bounds, gsd)
    bounds = transform_bounds(horizontal(image.crs), horizontal(target), *own.bounds, densify_pts=21)
    return target, snapped_grid(bounds, gsd)


def _named_crs(text: str) -> CRS:
    try:
        crs = CRS.from_user_input(text)
    except CRSError as error:
        raise OcsiaError("crs-unknown", crs=text) from error
    check_crs(crs, text)
    return crs


def _layers(sources: OrthoSources, bands: tuple[str, ...], model: str, scale: str) -> list[Layer]:
    """Who delivers which band: what was given for a band on purpose goes before what the image has."""
    layers: list[Layer] = []
    left = list(bands)
    if sources.heights and "E" in left:
        layers.append(HeightLayer(*sources.heights))
        left.remove("E")
    if sources.irc and "I" in left:
        roles = sources.irc.roles
        layers.append(ImageLayer(sources.irc, [roles.index("I") if "I" in roles else 0], ["I"], scale))
        left.remove("I")
    image = sources.image
    found = places(left, image.roles)
    if found is None:
        raise OcsiaError(
            "raster-bands",
            path=image.path,
            found=len(image.roles),
            roles=", ".join(sources.roles),
            model=model,
            wanted=len(bands),
            bands=", ".join(bands),
            advice=because("advice-bands"),
        )
    if left:
        layers.insert(0, ImageLayer(image, found, left, scale))
    return layers
