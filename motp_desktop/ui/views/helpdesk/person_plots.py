"""Thirty days of checks, and the PC's clock, as small plots."""

from PySide6.QtCore import QCoreApplication

from motp_desktop.services.helpdesk.offers import current_registration
from motp_desktop.ui.fonts import Type
from motp_desktop.ui.texts.helpdesk.words import clock_words
from motp_desktop.ui.views.helpdesk.legend import legend
from motp_desktop.ui.widgets.card import Card
from motp_desktop.ui.widgets.plots import Bar, BarPlot, SkewPlot
from motp_desktop.ui.widgets.text import TextLabel
from motp_protocol.helpdesk import DayCount, TraineePage

translate = QCoreApplication.translate

_LABEL_EVERY = 7


def plots_card(page: TraineePage) -> Card:
    """Both, each under its name."""
    card = Card()
    name = translate("PersonPlots", "지난 30일의 인증")
    card.column.addWidget(TextLabel(name, Type.LEAD))
    plot = BarPlot(name)
    plot.show_bars(
        [
            Bar(
                _short_day(day.day) if number % _LABEL_EVERY == 1 else "",
                day.accepted,
                day.rejected,
            )
            for number, day in enumerate(page.days)
        ],
        days_words(page.days),
    )
    card.column.addWidget(plot)
    card.column.addWidget(legend())
    current = current_registration(page)
    if current is not None:
        clock = translate("PersonPlots", "PC 시계")
        words = clock_words(current.skew_seconds)
        card.column.addWidget(TextLabel(f"{clock}: {words}", Type.STRONG))
        low = translate("PersonPlots", "1시간 느림")
        high = translate("PersonPlots", "1시간 빠름")
        skew = SkewPlot(clock, low, high)
        skew.show_skew(current.skew_seconds, words)
        card.column.addWidget(skew)
    return card


def days_words(days: list[DayCount]) -> str:
    """What the plot shows: the sums, and each day on which something went wrong."""
    accepted = sum(day.accepted for day in days)
    rejected = sum(day.rejected for day in days)
    words = translate("PersonPlots", "인증됨 {accepted}번, 안 됨 {rejected}번.")
    parts = [words.format(accepted=accepted, rejected=rejected)]
    for day in days:
        if day.rejected:
            bad = translate("PersonPlots", "{day}: 안 됨 {n}번.")
            parts.append(bad.format(day=_short_day(day.day), n=day.rejected))
    return " ".join(parts)


def _short_day(day: str) -> str:
    """`11.26` for `2026-11-26`."""
    _, month, number = day.split("-")
    return f"{int(month)}.{int(number)}"
