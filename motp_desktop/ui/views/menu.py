"""What the menu in the header offers beside the languages: each where it can be done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from motp_desktop.services.outcomes import Ended
from motp_desktop.ui.navigation import Blocked, EnterPin, ShowCode
from motp_desktop.ui.viewmodels.bundle import ViewModels

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A line of the menu; `is_possible` and `is_checked` are asked each time the menu opens.

    Without `is_checked` it is no choice but an action.
    """

    text: str
    do: Callable[[], object]
    is_possible: Callable[[], bool]
    is_checked: Callable[[], bool] | None = None


def menu_entries(models: ViewModels) -> list[MenuEntry]:
    """All of them, in order."""

    def is_open() -> bool:
        return isinstance(models.app.state.screen, ShowCode)

    def is_here() -> bool:
        return isinstance(models.app.state.screen, ShowCode | EnterPin | Blocked)

    def is_in_use() -> bool:
        screen = models.app.state.screen
        return is_here() and not (isinstance(screen, Blocked) and isinstance(screen.cause, Ended))

    def always() -> bool:
        return True

    withdraw = translate("Menu", "개인정보 동의 철회")
    return [
        MenuEntry(translate("Menu", "비밀번호 바꾸기"), models.pin_change.ask, is_open),
        MenuEntry(translate("Menu", "다른 PC로 옮기기"), models.guide.ask_move, is_here),
        MenuEntry(translate("Menu", "등록 초기화"), models.reset.ask, is_in_use),
        MenuEntry(withdraw, models.reset.ask_withdrawal, is_here),
        MenuEntry(translate("Menu", "이 PC의 상태"), models.status.open, always),
        MenuEntry(translate("Menu", "설정"), models.settings.open, always),
        MenuEntry(
            translate("Menu", "로그인할 때 함께 시작"),
            models.session_start.toggle,
            lambda: models.session_start.state.on is not None,
            lambda: bool(models.session_start.state.on),
        ),
    ]


def add_entries(menu: QMenu, entries: Sequence[MenuEntry]) -> None:
    """Put them into a menu."""
    for entry in entries:
        action = QAction(entry.text, menu, checkable=entry.is_checked is not None)
        action.triggered.connect(lambda _checked=False, do=entry.do: do())
        menu.aboutToShow.connect(partial(_ask, action, entry))
        menu.addAction(action)


def _ask(action: QAction, entry: MenuEntry) -> None:
    action.setEnabled(entry.is_possible())
    if entry.is_checked is not None:
        action.setChecked(entry.is_checked())
