"""How large a kiosk is drawn, and how high the digits of its code are."""

from PySide6.QtGui import QFont, QFontMetricsF

from motp_desktop.ui.fonts import Type, font_of

CODE_DIGITS_MM = 12.0
"""How high the digits of a code are at least."""

_DESIGNED, _LEAST = 1.8, 1.0
_DESIGNED_FOR_PIXELS = 1000
_SMALLEST_PIXELS = 560


def kiosk_scale(height_px: int) -> float:
    """1.8 where the screen has room for that, down to 1.0 on a screen 600 pixels high."""
    share = (height_px - _SMALLEST_PIXELS) / (_DESIGNED_FOR_PIXELS - _SMALLEST_PIXELS)
    return min(_DESIGNED, max(_LEAST, _LEAST + share * (_DESIGNED - _LEAST)))


def code_font_pixels(screen_height_px: int, screen_height_mm: float) -> int:
    """The size of type at which digits are `CODE_DIGITS_MM` high; 0 for a screen of no size."""
    if screen_height_mm <= 0:
        return 0
    digit_px = CODE_DIGITS_MM / screen_height_mm * screen_height_px
    font = QFont(font_of(Type.CODE))
    font.setPixelSize(1000)
    return round(digit_px / QFontMetricsF(font).tightBoundingRect("8").height() * 1000)
