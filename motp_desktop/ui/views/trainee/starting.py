"""Starting: nothing at first, words after a moment, and a way on where it failed."""

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QWidget

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.texts.trouble import trouble_message
from motp_desktop.ui.viewmodels.start import StartViewModel
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.icon_label import IconLabel
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.text import TextLabel, Tone

translate = QCoreApplication.translate

_QUIET_MS = 300


class StartingView(Page):
    """Quiet, so that a quick start does not flicker."""

    def __init__(self, start: StartViewModel) -> None:
        super().__init__()
        self._start = start
        self._trouble = Banner(translate("Starting", "다시 시도"), start.retry)
        self.column.addWidget(self._trouble)
        self._words: tuple[QWidget, ...] = ()
        timer = QTimer(self, singleShot=True, interval=_QUIET_MS)
        timer.timeout.connect(self.speak)
        timer.start()
        start.state_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """What stands in the way, where something does."""
        self._trouble.say(trouble_message(self._start.state.trouble))
        self._fit_words()

    def speak(self) -> None:
        """It takes longer than a moment: say what is going on."""
        mark = IconLabel("shield", Tone.ACCENT, 48)
        words = TextLabel(
            translate("Starting", "등록 상태를 확인하고 있어요."),
            Type.BODY,
            Tone.MUTED,
            centred=True,
        )
        self.column.addStretch(1)
        self.column.addWidget(mark, alignment=Qt.AlignmentFlag.AlignHCenter)
        self.column.addWidget(words)
        self.column.addStretch(2)
        self._words = (mark, words)
        self._fit_words()

    def _fit_words(self) -> None:
        for each in self._words:
            each.setVisible(self._start.state.trouble is None)
