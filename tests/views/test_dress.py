"""Themes, fonts and icons."""

import xml.etree.ElementTree as ET

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from motp_desktop.resources import resource
from motp_desktop.ui import icons
from motp_desktop.ui.fonts import Type as TypeSize
from motp_desktop.ui.fonts import choose_font, covers, font_of, text_scale
from motp_desktop.ui.theme import Appearance, apply_theme, current_tokens, use_tokens
from motp_desktop.ui.tokens import DARK, HIGH_CONTRAST, LIGHT, THEMES, Tokens
from motp_desktop.ui.widgets.text_edit import TextEdit
from tests.support.screens import scenes
from tests.views.conftest import Open

ICONS = sorted(path.stem for path in resource("icons").glob("*.svg"))
SCENES = {scene.name: scene for scene in scenes()}


def test_a_font_with_hangul_is_chosen(app: QApplication) -> None:
    choice = choose_font(app)
    assert choice.covers_hangul
    assert covers(choice.family)
    assert app.font().family() == choice.family


def test_a_font_without_hangul_is_told(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motp_desktop.ui.fonts.covers", lambda family: False)
    assert not choose_font(app).covers_hangul
    monkeypatch.undo()
    choose_font(app)


def test_larger_text_scales_the_whole_type_scale(app: QApplication) -> None:
    usual = app.font()
    large = app.font()
    large.setPointSizeF(30)
    app.setFont(large)
    assert text_scale() == 2.0
    assert font_of(TypeSize.TITLE).pointSizeF() == 44
    app.setFont(usual)


@pytest.mark.parametrize("tokens", THEMES, ids=lambda tokens: tokens.name)
def test_the_example_in_an_empty_field_is_as_readable_as_other_quiet_text(
    app: QApplication, tokens: Tokens
) -> None:
    use_tokens(app, tokens)
    field = TextEdit()
    field.setPlaceholderText("■■■■")
    field.resize(200, 44)
    image = field.grab().toImage()
    # Its last letters: the cursor blinks before the first.
    found = {image.pixelColor(x, 22).name() for x in range(30, 60)}
    assert QColor(tokens.muted).name() in found
    use_tokens(app, LIGHT)


def test_the_theme_follows_the_system(app: QApplication) -> None:
    apply_theme(app)
    for scheme, tokens in ((Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Light, LIGHT)):
        app.styleHints().colorSchemeChanged.emit(scheme)
        assert current_tokens() is tokens


def test_high_contrast_follows_the_system_in_either_scheme(app: QApplication) -> None:
    apply_theme(app)
    contrast = app.styleHints().accessibility().contrastPreferenceChanged
    for scheme, tokens in ((Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Light, LIGHT)):
        app.styleHints().colorSchemeChanged.emit(scheme)
        contrast.emit(Qt.ContrastPreference.HighContrast)
        assert current_tokens() is HIGH_CONTRAST
        contrast.emit(Qt.ContrastPreference.NoPreference)
        assert current_tokens() is tokens


@pytest.mark.parametrize(
    ("appearance", "tokens"),
    [
        (Appearance.LIGHT, LIGHT),
        (Appearance.DARK, DARK),
        (Appearance.HIGH_CONTRAST, HIGH_CONTRAST),
    ],
)
def test_an_appearance_that_was_chosen_stays_whatever_the_system_does(
    app: QApplication, appearance: Appearance, tokens: Tokens
) -> None:
    apply_theme(app, appearance)
    for scheme in (Qt.ColorScheme.Dark, Qt.ColorScheme.Light):
        app.styleHints().colorSchemeChanged.emit(scheme)
        assert current_tokens() is tokens
    apply_theme(app)
    assert current_tokens() is LIGHT


def test_an_open_window_changes_its_dress(app: QApplication, open_scene: Open) -> None:
    window, _ = open_scene(SCENES["show-code"])
    for tokens in THEMES:
        use_tokens(app, tokens)
        app.processEvents()
        corner = window.grab().toImage().pixelColor(4, window.height() - 4)
        assert corner == QColor(tokens.bg)
    use_tokens(app, LIGHT)


@pytest.mark.parametrize("name", ICONS)
def test_icons_are_ours_on_one_grid_and_draw_something(app: QApplication, name: str) -> None:
    root = ET.parse(resource("icons", f"{name}.svg")).getroot()
    if not name.startswith("app"):
        assert root.get("viewBox") == "0 0 24 24"
        assert root.get("stroke") == "currentColor"
        assert root.get("stroke-width") == "2"
    image = icons.pixmap(name, "#ff0000", 24).toImage()
    pixels = [image.pixelColor(x, y) for x in range(24) for y in range(24)]
    assert sum(pixel.alpha() > 0 for pixel in pixels) > 8


def test_the_app_icon_has_all_sizes(app: QApplication) -> None:
    assert {16, 32, 256} <= {size.width() for size in icons.app_icon().availableSizes()}
