"""Every pair of colours that meets on a screen is far enough apart (WCAG 2.2, 1.4.3 and 1.4.11)."""

import pytest

from motp_desktop.ui.tokens import THEMES, Tokens

TEXT_ON = [
    ("text", "bg"),
    ("text", "surface"),
    ("muted", "bg"),
    ("muted", "surface"),
    ("accent", "bg"),
    ("accent", "surface"),
    ("accent", "hover"),
    ("text", "hover"),
    ("accent", "info_bg"),
    ("accent", "warn_bg"),
    ("accent", "bad_bg"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_accent", "accent_pressed"),
    ("ok", "bg"),
    ("ok", "surface"),
    ("ok", "ok_bg"),
    ("warn", "surface"),
    ("warn", "bg"),
    ("warn", "warn_bg"),
    ("bad", "surface"),
    ("bad", "bg"),
    ("bad", "bad_bg"),
    *(("text", f"{tone}_bg") for tone in ("ok", "warn", "bad", "info")),
    *(("muted", f"{tone}_bg") for tone in ("ok", "warn", "bad", "info")),
]
OUTLINES = [
    ("line", "bg"),
    ("line", "surface"),
    ("accent", "bg"),
    ("bad", "bg"),
    ("bad", "surface"),
]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def themed(pairs: list[tuple[str, str]]) -> list[tuple[Tokens, str, str]]:
    return [(tokens, *pair) for tokens in THEMES for pair in pairs]


TEXT_CASES = themed(TEXT_ON)


@pytest.mark.parametrize(
    ("tokens", "front", "back"), TEXT_CASES, ids=lambda v: getattr(v, "name", v)
)
def test_text_can_be_read(tokens: Tokens, front: str, back: str) -> None:
    assert contrast(getattr(tokens, front), getattr(tokens, back)) >= 4.5


@pytest.mark.parametrize(
    ("tokens", "front", "back"), themed(OUTLINES), ids=lambda v: getattr(v, "name", v)
)
def test_outlines_can_be_seen(tokens: Tokens, front: str, back: str) -> None:
    assert contrast(getattr(tokens, front), getattr(tokens, back)) >= 3


def test_themes_are_told_apart_by_their_window_colour() -> None:
    assert len({tokens.bg for tokens in THEMES}) == len(THEMES)
