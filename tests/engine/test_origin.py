"""Where products come from: what a prediction writes, what is made of it carries on, and what reports show."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio

from ocsia_plugin.engine.jobs import (
    ArgmaxJob,
    ChangeJob,
    CompareRefJob,
    NeighbourhoodJob,
    OcsgeJob,
    PredictJob,
    SurfacesJob,
    VectorizeJob,
    VisualizeJob,
)
from ocsia_plugin.engine.products import origin

COPYRIGHT = "© IGN, BD ORTHO®"


def tags(path: object) -> dict[str, str]:
    with rasterio.open(str(path)) as dataset:
        return {name: text for name, text in dataset.tags().items() if name in origin.TAGS}


@pytest.fixture(scope="module")
def image(town, write_raster, tmp_path_factory) -> str:
    """A part of the town that says whose it is and, by its name, of which year."""
    path = str(tmp_path_factory.mktemp("origin") / "31-2022-0560-6290-LA93-0M20-E080.tif")
    path = write_raster(path, town.rgb[:, :256, :256])
    with rasterio.open(path, "r+") as dataset:
        dataset.update_tags(TIFFTAG_COPYRIGHT=COPYRIGHT, TIFFTAG_DATETIME="2024:02:01 00:00:00")
    return path


@pytest.fixture(scope="module")
def products(run, image, tmp_path_factory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("products")
    finals = {name: str(folder / f"{name}.tif") for name in ("probabilities", "classes", "confidence")}
    run(PredictJob(input=image, lang="fr", **finals))
    return finals


def test_each_product_of_a_prediction_says_where_it_comes_from(products, card) -> None:
    for path in products.values():
        assert tags(path) == {
            "OCSIA_NOTICE": card.notice["fr"],
            "OCSIA_ATTRIBUTION": COPYRIGHT,
            "OCSIA_LICENCE": f"Modèle {card.title}\u00a0: {card.licence}, {card.producer}",
            "OCSIA_MODEL": card.id,
            "OCSIA_MODEL_SHA256": card.sha256,
            "OCSIA_DATE": "2022",
            "OCSIA_IMAGE": "31-2022-0560-6290-LA93-0M20-E080",
        }


def test_the_bytes_stay_the_same(run, image, products, tmp_path) -> None:
    run(PredictJob(input=image, lang="fr", classes=str(tmp_path / "again.tif")))
    assert (tmp_path / "again.tif").read_bytes() == Path(products["classes"]).read_bytes()


def test_rasters_that_are_made_of_it_carry_it_on(run, image, products, tmp_path) -> None:
    said = tags(products["classes"])
    proba, classes = products["probabilities"], products["classes"]
    out = [str(tmp_path / f"{n}.tif") for n in range(5)]
    run(ArgmaxJob(input=proba, output=out[0], confidence=out[1]))
    run(VisualizeJob(input=classes, ortho=image, output=out[2]))
    run(NeighbourhoodJob(input=classes, groups="ligneux", radius="5", output=out[3]))
    run(ChangeJob(before=classes, after=out[0], output=out[4]))
    for path in out:
        assert tags(path) == said


def test_polygons_and_zones_say_it_in_their_description(run, products, card, tmp_path) -> None:
    names = ("polygons", "zones", "cover", "detail", "candidates", "verdicts", "refined")
    polygons, zones, cover, detail, candidates, verdicts, refined = (str(tmp_path / f"{name}.gpkg") for name in names)
    run(VectorizeJob(input=products["classes"], output=polygons, lang="fr"))
    run(SurfacesJob(input=products["classes"], output=zones, report=str(tmp_path / "r.html"), lang="fr"))
    expected = f"{card.notice['fr']} | Photo\u00a0: 2022 | {COPYRIGHT} | Modèle {card.title}"
    run(OcsgeJob(input=products["classes"], output=cover, detail=detail, lang="fr"))
    run(OcsgeJob(input=products["classes"], ocsge=cover, output=refined, lang="fr"))
    reference = {"reference": polygons, "field": "numero", "output": candidates, "verdicts": verdicts}
    run(CompareRefJob(input=products["classes"], **reference, lang="fr"))
    for path in (polygons, zones, cover, detail, candidates, verdicts, refined):
        assert expected in pyogrio.read_info(path, layer=Path(path).stem)["layer_metadata"]["DESCRIPTION"]
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    for text in ("Ce modèle sert à apprendre", COPYRIGHT, card.licence, "Photo\u202f: 2022"):
        assert text in page


def test_a_report_is_called_after_the_image(run, products, tmp_path) -> None:
    """In a graphical model the raster between is a temporary file with the name of its parameter."""
    run(SurfacesJob(input=products["probabilities"], output=str(tmp_path / "s.gpkg"), report=str(tmp_path / "r.html")))
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "1 zone(s), 31-2022-0560-6290-LA93-0M20-E080<" in page
    names = pyogrio.raw.read(tmp_path / "s.gpkg", columns=["nom"])[3][0]
    assert names.tolist() == ["31-2022-0560-6290-LA93-0M20-E080"]


def test_several_origins_are_said_once_each() -> None:
    first = {"OCSIA_MODEL": "a", "OCSIA_DATE": "2019", "AREA_OR_POINT": "Area"}
    assert origin.passed_on(first, {"OCSIA_MODEL": "a", "OCSIA_DATE": "2022"}, {}) == {
        "OCSIA_MODEL": "a",
        "OCSIA_DATE": "2019; 2022",
    }


def test_a_raster_from_elsewhere_has_no_origin(run, write_raster, tmp_path) -> None:
    path = write_raster(str(tmp_path / "p.tif"), np.full((15, 20, 20), 17, np.uint8))
    run(ArgmaxJob(input=path, output=str(tmp_path / "c.tif")))
    assert tags(tmp_path / "c.tif") == {}


@pytest.mark.parametrize(
    ("name", "acquired", "date"),
    [
        ("2A-2023-1160-6160-LA93-0M20-E080.tif", "", "2023"),
        ("974-2022-0314-7690-U40S-0M20-E080.tif", "", "2022"),
        ("vol.tif", "2021-06-14 10:30:00", "2021-06-14"),
        ("ortho-2021-08.tif", "", None),
    ],
)
def test_the_date_of_the_photo(write_raster, tmp_path, name, acquired, date) -> None:
    path = write_raster(str(tmp_path / name), np.zeros((3, 8, 8), np.uint8))
    if acquired:
        with rasterio.open(path, "r+") as dataset:
            dataset.update_tags(ns="IMAGERY", ACQUISITIONDATETIME=acquired)
    with rasterio.open(path) as dataset:
        assert origin.photo_tags(dataset, path).get("OCSIA_DATE") == date


def test_every_card_has_a_text_for_its_licence(card) -> None:
    assert json.dumps(origin.model_tags(card, "en"))
    assert "for learning" in origin.model_tags(card, "en")["OCSIA_NOTICE"]
