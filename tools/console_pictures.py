"""Pictures of the console, for `tools.screenshots`."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from motp_desktop.ui.theme import use_tokens
from motp_desktop.ui.tokens import DARK, HIGH_CONTRAST, LIGHT, Tokens
from motp_desktop.ui.translation import install_language
from motp_protocol.fields import Language
from tests.support.helpdesk_scenes import ConsoleScene, console_scenes

LARGE, SMALLEST = (1440, 900), (1024, 600)
LANGUAGES: tuple[Language, ...] = ("ko", "en")
# In the repository there is room for those that show what the console is for.
IN_DOCS = (
    "console-sign-in",
    "console-none-found",
    "console-one-found",
    "console-many-found",
    "console-code-locked",
    "console-clock-wrong",
    "console-well",
    "console-bypass",
    "console-checked-differs",
    "console-board",
    "console-audit",
    "console-kiosk",
)
IN_HIGH_CONTRAST = ("console-code-locked", "console-board")


def chosen_scenes(words: list[str]) -> list[ConsoleScene]:
    """Those whose names have one of these words, or all."""
    return [s for s in console_scenes() if not words or any(word in s.name for word in words)]


def draw_all(app: QApplication, folder: Path, words: list[str]) -> None:
    """Every scene, large and as small as the window goes."""
    for scene in chosen_scenes(words):
        for tokens in (LIGHT, DARK):
            for language in LANGUAGES:
                for size in [LARGE, SMALLEST] if tokens is LIGHT else [LARGE]:
                    width, height = size
                    name = f"{scene.name}.{language}.{tokens.name}.{width}x{height}.png"
                    draw(app, scene, tokens, language, size).save(str(folder / name))


def docs_pictures(scene: ConsoleScene) -> Iterator[tuple[str, Tokens, Language]]:
    """The pictures of a scene that are kept in the repository."""
    for tokens in (LIGHT, DARK, HIGH_CONTRAST):
        if tokens is not HIGH_CONTRAST or scene.name in IN_HIGH_CONTRAST:
            for language in LANGUAGES:
                yield f"{scene.name}.{language}.{tokens.name}.png", tokens, language


def docs_scenes() -> list[ConsoleScene]:
    """In the order of the list."""
    return [scene for scene in console_scenes() if scene.name in IN_DOCS]


def draw(
    app: QApplication,
    scene: ConsoleScene,
    tokens: Tokens,
    language: Language,
    size: tuple[int, int] = LARGE,
) -> QImage:
    """The window in this scene."""
    use_tokens(app, tokens)
    install_language(app, language)
    window = scene.desk(app, language).window
    window.resize(*size)
    window.show()
    window.activateWindow()
    QTest.qWait(30)
    picture = window.grab().toImage()
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return picture
