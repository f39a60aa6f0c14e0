"""Signing in: name, password, and six digits from the second factor."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from motp_desktop.ui.fonts import scaled
from motp_desktop.ui.texts.helpdesk.troubles import sign_in_trouble
from motp_desktop.ui.texts.message import Level, Message
from motp_desktop.ui.tokens import Size
from motp_desktop.ui.viewmodels.helpdesk.session import SessionViewModel
from motp_desktop.ui.viewmodels.helpdesk.states import Ended
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.code_field import CodeField
from motp_desktop.ui.widgets.form_field import FormField
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.text_edit import TextEdit

translate = QCoreApplication.translate


class SignInView(Page):
    """What was typed stays after a refusal, but for the password and the code."""

    def __init__(self, session: SessionViewModel) -> None:
        super().__init__()
        self._model = session
        self.add_title(translate("StaffSignIn", "헬프데스크 로그인"), icon="shield")
        self._banner = Banner(is_standing=True)
        self.column.addWidget(self._banner)
        self.name = text_field(translate("StaffSignIn", "이름"))
        self.password = secret_field(translate("StaffSignIn", "비밀번호"))
        self.code = CodeField()
        self.code.setAccessibleName(translate("StaffSignIn", "인증번호 6자리"))
        self._name = FormField(translate("StaffSignIn", "이름"), self.name, (self.name,))
        self._password = FormField(
            translate("StaffSignIn", "비밀번호"), self.password, (self.password,)
        )
        self._code = FormField(
            translate("StaffSignIn", "인증번호"),
            self.code,
            (self.code,),
            hint=translate("StaffSignIn", "인증 앱의 여섯 자리입니다. 처음이면 비워 두세요."),
        )
        for field in (self._name, self._password, self._code):
            self.column.addWidget(field)
        self.column.addStretch(1)
        self.add_primary(translate("StaffSignIn", "로그인"), self._send)
        session.state_changed.connect(self.refresh)
        self.refresh()

    def first_focus(self) -> QWidget:
        """The name."""
        return self.name

    def refresh(self) -> None:
        """What is wrong, and how asking goes."""
        state = self._model.state
        message = sign_in_trouble(state.trouble, in_setup=False)
        if message is None and state.ended is not None:
            message = ended_message(state.ended)
        self._banner.say(message)
        faults = state.faults
        missing_name = translate("StaffSignIn", "이름을 넣어 주세요.")
        missing_password = translate("StaffSignIn", "비밀번호를 넣어 주세요.")
        bad_code = translate("StaffSignIn", "숫자 여섯 자리를 넣어 주세요.")
        self._name.set_error(missing_name if "name" in faults else "")
        self._password.set_error(missing_password if "password" in faults else "")
        self._code.set_error(bad_code if "code" in faults else "")
        busy = translate("StaffSignIn", "로그인하고 있어요.")
        self.busy.say(busy if state.busy else "")
        if state.trouble is not None and not state.working:
            self.password.clear()
            self.code.clear()

    def _send(self) -> None:
        self._model.sign_in(self.name.text(), self.password.text(), self.code.text())


def ended_message(ended: Ended) -> Message:
    """Why the session before is over."""
    match ended:
        case "signed-out":
            return Message(Level.OK, translate("StaffSignIn", "로그아웃했습니다."))
        case "idle":
            return Message(
                Level.INFO,
                translate("StaffSignIn", "15분 동안 쓰지 않아 로그아웃했습니다."),
            )
        case "over":
            return Message(
                Level.INFO,
                translate("StaffSignIn", "로그인이 끝났습니다. 다시 로그인해 주세요."),
            )


def text_field(name: str) -> TextEdit:
    """A field for a line of text."""
    field = TextEdit()
    field.setAccessibleName(name)
    field.setMinimumHeight(scaled(Size.CONTROL))
    return field


def secret_field(name: str) -> TextEdit:
    """A field whose text nobody reads over a shoulder."""
    field = text_field(name)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field
