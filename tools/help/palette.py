"""Small files of pictures: PNG in at most 256 colours of their own, JPEG for maps."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from qgis.PyQt.QtGui import QImage

COLOURS = 256
JPEG_QUALITY = 80


def save(image: QImage, path: Path) -> None:
    """Write a picture; the same pixels make the same bytes. Raises: OSError: it cannot be written."""
    small = path.suffix == ".png"
    # Qt's own way to 256 colours is a fixed cube of 216: a thin line of light grey (#dddddd) is lost in its white.
    written = (few_colours(image) if small else image).save(str(path), quality=0 if small else JPEG_QUALITY)
    if not written:
        raise OSError(f"{path} cannot be written.")


def few_colours(image: QImage) -> QImage:
    """The picture in the 256 colours that it has most of; each of the others becomes the nearest of these."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    width, height = image.width(), image.height()
    pixels = np.frombuffer(image.constBits().asarray(image.sizeInBytes()), np.uint32)
    colours, index, counts = np.unique(pixels & 0xFFFFFF, return_inverse=True, return_counts=True)
    rgb = np.stack([colours >> shift & 0xFF for shift in (16, 8, 0)], axis=1).astype(np.int64)
    most = np.sort(np.argsort(-counts, kind="stable")[:COLOURS])
    nearest = np.array([np.square(rgb[most] - one).sum(axis=1).argmin() for one in rgb], np.uint8)[index]
    # The rows of a QImage begin at multiples of four bytes unless it is told how long they are.
    indexed = QImage(nearest.tobytes(), width, height, width, QImage.Format.Format_Indexed8)
    indexed.setColorTable([0xFF000000 | int(colour) for colour in colours[most]])
    return indexed.copy()
