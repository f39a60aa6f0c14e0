"""Above every screen of a kiosk: where it stands, the language, the contrast, and the way out."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.kiosk_navigation import Visiting, claims_of
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.viewmodels.kiosk.desk import KioskViewModel
from motp_desktop.ui.viewmodels.kiosk.leaving import ExitViewModel
from motp_desktop.ui.widgets.buttons import OutlineButton, ToggleButton
from motp_desktop.ui.widgets.text import TextLabel
from motp_protocol.fields import Language

translate = QCoreApplication.translate

_HOLD_MS = 5000
_OTHER: dict[Language, tuple[Language, str]] = {"ko": ("en", "English"), "en": ("ko", "한국어")}


class TopBar(QFrame):
    """Holding the name for five seconds is the administrator's gesture on a touch screen."""

    voice_wanted = Signal()
    """The voice was switched on or off: what is on the screen is to be said."""

    def __init__(self, desk: KioskViewModel, leaving: ExitViewModel) -> None:
        super().__init__()
        self.setProperty("look", "header")
        self._desk = desk
        self._place = TextLabel("", Type.STRONG)
        self._hold = QTimer(self, singleShot=True, interval=_HOLD_MS)
        self._hold.timeout.connect(leaving.ask)
        self._place.installEventFilter(self)
        self._language = OutlineButton("", self._speak_other, icon="globe")
        self._contrast = ToggleButton(
            translate("Kiosk", "고대비"), self._toggle_contrast, icon="theme"
        )
        self._voice = ToggleButton(
            translate("Kiosk", "음성 안내"), self._toggle_voice, icon="speak"
        )
        self._leave = OutlineButton(translate("Kiosk", "처음 화면으로"), desk.forget, icon="reset")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        row.setSpacing(Space.M)
        row.addWidget(self._place, 1)
        for button in (self._voice, self._language, self._contrast, self._leave):
            row.addWidget(button)
        desk.state_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """What the state says."""
        state = self._desk.state
        claims = claims_of(state.screen)
        product = translate("Header", "원격훈련 mOTP")
        place = product if claims is None else f"{claims.institution_name} · {claims.label}"
        if self._place.text() != place:
            self._place.setText(place)
        language, name = _OTHER[state.language]
        self._language.setText(name)
        self._language.setVisible(claims is not None and language in claims.languages)
        self._contrast.setChecked(state.high_contrast)
        self._voice.setVisible(state.may_speak)
        self._voice.setChecked(state.speaks)
        self._leave.setVisible(isinstance(state.screen, Visiting))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """How long the name is held."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self._hold.start()
        elif event.type() in {QEvent.Type.MouseButtonRelease, QEvent.Type.Leave}:
            self._hold.stop()
        return False

    def _speak_other(self) -> None:
        self._desk.speak(_OTHER[self._desk.state.language][0])

    def _toggle_contrast(self) -> None:
        self._desk.set_contrast(high=not self._desk.state.high_contrast)

    def _toggle_voice(self) -> None:
        on = not self._desk.state.speaks
        self._desk.set_voice(on=on)
        self.voice_wanted.emit()
