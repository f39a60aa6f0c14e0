"""From settings to a window, and its life until it is closed."""

import logging
import sys
from dataclasses import replace

from PySide6.QtWidgets import QApplication

from motp_desktop.bootstrap import build_services, describe_device
from motp_desktop.config import APP_NAME, Settings
from motp_desktop.services.adapters.data_folder import DataFolder
from motp_desktop.services.adapters.log_file import logging_to
from motp_desktop.services.adapters.preferences import Preferences
from motp_desktop.services.ports import StorageError
from motp_desktop.services.settings import Choosing
from motp_desktop.ui.application import DesktopApp, build_desktop
from motp_desktop.ui.fonts import choose_font
from motp_desktop.ui.quitting import SignalListener
from motp_desktop.ui.single_instance import SingleInstance
from motp_desktop.ui.theme import apply_theme
from motp_desktop.ui.views.main_window import MainWindow
from motp_desktop.ui.widgets.accessible_roles import install_roles
from motp_protocol.fields import Language

_log = logging.getLogger(__name__)


def run(settings: Settings, lang: Language | None = None) -> int:
    """Run the app until its window is closed; the exit status.

    Where another app has the data folder already, that one is brought to the front instead.
    `lang` is for this run only; without it the language that was chosen last is spoken.
    """
    app = make_application()
    signals = SignalListener(app.quit)
    instance = SingleInstance(settings.data_dir)
    try:
        if not instance.claim():
            instance.call()
            return 0
        with logging_to(settings.data_dir):
            _log.info("motp-desktop %s on %s", describe_device().app_version, sys.platform)
            desktop = make_desktop(app, settings, lang)
            instance.called.connect(desktop.bring_to_front)
            app.aboutToQuit.connect(desktop.close)
            desktop.open()
            return app.exec()
    finally:
        instance.release()
        signals.close()


def make_application() -> QApplication:
    """Qt's application object, dressed and with a typeface that has Hangul if there is one."""
    app = QApplication([sys.argv[0] or APP_NAME])
    app.setApplicationName(APP_NAME)
    app.setDesktopFileName(APP_NAME)
    if not choose_font(app).covers_hangul:
        _log.warning("no typeface here has Hangul; on Debian: apt-get install fonts-nanum")
    apply_theme(app)
    install_roles()
    return app


def make_desktop(app: QApplication, settings: Settings, lang: Language | None = None) -> DesktopApp:
    """The app with its real services, not open yet. `lang` is for this run only."""
    choosing = Choosing(Preferences(DataFolder(settings.data_dir)))
    chosen = settings.with_choices(choosing.kept.choices)

    def keep_language(language: Language) -> None:
        try:
            choosing.keep(replace(choosing.kept.choices, language=language))
        except StorageError as error:
            _log.warning("the language could not be kept: %s", error.fault.value)

    return build_desktop(
        app,
        build_services(chosen),
        MainWindow,
        language=lang or chosen.language,
        keep_language=keep_language,
    )
