"""The rasters of a job, opened as sources and checked, before any long work starts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Optional

import pyproj
from rasterio.enums import ColorInterp
from rasterio.io import DatasetReader

from ..errors import OcsiaError
from ..jobs.ortho import OrthoJob
from .bands import choose_bands
from .checks import check_crs, check_grid, check_straight, open_raster
from .dalles import expanded, laid_out
from .sources import FileSource, Source
from .spool import is_spool, spooled
from .virtual import Band


class OrthoSources:
    """The sources of a job: a context manager that closes them.

    Attributes:
        image: the ortho-image; its grid and CRS are those of the result, unless the job names others.
        irc: false-colour image, for the near infrared; None: none.
        heights: height above ground, or altitudes of surface and ground; empty: none.
        scale: the rule of the job for values that are no bytes.

    Raises:
        OcsiaError: the refusals of ``checks``, ``dalles``, ``bands``; ``heights-incomplete``, ``heights-twice``.
    """

    def __init__(self, job: OrthoJob) -> None:
        self._stack = ExitStack()
        self.irc: Optional[Source] = None
        self.scale = job.scale
        try:
            _check_heights(job)
            self.image = self._opened(open_image(job.input, job.bands, series=job.dalles, any_crs=bool(job.crs)))
            if job.irc:
                self.irc = self._opened(open_image(job.irc, series=job.dalles, any_crs=True))
            paths = (job.mnh,) if job.mnh else (job.mns, job.mnt)
            self.heights = tuple(self._opened(open_heights(path, series=job.dalles)) for path in paths if path)
        except BaseException:
            self._stack.close()
            raise

    @property
    def roles(self) -> tuple[str, ...]:
        """Of all the bands that there are, those of the image first."""
        roles = list(self.image.roles)
        roles += ["I"] if self.irc and "I" not in roles else []
        return (*roles, "E") if self.heights and "E" not in roles else tuple(roles)

    def _opened(self, source: Source) -> Source:
        self._stack.callback(source.close)
        return source

    def on_close(self, callback: Callable[[], None]) -> None:
        """Call it before the sources are closed."""
        self._stack.callback(callback)

    def __enter__(self) -> OrthoSources:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()


def open_image(text: str, bands: str = "", *, series: bool = False, any_crs: bool = False) -> Source:
    """An image, or many dalles of one, as a source; its values are those of the file.

    Args:
        text: see ``dalles.expanded``.
        bands: roles of its bands, as the user names them; empty: as the file has them.
        series: see ``dalles.expanded``.
        any_crs: whether it may be in a CRS that no result can be in.
    """
    paths = expanded(text, series=series)
    mosaic = laid_out(paths)
    with open_raster(mosaic.path) as first:
        _check_place(first, mosaic.path, any_crs)
        chosen = choose_bands(first, mosaic.path, bands, look=not is_spool(mosaic.path))
        kinds = [_band(first, number) for number in chosen.numbers]
    if chosen.alpha_is_data:
        mosaic = mosaic.opaque()
    if len(paths) > 1 or chosen.alpha_is_data:
        dataset, numbers = mosaic.image(kinds), range(1, len(kinds) + 1)
    else:
        dataset, numbers = open_raster(mosaic.path), chosen.numbers
    try:
        source = FileSource(
            dataset, mosaic.path, numbers, chosen.roles, lambda places: mosaic.image([kinds[place] for place in places])
        )
        check_grid(dataset, mosaic.path, source.gsd)
        return spooled(source)
    except BaseException:
        dataset.close()
        raise


def _band(dataset: DatasetReader, number: int) -> Band:
    colour = dataset.colorinterp[number - 1]
    shown = ColorInterp.undefined if colour == ColorInterp.alpha else colour
    return Band(number, dataset.dtypes[number - 1], dataset.descriptions[number - 1], shown)


def open_heights(text: str, *, series: bool = False) -> Source:
    """Altitudes or heights in metres, as a source of one float32 band without sentinels."""
    mosaic = laid_out(expanded(text, series=series))
    with open_raster(mosaic.path) as first:
        _check_place(first, mosaic.path, any_crs=True)
        if first.count != 1:
            raise OcsiaError("heights-bands", path=mosaic.path, count=first.count)
        if unit := _foreign_unit(first):
            raise OcsiaError("heights-unit", path=mosaic.path, unit=unit)
        dtype = first.dtypes[0]
    return spooled(FileSource(mosaic.heights(dtype), mosaic.path, (1,), ("E",)))


def _foreign_unit(dataset: DatasetReader) -> str:
    """The unit that a raster of heights declares, where it is not the metre; empty: none, or the metre."""
    unit = (dataset.units[0] or "").strip()
    if unit and unit.lower() not in ("m", "metre", "meter", "metres", "meters", "mètre", "mètres"):
        return unit
    for part in pyproj.CRS.from_wkt(dataset.crs.to_wkt()).sub_crs_list:
        if part.is_vertical and part.axis_info and abs(part.axis_info[0].unit_conversion_factor - 1) > 1e-9:
            return str(part.axis_info[0].unit_name)
    return ""


def _check_place(dataset: DatasetReader, path: str, any_crs: bool) -> None:
    if not dataset.crs:
        raise OcsiaError("raster-no-crs", path=path)
    if not any_crs:
        check_crs(dataset.crs, path)
    check_straight(dataset, path)


def _check_heights(job: OrthoJob) -> None:
    if bool(job.mns) != bool(job.mnt):
        raise OcsiaError("heights-incomplete")
    if job.mnh and job.mns:
        raise OcsiaError("heights-twice")
