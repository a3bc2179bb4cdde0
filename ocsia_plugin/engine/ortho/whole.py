"""Is a raster file all there? Its header does not tell: a cut download opens like any other."""

from __future__ import annotations

import struct
from pathlib import Path

import rasterio.windows
from rasterio.errors import RasterioError
from rasterio.io import DatasetReader

from ..errors import OcsiaError, because

_JP2 = b"\x00\x00\x00\x0cjP  \r\n\x87\n"
_CODESTREAM_END = b"\xff\xd9"


def check_whole(dataset: DatasetReader, path: str) -> None:
    """Refuse a file that breaks off.

    The last pixel is read; of a JPEG 2000 only the boxes, because decoders make up what is missing.

    Raises:
        OcsiaError: ``raster-unreadable``.
    """
    if dataset.driver.startswith("JP2"):
        whole = _jp2_is_whole(Path(path))
    else:
        corner = rasterio.windows.Window(dataset.width - 1, dataset.height - 1, 1, 1)
        try:
            dataset.read(window=corner)
            whole = True
        except RasterioError:
            whole = False
    if not whole:
        raise OcsiaError("raster-unreadable", path=path, reason=because("why-truncated"))


def _jp2_is_whole(path: Path) -> bool:
    """Whether the boxes of a JP2 file (ISO 15444-1, annex I) all end in it, and the codestream with its marker."""
    if not path.is_file():  # inside an archive
        return True
    size, place = path.stat().st_size, 0
    with open(path, "rb") as file:
        if file.read(len(_JP2)) != _JP2:  # a bare codestream
            return _ends_in_marker(file, size)
        while place + 8 <= size:
            file.seek(place)
            length, kind = struct.unpack(">I4s", file.read(8))
            if length == 1:
                extended = file.read(8)
                length = struct.unpack(">Q", extended)[0] if len(extended) == 8 else size + 1
            end = size if length == 0 else place + length
            if end > size or (length not in (0, 1) and length < 8):
                return False
            if kind == b"jp2c" and not _ends_in_marker(file, end):
                return False
            place = end
    return place == size


def _ends_in_marker(file: object, end: int) -> bool:
    file.seek(end - 2)  # type: ignore[attr-defined]
    return file.read(2) == _CODESTREAM_END  # type: ignore[attr-defined]
