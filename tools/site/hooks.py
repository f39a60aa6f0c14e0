"""What mkdocs calls while it builds the site: the navigation, and what pages need from outside
docs/."""

import sys
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tools.site.links import DOCS, for_site, is_outside, linked, project_path  # noqa: E402

_ALSO = {"resources/desktop/icons/app.svg": "site/icon.svg", "tools/site/site.css": "site/site.css"}
_KOREAN = range(0xAC00, 0xD7A4)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Leave pages that are not there out of the navigation; list every decision."""
    config.nav = _present(config.nav or [])
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what pages link to outside docs/, and the site's own style and icon."""
    waiting = [file.src_uri for file in files if file.is_documentation_page()]
    added = set()
    while waiting:
        page = project_path(waiting.pop())
        for target in linked(page, (ROOT / page).read_text("utf-8")):
            if target.startswith(DOCS) or target in added or not (ROOT / target).is_file():
                continue
            added.add(target)
            files.append(File(target, str(ROOT), config.site_dir, use_directory_urls=False))
            if target.endswith(".md"):
                waiting.append(target)
    for source, place in _ALSO.items():
        files.append(File.generated(config, place, abs_src_path=str(ROOT / source)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Let links lead to where the site has what they name."""
    return for_site(page.file.src_uri, markdown)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG001
    """Name the language that a page is written in: readers aloud go by it."""
    letters = [ord(letter) for letter in page.markdown or "" if letter.isalpha()]
    korean = sum(letter in _KOREAN for letter in letters)
    if 2 * korean < len(letters):
        return output
    return output.replace('<html lang="en"', '<html lang="ko"', 1)


def _present(entries: list[Any]) -> list[Any]:
    return [kept for entry in entries if (kept := _entry(entry)) not in (None, [])]


def _entry(entry: Any) -> Any:
    if isinstance(entry, dict):
        ((title, inside),) = entry.items()
        if isinstance(inside, list):
            return {title: kept} if (kept := _present(inside)) else None
        if inside.endswith("/"):
            pages = sorted(
                (ROOT / DOCS / inside).glob("*.md"), key=lambda f: (f.name != "README.md", f.name)
            )
            return {title: [f"{inside}{file.name}" for file in pages]}
        return {title: inside} if _there(inside) else None
    return entry if _there(entry) else None


def _there(source: str) -> bool:
    return (ROOT / (source if is_outside(source) else DOCS + source)).is_file()
