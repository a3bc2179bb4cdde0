"""Write the help pages: one per algorithm and language, from the algorithm's own texts.

    /usr/bin/python3 -m tools.help.pages            docs/help/{fr,en}/*.html
    /usr/bin/python3 -m tools.help.pages FOLDER     elsewhere

Runs in QGIS's Python. What the pages say is what the algorithm's panel says in QGIS: there is nothing to keep up to
date. The same code makes the same bytes. Pictures are taken by ``pictures.py``.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .captions import CAPTIONS

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "help"
LANGUAGES = ("fr", "en")
TEMPLATES = Path(__file__).with_name("templates")

WORDS = {
    "fr": {
        "title": "Aide d'OCS-IA",
        "intro": "Une page par traitement de la boîte à outils. Les textes sont ceux que QGIS affiche à côté de chaque "
        "boîte de dialogue.",
        "parameters": "Paramètres",
        "outputs": "Résultats",
        "call": "En ligne de commande",
        "optional": "facultatif",
        "advanced": "avancé",
        "default": "par défaut",
        True: "oui",
        False: "non",
        "classes": "Classes de la nomenclature NAF",
        "class_name": "classe",
        "groups": "Groupes connus, qui s'écrivent sans leurs codes",
        "group_name": "groupe",
        "back": "Tous les traitements",
        "other": "English",
        "picture": "Boîte de dialogue",
        "french_only": "",
    },
    "en": {
        "title": "Help of OCS-IA",
        "intro": "One page per algorithm of the toolbox. The texts are those that QGIS shows beside each dialog.",
        "parameters": "Parameters",
        "outputs": "Results",
        "call": "On the command line",
        "optional": "optional",
        "advanced": "advanced",
        "default": "default",
        True: "yes",
        False: "no",
        "classes": "Classes of the NAF nomenclature",
        "class_name": "class",
        "groups": "Known groups, which may stand without their codes",
        "group_name": "group",
        "back": "All algorithms",
        "other": "Français",
        "picture": "Dialog",
        "french_only": "The ready-made models are written in French; so is their help.",
    },
}


def main(folder: Path = FOLDER) -> None:
    """Both languages, each in a process of its own: Qt's translation belongs to the application."""
    from ..i18n import compile_qm

    if compile_qm() is None:
        sys.exit("Qt's lrelease is not installed: apt-get install qttools5-dev-tools")
    for language in LANGUAGES:
        command = [sys.executable, "-m", "tools.help.pages", "--language", language, str(folder.resolve())]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
    shutil.copy(TEMPLATES / "style.css", folder)


def write(language: str, folder: Path) -> None:
    """The pages of one language."""
    import jinja2

    loader = jinja2.FileSystemLoader(TEMPLATES)
    environment = jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    common = {"language": language, "words": WORDS[language], "other": next(la for la in LANGUAGES if la != language)}
    target = folder / language
    target.mkdir(parents=True, exist_ok=True)
    pages = algorithms(language)
    for page in pages:
        page["result"] = _result(page["name"], language)
        page["caption"] = CAPTIONS.get(page["name"], ("", ""))[LANGUAGES.index(language)]
        page["picture"] = (FOLDER / language / f"{page['name']}.png").is_file()
        text = environment.get_template("page.html").render(page=page, **common)
        (target / f"{page['name']}.html").write_text(text + "\n", encoding="utf-8", newline="\n")
    groups: dict[str, list[dict[str, Any]]] = {}
    for page in pages:
        groups.setdefault(page["group"], []).append(page)
    legend = _nomenclature(language)
    text = environment.get_template("index.html").render(groups=groups, legend=legend, **common)
    (target / "index.html").write_text(text + "\n", encoding="utf-8", newline="\n")
    print(f"{language}: {len(pages)} pages in {target}")


@contextmanager
def provider(language: str) -> Iterator[Any]:
    """The Processing provider of the plugin, in a QGIS without a window."""
    with tempfile.TemporaryDirectory(prefix="ocsia-help-") as links:
        # In a profile the plugin's folder is called `ocsia`; the checkout may have any name.
        (Path(links) / "ocsia").symlink_to(ROOT, target_is_directory=True)
        sys.path[:0] = [links, "/usr/share/qgis/python/plugins"]
        from qgis.core import QgsApplication

        application = QgsApplication([], True)
        application.initQgis()
        from processing.core.Processing import Processing

        Processing.initialize()
        QgsApplication.locale = staticmethod(lambda: language)
        import ocsia

        plugin = ocsia.classFactory(None)
        plugin.initProcessing()
        yield QgsApplication.processingRegistry().providerById("ocsia")
        plugin.unload()
        application.exitQgis()


def algorithms(language: str) -> list[dict[str, Any]]:
    """What the pages say, in the order of the toolbox's groups and names."""
    with provider(language) as found:
        pages = [_page(algorithm, language) for algorithm in found.algorithms()]
    return sorted(pages, key=lambda page: (page["model"], page["group"], _sortable(page["title"])))


def _sortable(text: str) -> str:
    """Without accents: É stands with E, and not behind Z."""
    return unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode("ascii")


def _result(name: str, language: str) -> str:
    """The picture of a result, from the page: one of its language, or a map that has no words; empty: none."""
    found = (path for path in (f"{name}_result.png", f"../images/{name}.jpg") if (FOLDER / language / path).is_file())
    return next(found, "")


def _page(algorithm: Any, language: str) -> dict[str, Any]:
    from qgis.core import QgsProcessingModelAlgorithm

    definitions = algorithm.parameterDefinitions()
    model = isinstance(algorithm, QgsProcessingModelAlgorithm)
    help_texts = algorithm.helpContent() if model else {}
    about = _paragraphs(str(help_texts.get("ALG_DESC", ""))) if model else algorithm.about()
    parameters = [_parameter(d, str(help_texts.get(d.name(), "")) or d.help(), language) for d in definitions]
    return {
        "name": algorithm.name(),
        "title": algorithm.displayName(),
        "group": algorithm.group(),
        "model": model,
        "short": algorithm.shortDescription() or (about.split("</p>")[0].removeprefix("<p>") if model else ""),
        "about": about,
        "inputs": [p for p in parameters if not p["destination"]],
        "outputs": [p for p in parameters if p["destination"]],
    }


def _parameter(definition: Any, help_text: str, language: str) -> dict[str, Any]:
    flags = type(definition).Flag
    return {
        "name": definition.name(),
        "title": definition.description(),
        "help": help_text,
        "optional": bool(definition.flags() & flags.FlagOptional),
        "advanced": bool(definition.flags() & flags.FlagAdvanced),
        "destination": definition.isDestination(),
        # Destinations have a default that QGIS makes itself.
        "default": "" if definition.isDestination() else _written(definition.defaultValue(), language),
    }


def _written(default: Any, language: str) -> str:
    """A default as the dialog shows it."""
    if isinstance(default, bool):
        return WORDS[language][default]
    if isinstance(default, float):
        return f"{default:g}".replace(".", "," if language == "fr" else ".")
    return "" if default is None else str(default)


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{part.strip()}</p>" for part in text.split("\n\n") if part.strip())


def _nomenclature(language: str) -> dict[str, list[dict[str, Any]]]:
    """The classes and the groups of the NAF."""
    path = ROOT / "resources" / "nomenclatures" / "naf15.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    return {part: [{**item, "name": item[language]} for item in content[part]] for part in ("classes", "groups")}


if __name__ == "__main__":
    if "--language" in sys.argv:
        write(sys.argv[2], Path(sys.argv[3]))
    else:
        main(*map(Path, sys.argv[1:2]))
