"""What of the desktop a running app is joined to: tray, session, other starts and links."""

from collections.abc import Iterator
from contextlib import contextmanager

from motp_desktop.ui.application import DesktopApp
from motp_desktop.ui.qt_application import Application
from motp_desktop.ui.session.chosen import watching
from motp_desktop.ui.single_instance import SingleInstance
from motp_desktop.ui.views.tray import Tray, has_tray


@contextmanager
def surrounded(app: Application, instance: SingleInstance, desktop: DesktopApp) -> Iterator[None]:
    """Join an app to its surroundings while the block lasts."""
    session_start = desktop.view_models.session_start

    def stay_or_go() -> None:
        # Whoever has the app start by itself has it stay when its window is closed.
        app.setQuitOnLastWindowClosed(not (session_start.state.on and has_tray()))

    tray = Tray(desktop.view_models, desktop.bring_to_front, app.quit)
    tray.show()
    instance.called.connect(desktop.call)
    app.link_opened.connect(desktop.call)
    session_start.state_changed.connect(stay_or_go)
    try:
        with watching(desktop.leave):
            yield
    finally:
        instance.called.disconnect(desktop.call)
        app.link_opened.disconnect(desktop.call)
        session_start.state_changed.disconnect(stay_or_go)
        tray.discard()
