"""Every link leads somewhere, and every picture is one that the project draws."""

from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.architecture.imports import ROOT
from tests.support.pages import anchors, links, pages, slug
from tools.screenshots import names_in_docs


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_to_a_file_and_to_a_heading_in_it(page: Path) -> None:
    for link in links(page):
        if "://" in link or link.startswith("mailto:"):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{link}: there is no such file"
        assert target.is_relative_to(ROOT), f"{link} leads out of the project"
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), f"{link}: there is no such heading"


def test_the_headings_of_both_scripts_have_the_anchors_that_links_name() -> None:
    assert slug("What is deleted, and when") == "what-is-deleted-and-when"
    assert slug("`motp-verifier` 설치") == "motp-verifier-설치"


def test_every_picture_that_a_page_shows_is_drawn_by_the_project() -> None:
    drawn = names_in_docs()
    for page in pages():
        for link in links(page):
            if link.endswith((".png", ".jpg", ".gif")) and "://" not in link:
                target = (page.parent / unquote(link)).resolve()
                assert target.parent == ROOT / "docs/screens", f"{page.name}: {link}"
                assert target.name in drawn, f"{page.name}: {link} is drawn by nothing"


def test_the_pictures_that_are_kept_are_those_that_are_drawn() -> None:
    kept = {file.name for file in (ROOT / "docs/screens").glob("*.png")}
    assert kept == names_in_docs()
