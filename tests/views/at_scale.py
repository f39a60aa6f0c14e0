"""Walk every screen in a process of its own, as on a display of this scale.

    QT_SCALE_FACTOR=1.5 python -m tests.views.at_scale

Prints a line for each fault: text that is cut or covered, and icons that are not sharp.
"""

import sys
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from motp_desktop.ui import icons
from motp_desktop.ui.fonts import choose_font
from motp_desktop.ui.theme import use_tokens
from motp_desktop.ui.tokens import LIGHT
from motp_desktop.ui.views.main_window import MainWindow
from motp_desktop.ui.widgets.icon_label import IconLabel
from tests.support.screens import scenes
from tests.views.seeing import covered, cut, shown


def main() -> int:
    """Look at the first scene of every screen; 0 where nothing is wrong."""
    app = QApplication([])
    choose_font(app)
    app.setStyle("Fusion")
    use_tokens(app, LIGHT)
    first = {type(scene.screen): scene for scene in reversed(scenes())}
    faults = []
    for scene in first.values():
        window = MainWindow(scene.models("ko").bundle())
        window.resize(440, 720)
        window.show()
        for _ in range(3):
            app.processEvents()
        faults += [
            f"{scene.name}: {fault}"
            for fault in (*cut(window), *covered(window), *_blurred(window))
        ]
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    told = [f"scale {app.devicePixelRatio()}, {len(first)} screens", *faults]
    sys.stdout.write("\n".join(told) + "\n")
    return 1 if faults else 0


def _blurred(window: MainWindow) -> Iterator[str]:
    ratio = window.devicePixelRatioF()
    for label in shown(window, IconLabel):
        if label.pixmap().devicePixelRatio() != ratio:
            yield f"an icon has {label.pixmap().devicePixelRatio()} instead of {ratio}"
    picture = icons.pixmap("lock", "#000000", 24, ratio)
    if picture.width() != round(24 * ratio):
        yield f"an icon of 24 has {picture.width()} pixels at {ratio}"


if __name__ == "__main__":
    sys.exit(main())
