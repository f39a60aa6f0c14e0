"""Opening hours as operators write them: `mon-fri 09:00-18:00`."""

import re

from motp_protocol.kiosks import WEEKDAYS, OpeningHours, Weekday

_HOURS = re.compile(
    r"(?P<days>[a-z,-]+) (?P<opens>(?:[01][0-9]|2[0-3]):[0-5][0-9])"
    r"-(?P<closes>(?:[01][0-9]|2[0-3]):[0-5][0-9])"
)


def read_hours(text: str) -> OpeningHours:
    """Hours on some days of the week, in Asia/Seoul. Raises ValueError.

    Days are names and spans of names (`mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`),
    with commas between; a span may go over the end of the week.
    """
    match = _HOURS.fullmatch(" ".join(text.lower().split()))
    if match is None:
        raise ValueError("write days and hours like 'mon-fri 09:00-18:00'")
    days: set[Weekday] = set()
    for part in match["days"].split(","):
        days |= _span(part)
    hours = OpeningHours(
        days=tuple(each for each in WEEKDAYS if each in days),
        opens=match["opens"],
        closes=match["closes"],
    )
    if not opens_before_it_closes(hours):
        raise ValueError("the kiosk must open before it closes, on the same day")
    return hours


def opens_before_it_closes(hours: OpeningHours) -> bool:
    """Whether there is any time in these hours."""
    return bool(hours.days) and hours.opens < hours.closes


def _span(text: str) -> set[Weekday]:
    first, dash, last = text.partition("-")
    names = {str(each): number for number, each in enumerate(WEEKDAYS)}
    if first not in names or (dash and last not in names):
        raise ValueError(f"'{text}' is no day: write mon, tue, wed, thu, fri, sat, sun")
    begins = names[first]
    length = (names[last] - begins) % len(WEEKDAYS) + 1 if dash else 1
    return {WEEKDAYS[(begins + each) % len(WEEKDAYS)] for each in range(length)}
