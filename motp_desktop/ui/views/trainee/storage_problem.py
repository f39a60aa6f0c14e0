"""The data folder cannot be read or written."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.navigation import StorageProblem
from motp_desktop.ui.texts.storage import storage_message
from motp_desktop.ui.texts.trouble import trouble_message
from motp_desktop.ui.viewmodels.start import StartViewModel
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.text import Tone

translate = QCoreApplication.translate


class StorageProblemView(Page):
    """What to mend, and trying again."""

    def __init__(self, start: StartViewModel, screen: StorageProblem) -> None:
        super().__init__()
        self._start = start
        message = storage_message(screen.fault)
        self.add_title(message.title, icon="drive", tone=Tone.WARN)
        self.add_text(message.body)
        self.add_text(message.code_line, Type.SMALL, Tone.MUTED)
        self._trouble = Banner()
        self.column.addWidget(self._trouble)
        self.column.addStretch(1)
        self.add_primary(translate("Storage", "다시 시도"), start.retry)
        start.state_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """How the last try goes or went."""
        state = self._start.state
        self._trouble.say(trouble_message(state.trouble))
        self.busy.say(translate("Start", "확인하고 있어요.") if state.busy else "")
