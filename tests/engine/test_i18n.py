"""The French translation is complete and fits; the tool that keeps it so finds every kind of text."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from ocsia_plugin.engine import messages
from ocsia_plugin.engine.messages import _SUBJECTS, MESSAGES
from tools import i18n

SOURCE = """
def _tr(text):
    return QCoreApplication.translate("Page", text)

class Algorithm(Base):
    def title(self):
        return self.tr("One " "and "
                       "two")

NOOP = QT_TRANSLATE_NOOP("Engine", "m²")
print(_tr("Help"))
"""


def _collected(source: str) -> i18n._Collector:
    tree = ast.parse(source)
    collector = i18n._Collector("a.py", i18n._helper_context(tree))
    collector.visit(tree)
    return collector


def test_every_text_has_its_french() -> None:
    assert list(i18n.problems(i18n.collect(), i18n.read_ts())) == [], "run: python -m tools.i18n update"


def test_no_code_stands_for_two_sentences() -> None:
    assert len(MESSAGES) == sum(len(subject.MESSAGES) for subject in _SUBJECTS)


def test_every_module_of_sentences_is_a_subject() -> None:
    folder = Path(messages.__file__).parent
    assert {Path(s.__file__).stem for s in _SUBJECTS} == {p.stem for p in folder.glob("*.py")} - {"__init__", "mark"}


def test_every_sentence_of_the_engine_is_collected() -> None:
    assert {t.source for t in i18n.collect() if t.context == "Engine"} >= set(MESSAGES.values())


def test_collector_knows_contexts_and_joined_strings() -> None:
    found = [(t.context, t.source) for t in _collected(SOURCE).found]
    assert found == [("Algorithm", "One and two"), ("Engine", "m²"), ("Page", "Help")]


def test_collector_refuses_computed_texts() -> None:
    assert _collected('class A:\n    def b(self):\n        self.tr(f"{1} pixels")').errors


@pytest.mark.parametrize(
    ("source", "french"),
    [
        ("{path} is missing.", "{chemin} manque."),
        ("{a} and {a}", "{a}"),
        ("<b>Limits.</b>", "<b>Limites."),
        ("Written: {path}", "Écrit : {path}"),
        ("Written: {path}", "Écrit: {path}"),
        ("'Zones'", "« Zones »"),
        ("{a} % of it", "{a} % de cela"),
        ("10 km tiles", "dalles de 10 km"),
        ("{path} - or {other}", "{path} - ou {other}"),
        ("1, 2...", "1, 2..."),
        ("100 m x 100 m", "100\u00a0m x 100\u00a0m"),
        ("-5 to 100", "de -5 à 100"),
        ("the image", "l’image"),
        ("{a}: {b}", "{a}\u202f: {b}"),
    ],
)
def test_misfits_are_found(source: str, french: str) -> None:
    assert list(i18n.misfits(source, french))


def test_fitting_translation_passes() -> None:
    assert not list(i18n.misfits("Written: '{path}'", "Écrit\u00a0: «\u00a0{path}\u00a0»"))
    bands = "R, V, B, - (ne sert pas)\u00a0; 80\u00a0% de 10\u00a0km – ou −5\u00a0m…"
    assert not list(i18n.misfits("R, V, B, - (unused); 80 % of 10 km - or -5 m...", bands))


def test_update_keeps_translations_and_marks_changed_ones(tmp_path: Path) -> None:
    known = {("C", "A text of some length."): i18n.Translation("Un texte.", True)}
    texts = [
        i18n.Text("C", "A text of some length.", "a.py"),
        i18n.Text("C", "A text of some lengths.", "a.py"),
        i18n.Text("D", "A text of some length.", "b.py"),
        i18n.Text("D", "Something else", "b.py"),
    ]
    path = tmp_path / "ocsia_fr.ts"
    i18n.write_ts(texts, i18n.merge(texts, known), path)
    assert list(i18n.read_ts(path).values()) == [
        i18n.Translation("Un texte.", True),
        i18n.Translation("Un texte.", False),
        i18n.Translation("Un texte.", True),
        i18n.Translation("", False),
    ]


def test_compile(tmp_path: Path) -> None:
    copy = tmp_path / "ocsia_fr.ts"
    copy.write_bytes(i18n.TS.read_bytes())
    compiled = i18n.compile_qm(copy)
    if compiled is None:
        pytest.skip("Qt's lrelease is not installed")
    assert compiled.stat().st_size > 1000
