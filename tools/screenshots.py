"""Pictures of every screen: both languages, light and dark, three sizes of window.

    QT_QPA_PLATFORM=offscreen python -m tools.screenshots [words in names …]

They go to build/screens/. Only those whose name has one of the words, where words are given.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from motp_desktop.ui.fonts import choose_font
from motp_desktop.ui.theme import apply_theme, use_tokens
from motp_desktop.ui.tokens import DARK, LIGHT, Tokens
from motp_desktop.ui.translation import install_language
from motp_desktop.ui.views.main_window import MainWindow
from motp_desktop.ui.views.trainee.starting import StartingView
from motp_protocol.fields import Language
from tests.support.screens import Scene, scenes

OUT = Path(__file__).resolve().parents[1] / "build" / "screens"
USUAL, SMALL, WIDE = (440, 720), (360, 560), (1024, 600)


def main(words: list[str]) -> int:
    """Draw them all."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    if not choose_font(app).covers_hangul:
        print("No installed font has Hangul: install fonts-nanum.", file=sys.stderr)
        return 1
    apply_theme(app)
    OUT.mkdir(parents=True, exist_ok=True)
    chosen = [s for s in scenes() if not words or any(word in s.name for word in words)]
    for tokens in (LIGHT, DARK):
        for language in ("ko", "en"):
            sizes = [USUAL, SMALL, WIDE] if tokens is LIGHT else [USUAL]
            for size in sizes:
                _draw_all(app, chosen, tokens, language, size)
    print(f"{len(list(OUT.glob('*.png')))} pictures in {OUT}")
    return 0


def _draw_all(
    app: QApplication,
    chosen: list[Scene],
    tokens: Tokens,
    language: Language,
    size: tuple[int, int],
) -> None:
    use_tokens(app, tokens)
    install_language(app, language)
    for scene in chosen:
        window = MainWindow(scene.models(language).bundle())
        window.resize(*size)
        window.show()
        window.activateWindow()
        if isinstance(window.page, StartingView):
            window.page.speak()
        QTest.qWait(20)
        width, height = size
        window.grab().save(str(OUT / f"{scene.name}.{language}.{tokens.name}.{width}x{height}.png"))
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
