"""Annotated tiles: places where the truth is known, and what the model said there.

A vector file whose first layer, or the one named ``tiles``, holds a polygon per tile, with the fields (all optional)

    labels      class raster with the truth; a path, relative to the file
    prediction  the prediction that belongs to the tile; a path; empty: the input of the job
    unit        name of the campaign, town or department; tiles of one name count as one unit
    drawn       1 where the tile was drawn at random within the zone that holds it

Where ``labels`` is empty the truth comes from polygons: a layer ``labels`` of the same file, with the class in the
field ``ref_code``, ``numero``, ``classe`` or ``code`` (code or name). Truth and prediction are compared on the pixels
of the prediction, where both have data. Everything in a tile has to be annotated, also what is hard to tell: tiles less
than nine tenths of whose predicted surface is annotated are refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

import numpy as np
import pyogrio
import rasterio.windows
import shapely
from pyogrio.errors import DataLayerError, DataSourceError
from rasterio.enums import Resampling
from rasterio.features import rasterize
from rasterio.io import DatasetReader
from rasterio.transform import Affine
from rasterio.vrt import WarpedVRT

from ..errors import OcsiaError
from ..events import Events
from ..grid import Window
from ..jobs import SurfacesJob
from ..nomenclature import LandCoverClass
from ..ortho.checks import check_crs, open_raster
from ..products.argmax import raster_grid
from ..products.classes import Legend
from ..products.recognition import recognised_classes, recognised_probabilities
from ..products.vectorize import read_codes
from .blocks import Block, Blocks, ClassBlocks, ProbabilityBlocks
from .ellipsoid import ArealScale
from .estimators import calibration
from .estimators.zonemodel import Unit, merged
from .fractions import covered, oriented
from .measured import measured
from .points import points_unreadable
from .reference import names_of
from .zonal import Sums
from .zones import read_zones

LABELS_LAYER, TILES_LAYER = "labels", "tiles"
SETTING = "milieu"
"""Field of tiles and of zones: what kind of place it is (urban, natural...)."""

CLASS_FIELDS = ("ref_code", "numero", "classe", "code")
LEAST_ANNOTATED = 0.9
_SIDE = 512
_FITTED_PIXELS = 20_000
"""Labelled pixels that the temperature is fitted to, at most."""

_LEAST_TILES = 5
"""Tiles from which on a temperature is fitted."""


@dataclass(frozen=True)
class Tile:
    """One tile. geometry: in the CRS of the job's raster; paths are whole; prediction: empty: the job's raster;
    setting: what kind of place it is; empty: nobody says."""

    geometry: shapely.Geometry
    number: int
    labels: str
    prediction: str
    unit: str
    drawn: bool
    setting: str = ""


@dataclass(frozen=True)
class Annotated:
    """What the tiles say.

    Attributes:
        units: independent units; by_setting: those of each kind of place.
        drawn: each tile that was drawn at random, with its place.
        temperature: T of the probabilities, 1 where none was fitted; count: tiles.
    """

    units: list[Unit]
    by_setting: dict[str, list[Unit]]
    drawn: list[tuple[shapely.Geometry, Unit]]
    temperature: float
    count: int


def read_tiles(path: str, wkt: str) -> list[Tile]:
    """The tiles of a file.

    Raises:
        OcsiaError: ``vector-unreadable``, ``zones-empty``, ``geometry-invalid``, ``vector-transform``.
    """
    layer = TILES_LAYER if TILES_LAYER in layers_of(path) else 0
    zones = read_zones(path, wkt, layer)
    folder = Path(path).absolute().parent
    texts = {name: zones.texts(name) for name in ("labels", "prediction", "unit", "drawn", SETTING)}

    def place(name: str, row: int) -> str:
        return str(folder / texts[name][row]) if texts[name][row] else ""

    return [
        Tile(
            geometry,
            row,
            place("labels", row),
            place("prediction", row),
            texts["unit"][row] or f"#{row}",
            texts["drawn"][row].lower() in ("1", "1.0", "true", "oui", "yes"),
            texts[SETTING][row].lower(),
        )
        for row, geometry in enumerate(zones.geometries)
    ]


def layers_of(path: str) -> list[str]:
    """Names of the layers of a vector file. Raises: OcsiaError: ``vector-unreadable``."""
    try:
        return [str(name) for name, _ in pyogrio.list_layers(path)]
    except (DataSourceError, DataLayerError, OSError, ValueError) as error:
        raise points_unreadable(path, error) from error


def annotated(
    job: SurfacesJob, source: DatasetReader, legend: Legend, groups: Sequence[LandCoverClass], events: Events
) -> Annotated:
    """Measure the tiles of a job: errors of the model in each, and the temperature that they suggest.

    Raises:
        OcsiaError: ``tiles-outside``, ``tiles-unannotated``, ``tiles-nomenclature``, ``tiles-labels`` and what reading
            rasters and vectors raises.
    """
    path = job.tiles or ""
    tiles = read_tiles(path, source.crs.to_wkt())
    reader = _Reader(job, source, legend, groups, events)
    temperature = reader.temperature(tiles)
    units = []
    for number, tile in enumerate(tiles, start=1):
        units.append(reader.unit(tile, temperature))
        events.progress(0.2 * number / len(tiles))
    apart = [(unit, tile) for unit, tile in zip(units, tiles) if not tile.drawn]
    drawn = [(tile.geometry, unit) for unit, tile in zip(units, tiles) if tile.drawn]
    together = merged([unit for unit, _ in apart], [tile.unit for _, tile in apart])
    by_setting = {}
    for setting in sorted({tile.setting for _, tile in apart} - {""}):
        own = [(unit, tile.unit) for unit, tile in apart if tile.setting == setting]
        by_setting[setting] = merged(*zip(*own))
    return Annotated(together, by_setting, drawn, temperature, len(tiles))


class _Reader:
    """Truth and prediction, pixel by pixel, in tiles."""

    def __init__(
        self,
        job: SurfacesJob,
        source: DatasetReader,
        legend: Legend,
        groups: Sequence[LandCoverClass],
        events: Events,
    ) -> None:
        self.job, self.source, self.legend, self.groups, self.events = job, source, legend, groups, events
        self.path = job.tiles or ""
        self.place_of = np.zeros(256, np.int64)
        codes = [c.code for c in legend.classes]
        self.place_of[codes] = np.arange(1, len(codes) + 1)
        self._polygons: Optional[tuple[np.ndarray, np.ndarray, shapely.STRtree]] = None

    def temperature(self, tiles: Sequence[Tile]) -> float:
        """T fitted to labelled pixels of all tiles; 1 for class rasters and where the tiles are few."""
        if self.source.count == 1 or len(tiles) < _LEAST_TILES:
            return 1.0
        rng = np.random.default_rng(0)
        each = max(_FITTED_PIXELS // len(tiles), 1)
        p, labels = [], []
        for tile in tiles:
            found_p, found = [], []
            for block, truth, cells, _, _ in self._pieces(tile, 1.0):
                some = rng.permutation(cells)[:each]
                weight = block.weight.ravel()[some]
                found_p.append((block.values.reshape(len(block.values), -1)[:, some] * weight).T)
                found.append(truth.ravel()[some] - 1)
            if not found:
                continue
            all_p, all_labels = np.concatenate(found_p), np.concatenate(found)
            chosen = rng.permutation(len(all_labels))[:each]
            p.append(all_p[chosen])
            labels.append(all_labels[chosen])
        if not labels:
            return 1.0
        # Three digits: more are noise, and the result has to be the same on every machine.
        return round(calibration.fit_temperature(np.concatenate(p), np.concatenate(labels)), 3)

    def unit(self, tile: Tile, temperature: float) -> Unit:
        """Surfaces of a tile: truth, and what the model expects."""
        sums: Optional[Sums] = None
        truth = np.zeros(len(self.legend.classes) + 1)
        for block, labels, cells, share, ground in self._pieces(tile, temperature):
            sums = Sums(1, self._blocks) if sums is None else sums
            sums.add(0, block, ground, cells, share)
            truth += np.bincount(labels.ravel()[cells], ground.ravel()[cells] * share, len(truth))
        if sums is None:
            raise OcsiaError("tiles-outside", path=self.path, number=tile.number + 1)
        if self._annotated < LEAST_ANNOTATED * self._predicted:
            percent = round(100 * self._annotated / self._predicted)
            raise OcsiaError("tiles-unannotated", path=self.path, number=tile.number + 1, percent=percent)
        area = self._grid.dx * self._grid.dy
        said = measured(sums, self._blocks, self.legend.classes, self.groups, area)
        own = truth[1:] * area
        groups = [own[list(column.members)].sum() for column in said.columns[said.classes :]]
        return Unit(np.concatenate([own, groups]), said.likely()[0], said.doubt()[0], float(own.sum()))

    def _pieces(
        self, tile: Tile, temperature: float
    ) -> Iterator[tuple[Block, np.ndarray, np.ndarray, np.ndarray, np.ndarray]]:
        """Blocks of a tile: what the model said, place of the true class (0 = not annotated), cells that both know with
        their shares in the tile, and the surface of each pixel on the ellipsoid."""
        self._annotated = self._predicted = 0.0
        with ExitStack() as stack:
            source = self.source
            if tile.prediction:
                source = stack.enter_context(open_raster(tile.prediction))
                check_crs(source.crs, tile.prediction)
            self._grid = grid = raster_grid(source, tile.prediction or self.job.input)
            self._blocks = self._blocks_of(source, tile, temperature)
            truth = self._truth(tile, source, stack)
            polygon = self._moved(tile.geometry, source)
            pixels = shapely.transform(polygon, lambda xy: (xy - [grid.x, grid.y]) / [grid.dx, grid.dy])
            pixels = oriented(np.array([pixels], object))[0]
            scale = ArealScale(source.crs.to_wkt(), grid.bounds)
            for window in _windows(pixels, source):
                self.events.check()
                cells, share = covered(pixels, window)
                if not len(cells):
                    continue
                block, labels = self._blocks.read(window), truth(window)
                x = grid.x + (window.col + np.arange(window.width) + 0.5) * grid.dx
                y = grid.y - (window.row + np.arange(window.height) + 0.5) * grid.dy
                ground = np.ascontiguousarray(1 / scale.over(x, y))
                said = block.choice.ravel()[cells] > 0
                self._predicted += float(share[said].sum())
                both = said & (labels.ravel()[cells] > 0)
                self._annotated += float(share[both].sum())
                if both.any():
                    yield block, labels, cells[both], share[both], ground

    def _blocks_of(self, source: DatasetReader, tile: Tile, temperature: float) -> Blocks:
        path = tile.prediction or self.job.input
        if source.count != self.source.count:
            params = {"path": path, "wanted": self.legend.nomenclature.id, "found": f"{source.count}"}
            raise OcsiaError("tiles-nomenclature", **params)
        if source.count == 1:
            own = self.job.nomenclature, self.job.base, self.job.lang, Events()
            legend, base = recognised_classes(source, path, *own)
            self._same(legend, path)
            return ClassBlocks(source, base)
        if source is not self.source:
            self._same(recognised_probabilities(source, path, self.job.nomenclature, Events()), path)
        return ProbabilityBlocks(source, self.legend, self.groups, temperature)

    def _same(self, legend: Legend, path: str) -> None:
        if legend.nomenclature.id != self.legend.nomenclature.id:
            params = {"path": path, "wanted": self.legend.nomenclature.id, "found": legend.nomenclature.id}
            raise OcsiaError("tiles-nomenclature", **params)

    def _moved(self, polygon: shapely.Geometry, source: DatasetReader) -> shapely.Geometry:
        if source.crs == self.source.crs:
            return polygon
        import pyproj

        change = pyproj.Transformer.from_crs(self.source.crs, source.crs, always_xy=True)
        return shapely.transform(polygon, change.transform, interleaved=False)

    def _truth(self, tile: Tile, source: DatasetReader, stack: ExitStack) -> Any:
        """A function that gives the place of the true class of each pixel of a window, int64 (H, W)."""
        if not tile.labels:
            return lambda window: self.place_of[self._burnt(window, source)]
        labels = stack.enter_context(open_raster(tile.labels))
        legend, base = recognised_classes(labels, tile.labels, "", "auto", self.job.lang, Events())
        self._same(legend, tile.labels)
        options = {"crs": source.crs, "transform": source.transform, "width": source.width, "height": source.height}
        aligned = stack.enter_context(WarpedVRT(labels, resampling=Resampling.nearest, nodata=labels.nodata, **options))

        def read(window: Window) -> np.ndarray:
            part = rasterio.windows.Window(window.col, window.row, window.width, window.height)
            return self.place_of[read_codes(aligned, part, base)]

        return read

    def _burnt(self, window: Window, source: DatasetReader) -> np.ndarray:
        """Codes of the polygons of the layer ``labels``, uint8 (H, W); 0 = none."""
        if self._polygons is None:
            self._polygons = self._read_polygons()
        polygons, codes, tree = self._polygons
        transform = source.transform * Affine.translation(window.col, window.row)
        x, y = transform @ (0, 0), transform @ (window.width, window.height)
        box = shapely.box(min(x[0], y[0]), min(x[1], y[1]), max(x[0], y[0]), max(x[1], y[1]))
        met = np.sort(tree.query(box, predicate="intersects"))
        shape = (window.height, window.width)
        if not len(met):
            return np.zeros(shape, np.uint8)
        shapes = [(polygons[i], int(codes[i])) for i in met.tolist()]
        return rasterize(shapes, shape, transform=transform, dtype="uint8")

    def _read_polygons(self) -> tuple[np.ndarray, np.ndarray, shapely.STRtree]:
        if LABELS_LAYER not in layers_of(self.path):
            raise OcsiaError("tiles-labels", path=self.path)
        zones = read_zones(self.path, self.source.crs.to_wkt(), LABELS_LAYER)
        fields = {name.lower(): values for name, (values, _) in zones.attributes.items()}
        field = next((name for name in CLASS_FIELDS if name in fields), None)
        if field is None:
            raise OcsiaError("tiles-labels", path=self.path)
        by_name = names_of(self.legend.nomenclature)
        known = {c.code for c in self.legend.classes}
        codes = [by_name.get(str(v).strip().lower()) or _number(v) for v in fields[field].tolist()]
        odd = sorted({str(v) for v, code in zip(fields[field].tolist(), codes) if code not in known})
        if odd:
            raise OcsiaError("points-codes", path=self.path, values=", ".join(odd[:10]))
        return zones.geometries, np.array(codes), shapely.STRtree(zones.geometries)


def tiles_in(zone: shapely.Geometry, drawn: Sequence[tuple[shapely.Geometry, Unit]]) -> list[Unit]:
    """Drawn tiles most of which lie in a zone."""
    return [unit for tile, unit in drawn if zone.intersection(tile).area > 0.5 * tile.area]


def _windows(polygon: shapely.Geometry, source: DatasetReader) -> Iterator[Window]:
    west, south, east, north = shapely.bounds(polygon)
    left, right = max(int(np.floor(west)), 0), min(int(np.ceil(east)), source.width)
    top, bottom = max(int(np.floor(-north)), 0), min(int(np.ceil(-south)), source.height)
    for row in range(top, bottom, _SIDE):
        for column in range(left, right, _SIDE):
            yield Window(column, row, min(_SIDE, right - column), min(_SIDE, bottom - row))


def _number(value: Any) -> Optional[int]:
    try:
        return int(float(value))
    except (TypeError, ValueError):
        return None
