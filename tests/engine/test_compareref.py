"""A reference against a prediction: shares, verdicts, objects that it lacks, and what its values mean."""

from __future__ import annotations

import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely

from ocsia_plugin.engine.errors import Cancelled, OcsiaError
from ocsia_plugin.engine.jobs import CompareRefJob
from ocsia_plugin.engine.nomenclature import load_nomenclature
from ocsia_plugin.engine.products.classes import Legend
from ocsia_plugin.engine.products.values import Vocabulary, meanings_of, parse_kinds, parse_mapping, plain

X, Y = 500000.0, 6290000.0
NAF = load_nomenclature("naf15")
WORDS = Vocabulary(Legend(NAF, NAF.classes))


def box(left: float, top: float, right: float, bottom: float) -> shapely.Geometry:
    """In metres east and south of the corner."""
    return shapely.box(X + left, Y - bottom, X + right, Y - top)


def _codes() -> np.ndarray:
    """60 m x 40 m of grass with a pond, two buildings, a pool and a hedge."""
    codes = np.full((200, 300), 13, np.uint8)
    codes[20:70, 20:80] = 6  # 10 m x 12 m
    codes[20:70, 120:170] = 1  # 10 m x 10 m
    codes[120:160, 120:160] = 1  # 8 m x 8 m
    codes[100:120, 220:245] = 4  # 4 m x 5 m
    codes[180:190, :] = 11
    codes[:, 290:] = 0
    return codes


def _write(path: Path, shapes: Sequence[shapely.Geometry], values: Sequence[Any], name: str = "nature") -> str:
    values = np.array(values, object if isinstance(values[0], (str, type(None))) else None)
    wkb = shapely.to_wkb(np.array(shapes, object))
    pyogrio.raw.write(path, wkb, [values], [name], driver="GPKG", geometry_type="Polygon", crs="EPSG:2154")
    return str(path)


@pytest.fixture
def job(write_raster: Callable, tmp_path: Path, out: Path) -> Callable[..., CompareRefJob]:
    """The town hall's layer: the first building (half of it drawn), grass, a pond that is one, a wood that is none."""

    def make(data: np.ndarray | None = None, **options: Any) -> CompareRefJob:
        data = _codes() if data is None else data
        path = write_raster(tmp_path / "in.tif", data[np.newaxis] if data.ndim == 2 else data, nomenclature="naf15")
        shapes = [box(24, 4, 33, 14), box(0, 20, 58, 36), box(4, 4, 16, 14), box(40, 0, 50, 8), box(44, 8, 70, 36)]
        names = ["Bâtiment", "herbe", "Mare", "Bois", "jardin"]
        reference = _write(tmp_path / "ref.gpkg", shapes, names)
        defaults = {"mapping": "herbe=13; Mare=6; Bois=8+10+11; jardin=", "reference": reference, "field": "nature"}
        outputs = {"output": str(out / "c.gpkg"), "verdicts": str(out / "v.gpkg")}
        return CompareRefJob(input=path, **{**defaults, **outputs, **options})

    return make


def _fields(path: str) -> dict[str, list[Any]]:
    meta, _, wkb, columns = pyogrio.raw.read(path, layer=Path(path).stem)
    return {**dict(zip(meta["fields"].tolist(), (c.tolist() for c in columns))), "geom": list(shapely.from_wkb(wkb))}


def test_what_the_reference_lacks_is_ranked(run, job, out: Path) -> None:
    done = run(job())
    found = _fields(done.results["OUTPUT"])
    assert found["rang"] == [1, 2, 3]
    assert found["classe"] == ["Broussaille", "Bâtiment", "Piscine"]
    assert found["surface_m2"] == [116.0, 64.0, 20.0]  # the hedge without its part under no data
    assert found["reference"] == [None, "herbe", "herbe"]
    assert found["verifie"] == [False] * 3 and found["decision"] == [None] * 3
    assert "confiance" not in found
    assert found["geom"][1].equals(box(24, 24, 32, 32))
    assert done.params("info-compareref")["candidates"] == 3
    assert {p.name for p in out.iterdir()} == {"c.gpkg", "v.gpkg"}


def test_verdicts_follow_the_shares(run, job) -> None:
    verdicts = _fields(run(job()).results["VERDICTS"])
    assert verdicts["nature"] == ["Bâtiment", "herbe", "Mare", "Bois", "jardin"]
    assert verdicts["verdict"] == ["confirmé", "confirmé", "confirmé", "contredit", None]
    assert verdicts["attendu"][3] == "Conifères + Feuillus + Broussaille"
    codes = _codes()
    inside = codes[100:180, :290]  # the second polygon, without the columns that have no data
    share = (inside == 13).mean()
    assert verdicts["part_pct"][1] == pytest.approx(100 * share, abs=0.06)
    assert verdicts["culture_herbace_pct"][1] == pytest.approx(100 * share, abs=0.06)
    assert verdicts["batiment_pct"][1] == pytest.approx(100 * (inside == 1).mean(), abs=0.06)
    assert verdicts["confiance"][1] == pytest.approx(share, abs=6e-4)
    assert verdicts["confiance"][3] == 1 and verdicts["majorite"][3] == "Culture et herbacé"
    assert verdicts["nodata_pct"][4] == pytest.approx(100 * 2 / 16, abs=0.1)


def test_limits_move_the_verdict(run, job) -> None:
    asked = job(confirmed=99.0, contradicted=10.0)
    verdicts = _fields(run(asked).results["VERDICTS"])
    assert verdicts["verdict"][1] == "douteux" and np.isnan(verdicts["confiance"][1])


def test_probabilities_give_shares_and_confidence(run, job) -> None:
    codes = _codes()
    p = np.zeros((15, *codes.shape), np.uint8)
    for code in (1, 4, 6, 11, 13):
        p[code - 1][codes == code] = 180
        p[9][codes == code] = 60
    found = run(job(p, lang="en"))
    candidates = _fields(found.results["OUTPUT"])
    assert candidates["confiance"] == pytest.approx([0.75] * 3, abs=0.002)
    assert candidates["classe"][1] == "Building"
    verdicts = _fields(found.results["VERDICTS"])
    assert verdicts["verdict"][2] == "confirmed" and verdicts["confiance"][2] == pytest.approx(0.75, abs=0.001)
    assert verdicts["part_pct"][3] == pytest.approx(25, abs=0.1) and verdicts["verdict"][3] == "doubtful"


def test_the_tolerance_covers_what_is_drawn_a_little_aside(run, job, tmp_path: Path) -> None:
    """The building of the reference ends 1 m short: with 2 m of tolerance nothing is left, without it a strip."""
    found = {t: _fields(run(job(objects="1", tolerance=t)).results["OUTPUT"])["surface_m2"] for t in (2.0, 0.0)}
    assert found == {2.0: [64.0], 0.0: [64.0, 10.0]}


def test_kinds_may_be_groups_and_small_objects_are_left_out(run, job) -> None:
    found = _fields(run(job(objects="ligneux; piscine+6", min_area=25.0)).results["OUTPUT"])
    assert found["classe"] == ["Végétation ligneuse"]  # the pond is in the reference, the pool is too small


def test_the_style_has_a_form(run, job) -> None:
    path = run(job()).results["OUTPUT"]
    with closing(sqlite3.connect(path)) as db:
        root = ET.fromstring(db.execute("SELECT styleQML FROM layer_styles").fetchone()[0])
    assert root.get("styleCategories") == "Symbology|Fields|Forms"
    widgets = {f.get("name"): f.find("editWidget").get("type") for f in root.iter("field")}
    assert widgets == {"verifie": "CheckBox", "decision": "ValueMap"}


def test_nothing_lacking_is_an_empty_layer(run, job) -> None:
    found = run(job(np.full((200, 300), 13, np.uint8)))
    assert _fields(found.results["OUTPUT"])["rang"] == []


def test_numbers_are_codes(run, job, tmp_path: Path) -> None:
    reference = _write(tmp_path / "codes.gpkg", [box(4, 4, 16, 14), box(24, 4, 34, 14)], [6, 6], "code")
    verdicts = _fields(run(job(reference=reference, field="code", mapping="")).results["VERDICTS"])
    assert verdicts["verdict"] == ["confirmé", "contredit"]


@pytest.mark.parametrize(
    ("value", "key"),
    [("Bâtiment", "batiment"), (" BATIMENT ", "batiment"), (6, "surface_eau"), (6.0, "surface_eau"),
     ("6", "surface_eau"),
     ("Surface d'eau", "surface_eau"), ("Water", "surface_eau"), ("ligneux", "ligneux"), ("Feuillus", "feuillus")],
)  # fmt: skip
def test_values_are_known_by_code_and_name(value: Any, key: str) -> None:
    assert meanings_of([value], {}, WORDS)[0].key == key


def test_mappings() -> None:
    mapping = parse_mapping("Plan d'eau=6; bois = 8+10 ; ZU=\n a=b=feuillus", WORDS)
    assert {value: meaning and meaning.members for value, meaning in mapping.items()} == {
        "plan_d_eau": (6,), "bois": (8, 10), "zu": None, "a_b": (10,)
    }  # fmt: skip
    assert meanings_of(["ZU", "6", None, float("nan"), "?"], mapping, WORDS)[1].code == 6
    assert plain("  Été--2019 ") == "ete_2019"
    assert [k.land_cover.key for k in parse_kinds("", WORDS)] == ["batiment", "piscine", "surface_eau", "broussaille"]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"field": "nothing"}, "compareref-field"),
        ({"mapping": "herbe"}, "mapping-syntax"),
        ({"mapping": "herbe=77"}, "mapping-syntax"),
        ({"mapping": "Bâtiment="}, "reference-unmatched"),
        ({"objects": "1; bati"}, "groups-syntax"),
        ({"objects": "x"}, "groups-syntax"),
        ({"confirmed": 10.0}, "limits-range"),
        ({"output": "c.shp"}, "vector-format"),
        ({"reference": "far"}, "compareref-outside"),
    ],
)
def test_refusals(run, job, tmp_path: Path, out: Path, options, code) -> None:
    if options.get("reference"):
        options = {"reference": _write(tmp_path / "far.gpkg", [box(900, 900, 950, 950)], ["6"])}
    with pytest.raises(OcsiaError) as caught:
        run(job(**options))
    assert caught.value.code == code
    assert not list(out.iterdir())


def test_values_that_nobody_knows_are_named(run, job) -> None:
    done = run(job(mapping="Mare=6"))
    assert done.params("warn-reference-values")["values"] == "Bois, herbe, jardin"


def test_cancelled_leaves_nothing(run, job, out: Path) -> None:
    with pytest.raises(Cancelled):
        run(job(), lambda recorder, event: event["event"] == "progress" and recorder.cancel.set())
    assert not list(out.iterdir())
