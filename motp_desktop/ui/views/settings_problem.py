"""A setting that stops the start: said in a window, for who starts an app by its icon."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QMainWindow

from motp_desktop.ui import icons
from motp_desktop.ui.fonts import Type
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.focus_ring import FocusRing
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.text import TextLabel, Tone

translate = QCoreApplication.translate


class SettingsProblemWindow(QMainWindow):
    """What is wrong and whom to tell; nothing can be done about it here."""

    def __init__(self, message: str, close: Callable[[], object]) -> None:
        """`message` names the place and what is expected there, in English."""
        super().__init__()
        self.setWindowTitle(translate("Header", "원격훈련 mOTP"))
        self.setWindowIcon(icons.app_icon())
        self.setMinimumSize(360, 400)
        self.page = _SettingsProblem(message, close)
        self._ring = FocusRing(self)
        self.setCentralWidget(self.page)
        first = self.page.first_focus()
        if first is not None:
            first.setFocus()

    def sizeHint(self) -> QSize:
        """Room for a long path."""
        return QSize(440, 520)


class _SettingsProblem(Page):
    def __init__(self, message: str, close: Callable[[], object]) -> None:
        super().__init__()
        self.on_back = close
        self.add_title(
            translate("SettingsProblem", "설정이 잘못되어 시작하지 못했습니다."),
            icon="settings",
            tone=Tone.WARN,
        )
        self.add_text(
            translate(
                "SettingsProblem",
                "PC를 관리하는 사람이나 헬프데스크에 아래 내용을 알려 주세요. 등록은 그대로 "
                "있습니다.",
            )
        )
        card = Card()
        card.column.addWidget(TextLabel(message, Type.SMALL))
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.add_primary(translate("SettingsProblem", "닫기"), close)
