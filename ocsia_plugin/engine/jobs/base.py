"""What every job has."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import ClassVar

from ..errors import OcsiaError, because

LANGUAGES = ("fr", "en")


@dataclass(frozen=True)
class Job:
    """Base of all jobs.

    Attributes:
        lang: ``fr`` or ``en``: the language of names and texts in the products; the command line itself speaks English.
        job_id: names the folder of unfinished state, ``.ocsia-<job_id>``; empty: the engine chooses one.

    Raises:
        OcsiaError: ``job-invalid`` where a required field is empty, or ``lang`` another.
    """

    kind: ClassVar[str] = ""
    required: ClassVar[tuple[str, ...]] = ()
    writes: ClassVar[tuple[str, ...]] = ()
    """Fields that name what the job writes."""
    positional: ClassVar[tuple[str, ...]] = ()
    """Fields that the command line takes without their name."""

    lang: str = "fr"
    job_id: str = ""

    def __post_init__(self) -> None:
        for name in self.required:
            if not getattr(self, name):
                raise OcsiaError("job-invalid", reason=because("why-field-missing", name=name))
        if self.lang not in LANGUAGES:
            raise OcsiaError("job-invalid", reason=f"lang is one of {', '.join(LANGUAGES)}")

    def to_json(self) -> str:
        """One line of JSON."""
        return json.dumps({"kind": self.kind, **asdict(self)}, ensure_ascii=False, sort_keys=True)
