"""The design tokens: every colour, size and space that the app uses.

Contrasts are computed by a test: text at least 4.5 to 1, outlines at least 3 to 1.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme's colours.

    `hairline` parts surfaces, `hover` lies under a quiet button that the mouse is on, `edge` is
    a card's border, and `outline` the width of fields' and buttons' outlines.
    """

    name: str
    bg: str
    surface: str
    text: str
    muted: str
    line: str
    hairline: str
    hover: str
    edge: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    ok: str
    ok_bg: str
    warn: str
    warn_bg: str
    bad: str
    bad_bg: str
    info_bg: str
    outline: int = 1


LIGHT = Tokens(
    name="light",
    bg="#F6F7F9",
    surface="#FFFFFF",
    text="#16191D",
    muted="#56606D",
    line="#7C8693",
    hairline="#DDE1E6",
    hover="#E6EAEF",
    edge="#DDE1E6",
    accent="#1E5BB8",
    accent_hover="#1A50A3",
    accent_pressed="#16458D",
    on_accent="#FFFFFF",
    ok="#1A7546",
    ok_bg="#E8F5EE",
    warn="#855400",
    warn_bg="#FFF4DC",
    bad="#B3261E",
    bad_bg="#FDECEA",
    info_bg="#EAF1FB",
)

DARK = Tokens(
    name="dark",
    bg="#14171B",
    surface="#1C2127",
    text="#F1F3F5",
    muted="#A9B2BE",
    line="#7D8794",
    hairline="#2E353D",
    hover="#2A313A",
    edge="#2E353D",
    accent="#86B4FF",
    accent_hover="#9AC0FF",
    accent_pressed="#AFCDFF",
    on_accent="#0B1B33",
    ok="#74D4A0",
    ok_bg="#17291F",
    warn="#F2C14E",
    warn_bg="#2E2612",
    bad="#FF9088",
    bad_bg="#331A18",
    info_bg="#1B2738",
)

HIGH_CONTRAST = Tokens(
    name="high-contrast",
    bg="#000000",
    surface="#010101",
    text="#FFFFFF",
    muted="#FFFFFF",
    line="#FFFFFF",
    hairline="#767676",
    hover="#000000",
    edge="#FFFFFF",
    accent="#FFE600",
    accent_hover="#FFF07A",
    accent_pressed="#FFFFFF",
    on_accent="#000000",
    ok="#FFFFFF",
    ok_bg="#000000",
    warn="#FFFFFF",
    warn_bg="#000000",
    bad="#FFFFFF",
    bad_bg="#000000",
    info_bg="#000000",
    outline=2,
)

THEMES = (LIGHT, DARK, HIGH_CONTRAST)


class Space:
    """Distances in pixels."""

    XS = 4
    S = 8
    M = 12
    L = 16
    XL = 24
    XXL = 32
    XXXL = 48


class Size:
    """Sizes in pixels."""

    RADIUS = 8
    CARD_RADIUS = 16
    CONTROL = 48
    TARGET = 44
    COLUMN = 380
    FOCUS_RING = 3
    FOCUS_OFFSET = 2
