"""Times in words."""

from collections.abc import Callable
from datetime import datetime
from math import ceil

from PySide6.QtCore import QCoreApplication, QLocale

translate = QCoreApplication.translate

_MINUTE = 60
_HOUR = 60 * _MINUTE


def duration(seconds: int) -> str:
    """A wait in words, never shorter than it is."""
    return _in_words(seconds, ceil)


def difference(seconds: int) -> str:
    """How far two clocks are apart, to the nearest unit."""
    return _in_words(seconds, round)


def _in_words(seconds: int, rounded: Callable[[float], int]) -> str:
    if seconds < 2 * _MINUTE:
        return translate("Times", "{n}초").format(n=max(seconds, 1))
    if seconds < 2 * _HOUR:
        return translate("Times", "{n}분").format(n=rounded(seconds / _MINUTE))
    return translate("Times", "{n}시간").format(n=rounded(seconds / _HOUR))


def clock_face(seconds: int) -> str:
    """Minutes and seconds: `2:05`."""
    return f"{seconds // _MINUTE}:{seconds % _MINUTE:02}"


def spoken_time(seconds: int) -> str:
    """The same for whoever hears it: a clock's face is read as a time of the day."""
    if seconds < _MINUTE:
        return translate("Times", "{n}초").format(n=seconds)
    minutes = translate("Times", "{minutes}분 {seconds}초")
    return minutes.format(minutes=seconds // _MINUTE, seconds=seconds % _MINUTE)


def day(timestamp: str) -> str:
    """The local date of an RFC 3339 time, or the text itself where it is none."""
    try:
        when = datetime.fromisoformat(timestamp).astimezone()
    except ValueError:
        return timestamp
    month = QLocale(QLocale.Language.English).monthName(when.month)
    return translate("Times", "{year}년 {month}월 {day}일").format(
        year=when.year, month=when.month, day=when.day, month_name=month
    )


def moment(timestamp: str, now: str) -> str:
    """A local time of day, with its date where that is not today's; both are RFC 3339."""
    try:
        when, today = (datetime.fromisoformat(each).astimezone() for each in (timestamp, now))
    except ValueError:
        return timestamp
    clock = f"{when.hour:02}:{when.minute:02}"
    if when.date() == today.date():
        return clock
    month = QLocale(QLocale.Language.English).monthName(when.month, QLocale.FormatType.ShortFormat)
    return translate("Times", "{month}월 {day}일 {time}").format(
        month=when.month, day=when.day, time=clock, month_name=month
    )
