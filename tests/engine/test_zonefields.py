"""The fields of zones with their surfaces, named in the layer's metadata, and recognised where a copy lost it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio

from ocsia_plugin.engine.areas.zonefields import (
    TAG,
    ClassFields,
    class_fields,
    fields_tag,
    recognised_fields,
    tagged_fields,
)
from ocsia_plugin.engine.jobs import SurfacesJob
from ocsia_plugin.engine.nomenclature import load_nomenclature, parse_groups
from ocsia_plugin.engine.products.origin import origin_tags

NAF = load_nomenclature("naf15")


def columns(*stems: str) -> list[str]:
    return [stem + end for stem in stems for end in ("_m2", "_pct", "_low", "_high", "_level")]


def test_the_tag_is_read_back() -> None:
    groups = parse_groups("batiment=1+3; l'eau=6", NAF, disjoint=False)
    fields = class_fields([(NAF.by_code(1), False), (NAF.by_code(6), False), *((g, True) for g in groups)])
    assert [f.stem for f in fields] == ["batiment", "surface_eau", "batiment_groupe", "l_eau"]
    assert fields[1] == ClassFields("surface_eau", "Surface d'eau", "Water", "#3375a1")
    assert tagged_fields(fields_tag(fields)) == tuple(fields)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[1]",
        '[{"stem": "a"}]',
        '[{"stem": "a", "fr": 1, "en": "a", "color": "#000000"}]',
        '[{"stem": "a", "fr": "a", "en": "a", "color": "red\\" onload=\\""}]',
    ],
)
def test_a_damaged_tag_is_none(text: str) -> None:
    assert tagged_fields({TAG: text}) == ()


def test_a_copy_is_recognised_by_its_fields() -> None:
    fields = recognised_fields(["nom", *columns("batiment", "surface_eau", "ligneux", "parcs"), "nodata_m2", "zone_m2"])
    found = [(f.stem, f.fr, f.color, f.is_group) for f in fields]
    assert found == [
        ("batiment", "Bâtiment", "#ce7079", False),
        ("surface_eau", "Surface d'eau", "#3375a1", False),
        ("ligneux", "Végétation ligneuse", "#2f7a25", True),
        ("parcs", "parcs", "#b0b0b0", True),
    ]
    assert [(f.stem, f.is_group) for f in recognised_fields(columns("lande"))] == [("lande", False)]
    assert recognised_fields(["nom", "zone_m2"]) == ()


def test_zones_say_what_they_hold_and_assume(run: Callable, write_raster: Callable, tmp_path: Path, out: Path) -> None:
    codes = np.full((1, 20, 20), 1, np.uint8)
    codes[:, :, 12:] = 6
    raster = write_raster(tmp_path / "classes.tif", codes, nomenclature="naf15", nodata=0)
    with rasterio.open(raster, "r+") as dataset:
        dataset.update_tags(OCSIA_DATE="2021-07-14", OCSIA_ATTRIBUTION="IGN", AREA_OR_POINT="Area")
    run(SurfacesJob(input=raster, output=str(out / "z.gpkg"), groups="ligneux", lang="en"))
    tags = pyogrio.read_info(out / "z.gpkg", layer="z")["layer_metadata"]
    fields = tagged_fields(tags)
    assert [f.stem for f in fields] == [*(c.key for c in NAF.classes), "ligneux"]
    assert [f.stem for f in fields if f.is_group] == ["ligneux"]
    assert origin_tags(tags) == {"OCSIA_DATE": "2021-07-14", "OCSIA_ATTRIBUTION": "IGN"}
    meta, _, _, values = pyogrio.raw.read(out / "z.gpkg", layer="z")
    row = {name: column[0] for name, column in zip(meta["fields"], values)}
    assert {f"{f.stem}{end}" for f in fields for end in ("_m2", "_low", "_high", "_level")} <= set(row)
    assert row["method"] == "map alone"
    assert row["assumption"] == (
        "nothing says how far it may be wrong; counted pixels: unbiased only if omissions and commissions cancel out "
        "in the zone"
    )
