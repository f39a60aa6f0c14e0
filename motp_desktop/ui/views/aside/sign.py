"""상태 QR: the signed status for the helpdesk's camera."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.texts.trouble import trouble_message
from motp_desktop.ui.viewmodels.status import StatusViewModel
from motp_desktop.ui.views.trainee.back_row import BackRow
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.qr_code import QrCode
from motp_desktop.ui.widgets.text import TextLabel, Tone

translate = QCoreApplication.translate


class SignView(Page):
    """The code and who it is for; the short code stands beneath for the telephone."""

    def __init__(self, status: StatusViewModel, leave: Callable[[], object]) -> None:
        super().__init__()
        self._status = status
        self.on_back = leave
        self._back = BackRow(leave)
        self.column.addWidget(self._back)
        self.add_title(translate("Sign", "상태 QR"))
        self._qr = QrCode(translate("Sign", "헬프데스크가 읽는 상태 QR 코드"))
        self.column.addWidget(self._qr, 0, Qt.AlignmentFlag.AlignHCenter)
        self._code = TextLabel("", Type.LEAD, Tone.TEXT, centred=True)
        self.column.addWidget(self._code)
        self.add_text(
            translate(
                "Sign",
                "헬프데스크 직원에게 보여 주세요. 10분 동안 쓸 수 있고, 이름과 번호는 들어 있지 "
                "않아요.",
            )
        )
        self._trouble = Banner()
        self.column.addWidget(self._trouble)
        self.column.addStretch(1)
        self.add_primary(translate("Sign", "새로 만들기"), status.show_sign)
        self._shown = ""
        status.state_changed.connect(self.refresh)
        self.refresh()

    def first_focus(self) -> QWidget:
        """The way back: there is nothing that must be done here."""
        return self._back.back

    def refresh(self) -> None:
        """The newest code."""
        state = self._status.state
        self._trouble.say(trouble_message(state.trouble))
        if state.token != self._shown:
            self._shown = state.token
            self._qr.set_text(state.token)
        self._code.setText(state.status.short_code if state.status is not None else "")
