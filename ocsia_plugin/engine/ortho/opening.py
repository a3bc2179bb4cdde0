"""The rasters of a job, opened as sources and checked, before any long work starts."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Optional

import rasterio
from rasterio.enums import ColorInterp
from rasterio.io import DatasetReader

from ..errors import OcsiaError
from ..jobs.ortho import OrthoJob
from . import virtual
from .checks import check_crs, check_grid, check_straight, open_raster
from .roles import UNKNOWN, image_roles
from .sources import FileSource, Source
from .spool import spooled


class OrthoSources:
    """The sources of a job: a context manager that closes them.

    Attributes:
        image: the ortho-image; its grid and CRS are those of the result, unless the job names others.
        irc: false-colour image, for the near infrared; None: none.
        heights: height above ground, or altitudes of surface and ground; empty: none.

    Raises:
        OcsiaError: the refusals of ``checks``, ``heights-incomplete``, ``heights-twice``.
    """

    def __init__(self, job: OrthoJob) -> None:
        self._stack = ExitStack()
        self.irc: Optional[Source] = None
        self.heights: tuple[Source, ...] = ()
        try:
            _check_heights(job)
            self.image = self._opened(open_image(job.input, any_crs=bool(job.crs)))
            if job.irc:
                self.irc = self._opened(open_image(job.irc, any_crs=True))
            paths = (job.mnh,) if job.mnh else (job.mns, job.mnt) if job.mns else ()
            self.heights = tuple(self._opened(open_heights(path)) for path in paths if path)
        except BaseException:
            self._stack.close()
            raise

    @property
    def all(self) -> tuple[Source, ...]:
        """Every source, the image first."""
        return (self.image, *([self.irc] if self.irc else []), *self.heights)

    @property
    def roles(self) -> tuple[str, ...]:
        """Of all the bands that there are, those of the image first."""
        roles = list(self.image.roles)
        roles += ["I"] if self.irc and "I" not in roles else []
        return (*roles, "E") if self.heights and "E" not in roles else tuple(roles)

    def _opened(self, source: Source) -> Source:
        self._stack.callback(source.close)
        return source

    def __enter__(self) -> OrthoSources:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()


def open_image(path: str, *, any_crs: bool = False) -> Source:
    """An image as a source; its pixels are as in the file.

    Args:
        any_crs: whether it may be in a CRS that no result can be in.
    """
    dataset = open_raster(path)
    try:
        _check_place(dataset, path, any_crs)
        numbers, roles = raster_roles(dataset)
        source = FileSource(dataset, path, numbers, roles)
        check_grid(dataset, path, source.gsd)
        return spooled(source, path)
    except BaseException:
        dataset.close()
        raise


def open_heights(path: str) -> Source:
    """Altitudes or heights in metres, as a source of one float32 band without sentinels."""
    with open_raster(path) as dataset:
        _check_place(dataset, path, any_crs=True)
        piece = virtual.Piece.of(dataset, dataset.name)
        size = dataset.width, dataset.height
        text = virtual.heights([piece], dataset.dtypes[0], dataset.crs.to_wkt(), dataset.transform.to_gdal(), size)
    return spooled(FileSource(rasterio.open(text), path, (1,), ("E",)), path)


def raster_roles(source: DatasetReader) -> tuple[list[int], tuple[str, ...]]:
    """Numbers of the bands that are not alpha, and their roles. A palette is no image: its band has no role."""
    numbers = [
        number
        for number, meaning in zip(source.indexes, source.colorinterp, strict=True)
        if meaning != ColorInterp.alpha
    ]
    colours = [source.colorinterp[number - 1].name.lower() for number in numbers]
    if "palette" in colours:
        return numbers, (UNKNOWN,) * len(numbers)
    return numbers, image_roles([source.descriptions[number - 1] for number in numbers], colours)


def _check_place(dataset: DatasetReader, path: str, any_crs: bool) -> None:
    if not dataset.crs:
        raise OcsiaError("raster-no-crs", path=path)
    check_straight(dataset, path)
    if not any_crs:
        check_crs(dataset.crs, path)


def _check_heights(job: OrthoJob) -> None:
    if bool(job.mns) != bool(job.mnt):
        raise OcsiaError("heights-incomplete")
    if job.mnh and job.mns:
        raise OcsiaError("heights-twice")
