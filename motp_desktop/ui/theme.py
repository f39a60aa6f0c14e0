"""The dress that the app wears: the tokens as a palette and a style sheet, followed live."""

from enum import Enum

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from motp_desktop.ui.style_sheet import style_sheet
from motp_desktop.ui.tokens import DARK, HIGH_CONTRAST, LIGHT, THEMES, Tokens


class Appearance(Enum):
    """What the person chose to see; the values are for keeping."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


_FIXED = {
    Appearance.LIGHT: LIGHT,
    Appearance.DARK: DARK,
    Appearance.HIGH_CONTRAST: HIGH_CONTRAST,
}


def apply_theme(app: QApplication, appearance: Appearance = Appearance.SYSTEM) -> None:
    """Dress the app, now and whenever the system changes; again to choose another appearance."""
    follower = app.findChild(_Follower)
    if follower is None:
        app.setStyle("Fusion")
        follower = _Follower(app)
    follower.choose(appearance)


def tokens_for(appearance: Appearance, scheme: Qt.ColorScheme, *, contrast: bool) -> Tokens:
    """What to wear where the system asks for this scheme, and for high contrast or not.

    Whoever chose light or dark here is shown that; only `SYSTEM` follows the system.
    """
    fixed = _FIXED.get(appearance)
    if fixed is not None:
        return fixed
    if contrast:
        return HIGH_CONTRAST
    return DARK if scheme == Qt.ColorScheme.Dark else LIGHT


def use_tokens(app: QApplication, tokens: Tokens) -> None:
    """Dress the app in these tokens."""
    app.setPalette(palette_of(tokens))
    app.setStyleSheet(style_sheet(tokens))


def current_tokens() -> Tokens:
    """The tokens in use. The app's palette carries them, so there is no second truth."""
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return next((tokens for tokens in THEMES if QColor(tokens.bg) == window), LIGHT)


def palette_of(tokens: Tokens) -> QPalette:
    """The tokens as Qt's own roles, for what no style sheet reaches."""
    role = QPalette.ColorRole
    palette = QPalette()
    for which, colour in {
        role.Window: tokens.bg,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.bg,
        role.Button: tokens.surface,
        role.WindowText: tokens.text,
        role.Text: tokens.text,
        role.ButtonText: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.ToolTipBase: tokens.surface,
        role.ToolTipText: tokens.text,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Mid: tokens.line,
    }.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(tokens.muted))
    return palette


class _Follower(QObject):
    """Changes the dress when the system changes its scheme or its contrast."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._appearance = Appearance.SYSTEM
        hints = app.styleHints()
        self._scheme = hints.colorScheme()
        hints.colorSchemeChanged.connect(self._scheme_changed)
        accessibility = hints.accessibility()
        self._contrast = accessibility.contrastPreference()
        accessibility.contrastPreferenceChanged.connect(self._contrast_changed)

    def choose(self, appearance: Appearance) -> None:
        """Wear this from now on."""
        self._appearance = appearance
        self._dress()

    def _scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        self._scheme = scheme
        self._dress()

    def _contrast_changed(self, contrast: Qt.ContrastPreference) -> None:
        self._contrast = contrast
        self._dress()

    def _dress(self) -> None:
        contrast = self._contrast == Qt.ContrastPreference.HighContrast
        wanted = tokens_for(self._appearance, self._scheme, contrast=contrast)
        if wanted is not current_tokens() or not self._app.styleSheet():
            use_tokens(self._app, wanted)
