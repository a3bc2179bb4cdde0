"""The main job from end to end, as a user does it: predict, argmax, vectorize and surfaces through the real QGIS.

    python3 -m tools.demo build/demo
    python3 -m tools.demo build/demo Auch         also 500 m around a commune, from IGN's Géoplateforme (internet)

Deploys the plugin into a throw-away QGIS profile, runs the chain on the sample town and, where ``OCSIA_DATA`` is set,
on a real aerial image, renders the maps and prints the surfaces. It needs the standard library alone: the rest is
QGIS's or the engine's.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

from . import live

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "resources" / "sample"
_LOG_LINES = ("Device", "Tile", "Périphérique", "Tuile", "Modèle", "Model")


def main(folder: str, commune: str = "") -> None:
    """Run the demo in ``folder``, which is emptied first; with a ``commune``, there too."""
    out = Path(folder).resolve()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    environment = deploy(out)
    print("\n== The sample town (generated, EPSG:2154, 500 m x 400 m at 20 cm)", flush=True)
    chain(SAMPLE / "ortho_rvb.tif", SAMPLE / "zones.gpkg", out / "town", environment)
    data = os.environ.get("OCSIA_DATA")
    if data:
        print("\n== A real image: rosia_rgb.tif (IGN, FLAIR data set, Etalab 2.0)", flush=True)
        chain(Path(data) / "naf15_patches" / "rosia_rgb.tif", None, out / "rosia", environment)
    if commune:
        around(commune, out / "commune", environment)
    print(f"\nEverything lies in {out}; open the GeoTIFF and GeoPackage files in QGIS, their styles come along.")


def around(commune: str, out: Path, environment: dict[str, str]) -> None:
    """The chain on 500 m around a commune, whose ortho-image IGN's Géoplateforme serves."""
    try:
        place = live.find(commune)
    except (LookupError, OSError) as error:
        sys.exit(f"Where is {commune}? {error}")
    print(f"\n== {place.name}: 500 m x 500 m from the Géoplateforme ({live.RVB}, IGN, Etalab 2.0)", flush=True)
    out.mkdir()
    ortho = out / "ortho.tif"
    run("composeortho", environment, INPUT=live.layer(live.RVB), EXTENT=live.extent(place), OUTPUT=ortho)
    chain(ortho, None, out / "resultats", environment)


def deploy(out: Path) -> dict[str, str]:
    """The plugin in a profile of its own, in French; returns the environment that QGIS is to run in."""
    profiles = out / "profiles"
    settings = profiles / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        "[PythonPlugins]\nocsia=true\n\n[locale]\noverrideFlag=true\nuserLocale=fr\n", encoding="utf-8"
    )
    plugins = out / "plugins"
    plugins.mkdir()
    pb_tool = ROOT / ".venv" / "qgis" / "bin" / "pb_tool"
    subprocess.run(
        [pb_tool, "deploy", "-n", "-y", "-p", plugins], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )
    runtime = out / "runtime"
    runtime.mkdir(mode=0o700)
    return {
        **os.environ,
        "QGIS_CUSTOM_CONFIG_PATH": str(profiles),
        "QGIS_PLUGINPATH": str(plugins),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_RUNTIME_DIR": str(runtime),
        "LANG": "C.UTF-8",
        "OCSIA_ENGINE_PYTHON": os.environ.get("OCSIA_ENGINE_PYTHON", str(ROOT / ".engine" / "bin" / "python")),
    }


def chain(ortho: Path, zones: Path | None, out: Path, environment: dict[str, str]) -> None:
    """Ortho to probabilities, classes, polygons and surfaces, then pictures and the table."""
    out.mkdir()
    probabilities, classes, confidence = (out / f"{n}.tif" for n in ("probabilites", "classes", "confiance"))
    run("predict", environment, INPUT=ortho, PROBABILITIES=probabilities, CONFIDENCE=confidence)
    run("argmax", environment, INPUT=probabilities, OUTPUT=classes)
    run("vectorize", environment, INPUT=classes, OUTPUT=out / "polygones.gpkg")
    options = {"ZONES": zones} if zones else {}
    table = out / "surfaces.csv"
    run("surfaces", environment, INPUT=probabilities, OUTPUT=out / "zones.gpkg", TABLE=table, **options)
    layers = [ortho, classes, probabilities, confidence, out / "polygones.gpkg"]
    render(out, layers, environment)
    print_table(table)


def render(out: Path, layers: list[Path], environment: dict[str, str]) -> None:
    """Pictures of the layers, made by QGIS in a process of its own."""
    command = ["/usr/bin/python3", str(ROOT / "tools" / "render_maps.py"), str(out), *map(str, layers)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"The maps could not be rendered:\n{done.stdout}\n{done.stderr}")
    print(done.stdout, end="", flush=True)


def run(algorithm: str, environment: dict[str, str], **parameters: object) -> None:
    """One algorithm through qgis_process; its log is shown in short."""
    # Debian 12 wraps qgis_process in a script that passes it an option that it refuses.
    qgis_process = shutil.which("qgis_process.bin") or shutil.which("qgis_process")
    if not qgis_process:
        sys.exit("qgis_process is missing: install QGIS (make apt).")
    command = [qgis_process, "run", f"ocsia:{algorithm}", "--"]
    command += [f"{name}={value}" for name, value in parameters.items() if value is not None]
    start = time.monotonic()
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"ocsia:{algorithm} failed:\n{done.stdout}\n{done.stderr}")
    print(f"ocsia:{algorithm:<10} {time.monotonic() - start:5.1f} s", flush=True)
    for line in done.stdout.splitlines():
        if line.startswith(_LOG_LINES):
            print(f"    {line}")


def print_table(path: Path) -> None:
    """Expected surface of each class, by zone, in m²."""
    rows: dict[str, dict[str, float]] = defaultdict(dict)
    with open(path, encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            rows[row["name"]][row["zone"]] = float(row["area_expected_m2"])
    zones = list(dict.fromkeys(zone for areas in rows.values() for zone in areas))
    print("\nExpected surfaces (m², on the ellipsoid, no interval: see the method in the CSV)")
    print(f"{'':24}" + "".join(f"{zone[:18]:>20}" for zone in zones))
    for name, areas in rows.items():
        if max(areas.values()) >= 0.5:
            numbers = (f"{areas.get(z, 0):>20,.0f}".replace(",", " ") for z in zones)
            print(f"{name:24}" + "".join(numbers))


if __name__ == "__main__":
    main(*sys.argv[1:3] or ["build/demo"])
