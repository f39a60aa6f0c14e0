"""What view tests stand on: the app's typeface and dress, Korean and light unless asked."""

import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from motp_desktop.resources import resource
from motp_desktop.ui.fonts import choose_font
from motp_desktop.ui.theme import use_tokens
from motp_desktop.ui.tokens import LIGHT
from motp_desktop.ui.translation import install_language
from motp_desktop.ui.views.helpdesk.console_window import ConsoleWindow
from motp_desktop.ui.views.main_window import MainWindow
from motp_desktop.ui.widgets.accessible_roles import install_roles
from motp_protocol.fields import Language
from tests.support.helpdesk_desk import ConsoleDesk
from tests.support.helpdesk_scenes import ConsoleScene
from tests.support.screens import Models, Scene

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def compiled_translations() -> None:
    """The .qm files, newer than their .ts files."""
    for source in resource("i18n").glob("*.ts"):
        compiled = source.with_suffix(".qm")
        if not compiled.is_file() or compiled.stat().st_mtime < source.stat().st_mtime:
            subprocess.run(["sh", str(ROOT / "tools/translate.sh"), "release"], check=True)


@cache
def _typeface(app: QApplication) -> str:
    return choose_font(app).family


@pytest.fixture
def app(qapp: QApplication, compiled_translations: None) -> Iterator[QApplication]:
    """The application, dressed; in Korean again afterwards."""
    # Tests of other folders dress it as well, and not all of them with the typeface.
    if not qapp.styleSheet() or qapp.font().family() != _typeface(qapp):
        choose_font(qapp)
        qapp.setStyle("Fusion")
        use_tokens(qapp, LIGHT)
    install_roles()
    install_language(qapp, "ko")
    yield qapp
    install_language(qapp, "ko")


Open = Callable[..., tuple[MainWindow, Models]]


@pytest.fixture
def open_scene(app: QApplication) -> Iterator[Open]:
    """Show a scene in a window."""
    windows: list[MainWindow] = []

    def show(
        scene: Scene, language: Language = "ko", size: tuple[int, int] = (440, 720)
    ) -> tuple[MainWindow, Models]:
        install_language(app, language)
        models = scene.models(language)
        window = MainWindow(models.bundle())
        windows.append(window)
        window.resize(*size)
        window.show()
        window.activateWindow()
        settle(app)
        return window, models

    yield show
    for window in windows:
        window.close()
        window.deleteLater()
    settle(app)


OpenConsole = Callable[..., tuple[ConsoleWindow, ConsoleDesk]]


@pytest.fixture
def open_console(app: QApplication) -> Iterator[OpenConsole]:
    """Show a scene of the helpdesk's console in its window."""
    desks: list[ConsoleDesk] = []

    def show(
        scene: ConsoleScene, language: Language = "ko", size: tuple[int, int] = (1440, 900)
    ) -> tuple[ConsoleWindow, ConsoleDesk]:
        desk = scene.desk(app, language)
        desks.append(desk)
        desk.window.resize(*size)
        desk.window.show()
        desk.window.activateWindow()
        settle(app)
        return desk.window, desk

    yield show
    for desk in desks:
        desk.window.close()
        desk.window.deleteLater()
    settle(app)


def settle(app: QApplication) -> None:
    """Let layouts come to rest, and let go of what is to be deleted."""
    for _ in range(3):
        app.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
