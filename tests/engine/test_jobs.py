"""Jobs: what can be asked, as JSON and back."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocsia_plugin.engine.cli import attribute_sentences
from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.jobs import (
    BUNDLED_MODEL,
    JOBS,
    ArgmaxJob,
    ImportModelJob,
    ModelsJob,
    PredictJob,
    SurfacesJob,
    VectorizeJob,
    job_from_json,
)

FULL = [
    PredictJob(
        lang="en",
        job_id="abc",
        input="/tmp/ortho é.tif",
        model="m",
        probabilities="p.tif",
        classes="c.tif",
        confidence="f.tif",
        mask="m.gpkg",
        extent=(1.5, 2.0, 3.0, 4.25),
        resolution=0.5,
        device="cpu",
        tile=256,
        compression="ZSTD",
    ),
    PredictJob(input="a.tif"),
    ArgmaxJob(input="p.tif", output="c.tif", confidence="f.tif", groups="ligneux=8+10+11"),
    VectorizeJob(input="c.tif", output="v.gpkg", min_area=12.5),
    SurfacesJob(input="c.tif", output="s.gpkg", zones="z.gpkg", table="t.csv", groups="bati=1"),
    ModelsJob(action="fetch", id="m", proxy="http://u:p@proxy:8080"),
    ImportModelJob(file="m.pth", card="c.json", nomenclature="flair15", id="m", architecture="unet/resnet18"),
]


@pytest.mark.parametrize("job", FULL, ids=lambda job: job.kind)
def test_a_job_comes_back_from_json_as_it_was(job):
    assert job_from_json(job.to_json()) == job


@given(path=st.text(min_size=1), lang=st.sampled_from(["fr", "en"]))
def test_a_job_is_one_line_whatever_its_paths_hold(path, lang):
    job = ArgmaxJob(lang=lang, input=path, output=path + "x")
    line = job.to_json()
    assert "\n" not in line and "\r" not in line
    assert job_from_json(line) == job


def test_the_json_of_a_job_is_always_the_same():
    keys = list(json.loads(FULL[0].to_json()))
    assert keys == sorted(keys)


def test_the_extent_comes_back_as_a_tuple():
    job = job_from_json('{"kind": "predict", "input": "a.tif", "extent": [0, 1, 2, 3]}')
    assert job.extent == (0, 1, 2, 3)


def test_what_is_not_said_has_its_default():
    job = job_from_json('{"kind": "predict", "input": "a.tif"}')
    assert (job.model, job.compression, job.device, job.lang) == (BUNDLED_MODEL, "LZW", "auto", "fr")


@pytest.mark.parametrize("kind", sorted(kind for kind, job in JOBS.items() if job.required))
def test_a_missing_required_field_is_named(kind):
    with pytest.raises(OcsiaError) as refusal:
        job_from_json(json.dumps({"kind": kind}))
    assert refusal.value.code == "job-invalid"
    assert JOBS[kind].required[0] in str(refusal.value)


def test_unknown_fields_are_named():
    with pytest.raises(OcsiaError) as refusal:
        job_from_json('{"kind": "predict", "input": "a.tif", "colour": "red"}')
    assert refusal.value.code == "job-invalid" and "colour" in str(refusal.value)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "3", '"predict"', "{}", '{"kind": "paint"}', '{"kind": []}'])
def test_what_is_not_a_job_is_refused_as_such(text):
    with pytest.raises(OcsiaError) as refusal:
        job_from_json(text)
    assert refusal.value.code == "job-invalid"


@given(text=st.text())
def test_no_text_whatever_makes_another_error(text):
    with pytest.raises(OcsiaError):
        job_from_json(text)


@pytest.mark.parametrize("kind", JOBS)
def test_a_job_says_which_files_it_writes(kind):
    """The bridge makes them absolute, and removes what a killed engine left beside them."""
    told = {name for name, text in attribute_sentences(JOBS[kind]).items() if " to write" in text}
    assert told <= set(JOBS[kind].writes) <= {field.name for field in fields(JOBS[kind])}
