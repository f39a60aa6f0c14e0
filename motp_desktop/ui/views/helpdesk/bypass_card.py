"""A bypass code: large while it holds, gone when it is over."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.texts.code import group
from motp_desktop.ui.texts.records import occasion_text
from motp_desktop.ui.texts.times import clock_face, spoken_time
from motp_desktop.ui.viewmodels.helpdesk.actions import ActionsViewModel
from motp_desktop.ui.viewmodels.helpdesk.states import BypassShown
from motp_desktop.ui.widgets.announcing import announce, speaks_itself
from motp_desktop.ui.widgets.button_flow import Flow
from motp_desktop.ui.widgets.buttons import TextButton
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.text import TextLabel, Tone

translate = QCoreApplication.translate

_LITTLE = 60


class BypassCard(Card):
    """To be read out to the trainee."""

    def __init__(self, actions: ActionsViewModel) -> None:
        super().__init__()
        speaks_itself(self)
        self._shown = ""
        self.column.addWidget(TextLabel(translate("BypassCard", "임시 번호"), Type.STRONG))
        self.code = TextLabel("", Type.CODE)
        self._left = TextLabel("", Type.LEAD)
        self._for = TextLabel("", Type.BODY, Tone.MUTED)
        for label in (self.code, self._left, self._for):
            self.column.addWidget(label)
        self.column.addWidget(
            Flow([TextButton(translate("BypassCard", "치우기"), actions.put_away)])
        )
        self.hide()

    def show_code(self, bypass: BypassShown | None) -> None:
        """Show this, or nothing."""
        if bypass is None:
            self._shown = ""
            self.code.setText("")
            self.code.setAccessibleName("")
            self.hide()
            return
        left = translate("BypassCard", "{time} 남음")
        self._left.setText(left.format(time=clock_face(bypass.seconds_left)))
        self._left.setAccessibleName(left.format(time=spoken_time(bypass.seconds_left)))
        self._left.set_tone(Tone.WARN if bypass.seconds_left <= _LITTLE else Tone.TEXT)
        if bypass.code == self._shown:
            return
        self._shown = bypass.code
        self.code.setText(group(bypass.code))
        self.code.setAccessibleName(" ".join(bypass.code))
        self._for.setText(f"{bypass.institution} · {occasion_text(bypass.occasion)}")
        self.show()
        spoken = translate("BypassCard", "임시 번호 {code}").format(code=" ".join(bypass.code))
        announce(self, spoken)
