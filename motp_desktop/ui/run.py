"""From settings to a window, and its life until it is closed."""

import gc
import logging
import sys
from dataclasses import replace

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from motp_desktop.bootstrap import build_services, describe_device
from motp_desktop.config import APP_NAME, Settings, is_default_folder
from motp_desktop.services.adapters.data_folder import DataFolder
from motp_desktop.services.adapters.log_file import logging_to
from motp_desktop.services.adapters.preferences import Preferences
from motp_desktop.services.outcomes import StorageTrouble
from motp_desktop.services.settings import Choices
from motp_desktop.ui.application import DesktopApp, build_desktop
from motp_desktop.ui.fonts import choose_font
from motp_desktop.ui.garbage import collected_here
from motp_desktop.ui.qt_application import Application
from motp_desktop.ui.quitting import SignalListener
from motp_desktop.ui.single_instance import SingleInstance
from motp_desktop.ui.surroundings import surrounded
from motp_desktop.ui.theme import apply_theme
from motp_desktop.ui.translation import install_language
from motp_desktop.ui.views.main_window import MainWindow
from motp_desktop.ui.views.settings_problem import SettingsProblemWindow
from motp_desktop.ui.views.tray import has_tray
from motp_desktop.ui.widgets.accessible_roles import install_roles
from motp_protocol.fields import Language

_log = logging.getLogger(__name__)

_REOPEN = 64
"""How an app ends that is to be opened anew, with other settings."""


def run(
    settings: Settings,
    lang: Language | None = None,
    link: str = "",
    *,
    in_background: bool = False,
) -> int:
    """Run the app until its window is closed; the exit status.

    Where another app has the data folder already, that one is brought to the front instead, and
    gets the `motp://` link that this one was started with, if any. `lang` is for this run only;
    without it the language that was chosen last is spoken. `in_background`: no window yet where
    the desktop has a tray to open it from.
    """
    app = make_application()
    signals = SignalListener(app.quit)
    instance = SingleInstance(settings.data_dir)
    try:
        if not instance.claim():
            instance.call(link)
            return 0
        with logging_to(settings.data_dir), collected_here():
            _log.info("motp-desktop %s on %s", describe_device().app_version, sys.platform)
            return _live(app, instance, settings, lang, link, in_background=in_background)
    finally:
        instance.release()
        signals.close()


def _live(
    app: Application,
    instance: SingleInstance,
    settings: Settings,
    lang: Language | None,
    link: str,
    *,
    in_background: bool,
) -> int:
    """One app after another, for as long as each asks for the next."""
    hidden = in_background and has_tray()
    while True:
        desktop = make_desktop(app, settings, lang)
        app.aboutToQuit.connect(desktop.close)
        with surrounded(app, instance, desktop):
            desktop.open(hidden=hidden)
            if link:
                desktop.call(link)
            if is_default_folder(settings):
                # Any other is for a trial or a test; links are for the app that is used.
                desktop.register_links()
            status = app.exec()
        if status != _REOPEN:
            return status
        # The next one has windows and settings of its own.
        app.aboutToQuit.disconnect(desktop.close)
        desktop.window.deleteLater()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        del desktop
        gc.collect()
        lang, link, hidden = None, "", False


def show_settings_problem(message: str, lang: Language) -> None:
    """Say in a window that a setting stops the start, until it is closed."""
    app = make_application()
    signals = SignalListener(app.quit)
    install_language(app, lang)
    window = SettingsProblemWindow(message, app.quit)
    window.show()
    try:
        app.exec()
    finally:
        window.close()
        signals.close()


def make_application() -> Application:
    """Qt's application object, dressed and with a typeface that has Hangul if there is one."""
    app = Application([sys.argv[0] or APP_NAME])
    app.setApplicationName(APP_NAME)
    app.setDesktopFileName(APP_NAME)
    if not choose_font(app).covers_hangul:
        _log.warning("no typeface here has Hangul; on Debian: apt-get install fonts-nanum")
    apply_theme(app)
    install_roles()
    return app


def make_desktop(app: QApplication, settings: Settings, lang: Language | None = None) -> DesktopApp:
    """The app with its real services, not open yet. `lang` is for this run only."""
    kept = Preferences(DataFolder(settings.data_dir)).load()
    chosen = replace(settings.with_choices(kept.choices), faults=kept.faults)
    services = build_services(chosen)
    locked = chosen.managed.locked.language

    def keep_language(language: Language) -> None:
        outcome = services.settings_desk.change(Choices(language=language))
        if isinstance(outcome, StorageTrouble):
            _log.warning("the language could not be kept: %s", outcome.fault.value)

    return build_desktop(
        app,
        services,
        MainWindow,
        language=locked or lang or chosen.language,
        language_locked=locked is not None,
        keep_language=keep_language,
        values=chosen.values(),
        reopen=lambda: app.exit(_REOPEN),
    )
