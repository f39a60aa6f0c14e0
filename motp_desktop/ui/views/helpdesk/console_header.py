"""The console's header: where one is, whether news come in, who one is."""

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.texts.helpdesk.words import role_words
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.viewmodels.helpdesk.bundle import ConsoleModels
from motp_desktop.ui.viewmodels.helpdesk.states import Live, Place
from motp_desktop.ui.widgets.buttons import IconButton, TabButton
from motp_desktop.ui.widgets.icon_label import IconLabel
from motp_desktop.ui.widgets.text import TextLabel, Tone
from motp_protocol.fields import Language

translate = QCoreApplication.translate

_LANGUAGES: tuple[tuple[Language, str], ...] = (("ko", "한국어"), ("en", "English"))


class ConsoleHeader(QFrame):
    """Where there is little room the names go first: the window's title has them."""

    def __init__(self, models: ConsoleModels) -> None:
        super().__init__()
        self._models = models
        self.setProperty("look", "header")
        self._name = TextLabel(translate("ConsoleHeader", "mOTP 헬프데스크"), Type.STRONG)
        self.tabs = {
            place: TabButton(text, partial(models.console.go, place))
            for place, text in place_names().items()
        }
        self._icon = IconLabel("waiting", Tone.MUTED, 20)
        self._word = TextLabel("", Type.SMALL, Tone.MUTED)
        self._who = TextLabel("", Type.SMALL, Tone.MUTED)
        self.menu_button = IconButton(translate("ConsoleHeader", "메뉴"), "menu")
        self.menu_button.setMenu(self._menu())
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, 4, Space.S, 4)
        row.setSpacing(Space.S)
        row.addWidget(self._name)
        for tab in self.tabs.values():
            row.addWidget(tab)
        row.addStretch(1)
        for piece in (self._icon, self._word, self._who, self.menu_button):
            row.addWidget(piece)
        self.refresh()

    def refresh(self) -> None:
        """Where one is, and who."""
        staff = self._models.session.state.staff
        console = self._models.console.state
        for place, tab in self.tabs.items():
            tab.setVisible(staff is not None)
            tab.setChecked(place is console.place)
            self._offer(tab, "" if self._models.console.may_go(place) else self._obstacle())
        who = "" if staff is None else f"{staff.name} · {role_words(staff.role)}"
        self._who.setText(who)
        self._sign_out.setVisible(staff is not None)
        self._set_live(console.live if staff is not None else "unknown")
        self._fit()

    def _obstacle(self) -> str:
        staff = self._models.session.state.staff
        if staff is None:
            return ""
        text = translate("ConsoleHeader", "{role} 역할은 감사 기록을 볼 수 없습니다.")
        return text.format(role=role_words(staff.role))

    @staticmethod
    def _offer(tab: TabButton, obstacle: str) -> None:
        tab.setEnabled(not obstacle)
        tab.setToolTip(obstacle)
        tab.setAccessibleDescription(obstacle)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what has no room."""
        self._fit()
        super().resizeEvent(event)

    def _set_live(self, live: Live) -> None:
        words = {
            "unknown": "",
            "live": translate("ConsoleHeader", "바로 반영"),
            "lost": translate("ConsoleHeader", "연결 끊김"),
        }
        icon, tone = ("offline", Tone.WARN) if live == "lost" else ("connected", Tone.OK)
        self._icon.set_icon(icon, tone)
        self._icon.setVisible(live != "unknown")
        self._icon.setToolTip(words[live])
        self._word.setText(words[live])
        self._word.set_tone(tone)

    def _fit(self) -> None:
        needed: list[QWidget] = [self.menu_button]
        if self._models.session.state.staff is not None:
            needed += list(self.tabs.values())
        if not self._icon.isHidden():
            needed.append(self._icon)
        width = Space.L + Space.S + sum(each.sizeHint().width() + Space.S for each in needed)
        for piece in (self._word, self._who, self._name):
            width += piece.sizeHint().width() + Space.S
            has_words = bool(piece.text())
            piece.setVisible(has_words and width + Space.XL <= self.width())

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        self._sign_out = QAction(translate("ConsoleHeader", "로그아웃"), menu)
        self._sign_out.triggered.connect(self._models.session.sign_out)
        menu.addAction(self._sign_out)
        if self._models.console.state.language_locked:
            return menu
        menu.addSeparator()
        group = QActionGroup(menu)
        chosen = self._models.console.state.language
        for lang, name in _LANGUAGES:
            action = QAction(name, menu, checkable=True, checked=lang == chosen)
            action.triggered.connect(
                lambda _checked=False, lang=lang: self._models.console.set_language(lang)
            )
            group.addAction(action)
            menu.addAction(action)
        return menu


def place_names() -> dict[Place, str]:
    """The pages, in order."""
    return {
        Place.PEOPLE: translate("ConsoleHeader", "훈련생"),
        Place.CHECK: translate("ConsoleHeader", "기기 확인"),
        Place.BOARD: translate("ConsoleHeader", "오늘"),
        Place.AUDIT: translate("ConsoleHeader", "감사 기록"),
        Place.KIOSKS: translate("ConsoleHeader", "키오스크"),
    }
