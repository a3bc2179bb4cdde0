"""What can be asked of the engine: one frozen dataclass per job, to and from one line of JSON.

Every path is absolute or relative to the working folder. Polygons (masks, zones) are paths of vector files whose first
layer holds valid geometries in the raster's CRS: the side that asks sees to that.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, Optional

from .errors import OcsiaError, because

BUNDLED_MODEL = "ocsia-naf15-rvb"


@dataclass(frozen=True)
class Job:
    """Base of all jobs.

    Attributes:
        lang: ``fr`` or ``en``: the language of the names inside the products.
        job_id: names the folder of unfinished state, ``.ocsia-<job_id>``; empty: the engine chooses one.

    Raises:
        OcsiaError: ``job-invalid`` where a required field is empty.
    """

    kind: ClassVar[str] = ""
    required: ClassVar[tuple[str, ...]] = ()
    positional: ClassVar[tuple[str, ...]] = ()
    """Fields that the command line takes without their name."""

    lang: str = "fr"
    job_id: str = ""

    def __post_init__(self) -> None:
        for name in self.required:
            if not getattr(self, name):
                raise OcsiaError("job-invalid", reason=because("why-field-missing", name=name))

    def to_json(self) -> str:
        """One line of JSON."""
        return json.dumps({"kind": self.kind, **asdict(self)}, ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True)
class PredictJob(Job):
    """Probabilities, classes and confidence of an ortho-image, in one pass.

    Attributes:
        input: raster with at least the model's bands, uint8, in a projected CRS in metres.
        model: id in the catalogue, or path of an ``.onnx`` file with its card beside it.
        probabilities, classes, confidence: paths to write; None: not wanted.
        mask: vector file of polygons; pixels outside become no data.
        extent: (xmin, ymin, xmax, ymax) in the raster's CRS.
        resolution: pixel size of the result in metres; None: the model's.
        device: ``auto``, ``cpu`` or ``gpu``.
        tile: side of the square that one inference delivers, in pixels; None: chosen by the engine.
        compression: ``LZW``, ``DEFLATE`` or ``ZSTD``.
        nomenclature: id of the nomenclature of the results, such as ``naf15``; empty: the model's.
    """

    kind: ClassVar[str] = "predict"
    required: ClassVar[tuple[str, ...]] = ("input", "model")

    input: str = ""
    model: str = BUNDLED_MODEL
    probabilities: Optional[str] = None
    classes: Optional[str] = None
    confidence: Optional[str] = None
    mask: Optional[str] = None
    extent: Optional[tuple[float, float, float, float]] = None
    resolution: Optional[float] = None
    device: str = "auto"
    tile: Optional[int] = None
    compression: str = "LZW"
    nomenclature: str = ""


@dataclass(frozen=True)
class ArgmaxJob(Job):
    """The most probable class, or group of classes, of each pixel of a probability raster.

    Attributes:
        input: probability raster, one uint8 band per class.
        output: class raster to write.
        confidence: raster of ``round(255 max p)`` to write; None: not wanted.
        groups: ``ligneux=8+10+11; bati=1``: probabilities are summed in a group before the choice.
        compression: ``LZW``, ``DEFLATE`` or ``ZSTD``.
        nomenclature: id of the nomenclature of the results, such as ``naf15``; empty: the raster's.
        input_nomenclature: id of the raster's nomenclature, for one that does not say; empty: what it says.
    """

    kind: ClassVar[str] = "argmax"
    required: ClassVar[tuple[str, ...]] = ("input", "output")

    input: str = ""
    output: str = ""
    confidence: Optional[str] = None
    groups: str = ""
    compression: str = "LZW"
    nomenclature: str = ""
    input_nomenclature: str = ""


@dataclass(frozen=True)
class VectorizeJob(Job):
    """Polygons of a class raster, with vertices on pixel corners.

    Attributes:
        input: class raster, uint8, 0 = no data.
        output: ``.gpkg`` or ``.shp`` to write.
        min_area: regions under this surface (m²) are merged into a neighbour; 0: none.
        nomenclature: id of the raster's nomenclature, for one that does not say; empty: what it says.
        base: number of the first class in a raster that does not say: ``0``, ``1``, or ``auto`` where it is certain.
    """

    kind: ClassVar[str] = "vectorize"
    required: ClassVar[tuple[str, ...]] = ("input", "output")

    input: str = ""
    output: str = ""
    min_area: float = 0.0
    nomenclature: str = ""
    base: str = "auto"


@dataclass(frozen=True)
class SurfacesJob(Job):
    """Surface of each class in each zone.

    Attributes:
        input: probability raster or class raster.
        output: ``.gpkg`` to write: the zones with their surfaces.
        zones: vector file of polygons; None: one zone, the whole raster.
        table: CSV to write, one line per zone and class; None: not wanted.
        groups: ``ligneux=8+10+11``: lines for unions of classes, besides the classes.
        nomenclature: id of the raster's nomenclature, for one that does not say; empty: what it says.
        base: number of the first class in a raster that does not say: ``0``, ``1``, or ``auto`` where it is certain.
    """

    kind: ClassVar[str] = "surfaces"
    required: ClassVar[tuple[str, ...]] = ("input", "output")

    input: str = ""
    output: str = ""
    zones: Optional[str] = None
    table: Optional[str] = None
    groups: str = ""
    nomenclature: str = ""
    base: str = "auto"


@dataclass(frozen=True)
class ModelsJob(Job):
    """Models on this machine and in the catalogue: list, show, fetch, verify, delete.

    Attributes:
        action: ``list``, ``show``, ``fetch``, ``verify`` or ``delete``.
        id: of the model; all of them for ``list``.
        proxy: ``http://user:password@host:port``; empty: as the environment says.
        image: raster for which to list: the models that fit it, best first, then the others with the reason.
    """

    kind: ClassVar[str] = "models"
    positional: ClassVar[tuple[str, ...]] = ("action", "id")

    action: str = "list"
    id: str = ""
    proxy: str = ""
    image: str = ""


@dataclass(frozen=True)
class ImportModelJob(Job):
    """Weights of a known architecture, or an ONNX model with its card, into the user's folder of models.

    Attributes:
        file: ``.pth``, ``.pt``, ``.ckpt``, ``.safetensors`` or ``.onnx``.
        card: JSON file that describes the model; None: beside an ``.onnx`` file, else made from the weights.
        nomenclature: of the classes (``flair15``, ``naf15``...); empty: the one that the file tells.
        id: name under which the model will be known; empty: that of the file.
    """

    kind: ClassVar[str] = "importmodel"
    required: ClassVar[tuple[str, ...]] = ("file",)

    file: str = ""
    card: Optional[str] = None
    nomenclature: str = ""
    id: str = ""


JOBS: dict[str, type[Job]] = {
    job.kind: job for job in (PredictJob, ArgmaxJob, VectorizeJob, SurfacesJob, ModelsJob, ImportModelJob)
}


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
