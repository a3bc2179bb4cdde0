"""The French translation: collect the texts of the code, compile, check.

    python -m tools.i18n update     texts of the code into i18n/ocsia_fr.ts, translations kept
    python -m tools.i18n compile    i18n/ocsia_fr.qm, with Qt's lrelease
    python -m tools.i18n check      fails where a text lacks its translation or a translation does not fit

The texts are read from the syntax tree of the code and not by Qt's pylupdate5, which knows neither helpers such as
``_tr`` nor every way in which Python joins strings over several lines.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

ROOT = Path(__file__).resolve().parents[1]
TS = ROOT / "i18n" / "ocsia_fr.ts"
LANGUAGE = "fr_FR"

LRELEASE = ("lrelease", "lrelease-qt5", "lrelease-qt6", "/usr/lib/qt5/bin/lrelease", "/usr/lib/qt6/bin/lrelease")

_METHODS = {"tr"}
_HELPERS = {"_tr"}
_WITH_CONTEXT = {"translate", "QT_TRANSLATE_NOOP"}
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_TAG = re.compile(r"</?\w+>")
_BREAKING_SPACE = re.compile(r" (?=[:;?!»%])|(?<=«) |(?<=[\d}]) (?=(?:m²|km²|ha|km|m|cm|Mo|Go|s)\b)")
_SLIPS = {
    " – stands between two parts of a sentence, not a hyphen": re.compile(r"(?<=[\w}»)]) - (?=\w)"),
    "… is one character": re.compile(r"\.\.\."),
    "× stands between two lengths": re.compile(r"\d(?:\s?m)? x \d"),
    "− stands before a negative number": re.compile(r"(?<= )-\d"),
    "apostrophes and no-break spaces are those of the other texts: ' and U+00A0": re.compile("[’\u202f]"),
}
_NO_SPACE = re.compile(r"[^\s\u00a0\u202f][:?!](?=\s|$)")


@dataclass(frozen=True)
class Text:
    """One text to translate: Qt's context, the English words, the file that first says them."""

    context: str
    source: str
    file: str


@dataclass(frozen=True)
class Translation:
    """A French text and whether a person has looked at it since the English one changed."""

    french: str
    finished: bool


Catalogue = dict[tuple[str, str], Translation]


class _Collector(ast.NodeVisitor):
    """Calls of ``self.tr`` and ``_tr`` with a text, of ``translate`` and ``QT_TRANSLATE_NOOP`` with a context too."""

    def __init__(self, file: str, helper_context: str) -> None:
        self.file = file
        self.helper_context = helper_context
        self.found: list[Text] = []
        self.errors: list[str] = []
        self._classes: list[str] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in _WITH_CONTEXT and len(node.args) >= 2:
            self._add(node, node.args[0], node.args[1])
        elif name in _METHODS and isinstance(node.func, ast.Attribute) and node.args:
            # As Qt has it, and OcsiaAlgorithm.tr: the context is the class.
            self._add(node, ast.Constant(self._classes[-1] if self._classes else ""), node.args[0])
        elif name in _HELPERS and node.args:
            self._add(node, ast.Constant(self.helper_context), node.args[0])
        self.generic_visit(node)

    def _add(self, node: ast.Call, context: ast.expr, text: ast.expr) -> None:
        if isinstance(text, ast.Name):
            return  # a helper passes on what its callers say
        words = [e.value if isinstance(e, ast.Constant) and isinstance(e.value, str) else "" for e in (context, text)]
        if not all(words):
            self.errors.append(f"{self.file}:{node.lineno}: context and text must be plain strings")
            return
        self.found.append(Text(words[0], words[1], self.file))


def collect() -> list[Text]:
    """All texts of the code, in the order of contexts and files, each once.

    Raises:
        ValueError: a text is computed, so that no translation can be found for it.
    """
    texts: dict[tuple[str, str], Text] = {}
    errors: list[str] = []
    for path in sorted(ROOT.glob("ocsia_plugin/**/*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        collector = _Collector(path.relative_to(ROOT).as_posix(), _helper_context(tree))
        collector.visit(tree)
        errors += collector.errors
        for text in collector.found:
            texts.setdefault((text.context, text.source), text)
    if errors:
        raise ValueError("\n".join(errors))
    return sorted(texts.values(), key=lambda text: (text.context, text.file))


def _helper_context(tree: ast.Module) -> str:
    """The context that the module's own ``_tr`` hands to ``translate``."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name in _HELPERS:
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
                    return str(call.args[0].value)
    return ""


def read_ts(path: Path = TS) -> Catalogue:
    """The translations of a .ts file; empty where there is none."""
    catalogue: Catalogue = {}
    if not path.is_file():
        return catalogue
    for context in ET.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            french = translation.text if translation is not None else ""
            finished = translation is not None and translation.get("type") is None
            key = (context.findtext("name", ""), message.findtext("source", ""))
            catalogue[key] = Translation(french or "", finished and bool(french))
    return catalogue


def merge(texts: list[Text], known: Catalogue) -> Catalogue:
    """Translations for ``texts``: those known, those of the same words elsewhere, else a near one to be looked at."""
    same_words = {source: translation for (_, source), translation in known.items() if translation.finished}
    return {
        (text.context, text.source): known.get((text.context, text.source))
        or same_words.get(text.source)
        or _nearest(text, known)
        for text in texts
    }


def _nearest(text: Text, known: Catalogue) -> Translation:
    sources = [source for context, source in known if context == text.context]
    near = difflib.get_close_matches(text.source, sources, 1, 0.75)
    return Translation(known[text.context, near[0]].french if near else "", False)


def write_ts(texts: list[Text], catalogue: Catalogue, path: Path = TS) -> None:
    """Write a .ts file; without line numbers, which would change with every edit of the code."""
    root = ET.Element("TS", version="2.1", language=LANGUAGE, sourcelanguage="en_GB")
    contexts: dict[str, ET.Element] = {}
    for text in texts:
        context = contexts.get(text.context)
        if context is None:
            context = contexts[text.context] = ET.SubElement(root, "context")
            ET.SubElement(context, "name").text = text.context
        message = ET.SubElement(context, "message")
        ET.SubElement(message, "location", filename=f"../{text.file}")
        ET.SubElement(message, "source").text = text.source
        translation = catalogue[text.context, text.source]
        element = ET.SubElement(message, "translation")
        element.text = translation.french
        if not translation.finished:
            element.set("type", "unfinished")
    ET.indent(root, "  ")
    body = ET.tostring(root, encoding="unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(f"{head}{body}\n", encoding="utf-8", newline="\n")


def problems(texts: list[Text], catalogue: Catalogue) -> Iterator[str]:
    """What keeps the translation from being complete and right, one sentence each."""
    wanted = {(text.context, text.source) for text in texts}
    for context, source in catalogue.keys() - wanted:
        yield f"{context}: not in the code any more (run update): {source!r}"
    for text in texts:
        translation = catalogue.get((text.context, text.source))
        if translation is None:
            yield f"{text.context}: not collected yet (run update): {text.source!r}"
        elif not translation.finished:
            yield f"{text.context}: no translation: {text.source!r}"
        else:
            for problem in misfits(text.source, translation.french):
                yield f"{text.context}: {problem}: {translation.french!r}"


def misfits(source: str, french: str) -> Iterator[str]:
    """What a translation does not share with its source, or French typography forbids."""
    for what, pattern in (("placeholders", _PLACEHOLDER), ("tags", _TAG)):
        if Counter(pattern.findall(source)) != Counter(pattern.findall(french)):
            yield f"{what} differ from {source!r}"
    if _BREAKING_SPACE.search(french):
        yield "a breaking space stands at a colon, semicolon, question, exclamation or percent mark, a unit, or in « »"
    if _NO_SPACE.search(french):
        yield "no space before a colon, question or exclamation mark"
    for what, pattern in _SLIPS.items():
        if pattern.search(french):
            yield what


def unbroken(french: str) -> str:
    """A French text with no-break spaces where a line must not end."""
    return _BREAKING_SPACE.sub("\u00a0", french)


def compile_qm(path: Path = TS) -> Optional[Path]:
    """Write the .qm beside a .ts; None where Qt's lrelease is not installed.

    Raises:
        subprocess.CalledProcessError: lrelease refuses the file.
    """
    program = next(filter(None, map(shutil.which, LRELEASE)), None)
    if program is None:
        return None
    target = path.with_suffix(".qm")
    subprocess.run([program, "-silent", str(path), "-qm", str(target)], check=True)
    return target


def main() -> int:
    """Exit status: 0 well, 1 something is missing or wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=("update", "compile", "check"))
    action = parser.parse_args().action
    if action == "compile":
        target = compile_qm()
        print(f"written: {target}" if target else "lrelease is missing: apt-get install qttools5-dev-tools")
        return 0 if target else 1
    try:
        texts = collect()
    except ValueError as error:
        print(error)
        return 1
    if action == "update":
        write_ts(texts, merge(texts, read_ts()))
    found = list(problems(texts, read_ts()))
    print("\n".join(found) if found else f"{len(texts)} texts, all translated")
    return 1 if found and action == "check" else 0


if __name__ == "__main__":
    sys.exit(main())
