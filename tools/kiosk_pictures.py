"""Pictures of the kiosk, for `tools.screenshots`: the real window over a verifier in memory."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from motp_desktop.ui.theme import Appearance, apply_theme
from motp_protocol.fields import Language
from tests.support.desktop_fakes import PIN
from tests.support.kiosk_at_work import REST, KioskAtWork, kiosk_at_work
from tests.support.kiosk_fakes import NAME
from tests.support.memory_verifier import CODE

SIZE = (1280, 800)
SMALLEST = (1024, 600)
LANGUAGES: tuple[Language, ...] = ("ko", "en")


def _start(kiosk: KioskAtWork) -> None:
    kiosk.type(REST[:4])


def _first_time(kiosk: KioskAtWork) -> None:
    kiosk.arrive()


def _name(kiosk: KioskAtWork) -> None:
    kiosk.arrive()
    kiosk.enter()
    kiosk.enter()
    if kiosk.kiosk.desk.visit is not None:
        kiosk.kiosk.desk.visit.enrolment.reached_end()
    kiosk.enter()
    if kiosk.kiosk.desk.visit is not None:
        kiosk.kiosk.desk.visit.enrolment.set_name(NAME)


def _message(kiosk: KioskAtWork) -> None:
    _name(kiosk)
    kiosk.enter()
    for _ in range(2):
        kiosk.type(PIN)
        kiosk.enter()
    kiosk.type(CODE[:3])


def _pin(kiosk: KioskAtWork) -> None:
    kiosk.pc.meet()
    kiosk.pc.register()
    kiosk.pc.visits.end()
    kiosk.arrive()
    kiosk.type(PIN[:3])


def _code(kiosk: KioskAtWork) -> None:
    _pin(kiosk)
    kiosk.type(PIN[3:])
    kiosk.enter()


def _forgets(kiosk: KioskAtWork) -> None:
    _code(kiosk)
    kiosk.pass_seconds(13)


def _offline(kiosk: KioskAtWork) -> None:
    kiosk.pc.api.script.extend(["request-lost"] * 3)
    kiosk.kiosk.desk.look_after()


def _locked(kiosk: KioskAtWork) -> None:
    kiosk.pc.api.change(state="locked")
    kiosk.kiosk.desk.look_after()


SCENES: dict[str, Callable[[KioskAtWork], None]] = {
    "kiosk-start": _start,
    "kiosk-first-time": _first_time,
    "kiosk-name": _name,
    "kiosk-message": _message,
    "kiosk-pin": _pin,
    "kiosk-code": _code,
    "kiosk-forgets": _forgets,
    "kiosk-offline": _offline,
    "kiosk-locked": _locked,
}
IN_HIGH_CONTRAST = ("kiosk-start", "kiosk-code")


def docs_pictures(scene: str) -> Iterator[tuple[str, Language, bool]]:
    """The pictures of a scene that are kept: its name, its language, and whether in contrast."""
    for high in (False, True):
        if not high or scene in IN_HIGH_CONTRAST:
            for language in LANGUAGES:
                dress = "high-contrast" if high else "light"
                yield f"{scene}.{language}.{dress}.png", language, high


def draw_all(app: QApplication, folder: Path, words: list[str]) -> None:
    """Every scene, usual and on the smallest screen."""
    for scene in SCENES:
        if words and not any(word in scene for word in words):
            continue
        for size in (SIZE, SMALLEST):
            for name, language, high in docs_pictures(scene):
                picture = draw(app, scene, language, high=high, size=size)
                picture.save(str(folder / f"{size[0]}x{size[1]}.{name}"))


def draw(
    app: QApplication,
    scene: str,
    language: Language,
    *,
    high: bool,
    size: tuple[int, int] = SIZE,
) -> QImage:
    """The window in this scene."""
    apply_theme(app, Appearance.LIGHT)
    with tempfile.TemporaryDirectory() as folder, kiosk_at_work(app, Path(folder), size) as kiosk:
        SCENES[scene](kiosk)
        kiosk.work()
        kiosk.kiosk.desk.speak(language)
        kiosk.kiosk.desk.set_contrast(high=high)
        kiosk.work()
        QTest.qWait(30)
        kiosk.work()
        return kiosk.window.grab().toImage()
