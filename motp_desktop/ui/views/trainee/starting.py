"""Starting: nothing at first, words after a moment."""

from PySide6.QtCore import QCoreApplication, Qt, QTimer

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.widgets.icon_label import IconLabel
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.text import TextLabel, Tone

translate = QCoreApplication.translate

_QUIET_MS = 300


class StartingView(Page):
    """Quiet, so that a quick start does not flicker."""

    def __init__(self) -> None:
        super().__init__()
        self._mark = IconLabel("shield", Tone.ACCENT, 48)
        self._words = TextLabel(
            translate("Starting", "등록 상태를 확인하고 있어요."),
            Type.BODY,
            Tone.MUTED,
            centred=True,
        )
        self.column.addStretch(1)
        self.column.addWidget(self._mark, alignment=Qt.AlignmentFlag.AlignHCenter)
        self.column.addWidget(self._words)
        self.column.addStretch(2)
        self._words.hide()
        self._mark.hide()
        timer = QTimer(self, singleShot=True, interval=_QUIET_MS)
        timer.timeout.connect(self.speak)
        timer.start()

    def speak(self) -> None:
        """It takes longer than a moment: say what is going on."""
        self._mark.show()
        self._words.show()
