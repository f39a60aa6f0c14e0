"""From settings to the kiosk's screen, and its life until an administrator ends it."""

import gc
import logging
import sys

from motp_desktop.bootstrap import describe_device
from motp_desktop.config import Settings
from motp_desktop.kiosk_services import FOLDER, build_kiosk
from motp_desktop.services.adapters.log_file import logging_to
from motp_desktop.services.adapters.service_manager import ServiceManager
from motp_desktop.ui.garbage import collected_here
from motp_desktop.ui.kiosk_application import beat, build_kiosk_app
from motp_desktop.ui.qt_screen_saver import SessionScreenSaver
from motp_desktop.ui.quitting import SignalListener
from motp_desktop.ui.run import make_application
from motp_desktop.ui.single_instance import SingleInstance

_log = logging.getLogger(__name__)


def run_kiosk(settings: Settings) -> int:
    """Run the kiosk until its exit PIN is typed; the exit status.

    Where a kiosk has the data folder already, this one ends at once.
    """
    app = make_application()
    app.setQuitOnLastWindowClosed(False)
    # Not `quit`, which asks the windows first: this one does not close.
    signals = SignalListener(app.exit)
    instance = SingleInstance(settings.data_dir / FOLDER)
    try:
        if not instance.claim():
            _log.warning("a kiosk runs on this data folder already")
            return 0
        with logging_to(settings.data_dir / FOLDER), collected_here():
            _log.info("motp-desktop kiosk %s on %s", describe_device().app_version, sys.platform)
            kiosk = build_kiosk_app(app, build_kiosk(settings), app.exit)
            app.aboutToQuit.connect(kiosk.close)
            kiosk.open()
            heart = beat(app, ServiceManager(), SessionScreenSaver())
            status = app.exec()
            if heart is not None:
                heart.stop()
            del kiosk
            gc.collect()
            return status
    finally:
        instance.release()
        signals.close()
