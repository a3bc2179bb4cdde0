"""Small files of pictures: PNG in a few colours of their own for windows and charts, JPEG for maps."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from qgis.PyQt.QtGui import QImage

COLOURS = 64
"""Enough for a window or a chart with smooth letters."""
JPEG_QUALITY = 75


def save(image: QImage, path: Path) -> None:
    """Write a picture; the same pixels make the same bytes. Raises: OSError: it cannot be written."""
    small = path.suffix == ".png"
    # Qt's own way to 256 colours is a fixed cube of 216: a thin line of light grey (#dddddd) is lost in its white.
    written = (few_colours(image) if small else image).save(str(path), quality=0 if small else JPEG_QUALITY)
    if not written:
        raise OSError(f"{path} cannot be written.")


def few_colours(image: QImage) -> QImage:
    """The picture in some of its own colours; each of the others becomes the nearest of these.

    The next one taken is always that whose loss would be the greatest: its pixels times the squared distance to the
    nearest one that is there. So a small red icon keeps its red among a hundred greys.
    """
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    width, height = image.width(), image.height()
    pixels = np.frombuffer(image.constBits().asarray(image.sizeInBytes()), np.uint32)
    colours, index, counts = np.unique(pixels & 0xFFFFFF, return_inverse=True, return_counts=True)
    rgb = np.stack([colours >> shift & 0xFF for shift in (16, 8, 0)], axis=1).astype(np.int64)
    taken = [int(counts.argmax())]
    nearest, loss = np.zeros(len(rgb), np.uint8), np.square(rgb - rgb[taken[0]]).sum(axis=1)
    while len(taken) < COLOURS and loss.any():
        taken.append(int((loss * counts).argmax()))
        distance = np.square(rgb - rgb[taken[-1]]).sum(axis=1)
        nearest[distance < loss] = len(taken) - 1
        loss = np.minimum(loss, distance)
    # The rows of a QImage begin at multiples of four bytes unless it is told how long they are.
    indexed = QImage(nearest[index].tobytes(), width, height, width, QImage.Format.Format_Indexed8)
    indexed.setColorTable([0xFF000000 | int(colour) for colour in colours[taken]])
    return indexed.copy()
