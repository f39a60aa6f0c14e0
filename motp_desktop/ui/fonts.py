"""The typeface that the app speaks Korean in, and the sizes it is set in."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QRawFont
from PySide6.QtWidgets import QApplication

# In the order in which they read best on a screen; Windows and macOS have the first two.
_PREFERRED = (
    "Pretendard",
    "Malgun Gothic",
    "Apple SD Gothic Neo",
    "Noto Sans KR",
    "Noto Sans CJK KR",
    "Source Han Sans KR",
    "NanumBarunGothic",
    "NanumGothic",
    "NanumSquare",
    "UnDotum",
    "Baekmuk Dotum",
)
_SAMPLE = "가뷁힣mOTP0"
BODY_POINTS = 15.0
LARGEST_SCALE = 2.0


class Type(Enum):
    """The type scale: points at 96 dpi, weight, and line height in multiples of the size."""

    SMALL = (13.0, QFont.Weight.Normal, 1.5)
    BODY = (15.0, QFont.Weight.Normal, 1.5)
    STRONG = (15.0, QFont.Weight.Bold, 1.5)
    LEAD = (18.0, QFont.Weight.Bold, 1.4)
    TITLE = (22.0, QFont.Weight.Bold, 1.2)
    HEADING = (28.0, QFont.Weight.Bold, 1.2)
    CODE = (56.0, QFont.Weight.Medium, 1.2)

    def __init__(self, points: float, weight: QFont.Weight, line_height: float) -> None:
        self.points = points
        self.weight = weight
        self.line_height = line_height


@dataclass(frozen=True, slots=True)
class FontChoice:
    """The family in use, and whether it has Hangul: without it Korean text is boxes."""

    family: str
    covers_hangul: bool


def choose_font(app: QApplication) -> FontChoice:
    """Set the best installed family that has Hangul as the app's font, and say which it is."""
    installed = set(QFontDatabase.families())
    candidates = [family for family in _PREFERRED if family in installed]
    family = next((name for name in candidates if covers(name)), None)
    if family is None:
        others = sorted(name for name in installed if QFontDatabase.isScalable(name))
        family = next((name for name in others if covers(name)), None)
    font = QFont(family or app.font().family())
    font.setPointSizeF(BODY_POINTS)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    app.setFont(font)
    return FontChoice(font.family(), covers_hangul=family is not None)


def covers(family: str) -> bool:
    """Whether a family has Hangul of its own, without another one stepping in."""
    font = QFont(family)
    font.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
    raw = QRawFont.fromFont(font)
    return raw.isValid() and all(raw.supportsCharacter(ord(letter)) for letter in _SAMPLE)


def font_of(kind: Type) -> QFont:
    """The app's font in one size of the scale, larger where the person wants larger text."""
    font = QFont(QApplication.font())
    font.setPointSizeF(kind.points * text_scale())
    font.setWeight(kind.weight)
    return font


def text_scale() -> float:
    """How much larger than designed text is: 2.0 for 200 %."""
    return QApplication.font().pointSizeF() / BODY_POINTS


def set_text_scale(app: QApplication, scale: float) -> None:
    """Set all text so much larger than designed; open windows are built anew.

    Raises ValueError below 1 and above `LARGEST_SCALE`.
    """
    if not 1.0 <= scale <= LARGEST_SCALE:
        raise ValueError(f"text is set at 1 to {LARGEST_SCALE} times its size, not at {scale}")
    font = app.font()
    font.setPointSizeF(BODY_POINTS * scale)
    app.setFont(font)


def scaled(pixels: float) -> int:
    """A size that grows with the text beside it, in pixels."""
    return round(pixels * text_scale())


def line_pitch(kind: Type) -> float:
    """From one line of text to the next, in pixels."""
    font = font_of(kind)
    pixels = font.pointSizeF() * QFontMetricsF(font).fontDpi() / 72
    return max(pixels * kind.line_height, QFontMetricsF(font).height())
