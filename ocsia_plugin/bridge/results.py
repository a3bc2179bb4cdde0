"""What QGIS is told about finished files that it will load: names, styles, origin, and one group for each run.

The styles travel with the data (a ``.qml`` beside each raster, a table inside each GeoPackage), so that they are there
as well where QGIS runs no post-processor: in a model's children and under ``qgis_process``.
"""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Optional

from qgis.core import (
    QgsLayerTreeGroup,
    QgsLayerTreeLayer,
    QgsLayerTreeNode,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingUtils,
    QgsProject,
    QgsRasterLayer,
    QgsSettings,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication

from ..engine.products.origin import MODEL, NOTICE, credited, summary
from .looks import add_looks, tags_of
from .messages import language

_RUN = "ocsia/run"
_RANK = "ocsia/rank"
PREVIEW = "ocsia/preview"
"""Marks the group of the previews."""

_RESULTS_GROUP = "Processing/Configuration/RESULTS_GROUP_NAME"
"""Processing's own setting: the group that all results go into. Empty: above the layer that happens to be current."""
_FROM_THE_TOP = (
    "POLYGONS", "VERDICTS", "VECTORS", "FLOWS", "OUTPUT", "DETAIL", "CLASSES", "CONFIDENCE", "PROBABILITIES",
)  # fmt: skip
"""Outputs in the order of their layers; others, tables among them, lie below."""

_RESULT_TITLE = re.compile(r"[^()]+ \((?P<subject>.+)\)( – \w+)?$")


@dataclass(frozen=True)
class Output:
    """A finished file.

    Attributes:
        name: of the parameter; path: of the file.
        title: of the layer; default_title: the one that Processing gives by itself. Another one was chosen by the
            user, or by a model's author, and stays.
    """

    name: str
    path: str
    title: str
    default_title: str


def announce(
    outputs: Iterable[Output], sources: Sequence[str], image: str, title: str, context: QgsProcessingContext
) -> None:
    """Prepare the layers that QGIS will make of the files of one run, those that it loads at all.

    Args:
        sources: of the layers that they were made of; the first, a raster, may say where it comes from.
        image: what that one is called; title: of the algorithm. Several layers get a group that is called after both.
    """
    outputs, tags = list(outputs), tags_of(sources[0])
    steps = filter(None, map(_step, sources))
    sources = [*sources, *(source for step in steps for source in step.sources)]
    temporary = [o.path for o in outputs if o.path.startswith(QgsProcessingUtils.tempFolder())]
    _STEPS.update({os.path.abspath(path): _Step(image, sources) for path in temporary})
    loaded = [output for output in outputs if context.willLoadLayerOnCompletion(output.path)]
    _KEPT[:] = [processor for processor in _KEPT if not sip.isdeleted(processor)]
    run = _run_of(context) or Run(sources, image)
    for output in loaded:
        details = context.layerToLoadOnCompletionDetails(output.path)
        origin = {**tags, **tags_of(output.path)}
        if details.name in ("", output.default_title):
            _call(details, output.title, origin)
        run.titles.append(title)
        _KEPT.append(_Finish(output, origin, run))
        details.setPostProcessor(_KEPT[-1])


def entitle(title: str, names: Mapping[str, str], context: QgsProcessingContext) -> None:
    """Call the layers of a ready-made model after the image as well, and their group after the model.

    Args:
        names: title of each output by the name that its layer has in the file of the model.
    """
    for path in context.layersToLoadOnCompletion():
        details = context.layerToLoadOnCompletionDetails(path)
        finish = details.postProcessor()
        if isinstance(finish, _Finish) and details.name in names:
            finish.run.titles[:] = [title] * len(finish.run.titles)
            _call(details, f"{names[details.name]} ({finish.run.image})", finish.origin)


def _call(details: QgsProcessingContext.LayerDetails, title: str, origin: Mapping[str, str]) -> None:
    details.name = _tr("{title} – learning").format(title=title) if origin.get(NOTICE) else title
    # By default QGIS would call the layer like its file: neither the image nor the warning would show.
    details.forceName = True


def _run_of(context: QgsProcessingContext) -> Optional[Run]:
    """That of an earlier step of a graphical model: they share the context."""
    for details in context.layersToLoadOnCompletion().values():
        if isinstance(details.postProcessor(), _Finish):
            return details.postProcessor().run
    return None


def subject(name: str, path: str) -> str:
    """What a run on a raster is called after: the image itself, where the raster is a result that is called after it.

    Args:
        name, path: of the raster's layer; ``Classes (town) – learning`` stands for ``town``.
    """
    step = _step(path)
    if step is not None:
        return step.image
    called_after = _RESULT_TITLE.match(name)
    return called_after["subject"] if called_after and tags_of(path).get(MODEL) else name


@dataclass(frozen=True)
class _Step:
    """What a temporary result was made of: name of the image, sources of layers."""

    image: str
    sources: Sequence[str]


_STEPS: dict[str, _Step] = {}
"""By path, those of this session: the later steps of a graphical model read them, and are called after the image."""


def _step(path: str) -> Optional[_Step]:
    return _STEPS.get(os.path.abspath(path))  # QGIS writes / on Windows as well


class Run:
    """Where the layers of one run lie: several of them in a group of their own, at the top level of the tree, right
    above the layers that they were made of, or on top of everything where none of these is in the project.

    Not where QGIS lays them, above the current layer: its group may be another run's, or show one layer at a time.

    Args:
        sources: of the layers that the run began with.

    Attributes:
        image: name of the first of these, a raster.
        titles: of the algorithm that made each of the layers.
    """

    def __init__(self, sources: Sequence[str], image: str) -> None:
        self._sources, self.image = sources, image
        self.titles: list[str] = []
        self._id = uuid.uuid4().hex

    def place(self, layer: QgsMapLayer, rank: int, project: QgsProject) -> None:
        """Move a layer to its place; in the group, the lower the rank the higher."""
        node = project.layerTreeRoot().findLayer(layer.id())
        if node is None or node.customProperty(_RANK) is not None:
            return  # the latter: the layer of an earlier run, whose file was written again
        parent, place = self._place(node)
        if len(self.titles) > 1:
            parent = self._group(parent, place)
            ranks = [child.customProperty(_RANK) for child in parent.children()]
            place = max((i for i, other in enumerate(ranks, 1) if other is not None and int(other) <= rank), default=0)
        moved = node.clone()
        moved.setCustomProperty(_RANK, rank)
        moved.setExpanded(False)
        parent.insertChildNode(place, moved)
        # Only now: a layer that is nowhere in the tree leaves the project.
        node.parent().removeChildNode(node)
        if len(self.titles) > 1:
            parent.setExpanded(False)  # the tree folds groups that come empty, and hears of changes only
            parent.setExpanded(True)

    def _place(self, node: QgsLayerTreeNode) -> tuple[QgsLayerTreeGroup, int]:
        """Group and place for the group of the run, or for its only layer."""
        wanted = QgsSettings().value(_RESULTS_GROUP) or ""
        if wanted and node.parent().name() == wanted:
            return node.parent(), 0
        root = node
        while root.parent() is not None:
            root = root.parent()
        made_of = [other for other in root.findLayers() if other is not node and self._beneath(other)]
        return root, root.children().index(_at_top_level(made_of[0])) if made_of else 0

    def _beneath(self, node: QgsLayerTreeLayer) -> bool:
        """Whether it is a layer that the run began with, or a preview of one."""
        layer = node.layer()
        previewed = node.parent().customProperty(PREVIEW) is not None
        return previewed or (layer is not None and any(_same_file(layer.source(), of) for of in self._sources))

    def _group(self, parent: QgsLayerTreeGroup, place: int) -> QgsLayerTreeGroup:
        """That of the run; made, where this is its first layer."""
        for group in parent.findGroups():
            if group.customProperty(_RUN) == self._id:
                return group
        titles = set(self.titles)
        name = f"{self.image} – {titles.pop()}" if len(titles) == 1 else self.image
        group = parent.insertGroup(place, name)
        group.setCustomProperty(_RUN, self._id)
        return group


def _at_top_level(node: QgsLayerTreeNode) -> QgsLayerTreeNode:
    while node.parent().parent() is not None:
        node = node.parent()
    return node


def _same_file(one: str, other: str) -> bool:
    return one == other or (os.path.exists(one) and os.path.realpath(one) == os.path.realpath(other))


class _Finish(QgsProcessingLayerPostProcessorInterface):
    """Gives a layer the style that came with its data, which Processing does not load, and its place."""

    def __init__(self, output: Output, origin: dict[str, str], run: Run) -> None:
        super().__init__()
        self._output, self.origin, self.run = output, origin, run

    def postProcessLayer(
        self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        layer.loadDefaultStyle()
        _describe(layer, self.origin)
        add_looks(layer, self._output.name, self.origin)
        layer.triggerRepaint()
        project = context.project() if context is not None else None
        if project is not None:
            names = (*_FROM_THE_TOP, self._output.name)
            # Steps of a graphical model have outputs of one name: a raster must not hide polygons.
            rank = 2 * names.index(self._output.name) + isinstance(layer, QgsRasterLayer)
            self.run.place(layer, rank, project)


def _describe(layer: QgsMapLayer, origin: dict[str, str]) -> None:
    """The origin in the layer's metadata, where the project keeps it."""
    text, metadata = summary(origin, language()), layer.metadata()
    if not text:
        return
    if text not in metadata.abstract():  # a GeoPackage says it itself
        metadata.setAbstract("\n".join(filter(None, (metadata.abstract(), text))))
    metadata.setRights(credited(origin))
    layer.setMetadata(metadata)


_KEPT: list[_Finish] = []
"""The context deletes each processor with itself, so each layer needs its own; the Python half lives only as long
as something in Python holds it."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("OcsiaResults", text)
