"""Room on the disks: asked for before the work, and named as the reason where it ran out all the same."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Optional

from rasterio._err import CPLE_BaseError  # what rasterio.shutil.copy raises: GDAL's errors as they are
from rasterio.errors import RasterioError

from ..errors import OcsiaError

_SPARE_BYTES = 32 << 20
"""With less room than this, a write error means a full disk."""


class guard_disk:
    """Turns a failed write on a disk without room into ``disk-filled``, any other into ``output-not-writable``.

    Args:
        path: what is written.
        source: what it is written from, by this process and perhaps on another disk: blocks that found no room there
            show only when they are read again.
    """

    def __init__(self, path: Path, source: Optional[Path] = None) -> None:
        self._path = path
        self._folders = [p.parent for p in (path, source) if p is not None]

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: object, _traceback: object) -> None:
        if not isinstance(error, (OSError, RasterioError, CPLE_BaseError)):
            return
        for folder in self._folders:
            free = shutil.disk_usage(folder if folder.is_dir() else folder.parent).free
            if free < _SPARE_BYTES:
                raise OcsiaError("disk-filled", folder=folder, free=megabytes(free)) from error
        reason = (str(error).splitlines() or [""])[0]
        raise OcsiaError("output-not-writable", path=self._path, reason=reason) from error


def check_room(folder: Path, needed: int) -> None:
    """Refuse a job that cannot end well.

    Raises:
        OcsiaError: ``disk-full``.
    """
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise OcsiaError("disk-full", folder=folder, needed=megabytes(needed), free=megabytes(free))


def megabytes(size: int) -> int:
    """Bytes in MB, for messages."""
    return round(max(size, 0) / 1e6)
