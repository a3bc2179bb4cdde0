"""The RPG and BD TOPO over classes: they decide what the table leaves open, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Optional

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from rasterio.features import rasterize

from ocsia_plugin.engine.errors import OcsiaError
from ocsia_plugin.engine.jobs import OcsgeJob
from ocsia_plugin.engine.mappings import load_mapping
from ocsia_plugin.engine.nomenclature import load_nomenclature
from ocsia_plugin.engine.ocsge.rules import cover_codes
from ocsia_plugin.engine.ocsge.sources import BDTOPO, RPG
from ocsia_plugin.engine.products import vectorize
from ocsia_plugin.engine.products.classes import Legend

NAF = load_nomenclature("naf15")
CORNER = (500000.0, 6290000.0)
BUILDING, SEALED, POOL, WATER, CONIFER, CUT, DECIDUOUS, SHRUB, VINE, GRASS, PLOUGHED, OTHER = (
    1, 3, 4, 6, 8, 9, 10, 11, 12, 13, 14, 15,
)  # fmt: skip

Box = tuple[float, float, float, float]


def _write(path: Path, boxes: list[Box], fields: dict[str, list[Any]], corner: tuple[float, float] = CORNER) -> str:
    """Boxes in metres from the north-west corner, y downwards."""
    x, y = corner
    shapes = [shapely.box(x + a, y - d, x + c, y - b) for a, b, c, d in boxes]
    columns = [np.array(v, object if isinstance(v[0], str) else None) for v in fields.values()]
    pyogrio.raw.write(
        path, shapely.to_wkb(shapes), columns, list(fields), layer=path.stem, driver="GPKG", geometry_type="Polygon",
        crs="EPSG:2154",
    )  # fmt: skip
    return str(path)


@pytest.fixture
def layer(tmp_path: Path) -> Callable[..., str]:
    """``layer("rpg", boxes, CODE_GROUP=[...])``."""
    return lambda name, boxes, **fields: _write(tmp_path / f"{name}.gpkg", boxes, fields)


@pytest.fixture
def made(run: Callable, write_raster: Callable, out: Path, tmp_path: Path) -> Callable:
    """Fields of the polygons of a raster with pixels of 1 m, largest first, and the finished job."""

    def make(codes: np.ndarray, **options: Any) -> tuple[list[dict[str, Any]], Any]:
        path = write_raster(tmp_path / "naf.tif", codes.astype(np.uint8)[np.newaxis], 1.0, nomenclature="naf15")
        done = run(OcsgeJob(input=path, output=str(out / "o.gpkg"), **options))
        meta, _, _, columns = pyogrio.raw.read(out / "o.gpkg", layer="o")
        rows = [dict(zip(meta["fields"], values)) for values in zip(*columns)]
        return sorted(rows, key=lambda row: -row["surface_m2"]), done

    return make


WHOLE = (0, 0, 100, 100)


@pytest.mark.parametrize(
    ("code", "source", "value", "cover"),
    [
        (DECIDUOUS, "rpg", "21", "CS2.1.3"),
        (SHRUB, "rpg", "21", "CS2.1.3"),
        (DECIDUOUS, "rpg", "18", None),  # trees in a meadow: the table makes no grass of trees
        (DECIDUOUS, "rpg", "20", None),  # orchards have no cover of their own
        (GRASS, "rpg", "18", "CS2.2.1"),
        (GRASS, "rpg", "21", None),  # grass between the rows is no vine
        (PLOUGHED, "rpg", "1", "CS2.2.1"),
        (OTHER, "rpg", "25", "CS2.2.1"),
        (SHRUB, "bdtopo", "Lande ligneuse", "CS2.1.2"),
        (DECIDUOUS, "bdtopo", "Lande ligneuse", "CS2.1.2"),
        (DECIDUOUS, "bdtopo", "Forêt fermée mixte", "CS2.1.1.3"),
        (CONIFER, "bdtopo", "Forêt fermée mixte", "CS2.1.1.3"),
        (CONIFER, "bdtopo", "Forêt fermée de conifères", "CS2.1.1.2"),
        (CONIFER, "bdtopo", "Forêt fermée de feuillus", None),
        (SHRUB, "bdtopo", "Forêt fermée de feuillus", None),
        (DECIDUOUS, "bdtopo", "Verger", None),
        (GRASS, "bdtopo", "Bananeraie", "CS2.2.2"),
        (OTHER, "bdtopo", "Plan d'eau de gravière", "CS1.2.2"),
        (POOL, "bdtopo", "Piste en dur", "CS1.1.1.2"),
        (BUILDING, "bdtopo", "Lac", None),
        (SEALED, "bdtopo", "Vigne", None),
        (WATER, "bdtopo", "Forêt fermée de feuillus", None),
        (VINE, "bdtopo", "Lande ligneuse", None),
        (CUT, "bdtopo", "Forêt fermée de conifères", None),
    ],
)
def test_who_decides_what(
    code: int, source: str, value: str, cover: Optional[str], made: Callable, layer: Callable
) -> None:
    """A pixel that is open follows the source where the table allows it; else the classes alone decide."""
    codes = np.full((100, 100), code)
    field = "CODE_GROUP" if source == "rpg" else "NATURE"
    # A vineyard elsewhere, so that the source always says something.
    path = layer(source, [WHOLE, (0, 0, 0.4, 0.4)], **{field: [value, "21" if source == "rpg" else "Vigne"]})
    rows, _ = made(codes, **{source: path})
    # Of a layer with this value alone: the small polygon above holds no centre of a pixel.
    (row,) = rows
    alone = made(codes)[0][0]
    share = row[f"{source}_pct"]
    if cover is None:
        assert (row["code_cs"], row["source"], share) == (alone["code_cs"], "image", 0)
    else:
        assert (row["code_cs"], share) == (cover, 100)
        assert row["source"] == ("RPG" if source == "rpg" else "BD TOPO")
    assert row[f"naf_{code}"] == 100


def test_nothing_is_said_that_the_table_forbids() -> None:
    for nomenclature in ("naf15", "cosia"):
        known, mapping = load_nomenclature(nomenclature), load_mapping(nomenclature, "ocsge_cs")
        table = cover_codes(Legend(known, known.classes))
        for code, targets in mapping.split.items():
            assert table[code] in targets
    assert {s.cover for source in (RPG, BDTOPO) for s in source.says.values()} <= set(range(1, 15))


def test_parts_of_a_raster_and_both_sources(made: Callable, layer: Callable) -> None:
    codes = np.full((100, 200), GRASS)
    codes[:, 100:] = DECIDUOUS
    rpg = layer("rpg", [(0, 0, 60, 100), (100, 0, 160, 100)], CODE_GROUP=["18", "21"])
    bdtopo = layer("bdtopo", [(0, 0, 200, 100)], NATURE=["Forêt fermée mixte"])
    rows, done = made(codes, rpg=rpg, bdtopo=bdtopo)
    found = [(r["code_cs"], r["surface_m2"], r["source"], r["rpg_pct"], r["bdtopo_pct"]) for r in rows]
    assert found == [
        ("CS2.2.1", 10000, "RPG", 60, 0),
        ("CS2.1.3", 6000, "RPG", 100, 0),
        ("CS2.1.1.3", 4000, "BD TOPO", 0, 100),
    ]
    assert [(r["prairie_pct"], r["culture_pct"]) for r in rows] == [(60, 0), (0, 0), (0, 0)]
    assert [r["naf_10"] for r in rows] == [0, 100, 100] and all(r["part_princ"] == 100 for r in rows)
    said = [e["params"] for e in done.events if e.get("code") == "info-ocsge-overlay"]
    assert said == [
        {"source": "RPG", "count": 2, "area": 12000.0},
        {"source": "BD TOPO", "count": 1, "area": 4000.0},
    ]


def test_a_small_region_that_a_source_decided_still_joins_its_neighbour(made: Callable, layer: Callable) -> None:
    codes = np.full((200, 200), GRASS)
    codes[50:90, 50:90] = DECIDUOUS  # 1 600 m²
    rows, _ = made(codes, rpg=layer("rpg", [(50, 50, 90, 90)], CODE_GROUP=["21"]))
    (row,) = rows
    assert (row["code_cs"], row["source"], row["rpg_pct"], row["naf_10"]) == ("CS2.2.1", "image", 4, 4)


def test_the_crop_comes_before_its_group(made: Callable, layer: Callable) -> None:
    codes = np.full((100, 100), SHRUB)
    boxes = [(0, 0, 50, 100), (50, 0, 100, 100)]
    fields = {"code_group": ["17", "17"], "code_cultu": ["SPL", "BOP"]}
    rows, _ = made(codes, rpg=layer("rpg", boxes, **fields))
    assert [(r["code_cs"], r["source"], r["rpg_pct"]) for r in rows] == [("CS2.1.2", "image", 50)]
    with_numbers = layer("numbers", boxes, code_group=[21.0, 21.0], code_cultu=["VRC", "VRC"])
    assert made(codes, rpg=with_numbers)[0][0]["code_cs"] == "CS2.1.3"


def test_an_ocs_ge_refined_with_the_rpg(made: Callable, layer: Callable) -> None:
    socle = layer("socle", [WHOLE], CODE_CS=["CS2.1.3"])
    codes = np.full((100, 100), DECIDUOUS)
    assert made(codes, ocsge=socle)[0][0]["accord_pct"] == 0
    (row,) = made(codes, ocsge=socle, rpg=layer("rpg", [(0, 0, 100, 80)], CODE_GROUP=["21"]))[0]
    assert (row["accord_pct"], row["rpg_pct"], row["naf_10"]) == (80, 80, 100)
    assert "source" not in row  # the code is the socle's


def test_without_sources_no_field_of_theirs(made: Callable) -> None:
    (row,) = made(np.full((100, 100), GRASS))[0]
    assert not {"source", "rpg_pct", "bdtopo_pct", "prairie_pct", "culture_pct"} & set(row)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"rpg": {"boxes": [WHOLE], "NATURE": ["Vigne"]}}, "ocsge-overlay-field"),
        ({"bdtopo": {"boxes": [WHOLE], "CODE_GROUP": ["21"]}}, "ocsge-overlay-field"),
        ({"rpg": {"boxes": [(500, 0, 600, 100)], "CODE_GROUP": ["21"]}}, "ocsge-outside"),
        ({"rpg": "nowhere.gpkg"}, "vector-unreadable"),
    ],
)
def test_refusals(options: dict, code: str, made: Callable, layer: Callable, out: Path) -> None:
    paths = {}
    for name, given in options.items():
        given = dict(given) if isinstance(given, dict) else given
        paths[name] = layer(name, given.pop("boxes"), **given) if isinstance(given, dict) else given
    with pytest.raises(OcsiaError) as refusal:
        made(np.full((100, 100), GRASS), **paths)
    assert refusal.value.code == code and "{" not in str(refusal.value)
    assert os.listdir(out) == []


def test_a_layer_that_says_nothing_is_told(made: Callable, layer: Callable) -> None:
    rows, done = made(np.full((100, 100), GRASS), bdtopo=layer("b", [WHOLE], NATURE=["Haie"]))
    said = done.params("warn-ocsge-silent")
    assert (said["source"], said["name"], said["values"]) == ("BD TOPO", "NATURE", "Haie")
    assert "source" not in rows[0]


@pytest.mark.parametrize("rows", [100, 1024])
def test_made_parcels_over_the_gers(
    rows: int, run: Callable, ocsia_data: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Against the same decisions made at once over the whole zone; and no strip shows."""
    file = ocsia_data / "gers_naf" / "2019" / "naf" / "zone_v13_478208-0000_6275328-0000.tiff"
    if not file.is_file():
        pytest.skip("OCSIA_DATA has no gers_naf")
    with rasterio.open(file) as source:
        codes, transform, bounds, pixel = source.read(1), source.transform, source.bounds, source.res[0] ** 2
    rng = np.random.default_rng(3)
    centres = rng.uniform(0, 256, (12, 2))
    boxes = [(x - 50, y - 30, x + 50, y + 30) for x, y in centres.tolist()]
    groups = ["21", "18", "1"] * 4
    corner = (bounds.left, bounds.top)
    rpg = _write(tmp_path / "rpg.gpkg", boxes, {"ID_PARCEL": [str(n) for n in range(12)], "CODE_GROUP": groups}, corner)
    forests = [(0, 0, 256, 120)]
    bdtopo = _write(tmp_path / "veg.gpkg", forests, {"NATURE": ["Forêt fermée mixte"]}, corner)
    monkeypatch.setattr(vectorize, "STRIP_PIXELS", 1024 * rows)
    job = OcsgeJob(input=str(file), output=str(out / "o.gpkg"), nomenclature="naf15", base="1", rpg=rpg, bdtopo=bdtopo)
    done = run(job)
    _, _, shapes, _ = pyogrio.raw.read(rpg)
    burnt = [(g, int(c)) for g, c in zip(shapely.from_wkb(shapes), groups)]
    parcels = rasterize(burnt, codes.shape, transform=transform, dtype="int32")
    mixed = np.zeros(codes.shape, bool)
    mixed[:480] = True  # 120 m of 25 cm
    woody, herbaceous = np.isin(codes, (8, 10, 11)), np.isin(codes, (13, 14))
    by_rpg = (woody & (parcels == 21)) | (herbaceous & np.isin(parcels, (1, 18)))
    by_bdtopo = woody & mixed & ~by_rpg
    said = {e["params"]["source"]: e["params"]["area"] for e in done.events if e.get("code") == "info-ocsge-overlay"}
    assert said["RPG"] == pytest.approx(by_rpg.sum() * pixel, abs=0.01) and said["RPG"] > 0
    assert said["BD TOPO"] == pytest.approx(by_bdtopo.sum() * pixel, abs=0.01) and said["BD TOPO"] > 0
    meta, _, wkb, columns = pyogrio.raw.read(out / "o.gpkg", layer="o")
    fields = dict(zip(meta["fields"], columns))
    surface = fields["surface_m2"]
    assert surface.sum() == pytest.approx((codes > 0).sum() * pixel, rel=1e-9)
    assert shapely.is_valid(shapely.from_wkb(wkb)).all()
    for share, area in (("rpg_pct", said["RPG"]), ("bdtopo_pct", said["BD TOPO"])):
        assert (fields[share] * surface).sum() / 100 == pytest.approx(area, abs=0.005 * surface.sum() / 100 + 0.01)
    for code in np.unique(codes[codes > 0]).tolist():
        held = (fields[f"naf_{code}"] * surface).sum() / 100
        assert held == pytest.approx((codes == code).sum() * pixel, abs=0.005 * surface.sum() / 100)
    grass = (fields["prairie_pct"] * surface).sum() / 100
    assert grass == pytest.approx((herbaceous & (parcels == 18)).sum() * pixel, abs=0.005 * surface.sum() / 100)
    assert {"image", "RPG"} <= set(fields["source"])
