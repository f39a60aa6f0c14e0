"""Links of pages, between the folder that people read on disk and the site."""

import posixpath
import re
from collections.abc import Callable, Iterator

DOCS = "docs/"
_LINK = re.compile(r"(?<=\]\()(?![a-z][a-z0-9+.-]*:|#|/)([^)\s#]+)")
_FENCED = re.compile(r"(^ *```.*?^ *```$|`[^`\n]+`)", re.DOTALL | re.MULTILINE)


def project_path(source: str) -> str:
    """Where a page or file of the site lies in the project: the docs' own are not outside."""
    return source if is_outside(source) else DOCS + source


def is_outside(source: str) -> bool:
    """Whether a source of the site is not from docs/."""
    return source.startswith(("examples/", "packaging/", "tools/", "tests/", "changelog.d/"))


def linked(page: str, markdown: str) -> Iterator[str]:
    """The paths in the project that a page's links name; `page` is its own."""
    for part in _prose(markdown):
        for found in _LINK.finditer(part):
            yield _target(page, found[1])


def for_site(source: str, markdown: str) -> str:
    """A page's text with the links that leave its folder on disk as the site has them."""
    page = project_path(source)

    def moved(found: re.Match[str]) -> str:
        target = _target(page, found[1])
        there = target.removeprefix(DOCS)
        return posixpath.relpath(there, posixpath.dirname(source) or ".")

    return _mapped(markdown, lambda part: _LINK.sub(moved, part))


def _target(page: str, link: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), link))


def _prose(markdown: str) -> list[str]:
    return _FENCED.split(markdown)[::2]


def _mapped(markdown: str, change: Callable[[str], str]) -> str:
    parts = _FENCED.split(markdown)
    return "".join(part if at % 2 else change(part) for at, part in enumerate(parts))
