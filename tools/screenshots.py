"""Pictures of every screen: both languages, light and dark, and high contrast for two.

    QT_QPA_PLATFORM=offscreen python -m tools.screenshots [words in names …]

Every screen's first scene and the code screen's states go to docs/screens/, with a page that
shows them; all scenes in three sizes of window go to build/screens/. With words, only scenes
whose names have one of them are drawn, and only to build/screens/.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from motp_desktop.ui.fonts import choose_font
from motp_desktop.ui.theme import apply_theme, use_tokens
from motp_desktop.ui.tokens import DARK, HIGH_CONTRAST, LIGHT, Tokens
from motp_desktop.ui.translation import install_language
from motp_desktop.ui.views.main_window import MainWindow
from motp_desktop.ui.views.trainee.starting import StartingView
from motp_protocol.fields import Language
from tests.support.screens import Scene, scenes
from tools import console_pictures, kiosk_pictures

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build" / "screens"
DOCS = ROOT / "docs" / "screens"
USUAL, SMALL, WIDE = (440, 720), (360, 560), (1024, 600)
_COLOURS = 256
LANGUAGES: tuple[Language, ...] = ("ko", "en")
IN_HIGH_CONTRAST = ("enter-pin-wrong", "show-code-records", "approval")
# A screen's states that are worth a picture of their own, beside its first.
ALSO = (
    "consent-summary",
    "show-code-records",
    "show-code-ending",
    "show-code-rejected",
    "show-code-large",
    "show-code-locking",
    "settings-managed",
    "status-bad",
    "show-code-hidden",
    "show-code-locked",
    "enter-pin-wrong",
    "details-invalid",
    "code-late",
    "blocked-suspended",
    "blocked-pin-locked",
    "approval-second",
    "approval-wrong-number",
    "approval-not-opened",
    "link-unlock",
    "link-unregistered",
)


def main(words: list[str]) -> int:
    """Draw them all."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    if not choose_font(app).covers_hangul:
        print("No installed font has Hangul: install fonts-nanum.", file=sys.stderr)
        return 1
    apply_theme(app)
    chosen = [s for s in scenes() if not words or any(word in s.name for word in words)]
    BUILD.mkdir(parents=True, exist_ok=True)
    for tokens in (LIGHT, DARK):
        for language in LANGUAGES:
            for size in [USUAL, SMALL, WIDE] if tokens is LIGHT else [USUAL]:
                for scene in chosen:
                    picture = _draw(app, scene, tokens, language, size)
                    width, height = size
                    name = f"{scene.name}.{language}.{tokens.name}.{width}x{height}.png"
                    picture.save(str(BUILD / name))
    console_pictures.draw_all(app, BUILD, words)
    kiosk_pictures.draw_all(app, BUILD, words)
    print(f"{len(list(BUILD.glob('*.png')))} pictures in {BUILD}")
    if not words:
        _draw_docs(app)
    return 0


def of_each_screen() -> list[Scene]:
    """The first scene of every screen, and the states worth a picture."""
    seen = set()
    found = []
    for scene in scenes():
        shown = scene.aside or type(scene.screen)
        if shown not in seen or scene.name in ALSO:
            found.append(scene)
        seen.add(shown)
    return found


def _draw_docs(app: QApplication) -> None:
    DOCS.mkdir(parents=True, exist_ok=True)
    for old in DOCS.glob("*.png"):
        old.unlink()
    chosen = of_each_screen()
    for scene in chosen:
        for name, tokens, language in _pictures_of(scene):
            picture = _draw(app, scene, tokens, language, USUAL)
            _with_few_colours(picture).save(str(DOCS / name), quality=0)
    for console in console_pictures.docs_scenes():
        for name, tokens, language in console_pictures.docs_pictures(console):
            picture = console_pictures.draw(app, console, tokens, language)
            _with_few_colours(picture).save(str(DOCS / name), quality=0)
    draw_kiosk_docs(app)
    (DOCS / "README.md").write_text("\n".join(_page(chosen)), "utf-8")
    size = sum(picture.stat().st_size for picture in DOCS.glob("*.png"))
    print(f"{len(list(DOCS.glob('*.png')))} pictures in {DOCS}, {size / 1e6:.1f} MB")


def draw_kiosk_docs(app: QApplication) -> None:
    """The kiosk's pictures that are kept in the repository."""
    for scene in kiosk_pictures.SCENES:
        for name, language, high in kiosk_pictures.docs_pictures(scene):
            picture = kiosk_pictures.draw(app, scene, language, high=high)
            _with_few_colours(picture).save(str(DOCS / name), quality=0)


def _with_few_colours(picture: QImage) -> QImage:
    """The same to the eye in a third of the size: its 256 most frequent colours, no dithering."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(plain.constBits()).cast("I")
    table = [colour for colour, _ in Counter(pixels).most_common(_COLOURS)]
    undithered = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table, undithered)


def names_in_docs() -> set[str]:
    """The files that this program leaves in docs/screens, its page apart."""
    names = [name for scene in of_each_screen() for name, _, _ in _pictures_of(scene)]
    for console in console_pictures.docs_scenes():
        names += [name for name, _, _ in console_pictures.docs_pictures(console)]
    for kiosk in kiosk_pictures.SCENES:
        names += [name for name, _, _ in kiosk_pictures.docs_pictures(kiosk)]
    return set(names)


def _pictures_of(scene: Scene) -> Iterator[tuple[str, Tokens, Language]]:
    for tokens in (LIGHT, DARK, HIGH_CONTRAST):
        if tokens is not HIGH_CONTRAST or scene.name in IN_HIGH_CONTRAST:
            for language in LANGUAGES:
                yield f"{scene.name}.{language}.{tokens.name}.png", tokens, language


def _page(chosen: list[Scene]) -> Iterator[str]:
    yield "# Screens"
    yield "Drawn by `make screenshots` from the scenes of `tests/support/screens.py`."
    for scene in chosen:
        yield f"\n## {scene.name}"
        yield " ".join(
            f'<img src="{name}" width="220" alt="{scene.name}, {language}, {tokens.name}">'
            for name, tokens, language in _pictures_of(scene)
        )
    yield "\n# The helpdesk's console"
    yield "Drawn from the scenes of `tests/support/helpdesk_scenes.py`."
    for console in console_pictures.docs_scenes():
        yield f"\n## {console.name}"
        yield " ".join(
            f'<img src="{name}" width="440" alt="{console.name}, {language}, {tokens.name}">'
            for name, tokens, language in console_pictures.docs_pictures(console)
        )
    yield "\n# The kiosk"
    yield "Drawn from the scenes of `tools/kiosk_pictures.py`."
    for kiosk in kiosk_pictures.SCENES:
        yield f"\n## {kiosk}"
        yield " ".join(
            f'<img src="{name}" width="440" alt="{kiosk}, {language}">'
            for name, language, _ in kiosk_pictures.docs_pictures(kiosk)
        )
    yield ""


def _draw(
    app: QApplication,
    scene: Scene,
    tokens: Tokens,
    language: Language,
    size: tuple[int, int],
) -> QImage:
    use_tokens(app, tokens)
    install_language(app, language)
    window = MainWindow(scene.models(language).bundle())
    window.resize(*size)
    window.show()
    window.activateWindow()
    if isinstance(window.page, StartingView):
        window.page.speak()
    QTest.qWait(20)
    picture = window.grab().toImage()
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return picture


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
