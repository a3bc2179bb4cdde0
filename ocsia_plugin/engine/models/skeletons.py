"""The skeletons that the project ships: graphs of known architectures without their weights.

``tools/make_skeletons.py`` makes them. A skeleton is two files in ``resources/models/skeletons``: the graph, and the
facts of strict loading. Both are the project's own, so that they are trusted as its code is.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Optional, Union

from ..paths import data_folder

Shape = tuple[Union[int, str], ...]
"""Of a weight; ``bands`` and ``classes`` stand for what the checkpoint decides."""


@dataclass(frozen=True)
class Skeleton:
    """An architecture.

    Attributes:
        id: name of its files; title: for people.
        family: ``smp`` (segmentation-models-pytorch) or ``odeon``: who defined it.
        first: key of the weights that see the bands.
        head: key, less ``.weight`` and ``.bias``, of the convolution that makes the classes.
        stride: H and W of the image are multiples of it.
        fixed: the result depends on the size of the tile.
        aliases: tensors that a file holds twice: (beginning of the key, beginning of the key that it repeats).
        unused: beginnings of keys that a file holds for nothing.
        parameters: shape of each weight by its key.
        made: the graph of one that the project does not ship; None: it does.
    """

    id: str
    title: str
    family: str
    first: str
    head: str
    stride: int
    fixed: bool
    aliases: tuple[tuple[str, str], ...]
    unused: tuple[str, ...]
    parameters: Mapping[str, Shape]
    made: Optional[bytes] = None

    def graph(self) -> bytes:
        """The ONNX graph, which ``fill`` completes."""
        return self.made or gzip.decompress((_folder() / f"{self.id}.onnx.gz").read_bytes())


@cache
def skeletons() -> tuple[Skeleton, ...]:
    """All of them, by id."""
    return tuple(_read(path) for path in sorted(_folder().glob("*.json.gz")))


def _read(path: Path) -> Skeleton:
    content = json.loads(gzip.decompress(path.read_bytes()))
    aliases = tuple((alias, target) for alias, target in content.pop("aliases"))
    parameters = {key: tuple(shape) for key, shape in content.pop("parameters").items()}
    unused = tuple(content.pop("unused"))
    return Skeleton(path.name[: -len(".json.gz")], aliases=aliases, unused=unused, parameters=parameters, **content)


def _folder() -> Path:
    return data_folder("resources") / "models" / "skeletons"
