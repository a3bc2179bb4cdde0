"""One dalle: strip by strip into files that outlive the process, then laid out as its products."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import numpy as np

from ..errors import OcsiaError
from ..events import Events
from ..grid import BLOCK, Window, ceil_to, tiles
from ..jobs import DallesJob, VectorizeJob
from ..models.catalogue import find_model
from ..ortho.opening import OrthoSources
from ..ortho.reader import OrthoReader, result_grid
from ..ortho.where import Where
from ..products.disk import check_room
from ..products.mosaic import Placed, write_mosaic
from ..products.origin import model_tags
from ..products.rasters import BlockFile, RasterKind, lay_out
from ..products.sizes import block_bytes, file_bytes
from ..products.vectorize import run as vectorize
from ..products.workspace import RESUMABLE, Workspace
from ..runtime.session import OnnxSession
from ..stream import Delivery, delivery_of, stream
from ..tiling import Phase
from .plan import Dalle, result_gsd, settled_core

_STRIP = 3 * BLOCK
"""Rows, at least, that are lost when the process is killed."""

_STREAM_SHARE = 0.9
_RASTERS = {"probabilities": "PROBABILITIES", "classes": "CLASSES", "confidence": "CONFIDENCE"}


@cache
def session_of(model: str, device: str, processes: int) -> OnnxSession:
    """One session for all dalles that this process computes, ``processes`` of which share the machine."""
    return OnnxSession(find_model(model), device, Events(), processes)


def compute(job: DallesJob, dalle: Dalle, events: Events, progress: Callable[[float], None]) -> bool:
    """Compute what is missing of a dalle.

    Args:
        progress: told the share of the dalle that is done.

    Returns:
        False where no pixel of it has data: then no file is written.

    Raises:
        OcsiaError: what makes it impossible.
        Cancelled: the user asked to stop; finished strips stay.
    """
    folder = Path(job.output) / RESUMABLE / dalle.name
    rasters = {_RASTERS[product]: path for product, path in dalle.files.items() if product in _RASTERS}
    if not all(os.path.exists(path) for path in rasters.values()):
        folder.mkdir(parents=True, exist_ok=True)
        if not _rasters(job, dalle, folder, rasters, events, progress):
            shutil.rmtree(folder, ignore_errors=True)
            return False
    if "vectors" in dalle.files and not os.path.exists(dalle.files["vectors"]):
        inner = Events()
        inner.cancel = events.cancel
        vectorize(VectorizeJob(lang=job.lang, input=dalle.files["classes"], output=dalle.files["vectors"]), inner)
    shutil.rmtree(folder, ignore_errors=True)
    return True


def _rasters(
    job: DallesJob,
    dalle: Dalle,
    folder: Path,
    finals: dict[str, str],
    events: Events,
    progress: Callable[[float], None],
) -> bool:
    card = find_model(job.model)
    gsd = result_gsd(job)
    grid = dalle.grid(gsd)
    core = settled_core(job)
    with ExitStack() as stack:
        where = Where(job)
        sources = stack.enter_context(OrthoSources(job))
        try:
            reader = OrthoReader(sources, card.bands, card.fill, gsd, card.id, where, job.crs, grid)
            where.keep_to(result_grid(sources.image, gsd, job.crs)[1].bounds)
            cores = where.planned(grid, tiles(*grid.size, *core), reader.path)
        except OcsiaError as error:
            if error.code in ("sources-apart", "mask-outside", "extent-outside"):
                return False
            raise
        delivery = delivery_of(card, job.nomenclature, job.lang, Events())
        tags = reader.tags | model_tags(card, job.lang)
        kinds = {name: kind for name, kind in delivery.kinds(job.lang, tags).items() if name in finals}
        strips = Strips(folder, reader, kinds, core[1])
        missing = [core for core in cores if not strips.is_done(strips.number_of(core))]
        _check_room(job, missing, kinds)
        # The lattice of the territory, whose cells every dalle shares.
        phase = Phase(round(grid.x / gsd), round(-grid.y / gsd))
        session = session_of(job.model, job.device, job.local or 1)
        total, before = max(pixels_in(cores), 1), pixels_in(cores) - pixels_in(missing)
        for number in range(len(strips.windows)):
            if not strips.is_done(number):
                inside = [core for core in missing if strips.number_of(core) == number]
                with strips.writing(number, delivery) as files:
                    for share in stream(inside, reader, where, session, files.write, events, phase):
                        progress(_STREAM_SHARE * (before + share * pixels_in(inside)) / total)
                before += pixels_in(inside)
            events.check()
        session.release()
        if not strips.any_pixel():
            return False
        workspace = stack.enter_context(Workspace("", finals.values(), job.files))
        for name, final in finals.items():
            source, masked = strips.mosaic(name)
            lay_out(source, workspace.stage(final), kinds[name], job.compression, masked=masked)
            events.check()
        workspace.commit()
    return True


def pixels_in(windows: list[Window]) -> int:
    """Of all of them together."""
    return sum(window.width * window.height for window in windows)


def _check_room(job: DallesJob, cores: list[Window], kinds: dict[str, RasterKind]) -> None:
    """Room for what is still to be computed of a dalle: its strips, and the files that they become."""
    pixels = pixels_in(cores)
    needed = [size(name, pixels, kind.count) for name, kind in kinds.items() for size in (block_bytes, file_bytes)]
    check_room(Path(job.output), int(sum(needed)))


class Strips:
    """The strips of one dalle, each in files of its own, and a note when all of them are whole.

    Args:
        folder: of the unfinished dalle.
        reader: whose grid is that of the dalle.
        kinds: the products, by name.
        core_height: rows that one inference delivers.
    """

    def __init__(self, folder: Path, reader: OrthoReader, kinds: dict[str, RasterKind], core_height: int) -> None:
        self._folder, self._reader, self._kinds = folder, reader, kinds
        width, height = reader.grid.size
        aligned = core_height % BLOCK == 0 or BLOCK % core_height == 0
        rows = ceil_to(_STRIP, max(core_height, BLOCK)) if aligned else height
        self.windows = list(tiles(width, height, width, rows))

    def number_of(self, core: Window) -> int:
        """Which strip a core lies in."""
        return core.row // self.windows[0].height

    def is_done(self, number: int) -> bool:
        """Whether a strip is whole."""
        return self._note(number).exists()

    def writing(self, number: int, delivery: Delivery) -> StripFiles:
        """A context that takes the blocks of a strip; left without an error, the strip is whole."""
        window = self.windows[number]
        grid, crs = self._reader.grid.part(window), self._reader.crs
        files = {name: BlockFile(self._path(number, name), kind, grid, crs) for name, kind in self._kinds.items()}
        return StripFiles(files, window.row, delivery, self._note(number))

    def any_pixel(self) -> bool:
        """Whether some pixel has data."""
        return any(self._read(number)["any_pixel"] for number in range(len(self.windows)))

    def mosaic(self, name: str) -> tuple[Path, bool]:
        """A virtual raster of all strips of a product, and whether some pixel has no data that only a mask tells."""
        target = self._folder / f"{name.lower()}.vrt"
        placed = [Placed(self._path(k, name), 0, window.row) for k, window in enumerate(self.windows)]
        write_mosaic(target, placed, *self._reader.grid.size)
        return target, any(name in self._read(number)["masked"] for number in range(len(self.windows)))

    def _path(self, number: int, name: str) -> Path:
        return self._folder / f"{number:03}.{name.lower()}.tif"

    def _note(self, number: int) -> Path:
        return self._folder / f"{number:03}.json"

    def _read(self, number: int) -> dict:
        return json.loads(self._note(number).read_text(encoding="utf-8"))


class StripFiles:
    """The files of a strip under way.

    Args:
        files: by name of the product.
        top: row of the dalle at which the strip begins.
        delivery: from probabilities to blocks.
        note: to write when all is whole.
    """

    def __init__(self, files: dict[str, BlockFile], top: int, delivery: Delivery, note: Path) -> None:
        self._files, self._top, self._delivery, self._note = files, top, delivery, note
        self._any_pixel = False

    def write(self, core: Window, probabilities: np.ndarray, wanted: np.ndarray) -> None:
        """Write one core of the dalle."""
        place = Window(core.col, core.row - self._top, core.width, core.height)
        self._any_pixel |= self._delivery.write(self._files, place, probabilities, wanted)

    def __enter__(self) -> StripFiles:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is not None:
            for file in self._files.values():
                file.close()
            return
        for file in self._files.values():
            file.finish()
            _flush(file.path)
        masked = [name for name, file in self._files.items() if file.masked]
        unfinished = self._note.with_suffix(".part")
        unfinished.write_text(json.dumps({"any_pixel": self._any_pixel, "masked": masked}), encoding="utf-8")
        _flush(unfinished)
        os.replace(unfinished, self._note)


def _flush(path: Path) -> None:
    """Onto the disk: a note must not survive a power cut that its files do not."""
    with open(path, "rb+") as handle:
        os.fsync(handle.fileno())
