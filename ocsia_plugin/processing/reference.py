"""Algorithms that take interpreted points."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Optional

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
)

from ..bridge.points import designed_file, warn_design_lost, write_points
from ..bridge.worker import PASSING
from .base import OcsiaAlgorithm, Parameters, passing_name


class PointsAlgorithm(OcsiaAlgorithm):
    """Base of the algorithms with a parameter of points."""

    @contextmanager
    def points(
        self, name: str, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Iterator[Optional[str]]:
        """A file of the points of parameter ``name``, for as long as the job runs; None: not given.

        Raises:
            QgsProcessingException: what ``bridge.points`` raises.
        """
        if not parameters.get(name):
            yield None
            return
        layer = self.vector_layer(name, parameters, context)
        path = designed_file(layer)
        if path is not None and not _is_part(parameters[name]) and not layer.subsetString():
            yield path
            return
        if path is not None:
            warn_design_lost(layer, feedback)
        with tempfile.TemporaryDirectory(prefix=PASSING) as folder:
            source = self._source(parameters, name, context)
            copy = os.path.join(folder, passing_name(source, name))
            yield write_points(source, self.raster_crs(), copy, context, feedback)


def _is_part(value: Any) -> bool:
    """Whether a parameter asks for a selection, or for the features that an expression picks."""
    if not isinstance(value, QgsProcessingFeatureSourceDefinition):
        return False
    return value.selectedFeaturesOnly or bool(getattr(value, "filterExpression", "")) or value.featureLimit != -1
