"""The two worlds stay apart: parsed from the sources, because the eye forgives."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "ocsia_plugin"
ENGINE = PACKAGE / "engine"

QGIS = {"qgis", "PyQt5", "PyQt6", "osgeo", "processing", "sip"}
HEAVY = {"rasterio", "onnxruntime", "torch", "pyogrio", "pyproj", "shapely", "scipy", "fiona", "geopandas", "pandas"}
OPTIONAL = {"torch", "segmentation_models_pytorch", "timm", "distributed"}
"""What an engine may lack."""
POISON = ("PROJ_", "GDAL_", "PYTHON")

LIGHT = (
    "areas.zonefields", "jobs", "events", "errors", "messages", "nomenclature", "paths", "grid", "models.card",
    "models.catalogue", "models.fit", "ortho.roles", "pace", "products.alternatives", "products.classes",
    "products.origin", "products.qml", "products.sizes", "products.workspace", "runtime.devices",
)  # fmt: skip
"""Modules of the engine that the QGIS side may import: the standard library and numpy are all they need."""

engine_files = sorted(ENGINE.rglob("*.py"))
qgis_files = [ROOT / "__init__.py", *sorted(p for p in PACKAGE.rglob("*.py") if ENGINE not in p.parents)]
light_places = [ENGINE / name.replace(".", "/") for name in LIGHT]
light_files = [
    ENGINE / "__init__.py",
    *(file for place in light_places for file in sorted(place.glob("*.py")) or [place.with_suffix(".py")]),
]


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imports(path: Path, everywhere: bool = True) -> set[str]:
    """Top-level names of absolute imports; with ``everywhere`` also those inside functions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = ast.walk(tree) if everywhere else (node for node in tree.body)
    found = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module.split(".")[0])
        elif isinstance(node, ast.Call) and _name(node.func).split(".")[-1] in ("import_module", "__import__"):
            found |= {arg.value.split(".")[0] for arg in node.args[:1] if isinstance(arg, ast.Constant)}
    return found


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_name(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def test_there_is_something_to_look_at():
    assert len(engine_files) > 10
    assert len(qgis_files) > 10


@pytest.mark.parametrize("path", engine_files, ids=relative)
def test_the_engine_knows_nothing_of_qgis(path):
    assert not imports(path) & QGIS


@pytest.mark.parametrize("path", qgis_files, ids=relative)
def test_the_qgis_side_imports_no_heavy_library(path):
    assert not imports(path) & HEAVY
    assert not imports(path) & {"PyQt5", "PyQt6"}, "qgis.PyQt serves both"


@pytest.mark.parametrize("path", qgis_files, ids=relative)
def test_the_qgis_side_imports_only_light_modules_of_the_engine(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level and "engine" in (node.module or "").split("."):
            module = node.module.split("engine", 1)[1].lstrip(".")
            names = [module] if module else [alias.name for alias in node.names]
            assert set(names) <= set(LIGHT), f"line {node.lineno}"


@pytest.mark.parametrize("path", [*qgis_files, *light_files], ids=relative)
def test_the_qgis_side_is_python_3_9(path):
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 9))


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=relative)
def test_imports_inside_the_package_are_relative(path):
    assert "ocsia_plugin" not in imports(path) - {"__future__"}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=relative)
def test_nobody_changes_the_environment_of_the_process(path):
    """No assignment to ``os.environ``, no ``putenv``, no ``gdal.SetConfigOption`` of the names that count."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.Assign, ast.AugAssign, ast.Delete)):
            targets = [node.target] if isinstance(node, ast.AugAssign) else node.targets
            for target in targets:
                if isinstance(target, ast.Subscript):
                    assert not _name(target.value).endswith("environ"), f"line {node.lineno}"
        elif isinstance(node, ast.Call):
            name = _name(node.func)
            assert name not in ("os.putenv", "os.unsetenv"), f"line {node.lineno}"
            if ".environ." in f".{name}":
                assert name.split(".")[-1] in ("get", "items", "copy", "keys"), f"line {node.lineno}"
            if name.split(".")[-1] == "SetConfigOption":
                assert not any(isinstance(a, ast.Constant) and str(a.value).startswith(POISON) for a in node.args)


def test_importing_the_engine_loads_nothing_heavy():
    code = "import sys, ocsia_plugin.engine\n"
    code += "".join(f"import ocsia_plugin.engine.{name}\n" for name in LIGHT)
    code += "print(*sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & (HEAVY | QGIS)


def test_the_versions_of_the_plugin_and_the_engine_are_one():
    source = (PACKAGE / "__init__.py").read_text(encoding="utf-8")
    version = ast.literal_eval(source.split("__version__ = ")[1].splitlines()[0])
    assert f"\nversion={version}\n" in (ROOT / "metadata.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", engine_files, ids=relative)
def test_every_module_of_the_engine_can_be_imported(path):
    """A job imports its modules when it runs, so that no other test need have met them."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts[-1] == "__main__":
        return
    try:
        import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    except ModuleNotFoundError as error:
        if error.name not in OPTIONAL:
            raise
