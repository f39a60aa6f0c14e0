"""No key store: what that means, how to mend it, and the key file as a way on."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.navigation import KeyStoreProblem
from motp_desktop.ui.texts.key_store import key_store_message
from motp_desktop.ui.texts.trouble import trouble_message
from motp_desktop.ui.viewmodels.start import StartViewModel
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.buttons import OutlineButton
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.text import TextLabel, Tone

translate = QCoreApplication.translate


class KeyStoreProblemView(Page):
    """Mending it comes first; the key file is named as what it is: weaker."""

    def __init__(self, start: StartViewModel, screen: KeyStoreProblem) -> None:
        super().__init__()
        self._start = start
        message = key_store_message(screen.fault)
        self.add_title(message.title, icon="key", tone=Tone.WARN)
        self.add_text(message.body)
        card = Card()
        card.column.addWidget(
            TextLabel(translate("KeyStore", "키 보관함을 쓸 수 없다면"), Type.LEAD)
        )
        card.column.addWidget(
            TextLabel(
                translate(
                    "KeyStore",
                    "비밀 키를 이 사용자만 읽을 수 있는 파일에 둘 수 있어요. 키 보관함보다 약해서, "
                    "이 PC의 파일을 복사한 사람이 키도 가져갈 수 있습니다. 그래도 비밀번호는 "
                    "서버의 확인 없이 맞혀 볼 수 없습니다.",
                )
            )
        )
        if screen.resume is None:
            # At a start the key store is asked only where a registration is there already.
            card.column.addWidget(
                TextLabel(
                    translate(
                        "KeyStore",
                        "이 PC의 지금 등록은 키 보관함 없이는 열 수 없어서, 키 파일을 쓰려면 "
                        "다시 등록해야 해요.",
                    ),
                    Type.STRONG,
                )
            )
        card.column.addWidget(
            OutlineButton(
                translate("KeyStore", "키 파일로 계속하기"), start.use_key_file, icon="key"
            )
        )
        self.column.addWidget(card)
        self._trouble = Banner()
        self.column.addWidget(self._trouble)
        self.add_text(message.code_line, Type.SMALL, Tone.MUTED)
        self.column.addStretch(1)
        self.add_primary(translate("KeyStore", "다시 시도"), start.retry)
        start.state_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """How the last try goes or went."""
        state = self._start.state
        self._trouble.say(trouble_message(state.trouble))
        self.busy.say(translate("Start", "확인하고 있어요.") if state.busy else "")
