"""The consent that was given last."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.texts.times import day
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.state_row import StateRow
from motp_desktop.ui.widgets.text import TextLabel, Tone
from motp_protocol.helpdesk import TraineePage

translate = QCoreApplication.translate


def consent_card(page: TraineePage) -> Card:
    """To what, when, and whether it still holds."""
    card = Card()
    card.column.addWidget(TextLabel(translate("ConsentCard", "개인정보 동의"), Type.LEAD))
    consent = page.consent
    if consent is None:
        nothing = translate("ConsentCard", "동의한 적이 없습니다.")
        card.column.addWidget(TextLabel(nothing, Type.BODY, Tone.MUTED))
        return card
    title = translate("ConsentCard", "동의서 {version} ({lang})").format(
        version=consent.version, lang=consent.lang
    )
    agreed = translate("ConsentCard", "{time} 동의").format(time=day(consent.agreed_at))
    if consent.withdrawn_at is not None:
        word = translate("ConsentCard", "{time} 철회").format(time=day(consent.withdrawn_at))
        row = StateRow("warn", title, word, detail=agreed, tone=Tone.WARN)
    elif consent.current:
        row = StateRow(
            "ok", title, translate("ConsentCard", "지금 문서"), detail=agreed, tone=Tone.OK
        )
    else:
        word = translate("ConsentCard", "문서가 바뀜")
        row = StateRow("info", title, word, detail=agreed, tone=Tone.ACCENT)
    card.column.addWidget(row)
    return card
