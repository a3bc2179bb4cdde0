"""The plugin as QGIS installs it: a zip that is the same to the byte wherever it is made, and a repository's list.

    python3 -m tools.package [FOLDER] [--url URL]

Writes ``ocsia-VERSION.zip`` and ``plugins.xml`` into FOLDER (default: ``build/package``). With both files on a web
server at URL, QGIS takes ``URL/plugins.xml`` as a private repository. The translation is compiled first (Qt's
lrelease). Only files that git knows are taken: neither tests nor what running the plugin left behind.
"""

from __future__ import annotations

import argparse
import configparser
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

from . import i18n

ROOT = Path(__file__).resolve().parents[1]
TOP = "ocsia"
CONTENT = (
    "__init__.py", "metadata.txt", "LICENSE", "CHANGELOG.md", "ocsia_plugin", "resources", "styles", "docs/help",
)  # fmt: skip
MAX_MB = 25
"""What the plugin hub accepts: https://plugins.qgis.org/docs/publish"""
REQUIRED = (
    "name", "qgisMinimumVersion", "version", "description", "about", "author", "email", "homepage", "repository",
    "tracker", "license", "category", "tags", "icon", "changelog", "experimental", "hasProcessingProvider",
)  # fmt: skip
_EPOCH = (1980, 1, 1, 0, 0, 0)


def metadata() -> dict[str, str]:
    """The plugin's metadata. Raises: ValueError: something that the hub asks for is missing."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(ROOT / "metadata.txt", encoding="utf-8")
    found = dict(parser["general"])
    missing = [key for key in REQUIRED if not found.get(key)]
    if missing:
        raise ValueError(f"metadata.txt lacks {', '.join(missing)}.")
    if not (ROOT / found["icon"]).is_file():
        raise ValueError(f"The icon {found['icon']} of metadata.txt does not exist.")
    return found


def files() -> list[Path]:
    """What goes into the zip, relative to the root, sorted.

    Raises:
        FileNotFoundError: lrelease is not installed.
        subprocess.CalledProcessError: git or lrelease fails.
    """
    listed = subprocess.run(["git", "ls-files", "-z", *CONTENT], cwd=ROOT, check=True, capture_output=True)
    compiled = i18n.compile_qm()
    if compiled is None:
        raise FileNotFoundError("Qt's lrelease is missing: apt-get install qttools5-dev-tools")
    names = [Path(name) for name in listed.stdout.decode("utf-8").split("\0") if name]
    return sorted([*names, compiled.relative_to(ROOT)], key=lambda path: path.as_posix())


def write_zip(target: Path) -> None:
    """The zip, with fixed dates and rights."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in files():
            entry = zipfile.ZipInfo(f"{TOP}/{path.as_posix()}", _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            archive.writestr(entry, (ROOT / path).read_bytes())
    size = target.stat().st_size
    if size > MAX_MB * 1_000_000:
        target.unlink()
        raise ValueError(f"The zip would be of {size / 1e6:.1f} MB; the hub takes {MAX_MB}.")


def write_list(target: Path, archive: str, url: str) -> None:
    """``plugins.xml``: what QGIS's plugin manager reads of a repository."""
    about = metadata()
    root = ET.Element("plugins")
    plugin = ET.SubElement(root, "pyqgis_plugin", name=about["name"], version=about["version"])
    for tag, text in {
        "description": about["description"],
        "about": about["about"],
        "version": about["version"],
        "qgis_minimum_version": about["qgisMinimumVersion"],
        "qgis_maximum_version": about.get("qgisMaximumVersion", ""),
        "homepage": about["homepage"],
        "file_name": archive,
        "icon": about["icon"],
        "author_name": about["author"],
        "download_url": f"{url.rstrip('/')}/{archive}",
        "uploaded_by": about["author"],
        "experimental": about["experimental"],
        "deprecated": about.get("deprecated", "False"),
        "tracker": about["tracker"],
        "repository": about["repository"],
        "tags": about["tags"],
        "server": about.get("server", "False"),
    }.items():
        ET.SubElement(plugin, tag).text = text
    ET.indent(root)
    ET.ElementTree(root).write(target, encoding="utf-8", xml_declaration=True)


def package(folder: Path, url: str = "") -> Path:
    """Both files in ``folder``; returns the zip."""
    about = metadata()
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / f"{TOP}-{about['version']}.zip"
    write_zip(archive)
    released = f"{about['repository']}/releases/download/v{about['version']}"
    write_list(folder / "plugins.xml", archive.name, url or released)
    return archive


def main() -> int:
    """Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "build" / "package")
    parser.add_argument("--url", default="", help="where both files will be served from")
    given = parser.parse_args()
    try:
        archive = package(given.folder, given.url)
    except (ValueError, FileNotFoundError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{archive}: {archive.stat().st_size / 1e6:.1f} MB; beside it plugins.xml")
    return 0


if __name__ == "__main__":
    sys.exit(main())
