"""Pictures of what the algorithms make of the sample town, in the styles that travel with the results.

    /usr/bin/python3 -m tools.help.results          docs/help/images/*.jpg

Runs in QGIS's Python, without a window, with the real engine.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from .pages import FOLDER, ROOT, provider

SAMPLE = ROOT / "resources" / "sample"
SIZE = (800, 600)
WHOLE, NEAR = 500.0, 150.0
"""Metres that a picture is wide."""

_OUTPUTS = {"predict": "CLASSES"}
_WIDTHS = {"vectorize": NEAR, "samplepoints": NEAR}
_OVER_IMAGE = {"vectorize", "samplepoints"}


def main() -> None:
    """Run them one after the other, and draw each result."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="ocsia-results-") as name, provider("fr"):
        import processing

        folder = Path(name)
        ortho = shutil.copy(SAMPLE / "ortho_rvb.tif", folder)
        files = {name: str(folder / file) for name, file in _FILES.items()}
        for algorithm, parameters in recipes(ortho, files).items():
            parameters[_OUTPUTS.get(algorithm, "OUTPUT")] = files[algorithm]
            processing.run(f"ocsia:{algorithm}", parameters)
            draw(algorithm, files[algorithm], ortho)


_FILES = {
    "predict": "classes.tif",
    "probabilities": "probabilities.tif",
    "argmax": "groups.tif",
    "vectorize": "polygons.gpkg",
    "ocsge": "ocsge.gpkg",
    "samplepoints": "points.gpkg",
    "neighbourhood": "neighbourhood.tif",
    "visualize": "picture.tif",
}


def recipes(ortho: str, files: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Parameters by algorithm, in the order in which they need each other."""
    classes, probabilities = files["predict"], files["probabilities"]
    return {
        "predict": {"INPUT": ortho, "PROBABILITIES": probabilities},
        "argmax": {"INPUT": probabilities, "GROUPS": "ligneux; impermeable"},
        "vectorize": {"INPUT": classes, "MIN_AREA": 10, "SIMPLIFY": 1},
        "ocsge": {"INPUT": classes},
        "samplepoints": {"INPUT": probabilities, "COUNT": 500},
        "neighbourhood": {"INPUT": probabilities, "GROUPS": "ligneux", "RADIUS": "50"},
        "visualize": {"INPUT": probabilities, "ORTHO": ortho},
    }


def draw(algorithm: str, path: str, ortho: str) -> None:
    """The middle of a result, over the image where that helps."""
    from qgis.core import QgsMapRendererSequentialJob, QgsMapSettings, QgsRasterLayer, QgsRectangle, QgsVectorLayer
    from qgis.PyQt.QtCore import QSize

    image = QgsRasterLayer(ortho)
    layer = QgsVectorLayer(path) if path.endswith(".gpkg") else QgsRasterLayer(path)
    if not layer.isValid():
        sys.exit(f"{path} is not valid")
    if algorithm == "vectorize":
        layer.setOpacity(0.6)
    settings = QgsMapSettings()
    settings.setLayers([layer, image] if algorithm in _OVER_IMAGE else [layer])
    settings.setDestinationCrs(image.crs())
    settings.setOutputSize(QSize(*SIZE))
    width = _WIDTHS.get(algorithm, WHOLE)
    middle = image.extent().center()
    settings.setExtent(QgsRectangle.fromCenterAndSize(middle, width, width * SIZE[1] / SIZE[0]))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    (FOLDER / "images").mkdir(parents=True, exist_ok=True)
    job.renderedImage().save(str(FOLDER / "images" / f"{algorithm}.jpg"), quality=80)
    print(f"{algorithm}.jpg")


if __name__ == "__main__":
    main()
