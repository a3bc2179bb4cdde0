"""What the documentation points to is there: files, pictures, headings; and no picture is left over."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    page for pattern in ("docs/**/*.html", "docs/**/*.md", "tools/**/*.md", "*.md") for page in ROOT.glob(pattern)
)
PICTURES = sorted(path for path in (ROOT / "docs").rglob("*") if path.suffix in (".png", ".jpg", ".svg"))

_FENCE = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"\]\(<?([^)>\s]+)>?(?:\s+\"[^\"]*\")?\)")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
_MARK = re.compile(r"<a (?:id|name)=\"([^\"]+)\"")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//")


class _Page(HTMLParser):
    """Links and anchors of an HTML page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.unnamed: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.links += [value for name in ("href", "src") if (value := known.get(name))]
        self.anchors |= {value for name in ("id", "name") if (value := known.get(name))}
        if tag == "img" and not known.get("alt"):
            self.unnamed.append(known.get("src") or "")


def _links(page: Path) -> list[str]:
    text = page.read_text(encoding="utf-8")
    return _Page(text).links if page.suffix == ".html" else _LINK.findall(_CODE.sub("", _FENCE.sub("", text)))


def _anchors(page: Path) -> set[str]:
    """Of headings as GitHub makes them, a number behind those that come again."""
    text = page.read_text(encoding="utf-8")
    if page.suffix == ".html":
        return _Page(text).anchors
    found: set[str] = set(_MARK.findall(text))
    for heading in _HEADING.findall(_FENCE.sub("", text)):
        plain = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).lower()
        kept = (c for c in plain if c in "-_ " or unicodedata.category(c)[0] in "LMN")
        slug = "".join(kept).replace(" ", "-")
        found.add(next(s for n in range(len(found) + 1) if (s := f"{slug}-{n}" if n else slug) not in found))
    return found


def _broken(page: Path) -> list[str]:
    broken = []
    for link in _links(page):
        if _ELSEWHERE.match(link):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists():
            broken.append(f"{link}: no such file")
        elif path and not target.is_relative_to(ROOT):
            broken.append(f"{link}: outside the repository")
        elif anchor and target.suffix in (".md", ".html") and anchor not in _anchors(target):
            broken.append(f"{link}: no such heading, there are {sorted(_anchors(target))}")
    return broken


def test_links_lead_somewhere():
    assert {str(page.relative_to(ROOT)): broken for page in PAGES if (broken := _broken(page))} == {}
    assert sum(len(_links(page)) for page in PAGES) > 200  # they were found


def test_no_picture_is_left_over():
    shown = {(page.parent / unquote(link)).resolve() for page in PAGES for link in _links(page)}
    assert [str(picture.relative_to(ROOT)) for picture in PICTURES if picture not in shown] == []


def test_pictures_of_the_help_have_words_in_their_place():
    assert [page.name for page in PAGES if page.suffix == ".html" and _Page(page.read_text("utf-8")).unnamed] == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[a](missing.md)", "missing.md: no such file"),
        ("[a](#nothing)", "#nothing: no such heading, there are ['titre-à-lire-']"),
        ("[a](/)", "/: outside the repository"),
        ("[a](#titre-à-lire-)", ""),
        ("`[a](missing.md)`\n```\n[a](missing.md)\n```", ""),
        ("[a](https://example.org/x#y)", ""),
    ],
)
def test_the_checker_itself(tmp_path, text, problem):
    page = tmp_path / "page.md"
    page.write_text(f"# Titre à lire !\n\n{text}\n", encoding="utf-8")
    if problem:
        (found,) = _broken(page)
        assert problem in found
    else:
        assert _broken(page) == []
