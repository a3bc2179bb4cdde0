"""Windows on the disk, kept from one run to the next: what was fetched once is not fetched again for a while."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QStandardPaths

VARIABLE = "OCSIA_CACHE"
"""Names another folder than the user's cache: for servers and tests."""
SETTING = "ocsia/cache_mb"
_DEFAULT_MB = 4000
_KEPT_SECONDS = 30 * 86_400
"""A service's images change; what was fetched longer ago is fetched anew."""


def cache_root() -> Path:
    """The folder of all windows."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericCacheLocation)
    return Path(place) / "ocsia" / "windows"


def cache_limit() -> int:
    """How many bytes the windows may take between two runs."""
    megabytes = QgsSettings().value(SETTING, _DEFAULT_MB)
    try:
        return int(float(megabytes) * 1e6)
    except (TypeError, ValueError):
        return int(_DEFAULT_MB * 1e6)


def folder_of(key: Mapping[str, Any]) -> Path:
    """Where the windows lie that ``key`` describes: service, layer, grid. Its name tells nothing of them.

    Raises:
        OSError: it cannot be made.
    """
    digest = hashlib.sha256(json.dumps(key, sort_keys=True).encode()).hexdigest()[:20]
    folder = cache_root() / digest
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def is_here(path: Path) -> bool:
    """Whether a window is in the cache and not too old; if so, it counts as used now."""
    try:
        written = path.stat().st_mtime
        if time.time() - written > _KEPT_SECONDS:
            path.unlink()
            return False
        os.utime(path, (time.time(), written))
        return True
    except OSError:
        return False


def trim(limit: int, keep: Collection[Path] = ()) -> None:
    """Remove windows that are too old, then those that were used the longest ago, until ``limit`` bytes are left.

    Args:
        keep: windows that a run is about to read.
    """
    files: list[tuple[float, int, Path]] = []
    left = 0
    kept = set(keep)
    now = time.time()
    for path in cache_root().glob("*/*"):
        with suppress(OSError):
            status = path.stat()
            if path.suffix == ".part" and now - status.st_mtime > 3600:
                path.unlink()  # of a run that died
            elif path.suffix == ".tif" and path not in kept and now - status.st_mtime > _KEPT_SECONDS:
                path.unlink()
            elif path.suffix == ".tif":
                files.append((status.st_atime, status.st_size, path))
                left += status.st_size
    for _, size, path in sorted(files, key=lambda file: file[:2]):
        if left <= limit:
            break
        if path not in kept:
            with suppress(OSError):
                path.unlink()
                left -= size
    for folder in cache_root().glob("*"):
        with suppress(OSError):  # not empty
            folder.rmdir()
