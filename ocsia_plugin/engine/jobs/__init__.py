"""What can be asked of the engine: one frozen dataclass per job, to and from one line of JSON.

Every path is absolute or relative to the working folder. Polygons (masks, zones) are paths of vector files whose first
layer holds valid geometries in the raster's CRS: the side that asks sees to that.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from ..errors import OcsiaError
from .areas import SurfacesJob
from .base import Job
from .halo import MeasureHaloJob
from .maps import ChangeJob, CompareRefJob, NeighbourhoodJob, VisualizeJob
from .models import ImportModelJob, ModelsJob
from .ocsge import OcsgeJob
from .ortho import SPOOL_MANIFEST, SPOOL_MARKER, ComposeOrthoJob, OrthoJob
from .points import AccuracyJob, SamplePointsJob
from .predict import BUNDLED_MODEL, DEVICES, PRECISIONS, DallesJob, InferenceJob, PredictJob
from .products import ArgmaxJob, VectorizeJob

__all__ = [
    "BUNDLED_MODEL",
    "DEVICES",
    "JOBS",
    "PRECISIONS",
    "SPOOL_MANIFEST",
    "SPOOL_MARKER",
    "AccuracyJob",
    "ArgmaxJob",
    "ChangeJob",
    "CompareRefJob",
    "ComposeOrthoJob",
    "DallesJob",
    "ImportModelJob",
    "InferenceJob",
    "Job",
    "MeasureHaloJob",
    "ModelsJob",
    "NeighbourhoodJob",
    "OcsgeJob",
    "OrthoJob",
    "PredictJob",
    "SamplePointsJob",
    "SurfacesJob",
    "VectorizeJob",
    "VisualizeJob",
    "job_from_json",
]

_JOBS: tuple[type[Job], ...] = (
    PredictJob,
    ComposeOrthoJob,
    DallesJob,
    ArgmaxJob,
    VectorizeJob,
    SurfacesJob,
    OcsgeJob,
    SamplePointsJob,
    AccuracyJob,
    ModelsJob,
    ImportModelJob,
    MeasureHaloJob,
    VisualizeJob,
    ChangeJob,
    NeighbourhoodJob,
    CompareRefJob,
)

JOBS: dict[str, type[Job]] = {job.kind: job for job in _JOBS}


def job_from_json(text: str) -> Job:
    """The job that one line of JSON asks for.

    Raises:
        OcsiaError: ``job-invalid``, with what is wrong.
    """
    try:
        content: dict[str, Any] = json.loads(text)
        cls = JOBS[content.pop("kind")]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise OcsiaError("job-invalid", reason=f"not a job: {error!r}") from error
    unknown = set(content) - {field.name for field in fields(cls)}
    if unknown:
        raise OcsiaError("job-invalid", reason=f"unknown field(s): {', '.join(sorted(unknown))}")
    if isinstance(content.get("extent"), list):
        content["extent"] = tuple(content["extent"])
    return cls(**content)
