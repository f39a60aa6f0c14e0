"""The guides quote the app and the console as they are, in both languages."""

import re
from pathlib import Path
from typing import get_args

import pytest
from PySide6.QtWidgets import QApplication

from motp_desktop.ui.translation import install_language
from motp_protocol.fields import Language
from motp_protocol.helpdesk import Cause
from motp_verifier.http.popups.texts import TEXTS
from tests.support.guides import DOCS, finding_of, prose, quotations, quoted
from tests.views.test_translations import TS, sources

HANDBOOKS: dict[Language, Path] = {
    "ko": DOCS / "helpdesk.md",
    "en": DOCS / "en" / "helpdesk.md",
}
# What the case book has to have, in its order.
COMPLAINTS: tuple[Cause, ...] = (
    "clock-wrong", "pin-locked", "code-locked", "code-used", "revoked", "cloned",
    "roster-mismatch", "never-registered", "consent-outdated", "offline", "replaced",
    "name-not-verified",
)  # fmt: skip
_BUTTON = re.compile(r"(?<![!a-z])\[([^\[\]]+)\](?![(:])")


@pytest.mark.parametrize("language", get_args(Language))
def test_the_handbook_quotes_the_console_as_it_is(app: QApplication, language: Language) -> None:
    install_language(app, language)
    for told, block in quotations(HANDBOOKS[language].read_text("utf-8")):
        assert block == quoted(finding_of(told)), told


@pytest.mark.parametrize("language", get_args(Language))
def test_the_handbook_has_every_cause_once(language: Language) -> None:
    told = [told.split()[0] for told, _ in quotations(HANDBOOKS[language].read_text("utf-8"))]
    assert sorted(told) == sorted(get_args(Cause))


@pytest.mark.parametrize("language", get_args(Language))
def test_the_case_book_has_the_twelve_complaints_under_their_headings(language: Language) -> None:
    page = HANDBOOKS[language].read_text("utf-8")
    case = r'^### (\d+)\. .+\n["“].+["”]\n\n<!-- finding: ([a-z-]+)'
    found = re.findall(case, page, re.MULTILINE)
    assert found == [(str(n), cause) for n, cause in enumerate(COMPLAINTS, 1)]


@pytest.mark.parametrize("page", ["helpdesk.md", "trainee.md"])
@pytest.mark.parametrize("language", get_args(Language))
def test_every_button_in_a_guide_is_one_of_the_app_or_the_pop_up(
    page: str, language: Language
) -> None:
    folder = DOCS if language == "ko" else DOCS / "en"
    named = _BUTTON.findall(prose((folder / page).read_text("utf-8")))
    assert named
    assert set(named) <= texts_of_the_app(language) | buttons_of_the_popup(language)


@pytest.mark.parametrize("language", get_args(Language))
def test_the_app_calls_the_buttons_of_the_popup_by_their_names(language: Language) -> None:
    known = texts_of_the_app(language)
    named = {name for text in known for name in _BUTTON.findall(text)}
    assert named <= known | buttons_of_the_popup(language)


def texts_of_the_app(language: Language) -> set[str]:
    """All that the app and the console can say."""
    return {source if language == "ko" else target for (_, source), target in sources(TS).items()}


def buttons_of_the_popup(language: Language) -> set[str]:
    """What can be pressed there."""
    page = TEXTS[language]
    return {page.by_app, page.by_phone, page.confirm}
