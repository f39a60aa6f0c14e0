"""A word before everything is forgotten, in time to say that somebody is still there."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.texts.kiosk import forgets_message
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.viewmodels.kiosk.desk import KioskViewModel
from motp_desktop.ui.widgets.announcing import announce, speaks_itself
from motp_desktop.ui.widgets.buttons import OutlineButton
from motp_desktop.ui.widgets.icon_label import IconLabel
from motp_desktop.ui.widgets.text import TextLabel, Tone

translate = QCoreApplication.translate


class IdleWarning(QFrame):
    """Any key and any touch puts it off; its button is for those who use neither."""

    def __init__(self, desk: KioskViewModel) -> None:
        super().__init__()
        self.setProperty("look", "warn")
        speaks_itself(self)
        self._desk = desk
        self._title = TextLabel("", Type.LEAD)
        self._body = TextLabel()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._body)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        row.setSpacing(Space.M)
        row.addWidget(IconLabel("waiting", Tone.WARN, 40))
        row.addLayout(words, 1)
        row.addWidget(OutlineButton(translate("Kiosk", "계속하기"), desk.touch))
        desk.state_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """How long it still waits."""
        seconds = self._desk.state.forgets_in
        is_news = seconds is not None and self.isHidden()
        self.setVisible(seconds is not None)
        if seconds is None:
            return
        message = forgets_message(seconds)
        self._title.setText(message.title)
        self._body.setText(message.body)
        if is_news:
            announce(self, message.spoken)
            self._desk.say(message.spoken)
