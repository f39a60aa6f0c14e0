"""The first sign-in: a second factor, and a password that nobody else knows."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.texts.helpdesk.troubles import sign_in_trouble
from motp_desktop.ui.viewmodels.helpdesk.session import SHORTEST_PASSWORD, SessionViewModel
from motp_desktop.ui.views.helpdesk.sign_in import secret_field
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.buttons import TextButton
from motp_desktop.ui.widgets.code_field import CodeField
from motp_desktop.ui.widgets.form_field import FormField
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.qr_code import QrCode
from motp_desktop.ui.widgets.text import TextLabel, Tone

translate = QCoreApplication.translate

_QR = 200


class SetupView(Page):
    """The QR code is shown once; it is gone when the setup is."""

    def __init__(self, session: SessionViewModel) -> None:
        super().__init__()
        self._model = session
        self.on_back = session.leave_setup
        self.add_title(translate("StaffSetup", "처음 로그인: 인증 앱 연결"))
        self.add_text(
            translate(
                "StaffSetup",
                "휴대전화의 인증 앱으로 QR 코드를 찍거나 아래 글자를 넣고, 앱에 보이는 여섯 "
                "자리를 입력하세요.",
            )
        )
        setup = session.state.setup
        qr = QrCode(translate("StaffSetup", "인증 앱 연결용 QR 코드"))
        qr.set_text(setup.otpauth if setup is not None else "")
        qr.setMinimumSize(_QR, _QR)
        qr.setMaximumSize(_QR, _QR)
        self.column.addWidget(qr)
        secret = TextLabel(grouped(setup.secret) if setup is not None else "", Type.STRONG)
        self.column.addWidget(
            TextLabel(
                translate("StaffSetup", "찍을 수 없으면 이 글자를 넣으세요."),
                Type.SMALL,
                Tone.MUTED,
            )
        )
        self.column.addWidget(secret)
        self._banner = Banner()
        self.code = CodeField()
        self.code.setAccessibleName(translate("StaffSetup", "인증 앱의 번호 6자리"))
        self.password = secret_field(translate("StaffSetup", "새 비밀번호"))
        self.repeated = secret_field(translate("StaffSetup", "새 비밀번호 다시"))
        self._code = FormField(translate("StaffSetup", "인증 앱의 번호"), self.code, (self.code,))
        self._password = FormField(
            translate("StaffSetup", "새 비밀번호"),
            self.password,
            (self.password,),
            hint=translate("StaffSetup", "{n}자 이상이면 됩니다. 문장도 좋습니다.").format(
                n=SHORTEST_PASSWORD
            ),
        )
        self._repeated = FormField(
            translate("StaffSetup", "새 비밀번호 다시"), self.repeated, (self.repeated,)
        )
        for piece in (self._code, self._password, self._repeated, self._banner):
            self.column.addWidget(piece)
        self.column.addStretch(1)
        self.add_primary(translate("StaffSetup", "연결하고 로그인"), self._send)
        self.add_action(TextButton(translate("StaffSetup", "처음으로"), session.leave_setup))
        session.state_changed.connect(self.refresh)
        self.refresh()

    def first_focus(self) -> QWidget:
        """The six digits."""
        return self.code

    def refresh(self) -> None:
        """What is wrong, and how asking goes."""
        state = self._model.state
        self._banner.say(sign_in_trouble(state.trouble, in_setup=True))
        faults = state.faults
        bad_code = translate("StaffSetup", "숫자 여섯 자리를 넣어 주세요.")
        short = translate("StaffSetup", "{n}자 이상이어야 합니다.").format(n=SHORTEST_PASSWORD)
        differs = translate("StaffSetup", "두 비밀번호가 다릅니다.")
        self._code.set_error(bad_code if "code" in faults else "")
        self._password.set_error(short if "new-password" in faults else "")
        self._repeated.set_error(differs if "repeated" in faults else "")
        self.busy.say(translate("StaffSetup", "확인하고 있어요.") if state.busy else "")

    def _send(self) -> None:
        code, password, repeated = (
            field.text() for field in (self.code, self.password, self.repeated)
        )
        self._model.finish_setup(code, password, repeated)


def grouped(secret: str) -> str:
    """In fours, as it is read and typed."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
