"""What QGIS is told about finished files that it will load: names, styles, origin, and one group for each run.

The styles travel with the data (a ``.qml`` beside each raster, a table inside each GeoPackage), so that they are there
as well where QGIS runs no post-processor: in a model's children and under ``qgis_process``.
"""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qgis.core import (
    QgsLayerTreeGroup,
    QgsLayerTreeNode,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProject,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication

from ..engine.products.origin import IMAGE, MODEL, NOTICE, credited, summary
from .looks import add_looks, tags_of
from .messages import language

_RUN = "ocsia/run"
_RANK = "ocsia/rank"
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


def announce(outputs: Iterable[Output], source: str, group: str, context: QgsProcessingContext) -> None:
    """Prepare the layers that QGIS will make of the files of one run, those that it loads at all.

    Args:
        source: raster that they were made of, which may say where it comes from.
        group: name of the group that several layers get.
    """
    loaded = [output for output in outputs if context.willLoadLayerOnCompletion(output.path)]
    run = Run(group if len(loaded) > 1 else "", tags_of(source))
    _KEPT[:] = [processor for processor in _KEPT if not sip.isdeleted(processor)]
    for output in loaded:
        details = context.layerToLoadOnCompletionDetails(output.path)
        origin = {**run.tags, **tags_of(output.path)}
        if details.name in ("", output.default_title):
            details.name = _marked(output.title, origin)
            # By default QGIS would call the layer like its file: neither the image nor the warning would show.
            details.forceName = True
        _KEPT.append(_Finish(output, origin, run))
        details.setPostProcessor(_KEPT[-1])


def rename(path: str, given: str, title: str, context: QgsProcessingContext) -> None:
    """Call the layer of a step of a graphical model by a title; where it is not called ``given``, it stays as it is."""
    if not context.willLoadLayerOnCompletion(path):
        return
    details = context.layerToLoadOnCompletionDetails(path)
    if details.name == given and isinstance(details.postProcessor(), _Finish):
        details.name, details.forceName = _marked(title, details.postProcessor().origin), True


def subject(name: str, path: str) -> str:
    """What a run on a raster is called after: the image itself, where the raster is a result that is called after it.

    Args:
        name, path: of the raster's layer; ``Classes (town) – learning`` stands for ``town``. One that has no name but
            its file's, as between the steps of a graphical model, says itself of which image it is.
    """
    tags, titled = tags_of(path), _RESULT_TITLE.match(name)
    if not tags.get(MODEL):
        return name
    if titled:
        return titled["subject"]
    return tags.get(IMAGE, name) if name == os.path.splitext(os.path.basename(path))[0] else name


class Run:
    """What the layers of one run have in common.

    Args:
        group: name of their group; empty: they have none.
        tags: of the raster that they were made of.
    """

    def __init__(self, group: str, tags: dict[str, str]) -> None:
        self.group, self.tags = group, tags
        self._id = uuid.uuid4().hex

    def place(self, layer: QgsMapLayer, rank: int, project: QgsProject) -> None:
        """Move a layer into the group, which is made where the first of them lies; the lower the rank the higher."""
        node = project.layerTreeRoot().findLayer(layer.id())
        if node is None or node.customProperty(_RANK) is not None:
            return  # the latter: the layer of an earlier run, whose file was written again
        if not self.group:
            _lead_out(node)
            return
        group = self._group(node)
        place = 0
        for number, child in enumerate(group.children(), start=1):
            other = child.customProperty(_RANK)
            if other is not None and int(other) <= rank:
                place = number
        moved = node.clone()
        moved.setCustomProperty(_RANK, rank)
        moved.setExpanded(False)
        group.insertChildNode(place, moved)
        # Only now: a layer that is nowhere in the tree leaves the project.
        node.parent().removeChildNode(node)

    def _group(self, node: QgsLayerTreeNode) -> QgsLayerTreeGroup:
        """That of the run. QGIS adds layers above the current one, which may lie in this run's group or another's."""
        node = _outside(node, self._id)
        parent = node.parent()
        if parent.customProperty(_RUN) == self._id:
            return parent
        for group in parent.findGroups():
            if group.customProperty(_RUN) == self._id:
                return group
        group = parent.insertGroup(parent.children().index(node), self.group)
        group.setCustomProperty(_RUN, self._id)
        return group


def _outside(node: QgsLayerTreeNode, run: str = "") -> QgsLayerTreeNode:
    """The node, or the group of another run in which QGIS laid it."""
    while node.parent().customProperty(_RUN) not in (None, run):
        node = node.parent()
    return node


def _lead_out(node: QgsLayerTreeNode) -> None:
    """Lay a layer that has no group above the group of an earlier run in which QGIS laid it."""
    group = _outside(node)
    if group is not node:
        group.parent().insertChildNode(group.parent().children().index(group), node.clone())
        node.parent().removeChildNode(node)  # only now, as above


class _Finish(QgsProcessingLayerPostProcessorInterface):
    """Gives a layer the style that came with its data, which Processing does not load, and its place."""

    def __init__(self, output: Output, origin: dict[str, str], run: Run) -> None:
        super().__init__()
        self._output, self.origin, self._run = output, origin, run

    def postProcessLayer(
        self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        layer.loadDefaultStyle()
        _describe(layer, self.origin)
        add_looks(layer, self._output.name, {**self._run.tags, **self.origin})
        layer.triggerRepaint()
        project = context.project() if context is not None else None
        if project is not None:
            order = {name: rank for rank, name in enumerate(_FROM_THE_TOP)}
            self._run.place(layer, order.get(self._output.name, len(order)), project)


def _marked(title: str, origin: Mapping[str, str]) -> str:
    """The title of a layer; it says where the model is for learning only."""
    return _tr("{title} – learning").format(title=title) if origin.get(NOTICE) else title


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
