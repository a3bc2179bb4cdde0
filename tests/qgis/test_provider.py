"""What the provider offers: ids and parameter names are a contract that scripts and models of users rely on."""

from __future__ import annotations

import configparser
import re

import pytest
from conftest import ROOT
from qgis.core import QgsApplication, QgsProcessingParameterDefinition

PARAMETERS = {
    "predict": "INPUT IRC MNS MNT MNH MODEL MASK EXTENT RESOLUTION BANDS SCALE DALLES CRS DEVICE TILE NOMENCLATURE "
    "PRECISION PROBABILITIES CLASSES CONFIDENCE",
    "dalles": "INPUT IRC MNS MNT MNH MODEL MASK EXTENT GRID DEPARTMENT YEAR PROBABILITIES CLASSES CONFIDENCE VECTORS "
    "RESOLUTION BANDS SCALE DALLES CRS DEVICE TILE NOMENCLATURE NAMING LOCAL SCHEDULER OUTPUT",
    "composeortho": "INPUT IRC MNS MNT MNH EXTENT RESOLUTION BANDS SCALE DALLES CRS OUTPUT",
    "argmax": "INPUT GROUPS NOMENCLATURE INPUT_NOMENCLATURE OUTPUT CONFIDENCE",
    "vectorize": "INPUT MIN_AREA SIMPLIFY CLASSES MIN_AREA_BY_CLASS NOMENCLATURE BASE OUTPUT TABLE",
    "importmodel": "FILE CARD KIND NAME ARCHITECTURE BANDS MEAN STD CLASSES GSD ACTIVATION THRESHOLD TILE HALO",
    "ocsge": "INPUT BUILT_AREA OCSGE RPG BDTOPO CODE_FIELD SPLIT_BUILT SIMPLIFY DENSITY MIN_BUILT MIN_DENSE "
    "MIN_ELSEWHERE MIN_DETAIL NOMENCLATURE BASE OUTPUT DETAIL",
    "surfaces": "INPUT ZONES GROUPS POINTS TILES MODEL LEVEL SIMULTANEOUS PUBLISHED NOMENCLATURE BASE OUTPUT TABLE "
    "EXCEL REPORT",
    "layout": "INPUT CLASSES OUTPUT",
    "samplepoints": "INPUT ZONES TARGET COUNT SEED STRATA MINIMUM DOUBLE LEVEL PRECISION NOMENCLATURE BASE OUTPUT",
    "accuracy": "INPUT REFERENCE FIELD ZONES GROUPS DESIGN LEVEL EXCEL NOMENCLATURE BASE REPORT TABLE",
    "visualize": "INPUT ORTHO OPACITY SATURATION CONFIDENCE COMPRESSION NOMENCLATURE BASE OUTPUT LEGEND",
    "change": "BEFORE AFTER ZONES POINTS GROUPS MIN_WIDTH MIN_CONFIDENCE MIN_AREA LEVEL EXCEL NOMENCLATURE "
    "BASE OUTPUT POLYGONS FLOWS TABLE MATRIX",
    "neighbourhood": "INPUT GROUPS RADIUS RESOLUTION NOMENCLATURE BASE OUTPUT",
    "compareref": "INPUT REFERENCE FIELD MAPPING OBJECTS MIN_AREA TOLERANCE CONFIRMED CONTRADICTED NOMENCLATURE BASE "
    "OUTPUT VERDICTS",
    "setup": "VARIANT WHEELS PYTHON REPAIR",
}
MODELS = {"couvert_arbore", "dalle_ign", "evolution", "impermeabilisation"}
OUTPUTS = {
    "predict": {"PROBABILITIES", "CLASSES", "CONFIDENCE"},
    "dalles": {"OUTPUT"},
    "composeortho": {"OUTPUT"},
    "argmax": {"OUTPUT", "CONFIDENCE"},
    "vectorize": {"OUTPUT", "TABLE"},
    "ocsge": {"OUTPUT", "DETAIL"},
    "surfaces": {"OUTPUT", "TABLE", "REPORT"},
    "layout": {"OUTPUT"},
    "samplepoints": {"OUTPUT"},
    "accuracy": {"REPORT", "TABLE"},
    "importmodel": {"OUTPUT"},
    "visualize": {"OUTPUT", "LEGEND"},
    "change": {"OUTPUT", "POLYGONS", "FLOWS", "TABLE", "MATRIX"},
    "neighbourhood": {"OUTPUT"},
    "compareref": {"OUTPUT", "VERDICTS"},
    "setup": {"OUTPUT"},
}
MANDATORY = {
    "predict": {"INPUT", "MODEL", "DALLES", "DEVICE", "PRECISION"},
    "dalles": {
        "INPUT",
        "MODEL",
        "GRID",
        "DEPARTMENT",
        "YEAR",
        "PROBABILITIES",
        "CLASSES",
        "CONFIDENCE",
        "VECTORS",
        "DALLES",
        "DEVICE",
        "NAMING",
        "LOCAL",
        "OUTPUT",
    },
    "composeortho": {"INPUT", "DALLES", "OUTPUT"},
    "argmax": {"INPUT", "OUTPUT"},
    "vectorize": {"INPUT", "MIN_AREA", "SIMPLIFY", "BASE", "OUTPUT"},
    "importmodel": {"FILE", "ACTIVATION"},
    "ocsge": {
        "INPUT",
        "SPLIT_BUILT",
        "SIMPLIFY",
        "DENSITY",
        "MIN_BUILT",
        "MIN_DENSE",
        "MIN_ELSEWHERE",
        "MIN_DETAIL",
        "BASE",
        "OUTPUT",
    },
    "surfaces": {"INPUT", "LEVEL", "SIMULTANEOUS", "PUBLISHED", "BASE", "OUTPUT", "EXCEL"},
    "layout": {"INPUT", "OUTPUT"},
    "samplepoints": {"INPUT", "SEED", "STRATA", "MINIMUM", "DOUBLE", "LEVEL", "PRECISION", "BASE", "OUTPUT"},
    "accuracy": {"INPUT", "REFERENCE", "DESIGN", "LEVEL", "EXCEL", "BASE"},
    "visualize": {"INPUT", "ORTHO", "OPACITY", "SATURATION", "COMPRESSION", "BASE", "OUTPUT"},
    "change": {"BEFORE", "AFTER", "MIN_WIDTH", "MIN_CONFIDENCE", "MIN_AREA", "LEVEL", "BASE", "OUTPUT", "EXCEL"},
    "neighbourhood": {"INPUT", "GROUPS", "RADIUS", "RESOLUTION", "BASE", "OUTPUT"},
    "compareref": {
        "INPUT", "REFERENCE", "FIELD", "MIN_AREA", "TOLERANCE", "CONFIRMED", "CONTRADICTED", "BASE", "OUTPUT"
    },
    "setup": {"VARIANT", "REPAIR"},
}


@pytest.fixture()
def provider(plugin):
    return QgsApplication.processingRegistry().providerById("ocsia")


def test_the_provider_and_its_algorithms(provider):
    assert provider.name() == "OCS-IA"
    assert not provider.icon().isNull()
    assert provider.defaultRasterFileExtension() == "tif"
    assert provider.defaultVectorFileExtension(True) == "gpkg"
    assert {algorithm.name() for algorithm in provider.algorithms()} == set(PARAMETERS) | MODELS


def test_numbers_show_two_decimals_but_pixel_sizes(provider):
    shown = {}
    for name in PARAMETERS:
        for d in provider.algorithm(name).parameterDefinitions():
            if d.type() == "number":
                shown[name, d.name()] = d.metadata().get("widget_wrapper", {}).get("decimals")
    assert shown["vectorize", "MIN_AREA"] == 2
    assert {key for key, decimals in shown.items() if decimals is None} == {k for k in shown if k[1] == "RESOLUTION"}


@pytest.mark.parametrize("name", sorted(PARAMETERS))
def test_names_of_parameters_and_outputs(provider, name):
    algorithm = provider.algorithm(name)
    assert algorithm.id() == f"ocsia:{name}"
    assert [d.name() for d in algorithm.parameterDefinitions()] == PARAMETERS[name].split()
    assert {d.name() for d in algorithm.outputDefinitions()} == OUTPUTS[name]
    optional = QgsProcessingParameterDefinition.Flag.FlagOptional
    mandatory = {d.name() for d in algorithm.parameterDefinitions() if not d.flags() & optional}
    assert mandatory == MANDATORY[name]


def test_defaults_of_predict(provider):
    algorithm = provider.algorithm("predict")
    default = {d.name(): d.defaultValue() for d in algorithm.parameterDefinitions()}
    assert default["MODEL"] == "ocsia-naf15-rvb"
    assert default["DEVICE"] == "auto"
    created = {d.name(): d.createByDefault() for d in algorithm.destinationParameterDefinitions()}
    assert created == {"PROBABILITIES": False, "CLASSES": True, "CONFIDENCE": False}
    advanced = QgsProcessingParameterDefinition.Flag.FlagAdvanced
    assert {d.name() for d in algorithm.parameterDefinitions() if d.flags() & advanced} == {
        "RESOLUTION",
        "BANDS",
        "SCALE",
        "DALLES",
        "CRS",
        "DEVICE",
        "TILE",
        "NOMENCLATURE",
        "PRECISION",
    }


@pytest.mark.parametrize("name", sorted(PARAMETERS))
def test_every_parameter_has_help(provider, name):
    algorithm = provider.algorithm(name)
    assert algorithm.displayName() and algorithm.shortDescription() and all(algorithm.tags())
    text = algorithm.shortHelpString()
    for definition in algorithm.parameterDefinitions():
        assert definition.help(), definition.name()
        assert definition.help() in text
    assert "Limits" in text


def test_the_metadata_agree_with_the_code():
    import ocsia.ocsia_plugin as package

    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "metadata.txt", encoding="utf-8")
    general = parser["general"]
    assert general["version"] == package.__version__
    assert general["qgisMinimumVersion"] == "3.22"
    assert general["qgisMaximumVersion"] == "4.99"
    assert general["hasProcessingProvider"] == "yes"
    for library in re.findall(r'^    "([a-z]+)>=', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M):
        assert library in general["about"]
    assert (ROOT / general["icon"]).is_file()


def test_the_plugin_leaves_without_a_trace_and_comes_back(plugin):
    registry = QgsApplication.processingRegistry()
    plugin.unload()
    assert registry.providerById("ocsia") is None
    plugin.initProcessing()
    assert registry.providerById("ocsia") is not None


def test_the_toolbox_tells_them_apart(plugin):
    algorithms = QgsApplication.processingRegistry().providerById("ocsia").algorithms()
    assert {a.groupId() for a in algorithms} == {"landcover", "surfaces", "products", "models", "settings"}
    assert len({a.displayName() for a in algorithms}) == len({a.name() for a in algorithms}) == len(algorithms)
    assert all(a.tags() and a.shortDescription() for a in algorithms)
