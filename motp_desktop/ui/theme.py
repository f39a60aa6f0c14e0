"""Light and dark, from the tokens: the app's palette and its one style sheet."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from motp_desktop.ui.style_sheet import style_sheet
from motp_desktop.ui.tokens import DARK, LIGHT, THEMES, Tokens


def apply_theme(app: QApplication) -> None:
    """Dress the app as the system is dressed, now and whenever that changes."""
    app.setStyle("Fusion")
    _Follower(app).follow(app.styleHints().colorScheme())


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
    """Changes the dress when the system changes between light and dark."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        app.styleHints().colorSchemeChanged.connect(self.follow)

    def follow(self, scheme: Qt.ColorScheme) -> None:
        """Wear what fits this scheme."""
        use_tokens(self._app, DARK if scheme == Qt.ColorScheme.Dark else LIGHT)
