"""What every job has that works on an ortho-image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Optional

from .base import Job

SPOOL_MANIFEST = ".spool.json"
SPOOL_MARKER = ".spool.error"
"""Added to the name of a virtual raster whose windows come while the job runs: the list of them, and the reason why
none comes any more. See ``ortho.spool``."""


@dataclass(frozen=True)
class OrthoJob(Job):
    """Base of the jobs that put an ortho-image together.

    A raster is a path, a folder of dalles, or several paths with ``;`` between them; or a virtual raster whose windows
    come while the job runs.

    Attributes:
        input: ortho-image: RVB, IRC, or ready-made with more bands.
        irc: false-colour ortho-image (near infrared, red, green), for the near infrared; None: none.
        mns: altitude of the surface in metres; None: none.
        mnt: altitude of the ground in metres; None: none.
        mnh: height above ground in metres, in place of mns and mnt; None: none.
        bands: what each band of input is, as in R,V,B,I (as the file says, or as is customary).
        scale: how values that are no bytes become bytes: metadata, percentiles, or min,max; empty: refused.
        dalles: whether each raster stands for all in its folder whose names differ from its own only in digits.
        crs: of the result, such as EPSG:2154; empty: that of input.
        resolution: pixel size of the result in metres; None: the model's, or that of input.
        extent: (xmin, ymin, xmax, ymax) in the CRS of the result.
        mask: vector file of polygons in the CRS of the result; pixels outside become no data.
    """

    input: str = ""
    irc: Optional[str] = None
    mns: Optional[str] = None
    mnt: Optional[str] = None
    mnh: Optional[str] = None
    bands: str = ""
    scale: str = ""
    dalles: bool = False
    crs: str = ""
    resolution: Optional[float] = None
    extent: Optional[tuple[float, float, float, float]] = None
    mask: Optional[str] = None

    @property
    def rasters(self) -> dict[str, str]:
        """What it is to open, by field."""
        names = ("input", "irc", "mns", "mnt", "mnh")
        return {name: getattr(self, name) for name in names if getattr(self, name)}

    @property
    def files(self) -> tuple[str, ...]:
        """Everything that it reads."""
        paths = (*self.input.split(";"), self.irc, self.mns, self.mnt, self.mnh, self.mask)
        return tuple(path for path in paths if path)


@dataclass(frozen=True)
class ComposeOrthoJob(OrthoJob):
    """The ortho-image that a model would see, put together from its sources: R, V, B, I, E as far as they give them.

    Attributes:
        output: raster to write, one byte per band.
        compression: ``LZW``, ``DEFLATE`` or ``ZSTD``.
    """

    kind: ClassVar[str] = "composeortho"
    required: ClassVar[tuple[str, ...]] = ("input", "output")
    writes: ClassVar[tuple[str, ...]] = ("output",)

    output: str = ""
    compression: str = "LZW"
