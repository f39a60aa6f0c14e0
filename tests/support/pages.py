"""All pages that people read, and what a test needs of them: links, anchors, blocks, commands."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.imports import ROOT

_FENCE = re.compile(r"^( *)```([^\n`]*)\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(<?([^)\s>]+)>?\)")
_TAG = re.compile(r"""<(?:img|a)\b[^>]*?\b(?:src|href)=["']([^"']+)["']""")
_HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)
_SPAN = re.compile(r"`([^`\n]+)`")


def pages() -> list[Path]:
    """README.md, CHANGELOG.md and every page of docs/ and of what they lead to."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")]
    return sorted([*found, ROOT / "requirements/README.md", ROOT / "changelog.d/README.md"])


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: where it is, its language, what is in it."""

    place: str
    language: str
    text: str


def blocks(page: Path) -> list[Block]:
    """Those of a page, in its order."""
    text = page.read_text("utf-8")
    return [
        Block(
            f"{page.relative_to(ROOT).as_posix()}:{text.count(chr(10), 0, found.start()) + 1}",
            found[2].strip(),
            "".join(line.removeprefix(found[1]) for line in found[3].splitlines(keepends=True)),
        )
        for found in _FENCE.finditer(text)
    ]


def links(page: Path) -> list[str]:
    """Where a page's links and pictures lead, as written."""
    text = _SPAN.sub("", _FENCE.sub("", page.read_text("utf-8")))
    return [*_LINK.findall(text), *_TAG.findall(text)]


def anchors(page: Path) -> set[str]:
    """The names of a page's headings, as hosts of repositories and the site make them."""
    text = _FENCE.sub("", page.read_text("utf-8"))
    seen: Counter[str] = Counter()
    names = set()
    for heading in _HEADING.findall(text):
        name = slug(heading)
        names.add(f"{name}-{seen[name]}" if seen[name] else name)
        seen[name] += 1
    return names


def slug(heading: str) -> str:
    """The anchor of a heading: letters of any script, digits, hyphens and underscores."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    return re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")


def spans(page: Path) -> list[str]:
    """The code within a page's sentences, a span that goes over a line's end included."""
    text = _FENCE.sub("", page.read_text("utf-8"))
    return [re.sub(r"\s+", " ", span) for span in re.findall(r"(?<!`)`([^`]+)`(?!`)", text)]
