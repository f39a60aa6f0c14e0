"""Nothing is left untranslated, and what is missing at run time is said."""

import logging
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from motp_desktop.resources import resource
from motp_desktop.ui import translation
from tests.views.conftest import ROOT

TS = resource("i18n", "motp_desktop_en.ts")


def sources(path: Path) -> dict[tuple[str, str], str]:
    """Context and source of each message, and its translation."""
    found = {}
    for context in ET.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            target = message.find("translation")
            assert target is not None
            assert target.get("type") is None, message.findtext("source")
            key = (context.findtext("name", ""), message.findtext("source", ""))
            found[key] = target.text or ""
    return found


def test_every_text_is_translated() -> None:
    for (_, source), target in sources(TS).items():
        assert target.strip(), source
        for place in ("{n}", "{name}", "{time}", "{code}", "{number}", "{count}", "{step}"):
            assert (place in source) == (place in target), source


def test_the_translation_holds_exactly_the_texts_of_the_code(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    lupdate = Path(sys.executable).with_name("pyside6-lupdate")
    files = sorted(str(path) for path in (ROOT / "motp_desktop" / "ui").rglob("*.py"))
    subprocess.run([str(lupdate), "-silent", *files, "-ts", str(fresh)], check=True)
    root = ET.parse(fresh).getroot()
    in_code = {
        (context.findtext("name", ""), message.findtext("source", ""))
        for context in root.iter("context")
        for message in context.iter("message")
    }
    assert set(sources(TS)) == in_code, "run `make translations`, then translate what is new"


def test_a_missing_translation_is_said_and_korean_spoken(
    app: QApplication,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(translation, "resource", lambda *parts: tmp_path)
    with caplog.at_level(logging.WARNING):
        translation.install_language(app, "en")
    assert "motp_desktop_en.qm is missing" in caplog.text
    assert app.translate("Notice", "인증하기") == "인증하기"
