"""The guides as a site: built without a warning, and complete without the network."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.architecture.imports import ROOT
from tools.site.links import for_site, linked

pytestmark = pytest.mark.xdist_group("site")

_LOADS = {
    ("script", "src"),
    ("img", "src"),
    ("img", "srcset"),
    ("iframe", "src"),
    ("source", "src"),
    ("source", "srcset"),
    ("video", "src"),
    ("audio", "src"),
    ("embed", "src"),
    ("object", "data"),
    ("use", "href"),
    ("form", "action"),
}
# The only links that a browser follows when nobody asks.
_NAMED_ONLY = {"canonical", "next", "prev", "author", "license"}


class _Page(HTMLParser):
    """What a page loads by itself, where it leads to, and which anchors it has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.leads: list[str] = []
        self.anchors: set[str] = set()
        self.language = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.anchors |= {told[name] for name in ("id", "name") if name in told}
        self.loads += [told[name] for name in told if (tag, name) in _LOADS and told[name]]
        if tag == "html":
            self.language = told.get("lang", "")
        if tag == "link" and told.get("rel") not in _NAMED_ONLY:
            self.loads.append(told["href"])
        if tag == "a" and "href" in told:
            self.leads.append(told["href"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(folder)],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, _Page]:
    return {file: _Page(file.read_text("utf-8")) for file in sorted(site.rglob("*.html"))}


def test_every_guide_is_a_page(pages: dict[Path, _Page], site: Path) -> None:
    there = {file.relative_to(site).as_posix() for file in pages}
    for source in (ROOT / "docs").rglob("*.md"):
        place = source.relative_to(ROOT / "docs").with_suffix(".html").as_posix()
        assert place.replace("README.html", "index.html") in there


def test_no_page_loads_anything_from_elsewhere(pages: dict[Path, _Page]) -> None:
    for file, page in pages.items():
        outside = [load for load in page.loads if _is_outside(load)]
        assert not outside, f"{file.name} loads {outside}"


def test_what_pages_load_is_there(pages: dict[Path, _Page]) -> None:
    for file, page in pages.items():
        if file.name == "404.html":  # served for any address, so that its paths are from the root
            continue
        for load in page.loads:
            assert (file.parent / unquote(urlsplit(load).path)).exists(), f"{file.name}: {load}"


def test_no_style_loads_anything_from_elsewhere(site: Path) -> None:
    styles = sorted(site.rglob("*.css"))
    assert styles
    for style in styles:
        text = style.read_text("utf-8")
        for found in re.finditer(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""", text):
            load = found[1] or found[2]
            assert load.startswith("data:") or not _is_outside(load), f"{style.name}: {load[:80]}"


def test_every_link_and_anchor_of_the_site_is_there(pages: dict[Path, _Page]) -> None:
    for file, page in pages.items():
        for lead in page.leads:
            if _is_outside(lead) or file.name == "404.html":
                continue
            told = urlsplit(lead)
            place = (file.parent / unquote(told.path)).resolve() if told.path else file
            if place.is_dir():
                place = place / "index.html"
            assert place.exists(), f"{file.name}: {lead}"
            if told.fragment and place in pages:
                anchors = pages[place].anchors
                assert unquote(told.fragment) in anchors | {"__top"}, f"{file.name}: {lead}"


def test_pages_say_in_which_language_they_are(pages: dict[Path, _Page], site: Path) -> None:
    by_place = {file.relative_to(site).as_posix(): page.language for file, page in pages.items()}
    assert by_place["trainee.html"] == "ko"
    assert by_place["helpdesk.html"] == "ko"
    assert by_place["en/trainee.html"] == "en"
    assert by_place["protocol.html"] == "en"


def test_links_out_of_the_docs_lead_to_where_the_site_has_them() -> None:
    text = (
        "[a](../examples/x/README.md#y) [b](verifier.md) `[c](../no.md)`\n```\n[d](../no.md)\n```\n"
    )
    assert list(linked("docs/a.md", text)) == ["examples/x/README.md", "docs/verifier.md"]
    assert for_site("a.md", text) == text.replace("../examples", "examples")
    back = "[a](../../docs/en/trainee.md)"
    assert for_site("examples/x/README.md", back) == "[a](../../en/trainee.md)"


def _is_outside(address: str) -> bool:
    told = urlsplit(address)
    return bool(told.scheme or told.netloc)
