"""``measurehalo``: agreement and cost of halos, and the card of an imported model."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.jobs import MeasureHaloJob
from ocsia_plugin.engine.models.catalogue import MODEL_NAME, VARIABLE, find_model
from ocsia_plugin.engine.models.halo import Trial, smallest

ROOT = Path(__file__).resolve().parents[2]
EXTENT = (500000.0, 6289900.0, 500100.0, 6290000.0)
"""500 x 500 pixels of the sample town: one square."""


@pytest.fixture
def own(card, tmp_path, monkeypatch) -> Path:
    """The card of a model of the user's, a copy of the bundled one, whose halo is 256."""
    folder = tmp_path / "models" / "own"
    folder.mkdir(parents=True)
    shutil.copy(card.file, folder / MODEL_NAME)
    item = json.loads((card.file.parent / "card.json").read_text(encoding="utf-8"))
    item["id"] = "own"
    item["properties"]["ocsia:tile"]["halo"] = 256
    item["properties"].pop("ocsia:accuracy", None)
    for asset in item["assets"].values():
        if "mlm:model" in asset.get("roles", ()):
            asset["href"] = MODEL_NAME
    path = folder / "card.json"
    path.write_text(json.dumps(item), encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(folder.parent))
    return path


def job(**fields) -> MeasureHaloJob:
    return MeasureHaloJob(input=str(ROOT / "resources/sample/ortho_rvb.tif"), extent=EXTENT, count=1, **fields)


def test_the_smallest_halo_that_agrees_goes_into_the_card(own, run):
    done = run(job(model="own", write=True))
    measured = done.results
    trials = measured["TABLE"]
    assert [t["halo"] for t in trials] == list(range(0, 257, 32))
    agreement = {t["halo"]: t["agreement"] for t in trials}
    assert agreement[0] < 0.999 <= agreement[128] <= agreement[256] == 1
    assert all(t["pixels"] == 500 * 500 for t in trials)
    # What the card of the bundled model says: nothing changes beyond 128 pixels by more than one step.
    assert all(t["difference"] <= 1 for t in trials if t["halo"] >= 128)
    assert find_model("own").halo == measured["HALO"]
    assert 0 < measured["HALO"] <= 128
    assert not [p for p in own.parent.iterdir() if p.name.startswith(".")]
    assert done.codes("info").count("info-halo") == 9


def test_the_card_of_the_bundled_model_is_nobodys_to_change(run):
    with pytest.raises(OcsiaError, match="not an imported model"):
        run(job(write=True))


def test_a_model_of_one_size_is_refused(own, run):
    item = json.loads(own.read_text(encoding="utf-8"))
    item["properties"]["ocsia:tile"] |= {"kind": "fixed", "size": 512, "halo": 128}
    own.write_text(json.dumps(item), encoding="utf-8")
    with pytest.raises(OcsiaError, match="takes images of 512 pixels only"):
        run(job(model="own"))


def test_no_square_at_all_is_refused(run):
    with pytest.raises(OcsiaError, match="number of squares"):
        run(MeasureHaloJob(input=job().input, count=0))


def test_a_halo_agrees_only_where_all_wider_ones_do():
    def trials(*shares: int) -> list[Trial]:
        return [Trial(32 * k, share, 1000) for k, share in enumerate(shares)]

    assert smallest(trials(900, 999, 1000)) == 32
    assert smallest(trials(999, 990, 1000)) == 64
    assert smallest(trials(900, 990, 998)) is None
