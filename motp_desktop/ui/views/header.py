"""The thin header: product name, connection, menu."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.viewmodels.states import Connection
from motp_desktop.ui.views.menu import MenuEntry, add_entries
from motp_desktop.ui.widgets.buttons import IconButton
from motp_desktop.ui.widgets.icon_label import IconLabel
from motp_desktop.ui.widgets.text import TextLabel, Tone
from motp_protocol.fields import Language

translate = QCoreApplication.translate

_LANGUAGES: tuple[tuple[Language, str], ...] = (("ko", "한국어"), ("en", "English"))

_AIR = Space.L + Space.S + 4 * Space.S
"""The margins and gaps of the row, in pixels."""


class Header(QFrame):
    """Above every screen."""

    def __init__(
        self,
        on_language: Callable[[Language], object],
        chosen: Language,
        entries: Sequence[MenuEntry] = (),
        *,
        language_locked: bool = False,
    ) -> None:
        """`language_locked`: the menu offers no other language."""
        super().__init__()
        self.setProperty("look", "header")
        self._name = TextLabel(translate("Header", "원격훈련 mOTP"), Type.STRONG)
        self._icon = IconLabel("waiting", Tone.MUTED, 20)
        self._word = TextLabel("", Type.SMALL, Tone.MUTED)
        menu_name = translate("Header", "메뉴")
        self.menu_button = IconButton(menu_name, "menu")
        menu = QMenu(self)
        add_entries(menu, entries)
        if not language_locked:
            _add_languages(menu, on_language, chosen)
        self.menu_button.setMenu(menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, 2, Space.S, 2)
        row.setSpacing(Space.S)
        row.addWidget(self._name)
        row.addStretch(1)
        row.addWidget(self._icon)
        row.addWidget(self._word)
        row.addWidget(self.menu_button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the product's name to the window's title where there is no room for it."""
        self._fit()
        super().resizeEvent(event)

    def set_connection(self, connection: Connection) -> None:
        """The connection as an icon and a word; nothing while it is unknown."""
        words = {
            "unknown": "",
            "connected": translate("Header", "연결됨"),
            "offline": translate("Header", "연결 안 됨"),
        }
        icon, tone = ("offline", Tone.WARN) if connection == "offline" else ("connected", Tone.OK)
        self._icon.set_icon(icon, tone)
        self._icon.setVisible(connection != "unknown")
        self._word.setText(words[connection])
        self._word.set_tone(tone)
        self._fit()

    def _fit(self) -> None:
        pieces = [self._name, self.menu_button]
        if self._word.text():
            pieces += [self._icon, self._word]
        needed = sum(piece.sizeHint().width() for piece in pieces)
        self._name.setVisible(needed + _AIR <= self.width())


def _add_languages(
    menu: QMenu, on_language: Callable[[Language], object], chosen: Language
) -> None:
    menu.addSeparator()
    group = QActionGroup(menu)
    for lang, name in _LANGUAGES:
        action = QAction(name, menu, checkable=True, checked=lang == chosen)
        action.triggered.connect(lambda _checked=False, lang=lang: on_language(lang))
        group.addAction(action)
        menu.addAction(action)
