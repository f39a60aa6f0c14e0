"""Registrations: the one in use in full, the ones before in a line each."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout

from motp_desktop.ui.fonts import Type
from motp_desktop.ui.texts.helpdesk.words import (
    ago,
    clock_words,
    kind_words,
    registration_words,
)
from motp_desktop.ui.texts.times import moment
from motp_desktop.ui.tokens import Space
from motp_desktop.ui.views.helpdesk.facts import fact_columns
from motp_desktop.ui.views.helpdesk.findings_card import TONES
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.icon_label import IconLabel
from motp_desktop.ui.widgets.state_row import StateRow
from motp_desktop.ui.widgets.text import TextLabel, Tone
from motp_protocol.helpdesk import InstitutionCount, StaffRegistration, TraineePage

translate = QCoreApplication.translate

_SKEW_MATTERS = 30


def registrations_card(page: TraineePage) -> Card:
    """All of them, the one in use first."""
    card = Card()
    card.column.addWidget(TextLabel(translate("Registrations", "등록된 기기"), Type.LEAD))
    for registration in page.registrations:
        if registration.state == "revoked":
            card.column.addWidget(_past(registration, page.time))
        else:
            _add_current(card, registration, page.time)
    if not page.registrations:
        nothing = translate("Registrations", "등록한 기기가 없습니다.")
        card.column.addWidget(TextLabel(nothing, Type.BODY, Tone.MUTED))
    return card


def _add_current(card: Card, registration: StaffRegistration, now: str) -> None:
    level, words = registration_words(registration)
    head = QHBoxLayout()
    head.setSpacing(Space.S)
    head.addWidget(IconLabel(level.value, TONES[level], 20))
    head.addWidget(TextLabel(words, Type.STRONG, TONES[level]))
    head.addWidget(TextLabel(f"{registration.label} · {registration.short_code}"), 1)
    card.column.addLayout(head)
    skewed = abs(registration.skew_seconds) > _SKEW_MATTERS
    verified = translate("Registrations", "확인됨")
    unverified = translate("Registrations", "확인 안 됨")
    facts = [
        (
            translate("Registrations", "마지막 연결"),
            ago(registration.last_contact_at, now),
            Tone.TEXT,
        ),
        (
            translate("Registrations", "PC 시계"),
            clock_words(registration.skew_seconds),
            Tone.WARN if skewed else Tone.TEXT,
        ),
        (translate("Registrations", "앱 버전"), registration.app_version, Tone.TEXT),
        (
            translate("Registrations", "기기"),
            f"{registration.platform} · {kind_words(registration.kind)}",
            Tone.TEXT,
        ),
        (translate("Registrations", "등록한 때"), moment(registration.created_at, now), Tone.TEXT),
        (
            translate("Registrations", "비밀번호"),
            _pin_words(registration),
            Tone.BAD if "pin" in registration.locks else Tone.TEXT,
        ),
        (
            translate("Registrations", "본인 명의"),
            verified if registration.name_verified else unverified,
            Tone.TEXT,
        ),
        (
            translate("Registrations", "30일 동안 틀린 번호"),
            translate("Registrations", "{n}번").format(n=registration.wrong_codes_in_30_days),
            Tone.TEXT,
        ),
    ]
    card.column.addWidget(fact_columns(facts))
    for count in registration.counts:
        if count.run or count.locked_at is not None:
            card.column.addWidget(_count_row(count, now))


def _pin_words(registration: StaffRegistration) -> str:
    if "pin" in registration.locks:
        words = translate("Registrations", "잠김")
    else:
        words = translate("Registrations", "{n}번 남음").format(n=registration.pin_attempts_left)
    if registration.pin_lock_lifted:
        return translate("Registrations", "{state}, 전에 한 번 풀었음").format(state=words)
    return words


def _count_row(count: InstitutionCount, now: str) -> StateRow:
    wrong = translate("Registrations", "연달아 {n}번 틀림").format(n=count.run)
    if count.locked_at is None:
        return StateRow("warn", count.institution, wrong, tone=Tone.WARN)
    locked = translate("Registrations", "{time}에 잠김").format(time=moment(count.locked_at, now))
    return StateRow("lock", count.institution, locked, detail=wrong, tone=Tone.BAD)


def _past(registration: StaffRegistration, now: str) -> StateRow:
    _, words = registration_words(registration)
    title = f"{registration.label} · {registration.short_code}"
    from_to = " – ".join(
        moment(each, now) for each in (registration.created_at, registration.revoked_at) if each
    )
    return StateRow("history", title, words, detail=from_to)
