"""From settings to the console's window, and its life until it is closed."""

import logging
import sys
from dataclasses import replace

from motp_desktop.bootstrap import describe_device
from motp_desktop.config import Settings
from motp_desktop.helpdesk_services import build_helpdesk
from motp_desktop.services.adapters.data_folder import DataFolder
from motp_desktop.services.adapters.log_file import logging_to
from motp_desktop.services.adapters.preferences import Preferences
from motp_desktop.services.ports import StorageError
from motp_desktop.services.settings import Choices
from motp_desktop.ui.console import build_console
from motp_desktop.ui.fonts import set_text_scale
from motp_desktop.ui.garbage import collected_here
from motp_desktop.ui.quitting import SignalListener
from motp_desktop.ui.run import make_application
from motp_desktop.ui.single_instance import SingleInstance
from motp_desktop.ui.theme import Appearance, apply_theme
from motp_protocol.fields import Language

_log = logging.getLogger(__name__)

FOLDER = "helpdesk"
"""Beside the trainee app's data, in which the console looks for its settings alone."""


def run_helpdesk(settings: Settings, lang: Language | None = None) -> int:
    """Run the console until its window is closed; the exit status.

    Where another console runs on this data folder, that one is brought to the front instead.
    `lang` is for this run only; without it the language that was chosen last is spoken.
    """
    app = make_application()
    signals = SignalListener(app.quit)
    folder = settings.data_dir / FOLDER
    instance = SingleInstance(folder)
    try:
        if not instance.claim():
            instance.call()
            return 0
        with logging_to(folder), collected_here():
            _log.info("helpdesk console %s on %s", describe_device().app_version, sys.platform)
            own = Preferences(DataFolder(folder))
            chosen = settings_of(settings, own)

            def keep_language(language: Language) -> None:
                kept = own.load().choices
                try:
                    own.save(replace(kept, language=language))
                except StorageError as error:
                    _log.warning("the language could not be kept: %s", error.fault.value)

            locked = chosen.managed.locked.language
            apply_theme(app, Appearance(chosen.theme))
            set_text_scale(app, chosen.text_percent / 100)
            console = build_console(
                app,
                build_helpdesk(chosen),
                language=locked or lang or chosen.language,
                language_locked=locked is not None,
                keep_language=keep_language,
            )
            instance.called.connect(console.bring_to_front)
            app.aboutToQuit.connect(console.close)
            console.open()
            return app.exec()
    finally:
        instance.release()
        signals.close()


def settings_of(settings: Settings, own: Preferences) -> Settings:
    """What is set for the app on this PC holds for the console too, but for its own choices."""
    shared = Preferences(DataFolder(settings.data_dir)).load().choices
    return settings.with_choices(own.load().choices.over(_without_lock(shared)))


def _without_lock(choices: Choices) -> Choices:
    return replace(choices, auto_lock_seconds=None)
