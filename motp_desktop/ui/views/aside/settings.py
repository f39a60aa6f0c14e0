"""설정: each choice holds at once; what an administrator decided is shown as such."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from motp_desktop.services.settings import (
    AUTO_LOCKS,
    TEXT_PERCENTS,
    CheckedVerifier,
    ProxyMode,
    SettingsNow,
    Theme,
)
from motp_desktop.ui.fonts import Type, scaled
from motp_desktop.ui.texts.settings import (
    checked_message,
    faults_message,
    fixed_text,
    lock_name,
    proxy_name,
    theme_name,
)
from motp_desktop.ui.texts.trouble import trouble_message
from motp_desktop.ui.tokens import Size, Space
from motp_desktop.ui.viewmodels.session_start import SessionStartViewModel
from motp_desktop.ui.viewmodels.settings import SettingsViewModel
from motp_desktop.ui.views.trainee.back_row import BackRow
from motp_desktop.ui.widgets.banner import Banner
from motp_desktop.ui.widgets.buttons import OutlineButton
from motp_desktop.ui.widgets.choice_grid import ChoiceGrid
from motp_desktop.ui.widgets.form_field import FormField
from motp_desktop.ui.widgets.page import Page
from motp_desktop.ui.widgets.text import TextLabel, Tone
from motp_desktop.ui.widgets.text_edit import TextEdit
from motp_protocol.fields import Language

translate = QCoreApplication.translate

_LANGUAGES: tuple[Language, ...] = ("ko", "en")
_THEMES: tuple[Theme, ...] = ("system", "light", "dark", "high-contrast")
_PROXIES: tuple[ProxyMode, ...] = ("system", "none", "manual")


class SettingsView(Page):
    """What one looks for most comes first; the network, which others decide, last."""

    def __init__(self, settings: SettingsViewModel, start: SessionStartViewModel) -> None:
        super().__init__()
        self._settings = settings
        self._session_start = start
        self.on_back = settings.finish
        self._back = BackRow(settings.finish)
        self.column.addWidget(self._back)
        self.add_title(translate("Settings", "설정"))
        self._faults, self._trouble = Banner(is_standing=True), Banner()
        self.column.addWidget(self._faults)
        self.column.addWidget(self._trouble)
        self._text = _Choice(
            translate("Settings", "글자 크기"),
            [f"{percent} %" for percent in TEXT_PERCENTS],
            lambda number: settings.choose_text(TEXT_PERCENTS[number]),
        )
        self._theme = _Choice(
            translate("Settings", "화면 색"),
            [theme_name(theme) for theme in _THEMES],
            lambda number: settings.choose_theme(_THEMES[number]),
        )
        self._language = _Choice(
            translate("Settings", "언어"),
            ["한국어", "English"],
            lambda number: settings.choose_language(_LANGUAGES[number]),
        )
        self._lock = _Choice(
            translate("Settings", "자동 잠금"),
            [lock_name(seconds) for seconds in AUTO_LOCKS],
            lambda number: settings.choose_auto_lock(AUTO_LOCKS[number]),
            hint=translate(
                "Settings",
                "이 시간 동안 쓰지 않으면 잠급니다. 훈련기관이 정한 시간이 더 짧으면 그때 잠겨요.",
            ),
        )
        self._start = _Choice(
            translate("Settings", "로그인할 때 함께 시작"),
            [translate("Settings", "켜기"), translate("Settings", "끄기")],
            lambda number: start.turn_off() if number else start.turn_on(),
            hint=translate("Settings", "컴퓨터에 로그인하면 앱이 알림 영역에서 시작해요."),
        )
        self._verifier = _Verifier(settings)
        self._proxy = _Proxy(settings)
        for section in (
            self._text,
            self._theme,
            self._language,
            self._lock,
            self._start,
            self._verifier,
            self._proxy,
        ):
            self.column.addWidget(section)
        self.column.addStretch(1)
        self._done = self.add_primary("", settings.finish)
        settings.state_changed.connect(self.refresh)
        start.state_changed.connect(self.refresh)
        self.refresh()

    def first_focus(self) -> QWidget:
        """The way back: there is nothing that must be done here."""
        return self._back.back

    def refresh(self) -> None:
        """What holds, and what has been typed."""
        state = self._settings.state
        self.busy.say(translate("Settings", "확인하고 있어요.") if state.busy else "")
        begins = self._session_start.state
        self._trouble.say(trouble_message(state.trouble or begins.trouble))
        self._start.show_start(begins.on)
        if state.must_reopen:
            self._done.setText(translate("Settings", "앱을 다시 열어 적용하기"))
        else:
            self._done.setText(translate("Settings", "완료"))
        if state.now is None:
            return
        now, values = state.now, state.now.values
        self._faults.say(faults_message(now.faults))
        self._text.show_choice(_place(values.text_percent, TEXT_PERCENTS), "text_percent", now)
        self._theme.show_choice(_place(values.theme, _THEMES), "theme", now)
        self._language.show_choice(_place(values.language, _LANGUAGES), "language", now)
        locks = _place(values.auto_lock_seconds, AUTO_LOCKS)
        self._lock.show_choice(locks, "auto_lock_seconds", now)
        self._verifier.refresh(now)
        self._proxy.refresh(now)


class _Section(QWidget):
    """A heading, what can be chosen, and why it cannot."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, Space.S, 0, 0)
        self.column.setSpacing(Space.S)
        self.column.addWidget(TextLabel(title, Type.STRONG))
        self._why = TextLabel("", Type.SMALL, Tone.MUTED)
        self._why.hide()
        self.column.addWidget(self._why)

    def explain(self, name: str, now: SettingsNow) -> bool:
        """Say why this is fixed, where it is; whether it is free."""
        why = fixed_text(name, now)
        self._why.setText(why)
        self._why.setVisible(bool(why))
        return not why


class _Choice(_Section):
    def __init__(
        self, title: str, names: Sequence[str], chosen: Callable[[int], None], *, hint: str = ""
    ) -> None:
        super().__init__(title)
        self._grid = ChoiceGrid(title, names)
        self._grid.chosen.connect(chosen)
        self.column.addWidget(self._grid)
        if hint:
            self.column.addWidget(TextLabel(hint, Type.SMALL, Tone.MUTED))

    def show_choice(self, number: int | None, name: str, now: SettingsNow) -> None:
        self._grid.set_choice(number)
        self._grid.setEnabled(self.explain(name, now))

    def show_start(self, on: bool | None) -> None:
        """Hidden where this system cannot start it."""
        self.setVisible(on is not None)
        self._grid.set_choice(None if on is None else int(not on))


class _Verifier(_Section):
    """An address is used only once somebody answered there and was looked at."""

    def __init__(self, settings: SettingsViewModel) -> None:
        title = translate("Settings", "인증 서버")
        super().__init__(title)
        self._settings = settings
        self._edit = _edit()
        self._edit.setAccessibleName(translate("Settings", "인증 서버 주소"))
        self._edit.entered.connect(settings.type_address)
        self._field = FormField("", self._edit, (self._edit,))
        self._found = Banner()
        self._check = OutlineButton(
            translate("Settings", "주소 확인하기"), settings.check_address, icon="certificate"
        )
        self._use = OutlineButton(
            translate("Settings", "이 서버 쓰기"), settings.use_address, icon="check"
        )
        self._warning = TextLabel(
            translate(
                "Settings",
                "이름과 키 지문이 훈련기관에서 알려 준 것과 같은지 보세요. 서버를 바꾸면 지금 "
                "등록은 쓸 수 없고, 새 서버에 다시 등록해야 해요.",
            ),
            Type.SMALL,
            Tone.MUTED,
        )
        for piece in (self._field, self._check, self._found, self._warning, self._use):
            self.column.addWidget(piece)

    def refresh(self, now: SettingsNow) -> None:
        state = self._settings.state
        is_free = self.explain("verifier_origin", now)
        if self._edit.text() != state.address:
            self._edit.setText(state.address)
        self._edit.setEnabled(is_free)
        is_other = state.address.strip() != now.values.verifier_origin
        self._check.setVisible(is_free)
        self._found.say(checked_message(state.checked))
        is_new = isinstance(state.checked, CheckedVerifier) and (
            is_other and state.checked.origin != now.values.verifier_origin
        )
        self._warning.setVisible(is_new)
        self._use.setVisible(is_new)


class _Proxy(_Section):
    def __init__(self, settings: SettingsViewModel) -> None:
        title = translate("Settings", "프록시")
        super().__init__(title)
        self._settings = settings
        self._grid = ChoiceGrid(title, [proxy_name(mode) for mode in _PROXIES])
        self._grid.chosen.connect(lambda number: settings.choose_proxy(_PROXIES[number]))
        self._edit = _edit()
        self._edit.setAccessibleName(translate("Settings", "프록시 주소"))
        self._edit.setPlaceholderText("http://proxy.example.kr:3128")
        self._edit.entered.connect(settings.type_proxy)
        self._field = FormField("", self._edit, (self._edit,))
        self._keep = OutlineButton(translate("Settings", "이 프록시 쓰기"), settings.keep_proxy)
        for piece in (self._grid, self._field, self._keep):
            self.column.addWidget(piece)

    def refresh(self, now: SettingsNow) -> None:
        state = self._settings.state
        is_free = self.explain("proxy", now)
        self._grid.set_choice(_PROXIES.index(state.proxy.mode))
        self._grid.setEnabled(is_free)
        is_manual = state.proxy.mode == "manual"
        if self._edit.text() != state.proxy.address:
            self._edit.setText(state.proxy.address)
        self._edit.setEnabled(is_free)
        self._field.setVisible(is_manual)
        self._keep.setVisible(is_manual and is_free and state.proxy != now.values.proxy)
        wrong = translate(
            "Settings", "프록시 주소가 아니에요. http://proxy.example.kr:3128 처럼 입력해 주세요."
        )
        self._field.set_error(wrong if state.proxy_invalid else "")


def _edit() -> TextEdit:
    edit = TextEdit()
    edit.setMinimumHeight(scaled(Size.CONTROL))
    edit.setInputMethodHints(Qt.InputMethodHint.ImhUrlCharactersOnly)
    edit.setMaxLength(300)
    return edit


def _place(value: object, among: Sequence[object]) -> int | None:
    return among.index(value) if value in among else None
